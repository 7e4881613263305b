"""The form of one action at a time: record it, change it, delete it, take it back.

The form stays open with what was filled in until it is stored or closed, also while the store is
out of reach. A change is made to the action as the form showed it: where somebody else was
faster nothing is stored, the form says so and shows how things stand now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID, uuid4

import streamlit as st

from assessment.errors import Conflict, SquadGone, WhoDecidesError, template
from assessment.forms import action as forms
from assessment.forms.action import ActionEditing, OpenActionForm
from assessment.model import OVER, STATUSES, Action
from assessment.model.names import LONGEST_NAME
from assessment.rounds.actions import actions_of, is_open, under_way
from assessment.storage.protocol import GONE
from assessment.ui.guard.stored import check_in_squad, is_last, save, visible_records
from assessment.ui.guard.visitor import refuse_unless_editor
from assessment.ui.parts.deeds import show_undo, take_back, tell, tell_undone
from assessment.ui.results.open_form import Fields, not_stored, seating_today, show_day, tell_done
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import (
    as_plain_text,
    button,
    catching_failure,
    lead_to_outcome,
    note_outcome,
    show_error,
    show_refusal,
)
from assessment.wording.actions import owner_choice, status_name

TEXTS = ("note", "owner_name")
FIELDS = tuple(field.name for field in fields(forms.ActionForm))


def offer_button(reader: Reader, squad: str, lever: str) -> None:
    """The button “We will do this” of a lever; again, it closes what it opened."""
    label = reader.gettext("We will do this")
    button(label, _offer, squad, lever, key=keys.offer(lever), icon="add_task")


def show_offered(reader: Reader, squad: str, lever: str) -> None:
    """The form of a lever, once its button was clicked."""
    form = _editing().form
    if form and form.would_record(squad, lever):
        with st.container(key=keys.opened(keys.offer(lever))):
            _show_fields(reader, form)
            _show_buttons(reader, form)


def change_button(reader: Reader, action: Action) -> None:
    """The button that opens an action's form, and closes it."""
    button(reader.gettext("Change…"), _open, action, key=keys.change(action.action_id), icon="edit")


def change_form(reader: Reader, action: Action) -> None:
    """The form of an action once “Change…” was clicked."""
    editing = _editing()
    if editing.form is None or not editing.form.is_about(action.action_id):
        return
    with st.container(border=True, key=keys.opened(keys.change(action.action_id))):
        _show_status(reader, editing.form)
        _show_fields(reader, editing.form)
        _show_buttons(reader, editing.form)
        _, action_id = reader.gettext, editing.form.action.action_id
        with st.expander(_("Delete…"), icon=":material/delete:"):
            st.markdown(_("To keep a trace of it, set it to dropped instead."))
            button(_("Yes, delete"), _delete, action_id, key=keys.action("delete", action_id))


def show_recorded(reader: Reader, action: Action) -> None:
    """Right after an action was recorded: say so, and offer to undo it."""
    if _editing().recorded != action or not is_last(action):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        tell_done(reader.gettext("Saved."), key=keys.action("done", action.action_id))
        show_undo(reader, partial(_undo, action), key=keys.action("undo", action.action_id))


def show_failure(reader: Reader, of: Callable[[OpenActionForm], bool] = lambda _form: True) -> None:
    """Why nothing came of the last attempt, where no form is left, if it was `of` such a one."""
    failure = _editing().failure
    with st.container():  # of its own, or what follows is drawn anew when it goes
        if failure and of(failure[0]):
            show_error(reader, failure[1])
            lead_to_outcome()
            _settle(_editing().failure_shown())


# Opening and closing ------------------------------------------------------------------------------


def _editing() -> ActionEditing:
    editing: ActionEditing = st.session_state.get(keys.ACTION_EDITING) or ActionEditing()
    return editing


def _settle(editing: ActionEditing) -> None:
    """Take on the next state: a form that opens fills its fields, one that closes clears them."""
    before, after = _editing().form, editing.form
    st.session_state[keys.ACTION_EDITING] = editing
    if before and after and before.proposal is after.proposal:
        return
    if before:
        _fields(before.action.action_id).forget()
    if after:
        _fields(after.action.action_id).begin(partial(getattr, after.proposal))


def _fields(action_id: UUID) -> Fields:
    return Fields(FIELDS, lambda name: keys.action(name, action_id))


def _offer(squad: str, lever: str) -> None:
    reader, editing = current_reader(), _editing()
    if editing.form and editing.form.would_record(squad, lever):
        _close()
        return
    action = Action(
        action_id=uuid4(),
        saved_at=datetime.now(UTC),
        squad=squad,
        lever=lever,
        decided_on=reader.today,
    )
    seating = seating_today(reader, squad)
    _settle(editing.with_form(OpenActionForm.to_record(action, seating, today=reader.today)))


def _open(action: Action) -> None:
    editing = _editing()
    if editing.form and editing.form.is_about(action.action_id):
        _close()
        return
    seating = seating_today(current_reader(), action.squad)
    _settle(editing.with_form(OpenActionForm.to_change(action, seating)))


def _close() -> None:
    _settle(_editing().closed())


# Fields -------------------------------------------------------------------------------------------


def _show_status(reader: Reader, form: OpenActionForm) -> None:
    _, action = reader.gettext, form.action
    chosen = st.segmented_control(
        _("Status"),
        STATUSES,
        format_func=partial(status_name, reader.edition),
        required=True,
        key=keys.action("status", action.action_id),
        persist_state="session",
        wrap=True,
    )
    show_refusal(reader, form.refusals, "status")
    if chosen in OVER:
        latest = forms.last_day(action, today=reader.today)
        _show_day(reader, _("Day it ended"), "ended_on", form, otherwise=latest)


def _show_fields(reader: Reader, form: OpenActionForm) -> None:
    _, action = reader.gettext, form.action
    framework = reader.edition.framework
    whose, due = st.columns(2)
    with whose:
        owner = st.selectbox(
            _("Whose move"),
            forms.owners_in_order(framework, form.seating, action.lever),
            index=None,
            format_func=lambda role: reader.edition.texts.roles[role].name,
            placeholder=_("Nobody yet"),
            key=keys.action("owner", action.action_id),
            persist_state="session",
        )
        owners = forms.lever_owners(framework, form.seating, action.lever)
        if not owner and (hint := owner_choice(reader.edition, owners)):
            st.caption(as_plain_text(hint))
        show_refusal(reader, form.refusals, "owner")
        st.text_input(
            _("Who exactly, if you name them"),
            max_chars=LONGEST_NAME,
            key=keys.action("owner_name", action.action_id),
            persist_state="session",
        )
        show_refusal(reader, form.refusals, "owner_name")
    with due:
        _show_day(reader, _("Due"), "due_on", form)
    st.text_area(
        _("Note"),
        key=keys.action("note", action.action_id),
        persist_state="session",
        height=80,
        help=_(
            "Shown on pages, on the big screen of a session, in the charter and in the lines for a "
            "chat; on phones too, unless their session is confidential."
        ),
    )
    show_refusal(reader, form.refusals, "note")


def _show_day(
    reader: Reader, label: str, name: str, form: OpenActionForm, *, otherwise: date | None = None
) -> None:
    """A day that may stay empty; `otherwise` where none was chosen yet."""
    key = keys.action(name, form.action.action_id)
    st.session_state[key] = st.session_state.get(key) or otherwise
    show_day(reader, label, key, form.action.decided_on)
    show_refusal(reader, form.refusals, name)


def _show_buttons(reader: Reader, form: OpenActionForm) -> None:
    _, action_id = reader.gettext, form.action.action_id
    for name in ("lever", "store"):
        show_refusal(reader, form.refusals, name)
    lead_to_outcome()
    with st.container(horizontal=True):
        label = _("Save")
        button(
            label, _save, action_id, key=keys.action("save", action_id), icon="save", look="primary"
        )
        button(_("Close"), _close, key=keys.close(action_id))


# Storing ------------------------------------------------------------------------------------------


def _save(action_id: UUID) -> None:
    form = _open_and_allowed(action_id)
    if form is None:
        return
    reader, editing = current_reader(), _editing()
    with _telling_in_form(form):
        check_in_squad(form.action, visible_records(), is_there=not form.is_new)
        submission = forms.action_submission_of(
            forms.ActionForm(**_fields(action_id).filled(texts=TEXTS)),
            reader.edition.framework,
            action=form.action,
            today=reader.today,
        )
        if submission.record is None:
            _settle(editing.refused(submission.refusals))
            note_outcome()
            return
        if form.is_new:
            _record(submission.record)
            _settle(editing.having_recorded(submission.record))
            return
        save(submission.record, before=form.action)
        _settle(editing.closed())
        change_back = partial(save, form.action, before=submission.record)
        tell(reader.gettext("Saved."), undo=change_back)


def _delete(action_id: UUID) -> None:
    form = _open_and_allowed(action_id)
    if form is None:
        return
    with _telling_in_form(form):
        check_in_squad(form.action, visible_records(), is_there=False)
        if _stored_action(action_id) is None:
            raise Conflict(GONE)
        take_back([form.action])
        _settle(_editing().closed())
        reader = current_reader()
        title = reader.edition.texts.levers[form.action.lever].title
        text = reader.gettext("Deleted: “{lever}”.").format(lever=title)
        tell(text, undo=partial(_record, form.action))


def _undo(recorded: Action) -> None:
    take_back([recorded])
    tell_undone()
    _settle(_editing().undone())


def _open_and_allowed(action_id: UUID) -> OpenActionForm | None:
    """The open form if it is this one, which may have been closed meanwhile."""
    refuse_unless_editor()
    form = _editing().form
    return form if form and form.is_about(action_id) else None


def _record(action: Action) -> None:
    """Store an action, maybe again; Conflict where another is open on its lever by now."""
    decided = actions_of(visible_records().actions, action.squad)
    is_new = _stored_action(action.action_id) is None
    if is_new and is_open(action) and under_way(decided, action.lever):
        raise Conflict(
            template(
                "somebody recorded this lever meanwhile; see what was decided, and change that"
            )
        )
    save(action)


def _stored_action(action_id: UUID) -> Action | None:
    actions = visible_records().actions
    return next((action for action in actions if action.action_id == action_id), None)


@contextmanager
def _telling_in_form(form: OpenActionForm) -> Iterator[None]:
    """Show an error in the form; where somebody else was faster, show how things stand."""

    def tell(error: WhoDecidesError) -> None:
        note_outcome()
        _settle(_editing().refused({"store": error}))
        if isinstance(error, Conflict):
            written = _fields(form.action.action_id).written(TEXTS, form.proposal)
            if isinstance(error, SquadGone):  # its page shows no form any more
                _close()
                raise not_stored(written, error)
            with suppress(WhoDecidesError):
                now = _stored_action(form.action.action_id)
                _settle(_editing().overtaken(now, not_stored(written, error)))

    with catching_failure(tell):
        yield
