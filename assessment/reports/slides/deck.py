"""A take-away as PowerPoint slides, with tables and charts that can be edited there."""

import io
import math
import re
from datetime import datetime, time
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

from assessment.reports.document import PAPER
from assessment.reports.slides.board import add_board
from assessment.reports.slides.slide import INNER, LEAST, MARGIN, SIZE, TOP, Slide, width_of
from assessment.reports.slides.squad import fill_charter, fill_divider, fill_squad
from assessment.reports.xml_text import xml_text
from assessment.wording.briefing import Briefing

HEADINGS, TEXTS = "Bricolage Grotesque", "Arial"
"""The faces of the theme; a machine without the first shows its titles in a face of its own."""

FOOT = 7.05

TITLE_TOP = 0.6
TITLE_SIZES = (28, 24, 20, 18, 16, 14, LEAST)
WIDER = 1.1
"""By how much a face that stands in for the heading's may be wider than it."""


def board_slides(briefing: Briefing) -> bytes:
    """Five slides for a board, whatever the number of squads, as a PowerPoint file."""
    deck = _Deck(briefing)
    add_board(deck.slide, briefing)
    return deck.file()


def slides(briefing: Briefing) -> bytes:
    """The board's five, then behind a divider each squad with a result and what it agreed.

    The five tell a single squad already: what it agreed follows them.
    """
    deck = _Deck(briefing)
    add_board(deck.slide, briefing)
    if briefing.overview:
        fill_divider(deck.slide(briefing.edition.words.gettext("Squad by squad")), briefing)
    for index, squad in enumerate(briefing.squads):
        if not squad.has_result:
            continue
        if briefing.overview:
            slide = deck.slide(squad.verdict, heading=squad.heading, badge=squad.mark)
            fill_squad(slide, briefing, index)
        if squad.agreed.items:
            heading = f"{squad.squad} · {squad.agreed.title}"
            charter = deck.slide(squad.agreed.summary, heading=heading, badge=squad.mark)
            fill_charter(charter, squad.agreed)
    return deck.file()


class _Deck:
    """Slides one after the other, each with its heading, title, badge and footer."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.deck = Presentation()
        _widen(self.deck)
        _set_faces(self.deck)
        self.layout = self.deck.slide_layouts.get_by_name("Title Only")

    def slide(
        self, title: str, *, below: str = "", heading: str = "", badge: str | None = ""
    ) -> Slide:
        """A new slide under a title; by default with the whole deck's heading and badge."""
        slide = Slide(self.deck.slides.add_slide(self.layout), self.briefing.language)
        size = _title_size(title, below)
        slide.title(title, (MARGIN, TITLE_TOP, INNER, 1.0), size=size, below=below)
        about = heading or self.briefing.heading
        slide.box((MARGIN, 0.27, INNER - 2.2, 0.25)).write(about, colour=PAPER.muted)
        if badge := self.briefing.badge if badge == "" else badge:
            slide.badge(badge)
        foot = slide.box((MARGIN, FOOT, INNER - 1, 0.25))
        foot.write(self.briefing.board.footer, colour=PAPER.muted)
        slide.box((MARGIN + INNER - 1, FOOT, 1, 0.25)).number_page(len(self.deck.slides))
        return slide

    def file(self) -> bytes:
        """The file, with its properties."""
        made = datetime.combine(self.briefing.board.today, time())
        properties = self.deck.core_properties
        properties.title = xml_text(self.briefing.title)[:255]
        properties.author = properties.last_modified_by = self.briefing.product
        properties.language = self.briefing.language
        properties.created = properties.modified = made
        properties.subject = properties.keywords = properties.comments = ""
        file = io.BytesIO()
        self.deck.save(file)
        return file.getvalue()


def _title_size(title: str, below: str) -> int:
    """Points at which a title, with room for two lines, ends above the picture."""
    room = (TOP - 0.1 - TITLE_TOP) * 72 / 1.2 - math.ceil(width_of(below) / INNER) * LEAST
    width = WIDER * width_of(title, bold=True) / LEAST
    fitting = (
        size for size in TITLE_SIZES if max(2, math.ceil(width * size / INNER)) * size <= room
    )
    return next(fitting, LEAST)


def _widen(deck: Any) -> None:
    """Give the deck and its layouts a wide screen's proportions."""
    wider = Inches(SIZE[0]) / deck.slide_width
    deck.slide_width, deck.slide_height = map(Inches, SIZE)
    for layout in (deck.slide_master, *deck.slide_layouts):
        for shape in layout.placeholders:
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)


def _set_faces(deck: Any) -> None:
    """Give the theme its faces, so that what is written later has them too."""
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    faces = iter((HEADINGS, TEXTS))
    theme._blob = re.sub(
        rb'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*',
        lambda match: match[1] + next(faces).encode(),
        theme.blob,
    )
