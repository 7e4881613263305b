"""A squad's setup on a page: the line that says it, and the form to tell, edit or delete it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import streamlit as st

from assessment.content.loading import shipped_framework
from assessment.errors import Conflict, Refused, SquadGone, WhoDecidesError
from assessment.forms import setup as forms
from assessment.model import SHARED, Setup, name_key
from assessment.model.setup import WITHOUT, preset_of, preset_seats, seats_of
from assessment.rounds.round import Round
from assessment.scoring.seats import setup_in_force
from assessment.ui.check import draft
from assessment.ui.check.fields import refusing_under
from assessment.ui.check.steps import show_step_heading
from assessment.ui.guard.stored import all_records, save, visible_records
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.columns import in_rows
from assessment.ui.parts.deeds import take_back
from assessment.ui.parts.records import squad_names
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import (
    as_plain_text,
    button,
    lead_to_outcome,
    note_outcome,
    show_error,
)
from assessment.ui.session.ways import open_page
from assessment.wording.setups import preset_name, setup_line, way_to_hold

VIEW = "setup"
SEATS_A_ROW = 3


def show_line(reader: Reader, squad: str, setup: Setup | None) -> None:
    """The setup in force in one line, with the way to tell or edit it, once a squad is named."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if squad:
            st.markdown(as_plain_text(_line(reader, squad, setup)), width="content")
            show_edit_button(reader, squad, setup)


def caption_with_setup(reader: Reader, caption: str, shown: Round) -> str:
    """The line below a squad's name, with the setup shown, and since when where it changed."""
    setup = shown.setup
    text = setup_line(reader.edition, setup) if setup else reader.gettext("setup not described")
    if shown.setup_changes:
        text = reader.gettext("{setup} since {day}", setup=text, day=shown.setup_changes[-1])
    return f"{caption} · {text}"


def show_edit_button(
    reader: Reader, squad: str, setup: Setup | None, *, back: Mapping[str, Any] | None = None
) -> None:
    """The button that opens a squad's setup, for editors; `back` is the squad page's address."""
    if current_rights().may_edit:
        given, key = (squad, setup, back), keys.SETUP_OPEN
        button(_deed(reader, setup), open_editor, *given, key=key, icon="groups", look="tertiary")


def open_editor(squad: str, setup: Setup | None, back: Mapping[str, Any] | None = None) -> None:
    """Open the form on a setup, or on a new one where there is none; a callback."""
    known = {record.squad_key for record in all_records().squad_records}
    st.session_state[keys.SETUP_SQUAD] = squad
    st.session_state[keys.SETUP_BACK] = back
    st.session_state[keys.SETUP_OF_NEW] = name_key(squad) not in known
    _fill_in(setup)
    draft.open_view(VIEW)
    if back:
        open_page(page_files.DEEP_CHECK, squad=squad, view=VIEW)


def open_asked(reader: Reader) -> None:
    """Open the form that the address asks for, as a reload of it does, on the setup of today."""
    state, asked = st.session_state, st.query_params
    squad_key = name_key(asked.get("squad", ""))
    if not squad_key or asked.get("view") != VIEW or not current_rights().may_edit:
        return
    if state.get(keys.DEEP_VIEW) == VIEW:
        if name_key(state[keys.SETUP_SQUAD]) == squad_key:
            return
        draft.open_view(None)
    with suppress(WhoDecidesError):  # told where the store is read next
        stored = visible_records()
        if squad := squad_names(stored.squad_records).get(squad_key):
            open_editor(squad, setup_in_force(stored.setups, squad, reader.today))
            state[keys.SETUP_BACK] = {"squad": squad}


def way_in(reader: Reader) -> str:
    """What the form that is open does, as the button that opened it says."""
    return _deed(reader, st.session_state[keys.SETUP_EDITED])


def _deed(reader: Reader, setup: Setup | None) -> str:
    return reader.gettext("Edit the setup") if setup else reader.gettext("Describe the setup")


def show_editor(reader: Reader) -> None:
    """The form, then every setup of the squad."""
    _, squad = reader.gettext, st.session_state[keys.SETUP_SQUAD]
    edited: Setup | None = st.session_state[keys.SETUP_EDITED]
    button(_("Back"), _leave, key=keys.SETUP_CANCEL, icon="arrow_back", look="tertiary")
    show_step_heading(as_plain_text(_("Setup of {squad}", squad=squad)))
    st.session_state[keys.SETUP_PRESET] = preset_of(reader.edition.framework, _seats())
    st.segmented_control(
        reader.gettext("Who is there?"),
        tuple(WITHOUT),
        format_func=partial(preset_name, reader.edition),
        key=keys.SETUP_PRESET,
        on_change=_take_preset,
        wrap=True,
    )
    _show_company_and_day(reader)
    _show_seats(reader)
    for field in ("squad", "store"):
        _refusal(reader, field)
    lead_to_outcome()
    button(_("Save the setup"), _save, key=keys.SETUP_SAVE, icon="save", look="primary")
    _show_setups(reader, squad, edited)


def _line(reader: Reader, squad: str, setup: Setup | None) -> str:
    _ = reader.gettext
    if setup is None:
        text = _("The setup of {squad} is not described yet: a PM and a PO are assumed.")
        return text.format(squad=squad)
    return _(
        "Setup of {squad} since {day}: {setup}",
        squad=squad,
        day=setup.since,
        setup=setup_line(reader.edition, setup),
    )


def _show_company_and_day(reader: Reader) -> None:
    _, companies = reader.gettext, reader.edition.texts.lenses.companies
    company_column, since_column = st.columns([2, 1])
    with company_column:
        st.segmented_control(
            _("Type of company (optional)"),
            forms.COMPANIES,
            format_func=lambda company: companies[company].name,
            key=keys.SETUP_COMPANY,
            persist_state="session",
            wrap=True,
        )
        _refusal(reader, "company")
    with since_column:
        st.date_input(
            _("Since"), format="DD/MM/YYYY", key=keys.SETUP_SINCE, persist_state="session"
        )
        _refusal(reader, "since")


def _show_seats(reader: Reader) -> None:
    """The nine roles, each with how its seat is held; open where no common setup says it all."""
    framework, refused = reader.edition.framework, st.session_state.get(keys.SETUP_REFUSALS, {})
    is_unusual = preset_of(framework, _seats()) is None
    fields = {*framework.role_ids, *map(forms.label_field, framework.role_ids)}
    with st.expander(
        reader.gettext("Seat by seat"),
        key=keys.SETUP_SEATS,
        expanded=is_unusual or bool(fields & set(refused)),
    ):
        for column, role in in_rows(framework.role_ids, a_row=SEATS_A_ROW):
            with column:
                st.selectbox(
                    reader.edition.texts.roles[role].name,
                    forms.ways_to_hold(framework, role),
                    format_func=partial(way_to_hold, reader.edition),
                    key=keys.seat(role),
                    persist_state="session",
                )
                _refusal(reader, role)
                if st.session_state.get(keys.seat(role)) == SHARED:
                    _show_label(reader, role)


def _show_label(reader: Reader, role: str) -> None:
    """What the squads that share a seat call it; the same words make it one seat everywhere."""
    _ = reader.gettext
    st.selectbox(
        _("Which seat is it? (optional)"),
        _labels_known(role),
        index=None,
        accept_new_options=True,
        placeholder=_("CPO of Payments and Onboarding"),
        help=_(
            "Several squads that write the same here share one seat: leadership then sees on "
            "which seat their decisions end. Write no name of a person."
        ),
        key=keys.seat_label(role),
        persist_state="session",
    )
    _refusal(reader, forms.label_field(role))


def _labels_known(role: str) -> tuple[str, ...]:
    """What squads call their shared seats of a role so far, and what the form says by now."""
    try:
        known = forms.labels_known(visible_records().setups, role)
    except WhoDecidesError:
        known = ()  # the list below says why
    written = st.session_state.get(keys.seat_label(role))
    return known if written is None or written in known else (*known, written)


def _show_setups(reader: Reader, squad: str, edited: Setup | None) -> None:
    _ = reader.gettext
    try:
        setups = forms.setups_of(visible_records().setups, squad)
    except WhoDecidesError as error:
        show_error(reader, error)
        return
    if not setups:
        return
    st.subheader(_("Setups over time"), anchor=False)
    for setup in setups:
        with st.container(horizontal=True, vertical_alignment="center"):
            if setup.is_end:
                text = _("{squad} ended on {day}.", squad=squad, day=setup.since)
                st.markdown(as_plain_text(text), width="content")
                continue
            text = _(
                "Since {day}: {setup}", day=setup.since, setup=setup_line(reader.edition, setup)
            )
            st.markdown(as_plain_text(text), width="content")
            if edited is None or setup.setup_id != edited.setup_id:
                button(
                    _("Edit"),
                    _fill_in,
                    setup,
                    key=keys.setup("edit", setup.setup_id),
                    icon="edit",
                    look="tertiary",
                )
            key = keys.setup("ask-delete", setup.setup_id)
            with st.popover(_("Delete…"), icon=":material/delete:", type="tertiary", key=key):
                st.markdown(
                    _("Checks stay, and are read with the setup before this one, or without any.")
                )
                button(
                    _("Yes, delete"),
                    _delete,
                    setup,
                    key=keys.setup("delete", setup.setup_id),
                    look="primary",
                    done=_("The setup is deleted."),
                )
    if edited:
        button(_("Something changed: describe a new setup"), _begin, key=keys.SETUP_NEW, icon="add")


def _seats() -> dict[str, str]:
    roles = shipped_framework().role_ids
    return {role: str(st.session_state.get(keys.seat(role))) for role in roles}


def _fill_in(setup: Setup | None) -> None:
    """Put a setup into the form; none is a PM and a PO from today on."""
    state, framework = st.session_state, shipped_framework()
    _begin(setup)
    state[keys.SETUP_COMPANY] = setup.company if setup else None
    for role in framework.role_ids:
        state[keys.seat_label(role)] = setup.shared_seats.get(role) if setup else None
    _put_seats(
        seats_of(framework, setup) if setup else preset_seats(framework, next(iter(WITHOUT)))
    )


def _begin(setup: Setup | None = None) -> None:
    """Tell a setup, or a new one from today on, beginning with what the form holds."""
    st.session_state[keys.SETUP_EDITED] = setup
    st.session_state[keys.SETUP_ID] = setup.setup_id if setup else uuid4()
    st.session_state[keys.SETUP_SINCE] = setup.since if setup else current_reader().today
    st.session_state[keys.SETUP_REFUSALS] = {}


def _take_preset() -> None:
    preset = st.session_state.get(keys.SETUP_PRESET, "")
    if preset in WITHOUT:
        _put_seats(preset_seats(shipped_framework(), preset))


def _put_seats(seats: Mapping[str, str]) -> None:
    for role, held in seats.items():
        st.session_state[keys.seat(role)] = held


def _refusal(reader: Reader, field: str) -> None:
    """Why a field is refused, roles called as the reader calls them."""
    refused = st.session_state.get(keys.SETUP_REFUSALS, {}).get(field)
    if isinstance(refused, Refused):
        roles = {
            name: reader.edition.role(str(value))
            for name, value in refused.fields.items()
            if value in reader.edition.framework.role_ids
        }
        refused = Refused(refused.template, **(refused.fields | roles))
    if refused:
        show_error(reader, refused)


def _save() -> None:
    reader, state = current_reader(), st.session_state
    edited, setup_id = state[keys.SETUP_EDITED], state[keys.SETUP_ID]
    squad, seats = state[keys.SETUP_SQUAD], _seats()
    labels = {role: str(state.get(keys.seat_label(role)) or "") for role in seats}
    form = forms.SetupForm(
        squad, state.get(keys.SETUP_SINCE), state.get(keys.SETUP_COMPANY), seats, labels
    )
    note_outcome()
    with refusing_under(keys.SETUP_REFUSALS):
        setups = forms.setups_of(visible_records().setups, squad)
        submission = forms.setup_submission_of(
            form,
            reader.edition.framework,
            setup_id=setup_id,
            now=datetime.now(UTC),
            today=reader.today,
            taken=[one.since for one in setups if one.setup_id != setup_id and not one.is_end],
        )
        state[keys.SETUP_REFUSALS] = dict(submission.refusals)
        if submission.record is None:
            return
        try:
            save(submission.record, before=edited, may_be_new=state[keys.SETUP_OF_NEW])
        except SquadGone:
            raise  # the setup belongs to another squad's name by now
        except Conflict:
            _go_on_from(setup_id)
            raise
        state.pop(keys.SETUP_ID)
        state[keys.MESSAGE] = reader.gettext("The setup is saved.")
        _leave()


def _go_on_from(setup_id: UUID) -> None:
    """Edit a setup as somebody else left it, or tell a new one where they deleted it.

    What was filled in stays; the list below the form shows how things stand.
    """
    setups = visible_records().setups
    edited = next((setup for setup in setups if setup.setup_id == setup_id), None)
    st.session_state[keys.SETUP_EDITED] = edited
    st.session_state[keys.SETUP_ID] = setup_id if edited else uuid4()


def _delete(setup: Setup) -> None:
    state = st.session_state
    take_back([setup])
    edited = state[keys.SETUP_EDITED]
    if edited and edited.setup_id == setup.setup_id:
        _fill_in(None)


def _leave() -> None:
    back = st.session_state.get(keys.SETUP_BACK)
    draft.open_view(None)
    if back:
        open_page(page_files.SQUAD, **back)
