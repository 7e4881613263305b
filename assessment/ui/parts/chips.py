"""A row of chips: a few words each, in the tone they are told in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from assessment.ui.session.saying import as_plain_text
from assessment.wording.parts import Chip, Tone

_COLOURS: Mapping[Tone, str] = {
    "good": "gray",
    "watch": "yellow",
    "bad": "orange",
    "late": "red",
    "unknown": "gray",
    "holds": "gray",
}
_ICONS: Mapping[Tone, str] = {
    "good": ":material/done:",
    "watch": ":material/visibility:",
    "bad": ":material/error:",
    "late": ":material/schedule:",
    "unknown": ":material/help:",
    "holds": ":material/balance:",
}


def show_chips(chips: Iterable[Chip]) -> None:
    """The chips one after the other; each says by its icon what its colour says."""
    texts = [badge_of(chip) for chip in chips]
    if texts:
        st.markdown(" ".join(texts))


def badge_of(chip: Chip) -> str:
    """A chip as it stands within other text."""
    return f":{_COLOURS[chip.tone]}-badge[{_ICONS[chip.tone]} {as_plain_text(chip.text)}]"
