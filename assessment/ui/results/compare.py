"""Squads side by side: heat map, radars, grouped bars, and the level that leaks in most."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

import streamlit as st

from assessment.charts.grouped_bars import grouped_bars
from assessment.charts.maps import fit_map, heat_map, lens_map
from assessment.charts.radar import MOST_OVERLAID, radar, small_radar
from assessment.reports.downloads import file_name, table_csv
from assessment.rounds.comparison import (
    ContestedAcross,
    compared_on_deciders,
    contested_across,
    widest_leak,
)
from assessment.rounds.history import Round
from assessment.rounds.results import Comparison
from assessment.ui.parts import sample
from assessment.ui.parts.charts import show_chart
from assessment.ui.parts.columns import in_rows
from assessment.ui.parts.downloads import download
from assessment.ui.session import keys
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader
from assessment.wording import deep_result_tables as lens_tables
from assessment.wording import deep_results as lens_sentences
from assessment.wording import result_tables as tables
from assessment.wording import results as sentences

LEAST_SQUADS = 2
RADARS_A_ROW = 3
RADARS_AT_ONCE = 12
CONTESTED_AT_ONCE = 5


def stop_under_two(reader: Reader, squads: Sequence[str]) -> None:
    """End the page with a hint while fewer than two squads are chosen."""
    if len(squads) < LEAST_SQUADS:
        st.info(reader.gettext("Choose at least two squads to compare them."))
        st.stop()


def show_absent(reader: Reader, comparison: Comparison) -> None:
    """Name the squads that have no check in the period, and stop when fewer than two have one."""
    if comparison.absent:
        text = reader.gettext("No check in this period: {squads}.")
        st.info(as_plain_text(text.format(squads=reader.edition.words.all_of(comparison.absent))))
    if len(comparison.rounds) < LEAST_SQUADS:
        st.info(
            reader.gettext(
                "Fewer than two of these squads have a check in this period: choose another "
                "period, quarters instead of months, or other squads."
            )
        )
        st.stop()


def show_comparison(reader: Reader, comparison: Comparison) -> None:
    """Every picture of a comparison, from the sentence to the table."""
    _ = reader.gettext
    levels = partial(tables.squads_by_level, reader.edition, comparison.rounds)
    scores = [each.scores for each in comparison.rounds]
    leak = widest_leak(reader.edition.framework, scores)
    sentence = sentences.leak(reader.edition, leak, scores)
    if comparison.is_sample:
        sample.badge(reader)
    st.header(as_plain_text(sentence), anchor=False)
    st.subheader(_("Squads by level"), anchor=False)
    show_chart(reader, heat_map, levels, identity=comparison.identity, alt=sentence)
    st.subheader(_("Profiles"), anchor=False)
    _show_radars(reader, comparison, alt=sentence)
    st.subheader(_("Level by level"), anchor=False)
    show_chart(reader, grouped_bars, levels, identity=comparison.identity, alt=sentence)
    show_deep_comparison(reader, comparison)
    st.subheader(_("The same as a table"), anchor=False)
    _show_table(reader, comparison)


def _show_radars(reader: Reader, comparison: Comparison, *, alt: str) -> None:
    """One radar for up to three squads, one small radar per squad beyond."""
    if len(comparison.rounds) <= MOST_OVERLAID:
        levels = partial(tables.squads_by_level, reader.edition, comparison.rounds)
        show_chart(reader, radar, levels, identity=comparison.identity, alt=alt)
        return
    shown = comparison.rounds[:RADARS_AT_ONCE]
    hidden = comparison.rounds[RADARS_AT_ONCE:]
    _show_grid(reader, shown, comparison.identity)
    if hidden:
        label = reader.ngettext("{count} more squad", "{count} more squads", len(hidden))
        more = st.expander(
            label.format(count=len(hidden)), key=keys.COMPARE_MORE, on_change="rerun"
        )
        if more.open:
            with more:
                _show_grid(reader, hidden, comparison.identity)


def _show_grid(reader: Reader, rounds: Sequence[Round], identity: Hashable) -> None:
    for column, each in in_rows(rounds, a_row=RADARS_A_ROW):
        with column:
            show_chart(
                reader,
                small_radar,
                partial(tables.squads_by_level, reader.edition, [each]),
                identity=(identity, each.squad),
                alt=each.squad,
                name=f"-{each.squad}",
            )


def _show_table(reader: Reader, comparison: Comparison) -> None:
    readable = tables.readable_squads(reader.edition, comparison.rounds)
    squad = readable.columns[0]
    st.table(
        readable.assign(**{squad: [as_plain_text(name) for name in readable[squad]]}),
        hide_index=True,
        border="horizontal",
        alt=reader.gettext("Scores by squad and level"),
    )
    download(
        reader.gettext("Table (CSV)"),
        lambda: table_csv(tables.exported_levels(reader.edition, comparison.rounds)),
        name=file_name(reader.gettext("who-decides"), reader.gettext("compare")) + ".csv",
        what="comparison",
    )


def show_deep_comparison(reader: Reader, comparison: Comparison) -> None:
    """What the deep check says across squads; nothing where none of them took it."""
    told = comparison.deep_rounds
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
    absent = [each.squad for each in comparison.rounds if not each.deep_answers]
    if absent:
        text = reader.gettext("No deep check in this period: {squads}.")
        st.caption(as_plain_text(text.format(squads=reader.edition.words.all_of(absent))))


def _show_fit(reader: Reader, comparison: Comparison, rounds: Sequence[Round]) -> None:
    sentence = lens_sentences.fit_across(reader.edition, [each.deep.who_decides for each in rounds])
    st.markdown(f"**{as_plain_text(sentence)}**")
    show_chart(
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
    st.markdown(as_plain_text(sentence))
    if not found:
        return
    _show_contested_table(reader, found[:CONTESTED_AT_ONCE], alt=sentence)
    if more := found[CONTESTED_AT_ONCE:]:
        text = reader.ngettext("{count} more decision", "{count} more decisions", len(more))
        told = text.format(count=len(more))
        with st.expander(told):
            _show_contested_table(reader, more, alt=told)


def _show_contested_table(reader: Reader, found: Sequence[ContestedAcross], *, alt: str) -> None:
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
        reader.edition, [each.deep.lenses for each in comparison.deep_rounds]
    )
    st.markdown(as_plain_text(sentence))
    show_chart(
        reader,
        lens_map,
        partial(lens_tables.lenses_by_squad, reader.edition, comparison.deep_rounds),
        identity=comparison.identity,
        alt=sentence,
    )
