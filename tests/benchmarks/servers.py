"""Streamlit servers on free ports, all stopped at the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from assessment.storage.opening import DATA_FOLDER
from tests.benchmarks.company import Company

PROJECT = Path(__file__).resolve().parents[2]
APPS = Path(__file__).with_name("apps")
COLLECTION_OFF = ("--runner.postScriptGC", "false")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def megabytes(self) -> float:
        """What it holds in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        held = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(held.split()[1]) / 1024

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)


@dataclass(slots=True)
class Servers:
    """Servers that write where they are told, and stop together."""

    scratch: Path
    started: list[Server] = field(default_factory=list)

    def start(self, script: Path, *options: str, of: Company | None = None) -> Server:
        """A server of a script, once it answers; the product's, `of` a company, once it is warm."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        settings = of.settings if of else {DATA_FOLDER: str(self.scratch / "nothing")}
        environment = os.environ | settings | {"BENCH_SPECS": str(self.scratch)}
        address = ("--server.port", str(port), "--server.address", "127.0.0.1")
        quiet = ("--server.headless", "true", "--server.fileWatcherType", "none")
        log = (self.scratch / f"{port}.log").open("wb")
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "streamlit", "run", str(script), *address, *quiet, *options],
            cwd=PROJECT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        server = Server(port, process)
        self.started.append(server)
        healthy = f"http://127.0.0.1:{port}/{'readyz' if of else '_stcore/health'}"
        for _ in range(600):
            try:
                with urllib.request.urlopen(healthy, timeout=1):
                    return server
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the server of {script} never answered; see {log.name}")

    def stop(self) -> None:
        """End all that still run."""
        for server in self.started:
            if server.process.poll() is None:
                server.stop()
