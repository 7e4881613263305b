"""Setups and answers to the deep check that several tests share, typed from framework.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from assessment.content.loading import shipped_framework
from assessment.model import Assessment, DeepAnswers, Setup
from assessment.scoring.seats import Seating
from tests.builders import assessment

FRAMEWORK = shipped_framework()

DECISIONS = {
    "vision": ("priority-segment", "repositioning", "north-star"),
    "strategy": ("impacts", "bets", "opportunity-order", "structuring-constraints"),
    "arbitration": ("first", "cut", "postpone", "debt-versus-value"),
    "daily": ("sprint-content", "enough-scope", "option-choice", "local-constraint"),
    "delivery": ("slicing", "acceptance-criteria", "capacity-protection", "risk-reduction"),
}
LEVEL_OF = {decision: level for level, asked in DECISIONS.items() for decision in asked}
ROLES = ("lead", "cpo", "cto", "cpto", "pm", "po", "em", "tl", "team")

ARTICLE_A = {
    "vision": ("lead", "cpo", "pm"),
    "strategy": ("cpo", "cto", "pm"),
    "arbitration": ("cpo", "cto", "pm"),
    "daily": ("po", "tl"),
    "delivery": ("po", "em", "tl", "team"),
}
ARTICLE_B = ARTICLE_A | {"daily": ("pm", "em", "tl"), "delivery": ("pm", "em", "tl", "team")}

Deciders = dict[str, tuple[str, ...]]


def following(
    levels: Mapping[str, tuple[str, ...]], changes: Mapping[str, tuple[str, ...]] | None = None
) -> Deciders:
    """Every decision taken by everybody its level lists, but for the CPO's and CTO's own."""
    named = {decision: levels[level] for decision, level in LEVEL_OF.items()}
    return named | {"structuring-constraints": ("cpo", "cto")} | dict(changes or {})


def on(level: str, *named: tuple[str, ...]) -> Deciders:
    """The first decisions of a level, answered one after the other."""
    return dict(zip(DECISIONS[level], named, strict=False))


_numbers = count(1)
_COMPANY = ("lead", "cpo", "cto", "em", "tl", "team")


def setup(*held: str, **changes: object) -> Setup:
    """Squad Atlas since 1 September 2026: leadership, CPO, CTO, EM, Tech Lead, team, and `held`.

    `changes` are fields; among `seats` they replace what is held.
    """
    fields: dict[str, object] = {
        "setup_id": UUID(int=next(_numbers)),
        "saved_at": datetime(2026, 9, 1, 9, 30, tzinfo=UTC),
        "since": date(2026, 9, 1),
        "squad": "Atlas",
        "seats": dict.fromkeys((*_COMPANY, *held), "own"),
    }
    return Setup.model_validate(fields | changes)


def seats(*held: str, **others: str) -> dict[str, str]:
    """The seats of that squad, `held` included, and `others` held in some other way."""
    return dict.fromkeys((*_COMPANY, *held), "own") | others


def seated(*held: str, **others: str) -> Seating:
    """That squad's seating."""
    return Seating(FRAMEWORK, setup(seats=seats(*held, **others)))


ASSUMED = Seating(FRAMEWORK)
PM_AND_PO = seated("pm", "po")
PM_ONLY = seated("pm")
PO_ONLY = seated("po")
NEITHER = seated()
CPTO = seated("cpto", "pm", "po", cpo="absent", cto="absent")
ONE_PERSON = seated("pm", po="same-as-pm")
EMPTY_PO = seated("pm", po="empty")


def deep(**answers: object) -> DeepAnswers:
    """Deep answers from their fields."""
    return DeepAnswers.model_validate(answers)


def deep_only(**changes: object) -> Assessment:
    """An assessment of squad Atlas that answers no core item; `deep` among the changes."""
    return assessment(**({"answers": {}, "framework": "core@1+lenses@1"} | changes))
