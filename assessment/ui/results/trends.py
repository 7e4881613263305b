"""How scores move from round to round: lines, and what changed since the last time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import partial

import streamlit as st

from assessment.charts.lines import fit_lines, overall_lines
from assessment.charts.pairs import change_dumbbell
from assessment.charts.strips import lens_lines, vital_lines
from assessment.model import Action
from assessment.model.sample import holds_sample
from assessment.rounds.actions import ActionProgress, action_marks, action_progress
from assessment.rounds.history import History, Round
from assessment.scoring.change import changes_between
from assessment.ui.parts import sample
from assessment.ui.parts.charts import show_chart
from assessment.ui.results import actions
from assessment.ui.session.plain_text import as_plain_text, show_points
from assessment.ui.session.reader import Reader
from assessment.wording import deep_result_tables as lens_tables
from assessment.wording import deep_results as lens_sentences
from assessment.wording import result_tables as tables
from assessment.wording import results as sentences


def stop_without_squad(reader: Reader, squads: Sequence[str]) -> None:
    """End the page with a hint while no squad is chosen."""
    if not squads:
        st.info(reader.gettext("Choose at least one squad to see how it moves."))
        st.stop()


def show_trends(
    reader: Reader, history: History, squads: Sequence[str], decided: Iterable[Action] = ()
) -> None:
    """Levels for one squad, beside what it decided; overall scores for several."""
    rounds = [history.rounds(squad) for squad in squads]
    if any(holds_sample(each.voices) for found in rounds for each in found):
        sample.badge(reader)
    if len(squads) == 1:
        theirs = action_progress(history.framework, decided, squads[0], rounds[0])
        _show_levels(reader, history, rounds[0], theirs)
        show_deep_trends(reader, history, rounds[0])
    else:
        _show_overall(reader, history, rounds)


def _show_levels(
    reader: Reader, history: History, rounds: Sequence[Round], decided: Sequence[ActionProgress]
) -> None:
    _, done = reader.gettext, action_marks(decided, rounds)
    last = rounds[-1]
    identity = (history.version, last.squad, last.period)
    st.subheader(_("Levels, round by round"), anchor=False)
    alt = _("{squad}: scores per level over {count} rounds")
    show_chart(
        reader,
        actions.lines_with(reader, done),
        partial(tables.levels_over_time, reader.edition, rounds),
        identity=(*identity, tuple((mark.action.lever, mark.share) for mark in done)),
        alt=alt.format(squad=last.squad, count=len(rounds)),
    )
    actions.show_marks(reader, decided, done)
    st.subheader(_("Since last time"), anchor=False)
    if len(rounds) == 1:
        st.info(_("This is the first round: come back after the next one to see what moved."))
        return
    before = rounds[-2]
    changes = changes_between(before.scores.levels, last.scores.levels)
    moved = sentences.level_changes(reader.edition, before.scores, last.scores)
    between = _("From {before} to {after}").format(
        before=reader.edition.period(before.period), after=reader.edition.period(last.period)
    )
    st.markdown(as_plain_text(between))
    if changes:
        show_chart(
            reader,
            change_dumbbell,
            partial(tables.change_rows, reader.edition, changes),
            identity=identity,
            alt=" ".join([between, *moved]),
        )
    show_points(moved or [_("No level moved since last time.")])


def _show_overall(reader: Reader, history: History, rounds: Sequence[Sequence[Round]]) -> None:
    _ = reader.gettext
    every = [each for found in rounds for each in found]
    st.subheader(_("Overall score, round by round"), anchor=False)
    show_chart(
        reader,
        overall_lines,
        partial(tables.overall_over_time, reader.edition, every),
        identity=(history.version, tuple(found[-1].squad for found in rounds)),
        alt=_("Overall score of {count} squads over time").format(count=len(rounds)),
    )
    st.subheader(_("Since last time"), anchor=False)
    readable = tables.readable_overall(reader.edition, rounds)
    squad = readable.columns[0]
    st.table(
        readable.assign(**{squad: [as_plain_text(name) for name in readable[squad]]}),
        hide_index=True,
        border="horizontal",
        alt=_("Overall score now and before, by squad"),
    )
    st.caption(_("Choose a single squad to see its decision levels."))


def show_deep_trends(reader: Reader, history: History, rounds: Sequence[Round]) -> None:
    """What the deep checks of a squad's rounds say over time; nothing where nobody took one."""
    told = [each for each in rounds if each.deep_answers]
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
    show_chart(
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
    changes = changes_between(before.deep.who_decides.levels, last.deep.who_decides.levels)
    moved = [
        text
        for each in changes
        if (text := lens_sentences.fit_change(reader.edition, each)) is not None
    ]
    st.markdown(as_plain_text(between))
    show_points(moved or [_("No level's fit moved since the last deep check.")])


def _show_lenses(reader: Reader, rounds: Sequence[Round], identity: Hashable) -> None:
    _, last = reader.gettext, rounds[-1]
    st.subheader(_("Lenses, round by round"), anchor=False)
    show_chart(
        reader,
        lens_lines,
        partial(lens_tables.lenses_over_time, reader.edition, rounds),
        identity=identity,
        alt=lens_sentences.lens_verdict(reader.edition, last.deep.lenses),
    )


def _show_signs(reader: Reader, rounds: Sequence[Round], identity: Hashable) -> None:
    _ = reader.gettext
    last = next(each for each in reversed(rounds) if each.deep_answers and each.deep.signs)
    st.subheader(_("Vital signs beside maturity"), anchor=False)
    st.caption(_("Never scored. For each of them, less is better."))
    show_chart(
        reader,
        vital_lines,
        partial(lens_tables.signs_over_time, reader.edition, rounds),
        identity=identity,
        alt=". ".join(lens_sentences.sign(reader.edition, sign) for sign in last.deep.signs),
    )
