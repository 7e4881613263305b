"""What the deep check says of a squad: who decides, charter, lenses, vital signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import streamlit as st

from assessment.charts.bars import lens_bars
from assessment.charts.deciders import deciders_map
from assessment.charts.divided import contested_bars
from assessment.charts.pairs import fit_beside_maturity
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.columns import in_rows
from assessment.ui.parts.playbook_links import passage_link
from assessment.ui.results.drawing import draw, show_table
from assessment.ui.session import keys, page_files
from assessment.ui.session.plain_text import as_plain_text, show_points
from assessment.ui.session.reader import Reader
from assessment.wording.briefing import SquadPart
from assessment.wording.deep_briefing import CONTESTED_AT_ONCE, DeepPart
from assessment.wording.parts import FindingPart, LensTrouble, Picture, SignPart

KINDS_AT_ONCE = 3
SENTENCES_A_ROW = 3


def show_deep(reader: Reader, squad: SquadPart) -> None:
    """Everything the deep check says; where nobody took it, an invitation to those who may."""
    if squad.deep or current_rights().may_open("check"):
        show_who_decides(reader, squad)
    if squad.deep:
        show_lenses_and_signs(reader, squad)


def show_who_decides(reader: Reader, squad: SquadPart) -> None:
    """The map, what is wrong, contested decisions, the charter; else the way to the deep check."""
    part = squad.deep
    if part is None:
        if current_rights().may_open("check"):
            _invite(reader)
        else:
            _show_not_taken(reader)
        return
    if part.is_mapped:
        _show_who_decides(reader, squad, part)
        _show_contested(reader, squad, part)
    _show_charter(reader, part)


def show_lenses_and_signs(reader: Reader, squad: SquadPart) -> None:
    """The lenses' scores with what is in trouble, and the vital signs."""
    part = squad.deep
    if part is None:
        _show_not_taken(reader)
        return
    if part.lens_verdict:
        _show_lenses(reader, squad, part)
    if part.signs:
        _show_signs(reader, part)


def _show_not_taken(reader: Reader) -> None:
    text = reader.gettext("Nobody took the deep check in this period.")
    st.caption(as_plain_text(text))


def show_fit(reader: Reader, squad: SquadPart, part: DeepPart) -> None:
    """The fit of who decides beside maturity, level by level."""
    if part.is_mapped:
        draw(reader, fit_beside_maturity, part.fit_picture, squad.identity)


def show_deep_tables(part: DeepPart) -> None:
    """The same as tables: decision by decision, level by level, lens by lens."""
    for table in part.tables:
        with st.expander(table.title, icon=":material/table_rows:"):
            show_table(table)


def _show_who_decides(reader: Reader, squad: SquadPart, part: DeepPart) -> None:
    """The map of decisions and roles, the fit beside maturity, and what is amiss."""
    st.subheader(part.title, anchor=False)
    if not squad.is_deep_only:  # there it is the page's own verdict
        st.markdown(f"**{as_plain_text(part.verdict)}**")
    if part.assumed:
        st.caption(as_plain_text(part.assumed))
    if part.left_out.text:
        with st.expander(part.left_out.text, icon=":material/info:"):
            show_points(part.left_out.behind)
    draw(reader, deciders_map, part.map_picture, squad.identity)
    _show_findings(reader, part)


def _show_contested(reader: Reader, squad: SquadPart, part: DeepPart) -> None:
    """The decisions for which voices name different deciders, strongest first."""
    _ = reader.gettext
    if not part.contested.text:
        return
    st.subheader(_("Where voices name different deciders"), anchor=False)
    st.markdown(as_plain_text(part.contested.text))
    if part.contested_picture is None:
        return
    with st.expander(_("Decision by decision"), icon=":material/bar_chart:"):
        _show_contested_bars(reader, squad, part, part.contested_picture)


def _show_contested_bars(
    reader: Reader, squad: SquadPart, part: DeepPart, picture: Picture
) -> None:
    _ = reader.gettext
    bars, beside = st.columns([3, 2], gap="large")
    with bars:
        draw(reader, contested_bars, picture, squad.identity)
    with beside:
        st.caption(
            as_plain_text(
                _("100% apart: no two voices name anyone in common. 0%: all name the same.")
            )
        )
        if more := part.contested.behind[CONTESTED_AT_ONCE:]:
            text = reader.ngettext("{count} more decision", "{count} more decisions", len(more))
            st.markdown(f"**{as_plain_text(text.format(count=len(more)))}**")
            show_points(more)


def _show_charter(reader: Reader, part: DeepPart) -> None:
    """What each role decides in the squad's own sentences, differing ones side by side."""
    if not part.charter and not part.charter_nudge:
        return
    st.subheader(reader.gettext("The squad's charter"), anchor=False)
    if part.charter_nudge:
        st.info(as_plain_text(part.charter_nudge), icon=":material/edit_note:")
    for cards in part.charter_cards:
        for column, card in in_rows(cards, a_row=SENTENCES_A_ROW):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{as_plain_text(card.role)}**")
                st.markdown(as_plain_text(card.sentence))
                st.caption(as_plain_text(card.written_by))
    if part.unwritten:
        st.caption(as_plain_text(part.unwritten))
    passage_link(reader, part.charter_passage)


def _show_lenses(reader: Reader, squad: SquadPart, part: DeepPart) -> None:
    """The lenses' scores, and what is in trouble in each with the lever that helps."""
    st.subheader(reader.gettext("Lenses"), anchor=False)
    bars, beside = st.columns([3, 2], gap="large")
    with bars:
        draw(reader, lens_bars, part.lens_picture, squad.identity)
    with beside:
        st.markdown(as_plain_text(part.lens_verdict))
        for trouble in part.lens_troubles:
            _show_trouble(reader, trouble)


def _show_signs(reader: Reader, part: DeepPart) -> None:
    """The vital signs' numbers, with what they were the last time."""
    st.subheader(part.signs_title, anchor=False)
    with st.container(horizontal=True):
        for sign in part.signs:
            _show_sign(sign)
    st.caption(
        as_plain_text(reader.gettext("Never scored. The trends page follows them beside maturity."))
    )


def _invite(reader: Reader) -> None:
    _ = reader.gettext
    with st.container(border=True):
        st.subheader(_("Who really decides what?"), anchor=False)
        st.markdown(
            _(
                "The deep check maps it, decision by decision, in about fifteen minutes. "
                "Take all of it or a single lens."
            )
        )
        st.button(
            _("Open the deep check"),
            icon=":material/manage_search:",
            key=keys.RESULT_DEEP_CHECK,
            on_click=st.switch_page,
            args=(page_files.DEEP_CHECK,),
            kwargs={"query_params": {"lang": reader.language}},
        )


def _show_findings(reader: Reader, part: DeepPart) -> None:
    """What is amiss, kind by kind, the gravest first, each with the lever that answers it."""
    _ = reader.gettext
    st.markdown(f"#### {as_plain_text(_('What is amiss'))}", anchors=False)
    kinds = [
        list(of_kind) for _kind, of_kind in groupby(part.findings, lambda finding: finding.title)
    ]
    if not kinds:
        st.markdown(as_plain_text(part.nothing_amiss))
    _show_kinds(reader, kinds[:KINDS_AT_ONCE])
    if more := kinds[KINDS_AT_ONCE:]:
        text = reader.ngettext(
            "{count} more kind of mismatch", "{count} more kinds of mismatch", len(more)
        )
        with st.expander(text.format(count=len(more))):
            _show_kinds(reader, more)


def _show_kinds(reader: Reader, kinds: Iterable[Sequence[FindingPart]]) -> None:
    for findings in kinds:
        kind = findings[0]
        with st.container(border=True):
            st.markdown(f"**{as_plain_text(kind.title)}**  \n{as_plain_text(kind.meaning)}")
            for finding in findings:
                show_points(finding.sentences)
                passage_link(reader, finding.lever_passage, finding.helps)
            passage_link(reader, kind.passage)


def _show_trouble(reader: Reader, trouble: LensTrouble) -> None:
    """What is in trouble in a lens, worst first, each with the lever that helps."""
    with st.expander(trouble.heading):
        if trouble.reading:
            st.caption(as_plain_text(trouble.reading))
        show_points(trouble.sentences)
        passage_link(reader, trouble.passage)


def _show_sign(sign: SignPart) -> None:
    st.metric(
        sign.name,
        sign.shown,
        sign.before or None,
        delta_color="off",
        delta_arrow="off",
        help=sign.told if sign.voices > 1 else None,
        border=True,
        width="stretch",
        height="stretch",
    )
