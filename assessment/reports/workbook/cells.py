"""Cells of a workbook: texts are text, scores and dates are numbers; nothing in it runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from assessment.charts.style import Style
from assessment.languages import points_shown
from assessment.reports.xml_text import xml_text
from assessment.wording.parts import Cell

PAPER = Style(dark=False)


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

    def sheet(self, name: str, columns: Sequence[tuple[str, int]]) -> Any:
        """A new sheet with its columns' heads and widths."""
        sheet = self.book.add_worksheet(name)
        for at, (head, width) in enumerate(columns):
            self.text(sheet, 0, at, head, self.bold)
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 0)
        return sheet

    def row(self, sheet: Any, number: int, values: Sequence[object]) -> None:
        """A row of texts, dates, and numbers with their look; what is missing stays empty."""
        for at, value in enumerate(values):
            match value:
                case str():
                    self.text(sheet, number, at, value, self.wrapped)
                case date():
                    sheet.write_datetime(number, at, value, self.day)
                case (int() | float() as found, look):
                    self.number(sheet, number, at, found, look)

    def number(self, sheet: Any, number: int, at: int, value: float, look: Any) -> None:
        """A number; nothing where it is missing."""
        if not pd.isna(value):
            sheet.write_number(number, at, value, look)

    def text(self, sheet: Any, number: int, at: int, text: str, look: Any = None) -> None:
        """A text as it stands; nothing where it is empty."""
        if text:
            sheet.write_string(number, at, xml_text(text), look)

    def score(self, sheet: Any, number: int, at: int, cell: Cell, *, coloured: bool) -> None:
        """A score as the points shown, as a number; a dash where there is none."""
        look: dict[str, Any] = {"align": "center"}
        if cell.score is None:
            self.text(sheet, number, at, cell.shown, self.book.add_format(look))
            return
        if coloured:
            look["bg_color"], look["font_color"] = PAPER.heat(cell.score)
        sheet.write_number(number, at, points_shown(cell.score), self.book.add_format(look))
