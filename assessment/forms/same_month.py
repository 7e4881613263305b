"""Stored checks of a month that a new one completes, or would take the place of; pure."""

from collections.abc import Iterable, Sequence

from assessment.forms.deep_check import together
from assessment.model import LONGEST_NOTE, UNKNOWN, Assessment, Framework, Setup
from assessment.model.period import Period
from assessment.model.sample import is_sample
from assessment.scoring.seats import setup_in_force


def halves_of(
    check: Assessment, stored: Iterable[Assessment], setups: Sequence[Setup]
) -> Sequence[Assessment]:
    """The stored checks that may be the other half of a person's two checks, the latest first.

    Without an alias each would count as a voice of its own. They are of the same squad, month and
    setup, and contradict nothing that was told beside the check; none where it has both halves,
    or comes from a voice that already has a check in the month.
    """
    near = _of_same_month(check, stored)
    if any(other.voice_key == check.voice_key for other in near):
        return ()
    halves = [half for half in near if _fit_together(check, half, setups)]
    return sorted(halves, key=lambda half: half.moment, reverse=True)


def joined(half: Assessment, check: Assessment, framework: Framework) -> Assessment:
    """A stored check with the other half that a new one is: all it had is kept, its day too."""
    return half.model_copy(
        update={
            "voice": half.voice or check.voice,
            "role": half.role or check.role,
            "note": _note_of_both(half, check),
            "answers": {**half.answers, **check.answers},
            "deep": together(half.deep, check.deep),
            "framework": framework.version_with_lenses,
        }
    )


def emptied_by(check: Assessment, stored: Iterable[Assessment]) -> Assessment | None:
    """The check that would count no more once one is stored that knows nothing."""
    return None if _says_something(check) else replaced_by(check, stored)


def replaced_by(check: Assessment, stored: Iterable[Assessment]) -> Assessment | None:
    """The quick check of the same voice in the same month that counts no more beside this one.

    It is the latest that says anything; None where this one has no alias, answers none, or is not
    itself the latest.
    """
    if not check.voice or not check.answers:
        return None
    known = [
        other
        for other in _of_same_month(check, stored)
        if other.voice_key == check.voice_key and _says_something(other)
    ]
    last = max(known, key=lambda other: other.moment, default=None)
    return last if last and last.moment <= check.moment else None


def _of_same_month(check: Assessment, stored: Iterable[Assessment]) -> Sequence[Assessment]:
    """The other checks of a check's squad and month that answer no survey."""
    month = Period.of(check.assessed_on, "month")
    return [
        other
        for other in stored
        if other.squad_key == check.squad_key
        and other.gathering is None
        and other.id != check.id
        and Period.of(other.assessed_on, "month") == month
    ]


def _says_something(check: Assessment) -> bool:
    return any(option != UNKNOWN for option in check.answers.values())


def _fit_together(check: Assessment, half: Assessment, setups: Sequence[Setup]) -> bool:
    """Whether one of them is a quick check alone, the other a deep one, perhaps of one person."""
    quick, deep = (check, half) if check.answers else (half, check)
    days = (half.assessed_on, check.assessed_on)
    half_setup, check_setup = (setup_in_force(setups, check.squad, day) for day in days)
    return (
        bool(quick.answers and not quick.deep and deep.deep and not deep.answers)
        and not (half.voice or is_sample(half.id))
        and (half.role is None or check.role in (None, half.role))
        and half_setup == check_setup
        and len(_note_of_both(half, check)) <= LONGEST_NOTE
    )


def _note_of_both(half: Assessment, check: Assessment) -> str:
    return "\n".join(dict.fromkeys(filter(None, (half.note, check.note))))
