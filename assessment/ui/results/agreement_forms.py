"""Agreements written on a page: settled in a dialog, answered role by role, taken back.

What was filled in stays until it is stored or closed, also while the store is out of reach.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from functools import partial
from uuid import UUID, uuid4

import streamlit as st

from assessment.errors import Conflict, SquadGone, WhoDecidesError, template
from assessment.forms import agreement as forms
from assessment.model import CONFIRMATION_ANSWERS, Agreement, Confirmation
from assessment.model.agreement import (
    LONGEST_ESCALATION,
    LONGEST_LIMITS,
    LONGEST_RESERVATION,
    followers,
)
from assessment.scoring.seats import Seating
from assessment.ui.guard.stored import (
    check_in_squad,
    check_squad_known,
    history,
    is_last,
    note_last,
    save,
    store,
    until_done,
    visible_records,
)
from assessment.ui.guard.visitor import refuse_unless_editor
from assessment.ui.parts.deeds import show_undo, take_back, tell_undone
from assessment.ui.results import open_form
from assessment.ui.results.open_form import Fields, not_stored, seating_today, show_day, tell_done
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import (
    as_plain_text,
    button,
    catching_failure,
    lead_to_outcome,
    note_outcome,
    show_captions,
    show_error,
    show_refusal,
)
from assessment.wording.agreement import AgreementPart, answer_name, not_by_the_playbook, tied
from assessment.wording.agreements import AgreementsPart, OpenDecision

TEXTS = ("limits", "escalation", "note")
FIELDS = tuple(field.name for field in fields(forms.AgreementForm))


@dataclass(frozen=True, slots=True)
class OpenAgreement:
    """The agreement being written; `context` says whom voices name, `refusals` what is amiss."""

    draft: forms.AgreementDraft
    proposal: forms.AgreementForm
    seating: Seating
    context: str = ""
    refusals: Mapping[str, WhoDecidesError] = field(default_factory=dict)


def settle_button(reader: Reader, squad: str, decision: OpenDecision) -> None:
    """The button that opens the dialog for a decision without an agreement."""
    button(
        reader.gettext("Settle this"),
        settle,
        squad,
        decision,
        key=keys.agreement("settle", decision.decision),
        icon="handshake",
    )


def write_popover(reader: Reader, part: AgreementsPart) -> None:
    """The choice of a decision to write an agreement on, which opens the dialog."""
    _ = reader.gettext
    label, key = _("Write an agreement…"), keys.AGREEMENT_WRITE
    with st.popover(label, type="tertiary", key=key, on_change="rerun"):
        st.selectbox(
            _("On which decision?"),
            tuple(part.to_write),
            index=None,
            format_func=reader.edition.decision,
            placeholder=_("Choose a decision"),
            key=keys.AGREEMENT_DECISION,
            on_change=_settle_chosen,
            args=(part,),
        )


def replace_button(reader: Reader, part: AgreementPart) -> None:
    """The button that opens the dialog to replace an agreement."""
    button(
        reader.gettext("Replace…"),
        _open_replacement,
        part.agreement,
        key=keys.agreement("replace", part.agreement.id),
        icon="edit",
    )


def show_dialog(reader: Reader) -> None:
    """The form, once one of the buttons was clicked."""
    form = _form()
    if form is None or not open_form.may_write(form.draft.squad):
        return
    decision = reader.edition.texts.lenses.decisions[form.draft.decision]
    dialog = st.dialog(decision.short, icon=":material/handshake:", on_dismiss=_close)
    dialog(_show_form)(reader)


def confirm_popover(reader: Reader, part: AgreementPart, concerned: tuple[str, ...]) -> None:
    """Answers for a role that the agreement concerns."""
    _, agreement = reader.gettext, part.agreement
    key = _fields(agreement.id).key
    with st.popover(_("Answer for a role…"), icon=":material/how_to_reg:"):
        st.pills(
            _("I answer for"),
            concerned,
            format_func=reader.edition.role,
            key=key("role"),
            persist_state="session",
        )
        st.pills(
            _("Answer"),
            CONFIRMATION_ANSWERS,
            format_func=partial(answer_name, reader.edition),
            key=key("answer"),
            persist_state="session",
        )
        st.text_input(
            _("The reservation, or why not, in a sentence"),
            max_chars=LONGEST_RESERVATION,
            key=key("reservation"),
            persist_state="session",
        )
        refused_id, refusals = st.session_state.get(keys.AGREEMENT_REFUSALS, (None, {}))
        if refused_id == agreement.id:
            for refusal in refusals.values():
                show_error(reader, refusal)
            lead_to_outcome()
        label = _("Save")
        button(
            label,
            _confirm,
            agreement,
            concerned,
            answers_to(agreement),
            key=key("confirm"),
            icon="save",
            look="primary",
        )


def just_done(part: AgreementsPart) -> Agreement | Confirmation | None:
    """What was stored last on this squad's page, until it is undone."""
    done: Agreement | Confirmation | None = st.session_state.get(keys.AGREEMENT_DONE)
    return done if done and done.squad == part.squad and is_last(done) else None


def show_done(reader: Reader, part: AgreementsPart) -> None:
    """Right after something was stored: say what, with the focus, and offer to undo it."""
    done = just_done(part)
    if done is None:
        return
    item = next((item for item in part.items if item.agreement.id == done.id), None)
    text = item.settled() if item else reader.gettext("Saved.")
    key = keys.agreement("done", done.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        tell_done(text, key=key)
        show_undo(reader, partial(_undo, done), key=keys.agreement("undo", done.id))


# The dialog ---------------------------------------------------------------------------------------


def _show_form(reader: Reader) -> None:
    form = _form()
    if form is None:
        st.rerun()
    draft, _ = form.draft, reader.gettext
    key = _fields(draft.agreement_id).key
    st.markdown(as_plain_text(reader.edition.example_of(draft.decision)))
    show_captions(form.context)
    held = form.seating.held
    st.pills(
        _("Who has the last word?"),
        held,
        required=True,
        format_func=reader.edition.role,
        key=key("decides"),
        persist_state="session",
    )
    decides = st.session_state.get(key("decides"))
    show_refusal(reader, form.refusals, "decides")
    if decides and form.seating.is_held(decides):
        decision = reader.edition.framework.lenses.decision_by_id[form.draft.decision]
        if form.seating.must_not_decide(decides, decision):
            text = as_plain_text(not_by_the_playbook(reader.edition, decides))
            st.warning(text, icon=":material/warning:")
    others = tuple(role for role in held if role != decides)
    _choose_roles(reader, form, "consulted", _("Who is consulted before?"), others)
    _choose_day(reader, form, "agreed_on", _("From when?"))
    with st.expander(_("Limits, escalation, who is told, until when"), type="compact"):
        _show_further(reader, form, others)
    show_refusal(reader, form.refusals, "store")
    show_refusal(reader, form.refusals, "decision")
    lead_to_outcome()
    button(_("Save"), _save, key=key("save"), icon="save", look="primary")


def _choose_roles(
    reader: Reader, form: OpenAgreement, field: str, label: str, roles: tuple[str, ...]
) -> None:
    """A choice among these roles; what was chosen and is none of them any more is dropped."""
    key = keys.agreement(field, form.draft.agreement_id)
    st.session_state[key] = [role for role in st.session_state.get(key) or () if role in roles]
    st.pills(
        label,
        roles,
        selection_mode="multi",
        format_func=reader.edition.role,
        key=key,
        persist_state="session",
    )
    show_refusal(reader, form.refusals, field)


def _choose_day(reader: Reader, form: OpenAgreement, field: str, label: str) -> None:
    show_day(reader, label, keys.agreement(field, form.draft.agreement_id))
    show_refusal(reader, form.refusals, field)


def _show_further(reader: Reader, form: OpenAgreement, others: tuple[str, ...]) -> None:
    _, key = reader.gettext, _fields(form.draft.agreement_id).key
    ask_limits(reader, key("limits"))
    show_refusal(reader, form.refusals, "limits")
    ask_escalation(reader, key("escalation"))
    show_refusal(reader, form.refusals, "escalation")
    heard = st.session_state.get(key("consulted")) or ()
    rest = tuple(role for role in others if role not in heard)
    _choose_roles(reader, form, "informed", _("Who is told after?"), rest)
    _choose_day(reader, form, "valid_until", _("Until"))
    st.text_area(
        _("Note"),
        key=key("note"),
        persist_state="session",
        height=80,
        help=_("Shown on the page. No file of a result has it."),
    )
    show_refusal(reader, form.refusals, "note")


def ask_limits(reader: Reader, key: str, value: str = "") -> str:
    """Within which limits the role decides."""
    return st.text_input(
        reader.gettext("Within which limits?"),
        value=value,
        max_chars=LONGEST_LIMITS,
        key=key,
        persist_state="session",
        placeholder=reader.gettext("within the quarter's goal"),
    )


def ask_escalation(reader: Reader, key: str, value: str = "") -> str:
    """To whom a decision goes that is not taken, and when."""
    return st.text_input(
        reader.gettext("To whom does it go, and after how many days?"),
        value=value,
        max_chars=LONGEST_ESCALATION,
        key=key,
        persist_state="session",
        placeholder=reader.gettext("to another role after two days"),
    )


# Opening and storing ------------------------------------------------------------------------------


def _form() -> OpenAgreement | None:
    form: OpenAgreement | None = st.session_state.get(keys.AGREEMENT_FORM)
    return form


def settle(squad: str, decision: OpenDecision) -> None:
    """Open the dialog that settles a decision."""
    reader = current_reader()
    seating = seating_today(reader, squad)
    asked = reader.edition.framework.lenses.decision_by_id[decision.decision]
    decides = forms.majority_that_may(decision.named, seating, asked, voices=decision.voices)
    proposal = forms.proposed_agreement_form(
        decision.named, seating, decides=decides, today=reader.today
    )
    tie = tied(reader.edition, forms.leading_roles(decision.named, seating), decision.named)
    context = " ".join(filter(None, (decision.sentence, tie)))
    _open(proposal, seating, squad=squad, decision=decision.decision, context=context)


def _settle_chosen(part: AgreementsPart) -> None:
    chosen = part.to_write.get(str(st.session_state.get(keys.AGREEMENT_DECISION)))
    st.session_state[keys.AGREEMENT_DECISION] = None
    st.session_state[keys.AGREEMENT_WRITE] = False  # else it stays above what the dialog dims
    if chosen:
        settle(part.squad, chosen)


def _open_replacement(agreement: Agreement) -> None:
    reader = current_reader()
    seating = seating_today(reader, agreement.squad)
    proposal = forms.agreement_form_of(agreement, today=reader.today)
    _open(
        proposal,
        seating,
        squad=agreement.squad,
        decision=agreement.decision,
        supersedes=[agreement, *followers(agreement, visible_records().agreements)][-1].id,
    )


def _open(
    proposal: forms.AgreementForm,
    seating: Seating,
    *,
    context: str = "",
    squad: str,
    decision: str,
    supersedes: UUID | None = None,
) -> None:
    """Open the dialog with what it proposes; roles nobody holds are left out of it."""
    draft = forms.AgreementDraft(uuid4(), datetime.now(UTC), squad, decision, supersedes)
    _fields(draft.agreement_id).begin(lambda name: _held(getattr(proposal, name), seating))
    st.session_state[keys.AGREEMENT_FORM] = OpenAgreement(draft, proposal, seating, context)


def _fields(draft_id: UUID) -> Fields:
    return Fields(FIELDS, lambda field: keys.agreement(field, draft_id))


def _held(value: object, seating: Seating) -> object:
    """What a form proposes, without roles that nobody holds."""
    if isinstance(value, tuple):
        return [role for role in value if seating.is_held(role)]
    if value in seating.framework.role_ids and not seating.is_held(str(value)):
        return None
    return value


def _close() -> None:
    form = _form()
    st.session_state[keys.AGREEMENT_FORM] = None
    if form:
        _fields(form.draft.agreement_id).forget()


def _save() -> None:
    form = _form()
    if form is None:
        return
    refuse_unless_editor()
    reader = current_reader()

    def tell(error: WhoDecidesError) -> None:
        if isinstance(error, SquadGone):  # its page shows no form any more
            written = _fields(form.draft.agreement_id).written(TEXTS, form.proposal)
            _close()
            raise not_stored(written, error)
        _refuse(form, {"store": error})

    with catching_failure(tell):
        check_squad_known(form.draft.squad, visible_records())
        agreements = history(visible_records(), "month").agreements
        submission = forms.agreement_submission_of(
            _filled(form.draft.agreement_id),
            draft=replace(form.draft, saved_at=datetime.now(UTC)),
            seating=form.seating,
            others=[a for a in visible_records().agreements if a.id != form.draft.agreement_id],
            is_settled=agreements.on(reader.today).is_settled,
            today=reader.today,
        )
        if submission.record is None:
            _refuse(form, submission.refusals)
            return
        save(submission.record)
        st.session_state[keys.AGREEMENT_DONE] = submission.record
        _close()


def _refuse(form: OpenAgreement, refusals: Mapping[str, WhoDecidesError]) -> None:
    note_outcome()
    st.session_state[keys.AGREEMENT_FORM] = replace(form, refusals=dict(refusals))


def _filled(draft_id: UUID) -> forms.AgreementForm:
    """What is filled in: nothing chosen is no role, nothing written an empty text."""
    values = _fields(draft_id).filled(texts=TEXTS)
    roles = {name: tuple(values[name] or ()) for name in ("consulted", "informed")}
    return forms.AgreementForm(**values | roles)


def answers_to(agreement: Agreement) -> frozenset[tuple[UUID, str]]:
    """The answers to an agreement by now, each with its role."""
    answers = visible_records().confirmations
    return frozenset((a.id, a.role) for a in answers if a.agreement_id == agreement.id)


def check_shown(
    agreement: Agreement, roles: Collection[str], shown: frozenset[tuple[UUID, str]]
) -> None:
    """Raise Conflict where an answer for one of these roles came that was not shown."""
    for role in {role for _id, role in answers_to(agreement) - shown}.intersection(roles):
        raise Conflict(
            template(
                "meanwhile {the_role} has answered: see how, and answer once more if yours is "
                "to count instead"
            ),
            the_role=current_reader().edition.the_role(role),
        )


def _confirm(
    agreement: Agreement, concerned: tuple[str, ...], shown: frozenset[tuple[UUID, str]]
) -> None:
    """Store an answer for a role, unless one of that role came that was not shown."""
    refuse_unless_editor()
    key = _fields(agreement.id).key
    form = forms.ConfirmationForm(
        role=st.session_state.get(key("role")),
        answer=st.session_state.get(key("answer")),
        reservation=st.session_state.get(key("reservation")) or "",
    )
    try:
        check_in_squad(agreement, visible_records())
    except Conflict as error:  # its page no longer shows what answers it
        raise not_stored((form.reservation,), error) from None
    submission = forms.confirmation_submission_of(
        form, agreement, concerned=concerned, confirmation_id=uuid4(), now=datetime.now(UTC)
    )
    refusals: dict[str, WhoDecidesError] = dict(submission.refusals)
    if submission.record:
        with catching_failure(lambda error: refusals.update(store=error)):
            check_shown(agreement, [submission.record.role], shown)
            with until_done(
                agreement.id, form, submission.accepted, records=lambda record: [record]
            ) as record:
                store().add([record])
            note_last(record)
            st.session_state[keys.AGREEMENT_DONE] = record
            for name in ("role", "answer", "reservation"):
                st.session_state[key(name)] = "" if name == "reservation" else None
    if refusals:
        note_outcome()
    st.session_state[keys.AGREEMENT_REFUSALS] = (agreement.id, refusals)


def _undo(done: Agreement | Confirmation) -> None:
    take_back([done])
    tell_undone()
    st.session_state[keys.AGREEMENT_DONE] = None
