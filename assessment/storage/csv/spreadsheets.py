"""Files that a spreadsheet program saved, brought back to the contract's format; no I/O.

Such a file is told by its separators (semicolons, tabs), its byte order mark, its line ends
(CRLF), its encoding (Windows-1252) or its dates (03/11/2026). It is read where all of it can mean
one thing only; otherwise it is refused as a whole, with the way out. A decimal comma is read as
a point where three decimals do not make it look like a thousand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Literal, TypeAlias, get_args

from assessment.errors import Refused, StorageError, template
from assessment.storage.columns import written_moment
from assessment.storage.csv.cells import BOM, cells_in, joined
from assessment.storage.csv.layouts import OTHER_WIDTH, Layout

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
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,([0-9]{1,2}|[0-9]{4,})", re.ASCII)
_A_DAY = timedelta(days=1)
_Order: TypeAlias = Literal["day first", "month first"]
_Cells: TypeAlias = list[str]
_Date: TypeAlias = date | str
"""A day or a moment, or a cell that is none, as it stands."""
_Dates: TypeAlias = dict[str, _Date]

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
    " two ways or in none; give days the format 2026-11-03 and the column saved_at the format "
    "2026-11-03 09:30:00 there and save again as CSV UTF-8, or take the latest file of the folder"
    " backups; until then nothing of it is read or changed"
)


def in_contract_format(data: bytes, layout: Layout[Any], *, place: str) -> bytes:
    """The same rows as the store writes them, one line each, under the same line numbers.

    `data` itself where no spreadsheet program left its marks: then each line is judged by
    itself. Times without offset count as UTC, which is what stood there before. Raises
    StorageError where the encoding, the columns or the dates can be read in more than one way.
    """
    separator = _separator(data, layout)
    if separator is None:
        return data
    try:
        table = _table(data, separator, layout, place=place)
    except StorageError:
        if separator == ",":
            return data
        raise
    if separator == "," and not table.saved_by_a_spreadsheet(data):
        return data
    _give_our_dates(table, layout, place=place)
    _give_our_numbers(table, layout)
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
class _Table:
    """A file's rows, header first, an empty list for a blank line; `windows` when not UTF-8.

    `moment` and `day` are the places of a moment and a day that every row tells.
    """

    rows: list[_Cells]
    windows: bool
    narrow: bool
    moment: int
    day: int

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
            all(_is_rewritten_day(row[self.day]) for row in rows)
            or all(_is_rewritten_moment(row[self.moment]) for row in rows)
        )


def _told_by_all(layout: Layout[Any]) -> tuple[int, int]:
    """The places of a moment and a day that every row tells; of the moment, where no day is."""
    moment = next(name for name in layout.moments if name in layout.required)
    day = next((name for name in layout.days if name in layout.required), moment)
    return layout.fixed.index(moment), layout.fixed.index(day)


def _separator(data: bytes, layout: Layout[Any]) -> str | None:
    """What separates the cells of our header; None for another header and where no mark shows."""
    header, _, rest = data.partition(b"\n")
    names = header.removeprefix(BOM).replace(b'"', b"")
    first = [name.encode() for name in layout.fixed[:3]]
    for separator in (b";", b"\t", b","):
        if names.startswith(separator.join(first)):
            break
    else:
        return None
    marked = separator != b"," or header.startswith(BOM) or header.endswith(b"\r")
    if marked or not is_utf8(data) or _starts_with_rewritten_dates(rest, layout):
        return separator.decode()
    return None


def _starts_with_rewritten_dates(rows: bytes, layout: Layout[Any]) -> bool:
    first = re.search(rb"[^\r\n]+", rows)
    moment, day = _told_by_all(layout)
    try:
        cells = cells_in(first[0].decode()) if first else []
    except (Refused, UnicodeDecodeError):
        return False
    return len(cells) >= layout.needed and (
        _is_rewritten_day(cells[day]) or _is_rewritten_moment(cells[moment])
    )


def _table(data: bytes, separator: str, layout: Layout[Any], *, place: str) -> _Table:
    windows = not is_utf8(data)
    text = _western_text(data) if windows else data.decode("utf-8-sig")
    if text is None:
        raise StorageError(MIXED_ENCODING, file=place)
    rows: list[_Cells] = []
    narrow = False
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        try:
            cells = list(cells_in(line.removesuffix("\r"), separator=separator))
            width = len(rows[0]) if rows else len(cells)
            least = layout.needed if rows else len(layout.fixed)
            if any(cells) and not least <= len(cells) <= width:
                raise Refused(OTHER_WIDTH, found=len(cells), expected=width)
        except Refused as reason:
            raise StorageError(BROKEN_TABLE, file=place, line=number, reason=reason) from reason
        # Excel leaves out the last separators where sixteen rows have nothing behind them.
        missing = width - len(cells) if any(cells) else 0
        narrow = narrow or missing > 0
        rows.append(cells + [""] * missing if any(cells) else [])
    return _Table(rows, windows, narrow, *_told_by_all(layout))


def _western_text(data: bytes) -> str | None:
    """Bytes as Windows-1252, or None where they may be anything else."""
    if _SEVERAL_BYTES.search(data):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if all(c.isascii() or c in _WESTERN for c in text) else None


# Numbers ------------------------------------------------------------------------------------------


def _give_our_numbers(table: _Table, layout: Layout[Any]) -> None:
    """Write a point for a decimal comma, in the columns of numbers that the file has."""
    columns = [at for at, name in enumerate(table.rows[0]) if name in layout.numbers]
    for row in table.rows[1:]:
        for at in columns if row else ():
            if _DECIMAL_COMMA.fullmatch(row[at]):
                row[at] = row[at].replace(",", ".")


# Dates --------------------------------------------------------------------------------------------


def _give_our_dates(table: _Table, layout: Layout[Any], *, place: str) -> None:
    """Rewrite days and moments as we do, where exactly one order of day and month fits all."""
    header = table.rows[0]  # an older file lacks columns, and columns of others may stand between
    columns = {n: header.index(n) for n in (*layout.days, *layout.moments) if n in header}
    rows = [(number, row) for number, row in enumerate(table.rows, start=1) if number > 1 and row]
    readings: list[list[_Dates]] = []
    for order in get_args(_Order):
        with suppress(ValueError):
            reading = [
                _dates_in({name: row[at] for name, at in columns.items()}, order, layout)
                for _, row in rows
            ]
            if reading not in readings:
                readings.append(reading)
    if len(readings) != 1:
        cells = [(number, row[at]) for number, row in rows for at in columns.values()]
        rewritten = (at for at in cells if _is_rewritten_day(at[1]) or _is_rewritten_moment(at[1]))
        number, cell = next(rewritten, cells[0])
        raise StorageError(UNSURE_DATES, file=place, line=number, found=cell)
    for (_, row), dates in zip(rows, readings[0], strict=True):
        for name, value in dates.items():
            row[columns[name]] = _written(value)


def _dates_in(cells: Mapping[str, str], order: _Order, layout: Layout[Any]) -> _Dates:
    """A row's dates in one order of day and month; ValueError where it contradicts that order.

    It does so by a thirteenth month, and by a day after the one that it comes before.
    """
    dates = {
        name: _moment(cell, order) if name in layout.moments else _day(cell, order)
        for name, cell in cells.items()
    }
    for first, second in layout.in_order:
        if _lies_after(dates.get(first, ""), dates.get(second, "")):
            raise ValueError(second)
    return dates


def _lies_after(first: _Date, second: _Date) -> bool:
    if isinstance(first, str) or isinstance(second, str):
        return False
    if isinstance(second, datetime):
        return first > second.date() + _A_DAY  # elsewhere it may be tomorrow already
    return first > second


def _day(text: str, order: _Order) -> _Date:
    """A cell as a day, or as it stands where it is none; ValueError when it cannot be one."""
    parts = _DATE.fullmatch(text.strip())
    return _date(parts, order) if parts else text


def _moment(text: str, order: _Order) -> _Date:
    """A cell as a moment, likewise; a time without offset is in UTC."""
    parts = _TIME.fullmatch(text.strip())
    if not parts:
        return text
    hour = int(parts["hour"])
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if parts["half"] in "Pp" else 0)
    micro = int((parts["part"] or "").ljust(6, "0"))
    clock = time(hour, int(parts["minute"]), int(parts["second"] or 0), micro)
    return datetime.combine(_date(parts, order), clock, _zone(parts["offset"]))


def _date(parts: re.Match[str], order: _Order) -> date:
    one, two, three = parts["one"], parts["two"], parts["three"]
    if len(one) == 4 and len(three) <= 2:
        return date(int(one), int(two), int(three))
    if len(three) != 4 or len(one) > 2:
        raise ValueError(parts[0])  # a year of two digits may as well be a day
    day, month = (one, two) if order == "day first" else (two, one)
    return date(int(three), int(month), int(day))


def _zone(offset: str | None) -> timezone:
    if not offset or offset == "Z":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _written(value: _Date) -> str:
    if isinstance(value, datetime):
        return written_moment(value)
    return value.isoformat() if isinstance(value, date) else value


def _is_rewritten_day(text: str) -> bool:
    parts = _DATE.fullmatch(text.strip())
    return parts is not None and not (_starts_with_year(parts) and len(text) == 10)


def _is_rewritten_moment(text: str) -> bool:
    parts = _TIME.fullmatch(text.strip())
    return parts is not None and not (_starts_with_year(parts) and parts["offset"])


def _starts_with_year(parts: re.Match[str]) -> bool:
    return parts["mark"] == "-" and len(parts["one"]) == 4
