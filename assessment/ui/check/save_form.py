"""Saving a check: the form under its result, its refusals, and the way back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from assessment.errors import Refused, WhoDecidesError
from assessment.forms.check import check_submission_of
from assessment.forms.same_month import joined
from assessment.model import Assessment, mandate_column
from assessment.scoring.seats import setup_in_force
from assessment.storage.kinds import fitted
from assessment.ui.check import before_saving, draft, fields, unfinished
from assessment.ui.check.context import absent_roles
from assessment.ui.check.saved import Saved, note_saved, open_saved
from assessment.ui.guard.stored import save, store, visible_records
from assessment.ui.parts.records import squads_going_on
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import (
    button,
    lead_to_outcome,
    note_outcome,
    show_error,
    show_refusal,
)

NOTHING_SETTLED = before_saving.Sure()
OPTIONAL_FIELDS = {"role", "voice", "assessed_on", "note"}


def show_form(reader: Reader, *, names_squad: bool = True) -> None:
    """What is saved and its refusals; the squad too, unless the page asks for it elsewhere."""
    _ = reader.gettext
    if not st.session_state.get(keys.CHECK_DATE_CHOSEN):
        st.session_state[keys.CHECK_DATE] = reader.today
    with st.container(border=True, key=keys.CHECK_FORM):
        st.subheader(_("Save this check"), anchor=False)
        if draft.answers() and draft.deep_form():
            st.caption(
                reader.gettext(
                    "Your answers to the quick check and to the deep check make one check."
                )
            )
        if names_squad:
            show_squad(reader)
        with st.expander(
            _("Your role, an alias, the date, a note: all optional"),
            key=keys.CHECK_OPTIONAL,
            expanded=bool(OPTIONAL_FIELDS & st.session_state.get(keys.CHECK_REFUSALS, {}).keys()),
        ):
            _show_optional_fields(reader)
        show_refusals(reader)
        before_saving.show_questions(reader, save=_save)
        with st.container(horizontal=True):
            button(_("Save"), _save, key=keys.CHECK_SAVE, icon="save", look="primary")
            unfinished.show_start_over(reader)


def show_squad(reader: Reader, *, hint: str | None = None) -> None:
    """The squad the check is about: a known one, or a new name, with a hint to it."""
    _ = reader.gettext
    squads = _known_squads(reader)
    columns = iter(st.columns(2))
    if squads:
        next(columns).selectbox(
            _("Squad"),
            squads,
            index=None,
            placeholder=_("Choose a squad"),
            key=keys.CHECK_SQUAD,
            persist_state="session",
            on_change=draft.prefer_chosen_squad,
        )
    next(columns).text_input(
        _("Or a new squad's name") if squads else _("The squad's name"),
        help=hint,
        key=keys.CHECK_NEW_SQUAD,
        persist_state="session",
        on_change=draft.prefer_new_squad,
    )


def show_refusals(reader: Reader) -> None:
    """Why saving was refused, beside the button that tried to, with the focus."""
    refusals = st.session_state.get(keys.CHECK_REFUSALS, {})
    for field, refused in refusals.items():
        if field in reader.edition.framework.lenses.columns:
            show_error(reader, _at(reader, field, refused))
        elif field not in OPTIONAL_FIELDS:
            show_error(reader, refused)
    if refusals:
        lead_to_outcome(keys.CHECK_FORM)


def _show_optional_fields(reader: Reader) -> None:
    refusals = st.session_state.get(keys.CHECK_REFUSALS, {})
    fields.show_role(reader)
    show_refusal(reader, refusals, "role")
    fields.show_alias(
        reader, hint=reader.gettext("Lets one voice count once when it answers twice in a period.")
    )
    show_refusal(reader, refusals, "voice")
    st.date_input(
        reader.gettext("Date of the check"),
        format="DD/MM/YYYY",
        key=keys.CHECK_DATE,
        persist_state="session",
        on_change=draft.choose_date,
    )
    show_refusal(reader, refusals, "assessed_on")
    fields.show_note(reader)
    show_refusal(reader, refusals, "note")


def _known_squads(reader: Reader) -> Sequence[str]:
    """The squads a check is likely to be of; while the store is away the chosen one, and why."""
    chosen = st.session_state.get(keys.CHECK_SQUAD)
    try:
        known = before_saving.real_squads(visible_records(), None)
        return squads_going_on(reader, known, chosen=chosen)
    except WhoDecidesError as error:
        st.session_state.get(keys.CHECK_REFUSALS, {}).pop("store", None)
        show_error(reader, error)
        return (chosen,) if chosen else ()


def _at(reader: Reader, column: str, refused: WhoDecidesError) -> Refused:
    """The refusal of a deep answer, with the name of what it answers."""
    texts = reader.edition.texts.lenses
    names = {
        column: text.short
        for asked in (texts.decisions, texts.items, texts.signs)
        for column, text in asked.items()
    }
    names |= {mandate_column(role): reader.edition.role(role) for role in texts.mandates}
    return Refused("{field}: {reason}", field=names[column], reason=refused)


def _absent(reader: Reader) -> Mapping[str, str]:
    """The roles that nobody holds in the squad's setup; asked only for answers that name roles."""
    if not draft.deep_form():
        return {}
    form = draft.form()
    setup = setup_in_force(visible_records().setups, form.squad, form.assessed_on or reader.today)
    return absent_roles(reader, setup)


def _save(sure: before_saving.Sure = NOTHING_SETTLED) -> None:
    """Save the check, or say beside the button why not, or what is to be settled first."""
    reader, state = current_reader(), st.session_state
    state.pop(keys.CHECK_QUESTION, None)
    note_outcome()  # until it is saved
    with fields.refusing_under(keys.CHECK_REFUSALS):
        submission = check_submission_of(
            draft.form(),
            reader.edition.framework,
            assessment_id=draft.draft_id(),
            now=datetime.now(UTC),
            today=reader.today,
            absent=_absent(reader),
        )
        state[keys.CHECK_REFUSALS] = dict(submission.refusals)
        if submission.record is None:
            return
        before_saving.refuse_sample_squad(submission.record.squad)
        if before_saving.is_unsettled(submission.record, sure):
            return
        _put(submission.record, before_saving.half_of(submission.record, sure))


def _put(check: Assessment, half: Assessment | None) -> None:
    """Store a check as a voice of its own, or into the half of one; then show its squad."""
    state = st.session_state
    if half:
        framework = current_reader().edition.framework
        after = fitted(joined(half, check, framework), framework)
        store().revise(half, after)
        note_saved(Saved(after, check, before=half))
    else:
        after = check
        save(check, may_be_new=not state.get(keys.CHECK_SQUAD))
        note_saved(Saved(check, check))
    state.pop(keys.OUTCOME, None)
    draft.clear()
    unfinished.update()
    if not after.deep:
        draft.add_to(after)
    open_saved(after, check.deep)
