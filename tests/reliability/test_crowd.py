"""Sixteen processes appending at once, readers beside them, and a file of many rows."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import KINDS
from tests.builders import assessment
from tests.reliability.figures import tell, times

PROJECT = Path(__file__).resolve().parents[2]
FRAMEWORK = shipped_framework()


def test_sixteen_processes_appending_at_once_lose_nothing(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    rows = times(full=1_000, short=25)
    crowd = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.reliability.crowd", tmp_path, "16", str(rows)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert crowd.stderr == ""
    assert json.loads(crowd.stdout) == {"faults": 0}
    stored = CsvStore(tmp_path / "data", FRAMEWORK).read()
    assert stored.set_aside == ()
    ids = [record.id for record in stored.records]
    expected = [UUID(int=n * 1_000_000 + row) for n in range(16) for row in range(rows)]
    assert sorted(ids) == sorted(expected)
    tell(
        request,
        f"16 processes x {rows} appends beside 2 readers: {len(ids)} rows in "
        f"{len(KINDS)} files, 0 torn",
    )


def test_a_file_of_many_rows_is_taken_in_pieces_and_read_back(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    rows, piece = times(full=100_000, short=3_000), 5_000
    store = CsvStore(tmp_path, FRAMEWORK)
    start = time.perf_counter()
    for first in range(0, rows, piece):
        some = [assessment() for _ in range(min(piece, rows - first))]
        assert store.add(some) == len(some)
    took = time.perf_counter() - start

    assert len(CsvStore(tmp_path, FRAMEWORK).read().assessments) == rows
    tell(request, f"{rows} assessments added in pieces of {piece} in {took:.1f} s, and read back")
