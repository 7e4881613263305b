"""A take-away as an Excel workbook, a sheet per kind of fact; nothing in it runs."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time
from math import ceil
from typing import Any

from xlsxwriter import Workbook

from assessment.exchange.spreadsheets import NEVER_GUESS
from assessment.languages import BLANK, points_shown
from assessment.reports.document import (
    DECISION_COLOURS,
    PAPER,
    SquadTable,
    fit_table,
    labels_of,
    level_table,
    stage_scale,
)
from assessment.reports.workbook.cells import LINE, Column, SheetCells, Staged
from assessment.reports.xml_text import xml_text
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.overview import Overview
from assessment.wording.parts import LevelPart, LeverPart
from assessment.wording.squads import fit_key

BESIDE = 7
"""The column at which charts stand, right of what they are drawn from."""

COUNT_WIDTH = 15
"""Characters of a column of counts, whose head takes as many lines as it needs."""

ROW_HEIGHT = 20
LEAST_HEIGHT = 260


def _add_charts(cells: SheetCells, briefing: Briefing) -> None:
    """A sheet with how many squads stand at which stage, and how clear each decision is.

    A single squad has its score beside each level, in the column of its stage.
    """
    _, board = briefing.edition.words.gettext, briefing.board
    sheet = cells.book.add_worksheet(_("Charts"))
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, BESIDE - 2, COUNT_WIDTH)
    levels = zip(*(squad.level_parts for squad in briefing.squads), strict=True)
    stages = [stage for stage, _reach in stage_scale(briefing)]
    numbers = range(1, len(stages) + 1)
    unscored = _("not enough answers")
    rows: list[tuple[str, Sequence[int | None]]]
    if board.is_one:
        rows = [
            _score_row(name, level, numbers, unscored)
            for name, (level,) in zip(board.overview.columns, levels, strict=True)
        ]
    else:
        stages.append(unscored)
        rows = [
            (name, [[one.stage for one in of_level].count(at) for at in (*numbers, None)])
            for name, of_level in zip(board.overview.columns, levels, strict=True)
        ]
    heads = (_("Level"), *stages)
    colours = [*map(PAPER.stage, numbers), PAPER.grid][: len(stages)]
    first = _draw(cells, sheet, briefing.verdict, heads, rows, colours, first=0)
    if board.is_mapped:
        heads = (_("Decision"), *board.states)
        title, decisions = board.decisions_title, board.decisions
        _draw(cells, sheet, title, heads, decisions, DECISION_COLOURS, first=first)
    cells.print_on_paper(sheet)


def _score_row(
    name: str, level: LevelPart, stages: Iterable[int], unscored: str
) -> tuple[str, Sequence[int | None]]:
    """A squad's level with its score, rounded, at its stage alone; without one its name says so."""
    if level.score is None:
        return f"{name} ({unscored})", [None for _stage in stages]
    points = points_shown(level.score)
    return name, [points if stage == level.stage else None for stage in stages]


def _draw(
    cells: SheetCells,
    sheet: Any,
    title: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int | None]]],
    colours: Sequence[str],
    *,
    first: int,
) -> int:
    """The counts and their chart, under a title; returns the row after next."""
    name = sheet.get_name()
    cells.text(sheet, first, 0, title, cells.title)
    sheet.set_row(first + 1, LINE * max(ceil(len(head) / COUNT_WIDTH) for head in heads))
    for column, head in enumerate(heads):
        cells.text(sheet, first + 1, column, head, cells.head)
    for number, (label, counts) in enumerate(rows, start=first + 2):
        cells.text(sheet, number, 0, label)
        for column, count in enumerate(counts, start=1):
            if count is not None:
                sheet.write_number(number, column, count)
    top, last = first + 2, first + 1 + len(rows)
    chart = cells.book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, colour in enumerate(colours, start=1):
        chart.add_series(
            {
                "name": [name, first + 1, column],
                "categories": [name, top, 0, last, 0],
                "values": [name, top, column, last, column],
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    chart.set_title({"name": xml_text(title), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    most = max((sum(filter(None, counts)) for _label, counts in rows), default=0)
    chart.set_x_axis(
        {"major_gridlines": {"visible": False}, "min": 0, "max": most or 1, "num_format": "0"}
    )
    chart.set_legend({"position": "bottom"})
    height = max(LEAST_HEIGHT, ROW_HEIGHT * (len(rows) + 6))
    chart.set_size({"width": 760, "height": height})
    sheet.insert_chart(first + 1, BESIDE, chart, {"description": xml_text(title)})
    return first + 3 + max(len(rows), height // ROW_HEIGHT)


def briefing_workbook(briefing: Briefing) -> bytes:
    """The take-away as an XLSX file: texts are text, scores, points and dates are numbers."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, **NEVER_GUESS}) as book:
        made = datetime.combine(briefing.board.today, time())
        title = xml_text(briefing.title)
        book.set_properties({"title": title, "author": briefing.product, "created": made})
        cells = SheetCells(book, briefing.board.footer, briefing.edition.words)
        _add_summary(cells, briefing)
        for name, columns, rows in _sheets(briefing, cells):
            cells.sheet(name, columns, rows)
        _add_charts(cells, briefing)
    return file.getvalue()


def _add_summary(cells: SheetCells, briefing: Briefing) -> None:
    """The first sheet: verdict, squads by levels in the colours of the heat map, open actions."""
    _, overview = briefing.edition.words.gettext, briefing.overview
    sheet = cells.book.add_worksheet(_("Summary"))
    notes = overview.notes if overview else briefing.squads[0].notes
    cells.text(sheet, 0, 0, briefing.verdict, cells.title)
    cells.text(sheet, 1, 0, briefing.heading)
    cells.text(sheet, 2, 0, briefing.badge or "", cells.trouble)
    cells.lines(sheet, notes, first=3)
    first = 4 + len(notes)
    if overview:
        first = _write_overview(cells, sheet, briefing, overview, first=first)
    for stage, (name, reach) in enumerate(stage_scale(briefing), start=1):
        cells.stage(sheet, first, stage, Staged(f"{name} {reach}", stage))
    cells.text(sheet, first, len(stage_scale(briefing)) + 1, labels_of(briefing)["capped"])
    cells.text(sheet, first, 0, _("Scale"), cells.bold)
    cells.print_on_paper(sheet)


def _write_overview(
    cells: SheetCells, sheet: Any, briefing: Briefing, overview: Overview, *, first: int
) -> int:
    """The squads by levels and by fit, and what is decided; returns the row after next."""
    _, last = briefing.edition.words.gettext, len(overview.columns)
    sheet.set_column(0, 0, 68)
    sheet.set_column(1, last, 19)
    sheet.set_column(last + 1, last + 1, 36)
    sheet.set_column(last + 2, last + 2, 84)
    sheet.set_column(last + 3, last + 3, 52)
    levels, since = level_table(briefing, overview), _("Since when")
    first = _write_scores(cells, sheet, levels, (_("Voices"), since), first=first)
    if overview.across.text:
        cells.text(sheet, first, 0, overview.across.text, cells.title)
        cells.text(sheet, first + 1, 0, " ".join(overview.across.behind))
        cells.text(sheet, first + 2, 0, fit_key(briefing.edition))
        fit, about = fit_table(briefing, overview), (_("Voices"), _("Decisions"), since)
        first = _write_scores(cells, sheet, fit, about, first=first + 3)
    cells.text(sheet, first, 0, overview.decided.text, cells.title)
    cells.lines(sheet, overview.decided.behind, first=first + 1)
    return first + 2 + len(overview.decided.behind)


def _write_scores(
    cells: SheetCells, sheet: Any, table: SquadTable, about: Sequence[str], *, first: int
) -> int:
    """Squads by columns, and behind them what is said `about` each; returns the row after next."""
    squad = table.briefing.edition.words.gettext("Squad")
    for column, head in enumerate((squad, *table.columns, *about)):
        cells.text(sheet, first, column, head, cells.bold)
    for number, row in enumerate(table.rows, start=first + 1):
        cells.text(sheet, number, 0, row.squad)
        for column, cell in enumerate(row.cells, start=1):
            cells.score(sheet, number, column, cell)
        for column, text in enumerate(row.about, start=len(table.columns) + 1):
            cells.text(sheet, number, column, text)
    return first + len(table.rows) + 2


# Squad by squad -----------------------------------------------------------------------------------

_Sheet = tuple[str, Sequence[Column], Iterable[Sequence[object]]]
"""A sheet's name, columns and rows."""


def _sheets(briefing: Briefing, cells: SheetCells) -> Iterator[_Sheet]:
    """The sheets that have rows; levels are unrounded, as the charts are drawn from them."""
    _, edition = briefing.edition.words.gettext, briefing.edition
    points, change, percent = cells.points, cells.change, cells.percent
    unscored, overdue = _("not enough answers"), _("overdue")

    def staged(level: LevelPart) -> Staged:
        return Staged(level.stage_name or unscored, level.stage)

    def by_squad(
        name: str,
        rows_of: Callable[[SquadPart], Iterable[object]],
        *columns: Column,
        elsewhere: Iterable[tuple[str, str | None, object]] = (),
    ) -> Iterator[_Sheet]:
        """A sheet of every squad's rows, and of others, each between the squad and its mark."""
        first = Column(_("Squad"), 32, lambda row: row[0])
        last = Column(_("Mark"), 30, lambda row: row[1] or "")
        every = [(one.squad, one.mark, row) for one in briefing.squads for row in rows_of(one)]
        rows = [
            (first.value(row), *(column.value(row[2]) for column in columns), last.value(row))
            for row in (*every, *elsewhere)
        ]
        if rows:
            yield name, (first, *columns, last), rows

    def deep(
        name: str, rows_of: Callable[[DeepPart], Iterable[object]], *columns: Column
    ) -> Iterator[_Sheet]:
        """Such a sheet about the deep check, where somebody took it."""
        return by_squad(name, lambda squad: rows_of(squad.deep) if squad.deep else (), *columns)

    yield from by_squad(
        _("Levels"),
        lambda squad: squad.level_parts,
        Column(_("Level"), 30, lambda level: level.name),
        Column(_("Score"), 8, lambda level: level.score, points),
        Column(_("Stage"), 18, staged),
        Column(_("Coverage"), 11, lambda level: level.coverage, percent),
        Column(_("Change"), 20, _change, change),
        Column(_("Held back by"), 50, lambda level: level.limits),
        Column(_("Fit"), 11, lambda level: level.fit, points),
        Column(_("Change of the fit"), 14, lambda level: level.fit_change, change),
        Column(_("Lowest, one voice left out"), 14, lambda level: level.low, points),
        Column(_("Highest, one voice left out"), 14, lambda level: level.high, points),
        Column(_("Voices then and now"), 18, lambda level: level.between),
    )
    yield _levers(briefing, cells)
    yield from by_squad(
        _("Actions"),
        lambda squad: (*squad.decided, *squad.decided_earlier),
        Column(_("Lever"), 34, lambda action: action.title),
        Column(_("Status"), 12, lambda action: action.status),
        Column(_("Overdue"), 10, lambda action: overdue if action.late else ""),
        Column(_("Whose move"), 14, lambda action: action.owner),
        Column(_("Decided on"), 12, lambda action: action.decided_on),
        Column(_("Due on"), 12, lambda action: action.due_on),
        Column(_("Ended on"), 12, lambda action: action.ended_on),
        Column(_("Since then"), 80, lambda action: action.since),
        elsewhere=briefing.overview.open_elsewhere if briefing.overview else (),
    )
    yield from by_squad(
        _("Agreements"),
        lambda squad: squad.agreed.in_files,
        Column(_("Agreement"), 70, lambda item: item.sentence),
        Column(_("State"), 26, lambda item: item.chip.text),
        Column(_("In practice"), 50, lambda item: item.practice),
        Column(_("Answers"), 50, lambda item: item.answers),
        Column(_("Until"), 12, lambda item: item.agreement.valid_until),
    )
    yield from deep(
        edition.lens_asking_for("decisions").title,
        lambda deep: deep.decisions,
        Column(_("Level"), 26, lambda decision: decision.level),
        Column(_("Decision"), 30, lambda decision: decision.name),
        Column(_("Should decide"), 30, lambda decision: decision.should),
        Column(_("Decides today"), 36, lambda decision: decision.today),
        Column(_("State"), 14, lambda decision: decision.state),
        Column(_("Fit"), 11, lambda decision: decision.fit, points),
        Column(_("Voices"), 8, lambda decision: decision.voices, cells.wrapped),
        Column(_("Disagreement"), 14, lambda decision: decision.apart, percent),
    )
    yield from deep(
        _("Findings"),
        _findings,
        Column(_("What is wrong"), 24, lambda row: row[0]),
        Column(_("Finding"), 90, lambda row: row[1]),
        Column(_("Lever"), 36, lambda row: row[2]),
    )
    yield from deep(
        _("Lenses"),
        lambda deep: deep.lens_parts,
        Column(_("Lens"), 30, lambda lens: lens.name),
        Column(_("Score"), 8, lambda lens: lens.score, points),
        Column(_("Coverage"), 11, lambda lens: lens.coverage, percent),
        Column(_("Change"), 18, lambda lens: lens.change, change),
        Column(_("In trouble"), 80, lambda lens: lens.trouble),
    )
    yield from deep(
        _("Charter"),
        lambda deep: [(line.text, text) for line in deep.charter for text in line.behind],
        Column(_("Role"), 16, lambda row: row[0]),
        Column(_("Decides"), 90, lambda row: row[1]),
    )
    yield from deep(
        edition.lens_asking_for("signs").title,
        lambda deep: deep.signs,
        Column(_("Vital sign"), 36, lambda sign: sign.name),
        Column(_("Value"), 9, lambda sign: sign.value, points),
        Column(_("In words"), 80, lambda sign: sign.line),
    )


def _findings(deep: DeepPart) -> Iterator[tuple[str, str, str]]:
    """What is wrong, a sentence a row, with the lever that answers it."""
    for finding in deep.findings:
        yield from ((finding.title, text, finding.lever) for text in finding.sentences)
    yield from ((deep.unexpected.text, text, "") for text in deep.unexpected.behind)


def _change(level: LevelPart) -> object:
    """By how many points a level moved, or that it did not clearly; None where it is not told."""
    if level.change is None and level.changed != BLANK:
        return level.changed
    return level.change


def _why(lever: LeverPart) -> str:
    """Its reasons; over several squads, which have no gain in one number, how far it reaches."""
    return lever.where if lever.points is not None else f"{lever.gain} {lever.where}"


def _levers(briefing: Briefing, cells: SheetCells) -> _Sheet:
    """Levers that several squads share, then each squad's own; told even where there are none."""
    _ = briefing.edition.words.gettext
    everybody = _("All squads shown")
    several = briefing.overview if len(briefing.squads) > 1 else None
    shared = [(everybody, lever) for lever in several.levers] if several else []
    own = [(squad.squad, lever) for squad in briefing.squads for lever in squad.levers]
    columns = (
        Column(_("Squad"), 32, lambda row: row[0]),
        Column(_("Lever"), 34, lambda row: row[1].title),
        Column(_("Gain"), 8, lambda row: row[1].points, cells.points),
        Column(_("Why"), 60, lambda row: _why(row[1])),
        Column(_("Whose move"), 20, lambda row: row[1].owners),
        Column(_("First step, within 30 days"), 70, lambda row: row[1].step),
    )
    rows = [[column.value(row) for column in columns] for row in (*shared, *own)]
    return _("Levers"), columns, rows
