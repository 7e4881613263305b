"""A take-away as an Excel workbook: the summary, every level, every lever; nothing in it runs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from assessment.charts.style import Style
from assessment.languages import points_shown
from assessment.reports.briefing import Briefing, Cell, Overview
from assessment.reports.spreadsheets import NEVER_GUESS
from assessment.reports.xml_text import xml_text

PAPER = Style(dark=False)


def briefing_workbook(briefing: Briefing) -> bytes:
    """The take-away as an XLSX file: texts are text, scores and points are numbers."""
    # Imported here, since most people never ask for a workbook.
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, **NEVER_GUESS}) as book:
        book.set_properties({"title": xml_text(briefing.title), "author": briefing.product})
        sheets = _Sheets(briefing, book)
        sheets.add_summary()
        sheets.add_levels()
        sheets.add_levers()
    return file.getvalue()


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, briefing: Briefing, book: Any) -> None:
        self._ = briefing.edition.words.gettext
        self.briefing = briefing
        self.book = book
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.verdict = book.add_format({"bold": True, "font_size": 14})
        self.sample = book.add_format({"bold": True, "font_color": PAPER.trouble})
        self.percent = book.add_format({"num_format": "0%", "valign": "top"})
        self.points = book.add_format({"num_format": "0.0", "valign": "top"})
        self.change = book.add_format({"num_format": "+0;−0;0", "valign": "top"})

    def add_summary(self) -> None:
        """The verdict, then squads by levels in the colours of the heat map."""
        briefing, sheet = self.briefing, self.book.add_worksheet(self._("Summary"))
        overview = briefing.overview
        notes = overview.notes if overview else briefing.squads[0].notes
        self._text(sheet, 0, 0, briefing.verdict, self.verdict)
        self._text(sheet, 1, 0, briefing.heading)
        if briefing.badge:
            self._text(sheet, 2, 0, briefing.badge, self.sample)
        for number, note in enumerate(notes, start=3):
            self._text(sheet, number, 0, note)
        if overview:
            self._heat_map(sheet, overview, first=4 + len(notes))

    def add_levels(self) -> None:
        """One row per squad and level, as the charts are drawn from."""
        head = (
            self._("Squad"),
            self._("Level"),
            self._("Score"),
            self._("Stage"),
            self._("Coverage"),
            self._("Change"),
            self._("Held back by"),
            self._("Sample data"),
        )
        sheet = self._sheet(self._("Levels"), head, widths=(32, 30, 8, 16, 11, 8, 50, 16))
        number = 0
        for part in self.briefing.squads:
            for level in part.levels.to_dict("records"):
                number += 1
                self._text(sheet, number, 0, level["squad"])
                self._text(sheet, number, 1, level["level_name"])
                self._number(sheet, number, 2, level["score"], self.points)
                self._text(sheet, number, 3, level["stage_name"] or self._("not enough answers"))
                self._number(sheet, number, 4, level["coverage"], self.percent)
                self._number(sheet, number, 5, level["change"], self.change)
                self._text(sheet, number, 6, level["limits"])
                self._text(sheet, number, 7, part.badge or "")

    def add_levers(self) -> None:
        """The shared levers first, then each squad's own."""
        head = (
            self._("Squad"),
            self._("Lever"),
            self._("Gain"),
            self._("Why"),
            self._("Whose move"),
            self._("First step, within 30 days"),
        )
        sheet = self._sheet(self._("Levers"), head, widths=(32, 34, 8, 60, 20, 70))
        overview = self.briefing.overview
        shared = [("", lever) for lever in overview.levers] if overview else []
        own = [(part.squad, lever) for part in self.briefing.squads for lever in part.levers]
        for number, (squad, lever) in enumerate([*shared, *own], start=1):
            texts = {
                0: squad or self._("All squads shown"),
                1: lever.title,
                3: lever.where,
                4: lever.owners,
                5: lever.step,
            }
            for at, text in texts.items():
                self._text(sheet, number, at, text, self.wrapped)
            self._number(sheet, number, 2, lever.points, self.points)

    def _heat_map(self, sheet: Any, overview: Overview, *, first: int) -> None:
        head = (self._("Squad"), *overview.columns, self._("Overall"), self._("Voices"))
        for at, text in enumerate((*head, "")):
            self._text(sheet, first, at, text, self.bold)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, len(overview.columns) + 1, 11)
        sheet.set_column(len(overview.columns) + 2, len(overview.columns) + 3, 26)
        for number, row in enumerate(overview.rows, start=first + 1):
            self._text(sheet, number, 0, row.squad)
            for at, cell in enumerate((*row.cells, row.overall), start=1):
                self._score(sheet, number, at, cell, coloured=at <= len(row.cells))
            self._text(sheet, number, len(row.cells) + 2, row.voices)
            self._text(sheet, number, len(row.cells) + 3, row.since)

    def _score(self, sheet: Any, number: int, at: int, cell: Cell, *, coloured: bool) -> None:
        """A score as the points shown, as a number; a dash where there is none."""
        look: dict[str, Any] = {"align": "center"}
        if cell.score is None:
            self._text(sheet, number, at, cell.shown, self.book.add_format(look))
            return
        if coloured:
            look["bg_color"], look["font_color"] = PAPER.heat(cell.score)
        sheet.write_number(number, at, points_shown(cell.score), self.book.add_format(look))

    def _sheet(self, name: str, head: Sequence[str], *, widths: Iterable[int]) -> Any:
        sheet = self.book.add_worksheet(name)
        for at, text in enumerate(head):
            self._text(sheet, 0, at, text, self.bold)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 0)
        return sheet

    def _number(self, sheet: Any, number: int, at: int, value: float, look: Any) -> None:
        if not pd.isna(value):
            sheet.write_number(number, at, value, look)

    def _text(self, sheet: Any, number: int, at: int, text: str, look: Any = None) -> None:
        if text:
            sheet.write_string(number, at, xml_text(text), look)
