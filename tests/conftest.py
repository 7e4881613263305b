"""What holds for every test: steady examples, one PostgreSQL, figures told at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.reliability.figures import FULL
from tests.storage.postgres import Server

settings.register_profile("deterministic", derandomize=True, deadline=None, max_examples=30)
settings.load_profile("deterministic")

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes folders of its own in it
if not FULL and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 * 2**30:
    # No test pulls a plug, so the disk only makes them wait; `make torture` keeps to the disk.
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A running server, started for the first test that asks; those share an xdist group."""
    server = Server()
    yield server
    server.remove()


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[Server]:
    """The server, running again when the test ends, whatever it did to it."""
    yield postgres_server
    postgres_server.start()


@pytest.fixture
def database(postgres: Server) -> str:
    """The address of an empty database."""
    return postgres.new_database()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line per promise about saved answers, with its figure (see tests/reliability)."""
    figures = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call" and report.outcome == "passed"
        for name, value in report.user_properties
        if name == "figure"
    ]
    if figures:
        terminalreporter.section("what was promised of saved answers")
        for figure in sorted(figures):
            terminalreporter.write_line(figure)
