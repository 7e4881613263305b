"""Two processes on one database behind nginx, with the very block that docs/operating.md offers."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from assessment.storage.opening import DATABASE_URL
from tests.browser.server import PROJECT, free_port, running, settled, wait_until_healthy
from tests.browser.test_behind_nginx import AROUND, substituted
from tests.storage.postgres import GROUP

OPERATING = (PROJECT / "docs" / "operating.md").read_text("utf-8")


@pytest.fixture
def processes(nginx: str, database: str, tmp_path: Path) -> Iterator[str]:
    """Two servers on one database behind nginx: the address through it."""
    ports, front = (free_port(), free_port()), free_port()
    block = re.search(r"```nginx\n(.*?)```", OPERATING, re.DOTALL)
    assert block
    upstream = substituted(block[1], {"8501": str(ports[0]), "8502": str(ports[1])})
    site = substituted(
        (PROJECT / "docs" / "nginx.conf").read_text("utf-8"),
        {
            "listen 80;": f"listen 127.0.0.1:{front};",
            "http://127.0.0.1:8501": "http://who_decides",
            "/var/log/nginx": str(tmp_path),
            "client_max_body_size": "add_header X-Served-By $upstream_addr; client_max_body_size",
        },
    )
    (tmp_path / "who-decides.conf").write_text(upstream + site, "utf-8")
    (tmp_path / "nginx.conf").write_text(AROUND.format(folder=tmp_path), "utf-8")
    with ExitStack() as running_all:
        for port in ports:
            serve = [sys.executable, "-m", "assessment", "serve", "--base-path", "governance"]
            process = running_all.enter_context(
                running(
                    [*serve, "--port", str(port)],
                    log=tmp_path / f"{port}.log",
                    **{DATABASE_URL: database},
                )
            )
            wait_until_healthy(f"http://127.0.0.1:{port}/readyz", process)
        options = ["-p", str(tmp_path), "-c", "nginx.conf", "-e", str(tmp_path / "start.log")]
        process = running_all.enter_context(running([nginx, *options], log=tmp_path / "output.log"))
        wait_until_healthy(f"http://127.0.0.1:{front}/governance/healthz", process)
        yield f"http://127.0.0.1:{front}/governance"


@pytest.mark.xdist_group(GROUP)
def test_two_processes_share_what_is_saved_and_each_browser_stays_with_one(
    browser: Browser, processes: str
) -> None:
    browsers: dict[str, BrowserContext] = {}
    for number in range(20):  # enough for both to get one
        context = browser.new_context(user_agent=f"browser {number}", locale="en-GB")
        answer = context.request.get(f"{processes}/data")
        browsers.setdefault(answer.headers["x-served-by"], context)
        if len(browsers) == 2:
            break
    assert len(browsers) == 2
    (first, one), (second, other) = ((by, of.new_page()) for by, of in browsers.items())

    one.goto(f"{processes}/data")
    settled(one).get_by_role("button", name="Load the sample data").click()
    settled(one)
    for page, served_by in ((one, first), (other, second)):
        loaded = page.goto(f"{processes}/squad?squad=Atlas+%C2%B7+demo")
        assert loaded is not None
        assert loaded.headers["x-served-by"] == served_by
        assert "Atlas · demo" in settled(page).locator("h1").inner_text()
