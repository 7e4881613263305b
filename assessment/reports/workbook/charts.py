"""The workbook's charts: native ones, each beside the counts it is drawn from."""

from collections.abc import Sequence
from typing import Any

from assessment.reports.document import PAPER, stage_scale
from assessment.reports.workbook.cells import LINE, SheetCells
from assessment.reports.xml_text import xml_text
from assessment.wording.briefing import Briefing

BESIDE = 7
"""The column at which charts stand, right of what they are drawn from."""

ROW_HEIGHT = 20
LEAST_HEIGHT = 260


def add_charts(cells: SheetCells, briefing: Briefing) -> None:
    """A sheet with how many squads stand at which stage, and how clear each decision is."""
    _, board = briefing.edition.words.gettext, briefing.board
    sheet = cells.book.add_worksheet(_("Charts"))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, BESIDE - 2, 12)
    levels = zip(*(squad.level_parts for squad in briefing.squads), strict=True)
    stages = [stage for stage, _reach in stage_scale(briefing)]
    numbers = range(1, len(stages) + 1)
    by_level = [
        [[level.stage_number for level in of_level].count(stage) for stage in (*numbers, None)]
        for of_level in levels
    ]
    rows = [*zip(board.levels, by_level, strict=True)]
    heads = (_("Level"), *stages, _("not enough answers"))
    colours = [*map(PAPER.stage, numbers), PAPER.grid]
    first = _draw(cells, sheet, briefing.verdict, heads, rows, colours, first=0)
    if board.is_mapped:
        heads, colours = (_("Decision"), *board.states), [PAPER.grid, PAPER.trouble, PAPER.text]
        _draw(cells, sheet, board.decisions_title, heads, board.decisions, colours, first=first)
    cells.print_on_paper(sheet)


def _draw(
    cells: SheetCells,
    sheet: Any,
    title: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
    colours: Sequence[str],
    *,
    first: int,
) -> int:
    """The counts and their chart, under a title; returns the row after next."""
    name = sheet.get_name()
    cells.text(sheet, first, 0, title, cells.title)
    sheet.set_row(first + 1, 2 * LINE)
    for column, head in enumerate(heads):
        cells.text(sheet, first + 1, column, head, cells.head)
    for number, (label, counts) in enumerate(rows, start=first + 2):
        cells.text(sheet, number, 0, label)
        for column, count in enumerate(counts, start=1):
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
    most = max((sum(counts) for _label, counts in rows), default=0)
    chart.set_x_axis(
        {"major_gridlines": {"visible": False}, "min": 0, "max": most or 1, "num_format": "0"}
    )
    chart.set_legend({"position": "bottom"})
    height = max(LEAST_HEIGHT, ROW_HEIGHT * (len(rows) + 6))
    chart.set_size({"width": 760, "height": height})
    sheet.insert_chart(first + 1, BESIDE, chart, {"description": xml_text(title)})
    return first + 3 + max(len(rows), height // ROW_HEIGHT)
