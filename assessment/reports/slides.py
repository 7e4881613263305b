"""A take-away as PowerPoint slides, with tables and charts that can be edited there."""

from __future__ import annotations

import io
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from assessment.charts.style import Style
from assessment.languages import points_shown
from assessment.reports.briefing import Briefing, Cell, LeverPart, Overview, Row, SquadPart
from assessment.reports.pictures import picture_text
from assessment.reports.xml_text import xml_text
from assessment.tables import readable_levels

PAPER = Style(dark=False)

ROWS_A_SLIDE = 12
LONGEST_NAME = 60
"""Characters of a squad's name in the table, where it has two lines; its own slide has it whole."""

# All in inches, on a wide slide.
SLIDE = (13.333, 7.5)
MARGIN = 0.5
INNER = SLIDE[0] - 2 * MARGIN
TOP, BOTTOM = 1.75, 7.0


def slides(briefing: Briefing) -> bytes:
    """The take-away as a PowerPoint file: an overview, then one slide per squad."""
    # Imported here, since most people never ask for slides.
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(SLIDE[0]), Inches(SLIDE[1])
    maker = _Maker(briefing, deck)
    if briefing.overview:
        maker.add_overview(briefing.overview)
    for part in briefing.squads:
        maker.add_squad(part)
    told = deck.core_properties
    told.title, told.author = xml_text(briefing.title)[:255], briefing.product
    told.last_modified_by, told.language = briefing.product, briefing.language
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


class _Maker:
    """Puts slides into one deck, all text as plain runs in the reader's language."""

    def __init__(self, briefing: Briefing, deck: Any) -> None:
        from pptx.enum.lang import MSO_LANGUAGE_ID

        self._ = briefing.edition.words.gettext
        self.briefing = briefing
        self.deck = deck
        self.layout = deck.slide_layouts.get_by_name("Title Only")
        self.speech = {"en": MSO_LANGUAGE_ID.ENGLISH_UK, "fr": MSO_LANGUAGE_ID.FRENCH}[
            briefing.language
        ]

    # Slides ---------------------------------------------------------------------------------------

    def add_overview(self, part: Overview) -> None:
        """The verdict, the squads by level, the first levers; more slides beyond twelve squads."""
        starts = range(0, len(part.rows), ROWS_A_SLIDE)
        pieces = [part.rows[start : start + ROWS_A_SLIDE] for start in starts]
        for number, rows in enumerate(pieces, start=1):
            heading = part.heading
            if len(pieces) > 1:
                heading += f" · {number}/{len(pieces)}"
            slide = self._slide(heading, part.verdict, self.briefing.badge)
            self._heat_map(slide, part, rows)
            if number == 1:
                at = (MARGIN + 8.4, TOP, INNER - 8.4, BOTTOM - TOP)
                self._levers(slide, part.levers, at)
            self._note(slide, [part.heading, part.verdict, *part.notes, *map(self._told, rows)])

    def add_squad(self, part: SquadPart) -> None:
        """One squad: its levels as bars and as a radar, its seats, its levers."""
        slide = self._slide(part.heading, part.verdict, part.badge)
        self._bars(slide, part, (MARGIN, TOP, 4.9, 2.9))
        self._radar(slide, part, (MARGIN + 4.9, TOP, 3.6, 2.9))
        box = self._box(slide, (MARGIN + 8.6, TOP, INNER - 8.6, 2.9))
        for seat in part.seats:
            self._write(box, seat.text, size=12, bold=True)
            for text in seat.behind[:4]:
                self._write(box, f"– {text}", size=10)
        each = INNER / max(1, len(part.levers))
        for place, lever in enumerate(part.levers):
            at = (MARGIN + place * each, TOP + 3, each - 0.2, BOTTOM - TOP - 3)
            self._levers(slide, [lever], at, first=place + 1, with_reason=True)
        if not part.levers:
            box = self._box(slide, (MARGIN, TOP + 3, INNER, 1))
            self._write(box, part.no_lever, size=12)
        table = readable_levels(self.briefing.edition, part.levels)
        levels = [" · ".join(row) for row in table.to_numpy().tolist()]
        self._note(slide, [part.heading, part.verdict, *part.notes, *levels])

    def _slide(self, heading: str, verdict: str, badge: str | None) -> Any:
        from pptx.util import Inches

        slide = self.deck.slides.add_slide(self.layout)
        title = slide.shapes.title
        title.left, title.top = Inches(MARGIN), Inches(0.55)
        title.width, title.height = Inches(INNER), Inches(1.15)
        frame = title.text_frame
        frame.word_wrap = True
        self._tighten(frame)
        size = 26 if len(verdict) <= 110 else 22 if len(verdict) <= 170 else 18
        self._write(frame, verdict, size=size, bold=True)
        box = self._box(slide, (MARGIN, 0.25, INNER - 2.2, 0.3))
        self._write(box, heading, size=12, colour=PAPER.muted)
        if badge:
            self._badge(slide, badge)
        footer = self._box(slide, (MARGIN, 7.1, INNER, 0.25))
        about = f"{self.briefing.product} · {self.briefing.period}"
        self._write(footer, about, size=9, colour=PAPER.muted)
        return slide

    # Pieces ---------------------------------------------------------------------------------------

    def _heat_map(self, slide: Any, part: Overview, rows: Sequence[Row]) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Inches

        heads = (self._("Squad"), *part.columns, self._("Overall"))
        height = (BOTTOM - TOP) / (ROWS_A_SLIDE + 1)
        frame = slide.shapes.add_table(
            len(rows) + 1,
            len(heads),
            Inches(MARGIN),
            Inches(TOP),
            Inches(8.2),
            Inches(height * (len(rows) + 1)),
        )
        frame.name = self._("Squads by level")
        self._describe(frame, ". ".join(map(self._told, rows)))
        table = frame.table
        table.horz_banding = False
        widths = [2.8, *[0.9] * (len(heads) - 1)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Inches(width)
        for at, head in enumerate(heads):
            cell = table.cell(0, at)
            self._fill(cell, PAPER.background)
            self._cell(cell, head, size=10, bold=True, align=None if at == 0 else PP_ALIGN.CENTER)
        for number, row in enumerate(rows, start=1):
            cell = table.cell(number, 0)
            self._fill(cell, PAPER.background)
            name = row.squad
            if len(name) > LONGEST_NAME:
                name = name[:LONGEST_NAME].rstrip() + "…"
            self._cell(cell, name, size=12 if len(name) <= 34 else 9)
            for at, found in enumerate((*row.cells, row.overall), start=1):
                self._score(table.cell(number, at), found, heat=at <= len(row.cells))

    def _score(self, cell: Any, found: Cell, *, heat: bool) -> None:
        from pptx.enum.text import PP_ALIGN

        fill, ink = PAPER.background, PAPER.text
        if heat and found.score is not None:
            fill, ink = PAPER.heat(found.score)
        self._fill(cell, fill)
        self._cell(cell, found.shown, size=12, bold=True, colour=ink, align=PP_ALIGN.CENTER)
        if found.change:
            self._run(cell.text_frame.paragraphs[0], f" {found.change}", size=9, colour=ink)

    def _bars(self, slide: Any, part: SquadPart, at: tuple[float, ...]) -> None:
        from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION

        names = [self._name(level) for level in part.levels.to_dict("records")]
        chart = self._chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, part, names, at)
        chart.plots[0].gap_width = 45
        chart.plots[0].has_data_labels = True
        labels = chart.plots[0].data_labels
        labels.show_value = True
        self._font(labels.font, size=12, bold=True)
        # Bars are drawn from the bottom up unless told otherwise.
        chart.category_axis.reverse_order = True
        chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE

    def _radar(self, slide: Any, part: SquadPart, at: tuple[float, ...]) -> None:
        from pptx.enum.chart import XL_CHART_TYPE

        names = part.levels["level_short"].tolist()
        chart = self._chart(slide, XL_CHART_TYPE.RADAR_MARKERS, part, names, at)
        self._font(chart.value_axis.tick_labels.font, size=8, colour=PAPER.muted)

    def _chart(
        self, slide: Any, kind: Any, part: SquadPart, names: Sequence[str], at: tuple[float, ...]
    ) -> Any:
        """A native chart of the squad's levels, as points shown; unscored levels stay empty.

        Its workbook holds no text that people wrote, since formulas would run in it.
        """
        from pptx.chart.data import CategoryChartData
        from pptx.dml.color import RGBColor
        from pptx.util import Inches, Pt

        data = CategoryChartData(number_format="0")
        data.categories = names
        scores = part.levels["score"]
        data.add_series(
            self._("Score"), [None if pd.isna(score) else points_shown(score) for score in scores]
        )
        frame = slide.shapes.add_chart(kind, *map(Inches, at), data)
        frame.name = self._("Scores by level")
        self._describe(frame, picture_text(self.briefing, part))
        chart = frame.chart
        chart.has_legend = chart.has_title = False
        self._font(chart.font, size=11)
        axis = chart.value_axis
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
        axis.major_gridlines.format.line.color.rgb = _rgb(PAPER.grid)
        axis.format.line.fill.background()
        series = chart.plots[0].series[0]
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(PAPER.series[0][1:])
        series.format.line.color.rgb = _rgb(PAPER.series[0])
        series.format.line.width = Pt(2)
        return chart

    def _levers(
        self,
        slide: Any,
        levers: Sequence[LeverPart],
        at: tuple[float, float, float, float],
        *,
        first: int = 1,
        with_reason: bool = False,
    ) -> None:
        from pptx.util import Pt

        box = self._box(slide, at)
        if first == 1 and levers:
            self._write(box, self._("What to do first"), size=14, bold=True)
        elif levers:
            self._write(box, " ", size=14)
        for place, lever in enumerate(levers, start=first):
            title = self._write(box, f"{place}. {lever.title}", size=12, bold=True)
            title.space_before = Pt(6)
            self._write(box, lever.gain, size=10, colour=PAPER.muted)
            told = [
                (self._("Whose move:"), lever.owners),
                (self._("First step, within 30 days:"), lever.step),
            ]
            if with_reason:
                told.insert(0, (self._("Why:"), lever.where))
            for name, text in told:
                paragraph = self._write(box, f"{name} ", size=10, bold=True)
                self._run(paragraph, text, size=10)

    def _badge(self, slide: Any, label: str) -> None:
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Inches, Pt

        at = (SLIDE[0] - MARGIN - 2, 0.22, 2, 0.32)
        pill = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *map(Inches, at))
        pill.name = label
        pill.shadow.inherit = False
        pill.fill.solid()
        pill.fill.fore_color.rgb = _rgb(PAPER.background)
        pill.line.color.rgb = _rgb(PAPER.trouble)
        pill.line.width = Pt(1.5)
        self._tighten(pill.text_frame)
        self._write(pill.text_frame, label, size=11, bold=True).alignment = PP_ALIGN.CENTER

    # Text -----------------------------------------------------------------------------------------

    def _box(self, slide: Any, at: tuple[float, float, float, float]) -> Any:
        from pptx.util import Inches

        frame = slide.shapes.add_textbox(*map(Inches, at)).text_frame
        frame.word_wrap = True
        self._tighten(frame)
        return frame

    def _write(
        self, frame: Any, text: str, *, size: int, bold: bool = False, colour: str = PAPER.text
    ) -> Any:
        """A paragraph of its own at the end of a text frame."""
        from pptx.enum.text import PP_ALIGN

        paragraph = frame.paragraphs[-1]
        if paragraph.runs:
            paragraph = frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        self._run(paragraph, text, size=size, bold=bold, colour=colour)
        return paragraph

    def _run(
        self, paragraph: Any, text: str, *, size: int, bold: bool = False, colour: str = PAPER.text
    ) -> None:
        run = paragraph.add_run()
        run.text = xml_text(text)
        self._font(run.font, size=size, bold=bold, colour=colour)

    def _font(self, font: Any, *, size: int, bold: bool = False, colour: str = PAPER.text) -> None:
        from pptx.util import Pt

        font.size, font.bold, font.language_id = Pt(size), bold, self.speech
        font.color.rgb = _rgb(colour)

    def _cell(
        self,
        cell: Any,
        text: str,
        *,
        size: int,
        bold: bool = False,
        colour: str = PAPER.text,
        align: Any = None,
    ) -> None:
        from pptx.enum.text import MSO_ANCHOR
        from pptx.util import Inches

        cell.margin_left = cell.margin_right = Inches(0.06)
        cell.margin_top = cell.margin_bottom = Inches(0.02)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = self._write(cell.text_frame, text, size=size, bold=bold, colour=colour)
        paragraph.alignment = align

    def _fill(self, cell: Any, colour: str) -> None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _rgb(colour)

    def _tighten(self, frame: Any) -> None:
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0

    def _describe(self, frame: Any, text: str) -> None:
        """Give a table or a chart the words that a screen reader says of it."""
        frame._element.nvGraphicFramePr.cNvPr.set("descr", xml_text(text))

    def _note(self, slide: Any, lines: Sequence[str]) -> None:
        slide.notes_slide.notes_text_frame.text = xml_text("\n".join(lines))

    def _name(self, level: Mapping[Hashable, Any]) -> str:
        if pd.isna(level["score"]):
            lacking = self._("not enough answers")
            return f"{level['level_name']} ({lacking})"
        return str(level["level_name"])

    def _told(self, row: Row) -> str:
        names = self.briefing.overview.columns if self.briefing.overview else ()
        scores = [
            f"{name} {cell.shown} {cell.change}".strip()
            for name, cell in zip(names, row.cells, strict=True)
        ]
        return f"{row.squad} ({row.voices}, {row.since}): {', '.join(scores)}"


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour.removeprefix("#"))
