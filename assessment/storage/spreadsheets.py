"""Files that a spreadsheet program saved, brought back to the contract's format; no I/O.

Such a file is told by its separators (semicolons, tabs), its byte order mark, its line ends
(CRLF), its encoding (Windows-1252) or its dates (03/11/2026). It is read where all of it can mean
one thing only; otherwise it is refused as a whole, with the way out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal, TypeAlias

from assessment.errors import Refused, StorageError, template
from assessment.storage.csv_rows import BOM, FIXED_COLUMNS, cells_in, joined

_SAVED_AT = FIXED_COLUMNS.index("saved_at")
_ASSESSED_ON = FIXED_COLUMNS.index("assessed_on")

_SEVERAL_BYTES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜ«»’‘“”–—…•·€°§£\u00a0"
)
"""What people write in English and French: other letters say that Windows-1252 is a wrong guess."""

_NUMBERS = r"(?P<one>\d{1,4})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<three>\d{1,4})"
_DATE = re.compile(_NUMBERS, re.ASCII)
_TIME = re.compile(
    _NUMBERS + r"[T ](?P<hour>\d{1,2}):(?P<minute>\d\d)(:(?P<second>\d\d)([.,](?P<part>\d{1,6}))?)?"
    r"( ?(?P<half>[AaPp])\.?[Mm]\.?)?(?P<offset>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_A_DAY = timedelta(days=1)
_Order: TypeAlias = Literal["day first", "month first"]
_Cells: TypeAlias = list[str]

MIXED_ENCODING = template(
    "{file}: a spreadsheet program saved this file in an encoding that cannot be told for sure; "
    "save it again as CSV UTF-8, or take the latest file of the folder backups; until then "
    "nothing of it is read or changed"
)
BROKEN_TABLE = template(
    "{file}: a spreadsheet program saved this file, and line {line} does not fit its header "
    "({reason}); mend that line there and save again as CSV UTF-8, or take the latest file of the"
    " folder backups; until then nothing of it is read or changed"
)
UNSURE_DATES = template(
    "{file}: a spreadsheet program rewrote the dates, and '{found}' on line {line} can be read in"
    " two ways or in none; give the columns assessed_on and saved_at the format 2026-11-03 and "
    "2026-11-03 09:30:00 there and save again as CSV UTF-8, or take the latest file of the folder"
    " backups; until then nothing of it is read or changed"
)
TOO_MANY_CELLS = template("the row has {found} columns; expected {expected}")


def in_contract_format(data: bytes, *, place: str) -> bytes:
    """The same rows as the store writes them, one line each, under the same line numbers.

    `data` itself where no spreadsheet program left its marks: then each line is judged by
    itself. Times without offset count as UTC, which is what stood there before. Raises
    StorageError where the encoding, the columns or the dates can be read in more than one way.
    """
    separator = _separator(data)
    if separator is None:
        return data
    table = _table(data, separator, place=place)
    if separator == "," and (isinstance(table, _Odd) or not table.saved_by_a_spreadsheet(data)):
        return data
    if isinstance(table, _Odd):
        raise table.error
    _give_our_dates(table.rows, place=place)
    return b"".join(joined(row) if any(row) else b"\n" for row in table.rows)


def is_utf8(data: bytes) -> bool:
    """Whether bytes are whole characters of UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# The table ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Odd:
    """Why a file's lines are no table."""

    error: StorageError


@dataclass(frozen=True, slots=True)
class _Table:
    """A file's rows, header first, an empty list for a blank line; `windows` when not UTF-8."""

    rows: list[_Cells]
    windows: bool
    narrow: bool

    def saved_by_a_spreadsheet(self, data: bytes) -> bool:
        """Whether a file with commas bears another mark of a spreadsheet program."""
        if self._dates_rewritten():
            return True
        if self.narrow:  # a row that lacks cells may as well have been torn
            return False
        line_ends = data.count(b"\n")
        all_crlf = line_ends == data.count(b"\r\n") > 0
        return data.endswith(b"\n") and (self.windows or all_crlf or data.startswith(BOM))

    def _dates_rewritten(self) -> bool:
        rows = [row for row in self.rows[1:] if any(row)]
        return bool(rows) and (
            all(_is_rewritten_day(row[_ASSESSED_ON]) for row in rows)
            or all(_is_rewritten_moment(row[_SAVED_AT]) for row in rows)
        )


def _separator(data: bytes) -> str | None:
    """What separates the cells of our header; None for another header and where no mark shows."""
    header, _, rest = data.partition(b"\n")
    names = header.removeprefix(BOM).replace(b'"', b"")
    for separator in (b";", b"\t", b","):
        if names.startswith(separator.join((b"assessment_id", b"saved_at", b"assessed_on"))):
            break
    else:
        return None
    marked = separator != b"," or header.startswith(BOM) or header.endswith(b"\r")
    if marked or not is_utf8(data) or _starts_with_rewritten_dates(rest):
        return separator.decode()
    return None


def _starts_with_rewritten_dates(rows: bytes) -> bool:
    first = re.search(rb"[^\r\n]+", rows)
    try:
        cells = cells_in(first[0].decode()) if first else []
    except (Refused, UnicodeDecodeError):
        return False
    return len(cells) >= len(FIXED_COLUMNS) and (
        _is_rewritten_day(cells[_ASSESSED_ON]) or _is_rewritten_moment(cells[_SAVED_AT])
    )


def _table(data: bytes, separator: str, *, place: str) -> _Table | _Odd:
    windows = not is_utf8(data)
    text = _western_text(data) if windows else data.decode("utf-8-sig")
    if text is None:
        return _Odd(StorageError(MIXED_ENCODING, file=place))
    rows: list[_Cells] = []
    narrow = False
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        try:
            cells = list(cells_in(line.removesuffix("\r"), separator=separator))
            width = len(rows[0]) if rows else len(cells)
            if any(cells) and not len(FIXED_COLUMNS) <= len(cells) <= width:
                raise Refused(TOO_MANY_CELLS, found=len(cells), expected=width)
        except Refused as reason:
            error = StorageError(BROKEN_TABLE, file=place, line=number, reason=reason)
            return _Odd(error)
        if any(cells):
            narrow = narrow or len(cells) < width
            # Excel leaves out the last separators where sixteen rows have nothing behind them.
            rows.append(cells + [""] * (width - len(cells)))
        else:
            rows.append([])
    return _Table(rows, windows, narrow)


def _western_text(data: bytes) -> str | None:
    """Bytes as Windows-1252, or None where they may be anything else."""
    if _SEVERAL_BYTES.search(data):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if all(c.isascii() or c in _WESTERN for c in text) else None


# Dates --------------------------------------------------------------------------------------------


def _give_our_dates(rows: Sequence[_Cells], *, place: str) -> None:
    """Rewrite days and moments as we do, where exactly one order of day and month fits all."""
    told = [(number, row) for number, row in enumerate(rows, start=1) if number > 1 and row]
    readings: list[list[tuple[str, str]]] = []
    for order in ("day first", "month first"):
        reading = _read(told, order)
        if reading is not None and reading not in readings:
            readings.append(reading)
    if len(readings) != 1:
        number, found = next(_unsure(told))
        raise StorageError(UNSURE_DATES, file=place, line=number, found=found)
    for (_, row), (moment, day) in zip(told, readings[0], strict=True):
        row[_SAVED_AT], row[_ASSESSED_ON] = moment, day


def _read(told: Sequence[tuple[int, _Cells]], order: _Order) -> list[tuple[str, str]] | None:
    """Every row's two cells in one order of day and month; None when some row contradicts it.

    A row contradicts by a thirteenth month, and by a day after the one it was saved on.
    """
    reading = []
    for _, row in told:
        try:
            moment = _moment(row[_SAVED_AT], order)
            day = _day(row[_ASSESSED_ON], order)
        except ValueError:
            return None
        if _lies_after(day, moment):
            return None
        kept = moment if isinstance(moment, str) else _written(moment)
        reading.append((kept, day if isinstance(day, str) else day.isoformat()))
    return reading


def _lies_after(day: date | str, moment: datetime | str) -> bool:
    if isinstance(day, str) or isinstance(moment, str):
        return False
    return day > moment.date() + _A_DAY  # elsewhere it may be tomorrow already


def _unsure(told: Sequence[tuple[int, _Cells]]) -> Iterator[tuple[int, str]]:
    """The cells that say nothing for sure: read in two ways, or in none."""
    for number, row in told:
        for cell in (row[_ASSESSED_ON], row[_SAVED_AT]):
            if _is_rewritten_day(cell) or _is_rewritten_moment(cell):
                yield number, cell
    yield from ((number, row[_ASSESSED_ON]) for number, row in told)


def _day(text: str, order: _Order) -> date | str:
    """A cell as a day, or as it stands where it is none; ValueError when it cannot be one."""
    found = _DATE.fullmatch(text.strip())
    return _date(found, order) if found else text


def _moment(text: str, order: _Order) -> datetime | str:
    """A cell as a moment, likewise; a time without offset is in UTC."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return text
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    part = int((found["part"] or "").ljust(6, "0"))
    clock = time(hour, int(found["minute"]), int(found["second"] or 0), part)
    return datetime.combine(_date(found, order), clock, _zone(found["offset"]))


def _date(found: re.Match[str], order: _Order) -> date:
    one, two, three = found["one"], found["two"], found["three"]
    if len(one) == 4 and len(three) <= 2:
        return date(int(one), int(two), int(three))
    if len(three) != 4 or len(one) > 2:
        raise ValueError(found[0])  # a year of two digits may as well be a day
    day, month = (one, two) if order == "day first" else (two, one)
    return date(int(three), int(month), int(day))


def _zone(offset: str | None) -> timezone:
    if not offset or offset == "Z":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _is_rewritten_day(text: str) -> bool:
    found = _DATE.fullmatch(text.strip())
    return found is not None and not (_starts_with_year(found) and len(text) == 10)


def _is_rewritten_moment(text: str) -> bool:
    found = _TIME.fullmatch(text.strip())
    return found is not None and not (_starts_with_year(found) and found["offset"])


def _starts_with_year(found: re.Match[str]) -> bool:
    return found["mark"] == "-" and len(found["one"]) == 4
