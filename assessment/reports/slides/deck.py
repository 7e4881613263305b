"""A take-away as PowerPoint slides, with tables and charts that can be edited there."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pptx import Presentation
from pptx.util import Inches, Pt

from assessment.reports.document import (
    PAPER,
    ScoreRow,
    ScoreTable,
    fit_table,
    labels_of,
    level_table,
    lever_lines,
    texts_of,
)
from assessment.reports.pictures import Pictures
from assessment.reports.slides.deep_slide import fill_deep_slide
from assessment.reports.slides.slide import (
    BOTTOM,
    INNER,
    MARGIN,
    SIZE,
    TOP,
    Area,
    ScoreChart,
    Slide,
    Text,
    shortened,
)
from assessment.reports.xml_text import xml_text
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.overview import Across, Overview
from assessment.wording.parts import ActionPart, Cell, LevelPart, LeverPart

MOST_ACTIONS = 2
ROWS_A_SLIDE = 12
LONGEST_NAME = 60
"""Characters of a squad's name in the table, where it has two lines; its own slide has it whole."""

TABLE_WIDTH, COLUMN = 8.2, 0.9
BESIDE = (MARGIN + TABLE_WIDTH + 0.2, TOP, INNER - TABLE_WIDTH - 0.2, BOTTOM - TOP)


def slides(briefing: Briefing) -> bytes:
    """The take-away as a PowerPoint file: an overview, then a slide or two per squad."""
    deck = _Deck(briefing)
    if briefing.overview:
        deck.add_overview(briefing.overview)
    for squad in briefing.squads:
        deck.add_squad(squad)
    return deck.file()


class _Deck:
    """Slides one after the other, each with its heading, verdict, badge and footer."""

    def __init__(self, briefing: Briefing) -> None:
        self._ = briefing.edition.words.gettext
        self.briefing = briefing
        self.labels = labels_of(briefing)
        self.deck = Presentation()
        self.deck.slide_width, self.deck.slide_height = map(Inches, SIZE)

    def file(self) -> bytes:
        """The file, with its properties."""
        properties = self.deck.core_properties
        properties.title = xml_text(self.briefing.title)[:255]
        properties.author = properties.last_modified_by = self.briefing.product
        properties.language = self.briefing.language
        file = io.BytesIO()
        self.deck.save(file)
        return file.getvalue()

    # Slides ---------------------------------------------------------------------------------------

    def add_overview(self, part: Overview) -> None:
        """The squads by level with the first levers; who decides with the open actions."""
        table = level_table(self.briefing, part)
        for number, (slide, _, in_words) in enumerate(
            self._table_slides(part.heading, part.verdict, table)
        ):
            if number == 0:
                self._write_levers(slide, part.levers, BESIDE, is_shared=True)
            slide.note([part.heading, part.verdict, *part.notes, *in_words])
        if part.deciders:
            self._add_across(part, part.deciders)
        elif part.decided.behind:
            slide = self._slide(part.heading, part.decided.text, self.briefing.badge)
            _write_points(slide.box((MARGIN, TOP, INNER, BOTTOM - TOP)), part.decided.behind)

    def _add_across(self, part: Overview, across: Across) -> None:
        table = fit_table(self.briefing, part, across)
        for number, (slide, heading, in_words) in enumerate(
            self._table_slides(part.heading, across.verdict, table)
        ):
            if number == 0:
                box = slide.box(BESIDE)
                if across.contested:
                    box.write(across.contested, size=12)
                    box.write(" ", size=8)
                box.write(self.labels["open"], size=14, bold=True)
                box.write(part.decided.text, size=12)
                _write_points(box, part.decided.behind)
            slide.note([heading, across.verdict, across.contested, *in_words])

    def add_squad(self, squad: SquadPart) -> None:
        """One squad: its levels as bars and as a radar, its seats, its levers, its actions.

        Its deep check has a slide after it.
        """
        slide = self._slide(squad.heading, squad.verdict, squad.badge)
        height, evidence, size = (2.4, 3, 9) if squad.decided else (2.9, 4, 10)
        self._draw_levels(slide, squad, height)
        box = slide.box((MARGIN + 8.6, TOP, INNER - 8.6, height))
        for seat in squad.seats:
            box.write(seat.text, size=12, bold=True)
            _write_points(box, seat.behind[:evidence], size=size)
        below, width = TOP + height + 0.1, INNER / max(1, len(squad.levers))
        for index, lever in enumerate(squad.levers):
            area = (MARGIN + index * width, below, width - 0.2, 2.15)
            self._write_levers(slide, [lever], area, first=index + 1, size=size)
        if not squad.levers:
            slide.box((MARGIN, below, INNER, 1)).write(squad.no_lever, size=12)
        if squad.decided:
            self._write_actions(slide, squad.decided[:MOST_ACTIONS])
        levels = [" · ".join(row) for row in texts_of(squad.level_table).rows]
        actions = [action.line for action in (*squad.decided, *squad.decided_earlier)]
        slide.note([squad.heading, squad.verdict, *squad.notes, *levels, *actions])
        if deep := squad.deep:
            slide = self._slide(f"{deep.title} · {deep.heading}", deep.verdict, squad.badge)
            fill_deep_slide(slide, self.briefing, squad, deep)

    def _slide(self, heading: str, verdict: str, badge: str | None) -> Slide:
        layout = self.deck.slide_layouts.get_by_name("Title Only")
        slide = Slide(self.deck.slides.add_slide(layout), self.briefing.language)
        size = 26 if len(verdict) <= 110 else 22 if len(verdict) <= 170 else 18
        slide.title(verdict, (MARGIN, 0.55, INNER, 1.15), size=size)
        about = slide.box((MARGIN, 0.25, INNER - 2.2, 0.3))
        about.write(heading, size=12, colour=PAPER.muted)
        if badge:
            slide.badge(badge)
        foot = slide.box((MARGIN, 7.1, INNER, 0.25))
        foot.write(self.labels["footer"], size=9, colour=PAPER.muted)
        return slide

    def _table_slides(
        self, heading: str, verdict: str, table: ScoreTable
    ) -> Iterator[tuple[Slide, str, list[str]]]:
        """As many slides as the table's rows take, each with its heading and its rows in words."""
        starts = range(0, len(table.rows), ROWS_A_SLIDE)
        for number, start in enumerate(starts, start=1):
            rows = table.rows[start : start + ROWS_A_SLIDE]
            numbered = f"{heading} · {number}/{len(starts)}" if len(starts) > 1 else heading
            slide = self._slide(numbered, verdict, self.briefing.badge)
            in_words = list(table.in_words(rows))
            self._draw_table(slide, table, rows, in_words=". ".join(in_words))
            yield slide, numbered, in_words

    # What stands on them --------------------------------------------------------------------------

    def _draw_table(
        self, slide: Slide, table: ScoreTable, rows: Sequence[ScoreRow], *, in_words: str
    ) -> None:
        """Squads by columns as a native table, in the colours of the heat map."""
        heads = (self.labels["squad"], *table.columns)
        height = (BOTTOM - TOP) / (ROWS_A_SLIDE + 1) * (len(rows) + 1)
        area = (MARGIN, TOP, TABLE_WIDTH, height)
        native = slide.table(len(rows) + 1, len(heads), area, name=table.name, in_words=in_words)
        native.columns[0].width = Inches(TABLE_WIDTH - COLUMN * len(table.columns))
        for index, head in enumerate(heads):
            if index:
                native.columns[index].width = Inches(COLUMN)
            text = slide.cell(native.cell(0, index))
            text.write(head, size=9 if index else 10, bold=True, centred=index > 0)
        for number, row in enumerate(rows, start=1):
            name = shortened(row.squad, LONGEST_NAME)
            slide.cell(native.cell(number, 0)).write(name, size=12 if len(name) <= 34 else 9)
            for index, (cell, colours) in enumerate(row.painted(), start=1):
                _write_score(slide, native.cell(number, index), cell, colours)

    def _draw_levels(self, slide: Slide, squad: SquadPart, height: float) -> None:
        """The squad's levels as bars, and as a radar beside them."""
        levels = squad.level_parts
        bars = ScoreChart(
            kind="bars",
            names=[self._level_name(level) for level in levels],
            scores=[level.score for level in levels],
            series=self.labels["score"],
            name=self.labels["levels"],
            in_words=Pictures(self.briefing.edition.words).levels_in_words(squad),
        )
        slide.chart(bars, (MARGIN, TOP, 4.9, height))
        radar = replace(bars, kind="radar", names=[level.short for level in levels])
        slide.chart(radar, (MARGIN + 4.9, TOP, 3.6, height))

    def _level_name(self, level: LevelPart) -> str:
        lacking = self._("not enough answers")
        return f"{level.name} ({lacking})" if level.score is None else level.name

    def _write_levers(
        self,
        slide: Slide,
        levers: Sequence[LeverPart],
        area: Area,
        *,
        first: int = 1,
        size: int = 10,
        is_shared: bool = False,
    ) -> None:
        """Levers under each other, numbered from `first`; where they are shared, the table says."""
        box = slide.box(area)
        if first == 1 and levers:
            box.write(self.labels["levers"], size=14, bold=True)
        elif levers:
            box.write(" ", size=14)
        for number, lever in enumerate(levers, start=first):
            title = box.write(f"{number}. {lever.title}", size=12, bold=True)
            title.space_before = Pt(6)
            box.write(lever.gain, size=size, colour=PAPER.muted)
            lines = lever_lines(self.briefing, lever, is_shared=is_shared)
            for label, text in lines[1:] if is_shared else lines:
                box.write(f"{label} ", size=size, bold=True)
                box.add(text, size=size)

    def _write_actions(self, slide: Slide, actions: Sequence[ActionPart]) -> None:
        """What the squad decided, at the slide's foot; its notes hold everything."""
        box = slide.box((MARGIN, BOTTOM - 0.7, INNER, 0.75))
        box.write(self.labels["decided"], size=12, bold=True)
        for action in actions:
            box.write(f"{action.title} · ", size=10, bold=True)
            box.add(action.standing, size=10, bold=action.late)
            if action.since:
                box.add(f" · {action.since}", size=9, colour=PAPER.muted)


def _write_points(box: Text, lines: Sequence[str], *, size: int = 11) -> None:
    for line in lines:
        box.write(f"– {line}", size=size)


def _write_score(slide: Slide, native: Any, cell: Cell, colours: tuple[str, str] | None) -> None:
    fill, ink = colours or (PAPER.background, PAPER.text)
    text = slide.cell(native, fill=fill)
    text.write(cell.shown, size=12, bold=True, colour=ink, centred=True)
    if cell.change:
        text.add(f" {cell.change}", size=9, colour=ink)
