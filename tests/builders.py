"""What tests are made of, with defaults that fit the shipped framework."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, cast
from uuid import UUID

from assessment.exchange.sample import sample_records
from assessment.model import (
    Action,
    Agreement,
    Answers,
    Assessment,
    Confirmation,
    Framework,
    Setup,
    Survey,
    Total,
    Vote,
)
from assessment.model.link import Link
from assessment.scoring.levels import Scores, healths_of, score_table
from assessment.storage.kinds import R, Record

TODAY = date(2026, 12, 5)
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

DEEP: dict[str, dict[str, Any]] = {
    "deciders": {
        "priority-segment": ("cpo", "pm"),
        "bets": ("nobody",),
        "cut": ("unclear",),
        "sprint-content": ("lead", "cpo", "cto", "pm"),
    },
    "options": {
        "vision-against-feasibility": "sometimes",
        "debt-run-as-product": "partly",
        "product-review": "held",
        "seat-vision": "cpo-or-cpto",
        "shared-cycle": "unknown",
    },
    "signs": {"days-to-arbitrate": 2.5, "open-questions": 20.0},
    "mandates": {"cpo": "Decides what and why.", "tl": 'Says "how", and when; =1'},
}
"""Answers to every kind of question the deep check asks, scales and ways to decide included."""

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


def deep_assessment(**changes: object) -> Assessment:
    """The same with deep answers, in the form in which stores keep it."""
    return assessment(**({"framework": "core@1+lenses@1", "deep": DEEP} | changes))


def setup(**changes: object) -> Setup:
    """A setup of squad Atlas since 1 September 2026, a PO shared and no EM, with the next id."""
    fields: dict[str, object] = {
        "setup_id": UUID(int=next(_numbers)),
        "saved_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
        "since": date(2026, 9, 1),
        "squad": "Atlas",
        "company": "scale-up",
        "seats": {"cto": "own", "pm": "own", "po": "shared", "em": "empty", "tl": "same-as-cto"},
    }
    return Setup.model_validate(fields | changes)


def action(**changes: object) -> Action:
    """Squad Atlas's plan of 4 November 2026 to open one channel, with the next id."""
    fields: dict[str, object] = {
        "action_id": UUID(int=next(_numbers)),
        "saved_at": datetime(2026, 11, 4, 9, 30, tzinfo=UTC),
        "squad": "Atlas",
        "lever": "single-channel",
        "owner": "pm",
        "decided_on": date(2026, 11, 4),
        "due_on": date(2026, 12, 4),
    }
    return Action.model_validate(fields | changes)


def gathering(**changes: object) -> Survey:
    """A confidential round of squad Atlas from 3 to 20 November 2026, with the next id."""
    fields: dict[str, object] = {
        "gathering_id": UUID(int=next(_numbers)),
        "saved_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
        "squad": "Atlas",
        "privacy": "confidential",
        "opened_on": date(2026, 11, 3),
        "closes_on": date(2026, 11, 20),
    }
    return Survey.model_validate(fields | changes)


def agreement(**changes: object) -> Agreement:
    """Squad Atlas's agreement of 4 November 2026 that the PO decides what a sprint holds."""
    fields: dict[str, object] = {
        "agreement_id": UUID(int=next(_numbers)),
        "saved_at": datetime(2026, 11, 4, 9, 30, tzinfo=UTC),
        "squad": "Atlas",
        "decision": "sprint-content",
        "agreed_on": date(2026, 11, 4),
        "decides": "po",
        "consulted": ("tl",),
        "limits": "within the quarter's goal",
        "escalation": "to the PM after two days",
    }
    fields |= changes
    from_day = fields["agreed_on"]
    assert isinstance(from_day, date)
    half_a_year = timedelta(days=181)
    fields.setdefault("valid_until", max(date(2027, 5, 4), from_day + half_a_year))
    return Agreement.model_validate(fields)


def confirmation(**changes: object) -> Confirmation:
    """The PO's yes to an agreement of squad Atlas, with the next id."""
    fields: dict[str, object] = {
        "confirmation_id": UUID(int=next(_numbers)),
        "saved_at": datetime(2026, 11, 4, 9, 30, tzinfo=UTC),
        "squad": "Atlas",
        "agreement_id": UUID(int=4_000_000),
        "role": "po",
        "answer": "agreed",
    }
    return Confirmation.model_validate(fields | changes)


def replaced_agreement() -> tuple[tuple[Agreement, Agreement], tuple[Confirmation, Confirmation]]:
    """The PO's of 1 June, and the Tech Lead's of 5 October, confirmed on 10 November.

    With the answers that settled each.
    """
    first = agreement(agreed_on=date(2026, 6, 1), consulted=())
    later = agreement(agreed_on=date(2026, 10, 5), decides="tl", consulted=(), supersedes=first.id)
    return (first, later), (
        confirmation(agreement_id=first.id, saved_at=datetime(2026, 6, 1, 9, tzinfo=UTC)),
        confirmation(
            agreement_id=later.id, role="tl", saved_at=datetime(2026, 11, 10, 9, tzinfo=UTC)
        ),
    )


def vote(**changes: object) -> Vote:
    """A vote of squad Atlas for the PM on what a sprint holds, of another phone, the next id."""
    number = next(_numbers)
    fields: dict[str, object] = {
        "vote_id": UUID(int=number),
        "saved_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
        "squad": "Atlas",
        "gathering": UUID(int=7),
        "decision": "sprint-content",
        "pass_number": 1,
        "voter": UUID(int=number),
        "named": ("pm",),
    }
    return Vote.model_validate(fields | changes)


def total(**changes: object) -> Total:
    """Six voices of squad Atlas, counted, the last of them on 3 November 2026; the next id."""
    fields: dict[str, object] = {
        "total_id": UUID(int=next(_numbers)),
        "saved_at": datetime(2026, 11, 4, 9, 30, tzinfo=UTC),
        "assessed_on": date(2026, 11, 3),
        "squad": "Atlas",
        "voices": 6,
        "invited": False,
        "framework": "core@1",
        "answers": {"mandates-clear": {"yes": 4, "no": 2}},
    }
    return Total.model_validate(fields | changes)


def link(**changes: object) -> Link:
    """A link that shares squad Atlas from 3 November 2026 for 30 days, with the next id.

    `squad` names the one squad it shares.
    """
    number, squad = next(_numbers), changes.pop("squad", "Atlas")
    fields: dict[str, object] = {
        "link_id": UUID(int=number),
        "kind": "view",
        "digest": f"{number:064x}",
        "label": "Board",
        "squads": (squad,),
        "created_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
        "expires_at": datetime(2026, 12, 3, 9, 30, tzinfo=UTC),
    }
    return Link.model_validate(fields | changes)


def in_squad(record: R, name: str) -> R:
    """The same record of another squad; a link shares that one alone."""
    field = {"squads": (name,)} if isinstance(record, Link) else {"squad": name}
    return cast(R, record.model_copy(update=field))


def squads_of(record: Record) -> tuple[str, ...]:
    """The squads that a record names."""
    if isinstance(record, Link):
        return tuple(record.squads)
    return (record.squad,)


def sample_assessments() -> tuple[Assessment, ...]:
    """The assessments of the sample company."""
    return tuple(record for record in sample_records() if isinstance(record, Assessment))


def scores_from(framework: Framework, answers: Answers) -> Scores:
    """The scores of one answer sheet."""
    return score_table(framework, healths_of(framework, [answers])).sheet(0)
