"""Checks that would take the place of what they should not; pure."""

from __future__ import annotations

from collections.abc import Iterable

from assessment.model import UNKNOWN, Assessment
from assessment.model.period import Period


def emptied_by(check: Assessment, stored: Iterable[Assessment]) -> Assessment | None:
    """The check that would count no more once one is stored that knows nothing.

    It is the latest of the same voice in the same month that says more; None where the new check
    says more itself, has no alias, or comes before it.
    """
    if not check.voice or not check.answers or _says_something(check):
        return None
    month = Period.of(check.assessed_on, "month")
    earlier = [
        known
        for known in stored
        if (known.squad_key, known.voice_key) == (check.squad_key, check.voice_key)
        and known.gathering is None
        and known.id != check.id
        and Period.of(known.assessed_on, "month") == month
        and _says_something(known)
        and known.moment <= check.moment
    ]
    return max(earlier, key=lambda known: known.moment, default=None)


def _says_something(check: Assessment) -> bool:
    return any(option != UNKNOWN for option in check.answers.values())
