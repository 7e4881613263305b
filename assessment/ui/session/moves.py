"""Going to another page once a callback is done: callbacks ask, the next run goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from assessment.ui.session import keys


def ask_for(page: str, parameters: Mapping[str, str | Sequence[str]]) -> None:
    """Ask for a page, to be opened as soon as the run that follows begins."""
    st.session_state[keys.NEXT_PAGE] = (page, dict(parameters))


def follow() -> None:
    """Open the page that a callback asked for, if one did."""
    asked = st.session_state.pop(keys.NEXT_PAGE, None)
    if asked:
        page, parameters = asked
        st.switch_page(page, query_params=parameters)
