"""Several squads for leadership: one sentence, your part in it, three numbers, a line a squad."""

from collections.abc import Hashable, Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.charts.decision_seats import decision_seats
from assessment.charts.maps import keyed_heat_map
from assessment.reports.downloads import file_name
from assessment.rounds.history import History
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.charts import chart_spec
from assessment.ui.parts.chips import badge_of
from assessment.ui.parts.columns import SQUADS_AT_ONCE
from assessment.ui.parts.stages import show_stage_legend, stage_strip, strip_heads
from assessment.ui.parts.unreleased import show_too_few, show_unreleased
from assessment.ui.parts.url_choices import chosen_view
from assessment.ui.results.drawing import draw, show_as_table, show_squads_table, show_table
from assessment.ui.results.take_away import picture_buttons
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_captions, show_points, show_texts
from assessment.ui.session.ways import open_page, parameters_of, show_link
from assessment.wording.agreed_across import AgreedAcrossPart
from assessment.wording.overview import OverduePart, Overview, SquadRow
from assessment.wording.parts import Chip


def open_only_squad(history: History) -> None:
    """Lead whoever came by a link that shares a single squad to that squad."""
    if not current_rights().may_edit and len(history.squads) == 1:
        open_page(page_files.SQUAD, squad=history.squads[0])


def show_first_screen(reader: Reader, part: Overview) -> str:
    """The verdict, the reader's part and three numbers; returns the leader whose part it is."""
    st.header(as_plain_text(part.verdict), anchor=False)
    dated = " ".join(filter(None, (part.elsewhere, part.absent.text, part.actions_as_of)))
    show_captions(part.holds, dated)
    leader = _show_your_part(reader, part)
    with st.container(key=keys.LEADERSHIP_TILES, horizontal=True):
        for tile in part.tiles:
            st.metric(
                tile.name,
                tile.count,
                delta=tile.text,
                delta_color="off",
                delta_arrow="off",
                help=as_plain_text(tile.where) or None,
            )
    return leader


def show_rest(reader: Reader, part: Overview, leader: str) -> None:
    """What others have overdue, levers, a line per squad, where it is least clear who decides."""
    _ = reader.gettext
    of_others = [late for late in part.overdue if late.role != leader]
    columns = st.columns(1 + bool(of_others), gap="medium")
    if of_others:
        with columns[0], st.container(gap="xsmall"):
            is_every = len(of_others) == len(part.overdue)
            overdue_of = _("Overdue, by who has to act")
            title = overdue_of if is_every else _("Also overdue, by who has to act")
            st.subheader(title, anchor=False)
            for overdue in of_others:
                _show_overdue(reader, overdue, f"**{as_plain_text(overdue.owner)}** · ")
    with columns[-1], st.container(gap="xsmall"):
        _show_levers(reader, part)
    _show_squads(reader, part)
    show_unreleased(reader, for_leadership=True)
    show_too_few(reader, part.absent.behind, period=part.summary.period, for_leadership=True)
    with st.container(gap="xsmall"):
        if part.unclear:
            st.subheader(_("Where it is least clear who decides"), anchor=False)
            show_points(part.unclear)
        _show_agreed(reader, part.agreed, (part.identity, reader.version))
    _show_ways_on(reader, part)


def _show_agreed(reader: Reader, part: AgreedAcrossPart, identity: Hashable) -> None:
    _ = reader.gettext
    if part or part.unsettled:
        st.subheader(_("What squads agreed"), anchor=False)
    if part:
        st.markdown(as_plain_text(part.sentence))
        with st.expander(_("Agreements by level and by squad"), type="compact"):
            show_table(part.level_table)
            show_squads_table(part.squad_table)
    else:
        show_captions(part.unsettled)
    if part.seat:
        st.subheader(_("On which seat decisions end up"), anchor=False)
        st.markdown(as_plain_text(part.seat))
        folded = st.expander(
            _("Seats by level and by squad"),
            key=keys.LEADERSHIP_SEATS,
            type="compact",
            on_change="rerun",
        )
        if folded.open:
            with folded:
                draw(reader, decision_seats, part.seat_picture, identity)
                st.caption(as_plain_text(part.seat_key))
                show_as_table(reader, part.seat_picture, name=decision_seats.__name__)


def show_pictures(reader: Reader, part: Overview) -> None:
    """The heat map as pictures."""
    _ = reader.gettext
    picture_buttons(
        reader,
        chart_spec(reader, keyed_heat_map, part.levels_picture.frame, identity=part.identity),
        label=_("Heat map"),
        name=file_name(_("who-decides"), _("Leadership"), part.period),
        title=part.title,
        badge=part.badge,
    )


def _show_your_part(reader: Reader, part: Overview) -> str:
    """What the leader that the URL names has overdue, then one lever that is theirs to move.

    Whoever comes by a link says who they are first: somebody else's part is not theirs.
    """
    _ = reader.gettext
    with st.container(border=True, gap="xsmall", key=keys.LEADERSHIP_PART):
        with st.container(horizontal=True, vertical_alignment="center"):
            name = _("Your part")
            st.markdown(f"**{name}**", width="content")
            leader = chosen_view(
                part.leaders,
                label=_("Your role"),
                parameter="role",
                first=part.first_leader,
                is_chosen=current_rights().may_edit,
            )
        if not leader:
            st.markdown(_("Choose your role to see what is yours to do."))
            return leader
        if late := part.late_of(leader):
            _show_overdue(reader, late, ":material/schedule: ")
        yours = part.your_part(leader)
        if yours is None:
            show_texts(part.no_lever)
            return leader
        st.markdown(f"**{as_plain_text(yours.title)}**  \n{as_plain_text(yours.text)}")
        if yours.step:
            st.caption(_("First step, within 30 days"))
            st.code(yours.step, language=None, wrap_lines=True)
    return leader


def _show_levers(reader: Reader, part: Overview) -> None:
    if part.levers:
        st.subheader(reader.gettext("What to do first"), anchor=False)
    for number, lever in enumerate(part.levers, start=1):
        text = as_plain_text(f"{lever.owners} · {lever.gain}")
        if lever.relation:
            chip = Chip(lever.relation, "late" if lever.is_late else "good")
            text = f"{text} {badge_of(chip)}"
        st.markdown(f"**{number}. {as_plain_text(lever.title)}**  \n{text}")


def _show_overdue(reader: Reader, overdue: OverduePart, lead: str) -> None:
    """What one role has overdue after `lead`, with the way to its squads: of several on a tap."""
    text = f"{lead}{as_plain_text(overdue.text)}"
    container: DeltaGenerator
    if len(overdue.actions) > 1:
        container = st.expander(text, type="compact")
    else:
        container = st.container(horizontal=True, vertical_alignment="center", gap="xsmall")
        container.markdown(text, width="content")
    with (
        container,
        st.container(key=keys.late_squads(overdue.role or overdue.owner), horizontal=True),
    ):
        for squad, action in overdue.actions:
            label = as_plain_text(f"{squad} · {action}")
            show_link(reader, page_files.SQUAD, label, {"squad": squad, "view": "do"})


def _show_squads(reader: Reader, part: Overview) -> None:
    """A line per squad, by name or as the reader sorts them; beyond twelve drawn once unfolded."""
    _ = reader.gettext
    orders, rows = {"name": _("By name"), "leaks": _("Leaks first")}, part.squad_rows
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(_("Squad by squad"), anchor=False, width="content")
            order = _("Order")
            if len(rows) > 1 and chosen_view(orders, label=order, parameter="order") == "leaks":
                rows = part.leaking_first
        show_captions(part.movement)
        show_stage_legend(reader, with_capped=True)
        with st.container(key=keys.LEADERSHIP_HEADS, horizontal=True):
            strip_heads(reader, rows[0].levels)
        numbered = tuple(enumerate(rows))
        _show_rows(reader, numbered[:SQUADS_AT_ONCE])
    if folded := numbered[SQUADS_AT_ONCE:]:
        text = reader.counted("{count} more squad", "{count} more squads", len(folded))
        more = st.expander(text, key=keys.LEADERSHIP_MORE, on_change="rerun")
        if more.open:
            with more, st.container(gap="xsmall"):
                _show_rows(reader, folded)


def _show_ways_on(reader: Reader, part: Overview) -> None:
    squads = [row.squad for row in part.squad_rows]
    if len(squads) > 1:
        label = reader.gettext("Compare these squads")
        where = parameters_of(squads, part.summary.period)
        show_link(reader, page_files.COMPARE, label, where, icon=":material/arrow_forward:")


def _show_rows(reader: Reader, rows: Sequence[tuple[int, SquadRow]]) -> None:
    for number, row in rows:
        with st.container(key=keys.squad_row(str(number)), horizontal=True):
            where = parameters_of([row.squad], row.period)
            with st.container(gap=None):
                show_link(reader, page_files.SQUAD, as_plain_text(row.squad), where)
                _show_about(reader, row)
            stage_strip(reader, row.levels)
            st.markdown(as_plain_text(f"{row.verdict} {row.newer}".strip()))


def _show_about(reader: Reader, row: SquadRow) -> None:
    """What changed, how many voices, and that a stage hangs on one of them or on the weights."""
    about = [escape(text) for text in (row.change, row.voices) if text]
    if row.close:
        name = reader.gettext("close to a limit")
        about.append(f'<span title="{escape(row.close)}">{escape(name)}</span>')
    text = " · ".join(about)
    st.html(f'<p class="row-about">{text}</p>')
