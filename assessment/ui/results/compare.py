"""Squads side by side: heat map, radars, grouped bars, and the level that leaks in most."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import streamlit as st

from assessment.charts.grouped_bars import grouped_bars
from assessment.charts.maps import fit_map, heat_map, lens_map
from assessment.charts.radar import MOST_OVERLAID, radar, small_radar
from assessment.reports.downloads import file_name, table_csv
from assessment.ui.parts import sample
from assessment.ui.parts.columns import in_rows
from assessment.ui.parts.downloads import download
from assessment.ui.results.drawing import draw, show_squads_table, show_table
from assessment.ui.session import keys
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader
from assessment.wording.comparison import ComparisonPart
from assessment.wording.parts import Picture

LEAST_SQUADS = 2
RADARS_A_ROW = 3
RADARS_AT_ONCE = 12


def stop_under_two(reader: Reader, squads: Sequence[str]) -> None:
    """End the page with a hint while fewer than two squads are chosen."""
    if len(squads) < LEAST_SQUADS:
        st.info(reader.gettext("Choose at least two squads to compare them."))
        st.stop()


def show_absent(reader: Reader, part: ComparisonPart) -> None:
    """Name the squads that have no check in the period, and stop when fewer than two have one."""
    if part.absent:
        st.info(as_plain_text(part.absent))
    if len(part.profiles) < LEAST_SQUADS:
        st.info(
            reader.gettext(
                "Fewer than two of these squads have a check in this period: choose another "
                "period, quarters instead of months, or other squads."
            )
        )
        st.stop()


def show_comparison(reader: Reader, part: ComparisonPart) -> None:
    """Every picture of a comparison, from the sentence to the table."""
    _ = reader.gettext
    if part.is_sample:
        sample.badge(reader)
    st.header(as_plain_text(part.verdict), anchor=False)
    st.subheader(_("Squads by level"), anchor=False)
    draw(reader, heat_map, part.levels_picture, part.identity)
    st.subheader(_("Profiles"), anchor=False)
    _show_radars(reader, part)
    st.subheader(_("Level by level"), anchor=False)
    draw(reader, grouped_bars, part.levels_picture, part.identity)
    if part.is_deep:
        _show_deciders(reader, part)
        _show_lenses(reader, part)
    st.subheader(_("The same as a table"), anchor=False)
    show_squads_table(part.table)
    download(
        _("Table (CSV)"),
        lambda: table_csv(part.exported_levels()),
        name=file_name(_("who-decides"), _("compare")) + ".csv",
        what="comparison",
    )


def _show_radars(reader: Reader, part: ComparisonPart) -> None:
    """One radar for up to three squads, one small radar per squad beyond."""
    if len(part.profiles) <= MOST_OVERLAID:
        draw(reader, radar, part.levels_picture, part.identity)
        return
    shown, hidden = part.profiles[:RADARS_AT_ONCE], part.profiles[RADARS_AT_ONCE:]
    _show_grid(reader, shown, part.identity)
    if hidden:
        label = reader.ngettext("{count} more squad", "{count} more squads", len(hidden))
        more = st.expander(
            label.format(count=len(hidden)), key=keys.COMPARE_MORE, on_change="rerun"
        )
        if more.open:
            with more:
                _show_grid(reader, hidden, part.identity)


def _show_grid(reader: Reader, profiles: Sequence[Picture], identity: Hashable) -> None:
    for column, profile in in_rows(profiles, a_row=RADARS_A_ROW):
        with column:
            draw(reader, small_radar, profile, (identity, profile.alt), name=f"-{profile.alt}")


def _show_deciders(reader: Reader, part: ComparisonPart) -> None:
    """Fit per level where the deep check was taken, and which decisions voices contest."""
    _ = reader.gettext
    st.subheader(_("Who decides, squad by squad"), anchor=False)
    if part.without_deep_check:
        st.caption(as_plain_text(part.without_deep_check))
    if fit := part.fit_picture:
        st.markdown(f"**{as_plain_text(fit.alt)}**")
        draw(reader, fit_map, fit, part.identity)
    if not part.contested:
        return
    st.subheader(_("Decisions that voices contest"), anchor=False)
    st.markdown(as_plain_text(part.contested))
    for first in part.contested_tables[:1]:
        show_table(first)
    for more in part.contested_tables[1:]:
        with st.expander(more.title):
            show_table(more)


def _show_lenses(reader: Reader, part: ComparisonPart) -> None:
    if lenses := part.lens_picture:
        st.subheader(reader.gettext("Lenses, squad by squad"), anchor=False)
        st.markdown(as_plain_text(lenses.alt))
        draw(reader, lens_map, lenses, part.identity)
