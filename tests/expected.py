"""Expected values as they are typed by hand: French texts, numbers."""

from __future__ import annotations

import re
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


MONTHS = (
    r"(?:janv\.|févr\.|mars|avr\.|mai|juin|juil\.|août|sept\.|oct\.|nov\.|déc\.)"
    r"|(?:janvier|février|avril|juillet|septembre|octobre|novembre|décembre)\b"
)
ILL_SET = re.compile(
    r" [?;:»%€]|\d%"  # what may not begin a line
    r"|«[^\u202f]"
    r"|[^\W\d_](?:[?;»]|:(?= ))"  # what stands off its word
    r"|\w'\w"
    r"|\d (?:\d{3}\b|k€|Mo\b|Go\b)"
    rf"|\d (?:{MONTHS})|\b1\s(?:{MONTHS})"
    r"|n° \d"
)


def ill_set(text: str) -> list[str]:
    """The places of a French text that are not set as French is, with what stands around them.

    The marks of a leak, "! 31", are no exclamation.
    """
    return [text[max(at.start() - 20, 0) : at.end() + 20] for at in ILL_SET.finditer(text)]


def exactly(value: Fraction | float | None) -> object:
    """A number worked out by hand, but for rounding; None where there is none."""
    return None if value is None else pytest.approx(float(value), rel=1e-12, abs=1e-12)
