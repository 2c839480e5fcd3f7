"""One address does not take everything, and what is refused does not fill the log."""

import json
import re
import socket

import pytest

from ..browser.waiting import wait_until
from .client import LabClient
from .conftest import health
from .running import asked, class_server, metrics


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A class with four places, three of them for one address; a proxy on this computer says which that is."""
    running = class_server(
        tmp_path_factory.mktemp("places"),
        "--sessions",
        "4",
        "--per-address",
        "3",
        "--trust-proxy",
        "127.0.0.1",
        "--allow-host",
        "class.example",
    )
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


def open_page(server, address, method="GET", **headers):
    """Ask for the page from an address; the answer, and how to end the lab that came with it."""
    status, headers, text = asked(server.root, "/", method, X_Forwarded_For=address, **headers)
    found = re.search(r'"kernelId": "([\w-]+)"', text)

    def end():
        own = headers.get("Set-Cookie").split(";")[0]
        assert asked(server.root, f"/voila/api/shutdown/{found[1]}", "POST", Cookie=own)[0] == 204

    return status, text, headers, end


def test_one_address_leaves_places_to_others_whatever_it_says_of_itself(server):
    greedy = [open_page(server, f"198.51.100.{place}, 203.0.113.5") for place in range(3)]
    assert [status for status, *_ in greedy] == [200] * 3
    status, text, headers, _ = open_page(server, "198.51.100.9, 203.0.113.5")
    assert status == 429
    assert "Too many labs are open from your network" in text
    assert int(headers["Retry-After"]) >= 15
    status, *_, end = open_page(server, "203.0.113.6")
    assert status == 200
    assert open_page(server, "203.0.113.7")[0] == 503
    assert metrics(server.root)['neurolab_refused_total{reason="address"}'] == 1
    for *_, end_other in greedy:
        end_other()
    end()
    wait_until(lambda: metrics(server.root)["neurolab_sessions"] == 0)


def test_an_address_that_opens_and_closes_labs_without_a_pause_has_to_wait(server):
    statuses = []
    while not statuses or (statuses[-1] == 200 and len(statuses) < 10):
        status, *_, end = open_page(server, "2001:db8::1" if len(statuses) % 2 else "2001:db8::2")
        statuses.append(status)
        if status == 200:
            end()
    assert len(statuses) > 6  # six at once, and one more in ten seconds
    assert statuses[-1] == 429


def test_asking_for_the_head_of_a_page_opens_no_lab(server):
    before = metrics(server.root)["neurolab_opens_total"]
    for path in ("/", "/?preset=tutorial"):
        status, headers, text = asked(server.root, path, "HEAD")
        assert (status, text) == (200, "")
        assert headers["Content-Type"].startswith("text/html")
        assert "Set-Cookie" not in headers
    assert metrics(server.root)["neurolab_opens_total"] == before


def test_asking_for_the_head_answers_as_asking_for_all_of_it(server):
    for path in (
        "/health",
        "/metrics",
        "/none",
        "/voila/widgets/bqplot/index.js",
        "/voila/templates/neurolab/static/page.js",
    ):
        status, headers, _ = asked(server.root, path)
        head_status, head_headers, text = asked(server.root, path, "HEAD")
        assert (head_status, text) == (status, "")
        assert head_headers["Content-Type"] == headers["Content-Type"]


def test_under_another_name_nothing_is_answered_and_under_an_allowed_one_all_is(server):
    for path in (
        "/",
        "/health",
        "/voila/widgets/bqplot/index.js",
        "/none",
        "/api/kernels/00000000-0000-0000-0000-000000000000",
    ):
        status, _, text = asked_as(server, "evil.example", path)
        assert status == 421
        assert "--allow-host" in text
        assert "evil" not in text
    for host in (
        "class.example",
        "CLASS.example:443",
        "localhost",
        f"[::1]:{server.port}",
        "192.0.2.1",
    ):
        assert asked_as(server, host, "/health")[0] == 200


def asked_as(server, host, path):
    """Status, head and text of an answer to a request under a name."""
    with socket.create_connection(("127.0.0.1", server.port), 20) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := line.recv(2**16):
            answer += part
    head, _, text = answer.decode().partition("\r\n\r\n")
    return int(head.split()[1]), head, text


def test_a_script_comes_unpacked_to_those_who_take_nothing_packed(server):
    for accepted, packed in (("gzip", "gzip"), ("gzip;q=0", None), ("", None)):
        headers = asked(server.root, "/voila/widgets/bqplot/index.js", Accept_Encoding=accepted)[1]
        assert headers["Content-Encoding"] == packed


def test_answers_give_no_page_a_camera_and_no_opener_a_hold(server):
    for path in ("/health", "/none", "/voila/widgets/bqplot/index.js"):
        headers = asked(server.root, path)[1]
        assert {"camera=()", "microphone=()", "geolocation=()"} <= set(
            headers["Permissions-Policy"].split(", ")
        )
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_half_open_connections_do_not_lock_newcomers_out(server, run):
    client = LabClient(server.root)
    lines = []
    try:
        for _ in range(1500):
            line = socket.create_connection(("127.0.0.1", server.port))
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
            lines.append(line)
        assert run(health(client), 20) < 5
    finally:
        for line in lines:
            line.close()
        client.http.close()


def test_refusals_without_end_are_counted_and_logged_a_few_times(server):
    before = metrics(server.root)
    stranger = "/api/kernels/00000000-0000-0000-0000-000000000000"
    for _ in range(100):
        assert asked(server.root, stranger)[0] == 403
    name = 'neurolab_refused_total{reason="stranger"}'
    assert metrics(server.root)[name] == before.get(name, 0) + 100
    lines = [json.loads(line) for line in server.log.splitlines() if line.startswith("{")]
    assert 1 <= sum(line.get("reason") == "stranger" for line in lines) <= 10
