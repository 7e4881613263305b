"""What a room agreed, on a phone that took part, and how it is confirmed there for a role."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import streamlit as st

from assessment.access.agreements import has_answered, may_answer
from assessment.errors import Refused
from assessment.forms.agreement import ConfirmationForm, confirmation_submission_of
from assessment.model import CONFIRMATION_ANSWERS, Agreement, Survey
from assessment.model.agreement import LONGEST_RESERVATION
from assessment.rounds.agreements import AgreementsOn
from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard.room import send_confirmation
from assessment.ui.guard.surveys import mark_of
from assessment.ui.guard.visitor import current_policy, current_rights
from assessment.ui.rounds.one_answer import answerer_of_browser, role_told
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button, show_points
from assessment.wording.agreement import agreement_sentence, answer_lines, how_confirmed
from assessment.wording.surveys import answer_kept


def is_being_answered(agreements: AgreementsOn, agreement: Agreement) -> bool:
    """Whether this phone has said for which role it answers, or what, and has not sent it yet."""
    name, state = str(agreement.agreement_id), st.session_state
    return any(
        role == state.get(keys.topic("for", name))
        or state.get(keys.topic("answer", _own(agreement, role)))
        for role in agreements.waiting(agreement)
    )


def show_agreement(reader: Reader, records: RoomRecords, agreement: Agreement) -> None:
    """What was agreed, who answered, and the way to answer.

    Who told a role with the answers answers for that one. What a role reserves is told, but in a
    confidential session.
    """
    edition, agreements = reader.edition, records.agreements
    concerned = agreements.concerned(agreement)
    words = not records.survey.confidential
    with st.container(border=True):
        st.markdown(f"**{as_plain_text(agreement_sentence(edition, agreement))}**")
        show_points(answer_lines(edition, agreements, agreement, words=words).values())
        if concerned and (text := how_confirmed(edition, agreements, agreement)):
            st.markdown(as_plain_text(text))
        if role := _role_asked(reader, agreements, agreement):
            _ask(reader, records.survey, agreement, concerned, role)


def _role_asked(reader: Reader, agreements: AgreementsOn, agreement: Agreement) -> str | None:
    """The role this phone answers for: the only one that has yet to, else the one it chooses.

    A role that does not agree may change that on the phone that said so, and on no other. That a
    phone has answered is read from what is stored by its mark: loaded again, it knows it still.
    """
    _, name = reader.gettext, str(agreement.agreement_id)
    sent = mark_of(current_rights().visitor.link)
    own = role_told(sent, among=reader.edition.framework.role_ids) if sent else None
    answers = agreements.answers(agreement)
    concerned = agreements.concerned(agreement)
    given = {role: agreements.given(agreement, role) for role in concerned}
    is_answered = any(has_answered(_browser(agreement, role), given[role]) for role in concerned)
    waiting = [
        role
        for role in agreements.waiting(agreement)
        if own in (None, role) and may_answer(_browser(agreement, role), given[role])
    ]
    news = st.container()
    role = _role_for(reader, name, waiting, is_answered=is_answered) if waiting else None
    if role is None and is_answered and not st.session_state.get(keys.MESSAGE):
        news.success(_("Your answer is in."), icon=":material/check:")
        if own in waiting:
            st.caption(_("To change your answer, choose your role."))
    elif own is None and waiting:
        st.caption(_("Not your role? Then there is nothing for you to do here."))
    elif len(answers) < len(concerned) and not waiting:
        st.caption(_("Nothing for you to do here."))
    return role


def _role_for(reader: Reader, name: str, waiting: list[str], *, is_answered: bool) -> str | None:
    """The only role that waits, told as it is; else, or where another was told, the one chosen."""
    _, state, for_role = reader.gettext, st.session_state, keys.topic("for", name)
    if len(waiting) == 1 and not is_answered:
        (role,) = waiting
        text = _("I answer for: {role}").format(role=reader.edition.role(role))
        st.markdown(as_plain_text(text))
        return role
    if state.get(for_role) not in waiting:
        state.pop(for_role, None)  # confirmed since, in the room or by another
    return st.pills(
        _("I answer for"),
        waiting,
        format_func=reader.edition.role,
        key=for_role,
        persist_state="session",
    )


def _own(agreement: Agreement, role: str) -> str:
    """What the keys of a role's own fields end in: nothing in them is ever another role's."""
    return f"{agreement.agreement_id}-{role}"


def _browser(agreement: Agreement, role: str) -> UUID:
    return answerer_of_browser(agreement.survey or agreement.id, agreement.id, role)


def _ask(
    reader: Reader, survey: Survey, agreement: Agreement, concerned: tuple[str, ...], role: str
) -> None:
    _, own = reader.gettext, _own(agreement, role)
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
        key=keys.topic("answer", own),
        persist_state="session",
    )
    reasons = {
        "with-reservation": _("What is your reservation?"),
        "not-agreed": _("Why do you not agree?"),
    }
    if answer in reasons:
        st.text_input(
            reasons[answer],
            max_chars=LONGEST_RESERVATION,
            key=keys.topic("reserve", own),
            persist_state="session",
        )
    if survey.confidential:
        kept = answer_kept(reader.edition, protected=current_policy().protected)
        st.caption(as_plain_text(kept))
    button(
        _("Confirm"),
        _confirm,
        agreement,
        concerned,
        role,
        key=keys.topic("confirm", own),
        look="primary",
        shows_failure=True,
        width="stretch",
    )


def _confirm(agreement: Agreement, concerned: tuple[str, ...], role: str) -> None:
    """Store the answer for a role; a second click finds it stored."""
    state, own = st.session_state, _own(agreement, role)
    form = ConfirmationForm(
        role=role,
        answer=state.get(keys.topic("answer", own)),
        reservation=str(state.get(keys.topic("reserve", own)) or ""),
    )
    submission = confirmation_submission_of(
        form, agreement, concerned=concerned, confirmation_id=uuid4(), now=datetime.now(UTC)
    )
    edition, confirmation = current_reader().edition, submission.accepted()
    with naming(f"{edition.decision(agreement.decision)} · {edition.role(role)}"):
        send_confirmation(confirmation, browser=_browser(agreement, role))
    state[keys.topic("for", agreement.agreement_id)] = state[keys.topic("answer", own)] = None
    state[keys.topic("reserve", own)] = ""


@contextmanager
def naming(subject: str) -> Iterator[None]:
    """Have a refusal say what it is about: where it is read, the room may be at something else."""
    try:
        yield
    except Refused as error:
        named = type(error)("{field}: {reason}", field=subject, reason=error)
        named.names_subject = True
        raise named from error
