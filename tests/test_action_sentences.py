"""Where an action stands and what was seen since, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.action_sentences import seen_since, standing
from assessment.actions import since
from assessment.edition import edition_in
from assessment.framework import shipped_framework
from assessment.rounds import History
from tests.builders import action, assessment
from tests.examples import EXAMPLE_1, HALF
from tests.expected import french

EN, FR = edition_in("en"), edition_in("fr")
FRAMEWORK = shipped_framework()

TODAY = date(2026, 12, 5)
ENDED = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("changes", "english", "french"),
    [
        (
            {"due_on": date(2026, 12, 15), "owner": "cpo", "status": "under-way"},
            "Under way, due 15 Dec 2026 · CPO",
            "En cours, pour le 15 déc. 2026 · CPO",
        ),
        (
            {"due_on": TODAY},
            "Planned, due 5 Dec 2026 · PM",
            "Prévue, pour le 5 déc. 2026 · PM",
        ),
        (
            {"due_on": date(2026, 12, 4)},
            "Planned, overdue: it was due 4 Dec 2026 · PM",
            "Prévue, en retard\u00a0: attendue pour le 4 déc. 2026 · PM",
        ),
        (
            {"due_on": None, "owner": None},
            "Planned, no due date · nobody named yet",
            "Prévue, sans échéance · personne n’est encore désigné",
        ),
        (
            {"due_on": date(2026, 11, 20), "status": "done", "ended_on": ENDED},
            "Done on 30 Nov 2026 · PM",
            "Faite le 30 nov. 2026 · PM",
        ),
        (
            {"owner": None, "status": "dropped", "ended_on": ENDED},
            "Dropped on 30 Nov 2026",
            "Abandonnée le 30 nov. 2026",
        ),
    ],
)
def test_an_action_says_where_it_stands(
    changes: dict[str, object], english: str, french: str
) -> None:
    found = action(**changes)
    assert standing(EN, found, today=TODAY) == english
    assert standing(FR, found, today=TODAY) == french


def test_what_levels_did_since_an_action_claims_no_cause() -> None:
    decided = action(decided_on=date(2026, 9, 10))
    done = action(status="done", decided_on=date(2026, 9, 10), ended_on=date(2026, 9, 30))
    saved = [
        assessment(answers=sheet, assessed_on=date(2026, month, 1))
        for month, sheet in ((9, HALF), (11, EXAMPLE_1))
    ]
    rounds = History(FRAMEWORK, saved, "month").rounds("Atlas")
    moved = since(FRAMEWORK, done, rounds)

    assert seen_since(EN, done, moved) == (
        "Arbitration +50, Daily product decisions +50 and Delivery and quality +50 since “Open one "
        "channel for urgent requests” was done (September 2026 to November 2026)."
    )
    assert seen_since(FR, decided, moved) == french(
        "Arbitrage +50, Décisions produit du quotidien +50 et Delivery et qualité +50 depuis que "
        "l'action « Donnez aux urgences un canal unique » est décidée "
        "(septembre 2026 à novembre 2026)."
    )
    assert seen_since(EN, decided, None) == (
        "Nothing to compare yet: it takes a round before this action and one after it."
    )
    unscored = History(
        FRAMEWORK,
        [assessment(answers={}, assessed_on=date(2026, month, 1)) for month in (9, 11)],
        "month",
    ).rounds("Atlas")
    assert seen_since(EN, decided, since(FRAMEWORK, decided, unscored)) == (
        "Nothing to compare: the levels it touches lack a score before or after."
    )
