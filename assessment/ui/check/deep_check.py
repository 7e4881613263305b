"""The deep check: eight lenses beside the quick check, in any order, one at a time.

An overview shows how far each is; nothing is stored until a person asks, and until then answers
survive page changes and a switch of language.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from assessment.forms.deep_check import LensProgress, columns_of
from assessment.ui.check import addition, draft, setup, steps, unfinished
from assessment.ui.check.context import (
    DeepCheckContext,
    agreed_today,
    begin_with_asked_squad,
    deep_check_context,
    with_answers,
)
from assessment.ui.check.lens import show_lens
from assessment.ui.guard.gate import admit
from assessment.ui.guard.visitor import rights_decided
from assessment.ui.parts.columns import in_rows
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button, show_message_once

LENSES_A_ROW = 2


@st.fragment
@rights_decided()
def deep_check() -> None:
    """The whole deep check; each answer reruns this fragment only."""
    reader = admit(to="check")  # an answer reruns this fragment without its page
    unfinished.hold(unfinished.CHECK)
    setup.open_asked(reader)
    is_setup = st.session_state.get(keys.DEEP_VIEW) == setup.VIEW
    st.title(setup.way_in(reader) if is_setup else reader.gettext("Deep check"), anchor=False)
    with st.container():  # of its own, or all that follows is drawn anew when it goes
        show_message_once(reader)
    if not is_setup:
        unfinished.show_news(reader)
    _show_view(reader)
    unfinished.keep()


def _show_view(reader: Reader) -> None:
    view = st.session_state.get(keys.DEEP_VIEW)
    if view == setup.VIEW:
        setup.show_editor(reader)
        return
    begin_with_asked_squad()
    context = with_answers(deep_check_context(reader))
    if view in reader.edition.framework.lenses.lens_ids:
        show_lens(reader, view, replace(context, agreed=agreed_today(reader, context)))
    else:
        _show_overview(reader, context)


def _show_overview(reader: Reader, context: DeepCheckContext) -> None:
    st.markdown(
        reader.gettext(
            "Who really decides what? Take the lenses in any order and save after any of them: "
            "nothing is stored before. The others can be added to that check later."
        )
    )
    addition.show_destination(reader, context)
    steps.show_step_heading(reader.gettext("Eight lenses, about fifteen minutes"))
    if not draft.deep_form():
        show_way_in(reader, context.lenses)
    show_ways(reader, context)
    addition.show_saving(reader, context)


def show_way_in(reader: Reader, lenses: Sequence[LensProgress]) -> None:
    """The way into the first lens that something is left of, who decides before all others."""
    lens = next((lens for lens in lenses if lens.left), None)
    if lens is None:
        return
    is_begun = any(other.met for other in lenses)
    label = reader.gettext("Go on: {title}") if is_begun else reader.gettext("Begin: {title}")
    title = reader.edition.texts.lenses.lenses[lens.lens].title
    steps.show_next(as_plain_text(label.format(title=title)), draft.open_view, lens.lens)


def show_ways(reader: Reader, context: DeepCheckContext) -> None:
    """How far all lenses are, once one is begun, and the way to each."""
    if any(lens.met for lens in context.lenses):
        steps.show_progress(reader, *context.lenses)
    with st.container(gap="xsmall"):  # as on a phone between columns
        for column, lens in in_rows(context.lenses, a_row=LENSES_A_ROW):
            with column, st.container(gap="xsmall"):
                _show_way_to(reader, lens, context)


def _show_way_to(reader: Reader, lens: LensProgress, context: DeepCheckContext) -> None:
    _, framework = reader.gettext, reader.edition.framework
    text = reader.edition.texts.lenses.lenses[lens.lens]
    number = context.lens_ids.index(lens.lens) + 1
    button(
        f"**{number}. {text.title}**",
        draft.open_view,
        lens.lens,
        key=keys.lens(lens.lens),
        icon=_icon(lens),
        width="stretch",
    )
    st.caption(as_plain_text(" · ".join((text.intro.removesuffix("."), *_status(reader, lens)))))
    columns = columns_of(framework, lens.lens, absent=context.absent)
    if any(column in context.given.refusals for column in columns):
        st.warning(_("An answer here was refused; correct it."), icon=":material/warning:")


def _icon(lens: LensProgress) -> str:
    if not lens.applies:
        return "block"
    if not lens.left:
        return "check_circle"
    return "pending" if lens.left < lens.asked else "radio_button_unchecked"


def _status(reader: Reader, lens: LensProgress) -> Iterator[str]:
    """How far a lens is, once it is begun, and about how long what is left of it takes."""
    if not lens.applies:
        yield reader.edition.doesnt_apply
    if lens.met:
        yield steps.progress_text(reader, lens)
    if lens.left:
        yield reader.gettext("{count} min", count=lens.minutes).replace(" ", "\u00a0")
