"""The sample company as it is loaded: what is agreed and decided stands alike on every day."""

from __future__ import annotations

from datetime import date
from typing import get_args
from uuid import UUID

import pytest

from assessment.exchange.sample import WRITTEN_ON, sample_loaded_on, sample_records
from assessment.model import Action, Agreement, Assessment, Confirmation, Setup
from assessment.rounds.actions import is_overdue
from assessment.rounds.agreements import AgreementState
from assessment.rounds.history import History
from assessment.storage.kinds import Record
from tests.deep_examples import FRAMEWORK


def states_on(day: date) -> set[AgreementState]:
    """The states in which the agreements stand on the day they are loaded."""
    records = sample_loaded_on(day, language="en")
    history = History(
        FRAMEWORK,
        [record for record in records if isinstance(record, Assessment)],
        "month",
        [record for record in records if isinstance(record, Setup)],
    )
    agreements = history.reading(
        [record for record in records if isinstance(record, Agreement)],
        [record for record in records if isinstance(record, Confirmation)],
    ).agreements
    return {agreements.on(day).state(agreement) for agreement in agreements.agreements}


@pytest.mark.parametrize(
    "day",
    [
        WRITTEN_ON,
        date(2026, 12, 16),  # the day after the first one written for that day ends
        date(2027, 1, 31),
        date(2027, 7, 1),  # all of them have ended
        date(2028, 2, 29),
        date(2028, 11, 28),
    ],
)
def test_agreements_stand_in_every_state_on_the_day_the_sample_is_loaded(day: date) -> None:
    # No seat of the sample company's squads empties.
    assert states_on(day) == set(get_args(AgreementState)) - {"without-decider"}


@pytest.mark.parametrize("day", [WRITTEN_ON, date(2027, 1, 31), date(2028, 2, 29)])
def test_two_actions_are_late_on_the_day_the_sample_is_loaded(day: date) -> None:
    late = [
        record.lever
        for record in sample_loaded_on(day, language="en")
        if isinstance(record, Action) and is_overdue(record, today=day)
    ]

    assert sorted(late) == ["arbitrate-upstream", "delegate-calls"]


def test_loading_later_moves_no_day_but_those_that_had_not_come() -> None:
    def otherwise(record: Record) -> Record:
        match record:
            case Agreement(valid_until=until) if until >= WRITTEN_ON:
                return record.model_copy(update={"valid_until": WRITTEN_ON})
            case Action(due_on=date() as due) if due >= WRITTEN_ON:
                return record.model_copy(update={"due_on": WRITTEN_ON})
        return record

    loaded = sample_loaded_on(date(2027, 11, 28), language="fr")
    assert [otherwise(record) for record in loaded] == [
        otherwise(record) for record in sample_records()
    ]
    # Written on 28 November 2026 up to 15 December: 365 days later up to 15 December 2027.
    ends = {record.valid_until for record in loaded if isinstance(record, Agreement)}
    assert date(2027, 12, 15) in ends
    assert date(2026, 12, 15) not in ends
    dues = {record.due_on for record in loaded if isinstance(record, Action)}
    assert {date(2026, 9, 30), date(2027, 12, 15), date(2027, 12, 31)} < dues
    assert date(2026, 12, 31) not in dues


def test_it_is_loaded_in_the_language_of_whoever_loads_it() -> None:
    def mandates(language: str) -> dict[tuple[UUID, str], str]:
        return {
            (record.id, role): sentence
            for record in sample_loaded_on(WRITTEN_ON, language=language)
            if isinstance(record, Assessment)
            for role, sentence in record.deep.mandates.items()
        }

    english, in_french = mandates("en"), mandates("fr")

    assert english.keys() == in_french.keys()
    assert not set(english.values()) & set(in_french.values())
    assert "Decides what goes into the sprint." in english.values()
    assert "Décide de ce qui entre dans le sprint." in in_french.values()


def test_some_of_its_actions_name_who_exactly_does_them() -> None:
    names = {record.owner_name for record in sample_records() if isinstance(record, Action)}

    assert {None, "Sofia"} < names


def test_loaded_before_it_was_written_the_sample_is_as_shipped() -> None:
    assert sample_loaded_on(date(2026, 11, 3), language="fr") == sample_records()
