"""The quick check: three short steps, a live result beside them, then saving.

Nothing is stored until a person asks; until then answers survive page changes and a switch
of language.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assessment.ui.check import draft, shared_result, unfinished
from assessment.ui.check.save_form import show_form, show_way_deeper
from assessment.ui.check.steps import (
    ask_items,
    chosen_step,
    module_titles,
    show_back,
    show_module_heading,
    show_next,
    show_quick_progress,
    show_step_heading,
)
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
    unfinished.hold(unfinished.CHECK)
    unfinished.show_news(reader)
    titles = module_titles(reader) | {draft.RESULT: reader.gettext("Result")}
    step = chosen_step(reader, titles, key=keys.CHECK_STEP)
    show_quick_progress(reader)
    if step == draft.RESULT:
        _show_draft(reader)
    else:
        questions, so_far = st.columns([3, 2], gap="large")
        with questions:
            _ask_module(reader, step, list(titles))
        with so_far:
            _show_so_far(reader)
    unfinished.keep()


def _ask_module(reader: Reader, module_id: str, steps: Sequence[str]) -> None:
    """The items of one step, and the way to the steps around it."""
    _, index = reader.gettext, steps.index(module_id)
    show_module_heading(reader, module_id)
    ask_items(reader, module_id)
    with st.container(horizontal=True):
        if index:
            show_back(reader, draft.go_to, steps[index - 1])
        after = steps[index + 1]
        label = _("See the result") if after == draft.RESULT else _("Next step")
        show_next(label, draft.go_to, after)


def _show_so_far(reader: Reader) -> None:
    """How much is answered, and what the answers already say."""
    part = SquadPart(reader.edition, draft.result(reader), reader.today)
    st.subheader(reader.gettext("So far"), anchor=False)
    st.markdown(as_plain_text(part.verdict))
    show_live_bars(reader, part.levels, alt=part.verdict)
    for seat in part.seats:
        st.markdown(as_plain_text(seat.text))
    st.caption(reader.gettext("Nothing is stored until you save."))


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
