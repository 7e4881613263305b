"""Several squads for leadership: one sentence, one picture, what moved, whose move it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assessment.charts.maps import fit_map, heat_map
from assessment.reports.downloads import file_name
from assessment.rounds.history import Round
from assessment.rounds.leadership import Summary
from assessment.ui.parts import sample
from assessment.ui.parts.charts import chart_spec, show_chart
from assessment.ui.parts.url_choices import query_params_of
from assessment.ui.results.take_away import picture_buttons, show_summary_files
from assessment.ui.session import page_files
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader
from assessment.wording import deep_result_tables as lens_tables
from assessment.wording import result_tables as tables
from assessment.wording import results as sentences
from assessment.wording.briefing import (
    absent_note,
    across_lines,
    heading_of,
    lever_parts,
    move_lines,
    open_lines,
)
from assessment.wording.parts import LeverPart
from assessment.wording.verdicts import result_verdict, summary_verdict


def stop_without_squads(reader: Reader, squads: Sequence[str]) -> None:
    """End the page with a hint while no squad is chosen."""
    if not squads:
        st.info(reader.gettext("Choose at least one squad to sum up."))
        st.stop()


def show_summary(reader: Reader, summary: Summary) -> None:
    """The whole summary, read-only."""
    _show_verdict(reader, summary)
    _show_heat_map(reader, summary)
    _show_moves(reader, summary)
    _show_levers(reader, summary)
    _show_deciders(reader, summary)
    _show_open(reader, summary)
    _show_squads(reader, summary)
    show_summary_files(reader, summary)
    _show_pictures(reader, summary)


def _show_verdict(reader: Reader, summary: Summary) -> None:
    """What is summed up, and the sentence; squads without a check are named."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(as_plain_text(heading_of(reader.edition, summary)), width="content")
        if summary.is_sample:
            sample.badge(reader)
    st.header(as_plain_text(summary_verdict(reader.edition, summary)), anchor=False)
    if summary.is_fullest:
        text = reader.gettext(
            "{period} is the latest period in which the most squads have a check."
        )
        st.caption(as_plain_text(text.format(period=reader.edition.period(summary.period))))
    if summary.absent:
        st.info(as_plain_text(absent_note(reader.edition, summary)))


def _show_heat_map(reader: Reader, summary: Summary) -> None:
    st.subheader(reader.gettext("Squads by level"), anchor=False)
    levels = partial(tables.squads_by_level, reader.edition, _rounds(summary))
    verdict = summary_verdict(reader.edition, summary)
    show_chart(reader, heat_map, levels, identity=summary.identity, alt=verdict)


def _show_moves(reader: Reader, summary: Summary) -> None:
    """How many levels rose or fell, then each squad's own."""
    _ = reader.gettext
    st.subheader(_("What moved"), anchor=False)
    movement = sentences.movement(reader.edition, summary.moves)
    st.markdown(as_plain_text(movement))
    moves = [
        f"- **{as_plain_text(line.text)}** · {as_plain_text(' '.join(line.behind))}"
        for line in move_lines(reader.edition, summary.moves)
    ]
    st.markdown("\n".join(moves))


def _show_levers(reader: Reader, summary: Summary) -> None:
    """The levers that gain most over all squads, and whose move each is."""
    st.subheader(reader.gettext("What to do first"), anchor=False)
    levers = lever_parts(reader.edition, summary.first_levers)
    if not levers:
        st.markdown(reader.gettext("No lever to pull in these squads, or too few answers yet."))
    for place, lever in enumerate(levers, start=1):
        with st.container(border=True):
            _show_lever(reader, place, lever)


def _show_lever(reader: Reader, place: int, lever: LeverPart) -> None:
    _ = reader.gettext
    st.markdown(f"#### {place}. {as_plain_text(lever.title)}", anchors=False)
    st.markdown(as_plain_text(lever.gain))
    told = (
        (_("Squads"), lever.where),
        (_("Whose move"), lever.owners),
        (_("First step, within 30 days"), lever.step),
    )
    for column, (label, value) in zip(st.columns([4, 2, 5], gap="medium"), told, strict=True):
        column.markdown(f"**{as_plain_text(label)}**  \n{as_plain_text(value)}")


def _show_deciders(reader: Reader, summary: Summary) -> None:
    """Fit per level where the deep check was taken, and what voices contest in most squads."""
    told = across_lines(reader.edition, summary)
    if not told.text:
        return
    st.subheader(reader.gettext("Who decides, squad by squad"), anchor=False)
    st.markdown(as_plain_text(told.text))
    fit = partial(lens_tables.fit_by_squad, reader.edition, summary.mapped)
    show_chart(reader, fit_map, fit, identity=summary.identity, alt=told.text)
    for line in told.behind:
        st.markdown(as_plain_text(line))


def _show_open(reader: Reader, summary: Summary) -> None:
    """How many actions are open, and whose move they are since when."""
    total, lines = open_lines(reader.edition, summary, today=reader.today)
    st.subheader(reader.gettext("Open actions"), anchor=False)
    st.markdown(as_plain_text(total))
    for line in lines:
        told = sentences.joined(reader.edition, line.behind)
        st.markdown(f"- **{as_plain_text(line.text)}** · {as_plain_text(told)}")


def _show_squads(reader: Reader, summary: Summary) -> None:
    """Each squad's verdict under its name, and the way to its whole result."""
    st.subheader(reader.gettext("Squad by squad"), anchor=False)
    for result in summary.results:
        squad, period = result.round.squad, result.round.period
        with st.container(border=True):
            verdict = result_verdict(reader.edition, result)
            st.markdown(f"**{as_plain_text(squad)}**  \n{as_plain_text(verdict)}")
            st.page_link(
                page_files.SQUAD,
                label=reader.gettext("See the whole result"),
                icon=":material/radar:",
                query_params=query_params_of([squad], period=period, language=reader.language),
            )


def _show_pictures(reader: Reader, summary: Summary) -> None:
    """The heat map as pictures."""
    _ = reader.gettext
    levels = partial(tables.squads_by_level, reader.edition, _rounds(summary))
    heading, verdict = heading_of(reader.edition, summary), summary_verdict(reader.edition, summary)
    with st.container(horizontal=True):
        picture_buttons(
            reader,
            chart_spec(reader, heat_map, levels, identity=summary.identity),
            label=_("Heat map"),
            name=file_name(_("who-decides"), _("Leadership"), str(summary.period)),
            title=f"{heading} · {verdict}",
            badge=_("Sample data") if summary.is_sample else None,
        )


def _rounds(summary: Summary) -> list[Round]:
    return [result.round for result in summary.results]
