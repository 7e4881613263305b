"""What forms share: fields about the person who answers, and why a field was refused."""

from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import catching_failure


@contextmanager
def refusing_under(key: str) -> Iterator[None]:
    """Keep an error of the store among the refusals of a form: for callbacks that save."""
    with catching_failure(lambda error: st.session_state.update({key: {"store": error}})):
        yield


def chosen_of(label: str, options: Sequence[str], *, titled: Callable[[str], str], key: str) -> str:
    """Which of some options is chosen, one of them always: side by side, under no visible label."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    chosen = st.segmented_control(
        label,
        options,
        format_func=titled,
        required=True,
        key=key,
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
    return chosen or options[0]


def show_options(
    question: str, options: Sequence[str], *, titled: Callable[[str], str], key: str
) -> None:
    """The answers to a question, one click each; its label is bare text, as it is read aloud.

    A second click takes none away: whoever takes one back says that they do not know.
    """
    st.segmented_control(
        question,
        options,
        format_func=titled,
        required=True,
        label_visibility="collapsed",
        key=key,
        persist_state="session",
        width="stretch",
        wrap=True,
    )


def show_role(reader: Reader, absent: Container[str] = ()) -> None:
    """The role of the person who answers, but for those `absent` from the squad's setup."""
    offered = [role for role in reader.edition.framework.role_ids if role not in absent]
    if st.session_state.get(keys.CHECK_ROLE) not in offered:
        st.session_state.pop(keys.CHECK_ROLE, None)
    st.selectbox(
        reader.gettext("Your role"),
        offered,
        index=None,
        format_func=reader.edition.role,
        placeholder=reader.gettext("Not given"),
        key=keys.CHECK_ROLE,
        persist_state="session",
    )


def show_alias(reader: Reader, *, hint: str | None = None) -> None:
    """The alias of the person who answers."""
    st.text_input(reader.gettext("Alias"), help=hint, key=keys.CHECK_VOICE, persist_state="session")


def show_note(reader: Reader) -> None:
    """A note beside the answers."""
    st.text_area(reader.gettext("Note"), key=keys.CHECK_NOTE, persist_state="session")
