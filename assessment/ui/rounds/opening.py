"""How a session's room is opened: its minutes are counted from then on, unless they were before."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID


def opening(survey_id: UUID) -> dict[str, str]:
    """The address of a survey's room that begins now; a browser that was in it knows its plan."""
    return {"survey": str(survey_id), "began": str(int(datetime.now(UTC).timestamp()))}
