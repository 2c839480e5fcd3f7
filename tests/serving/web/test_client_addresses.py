"""Which address a request counts for, and under which names the server answers."""

import ipaddress
import math

import pytest

from neurolab.serving.web import client_addresses
from neurolab.serving.web.assets import accepts_gzip
from neurolab.serving.web.client_addresses import (
    Shares,
    SharesOfCustomers,
    client_of,
    customer_of,
    is_loopback,
)
from neurolab.serving.web.host_names import answers_to, known_names
from neurolab.serving.web.server_options import Options

PROXIES = tuple(map(ipaddress.ip_network, ("127.0.0.1", "10.0.0.0/8", "2001:db8:ff::/48")))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),  # who is not a proxy may say anything
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        (
            "127.0.0.1",
            "203.0.113.9, 198.51.100.7",
            "198.51.100.7",
        ),  # the first was made up by the client
        ("127.0.0.1", "203.0.113.9, 198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("127.0.0.1", "10.1.2.3,10.1.2.4", "10.1.2.3"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7, ,10.0.0.1", "10.0.0.1"),
        ("127.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "", "198.51.100.7"),
        ("2001:db8:ff::1", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "", "fe80::/64"),
        ("::1", "", "::/64"),
        ("127.0.0.1", ",".join(["1.2.3.4"] * 10_000), "1.2.3.4"),
        ("", "", ""),
    ],
)
def test_the_client_is_the_last_address_that_is_not_a_trusted_proxy(peer, forwarded, client):
    assert client_of(peer, forwarded, PROXIES) == client


def test_this_computer_is_known_in_both_kinds_of_addresses():
    assert all(
        is_loopback(client_of(each, "", ()))
        for each in ("127.0.0.1", "::1", "127.9.9.9", "::ffff:127.0.0.1")
    )
    assert not any(
        is_loopback(client_of(each, "", ())) for each in ("192.0.2.1", "2001:db8::1", "10.127.0.1")
    )


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands; its list's only entry is the time."""
    now = [1000.0]
    monkeypatch.setattr(client_addresses.time, "monotonic", lambda: now[0])
    return now


def test_an_address_has_so_many_labs_and_the_next_address_as_many(clock):
    shares = Shares(3, with_loopback=False)
    for _ in range(3):
        assert shares.seconds_to_wait("192.0.2.1") == 0
        shares.opened("192.0.2.1")
    assert shares.seconds_to_wait("192.0.2.1") == math.inf
    assert shares.seconds_to_wait("192.0.2.2") == 0
    shares.closed("192.0.2.1")
    assert shares.seconds_to_wait("192.0.2.1") == 0


def test_an_address_opens_twice_as_many_labs_a_minute_as_it_may_have(clock):
    shares = Shares(3, with_loopback=False)
    for _ in range(6):
        assert shares.seconds_to_wait("192.0.2.1") == 0
        shares.opened("192.0.2.1")
        shares.closed("192.0.2.1")
    assert shares.seconds_to_wait("192.0.2.1") == pytest.approx(10)
    clock[0] += 10.01
    assert shares.seconds_to_wait("192.0.2.1") == 0
    assert shares.seconds_to_wait("192.0.2.2") == 0


@pytest.mark.parametrize(
    ("client", "customer"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::/64", "fe80::/48"),
        ("::/64", "::/64"),
        ("", ""),
        ("/run/socket", "/run/socket"),
    ],
)
def test_all_networks_of_one_customer_are_known_as_one(client, customer):
    assert customer_of(client) == customer


def test_many_networks_of_one_customer_have_no_more_than_nine_tenths_together(clock):
    options = Options(most_sessions=10, most_per_address=3)
    shares = SharesOfCustomers(options.share, options.share_of_customer, with_loopback=True)
    opened = 0
    for number in range(16):
        client = client_of(f"2001:db8:1:{number:x}::1", "", ())
        while opened < 20 and shares.seconds_to_wait(client) == 0:
            shares.opened(client)
            opened += 1
    assert opened == 9
    assert shares.seconds_to_wait(client_of("2001:db8:2::1", "", ())) == 0
    shares.closed(client_of("2001:db8:1::1", "", ()))
    assert shares.seconds_to_wait(client_of("2001:db8:1:f::1", "", ())) == 0


def test_this_computer_is_limited_only_where_that_was_asked_for(clock):
    free, bound = Shares(1, with_loopback=False), Shares(1, with_loopback=True)
    for shares in (free, bound):
        shares.opened("127.0.0.1")
    assert free.seconds_to_wait("127.0.0.1") == 0
    assert bound.seconds_to_wait("127.0.0.1") == math.inf
    assert Shares(0, with_loopback=True).seconds_to_wait("192.0.2.1") == 0


def test_addresses_that_come_and_go_are_not_remembered_for_ever(clock):
    shares = Shares(3, with_loopback=False)
    for number in range(client_addresses._MOST_REMEMBERED + 100):
        shares.opened(str(number))
        shares.closed(str(number))
    assert len(shares._opens) == client_addresses._MOST_REMEMBERED
    assert not shares._labs


@pytest.mark.parametrize(
    ("options", "share"),
    [
        ({"most_sessions": 60}, 54),
        ({"most_sessions": 10}, 9),
        ({"most_sessions": 3}, 3),
        ({"most_sessions": 1}, 1),
        ({"most_sessions": 0}, 0),
        ({"most_sessions": 60, "most_per_address": 60}, 60),
        ({"most_sessions": 60, "most_per_address": 0}, 0),
    ],
)
def test_one_address_has_nine_tenths_of_the_places_unless_another_number_is_given(options, share):
    assert Options(**options).share == share


NAMES = known_names("lab.example", ("class.example", "*.school.example"))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8866",
        "LOCALHOST",
        "localhost.",
        "lab.localhost:1",
        "127.0.0.1",
        "127.0.0.1:80",
        "[::1]",
        "[::1]:8866",
        "[2001:DB8::1]:443",
        "192.0.2.7",
        "lab.example",
        "Lab.Example:443",
        "class.example",
        "a.school.example",
        "a.b.school.example",
    ],
)
def test_the_server_answers_under_addresses_and_its_own_names(host):
    assert answers_to(host, NAMES)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "evil-localhost",
        "school.example",
        "xschool.example",
        "other.lab.example",
        "127.0.0.1.evil.example",
        "127.0.0.1.nip.io",
        "[::1",
        "::1",
        "[evil]",
        "localhost:80:80",
        "localhost:x",
        "localhost/",
        "user@localhost",
        "localhost evil",
        "lab.example:123456",
        "*",
        "*.school.example",
        "\u4f8b.example",
        "2130706433",
        "0x7f.1",
        "127.1",
    ],
)
def test_the_server_does_not_answer_under_another_name(host):
    assert not answers_to(host, NAMES)


def test_with_every_address_the_computers_own_name_is_known(monkeypatch):
    monkeypatch.setattr("socket.gethostname", lambda: "Lab7.school.example")
    monkeypatch.setattr("socket.getfqdn", lambda: "lab7.campus.example")
    names = known_names("0.0.0.0", ())
    for host in ("lab7", "lab7.local:8866", "lab7.school.example", "LAB7.campus.example"):
        assert answers_to(host, names)
        assert not answers_to(host, known_names("127.0.0.1", ()))


def test_any_name_is_answered_where_that_was_asked_for():
    assert answers_to("evil.example", known_names("localhost", ("*",)))


@pytest.mark.parametrize(
    ("header", "accepts"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("*", True),
        ("x-gzip", True),
        ("deflate, *;q=0.1", True),
        ("", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("gzip;q=0.000, *", False),
        ("identity", False),
        ("br", False),
        ("*;q=0", False),
        ("gzip;q=x", False),
        ("notgzip", False),
        ("gzip;q=0.001", True),
    ],
)
def test_gzip_is_sent_to_those_who_accept_it(header, accepts):
    assert accepts_gzip(header) == accepts
