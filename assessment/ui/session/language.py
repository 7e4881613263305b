"""The reader's language: found at first, changed by two pages of the menu that lead back."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assessment.languages import LANGUAGES, best_language, spoken
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.reader import current_reader
from assessment.ui.session.saying import notice


def settle_language() -> None:
    """Find the reader's language: URL, session, browser, English; and keep it in the URL."""
    asked = st.query_params.get("lang")
    known = st.session_state.get(keys.LANGUAGE)
    language = best_language([asked, known, st.context.locale])
    st.session_state[keys.LANGUAGE] = language
    if asked and spoken(asked) is None:
        _ = current_reader().gettext
        notice(_("The link asks for a language this product does not speak: {text}.", text=asked))
    if asked != language:
        address.settle(lang=language)


def language_pages() -> list[StreamlitPage]:
    """One page a language, each called by the language's own name for itself."""
    return [
        st.Page(_into(code), title=language.name, url_path=code)
        for code, language in LANGUAGES.items()
    ]


def remember_view(page: str) -> None:
    """Keep where the reader is, for the way back from a change of language."""
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[keys.VIEW] = (page, parameters)


def _into(language: str) -> Callable[[], None]:
    def change() -> None:
        page, parameters = st.session_state.get(keys.VIEW, (page_files.HOME, {}))
        query_params: dict[str, str | Sequence[str]] = {**parameters, "lang": language}
        st.switch_page(page, query_params=query_params)

    change.__name__ = f"in_{language}"
    return change
