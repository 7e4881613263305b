"""Assessments as lines of CSV, and a file's bytes as assessments and rows set aside; no I/O."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from pydantic import ValidationError

from assessment.errors import Refused, StorageError, template
from assessment.model import Answers, Assessment, Framework
from assessment.storage.kinds import fitted
from assessment.storage.protocol import SetAside, first_refusal

FIXED_COLUMNS = (
    "assessment_id",
    "saved_at",
    "assessed_on",
    "squad",
    "voice",
    "role",
    "framework",
    "note",
)
REJECTED_COLUMNS = ("moved_at", "line", "reason", "text")

LONGEST_SHOWN = 200
LONGEST_CELL_SHOWN = 60

CUT_OFF = template(
    "the row has no line end, so it may have been cut off while being written; "
    "enter those answers again, or complete the row and end its line"
)

BOM = b"\xef\xbb\xbf"
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_ESCAPED = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\u2028": r"\u2028", "\u2029": r"\u2029"}
_PLAIN = {escape: character for character, escape in _ESCAPED.items()}
_TO_ESCAPE = re.compile("[" + re.escape("".join(_ESCAPED)) + "]")
_ESCAPES = re.compile("|".join(map(re.escape, _PLAIN)))


@dataclass(frozen=True, slots=True)
class Rows:
    """What a file holds, in file order: assessments, and the rows that could not be read."""

    assessments: tuple[Assessment, ...]
    set_aside: tuple[SetAside, ...]


class Reading:
    """A file read so far: each whole line became an assessment or was set aside with its reason.

    `lines_by_id` gives the physical lines (header = 1) that carry an id, the one that counts
    first; `width` is the number of columns, 0 until the header has been read, and `items` how
    many of the framework's items have one: an older file lacks the last ones.
    """

    def __init__(self, framework: Framework, *, place: str) -> None:
        self.assessments: list[Assessment] = []
        self.set_aside: list[SetAside] = []
        self.lines_by_id: dict[UUID, list[int]] = {}
        self.lines = 0
        self.width = 0
        self.items = 0
        self._framework = framework
        self._place = place

    def take(self, data: bytes) -> None:
        """Read on, in whole lines; StorageError when the first line of all is not our header."""
        for line in data.removesuffix(b"\n").split(b"\n") if data else ():
            self.lines += 1
            if self.lines == 1:
                self.width, self.items = _layout(line, self._framework, place=self._place)
            elif line.strip():
                self._take_row(line)

    def cut_off(self, tail: bytes) -> SetAside:
        """The row after the last whole line, which nobody can tell to be whole."""
        return SetAside(self._place, self.lines + 1, _shown(tail), Refused(CUT_OFF))

    def _take_row(self, line: bytes) -> None:
        try:
            assessment = assessment_of(line, self._framework, width=self.width, items=self.items)
            lines = self.lines_by_id.setdefault(assessment.assessment_id, [])
            lines.append(self.lines)
            if len(lines) > 1:
                raise Refused(
                    template("assessment {id} already stands on line {first}; expected it once"),
                    id=assessment.assessment_id,
                    first=lines[0],
                )
        except Refused as reason:
            self.set_aside.append(SetAside(self._place, self.lines, _shown(line), reason))
        else:
            self.assessments.append(assessment)


# Reading ------------------------------------------------------------------------------------------


def columns(framework: Framework) -> tuple[str, ...]:
    """The header's cells: the fixed columns, then one per item in framework order."""
    return FIXED_COLUMNS + framework.item_ids


def is_empty(data: bytes) -> bool:
    """Whether a file holds nothing at all, not even a header."""
    return data in (b"", BOM)


def whole_lines_and_tail(data: bytes) -> tuple[bytes, bytes]:
    """The lines that were ended, and what follows the last line end.

    A header counts as whole without its line end: nothing can be lost behind it.
    """
    if is_empty(data):
        return b"", b""
    end = data.rfind(b"\n") + 1
    return (data[:end], data[end:]) if end else (data, b"")


def rows_in(data: bytes, framework: Framework, *, place: str, last_line_may_be_open: bool) -> Rows:
    """Everything a file's bytes hold; `place` is the file's name in reports.

    Where `last_line_may_be_open`, a last line without line end is read like any other, as
    RFC 4180 allows; elsewhere it counts as cut off. Raises StorageError when the first line
    is not the header of an assessments file.
    """
    whole, tail = whole_lines_and_tail(data)
    reading = Reading(framework, place=place)
    reading.take(whole)
    if tail and last_line_may_be_open:
        reading.take(tail)
    cut_off = [reading.cut_off(tail)] if tail and not last_line_may_be_open else []
    return Rows(tuple(reading.assessments), (*reading.set_aside, *cut_off))


def assessment_of(
    line: bytes, framework: Framework, *, width: int, items: int | None = None
) -> Assessment:
    """The assessment on one line of a file with `width` columns; Refused when it does not fit.

    `items` is how many of the framework's items the file has columns for; None means all.
    """
    cells = cells_in(_text(line))
    if len(cells) != width:
        raise Refused(
            template("the row has {found} columns; expected {expected}"),
            found=len(cells),
            expected=width,
        )
    assessment_id, saved_at, assessed_on, squad, voice, role, version, note, *answers = cells
    # No id is as long as what is shown of a cell, so a shortened one is still refused below.
    try:
        assessment = Assessment(
            assessment_id=_uuid(assessment_id),
            saved_at=_moment(saved_at),
            assessed_on=_day(assessed_on),
            squad=squad,
            voice=voice or None,
            role=_short(role, LONGEST_CELL_SHOWN) or None,
            framework=_short(version, LONGEST_CELL_SHOWN),
            note=_unescaped(note),
            answers=_answers(framework.item_ids[:items], answers),
        )
    except ValidationError as error:
        raise first_refusal(error) from error
    return fitted(assessment, framework)


def _layout(line: bytes, framework: Framework, *, place: str) -> tuple[int, int]:
    """How many columns a header names, and how many of the framework's items, in order."""
    header = line.removeprefix(BOM).decode("utf-8", "replace").removesuffix("\r")
    try:
        cells = cells_in(header)
    except Refused:
        cells = []
    fixed, later = tuple(cells[: len(FIXED_COLUMNS)]), cells[len(FIXED_COLUMNS) :]
    pairs = enumerate(zip(later, framework.item_ids, strict=False))
    items = next((at for at, (cell, item) in pairs if cell != item), None)
    if items is None:
        items = min(len(later), len(framework.item_ids))
    if fixed == FIXED_COLUMNS and items and not _is_disturbed(later[items:], framework, items):
        return len(cells), items
    raise StorageError(
        template(
            "{file}: the first line '{found}' is not the header of an assessments file; expected "
            "it to start with {expected}: mend that line or move the file away; until then "
            "nothing is read or written here"
        ),
        file=place,
        found=_short(header, LONGEST_CELL_SHOWN),
        expected=",".join(FIXED_COLUMNS[:4]) + ",…",
    )


def _is_disturbed(later: Sequence[str], framework: Framework, items: int) -> bool:
    """Whether columns were moved, taken out or cut behind the first items: no answer is sure."""
    missing = framework.item_ids[items:]
    return bool(missing) and any(
        cell in framework.item_ids or missing[0].startswith(cell) for cell in later
    )


def _text(line: bytes) -> str:
    try:
        text = line.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            template("the row is not valid UTF-8 at byte {at}; save the file again as UTF-8"),
            at=error.start + 1,
        ) from error
    if unfit := _CONTROLS.search(text):
        raise Refused(
            template("the row contains a control character ({code}); remove it"),
            code=f"U+{ord(unfit[0]):04X}",
        )
    return text


def cells_in(text: str, *, separator: str = ",") -> Sequence[str]:
    """The cells of one line; Refused when its quotes do not pair up."""
    unpaired = Refused(
        template(
            "the quotes in the row do not pair up; expected every quoted text to end on its line, "
            "and a quote inside it to be doubled"
        )
    )
    if text.count('"') % 2:
        raise unpaired
    try:
        return next(csv.reader((text,), delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise unpaired from error


def _uuid(text: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError:
        found = None
    if found is None or str(found) != text.lower():
        raise Refused(
            template(
                "broken assessment_id '{text}'; expected a UUID such as "
                "0f8fad5b-d9cd-469f-a165-70867728950e"
            ),
            text=_short(text, LONGEST_CELL_SHOWN),
        )
    return found


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Refused(
        template(
            "broken time '{text}' in saved_at; expected date, time and offset such as "
            "2026-11-03T09:30:00Z"
        ),
        text=_short(text, LONGEST_CELL_SHOWN),
    )


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise Refused(
            template(
                "broken date '{text}' in assessed_on; expected year-month-day such as 2026-11-03"
            ),
            text=_short(text, LONGEST_CELL_SHOWN),
        )
    return day


def _answers(item_ids: Sequence[str], cells: Sequence[str]) -> Answers:
    return {
        item_id: _short(cell, LONGEST_CELL_SHOWN)
        for item_id, cell in zip(item_ids, cells, strict=False)  # later columns follow
        if cell
    }


def _unescaped(text: str) -> str:
    return _ESCAPES.sub(lambda escape: _PLAIN[escape[0]], text)


def _shown(line: bytes) -> str:
    return _short(_CONTROLS.sub("\ufffd", line.decode("utf-8", "replace")), LONGEST_SHOWN)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


# Writing ------------------------------------------------------------------------------------------


def header_line(framework: Framework) -> bytes:
    """The first line of a new file, line end included."""
    return joined(columns(framework))


def line_of(assessment: Assessment, framework: Framework, *, width: int) -> bytes:
    """An assessment as one physical line of a file with `width` columns, line end included."""
    saved_at = assessment.saved_at.isoformat(timespec="microseconds")
    cells = [
        str(assessment.assessment_id),
        saved_at.replace("+00:00", "Z"),
        assessment.assessed_on.isoformat(),
        assessment.squad,
        assessment.voice or "",
        assessment.role or "",
        assessment.framework,
        _TO_ESCAPE.sub(lambda character: _ESCAPED[character[0]], assessment.note),
        *(assessment.answers.get(item_id, "") for item_id in framework.item_ids),
    ]
    return joined(cells + [""] * (width - len(cells)))


def joined(cells: Sequence[str]) -> bytes:
    """Cells as one line, quoted where they must be, line end included."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode("utf-8")


# Rows moved out of the file -----------------------------------------------------------------------


def rejected_header_line() -> bytes:
    """The first line of a file of rejected rows, line end included."""
    return joined(REJECTED_COLUMNS)


def rejected_line(tail: bytes, *, line: int, moved_at: datetime) -> bytes:
    r"""A torn row as one line of the file of rejected rows, every byte of it kept.

    A backslash is doubled; bytes that are no UTF-8 and control characters read `\xNN`.
    """
    return joined((moved_at.astimezone(UTC).isoformat(), *_rejected_cells(tail, line=line)))


def already_rejected(data: bytes, tail: bytes, *, line: int) -> bool:
    """Whether a file of rejected rows ends with this torn row, moved at whatever time."""
    return data.endswith(b"," + joined(_rejected_cells(tail, line=line)))


def rejected_rows(data: bytes, *, place: str, source: str) -> tuple[SetAside, ...]:
    """The rows in a file of rejected rows, which once were the end of the file `source`."""
    lines = enumerate(data.removesuffix(b"\n").split(b"\n"), start=1)
    return tuple(
        _rejected(line, place=place, number=number, source=source)
        for number, line in lines
        if number > 1 and line.strip()
    )


def _rejected_cells(tail: bytes, *, line: int) -> tuple[str, str, str]:
    text = tail.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    kept = re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\x{ord(found[0]):02x}", text)
    return str(line), str(Refused(CUT_OFF)), kept


def _rejected(row: bytes, *, place: str, number: int, source: str) -> SetAside:
    try:
        moved_at, line, _, text = cells_in(_text(row))
        reason = Refused(
            template(
                "line {line} of {source} was cut off while being written, and was moved here on "
                "{moved_on}; enter those answers again"
            ),
            line=int(line),
            source=source,
            moved_on=_moment(moved_at).date(),
        )
    except ValueError:
        text = _shown(row)
        reason = Refused(
            template("an unreadable row moved out of {source}; enter those answers again"),
            source=source,
        )
    return SetAside(place, number, _short(text, LONGEST_SHOWN), reason)
