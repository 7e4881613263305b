"""Several processes on one CSV file, some of them killed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from assessment.content.loading import shipped_framework
from assessment.errors import StoreBusy
from assessment.storage.csv.locking import only_writer
from assessment.storage.csv.store import LOCK, CsvStore
from tests.builders import assessment
from tests.storage.writers import appending, read_beside

PROJECT = Path(__file__).resolve().parents[2]


def test_eight_processes_appending_at_once_lose_nothing(tmp_path: Path) -> None:
    store = CsvStore(tmp_path, shipped_framework())
    with appending("append", tmp_path, processes=8, rows=50) as writers:
        acknowledged = read_beside(writers, store, rows=400, at_once=25)

    for seen_by in (store, CsvStore(tmp_path, shipped_framework())):
        stored = seen_by.read()
        assert stored.set_aside == ()
        assert sorted(str(record.assessment_id) for record in stored.assessments) == sorted(
            acknowledged
        )
        assert sorted(Counter(record.squad for record in stored.assessments).values()) == [50] * 8


def test_a_lock_file_that_is_deleted_while_it_is_held_lets_no_second_writer_in(
    tmp_path: Path,
) -> None:
    store = CsvStore(tmp_path, shipped_framework(), patience=0.1)
    store.add([assessment()])

    with only_writer(tmp_path / LOCK, patience=1):
        (tmp_path / LOCK).unlink()
        with pytest.raises(StoreBusy):
            store.add([assessment()])

    assert store.add([assessment()]) == 1


def test_the_lock_is_the_one_that_earlier_versions_take(tmp_path: Path) -> None:
    earlier = FileLock(tmp_path / LOCK, timeout=0)

    with only_writer(tmp_path / LOCK, patience=1), pytest.raises(Timeout):
        earlier.acquire()
    with earlier, pytest.raises(Timeout), only_writer(tmp_path / LOCK, patience=0):
        pass


def test_a_process_forked_while_the_lock_is_held_does_not_keep_it(tmp_path: Path) -> None:
    waits, goes_on = os.pipe()

    with only_writer(tmp_path / LOCK, patience=1):
        forked = os.fork()
        if not forked:
            os.read(waits, 1)
            os._exit(0)
    try:
        with only_writer(tmp_path / LOCK, patience=0):
            assert os.waitpid(forked, os.WNOHANG) == (0, 0), "it still holds what it inherited"
    finally:
        os.write(goes_on, b".")
        os.waitpid(forked, 0)


@pytest.mark.parametrize("stored", [1, 300])
def test_an_append_opens_five_files_however_much_is_stored(
    stored: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = CsvStore(tmp_path, shipped_framework())
    store.add([assessment() for _ in range(stored)])
    store.add([assessment()])
    paths: list[str] = []

    def noting(opens: Callable[..., Any]) -> Callable[..., Any]:
        def noted(path: Any, *how: Any, **named: Any) -> Any:
            paths.append(Path(path).name)
            return opens(path, *how, **named)

        return noted

    with monkeypatch.context() as watched:
        watched.setattr(os, "open", noting(os.open))
        watched.setattr(io, "open", noting(io.open))
        store.add([assessment()])

    # The lock is a file and its folder; names are confirmed; what came is read, then added to.
    file = "assessments.csv"
    assert paths == [LOCK, tmp_path.name, tmp_path.name, file, file]


def test_processes_lose_nothing_while_somebody_deletes_the_lock_file(tmp_path: Path) -> None:
    with appending("append", tmp_path, processes=4, rows=50) as writers:
        assert writers.stdin
        writers.stdin.write(b"." * 200)
        writers.stdin.flush()
        while writers.poll() is None:
            (tmp_path / LOCK).unlink(missing_ok=True)
            time.sleep(0.001)
        acknowledged = writers.communicate()[0].decode().split()

    assert writers.returncode == 0
    stored = CsvStore(tmp_path, shipped_framework()).read()
    assert stored.set_aside == ()
    assert sorted(str(record.assessment_id) for record in stored.assessments) == sorted(
        acknowledged
    )
    assert len(acknowledged) == 200


def test_killing_the_writer_loses_no_acknowledged_row(tmp_path: Path) -> None:
    script = [sys.executable, "-m", "tests.storage.writers", "be_killed", str(tmp_path)]
    killed = subprocess.run(  # noqa: S603 - our own module
        [*script, "60", "20261103"], cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=True
    )
    acknowledged = killed.stdout.split()

    stored = CsvStore(tmp_path, shipped_framework()).read()

    assert len(acknowledged) >= 60
    ids = [str(record.assessment_id) for record in stored.assessments]
    assert len(ids) == len(set(ids))
    assert set(acknowledged) <= set(ids)
    assert all(record.note == "é" * 40 for record in stored.assessments)
    places = {row.file for row in stored.set_aside}
    assert "assessments.csv.rejected" in places, "some writers were killed in mid-row"
