"""Errors as part of the page: shown in the reader's language, everything else goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from assessment.errors import WhoDecidesError
from assessment.ui.session import keys
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader


def show_error(reader: Reader, error: WhoDecidesError) -> None:
    """Show what went wrong and what to do next."""
    st.error(as_plain_text(reader.edition.words.error(error)), icon=":material/error:")


def show_refusal(reader: Reader, refusals: Mapping[str, WhoDecidesError], field: str) -> None:
    """Why what stands in a field is refused, right under it."""
    if field in refusals:
        show_error(reader, refusals[field])


def show_message_once(reader: Reader) -> None:
    """What the last action did, or why it failed; shown on the page that follows, once."""
    show_message(reader)
    st.session_state.pop(keys.MESSAGE, None)


def show_message(reader: Reader) -> None:
    """The same, until the next click: in a part of the page that runs again by itself."""
    message = st.session_state.get(keys.MESSAGE)
    if isinstance(message, WhoDecidesError):
        show_error(reader, message)
    elif message:
        st.success(as_plain_text(str(message)), icon=":material/check:")


@contextmanager
def showing_errors(reader: Reader) -> Iterator[None]:
    """Show an error of this project where it happens; anything else is a bug and is seen."""
    try:
        yield
    except WhoDecidesError as error:
        show_error(reader, error)


@contextmanager
def telling_failure(key: str = keys.MESSAGE) -> Iterator[None]:
    """Keep an error of this project for the page that follows, which tells it: for callbacks.

    That is at its top, or where it looks under a `key` of its own.
    """
    try:
        yield
    except WhoDecidesError as error:
        st.session_state[key] = error
