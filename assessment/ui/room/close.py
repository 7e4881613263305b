"""Close: what was agreed, what stays open, what is done, and when to meet again."""

from datetime import date, timedelta

import streamlit as st

from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard import surveys
from assessment.ui.parts.columns import first_then_folded
from assessment.ui.room import act, place
from assessment.ui.room.agree import run_anew_once_answered
from assessment.ui.room.drawing import row_to_settle, show_list, show_words
from assessment.ui.room.wall import Wall
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import button, telling_failure
from assessment.wording.actions import action_text
from assessment.wording.agreement import agreed_line, earlier_line, open_agreement_line
from assessment.wording.agreements import already_agreed
from assessment.wording.room import MOST_NAMED, RoomPart

USUAL_DISTANCE = timedelta(days=28)  # between a session and the next
SATURDAY = 5  # by `date.weekday`
AT_ONCE = 3  # topics left open, and agreements from before, that show without unfolding


def show(wall: Wall) -> None:
    """What the room takes away, on one screen."""
    reader, records, part = wall.reader, wall.records, wall.part
    st.title(reader.gettext("What we take away"), anchor=False)
    agreed, left = st.columns([5, 3], gap="medium")
    with agreed:
        _show_agreed(reader, records)
        _show_agreed_earlier(reader, part)
        agreements = [*records.made, *(earlier.agreement for earlier in part.holding_or_waiting)]
        alike = already_agreed(reader.edition, part.shown, agreements, most=MOST_NAMED)
        show_words(alike, "note")
        _show_actions(wall)
    with left:
        _show_left_open(wall)
        _show_next(wall)
    run_anew_once_answered(records)


def _show_agreed(reader: Reader, records: RoomRecords) -> None:
    """What every role agrees with; apart from it, what waits for roles or is refused by one."""
    edition, agreements, agreed = reader.edition, records.agreements, records.agreed.values()
    settled = [agreement for agreement in agreed if agreements.is_settled(agreement)]
    unsettled = [agreement for agreement in agreed if agreement not in settled]
    st.header(reader.gettext("We agreed"), anchor=False)
    if not settled:
        show_words(reader.gettext("Nothing yet."), "line")
    show_list(agreed_line(edition, agreements, agreement) for agreement in settled)
    if unsettled:
        st.header(reader.gettext("Not agreed yet"), anchor=False)
        show_list(open_agreement_line(edition, agreements, agreement) for agreement in unsettled)


def _show_agreed_earlier(reader: Reader, part: RoomPart) -> None:
    """What holds or waits from before, and what voices say of it now."""
    if part.holding_or_waiting:
        st.header(reader.gettext("Agreed before"), anchor=False)
        lines = [earlier_line(reader.edition, earlier) for earlier in part.holding_or_waiting]
        more = len(lines) - AT_ONCE
        text = reader.counted("{count} more agreement", "{count} more agreements", more)
        first_then_folded(lines, AT_ONCE, text, show_list)


def _show_actions(wall: Wall) -> None:
    """What is overdue, then what the squad took up since the reveal, to change and to add to."""
    reader, records = wall.reader, wall.records
    late, actions = records.overdue, records.taken
    st.header(reader.gettext("We will do"), anchor=False)
    if late or actions:
        show_list(
            action_text(reader.edition, action, today=records.late_on)
            for action in (*late, *actions)
        )
    with st.container(horizontal=True, gap="medium"):
        if records.levers_left:
            label = reader.gettext("Add an action…")
            button(label, place.go, "close", "", "act", key=keys.ROOM_MORE_ACTIONS)
        if actions:
            label = reader.gettext("Change…")
            button(label, place.go, "close", act.TAKEN, "act", key=keys.ROOM_CHANGE_ACTIONS)


def _show_left_open(wall: Wall) -> None:
    """The topics, chosen or not, that the room neither agreed on nor acts on, nor tells apart."""
    reader, left = wall.reader, wall.records.left_untouched
    st.header(reader.gettext("Left open"), anchor=False)
    if not left:
        done = reader.gettext("Nothing: every topic is settled.")
        show_words(reader.gettext("Nothing else.") if wall.records.unsettled else done, "line")
    text = reader.counted("{count} more topic", "{count} more topics", len(left) - AT_ONCE)
    first_then_folded([*map(wall.part.title, left)], AT_ONCE, text, show_list)


def _show_next(wall: Wall) -> None:
    """When to ask again, proposed for after what was decided is due; kept with the session."""
    reader, records, kept = wall.reader, wall.records, wall.records.survey.next_on
    _, due = reader.gettext, [action.due_on for action in wall.records.taken if action.due_on]
    usual, last = reader.today + USUAL_DISTANCE, max(due, default=reader.today)
    proposed = weekday_from(max(usual, last + timedelta(days=1)))
    with row_to_settle(keys.ROOM_SETTLE):
        label = _("The next session, noted when you finish")
        if last >= usual:
            label = _("The next session, after the last action, due {day}", day=last)
        st.date_input(
            _("The next session") if kept else label,
            value=kept or proposed,
            format="DD/MM/YYYY",
            key=keys.ROOM_NEXT_DAY,
            on_change=_plan,
            args=(records,),
        )
        if kept:
            show_words(_("Noted."), "line")


def weekday_from(day: date) -> date:
    """A day, or the Monday after it where it lies on a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= SATURDAY else 0)


def _plan(records: RoomRecords) -> None:
    with telling_failure():
        surveys.plan_next(records.survey, st.session_state.get(keys.ROOM_NEXT_DAY))


def finish(records: RoomRecords) -> None:
    """Go on from a room that is done; the day that it shows is noted, if none was."""
    day = st.session_state.get(keys.ROOM_NEXT_DAY)
    if day and day != records.survey.next_on:
        surveys.plan_next(records.survey, day)
    place.go("end")
