"""Browsers and servers for the journeys: skipped with a hint where Chromium is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_loaded_on
from assessment.storage.csv.store import CsvStore
from tests.browser.server import CHROMIUM, INSTALL_HINT, chromium, emptied, served
from tests.browser.visitor import all_leave, lasts

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
NGINX_HINT = "no nginx on this machine: apt-get install nginx"

expect.set_options(timeout=20_000)  # a page may be slow on a busy machine, and is still right


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; missing, it skips a journey on a person's machine and fails it in CI."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail(INSTALL_HINT)
        pytest.skip(INSTALL_HINT)
    with chromium() as chrome:
        yield chrome


@pytest.fixture(autouse=True)
def no_page_left_open(browser: Browser) -> Iterator[None]:
    """Close what a journey opened: a page whose server is gone asks for it without end."""
    yield
    all_leave(browser)


@pytest.fixture(scope="session")
def server(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """One server for all journeys of a worker: its address, and its data folder."""
    folder = tmp_path_factory.mktemp("journeys")
    with served(folder) as address:
        yield lasts(address), folder


@pytest.fixture(scope="session")
def sample_app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that holds the sample company, at which tests only look."""
    folder = tmp_path_factory.mktemp("sample")
    today = datetime.now(UTC).date()
    CsvStore(folder, shipped_framework()).add(sample_loaded_on(today, language="en"))
    with served(folder) as address:
        yield lasts(address)


@pytest.fixture
def data(server: tuple[str, Path]) -> Path:
    """The folder of the app's store, empty."""
    return emptied(server[1])


@pytest.fixture
def app(server: tuple[str, Path], data: Path) -> str:
    """The address of the app, with an empty store in `data`."""
    return server[0]


@pytest.fixture
def fresh_app(tmp_path: Path, browser: Browser) -> Iterator[str]:
    """The address of a freshly started app that nobody has visited."""
    with served(tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def nginx() -> str:
    """The program; missing, it skips on a person's machine and fails in CI."""
    if NGINX is None:
        if os.environ.get("CI"):
            pytest.fail(NGINX_HINT)
        pytest.skip(NGINX_HINT)
    return NGINX
