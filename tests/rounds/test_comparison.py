"""Which levels leak in most squads, and which decisions voices contest in them."""

from __future__ import annotations

from assessment.content.loading import shipped_framework
from assessment.rounds.board import DecisionAcross
from assessment.rounds.comparison import (
    SquadsAtLevel,
    contested_across,
    widest_leaks,
)
from assessment.scoring.levels import LevelScore, Scores
from assessment.scoring.who_decides import WhoDecides, who_decides_of
from tests.deep_examples import PM_AND_PO
from tests.examples import LEVELS

FRAMEWORK = shipped_framework()


def squad(*scores: float | None) -> Scores:
    """A squad with these level scores, stages by the floors 25, 50 and 75."""
    return Scores(
        levels=tuple(
            LevelScore(
                id=level,
                score=score,
                coverage=0.0 if score is None else 1.0,
                stage=None if score is None else 1 + sum(score >= floor for floor in (25, 50, 75)),
                limits=(),
            )
            for level, score in zip(LEVELS, scores, strict=True)
        ),
        overall=None,
        yes_count=None,
    )


def test_the_level_below_framed_in_most_squads_leaks() -> None:
    squads = [squad(80, 49, 10, 60, 90), squad(80, 70, 40, 60, 90), squad(80, 70, 90, 60, 90)]

    leaks = widest_leaks(FRAMEWORK, squads)

    assert leaks == (SquadsAtLevel("arbitration", squads=2, compared=3),)


def test_a_score_of_fifty_does_not_leak() -> None:
    assert widest_leaks(FRAMEWORK, [squad(50, 50, 50, 50, 50)]) == ()


def test_no_squads_no_leak() -> None:
    assert widest_leaks(FRAMEWORK, []) == ()


def test_a_capped_stage_leaks_whatever_the_score() -> None:
    capped = LevelScore("vision", 66.7, 1.0, 2, ("vision-not-restated",))
    others = squad(None, 90, 90, 90, 90).levels[1:]

    leaks = widest_leaks(FRAMEWORK, [Scores((capped, *others), None, None)])

    assert leaks == (SquadsAtLevel("vision", squads=1, compared=1),)


def test_a_leak_is_counted_over_the_squads_compared() -> None:
    squads = [squad(10, 90, 90, 90, 90), squad(90, 90, 90, 90, 90)]

    leaks = widest_leaks(FRAMEWORK, squads)

    assert leaks == (SquadsAtLevel("vision", squads=1, compared=2),)


def test_a_squad_without_a_score_at_a_level_is_not_compared_there() -> None:
    squads = [squad(90, 90, 90, 90, 40), squad(90, 90, 90, 90, None)]

    leaks = widest_leaks(FRAMEWORK, squads)

    assert leaks == (SquadsAtLevel("delivery", squads=1, compared=1),)


def test_levels_nobody_has_a_score_for_do_not_leak() -> None:
    assert widest_leaks(FRAMEWORK, [squad(None, None, None, None, None)]) == ()


def test_levels_that_leak_in_as_many_squads_are_all_named_in_framework_order() -> None:
    squads = [squad(90, 40, 90, 45, 90), squad(90, 90, 90, 80, 90)]

    assert widest_leaks(FRAMEWORK, squads) == (
        SquadsAtLevel("strategy", squads=1, compared=2),
        SquadsAtLevel("daily", squads=1, compared=2),
    )


def test_the_order_of_squads_does_not_matter() -> None:
    squads = [squad(10, 20, 90, 30, None), squad(90, 30, 20, 90, 90), squad(40, 60, 20, 10, 45)]

    assert widest_leaks(FRAMEWORK, squads) == widest_leaks(FRAMEWORK, squads[::-1])
    # vision 2, strategy 2, arbitration 2, daily 2, delivery 1
    tied = [leak.level for leak in widest_leaks(FRAMEWORK, squads)]
    assert tied == ["vision", "strategy", "arbitration", "daily"]


# Contested decisions ------------------------------------------------------------------------------


def voices(*named: dict[str, tuple[str, ...]]) -> WhoDecides:
    """A squad with a PM and a PO whose voices say so."""
    return who_decides_of(PM_AND_PO, named)


def test_the_decision_contested_in_most_squads_comes_first() -> None:
    squads = [
        voices({"bets": ("pm",), "cut": ("cpo",)}, {"bets": ("cpo",), "cut": ("cpo",)}),
        voices({"bets": ("pm",), "cut": ("cpo",)}, {"bets": ("cpo", "pm"), "cut": ("cto",)}),
        voices({"cut": ("cpo",)}, {"cut": ("cpo",)}),
    ]

    # bets: 1 and ½ of the two squads with two voices; cut: 0, 1 and 0
    assert contested_across(FRAMEWORK, squads) == (
        DecisionAcross("bets", "strategy", 0, 2, 0, by_several=2, disagreement=0.75),
        DecisionAcross("cut", "arbitration", 2, 1, 0, by_several=3, disagreement=1 / 3),
    )


def test_a_squad_of_one_voice_on_a_decision_could_not_contest_it() -> None:
    squads = [
        voices({"bets": ("pm",)}, {"bets": ("cpo",)}),
        voices({"bets": ("pm",)}, {"cut": ("cpo",)}),
    ]

    (bets,) = contested_across(FRAMEWORK, squads)
    assert (bets.compared, bets.by_several) == (2, 1)


def test_decisions_contested_in_as_many_squads_go_by_strength_then_in_order() -> None:
    squads = [
        voices(
            {"slicing": ("po",), "cut": ("cpo",), "bets": ("pm",)},
            {"slicing": ("em",), "cut": ("cpo", "pm"), "bets": ("cpo",)},
        )
    ]

    contested = contested_across(FRAMEWORK, squads)

    assert [(decision.decision, decision.disagreement) for decision in contested] == [
        ("bets", 1),
        ("slicing", 1),
        ("cut", 0.5),
    ]


def test_squads_of_one_mind_or_one_voice_contest_nothing() -> None:
    assert contested_across(FRAMEWORK, []) == ()
    assert (
        contested_across(
            FRAMEWORK, [voices({"cut": ("cpo",)}), voices({"cut": ("pm",)}, {"cut": ("pm",)})]
        )
        == ()
    )
