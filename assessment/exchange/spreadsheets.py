"""Records as files that are safe to open in a spreadsheet program; pure.

A text that such a program would take for a formula gets an apostrophe, as OWASP advises
(https://owasp.org/www-community/attacks/CSV_Injection). What is stored stays raw, and `raw` takes
the apostrophes back exactly.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from assessment.errors import Refused
from assessment.model import Framework
from assessment.storage.columns import DECIMAL_COMMA, unescaped
from assessment.storage.csv.cells import BOM, cells_in, joined
from assessment.storage.csv.layouts import Layout, layouts
from assessment.storage.kinds import ASSESSMENTS, Kind, R, by_kind
from assessment.storage.protocol import Record

FOR_SPREADSHEETS = "utf-8-sig"
SEPARATORS = (",", ";")
"""What spreadsheet programs split at, each where some language is read."""

SAFE_COLUMN = "spreadsheet_safe"
"""The last column of a spreadsheet-safe CSV: it tells that apostrophes were added to a row."""

SAFE = "yes"

NEVER_GUESS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options that keep texts of a workbook texts, whatever they look like."""

FIRST_DAY = date(1900, 1, 1)
"""The first day that workbooks know."""

ANSWERED_COLUMN = "answered"

# A cell begins where the text does, and after whatever a program may split it at: a separator, a
# line end, a quote that ends the quoting. Only there apostrophes are added, and none of these
# signs is one, so the same places are found again when they are taken back.
_SPLITS = r',;|"\t\r\n'
_INVISIBLE = rf"(?:[^\S{_SPLITS}]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])*"
_NUMBER = rf"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[{_SPLITS}]|\Z)"
_TRIGGER = r"[=＝﹦⁼₌+＋﹢⁺₊\-－﹣@＠﹫\t\r\n]"
_BEGINS_A_FORMULA = rf"(?:\A|(?<=[{_SPLITS}]))(?='*{_INVISIBLE}(?!{_NUMBER}){_TRIGGER})"
_TO_MARK = re.compile(_BEGINS_A_FORMULA)
_MARKED = re.compile(_BEGINS_A_FORMULA + "'")


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before each trigger.

    Triggers are = + - @, their full-width and small forms, tab and line ends, at the start and
    after separators and quotes. Plain numbers, also negative ones, stay as they are.
    """
    return _TO_MARK.sub("'", text)


def raw(text: str) -> str:
    """The text of which `neutral` made this one; exact for every text."""
    return _MARKED.sub("", text)


def safe_csv(
    kind: Kind[R], records: Iterable[R], framework: Framework, *, separator: str = ","
) -> bytes:
    """Records as CSV for spreadsheet programs: our columns, texts neutral, rows marked so."""
    layout = Layout(kind, framework)
    header = joined((*layout.columns, SAFE_COLUMN), separator=separator)
    rows = (safe_line(layout, record, separator) for record in records)
    return b"".join([header, *rows]).decode().encode(FOR_SPREADSHEETS)


def safe_line(layout: Layout[R], record: R, separator: str) -> bytes:
    """A row of such a file; a program that splits at semicolons reads decimal commas as well."""
    cells = dict(zip(layout.columns, layout.row_of(record), strict=True))
    if separator == ";":
        in_commas = {name: cells[name].replace(".", ",") for name in layout.numbers}
        cells |= {n: cell for n, cell in in_commas.items() if DECIMAL_COMMA.fullmatch(cell)}
    return joined([*map(neutral, cells.values()), SAFE], separator=separator)


def without_apostrophes(data: bytes) -> bytes:
    """A spreadsheet-safe CSV with the texts as they were; unmarked rows and other files as is."""
    lines = data.split(b"\n")
    try:
        mark = cells_in(lines[0].removeprefix(BOM).decode().removesuffix("\r")).index(SAFE_COLUMN)
    except ValueError:  # no row, no text, or none of our marks
        return data
    return b"\n".join([lines[0], *(_raw_line(line, mark=mark) for line in lines[1:])])


def _raw_line(line: bytes, *, mark: int) -> bytes:
    """A line without its apostrophes, where it is a row that is marked so."""
    try:
        cells: Sequence[str] = cells_in(line.decode().removesuffix("\r"))
    except (Refused, UnicodeDecodeError):
        return line  # reading it says why
    if cells[mark : mark + 1] != [SAFE]:
        return line
    return joined([raw(cell) for cell in cells]).removesuffix(b"\n")


def workbook(records: Iterable[Record], framework: Framework) -> bytes:
    """Records as an XLSX workbook, a sheet per kind: texts, days and numbers as what they are."""
    # Imported here, since most people never ask for a workbook.
    from xlsxwriter import Workbook

    file, records_by_kind = io.BytesIO(), by_kind(records)
    as_days = {"default_date_format": "yyyy-mm-dd"}
    with Workbook(file, {"in_memory": True, **NEVER_GUESS, **as_days}) as book:
        bold = book.add_format({"bold": True})
        for layout in (layout for layout in layouts(framework) if layout.kind.may_leave):
            sheet = book.add_worksheet(layout.kind.stored_as)
            counts = (ANSWERED_COLUMN,) if layout.kind is ASSESSMENTS else ()
            sheet.write_row(0, 0, (*layout.columns, *counts), bold)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(layout.columns) + len(counts) - 1, 16)
            as_values: dict[str, Callable[[str], object]] = {
                **dict.fromkeys(layout.days, _day),
                **dict.fromkeys(layout.numbers, float),
                **dict.fromkeys(layout.texts, unescaped),
            }
            for row, record in enumerate(records_by_kind[layout.kind.name], start=1):
                cells = zip(layout.columns, layout.row_of(record), strict=True)
                values = [as_values.get(name, str)(cell) if cell else "" for name, cell in cells]
                sheet.write_row(row, 0, [*values, *[len(record.answers) for _ in counts]])
    return file.getvalue()


def _day(cell: str) -> object:
    """A day as workbooks know it; a text where it lies before the first that they know."""
    return date.fromisoformat(cell) if cell >= FIRST_DAY.isoformat() else cell
