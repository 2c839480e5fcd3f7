"""Served labs for tests: the command in a process of its own, and what is asked of it without a page."""

import http.client
import json
import urllib.request
from urllib.parse import urlsplit

from ..browser.server import Server, free_port
from ..browser.waiting import patient

TOKEN = "open-sesame"


def class_server(directory, *options, base="/", token="", **process):
    """``neurolab serve`` on a free port, not yet waited for; `process` is what `subprocess.Popen` is told besides."""
    port = free_port()
    arguments = [
        "neurolab",
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--base-url",
        base,
        *options,
    ]
    query = f"?token={token}" if token else ""
    # Its health is asked for while it starts: the page would take a lab each time.
    running = Server(
        [*arguments, *(["--token", token] if token else [])],
        f"http://127.0.0.1:{port}{base}health{query}",
        directory / f"serve-{port}.log",
        **process,
    )
    running.root = f"http://127.0.0.1:{port}{base}"
    return running


def impatient_server(directory, page, **options):
    """A class's server with other times, of the lab or of a stuck page, not yet waited for."""
    port = free_port()
    root = f"http://127.0.0.1:{port}/"
    running = Server(
        ["tests.serving.impatient", str(port), page, json.dumps(options)],
        f"{root}health",
        directory / "log",
    )
    running.root = root
    return running


def asked(url, path, method="GET", **headers):
    """Status, headers and text of an answer; the path goes out as it is, and no redirect is followed."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=patient(20))
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


def metrics(url, query=""):
    """The server's metrics, by name and labels."""
    with urllib.request.urlopen(f"{url}metrics{query}", timeout=patient(20)) as answer:
        lines = answer.read().decode().splitlines()
    return {
        name: float(value)
        for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    }


def refusals(url):
    """How much the server has refused."""
    return sum(
        value for name, value in metrics(url).items() if name.startswith("neurolab_refused_total")
    )
