"""A squad's result, in the order a reader needs it: verdict, picture, seats, levers, voices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from assessment.charts.bars import level_bars
from assessment.charts.deciders import deciders_map
from assessment.charts.radar import radar
from assessment.charts.seats import seat_pressures
from assessment.charts.voices import voice_spread
from assessment.reports.downloads import file_name, table_csv
from assessment.rounds.disagreement import is_survey
from assessment.rounds.results import Result
from assessment.scoring.diagnosis import LeverGain
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.levels import capped_levels
from assessment.scoring.seats import Seating
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts import sample
from assessment.ui.parts.charts import ChartFunction, chart_spec, show_chart
from assessment.ui.parts.downloads import download
from assessment.ui.parts.playbook_links import passage_link
from assessment.ui.results import actions
from assessment.ui.results.deep_result import show_deep, show_deep_tables
from assessment.ui.results.disagreement import show_disagreement
from assessment.ui.results.take_away import picture_buttons
from assessment.ui.session import keys, page_files
from assessment.ui.session.plain_text import as_plain_text, show_points
from assessment.ui.session.reader import Reader
from assessment.wording import deep_result_tables as lens_tables
from assessment.wording import deep_results as lens_sentences
from assessment.wording import result_tables as tables
from assessment.wording import results as sentences
from assessment.wording.verdicts import result_verdict


def show_result(reader: Reader, result: Result) -> None:
    """The whole result, read-only; without the quick check, what the deep check tells."""
    show_verdict(reader, result)
    show_disagreement(reader, result)
    if result.is_deep_only:
        actions.show_decided(reader, result)
        show_deep(reader, result)
        show_table(reader, result)
        return
    show_levels(reader, result)
    show_reasons(reader, result)


def show_reasons(reader: Reader, result: Result) -> None:
    """What stands behind the levels: seats, levers, voices, deep check; then as a table."""
    show_seats(reader, result)
    show_levers(reader, result)
    show_voices(reader, result)
    show_deep(reader, result)
    show_table(reader, result)


def show_heading(reader: Reader, result: Result) -> None:
    """Which round this is: squad, period, number of voices, sample or not."""
    voices = len(result.round.voices)
    count = reader.ngettext("{count} voice", "{count} voices", voices).format(count=voices)
    period = reader.edition.period(result.round.period)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(as_plain_text(f"{result.round.squad} · {period} · {count}"), width="content")
        if result.is_sample:
            sample.badge(reader)


def show_verdict(reader: Reader, result: Result) -> None:
    """The verdict sentence and what its yes count means."""
    st.header(as_plain_text(result_verdict(reader.edition, result)), anchor=False)
    if result.is_deep_only:
        if current_rights().may_open("check"):
            _invite_to_quick_check(reader)
        return
    st.markdown(as_plain_text(sentences.governance(reader.edition, result.round.scores.yes_count)))
    if result.round.diagnosis.early_warning:
        st.warning(
            as_plain_text(sentences.early_warning(reader.edition)), icon=":material/warning:"
        )


def show_levels(reader: Reader, result: Result) -> None:
    """Bars and radar of the five levels; the bars come first on a phone."""
    levels, verdict = partial(_levels, reader, result), result_verdict(reader.edition, result)
    bars, picture = st.columns(2, gap="medium")
    with bars:
        show_chart(reader, level_bars, levels, identity=result.identity, alt=verdict)
        for level, by_score in capped_levels(result.round.framework, result.round.scores):
            st.caption(as_plain_text(sentences.cap(reader.edition, level, by_score)))
    with picture:
        show_chart(reader, radar, levels, identity=result.identity, alt=verdict)


def show_seats(reader: Reader, result: Result) -> None:
    """The pressure on the PM and PO seats, with the answers behind it."""
    _ = reader.gettext
    pressures = result.round.diagnosis.pressures
    st.subheader(_("Are both seats filled?"), anchor=False)
    show_chart(
        reader,
        seat_pressures,
        partial(tables.pressure_rows, reader.edition, pressures),
        identity=result.identity,
        alt=". ".join(sentences.pressure(reader.edition, found) for found in pressures),
    )
    for column, found in zip(st.columns(len(pressures)), pressures, strict=True):
        with column:
            st.markdown(f"**{as_plain_text(sentences.pressure(reader.edition, found))}**")
            show_points(sentences.evidence(reader.edition, each) for each in found.evidence)


def show_levers(reader: Reader, result: Result) -> None:
    """The first levers, each with its gain, the answers behind it, its owner and first step."""
    _ = reader.gettext
    st.subheader(_("What to do first"), anchor=False)
    levers = result.round.diagnosis.levers[: result.round.framework.rules.levers_shown]
    if not levers:
        st.markdown(as_plain_text(sentences.no_lever(reader.edition, result.round.scores)))
    for place, lever in enumerate(levers, start=1):
        with st.container(border=True):
            _show_lever(reader, place, lever, result.round.seating)
            actions.offer(reader, result, lever.lever)
    actions.show_decided(reader, result)


def show_voices(reader: Reader, result: Result) -> None:
    """Where the voices of a round differ, strongest disagreement first."""
    if len(result.round.voices) < 2:
        return
    st.subheader(reader.gettext("Where voices agree, and where they don't"), anchor=False)
    sentence = sentences.disagreement(reader.edition, result.round.disagreements)
    if not is_survey(result.round):  # else it is the headline
        st.markdown(as_plain_text(sentence))
    differing = [found for found in result.round.disagreements if found.is_contested]
    alike = [found for found in result.round.disagreements if not found.is_contested]
    if differing:
        _show_voice_spread(reader, result, differing, alt=sentence)
    if alike:
        text = reader.ngettext(
            "{count} answer that all voices share",
            "{count} answers that all voices share",
            len(alike),
        ).format(count=len(alike))
        with st.expander(text):
            _show_voice_spread(reader, result, alike, alt=text, name="-alike")


def _show_voice_spread(
    reader: Reader,
    result: Result,
    disagreements: Sequence[Disagreement],
    *,
    alt: str,
    name: str = "",
) -> None:
    show_chart(
        reader,
        voice_spread,
        partial(tables.voice_rows, reader.edition, disagreements),
        identity=(result.identity, name),
        alt=alt,
        name=name,
    )


def show_table(reader: Reader, result: Result) -> None:
    """The same as a table, and the downloads."""
    st.subheader(reader.gettext("The same as a table"), anchor=False)
    if not result.is_deep_only:
        st.table(
            tables.readable_levels(reader.edition, _levels(reader, result)),
            hide_index=True,
            border="horizontal",
            alt=result_verdict(reader.edition, result),
        )
    show_deep_tables(reader, result)
    _show_downloads(reader, result)


def _invite_to_quick_check(reader: Reader) -> None:
    """The way from who decides to where decisions leak."""
    _ = reader.gettext
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _("The quick check says where decisions leak, and what to do first."),
            width="content",
        )
        st.button(
            _("Start the quick check"),
            icon=":material/checklist:",
            key=keys.RESULT_CHECK,
            on_click=st.switch_page,
            args=(page_files.CHECK,),
            kwargs={"query_params": {"lang": reader.language}},
        )


def _show_downloads(reader: Reader, result: Result) -> None:
    """Pictures and tables to take away; who decides where the deep check tells it."""
    _, edition, found = reader.gettext, reader.edition, result.round
    levels = partial(_levels, reader, result)
    charts = () if result.is_deep_only else ((radar, _("Radar")), (level_bars, _("Bars")))
    with st.container(horizontal=True):
        for chart, label in charts:
            _picture(reader, result, chart, levels, label, says=result_verdict(edition, result))
        if result.tells_who_decides:
            deciders = partial(lens_tables.decider_rows, edition, found.deep)
            says = lens_sentences.fit_verdict(edition, found.deep.who_decides)
            _picture(reader, result, deciders_map, deciders, _("Map"), says=says)
        data = partial(tables.exported_levels, edition, [found])
        _table_button(reader, result, data, _("Table (CSV)"), key="levels")
        if result.tells_who_decides:
            data = partial(lens_tables.exported_deciders, edition, found)
            _table_button(reader, result, data, _("Map (CSV)"), key="deciders")


def _picture(
    reader: Reader,
    result: Result,
    chart: ChartFunction,
    frame: Callable[[], pd.DataFrame],
    label: str,
    *,
    says: str,
) -> None:
    title = f"{result.round.squad} · {reader.edition.period(result.round.period)} · {says}"
    picture_buttons(
        reader,
        chart_spec(reader, chart, frame, identity=result.identity),
        label=label,
        name=_file_name(reader, result),
        title=title,
        badge=reader.gettext("Sample data") if result.is_sample else None,
    )


def _table_button(
    reader: Reader, result: Result, data: Callable[[], pd.DataFrame], label: str, *, key: str
) -> None:
    name = f"{file_name(_file_name(reader, result), key)}.csv"
    download(label, lambda: table_csv(data()), name=name, what=key)


def _file_name(reader: Reader, result: Result) -> str:
    squad, period = result.round.squad, str(result.round.period)
    return file_name(reader.gettext("who-decides"), squad, period)


def _levels(reader: Reader, result: Result) -> pd.DataFrame:
    before = result.before.scores if result.before else None
    return tables.level_rows(reader.edition, result.round.squad, result.round.scores, before)


def _show_lever(reader: Reader, place: int, lever: LeverGain, seating: Seating) -> None:
    _ = reader.gettext
    text = reader.edition.texts.levers[lever.lever]
    st.markdown(f"#### {place}. {as_plain_text(text.title)}", anchors=False)
    st.markdown(as_plain_text(sentences.lever_gain(reader.edition, lever)))
    st.markdown(as_plain_text(text.text))
    why = " ".join(sentences.evidence(reader.edition, found) for found in lever.evidence)
    told = (
        (_("Why"), why),
        (_("Whose move"), sentences.lever_owners(reader.edition, lever.lever, seating)),
        (_("First step, within 30 days"), text.step),
    )
    for column, (label, value) in zip(st.columns([4, 2, 5], gap="medium"), told, strict=True):
        column.markdown(f"**{as_plain_text(label)}**  \n{as_plain_text(value)}")
    with st.expander(_("Agenda to copy"), icon=":material/content_copy:"):
        st.code("\n".join(text.agenda), language=None, wrap_lines=True)
    passage_link(reader, reader.edition.playbook.levers[lever.lever])
