"""The reader's language: found at first, changed by two pages of the menu that lead back."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assessment.languages import LANGUAGES, best_language, spoken
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.reader import current_reader
from assessment.ui.session.saying import notice

OF_PAGES: Mapping[str, Sequence[str]] = {
    page_files.ROUNDS: (
        *(keys.ROUNDS_SQUAD, keys.ROUNDS_NEW_SQUAD, keys.ROUNDS_DEPTH, keys.ROUNDS_PRIVACY),
        *(keys.ROUNDS_LEAST, keys.ROUNDS_CLOSES, keys.ROUNDS_WAY_IN),
        *(keys.ROUNDS_PEOPLE, keys.ROUNDS_EXPECTED, keys.ROUNDS_ROLES),
    ),
    page_files.SHARING: (
        *(keys.SHARING_LABEL, keys.SHARING_EVERY, keys.SHARING_SQUADS, keys.SHARING_PERIOD),
        *(keys.SHARING_DAYS, keys.SHARING_NOTES, keys.SHARING_ROLES, keys.SHARING_AGREEMENTS),
    ),
    page_files.DATA: (keys.DATA_SEARCH,),
}
"""Fields that are empty again wherever their page is left, but not by a change of language."""


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
    """Keep where the reader is, and what fields hold, for the way back from another language."""
    state = st.session_state
    for key, value in state.pop(keys.CARRIED, {}).items():
        state[key] = value
    fields = OF_PAGES.get(page, ())
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    state[keys.VIEW] = (page, parameters, {key: state[key] for key in fields if key in state})


def empty_fields() -> None:
    """Have a form that was sent begin anew, also after a change of language."""
    for key in chain.from_iterable(OF_PAGES.values()):
        st.session_state.pop(key, None)


def _into(language: str) -> Callable[[], None]:
    def change() -> None:
        page, parameters, fields = st.session_state.get(keys.VIEW, (page_files.HOME, {}, {}))
        st.session_state[keys.CARRIED] = fields
        query_params: dict[str, str | Sequence[str]] = {**parameters, "lang": language}
        st.switch_page(page, query_params=query_params)

    change.__name__ = f"in_{language}"
    return change
