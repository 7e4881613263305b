"""The quick check: three short steps, a live result beside them, then saving.

Nothing is stored until a person asks; until then answers survive page changes and a switch
of language.
"""

from collections.abc import Sequence

import streamlit as st

from assessment.forms.check import quick_progress
from assessment.ui.check import draft, shared_result, steps, unfinished
from assessment.ui.check.context import begin_with_asked_squad
from assessment.ui.check.save_form import show_form
from assessment.ui.check.saved import show_way_deeper
from assessment.ui.guard.gate import admit
from assessment.ui.guard.visitor import rights_decided
from assessment.ui.parts.charts import show_live_bars
from assessment.ui.results import result
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button, show_texts
from assessment.wording.briefing import SquadPart


@st.fragment
@rights_decided()
def quick_check() -> None:
    """The whole check; each answer reruns this fragment only."""
    reader = admit(to="check")  # an answer reruns this fragment without its page
    unfinished.hold(unfinished.CHECK)
    begin_with_asked_squad()
    page, foot = st.container(), st.container()
    with foot:
        unfinished.keep()  # before anything is drawn: an answer that shows is one that is kept
    with page:
        _show_check(reader)


def _show_check(reader: Reader) -> None:
    unfinished.show_news(reader)
    _, unasked = reader.gettext, draft.unasked(reader)
    titles = steps.module_titles(reader) | {draft.RESULT: _("Result")}
    part = SquadPart(reader.edition, draft.result(reader), reader.today)
    introduction = st.container()
    choice, progress = st.columns([3, 2], vertical_alignment="center")
    with choice:
        step = steps.chosen_step(reader, titles, key=keys.CHECK_STEP)
    if step == next(iter(titles)):
        introduction.markdown(
            _(
                "Who decides what in your squad, and where do decisions leak? 14 questions, about "
                "three minutes."
            )
        )
    done = quick_progress(reader.edition.framework, draft.answers(), unasked=unasked)
    if step != draft.RESULT or done.answered < done.asked:  # what is whole needs no word
        with progress:
            steps.show_progress(reader, done)
    if step == draft.RESULT:
        _show_draft(reader, part)
    else:
        questions, so_far = st.columns([3, 2], gap="large")
        with questions:
            steps.show_step_heading(reader.edition.texts.modules[step].title)
            steps.ask_items(reader, step, unasked)
        with so_far:
            if _says_something(part):
                _show_so_far(reader, part)
    _show_moves(reader, part, step, list(titles))


def _says_something(part: SquadPart) -> bool:
    """Whether one level at least is answered well enough to be scored."""
    return bool(part.result.round.scores.scored)


def _show_moves(reader: Reader, part: SquadPart, step: str, step_ids: Sequence[str]) -> None:
    """At the foot of the screen: the steps around this one, and on a phone what is known so far.

    One row at every step: what a fragment draws outside itself is replaced place by place.
    """
    _, index = reader.gettext, step_ids.index(step)
    with st.bottom, st.container(horizontal=True, vertical_alignment="center"):
        if index:
            steps.show_back(reader, draft.go_to, step_ids[index - 1])
        if step == draft.RESULT:
            return
        after = step_ids[index + 1]
        label = _("See the result") if after == draft.RESULT else _("Next step")
        steps.show_next(label, draft.go_to, after)
        if _says_something(part):
            with st.container(key=keys.CHECK_SO_FAR, width="content"), st.popover(_("So far")):
                st.markdown(as_plain_text(part.verdict))


def _show_so_far(reader: Reader, part: SquadPart) -> None:
    with st.container(key=keys.CHECK_PANEL):
        st.subheader(reader.gettext("So far"), anchor=False)
        st.markdown(as_plain_text(part.verdict))
        show_live_bars(reader, part.levels_picture)
        result.show_caps(part)
        show_texts(*(seat.text for seat in part.seats))
        st.caption(reader.gettext("Nothing is stored until you save."))


def _show_draft(reader: Reader, part: SquadPart) -> None:
    _ = reader.gettext
    if not draft.answers():
        st.info(_("Nothing is answered yet: the result appears with your first answers."))
        button(
            _("Start the quick check"),
            draft.go_to,
            reader.edition.framework.modules[0].id,
            key=keys.move("start"),
            look="primary",
        )
        return
    with steps.with_focus():
        result.show_verdict(reader, part)
    if blanks := draft.blanks(reader):
        label = reader.counted("{count} left: go to it", "{count} left: go to them", len(blanks))
        button(label, draft.go_to_item, blanks[0], key=keys.move("blanks"), icon="edit_note")
    result.show_levels(reader, part)
    result.show_levers(reader, part)
    show_form(reader)
    result.show_figures(reader, part)
    shared_result.offer(reader)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _("Who really takes each decision? The deep check goes on from here, lens by lens."),
            width="content",
        )
        show_way_deeper(reader)
