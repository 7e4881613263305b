"""Processes killed in the middle of writing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.reliability.figures import tell, times

PROJECT = Path(__file__).resolve().parents[2]
FAULTS = (
    "lost", "duplicated", "came back", "revised back", "garbled", "in order of arrival",
    "unreadable", "unclean",
)  # fmt: skip


def test_killing_writers_loses_and_doubles_nothing(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kills = times(full=10_000, short=1_000)
    harnesses = [
        subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "tests.reliability.killed", batch, str(kills // 2), batch.name],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for batch in (tmp_path / "1", tmp_path / "2")
    ]
    total: Counter[str] = Counter()
    for harness in harnesses:
        total.update(json.loads(harness.communicate()[0]))

    assert total["kills"] == kills
    assert total["acknowledged"] > kills / 2
    assert total["deleted"] > 0
    assert total["revised"] > kills / 50
    assert total["torn"] > kills / 100, "some were killed in the middle of a row"
    assert {fault: total[fault] for fault in FAULTS} == dict.fromkeys(FAULTS, 0)
    tell(
        request,
        f"{kills} kills: {total['acknowledged']} acknowledged, {total['lost']} lost, "
        f"{total['duplicated']} duplicated; {total['revised']} revised, {total['revised back']} as "
        f"before; {total['deleted']} deleted, {total['came back']} came back; {total['torn']} torn "
        "ends kept and reported",
    )
