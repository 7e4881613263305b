"""From a filled-in form to an assessment, or to the refusals of each field; pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from assessment.errors import Refused, template
from assessment.model import Answers, Assessment, Framework, alias, note_text, past_date, squad_name

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Form:
    """What a person filled in beside the answers; everything but the squad may stay empty."""

    squad: str = ""
    role: str | None = None
    voice: str = ""
    assessed_on: date | None = None
    note: str = ""
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """The assessment a form makes, or why each field was refused; never both."""

    assessment: Assessment | None
    refusals: dict[str, Refused]


def submission_of(
    form: Form, framework: Framework, *, assessment_id: UUID, now: datetime, today: date
) -> Submission:
    """Check every field of a form; `today` is the reader's date, `now` the moment of saving."""
    refusals: dict[str, Refused] = {}

    def checked(name: str, parse: Callable[[], Value]) -> Value | None:
        try:
            return parse()
        except Refused as refused:
            refusals[name] = refused
            return None

    squad = checked("squad", lambda: squad_name(form.squad))
    voice = checked("voice", lambda: alias(form.voice))
    checked("role", lambda: framework.check_role(form.role))
    assessed_on = checked("assessed_on", lambda: _day(form.assessed_on, today))
    written = checked("note", lambda: note_text(form.note))
    checked("answers", lambda: _answered(form.answers, framework))
    if refusals or squad is None or assessed_on is None or written is None:
        return Submission(None, refusals)
    return Submission(
        Assessment(
            assessment_id=assessment_id,
            saved_at=now,
            assessed_on=assessed_on,
            squad=squad,
            voice=voice,
            role=form.role,
            framework=framework.version,
            note=written,
            answers=dict(form.answers),
        ),
        {},
    )


def _day(day: date | None, today: date) -> date:
    if day is None:
        raise Refused(template("the date is empty; choose the day of the check"))
    return past_date(day, today=today)


def _answered(answers: Answers, framework: Framework) -> None:
    if not answers:
        raise Refused(template("nothing is answered yet; answer at least one item before saving"))
    framework.check_answers(answers)
