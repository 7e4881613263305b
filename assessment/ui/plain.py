"""People's text shown as text: nothing in it becomes Markdown, HTML or a link."""

from __future__ import annotations

import re

import streamlit as st

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """The text with every character escaped that Markdown could read as a mark."""
    return _PUNCTUATION.sub(r"\\\1", text)


def notice(text: str) -> None:
    """A short word about something that was left out, told once at the top of a page."""
    st.info(plain(text), icon=":material/info:")
