"""Squads side by side in the deep check: fit per level, lenses, contested decisions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assessment.charts.squads import fit_map, lens_map
from assessment.comparison import ContestedAcross, compared_on_deciders, contested_across
from assessment.deep import lens_sentences, lens_tables
from assessment.results import Comparison
from assessment.rounds import Round
from assessment.ui.figures import show
from assessment.ui.plain import plain
from assessment.ui.reader import Reader

CONTESTED_AT_ONCE = 5


def show_deep_comparison(reader: Reader, comparison: Comparison) -> None:
    """What the deep check says across squads; nothing where none of them took it."""
    told = comparison.told
    if not told:
        return
    mapped = [each for each in told if each.deep.who_decides.is_answered]
    st.subheader(reader.gettext("Who decides, squad by squad"), anchor=False)
    _show_absent(reader, comparison)
    if mapped:
        _show_fit(reader, comparison, mapped)
        _show_contested(reader, mapped)
    if any(each.deep.answered for each in told):
        _show_lenses(reader, comparison)


def _show_absent(reader: Reader, comparison: Comparison) -> None:
    absent = [each.squad for each in comparison.rounds if not each.told]
    if absent:
        text = reader.gettext("No deep check in this period: {squads}.")
        st.caption(plain(text.format(squads=reader.edition.words.all_of(absent))))


def _show_fit(reader: Reader, comparison: Comparison, rounds: Sequence[Round]) -> None:
    sentence = lens_sentences.fit_across(reader.edition, [each.deep.who_decides for each in rounds])
    st.markdown(f"**{plain(sentence)}**")
    show(
        reader,
        fit_map,
        partial(lens_tables.fit_by_squad, reader.edition, rounds),
        identity=comparison.identity,
        alt=sentence,
    )


def _show_contested(reader: Reader, rounds: Sequence[Round]) -> None:
    """Which decisions voices contest, in most squads first."""
    _, edition = reader.gettext, reader.edition
    compared = compared_on_deciders([each.deep.who_decides for each in rounds])
    if not compared:
        return
    found = contested_across(edition.framework, compared)
    sentence = lens_sentences.contested_across(edition, found)
    st.subheader(_("Decisions that voices contest"), anchor=False)
    st.markdown(plain(sentence))
    if not found:
        return
    _show_table(reader, found[:CONTESTED_AT_ONCE], alt=sentence)
    if more := found[CONTESTED_AT_ONCE:]:
        text = reader.ngettext("{count} more decision", "{count} more decisions", len(more))
        told = text.format(count=len(more))
        with st.expander(told):
            _show_table(reader, more, alt=told)


def _show_table(reader: Reader, found: Sequence[ContestedAcross], *, alt: str) -> None:
    st.table(
        lens_tables.readable_contested(reader.edition, found),
        hide_index=True,
        border="horizontal",
        alt=alt,
    )


def _show_lenses(reader: Reader, comparison: Comparison) -> None:
    _ = reader.gettext
    st.subheader(_("Lenses, squad by squad"), anchor=False)
    sentence = lens_sentences.lens_across(
        reader.edition, [each.deep.lenses for each in comparison.told]
    )
    st.markdown(plain(sentence))
    show(
        reader,
        lens_map,
        partial(lens_tables.lenses_by_squad, reader.edition, comparison.told),
        identity=comparison.identity,
        alt=sentence,
    )
