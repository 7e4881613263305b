"""`python -m assessment score` on each case for which a rule was made exact, worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assessment.access.invitations import answer_as_stored
from assessment.model import Assessment, Setup
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Record
from tests.builders import assessment, deep_assessment, gathering
from tests.command_line import Run
from tests.deep_examples import FRAMEWORK, deep
from tests.deep_examples import setup as setup_of
from tests.examples import EXAMPLE_1, HALF, WORST, healthy

MAY_2, MAY_20 = date(2026, 5, 2), date(2026, 5, 20)
BOTTLENECK = ("priority-segment", "impacts", "first", "sprint-content", "slicing")

Card = dict[str, Any]


@pytest.fixture
def score(run: Run, tmp_path: Path) -> Any:
    """What the command prints of some records, by month or one by one."""

    def scored(*records: Record, by: str | None = "month") -> list[Card]:
        CsvStore(tmp_path, FRAMEWORK).add(records)
        return run("score", tmp_path / "assessments.csv", *(("--by", by) if by else ())).objects

    return scored


def setup(*seats: str, since: date = date(2026, 1, 1), **held: str) -> Setup:
    """A setup of the squad that is in force on every day told here, unless said otherwise."""
    seated = setup_of(*seats, since=since)
    return seated.model_copy(update={"seats": {**seated.seats, **held}})


def says(day: date = MAY_20, /, **deciders: tuple[str, ...]) -> Assessment:
    """A voice of the deep check alone; decisions are written with underscores."""
    named = {decision.replace("_", "-"): roles for decision, roles in deciders.items()}
    return deep_assessment(answers={}, assessed_on=day, deep=deep(deciders=named))


def kinds(card: Card) -> list[str]:
    return [finding["kind"] for finding in card["findings"]]


# Who decides --------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [None, "month"])
@pytest.mark.parametrize("more", [{}, {"north_star": ("unclear",)}, {"north_star": ("nobody",)}])
def test_unclear_and_nobody_undo_no_bottleneck(
    score: Any, by: str | None, more: dict[str, tuple[str, ...]]
) -> None:
    alone = dict.fromkeys((name.replace("-", "_") for name in BOTTLENECK), ("pm",))
    (card,) = score(setup("pm"), says(MAY_20, **alone, **more), by=by)

    assert [f["roles"] for f in card["findings"] if f["kind"] == "bottleneck"] == [["pm"]]


def test_each_voice_is_judged_by_its_own_days_setup_alone_and_by_month(score: Any) -> None:
    pm_only = setup("pm")
    pm_and_po = setup("pm", "po", since=date(2026, 5, 10))
    voices = (says(MAY_2, sprint_content=("pm", "em")), says(sprint_content=("po", "tl")))

    (month,) = score(pm_only, pm_and_po, *voices)

    assert month["fit"]["daily"] == 100
    assert "must-not-decide" not in kinds(month)


def test_each_of_them_alone_fits_as_well(score: Any) -> None:
    pm_only = setup("pm")
    pm_and_po = setup("pm", "po", since=date(2026, 5, 10))
    voices = (says(MAY_2, sprint_content=("pm", "em")), says(sprint_content=("po", "tl")))

    assert [card["fit"]["daily"] for card in score(pm_only, pm_and_po, *voices, by=None)] == [
        100,
        100,
    ]


def test_an_em_who_is_the_cto_may_decide_where_either_seat_may(score: Any) -> None:
    # Strategy is the CTO's; the EM alone would only be consulted. Daily matters are neither's.
    both = setup("pm", "po", em="same-as-cto")
    (card,) = score(both, says(impacts=("em",), sprint_content=("em",)))

    assert [(f["kind"], f["decision"], f["roles"]) for f in card["findings"]] == [
        ("escalation", "sprint-content", ["em"])
    ]


def test_the_references_four_deciders_of_delivery_are_no_crowd(score: Any) -> None:
    (card,) = score(setup("pm", "po"), says(slicing=("po", "em", "tl", "team")))

    assert card["findings"] == []
    assert card["fit"]["delivery"] == 100


def test_a_cpo_who_decides_daily_matters_is_told_once_as_an_escalation(score: Any) -> None:
    (card,) = score(setup("pm", "po"), says(sprint_content=("cpo",)))

    assert kinds(card) == ["escalation"]


def test_fit_alone_would_hide_that_a_decision_is_contested(score: Any) -> None:
    # Four of five name a decider of the strategy: fit 80; no three quarters name the same person.
    voices = [says(impacts=(role,)) for role in ("cpo", "cpo", "cto", "pm", "po")]
    (card,) = score(setup("pm", "po"), *voices)

    assert card["fit"]["strategy"] == 80
    assert card["decisions"] == {"clear": 0, "contested": 1, "nobody": 0}


# Voices, sessions, seats --------------------------------------------------------------------------


def test_one_quick_and_two_deep_checks_are_one_voice_at_a_level(score: Any) -> None:
    quick = assessment(answers=HALF, assessed_on=MAY_20)
    (card,) = score(quick, says(bets=("cpo",)), says(bets=("cto",)))

    assert {level["voices"] for level in card["levels"].values()} == {1}
    assert card["deep_voices"] == 2


def test_a_second_session_and_a_single_check_are_units_of_their_own(score: Any) -> None:
    sessions = [
        gathering(privacy="open", opened_on=day, closes_on=date(2026, 11, 28))
        for day in (date(2026, 11, 3), date(2026, 11, 17))
    ]
    answers = [
        answer_as_stored(assessment(answers=sheet), session)
        for session, sheet in zip(sessions, (WORST, EXAMPLE_1), strict=True)
    ]
    shown = [
        session.model_copy(update={"closed_at": session.saved_at, "revealed_at": session.saved_at})
        for session in sessions
    ]
    (card,) = score(*shown, *answers, assessment(answers=WORST, voice="Ada"))

    assert (card["survey"], card["overall"]) == (str(sessions[1].id), 100)
    assert card["voices"] == 1


@pytest.mark.parametrize(
    ("seats", "items"),
    [
        (("pm",), ("po-sets-strategy", "po-explains-direction")),
        (("po",), ("pm-writes-tickets", "pm-runs-sprint")),
    ],
)
def test_items_about_a_seat_that_nobody_holds_count_for_nothing(
    score: Any, seats: tuple[str, ...], items: tuple[str, ...]
) -> None:
    ailing = assessment(answers=healthy(dict.fromkeys(items, "often")), assessed_on=MAY_20)
    (card,) = score(setup(*seats), ailing)

    assert card["overall"] == 100
    assert card["levers"] == []
    assert card["early_warning"] is False
    pressure = {"pm": card["pm_missing"], "po": card["po_missing"]}
    assert set(pressure.values()) <= {0, None}


def test_a_pooled_answer_between_two_answers_is_neither(score: Any) -> None:
    # Four never, three often: 4/7 of health.
    sheets = [healthy({"po-sets-strategy": option}) for option in ["often"] * 3 + ["not-seen"] * 4]
    (card,) = score(*(assessment(answers=sheet) for sheet in sheets))

    # Strategy weighs 12, this item 3: 100 · (9 + 3 · 4/7) / 12.
    assert card["levels"]["strategy"]["score"] == pytest.approx(100 * (9 + 12 / 7) / 12)
    assert card["levels"]["strategy"]["stage"] == 3


def test_a_later_check_that_knows_nothing_counts_in_its_voices_stead(score: Any) -> None:
    # The product warns before it is saved; once saved, the latest counts.
    full = assessment(voice="Ada", answers=EXAMPLE_1, assessed_on=MAY_2)
    empty = assessment(voice="Ada", answers=dict.fromkeys(EXAMPLE_1, "unknown"), assessed_on=MAY_20)
    (card,) = score(full, empty)

    assert card["overall"] is None
    assert {level["voices"] for level in card["levels"].values()} == {0}
