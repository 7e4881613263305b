"""On which decisions voices name different deciders, and how strongly."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from assessment.scoring.disagreement import Disagreement, decision_disagreements
from tests.deep_examples import ONE_PERSON, PM_AND_PO, Deciders, on


def disagreement(*named: tuple[str, ...]) -> Disagreement:
    (only,) = decision_disagreements(PM_AND_PO, [on("daily", roles) for roles in named])
    return only


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ([("po",), ("po",)], 0),
        ([("po", "tl"), ("tl", "po")], 0),
        ([("po",), ("pm",)], 1),
        # they share one of two, then one of three
        ([("po",), ("po", "pm")], Fraction(1, 2)),
        ([("po", "tl"), ("po", "pm")], Fraction(2, 3)),
        # pairs: alike 0, and twice 1
        ([("po",), ("po",), ("pm",)], Fraction(2, 3)),
        # pairs: ½, 1 and ½
        ([("po",), ("po", "pm"), ("pm",)], Fraction(2, 3)),
        ([("nobody",), ("nobody",)], 0),
        ([("nobody",), ("po",)], 1),
    ],
)
def test_disagreement_is_the_mean_distance_over_all_pairs(
    named: list[tuple[str, ...]], expected: Fraction | int
) -> None:
    assert disagreement(*named).disagreement == pytest.approx(float(expected), rel=1e-12)


def test_who_is_named_is_counted_by_role_in_framework_order() -> None:
    single = disagreement(("tl", "po"), ("po",), ("nobody",), ("cpo",))

    assert list(single.counts.items()) == [("cpo", 1), ("po", 2), ("tl", 1), ("nobody", 1)]
    assert (single.voices, single.unclear) == (4, 0)


def test_voices_that_cannot_tell_stay_out_and_are_counted() -> None:
    single = disagreement(("po",), ("unclear",), ("pm",), ("unclear",))

    assert (single.disagreement, single.voices, single.unclear) == (1, 2, 2)
    assert single.counts == {"pm": 1, "po": 1}


def test_it_takes_two_voices_that_name_somebody() -> None:
    alone: list[Deciders] = [on("daily", ("po",)), on("daily", ("unclear",)), on("vision", ("pm",))]

    assert decision_disagreements(PM_AND_PO, alone) == ()
    assert decision_disagreements(PM_AND_PO, []) == ()


def test_two_seats_of_one_person_are_the_same_decider() -> None:
    (only,) = decision_disagreements(ONE_PERSON, [on("daily", ("po",)), on("daily", ("pm",))])

    assert only.disagreement == 0
    assert not only.is_contested
    assert only.counts == {"pm": 1, "po": 1}


def test_the_strongest_disagreement_comes_first_and_ties_keep_framework_order() -> None:
    first = {"priority-segment": ("pm",), "bets": ("cpo",), "cut": ("cpo",), "slicing": ("po",)}
    second = {
        "priority-segment": ("pm",),
        "bets": ("cpo", "pm"),
        "cut": ("cto",),
        "slicing": ("tl",),
    }

    ordered = decision_disagreements(PM_AND_PO, [first, second])

    assert [(topic.of, topic.disagreement) for topic in ordered] == [
        ("cut", 1),
        ("slicing", 1),
        ("bets", 0.5),
        ("priority-segment", 0),
    ]
    assert [topic.is_contested for topic in ordered] == [True, True, True, False]


def test_the_order_of_voices_does_not_matter_to_the_last_digit() -> None:
    voices = [on("daily", roles) for roles in (("po",), ("po", "tl"), ("pm", "em", "tl"), ("cpo",))]
    expected = decision_disagreements(PM_AND_PO, voices)

    for order in permutations(voices):
        assert decision_disagreements(PM_AND_PO, order) == expected
