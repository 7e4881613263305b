"""The headline of a round that was gathered from several voices: where they differ."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assessment.charts.divided import divided_voices
from assessment.rounds.disagreement import DisagreementHeadline, disagreement_headline, is_survey
from assessment.rounds.results import Result
from assessment.ui.parts.charts import show_chart
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader
from assessment.wording import deep_result_tables as lens_tables
from assessment.wording import deep_results as lens_sentences
from assessment.wording import results as sentences


def show_disagreement(reader: Reader, result: Result) -> None:
    """Right under the verdict: one sentence, role against role, and a picture of the answers."""
    if not is_survey(result.round):
        return
    found = disagreement_headline(result.round)
    first, *others = _sentences(reader, result, found)
    st.subheader(as_plain_text(first), anchor=False)
    for sentence in others:
        st.markdown(as_plain_text(sentence))
    _draw(reader, result, found, alt=" ".join([first, *others]))
    if found.too_few:
        st.caption(as_plain_text(sentences.too_few(reader.edition, found.too_few)))


def _draw(reader: Reader, result: Result, found: DisagreementHeadline, *, alt: str) -> None:
    """Items beside decisions, where there are both."""
    pictures = [
        *([lens_tables.divided_items] if found.items else []),
        *([lens_tables.divided_decisions] if found.decisions else []),
    ]
    if not pictures:
        return
    for place, rows in zip(st.columns(len(pictures), gap="large"), pictures, strict=True):
        with place:
            show_chart(
                reader,
                divided_voices,
                partial(rows, reader.edition, found),
                identity=(result.identity, rows.__name__),
                alt=alt,
                name=rows.__name__,
            )
    _ = reader.gettext
    scale = _("0 is trouble, 100 is healthy. One square is one voice.")
    st.caption(scale if found.roles else _("One square is one voice."))


def _sentences(reader: Reader, result: Result, found: DisagreementHeadline) -> list[str]:
    """Items first, where voices differ on any; then decisions, then role against role."""
    edition = reader.edition
    told = [sentences.disagreement(edition, found.disagreements)]
    if found.decisions:
        told.append(lens_sentences.contested_headline(edition, result.round.deep.who_decides))
        if not found.items:
            told.reverse()
    if found.roles:
        told.append(sentences.role_gap(edition, found.roles))
    return told
