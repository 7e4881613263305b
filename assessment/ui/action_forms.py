"""Forms of actions, each behind a button: record one, change it, delete it, take it back.

A form keeps what was filled in until it is stored, also while the store is out of reach. A change
is made to the action as the form showed it: where somebody else was faster, nothing is stored,
the form says so and shows how things stand now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import streamlit as st

from assessment.action_form import (
    ActionForm,
    action_submission_of,
    first_form,
    form_of,
    last_day,
    owners_in_order,
)
from assessment.action_sentences import status_name
from assessment.errors import Refused, WhoDecidesError, template
from assessment.followed import under_way
from assessment.model import OVER, STATUSES, Action, name_key
from assessment.results import Result
from assessment.storage.protocol import CHANGED, GONE
from assessment.ui import keys
from assessment.ui.plain import plain
from assessment.ui.reader import Reader, reader
from assessment.ui.stored import store, stored
from assessment.ui.told import tell

TEN_YEARS = timedelta(days=3653)


def may_decide(squad: str) -> bool:
    """Whether this reader may write down what a squad decides; a draft is no squad's yet."""
    return bool(squad)


def offer_form(here: Reader, result: Result, lever: str) -> None:
    """The button “We will do this” on a lever, with the form behind it."""
    _, framework, seating = here.gettext, here.edition.framework, result.round.seating
    action_id = _offered_id(result.round.squad, lever)
    with _room(here, _("We will do this"), ":material/add_task:", action_id) as room:
        if not room.open:
            return
        _fill(action_id, first_form(framework, seating, lever, today=here.today))
        _show_fields(here, action_id, owners_in_order(framework, seating, lever), here.today)
        _refusals(here, action_id, "lever", "store")
        st.button(
            _("Save"),
            type="primary",
            key=keys.action("save", action_id),
            on_click=_record,
            args=(action_id, result.round.squad, lever),
        )


def change_form(here: Reader, result: Result, action: Action) -> None:
    """The button “Change” beside an action, with the form behind it."""
    _, action_id = here.gettext, action.action_id
    with _room(here, _("Change"), ":material/edit:", action_id) as room:
        if not room.open:
            _begun().pop(action_id, None)
            _refused().pop(action_id, None)
            return
        if action_id not in _begun():
            _begin(action)
        before = _begun()[action_id]
        _show_status(here, before)
        owners = owners_in_order(here.edition.framework, result.round.seating, action.lever)
        _show_fields(here, action_id, owners, before.decided_on)
        _refusals(here, action_id, "lever", "store")
        st.button(
            _("Save"),
            type="primary",
            key=keys.action("save", action_id),
            on_click=_change,
            args=(action_id,),
        )
        with st.expander(_("Delete…"), icon=":material/delete:"):
            st.markdown(_("To keep a trace of it, set it to dropped instead."))
            st.button(
                _("Yes, delete"),
                key=keys.action("delete", action_id),
                on_click=_delete,
                args=(action_id,),
            )


def recorded_notice(here: Reader, action: Action) -> None:
    """Right after an action was recorded: say so, and offer to undo it."""
    recorded = st.session_state.get(keys.ACTIONS_RECORDED)
    if recorded != action:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(here.gettext("Saved."), icon=":material/check:", width="content")
        st.button(
            here.gettext("Undo"),
            icon=":material/undo:",
            key=keys.action("undo", action.action_id),
            on_click=_undo,
            args=(action,),
        )
    _refusals(here, action.action_id, "store")


# What a form holds --------------------------------------------------------------------------------


def _begun() -> dict[UUID, Action]:
    """The actions being changed, as their forms showed them."""
    found: dict[UUID, Action] = st.session_state.setdefault(keys.ACTIONS_BEFORE, {})
    return found


def _refused() -> dict[UUID, dict[str, WhoDecidesError]]:
    """Why fields of a form were refused, or what kept it from being stored."""
    found: dict[UUID, dict[str, WhoDecidesError]]
    found = st.session_state.setdefault(keys.ACTIONS_REFUSALS, {})
    return found


def _offered_id(squad: str, lever: str) -> UUID:
    """The id under which a lever of a squad will be recorded, however often one clicks."""
    offered = st.session_state.setdefault(keys.ACTIONS_OFFERED, {})
    found: UUID = offered.setdefault((name_key(squad), lever), uuid4())
    return found


def _begin(action: Action) -> None:
    """Have the form of an action show it as it stands."""
    _begun()[action.action_id] = action
    _clear(action.action_id)
    _fill(action.action_id, form_of(action))


def _fill(action_id: UUID, form: ActionForm) -> None:
    for field in ActionForm.__slots__:
        st.session_state.setdefault(keys.action(field, action_id), getattr(form, field))


def _clear(action_id: UUID) -> None:
    for field in ActionForm.__slots__:
        st.session_state.pop(keys.action(field, action_id), None)


def _filled(action_id: UUID) -> ActionForm:
    state = st.session_state
    return ActionForm(
        **{field: state.get(keys.action(field, action_id)) for field in ActionForm.__slots__}
    )


# Fields -------------------------------------------------------------------------------------------


def _room(here: Reader, label: str, icon: str, action_id: UUID) -> st.delta_generator.PopoverContainer:
    """The place of a form; open again where an attempt to store it failed with the page."""
    key = keys.action("form", action_id)
    if key not in st.session_state and action_id in _refused():
        st.session_state[key] = True
    return st.popover(label, icon=icon, key=key, on_change="rerun")


def _show_status(here: Reader, action: Action) -> None:
    _, action_id = here.gettext, action.action_id
    chosen = st.segmented_control(
        _("Status"),
        STATUSES,
        format_func=partial(status_name, here.edition),
        required=True,
        key=keys.action("status", action_id),
        persist_state="session",
        wrap=True,
    )
    _refusals(here, action_id, "status")
    if chosen in OVER:
        latest = last_day(action, today=here.today)
        _show_day(_("Day it ended"), "ended_on", action_id, action.decided_on, latest, first=latest)
        _refusals(here, action_id, "ended_on")


def _show_fields(
    here: Reader, action_id: UUID, owners: Sequence[str], decided_on: date
) -> None:
    _ = here.gettext
    st.selectbox(
        _("Whose move"),
        owners,
        index=None,
        format_func=lambda role: here.edition.texts.roles[role].name,
        placeholder=_("Nobody yet"),
        key=keys.action("owner", action_id),
        persist_state="session",
    )
    _refusals(here, action_id, "owner")
    _show_day(_("Due"), "due_on", action_id, decided_on, here.today + TEN_YEARS)
    _refusals(here, action_id, "due_on")
    st.text_input(_("Note"), key=keys.action("note", action_id), persist_state="session")
    _refusals(here, action_id, "note")


def _show_day(
    label: str,
    field: str,
    action_id: UUID,
    least: date,
    most: date,
    *,
    first: date | None = None,
) -> None:
    """A day that may stay empty, `first` where none was chosen yet."""
    key = keys.action(field, action_id)
    shown = st.session_state.get(key) or first
    st.session_state[key] = shown
    st.date_input(
        label,
        value=None,
        min_value=min(least, shown or least),
        max_value=max(most, shown or most),
        format="DD/MM/YYYY",
        key=key,
        persist_state="session",
    )


def _refusals(here: Reader, action_id: UUID, *fields: str) -> None:
    for field in fields:
        refused = _refused().get(action_id, {}).get(field)
        if refused:
            tell(here, refused)


# What buttons do ----------------------------------------------------------------------------------


def _record(action_id: UUID, squad: str, lever: str) -> None:
    here = reader()
    if not may_decide(squad):
        return
    submission = action_submission_of(
        _filled(action_id),
        here.edition.framework,
        action=Action(
            action_id=action_id,
            saved_at=datetime.now(UTC),
            squad=squad,
            lever=lever,
            decided_on=here.today,
        ),
        today=here.today,
    )
    _refused()[action_id] = dict(submission.refusals)
    if submission.action is None:
        return
    try:
        _keep(submission.action)
    except WhoDecidesError as error:
        _refused()[action_id] = {"store": error}
        return
    st.session_state[keys.ACTIONS_RECORDED] = submission.action
    _end(action_id)
