"""The kinds of document that a briefing becomes: what each is called, and what makes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.errors import template
from assessment.wording.briefing import Briefing, SquadPart

Kind = Literal["pdf", "board", "slides", "workbook", "web-page"]


@dataclass(frozen=True, slots=True)
class Format:
    """What a document is called on its button, how its file ends, and its own word in the name.

    The pictures of one that `is_drawn` are drawn one after the other, which takes as long as there
    are squads; the others hold charts of their own.
    """

    label: str
    ending: str
    suffix: str = ""
    is_drawn: bool = False


FORMATS: Mapping[Kind, Format] = {
    "pdf": Format(template("Document (PDF)"), "pdf", is_drawn=True),
    "board": Format(template("Slides for the board (PowerPoint)"), "pptx", template("board")),
    "slides": Format(template("Complete slides (PowerPoint)"), "pptx"),
    "workbook": Format(template("Workbook (Excel)"), "xlsx"),
    "web-page": Format(template("Web page (HTML)"), "html", is_drawn=True),
}

SAME_SLIDES = Format(template("Slides, for the board too (PowerPoint)"), "pptx")


def formats_of(squad: SquadPart) -> Mapping[Kind, Format]:
    """The kinds for a squad by itself, whose slides are the board's unless it agreed something."""
    if squad.has_result and squad.agreed.items:
        return FORMATS
    every = {**FORMATS, "slides": SAME_SLIDES}
    return {kind: made for kind, made in every.items() if kind != "board"}


def document(
    kind: Kind, briefing: Briefing, *, before_squad: Callable[[], object] = lambda: None
) -> bytes:
    """The take-away as a file of that kind.

    Of one that `is_drawn`, `before_squad` is called before each squad's pictures; what it
    raises ends the making.
    """
    # What makes a file is imported when one is asked for, since most people never do.
    match kind:
        case "pdf":
            from assessment.reports.pdf import pdf

            return pdf(briefing, before_squad)
        case "board":
            from assessment.reports.slides.deck import board_slides

            return board_slides(briefing)
        case "slides":
            from assessment.reports.slides.deck import slides

            return slides(briefing)
        case "workbook":
            from assessment.reports.workbook.book import briefing_workbook

            return briefing_workbook(briefing)
        case "web-page":
            from assessment.reports.web_page import web_page

            return web_page(briefing, before_squad)
