"""Bringing assessments in: what each row of a file would change, then doing it; no I/O of its own.

A plan is made first and says of every row what becomes of it; applying it adds what is new and
touches nothing else, so that doing it twice is doing it once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal, TypeAlias
from uuid import UUID

from assessment.errors import Refused, WhoDecidesError, template
from assessment.model import Assessment, Framework
from assessment.reports.spreadsheets import SAFE_COLUMN, raw_line
from assessment.storage.csv_rows import BOM, Reading, cells_in
from assessment.storage.protocol import Store, Stored
from assessment.storage.spreadsheets import in_contract_format

AT_ONCE = 1_000
"""Assessments that are added in one write, between two reports of progress."""

Outcome: TypeAlias = Literal["added", "already there", "differs", "refused"]
Progress: TypeAlias = Callable[[int, int], None]
"""Told how many are done, of how many."""

DIFFERS = template(
    "assessment {id} is already stored with another {fields}, and stays as it is; to take this "
    "row instead, delete the stored one first"
)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row; `line` counts physical lines from 1, the header.

    `text` is the row as found, where it could not be read; `reason` says why one is not added.
    """

    line: int
    outcome: Outcome
    assessment: Assessment | None = None
    text: str = ""
    reason: WhoDecidesError | None = None


@dataclass(frozen=True)
class Plan:
    """What becomes of every row that arrived, in the order in which they came."""

    place: str
    rows: tuple[PlannedRow, ...]

    @cached_property
    def new(self) -> tuple[Assessment, ...]:
        """The assessments that would be added."""
        return tuple(
            row.assessment for row in self.rows if row.outcome == "added" and row.assessment
        )

    @cached_property
    def refused(self) -> tuple[PlannedRow, ...]:
        """The rows that would not be added, each with its reason; those already there apart."""
        return tuple(row for row in self.rows if row.outcome in ("differs", "refused"))

    @cached_property
    def already_there(self) -> int:
        """How many rows are stored already."""
        return Counter(row.outcome for row in self.rows)["already there"]


def plan_of(data: bytes, stored: Stored, framework: Framework, *, place: str) -> Plan:
    """What becomes of each row of a CSV file: ours, spreadsheet-safe, or saved by a spreadsheet.

    `place` is the file's name in reports. Raises StorageError where the file is no assessments
    file, or can be read in more than one way.
    """
    reading = reading_of(data, framework, place=place)
    known = _by_id(stored)
    lines = ((reading.lines_by_id[each.assessment_id][0], each) for each in reading.assessments)
    fitting = [_planned(each, known, line=line) for line, each in lines]
    unreadable = [
        PlannedRow(row.line, "refused", text=row.text, reason=row.reason)
        for row in reading.set_aside
    ]
    return Plan(place, tuple(sorted((*fitting, *unreadable), key=lambda row: row.line)))


def plan_between(source: Stored, target: Stored) -> Plan:
    """What becomes of each assessment of one store on its way to another; `line` is its place."""
    known = _by_id(target)
    rows = enumerate(source.assessments, start=1)
    return Plan("", tuple(_planned(each, known, line=at) for at, each in rows))


def apply(plan: Plan, store: Store, *, progress: Progress = lambda _done, _total: None) -> int:
    """Add what is new, piece by piece, and return how many were added.

    Raises StorageError where the store fails; what was added before stays, and applying the
    plan again adds the rest.
    """
    new, added = plan.new, 0
    for start in range(0, len(new), AT_ONCE):
        piece = new[start : start + AT_ONCE]
        added += store.add(piece)
        progress(start + len(piece), len(new))
    return added


def reading_of(data: bytes, framework: Framework, *, place: str) -> Reading:
    """A file that arrived, read whole; a last row without line end is read as any other."""
    ours = _without_apostrophes(in_contract_format(data, place=place))
    reading = Reading(framework, place=place)
    reading.take(b"" if ours == BOM else ours)
    return reading


def _by_id(stored: Stored) -> dict[UUID, Assessment]:
    return {each.assessment_id: each for each in stored.assessments}


def _without_apostrophes(data: bytes) -> bytes:
    """A spreadsheet-safe file with the texts as they were; any other file as it is."""
    lines = data.split(b"\n")
    try:
        names = cells_in(lines[0].removeprefix(BOM).decode().removesuffix("\r"))
    except (Refused, UnicodeDecodeError):
        return data
    if SAFE_COLUMN not in names:
        return data
    mark = names.index(SAFE_COLUMN)
    return b"\n".join([lines[0], *(_raw_or_same(line, mark=mark) for line in lines[1:])])


def _raw_or_same(line: bytes, *, mark: int) -> bytes:
    try:
        return raw_line(line, mark=mark)
    except (Refused, UnicodeDecodeError):
        return line  # reading it says why


def _planned(found: Assessment, known: dict[UUID, Assessment], *, line: int) -> PlannedRow:
    there = known.get(found.assessment_id)
    if there is None:
        return PlannedRow(line, "added", found)
    if fields := _differing(found, there):
        reason = Refused(DIFFERS, id=found.assessment_id, fields=", ".join(fields))
        return PlannedRow(line, "differs", found, reason=reason)
    return PlannedRow(line, "already there", found)


def _differing(found: Assessment, there: Assessment) -> list[str]:
    """The columns in which two assessments differ."""
    names = ["saved_at", "assessed_on", "squad", "voice", "role", "framework", "note"]
    fields = [name for name in names if getattr(found, name) != getattr(there, name)]
    if "saved_at" in fields and found.saved_at in _as_spreadsheets_show(there.saved_at):
        fields.remove("saved_at")
    items = dict.fromkeys((*there.answers, *found.answers))
    return fields + [i for i in items if found.answers.get(i) != there.answers.get(i)]


def _as_spreadsheets_show(moment: datetime) -> tuple[datetime, datetime]:
    """A moment as spreadsheet programs write it back: they drop what they do not show."""
    return moment.replace(microsecond=0), moment.replace(second=0, microsecond=0)
