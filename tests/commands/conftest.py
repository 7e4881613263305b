"""The command line, and its command that scores, for every test that runs them."""

from __future__ import annotations

from functools import partial

import pytest

from tests.command_line import Run, commands


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return commands(capsys)


@pytest.fixture
def score(run: Run) -> Run:
    return partial(run, "score")
