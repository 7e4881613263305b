"""Cells of a workbook: texts are text, scores and dates are numbers; nothing in it runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from assessment.languages import points_shown
from assessment.reports.document import PAPER
from assessment.reports.xml_text import xml_text
from assessment.wording.parts import Cell


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

    def sheet(
        self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[object]]
    ) -> None:
        """A new sheet: its columns' heads and widths in characters, then its rows."""
        sheet = self.book.add_worksheet(name)
        for column, (head, width) in enumerate(columns):
            self.text(sheet, 0, column, head, self.bold)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for number, values in enumerate(rows, start=1):
            self._row(sheet, number, values)

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

    def _row(self, sheet: Any, row: int, values: Sequence[object]) -> None:
        """Texts, dates, and numbers with their look; what is missing stays empty."""
        for column, value in enumerate(values):
            match value:
                case str():
                    self.text(sheet, row, column, value, self.wrapped)
                case date():
                    sheet.write_datetime(row, column, value, self.day)
                case (int() | float() as number, look):
                    sheet.write_number(row, column, number, look)
