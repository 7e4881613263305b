"""Rounds gathered by invitation: who may still answer, what is kept, what may be shown; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Literal, TypeAlias
from uuid import UUID

from assessment.errors import Refused, template
from assessment.model import Assessment, Gathering

Stage: TypeAlias = Literal["gathering", "closed", "revealed"]

ANYWHERE_ON_EARTH = timedelta(hours=12)
"""A day ends last twelve hours after it ended in UTC: a closing day is whole for everybody."""


def stage_of(gathering: Gathering, *, now: datetime) -> Stage:
    """Whether a round takes answers, is closed, or shows its results."""
    if gathering.revealed_at is not None:
        return "revealed"
    over = datetime.combine(gathering.closes_on, time.max, UTC) + ANYWHERE_ON_EARTH
    return "closed" if gathering.closed_at is not None or now > over else "gathering"


def check_takes_answers(gathering: Gathering, *, now: datetime) -> None:
    """Raise Refused where a round takes no more answers."""
    if stage_of(gathering, now=now) != "gathering":
        raise Refused(
            template("this round is closed, so nothing was stored; ask whoever invited you")
        )


def answered(gathering: Gathering, assessments: Iterable[Assessment]) -> int:
    """How many voices have answered a round."""
    return sum(1 for each in assessments if each.gathering == gathering.gathering_id)


def as_kept(found: Assessment, gathering: Gathering) -> Assessment:
    """An answer to a round as it is stored: of its squad, and spoken of its first day.

    One day for all keeps a round in one month. A confidential round keeps no alias, no role, no
    note, and midnight as its time.
    """
    kept = found.model_copy(
        update={
            "squad": gathering.squad,
            "assessed_on": gathering.opened_on,
            "gathering": gathering.gathering_id,
        }
    )
    if not gathering.confidential:
        return kept
    midnight = datetime.combine(gathering.opened_on, time.min, UTC)
    return kept.model_copy(update={"saved_at": midnight, "voice": None, "role": None, "note": ""})


def check_may_be_revealed(gathering: Gathering, *, voices: int) -> None:
    """Raise Refused where too few voices have answered for a round to show its results."""
    least = gathering.least_voices if gathering.confidential else 1
    if voices < least:
        raise Refused(
            template(
                "{voices} of at least {least} voices have answered, so the results stay closed; "
                "invite more, or delete the round"
            ),
            voices=voices,
            least=least,
        )


def closed(gathering: Gathering, *, now: datetime) -> Gathering:
    """The same round, taking no more answers; the first time counts."""
    return gathering if gathering.closed_at else _changed(gathering, closed_at=now)


def opened_again(gathering: Gathering) -> Gathering:
    """The same round, taking answers until its closing day; Refused once it was revealed."""
    if gathering.revealed_at is not None:
        raise Refused(
            template(
                "the results of this round were shown, so it takes no more answers; open another"
            )
        )
    return _changed(gathering, closed_at=None)


def revealed(gathering: Gathering, *, voices: int, now: datetime) -> Gathering:
    """The same round, closed for good, its results shown; Refused under too few voices."""
    check_may_be_revealed(gathering, voices=voices)
    return _changed(closed(gathering, now=now), revealed_at=gathering.revealed_at or now)


def that_may_be_shown(
    assessments: Sequence[Assessment], gatherings: Iterable[Gathering]
) -> tuple[Assessment, ...]:
    """The assessments that results may show: those of no round, or of one that was revealed.

    A confidential round of too few voices shows none, should some have been deleted since; nor
    does a round that is not stored here, since nobody can tell what was promised.
    """
    known: Mapping[UUID, Gathering] = {each.gathering_id: each for each in gatherings}
    voices = Counter(each.gathering for each in assessments)

    def is_shown(gathering: Gathering | None) -> bool:
        if gathering is None or gathering.revealed_at is None:
            return False
        least = gathering.least_voices if gathering.confidential else 1
        return voices[gathering.gathering_id] >= least

    shown = {each for each in voices if each is None or is_shown(known.get(each))}
    return tuple(each for each in assessments if each.gathering in shown)


def _changed(gathering: Gathering, **changes: object) -> Gathering:
    return Gathering.model_validate(gathering.model_dump() | changes)
