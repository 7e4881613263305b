"""Native charts on a slide: bars that are edited in PowerPoint.

Their workbooks hold no text that people wrote, since formulas would run in them: names are the
product's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Inches

from assessment.charts.style import ink_on
from assessment.languages import CAPPED, points_shown
from assessment.reports.document import PAPER
from assessment.reports.slides.slide import LEAST, Area, Slide, fill_with, rgb, set_font
from assessment.wording.parts import LevelPart

COUNTED = "0;;;"
"""A number's format that leaves zeros out."""


@dataclass(frozen=True, slots=True)
class Counts:
    """One part of stacked bars: what it is called, its number in each bar, its colour."""

    name: str
    values: Sequence[int]
    colour: str


def level_bars(slide: Slide, levels: Sequence[LevelPart], area: Area, *, series: str) -> Any:
    """A squad's levels from 0 to 100, each in the colour of its stage; a gap without a score.

    A level whose stage an answer caps is marked, since its points alone would give a higher one.
    """
    names = [f"{level.name} {CAPPED}" if level.is_capped else level.name for level in levels]
    scores = [None if level.score is None else points_shown(level.score) for level in levels]
    frame = _scored_bars(slide, names, (series, scores), area)
    bars = frame.chart.plots[0]
    bars.gap_width = 45
    for index, level in enumerate(levels):
        if level.stage:
            fill_with(bars.series[0].points[index].format, PAPER.stage(level.stage))
    return frame


def pressure_bars(
    slide: Slide, names: Sequence[str], points: Sequence[int | None], area: Area, *, series: str
) -> Any:
    """The pressure on seats from 0 to 100; a gap where too few signals are answered."""
    frame = _scored_bars(slide, names, (series, points), area)
    bars = frame.chart.plots[0]
    bars.gap_width = 80
    fill_with(bars.series[0].format, PAPER.muted)
    return frame


def stacked_bars(
    slide: Slide,
    names: Sequence[str],
    parts: Sequence[Counts],
    area: Area,
    *,
    is_numbered: bool = True,
) -> Any:
    """Bars of counts on top of each other, with their numbers where asked, and a legend."""
    data = CategoryChartData(number_format="0")
    data.categories = names
    for part in parts:
        data.add_series(part.name, part.values)
    frame = _bars(slide, XL_CHART_TYPE.BAR_STACKED, data, area)
    chart = frame.chart
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    set_font(chart.legend.font, slide.language)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    totals = [sum(counts) for counts in zip(*(part.values for part in parts), strict=True)]
    chart.value_axis.maximum_scale = max([*totals, 1])
    chart.plots[0].gap_width, chart.plots[0].overlap = 30, 100
    for part, series in zip(parts, chart.plots[0].series, strict=True):
        fill_with(series.format, part.colour)
        if is_numbered:
            _number(slide, series, ink_on(part.colour), COUNTED)
    return frame


def _scored_bars(
    slide: Slide, names: Sequence[str], series: tuple[str, Sequence[int | None]], area: Area
) -> Any:
    data = CategoryChartData(number_format="0")
    data.categories = names
    data.add_series(*series)
    frame = _bars(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, area)
    frame.chart.has_legend = False
    _score_axis(slide, frame.chart)
    _number(slide, frame.chart.plots[0], PAPER.text, "0")
    return frame


def _bars(slide: Slide, kind: Any, data: CategoryChartData, area: Area) -> Any:
    """A chart of horizontal bars, the first at the top; `describe` says what it is in words."""
    frame = slide.slide.shapes.add_chart(kind, *map(Inches, area), data)
    chart = frame.chart
    chart.has_title = False
    set_font(chart.font, slide.language)
    axis = chart.category_axis
    # Bars are drawn from the bottom up unless told otherwise.
    axis.reverse_order = True
    axis.format.line.color.rgb = rgb(PAPER.grid)
    axis.has_major_gridlines = False
    set_font(axis.tick_labels.font, slide.language, size=LEAST)
    return frame


def _score_axis(slide: Slide, chart: Any) -> None:
    """From 0 to 100, with a line where each stage or reading begins."""
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
    axis.major_gridlines.format.line.color.rgb = rgb(PAPER.grid)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    set_font(axis.tick_labels.font, slide.language, colour=PAPER.muted)


def _number(slide: Slide, plot: Any, colour: str, number_format: str) -> None:
    if hasattr(plot, "has_data_labels"):
        plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    set_font(labels.font, slide.language, bold=True, colour=colour)
