"""A real server for the tests of what it answers."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.server import free_port, running, wait_until_healthy


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body, as text."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Served:
    """A server of the app, to be asked, and the file of its log."""

    address: str
    log: Path

    def get(self, path: str, **headers: str) -> Answer:
        """What it answers; names of headers are written with `_`."""
        url = urlsplit(self.address)
        connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request("GET", f"{url.path}{path}", headers=named)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@contextmanager
def serving(folder: Path, *, base: str = "", **environment: str) -> Iterator[Served]:
    """`who-decides serve`, with settings of the environment: its log and data in a folder."""
    port = free_port()
    command = [sys.executable, "-m", "assessment", "serve", "--port", str(port)]
    command += ["--base-path", base] if base else []
    address, log = f"http://127.0.0.1:{port}{base}", folder / "server.log"
    settings = {"WHO_DECIDES_DATA": str(folder / "data")} | environment
    with running(command, log=log, **settings) as process:
        wait_until_healthy(f"{address}/healthz", process)
        yield Served(address, log)
