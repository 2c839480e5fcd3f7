"""Scripts and styles as the server sends them."""

import gzip
import http.client
import re
from urllib.parse import urlsplit

import pytest

from neurolab.serving.web.assets import Assets

from .waiting import patient, wait_for_lab

pytest_plugins = "tests.browser.lab_page"


@pytest.fixture
def script(wide_lab):
    """The path of the page's main script."""
    return re.search(r'src="([^"]+/bqplot/index\.js)"', wide_lab[0].page.content()).group(1)


def ask(server, path, **headers):
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=patient(30))
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_a_script_is_compressed_for_who_can_unpack_it_and_the_same_for_who_cannot(server, script):
    packed, short = ask(server, script, **{"Accept-Encoding": "gzip"})
    plain, whole = ask(server, script)
    assert (packed.status, plain.status) == (200, 200)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Content-Encoding"] is None
    assert gzip.decompress(short) == whole
    assert len(short) < 0.5 * len(whole)


def test_an_address_with_its_version_is_kept_for_good_and_another_is_asked_for_again(
    server, script
):
    assert "immutable" in ask(server, script)[0].headers["Cache-Control"]
    unversioned = re.sub(r"/v-\w+/", "/", script)
    answer, _ = ask(server, unversioned)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert ask(server, unversioned, **{"If-None-Match": answer.headers["Etag"]})[0].status == 304


def test_a_second_visit_loads_no_script_again(open_page, server):
    page = wait_for_lab(open_page())
    page.goto("about:blank")
    page.goto(server.url)
    wait_for_lab(page)
    sizes = page.evaluate("""() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/voila/"))
        .map(({ transferSize }) => transferSize)""")
    assert len(sizes) > 10
    assert sum(sizes) == 0


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd",
        "..%2f..%2f..%2fpyproject.toml",
        "nothing.js",
        "",
        "jupyter-js-widgets/extension.js.map",
    ],
)
def test_nothing_but_the_known_files_can_be_had(server, script, path):
    assert ask(server, f"/voila/widgets/{path}")[0].status == 404


def test_of_two_files_with_one_path_the_first_folder_s_counts_and_a_change_is_another_version(
    tmp_path,
):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, text in ((first, "own"), (second, "base")):
        (folder / "static").mkdir(parents=True)
        (folder / "static" / "page.js").write_text(text)
    (second / "static" / "more.css").write_text("a { color: red }" * 50)
    assets = Assets([first, second])
    assert assets.get("static/page.js") == (b"own", None)  # compressed it would be longer
    content, packed = assets.get("static/more.css")
    assert gzip.decompress(packed) == content == b"a { color: red }" * 50
    assert assets.get("static/none.js") is None
    (first / "static" / "page.js").write_text("other")
    assert Assets([first, second]).version != assets.version
