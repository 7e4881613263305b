"""Every kind of finding: when it is raised, by how many voices, and in which order."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assessment.scoring.findings import Finding, answered_by_levers, findings_of
from assessment.scoring.seats import Seating
from tests.deep_examples import (
    ARTICLE_A,
    ARTICLE_B,
    ASSUMED,
    CPTO,
    DECISIONS,
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

Short = tuple[str, str | None, tuple[str, ...]]


def short(findings: tuple[Finding, ...]) -> list[Short]:
    """Kind, decision or level, roles."""
    return [
        (finding.kind, finding.decision or finding.level, finding.roles) for finding in findings
    ]


def findings_in(seating: Seating, *voices: Deciders) -> list[Short]:
    return short(findings_of(seating, voices))


def of_kind(kind: str, seating: Seating, *voices: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    return [finding for finding in findings_of(seating, voices) if finding.kind == kind]


# Vacant seats -------------------------------------------------------------------------------------


def test_a_vacant_seat_shows_in_the_setup_alone() -> None:
    # No PO, PM, EM or Tech Lead: of article B's daily list nobody is there.
    assert findings_of(seated(em="absent", tl="empty"), []) == (
        Finding("seat-vacant", "daily", None, ("pm", "em", "tl"), voices=0, answered=0),
    )


def test_a_seat_is_vacant_once_per_level_gravest_first() -> None:
    nobody_upstairs = seated("po", lead="absent", cpo="absent", cto="empty")

    assert findings_in(nobody_upstairs, on("daily", ("nobody",))) == [
        ("seat-vacant", "vision", ("lead", "cpo", "pm")),
        ("seat-vacant", "strategy", ("cpo", "cto", "pm")),
        ("seat-vacant", "arbitration", ("cpo", "cto", "pm")),
        ("nobody-decides", "sprint-content", ()),
    ]


def test_a_decision_is_vacant_when_only_its_own_deciders_are_missing() -> None:
    without_c_levels = seated("pm", "po", cpo="absent", cto="absent")

    (vacancy,) = findings_of(without_c_levels, [])

    assert (vacancy.kind, vacancy.decision) == ("seat-vacant", "structuring-constraints")
    assert (vacancy.level, vacancy.roles) == ("strategy", ("cpo", "cto"))


@pytest.mark.parametrize(
    "seating", [ASSUMED, PM_AND_PO, PM_ONLY, PO_ONLY, NEITHER, CPTO, ONE_PERSON]
)
def test_the_usual_setups_leave_no_seat_vacant(seating: Seating) -> None:
    assert findings_of(seating, []) == ()


# Nobody, unclear ----------------------------------------------------------------------------------


def test_nobody_and_unclear_are_found_per_decision() -> None:
    answers = on("vision", ("unclear",)) | on("arbitration", ("nobody",), ("cpo",), ("unclear",))

    assert findings_in(PM_AND_PO, answers) == [
        ("nobody-decides", "first", ()),
        ("unclear", "priority-segment", ()),
        ("unclear", "postpone", ()),
    ]


# Must not -----------------------------------------------------------------------------------------


def test_a_role_that_must_not_decide_is_found_whatever_the_health() -> None:
    # The first is all amiss, the second half right; the EM may not be named either.
    answers = on("vision", ("po",), ("cpo", "po", "em"))

    assert findings_in(PM_AND_PO, answers) == [
        ("must-not-decide", "priority-segment", ("po",)),
        ("must-not-decide", "repositioning", ("po", "em")),
    ]


def test_a_role_outside_the_list_that_may_decide_is_no_finding() -> None:
    assert findings_in(PM_AND_PO, on("vision", ("cto",)) | on("daily", ("em",), ("team",))) == []


def test_a_pm_who_is_also_the_po_decides_the_vision_and_the_sprint() -> None:
    # At two levels, which is too few for a bottleneck.
    answers = on("vision", ("pm",), ("po",)) | on("daily", ("pm",), ("po",))

    assert findings_in(ONE_PERSON, answers) == []


# Escalation ---------------------------------------------------------------------------------------


def test_cpo_or_cto_on_a_daily_decision_is_an_escalation_and_told_once() -> None:
    answers = on("daily", ("cpo", "po"), ("tl", "cto"), ("lead",))

    assert findings_in(PM_AND_PO, answers) == [
        ("must-not-decide", "option-choice", ("lead",)),
        ("escalation", "sprint-content", ("cpo",)),
        ("escalation", "enough-scope", ("cto",)),
    ]


def test_a_lead_beside_an_escalating_cto_still_must_not_decide() -> None:
    assert findings_in(PM_AND_PO, on("daily", ("lead", "cto"))) == [
        ("must-not-decide", "sprint-content", ("lead",)),
        ("escalation", "sprint-content", ("cto",)),
    ]


def test_an_em_who_is_the_cto_escalates_daily_matters_and_a_tech_lead_who_is_may_settle_them() -> (
    None
):
    assert findings_in(seated("pm", "po", em="same-as-cto"), on("daily", ("em",))) == [
        ("escalation", "sprint-content", ("em",))
    ]
    assert findings_in(seated("pm", "po", tl="same-as-cto"), on("daily", ("cto",))) == []


def test_a_cpto_on_a_daily_decision_is_an_escalation() -> None:
    assert findings_in(CPTO, on("daily", ("cpto",))) == [
        ("escalation", "sprint-content", ("cpto",)),
    ]


def test_a_cpo_on_a_delivery_decision_is_amiss_but_no_escalation() -> None:
    assert findings_in(PM_AND_PO, on("delivery", ("cpo",))) == [
        ("must-not-decide", "slicing", ("cpo",))
    ]


def test_a_cpo_who_is_the_pm_in_person_does_not_escalate_what_is_the_pms() -> None:
    assert findings_in(seated(pm="same-as-cpo"), on("daily", ("cpo",), ("pm",))) == []


# Crowd --------------------------------------------------------------------------------------------


def test_four_roles_on_one_decision_are_a_crowd_and_three_are_not() -> None:
    answers = on("daily", ("pm", "po", "em", "tl"), ("po", "em", "tl"))

    assert findings_in(PM_AND_PO, answers) == [
        ("crowd", "sprint-content", ("pm", "po", "em", "tl"))
    ]


def test_the_four_deciders_that_the_reference_names_at_delivery_are_no_crowd_and_five_are() -> None:
    four = ("po", "em", "tl", "team")

    assert findings_in(PM_AND_PO, on("delivery", four)) == []
    assert findings_in(PM_AND_PO, on("delivery", ("pm", *four))) == [
        ("crowd", "slicing", ("pm", *four))
    ]
    # Where the setup has no EM, the reference names three, and four people are a crowd.
    without_em = seated("pm", "po", em="absent")
    assert findings_in(without_em, on("delivery", ("pm", "po", "tl", "team"))) == [
        ("crowd", "slicing", ("pm", "po", "tl", "team"))
    ]


def test_people_are_counted_for_a_crowd_and_not_their_seats() -> None:
    # PM and PO are one person: three people decide.
    assert findings_in(ONE_PERSON, on("daily", ("pm", "po", "em", "tl"))) == []
    # The EM who is the Tech Lead is one of three whom the reference names at delivery.
    one_tech = seated("pm", "po", tl="same-as-em")
    assert findings_in(one_tech, on("delivery", ("pm", "po", "em", "team"))) == [
        ("crowd", "slicing", ("pm", "po", "em", "team"))
    ]


# Bottleneck ---------------------------------------------------------------------------------------


def test_a_role_named_at_every_level_and_once_alone_is_a_bottleneck() -> None:
    # The PM is rightly named above; the reference keeps them from the daily level and delivery.
    shared = {"sprint-content": ("po", "pm"), "slicing": ("po", "em", "pm")}
    assert of_kind("bottleneck", PM_AND_PO, following(ARTICLE_A, shared)) == []
    answers = following(ARTICLE_A, shared | {"bets": ("pm",)})

    assert of_kind("bottleneck", PM_AND_PO, answers) == [
        Finding("bottleneck", None, None, ("pm",), voices=1, answered=1, named={"pm": 1})
    ]


def test_four_levels_out_of_five_are_no_bottleneck() -> None:
    answers = {asked[0]: ("pm",) for asked in DECISIONS.values()} | on("vision", ("cpo",))

    assert of_kind("bottleneck", PM_AND_PO, answers) == []


def test_who_answers_at_two_levels_only_cannot_tell_a_bottleneck() -> None:
    answers = on("vision", ("cto",)) | on("daily", ("cto",))

    assert of_kind("bottleneck", PM_AND_PO, answers) == []
    assert of_kind("bottleneck", PM_AND_PO, answers | on("delivery", ("nobody",))) == []
    assert len(of_kind("bottleneck", PM_AND_PO, answers | on("delivery", ("cto",)))) == 1


@pytest.mark.parametrize("nobody", ["nobody", "unclear"])
def test_nobody_and_unclear_do_not_undo_a_bottleneck(nobody: str) -> None:
    alone = {asked[0]: ("pm",) for asked in DECISIONS.values()} | {"north-star": (nobody,)}

    (bottleneck,) = of_kind("bottleneck", PM_ONLY, alone)
    assert bottleneck.roles == ("pm",)
    # Nor does a level at which nobody else is named.
    four = {decision: named for decision, named in alone.items() if decision != "slicing"}
    assert len(of_kind("bottleneck", PM_ONLY, four | on("delivery", (nobody,)))) == 1


def test_the_team_is_many_people_and_never_a_bottleneck() -> None:
    answers = {asked[0]: ("team",) for asked in DECISIONS.values()}

    assert of_kind("bottleneck", PM_ONLY, answers) == []


def test_a_pm_without_po_is_a_bottleneck_when_alone_in_three_quarters() -> None:
    # Article B lets its PM decide at every level, with others.
    assert of_kind("bottleneck", PM_ONLY, following(ARTICLE_B)) == []
    alone = {asked[0]: ("pm",) for asked in DECISIONS.values()}
    (bottleneck,) = of_kind("bottleneck", PM_ONLY, alone)
    assert bottleneck.roles == ("pm",)
    # Alone in five of six, then in five of seven.
    assert len(of_kind("bottleneck", PM_ONLY, alone | on("daily", ("pm",), ("tl",)))) == 1
    assert of_kind("bottleneck", PM_ONLY, alone | on("daily", ("pm",), ("tl",), ("em",))) == []
    # Six of eight are three quarters.
    eight = alone | on("daily", ("pm",), ("tl",), ("em",)) | on("delivery", ("pm",), ("pm",))
    assert len(of_kind("bottleneck", PM_ONLY, eight)) == 1


def test_two_seats_of_one_person_are_one_bottleneck() -> None:
    # The person is the PM above and the PO below, and decides everything alone.
    answers = {asked[0]: ("pm",) for asked in DECISIONS.values()} | {
        "sprint-content": ("po",),
        "slicing": ("po",),
    }

    (bottleneck,) = of_kind("bottleneck", ONE_PERSON, answers)

    assert bottleneck.roles == ("pm", "po")
    assert of_kind("bottleneck", PM_AND_PO, answers) == []


# Several voices -----------------------------------------------------------------------------------


def test_half_of_the_voices_that_answered_raise_a_finding() -> None:
    # Two of four say so; the fifth did not answer that decision.
    voices = [
        on("vision", ("po",)),
        on("vision", ("po", "pm")),
        on("vision", ("pm",)),
        on("vision", ("cpo",)),
        on("daily", ("po",)),
    ]

    (finding,) = findings_of(PM_AND_PO, voices)

    assert finding == Finding(
        "must-not-decide",
        "vision",
        "priority-segment",
        ("po",),
        voices=2,
        answered=4,
        named={"po": 2},
    )


def test_fewer_than_half_of_the_voices_raise_none() -> None:
    voices = [on("vision", ("po",)), on("vision", ("pm",)), on("vision", ("pm",))]

    assert findings_of(PM_AND_PO, voices) == ()


def test_voices_that_name_different_roles_amiss_say_the_same() -> None:
    voices = [on("vision", ("team",)), on("vision", ("po",)), on("vision", ("po", "team"))]

    (finding,) = findings_of(PM_AND_PO, voices)

    assert (finding.voices, finding.answered) == (3, 3)
    assert finding.roles == ("po", "team")
    assert finding.named == {"po": 2, "team": 2}


def test_a_bottleneck_is_counted_among_voices_that_answered_at_three_levels_or_more() -> None:
    everything = {asked[0]: ("cpo",) for asked in DECISIONS.values()}
    by_others = following(ARTICLE_A)
    one_level = on("daily", ("po",))

    (bottleneck,) = of_kind("bottleneck", PM_AND_PO, everything, by_others, one_level)
    assert (bottleneck.voices, bottleneck.answered, bottleneck.roles) == (1, 2, ("cpo",))
    assert of_kind("bottleneck", PM_AND_PO, everything, by_others, by_others) == []


# Order --------------------------------------------------------------------------------------------


def test_findings_come_gravest_first_then_level_by_level() -> None:
    without_c_levels = seated("pm", "po", cpo="absent", cto="absent")
    answers = {
        "sprint-content": ("lead", "pm", "po", "tl"),
        "slicing": ("pm",),
        "first": ("nobody",),
        "impacts": ("nobody",),
        "bets": ("pm",),
        "priority-segment": ("unclear",),
        "north-star": ("pm", "po"),
    }

    assert findings_in(without_c_levels, answers | {"cut": ("pm",)}) == [
        ("seat-vacant", "structuring-constraints", ("cpo", "cto")),
        ("nobody-decides", "impacts", ()),
        ("nobody-decides", "first", ()),
        ("unclear", "priority-segment", ()),
        ("must-not-decide", "north-star", ("po",)),
        ("must-not-decide", "sprint-content", ("lead",)),
        ("bottleneck", None, ("pm",)),
        ("crowd", "sprint-content", ("lead", "pm", "po", "tl")),
    ]


def test_every_kind_is_one_the_framework_has_a_lever_for() -> None:
    kinds = {
        "seat-vacant",
        "nobody-decides",
        "unclear",
        "must-not-decide",
        "escalation",
        "bottleneck",
        "crowd",
    }

    assert set(FRAMEWORK.lenses.finding_by_id) == kinds


def test_findings_are_gathered_by_kind_and_by_the_lever_that_answers_them() -> None:
    voice = {
        "priority-segment": ("po",),
        "bets": ("po",),
        "cut": ("team",),
        "postpone": ("nobody",),
        "sprint-content": ("cto",),
        "enough-scope": ("lead",),
    }
    groups = answered_by_levers(FRAMEWORK, findings_of(PM_AND_PO, [voice]))

    assert [
        (kind, lever, [finding.decision for finding in findings])
        for (kind, lever), findings in groups.items()
    ] == [
        ("nobody-decides", "arbitrate-upstream", ["postpone"]),
        ("must-not-decide", "seat-a-pm", ["priority-segment", "bets"]),
        ("must-not-decide", "arbitrate-upstream", ["cut"]),
        ("must-not-decide", "delegate-calls", ["enough-scope"]),
        ("escalation", "delegate-calls", ["sprint-content"]),
    ]
    assert answered_by_levers(FRAMEWORK, ()) == {}
