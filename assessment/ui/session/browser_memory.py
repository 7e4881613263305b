"""What the reader's own browser keeps, and gives back to a session that has lost it.

The server keeps none of it: after a reload, a phone that slept or a restart, the page asks the
browser. Each text lies under its subject and the version of the questions it answers, so that
what was written for another version is never mixed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from assessment.ui.session import keys
from assessment.ui.session.look import script

_component = st.components.v2.component("browser_memory", js=script("browser_memory"))


@dataclass(frozen=True, slots=True)
class FromBrowser:
    """What a browser gave back: a text, if it held one, and whether it holds other versions'.

    Or that the text of another tab has just given way, `elsewhere`, to that of this one; or that
    the browser `fails` to keep any, as some do in private.
    """

    text: object
    has_others: bool
    elsewhere: bool = False
    fails: bool = False


def from_browser() -> FromBrowser:
    """What the browser has just given back, in the callback of `remember`."""
    given = st.session_state[keys.BROWSER_MEMORY].kept
    if not isinstance(given, dict):
        return FromBrowser(None, has_others=False)
    has_others, elsewhere = bool(given.get("others")), bool(given.get("elsewhere"))
    return FromBrowser(given.get("text"), has_others, elsewhere, bool(given.get("fails")))


def remember(
    subject: str,
    text: str,
    *,
    version: str,
    asking: bool,
    on_kept: Callable[[], None],
    tab_only: bool = False,
    forget_others: str | None = None,
) -> None:
    """Have the browser keep a text; an empty one takes away what it kept.

    When `asking`, it first gives back what it holds already, once in a session: `on_kept` is
    called, and `from_browser` tells. `tab_only` keeps the text no longer than the tab is open;
    `forget_others` is a new token each time that other versions' texts are to go.
    """
    session = st.session_state.setdefault(keys.BROWSER_SESSION, uuid4().hex)
    data = {
        **_kept(subject, text, version),
        "ask": f"{session} {subject}" if asking else "",
        "tab_only": tab_only,
        "forget_others": forget_others,
    }
    _component(key=keys.BROWSER_MEMORY, data=data, on_kept_change=on_kept)


def remember_once(subject: str, text: str, *, version: str, token: str) -> None:
    """Have the browser keep a text from a page without its fields: once for each token."""
    _component(key=keys.BROWSER_ONCE, data={**_kept(subject, text, version), "only_once": token})


def _kept(subject: str, text: str, version: str) -> dict[str, object]:
    return {"subject": subject, "keep": text, "version": version}
