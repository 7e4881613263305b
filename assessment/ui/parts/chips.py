"""A row of chips: a few words each, in the tone they are told in."""

from collections.abc import Iterable, Mapping

import streamlit as st

from assessment.ui.session.saying import as_plain_text
from assessment.wording.parts import Chip, Tone

_LOOKS: Mapping[Tone, tuple[str, str]] = {
    "good": ("gray", ":material/done:"),
    "watch": ("yellow", ":material/visibility:"),
    "bad": ("orange", ":material/error:"),
    "late": ("red", ":material/schedule:"),
    "unknown": ("gray", ":material/help:"),
    "holds": ("gray", ":material/balance:"),
}
"""The colour and the icon of each tone."""


def show_chips(chips: Iterable[Chip]) -> None:
    """The chips one after the other; each says by its icon what its colour says."""
    texts = [badge_of(chip) for chip in chips]
    if texts:
        st.markdown(" ".join(texts))


def badge_of(chip: Chip) -> str:
    """A chip as it stands within other text."""
    colour, icon = _LOOKS[chip.tone]
    return f":{colour}-badge[{icon} {as_plain_text(chip.text)}]"
