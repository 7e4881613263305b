"""The unfinished check: kept in the reader's own browser, and taken up again from there.

The fields hold one check at a time. Each survey by invitation has a subject of its own in the
browser, so that no answer meant for one is ever sent to another.
"""

from collections.abc import Collection
from contextlib import suppress
from typing import Literal
from uuid import UUID, uuid4

import streamlit as st

from assessment.content.loading import shipped_framework
from assessment.errors import Refused, WhoDecidesError
from assessment.forms.kept_draft import KeptDraft, kept_draft_of, kept_text_of
from assessment.ui.check import draft
from assessment.ui.check.context import ADDITION, NEW
from assessment.ui.guard.stored import visible_records
from assessment.ui.session import browser_memory, keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button, show_error

CHECK = "check"  # the subject of the quick check and the deep check, which are saved as one

WELCOME, LENSES, SEND = "welcome", "lenses", "send"
"""The steps that a survey by invitation has beside those of the quick check."""


def subject_of_survey(survey_id: UUID) -> str:
    """The subject of a survey by invitation."""
    return f"round-{survey_id}"


def hold(subject: str) -> None:
    """Let the fields hold a subject's check; that of another subject is put aside meanwhile."""
    state = st.session_state
    before = state.setdefault(keys.DRAFT_SUBJECT, subject)
    if before == subject:
        draft.stand_by_answers()
        return
    aside = state.setdefault(keys.DRAFT_ASIDE, {})
    aside[before] = _text()
    draft.blank()
    state.pop(keys.DRAFT_NEWS, None)
    state[keys.DRAFT_SUBJECT] = subject
    if text := aside.pop(subject, ""):
        _take_up(kept_draft_of(text, shipped_framework(), steps=_steps()))


def keep(*, tab_only: bool = False) -> None:
    """Have the browser keep the check as it stands: at the end of what shows its fields.

    Asked first of all for what it holds since an earlier session. `tab_only` is for answers that
    must not outlast the tab unless the person agrees.
    """
    state = st.session_state
    browser_memory.remember(
        _subject(),
        _text(),
        version=shipped_framework().version_with_lenses,
        asking=_subject() not in state.get(keys.DRAFT_SETTLED, ()),
        tab_only=tab_only and not state.get(keys.DRAFT_STAYS),
        forget_others=state.get(keys.DRAFT_FORGET_OTHERS),
        on_kept=_receive,
    )


def update() -> None:
    """Have the browser keep what is left of the check after saving, on whatever page follows."""
    settle()
    st.session_state[keys.DRAFT_PUT_OFF] = _subject(), uuid4().hex


def carry_out_update() -> None:
    """On every page: what a check left in the browser goes once it was saved."""
    if put_off := st.session_state.get(keys.DRAFT_PUT_OFF):
        subject, token = put_off
        text = _text() if subject == _subject() else ""
        version = shipped_framework().version_with_lenses
        browser_memory.remember_once(subject, text, version=version, token=token)


def settle() -> None:
    """From now on the fields count, whatever the browser may still hold of their subject."""
    state = st.session_state
    state[keys.DRAFT_SETTLED] = {*state.get(keys.DRAFT_SETTLED, ()), _subject()}
    state.pop(keys.DRAFT_NEWS, None)


def show_start_over(reader: Reader) -> None:
    """The way to clear the check, which asks first; none where `show_news` has it already."""
    if not _is_news():
        _show_start_over(reader, key=keys.CHECK_RESTART)


def _is_news() -> bool:
    """Whether answers came back, or gave way: beside the word of that is a way to clear them."""
    return st.session_state.get(keys.DRAFT_NEWS) in ("back", "elsewhere")


def _show_start_over(reader: Reader, *, key: str) -> None:
    _ = reader.gettext
    with st.popover(_("Start over")):
        st.markdown(
            _("This clears your answers to both checks; nothing stored changes.")
            if draft.deep_form()
            else _("This clears your answers; nothing stored changes.")
        )
        button(_("Clear the answers"), start_over, key=key)


def start_over() -> None:
    """Clear the check, here and in the browser."""
    draft.clear()
    if _is_survey():
        draft.go_to(WELCOME, key=keys.ROUND_STEP)
    settle()


def show_news(reader: Reader) -> None:
    """What came back from the browser, or why not, or gave way there; until the person goes on."""
    _, state = reader.gettext, st.session_state
    news: Literal["back", "elsewhere"] | Refused | None = state.get(keys.DRAFT_NEWS)
    step, view = state.get(_step_key()), state.get(keys.DEEP_VIEW)
    at_step, at_view = state.setdefault(keys.DRAFT_NEWS_AT, (step, view)) if news else (step, view)
    if news and (at_step not in (None, step) or at_view != view):
        news = state[keys.DRAFT_NEWS] = None
    with st.container():  # always there, or all that follows is drawn anew when something comes
        if isinstance(news, Refused):
            show_error(reader, news)
        elif news:
            text = _("Your answers are back, as this browser had kept them.")
            if news == "elsewhere":
                text = _(
                    "Another tab of this browser was used meanwhile. The browser keeps the answers "
                    "of the tab used last: any tab that is reloaded shows those."
                )
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f":material/history: {as_plain_text(text)}", width="content")
                _show_start_over(reader, key=keys.DRAFT_RESTART)
        if state.get(keys.DRAFT_OTHERS):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(
                    _(
                        "A check begun with another version of the questions stays aside in this "
                        "browser; nothing of it is mixed in here."
                    ),
                    width="content",
                )
                button(
                    _("Discard it"),
                    _forget_others,
                    key=keys.DRAFT_FORGET_OTHERS_BUTTON,
                    look="tertiary",
                )


def _subject() -> str:
    subject: str = st.session_state.get(keys.DRAFT_SUBJECT, CHECK)
    return subject


def _is_survey() -> bool:
    return _subject() != CHECK


def _step_key() -> str:
    return keys.ROUND_STEP if _is_survey() else keys.CHECK_STEP


def _steps() -> Collection[str]:
    modules = [module.id for module in shipped_framework().modules]
    return [*modules, *((WELCOME, LENSES, SEND) if _is_survey() else (draft.RESULT,))]


def _text() -> str:
    """The check in progress, as a browser keeps it."""
    state, framework = st.session_state, shipped_framework()
    view, step = state.get(keys.DEEP_VIEW), state.get(_step_key())
    adds_to = state.get(keys.DEEP_CHECK) if state.get(keys.DEEP_TO) == ADDITION else None
    return kept_text_of(
        draft.form(),
        framework,
        step=step if step in _steps() else None,
        view=view if view in framework.lenses.lens_ids else None,
        level=state.get(keys.DEEP_LEVEL),
        adds_to=UUID(adds_to) if adds_to else None,
        stays=bool(state.get(keys.DRAFT_STAYS)),
    )


def _receive() -> None:
    """Take up what the browser gave back, or remember why not; answers given since count."""
    state, given = st.session_state, browser_memory.from_browser()
    settle()
    state[keys.DRAFT_OTHERS] = given.has_others
    if given.fails:
        state[keys.DRAFT_UNKEPT] = True
    state.pop(keys.DRAFT_NEWS_AT, None)
    if given.elsewhere:
        state[keys.DRAFT_NEWS] = "elsewhere"
    if given.text is None:
        return
    try:
        _take_up(kept_draft_of(given.text, shipped_framework(), steps=_steps()))
    except Refused as refused:
        state[keys.DRAFT_NEWS] = refused
    else:
        state[keys.DRAFT_NEWS] = "back"


def _take_up(kept: KeptDraft) -> None:
    draft.fill_in(kept)
    if kept.step:
        st.session_state[_step_key()] = kept.step
    if kept.adds_to and not _is_survey():
        with suppress(WhoDecidesError):  # out of reach, the page that follows says why
            checks = visible_records().assessments
            check = next((c for c in checks if c.assessment_id == kept.adds_to), None)
            draft.add_to(check)
            st.session_state[keys.DEEP_TO] = ADDITION if check else NEW


def _forget_others() -> None:
    st.session_state[keys.DRAFT_FORGET_OTHERS] = uuid4().hex
    st.session_state[keys.DRAFT_OTHERS] = False
