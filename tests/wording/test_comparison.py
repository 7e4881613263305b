"""Squads side by side: what the colours of who decides do not tell."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.model.period import Period
from assessment.rounds.history import History
from assessment.rounds.results import comparison_of
from assessment.wording.comparison import ComparisonPart
from tests import deep_examples
from tests.builders import agreement, confirmation, deep_assessment
from tests.expected import french

FRAMEWORK = shipped_framework()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "Fit is measured by the playbook. Agreements not kept in practice, by "
            "these answers: Atlas (“What goes first”).",
        ),
        (
            "fr",
            "L'adéquation se mesure d'après le playbook. Accords non tenus en pratique, "
            "selon ces réponses : Atlas (« Ce qui passe en premier »).",
        ),
    ],
)
def test_a_squad_that_fits_best_by_ignoring_its_agreement_is_told_as_not_keeping_it(
    language: str, said: str
) -> None:
    made = [
        agreement(squad=squad, decision="first", decides=role, consulted=())
        for squad, role in (("Atlas", "pm"), ("Borea", "cpo"))
    ]
    given = [confirmation(squad=one.squad, agreement_id=one.id, role=one.decides) for one in made]
    voices = [
        deep_assessment(
            squad=squad, assessed_on=date(2026, 11, 20), deep={"deciders": {"first": ("cpo",)}}
        )
        for squad in ("Atlas", "Borea", "Cobalt")
    ]
    history = History(FRAMEWORK, voices, "month").reading(made, given)
    comparison = comparison_of(history, history.squads, Period(2026, 11, "month"))

    assert comparison.not_kept == {"Atlas": ["first"]}
    part = ComparisonPart(edition_in(language), comparison)
    assert part.not_kept == (french(said) if language == "fr" else said)
    alone = comparison_of(history, ("Borea", "Cobalt"), Period(2026, 11, "month"))
    assert ComparisonPart(edition_in(language), alone).not_kept == ""


def test_what_is_contested_most_leads_and_what_does_not_count_stands_by_itself() -> None:
    seats = deep_examples.seats("pm", "tl", po="absent")
    named = {"Atlas": (("cpo",), ("pm",)), "Borea": (("cpo",), ("pm",))}
    voices = [
        deep_assessment(squad=squad, deep={"deciders": {"first": role, "slicing": ("po",)}})
        for squad, roles in named.items()
        for role in roles
    ]
    setups = [deep_examples.setup(squad=squad, seats=seats) for squad in named]
    history = History(FRAMEWORK, voices, "month", setups=setups, version=1)
    comparison = comparison_of(history, history.squads, Period.of(voices[0].assessed_on, "month"))
    part = ComparisonPart(edition_in("en"), comparison)

    assert part.contested.startswith("Contested most often: “What goes first”")
    assert part.left_out == (
        "For 2 decisions, counted squad by squad, fewer than half of the answers count: the others "
        "name a role that nobody holds."
    )
