"""What pages say: people's text as text, errors as part of the page, what a button came to."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeVarTuple

import streamlit as st

from assessment.errors import WhoDecidesError
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.wording.plain_text import in_one_line

_MARKS = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~$:@/&=^])")

# After parsing Markdown, the browser still turns bare addresses into links, and a few
# sequences into pictures or arrows, escaped or not. An invisible joiner keeps them apart.
_READ_AFTER_PARSING = re.compile(r"(:(?=//|\w)|[wW]{3}(?=\.)|@|[-<](?=[->]))")
_JOINER = "\u2060"

LONGEST_NOTICE = 300

Look = Literal["primary", "secondary", "tertiary"]

Given = TypeVarTuple("Given")


# Texts --------------------------------------------------------------------------------------------


def as_plain_text(text: str) -> str:
    """The text in one line of Markdown that reads like the text itself: no HTML, no link."""
    text = _READ_AFTER_PARSING.sub(rf"\1{_JOINER}", in_one_line(text))
    return _MARKS.sub(r"\\\1", text)


def as_plain_lines(text: str) -> str:
    """The same line by line, for a text that stands by itself."""
    return "  \n".join(map(as_plain_text, text.splitlines()))


def show_points(lines: Iterable[str]) -> None:
    """Lines as a list, each as the text it is."""
    st.markdown("\n".join(f"- {as_plain_text(line)}" for line in lines))


def make_room_for_notices() -> None:
    """Have this page's notices stand here, whichever part of it gives them."""
    st.session_state[keys.NOTICES] = st.container()


def notice(text: str) -> None:
    """A short word about something that was left out, told once at the top of a page."""
    shown = text if len(text) <= LONGEST_NOTICE else text[:LONGEST_NOTICE] + "…"
    top = st.session_state.get(keys.NOTICES, st)
    top.info(as_plain_text(shown), icon=":material/info:")


# What went wrong, or was done ---------------------------------------------------------------------


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
    """What the last action did, until the next click: in what runs again by itself."""
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


def button(
    label: str,
    deed: Callable[[*Given], object],
    *given: *Given,
    key: str,
    icon: str = "",
    look: Look = "secondary",
    done: str = "",
    **further: Any,
) -> None:
    """A button that does a deed; why it failed is told, or that it is `done`, where that says so.

    `icon` is the name of one of Google's Material Symbols; `further` are options of `st.button`.
    """
    st.button(
        label,
        type=look,
        icon=f":material/{icon}:" if icon else None,
        key=key,
        on_click=_do,
        args=(deed, given, done),
        **further,
    )


def _do(deed: Callable[..., object], given: tuple[object, ...], done: str) -> None:
    st.session_state.pop(keys.MESSAGE, None)
    with telling_failure():
        deed(*given)
        if done:
            st.session_state[keys.MESSAGE] = done
