"""A phone that took part follows its session: waits, sees what was revealed, votes, confirms."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import streamlit as st

from assessment.access.invitations import stage_of
from assessment.access.votes import ONE
from assessment.errors import Refused, WhoDecidesError
from assessment.forms.agreement import ConfirmationForm, confirmation_submission_of
from assessment.model import (
    CONFIRMATION_ANSWERS,
    NOBODY,
    UNCLEAR,
    Agreement,
    Confirmation,
    Survey,
)
from assessment.model.agreement import LONGEST_RESERVATION
from assessment.rounds.agreements import Agreements
from assessment.rounds.room import survey_round
from assessment.ui.guard.gate import admit
from assessment.ui.guard.room import RoomRecords, followed_records, send_confirmation, send_vote
from assessment.ui.rounds.one_answer import voter_of_browser
from assessment.ui.session import keys
from assessment.ui.session.messages import show_error
from assessment.ui.session.plain_text import as_plain_text, show_points
from assessment.ui.session.reader import Reader, current_reader
from assessment.wording.agreements import agreement_sentence
from assessment.wording.room import (
    RoomPart,
    answer_of_role,
    asked,
    asked_again,
    choice_of_vote,
    told_rows,
    vote_rows,
)
from assessment.wording.surveys import next_session

LIVE = 3.0
"""Seconds between two looks at where the room is."""


@st.fragment(run_every=LIVE)
def follow() -> None:
    """Where the room is by now: nothing before the reveal, then what the session may show."""
    reader = current_reader()
    admit(reader, to="round")  # the page runs no more: the link may have ended since
    try:
        records = followed_records()
    except WhoDecidesError as error:
        show_error(reader, error)
        return
    stage = stage_of(records.survey, now=datetime.now(UTC))
    if st.session_state.get(keys.ROUND_STAGE, stage) != stage:
        st.session_state[keys.ROUND_STAGE] = stage
        st.rerun()  # what the page says around this was true before
    if records.survey.revealed_at is None:
        _wait(reader)
        return
    if records.survey.ballot is not None:
        _show_vote(reader, records)
    else:
        st.session_state.pop(keys.ROUND_VOTE, None)
        _show_refusal(reader)  # the vote was over before this phone sent its own
        _show_talk(reader, records.survey)
        _show_confirming(reader, records)
        _show_next(reader, records.survey)
        _show_revealed(reader, records)


def _wait(reader: Reader) -> None:
    _ = reader.gettext
    st.markdown(
        _(
            "Nobody sees a result before the session is closed and revealed. Keep this page open "
            "if you meet now: it goes on by itself. Otherwise you may close it."
        )
    )


# Voting -------------------------------------------------------------------------------------------


def _show_vote(reader: Reader, records: RoomRecords) -> None:
    """The one question that the room votes on again, alone and in secret."""
    _, survey, edition = reader.gettext, records.survey, reader.edition
    decision = survey.asked_again or ""
    text = edition.texts.lenses.decisions[decision]
    st.header(as_plain_text(text.short), anchor=False)
    st.markdown(f"**{as_plain_text(asked_again(edition))}**  \n{as_plain_text(text.example)}")
    key = keys.topic("vote", f"{decision}-{survey.asked_pass}")
    held = records.seats.on(survey.opened_on).held
    st.pills(
        asked_again(edition),
        (*held, NOBODY, UNCLEAR),
        format_func=partial(choice_of_vote, edition),
        label_visibility="collapsed",
        key=key,
        persist_state="session",
        wrap=True,
    )
    sent = st.session_state.get(keys.ROUND_VOTE)
    st.button(
        _("Change my vote") if sent else _("Send my vote"),
        type="primary",
        key=keys.ROUND_VOTE_SEND,
        width="stretch",
        on_click=_vote,
        args=(survey, key),
    )
    if not _show_refusal(reader) and sent:
        st.success(
            _("Your vote is in. You may change it until the room sees all votes."),
            icon=":material/check:",
        )
    st.caption(_("Nobody sees who voted what."))


def _show_refusal(reader: Reader) -> bool:
    """Why the last vote was not stored; tells whether there was a reason."""
    refused = st.session_state.pop(keys.ROUND_REFUSALS, None)
    if refused:
        show_error(reader, refused)
    return bool(refused)


def _vote(survey: Survey, key: str) -> None:
    """Store the vote; why it was not stored is told beside the button."""
    state = st.session_state
    named = state.get(key)
    try:
        if survey.ballot is None or not named:
            raise Refused(ONE)
        send_vote(survey.ballot, (str(named),), voter=voter_of_browser(survey.ballot))
        state[keys.ROUND_VOTE] = True
    except WhoDecidesError as error:
        state[keys.ROUND_REFUSALS] = error


# What is talked about -----------------------------------------------------------------------------


def _show_talk(reader: Reader, survey: Survey) -> None:
    """The question on the wall, and nothing of how it was answered."""
    if survey.asked_again is None:
        return
    _, edition = reader.gettext, reader.edition
    text = edition.texts.lenses.decisions[survey.asked_again]
    with st.container(border=True):
        st.caption(_("The room is talking about this now"))
        st.header(as_plain_text(text.short), anchor=False)
        st.markdown(f"**{as_plain_text(asked(edition))}**  \n{as_plain_text(text.example)}")


# What was revealed, and agreed --------------------------------------------------------------------


def _show_revealed(reader: Reader, records: RoomRecords) -> None:
    """The same counts as on the wall, then each topic; never single answers."""
    _, shown = reader.gettext, records.shown
    squad = survey_round(reader.edition.framework, records.survey, shown.assessments, shown.setups)
    if squad is None:
        return
    part = RoomPart(reader.edition, squad)
    st.header(_("What the session says"), anchor=False)
    st.markdown(f"**{as_plain_text(part.headline)}**  \n{as_plain_text(part.verdict)}")
    lines = [f"{part.title(topic)}: {part.told(topic)}" for topic in part.topics]
    for topic in part.topics:
        passes = records.passes(topic.of) if topic.kind == "decision" else ()
        for votes in passes[-1:]:
            told = told_rows(reader.edition, vote_rows(reader.edition, votes))
            text = _("{title}, voted again: {told}")
            lines.append(text.format(title=part.title(topic), told=told))
    if lines:
        with st.expander(_("Where you differ")):
            show_points(lines)


def _show_confirming(reader: Reader, records: RoomRecords) -> None:
    """What was agreed, and the way to confirm it for one's role."""
    agreements = records.latest_agreements
    if not agreements:
        return
    told = records.answered
    st.header(reader.gettext("We agreed"), anchor=False)
    for agreement in agreements:
        with st.container(border=True):
            _show_agreement(reader, told, agreement)


def _show_next(reader: Reader, survey: Survey) -> None:
    """When the squad is asked again, as the room chose."""
    if told := next_session(reader.edition, survey):
        st.markdown(as_plain_text(told))


def _show_agreement(reader: Reader, told: Agreements, agreement: Agreement) -> None:
    """Who told a role with the answers, and has not loaded the page again, answers for that one."""
    _, edition, answers = reader.gettext, reader.edition, told.answers(agreement)
    st.markdown(f"**{as_plain_text(agreement_sentence(edition, agreement))}**")
    concerned = told.concerned(agreement)
    show_points(answer_of_role(edition, role, answers.get(role), "") for role in concerned)
    name, role = str(agreement.agreement_id), None
    own = st.session_state.get(keys.ROUND_ROLES, {}).get(agreement.survey)
    waiting = [role for role in told.waiting(agreement) if own in (None, role)]
    if waiting:
        for_role = keys.topic("for", name)
        if st.session_state.get(for_role) not in waiting:
            st.session_state.pop(for_role, None)  # confirmed since, in the room or by another
        role = st.pills(
            _("I answer for"),
            waiting,
            format_func=edition.role,
            key=for_role,
            persist_state="session",
        )
    if role is None:
        if st.session_state.get(keys.topic("answered", name)):
            st.success(_("Your answer is in."), icon=":material/check:")
        return
    st.session_state.pop(keys.topic("answered", name), None)
    labels = {
        "agreed": _("I agree"),
        "with-reservation": _("I agree, with a reservation"),
        "not-agreed": _("I do not agree"),
    }
    answer = st.radio(
        _("My answer"),
        CONFIRMATION_ANSWERS,
        index=None,
        format_func=labels.__getitem__,
        key=keys.topic("answer", name),
        persist_state="session",
    )
    if answer in ("with-reservation", "not-agreed"):
        st.text_input(
            _("What do you reserve?"),
            max_chars=LONGEST_RESERVATION,
            key=keys.topic("reserve", name),
            persist_state="session",
        )
    st.button(
        _("Confirm"),
        type="primary",
        key=keys.topic("confirm", name),
        on_click=_confirm,
        args=(agreement, concerned),
    )
    if error := st.session_state.pop(keys.topic("refused", name), None):
        show_error(reader, error)


def _confirm(agreement: Agreement, concerned: tuple[str, ...]) -> None:
    """Store the answer for a role; a second click finds it stored."""
    state, name = st.session_state, str(agreement.agreement_id)
    form = ConfirmationForm(
        role=state.get(keys.topic("for", name)),
        answer=state.get(keys.topic("answer", name)),
        reservation=str(state.get(keys.topic("reserve", name)) or ""),
    )
    draft = Confirmation(
        confirmation_id=uuid4(),
        saved_at=datetime.now(UTC),
        squad=agreement.squad,
        agreement_id=agreement.agreement_id,
        role=concerned[0],
        answer="agreed",
    )
    try:
        submission = confirmation_submission_of(form, draft=draft, concerned=concerned)
        for refused in submission.refusals.values():
            raise refused
        if submission.record:
            send_confirmation(submission.record)
            state[keys.topic("for", name)] = None
            state[keys.topic("answered", name)] = True
    except WhoDecidesError as error:
        state[keys.topic("refused", name)] = error
