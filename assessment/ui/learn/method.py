"""The method in chapters: how results come about, what they do not claim, who can use this."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from assessment.charts.bars import level_bars
from assessment.rounds.moves import LEAST_POINTS, LEAST_SAME
from assessment.scoring import robustness
from assessment.ui.learn import deep_method, quick_method
from assessment.ui.learn.chapters import show_index, show_next_chapter
from assessment.ui.parts.charts import show_chart
from assessment.ui.parts.url_choices import asked_view
from assessment.ui.session import page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_points
from assessment.wording.method_tables import holds_example

WIDTH = 520


def show_holds(reader: Reader) -> None:
    """What one voice and other weights may change, and when a change is told as one."""
    _, words = reader.gettext, reader.edition.words
    number, percent = words.number, words.percent
    st.markdown(
        as_plain_text(
            _("The whole squad is asked: some voices may be missing, but this is not a sample.")
        )
    )
    alt = _(
        "A result that holds, and one that depends on one voice: its band reaches into "
        "another stage."
    )
    with st.container(width=WIDTH):
        show_chart(
            reader,
            level_bars,
            lambda: holds_example(reader.edition),
            identity="holds-example",
            alt=alt,
        )
    st.caption(as_plain_text(alt))
    show_points(
        [
            _(
                "One voice out: from {count} voices up the result is computed again without each "
                "voice in turn. The band behind a bar goes from the lowest score to the highest.",
                count=robustness.FEWEST_FOR_RANGE,
            ),
            _(
                "Other weights: it is computed under {count} other weightings, each weight times "
                "a number drawn between {least} and {most}. The draws never change.",
                count=robustness.DRAWS,
                least=number(robustness.LEAST_FACTOR, digits=1),
                most=number(robustness.GREATEST_FACTOR, digits=1),
            ),
            _(
                "Who is missing: where the number expected is known, each level's score if "
                "everyone missing gave the worst answers, and the best."
            ),
            _(
                "A level holds when its stage is the same whichever voice is left out, and in "
                "at least {share} of the weightings."
            ).format(share=percent(robustness.LEAST_STAGE_SHARE)),
            _(
                "With one or two voices only the weights are tried, and the result says how few "
                "voices it rests on."
            ),
            _(
                "A change is named where the two bands do not touch; with one or two voices, from "
                "{points} points up. Anything else is “no clear change”.",
                points=LEAST_POINTS,
            ),
            _(
                "Where the same aliases answered both times, at least {count} and half of each, "
                "they alone are compared, and the sentence says so.",
                count=LEAST_SAME,
            ),
            _(
                "In a confidential session a band shows from twice the promised number of voices "
                "up, in steps of {points} points: no voice can be worked out from it. Where only "
                "the minimum answered, the result says so, not that it holds.",
                points=robustness.COARSE,
            ),
            _(
                "What it is not: a statement about other companies, the margin of error of a "
                "poll, or a p-value. It says what single voices and our weights may change."
            ),
        ]
    )


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
        "items": _("The other lenses, question by question"),
        "claims": _("What this does not claim"),
        "accessibility": _("Accessibility"),
    }


def show_claims(reader: Reader) -> None:
    """What the product does not claim."""
    _ = reader.gettext
    show_points(
        (
            _("It is a self-assessment, not an audit: it shows how people see decisions."),
            _(
                "It ranks no squad and compares you with no other company: no reliable data "
                "exist for that."
            ),
            _("A gain is what the formula would give, not a promise about your company."),
            _("It measures how decisions are shared out, never how well a person works."),
        )
    )


def show_statement(reader: Reader) -> None:
    """What was checked and how, what is known to fall short, and what to do about it."""
    _ = reader.gettext
    st.markdown(
        _(
            "This product aims at WCAG 2.2, level AA. It meets it in part: what falls short is "
            "listed here. It was checked by its makers, by machine and by hand, not by an "
            "independent body."
        )
    )
    st.subheader(_("What was checked"), anchor=False)
    show_points(
        (
            _("Every page in Chromium with axe, in the light and the dark theme, on a phone too."),
            _("The whole quick check, saving, and a squad's sections with the keyboard alone."),
            _("Every chart has its finding as text, and its figures as a table."),
            _("Colour is never the only sign: words, marks and tables tell stages, too."),
        )
    )
    st.subheader(_("What falls short"), anchor=False)
    show_points(
        (
            _("Some names that the framework Streamlit gives its own parts are in English."),
            _(
                "The list of stored checks is drawn as an image; screen readers reach its cells "
                "one by one."
            ),
            _("No test with a screen reader's users has been made yet."),
        )
    )
    st.subheader(_("If something stops you"), anchor=False)
    st.markdown(
        _(
            "Tell the person who gave you this address what you were doing and what stopped you. "
            "Everything on a squad's page can also be had as a web page, a workbook "
            "or a table in CSV, from “Share and export”."
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
