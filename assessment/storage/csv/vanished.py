"""Rows that were confirmed and are gone, since another program saved its older copy of a file."""

import hashlib
import re
from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic
from uuid import UUID

from assessment.storage.csv.backups import BACKUPS
from assessment.storage.csv.cells import without_lines
from assessment.storage.csv.durable import append, make_folder, replace_file
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.reading import Reading
from assessment.storage.csv.seen import FileBytes
from assessment.storage.kinds import R

MOST_NOTED = 1_000_000
"""Bytes of notes about deletions, after which they start anew: nobody looks that far back."""

_AN_ID = re.compile(rb"(\+?)([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})")


class VanishedRows(Generic[R]):
    """What a file lost between two looks though nobody deleted it here.

    A spreadsheet program holds a file as it was when it was opened, and saves that over whatever
    came meanwhile. Such rows are kept in `backups/` as a file of their own, and told, until they
    are brought back or let go. Deletions made here are noted beside the file, by random id, so
    that every process can tell them from such a loss; an id after a `+` is there again.
    """

    def __init__(self, layout: Layout[R], path: Path, *, clock: Callable[[], datetime]) -> None:
        self._layout = layout
        self._path = path
        self.notes_path = path.with_name(f"{path.name}.deleted")
        self._clock = clock
        self._noted = 0
        self._notes: tuple[object, bytes] = None, b""
        self._parsed: tuple[bytes, AbstractSet[UUID]] = b"", frozenset()
        self._whole = FileBytes(b"")
        self._reading: Reading[R] = Reading(layout, file=path.name)

    def note_deletions(self, ids: Collection[UUID]) -> None:
        """Note that records are about to be deleted here, under the lock of the folder."""
        if not ids:
            return
        with suppress(FileNotFoundError):
            if self.notes_path.stat().st_size > MOST_NOTED:
                self.notes_path.unlink()
        append(self.notes_path, b"".join(f"{gone}\n".encode() for gone in sorted(ids)), create=True)

    def note_returned(self, ids: Collection[UUID]) -> None:
        """Note of records that were noted as deleted that they are there, under the lock."""
        if there := self._deleted() & set(ids):
            append(self.notes_path, b"".join(f"+{back}\n".encode() for back in sorted(there)))

    def look(self, whole: FileBytes, reading: Reading[R]) -> None:
        """Keep what the look before read and this one does not, save what was deleted here.

        Never fails: where it cannot be kept, the file is read all the same.
        """
        before, self._reading = self._reading, reading
        lines, self._whole = self._whole, whole
        if before is reading:  # it grew
            return
        deleted = self._deleted_since()
        gone = before.lines_by_id.keys() - reading.lines_by_id.keys() - deleted
        if not gone or not self._path.parent.is_dir():
            return
        if gone := gone - _ids_in(whole.all):  # others are there still, but unreadable
            rows = lines.all.split(b"\n")
            numbers = sorted(before.lines_by_id[record_id][0] for record_id in gone)
            # The rows as they stood, under the header of today.
            with suppress(OSError):
                self._keep(rows[0] + b"\n" + b"".join(rows[n - 1] + b"\n" for n in numbers))

    def files(self) -> list[Path]:
        """The files that keep what vanished, oldest first."""
        return sorted(self._path.with_name(BACKUPS).glob(f"{self._path.stem}-lost-*.csv"))

    def kept(self) -> list[R]:
        """The records that vanished, each once, without those that were deleted here since."""
        records: dict[UUID, R] = {}
        for file in self.files():
            reading = Reading(self._layout, file.read_bytes(), file=file.name)
            records |= {record.id: record for record in reading.records}
        deleted = self._deleted() if records else ()
        return [record for record in records.values() if record.id not in deleted]

    def forget(self, ids: Collection[UUID]) -> None:
        """Let the rows of some records go, and of those that were deleted here before."""
        deleted = self._deleted() | set(ids)
        for file in self.files():
            data = file.read_bytes()
            reading = Reading(self._layout, data, file=file.name)
            there = reading.lines_by_id.keys()
            if there <= deleted and not reading.set_aside:
                file.unlink()
            elif gone := there & deleted:
                replace_file(file, without_lines(data, reading.lines_of(gone)))

    def _keep(self, data: bytes) -> None:
        """Keep rows once, however many processes see that they vanished."""
        folder = self._path.with_name(BACKUPS)
        mark = hashlib.blake2b(data, digest_size=6).hexdigest()
        if any(file.name.endswith(f"-{mark}.csv") for file in self.files()):
            return
        make_folder(folder)
        moment = f"{self._clock().astimezone(UTC):%Y%m%dT%H%M%SZ}"
        replace_file(folder / f"{self._path.stem}-lost-{moment}-{mark}.csv", data)

    def _deleted_since(self) -> set[UUID]:
        """What was deleted here since the last look."""
        notes, start = self._all_notes(), self._noted
        self._noted = len(notes)
        return _deleted_in(notes[start:] if start <= len(notes) else notes)

    def _deleted(self) -> AbstractSet[UUID]:
        """What was deleted here and has not come again, read from the notes where they changed."""
        notes = self._all_notes()
        if notes is not self._parsed[0]:
            self._parsed = notes, _deleted_in(notes)
        return self._parsed[1]

    def _all_notes(self) -> bytes:
        """The notes, opened only where they changed: whoever adds asks each time."""
        try:
            status = self.notes_path.stat()
            signs = status.st_ino, status.st_size, status.st_mtime_ns
            if signs != self._notes[0]:
                self._notes = signs, self.notes_path.read_bytes()
        except OSError:
            return b""
        return self._notes[1]


def _ids_in(text: bytes) -> set[UUID]:
    return {UUID(record_id.decode()) for _, record_id in _AN_ID.findall(text)}


def _deleted_in(notes: bytes) -> set[UUID]:
    """What was deleted by the last note on it."""
    last = {UUID(record_id.decode()): sign for sign, record_id in _AN_ID.findall(notes)}
    return {record_id for record_id, sign in last.items() if not sign}
