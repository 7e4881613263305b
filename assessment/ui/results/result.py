"""A squad's result: what a reader sees first, and the parts that its sections are made of."""

import streamlit as st

from assessment.charts.bars import level_bars
from assessment.charts.deciders import deciders_map
from assessment.charts.pairs import fit_beside_maturity
from assessment.charts.radar import radar
from assessment.charts.seats import seat_pressures
from assessment.charts.specs import ChartFunction
from assessment.charts.voices import voice_spread
from assessment.languages import CAPPED
from assessment.reports.downloads import file_name
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.charts import chart_spec
from assessment.ui.parts.chips import show_chips
from assessment.ui.parts.columns import apart
from assessment.ui.parts.downloads import download_table
from assessment.ui.parts.playbook_links import passage_link
from assessment.ui.parts.stages import show_stage_meanings
from assessment.ui.parts.unreleased import show_unreleased
from assessment.ui.results import actions, drawing, open_form
from assessment.ui.results.agreement_forms import settle
from assessment.ui.results.take_away import picture_buttons
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button, show_captions, show_points
from assessment.ui.session.ways import open_page, parameters_of, show_link
from assessment.wording.agreements import AgreementsPart
from assessment.wording.briefing import SquadPart
from assessment.wording.parts import Chip, Picture


def show_first_block(reader: Reader, part: SquadPart) -> None:
    """Verdict, levels, what to do first, the radar: on a phone in this order."""
    show_verdict(reader, part)
    show_unreleased(reader, [part.squad])
    show_captions(part.as_of_day)
    if part.is_deep_only:
        return
    bars, first, picture = st.columns([10, 14, 8], gap="medium")
    with bars, st.container(gap="xsmall"):
        drawing.draw(reader, level_bars, part.levels_picture, part.identity)
        show_caps(part)
        with st.container(horizontal=True):
            drawing.tap_for_table(reader, part.levels_picture, name="levels")
            _show_what_was_computed(reader, part)
    with first, st.container(key=keys.RESULT_FIRST):
        _show_what_comes_first(reader, part)
    with picture:
        drawing.draw(reader, radar, part.levels_picture, part.identity)


def _show_what_comes_first(reader: Reader, part: SquadPart) -> None:
    st.subheader(reader.gettext("Do first"), anchor=False)
    actions.show_late(reader, part)
    if part.agreed.to_settle:
        with apart(key=keys.RESULT_TO_SETTLE):
            st.markdown(as_plain_text(part.agreed.to_settle_sentence))
            if open_form.may_write(part.squad):
                label = reader.gettext("To settle")
                button(label, _settle_first, part.agreed, key=keys.RESULT_SETTLE, icon="handshake")
    if not part.levers:
        st.markdown(as_plain_text(part.no_lever))
    late = {part.actions[decided.action_id].lever for decided in part.late}
    for number, lever in enumerate(part.levers, start=1):
        if lever.lever in late:
            continue
        about = " · ".join(filter(None, (lever.owners, lever.relation)))
        line = f"**{number}. {as_plain_text(lever.title)}**  \n{as_plain_text(about)}"
        with apart(key=keys.first_lever(number)):
            st.markdown(line)
            actions.offer(reader, part, lever.lever)
        actions.show_offered(reader, part, lever.lever)
    show_captions(*part.levers_done)


def _settle_first(part: AgreementsPart) -> None:
    """Open the dialog for the decision that is contested most, over the section that holds it."""
    address.write(view="who-decides")
    settle(part.squad, part.to_settle[0])


def show_verdict(reader: Reader, part: SquadPart) -> None:
    """The verdict sentence, and beside it the questions, the seats and what is overdue."""
    st.header(as_plain_text(part.verdict), anchor=False)
    show_captions(part.agreed.settled_already)
    holds = tuple(
        Chip(text, "holds") for text in (part.holding.clause, part.holding.missing) if text
    )
    if part.is_deep_only:
        show_chips((*part.overdue, *holds))
        if not part.last_scored and current_rights().may_open("check"):
            _ = reader.gettext
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    _("The quick check says where decisions leak, and what to do first."),
                    width="content",
                )
                label = _("Start the quick check")
                button(label, open_page, page_files.CHECK, key=keys.RESULT_CHECK, icon="checklist")
    else:
        show_chips((*part.chips, *part.overdue, *holds))
    if part.last_scored:
        _show_last_scored(reader, part)
    show_captions(part.deep_unit_line, part.other_checks)


def _show_last_scored(reader: Reader, part: SquadPart) -> None:
    """Where the levels have their last scores, and the ways there."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(as_plain_text(part.last_scored), width="content")
        for label, period in part.ways_to_scores:
            where = parameters_of([part.squad], period)
            icon = ":material/arrow_forward:"
            show_link(reader, page_files.SQUAD, as_plain_text(label), where, icon=icon)


def _show_what_was_computed(reader: Reader, part: SquadPart) -> None:
    """One tap away from the levels: what cost them points, what stages mean, how far each holds."""
    label = reader.gettext("How is this computed?")
    tap = st.popover(label, type="tertiary", key=keys.RESULT_HOLDS, on_change="rerun")
    if not tap.open:
        return
    holding = part.holding
    with tap:
        text = reader.gettext(
            "Each level starts at 100; answers that point to trouble cost it points, by how "
            "bad they are and how much they weigh there (rounded):"
        )
        st.markdown(as_plain_text(text))
        show_points(part.where_points_went)
        show_stage_meanings(reader)
        if holding.clause:
            for sentence in holding.computed:
                st.markdown(as_plain_text(sentence))
            drawing.show_table(holding.table)
        label = reader.gettext("How far a result holds")
        show_link(reader, page_files.METHOD, label, {"view": "holds"}, icon=":material/function:")


def show_levels(reader: Reader, part: SquadPart) -> None:
    """Bars and radar of the five levels; the bars come first on a phone."""
    bars, picture = st.columns(2, gap="medium")
    with bars:
        drawing.draw(reader, level_bars, part.levels_picture, part.identity)
        show_caps(part)
        _show_what_was_computed(reader, part)
    with picture:
        drawing.draw(reader, radar, part.levels_picture, part.identity)


def show_caps(part: SquadPart) -> None:
    """Why levels stand below the stage that their points alone would give."""
    show_captions(*(f"{CAPPED} {cap}" for cap in part.caps))


def show_seats(reader: Reader, part: SquadPart) -> None:
    """The pressure on the PM and PO seats, with the answers behind it."""
    if not part.has_seats:
        st.caption(as_plain_text(part.seats_finding))
        return
    drawing.draw_with_table(reader, seat_pressures, part.seats_picture, part.identity)
    st.caption(as_plain_text(part.seats_key))
    for column, seat in zip(st.columns(len(part.seats)), part.seats_behind, strict=True):
        if seat.behind:
            with column, st.expander(as_plain_text(seat.text), type="compact"):
                show_points(seat.behind)


def show_figures(reader: Reader, part: SquadPart) -> None:
    """What a result that is not stored rests on, folded: the seats' signals, and its numbers."""
    with st.expander(reader.gettext("Seats and figures"), type="compact"):
        for seat in part.seats_behind:
            if seat.behind:
                st.markdown(f"**{as_plain_text(seat.text)}**")
                show_points(seat.behind)
        drawing.show_table(part.levels_picture.table)


def show_levers(reader: Reader, part: SquadPart) -> None:
    """The first levers in full, where no “Do first” stands above them, and what was decided."""
    st.subheader(reader.gettext("What to do first"), anchor=False)
    if not part.levers:
        st.markdown(as_plain_text(part.no_lever))
    show_lever_cards(reader, part, with_relation=True)
    actions.show_decided(reader, part)


def show_lever_cards(reader: Reader, part: SquadPart, *, with_relation: bool = False) -> None:
    """Each lever in full on a card of its own; with what it has to do with the headline."""
    _ = reader.gettext
    for number, lever in enumerate(part.levers, start=1):
        with st.expander(f"{number}. {as_plain_text(lever.title)}", expanded=number == 1):
            st.markdown(as_plain_text(lever.line if with_relation else lever.gain))
            st.markdown(as_plain_text(lever.text))
            lines = (
                (_("Why"), lever.where),
                (_("Whose move"), lever.owners),
                (_("First step, within 30 days"), lever.step),
            )
            columns = st.columns([4, 2, 5], gap="medium")
            for column, (name, text) in zip(columns, lines, strict=True):
                column.markdown(f"**{as_plain_text(name)}**  \n{as_plain_text(text)}")
            with st.container(horizontal=True, vertical_alignment="center"):
                with st.popover(_("Agenda to copy"), icon=":material/content_copy:"):
                    st.code("\n".join(lever.agenda), language=None, wrap_lines=True)
                passage_link(reader, lever.passage)
            actions.show_action_status(reader, part, lever.lever)


def show_voices(reader: Reader, part: SquadPart) -> None:
    """Where the voices of a round differ, strongest disagreement first."""
    voices = part.voices
    if voices is None:
        return
    title = (
        reader.gettext("Question by question") if part.disagreement else voices.sentence
    )  # else it is the headline
    st.subheader(as_plain_text(title), anchor=False)
    if voices.differing:
        drawing.draw(reader, voice_spread, voices.differing, (part.identity, ""))
        drawing.show_as_table(reader, voices.differing, name="voice_spread")
    if voices.alike:
        with st.expander(as_plain_text(voices.alike.alt), type="compact"):
            drawing.draw(
                reader, voice_spread, voices.alike, (part.identity, "-alike"), name="-alike"
            )


def show_tables(reader: Reader, part: SquadPart) -> None:
    """What the result shows as tables, and the downloads."""
    st.subheader(reader.gettext("The same as a table"), anchor=False)
    if not part.is_deep_only:
        drawing.show_table(part.levels_picture.table)
    show_captions(part.changes_note)
    if part.beside:
        st.markdown(f"**{as_plain_text(part.beside.title)}**")
        drawing.show_table(part.beside)
    if part.deep and part.deep.is_mapped:
        picture = part.deep.fit_picture
        drawing.draw_with_table(reader, fit_beside_maturity, picture, part.identity)
    _, levels = reader.gettext, part.levels_picture
    with st.container(horizontal=True):
        if not part.is_deep_only:
            _picture(reader, part, radar, levels, _("Radar"))
            _picture(reader, part, level_bars, levels, _("Bars"))
        if part.deep and part.deep.is_mapped:
            _picture(reader, part, deciders_map, part.deep.map_picture, _("Map"))
        names = part.squad, part.period, "levels"
        download_table(reader, part.exported_levels, *names, what="levels")
        if part.deep and part.deep.is_mapped:
            table, label = part.deep.exported_deciders, _("Map (CSV)")
            names = part.squad, part.period, "deciders"
            download_table(reader, table, *names, what="deciders", label=label)


def _picture(
    reader: Reader, part: SquadPart, chart: ChartFunction, picture: Picture, label: str
) -> None:
    picture_buttons(
        reader,
        chart_spec(reader, chart, picture.frame, identity=part.identity),
        label=label,
        name=file_name(reader.gettext("who-decides"), part.squad, part.period),
        title=part.title(picture.alt),
        badge=part.mark,
    )
