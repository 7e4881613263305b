"""The quick check: three short steps, a live result beside them, then saving.

Nothing is stored until a person asks; until then answers survive page changes and a switch
of language.
"""

from __future__ import annotations

import streamlit as st

from assessment.model import UNKNOWN
from assessment.ui.check import draft, shared_result
from assessment.ui.check.leaving import ask_before_leaving
from assessment.ui.check.questions import ask_items
from assessment.ui.check.save_form import show_form, show_way_deeper
from assessment.ui.check.steps import show_progress, show_step_heading
from assessment.ui.guard.gate import admit
from assessment.ui.parts.charts import show_live_bars
from assessment.ui.results.result import show_levels, show_reasons, show_verdict
from assessment.ui.session import keys
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader, current_reader
from assessment.wording.briefing import SquadPart


@st.fragment
def quick_check() -> None:
    """The whole check; each answer reruns this fragment only."""
    reader = current_reader()
    admit(reader, to="check")  # an answer reruns this fragment without its page
    step = _chosen_step(reader)
    _show_progress(reader)
    if step == draft.RESULT:
        _show_draft(reader)
    else:
        _show_questions(reader, step)
    ask_before_leaving()


def _show_questions(reader: Reader, step: str) -> None:
    """The items of a step, beside what the answers say so far."""
    questions, so_far = st.columns([3, 2], gap="large")
    with questions:
        _ask(reader, step)
    with so_far:
        _show_so_far(reader)


def _chosen_step(reader: Reader) -> str:
    """The step the person is on: one per module, then the result."""
    steps = [module.id for module in reader.edition.framework.modules]
    titles = {
        module: f"{place}. {reader.edition.texts.modules[module].title}"
        for place, module in enumerate(steps, start=1)
    }
    titles[draft.RESULT] = reader.gettext("Result")
    if st.session_state.get(keys.CHECK_STEP) not in titles:
        st.session_state[keys.CHECK_STEP] = steps[0]
    chosen = st.segmented_control(
        reader.gettext("Steps"),
        [*steps, draft.RESULT],
        format_func=titles.__getitem__,
        required=True,
        key=keys.CHECK_STEP,
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
    return chosen or steps[0]


def _ask(reader: Reader, module_id: str) -> None:
    """The items of one step, one click each."""
    _, edition = reader.gettext, reader.edition
    modules = [module.id for module in edition.framework.modules]
    place = modules.index(module_id)
    text = edition.texts.modules[module_id]
    heading = _("Step {step} of {steps}: {title}")
    show_step_heading(heading.format(step=place + 1, steps=len(modules), title=text.title))
    ask_items(reader, module_id)
    before = modules[place - 1] if place else None
    _moves(reader, before=before, after=[*modules, draft.RESULT][place + 1])


def _moves(reader: Reader, *, before: str | None, after: str) -> None:
    _ = reader.gettext
    with st.container(horizontal=True):
        if before:
            st.button(_("Back"), key=keys.move("back"), on_click=draft.go_to, args=(before,))
        st.button(
            _("See the result") if after == draft.RESULT else _("Next step"),
            type="primary",
            key=keys.move("next"),
            on_click=draft.go_to,
            args=(after,),
        )


def _show_so_far(reader: Reader) -> None:
    """How much is answered, and what the answers already say."""
    part = SquadPart(reader.edition, draft.result(reader), reader.today)
    st.subheader(reader.gettext("So far"), anchor=False)
    st.markdown(as_plain_text(part.verdict))
    show_live_bars(reader, part.levels, alt=part.verdict)
    if part.early_warning:
        st.warning(as_plain_text(part.early_warning), icon=":material/warning:")
    for seat in part.seats:
        st.markdown(as_plain_text(seat.text))
    st.caption(reader.gettext("Nothing is stored until you save."))


def _show_progress(reader: Reader) -> None:
    answers = draft.answers()
    unknown = sum(1 for option in answers.values() if option == UNKNOWN)
    show_progress(
        reader,
        answered=len(answers) - unknown,
        unknown=unknown,
        asked=len(reader.edition.framework.items),
    )


def _show_draft(reader: Reader) -> None:
    """The whole result before anything is stored, with the form that stores it."""
    _ = reader.gettext
    if not draft.answers():
        st.info(_("Nothing is answered yet: the result appears with your first answers."))
        st.button(
            _("Start the quick check"),
            type="primary",
            key=keys.move("start"),
            on_click=draft.go_to,
            args=(reader.edition.framework.modules[0].id,),
        )
        return
    part = SquadPart(reader.edition, draft.result(reader), reader.today)
    show_step_heading(reader.gettext("Result"))
    show_verdict(reader, part)
    show_levels(reader, part)
    show_form(reader)
    shared_result.offer(reader)
    _invite_deeper(reader)
    show_reasons(reader, part)


def _invite_deeper(reader: Reader) -> None:
    """The way from where decisions leak to who takes them."""
    _ = reader.gettext
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _("Who really takes each decision? The deep check goes on from here, lens by lens."),
            width="content",
        )
        show_way_deeper(reader)
