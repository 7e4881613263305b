"""Fit per level in each setup, what is left out, and how voices are pooled."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isnan

import pytest

from assessment.scoring.change import Change, changes_between
from assessment.scoring.seats import Seating
from assessment.scoring.who_decides import (
    LeftOut,
    WhoDecides,
    health_of,
    who_decides_of,
)
from tests.deep_examples import (
    ARTICLE_A,
    ARTICLE_B,
    ASSUMED,
    CPTO,
    DECISIONS,
    EMPTY_PO,
    FRAMEWORK,
    NEITHER,
    ONE_PERSON,
    PM_AND_PO,
    PM_ONLY,
    PO_ONLY,
    Deciders,
    following,
    on,
    seated,
)

DECISION = FRAMEWORK.lenses.decision_by_id


def fits(seating: Seating, *voices: Deciders) -> dict[str, float | None]:
    return {level.id: level.score for level in who_decides_of(seating, voices).levels}


def everywhere(fit: float | None) -> dict[str, float | None]:
    return dict.fromkeys(DECISIONS, fit)


def without(levels: dict[str, tuple[str, ...]], *gone: str) -> dict[str, tuple[str, ...]]:
    return {level: tuple(r for r in roles if r not in gone) for level, roles in levels.items()}


# Both articles, and the other setups --------------------------------------------------------------


def test_a_squad_that_follows_article_a_fits_with_a_pm_and_a_po() -> None:
    assert fits(PM_AND_PO, following(ARTICLE_A)) == everywhere(100)
    assert fits(ASSUMED, following(ARTICLE_A)) == everywhere(100)


def test_a_squad_that_follows_article_b_fits_with_a_pm_only() -> None:
    assert fits(PM_ONLY, following(ARTICLE_B)) == everywhere(100)
    assert fits(EMPTY_PO, following(ARTICLE_B)) == everywhere(100)


def test_article_b_among_pm_and_po_fits_in_part_below_arbitration() -> None:
    # daily: of PM, EM and Tech Lead only the last is listed; delivery: EM, Tech Lead and team are
    assert fits(PM_AND_PO, following(ARTICLE_B)) == everywhere(100) | {"daily": 50, "delivery": 50}


def test_a_squad_without_a_pm_fits_when_the_others_in_the_lists_decide() -> None:
    assert fits(PO_ONLY, following(without(ARTICLE_A, "pm"))) == everywhere(100)
    assert fits(NEITHER, following(without(ARTICLE_B, "pm"))) == everywhere(100)


def test_a_po_alone_who_decides_the_direction_does_not_fit() -> None:
    # The case article A warns of: daily and delivery are the PO's, the rest is not.
    by_po = following(ARTICLE_A, {d: ("po",) for asked in DECISIONS.values() for d in asked})

    assert fits(PO_ONLY, by_po) == {
        "vision": 0,
        "strategy": 0,
        "arbitration": 0,
        "daily": 100,
        "delivery": 100,
    }


def test_a_cpto_fits_wherever_cpo_or_cto_would() -> None:
    by_cpto = following(dict.fromkeys(DECISIONS, ("cpto",)))
    by_cpto["structuring-constraints"] = ("cpto",)

    assert fits(CPTO, by_cpto) == {
        "vision": 100,
        "strategy": 100,
        "arbitration": 100,
        "daily": 0,
        "delivery": 0,
    }


def test_one_person_as_pm_and_po_fits_under_either_name() -> None:
    assert fits(ONE_PERSON, following(ARTICLE_A)) == everywhere(100)
    swapped = {"vision": ("po",), "strategy": ("po",), "arbitration": ("po",)}
    by_the_other_name = following(swapped | {"daily": ("pm",), "delivery": ("pm",)})
    assert fits(ONE_PERSON, by_the_other_name) == everywhere(100)


def test_a_vacant_seat_fits_with_nobody() -> None:
    # Without PO, PM, EM and Tech Lead nobody in article B's daily list is left.
    bare = seated(em="absent", tl="absent")

    assert fits(bare, on("daily", ("team",), ("cpo",), ("nobody",))) == everywhere(None) | {
        "daily": 0
    }


# Health and fit -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "health"),
    [
        (("po",), 1),
        (("po", "tl"), 1),
        (("po", "pm"), 0.5),
        (("tl", "po", "cpo", "team"), 0.5),
        (("pm",), 0),
        (("cpo", "em"), 0),
        (("nobody",), 0),
        (("unclear",), 0),
    ],
)
def test_health_is_1_for_all_in_the_list_half_for_some_and_0_for_none(
    named: tuple[str, ...], health: float
) -> None:
    assert health_of(PM_AND_PO, DECISION["sprint-content"], named) == health


def test_a_pm_does_not_fit_where_a_decision_has_deciders_of_its_own() -> None:
    assert health_of(PM_AND_PO, DECISION["bets"], ("pm",)) == 1
    assert health_of(PM_AND_PO, DECISION["structuring-constraints"], ("pm",)) == 0
    assert health_of(PM_AND_PO, DECISION["structuring-constraints"], ("cto", "pm")) == 0.5


def test_fit_is_the_mean_over_the_answered_decisions_of_a_level() -> None:
    # daily: 1, ½ and 0 of the four; the fourth is not answered
    mapped = who_decides_of(PM_AND_PO, [on("daily", ("po",), ("po", "em"), ("unclear",))])

    daily = mapped.levels[3]
    assert (daily.id, daily.score, daily.coverage) == ("daily", 50, 0.75)
    assert [level.coverage for level in mapped.levels] == [0, 0, 0, 0.75, 0]
    assert mapped.fit("vision") is None


def test_voices_are_pooled_decision_by_decision() -> None:
    # sprint-content: (1 + 0 + ½) / 3; enough-scope: 1, one voice; the level: (½ + 1) / 2
    mapped = who_decides_of(
        PM_AND_PO,
        [
            on("daily", ("po",), ("tl",)),
            {"sprint-content": ("cpo",)},
            {"sprint-content": ("po", "pm")},
        ],
    )

    assert mapped.fit("daily") == 75
    sprint = next(
        decision for decision in mapped.decisions if decision.decision == "sprint-content"
    )
    assert (sprint.health, sprint.voices) == (0.5, 3)
    assert sprint.named == {"cpo": 1, "pm": 1, "po": 2}
    assert list(sprint.named) == ["cpo", "pm", "po"]


def test_pooled_thirds_stay_exact_enough() -> None:
    mapped = who_decides_of(
        PM_AND_PO, [on("daily", ("po",)), on("daily", ("po",)), on("daily", ("pm",))]
    )

    assert mapped.fit("daily") == pytest.approx(float(Fraction(200, 3)), rel=1e-12)


def test_nobody_answering_gives_no_fit() -> None:
    mapped = who_decides_of(PM_AND_PO, [])

    assert {level.score for level in mapped.levels} == {None}
    assert {level.coverage for level in mapped.levels} == {0}
    assert {decision.health for decision in mapped.decisions} == {None}
    assert (mapped.findings, mapped.disagreements, mapped.left_out) == ((), (), ())


# Left out -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seating", [PM_ONLY, EMPTY_PO])
def test_an_answer_that_names_a_role_nobody_holds_is_left_out_and_told(seating: Seating) -> None:
    # Of the daily decisions one names the PO; the other is the PM's, as article B has it.
    mapped = who_decides_of(seating, [on("daily", ("tl", "po"), ("pm",))])

    assert mapped.left_out == (LeftOut(voice=0, decision="sprint-content", role="po"),)
    assert (mapped.fit("daily"), mapped.levels[3].coverage) == (100, 0.25)
    assert mapped.decisions[11].decision == "sprint-content"
    assert (mapped.decisions[11].voices, mapped.decisions[11].named) == (0, {})


def test_only_the_voice_that_names_such_a_role_is_left_out() -> None:
    mapped = who_decides_of(PM_ONLY, [on("daily", ("pm",)), on("daily", ("po",), ("tl",))])

    assert mapped.left_out == (LeftOut(voice=1, decision="sprint-content", role="po"),)
    assert mapped.decisions[11].named == {"pm": 1}
    assert mapped.decisions[12].named == {"tl": 1}


def test_nobody_and_unclear_are_never_left_out() -> None:
    assert who_decides_of(PM_ONLY, [on("daily", ("nobody",), ("unclear",))]).left_out == ()


def test_why_an_answer_is_left_out_is_said_with_the_way_on() -> None:
    assert str(LeftOut(0, "bets", "po").reason) == (
        "'bets' is left out: it names 'po', and nobody holds that role in the squad's setup; "
        "correct the answer or the setup"
    )


# Since last time ----------------------------------------------------------------------------------


def test_fit_is_compared_at_levels_answered_both_times() -> None:
    before = who_decides_of(PM_AND_PO, [on("daily", ("pm",)) | on("vision", ("po",))])
    after: WhoDecides = who_decides_of(PM_AND_PO, [on("daily", ("po",)) | on("strategy", ("pm",))])

    assert changes_between(before.levels, after.levels) == (Change("daily", before=0, after=100),)


# Clear, contested, nobody's -----------------------------------------------------------------------


def state(seating: Seating, *named: tuple[str, ...]) -> str | None:
    voices = [{"sprint-content": roles} if roles else {} for roles in named]
    mapped = who_decides_of(seating, voices)
    return next(one.state for one in mapped.decisions if one.decision == "sprint-content")


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ([("po",)], "clear"),
        ([("po", "tl")], "clear"),
        ([("nobody",)], "nobody"),
        ([("unclear",)], "nobody"),
        ([()], None),
        # Half of the voices, nobody and unclear together.
        ([("nobody",), ("unclear",), ("po",), ("po",)], "nobody"),
        # Three of four are three quarters, two of three are not.
        ([("po",), ("po",), ("po",), ("tl",)], "clear"),
        ([("po",), ("po",), ("tl",)], "contested"),
        # Those who say nobody are among the voices: three of five is too few.
        ([("po",), ("po",), ("po",), ("nobody",), ("unclear",)], "contested"),
        # The same set, in whatever order; one more role is another set.
        ([("po", "tl"), ("tl", "po"), ("po", "tl"), ("po",)], "clear"),
        ([("po", "tl"), ("po",)], "contested"),
    ],
)
def test_a_decision_is_clear_contested_or_nobodys(
    named: list[tuple[str, ...]], expected: str | None
) -> None:
    assert state(PM_AND_PO, *named) == expected
    assert state(PM_AND_PO, *reversed(named)) == expected


def test_a_contested_decision_is_told_though_too_few_name_somebody_to_tell_how_strongly() -> None:
    # Of five voices, the least there may be, four name somebody and one cannot tell.
    voices = [on("daily", (role,)) for role in ("po", "po", "pm", "pm", "unclear")]
    mapped = who_decides_of(PM_AND_PO, voices, least=5)

    assert mapped.counts["contested"] == 1
    assert mapped.disagreements == ()
    (contested,) = mapped.contested
    assert (contested.counts, contested.unclear) == ({"pm": 2, "po": 2}, 1)
    assert isnan(contested.disagreement)


def test_people_are_compared_for_clarity_and_not_their_seats() -> None:
    assert state(ONE_PERSON, ("pm",), ("po",)) == "clear"
    assert state(PM_AND_PO, ("pm",), ("po",)) == "contested"


def test_whoever_sits_in_a_seat_is_counted_by_all_of_it_on_the_voice_s_own_day() -> None:
    apart, one = PM_AND_PO, ONE_PERSON
    voices: list[Deciders] = [
        {"cut": ("pm",)},
        {"cut": ("po",)},
        {"cut": ("pm", "po")},
        {"cut": ("nobody",)},
    ]

    def naming(own: list[Seating], least: int = 1) -> Mapping[str, int]:
        decisions = who_decides_of(one, voices, own, least=least).decisions
        return next(mapped.naming for mapped in decisions if mapped.decision == "cut")

    assert naming([one] * 4) == {"pm": 3, "po": 3, "nobody": 1}
    assert naming([apart] * 4) == {"pm": 2, "po": 2, "nobody": 1}
    assert naming([apart, one, one, one]) == {"pm": 3, "po": 2, "nobody": 1}
    # Of a confidential session no voice shows by its day.
    assert naming([apart, one, one, one], least=4) == {"pm": 3, "po": 3, "nobody": 1}


def test_the_three_counts_leave_out_what_nobody_answered() -> None:
    voices = [
        on("vision", ("pm",), ("pm",)) | on("daily", ("nobody",)),
        on("vision", ("pm",), ("cpo",)),
    ]

    assert who_decides_of(PM_AND_PO, voices).counts == {"clear": 1, "contested": 1, "nobody": 1}
    assert who_decides_of(PM_AND_PO, []).counts == {"clear": 0, "contested": 0, "nobody": 0}


def test_clear_decisions_that_one_voice_answered_are_counted_apart() -> None:
    voices = [{"bets": ("pm",), "cut": ("pm",)}, {"bets": ("pm",), "first": ("nobody",)}]

    mapped = who_decides_of(PM_AND_PO, voices)
    assert (mapped.counts["clear"], mapped.clear_by_one) == (2, 1)


def test_clear_decisions_that_the_wrong_role_takes_are_counted_apart() -> None:
    # Nobody expected (fit 0), the PO beside the PM where it must not (fit 50), an escalation.
    alike = {"north-star": ("cto",), "bets": ("pm", "po"), "option-choice": ("cpo",)}
    contested = [{"cut": ("po",)}, {"cut": ("pm",)}]

    mapped = who_decides_of(PM_AND_PO, [alike | {"first": ("pm",)} | cut for cut in contested])
    assert (mapped.counts["clear"], len(mapped.misplaced)) == (4, 3)


@pytest.mark.parametrize(
    ("named", "misplaced"),
    [
        (("cto", "cto", "cto", "cto"), 1),
        (("cto", "cto", "cto", "pm"), 1),
        (("pm", "pm", "pm", "cto"), 0),
    ],
)
def test_who_takes_a_clear_decision_is_judged_by_most_voices(
    named: tuple[str, ...], misplaced: int
) -> None:
    mapped = who_decides_of(PM_AND_PO, [{"north-star": (role,)} for role in named])

    assert (mapped.counts["clear"], len(mapped.misplaced)) == (1, misplaced)
