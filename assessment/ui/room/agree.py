"""Agree: who has the last word, who is heard, from when; then the roles confirm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID, uuid4, uuid5

import streamlit as st

from assessment.forms import agreement as forms
from assessment.model import UNCLEAR, Agreement, Confirmation
from assessment.model.agreement import Answer
from assessment.rounds.room import Topic, votes_by_role
from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard.room import room_records
from assessment.ui.guard.stored import note_last, save, store, until_done
from assessment.ui.guard.visitor import current_rights
from assessment.ui.results.agreement_forms import (
    answers_to,
    ask_escalation,
    ask_limits,
    check_shown,
)
from assessment.ui.room import place
from assessment.ui.room.drawing import ask_day, row_to_settle, show_list, show_words
from assessment.ui.room.wall import Wall
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button, showing_errors
from assessment.wording.agreement import (
    agreement_sentence,
    answer_lines,
    answers_asked_again,
    how_confirmed,
    not_by_the_playbook,
    proposed_by,
    tied,
)

FIELDS: tuple[keys.OfAgreement, ...] = ("decides", "heard", "from", "until", "limits", "escalation")
"""Of the form of an agreement: what they hold is kept until it is agreed."""

LIVE = 3.0  # seconds between two looks at how the roles answered


def show(wall: Wall, topic: Topic, *, change: bool) -> None:
    """The form; once it is agreed, the sentence and who has confirmed it, unless to `change` it."""
    agreement = wall.records.agreed.get(topic.of)
    if agreement is None or change:
        _show_form(wall, topic, agreement)
    else:
        _show_agreed(wall, topic, agreement)


# The form -----------------------------------------------------------------------------------------


def _show_form(wall: Wall, topic: Topic, before: Agreement | None) -> None:
    reader, edition, name = wall.reader, wall.reader.edition, _name(topic, before)
    _ = reader.gettext
    proposed, why = _proposed(wall, topic, before)
    form = _ask_roles(wall, topic, proposed, name=name, why=why)
    row = row_to_settle(keys.ROOM_SETTLE)
    form = replace(
        form,
        agreed_on=ask_day(row, _("From"), proposed.agreed_on, keys.topic("from", name)),
        valid_until=ask_day(row, _("Until"), proposed.valid_until, keys.topic("until", name)),
    )
    is_unchanged = (
        before is not None
        and before.valid_until >= reader.today
        and forms.is_same_agreement(form, proposed)
    )
    with row:
        button(
            _("That is agreed"),
            _agree,
            wall,
            topic,
            form,
            is_unchanged,
            key=keys.topic("agreed", topic.id),
            icon="handshake",
            look="primary",
        )
    if before and (answers := len(wall.records.agreements.answers(before))):
        show_words(answers_asked_again(edition, answers), "line")


def _ask_roles(
    wall: Wall, topic: Topic, proposed: forms.AgreementForm, *, name: str, why: str
) -> forms.AgreementForm:
    """Who has the last word and who is heard, within which limits; begun with what is proposed."""
    reader, edition, seating = wall.reader, wall.reader.edition, wall.part.shown.seating
    _ = reader.gettext
    title, further = st.columns([2, 1], vertical_alignment="center")
    text = _("{decision}: who has the last word?", decision=wall.part.title(topic))
    title.title(as_plain_text(text), anchor=False)
    with further.popover(_("Limits and escalation…"), key=keys.ROOM_FURTHER, width="stretch"):
        limits = ask_limits(reader, keys.topic("limits", name), proposed.limits)
        escalation = ask_escalation(reader, keys.topic("escalation", name), proposed.escalation)
    decides = st.pills(
        _("Who has the last word?"),
        seating.held,
        default=proposed.decides if proposed.decides in seating.held else None,
        format_func=edition.role,
        label_visibility="collapsed",
        persist_state="session",
        key=keys.topic("decides", name),
    )
    show_words(why, "line")
    others, key = [role for role in seating.held if role != decides], keys.topic("heard", name)
    is_begun = key in st.session_state
    if is_begun:
        st.session_state[key] = [role for role in st.session_state[key] if role in others]
    heard = st.pills(
        _("Who is consulted before?"),
        others,
        selection_mode="multi",
        default=None if is_begun else [role for role in proposed.consulted if role in others],
        format_func=edition.role,
        persist_state="session",
        key=key,
    )
    decision = edition.framework.lenses.decision_by_id[topic.of]
    if decides and seating.must_not_decide(decides, decision):
        show_words(not_by_the_playbook(edition, decides), "red")
    return replace(
        proposed,
        decides=decides,
        consulted=tuple(heard),
        informed=tuple(role for role in proposed.informed if role in others and role not in heard),
        limits=limits,
        escalation=escalation,
    )


def _name(topic: Topic, before: Agreement | None) -> str:
    """What the keys of the form's fields end in."""
    return str(before.id) if before else topic.id


def _proposed(
    wall: Wall, topic: Topic, before: Agreement | None
) -> tuple[forms.AgreementForm, str]:
    """What the form begins with, and a sentence on what chose its role, or on roles that tie.

    That is what was agreed, here `before` or in an earlier session; else what a majority says, of
    the last vote or of the first answers.
    """
    edition, seating, today = wall.reader.edition, wall.part.shown.seating, wall.reader.today
    counts, voices = topic.counts, topic.voices - topic.unclear
    if passes := wall.records.passes(topic.of):
        counts = votes_by_role(edition.framework, passes[-1])
        voices = len(passes[-1]) - counts.get(UNCLEAR, 0)
    majority = forms.majority(counts, seating, voices=voices)
    by: Literal["first answers", "vote"] = "vote" if passes else "first answers"
    why = proposed_by(edition, by) if majority else ""
    if before:
        return forms.agreement_form_of(before, today=today), ""
    agreed = [part for part in wall.part.agreed_earlier(topic) if part.state != "contested"]
    if agreed:
        proposed = forms.agreement_form_of(agreed[0].agreement, today=today)
        return (replace(proposed, decides=majority), why) if passes and majority else (proposed, "")
    why = why or tied(edition, forms.leading_roles(counts, seating), counts, by=by)
    named = counts if majority else {}
    return forms.proposed_agreement_form(named, seating, decides=majority, today=today), why


def _agree(wall: Wall, topic: Topic, form: forms.AgreementForm, is_unchanged: bool) -> None:
    """Store it unless it says what stands; a second click of the same screen finds it stored."""
    if not is_unchanged:
        _store(wall, topic, form)
    forget(_name(topic, wall.records.agreed.get(topic.of)))
    place.go("walk", topic.id, "agree")


def forget(name: str) -> None:
    """Have a form begin anew: it is agreed, or a vote says something else since."""
    for field in FIELDS:
        st.session_state.pop(keys.topic(field, name), None)


def _store(wall: Wall, topic: Topic, form: forms.AgreementForm) -> None:
    records, survey, today = wall.records, wall.records.survey, current_reader().today
    replaced = records.agreements.to_replace(survey.squad, topic.of)
    earlier = sum(agreement.decision == topic.of for agreement in records.made)
    draft = forms.AgreementDraft(
        agreement_id=uuid5(survey.id, f"agreement {topic.of} {earlier}"),
        saved_at=datetime.now(UTC),
        squad=survey.squad,
        decision=topic.of,
        survey=survey.id,
        supersedes=replaced.id if replaced else None,
    )
    submission = forms.agreement_submission_of(
        form,
        draft=draft,
        seating=wall.part.shown.seating,
        others=records.squad_agreements,
        is_settled=records.agreements.is_settled,
        today=today,
    )
    save(submission.accepted())


# Confirmed ----------------------------------------------------------------------------------------


def _show_agreed(wall: Wall, topic: Topic, agreement: Agreement) -> None:
    reader, records = wall.reader, wall.records
    _, edition = reader.gettext, reader.edition
    with st.container(key=keys.ROOM_AGREED):
        st.title(as_plain_text(agreement_sentence(edition, agreement)), anchor=False)
    _show_answers(reader, records, agreement)
    run_anew_once_answered(records)
    concerned = records.agreements.concerned(agreement)
    label = _("Every role has answered; the latest answer counts")
    if len(records.agreements.answers(agreement)) < len(concerned):
        label = _("Confirm on your phones, or tick your role here; the latest answer counts")
    answering = st.pills(
        label,
        concerned,
        selection_mode="multi",
        format_func=edition.role,
        key=keys.topic("confirm", agreement.agreement_id),
    )
    with st.container(key=keys.ROOM_SETTLE, horizontal=True, horizontal_alignment="distribute"):
        with st.container(horizontal=True, width="content", gap="small"):
            _show_answer_buttons(reader, agreement, answering, concerned)
        button(
            _("Change the agreement…"),
            place.go,
            "walk",
            topic.id,
            "change",
            key=keys.topic("otherwise-button", topic.id),
            look="tertiary",
        )


def _show_answer_buttons(
    reader: Reader, agreement: Agreement, answering: Sequence[str], concerned: tuple[str, ...]
) -> None:
    """What the ticked roles may answer; while none is, buttons rest but stay in place."""
    count = len(answering) or 1
    names = reader.edition.roles(answering)
    agree = reader.counted("{roles} agrees", "{roles} agree", count, roles=names)
    texts: dict[Answer, str] = {
        "agreed": agree if answering else reader.gettext("Agrees"),
        "with-reservation": reader.gettext("With a reservation"),
        "not-agreed": reader.counted("Does not agree", "Do not agree", count),
    }
    for answer, text in texts.items():
        given = agreement, tuple(answering), answer, concerned, answers_to(agreement)
        button(
            as_plain_text(text),
            _confirm,
            *given,
            key=keys.topic("answer", answer),
            look="primary" if answering and answer == "agreed" else "secondary",
            disabled=not answering,
        )


def _show_answers(reader: Reader, records: RoomRecords, agreement: Agreement) -> None:
    edition, agreements = reader.edition, records.agreements
    with st.container(key=keys.announced("roles")):
        show_list(answer_lines(edition, agreements, agreement).values())
        show_words(how_confirmed(edition, agreements, agreement), "line")


@st.fragment(run_every=LIVE)
def run_anew_once_answered(records: RoomRecords) -> None:
    """Have the whole page follow what roles answer, on phones or elsewhere."""
    with showing_errors(current_reader()):
        if current_rights().may_edit:
            now = room_records(records.survey.id)
            if now.confirmations != records.confirmations:
                st.rerun()


def _confirm(
    agreement: Agreement,
    roles: tuple[str, ...],
    answer: Answer,
    concerned: tuple[str, ...],
    shown: frozenset[tuple[UUID, str]],
) -> None:
    """Store what the ticked roles answer, all or none; nobody is ticked after it.

    Conflict, and none stored, where an answer for one of them came that was not shown.
    """
    check_shown(agreement, roles, shown)

    def confirmations() -> list[Confirmation]:
        return [
            forms.confirmation_submission_of(
                forms.ConfirmationForm(role=role, answer=answer, is_spoken=True),
                agreement,
                concerned=concerned,
                confirmation_id=uuid4(),
                now=datetime.now(UTC),
            ).accepted()
            for role in roles
        ]

    with until_done(agreement.id, (roles, answer), confirmations, records=tuple) as answers:
        store().add(answers)
    for confirmation in answers:
        note_last(confirmation)
    st.session_state[keys.topic("confirm", agreement.agreement_id)] = []
