"""The commands, as a person types them."""

import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner

from neurolab.cli import main
from neurolab.experiment.presets import PRESETS, TUTORIAL
from neurolab.exports.documents import from_json, to_json


def typed(*words):
    return CliRunner().invoke(main, list(words))


def test_presets_are_listed_with_what_to_try():
    lines = typed("presets").output.splitlines()
    assert [line.split()[0] for line in lines] == list(PRESETS)


def test_worksheets_are_listed_with_their_size():
    lines = typed("worksheet").output.splitlines()
    assert [line.split()[0] for line in lines] == [
        "connection",
        "excitation",
        "threshold",
        "networks",
    ]
    assert lines[0].endswith("What a connection does: 11 exercises, 20 points, 60 minutes")


def test_a_run_says_what_the_traces_show():
    assert "Va of target 0 peaks at 6.3 mV at 4 ms" in typed("run", "tutorial").output


def test_a_run_writes_its_traces_and_spikes(tmp_path):
    done = typed(
        "run",
        "tutorial",
        "--csv",
        str(tmp_path / "traces.csv"),
        "--spikes",
        str(tmp_path / "spikes.csv"),
    )
    assert done.exit_code == 0
    assert (tmp_path / "traces.csv").read_text().startswith("time (ms),target[0].Va (mV)")
    assert (tmp_path / "spikes.csv").read_text().splitlines()[1] == "1.0,inputs,0"


@pytest.mark.parametrize(
    ("kind", "begin"),
    [
        ("brian2", "from brian2 import *"),
        ("script", "from neurolab import *"),
        ("json", "{"),
        ("link", "eN"),
    ],
)
def test_an_export_goes_to_the_screen_or_to_a_file(tmp_path, kind, begin):
    assert typed("export", "tutorial", "--to", kind).output.startswith(begin)
    typed("export", "tutorial", "--to", kind, "-o", str(tmp_path / "out"))
    assert (tmp_path / "out").read_text().startswith(begin)


def test_a_saved_experiment_is_read(tmp_path):
    file = tmp_path / "mine.json"
    file.write_text(to_json(TUTORIAL))
    assert from_json(typed("export", str(file), "--to", "json").output) == TUTORIAL


def test_a_program_is_run_for_its_network(tmp_path):
    program = tmp_path / "mine.py"
    program.write_text(typed("export", "tutorial", "--to", "script").output.partition("plot(")[0])
    done = subprocess.run(
        [sys.executable, "-m", "neurolab", "export", str(program), "--to", "json"],
        check=True,
        capture_output=True,
        text=True,
    )
    found = from_json(done.stdout)
    assert [group.name for group in found.groups] == ["inputs", "target"]
    assert found.connection("C1").weights == TUTORIAL.connection("C1").weights


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("nix", None, "neither a preset"),
        ("nix.json", None, "no file"),
        ("bad.json", "{", "not a file of the lab"),
        ("bad.json", '{"schema": 7}', "schema is 7"),
        ("empty.py", "x = 1", "makes no groups"),
        ("bad.py", "x = 1/0", "ZeroDivisionError"),
        ("bad.py", "x = (", "SyntaxError"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line(tmp_path, name, text, words):
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    done = typed("run", str(path) if "." in name else name)
    assert done.exit_code != 0
    assert words in done.output
    assert "Traceback" not in done.output


REFUSED = replace(
    TUTORIAL,
    groups=(TUTORIAL.groups[0], replace(TUTORIAL.groups[1], threshold="Va > arcsin(2)*mV")),
)


def test_an_export_that_is_refused_says_the_place_and_the_reason_in_a_line(tmp_path):
    file = tmp_path / "mine.json"
    file.write_text(to_json(REFUSED))
    done = subprocess.run(
        [sys.executable, "-m", "neurolab", "export", str(file), "--to", "brian2"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "target, threshold: 'arcsin(2)' has no value" in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,000", "'1,000' can mean 1 or 1000. Write 1 or 1000."),
        ("1.5", "1.5 is not a whole number."),
        ("1_7", "'1_7' is not a"),
        ("x", "'x' is not a whole number."),
        ("70000", "not in the range"),
    ],
)
def test_numbers_of_the_command_line_are_read_as_those_of_the_page(text, said):
    result = typed("serve", "--port", text)
    assert result.exit_code == 2
    assert said in result.output


def test_a_seed_may_be_written_in_any_way_that_has_one_meaning():
    sheets = [
        typed("worksheet", "connection", "--seed", text, "--html", "-").output
        for text in ("1000", "1e3")
    ]
    assert sheets[0] == sheets[1]
