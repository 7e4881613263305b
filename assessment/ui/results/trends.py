"""How scores move from round to round: lines, and what changed since the last time."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessment.charts.lines import fit_lines, level_lines, overall_lines
from assessment.charts.pairs import change_dumbbell
from assessment.charts.strips import lens_lines, vital_lines
from assessment.charts.style import Style
from assessment.languages import Words
from assessment.ui.parts import sample
from assessment.ui.parts.charts import ChartFunction
from assessment.ui.results.actions import show_action, show_compared_note
from assessment.ui.results.drawing import draw, show_squads_table
from assessment.ui.session.plain_text import as_plain_text, show_points
from assessment.ui.session.reader import Reader
from assessment.wording.trends import SquadsTrend, SquadTrend


def stop_without_squad(reader: Reader, squads: Sequence[str]) -> None:
    """End the page with a hint while no squad is chosen."""
    if not squads:
        st.info(reader.gettext("Choose at least one squad to see how it moves."))
        st.stop()


def show_trends(reader: Reader, part: SquadTrend | SquadsTrend) -> None:
    """Levels for one squad, beside what it decided; overall scores for several."""
    if part.is_sample:
        sample.badge(reader)
    if isinstance(part, SquadsTrend):
        _show_overall(reader, part)
        return
    _show_levels(reader, part)
    _show_fit(reader, part)
    _show_lenses_and_signs(reader, part)


def _show_overall(reader: Reader, part: SquadsTrend) -> None:
    _ = reader.gettext
    st.subheader(_("Overall score, round by round"), anchor=False)
    draw(reader, overall_lines, part.overall_picture, part.identity)
    st.subheader(_("Since last time"), anchor=False)
    show_squads_table(part.table)
    st.caption(_("Choose a single squad to see its decision levels."))


def _show_levels(reader: Reader, part: SquadTrend) -> None:
    _ = reader.gettext
    st.subheader(_("Levels, round by round"), anchor=False)
    lines, identity = _lines_with(part.marks), (part.identity, part.marks_identity)
    draw(reader, lines, part.levels_picture, identity)
    if part.decided:
        st.subheader(_("What we decided"), anchor=False)
        for number, decided in part.decided:
            show_action(decided, part.note_of(decided.action_id), number=number)
        show_compared_note(part.compared_note)
    st.subheader(_("Since last time"), anchor=False)
    if part.since is None:
        st.info(_("There is one round here: come back after the next one to see what moved."))
        return
    st.markdown(as_plain_text(part.since.text))
    if part.change_picture:
        draw(reader, change_dumbbell, part.change_picture, part.identity)
    show_points(part.since.behind)


def _lines_with(marks: pd.DataFrame) -> ChartFunction:
    """The level lines with a rule where each marked action was done."""

    def level_lines_with_actions(frame: pd.DataFrame, /, *, words: Words, style: Style) -> object:
        return level_lines(frame, words=words, style=style, actions=marks)

    return level_lines_with_actions


def _show_fit(reader: Reader, part: SquadTrend) -> None:
    _, fit = reader.gettext, part.fit_picture
    if fit is None:
        return
    st.subheader(_("Fit of who decides, round by round"), anchor=False)
    draw(reader, fit_lines, fit, part.identity)
    if part.fit_since is None:
        st.markdown(_("One deep check so far: what moved shows after the next one."))
        return
    st.markdown(as_plain_text(part.fit_since.text))
    show_points(part.fit_since.behind)


def _show_lenses_and_signs(reader: Reader, part: SquadTrend) -> None:
    _ = reader.gettext
    if lenses := part.lens_picture:
        st.subheader(_("Lenses, round by round"), anchor=False)
        draw(reader, lens_lines, lenses, part.identity)
    if signs := part.signs_picture:
        st.subheader(_("Vital signs beside maturity"), anchor=False)
        st.caption(_("Never scored. For each of them, less is better."))
        draw(reader, vital_lines, signs, part.identity)
