"""A history made from an earlier one: what did not change is kept, and nothing else differs."""

from __future__ import annotations

import gc
import random
from datetime import UTC, date, datetime
from uuid import UUID

from assessment.access.invitations import answer_as_stored
from assessment.content.loading import shipped_framework
from assessment.model import Assessment, Setup, Survey
from assessment.rounds.history import History
from assessment.rounds.round import Round
from tests.builders import assessment, gathering, total
from tests.deep_examples import setup
from tests.examples import EXAMPLE_1, HALF, WORST

FRAMEWORK = shipped_framework()
SAVED_AT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
SQUADS = ("Atlas", "Boréal", "Cobalt")


class Company:
    """A few squads whose records are added, revised and taken away at random."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - to be repeated
        self.assessments: list[Assessment] = []
        self.setups: list[Setup] = []
        self.surveys: list[Survey] = []

    def history(self, earlier: History | None = None) -> History:
        saved = tuple(self.assessments)
        return History(
            FRAMEWORK, saved, "month", self.setups, surveys=self.surveys, earlier=earlier
        )

    def change(self) -> None:
        change = self.dice.choice((self.answer, self.answer, self.ask, self.seat, self.revise))
        change()

    def answer(self) -> None:
        answered = assessment(
            assessment_id=UUID(int=self.dice.randrange(10**9)),
            squad=self.dice.choice((*SQUADS, "ATLAS")),
            voice=self.dice.choice((None, "Ada", "Grace")),
            assessed_on=date(2026, self.dice.randrange(9, 12), self.dice.randrange(1, 29)),
            answers=self.dice.choice((EXAMPLE_1, HALF, WORST)),
        )
        asked = self.dice.choice((None, None, *self.surveys))
        self.assessments.append(answer_as_stored(answered, asked) if asked else answered)

    def ask(self) -> None:
        day = date(2026, self.dice.randrange(9, 12), 12)
        self.surveys.append(
            gathering(
                gathering_id=UUID(int=self.dice.randrange(10**9)),
                squad=self.dice.choice(SQUADS),
                opened_on=day,
                closes_on=day,
            )
        )

    def seat(self) -> None:
        held = self.dice.choice((("pm",), ("po",), ("pm", "po", "em")))
        day = date(2026, self.dice.randrange(9, 12), 1)
        self.setups.append(setup(*held, squad=self.dice.choice(SQUADS), since=day))

    def revise(self) -> None:
        if self.surveys:
            asked = self.surveys.pop(0)
            self.surveys.append(asked.model_copy(update={"saved_at": SAVED_AT}))
        if self.assessments:
            index = self.dice.randrange(len(self.assessments))
            answered = self.assessments[index].model_copy(update={"saved_at": SAVED_AT})
            self.assessments[index] = answered
        if self.assessments and self.dice.random() < 0.5:
            self.assessments.pop(self.dice.randrange(len(self.assessments)))


def values_of(history: History) -> list[object]:
    """All that a history says of its rounds, as values that can be compared.

    Scores to a billionth: the last digits of a product depend on how many are computed at once.
    """

    def of(unit: Round) -> tuple[object, ...]:
        days = (unit.first_day, unit.last_day)
        levels = [(level.id, level.stage, level.limits) for level in unit.scores.levels]
        scores = [round(level.score or 0, 9) for level in unit.scores.levels]
        pooled = (levels, scores, unit.scores.yes_count, unit.disagreements, unit.level_voices)
        return unit.squad, unit.period, unit.voices, days, unit.setup, unit.survey, pooled

    units = history.all_rounds()
    beside = [tuple(map(of, history.beside(unit))) for unit in units]
    changes = [unit.setup_changes for unit in units]
    return [history.squads, history.newest_squad(date.max), list(map(of, units)), beside, changes]


def test_after_whatever_change_a_history_says_what_one_made_anew_says() -> None:
    for seed in range(30):
        company = Company(seed)
        kept = company.history()
        for _ in range(25):
            company.change()
            kept = company.history(earlier=kept)
            assert values_of(kept) == values_of(company.history()), seed


def test_a_squad_known_by_a_total_alone_takes_the_spelling_of_what_is_saved_next() -> None:
    counted, saved = [total(squad="ATLAS")], (assessment(squad="Cobalt"),)
    before = History(FRAMEWORK, saved, "month", surveys=counted)
    more = (*saved, assessment(squad="Atlas"))
    after = History(FRAMEWORK, more, "month", surveys=counted, earlier=before)
    assert before.squads == ("ATLAS", "Cobalt")
    assert after.squads == History(FRAMEWORK, more, "month", surveys=counted).squads
    assert after.squads == ("Atlas", "Cobalt")


def test_a_save_leaves_the_rounds_of_every_other_squad_and_month_as_they_are() -> None:
    saved = tuple(
        assessment(squad=squad, assessed_on=date(2026, month, 3), answers=HALF)
        for squad in SQUADS
        for month in (10, 11)
    )
    before = History(FRAMEWORK, saved, "month")
    more = assessment(squad="Boréal", assessed_on=date(2026, 11, 20), answers=WORST)
    after = History(FRAMEWORK, (*saved, more), "month", earlier=before)

    pairs = list(zip(before.all_rounds(), after.all_rounds(), strict=True))
    changed = [new for old, new in pairs if new is not old]
    assert [(unit.squad, unit.period.part, len(unit.voices)) for unit in changed] == [
        ("Boréal", 11, 2)
    ]


def test_a_save_makes_no_new_list_of_the_voices_of_rounds_that_it_leaves_alone() -> None:
    saved = tuple(assessment(squad=squad, answers=HALF) for squad in SQUADS)
    before = History(FRAMEWORK, saved, "month")
    later = (*saved, assessment(squad="Boréal", answers=WORST))
    gc.collect()
    gc.disable()
    try:
        after = History(FRAMEWORK, later, "month", earlier=before)
        new = [value for value in gc.get_objects(0) if type(value) in (list, tuple)]
    finally:
        gc.enable()

    (changed,) = (unit for unit in after.all_rounds() if len(unit.voices) == 2)
    of_others = [value for value in new if value is not later and saved[0] in value]
    assert (changed.squad, of_others) == ("Boréal", [])


def test_rounds_by_quarter_are_not_taken_for_rounds_by_month() -> None:
    saved = (assessment(answers=HALF),)
    by_quarter = History(FRAMEWORK, saved, "quarter")

    assert History(FRAMEWORK, saved, "month", earlier=by_quarter).by == "month"
    (unit,) = History(FRAMEWORK, saved, "month", earlier=by_quarter).all_rounds()
    assert unit.period.by == "month"
