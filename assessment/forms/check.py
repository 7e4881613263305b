"""From a filled-in form to an assessment, or to the refusals of each field; pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from assessment.errors import Refused
from assessment.forms.deep_check import DeepForm, Progress, validate
from assessment.forms.fields import Submission, parse_field
from assessment.model import (
    UNKNOWN,
    Answers,
    Assessment,
    Framework,
    alias,
    fit_for_files,
    note_text,
    past_date,
    squad_name,
)


@dataclass(frozen=True, slots=True)
class CheckForm:
    """What a person filled in: answers to either check, and what may be told beside them."""

    squad: str = ""
    role: str | None = None
    voice: str = ""
    assessed_on: date | None = None
    note: str = ""
    answers: Answers = field(default_factory=dict)
    deep: DeepForm = field(default_factory=DeepForm)


def quick_progress(framework: Framework, answers: Answers, *, unasked: Collection[str]) -> Progress:
    """How far a quick check is; `unasked` are the items about a seat that nobody holds.

    “I don't know” is no answer, “doesn't apply” is one.
    """
    given = [option for item, option in answers.items() if item not in unasked]
    unknown = given.count(UNKNOWN)
    return Progress(len(framework.items) - len(unasked), len(given) - unknown, unknown)


def check_submission_of(
    form: CheckForm,
    framework: Framework,
    *,
    assessment_id: UUID,
    now: datetime,
    today: date,
    absent: Mapping[str, str],
) -> Submission[Assessment]:
    """Check every field of a form; `today` is the reader's date, `now` the moment of saving.

    `absent` gives the roles that nobody holds in the squad's setup, by id, as the reader calls
    them. Answers to the deep check are refused under their columns.
    """
    refusals: dict[str, Refused] = {}
    squad = parse_field(refusals, "squad", lambda: squad_name(fit_for_files(form.squad)))
    voice = parse_field(refusals, "voice", lambda: alias(fit_for_files(form.voice)))
    parse_field(refusals, "role", lambda: framework.check_role(form.role))
    assessed_on = parse_field(refusals, "assessed_on", lambda: _day(form.assessed_on, today))
    note = parse_field(refusals, "note", lambda: note_text(form.note))
    parse_field(refusals, "answers", lambda: _check_answered(form, framework))
    deep = validate(form.deep, framework, absent=absent)
    refusals.update(deep.refusals)
    if refusals or squad is None or assessed_on is None or note is None:
        return Submission(None, refusals)
    return Submission(
        Assessment(
            assessment_id=assessment_id,
            saved_at=now,
            assessed_on=assessed_on,
            squad=squad,
            voice=voice,
            role=form.role,
            framework=framework.version_with_lenses if deep.answers else framework.version,
            note=note,
            answers=dict(form.answers),
            deep=deep.answers,
        ),
        {},
    )


def _day(day: date | None, today: date) -> date:
    if day is None:
        raise Refused("the date is empty; choose the day of the check")
    return past_date(day, today=today)


def _check_answered(form: CheckForm, framework: Framework) -> None:
    if not form.answers and not form.deep:
        raise Refused("nothing is answered yet; answer at least one question before saving")
    framework.check_answers(form.answers)
