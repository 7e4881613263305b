"""What `score` adds for the deep check, and that it adds nothing without one."""

from __future__ import annotations

import json
from datetime import date

from assessment.commands.scorecards import Scorecard, per_round
from assessment.commands.sheets import per_assessment
from assessment.model import Assessment, Setup
from assessment.rounds.history import History
from assessment.storage.protocol import Stored
from tests.builders import assessment
from tests.deep_examples import DECISIONS, FRAMEWORK, deep, deep_only, on, setup
from tests.examples import EXAMPLE_3

CORE = (
    "levels",
    "overall",
    "yes_count",
    "pm_missing",
    "po_missing",
    "early_warning",
    "levers",
)
POOLED = ("squad", "period", "survey", "total", "voices", "deep_voices")
PM_ONLY = setup("pm")


def cards(*saved: Assessment, setups: tuple[Setup, ...] = ()) -> list[Scorecard]:
    return list(per_assessment(Stored(saved, setups)))


def test_without_deep_answers_nothing_is_added() -> None:
    (card,) = cards(assessment(answers=EXAMPLE_3), setups=(PM_ONLY,))
    (pooled,) = per_round(History(FRAMEWORK, [assessment(answers=EXAMPLE_3)], "month", [PM_ONLY]))

    assert list(json.loads(card.line)) == ["assessment_id", "squad", "assessed_on", *CORE]
    assert list(json.loads(pooled.line)) == [*POOLED, *CORE, "holds"]
    assert card.left_out == pooled.left_out == ()


def test_deep_answers_add_lenses_fit_and_findings_at_the_end() -> None:
    answers = deep(
        deciders=on("vision", ("pm",), ("po", "pm")) | on("daily", ("nobody",)),
        options={"product-review": "held", "shared-cycle": "unknown"},
        signs={"open-questions": 20},
        mandates={"pm": "Decides."},
    )

    (card,) = cards(assessment(answers=EXAMPLE_3, deep=answers))

    assert list(json.loads(card.line))[-4:] == ["lenses", "decisions", "fit", "findings"]
    assert json.loads(card.line)["decisions"] == {"clear": 2, "contested": 0, "nobody": 1}
    assert json.loads(card.line)["lenses"] == {
        # 1, ½ and 0 of nineteen decisions; one of six items of the rituals
        "who-decides": {"score": 50.0, "coverage": 3 / 19},
        "rituals": {"score": 50.0, "coverage": 1 / 6},
    }
    assert json.loads(card.line)["fit"] == {
        "vision": 75.0,
        "strategy": None,
        "arbitration": None,
        "daily": 0.0,
        "delivery": None,
    }
    assert json.loads(card.line)["findings"] == [
        {"kind": "nobody-decides", "decision": "sprint-content", "roles": []},
        {"kind": "must-not-decide", "decision": "repositioning", "roles": ["po"]},
    ]


def test_a_bottleneck_has_no_level_and_a_vacant_seat_no_decision() -> None:
    answers = {asked[0]: ("cto",) for asked in DECISIONS.values()}
    vacant = setup(seats={"cto": "own", "team": "own"})

    (card,) = cards(deep_only(deep=deep(deciders=answers)), setups=(vacant,))

    assert json.loads(card.line)["findings"] == [
        {"kind": "seat-vacant", "level": "vision", "roles": ["lead", "cpo", "pm"]},
        {"kind": "seat-vacant", "level": "daily", "roles": ["pm", "em", "tl"]},
        {"kind": "escalation", "decision": "sprint-content", "roles": ["cto"]},
        {"kind": "bottleneck", "level": None, "roles": ["cto"]},
    ]


def test_vital_signs_alone_add_empty_lenses_and_no_fit() -> None:
    (card,) = cards(deep_only(deep=deep(signs={"open-questions": 20})))

    assert json.loads(card.line)["lenses"] == {}
    assert json.loads(card.line)["fit"] == dict.fromkeys(DECISIONS)
    assert json.loads(card.line)["findings"] == []


def test_an_assessment_is_read_for_the_setup_of_its_day() -> None:
    later = setup("pm", "po", since=date(2026, 12, 1))
    answers = deep(deciders=on("daily", ("po",), ("pm",)))
    before, after = (
        deep_only(deep=answers, assessed_on=day) for day in (date(2026, 11, 30), date(2026, 12, 1))
    )

    first, second = cards(before, after, setups=(PM_ONLY, later))

    assert (json.loads(first.line)["fit"]["daily"], json.loads(second.line)["fit"]["daily"]) == (
        100,
        50,
    )
    ((assessment_id, left_out),) = first.left_out
    assert (assessment_id, left_out.decision) == (before.assessment_id, "sprint-content")
    assert second.left_out == ()


def test_the_setup_of_another_squad_changes_nothing() -> None:
    borea = setup("pm", squad="Borea")

    (card,) = cards(deep_only(deep=deep(deciders=on("daily", ("po",)))), setups=(borea,))

    assert json.loads(card.line)["fit"]["daily"] == 100
    assert card.left_out == ()


def test_a_round_pools_its_voices_and_names_the_assessment_it_leaves_out() -> None:
    one = deep_only(voice="Ada", deep=deep(deciders=on("daily", ("po",), ("pm",))))
    other = deep_only(voice="Bob", deep=deep(deciders=on("daily", ("tl",), ("cpo",))))
    later = assessment(voice="Ada", answers=EXAMPLE_3, assessed_on=date(2026, 11, 20))

    (card,) = per_round(History(FRAMEWORK, [one, other, later], "month", [PM_ONLY]))

    # sprint-content: the Tech Lead alone, since Ada's answer names a PO; enough-scope: 1 and 0
    assert json.loads(card.line)["voices"] == 2
    assert json.loads(card.line)["fit"]["daily"] == 75
    assert json.loads(card.line)["overall"] is not None
    assert [(source, answer.decision) for source, answer in card.left_out] == [
        (one.assessment_id, "sprint-content")
    ]
