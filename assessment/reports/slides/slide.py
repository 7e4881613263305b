"""One slide: plain texts, native tables and native charts, each in an area given in inches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from assessment.languages import points_shown
from assessment.reports.document import PAPER
from assessment.reports.xml_text import xml_text

Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height, in inches."""

SIZE = (13.333, 7.5)
MARGIN = 0.5
INNER = SIZE[0] - 2 * MARGIN
TOP, BOTTOM = 1.75, 7.0
"""What lies between holds the slide's own matter; its title stands above, its footer below."""

LANGUAGES = {"en": MSO_LANGUAGE_ID.ENGLISH_UK, "fr": MSO_LANGUAGE_ID.FRENCH}
CHARTS = {"bars": XL_CHART_TYPE.BAR_CLUSTERED, "radar": XL_CHART_TYPE.RADAR_MARKERS}


@dataclass(frozen=True, slots=True)
class ScoreChart:
    """Scores in [0, 100] to draw as points shown, None staying empty; what the chart is called.

    Its workbook holds no text that people wrote, since formulas would run in it: `names` and
    `series` are the product's own.
    """

    kind: Literal["bars", "radar"]
    names: Sequence[str]
    scores: Sequence[float | None]
    series: str
    name: str
    in_words: str


class Text:
    """Paragraphs of plain runs in one language; nothing in them is read as a link."""

    def __init__(self, frame: Any, language: Any) -> None:
        self.frame = frame
        self.language = language

    def write(
        self,
        text: str,
        *,
        size: int,
        bold: bool = False,
        colour: str = PAPER.text,
        centred: bool = False,
    ) -> Any:
        """A paragraph of its own at the end."""
        if self.frame.paragraphs[-1].runs:
            self.frame.add_paragraph()
        paragraph = self.frame.paragraphs[-1]
        paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
        self.add(text, size=size, bold=bold, colour=colour)
        return paragraph

    def add(self, text: str, *, size: int, bold: bool = False, colour: str = PAPER.text) -> None:
        """Text at the end of the last paragraph."""
        run = self.frame.paragraphs[-1].add_run()
        run.text = xml_text(text)
        _set_font(run.font, self.language, size=size, bold=bold, colour=colour)


class Slide:
    """Puts texts, tables and charts on one slide, in one language."""

    def __init__(self, slide: Any, language: str) -> None:
        self.slide = slide
        self.language = LANGUAGES[language]

    def title(self, text: str, area: Area, *, size: int) -> None:
        """The slide's own title."""
        title = self.slide.shapes.title
        title.left, title.top, title.width, title.height = map(Inches, area)
        self._wrapped(title.text_frame).write(text, size=size, bold=True)

    def badge(self, label: str) -> None:
        """A short mark at the slide's top right."""
        area = (SIZE[0] - MARGIN - 2, 0.22, 2, 0.32)
        pill = self.slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *map(Inches, area))
        pill.name = label
        pill.shadow.inherit = False
        _fill(pill, PAPER.background)
        pill.line.color.rgb = _rgb(PAPER.trouble)
        pill.line.width = Pt(1.5)
        _tighten(pill.text_frame)
        Text(pill.text_frame, self.language).write(label, size=11, bold=True, centred=True)

    def box(self, area: Area) -> Text:
        """An empty text box, without margins."""
        return self._wrapped(self.slide.shapes.add_textbox(*map(Inches, area)).text_frame)

    def table(self, rows: int, columns: int, area: Area, *, name: str, in_words: str) -> Any:
        """A native table of empty cells, which `cell` opens one by one."""
        frame = self.slide.shapes.add_table(rows, columns, *map(Inches, area))
        _describe(frame, name, in_words)
        frame.table.horz_banding = False
        return frame.table

    def cell(self, cell: Any, *, fill: str = PAPER.background) -> Text:
        """The text of a table's cell, in its middle before a colour."""
        _fill(cell, fill)
        cell.margin_left = cell.margin_right = Inches(0.06)
        cell.margin_top = cell.margin_bottom = Inches(0.02)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        return Text(cell.text_frame, self.language)

    def chart(self, chart: ScoreChart, area: Area, *, label_size: int = 11) -> None:
        """A native chart of scores; the names of what is scored have `label_size`."""
        data = CategoryChartData(number_format="0")
        data.categories = chart.names
        points = [None if score is None else points_shown(score) for score in chart.scores]
        data.add_series(chart.series, points)
        frame = self.slide.shapes.add_chart(CHARTS[chart.kind], *map(Inches, area), data)
        _describe(frame, chart.name, chart.in_words)
        native = frame.chart
        native.has_legend = native.has_title = False
        _set_font(native.font, self.language, size=11)
        axis = native.value_axis
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
        axis.major_gridlines.format.line.color.rgb = _rgb(PAPER.grid)
        axis.format.line.fill.background()
        series = native.plots[0].series[0].format
        _fill(series, PAPER.series[0])
        series.line.color.rgb = _rgb(PAPER.series[0])
        series.line.width = Pt(2)
        if chart.kind == "bars":
            self._number_bars(native)
        else:
            _set_font(axis.tick_labels.font, self.language, size=8, colour=PAPER.muted)
        if label_size != 11:
            _set_font(native.category_axis.tick_labels.font, self.language, size=label_size)

    def note(self, lines: Iterable[str]) -> None:
        """Lines for the slide's notes."""
        self.slide.notes_slide.notes_text_frame.text = xml_text("\n".join(lines))

    def _number_bars(self, chart: Any) -> None:
        """Bars with their numbers, the first at the top."""
        chart.plots[0].gap_width = 45
        chart.plots[0].has_data_labels = True
        labels = chart.plots[0].data_labels
        labels.show_value = True
        _set_font(labels.font, self.language, size=12, bold=True)
        # Bars are drawn from the bottom up unless told otherwise.
        chart.category_axis.reverse_order = True
        chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE

    def _wrapped(self, frame: Any) -> Text:
        frame.word_wrap = True
        _tighten(frame)
        return Text(frame, self.language)


def shortened(text: str, most: int) -> str:
    """The text, ending in an ellipsis where it is longer than there is room for."""
    return text if len(text) <= most else text[:most].rstrip() + "…"


def _describe(frame: Any, name: str, in_words: str) -> None:
    """Call a table or a chart, and give it the words that a screen reader says of it."""
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", xml_text(in_words))


def _set_font(
    font: Any, language: Any, *, size: int, bold: bool = False, colour: str = PAPER.text
) -> None:
    font.size, font.bold, font.language_id = Pt(size), bold, language
    font.color.rgb = _rgb(colour)


def _fill(shape: Any, colour: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(colour)


def _tighten(frame: Any) -> None:
    """No margins around a text."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _rgb(colour: str) -> Any:
    """A colour such as #0072B2 as slides know it."""
    return RGBColor.from_string(colour.removeprefix("#"))
