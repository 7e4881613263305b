"""How one squad's deep check moves from round to round: fit, lenses, vital signs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

import streamlit as st

from assessment.charts.lines import fit_lines
from assessment.charts.strips import lens_lines, vital_lines
from assessment.deep import lens_sentences, lens_tables
from assessment.deep.who_decides import fit_changes
from assessment.rounds import History, Round
from assessment.ui.figures import show
from assessment.ui.plain import plain, show_points
from assessment.ui.reader import Reader


def show_deep_trends(reader: Reader, history: History, rounds: Sequence[Round]) -> None:
    """What the deep checks of a squad's rounds say over time; nothing where nobody took one."""
    told = [each for each in rounds if each.told]
    identity = (history.version, rounds[-1].squad, rounds[-1].period)
    mapped = [each for each in told if each.deep.who_decides.is_answered]
    if mapped:
        _show_fit(reader, mapped, identity)
    scored = [each for each in told if each.deep.answered]
    if scored:
        _show_lenses(reader, scored, identity)
    if any(each.deep.signs for each in told):
        _show_signs(reader, rounds, identity)


def _show_fit(reader: Reader, rounds: Sequence[Round], identity: Hashable) -> None:
    _, last = reader.gettext, rounds[-1]
    st.subheader(_("Fit of who decides, round by round"), anchor=False)
    alt = _("{squad}: fit per level over {count} rounds")
    show(
        reader,
        fit_lines,
        partial(lens_tables.fit_over_time, reader.edition, rounds),
        identity=identity,
        alt=alt.format(squad=last.squad, count=len(rounds)),
    )
    if len(rounds) < 2:
        st.markdown(_("One deep check so far: what moved shows after the next one."))
        return
    before = rounds[-2]
    between = _("From {before} to {after}").format(
        before=reader.edition.period(before.period), after=reader.edition.period(last.period)
    )
    changes = fit_changes(before.deep.who_decides, last.deep.who_decides)
    moved = [
        text
        for each in changes
        if (text := lens_sentences.fit_change(reader.edition, each)) is not None
    ]
    st.markdown(plain(between))
    show_points(moved or [_("No level's fit moved since the last deep check.")])


def _show_lenses(reader: Reader, rounds: Sequence[Round], identity: Hashable) -> None:
    _, last = reader.gettext, rounds[-1]
    st.subheader(_("Lenses, round by round"), anchor=False)
    show(
        reader,
        lens_lines,
        partial(lens_tables.lenses_over_time, reader.edition, rounds),
        identity=identity,
        alt=lens_sentences.lens_verdict(reader.edition, last.deep.lenses),
    )


def _show_signs(reader: Reader, rounds: Sequence[Round], identity: Hashable) -> None:
    _ = reader.gettext
    last = next(each for each in reversed(rounds) if each.told and each.deep.signs)
    st.subheader(_("Vital signs beside maturity"), anchor=False)
    st.caption(_("Never scored. For each of them, less is better."))
    show(
        reader,
        vital_lines,
        partial(lens_tables.signs_over_time, reader.edition, rounds),
        identity=identity,
        alt=". ".join(lens_sentences.sign(reader.edition, sign) for sign in last.deep.signs),
    )
