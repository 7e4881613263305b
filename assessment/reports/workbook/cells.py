"""Cells of a workbook: texts are text, scores and dates are numbers; nothing in it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment.languages import points_shown
from assessment.reports.document import PAPER
from assessment.reports.xml_text import xml_text
from assessment.wording.parts import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A sheet's column: its head, its width in characters, and what it says of a row.

    Numbers have the `look`; texts and dates have their own.
    """

    head: str
    width: int
    value: Callable[[Any], object]
    look: Any = None


class SheetCells:
    """Writes cells into one workbook, each kind of content in its own look."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.trouble = book.add_format({"bold": True, "font_color": PAPER.trouble})
        self.percent = book.add_format({"num_format": "0%", "valign": "top"})
        self.points = book.add_format({"num_format": "0.0", "valign": "top"})
        self.change = book.add_format({"num_format": "+0;−0;0", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
        """A new sheet: its columns' heads, then rows of values; missing ones stay empty."""
        sheet = self.book.add_worksheet(name)
        for index, column in enumerate(columns):
            self.text(sheet, 0, index, column.head, self.bold)
            sheet.set_column(index, index, column.width)
        sheet.freeze_panes(1, 0)
        for number, values in enumerate(rows, start=1):
            for index, (column, value) in enumerate(zip(columns, values, strict=True)):
                self._value(sheet, number, index, value, column.look)

    def text(self, sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
        """A text as it stands; nothing where it is empty."""
        if text:
            sheet.write_string(row, column, xml_text(text), look)

    def score(
        self, sheet: Any, row: int, column: int, cell: Cell, colours: tuple[str, str] | None
    ) -> None:
        """A score as the points shown, as a number; a dash where there is none."""
        look: dict[str, Any] = {"align": "center"}
        if colours:
            look["bg_color"], look["font_color"] = colours
        style = self.book.add_format(look)
        if cell.score is None:
            self.text(sheet, row, column, cell.shown, style)
        else:
            sheet.write_number(row, column, points_shown(cell.score), style)

    def _value(self, sheet: Any, row: int, column: int, value: object, look: Any) -> None:
        match value:
            case str():
                self.text(sheet, row, column, value, self.wrapped)
            case date():
                sheet.write_datetime(row, column, value, self.day)
            case int() | float():
                sheet.write_number(row, column, value, look)
