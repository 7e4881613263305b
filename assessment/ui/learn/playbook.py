"""The playbook on a page: search, contents, and passages with the article behind each fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import streamlit as st

from assessment.charts.cycle import step_cycle
from assessment.content.edition import Edition
from assessment.model import Level
from assessment.model.playbook import Fact, Passage
from assessment.scoring.role_levels import role_levels
from assessment.ui.parts.charts import show_chart
from assessment.ui.session import keys
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader
from assessment.wording.method_tables import cycle_rows

SEARCH = "q"
LONGEST_SEARCH = 80
CONTENTS = "contents"
ROLES_AT_FIRST = ("pm", "po")
ROLES_A_ROW = 4


def asked(reader: Reader) -> str:
    """What the reader searches for, which the address holds too."""
    _, query = reader.gettext, st.query_params.get(SEARCH, "")[:LONGEST_SEARCH]
    # Set only when the address says something else, or it would undo what is being typed.
    if st.session_state.get(keys.PLAYBOOK_SEARCH, "") != query:
        st.session_state[keys.PLAYBOOK_SEARCH] = query
    st.text_input(
        _("Search the playbook"),
        type="search",
        key=keys.PLAYBOOK_SEARCH,
        max_chars=LONGEST_SEARCH,
        placeholder=_("For example: backlog, roadmap, debt"),
        live=True,
        on_change=_write_search,
    )
    return query.strip()


def show_contents(reader: Reader, passages: Sequence[Passage], *, query: str) -> None:
    """The parts of the playbook, or what a search found, as links."""
    _, texts = reader.gettext, reader.edition.playbook_texts
    st.markdown(
        _(
            "Every fact shows the article it comes from: "
            "{a} PO and PM, {b} CPO, CTO and PM, {c} CPO."
        ).format(a=_badge("A"), b=_badge("B"), c=_badge("C"))
    )
    if not passages:
        text = _("No passage speaks of “{text}”. Try fewer words, or others.")
        st.info(as_plain_text(text.format(text=query)), icon=":material/search_off:")
        return
    if query:
        count = reader.ngettext("{count} passage found", "{count} passages found", len(passages))
        st.header(count.format(count=len(passages)), anchor=CONTENTS)
        st.markdown(_link_line(reader.edition, passages))
        return
    st.header(_("Contents"), anchor=CONTENTS)
    st.markdown(
        "\n".join(
            f"- {_link(section, texts.sections[section].title)}  \n"
            f"  {as_plain_text(texts.sections[section].intro)}"
            for section in reader.edition.playbook.sections
        )
    )


def show_passages(reader: Reader, passages: Sequence[Passage]) -> None:
    """The passages, part by part, each under its anchor."""
    for section in reader.edition.playbook.sections:
        in_section = tuple(passage for passage in passages if passage.section == section)
        if not in_section:
            continue
        text = reader.edition.playbook_texts.sections[section]
        st.header(as_plain_text(text.title), anchor=section, divider="gray")
        if in_section == reader.edition.playbook.passages_of(section):
            st.markdown(_link_line(reader.edition, in_section))
        for passage in in_section:
            _show_passage(reader, passage)
        st.markdown(_link(CONTENTS, reader.gettext("Back to the contents")))


def _show_passage(reader: Reader, passage: Passage) -> None:
    _, text = reader.gettext, reader.edition.passage(passage)
    st.subheader(as_plain_text(text.title), anchor=passage.id)
    examples = passage.examples(reader.edition.framework)
    for level in reader.edition.framework.levels:
        if level.id == passage.level:
            _show_level(reader, level)
            _show_label(_("For example"))
            st.markdown(_fact_list(reader.edition, passage, examples))
            _show_label(_("What the articles say"))
    if passage.roles:
        _show_roles(reader)
    if passage.cycle:
        _show_cycle(reader, passage)
    others = [fact for fact in passage.facts if fact not in examples]
    st.markdown(_fact_list(reader.edition, passage, others))
    if passage.agenda:
        _show_label(_("Agenda to copy"))
        st.code("\n".join(text.agenda), language=None, wrap_lines=True)


def _show_level(reader: Reader, level: Level) -> None:
    """Who decides at a level in both setups, who is consulted, who must not decide."""
    _, edition = reader.gettext, reader.edition
    st.markdown(f"{_badges(level.sources)} {as_plain_text(edition.texts.levels[level.id].decided)}")
    deciders = [
        (_("Decides, with PM and PO"), level.decides),
        (_("Decides, with a PM and no PO"), level.decides_without_po),
    ]
    if level.decides == level.decides_without_po:
        deciders = [(_("Decides, with or without a PO"), level.decides)]
    cells = [
        *deciders,
        (_("Is consulted"), level.consulted),
        (_("Must not decide"), level.must_not_decide),
    ]
    for column, (label, roles) in zip(st.columns(len(cells)), cells, strict=True):
        with column:
            st.markdown(f"**{as_plain_text(label)}**  \n{as_plain_text(edition.roles(roles))}")


@st.fragment
def _show_roles(reader: Reader) -> None:
    """The chosen roles beside each other, one question at a time: on a phone they stay close."""
    _, edition = reader.gettext, reader.edition
    st.session_state.setdefault(keys.PLAYBOOK_ROLES, list(ROLES_AT_FIRST))
    chosen = st.pills(
        _("Roles to put side by side"),
        edition.framework.role_ids,
        format_func=edition.role,
        selection_mode="multi",
        key=keys.PLAYBOOK_ROLES,
    )
    in_order = [role for role in edition.framework.role_ids if role in chosen]
    for start in range(0, len(in_order), ROLES_A_ROW):
        row = in_order[start : start + ROLES_A_ROW]
        for label, texts in _compared(reader, row):
            st.markdown(f"#### {as_plain_text(label)}", anchors=False)
            for column, role, text in zip(st.columns(len(row)), row, texts, strict=True):
                with column:
                    st.markdown(f"**{as_plain_text(edition.role(role))}**  \n{as_plain_text(text)}")
    st.caption(
        _(
            "Without a PM, the PM leaves every list; a CPTO counts as CPO and as CTO. "
            "Where nobody of a list exists, the seat is vacant."
        )
    )


def _compared(reader: Reader, roles: Iterable[str]) -> list[tuple[str, list[str]]]:
    """What roles carry, never carry, decide and are consulted on: a label, then a text each."""
    _, edition = reader.gettext, reader.edition
    texts = [edition.texts.roles[role] for role in roles]
    return [
        (_("Carries"), [text.carries for text in texts]),
        (_("Never carries"), [text.never for text in texts]),
        (_("Decides at"), [_decides_at(reader, role) for role in roles]),
        (_("Is consulted at"), [_consulted_at(reader, role) for role in roles]),
    ]


def _decides_at(reader: Reader, role: str) -> str:
    where = role_levels(reader.edition.framework, role)
    always = _levels(reader, where.decides)
    if not where.decides_without_po:
        return always
    return reader.gettext("{levels}; where there is no PO, also: {others}").format(
        levels=always, others=_levels(reader, where.decides_without_po)
    )


def _consulted_at(reader: Reader, role: str) -> str:
    return _levels(reader, role_levels(reader.edition.framework, role).consulted)


def _levels(reader: Reader, level_ids: Sequence[str]) -> str:
    names = [reader.edition.texts.levels[level].short for level in level_ids]
    return reader.edition.words.all_of(names) or reader.gettext("no level")


def _show_cycle(reader: Reader, passage: Passage) -> None:
    names = [reader.edition.passage(passage).facts[step].name or "" for step in passage.cycle]
    show_chart(
        reader,
        step_cycle,
        partial(cycle_rows, reader.edition, passage),
        identity=passage.id,
        alt=reader.gettext("A cycle in {count} steps: {steps}, and round again.").format(
            count=len(names), steps=" → ".join(names)
        ),
    )


def _show_label(text: str) -> None:
    st.markdown(f"**{as_plain_text(text)}**")


def _fact_list(edition: Edition, passage: Passage, facts: Iterable[Fact]) -> str:
    texts = edition.passage(passage).facts
    lines = []
    for fact in facts:
        name, text = texts[fact.id].name, texts[fact.id].text
        lead = f"**{as_plain_text(name)}.** " if name else ""
        lines.append(f"- {_badges(fact.sources)} {lead}{as_plain_text(text)}")
    return "\n".join(lines)


def _badges(articles: Iterable[str]) -> str:
    return " ".join(_badge(article) for article in articles)


def _badge(article: str) -> str:
    return f":gray-badge[{article}]"


def _link_line(edition: Edition, passages: Iterable[Passage]) -> str:
    return " · ".join(_link(passage.id, edition.passage(passage).title) for passage in passages)


def _link(anchor: str, title: str) -> str:
    return f"[{as_plain_text(title)}](#{anchor})"


def _write_search() -> None:
    query = st.session_state[keys.PLAYBOOK_SEARCH]
    if query:
        st.query_params[SEARCH] = query
    else:
        st.query_params.pop(SEARCH, None)
