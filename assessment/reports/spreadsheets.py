"""Assessments as files that are safe to open in a spreadsheet program; pure.

A text that such a program would take for a formula gets an apostrophe, as OWASP advises
(https://owasp.org/www-community/attacks/CSV_Injection). What is stored stays raw, and `raw` takes
the apostrophes back exactly.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from assessment.model import Assessment, Framework
from assessment.storage.csv_rows import cells_in, columns, joined, line_of

FOR_SPREADSHEETS = "utf-8-sig"
SAFE_COLUMN = "spreadsheet_safe"
"""The last column of a spreadsheet-safe CSV: it tells that apostrophes were added to a row."""

SAFE = "yes"

NEVER_GUESS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Options that keep texts of a workbook texts, whatever they look like."""

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


def safe_csv(assessments: Iterable[Assessment], framework: Framework) -> bytes:
    """Assessments as CSV for spreadsheet programs: our columns, texts neutral, rows marked so."""
    names = columns(framework)
    lines = [joined((*names, SAFE_COLUMN))]
    for each in assessments:
        cells = cells_in(line_of(each, framework, width=len(names)).decode().removesuffix("\n"))
        lines.append(joined([*map(neutral, cells), SAFE]))
    return b"".join(lines).decode().encode(FOR_SPREADSHEETS)


def raw_line(line: bytes, *, mark: int) -> bytes:
    """A line of a spreadsheet-safe CSV without its apostrophes; unmarked lines as they are.

    `mark` is the place of the column that tells. Raises Refused and UnicodeDecodeError where
    the line is no row.
    """
    cells: Sequence[str] = cells_in(line.decode().removesuffix("\r"))
    if cells[mark : mark + 1] != [SAFE]:
        return line
    return joined([raw(cell) for cell in cells]).removesuffix(b"\n")


def workbook(assessments: Iterable[Assessment], framework: Framework) -> bytes:
    """Assessments as an XLSX workbook: texts are text, dates are dates, counts are numbers."""
    # Imported here, since most people never ask for a workbook.
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, **NEVER_GUESS}) as book:
        sheet = book.add_worksheet("assessments")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        names = (*columns(framework), ANSWERED_COLUMN)
        for at, name in enumerate(names):
            sheet.write_string(0, at, name, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(names) - 1, 16)
        for number, each in enumerate(assessments, start=1):
            texts = (
                str(each.assessment_id),
                each.saved_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
                "",
                each.squad,
                each.voice or "",
                each.role or "",
                each.framework,
                each.note,
                *(each.answers.get(item_id, "") for item_id in framework.item_ids),
            )
            for at, text in enumerate(texts):
                if text:
                    sheet.write_string(number, at, text)
            sheet.write_datetime(number, names.index("assessed_on"), each.assessed_on, day)
            sheet.write_number(number, len(names) - 1, len(each.answers))
    return file.getvalue()
