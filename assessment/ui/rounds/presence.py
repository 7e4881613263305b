"""How many are answering a session right now: known in memory alone, in no relation to anybody.

A browser counts from its first answer until it has sent, for two minutes after each click, and as
quiet for two hours more; one that loads the page again counts once. Each process of a server knows
of its own browsers.
"""

import threading
import time
from uuid import UUID

from assessment.ui.rounds.one_answer import browser_in

SECONDS = 120.0
KEPT = SECONDS + 2 * 60 * 60

_lock = threading.Lock()
_seen: dict[UUID, dict[UUID, float]] = {}


def note_answering(survey_id: UUID, *, is_begun: bool) -> None:
    """Count this browser among those who answer a survey, or no longer."""
    own = browser_in(survey_id, "presence")
    with _lock:
        of_survey = _seen.setdefault(survey_id, {})
        if is_begun:
            of_survey[own] = time.monotonic()
        else:
            of_survey.pop(own, None)
        _forget_old()


def answering_now(survey_id: UUID) -> int:
    """How many have begun to answer and not sent, of those seen within two minutes."""
    return _seen_within(survey_id, SECONDS)


def quiet_since(survey_id: UUID) -> int:
    """How many have begun to answer and not sent, and were not seen for two minutes."""
    return _seen_within(survey_id, KEPT) - _seen_within(survey_id, SECONDS)


def _seen_within(survey_id: UUID, seconds: float) -> int:
    since = time.monotonic() - seconds
    with _lock:
        _forget_old()
        return sum(seen >= since for seen in _seen.get(survey_id, {}).values())


def _forget_old() -> None:
    since = time.monotonic() - KEPT
    for survey_id, of_survey in list(_seen.items()):
        for one, seen in list(of_survey.items()):
            if seen < since:
                del of_survey[one]
        if not of_survey:
            del _seen[survey_id]
