"""What is told as a move between two rounds, and what is no clear change, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.content.loading import shipped_framework
from assessment.languages import points_moved
from assessment.model import Assessment
from assessment.rounds.history import History
from assessment.rounds.moves import Compared, Move, Moves, moves_between
from tests.builders import assessment
from tests.examples import EXAMPLE_1, EXAMPLE_2, HALF, LEVELS, WORST, sheet
from tests.expected import exactly

FRAMEWORK = shipped_framework()
OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 5)


def voices(
    day: date, *sheets: dict[str, str], names: tuple[str | None, ...] = ()
) -> list[Assessment]:
    given = [*names, *[None] * (len(sheets) - len(names))]
    return [
        assessment(answers=answers, assessed_on=day, voice=name)
        for answers, name in zip(sheets, given, strict=True)
    ]


def moves(before: list[Assessment], after: list[Assessment]) -> Moves:
    earlier, later = History(FRAMEWORK, [*before, *after], "month").rounds("Atlas")
    return moves_between(earlier, later, points=points_moved)


def verdicts(compared: Moves) -> set[str]:
    return {move.verdict for move in compared.levels}


def test_ranges_that_share_nothing_are_a_move() -> None:
    # 0 thrice, then 50 thrice: from 0 to 0, then from 50 to 50.
    compared = moves(voices(OCTOBER, WORST, WORST, WORST), voices(NOVEMBER, HALF, HALF, HALF))

    levels = tuple(Move(level, "moved", 0.0, 50.0) for level in LEVELS)
    assert compared == Moves(levels, Move("", "moved", 0.0, 50.0), 3, 3, compared="unknown")
    assert compared.moved == levels
    assert [(move.rose, move.fell) for move in levels] == [(True, False)] * 5
    fallen = moves(voices(OCTOBER, HALF, HALF, HALF), voices(NOVEMBER, WORST, WORST, WORST))
    assert [(move.rose, move.fell) for move in fallen.moved] == [(False, True)] * 5


def test_the_overall_score_moves_by_the_same_rule() -> None:
    # 0, 0 and 100: 33.3, from 0 to 50. Then 100, 100 and 50: 83.3, from 75 to 100.
    compared = moves(
        voices(OCTOBER, WORST, WORST, EXAMPLE_1), voices(NOVEMBER, EXAMPLE_1, EXAMPLE_1, HALF)
    )

    assert compared.overall == Move("", "moved", exactly(100 / 3), exactly(250 / 3))  # type: ignore[arg-type]


def test_ranges_that_touch_are_no_clear_change() -> None:
    # 0, 0, 100: 33.3 in full, from 0 to 50. Then 50 thrice.
    compared = moves(voices(OCTOBER, WORST, WORST, EXAMPLE_1), voices(NOVEMBER, HALF, HALF, HALF))

    assert verdicts(compared) == {"no clear change"}
    assert compared.level("daily").before == exactly(100 / 3)


def test_ranges_that_overlap_are_no_clear_change_however_far_the_scores_lie_apart() -> None:
    # 0, 0, 100 and 0, 100, 100: 33.3 from 0 to 50, and 66.7 from 50 to 100, which touch.
    before = voices(OCTOBER, WORST, WORST, EXAMPLE_1)
    assert verdicts(moves(before, voices(NOVEMBER, WORST, EXAMPLE_1, EXAMPLE_1))) == {
        "no clear change"
    }


def test_what_is_shown_as_the_same_points_is_no_move() -> None:
    # Daily, of three alike: 5 of 11; then, without a rework that weighs 1, 4.5 of 10.
    before = {
        "mandates-clear": "no",
        "rituals-decide": "partly",
        "single-channel": "no",
        "po-sets-strategy": "not-seen",
        "vision-not-restated": "sometimes",
        "po-explains-direction": "often",
        "pm-writes-tickets": "not-seen",
        "pm-runs-sprint": "often",
        "discovery-squeezed": "not-seen",
        "late-scope": "not-seen",
        "unclear-rework": "sometimes",
    }
    after = before | {"unclear-rework": "unknown"}
    compared = moves(voices(OCTOBER, *[before] * 3), voices(NOVEMBER, *[after] * 3))

    daily = Move("daily", "no clear change", exactly(500 / 11), exactly(45))  # type: ignore[arg-type]
    assert compared.level("daily") == daily


@pytest.mark.parametrize(("earlier", "later"), [(1, 2), (1, 3), (3, 1)])
def test_under_three_voices_ten_points_as_shown_are_a_move(earlier: int, later: int) -> None:
    # Delivery from 50 − 100 · 1.5/15 = 40 to 50; arbitration, late-scope 1 of 11, from 45.45 to 50.
    compared = moves(
        voices(OCTOBER, *[sheet("partly", "sometimes", {"late-scope": "often"})] * earlier),
        voices(NOVEMBER, *[HALF] * later),
    )

    assert compared.level("delivery") == Move("delivery", "moved", exactly(40), 50.0)  # type: ignore[arg-type]
    assert compared.level("arbitration").verdict == "no clear change"
    assert (compared.voices_before, compared.voices_after) == (earlier, later)


def test_a_level_not_scored_in_one_of_the_two_has_no_move() -> None:
    compared = moves(voices(OCTOBER, EXAMPLE_2), voices(NOVEMBER, WORST))

    assert compared.level("vision") == Move("vision", "not scored", None, 0.0)
    assert compared.level("arbitration").verdict == "moved"


def test_the_same_aliases_are_compared_alone() -> None:
    # Ada and Bob at 50 both times; two more voices at 0 in November.
    before = voices(OCTOBER, HALF, HALF, names=("Ada", "Bob"))
    after = voices(NOVEMBER, HALF, HALF, WORST, WORST, names=("ada", "BOB", "Cy"))
    compared = moves(before, after)

    assert verdicts(compared) == {"no clear change"}
    assert compared.level("daily") == Move("daily", "no clear change", 50.0, 50.0)
    assert (compared.voices_before, compared.voices_after, compared.same_voices) == (2, 2, 2)


def test_fewer_than_half_of_a_round_are_not_compared_alone() -> None:
    before = voices(OCTOBER, HALF, HALF, names=("Ada", "Bob"))
    after = voices(NOVEMBER, HALF, HALF, WORST, WORST, WORST, names=("Ada", "Bob"))
    compared = moves(before, after)

    # 50, then 100 of 500.
    assert compared.level("daily") == Move("daily", "moved", 50.0, exactly(20))  # type: ignore[arg-type]
    assert (compared.voices_before, compared.voices_after, compared.same_voices) == (2, 5, None)


def test_one_alias_in_both_is_not_compared_alone() -> None:
    compared = moves(
        voices(OCTOBER, HALF, names=("Ada",)), voices(NOVEMBER, HALF, WORST, names=("Ada",))
    )

    assert compared.same_voices is None
    assert compared.level("daily") == Move("daily", "moved", 50.0, 25.0)


@pytest.mark.parametrize(
    ("before", "after", "compared"),
    [
        (("Ada",), ("ADA",), "same"),
        (("Ada",), ("Bob",), "different"),
        ((None,), (None,), "unknown"),
        (("Ada",), (None,), "unknown"),
        (("Ada",), ("Ada", "Bob"), "different"),
        ((None,), (None, None), "different"),
        (("Ada", "Bob"), ("Ada", "Bob", None), "same"),  # the two alone are compared
    ],
)
def test_voices_are_the_same_or_different_only_where_aliases_or_their_number_tell(
    before: tuple[str | None, ...], after: tuple[str | None, ...], compared: Compared
) -> None:
    both = moves(
        voices(OCTOBER, *[WORST] * len(before), names=before),
        voices(NOVEMBER, *[HALF] * len(after), names=after),
    )

    assert both.compared == compared
