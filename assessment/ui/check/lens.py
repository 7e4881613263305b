"""One lens of the deep check: its heading, its questions, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assessment.forms.deep_check import LensProgress, Validated, progress_of
from assessment.model import (
    CPO_SEAT,
    LONGEST_MANDATE,
    MANDATES,
    VITAL_SIGNS,
    WHO_DECIDES,
    LensItem,
    mandate_column,
)
from assessment.ui.check import draft, setup, who_decides
from assessment.ui.check.context import DeepCheckContext
from assessment.ui.check.steps import show_progress, show_step_heading
from assessment.ui.guard.visitor import current_rights
from assessment.ui.session import keys
from assessment.ui.session.messages import show_error
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader


def show_lens(
    here: Reader,
    lens_id: str,
    about: DeepCheckContext,
    given: Validated,
    lenses: Sequence[LensProgress],
) -> None:
    """A lens from its heading to the way on."""
    _, place = here.gettext, about.lens_ids.index(lens_id)
    text, progress = here.edition.texts.lenses.lenses[lens_id], lenses[place]
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
            here, answered=progress.answered, unknown=progress.unknown, asked=progress.asked
        )
        _say_what_is_held(here, lens_id, about)
        _asking(lens_id)(here, lens_id, about, given)
    else:
        _say_it_does_not_apply(here, lens_id, about)
    _show_moves(here, lens_id, about)


def _say_what_is_held(here: Reader, lens_id: str, about: DeepCheckContext) -> None:
    """That the stored check holds answers already, which its blank fields do not show."""
    held = progress_of(here.edition.framework, about.held, absent=about.absent)
    count = next(lens.met for lens in held if lens.lens == lens_id)
    if count:
        text = here.ngettext(
            "The check holds {count} of these answers already: leave it blank here to keep it.",
            "The check holds {count} of these answers already: leave them blank here to keep them.",
            count,
        )
        st.info(text.format(count=count), icon=":material/info:")


def _asking(lens_id: str) -> Callable[[Reader, str, DeepCheckContext, Validated], None]:
    special = {WHO_DECIDES: _ask_who_decides, VITAL_SIGNS: _ask_signs, MANDATES: _ask_mandates}
    return special.get(lens_id, _ask_items)


def _ask_who_decides(
    here: Reader, _lens_id: str, about: DeepCheckContext, given: Validated
) -> None:
    who_decides.ask(here, about, given)


def _ask_items(here: Reader, lens_id: str, about: DeepCheckContext, given: Validated) -> None:
    """One row per item: what is asked on the left, its answers on the right."""
    if lens_id == CPO_SEAT:
        _show_company(here, about)
    for item in here.edition.framework.lenses.items_of(lens_id):
        _ask_item(here, item, given)


def _ask_item(here: Reader, item: LensItem, given: Validated) -> None:
    """One item; its label is bare text, since screen readers read marks aloud."""
    question = here.edition.texts.lenses.items[item.id].question
    asked, answers = st.columns([2, 3], vertical_alignment="center", gap="xsmall")
    asked.markdown(f"**{as_plain_text(question)}**")
    with answers:
        st.segmented_control(
            question,
            here.edition.framework.lenses.options_of(item, here.edition.framework.scale_by_id),
            format_func=here.edition.lens_option,
            label_visibility="collapsed",
            key=keys.lens_item(item.id),
            persist_state="session",
            wrap=True,
        )
        tell_refusal(here, given, item.id)


def _show_company(here: Reader, about: DeepCheckContext) -> None:
    """How the type of company colours the reading of the CPO's seat (article C)."""
    company = about.setup.company if about.setup else None
    if company:
        st.info(
            as_plain_text(here.edition.texts.lenses.companies[company].reading),
            icon=":material/info:",
        )


def _ask_signs(here: Reader, _lens_id: str, _about: DeepCheckContext, given: Validated) -> None:
    """Plain numbers; the limits are told and judged here, since a browser's word is no proof."""
    for sign in here.edition.framework.lenses.signs:
        text = here.edition.texts.lenses.signs[sign.id]
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
            most = here.edition.words.quantity(sign.most, text.unit)
            st.caption(as_plain_text(here.gettext("From 0 to {most}.").format(most=most)))
            tell_refusal(here, given, sign.id)


def _ask_mandates(here: Reader, _lens_id: str, about: DeepCheckContext, given: Validated) -> None:
    """One sentence per seat that somebody holds, an example where it will stand."""
    st.caption(
        here.gettext(
            "One sentence each, up to {most} characters. The grey ones are examples."
        ).format(most=here.edition.words.number(LONGEST_MANDATE))
    )
    for role in here.edition.framework.lenses.mandates:
        column = mandate_column(role)
        if role in about.absent and column not in given.refusals:
            continue
        st.text_input(
            here.edition.texts.roles[role].name,
            placeholder=here.edition.texts.lenses.mandates[role],
            key=keys.mandate(role),
            persist_state="session",
        )
        tell_refusal(here, given, column)


def tell_refusal(here: Reader, given: Validated, column: str) -> None:
    """Why what stands in a field is refused, right under it."""
    if column in given.refusals:
        show_error(here, given.refusals[column])


def _say_it_does_not_apply(here: Reader, lens_id: str, about: DeepCheckContext) -> None:
    _ = here.gettext
    lens = next(each for each in here.edition.framework.lenses.lenses if each.id == lens_id)
    text = _("This lens is about the {role}, and nobody holds that seat in the setup of {squad}.")
    role = here.edition.role(lens.needs_role or "")
    st.info(as_plain_text(text.format(role=role, squad=about.squad)), icon=":material/block:")
    if current_rights().may_edit:
        setup.show_edit_button(here, about.squad, about.setup)


def _show_moves(here: Reader, lens_id: str, about: DeepCheckContext) -> None:
    """Back and on through the lenses, level by level in the one that asks by level."""
    _, edition = here.gettext, here.edition
    steps = [
        (lens, level)
        for lens in about.lens_ids
        for level in (edition.framework.level_ids if lens == WHO_DECIDES else [None])
    ]
    level = st.session_state[keys.DEEP_LEVEL] if lens_id == WHO_DECIDES else None
    place = steps.index((lens_id, level))
    with st.container(horizontal=True):
        if place:
            st.button(
                _("Back"), key=keys.move("back"), on_click=draft.open_view, args=steps[place - 1]
            )
        lens, level = steps[place + 1] if place + 1 < len(steps) else (None, None)
        st.button(
            _next_label(here, lens, level if lens == lens_id else None),
            type="primary",
            key=keys.move("next"),
            on_click=draft.open_view,
            args=(lens, level),
        )


def _next_label(here: Reader, lens: str | None, level: str | None) -> str:
    _ = here.gettext
    if lens is None:
        return _("See all lenses")
    if level:
        return _("Next: {title}").format(title=here.edition.level(level))
    return _("Next lens: {title}").format(title=here.edition.texts.lenses.lenses[lens].title)
