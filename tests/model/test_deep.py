"""What the deep check, setups and actions take, and what they refuse and why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from pydantic import ValidationError

from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.model import Action, DeepAnswers, Framework, Setup

FRAMEWORK = shipped_framework()
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def setup(**changes: object) -> Setup:
    fields: dict[str, object] = {
        "setup_id": UUID(int=1),
        "saved_at": NOW,
        "since": date(2026, 9, 1),
        "squad": "Atlas",
    }
    return Setup.model_validate(fields | changes)


def action(**changes: object) -> Action:
    fields: dict[str, object] = {
        "action_id": UUID(int=1),
        "saved_at": NOW,
        "squad": "Atlas",
        "lever": "single-channel",
        "decided_on": date(2026, 11, 3),
    }
    return Action.model_validate(fields | changes)


def test_a_lens_is_known_by_what_it_asks_for() -> None:
    lenses = FRAMEWORK.lenses

    assert lenses.asking_for("decisions") == "who-decides"
    assert lenses.asking_for("signs") == "vital-signs"
    assert lenses.asking_for("mandates") == "mandates"


def test_the_lenses_ask_what_the_framework_page_lists() -> None:
    lenses = FRAMEWORK.lenses

    assert [len(lenses.decisions_at(level)) for level in FRAMEWORK.level_ids] == [3, 4, 4, 4, 4]
    assert {lens: len(lenses.items_of(lens)) for lens in lenses.lens_ids} == {
        "who-decides": 0,
        "frontier": 6,
        "pm-practice": 11,
        "rituals": 6,
        "rhythm": 5,
        "cpo-seat": 12,
        "vital-signs": 0,
        "mandates": 0,
    }
    assert len(lenses.columns) == 19 + 40 + 3 + 6
    assert len(lenses.findings) == 7
    assert lenses.decision_by_id["structuring-constraints"].decides == ("cpo", "cto")
    assert FRAMEWORK.version_with_lenses == "core@1+lenses@1"


def test_a_lens_column_cannot_take_the_name_of_a_core_item() -> None:
    broken = FRAMEWORK.model_dump()
    broken["lenses"]["signs"][0]["id"] = "single-channel"

    with pytest.raises(ValidationError, match="id 'single-channel' stands twice"):
        Framework.model_validate(broken)


def test_a_lens_item_cannot_point_to_a_lever_that_is_not_there() -> None:
    broken = FRAMEWORK.model_dump()
    broken["lenses"]["items"][0]["lever"] = "shout"

    with pytest.raises(ValidationError, match="refers to unknown 'shout'"):
        Framework.model_validate(broken)


@pytest.mark.parametrize("alone", ["nobody", "unclear"])
def test_nobody_and_unclear_stand_alone(alone: str) -> None:
    assert DeepAnswers(deciders={"first": (alone,)}).deciders["first"] == (alone,)
    with pytest.raises(ValidationError, match=f"'{alone}' stands beside pm"):
        DeepAnswers(deciders={"first": (alone, "pm")})


def test_a_role_named_twice_counts_once() -> None:
    assert DeepAnswers(deciders={"first": ("pm", "cpo", "pm")}).deciders["first"] == ("pm", "cpo")


def test_a_mandate_sentence_of_300_characters_fits_and_one_more_does_not() -> None:
    assert DeepAnswers(mandates={"pm": "x" * 300}).mandates["pm"] == "x" * 300
    with pytest.raises(ValidationError, match="has 301 characters; keep it to 300"):
        DeepAnswers(mandates={"pm": "x" * 301})


def test_a_mandate_is_one_line() -> None:
    with pytest.raises(ValidationError, match=r"control character \(U\+000A\)"):
        DeepAnswers(mandates={"pm": "one\ntwo"})


@pytest.mark.parametrize(
    ("deep", "reason"),
    [
        ({"deciders": {"lunch": ("pm",)}}, "unknown decision 'lunch'"),
        ({"deciders": {"first": ("ceo",)}}, "unknown role 'ceo' for 'first'"),
        ({"options": {"lunch": "yes"}}, "unknown question 'lunch' in the deep check"),
        ({"options": {"shared-cycle": "often"}}, "unknown option 'often' for 'shared-cycle'"),
        ({"options": {"tech-council": "yes"}}, "unknown option 'yes' for 'tech-council'"),
        ({"signs": {"pulse": 3}}, "unknown vital sign 'pulse'"),
        ({"signs": {"days-to-arbitrate": -1}}, "-1 cannot be 'days-to-arbitrate'"),
        ({"signs": {"days-to-arbitrate": 366}}, "a number from 0 to 365"),
        ({"signs": {"rework-share": 100.5}}, "a number from 0 to 100"),
        ({"signs": {"open-questions": 2.5}}, "a whole number from 0 to 1000"),
        ({"mandates": {"team": "We build."}}, "no mandate sentence is kept for 'team'"),
    ],
)
def test_a_deep_answer_that_does_not_fit_is_refused_with_its_reason(
    deep: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        FRAMEWORK.check_deep(DeepAnswers.model_validate(deep))

    assert reason in str(refused.value)


def test_deep_answers_at_their_limits_fit() -> None:
    FRAMEWORK.check_deep(
        DeepAnswers(
            deciders={"first": ("pm", "cpo"), "cut": ("nobody",), "postpone": ("unclear",)},
            options={"shared-cycle": "unknown", "tech-council": "held", "seat-watch": "by-default"},
            signs={"days-to-arbitrate": 365, "open-questions": 0, "rework-share": 100},
            mandates={"tl": "Options."},
        )
    )


def test_deep_answers_are_empty_until_something_is_told() -> None:
    assert not DeepAnswers()
    assert DeepAnswers(signs={"rework-share": 0})


def test_a_seat_is_held_by_the_person_of_another_one() -> None:
    assert setup(seats={"pm": "own", "po": "same-as-pm"}).seats["po"] == "same-as-pm"


@pytest.mark.parametrize(
    ("seats", "reason"),
    [
        ({"pm": "maybe"}, "unknown seat 'maybe' for pm"),
        ({"pm": "same-as-pm"}, "the seat of pm is held by the person of pm"),
        (
            {"pm": "same-as-po", "po": "empty"},
            "held by the person of po, but that seat is not held by",
        ),
        (
            {"pm": "same-as-po", "po": "same-as-pm"},
            "held by the person of po, but that seat is not held by",
        ),
        ({"pm": "same-as-po"}, "say who holds po first"),
    ],
)
def test_a_seat_nobody_can_hold_is_refused(seats: dict[str, str], reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        setup(seats=seats)

    assert reason in str(refused.value)


def test_an_action_ends_on_a_day_exactly_when_it_is_over() -> None:
    over = action(status="done", ended_on=date(2026, 11, 20))

    assert over.ended_on == date(2026, 11, 20)
    for fields in ({"status": "done"}, {"status": "planned", "ended_on": date(2026, 11, 20)}):
        with pytest.raises(ValidationError, match="expected the day it ended"):
            action(**fields)


def test_an_action_is_neither_due_nor_over_before_it_was_decided() -> None:
    assert action(due_on=date(2026, 11, 3)).due_on == date(2026, 11, 3)
    for fields in (
        {"due_on": date(2026, 11, 2)},
        {"status": "done", "ended_on": date(2026, 11, 2), "due_on": None},
    ):
        with pytest.raises(ValidationError, match="lies before 2026-11-03"):
            action(**fields)
