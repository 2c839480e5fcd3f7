"""What may be typed after ``neurolab serve``, and what is said to the rest."""

import pytest
from click.testing import CliRunner

from neurolab.cli import main
from neurolab.errors import NeurolabError
from neurolab.serving.web.ports import is_loopback
from neurolab.serving.web.server_options import (
    Options,
    read_base_url,
    read_memory,
    read_origin,
    read_token,
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--base-url", "/a b/"), "'/a b/' is not a path"),
        (("--base-url", "https://x"), "is not a path"),
        (("--token", "short"), "8 to 200"),
        (("--token", "with space in it"), "8 to 200"),
        (("--allow-embed", "course.example"), "https://course.example"),
        (("--allow-embed", "https://course.example/page"), "not an origin"),
        (("--allow-embed", "https://a b"), "not an origin"),
        (("--allow-embed", "*"), "not an origin"),
        (("--allow-embed", "https://x; script-src *"), "not an origin"),
        (("--allow-embed", "https://user@course.example"), "not an origin"),
        (("--sessions", "0"), "0 is not in the range"),
        (("--sessions", "many"), "is not a whole number"),
        (("--idle", "0"), "not in the range"),
        (("--idle", "nan"), "is not a whole number"),
        *(
            (("--memory", typed), "is not a memory size")
            for typed in ("lots", "2", "2 GG", "nan G", "2 Gb s", "2G/s")
        ),
        (("--memory", ""), "no memory size here"),
        (("--memory", "2,000M"), "can mean 2 or 2000"),
        *(
            (("--memory", typed), "at least 128M")
            for typed in ("0G", "-2G", "100M", "1K", "0.1G", "999999999999T")
        ),
        (("--worksheet", "none"), "There is no worksheet 'none'"),
        (("--port", "99999"), "not in the range"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(words, said):
    done = CliRunner().invoke(main, ["serve", *words])
    assert done.exit_code != 0
    last = done.output.strip().splitlines()[-1]
    assert last.startswith("Error: ")
    assert words[0] in last or "worksheet" in last
    assert said in last


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2G", 2 * 2**30),
        ("2g", 2 * 2**30),
        ("2 GiB", 2 * 2**30),
        ("2GB", 2 * 2**30),
        ("1.5G", 3 * 2**29),
        ("800M", 800 * 2**20),
        (" 262144k ", 2**28),
        ("1T", 2**40),
        ("1,5 GB", 3 * 2**29),
        ("2\u00a0G.", 2**31),
        ("'2G'", 2**31),
        ("1e3M", 1000 * 2**20),
        ("2 000M", 2000 * 2**20),
        ("٢G", 2**31),
    ],
)
def test_an_amount_of_memory_is_a_number_and_a_unit(typed, read):
    assert read_memory(typed) == read


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.7", "lab.example", "", "127.0.0.1.example", "2130706433"]
)
@pytest.mark.parametrize("command", [["app"], ["worksheet", "connection"]])
def test_a_page_without_limits_is_served_to_this_computer_alone(command, host):
    done = CliRunner().invoke(main, [*command, "--no-browser", "--host", host])
    assert done.exit_code != 0
    assert "Use 'neurolab serve' to let others in." in done.output


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "::1", "[::1]"]
)
def test_addresses_of_this_computer_alone_are_known(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("/", "/"), ("", "/"), ("lab", "/lab/"), ("/a/b", "/a/b/"), ("/a/b/", "/a/b/")],
)
def test_a_path_stands_between_slashes(typed, read):
    assert read_base_url(typed) == read


@pytest.mark.parametrize(
    "typed", ["/../", "/a/../b/", "/./", "/a//b", "/a b/", "a" * 100_000 + "!"]
)
def test_what_browsers_would_read_as_another_path_is_none(typed):
    with pytest.raises(NeurolabError):
        read_base_url(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://Course.Example/", "https://course.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://*.school.example", "https://*.school.example"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://[::1]:80", "http://[::1]"),
        ("https://course.example:443", "https://course.example"),
    ],
)
def test_an_origin_is_scheme_host_and_port(typed, read):
    assert read_origin(typed) == read


def test_frames_are_for_the_origins_that_browsers_will_allow():
    options = Options(
        embedders=("https://course.example", "https://*.school.example", "http://[::1]:80")
    )
    for origin in (
        "https://course.example",
        "https://a.school.example",
        "https://a.b.school.example",
        "http://[::1]:80",
    ):
        assert options.may_frame(origin)
    for origin in (
        "http://course.example",
        "https://school.example",
        "http://a.school.example",
        "https://evilschool.example",
        "https://course.example:444",
        "https://course.example.evil",
        "null",
    ):
        assert not options.may_frame(origin)


def test_no_origin_brings_another_rule_into_the_policy():
    for typed in (
        "https://a;b",
        "https://a,b",
        "https://a'b",
        "https://a b",
        "javascript://a",
        "https://",
    ):
        with pytest.raises(NeurolabError):
            read_origin(typed)


def test_a_token_is_not_shown_where_options_are():
    assert read_token("") == ""
    assert "open-sesame" not in repr(Options(token=read_token("open-sesame")))


def test_the_token_may_come_from_the_environment():
    done = CliRunner().invoke(main, ["serve"], env={"NEUROLAB_TOKEN": "short"})
    assert "8 to 200" in done.output
