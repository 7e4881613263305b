"""The form of one action at a time: record it, change it, delete it, take it back.

The form stays open with what was filled in until it is stored or closed, also while the store is
out of reach. A change is made to the action as the form showed it: where somebody else was
faster nothing is stored, the form says so and shows how things stand now.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import streamlit as st

from assessment.errors import Refused, WhoDecidesError, template
from assessment.forms.action import (
    ActionForm,
    action_submission_of,
    first_form,
    form_of,
    last_day,
    owners_in_order,
)
from assessment.model import OVER, STATUSES, Action
from assessment.rounds.actions import actions_of, under_way
from assessment.scoring.seats import Seating, setup_in_force
from assessment.storage.protocol import CHANGED, GONE
from assessment.ui.guard.stored import store, visible_records
from assessment.ui.guard.visitor import current_rights
from assessment.ui.session import keys
from assessment.ui.session.messages import show_error, telling_failure
from assessment.ui.session.reader import Reader, current_reader
from assessment.wording.actions import status_name

TEN_YEARS = timedelta(days=3653)
FIELDS = tuple(ActionForm.__slots__)


@dataclass(slots=True)
class Opened:
    """The form that is open: the action and who sat where then, and why fields were refused since.

    The id of a new action is made when its form opens, so that a double click stores it once.
    """

    action: Action
    is_new: bool
    seating: Seating
    refusals: dict[str, WhoDecidesError] = field(default_factory=dict)

    def is_for(self, squad: str, lever: str) -> bool:
        """Whether it is about to record this lever for this squad."""
        return self.is_new and (self.action.squad, self.action.lever) == (squad, lever)


def may_decide(squad: str) -> bool:
    """Whether this visitor may write down what a squad decides; a draft is no squad's yet."""
    return bool(squad) and current_rights().may_edit


def offer_form(reader: Reader, squad: str, lever: str) -> None:
    """The button “We will do this” on a lever, and its form once it was clicked."""
    st.button(
        reader.gettext("We will do this"),
        icon=":material/add_task:",
        key=keys.offer(lever),
        on_click=_offer,
        args=(squad, lever),
    )
    opened = _opened()
    if opened and opened.is_for(squad, lever):
        _show_fields(reader, opened)
        _show_buttons(reader, opened)


def change_form(reader: Reader, action: Action) -> None:
    """The form of an action, once “Change…” was clicked."""
    opened = _opened()
    if opened is None or opened.action.action_id != action.action_id:
        return
    with st.container(border=True):
        _show_status(reader, opened)
        _show_fields(reader, opened)
        _show_buttons(reader, opened)
        _show_deletion(reader, opened)


def change_button(reader: Reader, action: Action) -> None:
    """The button that opens an action's form."""
    st.button(
        reader.gettext("Change…"),
        icon=":material/edit:",
        key=keys.action("change", action.action_id),
        on_click=_open,
        args=(action,),
    )


def show_recorded(reader: Reader, action: Action) -> None:
    """Right after an action was recorded: say so, and offer to undo it."""
    if st.session_state.get(keys.ACTIONS_RECORDED) != action:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(reader.gettext("Saved."), icon=":material/check:")
        st.button(
            reader.gettext("Undo"),
            icon=":material/undo:",
            key=keys.action("undo", action.action_id),
            on_click=_undo,
            args=(action,),
        )


def tell_failure(reader: Reader, lever: str | None = None) -> None:
    """Why nothing came of the last attempt on a lever, or on any, where no form is left."""
    found = st.session_state.get(keys.ACTIONS_FAILED)
    if found and lever in (None, found[0]):
        del st.session_state[keys.ACTIONS_FAILED]
        show_error(reader, found[1])


# Opening and closing ------------------------------------------------------------------------------


def _opened() -> Opened | None:
    found: Opened | None = st.session_state.get(keys.ACTIONS_OPEN)
    return found


def _offer(squad: str, lever: str) -> None:
    reader, opened = current_reader(), _opened()
    if opened and opened.is_for(squad, lever):
        return
    action = Action(
        action_id=uuid4(),
        saved_at=datetime.now(UTC),
        squad=squad,
        lever=lever,
        decided_on=reader.today,
    )
    with telling_failure():
        seating = _seating(reader, squad)
        form = first_form(reader.edition.framework, seating, lever, today=reader.today)
        _fill(Opened(action, is_new=True, seating=seating), form)


def _open(action: Action) -> None:
    opened = _opened()
    if opened is None or opened.action.action_id != action.action_id:
        with telling_failure():
            seating = _seating(current_reader(), action.squad)
            _fill(Opened(action, is_new=False, seating=seating), form_of(action))


def _seating(reader: Reader, squad: str) -> Seating:
    """Who sits where in a squad today."""
    setup = setup_in_force(visible_records().setups, squad, reader.today)
    return Seating(reader.edition.framework, setup)


def _fill(opened: Opened, form: ActionForm) -> None:
    _close()
    st.session_state.pop(keys.ACTIONS_RECORDED, None)
    st.session_state[keys.ACTIONS_OPEN] = opened
    for name in FIELDS:
        st.session_state[keys.action(name, opened.action.action_id)] = getattr(form, name)


def _close() -> None:
    opened = st.session_state.pop(keys.ACTIONS_OPEN, None)
    if opened:
        for name in FIELDS:
            st.session_state.pop(keys.action(name, opened.action.action_id), None)


def _filled(action_id: UUID) -> ActionForm:
    def found(name: str) -> Any:
        return st.session_state.get(keys.action(name, action_id))

    return ActionForm(
        owner=found("owner"),
        due_on=found("due_on"),
        status=found("status"),
        ended_on=found("ended_on"),
        note=found("note") or "",
    )


# Fields -------------------------------------------------------------------------------------------


def _show_status(reader: Reader, opened: Opened) -> None:
    """Where the action stands, and the day it ended once it is done or dropped."""
    _, action = reader.gettext, opened.action
    chosen = st.segmented_control(
        _("Status"),
        STATUSES,
        format_func=partial(status_name, reader.edition),
        required=True,
        key=keys.action("status", action.action_id),
        persist_state="session",
        wrap=True,
    )
    _refusal(reader, opened, "status")
    if chosen in OVER:
        latest = last_day(action, today=reader.today)
        _show_day(reader, _("Day it ended"), "ended_on", opened, otherwise=latest)
        _refusal(reader, opened, "ended_on")


def _show_fields(reader: Reader, opened: Opened) -> None:
    """Whose move it is, until when, and a note: all optional."""
    _, action = reader.gettext, opened.action
    owner, due = st.columns(2)
    with owner:
        st.selectbox(
            _("Whose move"),
            owners_in_order(reader.edition.framework, opened.seating, action.lever),
            index=None,
            format_func=lambda role: reader.edition.texts.roles[role].name,
            placeholder=_("Nobody yet"),
            key=keys.action("owner", action.action_id),
            persist_state="session",
        )
        _refusal(reader, opened, "owner")
    with due:
        _show_day(reader, _("Due"), "due_on", opened)
        _refusal(reader, opened, "due_on")
    st.text_area(
        _("Note"),
        key=keys.action("note", action.action_id),
        persist_state="session",
        height=80,
    )
    _refusal(reader, opened, "note")


def _show_day(
    reader: Reader, label: str, name: str, opened: Opened, *, otherwise: date | None = None
) -> None:
    """A day that may stay empty; `otherwise` where none was chosen yet.

    Its limits are wide: what lies outside would be taken for no day at all, without a word.
    """
    key = keys.action(name, opened.action.action_id)
    chosen = st.session_state.get(key) or otherwise
    st.session_state[key] = chosen
    days = (opened.action.decided_on, chosen or reader.today, reader.today)
    st.date_input(
        label,
        value=None,
        min_value=min(days) - TEN_YEARS,
        max_value=max(days) + TEN_YEARS,
        format="DD/MM/YYYY",
        key=key,
        persist_state="session",
    )


def _show_buttons(reader: Reader, opened: Opened) -> None:
    _, action_id = reader.gettext, opened.action.action_id
    for name in ("lever", "store"):
        _refusal(reader, opened, name)
    with st.container(horizontal=True):
        st.button(
            _("Save"),
            type="primary",
            icon=":material/save:",
            key=keys.action("save", action_id),
            on_click=_save,
            args=(action_id,),
        )
        st.button(_("Close"), key=keys.action("close", action_id), on_click=_close)


def _show_deletion(reader: Reader, opened: Opened) -> None:
    _, action_id = reader.gettext, opened.action.action_id
    with st.expander(_("Delete…"), icon=":material/delete:"):
        st.markdown(_("To keep a trace of it, set it to dropped instead."))
        st.button(
            _("Yes, delete"),
            key=keys.action("delete", action_id),
            on_click=_delete,
            args=(action_id,),
        )


def _refusal(reader: Reader, opened: Opened, name: str) -> None:
    refused = opened.refusals.get(name)
    if refused:
        show_error(reader, refused)


# Storing ------------------------------------------------------------------------------------------


def _open_and_allowed(action_id: UUID) -> Opened | None:
    """The open form if it is this one: the second half of a double click finds it closed."""
    opened = _opened()
    if opened is None or opened.action.action_id != action_id:
        return None
    return opened if may_decide(opened.action.squad) else None


def _save(action_id: UUID) -> None:
    opened = _open_and_allowed(action_id)
    if opened is None:
        return
    reader = current_reader()
    submission = action_submission_of(
        _filled(action_id), reader.edition.framework, action=opened.action, today=reader.today
    )
    opened.refusals = dict(submission.refusals)
    if submission.action is None:
        return
    with _told_in(opened):
        if opened.is_new:
            _record(submission.action)
            st.session_state[keys.ACTIONS_RECORDED] = submission.action
        else:
            store().revise(opened.action, submission.action)
            st.session_state[keys.ACTIONS_CHANGED] = action_id
        _close()


def _record(made: Action) -> None:
    """Store an action as it now reads, also where an attempt nobody could vouch for had.

    Refused when somebody else recorded the lever since the form was opened.
    """
    before = _now(made.action_id)
    if before:
        store().revise(before, made)
        return
    if under_way(actions_of(visible_records().actions, made.squad), made.lever):
        raise Refused(
            template(
                "somebody recorded this lever meanwhile; see what was decided, and change that"
            )
        )
    store().add([made])


def _delete(action_id: UUID) -> None:
    opened = _open_and_allowed(action_id)
    if opened is None:
        return
    with _told_in(opened):
        _check_unchanged(opened.action)
        store().delete([action_id])
        st.session_state[keys.ACTIONS_DELETED] = opened.action
        _close()


def _undo(recorded: Action) -> None:
    """Take a recorded action back, unless somebody went on with it."""
    if not may_decide(recorded.squad):
        return
    try:
        _check_unchanged(recorded)
        store().delete([recorded.action_id])
        st.session_state.pop(keys.ACTIONS_RECORDED, None)
    except WhoDecidesError as error:
        st.session_state[keys.ACTIONS_FAILED] = (recorded.lever, error)


def _check_unchanged(before: Action) -> None:
    now = _now(before.action_id)
    if now != before:
        raise Refused(CHANGED if now else GONE)


def _now(action_id: UUID) -> Action | None:
    """An action as it is stored right now."""
    return next((each for each in visible_records().actions if each.action_id == action_id), None)


@contextmanager
def _told_in(opened: Opened) -> Iterator[None]:
    """Tell an error in the form; where somebody else was faster, show how things stand."""
    try:
        yield
    except WhoDecidesError as error:
        opened.refusals = {"store": error}
        if isinstance(error, Refused):
            _show_anew(opened, error)


def _show_anew(opened: Opened, error: Refused) -> None:
    with suppress(WhoDecidesError):
        now = _now(opened.action.action_id)
        if now:
            _fill(replace(opened, action=now, is_new=False), form_of(now))
        else:
            _close()
            st.session_state[keys.ACTIONS_FAILED] = (opened.action.lever, error)
