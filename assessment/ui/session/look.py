"""The look of pages, and what they run in the browser: style sheets and scripts of `ui/look`."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st

from assessment.ui.session import keys
from assessment.ui.session.page_files import ROOM, ROUND, name_in_url

LOOK = Path(__file__).parents[1] / "look"

SLEPT = 110_000
"""Milliseconds of sleep after which a page loads itself again; what was begun comes back."""

_FOLLOWING = tuple(map(name_in_url, (ROOM, ROUND)))

_COMMENTS = re.compile(r"^ *//[^\n]*\n", re.MULTILINE)
_REMARKS = re.compile(r"\s*/\*.*?\*/", re.DOTALL)


class _AsWritten(str):
    """HTML that is sent as it is: Streamlit takes the indents of any other away, line by line."""

    __slots__ = ()
    _repr_html_ = str.__str__


@cache
def styles(*names: str) -> str:
    """Style sheets as HTML, without what they say to whoever reads them."""
    return "".join(f"<style>{_REMARKS.sub('', _text(f'{name}.css'))}</style>" for name in names)


def show_styles(name: str) -> None:
    """Have this page look as a style sheet says; those of all pages come with `server/front.py`."""
    st.html(_AsWritten(styles(name)))


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
    """Run several scripts by name in one element: something new given to one runs all again."""
    tags = ""
    for name, data in given.items():
        text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
        tags += f"<script>((given) => {{\n{script(name)}}})({text})</script>"
    st.html(_AsWritten(tags), unsafe_allow_javascript=True)


def take_focus(
    selector: str, *, occasion: str, block: str = "start", is_news: bool = False
) -> None:
    """Bring what a selector finds into view, with the focus; once for each occasion.

    Twice, since the page settles only once the step before has left it; and never once the person
    has gone on to something else, or begun to scroll. What `is_news` came by itself, and takes the
    person away from nothing that they have the focus on.
    """
    # A container of its own for each occasion: a script is run where it is new on the page.
    with st.container(key=keys.moved_to(occasion)):
        run_script("into_view", selector=selector, block=block, isNews=is_news)


def load_again_on_waking() -> None:
    """Have the page load itself again after it slept for longer than `SLEPT`, if nothing is lost.

    The browser connects anew by itself, but maybe to a session that knows nothing of what the page
    shows: a first click would be lost. Where the page was stands in its address and in the browser.
    """
    show_styles("waking")
    run_script("waking", after=SLEPT, pages=_FOLLOWING)


@cache
def _text(name: str) -> str:
    return (LOOK / name).read_text("utf-8")
