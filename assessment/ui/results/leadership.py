"""Several squads for leadership: one sentence, one picture, what moved, whose move it is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assessment.charts.maps import fit_map, heat_map
from assessment.reports.downloads import file_name
from assessment.ui.parts import sample
from assessment.ui.parts.charts import chart_spec
from assessment.ui.parts.url_choices import query_params_of
from assessment.ui.results.drawing import draw
from assessment.ui.results.result import show_lever
from assessment.ui.results.take_away import picture_buttons
from assessment.ui.session import page_files
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader
from assessment.wording.overview import Overview
from assessment.wording.parts import Line


def stop_without_squads(reader: Reader, squads: Sequence[str]) -> None:
    """End the page with a hint while no squad is chosen."""
    if not squads:
        st.info(reader.gettext("Choose at least one squad to sum up."))
        st.stop()


def show_overview(reader: Reader, part: Overview) -> None:
    """The whole summary, read-only."""
    _ = reader.gettext
    _show_verdict(reader, part)
    st.subheader(_("Squads by level"), anchor=False)
    draw(reader, heat_map, part.levels_picture, part.identity)
    st.subheader(_("What moved"), anchor=False)
    st.markdown(as_plain_text(part.movement))
    st.markdown("\n".join(map(_point, part.moved)))
    st.subheader(_("What to do first"), anchor=False)
    if not part.levers:
        st.markdown(_("No lever to pull in these squads, or too few answers yet."))
    for number, lever in enumerate(part.levers, start=1):
        with st.container(border=True):
            show_lever(reader, number, lever, label=_("Squads"))
    _show_deciders(reader, part)
    st.subheader(_("Open actions"), anchor=False)
    st.markdown(as_plain_text(part.decided.text))
    for line in part.open:
        st.markdown(_point(line))
    _show_squads(reader, part)


def show_pictures(reader: Reader, part: Overview) -> None:
    """The heat map as pictures."""
    _ = reader.gettext
    with st.container(horizontal=True):
        picture_buttons(
            reader,
            chart_spec(reader, heat_map, part.levels_picture.frame, identity=part.identity),
            label=_("Heat map"),
            name=file_name(_("who-decides"), _("Leadership"), part.period),
            title=part.title,
            badge=part.badge,
        )


def _show_verdict(reader: Reader, part: Overview) -> None:
    """What is summed up, and the sentence; squads without a check are named."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(as_plain_text(part.heading), width="content")
        if part.badge:
            sample.badge(reader)
    st.header(as_plain_text(part.verdict), anchor=False)
    if part.fullest:
        st.caption(as_plain_text(part.fullest))
    if part.absent:
        st.info(as_plain_text(part.absent))


def _show_deciders(reader: Reader, part: Overview) -> None:
    """Fit per level where the deep check was taken, and what voices contest in most squads."""
    if not part.across.text:
        return
    st.subheader(reader.gettext("Who decides, squad by squad"), anchor=False)
    st.markdown(as_plain_text(part.across.text))
    draw(reader, fit_map, part.fit_picture, part.identity)
    for line in part.across.behind:
        st.markdown(as_plain_text(line))


def _show_squads(reader: Reader, part: Overview) -> None:
    """Each squad's verdict under its name, and the way to its whole result."""
    st.subheader(reader.gettext("Squad by squad"), anchor=False)
    for squad, period, verdict in part.squads:
        with st.container(border=True):
            st.markdown(f"**{as_plain_text(squad)}**  \n{as_plain_text(verdict)}")
            st.page_link(
                page_files.SQUAD,
                label=reader.gettext("See the whole result"),
                icon=":material/radar:",
                query_params=query_params_of([squad], period=period, language=reader.language),
            )


def _point(line: Line) -> str:
    return f"- **{as_plain_text(line.text)}** · {as_plain_text(' '.join(line.behind))}"
