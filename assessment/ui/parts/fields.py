"""Fields that several pages ask with."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

COUNT_WIDTH = 240  # of a field for a number, in pixels


def choose_from(
    label: str, names: Mapping[str, str], *, key: str, placeholder: str = "–", **further: Any
) -> str | None:
    """One of some things by its id, listed by name; none at first, nor where it is not listed."""
    chosen = st.selectbox(
        label,
        tuple(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=placeholder,
        key=key,
        **further,
    )
    return chosen if chosen in names else None


def ask_count(label: str, *, key: str, value: int | None = None) -> None:
    """A whole number of people; its form judges it, since a browser says nothing of a limit."""
    st.number_input(label, value=value, step=1, key=key, width=COUNT_WIDTH)
