"""What tests are made of, with defaults that fit the shipped framework."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from assessment.model import Assessment

ANSWERS = {
    "mandates-clear": "yes",
    "rituals-decide": "partly",
    "single-channel": "no",
    "po-sets-strategy": "not-seen",
    "backlog-by-requests": "sometimes",
    "trade-offs-mid-sprint": "often",
    "vision-not-restated": "unknown",
    "po-explains-direction": "not-applicable",
}
"""Eight of the fourteen items, every option once."""

_numbers = count(1)


def assessment(**changes: object) -> Assessment:
    """An assessment of squad Atlas on 3 November 2026, with the next id; `changes` are fields."""
    fields: dict[str, object] = {
        "assessment_id": UUID(int=next(_numbers)),
        "saved_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
        "assessed_on": date(2026, 11, 3),
        "squad": "Atlas",
        "framework": "core@1",
        "answers": ANSWERS,
    }
    return Assessment.model_validate(fields | changes)
