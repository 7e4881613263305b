"""What the deep check says of a squad: who decides, charter, lenses, vital signs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from assessment.charts.bars import lens_bars
from assessment.charts.deciders import deciders_map
from assessment.charts.divided import contested_bars
from assessment.charts.pairs import fit_beside_maturity
from assessment.rounds.results import Result
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.findings import Answered, answered_by_levers
from assessment.scoring.lenses import LensScore, Mandate, Sign
from assessment.scoring.levels import health_by_item
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.charts import show_chart
from assessment.ui.parts.columns import in_rows
from assessment.ui.parts.playbook_links import passage_link
from assessment.ui.session import keys, page_files
from assessment.ui.session.plain_text import as_plain_text, show_points
from assessment.ui.session.reader import Reader
from assessment.wording import deep_result_tables as lens_tables
from assessment.wording import deep_results as lens_sentences

KINDS_AT_ONCE = 3
CONTESTED_AT_ONCE = 5
SENTENCES_A_ROW = 3


def show_deep(reader: Reader, result: Result) -> None:
    """Everything the deep check says; where nobody took it, an invitation to those who may."""
    if not result.round.deep_answers:
        if current_rights().may_open("check"):
            _invite(reader)
        return
    if result.tells_who_decides:
        show_who_decides(reader, result)
        show_contested(reader, result)
    show_charter(reader, result)
    show_lenses(reader, result)
    show_signs(reader, result)


def show_who_decides(reader: Reader, result: Result) -> None:
    """The map of decisions and roles, the fit beside maturity, and what is amiss."""
    _, deep = reader.gettext, result.round.deep
    verdict = lens_sentences.fit_verdict(reader.edition, deep.who_decides)
    st.subheader(reader.edition.lens_asking_for("decisions").title, anchor=False)
    if not result.is_deep_only:  # there it is the page's own verdict
        st.markdown(f"**{as_plain_text(verdict)}**")
    _show_setup_notices(reader, deep)
    fit, picture = st.columns([2, 3], gap="large")
    with fit:
        show_chart(
            reader,
            fit_beside_maturity,
            partial(lens_tables.fit_rows, reader.edition, result.round, result.deep_before),
            identity=result.identity,
            alt=" ".join(
                lens_sentences.fit(reader.edition, level) for level in deep.who_decides.levels
            ),
        )
        _show_findings(reader, deep)
    with picture:
        show_chart(
            reader,
            deciders_map,
            partial(lens_tables.decider_rows, reader.edition, deep),
            identity=result.identity,
            alt=verdict,
        )


def show_contested(reader: Reader, result: Result) -> None:
    """The decisions for which voices name different deciders, strongest first."""
    _, found = reader.gettext, result.round.deep.who_decides
    if not found.disagreements:
        return
    headline = lens_sentences.contested_headline(reader.edition, found)
    st.subheader(_("Where voices name different deciders"), anchor=False)
    st.markdown(as_plain_text(headline))
    if not found.contested:
        return
    shown, more = found.contested[:CONTESTED_AT_ONCE], found.contested[CONTESTED_AT_ONCE:]
    bars, beside = st.columns([3, 2], gap="large")
    with bars:
        show_chart(
            reader,
            contested_bars,
            partial(lens_tables.contested_rows, reader.edition, shown),
            identity=result.identity,
            alt=headline,
        )
    with beside:
        st.caption(
            as_plain_text(
                _("100% apart: no two voices name anyone in common. 0%: all name the same.")
            )
        )
        if more:
            text = reader.ngettext("{count} more decision", "{count} more decisions", len(more))
            with st.expander(text.format(count=len(more))):
                show_points(lens_sentences.contested(reader.edition, each) for each in more)


def show_charter(reader: Reader, result: Result) -> None:
    """What each role decides in the squad's own sentences, differing ones side by side."""
    _, mandates = reader.gettext, result.round.deep.mandates
    health = health_by_item(result.round.framework, result.round.healths)
    nudge = lens_sentences.charter_nudge(reader.edition, health, mandates)
    if not mandates and not nudge:
        return
    st.subheader(_("The squad's charter"), anchor=False)
    if nudge:
        st.info(as_plain_text(nudge), icon=":material/edit_note:")
    by_role = [list(found) for _role, found in groupby(mandates, key=lambda each: each.role)]
    for differing in by_role:
        if len(differing) > 1:
            _show_side_by_side(reader, differing)
    _show_side_by_side(reader, [found[0] for found in by_role if len(found) == 1])
    lacking = lens_sentences.unwritten(reader.edition, result.round.seating, mandates)
    if mandates and lacking:
        st.caption(as_plain_text(lacking))
    passage_link(
        reader,
        reader.edition.playbook.lenses[reader.edition.framework.lenses.asking_for("mandates")],
    )


def show_lenses(reader: Reader, result: Result) -> None:
    """The lenses' scores, and what is in trouble in each with the lever that helps."""
    _, deep = reader.gettext, result.round.deep
    if not deep.answered:
        return
    st.subheader(_("Lenses"), anchor=False)
    bars, trouble = st.columns([3, 2], gap="large")
    with bars:
        show_chart(
            reader,
            lens_bars,
            partial(lens_tables.lens_rows, reader.edition, result.round, result.deep_before),
            identity=result.identity,
            alt=lens_sentences.lens_verdict(reader.edition, deep.lenses),
        )
    with trouble:
        st.markdown(as_plain_text(lens_sentences.lens_verdict(reader.edition, deep.lenses)))
        lenses = reader.edition.framework.lenses.lens_by_id
        for lens in deep.answered:
            if lenses[lens.id].asks == "items" and lens.evidence:
                _show_trouble(reader, result, lens)


def show_signs(reader: Reader, result: Result) -> None:
    """The vital signs' numbers, with what they were the last time."""
    signs, before = result.round.deep.signs, result.deep_before
    if not signs:
        return
    text = reader.edition.lens_asking_for("signs")
    st.subheader(text.title, anchor=False)
    with st.container(horizontal=True):
        for sign in signs:
            _show_sign(reader, sign, before.deep.sign(sign.sign) if before else None)
    st.caption(
        as_plain_text(reader.gettext("Never scored. The trends page follows them beside maturity."))
    )


def show_deep_tables(reader: Reader, result: Result) -> None:
    """The same as tables: decision by decision, level by level, lens by lens."""
    _, edition, found = reader.gettext, reader.edition, result.round
    if not found.deep_answers:
        return
    squad = _("Squad")
    tables = {}
    if result.tells_who_decides:
        fit = lens_tables.fit_rows(edition, found, result.deep_before)
        tables[_("Who decides, decision by decision")] = lens_tables.readable_deciders(
            edition, found.deep
        )
        tables[_("Fit and maturity, level by level")] = lens_tables.readable_fit(edition, fit).drop(
            columns=squad
        )
    if found.deep.answered:
        lenses = lens_tables.lens_rows(edition, found, result.deep_before)
        tables[_("Scores, lens by lens")] = lens_tables.readable_lenses(edition, lenses).drop(
            columns=squad
        )
    for title, table in tables.items():
        with st.expander(title, icon=":material/table_rows:"):
            st.table(table, hide_index=True, border="horizontal", alt=title)


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


def _show_setup_notices(reader: Reader, deep: DeepResult) -> None:
    """What is taken for granted, and which answers the setup leaves out."""
    if deep.seating.assumed:
        st.caption(as_plain_text(lens_sentences.assumed_setup(reader.edition)))
    left_out = deep.who_decides.left_out
    if left_out:
        text = reader.ngettext(
            "{count} answer is left out: it names a role that nobody holds in the setup",
            "{count} answers are left out: they name a role that nobody holds in the setup",
            len(left_out),
        )
        with st.expander(text.format(count=len(left_out)), icon=":material/info:"):
            told = [lens_sentences.left_out(reader.edition, found) for found in left_out]
            show_points(list(dict.fromkeys(told)))


def _show_findings(reader: Reader, deep: DeepResult) -> None:
    """What is amiss, kind by kind, the gravest first, each with the lever that answers it."""
    _ = reader.gettext
    heading = _("What is amiss")
    st.markdown(f"#### {as_plain_text(heading)}", anchors=False)
    groups = answered_by_levers(reader.edition.framework, deep.who_decides.findings)
    kinds = [(kind, list(found)) for kind, found in groupby(groups, key=lambda each: each.kind)]
    if not kinds:
        st.markdown(as_plain_text(lens_sentences.nothing_amiss(reader.edition, deep.who_decides)))
    for kind, found in kinds[:KINDS_AT_ONCE]:
        _show_kind(reader, deep, kind, found)
    if more := kinds[KINDS_AT_ONCE:]:
        text = reader.ngettext(
            "{count} more kind of mismatch", "{count} more kinds of mismatch", len(more)
        )
        with st.expander(text.format(count=len(more))):
            for kind, found in more:
                _show_kind(reader, deep, kind, found)


def _show_kind(reader: Reader, deep: DeepResult, kind: str, groups: Sequence[Answered]) -> None:
    edition = reader.edition
    text = edition.texts.lenses.findings[kind]
    with st.container(border=True):
        st.markdown(f"**{as_plain_text(text.title)}**  \n{as_plain_text(text.meaning)}")
        for group in groups:
            show_points(
                [lens_sentences.finding(edition, deep.seating, each) for each in group.findings]
            )
            help_text = reader.gettext("What helps: {lever}")
            passage_link(
                reader,
                edition.playbook.levers[group.lever],
                help_text.format(lever=edition.texts.levers[group.lever].title),
            )
        passage_link(reader, edition.playbook.findings[kind])


def _show_side_by_side(reader: Reader, mandates: Sequence[Mandate]) -> None:
    """Mandate sentences as cards, a few in a row."""
    edition = reader.edition
    for column, found in in_rows(mandates, a_row=SENTENCES_A_ROW):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{as_plain_text(edition.texts.roles[found.role].name)}**")
            st.markdown(as_plain_text(found.sentence))
            st.caption(as_plain_text(lens_sentences.written_by(edition, found)))


def _show_trouble(reader: Reader, result: Result, lens: LensScore) -> None:
    """What is in trouble in a lens, worst first, each with the lever that helps."""
    edition = reader.edition
    text = reader.ngettext(
        "{lens}: {count} answer in trouble",
        "{lens}: {count} answers in trouble",
        len(lens.evidence),
    )
    title = edition.texts.lenses.lenses[lens.id].title
    with st.expander(text.format(lens=title, count=len(lens.evidence))):
        company = result.round.setup.company if result.round.setup else None
        if edition.framework.lenses.lens_by_id[lens.id].by_company and company:
            st.caption(as_plain_text(edition.texts.lenses.companies[company].reading))
        show_points([lens_sentences.trouble(edition, found) for found in lens.evidence])
        passage_link(reader, edition.playbook.lenses[lens.id])


def _show_sign(reader: Reader, sign: Sign, before: Sign | None) -> None:
    edition = reader.edition
    text = edition.texts.lenses.signs[sign.sign]
    st.metric(
        text.short,
        lens_sentences.sign_value(edition, sign),
        lens_sentences.sign_since(edition, before),
        delta_color="off",
        delta_arrow="off",
        help=lens_sentences.sign(edition, sign) if sign.voices > 1 else None,
        border=True,
        width="stretch",
        height="stretch",
    )
