"""Things side by side on a page, a few in a row, or below one another, a few at once."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

Thing = TypeVar("Thing")

SQUADS_AT_ONCE = 12
"""Squads that a page shows one by one without unfolding."""


def in_rows(things: Sequence[Thing], *, a_row: int) -> Iterator[tuple[DeltaGenerator, Thing]]:
    """Each thing with the column it stands in; a last row that is not full keeps their width."""
    for start in range(0, len(things), a_row):
        yield from zip(st.columns(a_row), things[start : start + a_row], strict=False)


def first_then_folded(
    things: Sequence[Thing], at_once: int, more: str, show: Callable[[Sequence[Thing]], object]
) -> None:
    """The first of some things, and the others folded under `more`, which counts them."""
    show(things[:at_once])
    if others := things[at_once:]:
        with st.expander(more):
            show(others)


def apart(*, key: str | None = None) -> DeltaGenerator:
    """One line, its text at the left and what it offers at the right."""
    return st.container(
        key=key,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        gap="xxsmall",
    )
