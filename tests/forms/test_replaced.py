"""Which stored check counts no more beside one that corrects it, or only says “I don't know”."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from assessment.forms.same_month import emptied_by, replaced_by
from tests.builders import assessment
from tests.examples import HALF

NOTHING = dict.fromkeys(HALF, "unknown")
EARLIER = assessment(voice="Ada", answers=HALF, assessed_on=date(2026, 11, 3))


def check(**changes: object) -> object:
    fields = {"voice": "ada", "answers": NOTHING, "assessed_on": date(2026, 11, 20)}
    return emptied_by(assessment(**(fields | changes)), [EARLIER])


def test_one_that_knows_nothing_would_empty_what_the_same_voice_said_that_month() -> None:
    assert check() is EARLIER


def test_nothing_is_emptied_by_one_that_says_something_or_nothing_at_all() -> None:
    assert check(answers=NOTHING | {"mandates-clear": "no"}) is None
    assert check(answers={}) is None


def test_another_voice_squad_or_month_is_not_emptied() -> None:
    assert check(voice="Grace") is None
    assert check(voice=None) is None
    assert check(squad="Boréal") is None
    assert check(assessed_on=date(2026, 12, 1)) is None


def test_one_that_came_before_does_not_count_and_so_empties_nothing() -> None:
    assert check(assessed_on=date(2026, 11, 2)) is None


def test_what_a_session_gathered_is_a_unit_of_its_own() -> None:
    gathered = EARLIER.model_copy(update={"gathering": uuid4()})
    late = assessment(voice="Ada", answers=NOTHING, assessed_on=date(2026, 11, 20))
    assert emptied_by(late, [gathered]) is None


def test_the_last_of_a_voice_in_a_month_replaces_the_one_before_it() -> None:
    second = assessment(voice="Ada", answers=HALF, assessed_on=date(2026, 11, 3))
    assert replaced_by(second, [EARLIER, second]) is EARLIER
    between = assessment(voice="Ada", answers=HALF, assessed_on=date(2026, 11, 2))
    assert replaced_by(between, [EARLIER, between]) is None
    assert replaced_by(second.model_copy(update={"voice": None}), [EARLIER]) is None
    assert replaced_by(second.model_copy(update={"answers": {}}), [EARLIER]) is None
