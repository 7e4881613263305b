"""Rounds gathered by invitation: who may still answer, what is kept, what may be shown; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias, TypeVar
from uuid import UUID

from assessment.errors import Refused, template
from assessment.model import (
    NOT_APPLICABLE,
    UNKNOWN,
    Assessment,
    Survey,
)

Stage: TypeAlias = Literal["gathering", "closed", "revealed"]

ANYWHERE_ON_EARTH = timedelta(hours=12)
"""A day ends last twelve hours after it ended in UTC: a closing day is whole for everybody."""


_Told = TypeVar("_Told")


def end_of(gathering: Survey) -> datetime:
    """The moment after which a round takes no more answers, should nobody close it before."""
    return datetime.combine(gathering.closes_on, time.max, UTC) + ANYWHERE_ON_EARTH


def stage_of(gathering: Survey, *, now: datetime) -> Stage:
    """Whether a round takes answers, is closed, or shows its results."""
    if gathering.revealed_at is not None:
        return "revealed"
    over = gathering.closed_at is not None or now > end_of(gathering)
    return "closed" if over else "gathering"


def check_takes_answers(gathering: Survey, *, now: datetime) -> None:
    """Raise Refused where a round takes no more answers."""
    if stage_of(gathering, now=now) != "gathering":
        raise Refused(
            template("this round is closed, so nothing was stored; ask whoever invited you")
        )


def voice_count(gathering: Survey, assessments: Iterable[Assessment]) -> int:
    """How many voices have answered a round."""
    return sum(1 for each in assessments if each.gathering == gathering.gathering_id)


def answer_as_stored(found: Assessment, gathering: Survey) -> Assessment:
    """An answer to a round as it is stored: of its squad, and spoken of its first day.

    One day for all keeps a round in one month. A confidential round keeps no alias, no role, no
    time but midnight, and nothing that was written: no note, no mandate sentence.
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
    unsaid = {"saved_at": midnight, "voice": None, "role": None, "note": ""}
    return kept.model_copy(update=unsaid | {"deep": kept.deep.model_copy(update={"mandates": {}})})


def check_may_be_revealed(gathering: Survey, *, voices: int) -> None:
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


def closed(gathering: Survey, *, now: datetime) -> Survey:
    """The same round, taking no more answers; the first time counts."""
    return gathering if gathering.closed_at else _changed(gathering, closed_at=now)


def opened_again(gathering: Survey, *, until: date | None = None) -> Survey:
    """The same round, taking answers until its closing day, or until another one.

    Refused once it was revealed.
    """
    if gathering.revealed_at is not None:
        raise Refused(
            template(
                "the results of this round were shown, so it takes no more answers; open another"
            )
        )
    return _changed(gathering, closed_at=None, closes_on=until or gathering.closes_on)


def revealed(gathering: Survey, *, voices: int, now: datetime) -> Survey:
    """The same round, closed for good, its results shown; Refused under too few voices."""
    check_may_be_revealed(gathering, voices=voices)
    return _changed(closed(gathering, now=now), revealed_at=gathering.revealed_at or now)


def showable_assessments(
    assessments: Sequence[Assessment], gatherings: Iterable[Survey]
) -> tuple[Assessment, ...]:
    """What results may show: assessments of no round, or of one that was revealed.

    A confidential round of too few voices shows none, should some have been deleted since; nor
    does a round that is not stored here, since nobody can tell what was promised. What too few
    voices of a confidential round answered is left out as well, question by question: whatever
    is computed from the rest speaks of enough voices.
    """
    known: Mapping[UUID, Survey] = {each.gathering_id: each for each in gatherings}
    gathered: dict[UUID, list[Assessment]] = {}
    for each in assessments:
        if each.gathering is not None:
            gathered.setdefault(each.gathering, []).append(each)
    shown = {
        each.assessment_id: each
        for gathering_id, found in gathered.items()
        for each in _shown_of(known.get(gathering_id), found)
    }
    return tuple(
        shown.get(each.assessment_id, each)
        for each in assessments
        if each.gathering is None or each.assessment_id in shown
    )


def _shown_of(gathering: Survey | None, found: Sequence[Assessment]) -> Sequence[Assessment]:
    """What of a round's answers may be shown."""
    if gathering is None or gathering.revealed_at is None:
        return ()
    if not gathering.confidential:
        return found
    least = gathering.least_voices
    return _told_by_enough(found, least) if len(found) >= least else ()


def _told_by_enough(found: Sequence[Assessment], least: int) -> Sequence[Assessment]:
    """The assessments, each without its answers to what fewer than `least` voices answered.

    `unknown` is no answer. That an item does not apply is one by itself.
    """
    answers = _tally(each.answers for each in found)
    waived = Counter(
        item for each in found for item, told in each.answers.items() if told == NOT_APPLICABLE
    )
    deciders = _tally(each.deep.deciders for each in found)
    options = _tally(each.deep.options for each in found)
    signs = _tally(each.deep.signs for each in found)

    def is_shown(item: str, told: str) -> bool:
        return answers[item] >= least or (told == NOT_APPLICABLE and waived[item] >= least)

    def enough(told: Mapping[str, _Told], tally: Counter[str]) -> dict[str, _Told]:
        return {name: value for name, value in told.items() if tally[name] >= least}

    return [
        each.model_copy(
            update={
                "answers": {i: told for i, told in each.answers.items() if is_shown(i, told)},
                "deep": each.deep.model_copy(
                    update={
                        "deciders": enough(each.deep.deciders, deciders),
                        "options": enough(each.deep.options, options),
                        "signs": enough(each.deep.signs, signs),
                        "mandates": {},
                    }
                ),
            }
        )
        for each in found
    ]


def _tally(told: Iterable[Mapping[str, object]]) -> Counter[str]:
    """How many voices answered each question."""
    return Counter(
        name
        for answers in told
        for name, value in answers.items()
        if value not in (UNKNOWN, NOT_APPLICABLE)
    )


def _changed(gathering: Survey, **changes: object) -> Survey:
    return Survey.model_validate(gathering.model_dump() | changes)
