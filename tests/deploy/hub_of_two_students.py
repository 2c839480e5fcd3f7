"""The real JupyterHub with the real proxy, as `deploy/` sets them up, and two students; ``make hub`` runs it.

JupyterHub lives in an environment of its own, `.venv-hub`, since only this needs it (and npm).
"""

import os
import re
import subprocess
from pathlib import Path

import psutil
import pytest

from ..browser.conftest import browser  # noqa: F401 — a fixture
from ..browser.server import Server, command_line, free_port
from ..browser.test_framed_class import turn
from ..browser.waiting import wait_until
from ..serving.client import PROTOCOL
from ..serving.running import asked

PASSWORD = "class-of-2026"
NOT_THERE = (
    "api/contents",
    "api/terminals",
    "api/sessions",
    "api/kernels",
    "api/kernelspecs",
    "api/status",
    "lab",
    "tree",
    "files/README.md",
    "nbconvert/html/x.ipynb",
    "terminals/websocket/1",
    "proxy/8001/api/routes",
)
OPEN_LINE = """([address, protocol]) => new Promise(told => {
    const line = new WebSocket(address, [protocol]);
    line.onopen = () => told("open");
    line.onerror = () => told("refused");
})"""


@pytest.fixture(scope="module")
def hub(root, tmp_path_factory):
    """A running hub, ended with all that it has started."""
    programs = Path(os.environ.get("NEUROLAB_HUB", root / ".venv-hub")) / "bin"
    directory, port = tmp_path_factory.mktemp("hub"), free_port()
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "NEUROLAB_SPAWNER": "simple",
        "NEUROLAB_PASSWORD": PASSWORD,
        "NEUROLAB_URL": f"http://127.0.0.1:{port}",
    }
    running = Hub(
        [
            str(programs / "jupyterhub"),
            "-f",
            str(root / "deploy" / "jupyterhub_config.py"),
            f"--JupyterHub.hub_port={free_port()}",
            f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{free_port()}",
        ],
        f"http://127.0.0.1:{port}/hub/health",
        directory,
        environment,
    )
    running.root = f"http://127.0.0.1:{port}"
    try:
        yield running.wait_until_up()
    finally:
        started = psutil.Process(running.process.pid).children(recursive=True)
        running.stop()
        _, left = psutil.wait_procs(started, 15)
        names = [command_line(process) for process in left]
        for process in left:
            process.kill()
    assert not names, f"the hub left behind: {names}"


class Hub(Server):
    """JupyterHub, which is a program rather than a module of ours."""

    def __init__(self, command, url, directory, environment):
        self.url, self.log_path = url, directory / "hub.log"
        with self.log_path.open("w") as log:
            self.process = subprocess.Popen(
                command,
                cwd=directory,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def kernels_of(self, name):
        """The kernels that a student's server has forked, those that wait for a page among them."""
        started = psutil.Process(self.process.pid).children(recursive=True)
        own = [
            process
            for process in started
            if "student.py" in command_line(process)
            and process.environ().get("JUPYTERHUB_USER") == name
        ]
        return {
            each.pid
            for process in own
            for each in process.children(recursive=True)
            if "neurolab.serving.kernels.warm_process" in command_line(each.parent())
        }


class Student:
    """One who logs in with the class's password."""

    def __init__(self, browser, root, name):  # noqa: F811
        self.name, self.root, self.lab = name, root, f"{root}/user/{name}/"
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)

    def log_in(self):
        self.page.goto(self.root)
        self.page.fill("[name=username]", self.name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("[type=submit]")
        self.page.wait_for_url(self.lab)
        turn(self.page)
        self.kernel = re.search(r'"kernelId": "([\w-]+)"', self.page.content()).group(1)
        return self

    def status(self, path, **headers):
        """What the hub's proxy answers to this student."""
        return self.context.request.get(f"{self.root}{path}", headers=headers).status

    def sessions(self):
        """How many labs the student's server has handed out."""
        return self.context.request.get(f"{self.lab}health").json()["sessions"]

    def line_to(self, other):
        """Whether this student's browser can open a websocket to the lab of one."""
        address = f"{other.lab}api/kernels/{other.kernel}/channels?session_id=x".replace(
            "http", "ws", 1
        )
        return self.page.evaluate(OPEN_LINE, [address, PROTOCOL])


@pytest.fixture(scope="module")
def students(browser, hub):  # noqa: F811
    """Two students, logged in, whose labs have answered to a slider."""
    found = [Student(browser, hub.root, name).log_in() for name in ("anna", "ben")]
    yield found
    for student in found:
        student.context.close()


def test_each_student_gets_a_lab_of_their_own(hub, students):
    anna, ben = students
    assert anna.kernel != ben.kernel
    assert [student.sessions() for student in students] == [1, 1]
    assert [
        student.status(f"/user/{student.name}/api/kernels/{student.kernel}") for student in students
    ] == [200, 200]
    assert hub.kernels_of("anna")
    assert hub.kernels_of("ben")
    assert not hub.kernels_of("anna") & hub.kernels_of("ben")


def test_no_student_opens_anothers_address(students):
    for one, other in (students, students[::-1]):
        assert one.status(f"/user/{other.name}/") == 403
        assert one.status(f"/user/{other.name}/metrics") == 403
        assert one.status(f"/user/{other.name}/api/kernels/{other.kernel}") == 403
        assert one.line_to(other) == "refused"


def test_a_stranger_is_sent_to_log_in_and_opens_no_websocket(browser, hub, students):  # noqa: F811
    stranger = Student(browser, hub.root, "eve")
    assert "/hub/login" in stranger.page.goto(students[0].lab).url
    assert stranger.line_to(students[0]) == "refused"
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw==",
    }
    # Asked by a plain connection: a browser's would keep the headers that make it a websocket to itself.
    for path in ("", "health", f"api/kernels/{students[0].kernel}/channels"):
        assert asked(hub.root, f"/user/anna/{path}", **upgrade)[0] == 403
    stranger.context.close()


def test_nothing_of_jupyter_answers_even_to_its_own_student(students):
    anna = students[0]
    answers = {path: anna.status(f"/user/anna/{path}") for path in NOT_THERE}
    assert set(answers.values()) == {404}, answers
    assert anna.status("/user/anna/health") == 200


def test_a_closed_page_frees_its_kernel(hub, students):
    ben, before = students[1], hub.kernels_of("ben")
    ben.page.close(run_before_unload=True)
    wait_until(lambda: ben.sessions() == 0)
    wait_until(lambda: len(before - hub.kernels_of("ben")) == 1)
