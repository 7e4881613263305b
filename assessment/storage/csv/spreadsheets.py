"""Files that a spreadsheet program saved, brought back to the contract's format; no I/O.

Such a file is told by its separators (semicolons, tabs), its byte order mark, its line ends
(CRLF), its encoding (Windows-1252) or its dates (03/11/2026). It is read where all of it can mean
one thing only; otherwise it is refused as a whole, with the way out. A decimal comma is read as
a point where three decimals do not make it look like a thousand.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Literal, get_args

from assessment.errors import Private, Refused, StorageError, template
from assessment.storage.columns import DECIMAL_COMMA, escaped, written_moment
from assessment.storage.csv.cells import BOM, UNPAIRED, cells_in, joined
from assessment.storage.csv.layouts import OTHER_WIDTH, Layout, unread

_SEVERAL_BYTES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜ«»’‘“”–—…•·€°§£\u00a0"
)
"""What people write in English and French: other letters say that Windows-1252 is a wrong guess."""

_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœŸ"
_ACCENTED = "À-ÖØ-öø-ÿ"
_NEVER_WESTERN = re.compile(
    rf"[{_LETTER}][“”–—•][{_LETTER}]"  # marks within a word
    rf"|[{_LETTER}]‘"  # one that opens, behind a letter
    rf"|[a-zß-öø-ÿœ][À-ÖØ-ÞŒ]|[A-Z][À-ÖØ-ÞŒ][a-z]"  # a capital within a word
    rf"|(?<![{_LETTER}])[{_ACCENTED}]{{3,}}(?![{_LETTER}])"  # no plain letter in a word
    rf"|(?<![{_LETTER}\d])(?![ÀàÔôØø])[{_ACCENTED}](?![{_LETTER}\d’'])"  # a letter by itself
    rf"|[øØ][{_ACCENTED}]|[{_ACCENTED}][øØ]"
)
"""What French and English never look like: so another encoding was taken for Windows-1252."""

_TAKEN_FOR = ("cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257")
"""What a spreadsheet program takes UTF-8 without a byte order mark for, on some computer."""

_DOUBLED = re.compile("[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸŽ]|â€.")

_NUMBERS = r"(?P<one>\d{1,4})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<three>\d{1,4})"
_DATE = re.compile(_NUMBERS, re.ASCII)
_TIME = re.compile(
    _NUMBERS + r"[T ](?P<hour>\d{1,2}):(?P<minute>\d\d)(:(?P<second>\d\d)([.,](?P<part>\d{1,6}))?)?"
    r"( ?(?P<half>[AaPp])\.?[Mm]\.?)?(?P<offset>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_A_DAY = timedelta(days=1)
_Order = Literal["day first", "month first"]
_Cells = list[str]
_Date = date | str
"""A day or a moment, or a cell that is none, as it stands."""
_Dates = dict[str, _Date]
_Rows = list[tuple[int, _Cells]]  # with their lines

PACKED_BEGINNING = b"PK\x03\x04"
"""How a ZIP with files in it begins."""

_XLS_OR_ODS = re.compile(
    rb"\xd0\xcf\x11\xe0|PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet",
    re.DOTALL,
)
_LISTED_IN_XLSX = re.compile(rb"PK\x01\x02.{42}xl/workbook\.", re.DOTALL)

WORKBOOK = template(
    "{file}: this is a workbook of a spreadsheet program (.xlsx, .xls, .ods), not a CSV file; save "
    "the sheet as CSV UTF-8, {then}"
)
PACKED = template("{file}: this is a ZIP, not a CSV file; unpack it, {then}")
MIXED_ENCODING = template(
    "{file}: a spreadsheet program saved this file in an encoding that cannot be told for sure; "
    "save it again as CSV UTF-8, {then}"
)
BROKEN_TABLE = template(
    "{file}: a spreadsheet program saved this file, and line {line} does not fit its header "
    "({reason}); correct that line there and save again as CSV UTF-8, {then}"
)
ODD_DATE = template(
    "{file}: a spreadsheet program rewrote the dates, and '{found}' on line {line} is no date "
    "(years take four digits); correct that cell there and save again as CSV UTF-8, {then}"
)
LATE_DATE = template(
    "{file}: '{found}' on line {line} comes after the {column} of its row, '{limit}'; correct one "
    "of these cells and save again as CSV UTF-8, {then}"
)
SEPARATOR_LINE = template(
    "{file}: the first line tells a spreadsheet program the separator; delete that line, so that "
    "the header comes first, and save again as CSV UTF-8, {then}"
)
EMPTY_FIRST_LINE = template(
    "{file}: the first line is empty; delete it, so that the header comes first, and save again as "
    "CSV UTF-8, {then}"
)
OLD_LINE_ENDS = template(
    "{file}: the lines of this file end as on an old Mac (CR alone); save it again as CSV UTF-8, "
    "{then}"
)
UNSURE_DATES = template(
    "{file}: a spreadsheet program rewrote the dates, and '{found}' on line {line} can be read in "
    "two ways or in none; give days the format 2026-11-03 and the column saved_at the format "
    "2026-11-03 09:30:00 there and save again as CSV UTF-8, {then}"
)
UNSURE_DAYS = template(
    "{file}: a spreadsheet program rewrote the dates, and '{found}' on line {line} can be read in "
    "two ways or in none; give days the format 2026-11-03 there and save again as CSV UTF-8, {then}"
)


def in_contract_format(
    data: bytes, layout: Layout[Any], *, file: str, arriving: bool = False
) -> bytes:
    """The same rows as the store writes them, one line each, under the same line numbers.

    `data` itself where no spreadsheet program left its marks. In a file that is `arriving` a text
    may have several lines, and with semicolons days come before months where both orders fit. Times
    without offset count as UTC, which is what stood there before. Raises StorageError where the
    encoding, the columns or the dates can be read in more than one way.
    """
    data = as_utf8(data, file=file)
    if hint := hint_of(data):
        raise unread(hint, file=file)
    separator = _separator(data, layout, broken=arriving and _has_line_breaks(data))
    if separator is None:
        return data
    try:
        table = _table(data, separator, layout, file=file)
    except StorageError as error:
        if separator == "," and (error.template != MIXED_ENCODING or not is_utf8(data)):
            return data
        raise
    is_told = arriving and table.breaks > 0
    if separator == "," and not is_told and not table.saved_by_a_spreadsheet(data, layout):
        return data
    _give_our_dates(table, layout, file=file, is_day_first=arriving and separator == ";")
    _give_our_numbers(table, layout)
    return b"".join(joined(row) if any(row) else b"\n" for row in table.rows)


def as_utf8(data: bytes, *, file: str) -> bytes:
    """A file in UTF-8, where its byte order mark says UTF-16, as Excel's "Unicode text" does."""
    if not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data
    try:
        return BOM + data.decode("utf-16").encode()
    except UnicodeError as error:  # cut in the middle of a character
        raise unread(MIXED_ENCODING, file=file) from error


def hint_of(data: bytes) -> str | None:
    """What a person has to do before the header of a file can be read, as a template."""
    if is_workbook(data):
        return WORKBOOK
    if data.startswith(PACKED_BEGINNING):
        return PACKED
    start = data.removeprefix(BOM)
    first = start.partition(b"\n")[0]
    if first.lower().startswith(b"sep="):
        return SEPARATOR_LINE
    if b"\r" in first.rstrip(b"\r") and b"\n" not in data:
        return OLD_LINE_ENDS
    if start and not first.strip(b"\r,;\t ") and not is_blank(data):
        return EMPTY_FIRST_LINE
    return None


def is_blank(data: bytes) -> bool:
    """Whether a file holds nothing but separators and line ends, not even a header."""
    return not data.removeprefix(BOM).strip(b"\r\n,;\t ")


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook of a spreadsheet program, as it keeps them itself."""
    is_xlsx = data.startswith(b"PK") and _LISTED_IN_XLSX.search(data)
    return bool(is_xlsx or _XLS_OR_ODS.match(data))


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
    """A file's rows, header first, an empty list for a blank line; `narrow` where some lack cells.

    A row within whose texts lines break, `breaks` many in all, is followed by as many blank ones.
    """

    rows: list[_Cells]
    narrow: bool
    breaks: int

    @property
    def filled(self) -> _Rows:
        """The rows below the header that are not blank."""
        return [(number, row) for number, row in enumerate(self.rows[1:], start=2) if any(row)]

    def saved_by_a_spreadsheet(self, data: bytes, layout: Layout[Any]) -> bool:
        """Whether a file with commas bears another mark of a spreadsheet program."""
        moment, day = _always_dated(layout)
        rows = [row for _, row in self.filled]
        if rows and (
            all(_is_rewritten_day(row[day]) for row in rows)
            or all(_is_rewritten_moment(row[moment]) for row in rows)
        ):
            return True
        if self.narrow:  # a row that lacks cells may as well have been torn
            return False
        line_ends = data.count(b"\n") - self.breaks
        all_crlf = 0 < line_ends <= data.count(b"\r\n")
        return data.endswith(b"\n") and (all_crlf or data.startswith(BOM) or not is_utf8(data))


def _always_dated(layout: Layout[Any]) -> tuple[int, int]:
    """The places of a moment and a day that every row tells; of the moment, where no day is."""
    moment = next(name for name in layout.moments if name in layout.required)
    day = next((name for name in layout.days if name in layout.required), moment)
    return layout.fixed.index(moment), layout.fixed.index(day)


def _has_line_breaks(data: bytes) -> bool:
    """Whether a quoted text may go on behind the end of its line."""
    return b'"' in data and any(line.count(b'"') % 2 for line in data.split(b"\n"))


def _separator(data: bytes, layout: Layout[Any], *, broken: bool) -> str | None:
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
    if marked or broken or not is_utf8(data) or _starts_with_rewritten_dates(rest, layout):
        return separator.decode()
    return None


def _starts_with_rewritten_dates(rows: bytes, layout: Layout[Any]) -> bool:
    first = re.search(rb"[^\r\n]+", rows)
    moment, day = _always_dated(layout)
    try:
        cells = cells_in(first[0].decode()) if first else []
    except (Refused, UnicodeDecodeError):
        return False
    return len(cells) >= layout.needed and (
        _is_rewritten_day(cells[day]) or _is_rewritten_moment(cells[moment])
    )


def _table(data: bytes, separator: str, layout: Layout[Any], *, file: str) -> _Table:
    text = _encoded_once(data.decode("utf-8-sig")) if is_utf8(data) else _western_text(data)
    if text is None:
        raise unread(MIXED_ENCODING, file=file)
    rows: list[_Cells] = []
    narrow, breaks = False, 0
    for number, line, more in _whole_lines(text):
        header = rows[0] if rows else None
        try:
            cells = _row(line, separator, header, layout)
        except Refused as reason:
            raise unread(BROKEN_TABLE, file=file, line=number, reason=reason) from reason
        # Excel leaves out the last separators where sixteen rows have nothing behind them.
        missing = len(header or ()) - len(cells) if cells else 0
        narrow = narrow or missing > 0
        rows += [cells + [""] * missing, *([[]] * more)]
        breaks += more
    return _Table(rows, narrow, breaks)


def _row(line: str, separator: str, header: _Cells | None, layout: Layout[Any]) -> _Cells:
    """A line's cells, none of a blank one; Refused where they do not fit the header before it."""
    cells = list(cells_in(line.removesuffix("\r"), separator=separator))
    least, most = (layout.needed, len(header)) if header else (len(layout.fixed), len(cells))
    if not any(cells):
        return []
    if not least <= len(cells) <= most:
        raise Refused(OTHER_WIDTH, found=len(cells), expected=most)
    return _unbroken(cells, header or (), layout) if "\n" in line else cells


def _whole_lines(text: str) -> Iterator[tuple[int, str, int]]:
    """Lines by number, each with as many of those behind it as its quotes take to pair up."""
    lines = enumerate(text.removesuffix("\n").split("\n"), start=1)
    for number, line in lines:
        parts, quotes = [line], line.count('"')
        while quotes % 2 and (following := next(lines, None)):
            parts.append(following[1])
            quotes += following[1].count('"')
        yield number, "\n".join(parts), len(parts) - 1


def _unbroken(cells: _Cells, header: Sequence[str], layout: Layout[Any]) -> _Cells:
    """A row with line breaks as we write them; Refused where a text has some that takes none."""
    one_line = {name for name in layout.columns if name not in layout.texts}
    if any("\n" in cell for name, cell in zip(header, cells, strict=False) if name in one_line):
        raise Refused(UNPAIRED)
    return [cell.replace("\r\n", "\n").replace("\n", escaped("\n")) for cell in cells]


def _western_text(data: bytes) -> str | None:
    """Bytes as Windows-1252, or None where they may be anything else."""
    if _SEVERAL_BYTES.search(data):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if _NEVER_WESTERN.search(text):
        return None
    return text if all(c.isascii() or c in _WESTERN for c in text) else None


def _encoded_once(text: str) -> str | None:
    """A text as it was before a program that took UTF-8 for another encoding encoded it again.

    It is known by this: all of its letters beyond ASCII are, in one such encoding, the bytes of
    UTF-8. None where most are and some are not, since then nobody can tell.
    """
    if text.isascii():
        return text
    readings = {once for name in _TAKEN_FOR if (once := _taken_for(text, name)) is not None}
    if len(readings) == 1:
        return readings.pop()
    doubled = sum(len(pair) for pair in _DOUBLED.findall(text))
    others = sum(not character.isascii() for character in text)
    return None if readings or doubled * 2 > others else text


def _taken_for(text: str, encoding: str) -> str | None:
    """The text of which the bytes in UTF-8 read as this one in another encoding, if there is."""
    beyond = "".join(character for character in text if not character.isascii())
    try:
        _bytes_in(beyond, encoding).decode()
        return _bytes_in(text, encoding).decode()
    except UnicodeError:
        return None


def _bytes_in(text: str, encoding: str) -> bytes:
    """A text's bytes; what Windows leaves undefined stands for itself there."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b"".join(
            bytes([ord(c)]) if "\x80" <= c <= "\x9f" else c.encode(encoding) for c in text
        )


# Numbers ------------------------------------------------------------------------------------------


def _give_our_numbers(table: _Table, layout: Layout[Any]) -> None:
    columns = [at for at, name in enumerate(table.rows[0]) if name in layout.numbers]
    for _, row in table.filled:
        for at in columns:
            if DECIMAL_COMMA.fullmatch(row[at]):
                row[at] = row[at].replace(",", ".")


# Dates --------------------------------------------------------------------------------------------


class _Odd(Refused):
    """Why a row does not fit an order of day and month, but for where it stands."""


def _give_our_dates(table: _Table, layout: Layout[Any], *, file: str, is_day_first: bool) -> None:
    """Rewrite days and moments as we do, where exactly one order of day and month fits all.

    Where both do, the day may be known to come first.
    """
    header = table.rows[0]  # an older file lacks columns, and columns of others may stand between
    columns = {n: header.index(n) for n in (*layout.days, *layout.moments) if n in header}
    rows = table.filled
    by_order = [_dates_in_order(rows, columns, order, layout) for order in get_args(_Order)]
    readings = [reading for reading, odd in by_order if not odd]
    are_alike = all(reading == readings[0] for reading in readings)
    if not readings or not (are_alike or is_day_first):
        raise _unsure(rows, columns, [odd for _, odd in by_order], file=file)
    for (_, row), dates in zip(rows, readings[0], strict=True):
        for name, value in dates.items():
            row[columns[name]] = _written(value)


def _dates_in_order(
    rows: _Rows, columns: Mapping[str, int], order: _Order, layout: Layout[Any]
) -> tuple[list[_Dates], "dict[int, _Odd]"]:
    """The dates of each row in one order of day and month; by line, the cells that forbid it."""
    reading: list[_Dates] = []
    odd: dict[int, _Odd] = {}
    for number, row in rows:
        try:
            cells = {name: row[at] for name, at in columns.items()}
            reading.append(_dates_in(cells, order, layout))
        except _Odd as error:
            odd[number] = error
    return reading, odd


def _unsure(
    rows: _Rows, columns: Mapping[str, int], odd: "list[dict[int, _Odd]]", *, file: str
) -> StorageError:
    """Why no order of day and month is the only one: a row that none fits, else the first one."""
    in_none = set.intersection(*(set(lines) for lines in odd))
    if in_none and (fitting := next((lines for lines in odd if set(lines) == in_none), None)):
        line = min(in_none)
        return unread(fitting[line].template, file=file, line=line, **fitting[line].fields)
    cells = [(number, row[at]) for number, row in rows for at in columns.values()]
    rewritten = (at for at in cells if _is_rewritten(at[1]))
    line, cell = next(rewritten, cells[0])
    saved = columns.get("saved_at")
    lacks_times = saved is not None and not any(row[saved] for _, row in rows)
    reason = UNSURE_DAYS if lacks_times else UNSURE_DATES
    return unread(reason, file=file, line=line, found=Private(cell))


def _dates_in(cells: Mapping[str, str], order: _Order, layout: Layout[Any]) -> _Dates:
    """A row's dates in one order of day and month; _Odd where it contradicts that order.

    It does so by a thirteenth month, and by a day after the one that it comes before. What no
    program rewrote contradicts nothing: reading its row says whether it fits.
    """
    dates = {
        name: _read(cell, order, is_moment=name in layout.moments) for name, cell in cells.items()
    }
    for column in layout.kind.own_columns:
        first, second = column.not_before or "", column.name
        if _lies_after(dates.get(first, ""), dates.get(second, "")) and (
            _is_rewritten(cells[first]) or _is_rewritten(cells[second])
        ):
            limit = Private(cells[second])
            raise _Odd(LATE_DATE, found=Private(cells[first]), column=second, limit=limit)
    return dates


def _lies_after(first: _Date, second: _Date) -> bool:
    if isinstance(first, str) or isinstance(second, str):
        return False
    if isinstance(second, datetime):
        return first - second.date() > _A_DAY  # elsewhere it may be tomorrow already
    return first > second


def _read(text: str, order: _Order, *, is_moment: bool) -> _Date:
    """A cell as a day or moment; what is neither as it stands, or _Odd where it was rewritten."""
    parts = (_TIME if is_moment else _DATE).fullmatch(text.strip())
    try:
        return (_moment if is_moment else _day)(parts, order) if parts else text
    except (ValueError, OverflowError) as error:  # also at either end of the calendar
        if _is_rewritten(text):
            raise _Odd(ODD_DATE, found=Private(text)) from error
        return text


def _moment(parts: re.Match[str], order: _Order) -> datetime:
    """The moment in a cell; a time without offset is in UTC."""
    hour = int(parts["hour"])
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(parts[0])
        hour = hour % 12 + (12 if parts["half"] in "Pp" else 0)
    micro = int((parts["part"] or "").ljust(6, "0"))
    clock = time(hour, int(parts["minute"]), int(parts["second"] or 0), micro)
    return datetime.combine(_day(parts, order), clock, _zone(parts["offset"])).astimezone(UTC)


def _day(parts: re.Match[str], order: _Order) -> date:
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


def _is_rewritten(text: str) -> bool:
    return _is_rewritten_day(text) or _is_rewritten_moment(text)


def _is_rewritten_day(text: str) -> bool:
    parts = _DATE.fullmatch(text.strip())
    return parts is not None and not (_starts_with_year(parts) and len(text) == 10)


def _is_rewritten_moment(text: str) -> bool:
    parts = _TIME.fullmatch(text.strip())
    return parts is not None and not (_starts_with_year(parts) and parts["offset"])


def _starts_with_year(parts: re.Match[str]) -> bool:
    return parts["mark"] == "-" and len(parts["one"]) == 4
