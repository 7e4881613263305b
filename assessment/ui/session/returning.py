"""A page that outlived its session: after a restart, or too long without the server.

Streamlit calls no callback in a session's first run, and the fields of a form that only the session
before knew are not drawn: a click, and what was filled in, would go without a word. A message
`clear_cache` empties a session, and still calls the callbacks of what it had drawn.
"""

from typing import get_args
from uuid import uuid4

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state import Serialized

from assessment.ui.session import keys

OF_FORMS = (
    *("action-", "agreement-", "setup-", "squads-"),
    *(keys.topic(field, "") for field in (*get_args(keys.OfAction), *get_args(keys.OfAgreement))),
)
"""What the keys of fields begin with of forms that only their session knows to be open."""

UNKEPT = (*OF_FORMS, "sharing-", "rounds-", keys.topic("reserve", ""))
"""Likewise of every form that goes with its page: who filled it in is asked before they leave."""

CHOOSERS = (keys.SHARING_LINK, keys.DATA_SQUAD, keys.SQUADS_VOICE)
"""Fields among these that only choose what is looked at."""

SHOWN_ONCE = (keys.new_link(""), keys.made(""))
"""Likewise of what can never be shown again: whoever has not taken it is asked too."""

_loading_again: dict[str, str] = {}
"""What is said of pages that load again, by their marks, until they are back."""


def note_return() -> None:
    """At a session's first run: note what its page sends that an earlier session drew."""
    if keys.RETURN not in st.session_state:
        st.session_state[keys.RETURN] = sent_by_page()


def sent_by_page() -> dict[str, bool]:
    """The fields and buttons of its page that a run is sent, and whether each was clicked."""
    context = get_script_run_ctx()
    if context is None:
        return {}
    sent = context.session_state._state._new_widget_state.states  # nothing public tells
    return {
        element: isinstance(state, Serialized) and state.value.trigger_value
        for element, state in sent.items()
    }


def note_lost_click() -> None:
    """Before a run: note that the session was emptied of what the deed of a click would read.

    The page tells it at its end, which a part of it that would run alone never comes to.
    """
    st.session_state[keys.RETURN] = {"": True}
    context = get_script_run_ctx()
    if context and context.fragment_ids_this_run:
        st.rerun()


def has_lost(*, at_end: bool = False) -> bool:
    """Whether a click on a button came to nothing, or fields of a form are gone.

    Before anything is drawn none is there: the page goes. At a run's `end` it is asked last.
    """
    sent: dict[str, bool] = st.session_state.get(keys.RETURN, {})
    context = get_script_run_ctx()
    drawn = context.shared.widget_ids_this_run if at_end and context else ()
    if at_end:
        st.session_state[keys.RETURN] = {}
    return any(
        is_click or (element not in drawn and _key(element).startswith(OF_FORMS))
        for element, is_click in sent.items()
    )


def mark_of(message: str) -> str:
    """What the address of a page that loads again holds, where this is to be said of it then."""
    _loading_again[mark := uuid4().hex] = message
    return mark


def loaded_again(mark: str | None) -> str:
    """What is to be said of a page that comes back with this mark, which nobody else can send."""
    return _loading_again.pop(mark or "", "")


def _key(element: str) -> str:
    """The key of a widget, by Streamlit's own id of it."""
    return element.split("-", 2)[-1]
