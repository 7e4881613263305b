"""What the CSV store promises beyond the contract: torn ends, backups, failures, cheap reading."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from filelock import FileLock

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError, StoreBusy
from assessment.storage.csv import seen as csv_seen
from assessment.storage.csv.layouts import Header, Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.protocol import Record
from tests.builders import action, assessment, gathering, link, vote

FRAMEWORK = shipped_framework()
LAYOUT = Layout(ASSESSMENTS, FRAMEWORK)
HEADER = LAYOUT.header_line
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "assessments.csv"


@pytest.fixture
def rejected(folder: Path) -> Path:
    return folder / "assessments.csv.rejected"


def store_in(folder: Path, *, patience: float = 10) -> CsvStore:
    return CsvStore(folder, FRAMEWORK, clock=lambda: NOON, patience=patience)


def row(**changes: object) -> bytes:
    return LAYOUT.line_of(assessment(**changes))


def squads(store: CsvStore) -> list[str]:
    return [record.squad for record in store.read().assessments]


def set_aside(store: CsvStore) -> list[tuple[str, int]]:
    return [(row.file, row.line) for row in store.read().set_aside]


# Creating -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["nowhere.csv", "gone/assessments.csv"])
@pytest.mark.parametrize("kind", ["assessments", "actions"])
def test_a_link_to_nothing_is_no_empty_file(tmp_path: Path, kind: str, target: str) -> None:
    (folder := tmp_path / "data").mkdir()
    (folder / f"{kind}.csv").symlink_to(tmp_path / "disk" / target)
    (tmp_path / "disk").mkdir()
    store = CsvStore(folder, shipped_framework())

    for use in (store.read, lambda: store.add([assessment(), action()])):
        with pytest.raises(StorageError, match="cannot be read \\(it is not there\\)"):
            use()
    assert list((tmp_path / "disk").iterdir()) == []


def test_reading_a_missing_folder_creates_nothing(folder: Path) -> None:
    assert store_in(folder).read().assessments == ()
    assert not folder.exists()


def test_the_first_assessment_creates_folders_and_header(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "where"
    first = assessment()

    store_in(folder).add([first])

    written = (folder / "assessments.csv").read_bytes()
    assert written == HEADER + LAYOUT.line_of(first)


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", HEADER[:-1], HEADER])
def test_a_file_without_rows_receives_the_first_one(folder: Path, file: Path, start: bytes) -> None:
    folder.mkdir()
    file.write_bytes(start)

    store_in(folder).add([assessment(squad="First")])

    assert file.read_bytes().startswith(HEADER)
    assert squads(store_in(folder)) == ["First"]
    assert set_aside(store_in(folder)) == []


@pytest.mark.parametrize("start", [b"squad;score\n", b"\n", HEADER[:99] + b"\n"])
def test_a_file_that_is_not_ours_is_neither_read_nor_changed(
    folder: Path, file: Path, start: bytes
) -> None:
    folder.mkdir()
    file.write_bytes(start)
    store = store_in(folder)

    for use in (
        store.read,
        lambda: store.add([assessment()]),
        lambda: store.delete([UUID(int=1)]),
    ):
        with pytest.raises(StorageError, match=r"^assessments\.csv: the "):
            use()

    assert file.read_bytes() == start
    assert not (folder / "backups").exists()


def test_a_file_mended_by_hand_is_read_again(folder: Path, file: Path) -> None:
    folder.mkdir()
    file.write_bytes(b"squad\n")
    store = store_in(folder)
    with pytest.raises(StorageError):
        store.read()

    file.write_bytes(HEADER + row(squad="Mended"))

    assert squads(store) == ["Mended"]


def test_a_row_appended_to_a_wider_file_has_its_width(folder: Path, file: Path) -> None:
    folder.mkdir()
    file.write_bytes(HEADER[:-1] + b",setup\n")

    store_in(folder).add([assessment(squad="Wide")])

    assert file.read_bytes().splitlines()[1].count(b",") == 91
    assert squads(store_in(folder)) == ["Wide"]


# Torn ends ----------------------------------------------------------------------------------------


def test_a_row_cut_at_any_byte_is_reported_and_the_next_append_is_clean(
    folder: Path, file: Path, rejected: Path
) -> None:
    folder.mkdir()
    first, last = row(squad="First"), row(squad='Last, "é"', note="one\ntwo\u2028three \\ 🚀")
    for cut in range(1, len(last)):
        rejected.unlink(missing_ok=True)
        file.write_bytes(HEADER + first + last[:cut])
        store = store_in(folder)

        assert squads(store) == ["First"], cut
        assert set_aside(store) == [("assessments.csv", 3)], cut
        assert file.read_bytes() == HEADER + first + last[:cut], "reading changes nothing"

        new = assessment(squad="Next")
        assert store.add([new]) == 1
        assert file.read_bytes() == HEADER + first + LAYOUT.line_of(new), cut
        for seen in (store, store_in(folder)):
            assert squads(seen) == ["First", "Next"], cut
            assert set_aside(seen) == [("assessments.csv.rejected", 2)], cut
        assert bytes_rejected(rejected) == [last[:cut]]


def test_a_tail_of_nul_bytes_is_reported_and_the_next_append_is_clean(
    folder: Path, file: Path, rejected: Path
) -> None:
    folder.mkdir()
    last = row(squad="Last")
    for length in range(0, len(last), 7):
        rejected.unlink(missing_ok=True)
        tail = last[:length] + b"\0" * (len(last) - length)
        file.write_bytes(HEADER + row(squad="First") + tail)
        store = store_in(folder)

        assert squads(store) == ["First"]
        store.add([assessment(squad="Next")])

        assert squads(store) == ["First", "Next"]
        assert bytes_rejected(rejected) == [tail]


def test_a_torn_end_is_kept_with_time_line_and_reason(
    folder: Path, file: Path, rejected: Path
) -> None:
    folder.mkdir()
    file.write_bytes(HEADER + row() + b'0f8f,"caf\xc3\xa9 \xff\\\r')
    store = store_in(folder)
    store.add([assessment()])

    assert rejected.read_bytes().decode() == (
        "moved_at,line,reason,text\n"
        '2026-11-03T12:00:00+00:00,3,"the row has no line end, so it may have been cut off while '
        'being written; enter it again, or complete the row and end its line",'
        '"0f8f,""café \\xff\\\\\\x0d"\n'
    )
    (aside,) = store.read().set_aside
    assert aside.text == '0f8f,"café \\xff\\\\\\x0d'
    assert str(aside.reason) == (
        "line 3 of assessments.csv was cut off while being written, and was moved here on "
        "2026-11-03; enter it again"
    )


def test_a_crash_between_keeping_and_cutting_a_torn_end_reports_it_once(
    folder: Path, file: Path, rejected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    file.write_bytes(HEADER + row(squad="First") + b"torn")
    with monkeypatch.context() as crash:
        crash.setattr(os, "ftruncate", failing(errno.EIO))
        with pytest.raises(StorageError):
            store_in(folder).add([assessment()])
    assert file.read_bytes().endswith(b"torn")
    assert bytes_rejected(rejected) == [b"torn"]

    store_in(folder).add([assessment(squad="Next")])

    assert squads(store_in(folder)) == ["First", "Next"]
    assert bytes_rejected(rejected) == [b"torn"]


def test_a_second_torn_end_is_kept_on_the_line_below_the_first(
    folder: Path, file: Path, rejected: Path
) -> None:
    folder.mkdir()
    file.write_bytes(HEADER + b"torn")
    store = store_in(folder)
    store.add([assessment()])
    with file.open("ab") as end:
        end.write(b"torn again")
    store.add([assessment()])

    assert bytes_rejected(rejected) == [b"torn", b"torn again"]
    assert set_aside(store) == [("assessments.csv.rejected", 2), ("assessments.csv.rejected", 3)]


def test_a_torn_end_stays_where_it_is_when_it_cannot_be_kept(
    folder: Path, file: Path, rejected: Path
) -> None:
    folder.mkdir()
    torn = HEADER + row() + b"torn"
    file.write_bytes(torn)
    rejected.mkdir()

    with pytest.raises(StorageError):
        store_in(folder).add([assessment()])

    assert file.read_bytes() == torn


def test_a_file_of_rejected_rows_that_was_itself_cut_is_reported_and_continued(
    folder: Path, file: Path, rejected: Path
) -> None:
    folder.mkdir()
    file.write_bytes(HEADER + b"torn")
    rejected.write_bytes(b"moved_at,line,reason,text\n2026-11-0")
    store = store_in(folder)

    store.add([assessment()])

    assert set_aside(store) == [
        ("assessments.csv.rejected", 2),
        ("assessments.csv.rejected", 3),
    ]
    assert [row.text for row in store.read().set_aside] == ["2026-11-0", "torn"]


def test_an_unfinished_row_is_called_torn_only_once_its_writer_is_gone(
    folder: Path, file: Path
) -> None:
    folder.mkdir()
    second = row(squad="Second")
    file.write_bytes(HEADER + row(squad="First") + second[:50])
    store = store_in(folder)
    writer = FileLock(folder / "assessments.csv.lock")
    writer.acquire()

    with ThreadPoolExecutor() as pool:
        reading = pool.submit(store.read)
        with file.open("ab") as rest:
            rest.write(second[50:])
        writer.release()
        stored = reading.result()

    assert [record.squad for record in stored.assessments] == ["First", "Second"]
    assert stored.set_aside == ()


# Deleting -----------------------------------------------------------------------------------------


def test_deleting_leaves_every_other_line_byte_for_byte(folder: Path, file: Path) -> None:
    folder.mkdir()
    gone = assessment()
    wide = HEADER.replace(b"\n", b",setup\r\n")
    parts = [
        b"\xef\xbb\xbf" + wide,
        row().replace(b"\n", b",pm-only\r\n"),
        b'broken,"\n',
        LAYOUT.line_of(gone)[:-1] + b",\n",
        b"\xff\0\n",
        b"\n",
        row().replace(b"Atlas", b'"Atlas"').replace(b"\n", b",\n"),
    ]
    file.write_bytes(b"".join(parts))

    assert store_in(folder).delete([gone.assessment_id]) == 1

    assert file.read_bytes() == b"".join(parts[:3] + parts[4:])
    assert set_aside(store_in(folder)) == [("assessments.csv", 3), ("assessments.csv", 4)]


def test_a_second_row_of_a_deleted_id_does_not_come_to_life(folder: Path, file: Path) -> None:
    folder.mkdir()
    gone = row(assessment_id=UUID(int=7))
    kept = row(squad="Kept")
    file.write_bytes(HEADER + gone + kept + gone)

    assert store_in(folder).delete([UUID(int=7)]) == 1

    assert file.read_bytes() == HEADER + kept


def test_deleting_keeps_the_previous_file_as_a_dated_backup(folder: Path, file: Path) -> None:
    store = store_in(folder)
    first, second = assessment(), assessment()
    store.add([first, second])
    before = file.read_bytes()

    store.delete([first.assessment_id])

    (backup,) = (folder / "backups").iterdir()
    assert backup.name == "assessments-20261103T120000Z-001.csv"
    assert backup.read_bytes() == before


def test_the_last_five_backups_are_kept_and_nothing_else_is_removed(folder: Path) -> None:
    times = iter([NOON] * 3 + [NOON + timedelta(days=n) for n in range(1, 5)])
    store = CsvStore(folder, FRAMEWORK, clock=lambda: next(times))
    all_seven = [assessment() for _ in range(7)]
    store.add(all_seven)
    (folder / "backups").mkdir()
    (folder / "backups" / "assessments-mine.csv").touch()

    for record in all_seven:
        store.delete([record.assessment_id])

    assert sorted(path.name for path in (folder / "backups").iterdir()) == [
        "assessments-20261103T120000Z-003.csv",
        "assessments-20261104T120000Z-001.csv",
        "assessments-20261105T120000Z-001.csv",
        "assessments-20261106T120000Z-001.csv",
        "assessments-20261107T120000Z-001.csv",
        "assessments-mine.csv",
    ]


def test_deleting_keeps_the_file_s_permissions(folder: Path, file: Path) -> None:
    store = store_in(folder)
    first = assessment()
    store.add([first])
    file.chmod(0o640)

    store.delete([first.assessment_id])

    assert file.stat().st_mode & 0o777 == 0o640


def test_deleting_with_a_torn_end_keeps_the_end(folder: Path, file: Path, rejected: Path) -> None:
    folder.mkdir()
    file.write_bytes(HEADER + row(assessment_id=UUID(int=7)) + b"torn")

    store_in(folder).delete([UUID(int=7)])

    assert file.read_bytes() == HEADER
    assert bytes_rejected(rejected) == [b"torn"]


def test_where_the_disk_fails_a_session_is_not_deleted_before_what_belongs_to_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, survey = store_in(folder), gathering(privacy="open")
    cast = vote(gathering=survey.id)
    store.add([survey, cast])
    replace = Path.replace

    def fail_at_votes(path: Path, target: Path) -> Path:
        if target.name == "votes.csv":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(path, target)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", fail_at_votes)
        with pytest.raises(StorageError):
            store.delete([survey.id, cast.id])
    assert (store.read().surveys, store.read().votes) == ((survey,), (cast,))

    assert store.delete([survey.id, cast.id]) == 2


# Renaming -----------------------------------------------------------------------------------------


def test_renaming_touches_the_squad_s_cells_and_no_other_byte(folder: Path, file: Path) -> None:
    folder.mkdir()
    parts = [
        HEADER.replace(b"\n", b",setup\n"),
        row(squad='At"las', note='"a", b').replace(b"\n", b',"pm, only"\r\n'),
        b'broken,"Atlas\n',
        row(squad="Atlas").replace(b"Atlas", b'"Atlas"').replace(b"\n", b",x\n"),
        b"\xff\0,,,Atlas\n",
        b"\n",
        row(squad="Borea").replace(b"\n", b",\n"),
    ]
    file.write_bytes(b"".join(parts))

    assert store_in(folder).rename("atlas", 'North, "1"') == 1
    assert store_in(folder).rename('at"las', "=1") == 1

    parts[1] = parts[1].replace(b'"At""las"', b"=1")
    parts[3] = parts[3].replace(b'"Atlas"', b'"North, ""1"""')
    assert file.read_bytes() == b"".join(parts)
    assert set_aside(store_in(folder)) == [("assessments.csv", 3), ("assessments.csv", 5)]


def test_renaming_keeps_the_previous_file_as_a_dated_backup(folder: Path, file: Path) -> None:
    store = store_in(folder)
    store.add([assessment(squad="Atlas")])
    before = file.read_bytes()

    store.rename("Atlas", "Borea")
    store.rename("Borea", "Borea")

    (backup,) = (folder / "backups").iterdir()
    assert backup.read_bytes() == before


def test_renaming_with_a_torn_end_keeps_the_end(folder: Path, file: Path, rejected: Path) -> None:
    folder.mkdir()
    file.write_bytes(HEADER + row(squad="Atlas") + b"torn")

    assert store_in(folder).rename("Atlas", "Borea") == 1

    assert squads(store_in(folder)) == ["Borea"]
    assert bytes_rejected(rejected) == [b"torn"]


# Reading cheaply ----------------------------------------------------------------------------------


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Returns how many rows were parsed since it was last asked."""
    rows: list[bytes] = []
    parse = Layout.record_of

    def counted(layout: Layout[Any], line: bytes, header: Header) -> object:
        rows.append(line)
        return parse(layout, line, header)

    def since_last_time() -> int:
        count = len(rows)
        rows.clear()
        return count

    monkeypatch.setattr(Layout, "record_of", counted)
    return since_last_time


def test_an_unchanged_file_is_not_parsed_again(folder: Path, parsed: Callable[[], int]) -> None:
    store_in(folder).add([assessment() for _ in range(5)])
    parsed()
    store = store_in(folder)

    first, again = store.read(), store.read()

    assert parsed() == 5
    assert again is first


def test_after_an_append_only_the_new_rows_are_parsed(
    folder: Path, parsed: Callable[[], int]
) -> None:
    store = store_in(folder)
    store.add([assessment() for _ in range(5)])
    store.read()
    parsed()

    store_in(folder).add([assessment(squad="Sixth")])
    parsed()

    assert squads(store)[5:] == ["Sixth"]
    assert parsed() == 1


def test_rows_read_piece_by_piece_keep_their_line_numbers_and_their_ids(
    folder: Path, file: Path
) -> None:
    store = store_in(folder)
    store.add([assessment(assessment_id=UUID(int=7))])
    store.read()
    with file.open("ab") as other_program:
        other_program.write(b"\nbroken\n")
    store.read()
    with file.open("ab") as other_program:
        other_program.write(row(assessment_id=UUID(int=7)))

    assert set_aside(store) == [("assessments.csv", 4), ("assessments.csv", 5)]
    at_once = store_in(folder).read()
    assert store.read().assessments == at_once.assessments
    assert [str(row.reason) for row in store.read().set_aside] == [
        str(row.reason) for row in at_once.set_aside
    ]
    assert store.read().version == at_once.version


@pytest.mark.parametrize("appended", [b"", row(squad="Added")])
def test_a_row_changed_in_place_is_noticed(folder: Path, file: Path, appended: bytes) -> None:
    store = store_in(folder)
    store.add([assessment(squad="Atlas"), assessment(squad="Borea")])
    store.read()
    before = file.stat()

    with file.open("r+b") as editor:
        data = editor.read()
        editor.seek(0)
        editor.write(data.replace(b"Atlas", b"Alpha") + appended)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert file.stat().st_ino == before.st_ino
    assert squads(store) == ["Alpha", "Borea"] + (["Added"] if appended else [])


def test_two_changes_within_one_tick_of_the_file_system_s_clock_are_noticed(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        csv_seen,
        "signs_of",
        lambda status: (status.st_dev, status.st_ino, status.st_size, 0, 0),
    )
    store = store_in(folder)
    store.add([assessment(squad="Atlas")])
    store.read()

    with file.open("r+b") as editor:
        data = editor.read()
        editor.seek(0)
        editor.write(data.replace(b"Atlas", b"Alpha"))

    assert squads(store) == ["Alpha"]


def test_a_file_replaced_or_removed_is_noticed(folder: Path, file: Path) -> None:
    store = store_in(folder)
    store.add([assessment(squad="First")])
    store.read()

    fresh = folder / "restored"
    fresh.write_bytes(HEADER + row(squad="Other"))
    fresh.replace(file)
    assert squads(store) == ["Other"]

    file.unlink()
    assert store.read().assessments == ()
    store.add([assessment(squad="Anew")])
    assert squads(store) == ["Anew"]


def test_a_folder_that_somebody_else_makes_meanwhile_is_not_taken_for_gone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, is_dir, others = store_in(folder), Path.is_dir, iter([assessment()])

    def is_dir_before_another_saves(path: Path) -> bool:
        is_there = is_dir(path)
        if path == folder and (first := next(others, None)):
            store.add([first])
            store.read()
        return is_there

    monkeypatch.setattr(Path, "is_dir", is_dir_before_another_saves)

    assert len(store.read().assessments) == 1


def test_sessions_in_threads_share_one_store(folder: Path) -> None:
    store = store_in(folder)
    stop = threading.Event()

    def write(_: int) -> None:
        for _ in range(20):
            store.add([assessment()])

    def watch() -> bool:
        seen = 0
        while not stop.is_set():
            stored = store.read()
            assert stored.set_aside == ()
            assert len(stored.assessments) >= seen
            seen = len(stored.assessments)
        return True

    with ThreadPoolExecutor(max_workers=6) as pool:
        watchers = [pool.submit(watch) for _ in range(2)]
        try:
            list(pool.map(write, range(4)))
        finally:
            stop.set()
        assert all(watcher.result() for watcher in watchers)

    assert len({record.assessment_id for record in store.read().assessments}) == 80


# Failing ------------------------------------------------------------------------------------------


def failing(number: int) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    return fail


def fsync_failing_from(nth: int) -> Callable[[int], None]:
    calls, fsync = iter(range(1, 1000)), os.fsync

    def confirm(descriptor: int) -> None:
        if next(calls) >= nth:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(descriptor)

    return confirm


def test_a_full_disk_is_an_error_that_says_what_to_do(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(folder)
    store.add([assessment()])
    before = file.read_bytes()
    write, calls = os.write, iter(["short", "full"])

    def full(descriptor: int, data: bytes) -> int:
        if next(calls) == "short":
            return write(descriptor, data[:30])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        with pytest.raises(StorageError) as raised:
            store.add([assessment()])

    assert str(raised.value) == (
        "assessments.csv cannot be written (the disk is full), so this was not saved; "
        f"check the free space and that this program may write to the folder {folder}, "
        "then try again"
    )
    assert isinstance(raised.value.__cause__, OSError)
    assert file.read_bytes() == before


def test_a_short_write_is_completed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_in(folder)
    write = os.write
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:11]))
        store.add([assessment(squad="Piece by piece")])

    assert squads(store_in(folder)) == ["Piece by piece"]


def test_what_the_disk_did_not_confirm_is_not_saved(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(folder)
    store.add([assessment(squad="Kept")])
    before = file.read_bytes()
    submission = assessment(squad="Second try")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", fsync_failing_from(2))  # the folder is confirmed, the row not
        with pytest.raises(StorageError):
            store.add([submission])
    assert file.read_bytes() == before
    assert squads(store) == ["Kept"]

    assert store.add([submission]) == 1
    assert squads(store_in(folder)) == ["Kept", "Second try"]


@pytest.mark.parametrize(
    ("deed", "left", "confirmations", "once_more"),
    [
        (lambda store, _: store.rename("kept", "Renamed"), ["Renamed"], 6, False),
        (lambda store, kept: store.delete([kept.id]), [], 8, False),
        (
            lambda store, kept: store.revise(kept, kept.model_copy(update={"note": ""})),
            ["Kept"],
            6,
            True,
        ),
        (lambda store, kept: store.add([kept]), ["Kept"], 3, True),
    ],
)
def test_what_is_done_and_lacks_the_last_confirmation_is_told_as_done_but_not_sure_to_last(
    deed: Callable[[CsvStore, Record], object],
    left: list[str],
    confirmations: int,
    once_more: bool,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = store_in(folder)
    store.add([kept := assessment(squad="Kept", note="A note")])
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", fsync_failing_from(confirmations))
        with pytest.raises(StorageError, match=r"this is done in assessments\.csv.*, but") as told:
            deed(store, kept)

    assert ("save once more" in str(told.value)) == once_more
    assert squads(store_in(folder)) == left


def test_a_row_the_disk_did_not_confirm_and_nobody_could_take_back_is_written_afresh(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # After a failed fsync the system forgets what it did not write: asked again, it says yes.
    store = store_in(folder)
    store.add([assessment(squad="Kept")])
    submission = assessment(squad="Doubtful")
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", fsync_failing_from(2))
        disk.setattr(os, "ftruncate", failing(errno.EIO))
        with pytest.raises(StorageError):
            store.add([submission])
    doubtful = file.stat().st_ino
    assert squads(store_in(folder)) == ["Kept", "Doubtful"]

    assert store_in(folder).add([submission]) == 0

    assert file.stat().st_ino != doubtful
    assert squads(store_in(folder)) == ["Kept", "Doubtful"]


def test_a_submission_found_already_written_is_confirmed_before_it_is_called_saved(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(folder)
    submission = assessment()
    store.add([submission])
    confirmed: list[int] = []

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", confirmed.append)
        assert store.add([submission]) == 0
    assert len(confirmed) == 3, "the folder, the file written afresh, the folder again"


def test_the_disk_confirms_what_is_written_and_then_that_it_lies_in_its_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, first = store_in(folder), assessment()
    confirmed: list[str] = []

    def fsync(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        confirmed.append("folder" if is_folder else "file")

    def during(deed: Callable[[], object]) -> list[str]:
        confirmed.clear()
        deed()
        return confirmed

    monkeypatch.setattr(os, "fsync", fsync)
    in_place = ["file", "folder"]
    # The folder's own name, then the folder as everything that is written finds it.
    assert during(lambda: store.add([first])) == ["folder", "folder", *in_place, "file"]
    assert during(lambda: store.add([assessment()])) == ["folder", "file"]
    # The folder of backups, the backup in it, and the file.
    backup_and_file = [*in_place, *in_place]
    assert during(lambda: store.rename("atlas", "Nord")) == ["folder", "folder", *backup_and_file]
    # The backup, what is noted as deleted, and the file.
    deleted = during(lambda: store.delete([first.assessment_id]))
    assert deleted == ["folder", *backup_and_file, *in_place]


def test_a_busy_store_says_so_and_changes_nothing(folder: Path, file: Path) -> None:
    store_in(folder).add([assessment(squad="Kept")])
    before = file.read_bytes()
    store = store_in(folder, patience=0.05)

    with FileLock(folder / "assessments.csv.lock"):
        with pytest.raises(StoreBusy) as raised:
            store.add([assessment()])
        with pytest.raises(StoreBusy):
            store.delete([UUID(int=1)])
        assert squads(store) == ["Kept"]
        assert store.is_locked()

    assert not store.is_locked()

    assert str(raised.value) == (
        f"the folder {folder} has been in use by another process for 0.05 seconds, "
        "so this was not done; wait a moment and try again"
    )
    assert file.read_bytes() == before


def test_a_folder_that_is_a_file_is_an_error(folder: Path) -> None:
    folder.write_bytes(b"")

    with pytest.raises(StorageError, match="cannot be read"):
        store_in(folder).read()
    with pytest.raises(StorageError, match="cannot be written"):
        store_in(folder).add([assessment()])


@pytest.mark.parametrize("name", ["backups", "assessments.csv.deleted"])
def test_what_cannot_be_written_is_told_by_its_own_name(folder: Path, name: str) -> None:
    store, answer = store_in(folder), assessment()
    store.add([answer])
    (folder / name).write_bytes(b"") if name == "backups" else (folder / name).mkdir()

    with pytest.raises(StorageError, match=rf"^{re.escape(name)} cannot be written \("):
        store.delete([answer.id])


def test_notes_on_links_that_cannot_be_read_are_told_by_their_own_name(folder: Path) -> None:
    store = store_in(folder)
    store.add([assessment()])
    (folder / "links.csv.off").mkdir()

    with pytest.raises(StorageError, match=r"^links\.csv\.off cannot be read \("):
        store.read()
    with pytest.raises(StorageError, match=r"^links\.csv\.off cannot be written \("):
        store.add([link()])


def test_a_file_that_is_a_folder_is_an_error(folder: Path, file: Path) -> None:
    file.mkdir(parents=True)

    with pytest.raises(StorageError, match="cannot be read"):
        store_in(folder).read()


def bytes_rejected(rejected: Path) -> list[bytes]:
    """The torn rows in a file of rejected rows, byte for byte."""

    def rows() -> Iterator[bytes]:
        text = rejected.read_bytes().decode()
        for record in csv.DictReader(io.StringIO(text, newline="")):
            yield re.sub(
                rb"\\(\\|x[0-9a-f]{2})",
                lambda code: b"\\" if code[1] == b"\\" else bytes.fromhex(code[1][1:].decode()),
                record["text"].encode(),
            )

    return list(rows())


# Rewritten files ----------------------------------------------------------------------------------


def test_after_a_rewrite_only_the_rows_that_changed_are_read_again(folder: Path) -> None:
    store = store_in(folder)
    store.add([assessment(squad=f"Squad {n}") for n in range(4)])
    before = store.read().assessments
    store.revise(before[1], before[1].model_copy(update={"note": "later"}))
    store.delete([before[2].id])

    after = store.read().assessments
    assert [record.note for record in after] == ["", "later", ""]
    assert (after[0] is before[0], after[2] is before[3]) == (True, True)
    assert after == store_in(folder).read().assessments


def test_a_row_says_something_else_under_another_first_line(folder: Path, file: Path) -> None:
    store = store_in(folder)
    store.add([assessment(role="pm")])
    assert store.read().assessments[0].gathering is None
    header, line, _ = file.read_bytes().split(b"\n")
    closing = header.split(b",")[-1]
    file.write_bytes(header.removesuffix(b"," + closing) + b",theirs\n" + line + b"\n")

    assert store.read().assessments == store_in(folder).read().assessments


@pytest.mark.parametrize(
    ("refused", "reason"),
    [(errno.EACCES, "this program is not permitted to"), (errno.ESTALE, "ESTALE")],
)
def test_a_folder_that_cannot_be_reached_is_told_and_nothing_else_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch, refused: int, reason: str
) -> None:
    store = store_in(folder)
    store.add([assessment()])
    stat_of = Path.stat

    def unreachable(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == folder or folder in path.parents:
            raise OSError(refused, os.strerror(refused))
        return stat_of(path, follow_symlinks=follow_symlinks)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "stat", unreachable)
        for use in (
            store.read,
            store.check_writable,
            store.is_locked,
            store_in(folder).read,
            lambda: store.add([assessment()]),
        ):
            with pytest.raises(StorageError, match=f"cannot be (read|written) .*{reason}"):
                use()
    assert len(store.read().assessments) == 1


def test_a_file_whose_link_cannot_be_followed_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    elsewhere = tmp_path / "elsewhere" / "assessments.csv"
    (folder / "assessments.csv").symlink_to(elsewhere)
    store = store_in(folder)
    stat_of = Path.stat

    def unreachable(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == elsewhere:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return stat_of(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", unreachable)
    with pytest.raises(StorageError, match="not permitted"):
        store.add([assessment()])


def test_where_the_disk_fails_at_the_second_kind_it_is_said_that_part_is_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(folder)
    records: list[Record] = [assessment(), action()]
    store.add([assessment(), action()])
    opened = os.open

    def full(path: Path, flags: int, *rest: int) -> int:
        if Path(path).name == "actions.csv" and flags & os.O_WRONLY:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, flags, *rest)

    with monkeypatch.context() as disk:
        disk.setattr(os, "open", full)
        with pytest.raises(StorageError, match="so part of this is done and part is not"):
            store.add(records)
        with pytest.raises(StorageError, match="so this was not saved"):
            store.add([action()])
    assert store.add(records) == 1
    assert (len(store.read().assessments), len(store.read().actions)) == (2, 2)
