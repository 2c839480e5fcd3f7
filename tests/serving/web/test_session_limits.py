"""How many may come in, who, and for how long."""

import asyncio
import json
import re
from types import SimpleNamespace

import pytest
from tornado.httpclient import HTTPClientError

from neurolab.serving.web.guard import Guarded
from neurolab.serving.web.message_budget import Budget
from neurolab.serving.web.server_options import Options

from ...browser.waiting import wait_until
from ..client import COOKIE, LabClient
from ..running import TOKEN, asked, class_server, metrics

QUERY = f"?token={TOKEN}"
BASE = "/course/lab/"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A class with one place, below a path, behind a token, that other sites may frame."""
    running = class_server(
        tmp_path_factory.mktemp("small"),
        "--sessions",
        "1",
        "--allow-embed",
        "https://course.example",
        "--allow-embed",
        "http://[::1]:8080",
        base=BASE,
        token=TOKEN,
    )
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


@pytest.fixture(scope="module")
def pass_cookie(small):
    """What the browser keeps of the token."""
    status, headers, _ = asked(small.root, f"{BASE}{QUERY}&preset=tutorial")
    assert status == 302
    assert headers["Location"] == f"{BASE}?preset=tutorial"
    assert {"HttpOnly", f"Path={BASE}", "SameSite=Lax"} <= set(headers["Set-Cookie"].split("; "))
    return headers["Set-Cookie"].split(";")[0]


def test_without_the_token_no_address_answers(small):
    paths = (
        "",
        "health",
        "metrics",
        "voila/widgets/bqplot/index.js",
        "voila/templates/neurolab/static/page.js",
        "api/kernels/00000000-0000-0000-0000-000000000000",
        "none",
    )
    tokens = ("", TOKEN + "x", TOKEN[:-1], "wrong-token", "%ff", "%c3%a9")
    for path in paths:
        for query in ("", f"?x={TOKEN}", *(f"?token={token}" for token in tokens)):
            for cookie in ("", "neurolab-token-1=yes", f"neurolab-token={TOKEN}"):
                status, _, text = asked(small.root, f"{BASE}{path}{query}", Cookie=cookie)
                assert status == 403, (path, query, cookie)
                assert "full link" in text


def test_what_the_browser_keeps_of_the_token_holds_after_a_restart_and_not_for_another_token():
    def proof(token, port=80):
        handler = Guarded.__new__(Guarded)
        handler.application = SimpleNamespace(
            settings={"options": Options(token=token), "port": port}
        )
        return handler._token_proof

    assert proof("open-sesame") == proof("open-sesame")
    assert len({proof("open-sesame"), proof("open-barley"), proof("open-sesame", 81)}) == 3
    assert "sesame" not in proof("open-sesame")


def test_a_method_that_is_not_served_is_no_error_of_the_server(small):
    for path in ("", "health", "metrics", "voila/widgets/nothing.js"):
        assert asked(small.root, f"{BASE}{path}{QUERY}", "OPTIONS")[0] == 405
    assert metrics(small.root, QUERY)["neurolab_errors_total"] == 0


def test_outside_of_its_path_there_is_nothing(small):
    for path in ("/", "/health", f"/voila/widgets/bqplot/index.js{QUERY}"):
        assert asked(small.root, path)[0] in (403, 404)


def test_who_comes_when_all_places_are_taken_gets_a_page_that_tries_again(small, pass_cookie):
    status, headers, text = asked(small.root, BASE, Cookie=pass_cookie)
    assert status == 200
    own = f"{pass_cookie}; {headers['Set-Cookie'].split(';')[0]}"
    kernel_id = re.search(r'"kernelId": "([\w-]+)"', text).group(1)

    status, headers, text = asked(small.root, BASE, Cookie=pass_cookie)
    assert status == 503
    seconds = int(headers["Retry-After"])
    assert 10 <= seconds <= 60
    assert f'<meta http-equiv="refresh" content="{seconds}">' in text
    assert "All places in the lab are taken" in text
    assert json.loads(asked(small.root, f"{BASE}health{QUERY}")[2]) == {
        "status": "ok",
        "sessions": 1,
        "limit": 1,
    }

    # The shutdown is asked for with the cookie of the page, whose path is below the lab's own.
    assert asked(small.root, f"{BASE}voila/api/shutdown/{kernel_id}", "POST", Cookie=own)[0] == 204
    wait_until(lambda: asked(small.root, f"{BASE}health{QUERY}")[2].count('"sessions": 0'))
    found = metrics(small.root, QUERY)
    assert found["neurolab_opens_total"] == 1
    assert found['neurolab_refused_total{reason="full"}'] == 1
    assert found["neurolab_sessions_limit"] == 1


def test_what_a_page_sends_beyond_ten_seconds_worth_is_read_later():
    budget = Budget()
    waits = [budget.seconds_to_wait(10) for _ in range(1650)]
    assert waits[1499] == 0
    assert waits[-1] == pytest.approx(1, abs=0.1)
    assert Budget().seconds_to_wait(30 * 2**20) == pytest.approx(5, abs=0.1)


def test_frames_are_for_the_named_origins(small, pass_cookie):
    policy = asked(small.root, f"{BASE}health{QUERY}")[1]["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://course.example http://[::1]:8080" in policy.split("; ")


def test_a_frame_on_another_site_gets_its_cookies_over_https_alone(small):
    for forwarded in ("https", "HTTPS", "https, http"):
        over_https = asked(small.root, BASE + QUERY, X_Forwarded_Proto=forwarded)[1][
            "Set-Cookie"
        ].split("; ")
        assert {"SameSite=None", "Secure", "Partitioned", "HttpOnly"} <= set(over_https)
    over_http = asked(small.root, BASE + QUERY)[1]["Set-Cookie"].split("; ")
    assert not {"SameSite=None", "Secure", "Partitioned"} & set(over_http)


def test_the_log_is_json_and_holds_no_address_token_or_lab(small, pass_cookie):
    asked(
        small.root,
        f"{BASE}?secret-thing=42",
        Cookie=pass_cookie,
        Referer="https://course.example/pupil-7",
    )
    lines = [
        json.loads(line)
        for line in small.log.splitlines()
        if not line.startswith("neurolab is open")
    ]
    assert {"started", "opened", "refused", "ended"} <= {line["event"] for line in lines}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line["time"]) for line in lines)
    assert not re.search(
        rf"{TOKEN}|secret|pupil|{COOKIE}|\b127\.0\.0\.1, |[\da-f]{{8}}-[\da-f]{{4}}-", small.log
    )


def test_where_few_files_may_be_open_there_are_as_many_places_as_they_are_enough_for(tmp_path):
    resource = pytest.importorskip("resource")
    running = class_server(
        tmp_path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (220, 220))
    )

    async def come():
        clients = await asyncio.gather(*(LabClient(running.root).open() for _ in range(6)))
        with pytest.raises(HTTPClientError) as refusal:
            await LabClient(running.root).get_page()
        assert refusal.value.code == 503
        for client in clients:
            assert client.find(description="tau_a (ms)")
            await client.close()

    try:
        running.wait_until_up()
        asyncio.run(asyncio.wait_for(come(), 60))
        assert metrics(running.root)["neurolab_errors_total"] == 0
    finally:
        running.stop()
    assert (
        "open 220 files, enough for 6 labs at once: --sessions is lowered from 60." in running.log
    )
