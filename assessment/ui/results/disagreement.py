"""The headline of a round that was gathered from several voices: where they differ."""

from __future__ import annotations

import streamlit as st

from assessment.charts.divided import divided_voices
from assessment.ui.results.drawing import draw, show_as_table
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text
from assessment.wording.briefing import SquadPart


def show_disagreement(reader: Reader, part: SquadPart) -> None:
    """Right under the verdict: one sentence, role against role, and a picture of the answers."""
    headline = part.disagreement
    if headline is None:
        return
    first, *others = headline.sentences
    st.subheader(as_plain_text(first), anchor=False)
    for sentence in others:
        st.markdown(as_plain_text(sentence))
    if pictures := headline.pictures:
        columns = st.columns(len(pictures), gap="large")
        for column, (name, picture) in zip(columns, pictures.items(), strict=True):
            with column:
                draw(reader, divided_voices, picture, (part.identity, name), name=name)
                show_as_table(reader, picture, name=name)
        st.caption(headline.scale)
    if headline.too_few:
        st.caption(as_plain_text(headline.too_few))
