"""A take-away as PowerPoint slides, with tables and charts that can be edited there."""

from __future__ import annotations

import io
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd

from assessment.charts.style import Style
from assessment.reports.pictures import Pictures
from assessment.reports.slides.charts import ROWS_A_SLIDE, TABLE_WIDTH, score_chart, score_table
from assessment.reports.slides.deep_slide import fill_deep_slide
from assessment.reports.slides.text import INNER, MARGIN, SLIDE, SlideText
from assessment.reports.xml_text import xml_text
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.overview import Overview
from assessment.wording.parts import ActionPart, FitRow, LeverPart, Line, Row

PAPER = Style(dark=False)

MOST_ACTIONS = 2
TOP, BOTTOM = 1.75, 7.0
"""In inches: what lies between holds the slide's own matter."""

BESIDE = (MARGIN + TABLE_WIDTH + 0.2, TOP, INNER - TABLE_WIDTH - 0.2, BOTTOM - TOP)

Told = TypeVar("Told", Row, FitRow)


def slides(briefing: Briefing) -> bytes:
    """The take-away as a PowerPoint file: an overview, then a slide or two per squad."""
    # Imported here, since most people never ask for slides.
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(SLIDE[0]), Inches(SLIDE[1])
    maker = _Maker(briefing, deck)
    if briefing.overview:
        maker.add_overview(briefing.overview)
        maker.add_across(briefing.overview)
    for part in briefing.squads:
        maker.add_squad(part)
        if part.deep:
            maker.add_deep(part.deep, part.badge)
    told = deck.core_properties
    told.title, told.author = xml_text(briefing.title)[:255], briefing.product
    told.last_modified_by, told.language = briefing.product, briefing.language
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


class _Maker:
    """Puts slides into one deck."""

    def __init__(self, briefing: Briefing, deck: Any) -> None:
        self._ = briefing.edition.words.gettext
        self.briefing = briefing
        self.deck = deck
        self.layout = deck.slide_layouts.get_by_name("Title Only")
        self.text = SlideText(briefing.language)

    # Slides ---------------------------------------------------------------------------------------

    def add_overview(self, part: Overview) -> None:
        """The verdict, the squads by level, the first levers; more slides beyond twelve squads."""
        for number, (heading, rows) in enumerate(_pieces(part.heading, part.rows)):
            slide = self._slide(heading, part.verdict, self.briefing.badge)
            score_table(
                self.text,
                slide,
                (*part.columns, self._("Overall")),
                [(row.squad, (*row.cells, row.overall)) for row in rows],
                top=TOP,
                bottom=BOTTOM,
                first=self._("Squad"),
                name=self._("Squads by level"),
                told=". ".join(map(self._told, rows)),
            )
            if number == 0:
                self._levers(slide, part.levers, BESIDE)
            lines = [part.heading, part.verdict, *part.notes, *map(self._told, rows)]
            self.text.note(slide, lines)

    def add_across(self, part: Overview) -> None:
        """Who decides squad by squad, and the open actions; no slide where there is neither."""
        found = part.deciders
        if found is None:
            if part.decided.behind:
                slide = self._slide(part.heading, part.decided.text, self.briefing.badge)
                box = self.text.box(slide, (MARGIN, TOP, INNER, BOTTOM - TOP))
                self._movers(box, part.decided)
            return
        for number, (heading, rows) in enumerate(_pieces(part.heading, found.rows)):
            slide = self._slide(heading, found.verdict, self.briefing.badge)
            score_table(
                self.text,
                slide,
                part.columns,
                [(row.squad, row.cells) for row in rows],
                top=TOP,
                bottom=BOTTOM,
                first=self._("Squad"),
                name=self._("Who decides, squad by squad"),
                told=". ".join(map(self._told_fit, rows)),
            )
            if number == 0:
                box = self.text.box(slide, BESIDE)
                if found.contested:
                    self.text.write(box, found.contested, size=12)
                    self.text.write(box, " ", size=8)
                self._open_actions(box, part.decided)
            lines = [heading, found.verdict, found.contested, *map(self._told_fit, rows)]
            self.text.note(slide, lines)

    def add_squad(self, part: SquadPart) -> None:
        """One squad: its levels as bars and as a radar, its seats, its levers, its actions."""
        slide = self._slide(part.heading, part.verdict, part.badge)
        high, evidence, size = (2.4, 3, 9) if part.decided else (2.9, 4, 10)
        names = [self._name(level) for level in part.levels.to_dict("records")]
        self._levels(slide, part, "bars", names, (MARGIN, TOP, 4.9, high))
        shorts = part.levels["level_short"].tolist()
        self._levels(slide, part, "radar", shorts, (MARGIN + 4.9, TOP, 3.6, high))
        box = self.text.box(slide, (MARGIN + 8.6, TOP, INNER - 8.6, high))
        for seat in part.seats:
            self.text.write(box, seat.text, size=12, bold=True)
            for line in seat.behind[:evidence]:
                self.text.write(box, f"– {line}", size=size)
        below = TOP + high + 0.1
        each = INNER / max(1, len(part.levers))
        for place, lever in enumerate(part.levers):
            at = (MARGIN + place * each, below, each - 0.2, 2.15)
            self._levers(slide, [lever], at, first=place + 1, with_reason=True, size=size)
        if not part.levers:
            box = self.text.box(slide, (MARGIN, below, INNER, 1))
            self.text.write(box, part.no_lever, size=12)
        self._decided(slide, part.decided)
        table = part.level_table
        levels = [" · ".join(row) for row in table.to_numpy().tolist()]
        actions = [each.line for each in (*part.decided, *part.decided_earlier)]
        self.text.note(slide, [part.heading, part.verdict, *part.notes, *levels, *actions])

    def add_deep(self, part: DeepPart, badge: str | None) -> None:
        """Who decides in one squad."""
        slide = self._slide(f"{part.title} · {part.heading}", part.verdict, badge)
        fill_deep_slide(self.text, slide, self.briefing, part, top=TOP, bottom=BOTTOM)

    def _slide(self, heading: str, verdict: str, badge: str | None) -> Any:
        from pptx.util import Inches

        slide = self.deck.slides.add_slide(self.layout)
        title = slide.shapes.title
        title.left, title.top = Inches(MARGIN), Inches(0.55)
        title.width, title.height = Inches(INNER), Inches(1.15)
        frame = title.text_frame
        frame.word_wrap = True
        self.text.tighten(frame)
        size = 26 if len(verdict) <= 110 else 22 if len(verdict) <= 170 else 18
        self.text.write(frame, verdict, size=size, bold=True)
        box = self.text.box(slide, (MARGIN, 0.25, INNER - 2.2, 0.3))
        self.text.write(box, heading, size=12, colour=PAPER.muted)
        if badge:
            self.text.badge(slide, badge)
        footer = self.text.box(slide, (MARGIN, 7.1, INNER, 0.25))
        about = f"{self.briefing.product} · {self.briefing.period}"
        self.text.write(footer, about, size=9, colour=PAPER.muted)
        return slide

    # Pieces ---------------------------------------------------------------------------------------

    def _levels(
        self, slide: Any, part: SquadPart, kind: str, names: Sequence[str], at: tuple[float, ...]
    ) -> None:
        score_chart(
            self.text,
            slide,
            kind,
            names,
            part.levels["score"].tolist(),
            at,
            series=self._("Score"),
            name=self._("Scores by level"),
            told=Pictures(self.briefing.edition.words).levels_in_words(part),
        )

    def _levers(
        self,
        slide: Any,
        levers: Sequence[LeverPart],
        at: tuple[float, float, float, float],
        *,
        first: int = 1,
        with_reason: bool = False,
        size: int = 10,
    ) -> None:
        from pptx.util import Pt

        box = self.text.box(slide, at)
        if first == 1 and levers:
            self.text.write(box, self._("What to do first"), size=14, bold=True)
        elif levers:
            self.text.write(box, " ", size=14)
        for place, lever in enumerate(levers, start=first):
            title = self.text.write(box, f"{place}. {lever.title}", size=12, bold=True)
            title.space_before = Pt(6)
            self.text.write(box, lever.gain, size=size, colour=PAPER.muted)
            told = [
                (self._("Whose move:"), lever.owners),
                (self._("First step, within 30 days:"), lever.step),
            ]
            if with_reason:
                told.insert(0, (self._("Why:"), lever.where))
            for name, line in told:
                paragraph = self.text.write(box, f"{name} ", size=size, bold=True)
                self.text.run(paragraph, line, size=size)

    def _decided(self, slide: Any, actions: Sequence[ActionPart]) -> None:
        """The squad's first actions at the slide's foot; its notes hold them all."""
        if not actions:
            return
        box = self.text.box(slide, (MARGIN, BOTTOM - 0.7, INNER, 0.75))
        self.text.write(box, self._("What we decided"), size=12, bold=True)
        for each in actions[:MOST_ACTIONS]:
            paragraph = self.text.write(box, f"{each.title} · ", size=10, bold=True)
            self.text.run(paragraph, each.standing, size=10, bold=each.late)
            if each.since:
                self.text.run(paragraph, f" · {each.since}", size=9, colour=PAPER.muted)

    def _open_actions(self, box: Any, decided: Line) -> None:
        self.text.write(box, self._("Open actions"), size=14, bold=True)
        self.text.write(box, decided.text, size=12)
        self._movers(box, decided)

    def _movers(self, box: Any, decided: Line) -> None:
        for line in decided.behind:
            self.text.write(box, f"– {line}", size=11)

    # Words ----------------------------------------------------------------------------------------

    def _name(self, level: Mapping[Hashable, Any]) -> str:
        if pd.isna(level["score"]):
            lacking = self._("not enough answers")
            return f"{level['level_name']} ({lacking})"
        return str(level["level_name"])

    def _told(self, row: Row) -> str:
        scores = [
            f"{name} {cell.shown} {cell.change}".strip()
            for name, cell in zip(self._columns, row.cells, strict=True)
        ]
        return f"{row.squad} ({row.voices}, {row.since}): {', '.join(scores)}"

    def _told_fit(self, row: FitRow) -> str:
        scores = [
            f"{name} {cell.shown} {cell.change}".strip()
            for name, cell in zip(self._columns, row.cells, strict=True)
        ]
        return f"{row.squad} ({row.voices}): {', '.join(scores)}"

    @property
    def _columns(self) -> Sequence[str]:
        return self.briefing.overview.columns if self.briefing.overview else ()


def _pieces(heading: str, rows: Sequence[Told]) -> Iterator[tuple[str, Sequence[Told]]]:
    """Rows for one slide after the other, each with its heading; numbered beyond one slide."""
    starts = range(0, len(rows), ROWS_A_SLIDE)
    for number, start in enumerate(starts, start=1):
        numbered = f" · {number}/{len(starts)}" if len(starts) > 1 else ""
        yield heading + numbered, rows[start : start + ROWS_A_SLIDE]
