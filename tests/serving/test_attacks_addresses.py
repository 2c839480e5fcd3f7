"""Which addresses there are, and what they do not give away."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from .running import asked

pytestmark = pytest.mark.usefixtures("unharmed")
KERNEL = "{kernel}"
ROUTES = {
    "/": "PageHandler",
    "/health": "HealthHandler",
    "/metrics": "MetricsHandler",
    "else": "MissingHandler",
    f"/api/kernels/{KERNEL}": "LabHandler",
    f"/api/kernels/{KERNEL}/channels": "ChannelsHandler",
    f"/voila/api/shutdown/{KERNEL}": "EndHandler",
    "/voila/templates/neurolab/static/{file}": "TemplateFiles",
    "/voila/widgets/{any}": "AssetHandler",
}


def shortened(pattern):
    """A pattern with words for its variable parts."""
    pattern = pattern.removesuffix("$").replace("\\", "")
    pattern = pattern.replace("(?P<kernel_id>[da-f]{8}(?:-[da-f]{4}){3}-[da-f]{12})", KERNEL)
    pattern = pattern.replace("[w-]+(?:.[w-]+)*.(?:js|css|svg|png|woff2?|ttf)", "{file}")
    pattern = pattern.replace("(?:v-([0-9a-f]+)/)?(.*)", "{any}")
    return re.sub(r"\(\?P<path>(.*)\)", r"\1", pattern)


def test_no_address_is_answered_but_those_that_the_page_needs(tmp_path):
    script = Path(__file__).parent / "routes_of_server.py"
    done = subprocess.run(
        [sys.executable, script, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    rows = [line.rsplit(" ", 2) for line in done.stdout.splitlines()]
    assert {shortened(pattern): handler for pattern, handler, _ in rows} == ROUTES
    assert {guarded for *_, guarded in rows} == {"True"}


ELSEWHERE = [
    "/api",
    "/api/kernels",
    "/api/kernels/",
    "/api/kernelspecs",
    "/api/contents",
    "/api/contents/lab.ipynb",
    "/api/sessions",
    "/api/terminals",
    "/api/config/notebook",
    "/api/status",
    "/api/me",
    "/terminals/1",
    "/login",
    "/logout",
    "/tree",
    "/lab",
    "/voila/tree",
    "/voila/render/lab.ipynb",
    "/voila/files/lab.ipynb",
    "/voila/files/",
    "/voila/api/contents/",
    "/lab.ipynb",
    "/voila/api/themes/@jupyterlab/theme-dark-extension/index.css",
    "/voila/static/",
    "/voila/static/voila.js",
    "/voila/widgets/",
    "/voila/templates/lab/static/voila.js",
    "/voila/templates/neurolab/index.html.j2",
    "/voila/labextensions/",
    "/voila/labextensions/@jupyterlab/x/static/a.js",
    "/voila/execution/x",
    "/static/favicon.ico",
    "/custom/custom.css",
    "/robots.txt",
    "/favicon.ico",
]


def test_what_jupyter_has_elsewhere_is_not_here(server):
    for path in ELSEWHERE:
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
            status, _, text = asked(server.root, path, method)
            assert status in (404, 405), (method, path)
            assert "Traceback" not in text


def traversals():
    ups = (
        "../",
        "%2e%2e/",
        "..%2f",
        "%2e%2e%2f",
        "..\\",
        "..%5c",
        "%252e%252e%252f",
        "....//",
        "..%00/",
        "%c0%ae%c0%ae/",
    )
    for root in (
        "/voila/widgets/",
        "/voila/templates/neurolab/static/",
        "/",
    ):
        for up in ups:
            for file in (
                "etc/passwd",
                "lab.ipynb",
                "neurolab/units.py",
                "index.html.j2",
                "bqplot/../../page.js",
            ):
                yield f"{root}{up * 8}{file}"
        yield f"{root}/etc/passwd"
        yield f"{root}{quote('/etc/passwd', safe='')}"
        yield f"{root}page.js%00.png"


def test_no_way_leads_out_of_the_folders_of_scripts(server):
    for path in traversals():
        status, _, text = asked(server.root, path)
        assert status in (400, 403, 404), path
        assert not re.search("root:|import|cell_generator", text), path


@pytest.mark.parametrize(
    "query",
    [
        "template=classic&theme=<script>alert(1)</script>&__proto__[x]=1&token=x&progressive_rendering=True&kernel_name=bash"
        "&'%0d%0aSet-Cookie:%20a=b&x=" + "a" * 10_000 + "&".join(f"a{i}={i}" for i in range(2000)),
        "%ff%fe=%00",
    ],
    ids=lambda query: query[:20],
)
def test_a_hostile_link_opens_the_same_page_or_none(server, query):
    status, headers, text = asked(server.root, f"/?{query}")
    assert status in (200, 400)
    assert not re.search(r"alert\(1\)|Traceback|voila-classic", text)
    if status == 200:
        assert "a=b" not in str(headers.get_all("Set-Cookie"))
        assert 'id="neurolab-page"' in text
        kernel_id = text.split('"kernelId": "')[1].split('"')[0]
        asked(
            server.root,
            f"/voila/api/shutdown/{kernel_id}",
            "POST",
            Cookie=headers.get("Set-Cookie").split(";")[0],
        )


def test_answers_keep_to_this_host_and_to_this_frame(server):
    for path in ("/health", "/voila/widgets/bqplot/index.js", "/none"):
        headers = asked(server.root, path)[1]
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy.split("; ")
        assert "default-src 'self'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers
