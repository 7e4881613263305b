"""The lens `who-decides`: nineteen decisions, level by level, one tap per role."""

from collections.abc import Container

import streamlit as st

from assessment.forms.deep_check import Validated, together
from assessment.model import NOBODY, UNCLEAR, Decision
from assessment.ui.check import draft
from assessment.ui.check.context import DeepCheckContext
from assessment.ui.check.fields import chosen_of
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_refusal
from assessment.wording.agreements import reminder


def ask(reader: Reader, context: DeepCheckContext, given: Validated) -> None:
    """The decisions of one level.

    Who is expected to decide is told to those who ask, once the whole level is answered: it is
    much the same for all of its decisions, and must not lead the answers. Whoever is invited is not
    told before the answers are sent. What the squad has agreed is told of a decision once that one
    is answered.
    """
    deciders = together(context.held, given.answers).deciders
    level = _chosen_level(reader, deciders)
    asked = reader.edition.framework.lenses.decisions_at(level)
    is_answered = all(decision.id in deciders for decision in asked)
    st.markdown(as_plain_text(reader.edition.texts.levels[level].decided))
    for decision in asked:
        with st.container(border=True):
            _ask_decision(reader, decision, context, given)
            if decision.id in deciders:
                for agreement in context.agreed:
                    if agreement.decision == decision.id:
                        st.caption(as_plain_text(reminder(reader.edition, agreement)))
            if is_answered and not context.invited and st.session_state.get(keys.DEEP_EXPECTED):
                st.caption(as_plain_text(_expected(reader, decision, context)))
    if not context.invited:
        st.toggle(
            reader.gettext("Once a level is answered, show who is expected to decide"),
            key=keys.DEEP_EXPECTED,
            persist_state="session",
        )


def _chosen_level(reader: Reader, deciders: Container[str]) -> str:
    """The level whose decisions are asked, with how many of them are answered."""
    edition, lenses = reader.edition, reader.edition.framework.lenses

    def titled(level: str) -> str:
        asked = lenses.decisions_at(level)
        answered = sum(1 for decision in asked if decision.id in deciders)
        return f"{edition.texts.levels[level].short} {answered}/{len(asked)}"

    label = reader.gettext("Levels")
    return chosen_of(label, edition.framework.level_ids, titled=titled, key=keys.DEEP_LEVEL)


def _ask_decision(
    reader: Reader, decision: Decision, context: DeepCheckContext, given: Validated
) -> None:
    text = reader.edition.texts.lenses.decisions[decision.id]
    example = as_plain_text(reader.edition.example_of(decision.id))
    st.markdown(f"**{as_plain_text(text.short)}**  \n{example}")
    st.pills(
        text.short,
        (*context.seating.held, NOBODY, UNCLEAR),
        selection_mode="multi",
        format_func=reader.edition.decider,
        label_visibility="collapsed",
        key=keys.decision(decision.id),
        on_change=draft.keep_alone,
        args=(decision.id,),
        persist_state="session",
        wrap=True,
    )
    show_refusal(reader, given.refusals, decision.id)


def _expected(reader: Reader, decision: Decision, context: DeepCheckContext) -> str:
    expected = context.seating.expected(context.seating.listed_for(decision))
    if not expected:
        return reader.gettext(
            "The seat is vacant: nobody in this setup is expected to decide this."
        )
    roles = reader.edition.roles(expected)
    return reader.gettext("Expected to decide here: {roles}.", roles=roles)
