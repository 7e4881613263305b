"""Buttons that do something: what came of it is told on the page that follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias, TypeVarTuple

import streamlit as st

from assessment.ui.session import keys
from assessment.ui.session.messages import telling_failure

Look: TypeAlias = Literal["primary", "secondary", "tertiary"]

Given = TypeVarTuple("Given")


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
