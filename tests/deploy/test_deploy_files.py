"""The files of `deploy/` as far as they can be judged without a hub; ``make hub`` tries them with one.

Of the chart's own schema (jupyterhub/values.schema.yaml of Zero to JupyterHub, read at its commit 02dd73d) only the names and
types are here that our values use, and of what it requires only what the chart's own values do not give; the chart is not
to be had from a package registry. `helm lint` sees all of it.
"""

import json
import re
import subprocess
import sys

import jsonschema
import pytest
import yaml

from neurolab.serving.web.server_options import read_base_url


def closed(**properties):
    """A part of the chart in which no name is allowed but its own."""
    return {"type": "object", "additionalProperties": False, "properties": properties}


TEXT, YES, WHOLE = (
    {"type": ["string", "null"]},
    {"type": ["boolean", "null"]},
    {"type": ["integer", "null"]},
)
EGRESS = closed(
    **{name: {"type": "boolean"} for name in ("cloudMetadataServer", "nonPrivateIPs", "privateIPs")}
)
CHART = closed(
    hub=closed(config={"type": "object"}),
    singleuser=closed(
        image={
            **closed(name={"type": "string"}, tag={"type": "string"}),
            "required": ["name", "tag"],
        },
        cmd={"type": ["array", "string", "null"]},
        memory=closed(
            limit={"type": ["number", "string", "null"]},
            guarantee={"type": ["number", "string", "null"]},
        ),
        cpu=closed(limit={"type": ["number", "null"]}, guarantee={"type": ["number", "null"]}),
        startTimeout=WHOLE,
        defaultUrl=TEXT,
        uid=WHOLE,
        allowPrivilegeEscalation=YES,
        storage=closed(type={"enum": ["dynamic", "static", "none"]}),
        networkPolicy=closed(enabled={"type": "boolean"}, egressAllowRules=EGRESS),
    ),
    cull=closed(enabled={"type": "boolean"}, timeout=WHOLE, every=WHOLE),
)
CONFIG = """
import json, sys
from traitlets.config import Config
made = Config()
exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), {"get_config": lambda: made, "__file__": sys.argv[1]})
print(json.dumps({"cmd": made.Spawner.cmd, "class": made.JupyterHub.spawner_class}))
"""


@pytest.fixture
def chart_values(root):
    return yaml.safe_load((root / "deploy" / "zero-to-jupyterhub.yaml").read_text())


def configured(root, spawner):
    """What the hub's configuration says with a spawner."""
    done = subprocess.run(
        [sys.executable, "-c", CONFIG, str(root / "deploy" / "jupyterhub_config.py")],
        capture_output=True,
        text=True,
        env={"NEUROLAB_SPAWNER": spawner},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_values_for_kubernetes_fit_the_charts_schema(chart_values):
    jsonschema.validate(chart_values, CHART)


def test_a_student_in_kubernetes_gets_what_one_in_a_container_gets(root, chart_values):
    assert (
        chart_values["singleuser"]["cmd"]
        == configured(root, "docker")["cmd"]
        == configured(root, "swarm")["cmd"]
    )


def test_braces_reach_the_lab_through_systemds_spawner(root):
    through_systemd = [
        part.format(USERNAME="anna", USERID=1) for part in configured(root, "systemd")["cmd"]
    ]
    assert through_systemd == configured(root, "simple")["cmd"]


def test_the_lab_serves_under_any_name_that_may_log_in(chart_values):
    pattern = chart_values["hub"]["config"]["Authenticator"]["username_pattern"]
    for name in ("anna", "b.e-n_2", "x~y"):
        assert re.fullmatch(pattern, name)
        assert read_base_url(f"/user/{name}/") == f"/user/{name}/"
    assert not re.fullmatch(pattern, "anna@uni.example")
