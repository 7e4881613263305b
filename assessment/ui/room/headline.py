"""The verdict: three plain counts lead, then the verdict and how far it holds."""

import streamlit as st

from assessment.rounds.results import Result
from assessment.ui.room.drawing import show_counts, show_words
from assessment.ui.session.reader import Reader
from assessment.wording.briefing import SquadPart
from assessment.wording.room import RoomPart


def show(reader: Reader, part: RoomPart) -> None:
    """What the session says, in the order in which a room hears it."""
    whole = SquadPart(reader.edition, Result(part.shown, None, identity=part.shown), reader.today)
    st.title(reader.gettext("What we see"), anchor=False)
    show_counts(part.counts)
    if part.hidden:
        show_words(part.hidden, "line")
    show_words(part.verdict, "verdict")
    if whole.holding.clause:
        holds = (whole.holding.clause, whole.holding.missing)
        show_words(" ".join(filter(None, holds)), "holds")
