"""The page that ``neurolab app`` serves, through a real server and a real browser."""

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from neurolab import Lab

from .conftest import PHONE, WIDE, Watch
from .server import command_line, lab_server
from .waiting import PATIENCE, patient, wait_for_lab, wait_until

pytest_plugins = "tests.browser.lab_page"


def test_page_shows_a_lab_with_curves_and_no_status_line(lab):
    assert lab.page.title() == "neurolab"
    assert lab.page.locator("html").get_attribute("lang") == "en"
    assert lab.page.get_by_role("main").locator(".neurolab-lab").count() == 1
    assert not lab.page.locator("#neurolab-status").is_visible()


def test_page_asks_nothing_of_another_host_also_when_it_is_loaded_again(lab_page, server):
    lab_page.reload()
    wait_for_lab(lab_page)
    assert lab_page.watch.hosts == {server.url.split("/")[2]}


def test_page_shows_neither_source_nor_traceback(lab_page):
    content = lab_page.content()
    assert "from neurolab import" not in content
    assert "Traceback" not in content
    assert lab_page.locator(".jp-InputArea, .jp-InputPrompt, .jp-OutputPrompt").count() == 0


def test_page_on_a_phone_does_not_scroll_sideways(phone):
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]


def test_every_slider_handle_has_a_name_and_a_spoken_value(lab):
    handles = lab.page.locator(".noUi-handle").all()
    assert handles
    for handle in handles:
        assert handle.get_attribute("aria-label")
        assert handle.get_attribute("aria-valuetext") or handle.get_attribute("aria-valuenow")


def test_a_lab_that_comes_just_when_the_page_gives_up_waiting_for_it_is_shown(browser, server):
    context = browser.new_context(**WIDE)
    page = context.new_page()
    # What looks for the lab each 100 ms, for two seconds, as on a slow phone: once it has slept, the time is over.
    page.add_init_script(
        "const { setTimeout: real } = window;"
        "window.setTimeout = (act, ms, ...rest) => real(act, ms === 100 ? 4000 : ms, ...rest);"
    )
    watch = Watch(page, server.url)
    page.goto(server.url)
    wait_for_lab(page)
    page.goto("about:blank")
    context.close()
    watch.check()


def test_leaving_the_page_ends_its_kernel(open_page, server):
    page = wait_for_lab(open_page())
    kernel = server.kernel_of(page)
    assert kernel is not None
    page.goto("about:blank")
    wait_until(lambda: command_line(kernel) == "")


def test_a_page_that_is_not_there_says_so_and_links_to_the_lab(server):
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(server.url + "other.ipynb")
    text = caught.value.read().decode()
    assert caught.value.code == 404
    assert "There is no such page here" in text
    assert "Traceback" not in text


def test_a_lab_that_cannot_be_made_is_announced_without_its_traceback(
    browser, tmp_path, monkeypatch
):
    (tmp_path / "sitecustomize.py").write_text(
        f"import sys; sys.modules[{Lab.__module__!r}] = None"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=":")
    running = lab_server(tmp_path).wait_until_up()
    try:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(running.url)
        page.wait_for_selector("text=The lab could not be started: reload the page.")
        assert "Traceback" not in page.content()
        assert "ModuleNotFoundError" not in page.content()
        page.close()
    finally:
        running.stop()
    assert "ModuleNotFoundError" in running.log


def test_a_port_that_is_taken_is_said_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "neurolab",
            "app",
            "--no-browser",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=patient(60))
    assert done.returncode != 0
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert f"Port {port} is taken" in line


def test_without_a_port_a_free_one_is_found_where_the_usual_one_is_taken(tmp_path):
    from neurolab.serving.web.ports import DEFAULT_PORT, listening_sockets

    first = listening_sockets(
        "127.0.0.1"
    )  # takes the usual port, unless something else has it already
    second = listening_sockets("127.0.0.1")
    try:
        assert second[0].getsockname()[1] not in (DEFAULT_PORT, first[0].getsockname()[1])
    finally:
        for each in first + second:
            each.close()


@pytest.mark.parametrize(
    ("sign", "moment"), [(signal.SIGTERM, "at once"), (signal.SIGINT, "with a page open")]
)
def test_a_stopped_server_leaves_no_kernel_and_says_nothing_more(browser, tmp_path, sign, moment):
    running = lab_server(tmp_path).wait_until_up()
    if moment == "with a page open":
        page = browser.new_page()
        page.goto(running.url)
        wait_for_lab(page)
    wait_until(running.kernels)
    kernels = running.kernels()
    running.process.send_signal(sign)
    assert running.process.wait(patient(30)) == 0
    wait_until(lambda: not any(command_line(kernel) for kernel in kernels))
    [line] = running.log.splitlines()
    assert line == f"neurolab is open at {running.url}  (Ctrl+C stops it)"
    if moment == "with a page open":
        page.close()
