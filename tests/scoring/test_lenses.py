"""Lens scores worked out by hand, what does not apply, vital signs and mandates."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.model import DeepAnswers
from assessment.model.lenses import Lenses
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.diagnosis import Evidence
from assessment.scoring.lenses import Mandate, Sign, scored_lenses, signs_of
from assessment.scoring.seats import Seating
from assessment.scoring.voices import VoiceDeepAnswers
from tests.deep_examples import (
    ASSUMED,
    DECISIONS,
    EMPTY_PO,
    FRAMEWORK,
    PM_AND_PO,
    PO_ONLY,
    deep,
    on,
    seated,
)

SCORED = ("who-decides", "frontier", "pm-practice", "rituals", "rhythm", "cpo-seat")


def result(*voices: dict[str, object], seating: Seating = PM_AND_PO) -> DeepResult:
    return DeepResult(seating, tuple(VoiceDeepAnswers(deep(**answers)) for answers in voices))


def options(**answers: str) -> dict[str, object]:
    return {"options": {item.replace("_", "-"): option for item, option in answers.items()}}


# Scores -------------------------------------------------------------------------------------------


def test_six_of_the_eight_lenses_are_scored() -> None:
    assert scored_lenses(FRAMEWORK) == SCORED
    assert tuple(lens.id for lens in result().lenses) == SCORED


def test_a_framework_without_lenses_has_a_deep_result_that_tells_nothing() -> None:
    core = FRAMEWORK.model_copy(update={"lenses": Lenses()})

    bare = DeepResult(Seating(core), (VoiceDeepAnswers(DeepAnswers()),))

    assert (bare.lenses, bare.answered, bare.who_decides.decisions) == ((), (), ())


def test_a_lens_score_is_the_mean_health_of_its_answered_items() -> None:
    # rituals: decides 1, held ½, not held 0, and one question: partly ½; four of six answered
    lens = result(
        options(
            product_review="decides",
            tech_council="held",
            roadmap_sync="not-held",
            product_review_one_question="partly",
            tech_council_one_question="unknown",
        )
    ).lens("rituals")

    assert lens.score == 50
    assert lens.coverage == pytest.approx(4 / 6)
    assert lens.evidence == (
        Evidence("roadmap-sync", 0),
        Evidence("product-review-one-question", 0.5),
        Evidence("tech-council", 0.5),
    )


@pytest.mark.parametrize(
    ("option", "score"),
    [("cpo-or-cpto", 100), ("shared-on-purpose", 50), ("by-default", 0), ("carried-by-nobody", 0)],
)
def test_the_cpos_seat_is_scored_by_who_carries_it(option: str, score: float) -> None:
    assert result(options(seat_vision=option)).lens("cpo-seat").score == score


def test_the_frontier_mixes_two_scales() -> None:
    # a friction often 0, another not seen 1; a rule partly ½: 1½ of 3, of six asked
    lens = result(
        options(
            vision_against_feasibility="often",
            debt_against_value="not-seen",
            settled_on_impact="partly",
        )
    ).lens("frontier")

    assert (lens.score, lens.coverage) == (50, 0.5)


def test_who_decides_is_scored_over_all_its_answered_decisions() -> None:
    # 1 and 0 on one level, ½ on another: not the mean of the levels' fits, but of the decisions
    lenses = result({"deciders": on("daily", ("po",), ("pm",)) | on("vision", ("pm", "cto"))})

    who = lenses.lens("who-decides")
    assert who.score == 50
    assert who.coverage == pytest.approx(3 / 19)
    assert who.evidence == (Evidence("enough-scope", 0), Evidence("priority-segment", 0.5))
    assert [lens.id for lens in lenses.answered] == ["who-decides"]


def test_voices_are_pooled_item_by_item() -> None:
    # shared-cycle (1 + 0 + 0) / 3; shared-capacity ½, one voice; 5/12 of 100
    lens = result(
        options(shared_cycle="yes", shared_capacity="partly"),
        options(shared_cycle="no"),
        options(shared_cycle="no", shared_capacity="unknown"),
    ).lens("rhythm")

    assert lens.score == pytest.approx(float(Fraction(500, 12)), rel=1e-12)
    assert lens.coverage == 0.4
    assert [evidence.item for evidence in lens.evidence] == ["shared-cycle", "shared-capacity"]
    assert [evidence.health for evidence in lens.evidence] == [pytest.approx(1 / 3), 0.5]


def test_unknown_and_unanswered_are_no_score() -> None:
    lenses = result(options(shared_cycle="unknown"))

    assert (lenses.lens("rhythm").score, lenses.lens("rhythm").coverage) == (None, 0)
    assert lenses.answered == ()
    assert lenses


def test_nobody_who_took_the_deep_check_makes_an_empty_result() -> None:
    assert not result()
    assert {lens.score for lens in result().lenses} == {None}


# What does not apply ------------------------------------------------------------------------------


@pytest.mark.parametrize("seating", [PO_ONLY, seated("po", pm="empty")])
def test_the_pms_practice_does_not_apply_without_a_pm(seating: Seating) -> None:
    lens = result(options(frames_scope="no"), seating=seating).lens("pm-practice")

    assert (lens.applies, lens.score, lens.coverage, lens.evidence) == (False, None, 0, ())


@pytest.mark.parametrize("seating", [ASSUMED, PM_AND_PO, EMPTY_PO, seated("po", pm="same-as-po")])
def test_the_pms_practice_applies_where_somebody_is_pm(seating: Seating) -> None:
    lens = result(options(frames_scope="no"), seating=seating).lens("pm-practice")

    assert (lens.applies, lens.score) == (True, 0)
    assert lens.coverage == pytest.approx(1 / 11)


# Vital signs --------------------------------------------------------------------------------------


def test_vital_signs_are_pooled_by_their_median() -> None:
    # One voice meant 20 and wrote 200: the mean would be 58.
    lenses = result(
        {"signs": {"open-questions": 200}},
        {"signs": {"open-questions": 14, "days-to-arbitrate": 7.5}},
        {"signs": {"open-questions": 12}},
        {"signs": {"open-questions": 6}},
        {},
    )

    assert lenses.signs == (
        Sign("days-to-arbitrate", 7.5, 1, 7.5, 7.5),
        Sign("open-questions", 13, 4, 6, 200),
    )
    assert lenses.sign("open-questions") == lenses.signs[1]
    assert lenses.sign("rework-share") is None


def test_invited_voices_are_told_as_their_middle_half_from_five_up() -> None:
    voices = [
        VoiceDeepAnswers(DeepAnswers(signs={"open-questions": number}), invited=True)
        for number in (200, 6, 14, 8, 10)
    ]

    assert signs_of(FRAMEWORK, voices[:4]) == ()
    # Of 6, 8, 10, 14 and 200 the middle half lies from 8 to 14; in between is 11.
    assert signs_of(FRAMEWORK, voices) == (
        Sign("open-questions", 11, voices=5, least=8, greatest=14, is_middle_half=True),
    )


# Mandates -----------------------------------------------------------------------------------------


def test_mandates_are_collected_role_by_role_with_who_wrote_them() -> None:
    said = [
        ("Zoë", {"pm": "Decides the options.", "cto": "How and when."}),
        ("Ada", {"pm": "decides  the options."}),
        (None, {"pm": "Decides the options."}),
        ("Bob", {"pm": "Another thing."}),
    ]

    read_once = DeepResult(
        PM_AND_PO,
        tuple(VoiceDeepAnswers(deep(mandates=mandates), voice=voice) for voice, mandates in said),
    )

    assert read_once.mandates == (
        Mandate("cto", "How and when.", voices=1, aliases=("Zoë",)),
        Mandate("pm", "Decides the options.", voices=3, aliases=("Ada", "Zoë")),
        Mandate("pm", "Another thing.", voices=1, aliases=("Bob",)),
    )


def test_every_decision_of_the_lens_is_one_of_the_examples() -> None:
    assert sum(len(asked) for asked in DECISIONS.values()) == 19
