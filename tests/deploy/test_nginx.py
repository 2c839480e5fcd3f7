"""The class behind `deploy/nginx.conf`: https, websockets, and a frame on another site's page.

Names, ports and the certificate are the test's own; everything else of the configuration runs as it stands.
"""

import http.client
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from neurolab.exercises.printing import find_browser

from ..browser.server import Server, free_port
from ..browser.waiting import PATIENCE, wait_for_change

NGINX, OPENSSL = (
    shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"),
    shutil.which("openssl"),
)
pytestmark = [
    pytest.mark.soak,
    pytest.mark.browser,
    pytest.mark.skipif(
        not (NGINX and OPENSSL),
        reason="nginx and openssl are not installed (apt-get install nginx openssl)",
    ),
]
CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
LAB, COURSE = "lab.example", "course.example"
CURVE, SLIDER = ".nl-figure g.curve path.line", ".nl-parameters .noUi-handle"
FRAMING = """
server {{
    listen 127.0.0.1:{port} ssl;
    server_name {course} other.example;
    ssl_certificate {folder}/both.pem;
    ssl_certificate_key {folder}/both.key;
    root {folder}/course;
}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The port on which nginx serves the lab and the course's page, which shows the lab in a frame."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    ports = {"lab": free_port(), "https": free_port(), "http": free_port()}
    subprocess.run(
        [
            OPENSSL,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={LAB}",
            "-addext",
            f"subjectAltName=DNS:{LAB},DNS:{COURSE},DNS:other.example",
            "-keyout",
            folder / "both.key",
            "-out",
            folder / "both.pem",
        ],
        check=True,
        capture_output=True,
    )
    (folder / "course").mkdir()
    (folder / "course" / "index.html").write_text(
        f'<!DOCTYPE html><iframe src="https://{LAB}:{ports["https"]}/" width="1200" height="700"></iframe>'
    )
    (folder / "nginx.conf").write_text(configuration(folder, ports))
    running = Server(
        [
            "neurolab",
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            str(ports["lab"]),
            "--trust-proxy",
            "127.0.0.1",
            "--allow-host",
            LAB,
            "--allow-embed",
            f"https://{COURSE}:{ports['https']}",
        ],
        f"http://127.0.0.1:{ports['lab']}/health",
        folder / "serve.log",
    )
    nginx = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"])
    try:
        running.wait_until_up()
        yield ports
    finally:
        nginx.terminate()
        nginx.wait(20)
        running.stop()


def configuration(folder, ports):
    """The file of deploy/, with what surrounds it in Debian's."""
    text = CONFIGURATION.read_text()
    for old, new in (
        (r"listen 80;", f"listen 127.0.0.1:{ports['http']};"),
        (r"listen 443 ssl;", f"listen 127.0.0.1:{ports['https']} ssl;"),
        (r"/etc/ssl/certs/lab\.example\.pem", f"{folder}/both.pem"),
        (r"/etc/ssl/private/lab\.example\.key", f"{folder}/both.key"),
        (r"http://127\.0\.0\.1:8866", f"http://127.0.0.1:{ports['lab']}"),
    ):
        text, count = re.subn(old, new, text)
        assert count, old
    framing = FRAMING.format(port=ports["https"], course=COURSE, folder=folder)
    return (
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nuser root;\nworker_processes 2;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log {folder}/access.log;\n{text}\n{framing}\n}}\n"
    )


@pytest.fixture(scope="module")
def window(site):
    """A window of a browser that knows the names, and refuses other sites' cookies unless they are kept apart."""
    from playwright.sync_api import sync_playwright

    names = ", ".join(f"MAP {name} 127.0.0.1" for name in (LAB, COURSE, "other.example"))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_browser(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                f"--host-resolver-rules={names}",
                "--test-third-party-cookie-phaseout",
            ],
        )
        yield chromium.new_context(ignore_https_errors=True)
        chromium.close()


def opened(window, address):
    page = window.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


def turn(frame):
    """Turn a slider, and wait for the curves that follow."""

    def curves():
        return [curve.get_attribute("d") for curve in frame.locator(CURVE).all()]

    frame.locator(SLIDER).first.wait_for(state="attached")
    before = wait_for_change(curves, [])
    frame.locator(SLIDER).first.press("ArrowRight")
    wait_for_change(curves, before)


def test_the_lab_works_over_https_and_in_a_frame_of_the_site_that_may_show_it(site, window):
    lab = opened(window, f"https://{LAB}:{site['https']}/")
    turn(lab)
    assert {cookie["sameSite"] for cookie in window.cookies()} == {"None"}
    assert all(cookie["secure"] and cookie["httpOnly"] for cookie in window.cookies())
    course = opened(window, f"https://{COURSE}:{site['https']}/")
    turn(course.frame_locator("iframe"))
    lab.close()
    course.close()


def test_another_site_shows_no_lab(site, window):
    page = opened(window, f"https://other.example:{site['https']}/")
    page.wait_for_timeout(2000)
    assert page.frame_locator("iframe").locator(".neurolab-lab").count() == 0
    page.close()


def test_plain_http_leads_to_https(site):
    line = http.client.HTTPConnection("127.0.0.1", site["http"], timeout=20)
    line.request("GET", "/?preset=tutorial", headers={"Host": LAB})
    answer = line.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{LAB}/?preset=tutorial"
    line.close()


def test_nginx_refuses_an_address_that_asks_for_too_much(site):
    answers = flood(site, "/none", 1500)
    assert set(answers) <= {"404", "429"}
    assert answers.count("404") >= 400  # a class behind one address may ask for so much at once
    assert answers.count("429") > 50


def test_nginx_lets_a_class_behind_one_address_load_its_scripts(site):
    assert set(flood(site, "/voila/templates/neurolab/static/page.css", 1000)) == {"200"}


def flood(site, path, count):
    """The status of each of so many answers, asked for without a pause."""
    done = subprocess.run(
        [sys.executable, "-c", FLOOD, str(site["https"]), LAB, path, str(count)],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return done.stdout.split()


FLOOD = """
import http.client, ssl, sys
unchecked = ssl._create_unverified_context()
line = http.client.HTTPSConnection("127.0.0.1", int(sys.argv[1]), context=unchecked)
for _ in range(int(sys.argv[4])):
    line.request("GET", sys.argv[3], headers={"Host": sys.argv[2]})
    answer = line.getresponse()
    answer.read()
    print(answer.status)
"""
