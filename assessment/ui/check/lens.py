"""One lens of the deep check: its heading, its questions, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assessment.forms.deep_check import LensProgress, Validated, progress_of
from assessment.model import (
    LONGEST_MANDATE,
    LensItem,
    mandate_column,
)
from assessment.model.lenses import Asks
from assessment.ui.check import draft, setup, who_decides
from assessment.ui.check.context import DeepCheckContext
from assessment.ui.check.steps import show_progress, show_step_heading
from assessment.ui.guard.visitor import current_rights
from assessment.ui.session import keys
from assessment.ui.session.messages import show_error
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader


def show_lens(
    reader: Reader,
    lens_id: str,
    about: DeepCheckContext,
    given: Validated,
    lenses: Sequence[LensProgress],
) -> None:
    """A lens from its heading to the way on."""
    _, place = reader.gettext, about.lens_ids.index(lens_id)
    text, progress = reader.edition.texts.lenses.lenses[lens_id], lenses[place]
    st.button(
        _("All lenses"),
        type="tertiary",
        icon=":material/arrow_back:",
        key=keys.move("overview"),
        on_click=draft.open_view,
        args=(None,),
    )
    heading = _("Lens {lens} of {lenses}: {title}")
    show_step_heading(heading.format(lens=place + 1, lenses=len(about.lens_ids), title=text.title))
    st.markdown(as_plain_text(text.intro))
    st.caption(as_plain_text(text.why))
    if progress.applies:
        show_progress(
            reader, answered=progress.answered, unknown=progress.unknown, asked=progress.asked
        )
        _say_what_is_held(reader, lens_id, about)
        _asking(reader.edition.framework.lenses.lens_by_id[lens_id].asks)(
            reader, lens_id, about, given
        )
    else:
        _say_it_does_not_apply(reader, lens_id, about)
    _show_moves(reader, lens_id, about)


def _say_what_is_held(reader: Reader, lens_id: str, about: DeepCheckContext) -> None:
    """That the stored check holds answers already, which its blank fields do not show."""
    held = progress_of(reader.edition.framework, about.held, absent=about.absent)
    count = next(lens.met for lens in held if lens.lens == lens_id)
    if count:
        text = reader.ngettext(
            "The check holds {count} of these answers already: leave it blank here to keep it.",
            "The check holds {count} of these answers already: leave them blank here to keep them.",
            count,
        )
        st.info(text.format(count=count), icon=":material/info:")


def _asking(asks: Asks) -> Callable[[Reader, str, DeepCheckContext, Validated], None]:
    return {
        "decisions": _ask_who_decides,
        "signs": _ask_signs,
        "mandates": _ask_mandates,
        "items": _ask_items,
    }[asks]


def _ask_who_decides(
    reader: Reader, _lens_id: str, about: DeepCheckContext, given: Validated
) -> None:
    who_decides.ask(reader, about, given)


def _ask_items(reader: Reader, lens_id: str, about: DeepCheckContext, given: Validated) -> None:
    """One row per item: what is asked on the left, its answers on the right."""
    lenses = reader.edition.framework.lenses
    if lenses.lens_by_id[lens_id].by_company:
        _show_company(reader, about)
    for item in lenses.items_of(lens_id):
        _ask_item(reader, item, given)


def _ask_item(reader: Reader, item: LensItem, given: Validated) -> None:
    """One item; its label is bare text, since screen readers read marks aloud."""
    question = reader.edition.texts.lenses.items[item.id].question
    asked, answers = st.columns([2, 3], vertical_alignment="center", gap="xsmall")
    asked.markdown(f"**{as_plain_text(question)}**")
    with answers:
        st.segmented_control(
            question,
            reader.edition.framework.lenses.options_of(item, reader.edition.framework.scale_by_id),
            format_func=reader.edition.lens_option,
            label_visibility="collapsed",
            key=keys.lens_item(item.id),
            persist_state="session",
            wrap=True,
        )
        tell_refusal(reader, given, item.id)


def _show_company(reader: Reader, about: DeepCheckContext) -> None:
    """How the type of company colours the reading of the CPO's seat (article C)."""
    company = about.setup.company if about.setup else None
    if company:
        st.info(
            as_plain_text(reader.edition.texts.lenses.companies[company].reading),
            icon=":material/info:",
        )


def _ask_signs(reader: Reader, _lens_id: str, _about: DeepCheckContext, given: Validated) -> None:
    """Plain numbers; the limits are told and judged here, since a browser's word is no proof."""
    for sign in reader.edition.framework.lenses.signs:
        text = reader.edition.texts.lenses.signs[sign.id]
        place, _rest = st.columns(2)
        with place:
            st.number_input(
                text.question,
                value=None,
                step=1.0,
                format="%g",
                key=keys.sign(sign.id),
                persist_state="session",
            )
            most = reader.edition.words.quantity(sign.most, text.unit)
            st.caption(as_plain_text(reader.gettext("From 0 to {most}.").format(most=most)))
            tell_refusal(reader, given, sign.id)


def _ask_mandates(reader: Reader, _lens_id: str, about: DeepCheckContext, given: Validated) -> None:
    """One sentence per seat that somebody holds, an example where it will stand."""
    st.caption(
        reader.gettext(
            "One sentence each, up to {most} characters. The grey ones are examples."
        ).format(most=reader.edition.words.number(LONGEST_MANDATE))
    )
    for role in reader.edition.framework.lenses.mandates:
        column = mandate_column(role)
        if role in about.absent and column not in given.refusals:
            continue
        st.text_input(
            reader.edition.texts.roles[role].name,
            placeholder=reader.edition.texts.lenses.mandates[role],
            key=keys.mandate(role),
            persist_state="session",
        )
        tell_refusal(reader, given, column)


def tell_refusal(reader: Reader, given: Validated, column: str) -> None:
    """Why what stands in a field is refused, right under it."""
    if column in given.refusals:
        show_error(reader, given.refusals[column])


def _say_it_does_not_apply(reader: Reader, lens_id: str, about: DeepCheckContext) -> None:
    _ = reader.gettext
    lens = next(each for each in reader.edition.framework.lenses.lenses if each.id == lens_id)
    text = _("This lens is about the {role}, and nobody holds that seat in the setup of {squad}.")
    role = reader.edition.role(lens.needs_role or "")
    st.info(as_plain_text(text.format(role=role, squad=about.squad)), icon=":material/block:")
    if current_rights().may_edit:
        setup.show_edit_button(reader, about.squad, about.setup)


def _show_moves(reader: Reader, lens_id: str, about: DeepCheckContext) -> None:
    """Back and on through the lenses, level by level in the one that asks by level."""
    _, edition = reader.gettext, reader.edition
    by_level = edition.framework.lenses.asking_for("decisions")
    steps = [
        (lens, level)
        for lens in about.lens_ids
        for level in (edition.framework.level_ids if lens == by_level else [None])
    ]
    level = st.session_state[keys.DEEP_LEVEL] if lens_id == by_level else None
    place = steps.index((lens_id, level))
    with st.container(horizontal=True):
        if place:
            st.button(
                _("Back"), key=keys.move("back"), on_click=draft.open_view, args=steps[place - 1]
            )
        lens, level = steps[place + 1] if place + 1 < len(steps) else (None, None)
        st.button(
            _next_label(reader, lens, level if lens == lens_id else None),
            type="primary",
            key=keys.move("next"),
            on_click=draft.open_view,
            args=(lens, level),
        )


def _next_label(reader: Reader, lens: str | None, level: str | None) -> str:
    _ = reader.gettext
    if lens is None:
        return _("See all lenses")
    if level:
        return _("Next: {title}").format(title=reader.edition.level(level))
    return _("Next lens: {title}").format(title=reader.edition.texts.lenses.lenses[lens].title)
