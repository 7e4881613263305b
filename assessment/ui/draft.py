"""The check in progress: answers and form, kept in the session until saved or cleared."""

from __future__ import annotations

from uuid import UUID, uuid4

import streamlit as st

from assessment.framework import shipped_framework
from assessment.model import Answers, Assessment
from assessment.results import Result, draft_result
from assessment.submission import Form
from assessment.ui import keys
from assessment.ui.reader import Reader

RESULT = "result"
"""The step after the last module."""


def answers() -> Answers:
    """The answers given so far; what a forged message may have slipped in is left out."""
    found = {}
    for item, options in shipped_framework().options_by_item.items():
        option = st.session_state.get(keys.answer(item))
        if option in options:
            found[item] = option
    return found


def result(here: Reader) -> Result:
    """The result of the answers given so far."""
    return draft_result(here.edition.framework, answers(), today=here.today)


def form() -> Form:
    """Everything the person has filled in so far."""
    state = st.session_state
    return Form(
        squad=state.get(keys.CHECK_NEW_SQUAD) or state.get(keys.CHECK_SQUAD) or "",
        role=state.get(keys.CHECK_ROLE),
        voice=state.get(keys.CHECK_VOICE) or "",
        assessed_on=state.get(keys.CHECK_DATE),
        note=state.get(keys.CHECK_NOTE) or "",
        answers=answers(),
    )


def draft_id() -> UUID:
    """The id this draft will be stored under, the same at every try to save it."""
    made: UUID = st.session_state.setdefault(keys.CHECK_ID, uuid4())
    return made


def prefer_chosen_squad() -> None:
    """A squad chosen from the list takes the place of a name typed before."""
    if st.session_state.get(keys.CHECK_SQUAD):
        st.session_state[keys.CHECK_NEW_SQUAD] = ""


def prefer_new_squad() -> None:
    """A name typed takes the place of a squad chosen before."""
    if st.session_state.get(keys.CHECK_NEW_SQUAD):
        st.session_state[keys.CHECK_SQUAD] = None


def choose_date() -> None:
    """Keep the date as it stands, instead of today's."""
    st.session_state[keys.CHECK_DATE_CHOSEN] = True


def go_to(step: str) -> None:
    """Go to a step, and bring its heading into view."""
    st.session_state[keys.CHECK_STEP] = step
    st.session_state[keys.CHECK_MOVED] = step


def clear() -> None:
    """Leave nothing of this check to the next one, which may be another person's."""
    for item in shipped_framework().item_ids:
        st.session_state[keys.answer(item)] = None
    for key, blank in (
        (keys.CHECK_SQUAD, None),
        (keys.CHECK_NEW_SQUAD, ""),
        (keys.CHECK_ROLE, None),
        (keys.CHECK_VOICE, ""),
        (keys.CHECK_NOTE, ""),
    ):
        st.session_state[key] = blank
    for key in (keys.CHECK_ID, keys.CHECK_REFUSALS, keys.CHECK_DATE_CHOSEN):
        st.session_state.pop(key, None)
    go_to(shipped_framework().modules[0].id)


def begin(answers: Answers) -> None:
    """Begin a check of one's own with answers that came from elsewhere."""
    clear()
    for item, option in answers.items():
        st.session_state[keys.answer(item)] = option
    go_to(RESULT)


def restore(saved: Assessment) -> None:
    """Put a saved check back into the form, as it was."""
    for item in shipped_framework().item_ids:
        st.session_state[keys.answer(item)] = saved.answers.get(item)
    st.session_state[keys.CHECK_NEW_SQUAD] = saved.squad
    st.session_state[keys.CHECK_ROLE] = saved.role
    st.session_state[keys.CHECK_VOICE] = saved.voice or ""
    st.session_state[keys.CHECK_DATE] = saved.assessed_on
    choose_date()
    st.session_state[keys.CHECK_NOTE] = saved.note
    go_to(RESULT)
