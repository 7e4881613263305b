"""What the deep check says of a squad: who decides, charter, lenses, vital signs."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

import streamlit as st

from assessment.charts.bars import lens_bars
from assessment.charts.deciders import deciders_map
from assessment.charts.divided import contested_bars
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.columns import in_rows
from assessment.ui.parts.playbook_links import passage_link
from assessment.ui.results.agreements import has_agreements, show_agreements
from assessment.ui.results.drawing import draw, show_as_table, show_table
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button, show_captions, show_points
from assessment.ui.session.ways import open_page
from assessment.wording.briefing import SquadPart
from assessment.wording.deep_briefing import DeepPart

SENTENCES_A_ROW = 2


def show_who_decides(reader: Reader, squad: SquadPart) -> None:
    """What counts here, else the way to the deep check; folded below it what does not count."""
    _show_who_decides(reader, squad)
    for name, part in _opened_beside(squad, lambda part: part.is_mapped):
        st.markdown(f"**{as_plain_text(part.verdict)}**")
        draw(reader, deciders_map, part.map_picture, part.result.identity, name)


def _show_who_decides(reader: Reader, squad: SquadPart) -> None:
    """The map, agreements, what is amiss, what voices say; else the way to the deep check."""
    part = squad.deep
    if part is None:
        if current_rights().may_open("check"):
            _invite(reader, squad)
        else:
            _show_not_taken(reader)
        if has_agreements(squad.agreed):
            show_agreements(reader, squad)
        return
    if part.is_mapped:
        _show_map(reader, squad, part)
    with st.container(key=keys.RESULT_AMISS):
        is_agreed = has_agreements(squad.agreed)
        columns = st.columns([6, 4, 4] if is_agreed else 2, gap="medium")
        if is_agreed:
            with columns[0]:
                show_agreements(reader, squad)
        if part.is_mapped:
            with columns[-2]:
                _show_findings(reader, part)
        with columns[-1]:
            _show_naming(reader, squad, part)


def show_lenses_and_signs(reader: Reader, squad: SquadPart) -> None:
    """The lenses and the vital signs; folded below them those that do not count here."""
    if squad.deep:
        _show_lenses_and_signs(reader, squad.deep)
    else:
        _show_not_taken(reader)
    for name, part in _opened_beside(squad, lambda part: bool(part.lens_verdict or part.signs)):
        _show_lenses_and_signs(reader, part, name)


def _show_lenses_and_signs(reader: Reader, part: DeepPart, name: str = "") -> None:
    if part.lens_verdict:
        st.subheader(as_plain_text(part.lens_verdict), anchor=False)
        with st.container(key=keys.RESULT_LENSES + name):
            bars, beside = st.columns([3, 2], gap="medium")
        with bars:
            draw(reader, lens_bars, part.lens_picture, part.result.identity, name)
            show_captions(part.since)
            show_as_table(reader, part.lens_picture, name=f"lens_bars{name}")
        with beside:
            for trouble in part.lens_troubles:
                with st.expander(as_plain_text(trouble.heading), type="compact"):
                    show_captions(trouble.reading)
                    show_points(trouble.sentences)
                    passage_link(reader, trouble.passage)
    if part.signs:
        st.subheader(part.signs_title, anchor=False)
        with st.container(key=keys.RESULT_SIGNS + name, horizontal=True):
            for sign in part.signs:
                st.metric(
                    sign.name,
                    sign.shown,
                    sign.before or None,
                    delta_color="off",
                    delta_arrow="off",
                    help=sign.sentence if sign.voices > 1 else None,
                    border=True,
                    width="stretch",
                    height="stretch",
                )


def _opened_beside(
    squad: SquadPart, has_any: Callable[[DeepPart], bool]
) -> Iterator[tuple[str, DeepPart]]:
    """The deep checks that do not count here, each under its fold while that is open."""
    for number, (text, part) in enumerate(squad.deep_beside):
        if not has_any(part):
            continue
        folded = st.expander(
            as_plain_text(text), key=keys.beside(number), type="compact", on_change="rerun"
        )
        if folded.open:
            with folded:
                yield f"-beside-{number}", part


def _show_not_taken(reader: Reader) -> None:
    show_captions(reader.gettext("Nobody took the deep check in this period."))


def _show_map(reader: Reader, squad: SquadPart, part: DeepPart) -> None:
    heading = part.title if squad.is_deep_only else part.verdict  # there the page's own verdict
    st.subheader(as_plain_text(heading), anchor=False)
    show_captions(part.assumed or part.setup_changed)
    if part.left_out.text:
        with st.expander(as_plain_text(part.left_out.text), type="compact"):
            show_points(part.left_out.behind)
    marked = tuple(part.agreed.items())  # which it is may change by the day
    draw(reader, deciders_map, part.map_picture, (squad.identity, marked))
    show_as_table(reader, part.map_picture, name="deciders_map")


def _show_naming(reader: Reader, squad: SquadPart, part: DeepPart) -> None:
    if not (part.contested.text or part.charter or part.charter_nudge):
        return
    title = as_plain_text(reader.gettext("What voices say"))
    st.markdown(f"#### {title}", anchors=False)
    _show_contested(reader, squad, part)
    _show_charter(reader, part)


def _show_contested(reader: Reader, squad: SquadPart, part: DeepPart) -> None:
    _, picture = reader.gettext, part.contested_picture
    if picture is None:
        show_captions(part.contested.text)
        return
    count = len(part.contested.behind)
    text = reader.counted(
        "{count} decision on which voices differ", "{count} decisions on which voices differ", count
    )
    with st.expander(text, type="compact"):
        st.markdown(f"#### {as_plain_text(picture.alt)}", anchors=False)
        draw(reader, contested_bars, picture, squad.identity)
        text = _(
            "100% apart: no two voices name the same person. 0%: every voice that names anyone "
            "names the same people."
        )
        st.caption(as_plain_text(text))
        show_table(picture.table)


def _show_charter(reader: Reader, part: DeepPart) -> None:
    """What each role decides in the squad's own sentences, differing ones side by side."""
    if part.charter_nudge:
        st.info(as_plain_text(part.charter_nudge), icon=":material/edit_note:")
    if not part.charter:
        return
    with st.expander(as_plain_text(reader.gettext("The squad's charter")), type="compact"):
        for cards in part.charter_cards:
            for column, card in in_rows(cards, a_row=SENTENCES_A_ROW):
                with column, st.container(border=True, height="stretch"):
                    st.markdown(f"**{as_plain_text(card.role)}**")
                    st.markdown(as_plain_text(card.sentence))
                    st.caption(as_plain_text(card.written_by))
        show_captions(part.unwritten)
        passage_link(reader, part.charter_passage)


def _invite(reader: Reader, squad: SquadPart) -> None:
    _ = reader.gettext
    with st.container(border=True):
        st.subheader(_("Who really decides what?"), anchor=False)
        st.markdown(
            _(
                "The deep check maps it, decision by decision, in about fifteen minutes. "
                "Take all of it or a single lens."
            )
        )
        button(
            _("Open the deep check"),
            partial(open_page, page_files.DEEP_CHECK, squad=squad.squad),
            key=keys.RESULT_DEEP_CHECK,
            icon="manage_search",
        )


def _show_findings(reader: Reader, part: DeepPart) -> None:
    """What is amiss, kind by kind, the gravest first, each with the lever that answers it."""
    st.markdown(f"#### {as_plain_text(reader.gettext('What is wrong'))}", anchors=False)
    kinds = [
        tuple(of_kind) for _kind, of_kind in groupby(part.findings, lambda finding: finding.title)
    ]
    if part.nothing_amiss:
        st.markdown(as_plain_text(part.nothing_amiss))
    for findings in kinds:
        count = sum(len(finding.sentences) for finding in findings)
        label = as_plain_text(f"{findings[0].title} · {reader.edition.words.number(count)}")
        with st.expander(label, type="compact"):
            kind = findings[0]
            st.markdown(as_plain_text(kind.meaning))
            for finding in findings:
                show_points(finding.sentences)
                passage_link(reader, finding.lever_passage, finding.helps)
            passage_link(reader, kind.passage)
    if others := part.unexpected.behind:
        label = f"{part.unexpected.text} · {reader.edition.words.number(len(others))}"
        with st.expander(as_plain_text(label), type="compact"):
            show_points(others)
