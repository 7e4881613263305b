"""Which squads, at which period: one line in the head of a page about several squads."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from assessment.model.period import Period
from assessment.rounds.grouping import is_ahead
from assessment.rounds.history import History
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts import url_choices
from assessment.ui.parts.head import Head
from assessment.ui.session import page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text
from assessment.ui.session.ways import show_link
from assessment.wording.trends import earlier_periods

MOVING = "moving"  # the room that shows how squads move over time


@dataclass(frozen=True, slots=True)
class AcrossChoice:
    """The squads a room shows at a period: all of them where too few are `chosen`."""

    room: str
    squads: tuple[str, ...]
    chosen: tuple[str, ...]
    periods: Mapping[str, Period]
    period: Period


def settled_across(
    reader: Reader,
    history: History,
    head: Head,
    *,
    room: str,
    title: str,
    least_squads: int,
    hint: str = "",
) -> AcrossChoice:
    """What is looked at: every squad at first, at `History.opening_period` if it has enough.

    Where there are fewer than `least_squads` to choose from the page ends with title, hint and a
    way to a further squad's check.
    """
    if len(history.squads) < least_squads:
        head.show_name(title)
        st.info(hint)
        if current_rights().may_edit:
            label = reader.gettext("Start the quick check")
            show_link(reader, page_files.CHECK, label, icon=":material/checklist:")
        st.stop()
    chosen = url_choices.settled_squads(reader, history, room=room, first=history.squads)
    squads = chosen if len(chosen) >= least_squads else history.squads
    periods, period = url_choices.settled_period(
        reader, history, squads, room="period-across", least_squads=least_squads
    )
    return AcrossChoice(room, squads, chosen, periods, period)


def show_across_choice(
    reader: Reader, history: History, head: Head, choice: AcrossChoice, *, label: str
) -> None:
    """What is looked at, and on a tap what else may be; a caption where a link fixes the period."""
    if current_rights().period:
        head.caption.caption(as_plain_text(label), width="content")
        return
    if len(choice.chosen) < len(choice.squads):
        st.caption(reader.gettext("Too few squads are chosen: you see all of them."))
    with head.selectors, url_choices.choices_in_popover(label):
        url_choices.show_squads(reader, history, choice.chosen, room=choice.room)
        url_choices.show_by(reader, history.by)
        url_choices.show_period(reader, choice.periods, choice.period)


def settled_trend_squads(reader: Reader, history: History) -> tuple[str, ...]:
    """The squads whose movement is looked at.

    At first, and without any, those seen last; else all that go on, where more than one has two
    checks, none of them ahead of today; else the one that has, or the newest.
    """
    today = reader.today
    going_on = history.going_on(history.squads, today=today)
    moving = [
        squad
        for squad in going_on
        if sum(not is_ahead(one.first_day, today) for one in history.rounds(squad)) > 1
    ]
    every = going_on if len(moving) > 1 else moving
    newest = [history.newest_squad(today)]
    first = tuple(url_choices.squads_seen_last(history) or every or newest)
    return url_choices.settled_squads(reader, history, room=MOVING, first=first) or first


def show_trend_choice(
    reader: Reader,
    history: History,
    head: Head,
    squads: tuple[str, ...],
    *,
    label: str,
    compared_with: Period | None,
) -> None:
    """The line that says which squads move; a tap opens what else may be chosen."""
    with head.selectors, url_choices.choices_in_popover(label):
        url_choices.show_squads(reader, history, squads, room=MOVING)
        url_choices.show_by(reader, history.by)
        earlier = earlier_periods(history, squads, today=reader.today)
        url_choices.show_earlier(reader, earlier, compared_with)
