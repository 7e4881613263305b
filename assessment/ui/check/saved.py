"""What was saved last, told on its squad's page: the way to undo it, and the way deeper."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from assessment.forms.same_month import replaced_by
from assessment.model import Assessment, DeepAnswers, name_key
from assessment.storage.protocol import Stored
from assessment.ui.check import draft, unfinished
from assessment.ui.check.context import ADDITION
from assessment.ui.guard.stored import is_last, note_last, store
from assessment.ui.parts.deeds import show_undo, take_back, tell
from assessment.ui.session import keys, page_files
from assessment.ui.session.look import take_focus
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button
from assessment.ui.session.ways import open_page, open_squad


@dataclass(frozen=True)
class Saved:
    """A check as it was stored: anew, or, from `before`, with what was `given` added to it.

    Only what was stored last can be undone: what came after it may rest on it.
    """

    after: Assessment
    given: Assessment | DeepAnswers
    before: Assessment | None = None


def note_saved(saved: Saved) -> None:
    """Keep what was just stored, to be told with the focus."""
    note_last(saved.after)
    st.session_state[keys.CHECK_SAVED] = saved
    st.session_state[keys.CHECK_JUST_SAVED] = True


def open_saved(check: Assessment, deep: DeepAnswers | None) -> None:
    """Open the squad's page, where it tells of the deep answers that were given, if any."""
    at = {"view": "who-decides" if deep.deciders else "lenses"} if deep else {}
    open_squad(check.squad, check.assessed_on, **at)


def show_saved(reader: Reader, records: Stored, squad: str) -> None:
    """Right after saving: say so on the squad's page, and offer to undo.

    Gone once something else was stored here, once the check was deleted, or changed where something
    was added to it, or once another one has been begun.
    """
    saved: Saved | None = st.session_state.get(keys.CHECK_SAVED)
    if saved is None or saved.after.squad_key != name_key(squad):
        return
    is_stored = any(check.id == saved.after.id for check in records.assessments)
    if saved.before:
        is_stored = saved.after in records.assessments
    # Undoing fills the fields in: it is over once they are in use again.
    is_begun = draft.is_begun if isinstance(saved.given, Assessment) else draft.deep_form
    if not is_last(saved.after) or is_begun() or not is_stored:
        st.session_state.pop(keys.CHECK_SAVED)
        return
    _ = reader.gettext
    if saved.before:
        day = saved.before.assessed_on
        text = _("Added to the check of {day} of {squad}.", day=day, squad=squad)
    else:
        text = _("Saved for {squad}.", squad=squad)
        if replaced := replaced_by(saved.after, records.assessments):
            counts = _(
                "It counts in place of the quick check that {voice} answered on {day}.",
                voice=replaced.voice,
                day=replaced.assessed_on,
            )
            text = f"{text} {counts}"
    with st.container(horizontal=True, vertical_alignment="center", key=keys.CHECK_SAVED_NOTICE):
        with st.container(width="content"):
            st.success(as_plain_text(text), icon=":material/check:")
            if st.session_state.pop(keys.CHECK_JUST_SAVED, False):
                selector = f".st-key-{keys.CHECK_SAVED_NOTICE} [data-testid=stAlertContainer]"
                take_focus(selector, occasion=f"saved-{saved.after.id}", block="center")
        show_undo(reader, partial(_undo, saved), key=keys.CHECK_UNDO)
        if not saved.after.deep:
            show_way_deeper(reader)


def show_way_deeper(reader: Reader) -> None:
    """The way from where decisions leak to who takes them."""
    label = reader.gettext("Go to the deep check")
    button(label, open_page, page_files.DEEP_CHECK, key=keys.move("deep"), icon="manage_search")


def _undo(saved: Saved) -> None:
    if saved.before:
        store().revise(saved.after, saved.before)
    else:
        take_back([saved.after])
    st.session_state.pop(keys.CHECK_SAVED)
    tell(current_reader().gettext("Undone: your answers are here again."))
    unfinished.hold(unfinished.CHECK)
    unfinished.settle()
    if isinstance(saved.given, Assessment):
        draft.restore(saved.given)
        open_page(page_files.CHECK if saved.given.answers else page_files.DEEP_CHECK)
        return
    draft.restore_deep(saved.given)
    draft.add_to(saved.before)
    st.session_state[keys.DEEP_TO] = ADDITION
    open_page(page_files.DEEP_CHECK)
