"""Where an action stands, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.action_sentences import standing
from assessment.edition import edition_in
from tests.builders import action

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
    assert standing(edition_in("en"), found, today=TODAY) == english
    assert standing(edition_in("fr"), found, today=TODAY) == french
