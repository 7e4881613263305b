"""People's text shown as text: nothing in it becomes Markdown, HTML or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st

_MARKS = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~$:@/&=^])")

# After parsing Markdown, the browser still turns bare addresses into links, and a few
# sequences into pictures or arrows, escaped or not. An invisible joiner keeps them apart.
_READ_AFTER_PARSING = re.compile(r"(:(?=//|\w)|[wW]{3}(?=\.)|@|[-<](?=[->]))")
_JOINER = "\u2060"

LONGEST_NOTICE = 300


def as_plain_text(text: str) -> str:
    """The text as Markdown that reads exactly like the text itself."""
    return _MARKS.sub(r"\\\1", _READ_AFTER_PARSING.sub(rf"\1{_JOINER}", text))


def show_points(lines: Iterable[str]) -> None:
    """Lines as a list, each as the text it is."""
    st.markdown("\n".join(f"- {as_plain_text(line)}" for line in lines))


def notice(text: str) -> None:
    """A short word about something that was left out, told once at the top of a page."""
    shown = text if len(text) <= LONGEST_NOTICE else text[:LONGEST_NOTICE] + "…"
    st.info(as_plain_text(shown), icon=":material/info:")
