"""Expected values as they are typed by hand: French texts, numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest


def french(text: str) -> str:
    """French as it is typed, with the spaces and apostrophes it is set in."""
    for typed, set_in in (
        (" :", "\u00a0:"),
        (" ;", "\u202f;"),
        ("« ", "«\u202f"),
        (" »", "\u202f»"),
        ("'", "’"),
    ):
        text = text.replace(typed, set_in)
    return text


def exactly(value: Fraction | float | None) -> object:
    """A number worked out by hand, but for rounding; None where there is none."""
    return None if value is None else pytest.approx(float(value), rel=1e-12, abs=1e-12)
