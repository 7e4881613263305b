"""What a room agreed, on a phone that took part, and how it is confirmed there for a role."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import streamlit as st

from assessment.errors import WhoDecidesError
from assessment.forms.agreement import ConfirmationForm, confirmation_submission_of
from assessment.model import CONFIRMATION_ANSWERS, Agreement, Confirmation
from assessment.model.agreement import LONGEST_RESERVATION
from assessment.rounds.agreements import Agreements
from assessment.ui.guard.room import send_confirmation
from assessment.ui.session import keys
from assessment.ui.session.messages import show_error
from assessment.ui.session.plain_text import as_plain_text, show_points
from assessment.ui.session.reader import Reader
from assessment.wording.agreements import agreement_sentence
from assessment.wording.room import answer_of_role


def is_being_answered(agreement: Agreement) -> bool:
    """Whether this phone has said for which role it answers, and has not answered yet."""
    return bool(st.session_state.get(keys.topic("for", str(agreement.agreement_id))))


def show_agreement(reader: Reader, told: Agreements, agreement: Agreement) -> None:
    """What was agreed, who answered, and the way to answer.

    Who told a role with the answers, and has not loaded the page again, answers for that one.
    """
    with st.container(border=True):
        _show_agreement(reader, told, agreement)


def _show_agreement(reader: Reader, told: Agreements, agreement: Agreement) -> None:
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
        width="stretch",
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
