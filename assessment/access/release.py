"""Release: a revealed survey is its squad's own until the squad lets others see it; pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from assessment.access.invitations import end_of
from assessment.errors import Refused
from assessment.model import Survey
from assessment.storage.protocol import Stored

Nudge = Literal["reveal", "release"]

WAITS = timedelta(days=7)
"""How long answers wait to be revealed, and revealed ones to be released, before it is told."""


def released(survey: Survey) -> Survey:
    """The same survey, seen by links and leadership from now on; Refused before it is revealed.

    A vote that was open ends with it: nobody asks for it any more.
    """
    if survey.revealed_at is None:
        raise Refused(
            "the results are not revealed yet, so there is nothing to release; reveal them first"
        )
    over: dict[str, object] = {"released": True, "asked_again": None, "asked_pass": None}
    return survey if survey.is_released else survey.model_copy(update=over)


def unreleased(surveys: Iterable[Survey]) -> tuple[Survey, ...]:
    """The surveys that were revealed to their squad and to nobody else yet."""
    return tuple(survey for survey in surveys if survey.revealed_at and not survey.is_released)


def released_records(stored: Stored) -> Stored:
    """The stored without the answers to unreleased surveys, and the votes in them.

    The surveys themselves stay: that they exist may be known.
    """
    withheld = {survey.id for survey in unreleased(stored.surveys)}
    if not withheld:
        return stored
    return replace(
        stored,
        assessments=tuple(a for a in stored.assessments if a.gathering not in withheld),
        votes=tuple(vote for vote in stored.votes if vote.gathering not in withheld),
        version=(stored.version, "released"),
    )


def nudge_for(survey: Survey, *, voices: int, now: datetime) -> Nudge | None:
    """What an editor left undone for a week: answers to reveal, or results to release."""
    if survey.revealed_at is not None:
        late = now - survey.revealed_at > WAITS
        return "release" if late and not survey.is_released else None
    ended = min(survey.closed_at or end_of(survey), end_of(survey))
    return "reveal" if voices and now - ended > WAITS else None
