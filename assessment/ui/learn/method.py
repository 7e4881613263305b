"""The method in chapters: how results come about, what they do not claim, who can use this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from assessment.ui.learn import deep_method, quick_method
from assessment.ui.learn.accessibility import show_statement
from assessment.ui.learn.chapters import show_index, show_next_chapter
from assessment.ui.learn.holds import show_holds
from assessment.ui.parts.url_choices import asked_view
from assessment.ui.session import page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_points


def settled_chapter(reader: Reader) -> str:
    """The chapter that the address asks for; at first the worked example."""
    titles = _titles(reader)
    return asked_view(titles, first=next(iter(titles)))


def show_chapters(reader: Reader, chapter: str) -> None:
    """The contents, as links."""
    show_index(reader, page_files.METHOD, _titles(reader), chapter=chapter)


def show_chapter(reader: Reader, chapter: str) -> None:
    """One chapter from its title to the way to the next."""
    titles = _titles(reader)
    st.header(as_plain_text(titles[chapter]), anchor=False)
    for show in CHAPTERS[chapter]:
        show(reader)
    show_next_chapter(reader, page_files.METHOD, titles, chapter=chapter)


def _titles(reader: Reader) -> Mapping[str, str]:
    _ = reader.gettext
    return {
        "example": _("A worked example"),
        "scores": _("Scores and stages"),
        "weights": _("Weights"),
        "readings": _("Questions, seats, voices"),
        "holds": _("How far a result holds"),
        "lenses": _("The deep check's lenses"),
        "findings": _("Findings and contested decisions"),
        "items": _("The other lenses, item by item"),
        "claims": _("What this does not claim"),
        "accessibility": _("Accessibility"),
    }


def show_claims(reader: Reader) -> None:
    """What the product does not claim."""
    _ = reader.gettext
    show_points(
        (
            _("It is a self-assessment: it shows how people see decisions, not an audit."),
            _(
                "It ranks no squad and compares with no other company: there is no honest data "
                "for it."
            ),
            _("A gain is what the formula would give, not a promise about your company."),
            _("It measures how decisions are shared out, never how well a person works."),
        )
    )


CHAPTERS: Mapping[str, Sequence[Callable[[Reader], None]]] = {
    "example": (quick_method.show_example,),
    "scores": (quick_method.show_scoring, quick_method.show_stages),
    "weights": (quick_method.show_weights,),
    "readings": (quick_method.show_readings, quick_method.show_voices),
    "holds": (show_holds,),
    "lenses": (deep_method.show_lenses, deep_method.show_who_decides),
    "findings": (deep_method.show_findings,),
    "items": (deep_method.show_other_lenses, deep_method.show_unscored),
    "claims": (show_claims,),
    "accessibility": (show_statement,),
}
"""What the chapters are made of, by id, in the order of the contents."""
