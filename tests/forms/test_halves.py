"""The quick and the deep check of one person, stored apart: found, and made one voice."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from assessment.content.loading import shipped_framework
from assessment.forms.same_month import halves_of, joined
from assessment.model import LONGEST_NOTE, Assessment
from assessment.rounds.history import History
from assessment.storage.kinds import fitted
from tests.builders import DEEP, assessment, deep_assessment, setup
from tests.examples import HALF

DEEP_ONLY = deep_assessment(answers={}, assessed_on=date(2026, 11, 3))


def quick(**changes: object) -> Assessment:
    return assessment(**({"answers": HALF, "assessed_on": date(2026, 11, 20)} | changes))


def deep_only(**changes: object) -> Assessment:
    return deep_assessment(**({"answers": {}} | changes))


def is_half(check: Assessment, half: Assessment = DEEP_ONLY) -> bool:
    return list(halves_of(check, [half], ())) == [half]


def test_a_deep_only_check_without_alias_is_the_half_of_a_quick_one_and_the_other_way_round() -> (
    None
):
    assert is_half(quick())
    assert is_half(quick(voice="Ada"))
    assert is_half(deep_only(assessed_on=date(2026, 11, 25)), quick())


def test_what_has_an_alias_both_halves_or_the_same_half_is_none() -> None:
    assert not is_half(quick(), deep_only(voice="Ada"))
    assert not is_half(quick(), deep_assessment(answers=HALF))
    assert not is_half(quick(deep=DEEP))
    assert not is_half(quick(), quick())
    assert not is_half(deep_only(), deep_only())


def test_another_squad_month_role_or_session_is_none() -> None:
    assert not is_half(quick(squad="Boréal"))
    assert not is_half(quick(assessed_on=date(2026, 12, 1)))
    assert not is_half(quick(role="po"), deep_only(role="pm"))
    assert is_half(quick(role="pm"), deep_only(role="pm"))
    assert is_half(quick(role="pm"))
    assert not is_half(quick(), deep_only(gathering=uuid4()))


def test_a_check_of_another_setup_is_none_since_each_is_judged_by_that_of_its_day() -> None:
    setups = [setup(since=date(2026, 9, 1)), setup(since=date(2026, 11, 10))]
    assert not halves_of(quick(), [DEEP_ONLY], setups)
    assert halves_of(quick(), [DEEP_ONLY], setups[:1])


def test_a_voice_that_has_a_check_in_the_month_is_no_new_one() -> None:
    check = quick(voice="Ada", assessed_on=date(2026, 11, 2))
    assert not halves_of(quick(voice="ada"), [DEEP_ONLY, check], ())
    assert halves_of(quick(voice="Grace"), [DEEP_ONLY, check], ())


def test_of_several_the_latest_comes_first() -> None:
    later = deep_only(assessed_on=date(2026, 11, 9))
    assert halves_of(quick(), [DEEP_ONLY, later], ()) == [later, DEEP_ONLY]


def test_joined_they_are_one_voice_that_keeps_all_that_both_said() -> None:
    half = deep_only(note="Deep one.", role="pm")
    check = quick(note="Quick one.", voice="Ada")
    apart = History(shipped_framework(), [half, check], "month")
    one = fitted(joined(half, check, shipped_framework()), shipped_framework())
    together = History(shipped_framework(), [one], "month")

    assert one == half.model_copy(
        update={
            "answers": HALF,
            "framework": "core@1+lenses@1",
            "note": "Deep one.\nQuick one.",
            "voice": "Ada",
        }
    )
    assert len(apart.rounds("Atlas")[-1].voices) == 2
    assert len(together.rounds("Atlas")[-1].voices) == 1
    assert together.rounds("Atlas")[-1].deep_answers[0].deep == half.deep


@pytest.mark.parametrize(("notes", "fits"), [(LONGEST_NOTE // 2, False), (10, True)])
def test_notes_that_do_not_fit_into_one_are_kept_apart(*, notes: int, fits: bool) -> None:
    assert is_half(quick(note="a" * notes), deep_only(note="b" * notes)) is fits
