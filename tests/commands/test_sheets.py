"""`score` of many assessments says what each would say alone, and works nothing out twice."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from assessment.commands import sheets
from assessment.commands.scorecards import finding_fields
from assessment.commands.sheets import AT_ONCE, per_assessment
from assessment.model import Assessment, DeepAnswers
from assessment.scoring import lone_voices
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.diagnosis import diagnosis_of
from assessment.scoring.levels import healths_of, score_table
from assessment.scoring.seats import SquadSeats
from assessment.scoring.voices import VoiceDeepAnswers
from assessment.storage.protocol import Stored
from tests.builders import assessment
from tests.deep_examples import FRAMEWORK, ROLES, deep, following, seats, setup

DICE = random.Random(5)  # noqa: S311 - to be repeated
SETUPS = (
    setup("pm", squad="PM only"),
    setup("po", squad="PO only"),
    setup(squad="One person", seats=seats("pm", po="same-as-pm")),
    setup(squad="CPTO", seats=seats("cpto", "pm", "po", cpo="absent", cto="absent")),
    setup(squad="Team alone", seats={"team": "own"}),
)
SQUADS = ("Nobody told", *(described.squad for described in SETUPS))


def test_each_of_many_sheets_says_what_it_says_alone() -> None:
    saved = [_any_assessment() for _ in range(400)]

    cards = list(per_assessment(Stored(tuple(saved), SETUPS)))

    for check, card in zip(saved, cards, strict=True):
        assert json.loads(card.line) == _alone(check)
    assert any(card.left_out for card in cards)
    findings = [finding for card in cards for finding in json.loads(card.line).get("findings", ())]
    assert {finding["kind"] for finding in findings} == {*FRAMEWORK.lenses.finding_by_id}


def test_levers_are_scored_for_all_sheets_together(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _counting(monkeypatch, sheets, "gains_of")

    cards = list(per_assessment(Stored(tuple(assessment() for _ in range(AT_ONCE + 1)))))

    assert len(cards) == AT_ONCE + 1
    assert [len(healths) for _, healths in asked] == [AT_ONCE, 1]


def test_an_answer_that_many_voices_give_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _counting(monkeypatch, lone_voices, "who_decides_of")
    alike = [_all_decide("po")] * 50

    cards = list(
        per_assessment(Stored(tuple(assessment(deep=deep_answers) for deep_answers in alike)))
    )

    # What the seats show without any answer, and all nineteen answers of one voice together.
    assert [len(voices) for _, (voices,) in asked] == [0, 19]
    assert len({card.line.partition(", ")[2] for card in cards}) == 1


def test_who_decides_is_worked_out_for_many_sheets_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = _counting(monkeypatch, lone_voices, "who_decides_of")
    read = _counting(monkeypatch, lone_voices.LoneVoices, "read")
    voices = [_all_decide(role) for role in ("po", "pm", "cpo")] * 20

    list(per_assessment(Stored(tuple(assessment(deep=voice) for voice in voices))))

    assert [len(deep_answers) for _, deep_answers in read] == [60]
    # All three say the same of one decision, whose deciders are its own.
    assert [len(deep_answers) for _, (deep_answers,) in asked] == [0, 19, 18, 18]


def test_sheets_of_which_nothing_is_found_are_told_too() -> None:
    settled = deep(deciders={"impacts": ("cpo",)})

    cards = list(per_assessment(Stored((assessment(deep=settled), assessment(deep=settled)))))

    assert [json.loads(card.line)["findings"] for card in cards] == [[], []]
    assert [json.loads(card.line)["fit"]["strategy"] for card in cards] == [100.0, 100.0]


def _all_decide(role: str) -> DeepAnswers:
    return deep(deciders=following(dict.fromkeys(FRAMEWORK.level_ids, (role,))))


def _alone(one: Assessment) -> dict[str, Any]:
    """What a card has to say of an assessment, computed for it alone."""
    setups = [described for described in SETUPS if described.squad == one.squad]
    seating = SquadSeats(FRAMEWORK, setups).on(one.assessed_on)
    healths = healths_of(FRAMEWORK, [seating.answers_that_apply(one.answers)])
    scores, diagnosis = score_table(FRAMEWORK, healths).sheet(0), diagnosis_of(FRAMEWORK, healths)
    levels = {level.id: asdict(level) | {"limits": [*level.limits]} for level in scores.levels}
    card = {
        "assessment_id": str(one.assessment_id),
        "squad": one.squad,
        "assessed_on": one.assessed_on.isoformat(),
        "levels": {
            level: {name: value for name, value in fields.items() if name != "id"}
            for level, fields in levels.items()
        },
        "overall": scores.overall,
        "yes_count": scores.yes_count,
        **{f"{pressure.seat}_missing": pressure.pressure for pressure in diagnosis.pressures},
        "early_warning": diagnosis.early_warning,
        "levers": [{"id": lever.lever, "gain": lever.gain} for lever in diagnosis.levers],
    }
    if not one.deep:
        return card
    result = DeepResult(seating, (VoiceDeepAnswers(one.deep),))
    read = result.who_decides
    return card | {
        "lenses": {
            lens.id: {"score": lens.score, "coverage": lens.coverage} for lens in result.answered
        },
        "decisions": dict(read.counts),
        "fit": {level.id: level.score for level in read.levels},
        "findings": [dict(finding_fields(finding)) for finding in read.findings],
    }


def _any_assessment() -> Assessment:
    answers = _some(FRAMEWORK.options_by_item)
    checked: dict[str, object] = {"answers": answers, "squad": DICE.choice(SQUADS)}
    if DICE.random() < 0.6 or not answers:
        checked["deep"] = DeepAnswers(deciders=_deciders(), options=_some(_LENS_OPTIONS))
        checked["framework"] = FRAMEWORK.version_with_lenses
    return assessment(assessed_on=date(2026, 10, DICE.randrange(1, 29)), **checked)


_LENS_OPTIONS = FRAMEWORK.lens_options_by_item


def _some(options: Any) -> dict[str, str]:
    share = DICE.choice([0.2, 0.6, 1.0])
    return {
        item: DICE.choice(choices) for item, choices in options.items() if DICE.random() < share
    }


def _deciders() -> dict[str, tuple[str, ...]]:
    """Mostly one role, so that bottlenecks come up, else several, nobody or unclear."""
    one, share = (DICE.choice(ROLES),), DICE.choice([0.3, 1.0])

    def named() -> tuple[str, ...]:
        some = DICE.sample(ROLES, DICE.randrange(1, 6))
        in_order = tuple(role for role in ROLES if role in some)
        return DICE.choice([one, one, one, in_order, ("nobody",), ("unclear",)])

    decisions = FRAMEWORK.lenses.decision_by_id
    return {decision: named() for decision in decisions if DICE.random() < share} or {
        "first": ("pm",)
    }


def _counting(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> list[tuple[Any, ...]]:
    """The arguments of each call of a function, which goes on doing what it does."""
    called: list[tuple[Any, ...]] = []
    does: Callable[..., Any] = getattr(where, name)

    def counted(*asked: Any) -> Any:
        called.append(asked)
        return does(*asked)

    monkeypatch.setattr(where, name, counted)
    return called
