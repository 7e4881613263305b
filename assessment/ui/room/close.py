"""Close: what was agreed, what stays open, what is done, when to meet again; then the release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import streamlit as st

from assessment.model import Agreement
from assessment.rounds.actions import ActionProgress, actions_of
from assessment.rounds.results import Result
from assessment.rounds.room import Topic
from assessment.ui.guard import surveys
from assessment.ui.guard.room import RoomRecords
from assessment.ui.parts.url_choices import query_params_of
from assessment.ui.results.take_away import show_charter_file
from assessment.ui.room import act
from assessment.ui.room.drawing import show_list, show_words
from assessment.ui.session import keys, page_files
from assessment.ui.session.messages import telling_failure
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader, current_reader
from assessment.wording.actions import told_action
from assessment.wording.briefing import SquadPart
from assessment.wording.room import RoomPart, agreed_line

USUAL_DISTANCE = timedelta(days=28)
"""Between a session and the next."""

SATURDAY = 5
"""By `date.weekday`."""

AT_ONCE = 6
"""Topics left open that show without unfolding."""


def show(reader: Reader, records: RoomRecords, part: RoomPart) -> None:
    """What the room takes away, on one screen."""
    _ = reader.gettext
    st.title(_("What we take away"), anchor=False)
    agreed, left = st.columns(2, gap="large")
    with agreed:
        _show_agreed(reader, records)
        _show_actions(reader, records, part)
    with left:
        _show_left_open(reader, records, part)
        _show_next(reader, records)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _show_release(reader, records)
        _show_take_away(reader, records, part)


def _show_agreed(reader: Reader, records: RoomRecords) -> None:
    """What was settled; apart from it, what a role does not agree with, which is not."""
    told, agreements = records.answered, records.latest_agreements
    contested = [each for each in agreements if _is_contested(reader, records, each)]
    settled = [each for each in agreements if each not in contested]
    st.header(reader.gettext("We agreed"), anchor=False)
    if not settled:
        show_words(reader.gettext("Nothing yet."), "line")
    show_list(agreed_line(reader.edition, told, agreement) for agreement in settled)
    if contested:
        st.header(reader.gettext("A role does not agree"), anchor=False)
        show_list(agreed_line(reader.edition, told, agreement) for agreement in contested)


def _is_contested(reader: Reader, records: RoomRecords, agreement: Agreement) -> bool:
    return records.answered.state(agreement, today=reader.today) == "contested"


def _show_actions(reader: Reader, records: RoomRecords, part: RoomPart) -> None:
    """What the squad decided to do since the answers were shown, to change and to add to."""
    actions, left = act.taken(reader, records), act.left(reader, records, part)
    if not actions and not left:
        return
    st.header(reader.gettext("We will do"), anchor=False)
    for action in actions:
        show_list([told_action(reader.edition, action)])
        act.show_change(reader, part, action)
    if left:
        act.show_more(reader, records, part, left)


def _show_left_open(reader: Reader, records: RoomRecords, part: RoomPart) -> None:
    """The topics, chosen or not, that the room neither agreed on nor acts on."""
    left = _left_open(reader, records, part)
    st.header(reader.gettext("Left open"), anchor=False)
    if not left:
        show_words(reader.gettext("Nothing: every topic is settled."), "line")
    show_list(part.title(topic) for topic in left[:AT_ONCE])
    if more := left[AT_ONCE:]:
        text = reader.ngettext("{count} more topic", "{count} more topics", len(more))
        with st.expander(text.format(count=reader.edition.words.number(len(more)))):
            show_list(part.title(topic) for topic in more)


def _left_open(reader: Reader, records: RoomRecords, part: RoomPart) -> Sequence[Topic]:
    levers = {action.lever for action in act.taken(reader, records)}
    items = reader.edition.framework.item_by_id
    settled = {f"decision.{agreement.decision}" for agreement in records.agreements}
    settled |= {f"item.{item.id}" for item in items.values() if item.lever in levers}
    return [topic for topic in part.topics if topic.id not in settled]


def _show_next(reader: Reader, records: RoomRecords) -> None:
    """When to ask again, proposed for after what was decided is due; kept with the session."""
    _, kept = reader.gettext, records.survey.next_on
    due = [action.due_on for action in act.taken(reader, records) if action.due_on]
    first = max([reader.today + USUAL_DISTANCE, *(day + timedelta(days=1) for day in due)])
    proposed = weekday_from(first)
    with st.container(
        key=keys.ROOM_SETTLE, horizontal=True, vertical_alignment="bottom", gap="medium"
    ):
        day = st.date_input(
            _("The next session"),
            value=kept or proposed,
            format="DD/MM/YYYY",
            key=keys.ROOM_NEXT_DAY,
            width=300,
        )
        if day == kept:
            show_words(_("Noted."), "line")
        else:
            st.button(
                _("Note the date"),
                icon=":material/event:",
                key=keys.ROOM_PLAN,
                on_click=_plan,
                args=(records, day),
            )


def weekday_from(day: date) -> date:
    """A day, or the Monday after it where it lies on a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= SATURDAY else 0)


def _plan(records: RoomRecords, day: date | None) -> None:
    with telling_failure():
        surveys.plan_next(records.survey, day=day, today=current_reader().today)


def _show_take_away(reader: Reader, records: RoomRecords, part: RoomPart) -> None:
    """The charter, where anything is decided, and the squad's page with everything else."""
    if records.answered.of(records.survey.squad) or act.taken(reader, records):
        _show_charter(reader, records, part)
    st.page_link(
        page_files.SQUAD,
        label=as_plain_text(
            reader.gettext("The page of {squad}").format(squad=records.survey.squad)
        ),
        icon=":material/open_in_new:",
        query_params=query_params_of(
            [records.survey.squad], period=part.squad.period, language=reader.language
        ),
    )


def _show_charter(reader: Reader, records: RoomRecords, part: RoomPart) -> None:
    decided = actions_of(records.shown.actions, records.survey.squad)
    told = Result(
        part.squad,
        None,
        identity=part.squad,
        decided=tuple(ActionProgress(action, None) for action in decided),
        agreements=records.answered,
    )
    show_charter_file(reader, SquadPart(reader.edition, told, reader.today))


def _show_release(reader: Reader, records: RoomRecords) -> None:
    """The squad says, in the room, whether others may see the session."""
    _, survey = reader.gettext, records.survey
    if survey.is_released:
        st.markdown(_("This session is released: leadership and links see it."), width="content")
    elif st.session_state.get(keys.ROOM_RELEASING) == survey.gathering_id:
        _ask_before_release(reader, records)
    else:
        st.button(
            _("Release it to leadership…"),
            icon=":material/lock_open_right:",
            key=keys.ROOM_RELEASE,
            on_click=_ask_the_room,
            args=(survey.gathering_id,),
        )


def _ask_before_release(reader: Reader, records: RoomRecords) -> None:
    """What a release shows to whom, said before it happens: the screen is everybody's."""
    _ = reader.gettext
    text = _(
        "Does the squad agree? The leadership page and links that share {squad} then show this "
        "session; what was released stays so."
    )
    st.markdown(as_plain_text(text.format(squad=records.survey.squad)))
    st.button(
        _("Yes, release it"),
        type="primary",
        key=keys.ROOM_RELEASE_YES,
        on_click=_release,
        args=(records,),
    )
    st.button(_("Not yet"), key=keys.ROOM_RELEASE_NO, on_click=_ask_the_room, args=(None,))


def _ask_the_room(survey_id: UUID | None) -> None:
    st.session_state[keys.ROOM_RELEASING] = survey_id


def _release(records: RoomRecords) -> None:
    with telling_failure():
        surveys.release(records.survey)


def show_finish(reader: Reader, records: RoomRecords, part: RoomPart) -> None:
    """The way out of a room that is done, to the squad's page."""
    st.button(
        reader.gettext("Finish"),
        type="primary",
        key=keys.ROOM_FINISH,
        on_click=st.switch_page,
        args=(page_files.SQUAD,),
        kwargs={
            "query_params": query_params_of(
                [records.survey.squad], period=part.squad.period, language=reader.language
            )
        },
    )
