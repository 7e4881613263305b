"""The quick check: three short steps, a live result beside them, then saving.

Nothing is stored until a person asks; until then answers live in the session, where they
survive page changes and a switch of language.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from uuid import UUID, uuid4

import streamlit as st

from assessment import sentences, tables
from assessment.errors import WhoDecidesError
from assessment.framework import shipped_framework
from assessment.model import (
    LONGEST_NAME,
    LONGEST_NOTE,
    UNKNOWN,
    Answers,
    Assessment,
    Item,
    name_key,
)
from assessment.results import Result, draft_result
from assessment.rounds import Period
from assessment.storage.protocol import Stored
from assessment.submission import Form, submission_of
from assessment.ui import keys, moves, page_files
from assessment.ui.choices import address
from assessment.ui.figures import show_live_bars
from assessment.ui.plain import plain
from assessment.ui.reader import Reader, reader
from assessment.ui.result import show_levels, show_reasons, show_verdict
from assessment.ui.stored import history, store, stored
from assessment.ui.told import tell

RESULT = "result"
SHOW_HEADING = f"""<script>(() => {{
  const show = () => {{
    const heading = document.querySelector(".st-key-{keys.CHECK_HEADING} h3");
    if (heading) {{ heading.tabIndex = -1; heading.focus(); heading.scrollIntoView(); }}
  }};
  for (const wait of [50, 400]) setTimeout(show, wait);
}})()</script>"""
OPTIONAL_FIELDS = {"role", "voice", "assessed_on", "note"}


@st.fragment
def quick_check() -> None:
    """The whole check; each answer reruns this fragment only."""
    moves.follow()
    here = reader()
    step = _chosen_step(here)
    _show_progress(here)
    if step == RESULT:
        _show_draft(here)
        return
    questions, so_far = st.columns([3, 2], gap="large")
    with questions:
        _ask(here, step)
    with so_far:
        _show_so_far(here)


def saved_notice(here: Reader, found: Stored, squad: str) -> None:
    """Right after saving: say so on the squad's page, and offer to undo.

    Gone once the check was deleted, or once a new one has been begun.
    """
    saved = st.session_state.get(keys.CHECK_SAVED)
    if not isinstance(saved, Assessment) or saved.squad_key != name_key(squad):
        return
    is_stored = any(each.assessment_id == saved.assessment_id for each in found.assessments)
    if _answers() or not is_stored:
        st.session_state.pop(keys.CHECK_SAVED)
        return
    _ = here.gettext
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(plain(_("Saved for {squad}.").format(squad=squad)), icon=":material/check:")
        st.button(
            _("Undo"), icon=":material/undo:", key=keys.CHECK_UNDO, on_click=_undo, args=(saved,)
        )


def _chosen_step(here: Reader) -> str:
    """The step the person is on: one per module, then the result."""
    steps = [module.id for module in here.edition.framework.modules]
    titles = {
        module: f"{place}. {here.edition.texts.modules[module].title}"
        for place, module in enumerate(steps, start=1)
    }
    titles[RESULT] = here.gettext("Result")
    if st.session_state.get(keys.CHECK_STEP) not in titles:
        st.session_state[keys.CHECK_STEP] = steps[0]
    chosen = st.segmented_control(
        here.gettext("Steps"),
        [*steps, RESULT],
        format_func=titles.__getitem__,
        required=True,
        key=keys.CHECK_STEP,
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
    return chosen or steps[0]


def _ask(here: Reader, module_id: str) -> None:
    """The items of one step, one click each."""
    _, edition = here.gettext, here.edition
    modules = [module.id for module in edition.framework.modules]
    place = modules.index(module_id)
    text = edition.texts.modules[module_id]
    heading = _("Step {step} of {steps}: {title}")
    _show_heading(heading.format(step=place + 1, steps=len(modules), title=text.title))
    st.markdown(plain(text.intro))
    for item in edition.framework.items_of(module_id):
        _ask_item(here, item)
    _moves(here, before=modules[place - 1] if place else None, after=[*modules, RESULT][place + 1])


def _ask_item(here: Reader, item: Item) -> None:
    """One item; its label is bare text, since screen readers read marks aloud."""
    wording = here.edition.texts.items[item.id]
    with st.container(gap="xsmall"):
        st.markdown(f"**{plain(wording.question)}**", help=plain(wording.why))
        st.segmented_control(
            wording.question,
            here.edition.framework.options_by_item[item.id],
            format_func=partial(here.edition.option, item.id),
            label_visibility="collapsed",
            key=keys.answer(item.id),
            persist_state="session",
            wrap=True,
        )


def _show_heading(text: str) -> None:
    """The heading of a step; right after a move it comes into view and gets the focus.

    Twice, since the page settles only once the step before has left it.
    """
    with st.container(key=keys.CHECK_HEADING):
        st.subheader(text, anchor=False)
    step = st.session_state.pop(keys.CHECK_MOVED, None)
    if step:
        # A container of its own for each step: a script is run where it is new on the page.
        with st.container(key=keys.moved_to(step)):
            st.html(SHOW_HEADING, unsafe_allow_javascript=True)


def _moves(here: Reader, *, before: str | None, after: str) -> None:
    _ = here.gettext
    with st.container(horizontal=True):
        if before:
            st.button(_("Back"), key=keys.move("back"), on_click=_go_to, args=(before,))
        st.button(
            _("See the result") if after == RESULT else _("Next step"),
            type="primary",
            key=keys.move("next"),
            on_click=_go_to,
            args=(after,),
        )


def _show_so_far(here: Reader) -> None:
    """How much is answered, and what the answers already say."""
    result = _draft(here)
    st.subheader(here.gettext("So far"), anchor=False)
    st.markdown(plain(result.verdict(here.edition)))
    levels = tables.level_rows(here.edition, "", result.round.scores)
    show_live_bars(here, levels, alt=result.verdict(here.edition))
    if result.round.diagnosis.early_warning:
        st.warning(plain(sentences.early_warning(here.edition)), icon=":material/warning:")
    for pressure in result.round.diagnosis.pressures:
        st.markdown(plain(sentences.pressure(here.edition, pressure)))
    st.caption(here.gettext("Nothing is stored until you save."))


def _show_progress(here: Reader) -> None:
    answers = _answers()
    items = len(here.edition.framework.items)
    unknown = sum(1 for option in answers.values() if option == UNKNOWN)
    answered = len(answers) - unknown
    text = here.ngettext(
        "{answered} of {items} answered", "{answered} of {items} answered", answered
    ).format(answered=answered, items=items)
    if unknown:
        more = here.ngettext("{count} unknown", "{count} unknown", unknown)
        text = f"{text}, {more.format(count=unknown)}"
    st.progress(len(answers) / items, text=text)


def _show_draft(here: Reader) -> None:
    """The whole result before anything is stored, with the form that stores it."""
    _ = here.gettext
    if not _answers():
        st.info(_("Nothing is answered yet: the result appears with your first answers."))
        st.button(
            _("Start the quick check"),
            type="primary",
            key=keys.move("start"),
            on_click=_go_to,
            args=(here.edition.framework.modules[0].id,),
        )
        return
    result = _draft(here)
    _show_heading(here.gettext("Result"))
    show_verdict(here, result)
    show_levels(here, result)
    _show_form(here)
    show_reasons(here, result)


def _show_form(here: Reader) -> None:
    """Squad, and what may be told beside it; each refusal stands under its field."""
    _ = here.gettext
    if not st.session_state.get(keys.CHECK_DATE_CHOSEN):
        st.session_state[keys.CHECK_DATE] = here.today
    with st.container(border=True):
        st.subheader(_("Save this check"), anchor=False)
        squads = _known_squads(here)
        if squads:
            st.selectbox(
                _("Squad"),
                squads,
                index=None,
                placeholder=_("Choose a squad"),
                key=keys.CHECK_SQUAD,
                persist_state="session",
            )
        st.text_input(
            _("Or a new squad's name") if squads else _("The squad's name"),
            key=keys.CHECK_NEW_SQUAD,
            persist_state="session",
        )
        _refusal(here, "squad")
        with st.expander(
            _("Your role, an alias, the date, a note: all optional"),
            expanded=bool(OPTIONAL_FIELDS & st.session_state.get(keys.CHECK_REFUSALS, {}).keys()),
        ):
            _show_optional_fields(here)
        for field in ("answers", "store"):
            _refusal(here, field)
        with st.container(horizontal=True):
            st.button(
                _("Save"),
                type="primary",
                icon=":material/save:",
                key=keys.CHECK_SAVE,
                on_click=_save,
            )
            with st.popover(_("Start over")):
                st.markdown(_("This clears your answers; nothing stored changes."))
                st.button(_("Clear the answers"), key=keys.CHECK_RESTART, on_click=_clear_draft)


def _show_optional_fields(here: Reader) -> None:
    _, roles = here.gettext, here.edition.framework.role_ids
    st.selectbox(
        _("Your role"),
        roles,
        index=None,
        format_func=lambda role: here.edition.texts.roles[role].name,
        placeholder=_("Not told"),
        key=keys.CHECK_ROLE,
        persist_state="session",
    )
    _refusal(here, "role")
    st.text_input(
        _("Alias"),
        help=_("Lets one voice count once when it answers twice in a period."),
        key=keys.CHECK_VOICE,
        persist_state="session",
    )
    _refusal(here, "voice")
    st.date_input(
        _("Date of the check"),
        format="DD/MM/YYYY",
        key=keys.CHECK_DATE,
        persist_state="session",
        on_change=_choose_date,
    )
    _refusal(here, "assessed_on")
    st.text_area(_("Note"), key=keys.CHECK_NOTE, persist_state="session")
    _refusal(here, "note")
    st.caption(
        _("Names: up to {name} characters. Note: up to {note}.").format(
            name=here.edition.words.number(LONGEST_NAME),
            note=here.edition.words.number(LONGEST_NOTE),
        )
    )


def _known_squads(here: Reader) -> tuple[str, ...]:
    """The squads to choose from; none, and why, while the store is out of reach."""
    try:
        return history(stored(), "month").squads
    except WhoDecidesError as error:
        st.session_state.get(keys.CHECK_REFUSALS, {}).pop("store", None)
        tell(here, error)
        return ()


def _refusal(here: Reader, field: str) -> None:
    refused = st.session_state.get(keys.CHECK_REFUSALS, {}).get(field)
    if refused:
        tell(here, refused)


def _answers() -> Answers:
    """The answers given so far; what a forged message may have slipped in is left out."""
    found = {}
    for item, options in shipped_framework().options_by_item.items():
        option = st.session_state.get(keys.answer(item))
        if option in options:
            found[item] = option
    return found


def _draft(here: Reader) -> Result:
    """The result of the answers given so far."""
    return draft_result(here.edition.framework, _answers(), today=here.today)


def _save() -> None:
    here = reader()
    state = st.session_state
    if not _answers() and keys.CHECK_SAVED in state:
        return  # the second half of a double click: the first one saved and cleared the form
    form = Form(
        squad=state.get(keys.CHECK_NEW_SQUAD) or state.get(keys.CHECK_SQUAD) or "",
        role=state.get(keys.CHECK_ROLE),
        voice=state.get(keys.CHECK_VOICE) or "",
        assessed_on=state.get(keys.CHECK_DATE),
        note=state.get(keys.CHECK_NOTE) or "",
        answers=_answers(),
    )
    submission = submission_of(
        form,
        here.edition.framework,
        assessment_id=_draft_id(),
        now=datetime.now(UTC),
        today=here.today,
    )
    state[keys.CHECK_REFUSALS] = dict(submission.refusals)
    if submission.assessment is None:
        return
    try:
        _keep(submission.assessment)
    except WhoDecidesError as error:
        state[keys.CHECK_REFUSALS] = {"store": error}
        return
    state[keys.CHECK_SAVED] = submission.assessment
    _clear_draft()
    period = Period.of(submission.assessment.assessed_on, "month")
    moves.ask_for(
        page_files.SQUAD,
        address([submission.assessment.squad], period=period, language=here.language),
    )


def _keep(draft: Assessment) -> None:
    """Store a draft as it now reads, also where an attempt nobody could vouch for had stored it."""
    if store().add([draft]):
        return
    before = {each.assessment_id: each for each in stored().assessments}.get(draft.assessment_id)
    if before and before.model_copy(update={"saved_at": draft.saved_at}) != draft:
        store().delete([draft.assessment_id])
        store().add([draft])


def _draft_id() -> UUID:
    """The id this draft will be stored under, the same at every try to save it."""
    made: UUID = st.session_state.setdefault(keys.CHECK_ID, uuid4())
    return made


def _choose_date() -> None:
    st.session_state[keys.CHECK_DATE_CHOSEN] = True


def _clear_draft() -> None:
    """Leave nothing of this check to the next one, which may be another person's."""
    for item in shipped_framework().item_ids:
        st.session_state[keys.answer(item)] = None
    for key, blank in (
        (keys.CHECK_SQUAD, None),
        (keys.CHECK_NEW_SQUAD, ""),
        (keys.CHECK_ROLE, None),
        (keys.CHECK_VOICE, ""),
        (keys.CHECK_NOTE, ""),
    ):
        st.session_state[key] = blank
    for key in (keys.CHECK_ID, keys.CHECK_REFUSALS, keys.CHECK_DATE_CHOSEN):
        st.session_state.pop(key, None)
    _go_to(shipped_framework().modules[0].id)


def _undo(saved: Assessment) -> None:
    """Take the saved check back out of the store and into the form."""
    try:
        store().delete([saved.assessment_id])
    except WhoDecidesError as error:
        st.session_state[keys.MESSAGE] = error
        return
    for item in shipped_framework().item_ids:
        st.session_state[keys.answer(item)] = saved.answers.get(item)
    st.session_state[keys.CHECK_NEW_SQUAD] = saved.squad
    st.session_state[keys.CHECK_ROLE] = saved.role
    st.session_state[keys.CHECK_VOICE] = saved.voice or ""
    st.session_state[keys.CHECK_DATE] = saved.assessed_on
    _choose_date()
    st.session_state[keys.CHECK_NOTE] = saved.note
    st.session_state.pop(keys.CHECK_SAVED)
    _go_to(RESULT)
    moves.ask_for(page_files.CHECK, {"lang": reader().language})


def _go_to(step: str) -> None:
    st.session_state[keys.CHECK_STEP] = step
    st.session_state[keys.CHECK_MOVED] = step
