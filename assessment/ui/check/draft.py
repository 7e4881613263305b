"""The check in progress: answers and form, kept in the session until saved or cleared."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from uuid import UUID, uuid4

import streamlit as st

from assessment.content.loading import shipped_framework
from assessment.errors import Refused, WhoDecidesError
from assessment.forms.check import CheckForm
from assessment.forms.deep_check import DeepForm, Validated, deciders_after, validate
from assessment.forms.kept_draft import KeptDraft
from assessment.model import NOBODY, UNCLEAR, Answers, Assessment, DeepAnswers, Framework, Setup
from assessment.rounds.results import Result, draft_result
from assessment.scoring.seats import Seating, setup_in_force
from assessment.ui.guard.stored import visible_records
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader

RESULT = "result"  # the step after the last module


def answers() -> Answers:
    """The answers given so far; what a forged message may have slipped in is left out."""
    state, options_by_item = st.session_state, shipped_framework().options_by_item
    chosen = {item: state.get(keys.answer(item)) for item in options_by_item}
    return {item: option for item, option in chosen.items() if option in options_by_item[item]}


def deep_form() -> DeepForm:
    """What the deep check was told so far, as its fields hold it."""
    lenses = shipped_framework().lenses
    state = st.session_state.to_dict()  # of its 76 fields one by one it would take 0.5 ms more
    deciders = {d: tuple(state.get(keys.decision(d)) or ()) for d in lenses.decision_by_id}
    options = {item: state.get(keys.lens_item(item)) for item in lenses.item_by_id}
    signs = {sign: state.get(keys.sign(sign)) for sign in lenses.sign_by_id}
    mandates = {role: state.get(keys.mandate(role)) for role in lenses.mandates}
    return DeepForm(
        deciders={decision: roles for decision, roles in deciders.items() if roles},
        options={item: option for item, option in options.items() if option},
        signs={sign: number for sign, number in signs.items() if number is not None},
        mandates={role: text for role, text in mandates.items() if text and text.strip()},
    )


def checked_deep(framework: Framework, absent: Mapping[str, str]) -> Validated:
    """The deep answers so far, each field judged; `absent` are the roles that nobody holds."""
    return validate(deep_form(), framework, absent=absent)


def is_begun() -> bool:
    """Whether anything is answered, in either check."""
    return bool(answers()) or bool(deep_form())


def result(reader: Reader) -> Result:
    """The result of the answers given so far, as far as they apply to the squad's setup."""
    framework = reader.edition.framework
    return draft_result(framework, answers(), today=reader.today, setup=setup(reader))


def setup(reader: Reader) -> Setup | None:
    """The setup of the squad on the day the check is about; None where nobody told one."""
    day = st.session_state.get(keys.CHECK_DATE) or reader.today
    with suppress(WhoDecidesError):  # where nothing can be read, all answers are taken to apply
        return setup_in_force(visible_records().setups, squad(), day)
    return None


def unasked(reader: Reader) -> Mapping[str, str]:
    """The items that do not apply to the squad's setup, each with the role that nobody holds."""
    return unasked_by(setup(reader))


def unasked_by(setup: Setup | None) -> Mapping[str, str]:
    """The items that do not apply to a setup, with the role missing; none where nobody told it."""
    return Seating(shipped_framework(), setup).unasked


def blanks(reader: Reader) -> tuple[str, ...]:
    """The items of the quick check that were asked and not answered, in order."""
    framework, given, left_out = reader.edition.framework, answers(), unasked(reader)
    return tuple(
        item.id
        for module in framework.modules
        for item in framework.items_of(module.id)
        if item.id not in given and item.id not in left_out
    )


def form() -> CheckForm:
    """Everything the person has filled in so far."""
    state = st.session_state
    return CheckForm(
        squad=squad(),
        role=state.get(keys.CHECK_ROLE),
        voice=state.get(keys.CHECK_VOICE) or "",
        assessed_on=state.get(keys.CHECK_DATE),
        note=state.get(keys.CHECK_NOTE) or "",
        answers=answers(),
        deep=deep_form(),
    )


def squad() -> str:
    """The squad the check is about as far as it was told, as it was written."""
    state = st.session_state
    return str(state.get(keys.CHECK_NEW_SQUAD) or state.get(keys.CHECK_SQUAD) or "").strip()


def draft_id(*, key: str = keys.CHECK_ID) -> UUID:
    """The id the answers will be stored under, the same at every try to store them."""
    assessment_id: UUID = st.session_state.setdefault(key, uuid4())
    return assessment_id


def prefer_chosen_squad() -> None:
    """A squad chosen from the list takes the place of a name typed before."""
    if st.session_state.get(keys.CHECK_SQUAD):
        st.session_state[keys.CHECK_NEW_SQUAD] = ""


def prefer_new_squad() -> None:
    """A name typed takes the place of a squad chosen before, and of why that was refused."""
    st.session_state.get(keys.CHECK_REFUSALS, {}).pop("squad", None)
    if st.session_state.get(keys.CHECK_NEW_SQUAD):
        st.session_state[keys.CHECK_SQUAD] = None


def choose_date() -> None:
    """Keep the date as it stands, instead of today's."""
    st.session_state[keys.CHECK_DATE_CHOSEN] = True


def keep_alone(decision_id: str) -> None:
    """Let nobody and unclear stand alone: the last choice clears what it excludes."""
    state, key = st.session_state, keys.decision(decision_id)
    before = state.get(keys.decided_before(decision_id), ())
    _put_deciders(decision_id, deciders_after(before, state.get(key) or ()))
    state.get(keys.DEEP_REFUSED, {}).pop(decision_id, None)


def leave_out(refusals: Mapping[str, Refused], held: Collection[str]) -> bool:
    """Take out of who decides what was refused, keep the rest, and remember why.

    Tells whether anything was taken out. A role that nobody holds any more would otherwise
    vanish without a word from the field that no longer offers it.
    """
    state = st.session_state
    refused = [d for d in shipped_framework().lenses.decision_by_id if d in refusals]
    for decision in refused:
        deciders = [d for d in state[keys.decision(decision)] if d in (*held, NOBODY, UNCLEAR)]
        _put_deciders(decision, deciders_after((), deciders))
        state.setdefault(keys.DEEP_REFUSED, {})[decision] = refusals[decision]
    return bool(refused)


def left_out() -> Mapping[str, Refused]:
    """Why something was taken out of who decides, by decision, until it is answered anew."""
    refusals: Mapping[str, Refused] = st.session_state.get(keys.DEEP_REFUSED, {})
    return refusals


def go_to(step: str, *, key: str = keys.CHECK_STEP) -> None:
    """Go to a step, kept under a key, and bring its heading into view."""
    st.session_state[key] = step
    st.session_state[keys.CHECK_MOVED] = step


def go_on() -> None:
    """Bring the heading of the step that the person is on into view, coming from elsewhere."""
    st.session_state[keys.CHECK_MOVED] = st.session_state.get(keys.CHECK_STEP, "first")


def go_to_item(item: str) -> None:
    """Go to the step that asks an item of the quick check, and bring the question into view."""
    st.session_state[keys.CHECK_STEP] = shipped_framework().item_by_id[item].module
    st.session_state[keys.CHECK_MOVED_TO_ITEM] = item


def open_view(view: str | None, level: str | None = None) -> None:
    """Go to a view of the deep check, None being the overview, and bring it into view."""
    st.session_state[keys.DEEP_VIEW] = view
    st.session_state[keys.DEEP_LEVEL] = level or shipped_framework().level_ids[0]
    st.session_state[keys.CHECK_MOVED] = f"{view}-{level}"


def clear() -> None:
    """Leave nothing of this check to the next one, which may be another person's."""
    blank()
    go_to(shipped_framework().modules[0].id)


def blank() -> None:
    """Empty every field of the check."""
    for item in shipped_framework().item_ids:
        st.session_state[keys.answer(item)] = None
    clear_deep()
    for key, empty in (
        (keys.CHECK_SQUAD, None),
        (keys.CHECK_NEW_SQUAD, ""),
        (keys.CHECK_ROLE, None),
        (keys.CHECK_VOICE, ""),
        (keys.CHECK_NOTE, ""),
    ):
        st.session_state[key] = empty
    for key in (
        keys.CHECK_ID,
        keys.CHECK_SQUAD_ASKED,
        keys.CHECK_REFUSALS,
        keys.CHECK_QUESTION,
        keys.CHECK_DATE_CHOSEN,
        keys.DRAFT_BACK,
        keys.DRAFT_STAYS,
    ):
        st.session_state.pop(key, None)


def begin(answers: Answers) -> None:
    """Begin a check of one's own with answers that came from elsewhere."""
    clear()
    for item, option in answers.items():
        st.session_state[keys.answer(item)] = option
    go_to(RESULT)


def add_to(check: Assessment | None) -> None:
    """Choose the stored check that deep answers may be added to, or none."""
    st.session_state[keys.DEEP_SQUAD] = check.squad_key if check else None
    st.session_state[keys.DEEP_CHECK] = str(check.assessment_id) if check else None


def clear_deep() -> None:
    """Leave nothing of the deep check to the next one, not even which check it went into."""
    _put_deep(DeepAnswers())
    add_to(None)
    for key in (keys.DEEP_REFUSED, keys.DEEP_TO):
        st.session_state.pop(key, None)
    open_view(None)


def restore(saved: Assessment) -> None:
    """Put a saved check back into the form, as it was."""
    restore_deep(saved.deep)
    for item in shipped_framework().item_ids:
        st.session_state[keys.answer(item)] = saved.answers.get(item)
    st.session_state[keys.CHECK_NEW_SQUAD] = saved.squad
    st.session_state[keys.CHECK_ROLE] = saved.role
    st.session_state[keys.CHECK_VOICE] = saved.voice or ""
    st.session_state[keys.CHECK_DATE] = saved.assessed_on
    choose_date()
    st.session_state[keys.CHECK_NOTE] = saved.note
    go_to(RESULT)


def fill_in(kept: KeptDraft) -> None:
    """Fill in what a browser had kept, wherever nothing has been filled in since."""
    state = st.session_state
    values: dict[str, object] = {keys.answer(item): o for item, o in kept.answers.items()}
    for decision, roles in kept.deciders.items():
        if not state.get(keys.decision(decision)):
            _put_deciders(decision, roles)
    values |= {keys.lens_item(item): option for item, option in kept.options.items()}
    values |= {keys.sign(sign): number for sign, number in kept.signs.items()}
    values |= {keys.mandate(role): text for role, text in kept.mandates.items()}
    values |= {keys.CHECK_ROLE: kept.role, keys.CHECK_VOICE: kept.voice}
    values |= {keys.CHECK_NOTE: kept.note}
    if state.get(keys.CHECK_SQUAD) == state.pop(keys.CHECK_SQUAD_ASKED, None):
        state[keys.CHECK_SQUAD] = None  # the address named it, not the person
    if not state.get(keys.CHECK_SQUAD):
        values[keys.CHECK_NEW_SQUAD] = kept.squad
    for key, value in values.items():
        if state.get(key) in (None, ""):
            state[key] = value
    if kept.assessed_on and not state.get(keys.CHECK_DATE_CHOSEN):
        state[keys.CHECK_DATE] = kept.assessed_on
        choose_date()
    state[keys.DEEP_VIEW] = kept.view
    if kept.level:
        state[keys.DEEP_LEVEL] = kept.level
    state[keys.DRAFT_STAYS] = kept.stays
    state[keys.DRAFT_BACK] = kept.answers


def stand_by_answers() -> None:
    """Have answers that came back stand where a page that was drawn before them sent none.

    An answer is changed, or cleared with all others; no field takes one away.
    """
    state = st.session_state
    for item, option in state.get(keys.DRAFT_BACK, {}).items():
        if state.get(keys.answer(item)) is None:
            state[keys.answer(item)] = option


def restore_deep(deep: DeepAnswers) -> None:
    """Put answers to the deep check back into its fields, as they were."""
    clear_deep()
    _put_deep(deep)


def _put_deep(deep: DeepAnswers) -> None:
    state, lenses = st.session_state, shipped_framework().lenses
    for decision in lenses.decision_by_id:
        _put_deciders(decision, deep.deciders.get(decision, ()))
    for item in lenses.item_by_id:
        state[keys.lens_item(item)] = deep.options.get(item)
    for sign in lenses.sign_by_id:
        state[keys.sign(sign)] = deep.signs.get(sign)
    for role in lenses.mandates:
        state[keys.mandate(role)] = deep.mandates.get(role, "")


def _put_deciders(decision: str, deciders: tuple[str, ...]) -> None:
    """Have a field say who decides, as if it had been chosen so."""
    st.session_state[keys.decision(decision)] = list(deciders)
    st.session_state[keys.decided_before(decision)] = deciders
