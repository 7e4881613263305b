"""Processes killed in the middle of writing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.figures import tell, times

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("share", [1, 2])
def test_killing_writers_loses_and_doubles_nothing(
    tmp_path: Path, request: pytest.FixtureRequest, share: int
) -> None:
    kills = times(full=5_000, short=500)
    harness = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.reliability.killed", tmp_path, str(kills), str(share)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert harness.stderr == ""
    found = json.loads(harness.stdout)

    assert found["kills"] == kills
    assert found["acknowledged"] > kills
    assert found["deleted"] > kills / 50
    assert found["torn"] > kills / 100, "some were killed in the middle of a row"
    for fault in ("lost", "duplicated", "came back", "garbled", "unreadable", "unclean"):
        assert found[fault] == 0, found
    tell(
        request,
        f"{kills} kills (run {share} of 2): {found['acknowledged']} acknowledged, "
        f"{found['lost']} lost, {found['duplicated']} duplicated; {found['deleted']} deleted, "
        f"{found['came back']} came back; {found['torn']} torn ends kept and reported",
    )
