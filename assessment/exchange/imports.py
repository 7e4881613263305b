"""Bringing records in: what each row of a file would change, then doing it; no I/O of its own.

A plan is made first and says of every row what becomes of it; applying it adds what is new and
touches nothing else, so that doing it twice is doing it once.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal
from uuid import UUID

from assessment.access.agreements import Arriving
from assessment.access.guarded_store import check_arrival, whole_surveys
from assessment.errors import Private, Refused, StorageError, WhoDecidesError, template
from assessment.exchange.archives import files_in, is_zip
from assessment.exchange.filled_in import NewIds, in_stored_words
from assessment.exchange.limits import OPERATORS, UPLOADED, Limits
from assessment.exchange.spreadsheets import (
    ANSWERED_COLUMN,
    SAFE_COLUMN,
    SEPARATORS,
    safe_line,
    without_apostrophes,
)
from assessment.model import Assessment, Framework, Survey, past_date
from assessment.model.link import Link
from assessment.storage.columns import quoted
from assessment.storage.csv.cells import BOM, cells_in, shown
from assessment.storage.csv.layouts import Layout, ending_with, layouts
from assessment.storage.csv.reading import Reading
from assessment.storage.csv.spreadsheets import (
    as_utf8,
    hint_of,
    in_contract_format,
    is_blank,
    is_workbook,
)
from assessment.storage.kinds import R, by_kind, survey_answered
from assessment.storage.protocol import Record, SetAside, Stored, Writer

AT_ONCE = 1_000
"""Records that are added in one write, between two reports of progress."""

PIECE = 1_000_000
"""Bytes that are read between two looks at how much could not be read."""

MOST_TITLES = 10
"""Lines at the top of a file among which its header is looked for."""

Outcome = Literal["added", "already there", "differs", "refused"]
Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""

DIFFERS = template(
    "{id} is already stored ({stored}) with another {fields}, and stays as it is; to take this row "
    "instead, delete the stored one first"
)
STORED = template("{name}, {day}")
STORED_VOICE = template("{name}, {day}, {voice}")
UNKNOWN_FILE = template(
    "{file}: the first line '{found}' is the header of none of our files; copy your rows into the "
    "file to fill in that the data page offers, or bring one that starts with one of {expected}"
)
HEADER_BELOW = template("{file}: the header stands on line {line}; delete what is above it, {then}")
IN_ANOTHER_FILE = template("{id} already stands on line {first} of {file}; expected it once")
NOTHING_ANSWERED = template("this row answers no question; fill in at least one answer")
THEN_ADDED = template("then bring it in again; nothing of it was added")


class UnknownFile(StorageError):
    """A file of which the header cannot be read, or is the header of none of ours."""


class Incoming(Reading[R]):
    """A file that arrived: columns of others are `left_out`; what no form would take is `unfit`."""

    left_out: tuple[str, ...] = ()
    unfit: Mapping[UUID, Refused] = MappingProxyType({})

    def check_fits(self, record: Record) -> None:
        """Raise Refused where no form would take a record."""
        if reason := self.unfit.get(record.id):
            raise reason

    @cached_property
    def _ids(self) -> NewIds:
        return NewIds(self.layout)

    def _record_on(self, line: bytes) -> R:
        try:
            return super()._record_on(line)
        except Refused:
            record = super()._record_on(in_stored_words(line, self.header))
            return self._ids.given_to(record)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row; `line` counts physical lines of `file` from 1, the header.

    `text` is the row as found, where it could not be read; `reason` says why one is not added.
    """

    file: str
    line: int
    outcome: Outcome
    record: Record | None = None
    text: str = ""
    reason: WhoDecidesError | None = None


@dataclass(frozen=True)
class ImportPlan:
    """What becomes of every row, in the order they came, and by file the columns `left_out`."""

    rows: tuple[PlannedRow, ...]
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def new(self) -> tuple[Record, ...]:
        """The records that would be added."""
        return tuple(row.record for row in self.rows if row.outcome == "added" and row.record)

    @cached_property
    def refused(self) -> tuple[PlannedRow, ...]:
        """The rows that would not be added, each with its reason; those already there apart."""
        return tuple(row for row in self.rows if row.outcome in ("differs", "refused"))

    @cached_property
    def already_there(self) -> int:
        """How many rows are stored already."""
        return Counter(row.outcome for row in self.rows)["already there"]


def import_plan_of_file(
    data: bytes,
    stored: Stored,
    framework: Framework,
    *,
    file: str,
    latest: date,
    barred: Mapping[UUID, str] = MappingProxyType({}),
) -> ImportPlan:
    """What becomes of each row of a file that an editor brings (see `readings_of`).

    Unlike those of `import_plan_of_readings`, its rows add no voice to a survey, but for answers
    that a downloaded file brings back to an open one (see `check_arrival`); and they bring no
    survey that is `barred` (see `surveys_barred_to_files`).
    """
    readings = readings_of(data, framework, file=file, limits=UPLOADED, latest=latest)
    plan = import_plan_of_readings(readings, stored, is_trusted=False)
    in_file = {r.record.id for r in plan.rows if r.record and r.outcome == "already there"}
    coming = {s.id: s for s in plan.new if isinstance(s, Survey) and s.id not in barred}
    whole = whole_surveys(stored, in_file) | coming.keys()
    surveys = coming | {survey.id: survey for survey in stored.surveys}
    check = partial(check_arrival, surveys=surveys, whole=whole, barred=barred)
    return replace(plan, rows=tuple(_checked(row, check) for row in plan.rows))


def import_plan_of_readings(
    readings: Sequence[Incoming[Any]],
    stored: Stored,
    *,
    is_whole: bool = True,
    is_trusted: bool = True,
) -> ImportPlan:
    """What becomes of each row of files that were read.

    Where they are not the whole, what a row refers to may well be elsewhere, and is not asked for.
    Where they are trusted, agreements come back as they stood beside each other in a store.
    """
    first: dict[UUID, PlannedRow] = {}
    rows = [_beside_first(row, first) for reading in readings for row in _rows_of(reading, stored)]
    if is_whole:
        taken = [row for row in rows if row.outcome in ("added", "already there")]
        coming = {row.record.id for row in taken if row.record and is_trusted}
        arriving = Arriving(stored, coming=coming)
        rows = [_checked(row, arriving.check) for row in rows]
    return ImportPlan(tuple(rows), {r.file: r.left_out for r in readings if r.left_out})


def _rows_of(reading: Incoming[Any], stored: Stored) -> Sequence[PlannedRow]:
    """What becomes of each row of a file by itself, in their order."""
    file, layout = reading.file, reading.layout
    stored_by_id = {record.id: record for record in stored.of(layout.kind)}
    rows = [
        PlannedRow(file, row.line, "refused", text=row.text, reason=row.reason)
        for row in reading.set_aside
    ]
    for record in reading.records:
        line = reading.line_of(record)
        row = _planned_row(record, stored_by_id, layout, file=file, line=line)
        rows.append(_checked(row, reading.check_fits))
    return sorted(rows, key=lambda row: row.line)


def _planned_row(
    record: Record,
    stored_by_id: Mapping[UUID, Record],
    layout: Layout[Any],
    *,
    file: str,
    line: int,
) -> PlannedRow:
    """What becomes of a record beside those of its kind that are stored."""
    before = stored_by_id.get(record.id)
    if before is None:
        return PlannedRow(file, line, "added", record)
    if columns := _differing_columns(record, before, layout):
        known = _known_as(before, layout)
        reason = Refused(DIFFERS, id=record.id, fields=", ".join(columns), stored=known)
        return PlannedRow(file, line, "differs", record, reason=reason)
    return PlannedRow(file, line, "already there", record)


def _known_as(record: Any, layout: Layout[Any]) -> Refused:
    """A stored record as lists call it: by name, day and voice."""
    day = getattr(record, (*layout.days, *layout.moments)[0])
    day = day.date() if isinstance(day, datetime) else day
    name = Private(record.label if isinstance(record, Link) else record.squad)
    voice = getattr(record, "voice", None)
    if voice is None:
        return Refused(STORED, name=name, day=day)
    return Refused(STORED_VOICE, name=name, day=day, voice=Private(voice))


def _differing_columns(record: Any, before: Any, layout: Layout[Any]) -> Sequence[str]:
    if record == before:
        return ()
    rows = zip(layout.columns, layout.row_of(record), layout.row_of(before), strict=True)
    columns = [column for column, cell, cell_before in rows if cell != cell_before]
    if "saved_at" in columns:
        # Spreadsheet programs drop what they do not show.
        to_the_second = before.saved_at.replace(microsecond=0)
        if record.saved_at in (to_the_second, to_the_second.replace(second=0)):
            columns.remove("saved_at")
    return columns


def _beside_first(row: PlannedRow, first: dict[UUID, PlannedRow]) -> PlannedRow:
    """A row beside the `first` one of its id: the same again is there already, else refused."""
    if row.outcome != "added" or row.record is None:
        return row
    added = first.setdefault(row.record.id, row)
    if added is row:
        return row
    if added.record == row.record:
        return replace(row, outcome="already there")
    reason = Refused(IN_ANOTHER_FILE, id=row.record.id, first=added.line, file=added.file)
    return replace(row, outcome="refused", reason=reason)


def refused_once_exported(stored: Stored) -> Sequence[tuple[Record, WhoDecidesError]]:
    """What of these records an import into an empty store would leave out, each with its reason."""
    rows = tuple(PlannedRow("", 0, "added", record) for record in stored.records)
    arriving = Arriving(Stored(), coming={record.id for record in stored.agreements})
    plan = ImportPlan(tuple(_checked(row, arriving.check) for row in rows))
    return [(row.record, row.reason) for row in plan.refused if row.record and row.reason]


def _checked(row: PlannedRow, check: Callable[[Record], None]) -> PlannedRow:
    """A row, refused where a check refuses what it adds."""
    if row.outcome == "added" and row.record:
        try:
            check(row.record)
        except Refused as reason:
            return replace(row, outcome="refused", reason=reason)
    return row


def import_plan_between_stores(source: Stored, target: Stored, framework: Framework) -> ImportPlan:
    """What becomes of each record of one store on its way to another; `line` is its place."""
    rows = []
    for layout in layouts(framework):
        kind = layout.kind
        stored_by_id = {record.id: record for record in target.of(kind)}
        for line, record in enumerate(source.of(kind), start=1):
            row = _planned_row(record, stored_by_id, layout, file=kind.stored_as, line=line)
            rows.append(row)
    return ImportPlan(tuple(rows))


def apply_import_plan(
    plan: ImportPlan, store: Writer, *, progress: Progress = lambda _done, _total: None
) -> int:
    """Add what is new, piece by piece, and return how many were added.

    StorageError where the store fails: what was added stays, applying the plan again adds the rest.
    """
    # Surveys come first, since they say how answers to them are to be stored.
    new, added = sorted(plan.new, key=lambda record: not isinstance(record, Survey)), 0
    for start in range(0, len(new), AT_ONCE):
        piece = new[start : start + AT_ONCE]
        added += store.add(piece)
        progress(start + len(piece), len(new))
    return added


def readings_of(
    data: bytes, framework: Framework, *, file: str, latest: date, limits: Limits = OPERATORS
) -> tuple[Incoming[Any], ...]:
    """A file that arrived, read whole; a last row without line end is read as any other.

    It is a CSV file of a kind of record that may leave a store, told by its header: ours,
    spreadsheet-safe, or saved by a spreadsheet program; or a ZIP of such files, none of which is
    a ZIP again. A file of links is none: it could open what is stored here to whoever made it.
    Rows that somebody wrote tell no day after `latest` that has passed, and answer something;
    those that stand as this product writes them are taken as they were stored. `file` is its name
    in reports. Raises StorageError where it is neither, can be read in more than one way, or is
    beyond the `limits`, which are looked at before it is read.
    """
    contents: Mapping[str, bytes] = {file: data}
    limits.check_size(len(data), file=file)
    if is_zip(data) and not is_workbook(data):
        files = files_in(data, file=file, most=limits.megabytes)
        contents = {f"{file}/{name}": content for name, content in files.items()}
    limits.check(contents)
    readings: list[Incoming[Any]] = []
    for name, content in contents.items():
        if is_blank(content):
            continue
        try:
            reading = _reading_of(content, framework, file=name, limits=limits, latest=latest)
        except UnknownFile as error:
            if len(contents) == 1:
                raise
            reading = _left_out(content, framework, file=name, reason=error)
        readings.append(reading)
        limits.check_refusals(sum(len(r.set_aside) for r in readings), file=name)
    return tuple(readings)


def _left_out(
    data: bytes, framework: Framework, *, file: str, reason: WhoDecidesError
) -> Incoming[Any]:
    """A file among others that is none of ours, as one row that is refused."""
    reading: Incoming[Any] = Incoming(layouts(framework)[0], file=file)
    reading.set_aside.append(SetAside(file, 1, shown(data.partition(b"\n")[0]), reason))
    return reading


def _reading_of(
    data: bytes, framework: Framework, *, file: str, limits: Limits, latest: date
) -> Incoming[Any]:
    with ending_with(THEN_ADDED):
        data = as_utf8(data, file=file)
        layout = _layout_of(data, framework, file=file)
        reading: Incoming[Any] = Incoming(layout, file=file)
        lines = without_apostrophes(in_contract_format(data, layout, file=file, arriving=True))
        for piece in _pieces(lines):
            reading.take(piece)
            limits.check_refusals(len(reading.set_aside), file=file)
        reading.left_out = _columns_left_out(lines, reading)
        reading.unfit = _unfit_in(reading, data, latest)
    return reading


def _columns_left_out(lines: bytes, reading: Reading[Any]) -> tuple[str, ...]:
    """The columns of others, but for those that files for spreadsheets have."""
    first = lines.partition(b"\n")[0].removesuffix(b"\r")
    names = cells_in(first.decode("utf-8", "replace"))
    named = zip(names, reading.header, strict=True)
    return tuple(n for n, own in named if n and not own and n not in (SAFE_COLUMN, ANSWERED_COLUMN))


def _unfit_in(reading: Reading[Any], data: bytes, latest: date) -> Mapping[UUID, Refused]:
    """What no form would take, by id, but for rows that stand as this product writes them."""
    rows = data.split(b"\n")
    reasons = {}
    for record in reading.records:
        try:
            _check_as_forms_do(record, reading.layout, latest)
        except Refused as reason:
            if not _is_as_written(record, rows[reading.line_of(record) - 1], reading):
                reasons[record.id] = reason
    return reasons


def _check_as_forms_do(record: Record, layout: Layout[Any], latest: date) -> None:
    """Raise Refused where a record tells a day that has passed and lies ahead, or says nothing."""
    for column in layout.kind.own_columns:
        value = getattr(record, column.field) if column.passed else None
        if value is not None:
            past_date(value.date() if isinstance(value, datetime) else value, today=latest)
    if isinstance(record, Assessment) and not (record.answers or record.deep):
        raise Refused(NOTHING_ANSWERED)


def _is_as_written(record: Record, line: bytes, reading: Reading[Any]) -> bool:
    """Whether each cell of ours stands on a line as this product writes it."""
    layout = reading.layout
    if line + b"\n" in [safe_line(layout, record, separator) for separator in SEPARATORS]:
        return True
    try:
        cells = cells_in(line.decode())
    except (Refused, UnicodeDecodeError):
        return False
    written = layout.row_of(record, under=reading.header)
    pairs = zip(reading.header, written, cells, strict=False)
    return len(cells) == len(written) and all(own == cell for name, own, cell in pairs if name)


def _pieces(lines: bytes) -> Iterator[bytes]:
    """Whole lines, many at a time, so that what is no file of ours is not read to its end."""
    start = 0
    while start < len(lines):
        end = lines.find(b"\n", start + PIECE) + 1 or len(lines)
        yield lines[start:end]
        start = end


def latest_day(now: datetime) -> date:
    """The day today where it is the furthest on: a file may come from there."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()


def trusted_answer_counts(plan: ImportPlan, stored: Stored) -> tuple[int, int]:
    """How many answers to surveys a plan adds; of these, to surveys not known to be open."""
    surveys = [r for r in (*stored.surveys, *plan.new) if isinstance(r, Survey)]
    open_ids = {survey.id for survey in surveys if not survey.confidential}
    answered = [survey_id for r in plan.new if (survey_id := survey_answered(r))]
    return len(answered), sum(survey_id not in open_ids for survey_id in answered)


def stored_in(readings: Sequence[Reading[Any]]) -> Stored:
    """What files hold that were read, each record once."""
    records: dict[tuple[type, UUID], Record] = {}
    for record in chain.from_iterable(reading.records for reading in readings):
        records.setdefault((type(record), record.id), record)
    set_aside = tuple(row for reading in readings for row in reading.set_aside)
    by_name = {name: tuple(of_kind) for name, of_kind in by_kind(records.values()).items()}
    return Stored(**by_name, set_aside=set_aside)


def _layout_of(data: bytes, framework: Framework, *, file: str) -> Layout[Any]:
    if hint := hint_of(data):
        raise UnknownFile(hint, file=file, then=Refused(THEN_ADDED))
    known = {layout.fixed[0]: layout for layout in layouts(framework) if layout.kind.may_leave}
    first = data.removeprefix(BOM).split(b"\n", MOST_TITLES)[:MOST_TITLES]
    header = first[0]
    for number, line in enumerate(first, start=1):
        name = re.split(rb"[,;\t\r]", line, maxsplit=1)[0].strip(b'"').decode("utf-8", "replace")
        if name in known and number > 1:
            raise UnknownFile(HEADER_BELOW, file=file, line=number, then=Refused(THEN_ADDED))
        if name in known:
            return known[name]
    expected = ", ".join(known)
    found = quoted(shown(header.removesuffix(b"\r")))
    raise UnknownFile(UNKNOWN_FILE, file=file, found=found, expected=expected)
