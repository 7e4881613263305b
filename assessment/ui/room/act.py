"""We will do this: an action from the lever of an item, settled in two clicks."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

import streamlit as st

from assessment.errors import Refused
from assessment.forms.action import (
    ActionForm,
    action_submission_of,
    lever_owners,
    owners_in_order,
    proposed_action_form,
)
from assessment.model import Action
from assessment.rounds.room import Topic
from assessment.ui.guard.room import RoomRecords
from assessment.ui.guard.stored import save
from assessment.ui.room import place
from assessment.ui.room.drawing import show_words
from assessment.ui.session import keys
from assessment.ui.session.messages import telling_failure
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader, current_reader
from assessment.wording.actions import owner_choice
from assessment.wording.room import RoomPart


def show(reader: Reader, records: RoomRecords, part: RoomPart, topic: Topic) -> None:
    """The lever that answers the item, whose move it is and by when."""
    _, edition = reader.gettext, reader.edition
    lever = edition.framework.item_by_id[topic.of].lever
    text, seating = edition.texts.levers[lever], part.squad.seating
    show_words(part.title(topic), "eyebrow")
    st.title(as_plain_text(text.title), anchor=False)
    show_words(text.step, "question")
    proposed = proposed_action_form(edition.framework, seating, lever, today=reader.today)
    owners = owners_in_order(edition.framework, seating, lever)
    owner = st.pills(
        _("Whose move"),
        owners,
        default=proposed.owner,
        format_func=edition.role,
        key=keys.topic("owner", topic.id),
    )
    if hint := owner_choice(edition, lever_owners(edition.framework, seating, lever)):
        show_words(hint, "note")
    row = st.container(
        key=keys.ROOM_SETTLE, horizontal=True, vertical_alignment="bottom", gap="medium"
    )
    due = row.date_input(
        _("Due"),
        value=proposed.due_on,
        format="DD/MM/YYYY",
        key=keys.topic("due", topic.id),
        width=300,
    )
    row.button(
        _("We will do this"),
        type="primary",
        key=keys.topic("act", topic.id),
        on_click=_act,
        args=(records, lever, ActionForm(owner=owner, due_on=due), topic),
    )


def _act(records: RoomRecords, lever: str, form: ActionForm, topic: Topic) -> None:
    """Store it once, however often it is clicked."""
    reader = current_reader()
    survey = records.survey
    draft = Action(
        action_id=action_of(survey.gathering_id, lever),
        saved_at=datetime.now(UTC),
        squad=survey.squad,
        lever=lever,
        decided_on=reader.today,
    )
    with telling_failure():
        framework = reader.edition.framework
        submission = action_submission_of(form, framework, action=draft, today=reader.today)
        for refused in submission.refusals.values():
            raise Refused(refused.template, **refused.fields)
        if submission.record:
            save(submission.record)
            place.go("walk", topic=topic.id)


def taken(reader: Reader, records: RoomRecords) -> list[Action]:
    """What the squad decided to do since the answers were shown."""
    revealed = records.survey.revealed_at
    day = reader.day_of(revealed) if revealed else reader.today
    return [action for action in records.shown.actions if action.decided_on >= day]


def action_of(survey_id: UUID, lever: str) -> UUID:
    """The id of the action that a room takes from a lever: one a session, however often."""
    return uuid5(survey_id, f"action {lever}")
