"""What is asked before a check is saved: whether it is what the person means; and their answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import streamlit as st

from assessment.errors import Refused
from assessment.forms.look_alike import look_alike
from assessment.forms.same_month import emptied_by, halves_of
from assessment.model import Assessment, name_key
from assessment.model.sample import is_sample
from assessment.storage.protocol import Stored
from assessment.ui.check import draft
from assessment.ui.guard.stored import visible_records
from assessment.ui.parts.records import described, squad_names
from assessment.ui.session import keys
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button, lead_to_outcome

APART = "apart"  # the answer that a check is no half of another one


@dataclass(frozen=True, slots=True)
class Sure:
    """What a person has settled already.

    The squad's name, though a stored one looks alike; that the check `may_empty` what the same
    voice said; and which stored check it is a `half` of, by id, APART being none.
    """

    of_name: bool = False
    may_empty: bool = False
    half: str | None = None


Save = Callable[[Sure], None]


def is_unsettled(check: Assessment, sure: Sure) -> bool:
    """Whether something is to be asked first; then the form asks it."""
    question = _first_question(check, sure)
    st.session_state[keys.CHECK_QUESTION] = question and (_subject(), question)
    return question is not None


def _subject() -> object:
    """What a question is asked about: as soon as anything of it changes, it is asked no more."""
    return draft.draft_id(), draft.form()


def _first_question(check: Assessment, sure: Sure) -> tuple[object, ...] | None:
    """What is asked, and what about; None where all is settled."""
    records, written = visible_records(), draft.squad()
    if not sure.of_name:
        others = real_squads(records, draft.draft_id())
        if stored := look_alike(written, others):
            return "alike", written, stored
    if not sure.may_empty and (emptied := emptied_by(check, records.assessments)):
        return "emptied", check.voice, emptied.assessed_on
    if sure.half != APART and not half_of(check, sure) and _halves(check):
        return "halves", check
    return None


def half_of(check: Assessment, sure: Sure) -> Assessment | None:
    """The stored check that a person said it is a half of, None where of none."""
    return _halves(check).get(sure.half or "")


def show_questions(reader: Reader, save: Save) -> None:
    """What is to be settled, if anything; each answer calls `save` anew."""
    subject, question = st.session_state.get(keys.CHECK_QUESTION) or (None, None)
    if question is None or subject != _subject():
        return
    if question[0] == "halves" and not _halves(question[1]):
        return  # the other half was deleted since
    with st.container(border=True):
        match question:
            case "alike", written, stored:
                _ask_about_look_alike(reader, save, written, stored)
            case "emptied", voice, day:
                _ask_about_emptied(reader, save, voice, day)
            case "halves", check:
                _ask_about_halves(reader, save, check)
        lead_to_outcome(keys.CHECK_FORM)


# The squad's name ---------------------------------------------------------------------------------


def _ask_about_look_alike(reader: Reader, save: Save, written: str, stored: str) -> None:
    """Whether a new name that looks like a stored one is a slip of it."""
    _ = reader.gettext
    text = _("There is a squad called {stored}. Is {written} the same one?")
    st.warning(as_plain_text(text.format(stored=stored, written=written)))
    with st.container(horizontal=True):
        for key, label, name in (
            (keys.CHECK_ALIKE_USE, _("Yes, save for {squad}"), stored),
            (keys.CHECK_ALIKE_KEEP, _("No, {squad} is another one"), written),
        ):
            button(as_plain_text(label.format(squad=name)), _save_as, name, save, key=key)


def _save_as(squad: str, save: Save) -> None:
    st.session_state[keys.CHECK_SQUAD] = None
    st.session_state[keys.CHECK_NEW_SQUAD] = squad
    save(Sure(of_name=True))


def refuse_sample_squad(squad: str) -> None:
    """Raise Refused where a squad is one of the sample company's: its numbers are made up."""
    records = visible_records()
    samples = squad_names([check for check in records.assessments if is_sample(check.id)])
    if name_key(squad) in samples.keys() - set(map(name_key, real_squads(records, None))):
        raise Refused(
            "{squad} belongs to the sample company; save your own check under your squad's name",
            squad=squad,
        )


@kept(at_most=8)
def real_squads(records: Stored, apart_from: UUID | None) -> Sequence[str]:
    """The squads with a check or a setup that is no sample; `apart_from` one check, if one."""
    checks = [
        check
        for check in records.assessments
        if not is_sample(check.id) and check.assessment_id != apart_from
    ]
    setups = [setup for setup in records.setups if not is_sample(setup.id)]
    return tuple(squad_names([*checks, *setups]).values())


# A check that knows nothing, and the two halves of one voice --------------------------------------


def _ask_about_emptied(reader: Reader, save: Save, voice: str, day: date) -> None:
    """Whether a check that says nothing should take the place of one that does."""
    text = reader.gettext(
        "This check only says “I don't know”. Saved, it takes the place of what {voice} "
        "answered on {day}, which then no longer counts.",
        voice=voice,
        day=day,
    )
    st.warning(as_plain_text(text))
    label = reader.gettext("Save it all the same")
    button(label, save, Sure(of_name=True, may_empty=True), key=keys.CHECK_EMPTIED_SAVE)


def _ask_about_halves(reader: Reader, save: Save, check: Assessment) -> None:
    """Whether somebody's quick check and deep check are one voice, not two."""
    _, halves = reader.gettext, _halves(check)
    st.warning(as_plain_text(_halves_text(reader, check, len(halves))))
    chosen = next(iter(halves))
    if len(halves) > 1:
        chosen = st.selectbox(
            _("Check"),
            tuple(halves),
            format_func=lambda half: described(reader, halves[half]),
            key=keys.CHECK_HALF,
        )
    day = reader.edition.words.date(halves[chosen].assessed_on)
    with st.container(horizontal=True):
        for key, text, half in (
            (keys.CHECK_HALF_JOIN, _("Yes, add it to the check of {day}", day=day), chosen),
            (keys.CHECK_HALF_APART, _("No, save it as another voice"), APART),
        ):
            sure = Sure(of_name=True, may_empty=True, half=half)
            button(as_plain_text(text), save, sure, key=key)


def _halves_text(reader: Reader, check: Assessment, count: int) -> str:
    month = reader.edition.words.month(check.assessed_on)
    if check.answers:
        return reader.counted(
            "This squad has a deep check without an alias in {month}. Is it yours? Added to it, "
            "this quick check makes one voice with it, not two.",
            "This squad has {count} deep checks without an alias in {month}. Is one of them yours? "
            "Added to it, this quick check makes one voice with it, not two.",
            count,
            month=month,
        )
    return reader.counted(
        "This squad has a quick check without an alias in {month}. Is it yours? Added to it, "
        "this deep check makes one voice with it, not two.",
        "This squad has {count} quick checks without an alias in {month}. Is one of them "
        "yours? Added to it, this deep check makes one voice with it, not two.",
        count,
        month=month,
    )


def _halves(check: Assessment) -> dict[str, Assessment]:
    """The stored checks that it may be a half of, by id, the latest first."""
    records = visible_records()
    halves = halves_of(check, records.assessments, records.setups)
    return {str(half.id): half for half in halves}
