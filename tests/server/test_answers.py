"""What a real server says around its pages: safety, title, health, log; nothing it keeps."""

from __future__ import annotations

import errno
import gzip
import json
import logging
import re
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import anyio
import pytest
from starlette.requests import Request
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from assessment.errors import SetupError
from assessment.languages import LANGUAGES
from assessment.ui.server import health
from assessment.ui.server.headers import safety_headers
from assessment.ui.server.logs import JsonLines, path_to_log
from assessment.ui.server.unknown_pages import way_instead
from assessment.ui.shell import WORDMARK
from tests.browser.server import PROJECT, served
from tests.server.serving import Answer, Served, serving

POLICY = "content-security-policy"
T = TypeVar("T")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app as `streamlit run app.py` serves it, its log in JSON."""
    folder = tmp_path_factory.mktemp("plain")
    with served(folder, WHO_DECIDES_LOG="json") as address:
        yield Served(address, folder / "server.log")


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[socket.socket]:
    """A proxy that the app would ask for whatever does not lie here."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, elsewhere: socket.socket) -> Iterator[Served]:
    """The app as `who-decides serve` serves it, its log in JSON."""
    proxy = f"http://127.0.0.1:{elsewhere.getsockname()[1]}"
    settings = {"WHO_DECIDES_LOG": "json", "http_proxy": proxy, "https_proxy": proxy}
    with serving(tmp_path_factory.mktemp("app"), **settings) as server:
        yield server


@pytest.fixture(scope="module")
def operated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app under a base path, with what else an operator may say."""
    settings = {
        "WHO_DECIDES_FRAME_ANCESTORS": "https://intranet.example.org https://*.example.net:8443",
        "WHO_DECIDES_METRICS": "1",
    }
    with serving(tmp_path_factory.mktemp("operated"), base="/governance", **settings) as server:
        yield server


def eventually(look: Callable[[], Answer], status: int) -> Answer:
    """What is answered once it has a status; fails where that does not come."""
    for _attempt in range(100):
        answer = look()
        if answer.status == status:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{answer.status}, never {status}")


def once_it_holds(log: Path, text: str) -> str:
    """What stands in a log, once it holds a text; fails where that does not come."""
    for _attempt in range(100):
        if text in (written := log.read_text("utf-8")):
            return written
        time.sleep(0.1)
    raise AssertionError(f"{text!r} is never logged")


def check_safety(server: Served) -> None:
    for path in ("/", "/squad", "/_stcore/health", "/static/none.js", "/healthz", "/nothing.json"):
        answer = server.get(path)
        policy = answer.headers[POLICY]
        assert "default-src 'self'" in policy, path
        assert "frame-ancestors 'self'" in policy, path
        assert "object-src 'none'" in policy, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["Referrer-Policy"] == "no-referrer", path
    assert server.get("/_stcore/metrics").status == 404


def check_front(server: Served) -> None:
    english = server.get("/squad?link=a-token", Accept_Language="xx, en;q=0.8")
    french = server.get("/?lang=fr", Accept_Language="en")

    assert '<html lang="en" translate="no" ' in english.text
    assert "<title>Who Decides?</title>" in english.text
    assert '<meta property="og:title" content="Who Decides?" />' in english.text
    assert "where your squad&#x27;s decisions leak" in english.text
    assert "a-token" not in english.text
    assert '<html lang="fr" translate="no" ' in french.text
    assert "<title>Qui décide\u202f?</title>" in french.text
    assert "Streamlit</title>" not in english.text + french.text
    assert "<b>Who Decides?</b>Loading…</p></div>" in english.text
    assert "<b>Qui décide\u202f?</b>Chargement…</p></div>" in french.text
    assert int(french.headers["Content-Length"]) == len(french.text.encode())
    for language in LANGUAGES:
        wordmark = server.get(WORDMARK.format(language=language))
        assert (wordmark.status, wordmark.headers["Content-Type"]) == (200, "image/svg+xml")

    for look_of in (".st-key-head ", "@media print", ".stage-strip", "check-answer", "chapter"):
        assert look_of in french.text.partition('<div id="root"')[0], look_of
    assert "room-answer" not in french.text, "the room looks like itself alone"
    packed = server.get("/?lang=fr", Accept_Encoding="gzip, br")
    assert packed.headers.get_all("Vary") == ["Accept-Language", "Accept-Encoding"]
    assert gzip.decompress(packed.body).decode() == french.text
    assert len(packed.body) < len(french.body) / 3
    (headings,) = re.findall(r'<link rel="preload" href="\.(/app/[^"]+)"', french.text)
    assert server.get(headings).status == 200
    assert re.search(r'<link rel="modulepreload" [^>]*/Html\.[^>]*>', french.text)


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ("/Squad?lang=fr&by=month", "/squad?lang=fr&by=month"),
        ("/quick_check", "/quick-check"),
        ("/nothing?lang=fr&link=abc", "/?lang=fr&link=abc&unknown=nothing"),
        ("/squad/more", "/?unknown=squad%2Fmore"),
        ("/Squad.html?lang=fr", "/squad?lang=fr"),
        ("/quick_check.php", "/quick-check"),
        ("/index.html?lang=fr", "/?lang=fr"),
        ("/v1.2", "/?unknown=v1.2"),
        ("/squad.", "/squad"),
        ("//elsewhere", "/?unknown=elsewhere"),
    ],
)
def test_an_address_that_is_none_leads_to_the_page_that_was_meant_or_to_the_first(
    asked: str, way: str, plain: Served
) -> None:
    answer = plain.get(asked)

    assert (answer.status, answer.headers["Location"]) == (302, way)
    assert plain.get(way).status == 200


def test_no_page_of_the_app_counts_as_unknown() -> None:
    names = {path.stem.replace("_", "-") for path in (PROJECT / "pages").glob("*/*.py")}

    assert len(names) > 14
    assert [name for name in names - {"home"} if way_instead(f"/{name}", b"") is not None] == []
    assert way_instead("/home", b"lang=fr") == "/?lang=fr"


def test_what_browsers_ask_for_by_themselves_leads_nowhere_else() -> None:
    for name in ("favicon.ico", "robots.txt", "manifest.json", "apple-touch-icon-120x120.png"):
        assert way_instead(f"/{name}", b"") is None


def test_every_answer_of_serve_is_safe_and_every_page_introduces_itself(app: Served) -> None:
    check_safety(app)
    check_front(app)


def test_every_answer_of_streamlit_run_is_safe_and_every_page_introduces_itself(
    plain: Served,
) -> None:
    check_safety(plain)
    check_front(plain)


def test_the_server_is_healthy_at_once_and_ready_once_its_store_answers(app: Served) -> None:
    data = app.log.parent / "data"
    assert json.loads(app.get("/healthz").text) == {"status": "alive"}
    assert json.loads(eventually(lambda: app.get("/readyz"), 200).text) == {"status": "ready"}

    data.mkdir(exist_ok=True)
    (data / "assessments.csv").write_text("Ana Ruiz\n")
    broken = eventually(lambda: app.get("/readyz"), 503)
    assert json.loads(broken.text) == {"status": "the store does not answer or cannot be written"}
    assert app.get("/healthz").status == 200
    assert "Ana" not in once_it_holds(app.log, "not ready: assessments.csv: the first line '…'")

    (data / "assessments.csv").unlink()
    (data / "assessments.csv.lock").mkdir()
    eventually(lambda: app.get("/readyz"), 503)

    (data / "assessments.csv.lock").rmdir()
    eventually(lambda: app.get("/readyz"), 200)


def awaited(asynchronous: Callable[..., Awaitable[T]], *given: object) -> T:
    """What comes of it, in a thread of its own: that of the tests may drive a browser."""
    with ThreadPoolExecutor(1) as one:
        return one.submit(anyio.run, asynchronous, *given).result()


@pytest.fixture
def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has warmed up, and that nothing keeps from asking its store."""
    is_warm = threading.Event()
    is_warm.set()
    monkeypatch.setattr(health, "_is_warm", is_warm)
    monkeypatch.setattr(health, "_looks", health._Looks())  # an earlier one may yet hang
    monkeypatch.setattr(health, "current_policy", lambda: None)


@pytest.fixture
def answering(warm: None, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once a store that hangs is to answer; who asks it waits no longer than a moment."""
    answers = threading.Event()
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    monkeypatch.setattr(health, "check_store", lambda: answers.wait(60))
    return answers


def test_whoever_asks_whether_a_hanging_store_is_ready_is_answered(
    answering: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def statuses() -> list[int]:
        asked = Request({"type": "http"})
        hanging = [(await health._ready(asked)).status_code for _ in range(3)]
        answering.set()
        monkeypatch.setattr(health, "PATIENCE", 60)
        return [*hanging, (await health._ready(asked)).status_code]

    assert awaited(statuses) == [503, 503, 503, 200]


def test_however_often_a_hanging_store_is_asked_for_it_holds_one_thread(
    answering: threading.Event,
) -> None:
    before = threading.active_count()

    async def statuses() -> list[int]:
        return [(await health._ready(Request({"type": "http"}))).status_code for _ in range(12)]

    assert awaited(statuses) == [503] * 12
    held = threading.active_count() - before
    answering.set()
    assert held == 1


@pytest.mark.parametrize(
    "failure", [PermissionError(errno.EACCES, "denied"), OSError(errno.ESTALE, "stale")]
)
def test_a_store_whose_disk_fails_is_not_ready(
    warm: None, monkeypatch: pytest.MonkeyPatch, failure: OSError
) -> None:
    def failing() -> None:
        raise failure

    monkeypatch.setattr(health, "check_store", failing)

    assert awaited(health._ready, Request({"type": "http"})).status_code == 503


def test_the_operator_says_who_may_frame_the_app_and_that_figures_are_open(
    operated: Served,
) -> None:
    policy = operated.get("/").headers[POLICY]

    assert policy.endswith(
        "frame-ancestors https://intranet.example.org https://*.example.net:8443"
    )
    assert operated.get("/_stcore/metrics").status == 200


@pytest.mark.parametrize(
    "setting",
    [
        *("https://société.example", '"https://a.example"', "'https://a.example'", "'a b'"),
        *("https://a.example; script-src *", "https://a.example;", ";", "a.example;b.example"),
        *("*", "https://a.example *", "*:8443", "https:", "https://*", "http://*:80/", "*."),
        *("https://a*.example", "https://", "/governance"),
    ],
)
def test_what_no_browser_takes_for_pages_that_may_frame_the_app_is_refused(setting: str) -> None:
    with pytest.raises(SetupError, match="WHO_DECIDES_FRAME_ANCESTORS names no pages"):
        safety_headers({"WHO_DECIDES_FRAME_ANCESTORS": setting})


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("", "'self'"),
        ("https://a.example\n", "https://a.example"),
        ("\thttps://a.example,\r\n", "https://a.example"),
        ("\r\n", "'self'"),
        ("'self' https://*.a.example:8443", "'self' https://*.a.example:8443"),
        (
            "a.example http://localhost:* app-1://b/c?d",
            "a.example http://localhost:* app-1://b/c?d",
        ),
    ],
)
def test_pages_that_may_frame_the_app_are_told_to_browsers(setting: str, told: str) -> None:
    policy = dict(safety_headers({"WHO_DECIDES_FRAME_ANCESTORS": setting}))[POLICY.encode()]

    assert policy.decode().endswith(f"; frame-ancestors {told}")


@pytest.mark.parametrize("base", ["", "/governance"])
def test_a_path_is_logged_whole_only_where_it_lies_as_the_app_s_own_do(base: str) -> None:
    for path in ("/governance2/static/ana@x.org", "/ana@x.org/_stcore/a", "/CODE/healthz"):
        assert path_to_log(f"{base}{path}", base=base) == f"{base}/…"
    for path in ("/static/js/index.js", "/_stcore/health", "/readyz", "/squad"):
        assert path_to_log(f"{base}{path}", base=base) == f"{base}{path}"


def test_scripts_and_styles_are_sent_compressed_to_browsers_that_read_it(
    app: Served, operated: Served, plain: Served
) -> None:
    script = re.search(r"static/js/index\.[^\"]+", app.get("/").text)
    style = re.search(r"static/css/index\.[^\"]+", app.get("/").text)
    assert script
    assert style
    for server in (app, operated, plain):
        for path in (f"/{script[0]}", f"/{style[0]}"):
            whole = server.get(path)
            sent = server.get(path, Accept_Encoding="br, gzip")
            again = server.get(path, Accept_Encoding="gzip")
            assert whole.headers["content-encoding"] is None
            assert sent.headers["content-encoding"] == "gzip"
            assert sent.headers["vary"] == "Accept-Encoding"
            assert "immutable" in sent.headers["cache-control"]
            assert sent.headers["etag"] is None  # that of other bytes
            assert sent.headers[POLICY] == whole.headers[POLICY]
            assert int(sent.headers["content-length"]) == len(sent.body) < len(whole.body) / 2
            assert gzip.decompress(sent.body) == whole.body
            assert again.body == sent.body
    font = re.search(r"static/media/SourceSans[^\"]+", app.get("/").text)
    assert font
    answer = app.get(f"/{font[0]}", Accept_Encoding="gzip")
    assert (answer.status, answer.headers["content-encoding"]) == (200, None)
    assert app.get("/static/js/none.js", Accept_Encoding="gzip").headers["content-encoding"] is None


def test_under_a_base_path_health_is_told_there_and_at_the_root(operated: Served) -> None:
    assert operated.get("/healthz").status == 200
    root = Served(operated.address.removesuffix("/governance"), operated.log)
    assert root.get("/healthz").status == 200
    assert "Who Decides?" in operated.get("/squad").text
    assert operated.get("/Squad").headers["Location"] == "/governance/squad"


def test_cookies_are_kept_from_http_behind_a_proxy_that_speaks_https(app: Served) -> None:
    clear = app.get("/_stcore/health").headers.get_all("Set-Cookie") or []
    secret = app.get("/_stcore/health", X_Forwarded_Proto="https").headers.get_all("Set-Cookie")

    assert clear
    assert [cookie for cookie in clear if "Secure" in cookie] == []
    assert secret
    assert [cookie for cookie in secret if "Secure" not in cookie] == []


def check_log(server: Served) -> None:
    for path in ("/squad?link=SECRET-TOKEN&q=Ada", "/SECRET-CODE", "/media/SECRET.csv"):
        server.get(path)
    server.get("/_stcore/upload_file/SESSION/FILE")
    written = once_it_holds(server.log, "upload_file")

    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    requests = {line["path"]: line for line in lines if line["from"] == "who_decides.requests"}
    assert requests["/squad"]["method"] == "GET"
    assert requests["/squad"]["status"] == 200
    assert requests["/squad"]["milliseconds"] >= 0
    assert {"/_stcore/upload_file/…", "/media/…", "/…"} < set(requests)
    assert re.findall("SECRET|Ada|SESSION", written) == []


def test_a_log_of_json_lines_tells_requests_without_tokens(plain: Served, app: Served) -> None:
    check_log(plain)
    check_log(app)

    first, second, *_ = map(json.loads, app.log.read_text("utf-8").splitlines())
    assert first["message"] == f"Who Decides? at {app.address}/"
    assert second["message"].startswith(f"Answers are kept in {app.log.parent / 'data'}.")


@pytest.mark.parametrize(
    ("name", "message", "values", "told"),
    [
        ("who_decides", "%s could not be saved", ("the file",), "the file could not be saved"),
        ("other", "user %s of %s, retry in %d", ("ana", "b", "c@d"), "user … of …, retry in …"),
        ("streamlit.auth", "Error: %s. %s", ("access_denied", "ana@x"), "Error: access_denied. …"),
        ("uvicorn.error", "Running on %s:%d", ("Ana's laptop", 8501), "Running on …:8501"),
        ("asyncio", "never retrieved\nfuture: Ana", (), "never retrieved"),
        ("other", "of %(who)s", ({"who": "Ana"},), "of %(who)s"),
    ],
)
def test_what_others_log_is_told_without_the_values_in_it(
    name: str, message: str, values: tuple[object, ...], told: str
) -> None:
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, values, None)
    assert json.loads(JsonLines().format(record))["message"] == told


def answers_to(connection: ClientConnection, sent: BackMsg) -> None:
    """Send a message, and hear what comes until the connection ends."""
    connection.send(sent.SerializeToString())
    while True:
        connection.recv(timeout=10)


def test_a_browser_cannot_have_more_held_for_it_than_a_megabyte(plain: Served, app: Served) -> None:
    sent = BackMsg()
    sent.rerun_script.query_string = "x" * 1_000_001
    for server in (plain, app):
        address = f"{server.address.replace('http', 'ws')}/_stcore/stream"
        with (
            connect(address, subprotocols=[Subprotocol("streamlit")]) as connection,
            pytest.raises(ConnectionClosedError, match="1009"),
        ):
            answers_to(connection, sent)


def test_a_page_of_another_origin_is_refused_and_nobody_elsewhere_is_asked(
    plain: Served, app: Served, elsewhere: socket.socket
) -> None:
    asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    asked |= {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": "https://evil.example"}
    for server in (plain, app):
        assert server.get("/_stcore/stream", **asked).status == 403
    elsewhere.setblocking(False)
    with pytest.raises(BlockingIOError):
        elsewhere.accept()


def test_whoever_is_signed_in_with_large_cookies_is_connected(plain: Served, app: Served) -> None:
    """Sixty groups of a company's directory, as its provider tells them: a page is no page yet."""
    asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    asked |= {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Cookie": f"user={'x' * 9_260}"}
    for server in (plain, app):
        assert server.get("/_stcore/stream", **asked).status == 101
