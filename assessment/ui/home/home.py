"""The first page: the question and three ways in; with data, the squads and what is due next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from assessment.rounds import due
from assessment.rounds.history import History
from assessment.storage.protocol import Stored
from assessment.ui.check import draft
from assessment.ui.guard.surveys import stage_now, waiting
from assessment.ui.guard.visitor import current_policy, current_rights
from assessment.ui.parts import sample
from assessment.ui.parts.chips import show_chips
from assessment.ui.parts.columns import first_then_folded
from assessment.ui.parts.head import page_head
from assessment.ui.parts.stages import show_stage_legend, show_stage_strip
from assessment.ui.session import keys, page_files
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button
from assessment.ui.session.ways import open_page, parameters_of, show_link
from assessment.wording.agreements import AgreementsPart
from assessment.wording.home import SquadLine, due_lines, levels_in_order, squad_line
from assessment.wording.overview import sample_badge
from assessment.wording.parts import Chip
from assessment.wording.surveys import nudge_sentence

ROWS = 12  # squads shown at once, those most in need; the others on demand
DATES = 5  # late ones and those that come next, shown at once; the others on demand

FEW_CHECKS = 5
"""Up to so many checks the sample company is offered: whoever made them may not have seen it."""

NAME_WIDTH = 340  # of the column of squads' names, in pixels; longer names take a second line
TEXT_WIDTH = 640  # about 72 characters a line, in pixels


def show_welcome(reader: Reader) -> None:
    """For somebody who comes for the first time: what this is, what it takes, what it gives."""
    _ = reader.gettext
    st.title(_("Who decides in your squad, and where do decisions leak?"), anchor=False)
    st.markdown(
        _(
            "For CPOs, CTOs, PMs, POs, tech leads and engineering managers. 14 questions, one "
            "click each, three minutes. You get one verdict, five decision levels and the first "
            "three things to do."
        ),
        width=TEXT_WIDTH,
    )
    with st.container(horizontal=True):
        _show_start(reader, _("Start the quick check"))
        sample.look_button(reader)
        _show_asking(_("Ask my whole squad"))
    st.caption(f":material/lock: {_promise(reader)}", width=TEXT_WIDTH)
    _show_steps(reader)


def show_squads(reader: Reader, stored: Stored, history: History) -> None:
    """For somebody who comes back: where the squads stand, what is late and what is due next."""
    squads = due.squads_today(history, stored.actions, today=reader.today)
    lines = {
        latest.squad: squad_line(reader.edition, latest, overdue, today=reader.today)
        for latest, overdue in squads
    }
    head = page_head()
    marks = [line.is_sample for line in lines.values()]
    badge = sample_badge(reader.edition, marks)
    head.show_name(reader.gettext("Your squads"), badge=badge if all(marks) else None)
    with head.selectors:
        _show_start(reader, reader.gettext("Quick check"))
        _show_asking(reader.gettext("Ask the squad"))
    show_stage_legend(reader)
    first, order = due.most_in_need(squads, most=ROWS), [levels_in_order(reader.edition)]
    if len(first) < len(squads):
        text = reader.counted(
            "The squad to look at first: overdue actions, then the lowest stages.",
            "The {count} squads to look at first, by name: overdue actions, then the lowest "
            "stages.",
            len(first),
        )
        order.insert(0, text)
    st.caption(as_plain_text(" ".join(order)))
    with st.container(key=keys.HOME_SQUADS, gap="xsmall"):
        for latest, _overdue in first:
            _show_line(reader, lines.pop(latest.squad), with_badge=not all(marks))
        if lines:
            with st.expander(_more_squads(reader, len(lines))):
                for line in lines.values():
                    _show_line(reader, line, with_badge=not all(marks))
        _show_ended(reader, history, unfolded=not squads)
    dates = _dates(reader, stored, history)
    if dates:
        is_late = dates[0][0] < reader.today
        name = reader.gettext("Overdue and next") if is_late else reader.gettext("Next dates")
        st.header(name, anchor=False)
    with st.container(key=keys.HOME_DATES, gap="xxsmall"):
        _show_dates(reader, history, dates)
        _show_waiting(reader)
        _show_pending(reader, history)
    few = len(stored.assessments) <= FEW_CHECKS and not stored.totals
    if few and not any(marks) and current_rights().may_edit:
        sample.look_button(reader, look="tertiary")


def _show_ended(reader: Reader, history: History, *, unfolded: bool) -> None:
    """The squads that no longer exist, mostly folded away: what they said stays."""
    ended = due.squads_ended(history, today=reader.today)
    if not ended:
        return
    label = reader.counted("{count} squad ended", "{count} squads ended", len(ended))
    with st.expander(label, expanded=unfolded):
        for last, day in ended:
            line = squad_line(reader.edition, last, (), today=reader.today, ended_on=day)
            _show_line(reader, line, with_badge=True)


def _show_waiting(reader: Reader) -> None:
    """To an editor: the sessions whose answers wait for a week to be revealed, or released."""
    if not current_rights().may_edit:
        return
    for survey, nudge in waiting(now=datetime.now(UTC)):
        text = f"{survey.squad} · {nudge_sentence(reader.edition, nudge)}"
        show_link(reader, page_files.ROUNDS, as_plain_text(text), icon=":material/notifications:")


def _show_pending(reader: Reader, history: History) -> None:
    """The agreements that wait for roles or lack a decider, squad by squad, with the way there."""
    pending = _pending(reader, history)
    more = _more_squads(reader, len(pending) - DATES)
    first_then_folded(pending, DATES, more, partial(_link_to_agreements, reader))


@kept(at_most=16)
def _pending(reader: Reader, history: History) -> Sequence[tuple[str, str, str]]:
    """The squads of which something is told: what lacks a decider, and what waits."""
    agreements = history.agreements.on(reader.today)
    squads = history.going_on(history.squads, today=reader.today)
    parts = [AgreementsPart(reader.edition, squad, agreements) for squad in squads]
    told = [(part.squad, part.vacant, part.pending) for part in parts]
    return [(squad, vacant, pending) for squad, vacant, pending in told if vacant or pending]


def _link_to_agreements(reader: Reader, squads: Sequence[tuple[str, str, str]]) -> None:
    for squad, vacant, pending in squads:
        page, where = _way_to("agreements", squad)
        for line, icon in ((vacant, "person_off"), (pending, "hourglass_empty")):
            if line:
                text = as_plain_text(f"{squad} · {line}")
                show_link(reader, page, text, where, icon=f":material/{icon}:")


def _show_line(reader: Reader, line: SquadLine, *, with_badge: bool) -> None:
    """A row on a wide screen; on a phone the name, then everything else."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        name, where = f"**{as_plain_text(line.squad)}**", parameters_of([line.squad], line.period)
        show_link(reader, page_files.SQUAD, name, where, width=NAME_WIDTH)
        show_stage_strip(reader, line.stages, alt=f"{line.squad} · {line.levels}")
        st.caption(as_plain_text(line.caption), width="content")
        if line.overdue:
            with st.container(width="content"):
                show_chips([Chip(line.overdue, "late")])
        if line.is_sample and with_badge:
            sample.show_badge(sample_badge(reader.edition, [True]) or "")


def _dates(reader: Reader, stored: Stored, history: History) -> Sequence[tuple[date, due.Due]]:
    """What is late or due: actions, surveys, agreements to renew and sessions planned.

    Nothing is of a squad that has ended.
    """
    agreements = history.agreements.on(reader.today)
    dates = due.next_due(
        stored.actions,
        [survey for survey in stored.surveys if stage_now(survey) == "gathering"],
        agreements=[
            agreement for squad in history.squads for agreement in agreements.to_renew(squad)
        ],
        dated=due.next_surveys(stored.surveys),
        today=reader.today,
    )
    return [
        (day, what) for day, what in dates if not history.ended_on(what.squad, today=reader.today)
    ]


def _show_dates(reader: Reader, history: History, dates: Sequence[tuple[date, due.Due]]) -> None:
    """What is late, the longest first, and what is due, each with the way to where it is done."""
    dates = due.with_next_in_view(dates, most=DATES, today=reader.today)
    more = reader.counted("{count} more date", "{count} more dates", len(dates) - DATES)
    first_then_folded(dates, DATES, more, partial(_link_to_dates, reader, history))


def _link_to_dates(reader: Reader, history: History, dates: Sequence[tuple[date, due.Due]]) -> None:
    lines = due_lines(reader.edition, dates, today=reader.today)
    for (day, what), (squad, text) in zip(dates, lines, strict=True):
        page, where = _way_to(due.due_in(history, what), squad)
        icon = ":material/schedule:" if day < reader.today else ":material/event:"
        show_link(reader, page, as_plain_text(text), where, icon=icon)


def _more_squads(reader: Reader, count: int) -> str:
    return reader.counted("{count} more squad", "{count} more squads", count)


def _way_to(place: due.DueIn, squad: str) -> tuple[str, dict[str, str]]:
    ways: dict[due.DueIn, tuple[str, dict[str, str]]] = {
        "actions": (page_files.SQUAD, {"squad": squad, "view": "do"}),
        "agreements": (page_files.SQUAD, {"squad": squad, "view": "who-decides"}),
        "sessions": (page_files.ROUNDS, {"squad": squad}),
        "records": (page_files.DATA, {}),
    }
    return ways[place]


def _show_start(reader: Reader, label: str) -> None:
    begun = draft.is_begun()
    label = reader.gettext("Continue your check") if begun else label
    button(label, _open_check, key=keys.HOME_START, icon="resume" if begun else "", look="primary")


def _open_check() -> None:
    draft.go_on()
    open_page(page_files.CHECK)


def _show_asking(label: str) -> None:
    button(label, open_page, page_files.ROUNDS, key=keys.HOME_ASK, icon="groups")


def _promise(reader: Reader) -> str:
    _ = reader.gettext
    if current_policy().protected:
        return _(
            "Nothing is stored until you save. What is saved is seen by this server's editors, "
            "and by anyone they send a link to."
        )
    return _(
        "Nothing is stored until you save. No account, no tracker. Anyone who reaches this address "
        "can read what is saved."
    )


def _show_steps(reader: Reader) -> None:
    _ = reader.gettext
    steps = (
        (
            _("You answer"),
            _("3 min"),
            _("Three questions, eleven signals. “I don't know” is an answer."),
        ),
        (_("You read"), _("1 min"), _("One sentence, five levels, two seats: PM and PO.")),
        (_("You act"), _("30 days"), _("One first step, its owner, an agenda to copy.")),
    )
    for number, (column, (title, time, text)) in enumerate(
        zip(st.columns(len(steps)), steps, strict=True), start=1
    ):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{number}. {title}** · {time}  \n{text}")
