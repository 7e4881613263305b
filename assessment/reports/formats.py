"""The kinds of document that a briefing becomes: how each file ends, and what makes it."""

from collections.abc import Callable, Mapping
from typing import Literal

from assessment.wording.briefing import Briefing

Kind = Literal["pdf", "board", "slides", "workbook", "web-page"]

ENDINGS: Mapping[Kind, str] = {
    "pdf": "pdf",
    "board": "pptx",
    "slides": "pptx",
    "workbook": "xlsx",
    "web-page": "html",
}


DRAWN: frozenset[Kind] = frozenset({"pdf", "web-page"})
"""The kinds whose pictures are drawn one after the other, which takes as long as there are squads.

The others hold charts of their own.
"""


def document(
    kind: Kind, briefing: Briefing, *, before_squad: Callable[[], object] = lambda: None
) -> bytes:
    """The take-away as a file of that kind.

    Of a kind that is `DRAWN`, `before_squad` is called before each squad's pictures; what it
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
