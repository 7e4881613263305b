"""One CSV file of records of one kind: what it holds, and the steps of changing it."""

import errno
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Generic
from uuid import UUID

from assessment.errors import StorageError, template
from assessment.model import Survey
from assessment.storage.arrival_order import ArrivalOrder, Place
from assessment.storage.csv import durable
from assessment.storage.csv.backups import Backups
from assessment.storage.csv.cells import widened, with_cells, without_lines
from assessment.storage.csv.disk_reasons import reason_of
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.reading import Reading, whole_lines_and_tail
from assessment.storage.csv.rejected import rejected_entry, rejected_rows
from assessment.storage.csv.seen import (
    MISSING,
    FileBytes,
    Seen,
    mark_as_appended,
    mark_as_seen_now,
    seen,
)
from assessment.storage.csv.spreadsheets import in_contract_format, is_utf8
from assessment.storage.csv.vanished import VanishedRows
from assessment.storage.kinds import R, renamed, speaks_of, survey_answered
from assessment.storage.protocol import SetAside, is_to_change

UNREADABLE = template(
    "{file} cannot be read ({reason}); check that the disk is there and that this program may "
    "read the folder {folder}"
)
UNWRITABLE = template(
    "{file} cannot be written ({reason}), so this was not saved; check the free space and that "
    "this program may write to the folder {folder}, then try again"
)

PARTLY_WRITTEN = template(
    "{file} cannot be written ({reason}), so part of this is done and part is not; check the free "
    "space and that this program may write to the folder {folder}, then do it again: that does the "
    "rest"
)

UNCONFIRMED = template(
    "this is done in {file}, but the disk did not confirm it ({reason}), so nobody can tell "
    "whether it outlasts a power cut; check the disk of the folder {folder}, then save once more"
)

DONE_UNCONFIRMED = template(
    "this is done in {file} and need not be done again, but the disk did not confirm it "
    "({reason}), so nobody can tell whether it outlasts a power cut; check the disk of the folder "
    "{folder}"
)

NOTHING_CAN_BE_SAVED = template(
    "{file} cannot be written ({reason}), so nothing can be saved; check the free space and that "
    "this program may write to the folder {folder}"
)


@dataclass(frozen=True, slots=True)
class Contents(Generic[R]):
    """What a file says: its records, the rows set aside, and a mark of this very content."""

    records: tuple[R, ...]
    set_aside: tuple[SetAside, ...]
    version: tuple[str, str]


class CsvTable(Generic[R]):
    """The records of one kind in a file, which threads and processes share.

    Beside the file live `<file>.rejected` (ends of torn writes) and `backups/` (the file before
    each of its last five rewrites). Reading needs nothing but this object. Whoever changes
    something holds the lock of the folder; what is to be rewritten is prepared, then put in place.
    A file that a spreadsheet program saved, or that lacks the latest columns, is read as it is and
    brought to today's format by the next write; rows that it lost are kept (see `VanishedRows`).
    Answers to confidential surveys lie in an order that tells nothing (see `ArrivalOrder`), and are
    in no backup while their survey may take more: what the `surveys` are it asks their own table.
    """

    def __init__(
        self,
        folder: Path,
        layout: Layout[R],
        *,
        clock: Callable[[], datetime],
        surveys: "CsvTable[Survey] | None" = None,
    ) -> None:
        self._name = folder / layout.kind.file
        self.path = self._name.resolve()
        self.rejected_path = self.path.with_name(f"{layout.kind.file}.rejected")
        self.layout = layout
        self._clock = clock
        self._surveys = surveys
        self._backups = Backups(self.path, clock=clock)
        self._vanished = VanishedRows(layout, self.path, clock=clock)
        self._mutex = threading.Lock()  # taken after the folder's lock where both are held
        self._held = self._nothing_held()

    # Reading --------------------------------------------------------------------------------------

    def contents(self) -> Contents[R]:
        """What the file says, while nobody writes: a last row without line end is torn."""
        with self._mutex, explained(UNREADABLE, self.path):
            return self._contents(self._hold(*self._seen()))

    def glance(self) -> Contents[R] | None:
        """What the file says, whoever writes; None where a write may be under way."""
        with self._mutex, explained(UNREADABLE, self.path):
            main, rejected = self._seen()
            if self._is_news(main, rejected) and (main.unfinished or rejected.unfinished):
                return None
            return self._contents(self._hold(main, rejected))

    def _seen(self) -> tuple[Seen, Seen]:
        main = seen(self.path, self._held.main)
        if main is MISSING:
            self.refuse_link_to_nothing()
        return main, seen(self.rejected_path, self._held.rejected)

    def refuse_link_to_nothing(self) -> None:
        """Raise StorageError where the file is a link and what it names is away."""
        with explained(UNREADABLE, self.path):
            if self._name.is_symlink() and not self.path.exists():
                raise FileNotFoundError(errno.ENOENT, "a link to nothing")

    def _is_news(self, main: Seen, rejected: Seen) -> bool:
        held = self._held
        return not (
            main.text.says_what(held.main.text) and rejected.text.says_what(held.rejected.text)
        )

    def _hold(self, main: Seen, rejected: Seen) -> "_Held[R]":
        held = self._held
        if main is held.main and rejected is held.rejected:
            return held
        if not self._is_news(main, rejected):
            main = replace(main, text=held.main.text)
            self._held = replace(held, main=main, rejected=rejected)
            return self._held
        self._held = self._nothing_held()  # should reading on fail, the next look starts afresh
        if appended := held.appended_in(main):
            held.reading.take(appended)
            self._held = _Held(main, rejected, main.text, b"", held.reading)
        else:
            self._held = self._read(held, main, rejected)
        self._vanished.look(self._held.whole, self._held.reading)
        return self._held

    def _read(self, held: "_Held[R]", main: Seen, rejected: Seen) -> "_Held[R]":
        """What all of a file says that was not seen to have grown alone."""
        data = main.text.all
        whole, tail = whole_lines_and_tail(data)
        reading = held.reading
        if held.grew_to(whole):
            reading.take(whole[len(held.whole) :])
        else:
            ours = in_contract_format(data, self.layout, file=self.path.name)
            whole, tail = whole_lines_and_tail(ours)
            known = held.known_under(whole)
            reading = Reading(self.layout, whole, file=self.path.name, known=known)
        text = main.text if whole == data else FileBytes(whole)
        return _Held(main, rejected, text, tail, reading)

    def _contents(self, held: "_Held[R]") -> Contents[R]:
        """What `held` says, told once: a writer that adds row after row need not tell it."""
        if held.contents is None:
            reading = held.reading
            cut_off = [reading.cut_off(held.tail)] if held.tail else []
            moved = rejected_rows(
                held.rejected.text.all, file=self.rejected_path.name, source=self.path.name
            )
            contents = Contents(
                records=tuple(reading.records),
                set_aside=(*reading.set_aside, *cut_off, *moved),
                version=(held.main.text.digest, held.rejected.text.digest),
            )
            self._held = replace(held, contents=contents)
            return contents
        return held.contents

    def _arrival_order(self, records: Iterable[R]) -> ArrivalOrder:
        """What must not be told of these records, under the lock."""
        if self._surveys is None or not any(map(survey_answered, records)):
            return ArrivalOrder({})
        surveys = self._surveys.contents().records
        return ArrivalOrder({survey.id: survey for survey in surveys})

    def _nothing_held(self) -> "_Held[R]":
        reading = Reading(self.layout, file=self.path.name)
        return _Held(MISSING, MISSING, MISSING.text, b"", reading)

    # Changing, all under the lock of the folder ---------------------------------------------------

    def add(self, records: Sequence[R], *, failure: str = UNWRITABLE) -> int:
        """Append the records that are new, in one write, and return how many there were.

        Each comes once. Answers to confidential surveys join those that are there in an order that
        tells nothing. `failure` is what is told where the disk fails.
        """
        with explained(failure, self.path):
            held = self._ready_to_append()
            new = [record for record in records if record.id not in held.reading.lines_by_id]
            with explained(failure, self._vanished.notes_path):
                self._vanished.note_returned([record.id for record in new])
            mixed = self._mixed(held, new)
            if mixed is None and len(new) == len(records):
                mark = partial(mark_as_appended, held.main)
                durable.append(self.path, self._rows_of(new, held), written=mark)
            else:
                # What an earlier try left may never have reached the disk, and a second fsync
                # would not say so: the system forgets what it failed to write. Write it afresh.
                afresh = mixed or held.whole.all + self._rows_of(new, held)
                with explained(failure, self.path, unconfirmed=UNCONFIRMED):
                    durable.replace_file(self.path, afresh)
        return len(new)

    def _rows_of(self, records: Iterable[R], held: "_Held[R]") -> bytes:
        header = held.reading.header
        return b"".join(self.layout.line_of(record, under=header) for record in records)

    def _mixed(self, held: "_Held[R]", new: Sequence[R]) -> bytes | None:
        """The file with new confidential answers mixed in at its end; None where there are none."""
        place_of = self._arrival_order(new).place_of
        surveys = {place[0] for place in map(place_of, new) if place}
        if not surveys:
            return None
        lines = held.whole.all.split(b"\n")
        answers: dict[Place, bytes] = {}
        moved: set[int] = set()
        for record in held.reading.records:
            place = place_of(record)
            if place and place[0] in surveys:
                # Further rows of its id go along: one of them would count if it came first.
                numbers = held.reading.lines_by_id[record.id]
                answers[place] = b"".join(lines[number - 1] + b"\n" for number in numbers)
                moved.update(numbers)
        answers |= {place: self._rows_of([r], held) for r in new if (place := place_of(r))}
        others = self._rows_of((record for record in new if not place_of(record)), held)
        in_order = b"".join(answers[place] for place in sorted(answers))
        return without_lines(held.whole.all, moved) + others + in_order

    def without(self, ids: Collection[UUID]) -> "Rewrite":
        """The file without some records, and the further rows that share their ids."""
        with explained(UNWRITABLE, self.path):
            held = self._without_tail()
            gone = held.reading.lines_by_id.keys() & set(ids)
            if not gone:
                return Rewrite(self, 0, None)
            lines = held.reading.lines_of(gone)
            return Rewrite(self, len(gone), without_lines(self._up_to_date(held), lines), gone)

    def renamed(self, squad_key: str, name: str, only: Collection[UUID] | None = None) -> "Rewrite":
        """The file with another name in the rows that speak of a squad, or `only` some of them."""
        with explained(UNWRITABLE, self.path):
            held = self._without_tail()
            of_squad = [r for r in held.reading.records if speaks_of(r, squad_key, only)]
            pairs = ((before, renamed(before, squad_key, name)) for before in of_squad)
            changes = [(before, after) for before, after in pairs if before != after]
            return Rewrite(self, len(of_squad), self._with(changes, held) if changes else None)

    def revised(self, before: R, after: R) -> "Rewrite":
        """The file with one record in the place of another; Conflict where that is not there."""
        with explained(UNWRITABLE, self.path):
            held = self._without_tail()
            of_id = (record for record in held.reading.records if record.id == before.id)
            changes = is_to_change(next(of_id, None), before, after)
            return Rewrite(self, 1, self._with([(before, after)], held) if changes else None)

    def _with(self, changes: Collection[tuple[R, R]], held: "_Held[R]") -> bytes:
        """The file with other records in the place of some of its own, every other cell kept."""
        data = self._up_to_date(held)
        header = self.layout.header_of(data.partition(b"\n")[0], file=self.path.name)
        cells: dict[int, dict[int, str]] = {}
        for pair in changes:
            rows = (self.layout.row_of(record, under=header) for record in pair)
            differing = enumerate(zip(*rows, strict=True))
            line = held.reading.line_of(pair[0])
            cells[line] = {at: new for at, (old, new) in differing if old != new}
        return with_cells(data, cells)

    def _ready_to_append(self) -> "_Held[R]":
        """What the file holds, once it is in today's format and ends with a line end."""
        held = self._without_tail()
        ends_its_line = held.whole.last(1) == b"\n"
        if not (held.is_as_it_is and ends_its_line) or held.reading.missing_columns:
            if held.whole:
                self._back_up(held.main.text.all, held.reading)
            durable.replace_file(self.path, self._up_to_date(held))
            held = self._look()
        if not held.main.sure:
            mark_as_seen_now(self.path)
            held = self._look()
        return held

    def _up_to_date(self, held: "_Held[R]") -> bytes:
        """The whole lines with a line end after each and every column of today."""
        if not held.whole:
            return self.layout.header_line
        whole = held.whole.all if held.whole.last(1) == b"\n" else held.whole.all + b"\n"
        reading = held.reading
        if not reading.missing_columns:
            return whole
        before = self.layout.columns[: self.layout.columns.index(reading.missing_columns[0])]
        after = max(map(reading.header.index, before)) + 1
        return widened(whole, reading.missing_columns, after=after)

    def _look(self) -> "_Held[R]":
        with self._mutex, explained(UNREADABLE, self.path):
            return self._hold(*self._seen())

    def _without_tail(self) -> "_Held[R]":
        """What the file holds, its torn end moved to the rejected rows first."""
        held = self._look()
        if not held.tail:
            return held
        moved, line = held.rejected.text.all, held.reading.lines + 1
        # A crash between the two steps leaves the tail in both places: then step one is done.
        if entry := rejected_entry(moved, held.tail, line=line, moved_at=self._clock()):
            durable.append(self.rejected_path, entry, create=True)
        durable.cut(self.path, len(held.whole))
        return self._look()

    def prepare(self, data: bytes, *, without: Collection[UUID]) -> None:
        """Keep the file as it is as a dated backup, and write beside it what will replace it.

        Where it will be `without` records, other processes are told that these did not vanish.
        """
        with explained(UNWRITABLE, self.path):
            self._back_up(self._held.main.text.all, self._held.reading)
            with explained(UNWRITABLE, self._vanished.notes_path):
                self._vanished.note_deletions(without)
            durable.stage(self.path, data)

    def take_back(self, *, without: Collection[UUID]) -> None:
        """Take back what was prepared, as far as the disk lets: what is there still was to go."""
        durable.discard(self.path)
        with suppress(OSError, StorageError):
            self._vanished.note_returned(self._look().reading.lines_by_id.keys() & set(without))

    def _back_up(self, data: bytes, reading: Reading[R]) -> None:
        """Keep what was read as a backup, without what no copy may tell the order of."""
        hidden = filter(self._arrival_order(reading.records).is_under_way, reading.records)
        lines = reading.lines_of(record.id for record in hidden)
        with explained(UNWRITABLE, self._backups.folder):
            self._backups.keep(without_lines(data, lines))

    # What another program took away ---------------------------------------------------------------

    def vanished(self) -> tuple[R, ...]:
        """The records that are gone since another program saved the file; see `VanishedRows`."""
        contents = self.contents()
        with explained(UNREADABLE, self.path):
            kept = self._vanished.kept()
        there = {record.id for record in contents.records} if kept else ()
        return tuple(record for record in kept if record.id not in there)

    def let_go(self) -> None:
        """Take what was kept of vanished rows to the other backups, under the lock."""
        with explained(UNWRITABLE, self.path):
            for file in self._vanished.files():
                data = file.read_bytes()
                self._back_up(data, Reading(self.layout, data, file=file.name))
                file.unlink()

    # What earlier versions hold -------------------------------------------------------------------

    def only_in_backups(self) -> tuple[R, ...]:
        """The records that earlier versions of the file hold, and the file does not, each once."""
        there = {record.id for record in self.contents().records}
        records: dict[UUID, R] = {}
        with explained(UNREADABLE, self.path):
            for file in self._backups.files():
                data = in_contract_format(file.read_bytes(), self.layout, file=file.name)
                whole, _tail = whole_lines_and_tail(data)
                reading = Reading(self.layout, whole, file=file.name)
                records |= {record.id: record for record in reading.records}
        return tuple(record for record in records.values() if record.id not in there)

    def forget_backups(self, ids: Collection[UUID]) -> int:
        """Delete earlier versions, and these of the vanished rows; how many versions there were."""
        with explained(UNWRITABLE, self.path):
            self._vanished.forget(ids)
            return self._backups.forget()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file's next `data`, None where it stays; it touches `count` records, `without` some."""

    table: CsvTable[Any]
    count: int
    data: bytes | None
    without: Collection[UUID] = ()


def carry_out(rewrites: Collection[Rewrite], *, unconfirmed: str = DONE_UNCONFIRMED) -> int:
    """Rewrite files, none before all of what they become is on the disk; how many records.

    Under the lock of the folder. Raises StorageError; where the disk fails between the last
    steps, some files are new and some are old, and doing it again does the rest. `unconfirmed` is
    told where all are new, but the disk did not confirm the last one.
    """
    waiting = [(r.table, r.data, r.without) for r in rewrites if r.data is not None]
    failure = UNWRITABLE
    try:
        for table, data, without in waiting:
            table.prepare(data, without=without)
        while waiting:
            table = waiting[0][0]
            replaced = PARTLY_WRITTEN if waiting[1:] else unconfirmed
            with explained(failure, table.path, unconfirmed=replaced):
                durable.put_in_place(table.path)
            del waiting[0]
            failure = PARTLY_WRITTEN
    except BaseException:
        for table, _, without in waiting:
            table.take_back(without=without)
        raise
    return sum(rewrite.count for rewrite in rewrites)


# What was seen ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held(Generic[R]):
    """Both files as last seen; `whole` and `tail` of the main one are in the contract's format."""

    main: Seen
    rejected: Seen
    whole: FileBytes
    tail: bytes
    reading: Reading[R]
    contents: Contents[R] | None = None

    @property
    def is_as_it_is(self) -> bool:
        """Whether the file is whole lines in the contract's format, and nothing else."""
        return self.whole is self.main.text

    def appended_in(self, main: Seen) -> bytes | None:
        """The rows that were appended, and nothing else happened; None where all is to be read."""
        more = main.text.since(self.main.text) if self.is_as_it_is else None
        is_readable = more and more.endswith(b"\n") and self.reading.records and is_utf8(more)
        return more if is_readable else None

    def known_under(self, whole: bytes) -> Mapping[bytes, R]:
        """The records that were read, by their lines, where a file has the same first line."""
        header = self.whole.all.partition(b"\n")[0]
        same = bool(header) and whole.partition(b"\n")[0] == header
        return self.reading.records_by_line(self.whole.all) if same else {}

    def grew_to(self, whole: bytes) -> bool:
        """Whether rows were appended, and nothing else happened; else the file is read anew.

        Once one row is in our format no spreadsheet program saved the file, and lines in UTF-8
        give no reason to look for another encoding: read at once, it would read the same.
        """
        return (
            bool(self.reading.records)
            and whole.startswith(self.whole.all)
            and is_utf8(whole[len(self.whole) :])
        )


@contextmanager
def explained(text: str, path: Path, *, unconfirmed: str = "") -> Iterator[None]:
    """Tell what the system refused about a file, where it lies and what to do.

    `unconfirmed` is told instead where it was replaced all the same.
    """
    try:
        yield
    except OSError as error:
        if unconfirmed and isinstance(error, durable.Unconfirmed):
            text = unconfirmed
        raise StorageError(
            text, file=path.name, folder=str(path.parent), reason=reason_of(error)
        ) from error
