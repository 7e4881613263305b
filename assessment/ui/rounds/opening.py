"""How a session's room is opened: as it was planned, as long as the server runs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

_lock = threading.Lock()
_planned: dict[UUID, Mapping[str, str]] = {}


def remember(survey_id: UUID, planned: Mapping[str, str]) -> None:
    """Keep what the address of a survey's room says of its plan."""
    with _lock:
        _planned[survey_id] = planned


def opening(survey_id: UUID) -> dict[str, str]:
    """The address of a survey's room: with the plan that it had, else beginning now."""
    with _lock:
        planned = _planned.get(survey_id, {})
    now = str(int(datetime.now(UTC).timestamp()))
    return {"survey": str(survey_id), "began": now, **planned}
