"""Served labs for tests: the command in a process of its own, and what is asked of it without a page."""

import http.client
import time
import urllib.request
from urllib.parse import urlsplit

from ..browser.server import Server, free_port


def class_server(directory, *options, base="/", command=("neurolab", "serve")):
    """``neurolab serve`` on a free port, not yet waited for."""
    port = free_port()
    arguments = [*command, "--host", "127.0.0.1", "--port", str(port), "--base-url", base, *options]
    # Its health is asked for while it starts: the page would take a lab each time.
    running = Server(arguments, f"http://127.0.0.1:{port}{base}health", directory / f"serve-{port}.log")
    running.root = f"http://127.0.0.1:{port}{base}"
    return running


def wait_for(condition, seconds=20):
    """Return the condition's value once it is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not so within {seconds} s")


def asked(url, path, method="GET", **headers):
    """Status, headers and text of an answer; the path goes out as it is, and no redirect is followed."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.putheader("Content-Length", "0")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8", errors="replace")
    finally:
        connection.close()


def count_of(url, name):
    """A number from the server's metrics."""
    with urllib.request.urlopen(f"{url}metrics", timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.split("{")[0].split()[0] == name)
