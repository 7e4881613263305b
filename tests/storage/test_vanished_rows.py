"""A program that saves its older copy of a file takes nothing away for good."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.storage.csv import durable
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.protocol import Record
from tests.builders import assessment, gathering, setup

FRAMEWORK = shipped_framework()
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def store_in(folder: Path) -> CsvStore:
    return CsvStore(folder, FRAMEWORK, clock=lambda: NOON)


def ids(records: tuple[Record, ...]) -> set[UUID]:
    return {record.id for record in records}


def kept_in(folder: Path) -> list[str]:
    return [path.name[:31] for path in (folder / "backups").glob("*-lost-*")]


@pytest.fixture
def store(tmp_path: Path) -> CsvStore:
    """A store of three answers and a setup, that was looked at."""
    store = store_in(tmp_path)
    store.add([*(assessment() for _ in range(3)), setup()])
    store.read()
    return store


def test_answers_that_came_while_a_spreadsheet_had_the_file_open_are_kept_and_brought_back(
    store: CsvStore, tmp_path: Path
) -> None:
    file = store.path("assessments")
    stale = file.read_bytes()
    came = [assessment() for _ in range(5)]
    for answer in came:
        store.add([answer])
        store.read()

    file.write_bytes(stale.replace(b"\n", b"\r\n"))

    assert len(store.read().assessments) == 3
    assert ids(store.vanished()) == {answer.assessment_id for answer in came}
    assert kept_in(tmp_path) == ["assessments-lost-20261103T12000"]
    assert store.add(store.vanished()) == 5
    store.let_go()
    assert len(store_in(tmp_path).read().assessments) == 8
    assert store.vanished() == ()
    assert kept_in(tmp_path) == []


def test_what_vanished_is_told_after_a_restart_and_by_every_process(
    store: CsvStore, tmp_path: Path
) -> None:
    other = store_in(tmp_path)
    other.read()
    first, *rest = store.path("assessments").read_bytes().splitlines(keepends=True)
    store.path("assessments").write_bytes(first + rest[0])

    store.read()
    other.read()

    assert len(store_in(tmp_path).vanished()) == 2
    assert len(kept_in(tmp_path)) == 1


def test_what_is_deleted_here_did_not_vanish_for_any_process(
    store: CsvStore, tmp_path: Path
) -> None:
    other = store_in(tmp_path)
    gone, *_ = other.read().assessments

    store.delete([gone.assessment_id])
    store.add([assessment()])

    assert len(other.read().assessments) == 3
    assert (store.vanished(), other.vanished()) == ((), ())
    assert kept_in(tmp_path) == []


def test_a_row_that_can_no_longer_be_read_is_set_aside_and_did_not_vanish(store: CsvStore) -> None:
    file = store.path("assessments")
    file.write_bytes(file.read_bytes().replace(b"2026-11-03,", b"2026-99-03,", 1))

    assert len(store.read().set_aside) == 1
    assert store.vanished() == ()


def test_what_was_deleted_here_is_not_brought_back(store: CsvStore) -> None:
    file = store.path("assessments")
    whole = file.read_bytes()
    first, *_ = store.read().assessments
    file.write_bytes(whole.partition(b"\n")[0] + b"\n")
    store.read()
    file.write_bytes(whole)

    store.delete([first.assessment_id])

    assert store.vanished() == ()


def test_what_was_deleted_and_brought_in_again_is_told_once_it_vanishes(
    store: CsvStore, tmp_path: Path
) -> None:
    file = store.path("assessments")
    other = store_in(tmp_path)
    again, *_ = other.read().assessments
    store.delete([again.id])
    stale = file.read_bytes()
    store.add([again])
    store.read()

    file.write_bytes(stale)

    assert len(store.read().assessments) == 2
    assert (store.vanished(), store_in(tmp_path).vanished()) == ((again,), (again,))
    other.read()
    assert len(kept_in(tmp_path)) == 1
    store.forget_backups(["assessments"], [])
    assert store.vanished() == (again,)
    assert store.add(store.vanished()) == 1
    store.delete([again.id])
    assert store.vanished() == ()


def test_of_what_vanished_no_copy_keeps_what_is_to_be_forgotten_or_was_deleted_since(
    store: CsvStore, tmp_path: Path
) -> None:
    file = store.path("assessments")
    deleted, named, kept = store.read().assessments
    file.write_bytes(file.read_bytes().partition(b"\n")[0] + b"\n")
    store.read()
    store.add([deleted])
    store.delete([deleted.id])

    store.forget_backups(["assessments"], [named.id])

    (copy,) = (tmp_path / "backups").glob("assessments-lost-*")
    rows = copy.read_text().splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == [str(kept.id)]
    assert store.vanished() == (kept,)
    store.forget_backups(["assessments"], [kept.id])
    assert kept_in(tmp_path) == []


def test_what_was_to_be_deleted_on_a_disk_that_failed_is_told_once_it_vanishes(
    store: CsvStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = store.path("assessments")
    kept, *others = store.read().assessments

    put_in_place = durable.put_in_place

    def full(path: Path) -> None:
        if path == file:
            raise OSError("full")
        put_in_place(path)

    with monkeypatch.context() as disk:
        disk.setattr(durable, "put_in_place", full)
        with pytest.raises(StorageError):
            store.delete([kept.id])
    header, _, *rest = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(header + b"".join(rest))

    assert store.read().assessments == tuple(others)
    assert store.vanished() == (kept,)


def test_rows_of_every_kind_are_kept(store: CsvStore, tmp_path: Path) -> None:
    store.path("setups").unlink()

    assert store.read().setups == ()
    assert len(store.vanished()) == 1
    assert [name[:12] for name in kept_in(tmp_path)] == ["setups-lost-"]


def test_rows_let_go_become_a_backup_and_are_told_no_more(store: CsvStore, tmp_path: Path) -> None:
    survey = gathering()
    hidden = assessment(gathering=survey.id)
    store.add([survey, hidden])
    store.read()
    store.path("assessments").write_bytes(b"")
    store.read()
    assert len(store.vanished()) == 4

    store.let_go()

    assert store.vanished() == ()
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.name == "assessments-20261103T120000Z-001.csv"
    assert str(hidden.assessment_id).encode() not in backup.read_bytes()


def test_a_clock_that_was_moved_back_drops_no_newer_backup(tmp_path: Path) -> None:
    moments = [NOON + timedelta(days=day) for day in (0, 1, 2, 3, 4)]
    moments += [NOON - timedelta(days=300)] * 3
    clock = iter(moments)
    store = CsvStore(tmp_path, FRAMEWORK, clock=lambda: next(clock))
    store.add([assessment(squad="0")])
    for number in range(1, 9):
        store.rename(str(number - 1), str(number))

    backups = sorted((tmp_path / "backups").iterdir())

    assert [path.name[12:] for path in backups] == [
        "20261106T120000Z-001.csv",
        *(f"20261107T120000Z-{number:03}.csv" for number in (1, 2, 3, 4)),
    ]
    column = Layout(ASSESSMENTS, FRAMEWORK).columns.index("squad")
    rows = [path.read_text().splitlines()[1].split(",") for path in backups]
    assert [row[column] for row in rows] == ["3", "4", "5", "6", "7"]


def test_nobody_else_on_the_machine_may_read_what_the_store_makes(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = store_in(folder)
    store.add([assessment(), setup()])
    store.rename("Atlas", "Nord")
    first, *_ = store.read().assessments
    store.delete([first.assessment_id])

    made = {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}

    assert {mode for path, mode in made.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in made.items() if path.is_file()} == {0o600}
