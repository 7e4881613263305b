"""The workbook's sheets about the deep check: decisions, findings, lenses, charter, vital signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessment.reports.workbook.cells import SheetCells
from assessment.wording.briefing import Briefing
from assessment.wording.deep_briefing import DeepPart

Columns = Sequence[tuple[str, int]]
Rows = Iterator[Sequence[object]]


def add_deep_sheets(cells: SheetCells, briefing: Briefing) -> None:
    """A sheet per part of the deep check, each with every squad's rows; none without a row."""
    _ = briefing.edition.words.gettext
    sheets = (
        (
            briefing.edition.lens_asking_for("decisions").title,
            _decision_columns(briefing),
            _decisions(cells, briefing),
        ),
        (_("Findings"), _finding_columns(briefing), _findings(briefing)),
        (_("Lenses"), _lens_columns(briefing), _lenses(cells, briefing)),
        (_("Charter"), _charter_columns(briefing), _charter(briefing)),
        (
            briefing.edition.lens_asking_for("signs").title,
            _sign_columns(briefing),
            _signs(cells, briefing),
        ),
    )
    for name, columns, rows in sheets:
        if found := list(rows):
            sheet = cells.sheet(name, columns)
            for number, row in enumerate(found, start=1):
                cells.row(sheet, number, row)


def _told(briefing: Briefing) -> Iterator[tuple[str, str, DeepPart]]:
    """Each squad in which somebody took the deep check, with its mark of sample data."""
    for part in briefing.squads:
        if part.deep:
            yield part.squad, part.badge or "", part.deep


def _decision_columns(briefing: Briefing) -> Columns:
    _ = briefing.edition.words.gettext
    return (
        (_("Squad"), 32),
        (_("Level"), 26),
        (_("Decision"), 30),
        (_("Should decide"), 30),
        (_("Decides today"), 36),
        (_("Fit"), 8),
        (_("Voices"), 8),
        (_("Disagreement"), 14),
        (_("Sample data"), 16),
    )


def _decisions(cells: SheetCells, briefing: Briefing) -> Rows:
    for squad, badge, part in _told(briefing):
        for each in part.decisions:
            yield (
                squad,
                each.level,
                each.name,
                each.should,
                each.today,
                (each.fit, cells.points),
                (each.voices, cells.wrapped),
                (each.apart, cells.percent),
                badge,
            )


def _finding_columns(briefing: Briefing) -> Columns:
    _ = briefing.edition.words.gettext
    return (
        (_("Squad"), 32),
        (_("What is amiss"), 24),
        (_("Finding"), 90),
        (_("Lever"), 36),
        (_("Sample data"), 16),
    )


def _findings(briefing: Briefing) -> Rows:
    for squad, badge, part in _told(briefing):
        for each in part.findings:
            for sentence in each.sentences:
                yield squad, each.title, sentence, each.lever, badge


def _lens_columns(briefing: Briefing) -> Columns:
    _ = briefing.edition.words.gettext
    return (
        (_("Squad"), 32),
        (_("Lens"), 30),
        (_("Score"), 8),
        (_("Coverage"), 11),
        (_("Change"), 9),
        (_("In trouble"), 80),
        (_("Sample data"), 16),
    )


def _lenses(cells: SheetCells, briefing: Briefing) -> Rows:
    for squad, badge, part in _told(briefing):
        for lens in part.lenses.to_dict("records"):
            yield (
                squad,
                lens["lens_name"],
                (lens["score"], cells.points),
                (lens["coverage"], cells.percent),
                (lens["change"], cells.change),
                lens["trouble"],
                badge,
            )


def _charter_columns(briefing: Briefing) -> Columns:
    _ = briefing.edition.words.gettext
    return ((_("Squad"), 32), (_("Role"), 16), (_("Decides"), 90), (_("Sample data"), 16))


def _charter(briefing: Briefing) -> Rows:
    for squad, badge, part in _told(briefing):
        for line in part.charter:
            for sentence in line.behind:
                yield squad, line.text, sentence, badge


def _sign_columns(briefing: Briefing) -> Columns:
    _ = briefing.edition.words.gettext
    return (
        (_("Squad"), 32),
        (_("Vital sign"), 36),
        (_("Value"), 9),
        (_("In words"), 80),
        (_("Sample data"), 16),
    )


def _signs(cells: SheetCells, briefing: Briefing) -> Rows:
    for squad, badge, part in _told(briefing):
        for each in part.signs:
            yield squad, each.name, (each.value, cells.points), each.line, badge
