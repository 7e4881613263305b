"""A take-away as an Excel workbook, a sheet per kind of fact; nothing in it runs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from xlsxwriter import Workbook

from assessment.exchange.spreadsheets import NEVER_GUESS
from assessment.languages import BLANK
from assessment.reports.document import ScoreTable, fit_table, level_table, painted, stage_scale
from assessment.reports.workbook.cells import Column, SheetCells, Staged
from assessment.reports.workbook.charts import add_charts
from assessment.reports.xml_text import xml_text
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.overview import Overview
from assessment.wording.parts import LevelPart
from assessment.wording.squads import fit_key


def briefing_workbook(briefing: Briefing) -> bytes:
    """The take-away as an XLSX file: texts are text, scores, points and dates are numbers."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, **NEVER_GUESS}) as book:
        book.set_properties(
            {
                "title": xml_text(briefing.title),
                "author": briefing.product,
                "created": datetime.combine(briefing.board.today, time()),
            }
        )
        sheets = _Sheets(briefing, SheetCells(book, briefing.board.footer))
        sheets.add_summary()
        sheets.add_levels()
        sheets.add_levers()
        sheets.add_actions()
        sheets.add_agreements()
        sheets.add_decisions()
        sheets.add_findings()
        sheets.add_lenses()
        sheets.add_charter()
        sheets.add_signs()
        add_charts(sheets.cells, briefing)
    return file.getvalue()


class _Sheets:
    """Writes the sheets, each with every squad's rows; none but the first three without a row."""

    def __init__(self, briefing: Briefing, cells: SheetCells) -> None:
        self._ = briefing.edition.words.gettext
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
        first = 4 + len(notes)
        if overview:
            first = self._add_overview(sheet, overview, first=first)
        self._write_legend(sheet, first=first)
        cells.print_on_paper(sheet)

    def _write_legend(self, sheet: Any, *, first: int) -> None:
        """What the colours of stages and the mark of a capped level stand for."""
        for stage, (name, reach) in enumerate(stage_scale(self.briefing), start=1):
            self.cells.stage(sheet, first, stage, Staged(f"{name} {reach}", stage))
        self.cells.text(sheet, first, 0, self._("Scale"), self.cells.bold)

    def _add_overview(self, sheet: Any, overview: Overview, *, first: int) -> int:
        cells, about = self.cells, len(overview.columns) + 1
        sheet.set_column(0, 0, 64)
        sheet.set_column(1, about - 1, 19)
        sheet.set_column(about, about, 36)
        sheet.set_column(about + 1, about + 1, 26)
        cells.text(sheet, first, about, self._("Voices"), cells.bold)
        levels = level_table(self.briefing, overview)
        first = self._write_scores(sheet, levels, first=first, about=about)
        if overview.across.text:
            cells.text(sheet, first, 0, overview.across.text, cells.title)
            cells.text(sheet, first + 1, 0, " ".join(overview.across.behind))
            cells.text(sheet, first + 2, 0, fit_key(self.briefing.edition))
            fit = fit_table(self.briefing, overview)
            first = self._write_scores(sheet, fit, first=first + 3, about=about)
        cells.text(sheet, first, 0, overview.decided.text, cells.title)
        self._write_lines(sheet, overview.decided.behind, first=first + 1)
        return first + 2 + len(overview.decided.behind)

    def _write_scores(self, sheet: Any, table: ScoreTable, *, first: int, about: int) -> int:
        """Squads by columns, `about` them in that column; returns the row after next."""
        cells = self.cells
        for column, head in enumerate((self._("Squad"), *table.columns)):
            cells.text(sheet, first, column, head, cells.bold)
        for number, row in enumerate(table.rows, start=first + 1):
            cells.text(sheet, number, 0, row.squad)
            for column, (cell, colours) in enumerate(painted(row), start=1):
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
        points, change = self.cells.points, self.cells.change
        unscored = self._("not enough answers")

        def staged(level: LevelPart) -> Staged:
            return Staged(level.stage or unscored, level.stage_number)

        self._add(
            self._("Levels"),
            lambda squad: squad.level_parts,
            Column(self._("Level"), 30, lambda level: level.name),
            Column(self._("Score"), 8, lambda level: level.score, points),
            Column(self._("Stage"), 18, staged),
            Column(self._("Coverage"), 11, lambda level: level.coverage, self.cells.percent),
            Column(self._("Change"), 18, self._moved, change),
            Column(self._("Held back by"), 50, lambda level: level.limits),
            Column(self._("Fit"), 11, lambda level: level.fit, points),
            Column(self._("Change of the fit"), 14, lambda level: level.fit_change, change),
            Column(self._("Least without one voice"), 14, lambda level: level.low, points),
            Column(self._("Most without one voice"), 14, lambda level: level.high, points),
            Column(self._("Voices then and now"), 18, lambda level: level.between),
        )

    @staticmethod
    def _moved(level: LevelPart) -> int | str | None:
        """By how much a level moved, or that it did not clearly; None in a first round."""
        if level.change is not None:
            return level.change
        return None if level.changed == BLANK else level.changed

    def add_levers(self) -> None:
        """The shared levers first, then each squad's own."""
        overview, everybody = self.briefing.overview, self._("All squads shown")
        shared = [(everybody, lever) for lever in overview.levers] if overview else []
        own = [(squad.squad, lever) for squad in self.briefing.squads for lever in squad.levers]
        columns = (
            Column(self._("Squad"), 32, lambda row: row[0]),
            Column(self._("Lever"), 34, lambda row: row[1].title),
            Column(self._("Gain"), 8, lambda row: row[1].points, self.cells.points),
            Column(self._("Why"), 60, lambda row: row[1].where),
            Column(self._("Whose move"), 20, lambda row: row[1].owners),
            Column(self._("First step, within 30 days"), 70, lambda row: row[1].step),
        )
        rows = ([column.value(row) for column in columns] for row in (*shared, *own))
        self.cells.sheet(self._("Levers"), columns, rows)

    def add_actions(self) -> None:
        """What every squad decided, with what its levels did since."""
        overdue = self._("overdue")
        self._add(
            self._("Actions"),
            lambda squad: (*squad.decided, *squad.decided_earlier),
            Column(self._("Lever"), 34, lambda action: action.title),
            Column(self._("Status"), 12, lambda action: action.status),
            Column(self._("Overdue"), 10, lambda action: overdue if action.late else ""),
            Column(self._("Whose move"), 14, lambda action: action.owner),
            Column(self._("Decided on"), 12, lambda action: action.decided_on),
            Column(self._("Due on"), 12, lambda action: action.due_on),
            Column(self._("Ended on"), 12, lambda action: action.ended_on),
            Column(self._("Since then"), 80, lambda action: action.since),
        )

    def add_agreements(self) -> None:
        """What every squad agreed on who decides, how it stands, and what voices say since."""
        self._add(
            self._("Agreements"),
            lambda squad: squad.agreed.items,
            Column(self._("Agreement"), 70, lambda item: item.sentence),
            Column(self._("State"), 26, lambda item: item.chip.text),
            Column(self._("In practice"), 50, lambda item: item.practice),
            Column(self._("Answers"), 50, lambda item: item.answers),
            Column(self._("Until"), 12, lambda item: item.agreement.valid_until),
        )

    def add_decisions(self) -> None:
        """Who should decide and who does, with how far that fits and how far voices differ."""
        self._add_deep(
            self.briefing.edition.lens_asking_for("decisions").title,
            lambda deep: deep.decisions,
            Column(self._("Level"), 26, lambda decision: decision.level),
            Column(self._("Decision"), 30, lambda decision: decision.name),
            Column(self._("Should decide"), 30, lambda decision: decision.should),
            Column(self._("Decides today"), 36, lambda decision: decision.today),
            Column(self._("State"), 14, lambda decision: decision.state),
            Column(self._("Fit"), 11, lambda decision: decision.fit, self.cells.points),
            Column(self._("Voices"), 8, lambda decision: decision.voices, self.cells.wrapped),
            Column(self._("Disagreement"), 14, lambda decision: decision.apart, self.cells.percent),
        )

    def add_findings(self) -> None:
        """What is amiss, a row per sentence, with the lever that answers it."""
        self._add_deep(
            self._("Findings"),
            lambda deep: [
                (finding, sentence) for finding in deep.findings for sentence in finding.sentences
            ],
            Column(self._("What is wrong"), 24, lambda row: row[0].title),
            Column(self._("Finding"), 90, lambda row: row[1]),
            Column(self._("Lever"), 36, lambda row: row[0].lever),
        )

    def add_lenses(self) -> None:
        """Every lens with its score, unrounded, and what is in trouble in it."""
        self._add_deep(
            self._("Lenses"),
            lambda deep: deep.lens_parts,
            Column(self._("Lens"), 30, lambda lens: lens.name),
            Column(self._("Score"), 8, lambda lens: lens.score, self.cells.points),
            Column(self._("Coverage"), 11, lambda lens: lens.coverage, self.cells.percent),
            Column(self._("Change"), 18, lambda lens: lens.change, self.cells.change),
            Column(self._("In trouble"), 80, lambda lens: lens.trouble),
        )

    def add_charter(self) -> None:
        """What each role decides, in every sentence that voices wrote."""
        self._add_deep(
            self._("Charter"),
            lambda deep: [
                (line.text, sentence) for line in deep.charter for sentence in line.behind
            ],
            Column(self._("Role"), 16, lambda row: row[0]),
            Column(self._("Decides"), 90, lambda row: row[1]),
        )

    def add_signs(self) -> None:
        """The vital signs as numbers and in words."""
        self._add_deep(
            self.briefing.edition.lens_asking_for("signs").title,
            lambda deep: deep.signs,
            Column(self._("Vital sign"), 36, lambda sign: sign.name),
            Column(self._("Value"), 9, lambda sign: sign.value, self.cells.points),
            Column(self._("In words"), 80, lambda sign: sign.line),
        )

    def _add(
        self, name: str, rows_of: Callable[[SquadPart], Iterable[object]], *columns: Column
    ) -> None:
        """A sheet of every squad's rows, each between the squad and its mark."""
        first = Column(self._("Squad"), 32, lambda squad: squad.squad)
        last = Column(self._("Mark"), 30, lambda squad: squad.mark or "")
        rows = [
            (first.value(squad), *(column.value(row) for column in columns), last.value(squad))
            for squad in self.briefing.squads
            for row in rows_of(squad)
        ]
        if rows:
            self.cells.sheet(name, (first, *columns, last), rows)

    def _add_deep(
        self, name: str, rows_of: Callable[[DeepPart], Iterable[object]], *columns: Column
    ) -> None:
        """Such a sheet about the deep check, where somebody took it."""
        self._add(name, lambda squad: rows_of(squad.deep) if squad.deep else (), *columns)
