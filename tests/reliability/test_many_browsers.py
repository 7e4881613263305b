"""Very many browsers at once, and large files from several: answered, and within bounds."""

from __future__ import annotations

import asyncio
import http.client
import io
import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from assessment.content.loading import shipped_framework
from assessment.exchange.archives import csv_of
from assessment.exchange.sample import sample_records
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from tests.benchmarks.session import Session
from tests.browser.server import served
from tests.builders import assessment
from tests.reliability.figures import tell, times
from tests.reliability.forger import Forger, visitor

FRAMEWORK = shipped_framework()
PAGES = ("", "squad", "compare", "trends", "leadership", "quick-check")
MOST_MEGABYTES = 700


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    CsvStore(tmp_path, FRAMEWORK).add(sample_records())
    with served(tmp_path) as url:
        yield url


def _held(folder: Path, *, most: bool) -> int:
    """Megabytes that the server of a data folder holds, now or at the most it ever did."""
    wanted = f"WHO_DECIDES_DATA={folder}\0".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes():
                status = (process / "status").read_text("ascii")
                match = re.search(r"VmHWM:\s+(\d+)" if most else r"VmRSS:\s+(\d+)", status)
                assert match
                return int(match[1]) // 1024
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
    raise AssertionError("the server is not running")


def test_every_one_of_very_many_browsers_is_answered(
    tmp_path: Path, server: str, request: pytest.FixtureRequest
) -> None:
    count, chance = times(full=300, short=10), random.Random(20261128)  # noqa: S311 - no secret
    port = urlsplit(server).port or 0

    async def browse(page: str) -> Session:
        session = await Session.opened(port)
        for path in ("", page):
            await session.visit(path)  # an AssertionError where it shows an exception
        return session

    async def all_at_once() -> None:
        sessions: list[Session] = []
        while len(sessions) < count:  # in crowds, as people come; all of them stay
            crowd = [browse(chance.choice(PAGES)) for _ in range(min(20, count - len(sessions)))]
            sessions += await asyncio.gather(*crowd)
        await asyncio.gather(*(session.rerun() for session in sessions))
        assert not any(session.exceptions for session in sessions)
        held.append(_held(tmp_path, most=False))
        await asyncio.gather(*(session.close() for session in sessions))

    held: list[int] = []
    with ThreadPoolExecutor(1) as own:  # a journey before it may have left its loop in this thread
        own.submit(asyncio.run, all_at_once()).result()

    assert held[0] < MOST_MEGABYTES
    tell(request, f"{count} browsers at once: {3 * count} pages, 0 errors, {held[0]} MB")


def test_large_files_from_many_sessions_leave_the_server_within_its_bounds(
    tmp_path: Path, server: str, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    statuses: list[int] = []
    header = Layout(ASSESSMENTS, FRAMEWORK).header_line
    large = {
        "rows of nothing": header + b"x\n" * 5_000_000,
        "a ZIP in a ZIP": _zipped(_zipped(bytes(45_000_000))),
        "one endless row": header + b"," * 45_000_000,
        "many whole rows": _many_rows(times(full=100_000, short=5_000)),
    }
    with visitor(server, chance) as stranger:  # who never opened the data page
        stranger.visit("")
        statuses += [_sent(server, stranger, bytes(1_000))]
    assert statuses == [403]
    for data in large.values():
        with visitor(server, chance) as editor:
            editor.visit("data")
            assert _sent(server, editor, data) == 204
            _choose(editor, len(data))
            assert editor.exceptions == []
    with visitor(server, chance) as editor:
        editor.visit("data")
        assert _sent(server, editor, bytes(60_000_000)) == 413
        statuses = [_sent(server, editor, bytes(49_000_000)) for _ in range(10)]
    assert set(statuses) <= {204, 413}

    most = _held(tmp_path, most=True)
    assert most < MOST_MEGABYTES
    tell(request, f"{len(large) + 11} large uploads: the server held {most} MB at the most")


def _zipped(data: bytes) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("assessments.csv", data)
    return packed.getvalue()


def _many_rows(count: int) -> bytes:
    return csv_of(ASSESSMENTS, (assessment(note="n" * 50) for _ in range(count)), FRAMEWORK)


def _sent(server: str, session: Forger, data: bytes) -> int:
    """Send a file for a session, as its upload field would, and return what was answered."""
    token = generate_xsrf_token_string()
    parts = (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n',
        data,
        b"\r\n--b--\r\n",
    )
    headers = {
        "Content-Type": "multipart/form-data; boundary=b",
        "X-Xsrftoken": token,
        "Cookie": f"_streamlit_xsrf={token}",
    }
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=120)
    try:
        path = f"/_stcore/upload_file/{session.session_id}/file"
        connection.request("PUT", path, body=b"".join(parts), headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _choose(session: Forger, size: int) -> None:
    """Run the page with the file that was sent in its upload field."""
    (field,) = (item for item, kind in session.offered.widgets.items() if kind == "file_uploader")
    message = BackMsg()
    message.rerun_script.page_name = "data"
    state = message.rerun_script.widget_states.widgets.add(id=field)
    file = state.file_uploader_state_value.uploaded_file_info.add(
        file_id="file", name="a.csv", size=size
    )
    file.file_urls.file_id = "file"
    session.send(message)
