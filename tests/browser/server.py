"""A server of the app on a port of its own, and a Chromium to visit it with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

from playwright.sync_api import Browser, Page, sync_playwright

Process: TypeAlias = "subprocess.Popen[bytes]"

PROJECT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium"))), None)
"""Without a window of its own it opens a page in half the time; the usual one serves as well."""
INSTALL_HINT = "no Chromium on this machine: apt-get install chromium-headless-shell"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",  # letters as wide as in a window
    "--js-flags=--no-turbofan --no-maglev",  # no page lives long enough to repay either
)


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], *, log: Path, **environment: str) -> Iterator[Process]:
    """A process of ours, its output in a file, until the block ends."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, script and tools
            command,
            cwd=PROJECT,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def served(
    folder: Path,
    *,
    script: Path = PROJECT / "app.py",
    port: int | None = None,
    base_path: str = "",
    options: Sequence[str] = (),
    **environment: str,
) -> Iterator[str]:
    """The address of the app, served from a data folder until the block ends."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none"]
    command += ["--server.baseUrlPath", base_path, *options]
    address = f"http://127.0.0.1:{port}{base_path}"
    settings = {"WHO_DECIDES_DATA": str(folder)} | environment
    with running(command, log=folder / "server.log", **settings) as server:
        wait_until_healthy(f"{address}/_stcore/health", server)
        yield address


def emptied(folder: Path) -> Path:
    """The data folder of a running server, without what was stored in it."""
    for file in folder.iterdir():
        if file.suffix not in (".log", ".lock"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    return folder


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


STANDING_STILL = """asked => {
  const app = document.querySelector("[data-testid=stApp]");
  const charts = [...document.querySelectorAll("[data-testid=stVegaLiteChart]")];
  const is_ready = document.querySelector("h1")
    && app?.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")
    && !document.getAnimations().some(change => change.effect.target?.localName === "details")
    && charts.every(chart => chart.querySelector("canvas, svg"));
  if (!window.hasWatched) {
    window.hasWatched = new MutationObserver(() => { window.lastChange = performance.now(); });
    window.hasWatched.observe(document, {attributes: true, childList: true, subtree: true});
  }
  if (window.asked !== asked) {
    window.asked = asked;  // what was just done may not have moved anything yet
    window.lastChange = performance.now();
  }
  return is_ready && performance.now() - window.lastChange > 100;
}"""
"""True once the script has run, every chart is drawn, and nothing has moved for a tenth of a
second."""


def settled(page: Page) -> Page:
    """The page once its script has run and its charts stand."""
    page.wait_for_function(STANDING_STILL, arg=uuid4().hex, polling=25)
    return page


def wait_until_healthy(address: str, server: Process) -> None:
    """Return once a process answers at an address; fail when it stops or takes too long."""
    for _attempt in range(300):
        if server.poll() is not None:
            raise RuntimeError("the server stopped before it was healthy")
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not become healthy within 30 seconds")
