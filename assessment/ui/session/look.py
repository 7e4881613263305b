"""The look of pages, and what they run in the browser: style sheets and scripts of `ui/look`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st

LOOK = Path(__file__).parents[1] / "look"


def show_styles(*names: str) -> None:
    """Have the page look as style sheets say."""
    for name in names:
        st.html(LOOK / f"{name}.css")


@cache
def script(name: str) -> str:
    """A script as it is written."""
    return (LOOK / f"{name}.js").read_text("utf-8")


def run_script(name: str, /, **given: object) -> None:
    """Run a script where it is new on the page, or `given` something new, which it finds so named.

    Whatever people wrote reaches it as data: no sign of theirs opens or ends a tag.
    """
    data = json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")
    st.html(
        f"<script>((given) => {{\n{script(name)}}})({data})</script>", unsafe_allow_javascript=True
    )
