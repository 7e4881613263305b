"""The two pages of the menu that change the language and lead back to where the reader was."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assessment.languages import LANGUAGES, NAMES
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import set_language


def language_pages() -> list[StreamlitPage]:
    """One page a language, each called by the language's own name for itself."""
    return [
        st.Page(_into(language), title=NAMES[language], url_path=language) for language in LANGUAGES
    ]


def remember_view(page: str) -> None:
    """Keep where the reader is, for the way back from a change of language."""
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[keys.VIEW] = (page, parameters)


def _into(language: str) -> Callable[[], None]:
    def change() -> None:
        page, parameters = st.session_state.get(keys.VIEW, (page_files.HOME, {}))
        set_language(language)
        query_params: dict[str, str | Sequence[str]] = {**parameters, "lang": language}
        st.switch_page(page, query_params=query_params)

    change.__name__ = f"in_{language}"
    return change
