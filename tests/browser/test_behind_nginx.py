"""The app behind Debian's nginx, with the very file that docs/ offers, under its base path."""

from __future__ import annotations

import re
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from tests.browser.server import PROJECT, free_port, running, served, settled, wait_until_healthy
from tests.browser.visitor import visit
from tests.builders import assessment
from tests.examples import EXAMPLE_1 as HEALTHY

OFFERED = PROJECT / "docs" / "nginx.conf"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
events {{}}
http {{
    types {{ text/html html; text/javascript js; text/css css; }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/who-decides.conf;
}}
"""


def substituted(text: str, changes: dict[str, str]) -> str:
    """The offered file with other ports and log files; each change must have a place in it."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def behind(
    nginx: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """The app through nginx: its address, by a name that is not the machine's own, and the logs."""
    folder, port, app_port = tmp_path_factory.mktemp("behind"), free_port(), free_port()
    (logs := folder / "logs").mkdir()
    CsvStore(folder / "data", shipped_framework()).add([assessment(answers=HEALTHY)])
    command = configured(nginx, folder, logs, port=port, app_port=app_port)
    with (
        served(folder / "data", port=app_port, base_path="/governance"),
        running(command, log=folder / "output.log") as process,
    ):
        wait_until_healthy(f"http://127.0.0.1:{port}/governance/_stcore/health", process)
        yield f"http://decides.localhost:{port}/governance", logs


def configured(nginx: str, folder: Path, logs: Path, *, port: int, app_port: int) -> list[str]:
    """How to start nginx with the offered file, in front of an app on a port."""
    configuration = substituted(
        OFFERED.read_text(encoding="utf-8"),
        {
            "listen 80;": f"listen 127.0.0.1:{port};",
            "http://127.0.0.1:8501": f"http://127.0.0.1:{app_port}",
            "/var/log/nginx": str(logs),
        },
    )
    (folder / "who-decides.conf").write_text(configuration, encoding="utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
    return [nginx, "-p", str(folder), "-c", "nginx.conf", "-e", str(logs / "start.log")]


def wait_until_listening(port: int) -> None:
    for _attempt in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("nobody listens after ten seconds")


def status_of(address: str, **headers: str) -> int:
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 - ours
    try:
        with urllib.request.build_opener(StayingHere).open(asked, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


class Provider(BaseHTTPRequestHandler):
    """An app that has just signed somebody in, whose provider told much about them."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/governance/")
        for number in range(3):
            self.send_header("Set-Cookie", f"_streamlit_user__{number}={'x' * 3_200}; Path=/")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class StayingHere(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where a sign-in ends is what is looked at."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def test_cookies_of_ten_kilobytes_pass_both_ways(nginx: str, tmp_path: Path, logs: Path) -> None:
    port, upstream = free_port(), ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    command = configured(nginx, tmp_path, logs, port=port, app_port=upstream.server_port)
    callback = f"http://127.0.0.1:{port}/governance/oauth2callback"
    asked = urllib.request.Request(callback, headers={"Cookie": f"_streamlit_user={'x' * 9_260}"})
    try:
        with running(command, log=tmp_path / "output.log"):
            wait_until_listening(port)
            with pytest.raises(urllib.error.HTTPError) as answered:
                urllib.request.build_opener(StayingHere).open(asked, timeout=5)
        assert answered.value.code == 302
        cookies = answered.value.headers.get_all("Set-Cookie", [])
        assert [len(cookie) > 3_200 for cookie in cookies] == [True, True, True]
        answered.value.close()
    finally:
        upstream.shutdown()
        upstream.server_close()


@pytest.mark.parametrize("path", ["/", "/governance"])
def test_the_name_alone_and_the_base_path_without_its_slash_lead_to_the_app(
    path: str, nginx: str, tmp_path: Path, logs: Path
) -> None:
    port = free_port()
    command = configured(nginx, tmp_path, logs, port=port, app_port=free_port())
    with running(command, log=tmp_path / "output.log"):
        wait_until_listening(port)
        with pytest.raises(urllib.error.HTTPError) as answered:
            urllib.request.build_opener(StayingHere).open(f"http://127.0.0.1:{port}{path}")
    with answered.value as answer:
        assert answer.code in (301, 302)
        assert answer.headers["Location"] == "/governance/"


def test_the_log_of_requests_tells_why_nginx_refused(
    nginx: str, tmp_path: Path, logs: Path
) -> None:
    """Its own reason stands beside the whole address, a link's token in it, and is not kept."""
    port, upstream = free_port(), ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    upstream.daemon_threads = True
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    command = configured(nginx, tmp_path, logs, port=port, app_port=upstream.server_port)
    smaller = tmp_path / "who-decides.conf"
    changes = {"proxy_buffer_size 16k;": "", "proxy_buffers     8 16k;": ""}
    smaller.write_text(substituted(smaller.read_text("utf-8"), changes), encoding="utf-8")
    callback = f"http://127.0.0.1:{port}/governance/oauth2callback?link=token"
    with running(command, log=tmp_path / "output.log"):
        wait_until_listening(port)
        assert status_of(callback) == 502
        upstream.shutdown()
        upstream.server_close()
        assert status_of(callback) == 502
        assert status_of(callback, Cookie="x" * 40_000) == 400

    log = (logs / "who-decides.access.log").read_text("utf-8")
    path = '"GET /governance/oauth2callback"'
    assert re.search(rf"{path} 502 \d+ connected=0\.\d+$", log, re.MULTILINE)
    assert re.search(rf"{path} 502 \d+ connected=-$", log, re.MULTILINE)
    assert re.search(rf"{path} 400 \d+ connected=-$", log, re.MULTILINE)
    assert "token" not in log + (logs / "who-decides.error.log").read_text("utf-8")


def test_a_link_opened_first_thing_after_a_start_is_answered_over_the_websocket_under_the_base_path(
    browser: Browser, behind: tuple[str, Path]
) -> None:
    address, _ = behind
    visitor = visit(browser, address, "quick-check", alone=True)
    expect(visitor.page.get_by_text("Page not found")).to_have_count(0)
    expect(visitor.page.locator("h1")).to_have_text("Quick check")
    sockets: list[str] = []
    visitor.page.on("websocket", lambda socket: sockets.append(socket.url))
    visitor.page.reload()
    settled(visitor.page)
    visitor.answer("mandates-clear", "yes")
    visitor.reads("1 of 14 answered")
    assert sockets == [f"{address.replace('http', 'ws', 1)}/_stcore/stream"]
    visitor.goes_to("Squad")
    assert visitor.page.url.startswith(f"{address}/squad?")


def test_a_link_made_behind_nginx_opens_there_and_its_token_is_in_no_log(
    browser: Browser, behind: tuple[str, Path]
) -> None:
    site, logs = behind
    page = visit(browser, site, "sharing").page
    page.get_by_label("Whom is it for?", exact=True).fill("Board")
    page.get_by_text("Every squad, later ones too").click()
    page.get_by_role("button", name="Make the link").click()
    address = page.locator("[data-testid=stCode] code").inner_text()
    assert re.fullmatch(rf"{re.escape(site)}/\?link=[\w-]{{43}}", address)
    token = address.rpartition("=")[2]

    answer = page.goto(address)
    assert answer is not None
    assert answer.headers["referrer-policy"] == "no-referrer"
    # It shares every squad there is, and there is one.
    expect(page.locator("h1")).to_have_text("Atlas", timeout=15_000)

    local = address.replace("decides.localhost", "127.0.0.1")
    answers = [status_of(local) for _ in range(200)]
    assert answers.count(200) >= 50
    assert answers[-1] == 429
    assert status_of(local.partition("?")[0]) == 200

    written = {log.name: log.read_text(encoding="utf-8") for log in logs.iterdir()}
    assert '"GET /governance/" 429' in written["who-decides.access.log"]
    assert [name for name, text in written.items() if token in text] == []
