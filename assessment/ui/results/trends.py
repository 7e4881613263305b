"""How scores move from round to round: a finding, small lines, what was decided in between."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

import pandas as pd
import streamlit as st

from assessment.charts.lines import fit_lines, level_lines, level_strips, squad_lines
from assessment.charts.pairs import change_dumbbell
from assessment.charts.specs import ChartFunction
from assessment.charts.strips import lens_lines, vital_lines
from assessment.ui.parts.unreleased import show_too_few, show_unreleased
from assessment.ui.parts.url_choices import chosen_view, opened_view
from assessment.ui.results import drawing
from assessment.ui.results.actions import show_action
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_captions, show_points
from assessment.wording.trends import SquadsTrend, SquadTrend

EVERY = "all"  # the view of all levels, or of their mean


def show_trends(reader: Reader, part: SquadTrend | SquadsTrend) -> None:
    """Levels for one squad, beside what it decided; a line a squad for several."""
    if isinstance(part, SquadsTrend):
        _show_squads(reader, part)
        show_unreleased(reader, part.squads)
        show_too_few(reader, part.squads)
        return
    st.header(as_plain_text(part.finding), anchor=False)
    if part.counted:
        st.caption(as_plain_text(f"{part.caption} · {part.counted}"))
    show_unreleased(reader, [part.squad])
    show_too_few(reader, [part.squad])
    _ = reader.gettext
    views: dict[str, tuple[str, Callable[[Reader, SquadTrend], None]]] = {
        "levels": (_("Levels"), _show_levels)
    }
    if part.fit_picture:
        views["who-decides"] = (_("Who decides"), _show_fit)
    if part.lens_picture or part.signs_picture:
        views["lenses"] = (_("Lenses and signs"), _show_lenses_and_signs)
    opened_view(views, label=_("View"))(reader, part)


def _show_squads(reader: Reader, part: SquadsTrend) -> None:
    """Small lines by name: of the mean of the levels, or of the level that the reader chose."""
    _ = reader.gettext
    heading = st.container()
    level = chosen_view(
        {EVERY: _("Mean of the levels"), **reader.edition.short_levels},
        label=_("Level"),
        parameter="level",
    )
    chosen = None if level == EVERY else level
    heading.header(as_plain_text(part.finding(chosen)), anchor=False)
    drawing.draw(reader, squad_lines, part.picture(chosen), (part.identity, level))
    st.caption(as_plain_text(part.key(chosen)))
    show_captions(part.not_counted, part.sample_counted, part.not_moving, part.compared)
    drawing.show_as_table(reader, part.picture(chosen), name="squad_lines")
    st.caption(_("Choose a single squad to see its decision levels."))


def _show_levels(reader: Reader, part: SquadTrend) -> None:
    _ = reader.gettext
    level = chosen_view(
        {EVERY: _("All levels"), **reader.edition.short_levels}, label=_("Level"), parameter="level"
    )
    identity = (part.identity, part.marks_identity, level)
    if level == EVERY:
        drawing.draw(reader, _with_actions(level_strips, part.marks), part.levels_picture, identity)
        show_captions(part.never_scored())
    elif never_scored := part.never_scored(level):
        st.info(as_plain_text(never_scored))
    else:
        picture = part.level_picture(level)
        st.subheader(as_plain_text(picture.alt), anchor=False)
        drawing.draw(reader, _with_actions(level_lines, part.marks), picture, identity)
    show_captions(part.band_key)
    drawing.show_as_table(reader, part.levels_picture, name="level_strips")
    if part.decided:
        st.subheader(_("What we decided"), anchor=False)
        for number, decided in part.decided:
            show_action(decided, part.note_of(decided.action_id), number=number)
        show_captions(part.compared_note)
    if part.since is None:
        return
    if changed := part.change_picture:
        drawing.draw_with_table(reader, change_dumbbell, changed, part.identity)
        show_points(part.stages_since)
    else:
        st.subheader(as_plain_text(part.since.text), anchor=False)
        show_points(part.since.behind)


def _with_actions(chart: Callable[..., Any], marks: pd.DataFrame) -> ChartFunction:
    """A chart over time with a rule where each marked action was done."""
    return update_wrapper(partial(chart, actions=marks), chart)


def _show_fit(reader: Reader, part: SquadTrend) -> None:
    _, fit = reader.gettext, part.fit_picture
    if fit is None:
        return
    drawing.draw_with_table(reader, fit_lines, fit, part.identity)
    if part.agreed:
        st.subheader(as_plain_text(part.agreed.title), anchor=False)
        drawing.show_squads_table(part.agreed)
    if part.fit_since is None:
        st.markdown(_("One deep check here: it takes a second one to show what moved."))
        return
    st.markdown(as_plain_text(part.fit_since.text))
    show_points(part.fit_since.behind)


def _show_lenses_and_signs(reader: Reader, part: SquadTrend) -> None:
    if lenses := part.lens_picture:
        drawing.draw_with_table(reader, lens_lines, lenses, part.identity)
    if signs := part.signs_picture:
        drawing.draw_with_table(reader, vital_lines, signs, part.identity)
        st.caption(
            reader.gettext(
                "Vital signs are never scored: for each, less is better. Grey: how far voices lie "
                "apart."
            )
        )
