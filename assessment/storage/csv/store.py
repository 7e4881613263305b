"""The CSV store: a folder of files that every session and process appends to, and nobody tears."""

import errno
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from filelock import Timeout

from assessment.errors import StorageError, StoreBusy, template
from assessment.model import Framework, name_key, squad_name
from assessment.model.link import Link
from assessment.storage import kinds
from assessment.storage.csv import durable
from assessment.storage.csv.layouts import layouts
from assessment.storage.csv.locking import only_writer
from assessment.storage.csv.switched_off import SwitchedOff
from assessment.storage.csv.table import (
    NOTHING_CAN_BE_SAVED,
    PARTLY_WRITTEN,
    UNCONFIRMED,
    UNREADABLE,
    UNWRITABLE,
    Contents,
    CsvTable,
    carry_out,
    explained,
)
from assessment.storage.protocol import (
    Check,
    Choice,
    Record,
    Store,
    Stored,
    chosen_ids,
    failure_logged,
)

LOCK = "assessments.csv.lock"
"""One lock for the whole folder, under the name by which all versions know it."""

PATIENCE = 10.0
"""Seconds to wait for another process's lock before giving up."""

BUSY = template(
    "the folder {folder} has been in use by another process for {seconds} seconds, so this was "
    "not done; wait a moment and try again"
)

GONE = template(
    "the folder {folder} was there and is gone, so nothing can be read or saved; put it back, or "
    "start again to begin with an empty one"
)

NOT_TO_BE_WRITTEN = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)
"""Why a lock cannot be taken of a folder that can be read all the same."""


class CsvStore(Store):
    """Keeps each kind of record in a file of its own in a folder (see `CsvTable`).

    Threads share one instance, processes share the folder and its lock. Who reads while several
    files change may see some as they were and the rest at the next look. `clock` gives the time,
    in UTC, that names what is moved to backups; `patience` is in seconds.
    """

    folder: Path

    def __init__(
        self,
        folder: Path,
        framework: Framework,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: float = PATIENCE,
    ) -> None:
        self._framework = framework
        self._patience = patience
        self._clock = clock
        by_kind = {layout.kind.name: layout for layout in layouts(framework)}
        surveys = CsvTable[Any](folder, by_kind.pop(kinds.SURVEYS.name), clock=clock)
        others = {
            name: CsvTable[Any](folder, layout, clock=clock, surveys=surveys)
            for name, layout in by_kind.items()
        }
        self._tables = {kind.name: others.get(kind.name, surveys) for kind in kinds.KINDS}
        self._folders = {table.path.parent for table in self._tables.values()}
        # Beside what the name stands for, so that a folder of links shares the lock of its data.
        self.folder = self.path("assessments").parent
        self._lock_path = self.folder / LOCK
        self._switched_off = SwitchedOff(self.path(kinds.LINKS.name), clock=clock)
        self._stored = Stored()
        self._was_there = False

    def path(self, kind: str) -> Path:
        """The file in which records of a kind are kept."""
        return self._tables[kind].path

    def read(self) -> Stored:
        """Everything stored; unchanged files are not read again, appended rows alone are parsed.

        Needs to write nothing: where it may not, an older copy's links are off here all the same.
        """
        self._refuse_if_gone()
        with explained(UNREADABLE, self._switched_off.path):
            notes_are_ours = self._switched_off.look()
        seen = {name: file for name, table in self._tables.items() if (file := table.glance())}
        if notes_are_ours and len(seen) == len(self._tables):
            return self._as_stored(seen)
        with self._locked_to_read():
            with explained(UNREADABLE, self._switched_off.path):
                is_copy = self._switched_off_as_copied()
            if is_copy:
                with suppress(OSError):
                    self._switched_off.keep()
            return self._stored_now()

    def add(self, records: Collection[Record], *, check: Check | None = None) -> int:
        """Add the records that are new, one write per kind, and return how many there were.

        Appended, but for answers to confidential surveys: then the file is rewritten in one step,
        without a backup, since backups side by side would tell in what order they came.
        Returns once the disk has confirmed them; to a file that cannot be written none is added.
        """
        sent = kinds.to_be_added(records, self._framework)
        if not records:
            return 0
        with self._writing(check):
            if sent[kinds.LINKS.name]:
                self._note_off()
            added = 0
            for name, kept in sent.items():
                if kept:
                    failure = PARTLY_WRITTEN if added else UNWRITABLE
                    added += self._tables[name].add(kept, failure=failure)
            return added

    def revise(self, before: Record, after: Record, *, check: Check | None = None) -> None:
        """Put `after` in the place of `before`, only the cells that differ; a backup is kept."""
        before, after = kinds.revision_of(before, after, self._framework)
        with self._writing(check):
            revised = self._tables[kinds.kind_of(before).name].revised(before, after)
            carry_out([revised], unconfirmed=UNCONFIRMED)
            if isinstance(after, Link) and after.revoked_at:  # as in `delete`: no sooner
                self._note_off([after.link_id])

    def delete(self, ids: Choice, *, check: Check | None = None) -> int:
        """Remove records and return how many there were; dated backups keep the files as were.

        Rows set aside stay byte for byte, save second rows of a removed id, which would count from
        now on. Surveys go last: where the disk fails, what belongs to one is not left without it.
        """
        with self._writing(check):
            ids = chosen_ids(ids, self._stored_now)
            links = self._link_ids()
            surveys = self._tables[kinds.SURVEYS.name]
            tables = sorted(self._tables.values(), key=lambda table: table is surveys)
            try:
                return carry_out([table.without(ids) for table in tables])
            finally:  # afterwards: noted before, they would be off though deleting them failed
                if gone := links - self._link_ids():
                    self._note_off(gone)

    def rename(self, squad: str, to: str, *, only: Collection[UUID] | None = None) -> int:
        """Give a squad another name in the rows that speak of it, every other byte kept."""
        name, key = squad_name(to), name_key(squad)
        with self._writing():
            return carry_out([table.renamed(key, name, only) for table in self._tables.values()])

    def only_in_backups(self, kind: str) -> tuple[Record, ...]:
        """The records of a kind that earlier versions of its file hold, and the file does not."""
        return self._tables[kind].only_in_backups()

    def forget_backups(self, names: Iterable[str], ids: Collection[UUID]) -> int:
        """Delete the earlier versions of these kinds' files, and return how many there were."""
        with self._writing():
            return sum(self._tables[kind].forget_backups(ids) for kind in names)

    def close(self) -> None:
        """Nothing to give back: files are open only while they are read or written."""

    def vanished(self) -> tuple[Record, ...]:
        """What was confirmed once and is gone, since another program saved a file over it."""
        return tuple(record for table in self._tables.values() for record in table.vanished())

    def let_go(self) -> None:
        """No longer tell what vanished; what was kept of it goes the way of other backups."""
        with self._writing():
            for table in self._tables.values():
                table.let_go()

    def check_writable(self) -> None:
        """Raise StorageError where nothing could be saved; waits for nobody, changes nothing."""
        self._refuse_if_gone()
        for path in (self._lock_path, *(table.path for table in self._tables.values())):
            with explained(NOTHING_CAN_BE_SAVED, path):
                durable.check_file_writable(path)
        with explained(NOTHING_CAN_BE_SAVED, self._lock_path):
            durable.check_room(durable.existing(self.folder))

    def is_locked(self) -> bool:
        """Whether somebody writes at the moment; the lock is tried for as long as that takes."""
        with explained(UNREADABLE, self._lock_path):
            if not self.folder.is_dir():
                return False
            try:
                with only_writer(self._lock_path, patience=0):
                    return False
            except Timeout:
                return True

    def links_restored_at(self) -> datetime | None:
        """When this folder was found to be an older copy, so that all of its links are off."""
        return self._switched_off.off.restored_at

    def _link_ids(self) -> set[UUID]:
        return {link.link_id for link in self._tables[kinds.LINKS.name].contents().records}

    def _note_off(self, ids: Collection[UUID] = ()) -> None:
        """Note links that end now, so that no copy opens them again."""
        with explained(UNWRITABLE, self._switched_off.path):
            if self._switched_off_as_copied():
                self._switched_off.keep()
            self._switched_off.note(ids)

    def _switched_off_as_copied(self) -> bool:
        """Whether the notes on links are an older copy, so that all links are off from now on."""
        if self._switched_off.look():
            return False
        self._switched_off.switch_off(self._tables[kinds.LINKS.name].contents().records)
        return True

    def _refuse_if_gone(self) -> None:
        """Raise StorageError where the folder was there and is gone: no new one may replace it."""
        was_there = self._was_there  # asked first: another thread may make it while this one looks
        with explained(UNREADABLE, self.folder):
            is_there = self.folder.is_dir()
        if is_there:
            self._was_there = True
        elif was_there:
            raise StorageError(GONE, folder=str(self.folder))

    def _as_stored(self, contents_by_kind: dict[str, Contents[Any]]) -> Stored:
        """What the files say together; the same object while they say the same."""
        off = self._switched_off.off
        version = (*(contents.version for contents in contents_by_kind.values()), tuple(off.since))
        if version != self._stored.version:
            self._stored = Stored(
                **{name: contents.records for name, contents in contents_by_kind.items()}
                | {kinds.LINKS.name: off.applied(contents_by_kind[kinds.LINKS.name].records)},
                set_aside=tuple(
                    row for file in contents_by_kind.values() for row in file.set_aside
                ),
                version=version,
            )
        return self._stored

    def _stored_now(self) -> Stored:
        """What is stored, under the lock."""
        return self._as_stored({name: table.contents() for name, table in self._tables.items()})

    @contextmanager
    def _writing(self, check: Check | None = None) -> Iterator[None]:
        """Hold the lock, under which a check sees what is stored first."""
        with failure_logged(), self._locked(UNWRITABLE):
            # Whoever made or replaced a file may have died before its name was confirmed.
            with explained(UNWRITABLE, self._lock_path):
                for folder in self._folders:
                    durable.confirm_folder(folder)
            if check:
                check(self._stored_now())
            yield

    @contextmanager
    def _locked_to_read(self) -> Iterator[None]:
        """Hold the lock, but where this program may write nothing."""
        with ExitStack() as held:
            try:
                held.enter_context(self._locked(UNREADABLE))
            except StorageError as error:
                if getattr(error.__cause__, "errno", None) not in NOT_TO_BE_WRITTEN:
                    raise
            yield

    @contextmanager
    def _locked(self, failure: str) -> Iterator[None]:
        self._refuse_if_gone()
        for table in self._tables.values():
            table.refuse_link_to_nothing()
        with ExitStack() as held:
            with explained(failure, self._lock_path):
                durable.make_folder(self.folder)
                try:
                    held.enter_context(only_writer(self._lock_path, patience=self._patience))
                except Timeout as error:
                    seconds = f"{self._patience:g}"
                    raise StoreBusy(BUSY, folder=str(self.folder), seconds=seconds) from error
            yield
