"""The CSV store: one file that every session and process appends to, and nobody tears."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from filelock import FileLock, Timeout

from assessment.errors import StorageError, StoreBusy, template
from assessment.model import Assessment, Framework, name_key, squad_name
from assessment.storage.csv_rows import (
    Reading,
    already_rejected,
    header_line,
    is_empty,
    line_of,
    rejected_header_line,
    rejected_line,
    rejected_rows,
    whole_lines_and_tail,
)
from assessment.storage.durable import (
    BINARY,
    append,
    confirm_folder,
    cut,
    make_folder,
    replace_file,
)
from assessment.storage.kinds import fitted
from assessment.storage.protocol import Stored
from assessment.storage.rewriting import widened, with_squad, without_lines
from assessment.storage.spreadsheets import in_contract_format, is_utf8

FILE = "assessments.csv"
BACKUPS = "backups"
BACKUPS_KEPT = 5
PATIENCE = 10.0
"""Seconds to wait for another process's lock before giving up."""

_CLOCK_TICK = 100_000_000
"""Nanoseconds within which a file system may stamp two changes with the same time."""

UNREADABLE = template(
    "{file} cannot be read ({reason}); check that the disk is there and that this program may "
    "read the folder {folder}"
)
UNWRITABLE = template(
    "{file} cannot be written ({reason}), so this was not saved; check the free space and that "
    "this program may write to the folder {folder}, then try again"
)
BUSY = template(
    "{file} has been in use by another process for {seconds} seconds, so this was not done; "
    "wait a moment and try again"
)


def _now() -> datetime:
    return datetime.now(UTC)


class CsvStore:
    """Keeps assessments in `assessments.csv` in a folder; a `Store`.

    Threads share one instance, processes share the folder. Beside the file live
    `assessments.csv.lock`, `assessments.csv.rejected` (ends of torn writes) and `backups/`
    (the file before each of the last five rewrites). `clock` gives the time, in UTC, that
    names what is moved there; `patience` is in seconds.

    A file that a spreadsheet program saved, or that lacks the columns of the framework's last
    items, is read as it is and brought to today's format by the next write.
    """

    def __init__(
        self,
        folder: Path,
        framework: Framework,
        *,
        clock: Callable[[], datetime] = _now,
        patience: float = PATIENCE,
    ) -> None:
        self.path = (folder / FILE).resolve()
        self.rejected_path = self.path.with_name(f"{FILE}.rejected")
        self._framework = framework
        self._clock = clock
        self._patience = patience
        self._mutex = threading.Lock()  # taken after the file lock where both are held
        self._held = self._nothing_held()

    def read(self) -> Stored:
        """Everything stored; unchanged files are not read again, appended rows alone are parsed.

        Raises StorageError when the file is out of reach or not an assessments file, and
        StoreBusy when its last row stays unfinished under another process's lock.
        """
        with self._mutex, _explained(UNREADABLE, self.path):
            main, rejected = self._seen()
            may_be_under_way = main.unfinished or rejected.unfinished
            if not may_be_under_way or not self._is_news(main, rejected):
                return self._stored(self._hold(main, rejected))
        with self._locked(UNREADABLE), self._mutex, _explained(UNREADABLE, self.path):
            # Under the lock nobody is writing: a last row without line end is torn.
            return self._stored(self._hold(*self._seen()))

    def add(self, assessments: Collection[Assessment]) -> int:
        """Append the assessments that are new, in one write, and return how many there were.

        Returns once the disk has confirmed them. Raises Refused when one does not fit the
        framework, StoreBusy and StorageError when the file cannot be written; then none is added.
        """
        for assessment in assessments:
            fitted(assessment, self._framework)
        if not assessments:
            return 0
        sent: dict[UUID, Assessment] = {}
        for assessment in assessments:
            sent.setdefault(assessment.assessment_id, assessment)
        with self._writing():
            held = self._ready_to_append()
            reading = held.reading
            new = [each for each in sent.values() if each.assessment_id not in reading.lines_by_id]
            rows = [line_of(each, self._framework, width=reading.width) for each in new]
            if len(new) == len(sent):
                append(self.path, b"".join(rows))
            else:
                # What an earlier try left may never have reached the disk, and a second fsync
                # would not say so: the system forgets what it failed to write. Write it afresh.
                replace_file(self.path, held.whole + b"".join(rows))
        return len(new)

    def delete(self, assessment_ids: Collection[UUID]) -> int:
        """Remove assessments and return how many there were; a dated backup keeps the file as was.

        Rows set aside stay byte for byte, save second rows of a removed id, which would
        otherwise count from now on. Raises StoreBusy and StorageError; then none is removed.
        """
        with self._writing():
            held = self._without_tail()
            gone = held.reading.lines_by_id.keys() & set(assessment_ids)
            if gone:
                lines = {line for each in gone for line in held.reading.lines_by_id[each]}
                self._rewrite(held, without_lines(self._up_to_date(held), lines))
        return len(gone)

    def rename(self, squad: str, to: str) -> int:
        """Give a squad's assessments another name and return how many there were.

        Only the name changes in their rows, every other byte stays; a dated backup keeps the
        file as was. Raises Refused when `to` is no squad's name, StoreBusy and StorageError;
        then none is renamed.
        """
        name, key = squad_name(to), name_key(squad)
        with self._writing():
            held = self._without_tail()
            mine = [each for each in held.reading.assessments if each.squad_key == key]
            lines = {
                held.reading.lines_by_id[each.assessment_id][0]
                for each in mine
                if each.squad != name
            }
            if lines:
                self._rewrite(held, with_squad(self._up_to_date(held), lines, name))
        return len(mine)

    # Reading --------------------------------------------------------------------------------------

    def _seen(self) -> tuple[_Seen, _Seen]:
        return (
            _seen(self.path, self._held.main),
            _seen(self.rejected_path, self._held.rejected),
        )

    def _is_news(self, main: _Seen, rejected: _Seen) -> bool:
        held = self._held
        return (main.data, rejected.data) != (held.main.data, held.rejected.data)

    def _hold(self, main: _Seen, rejected: _Seen) -> _Held:
        held = self._held
        if not self._is_news(main, rejected):
            self._held = replace(held, main=main, rejected=rejected)
            return self._held
        self._held = self._nothing_held()  # should reading on fail, the next look starts afresh
        whole, tail = whole_lines_and_tail(main.data)
        reading = held.reading
        if held.grew_to(whole):
            reading.take(whole[len(held.whole) :])
        else:
            ours = in_contract_format(main.data, place=self.path.name)
            whole, tail = whole_lines_and_tail(ours)
            reading = Reading(self._framework, place=self.path.name)
            reading.take(whole)
        self._held = _Held(main, rejected, whole, tail, reading)
        return self._held

    def _stored(self, held: _Held) -> Stored:
        """What `held` says, told once: a writer that adds row after row need not tell it."""
        if held.stored is None:
            reading = held.reading
            cut_off = [reading.cut_off(held.tail)] if held.tail else []
            moved = rejected_rows(
                held.rejected.data, place=self.rejected_path.name, source=self.path.name
            )
            stored = Stored(
                assessments=tuple(reading.assessments),
                set_aside=(*reading.set_aside, *cut_off, *moved),
                version=(_digest(held.main.data), _digest(held.rejected.data)),
            )
            self._held = replace(held, stored=stored)
            return stored
        return held.stored

    def _nothing_held(self) -> _Held:
        reading = Reading(self._framework, place=self.path.name)
        return _Held(_MISSING, _MISSING, b"", b"", reading)

    # Writing, all under the lock ------------------------------------------------------------------

    def _look_under_lock(self) -> _Held:
        with self._mutex, _explained(UNREADABLE, self.path):
            return self._hold(*self._seen())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._locked(), _explained(UNWRITABLE, self.path):
            # Whoever made or replaced the file may have died before its name was confirmed.
            confirm_folder(self.path.parent)
            yield

    @contextmanager
    def _locked(self, failure: str = UNWRITABLE) -> Iterator[None]:
        lock = FileLock(
            self.path.with_name(f"{FILE}.lock"),
            timeout=self._patience,
            poll_interval=0.01,
            fallback_to_soft=False,  # a soft lock outlives a killed process
        )
        with _explained(failure, self.path):
            make_folder(self.path.parent)
            try:
                lock.acquire()
            except Timeout as error:
                raise StoreBusy(BUSY, file=self.path.name, seconds=f"{self._patience:g}") from error
        try:
            yield
        finally:
            lock.release()

    def _ready_to_append(self) -> _Held:
        """What the file holds, once it is in today's format and ends with a line end."""
        held = self._without_tail()
        fresh = self._up_to_date(held)
        if fresh == held.main.data:
            return held
        if held.whole:
            self._rewrite(held, fresh)
        else:
            replace_file(self.path, fresh)
        return self._look_under_lock()

    def _up_to_date(self, held: _Held) -> bytes:
        """The whole lines with a line end after each and a column for every item."""
        if not held.whole:
            return header_line(self._framework)
        whole = held.whole if held.whole.endswith(b"\n") else held.whole + b"\n"
        if held.reading.items == len(self._framework.item_ids):
            return whole
        return widened(whole, self._framework, items=held.reading.items)

    def _rewrite(self, held: _Held, data: bytes) -> None:
        self._back_up(held.main.data)
        replace_file(self.path, data)

    def _without_tail(self) -> _Held:
        """What the file holds, its torn end moved to the rejected rows first."""
        held = self._look_under_lock()
        if not held.tail:
            return held
        rejected, line = held.rejected.data, held.reading.lines + 1
        # A crash between the two steps leaves the tail in both places: then step one is done.
        if not already_rejected(rejected, held.tail, line=line):
            separator = b"" if rejected.endswith(b"\n") else b"\n"
            start = rejected_header_line() if is_empty(rejected) else separator
            record = rejected_line(held.tail, line=line, moved_at=self._clock())
            append(self.rejected_path, start + record, create=True)
        cut(self.path, len(held.whole))
        return self._look_under_lock()

    def _back_up(self, data: bytes) -> None:
        folder = self.path.with_name(BACKUPS)
        make_folder(folder)
        stem = f"{self.path.stem}-{self._clock().astimezone(UTC):%Y%m%dT%H%M%SZ}"
        ours = f"{self.path.stem}-[0-9]*T[0-9]*Z-[0-9]*.csv"  # a person may keep copies here too
        taken = {path.name for path in folder.glob(ours)}
        number = next(n for n in range(1, len(taken) + 2) if f"{stem}-{n:03}.csv" not in taken)
        backup = folder / f"{stem}-{number:03}.csv"
        replace_file(backup, data)
        earlier = sorted(set(folder.glob(ours)) - {backup})
        for old in earlier[: max(0, len(earlier) + 1 - BACKUPS_KEPT)]:
            old.unlink()


# What was seen ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file's bytes and the signs that show a later change.

    `sure` when a later change cannot leave the signs as they are; `moving` when the file
    changed while it was read.
    """

    data: bytes
    signs: tuple[int, ...]
    sure: bool
    moving: bool

    @property
    def unfinished(self) -> bool:
        """Whether a write may be under way: it moves, or its last line is open."""
        return self.moving or bool(whole_lines_and_tail(self.data)[1])


_MISSING = _Seen(b"", (), sure=False, moving=False)


@dataclass(frozen=True, slots=True)
class _Held:
    """What the last look found: both files, the main one split and parsed.

    `whole` and `tail` are in the contract's format, whatever program saved the file.
    """

    main: _Seen
    rejected: _Seen
    whole: bytes
    tail: bytes
    reading: Reading
    stored: Stored | None = None

    def grew_to(self, whole: bytes) -> bool:
        """Whether rows were appended, and nothing else happened; else the file is read anew.

        Once one row is in our format no spreadsheet program saved the file, and lines in UTF-8
        give no reason to look for another encoding: read at once, it would read the same.
        """
        return (
            bool(self.reading.assessments)
            and whole.startswith(self.whole)
            and is_utf8(whole[len(self.whole) :])
        )


def _seen(path: Path, before: _Seen) -> _Seen:
    try:
        if before.sure and _signs(path.stat()) == before.signs:
            return before
        file = os.open(path, os.O_RDONLY | BINARY)
    except FileNotFoundError:
        return _MISSING
    try:
        found = os.fstat(file)
        data = _bytes_of(file, found.st_size)
        moving = _signs(os.fstat(file)) != _signs(found)
    finally:
        os.close(file)
    age = time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns)
    return _Seen(data, _signs(found), sure=age > _CLOCK_TICK and not moving, moving=moving)


def _signs(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _bytes_of(file: int, size: int) -> bytes:
    parts = []
    while size > 0 and (part := os.read(file, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@contextmanager
def _explained(text: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            text,
            file=path.name,
            folder=str(path.parent),
            reason=error.strerror or str(error),
        ) from error
