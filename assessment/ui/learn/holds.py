"""How far a result holds, told in ten lines with a picture; and what that is not."""

import streamlit as st

from assessment.charts.bars import level_bars
from assessment.rounds.moves import LEAST_POINTS, LEAST_SAME
from assessment.scoring import robustness
from assessment.ui.parts.charts import show_chart
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
                "voice in turn. The band behind a bar goes from the least score to the greatest.",
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
                "up, in steps of {points} points: no voice can be worked out from it.",
                points=robustness.COARSE,
            ),
            _(
                "What it is not: a statement about other companies, the margin of error of a "
                "poll, or a p-value. It says what single voices and our weights may change."
            ),
        ]
    )
