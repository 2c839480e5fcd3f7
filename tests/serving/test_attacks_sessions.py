"""A lab belongs to the browser that opened it."""

import socket
from pathlib import Path

import psutil
import pytest
from tornado.httpclient import HTTPClientError
from tornado.web import create_signed_value

from neurolab.serving.app import lab_config
from neurolab.serving.kernels.forking import CAN_FORK

from ..browser.waiting import wait_until
from .client import COOKIE
from .conftest import still_works
from .running import asked, metrics

pytestmark = pytest.mark.usefixtures("unharmed")


def cookies(page, neighbour):
    """What a stranger may show in the place of the neighbour's cookie."""
    forged = create_signed_value("guessed", COOKIE, neighbour.kernel_id).decode()
    swapped = page.cookie.split("|")
    swapped[4] = neighbour.cookie.split("|")[4]
    yield from (
        {},
        *(
            {"Cookie": f"{COOKIE}={text}"}
            for text in (page.cookie, forged, "|".join(swapped), neighbour.kernel_id)
        ),
    )


def test_a_neighbours_lab_is_neither_read_nor_driven_without_their_cookie(run, page, neighbour):
    for headers in cookies(page, neighbour):
        with pytest.raises(HTTPClientError, match="403"):
            run(page.connect(headers=headers, kernel_id=neighbour.kernel_id))


@pytest.mark.skipif(not CAN_FORK, reason="elsewhere than on Linux kernels listen on ports")
def test_a_lab_listens_in_a_folder_that_other_accounts_do_not_reach(server, page):
    lines = {
        line.laddr
        for process in psutil.Process(server.process.pid).children(recursive=True)
        for line in process.net_connections("unix")
        if page.kernel_id in line.laddr
    }
    assert len(lines) == 5
    assert {Path(line).parent.stat().st_mode & 0o077 for line in lines} == {0}


def test_lines_to_labs_are_encrypted_where_a_folder_leaves_no_room_for_the_names_of_sockets(
    tmp_path,
):
    config = lab_config(tmp_path / "page.ipynb", tmp_path / ("long" * 30))
    assert config.KernelManager.transport_encryption == "auto"
    assert "transport" not in config.KernelManager


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "api/kernels/{}"),
        ("DELETE", "api/kernels/{}"),
        ("POST", "voila/api/shutdown/{}"),
        ("GET", "voila/api/shutdown/{}"),
        ("POST", "api/kernels/{}/interrupt"),
        ("POST", "api/kernels/{}/restart"),
        ("GET", "voila/query/{}"),
    ],
)
def test_a_neighbours_lab_is_not_ended_without_their_cookie(server, page, neighbour, method, path):
    for headers in cookies(page, neighbour):
        status, _, text = asked(
            server.root, "/" + path.format(neighbour.kernel_id), method, **headers
        )
        assert status in (403, 404, 405)
        assert neighbour.kernel_id not in text


def test_the_owner_can_ask_for_the_lab_but_not_delete_it_this_way(server, page):
    own = {"Cookie": f"{COOKIE}={page.cookie}"}
    assert asked(server.root, f"/api/kernels/{page.kernel_id}", **own)[0] == 200
    assert asked(server.root, f"/api/kernels/{page.kernel_id}", "DELETE", **own)[0] == 405


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1", "http://127.0.0.1:1", "null", "file://"]
)
def test_a_page_of_another_site_gets_no_line_even_with_the_cookie(run, server, page, origin):
    own = {"Cookie": f"{COOKIE}={page.cookie}", "Origin": origin}
    with pytest.raises(HTTPClientError, match="403"):
        run(page.connect(headers=own))
    assert asked(server.root, f"/voila/api/shutdown/{page.kernel_id}", "POST", **own)[0] == 403
    run(still_works(page))


def test_a_page_of_our_own_gets_one(run, server, page):
    async def connect():
        line = await page.connect(
            headers={"Cookie": f"{COOKIE}={page.cookie}", "Origin": server.root.rstrip("/")}
        )
        line.close()

    run(connect())


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_valid_for_one_lab(server):
    _, headers, text = asked(server.root, "/")
    texts = headers.get_all("Set-Cookie")
    kernel_id = text.split('"kernelId": "')[1].split('"')[0]
    paths = {f"Path=/api/kernels/{kernel_id}", f"Path=/voila/api/shutdown/{kernel_id}"}
    assert {part for text in texts for part in text.split("; ") if part.startswith("Path")} == paths
    for text in texts:
        assert {"HttpOnly", "SameSite=Strict"} <= set(text.split("; "))
    own = {"Cookie": texts[0].split(";")[0]}
    assert asked(server.root, f"/voila/api/shutdown/{kernel_id}", "POST", **own)[0] == 204
    assert asked(server.root, f"/api/kernels/{kernel_id}", **own)[0] == 404


@pytest.mark.parametrize("kind", ["image", "iframe", "script", "empty", "object"])
def test_a_page_of_another_site_takes_no_places_by_pictures_or_frames_of_ours(server, kind):
    before = metrics(server.root)["neurolab_opens_total"]
    headers = {
        "Sec_Fetch_Dest": kind,
        "Sec_Fetch_Site": "cross-site",
        "Referer": "https://evil.example/",
    }
    assert asked(server.root, "/", **headers)[0] == 403
    assert metrics(server.root)["neurolab_opens_total"] == before


def test_pages_that_are_given_up_while_they_are_made_hold_no_places(server):
    before = metrics(server.root)
    for _ in range(4):  # the first may find a lab that waits, and has its page at once
        with socket.create_connection(("127.0.0.1", server.port)) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    wait_until(
        lambda: metrics(server.root)["neurolab_opens_total"] == before["neurolab_opens_total"] + 4
    )
    wait_until(lambda: metrics(server.root)["neurolab_sessions"] <= before["neurolab_sessions"] + 1)


def test_two_tabs_of_one_browser_each_work(run, page, neighbour):
    assert page.kernel_id != neighbour.kernel_id
    run(still_works(page))
    run(still_works(neighbour))
