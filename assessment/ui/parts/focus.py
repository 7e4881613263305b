"""Where the keyboard's focus goes: into what opens, to what is new, to what is chosen."""

from __future__ import annotations

import streamlit as st

from assessment.ui.session import keys
from assessment.ui.session.look import run_script


def take_focus(selector: str, *, occasion: str, block: str = "start") -> None:
    """Bring what a selector finds into view, with the focus; once for each occasion.

    Twice, since the page settles only once the step before has left it; and never once the person
    has gone on to something else.
    """
    # A container of its own for each occasion: a script is run where it is new on the page.
    with st.container(key=keys.moved_to(occasion)):
        run_script("into_view", selector=selector, block=block)
