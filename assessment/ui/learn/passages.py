"""A passage of the playbook on a page: its facts, what it draws, and the articles behind it."""

from collections.abc import Iterable, Sequence
from functools import partial

import streamlit as st

from assessment.charts.cycle import step_cycle
from assessment.model import Level
from assessment.model.playbook import Fact, Passage
from assessment.scoring.role_levels import role_levels
from assessment.ui.parts.charts import show_chart
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text
from assessment.wording.method_tables import cycle_rows

ROLES_AT_FIRST = ("pm", "po")
ROLES_A_ROW = 4
NO_BREAK = "\u00a0"


def show_passage(reader: Reader, passage: Passage) -> None:
    """A passage under its anchor, from its title to its agenda."""
    _, text = reader.gettext, reader.edition.passage(passage)
    st.subheader(as_plain_text(text.title), anchor=passage.id)
    examples = passage.examples(reader.edition.framework)
    others = [fact for fact in passage.facts if fact not in examples]
    for level in reader.edition.framework.levels:
        if level.id == passage.level:
            _show_level(reader, level)
    if passage.roles:
        _show_roles(reader)
    if passage.cycle:
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
    if examples:
        st.markdown(_fact_list(reader, passage, others))
        with st.expander(_("For example"), type="compact"):
            st.markdown(_fact_list(reader, passage, examples))
    else:
        st.markdown(_fact_list(reader, passage, others))
    if passage.agenda:
        label = as_plain_text(_("Agenda to copy"))
        st.markdown(f"**{label}** {marks(reader, (), ours=True)}")
        st.code("\n".join(text.agenda), language=None, wrap_lines=True)


def marks(reader: Reader, articles: Iterable[str], *, ours: bool = False) -> str:
    """The marks of articles, and of what is ours, as Markdown."""
    texts = [*articles, *[reader.gettext("ours")] * ours]
    return " ".join(f":gray-badge[{as_plain_text(text)}]" for text in texts)


def _show_level(reader: Reader, level: Level) -> None:
    _, edition = reader.gettext, reader.edition
    decided = as_plain_text(edition.texts.levels[level.id].decided)
    st.markdown(f"{decided} {marks(reader, level.sources)}")
    deciders = [
        (_("Decides, with PM and PO"), level.decides),
        (_("Decides, with a PM and no PO"), level.decides_without_po),
    ]
    if level.decides == level.decides_without_po:
        deciders = [(_("Decides, with or without a PO"), level.decides)]
    cells = [(f"**{label}**", roles) for label, roles in deciders]
    cells += [
        (f"**{_('Is consulted')}**", level.consulted),
        (f"**{_('Must not decide')}** {marks(reader, (), ours=True)}", level.must_not_decide),
    ]
    with st.container(key=keys.level_deciders(level.id), horizontal=True):
        for label, roles in cells:
            st.markdown(f"{label}  \n{as_plain_text(edition.roles(roles))}", width="stretch")


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
            "Without a PM, no list counts that role; a CPTO counts as CPO and as CTO. "
            "Where none of the roles in a list exist, the seat is vacant."
        )
    )


def _compared(reader: Reader, roles: Iterable[str]) -> list[tuple[str, list[str]]]:
    _, edition = reader.gettext, reader.edition
    texts = [edition.texts.roles[role] for role in roles]
    return [
        (_("Carries"), [text.carries for text in texts]),
        (_("Never carries"), [text.never for text in texts]),
        (_("Decides at"), [_decides_at(reader, role) for role in roles]),
        (
            _("Is consulted at"),
            [_levels(reader, role_levels(edition.framework, role).consulted) for role in roles],
        ),
    ]


def _decides_at(reader: Reader, role: str) -> str:
    where = role_levels(reader.edition.framework, role)
    always = _levels(reader, where.decides)
    if not where.decides_without_po:
        return always
    return reader.gettext("{levels}; where there is no PO, also: {others}").format(
        levels=always, others=_levels(reader, where.decides_without_po)
    )


def _levels(reader: Reader, level_ids: Sequence[str]) -> str:
    names = [reader.edition.texts.levels[level].short for level in level_ids]
    return reader.edition.words.all_of(names) or reader.gettext("no level")


def _fact_list(reader: Reader, passage: Passage, facts: Sequence[Fact]) -> str:
    """Facts as a list; the articles behind them stand at the passage's end, or after each fact."""
    texts, last = reader.edition.passage(passage).facts, passage.facts[-1]
    lines = []
    for fact in facts:
        name, text = texts[fact.id].name, texts[fact.id].text
        lead = f"**{as_plain_text(name)}.** " if name else ""
        mark = ""
        if fact == last or not passage.has_one_mark:
            mark = f"{NO_BREAK}{marks(reader, fact.sources, ours=fact.ours)}"
        lines.append(f"- {lead}{as_plain_text(text)}{mark}")
    return "\n".join(lines)
