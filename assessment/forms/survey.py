"""From a filled-in form to a new survey by invitation, or to its refusal; pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from assessment.errors import Refused
from assessment.forms.fields import chosen
from assessment.model import (
    DEPTHS,
    FEWEST_VOICES,
    MOST_VOICES,
    PRIVACIES,
    USUAL_VOICES,
    Survey,
    squad_name,
)

MOST_DAYS = 365
"""How many days ahead a survey may close, or the next one be planned."""


@dataclass(frozen=True, slots=True)
class SurveyRequest:
    """What an editor asks a new survey to be, as it was filled in."""

    squad: str
    depth: str
    privacy: str
    closes_on: date | None
    least_voices: int = USUAL_VOICES
    expected: int | None = None


def new_survey(request: SurveyRequest, *, survey_id: UUID, now: datetime, today: date) -> Survey:
    """A survey as requested, open from `today`; Refused where the request does not fit."""
    squad = squad_name(request.squad)
    if not FEWEST_VOICES <= request.least_voices <= MOST_VOICES:
        raise Refused(
            "a confidential session needs a minimum of {fewest} to {most} voices, not {voices}",
            fewest=FEWEST_VOICES,
            most=MOST_VOICES,
            voices=request.least_voices,
        )
    if request.expected is not None and not 1 <= request.expected <= MOST_VOICES:
        raise Refused(
            "a session expects from 1 to {most} people, not {expected}; leave it empty "
            "where you do not know",
            most=MOST_VOICES,
            expected=request.expected,
        )
    return Survey(
        gathering_id=survey_id,
        saved_at=now,
        squad=squad,
        depth=chosen(request.depth, DEPTHS),
        privacy=chosen(request.privacy, PRIVACIES),
        least_voices=request.least_voices,
        opened_on=today,
        closes_on=closing_day(request.closes_on, today=today),
        expected=request.expected,
    )


def closing_day(day: date | None, *, today: date) -> date:
    """The day a survey closes, not before today nor too far ahead; else Refused."""
    if day is None:
        raise Refused("the closing date is empty; choose the last day to answer")
    latest = today + timedelta(days=MOST_DAYS)
    if not today <= day <= latest:
        raise Refused(
            "a session closes between today and {latest}, not on {day}", latest=latest, day=day
        )
    return day


def with_next_day(survey: Survey, day: date | None, *, today: date) -> Survey:
    """The same survey, the squad asked again on a day after today and not too far ahead."""
    if day is None:
        raise Refused("the day of the next session is empty; choose one after today")
    latest = today + timedelta(days=MOST_DAYS)
    if not today < day <= latest:
        raise Refused(
            "the next session is after today and until {latest}, not on {day}",
            latest=latest,
            day=day,
        )
    return survey.changed(next_on=day)
