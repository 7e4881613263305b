"""Cells of a workbook: texts are text, scores and dates are numbers; nothing in it runs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from assessment.exchange.spreadsheets import FIRST_DAY
from assessment.languages import CAPPED, LEAKS, Words, points_shown
from assessment.reports.document import PAPER, colours_of
from assessment.reports.xml_text import xml_text
from assessment.wording.parts import Cell

LINE = 15
"""Points that a line of text takes; not every program finds a row's height by itself."""

INDENT = 2
"""Characters by which texts stand off the numbers before them, which columns have beside."""

A4 = 9
"""The paper, as Excel counts them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A sheet's column: its head, its width in characters, and what it says of a row.

    Numbers have the `look`; texts and dates have their own.
    """

    head: str
    width: int
    value: Callable[[Any], object]
    look: Any = None


@dataclass(frozen=True, slots=True)
class Staged:
    """A stage's word, to be set on its colour."""

    text: str
    stage: int | None


class SheetCells:
    """Writes cells into one workbook, each kind of content in its own look."""

    def __init__(self, book: Any, footer: str, words: Words) -> None:
        self.book = book
        self.footer = footer
        wrap = {"text_wrap": True, "valign": "top"}
        self.bold = book.add_format({**wrap, "bold": True})
        self.head = book.add_format({**wrap, "bold": True, "bg_color": PAPER.track})
        self.wrapped = book.add_format({**wrap, "align": "left", "indent": 1})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.trouble = book.add_format({"bold": True, "font_color": PAPER.trouble})
        percent = words.gettext("{number}%").format(number='0"').replace("%", '"%')
        self.percent = book.add_format({"num_format": percent.replace('""', ""), "valign": "top"})
        self.points = book.add_format({"num_format": "0.0", "valign": "top"})
        self.change = book.add_format({"num_format": "+0;−0;0", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> Any:
        """A new sheet: a table of rows with filters under its columns' heads, ready to print."""
        sheet, values = self.book.add_worksheet(name), list(rows)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width + INDENT)
        if values:  # no table is without a row
            heads = [{"header": xml_text(column.head)} for column in columns]
            look = {"columns": heads, "style": "Table Style Light 1", "banded_rows": False}
            sheet.add_table(0, 0, len(values), len(columns) - 1, look)
        for index, column in enumerate(columns):
            self.text(sheet, 0, index, column.head, self.head)
        sheet.set_row(0, LINE * _lines(columns, [column.head for column in columns]))
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(values, start=1):
            sheet.set_row(number, LINE * _lines(columns, row))
            for index, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._value(sheet, number, index, value, column.look)
        self.print_on_paper(sheet, heads=1)
        return sheet

    def print_on_paper(self, sheet: Any, *, heads: int = 0) -> None:
        """Set a sheet up for paper: across, one page wide, its heads on each page, numbered."""
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        if heads:
            sheet.repeat_rows(0, heads - 1)
        sheet.set_footer(f"&L{self.footer.replace('&', '&&')}&C&A&R&P / &N")

    def stage(self, sheet: Any, row: int, column: int, staged: Staged) -> None:
        """A stage's word on its colour; as plain text where there is no stage."""
        look = self.wrapped
        if staged.stage is not None:
            fill, ink = PAPER.staged(staged.stage)
            colours = {"bg_color": fill, "font_color": ink, "bold": True}
            look = self.book.add_format({**colours, "valign": "top", "align": "left", "indent": 1})
        self.text(sheet, row, column, staged.text, look)

    def text(self, sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
        """A text as it stands; nothing where it is empty."""
        if text:
            sheet.write_string(row, column, xml_text(text), look)

    def lines(self, sheet: Any, lines: Iterable[str], *, first: int) -> None:
        """Texts one under the other, from a row on."""
        for row, line in enumerate(lines, start=first):
            self.text(sheet, row, 0, line)

    def score(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        """A level's score as the points shown, a number with its mark; else the cell's text."""
        look: dict[str, Any] = {"align": "center"}
        if colours := colours_of(cell):
            look["bg_color"], look["font_color"] = colours
        before = f'"{LEAKS[cell.stage]} "' if cell.stage in LEAKS else ""
        behind = f'"{CAPPED}"' if cell.shown.endswith(CAPPED) else ""
        if before or behind:
            look["num_format"] = f"{before}0{behind}"
        style = self.book.add_format(look)
        if cell.score is not None and cell.stage is not None:
            sheet.write_number(row, column, points_shown(cell.score), style)
        else:
            self.text(sheet, row, column, cell.shown, style)

    def _value(self, sheet: Any, row: int, column: int, value: object, look: Any) -> None:
        match value:
            case str():
                self.text(sheet, row, column, value, self.wrapped)
            case Staged():
                self.stage(sheet, row, column, value)
            case date() if value.year >= FIRST_DAY.year:
                sheet.write_datetime(row, column, value, self.day)
            case date():
                self.text(sheet, row, column, value.isoformat())
            case int() | float():
                sheet.write_number(row, column, value, look)


def _lines(columns: Sequence[Column], row: Sequence[object]) -> int:
    """How many lines the longest text of a row takes in its column."""
    return max(
        ceil(len(value) / column.width) if isinstance(value, str) and value else 1
        for column, value in zip(columns, row, strict=True)
    )
