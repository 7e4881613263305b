"""Native charts and score tables on slides, which can be edited there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from assessment.charts.style import Style
from assessment.languages import points_shown
from assessment.reports.slides.text import MARGIN, SlideText, rgb, shortened
from assessment.wording.parts import Cell

PAPER = Style(dark=False)

ROWS_A_SLIDE = 12
LONGEST_NAME = 60
"""Characters of a squad's name in the table, where it has two lines; its own slide has it whole."""

TABLE_WIDTH, COLUMN = 8.2, 0.9
COLOURED = 5
"""Columns of scores by level, in the colours of the heat map; an overall score has none."""


def score_chart(
    text: SlideText,
    slide: Any,
    kind: str,
    names: Sequence[str],
    scores: Sequence[float],
    at: tuple[float, ...],
    *,
    series: str,
    name: str,
    told: str,
) -> Any:
    """A native chart of scores as points shown; what is not scored stays empty.

    `kind` is `bars` or `radar`. Its workbook holds no text that people wrote, since formulas would
    run in it.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches, Pt

    kinds = {"bars": XL_CHART_TYPE.BAR_CLUSTERED, "radar": XL_CHART_TYPE.RADAR_MARKERS}
    data = CategoryChartData(number_format="0")
    data.categories = names
    data.add_series(series, [None if pd.isna(score) else points_shown(score) for score in scores])
    frame = slide.shapes.add_chart(kinds[kind], *map(Inches, at), data)
    frame.name = name
    text.describe(frame, told)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    text.font(chart.font, size=11)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
    axis.major_gridlines.format.line.color.rgb = rgb(PAPER.grid)
    axis.format.line.fill.background()
    drawn = chart.plots[0].series[0]
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = RGBColor.from_string(PAPER.series[0][1:])
    drawn.format.line.color.rgb = rgb(PAPER.series[0])
    drawn.format.line.width = Pt(2)
    if kind == "bars":
        _number_bars(text, chart)
    else:
        text.font(axis.tick_labels.font, size=8, colour=PAPER.muted)
    return chart


def score_table(
    text: SlideText,
    slide: Any,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Cell]]],
    *,
    top: float,
    bottom: float,
    first: str,
    name: str,
    told: str,
) -> None:
    """Squads by columns as a native table; the levels' cells have the colour of their score."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches

    heads = (first, *columns)
    height = (bottom - top) / (ROWS_A_SLIDE + 1) * (len(rows) + 1)
    at = map(Inches, (MARGIN, top, TABLE_WIDTH, height))
    frame = slide.shapes.add_table(len(rows) + 1, len(heads), *at)
    frame.name = name
    text.describe(frame, told)
    table = frame.table
    table.horz_banding = False
    widths = [TABLE_WIDTH - COLUMN * len(columns), *[COLUMN] * len(columns)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for place, head in enumerate(heads):
        cell = table.cell(0, place)
        text.fill(cell, PAPER.background)
        align = PP_ALIGN.CENTER if place else None
        text.cell(cell, head, size=9 if place else 10, bold=True, align=align)
    for number, (squad, cells) in enumerate(rows, start=1):
        cell = table.cell(number, 0)
        text.fill(cell, PAPER.background)
        shown = shortened(squad, LONGEST_NAME)
        text.cell(cell, shown, size=12 if len(shown) <= 34 else 9)
        for place, found in enumerate(cells, start=1):
            _score(text, table.cell(number, place), found, coloured=place <= COLOURED)


def _number_bars(text: SlideText, chart: Any) -> None:
    """Bars with their numbers, the first at the top."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    chart.plots[0].gap_width = 45
    chart.plots[0].has_data_labels = True
    labels = chart.plots[0].data_labels
    labels.show_value = True
    text.font(labels.font, size=12, bold=True)
    # Bars are drawn from the bottom up unless told otherwise.
    chart.category_axis.reverse_order = True
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def _score(text: SlideText, cell: Any, found: Cell, *, coloured: bool) -> None:
    from pptx.enum.text import PP_ALIGN

    fill, ink = PAPER.background, PAPER.text
    if coloured and found.score is not None:
        fill, ink = PAPER.heat(found.score)
    text.fill(cell, fill)
    text.cell(cell, found.shown, size=12, bold=True, colour=ink, align=PP_ALIGN.CENTER)
    if found.change:
        text.run(cell.text_frame.paragraphs[0], f" {found.change}", size=9, colour=ink)
