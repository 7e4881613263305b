"""A large CSV is imported with its progress told, and again without a single row twice."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assessment.__main__ import main
from assessment.content.loading import shipped_framework
from assessment.exchange.archives import csv_of
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from tests.builders import assessment, deep_assessment
from tests.reliability.figures import tell, times

FRAMEWORK = shipped_framework()


def test_a_large_csv_imports_with_progress_shown_and_only_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    rows = times(full=100_000, short=3_000)
    before = [
        (assessment if number % 10 else deep_assessment)(squad=f"Squad {number % 500}")
        for number in range(rows)
    ]
    file = tmp_path / "large.csv"
    file.write_bytes(csv_of(ASSESSMENTS, before, FRAMEWORK))

    began = time.perf_counter()
    status = main(["import", str(file), "--store", str(tmp_path / "data")])
    took = time.perf_counter() - began

    place, *lines = capsys.readouterr().out.splitlines()
    assert status == 0
    assert place == f"Answers are kept in {tmp_path / 'data'}."
    assert lines[:-1] == [f"{done} of {rows}" for done in range(1_000, rows + 1, 1_000)]
    assert lines[-1] == f"added {rows}, already there 0, refused 0"
    stored = CsvStore(tmp_path / "data", FRAMEWORK).read()
    assert stored.assessments == tuple(before)
    assert main(["import", str(file), "--store", str(tmp_path / "data")]) == 0
    again = [place, f"added 0, already there {rows}, refused 0"]
    assert capsys.readouterr().out.splitlines() == again
    tell(request, f"large import: {rows:,} assessments in {took:.1f} s, progress told, none twice")
