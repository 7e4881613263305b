"""How much of a file is read when rows were appended: no timings, only bytes and rows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.storage.csv import durable
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from tests.builders import assessment

FRAMEWORK = shipped_framework()
ROWS = 5_000
LITTLE = 60_000
"""Bytes: far less than the file has, and enough for what Python itself reads meanwhile."""

counts_bytes = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells what a process has read"
)


@pytest.fixture
def store(tmp_path: Path) -> CsvStore:
    """A store with a file of more than half a megabyte."""
    store = CsvStore(tmp_path, FRAMEWORK)
    store.add([assessment(assessment_id=UUID(int=number), note="x" * 40) for number in range(ROWS)])
    store.add([assessment()])
    return store


def bytes_read_by(work: Callable[[], object]) -> int:
    def so_far() -> int:
        return int(Path("/proc/self/io").read_text().split()[1])

    before = so_far()
    work()
    return so_far() - before


@counts_bytes
def test_an_append_to_a_big_file_reads_its_end_alone(store: CsvStore) -> None:
    assert store.path("assessments").stat().st_size > 10 * LITTLE

    for _ in range(3):
        assert bytes_read_by(lambda: store.add([assessment()])) < LITTLE


@counts_bytes
def test_what_another_process_appended_is_read_and_nothing_else(store: CsvStore) -> None:
    other = CsvStore(store.path("assessments").parent, FRAMEWORK)
    other.read()
    store.read()

    for number in range(1, 4):
        other.add([assessment(squad="Later")])
        other.add([assessment(squad="Later")])
        assert bytes_read_by(store.read) < LITTLE
        later = [record for record in store.read().assessments if record.squad == "Later"]
        assert len(later) == 2 * number


def test_the_version_of_what_grew_is_that_of_the_same_file_read_at_once(store: CsvStore) -> None:
    store.read()
    store.add([assessment()])

    assert store.read().version == CsvStore(_folder(store), FRAMEWORK).read().version


@pytest.mark.parametrize("appended", [b"", b"more"])
def test_a_change_of_any_byte_is_seen_though_rows_were_appended(
    store: CsvStore, appended: bytes
) -> None:
    file = store.path("assessments")
    reader = CsvStore(_folder(store), FRAMEWORK)
    reader.read()
    with file.open("r+b") as editor:
        data = editor.read()
        editor.seek(0)
        editor.write(data.replace(b"Atlas", b"Alpha", 1))
        if appended:
            editor.seek(0, os.SEEK_END)
            editor.write(data[data.rindex(b"\n", 0, -1) + 1 :])

    assert reader.read().assessments[0].squad == "Alpha"
    store.add([assessment(squad="Last")])
    assert store.read().assessments[0].squad == "Alpha"
    assert [reader.read().assessments[at].squad for at in (0, -1)] == ["Alpha", "Last"]


def test_a_change_beside_an_append_is_seen(
    store: CsvStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes between the last look and the append, who heeds no lock."""
    append = durable.append

    def somebody_else_writes_first(path: Path, *data: Any, **options: Any) -> None:
        with path.open("r+b") as editor:
            at = editor.read().index(b"Atlas")
            editor.seek(at)
            editor.write(b"Alpha")
        append(path, *data, **options)

    with monkeypatch.context() as busy:
        busy.setattr(durable, "append", somebody_else_writes_first)
        store.add([assessment()])

    assert store.read().assessments[0].squad == "Alpha"


def test_where_the_disk_keeps_no_such_times_all_is_read(
    store: CsvStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def refused(file: object, **_: object) -> None:
        asked.append(file)
        raise PermissionError("not ours")

    monkeypatch.setattr(os, "utime", refused)
    monkeypatch.setattr(os, "supports_fd", {*os.supports_fd, refused})
    other = CsvStore(_folder(store), FRAMEWORK)
    other.read()

    store.add([assessment(squad="Last")])

    assert len(asked) == 1
    assert other.read().assessments[-1].squad == "Last"


def test_a_file_of_known_cells_is_read_without_judging_rows_one_by_one(
    store: CsvStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds: list[object] = []
    whole = Layout._fields_in

    def noted(self: Layout[Any], *row: Any) -> dict[str, object]:
        kinds.append(self.kind)
        return whole(self, *row)

    monkeypatch.setattr(Layout, "_fields_in", noted)

    assert len(CsvStore(_folder(store), FRAMEWORK).read().assessments) == ROWS + 1
    assert kinds == [ASSESSMENTS]


def _folder(store: CsvStore) -> Path:
    return store.path("assessments").parent
