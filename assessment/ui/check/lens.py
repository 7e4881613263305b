"""One lens of the deep check: its heading, its questions, and the way on."""

from collections.abc import Container, Mapping

import streamlit as st

from assessment.forms.deep_check import progress_of, together
from assessment.model import LONGEST_MANDATE, NOBODY, UNCLEAR, Decision, mandate_column
from assessment.ui.check import draft, setup, steps
from assessment.ui.check.context import DeepCheckContext
from assessment.ui.check.fields import chosen_of, show_options
from assessment.ui.guard.visitor import current_rights
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button, show_refusal
from assessment.wording.agreement import reminder
from assessment.wording.agreements import proposed_mandates
from assessment.wording.deciders import expected_here


def show_lens(reader: Reader, lens_id: str, context: DeepCheckContext) -> None:
    """A lens from its heading to the way on."""
    _, index = reader.gettext, context.lens_ids.index(lens_id)
    text, progress = reader.edition.texts.lenses.lenses[lens_id], context.lenses[index]
    title, is_first_step = text.title, _is_its_first_step(reader, lens_id)
    if not is_first_step:
        title += f" · {reader.edition.level(st.session_state[keys.DEEP_LEVEL])}"
    heading = title
    if not context.around:
        button(
            _("All lenses"),
            draft.open_view,
            None,
            key=keys.move("overview"),
            icon="arrow_back",
            look="tertiary",
        )
        heading = _("Lens {lens} of {lenses}: {title}").format(
            lens=index + 1, lenses=len(context.lens_ids), title=title
        )
    steps.show_step_heading(heading)
    if is_first_step:
        st.markdown(as_plain_text(text.intro))
        st.caption(as_plain_text(text.why))
    if progress.applies:
        steps.show_progress(reader, progress)
        _say_what_is_held(reader, lens_id, context)
        _ask(reader, lens_id, context)
    else:
        _say_it_does_not_apply(reader, lens_id, context)
    _show_moves(reader, lens_id, context)


def _is_its_first_step(reader: Reader, lens_id: str) -> bool:
    """Whether the lens begins here: one that asks by level has a step for each."""
    framework = reader.edition.framework
    by_level = framework.lenses.asking_for("decisions")
    level = st.session_state.get(keys.DEEP_LEVEL)
    return lens_id != by_level or level not in framework.level_ids[1:]


def _say_what_is_held(reader: Reader, lens_id: str, context: DeepCheckContext) -> None:
    """That the stored check holds answers already, which its blank fields do not show."""
    held = progress_of(reader.edition.framework, context.held, absent=context.absent)
    count = next(lens.met for lens in held if lens.lens == lens_id)
    if count:
        text = reader.counted(
            "The check holds {count} of these answers already: leave it blank here to keep it.",
            "The check holds {count} of these answers already: leave them blank here to keep them.",
            count,
        )
        st.info(text, icon=":material/info:")


def _ask(reader: Reader, lens_id: str, context: DeepCheckContext) -> None:
    match reader.edition.framework.lenses.lens_by_id[lens_id].asks:
        case "decisions":
            _ask_decisions(reader, context)
        case "signs":
            _ask_signs(reader, context)
        case "mandates":
            _ask_mandates(reader, context)
        case "items":
            _ask_items(reader, lens_id, context)


def _ask_items(reader: Reader, lens_id: str, context: DeepCheckContext) -> None:
    lenses = reader.edition.framework.lenses
    if lenses.lens_by_id[lens_id].by_company:
        company = context.setup.company if context.setup else None
        if company:
            st.info(
                as_plain_text(reader.edition.texts.lenses.companies[company].reading),
                icon=":material/info:",
            )
    for item in lenses.items_of(lens_id):
        framework, texts = reader.edition.framework, reader.edition.texts.lenses
        question = texts.items[item.id].question
        asked, answers = st.columns([2, 3], vertical_alignment="center", gap="xsmall")
        asked.markdown(f"**{as_plain_text(question)}**")
        with answers:
            options = framework.lens_options_by_item[item.id]
            titled = reader.edition.lens_option
            show_options(question, options, titled=titled, key=keys.lens_item(item.id))
            show_refusal(reader, context.given.refusals, item.id)


def _ask_signs(reader: Reader, context: DeepCheckContext) -> None:
    """Plain numbers; the limits are told and judged here, since a browser's word is no proof."""
    for sign in reader.edition.framework.lenses.signs:
        text = reader.edition.texts.lenses.signs[sign.id]
        field, _rest = st.columns(2)
        with field:
            st.number_input(
                text.question,
                value=None,
                step=1.0,
                format="%g",
                key=keys.sign(sign.id),
                persist_state="session",
            )
            most = reader.edition.words.quantity(sign.most, text.unit, one=text.one)
            st.caption(as_plain_text(reader.gettext("From 0 to {most}.").format(most=most)))
            show_refusal(reader, context.given.refusals, sign.id)


def _ask_mandates(reader: Reader, context: DeepCheckContext) -> None:
    st.caption(
        reader.gettext(
            "One sentence per seat, up to {most} characters. In grey: examples.",
            most=LONGEST_MANDATE,
        )
    )
    proposed = _proposed(reader, context)
    for role in reader.edition.framework.lenses.mandates:
        column = mandate_column(role)
        if role in context.absent and column not in context.given.refusals:
            continue
        st.text_input(
            reader.edition.texts.roles[role].name,
            placeholder=reader.edition.texts.lenses.mandates[role],
            key=keys.mandate(role),
            persist_state="session",
        )
        show_refusal(reader, context.given.refusals, column)
        if role in proposed and not st.session_state.get(keys.mandate(role)):
            _show_proposed(reader, role, proposed[role])


def _proposed(reader: Reader, context: DeepCheckContext) -> Mapping[str, str]:
    """By role a mandate that follows from agreements; it must not lead answers still to come."""
    answered = together(context.held, context.given.answers).deciders
    agreements = [
        agreement
        for agreement in context.agreed
        if not context.invited or agreement.decision in answered
    ]
    return proposed_mandates(reader.edition, agreements)


def _show_proposed(reader: Reader, role: str, sentence: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        text = reader.gettext("From what is agreed: {sentence}").format(sentence=sentence)
        st.caption(as_plain_text(text), width="content")
        button(
            reader.gettext("Begin with this"),
            st.session_state.__setitem__,
            keys.mandate(role),
            sentence,
            key=keys.move(f"mandate-{role}"),
            look="tertiary",
        )


def _say_it_does_not_apply(reader: Reader, lens_id: str, context: DeepCheckContext) -> None:
    _ = reader.gettext
    lens = reader.edition.framework.lenses.lens_by_id[lens_id]
    text = _("This lens is about the {role}, and nobody holds that seat in the setup of {squad}.")
    role = reader.edition.role(lens.needs_role or "")
    st.info(as_plain_text(text.format(role=role, squad=context.squad)), icon=":material/block:")
    if current_rights().may_edit:
        setup.show_edit_button(reader, context.squad, context.setup)


def _show_moves(reader: Reader, lens_id: str, context: DeepCheckContext) -> None:
    edition, by_level = reader.edition, reader.edition.framework.lenses.asking_for("decisions")
    views = [
        (lens, level)
        for lens in context.lens_ids
        for level in (edition.framework.level_ids if lens == by_level else [None])
    ]
    level = st.session_state[keys.DEEP_LEVEL] if lens_id == by_level else None
    index = views.index((lens_id, level))
    with st.container(horizontal=True):
        if index:
            steps.show_back(reader, draft.open_view, *views[index - 1])
        elif context.around:
            steps.show_back(reader, context.around[0])
        if context.around and index + 1 == len(views):
            steps.show_next(reader.gettext("Next step"), context.around[1])
            return
        lens, level = views[index + 1] if index + 1 < len(views) else (None, None)
        label = _next_label(reader, lens, level if lens == lens_id else None)
        steps.show_next(label, draft.open_view, lens, level)


def _next_label(reader: Reader, lens: str | None, level: str | None) -> str:
    _ = reader.gettext
    if lens is None:
        return _("See all lenses")
    if level:
        return _("Next: {title}").format(title=reader.edition.level(level))
    return _("Next lens: {title}").format(title=reader.edition.texts.lenses.lenses[lens].title)


def _ask_decisions(reader: Reader, context: DeepCheckContext) -> None:
    """The decisions of one level.

    Who is expected to decide is told to those who ask, once the whole level is answered: it is
    much the same for all of its decisions, and must not lead the answers. Whoever is invited is not
    told before the answers are sent. What the squad has agreed is told of a decision once that one
    is answered.
    """
    deciders = together(context.held, context.given.answers).deciders
    level = _chosen_level(reader, deciders)
    asked = reader.edition.framework.lenses.decisions_at(level)
    is_answered = all(decision.id in deciders for decision in asked)
    tells_expected = (
        is_answered and not context.invited and st.session_state.get(keys.DEEP_EXPECTED)
    )
    agreed = [agreement for agreement in context.agreed if agreement.decision in deciders]
    st.markdown(as_plain_text(reader.edition.texts.levels[level].decided))
    for decision in asked:
        with st.container(border=True):
            _ask_decision(reader, decision, context)
            for agreement in agreed:
                if agreement.decision == decision.id:
                    st.caption(as_plain_text(reminder(reader.edition, agreement)))
            if tells_expected:
                text = expected_here(reader.edition, context.seating, decision.id)
                st.caption(as_plain_text(text))
    if not context.invited:
        st.toggle(
            reader.gettext("Once a level is answered, show who is expected to decide"),
            key=keys.DEEP_EXPECTED,
            persist_state="session",
        )


def _chosen_level(reader: Reader, deciders: Container[str]) -> str:
    edition, lenses = reader.edition, reader.edition.framework.lenses

    def titled(level: str) -> str:
        asked = lenses.decisions_at(level)
        answered = sum(1 for decision in asked if decision.id in deciders)
        return f"{edition.texts.levels[level].short} {answered}/{len(asked)}"

    label = reader.gettext("Levels")
    return chosen_of(label, edition.framework.level_ids, titled=titled, key=keys.DEEP_LEVEL)


def _ask_decision(reader: Reader, decision: Decision, context: DeepCheckContext) -> None:
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
    show_refusal(reader, context.given.refusals, decision.id)
