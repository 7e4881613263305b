"""A take-away as an Excel workbook, a sheet per kind of fact; nothing in it runs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from assessment.exchange.spreadsheets import NEVER_GUESS
from assessment.reports.workbook.cells import SheetCells
from assessment.reports.workbook.deep_sheets import add_deep_sheets
from assessment.reports.xml_text import xml_text
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.overview import Overview
from assessment.wording.parts import FitRow


def briefing_workbook(briefing: Briefing) -> bytes:
    """The take-away as an XLSX file: texts are text, scores, points and dates are numbers."""
    # Imported here, since most people never ask for a workbook.
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, **NEVER_GUESS}) as book:
        book.set_properties({"title": xml_text(briefing.title), "author": briefing.product})
        cells = SheetCells(book)
        sheets = _Sheets(briefing, cells)
        sheets.add_summary()
        sheets.add_levels()
        sheets.add_levers()
        sheets.add_actions()
        add_deep_sheets(cells, briefing)
    return file.getvalue()


class _Sheets:
    """Writes the sheets that every squad has a part in."""

    def __init__(self, briefing: Briefing, cells: SheetCells) -> None:
        self._ = briefing.edition.words.gettext
        self.briefing = briefing
        self.cells = cells

    def add_summary(self) -> None:
        """The verdict, squads by levels in the colours of the heat map, fit, open actions."""
        briefing, cells = self.briefing, self.cells
        sheet, overview = cells.book.add_worksheet(self._("Summary")), briefing.overview
        notes = overview.notes if overview else briefing.squads[0].notes
        cells.text(sheet, 0, 0, briefing.verdict, cells.title)
        cells.text(sheet, 1, 0, briefing.heading)
        if briefing.badge:
            cells.text(sheet, 2, 0, briefing.badge, cells.trouble)
        self._lines(sheet, notes, first=3)
        if overview is None:
            return
        first = self._heat_map(sheet, overview, first=4 + len(notes))
        if overview.deciders:
            cells.text(sheet, first, 0, overview.deciders.verdict, cells.title)
            cells.text(sheet, first + 1, 0, overview.deciders.contested)
            first = self._fit(sheet, overview, overview.deciders.rows, first=first + 2)
        cells.text(sheet, first, 0, overview.decided.text, cells.title)
        self._lines(sheet, overview.decided.behind, first=first + 1)

    def add_levels(self) -> None:
        """One row per squad and level, as the charts are drawn from; fit where it was told."""
        columns = (
            (self._("Squad"), 32),
            (self._("Level"), 30),
            (self._("Score"), 8),
            (self._("Stage"), 16),
            (self._("Coverage"), 11),
            (self._("Change"), 8),
            (self._("Held back by"), 50),
            (self._("Fit"), 8),
            (self._("Change of the fit"), 14),
            (self._("Sample data"), 16),
        )
        sheet, number = self.cells.sheet(self._("Levels"), columns), 0
        for part in self.briefing.squads:
            for level, fit in zip(part.levels.to_dict("records"), _fit_of(part), strict=True):
                number += 1
                values = (
                    level["squad"],
                    level["level_name"],
                    (level["score"], self.cells.points),
                    level["stage_name"] or self._("not enough answers"),
                    (level["coverage"], self.cells.percent),
                    (level["change"], self.cells.change),
                    level["limits"],
                    (fit[0], self.cells.points),
                    (fit[1], self.cells.change),
                    part.badge or "",
                )
                self.cells.row(sheet, number, values)

    def add_levers(self) -> None:
        """The shared levers first, then each squad's own."""
        columns = (
            (self._("Squad"), 32),
            (self._("Lever"), 34),
            (self._("Gain"), 8),
            (self._("Why"), 60),
            (self._("Whose move"), 20),
            (self._("First step, within 30 days"), 70),
        )
        sheet, overview = self.cells.sheet(self._("Levers"), columns), self.briefing.overview
        everybody = self._("All squads shown")
        shared = [(everybody, lever) for lever in overview.levers] if overview else []
        own = [(part.squad, lever) for part in self.briefing.squads for lever in part.levers]
        for number, (squad, lever) in enumerate([*shared, *own], start=1):
            points = (lever.points, self.cells.points)
            values = (squad, lever.title, points, lever.where, lever.owners, lever.step)
            self.cells.row(sheet, number, values)

    def add_actions(self) -> None:
        """What every squad decided, with what its levels did since; no sheet where none did."""
        found = [
            (part, each)
            for part in self.briefing.squads
            for each in (*part.decided, *part.decided_earlier)
        ]
        if not found:
            return
        columns = (
            (self._("Squad"), 32),
            (self._("Lever"), 34),
            (self._("Status"), 12),
            (self._("Overdue"), 10),
            (self._("Whose move"), 14),
            (self._("Decided on"), 12),
            (self._("Due on"), 12),
            (self._("Ended on"), 12),
            (self._("Since then"), 80),
            (self._("Sample data"), 16),
        )
        sheet = self.cells.sheet(self._("Actions"), columns)
        for number, (part, each) in enumerate(found, start=1):
            values = (
                part.squad,
                each.title,
                each.status,
                self._("overdue") if each.late else "",
                each.owner,
                each.decided_on,
                each.due_on,
                each.ended_on,
                each.since,
                part.badge or "",
            )
            self.cells.row(sheet, number, values)

    def _heat_map(self, sheet: Any, overview: Overview, *, first: int) -> int:
        """Squads by levels; returns the row after next."""
        head = (self._("Squad"), *overview.columns, self._("Overall"), self._("Voices"))
        self._heads(sheet, head, first)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, len(overview.columns) + 1, 11)
        sheet.set_column(len(overview.columns) + 2, len(overview.columns) + 3, 26)
        for number, row in enumerate(overview.rows, start=first + 1):
            self.cells.text(sheet, number, 0, row.squad)
            for at, cell in enumerate((*row.cells, row.overall), start=1):
                self.cells.score(sheet, number, at, cell, coloured=at <= len(row.cells))
            self.cells.text(sheet, number, len(row.cells) + 2, row.voices)
            self.cells.text(sheet, number, len(row.cells) + 3, row.since)
        return first + len(overview.rows) + 2

    def _fit(self, sheet: Any, overview: Overview, rows: Sequence[FitRow], *, first: int) -> int:
        """The fit of who decides, squads by levels; returns the row after next."""
        self._heads(sheet, (self._("Squad"), *overview.columns), first)
        for number, row in enumerate(rows, start=first + 1):
            self.cells.text(sheet, number, 0, row.squad)
            for at, cell in enumerate(row.cells, start=1):
                self.cells.score(sheet, number, at, cell, coloured=True)
            self.cells.text(sheet, number, len(row.cells) + 2, row.voices)
        return first + len(rows) + 2

    def _heads(self, sheet: Any, heads: Iterable[str], number: int) -> None:
        for at, text in enumerate(heads):
            self.cells.text(sheet, number, at, text, self.cells.bold)

    def _lines(self, sheet: Any, lines: Iterable[str], *, first: int) -> None:
        for number, line in enumerate(lines, start=first):
            self.cells.text(sheet, number, 0, line)


def _fit_of(part: SquadPart) -> Sequence[tuple[float | None, float | None]]:
    """Each level's fit and its change, empty where nobody said who decides."""
    if part.deep is None:
        return [(None, None)] * len(part.levels)
    return list(zip(part.deep.fit["fit"], part.deep.fit["change"], strict=True))
