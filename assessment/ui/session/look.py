"""The look of pages, and what they run in the browser: style sheets and scripts of `ui/look`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st

LOOK = Path(__file__).parents[1] / "look"

_COMMENTS = re.compile(r"^ *//[^\n]*\n", re.MULTILINE)


def show_styles(*names: str) -> None:
    """Have the page look as style sheets say; one element, since each costs every run a message."""
    st.html("".join(f"<style>{_text(f'{name}.css')}</style>" for name in names))


@cache
def script(name: str) -> str:
    """A script as it is written, without what it says to whoever reads it."""
    return _COMMENTS.sub("", _text(f"{name}.js"))


def run_script(name: str, /, **given: object) -> None:
    """Run a script where it is new on the page, or `given` something new, which it finds so named.

    Whatever people wrote reaches it as data: no sign of theirs opens or ends a tag.
    """
    run_scripts(**{name: given})


def run_scripts(**given: Mapping[str, object]) -> None:
    """The same of several scripts by name, in one element: what is given to one runs all again."""
    tags = ""
    for name, data in given.items():
        text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
        tags += f"<script>((given) => {{\n{script(name)}}})({text})</script>"
    st.html(tags, unsafe_allow_javascript=True)


@cache
def _text(name: str) -> str:
    return (LOOK / name).read_text("utf-8")
