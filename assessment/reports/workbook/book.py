"""A take-away as an Excel workbook, a sheet per kind of fact; nothing in it runs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from xlsxwriter import Workbook

from assessment.exchange.spreadsheets import NEVER_GUESS
from assessment.reports.document import ScoreTable, fit_table, level_table
from assessment.reports.workbook.cells import SheetCells
from assessment.reports.xml_text import xml_text
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.overview import Overview

Columns: TypeAlias = Sequence[tuple[str, int]]
Rows: TypeAlias = Iterable[Sequence[object]]


def briefing_workbook(briefing: Briefing) -> bytes:
    """The take-away as an XLSX file: texts are text, scores, points and dates are numbers."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, **NEVER_GUESS}) as book:
        book.set_properties({"title": xml_text(briefing.title), "author": briefing.product})
        sheets = _Sheets(briefing, SheetCells(book))
        sheets.add_summary()
        sheets.add_levels()
        sheets.add_levers()
        sheets.add_actions()
        sheets.add_decisions()
        sheets.add_findings()
        sheets.add_lenses()
        sheets.add_charter()
        sheets.add_signs()
    return file.getvalue()


class _Sheets:
    """Writes the sheets, each with every squad's rows; none but the first three without a row."""

    def __init__(self, briefing: Briefing, cells: SheetCells) -> None:
        self._ = briefing.edition.words.gettext
        self.lenses = briefing.edition.texts.lenses.lenses
        self.briefing = briefing
        self.cells = cells

    # Over all squads ------------------------------------------------------------------------------

    def add_summary(self) -> None:
        """The verdict, squads by levels in the colours of the heat map, fit, open actions."""
        briefing, cells = self.briefing, self.cells
        sheet, overview = cells.book.add_worksheet(self._("Summary")), briefing.overview
        notes = overview.notes if overview else briefing.squads[0].notes
        cells.text(sheet, 0, 0, briefing.verdict, cells.title)
        cells.text(sheet, 1, 0, briefing.heading)
        cells.text(sheet, 2, 0, briefing.badge or "", cells.trouble)
        self._write_lines(sheet, notes, first=3)
        if overview:
            self._add_overview(sheet, overview, first=4 + len(notes))

    def _add_overview(self, sheet: Any, overview: Overview, *, first: int) -> None:
        cells, about = self.cells, len(overview.columns) + 2
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, about - 1, 11)
        sheet.set_column(about, about + 1, 26)
        cells.text(sheet, first, about, self._("Voices"), cells.bold)
        levels = level_table(self.briefing, overview)
        first = self._write_scores(sheet, levels, first=first, about=about)
        if across := overview.deciders:
            cells.text(sheet, first, 0, across.verdict, cells.title)
            cells.text(sheet, first + 1, 0, across.contested)
            fit = fit_table(self.briefing, overview, across)
            first = self._write_scores(sheet, fit, first=first + 2, about=about)
        cells.text(sheet, first, 0, overview.decided.text, cells.title)
        self._write_lines(sheet, overview.decided.behind, first=first + 1)

    def _write_scores(self, sheet: Any, table: ScoreTable, *, first: int, about: int) -> int:
        """Squads by columns, `about` them in that column; returns the row after next."""
        cells = self.cells
        for column, head in enumerate((self._("Squad"), *table.columns)):
            cells.text(sheet, first, column, head, cells.bold)
        for number, row in enumerate(table.rows, start=first + 1):
            cells.text(sheet, number, 0, row.squad)
            for column, (cell, colours) in enumerate(row.painted(), start=1):
                cells.score(sheet, number, column, cell, colours)
            for column, text in enumerate(row.about, start=about):
                cells.text(sheet, number, column, text)
        return first + len(table.rows) + 2

    def _write_lines(self, sheet: Any, lines: Iterable[str], *, first: int) -> None:
        for number, line in enumerate(lines, start=first):
            self.cells.text(sheet, number, 0, line)

    # Squad by squad -------------------------------------------------------------------------------

    def add_levels(self) -> None:
        """Unrounded scores, as the charts are drawn from; fit where it was told."""
        columns = (
            (self._("Level"), 30),
            (self._("Score"), 8),
            (self._("Stage"), 16),
            (self._("Coverage"), 11),
            (self._("Change"), 8),
            (self._("Held back by"), 50),
            (self._("Fit"), 8),
            (self._("Change of the fit"), 14),
        )
        self._add(
            self._("Levels"),
            columns,
            lambda squad: (
                (
                    level.name,
                    (level.score, self.cells.points),
                    level.stage or self._("not enough answers"),
                    (level.coverage, self.cells.percent),
                    (level.change, self.cells.change),
                    level.limits,
                    (level.fit, self.cells.points),
                    (level.fit_change, self.cells.change),
                )
                for level in squad.level_parts
            ),
        )

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
        overview, everybody = self.briefing.overview, self._("All squads shown")
        shared = [(everybody, lever) for lever in overview.levers] if overview else []
        own = [(squad.squad, lever) for squad in self.briefing.squads for lever in squad.levers]
        rows = (
            (
                squad,
                lever.title,
                (lever.points, self.cells.points),
                lever.where,
                lever.owners,
                lever.step,
            )
            for squad, lever in (*shared, *own)
        )
        self.cells.sheet(self._("Levers"), columns, rows)

    def add_actions(self) -> None:
        """What every squad decided, with what its levels did since."""
        columns = (
            (self._("Lever"), 34),
            (self._("Status"), 12),
            (self._("Overdue"), 10),
            (self._("Whose move"), 14),
            (self._("Decided on"), 12),
            (self._("Due on"), 12),
            (self._("Ended on"), 12),
            (self._("Since then"), 80),
        )
        self._add(
            self._("Actions"),
            columns,
            lambda squad: (
                (
                    action.title,
                    action.status,
                    self._("overdue") if action.late else "",
                    action.owner,
                    action.decided_on,
                    action.due_on,
                    action.ended_on,
                    action.since,
                )
                for action in (*squad.decided, *squad.decided_earlier)
            ),
        )

    def add_decisions(self) -> None:
        """Who should decide and who does, with how far that fits and how far voices differ."""
        columns = (
            (self._("Level"), 26),
            (self._("Decision"), 30),
            (self._("Should decide"), 30),
            (self._("Decides today"), 36),
            (self._("Fit"), 8),
            (self._("Voices"), 8),
            (self._("Disagreement"), 14),
        )
        self._add_deep(
            self.lenses["who-decides"].title,
            columns,
            lambda deep: (
                (
                    decision.level,
                    decision.name,
                    decision.should,
                    decision.today,
                    (decision.fit, self.cells.points),
                    (decision.voices, self.cells.wrapped),
                    (decision.apart, self.cells.percent),
                )
                for decision in deep.decisions
            ),
        )

    def add_findings(self) -> None:
        """What is amiss, a row per sentence, with the lever that answers it."""
        columns = ((self._("What is amiss"), 24), (self._("Finding"), 90), (self._("Lever"), 36))
        self._add_deep(
            self._("Findings"),
            columns,
            lambda deep: (
                (finding.title, sentence, finding.lever)
                for finding in deep.findings
                for sentence in finding.sentences
            ),
        )

    def add_lenses(self) -> None:
        """Every lens with its score, unrounded, and what is in trouble in it."""
        columns = (
            (self._("Lens"), 30),
            (self._("Score"), 8),
            (self._("Coverage"), 11),
            (self._("Change"), 9),
            (self._("In trouble"), 80),
        )
        self._add_deep(
            self._("Lenses"),
            columns,
            lambda deep: (
                (
                    lens.name,
                    (lens.score, self.cells.points),
                    (lens.coverage, self.cells.percent),
                    (lens.change, self.cells.change),
                    lens.trouble,
                )
                for lens in deep.lens_parts
            ),
        )

    def add_charter(self) -> None:
        """What each role decides, in every sentence that voices wrote."""
        self._add_deep(
            self._("Charter"),
            ((self._("Role"), 16), (self._("Decides"), 90)),
            lambda deep: (
                (line.text, sentence) for line in deep.charter for sentence in line.behind
            ),
        )

    def add_signs(self) -> None:
        """The vital signs as numbers and in words."""
        columns = ((self._("Vital sign"), 36), (self._("Value"), 9), (self._("In words"), 80))
        self._add_deep(
            self.lenses["vital-signs"].title,
            columns,
            lambda deep: (
                (sign.name, (sign.value, self.cells.points), sign.line) for sign in deep.signs
            ),
        )

    def _add(self, name: str, columns: Columns, rows_of: Callable[[SquadPart], Rows]) -> None:
        """A sheet of every squad's rows, each between the squad and its mark of sample data."""
        rows = [
            (squad.squad, *row, squad.badge or "")
            for squad in self.briefing.squads
            for row in rows_of(squad)
        ]
        if rows:
            around = ((self._("Squad"), 32), *columns, (self._("Sample data"), 16))
            self.cells.sheet(name, around, rows)

    def _add_deep(self, name: str, columns: Columns, rows_of: Callable[[DeepPart], Rows]) -> None:
        """Such a sheet about the deep check, where somebody took it."""
        self._add(name, columns, lambda squad: rows_of(squad.deep) if squad.deep else ())
