"""What a room, its votes and its agreements say of a confidential session, over 500 companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from random import Random
from uuid import UUID

import pytest

from assessment.access.guarded_store import showable_records
from assessment.access.invitations import answer_as_stored, revealed
from assessment.content.loading import shipped_framework
from assessment.model import Agreement, Assessment, Setup, Survey
from assessment.model.vote import counting_votes
from assessment.rounds.agreements import Agreements
from assessment.rounds.history import Round
from assessment.rounds.practice import PracticeByAgreement, practice_by_agreement
from assessment.rounds.room import Topic, headline_counts, survey_round, topics_of
from assessment.scoring.seats import SquadSeats
from assessment.storage.protocol import Stored
from tests.builders import agreement, assessment, confirmation, gathering, setup, vote

FRAMEWORK = shipped_framework()
COMPANIES = 500
OPENED = date(2026, 11, 9)
NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
DECISIONS = ("sprint-content", "enough-scope", "cut", "bets")
ITEMS = ("single-channel", "mandates-clear")
NAMED = (("pm",), ("po",), ("tl",), ("pm", "po"), ("nobody",), ("unclear",))
ONE_TO_FOUR = range(1, 5)


@dataclass(frozen=True)
class Company:
    """A confidential session of five to twelve voices, second votes, and agreements before it."""

    survey: Survey
    answers: tuple[Assessment, ...]
    setups: tuple[Setup, ...]
    agreements: tuple[Agreement, ...]
    cast: Mapping[tuple[str, int], int]

    @property
    def least(self) -> int:
        return self.survey.least_voices

    @cached_property
    def shown(self) -> Stored:
        votes = [
            vote(
                gathering=self.survey.id,
                decision=decision,
                pass_number=number,
                voter=UUID(int=voter),
                named=NAMED[(voter + number) % len(NAMED)],
            )
            for (decision, number), count in self.cast.items()
            for voter in range(1, count + 1)
        ]
        return showable_records(
            Stored(
                self.answers,
                setups=self.setups,
                gatherings=(self.survey,),
                votes=tuple(votes),
                agreements=self.agreements,
            )
        )

    @cached_property
    def round(self) -> Round | None:
        return survey_round(FRAMEWORK, self.survey, self.shown.assessments, self.setups)

    @property
    def topics(self) -> tuple[Topic, ...]:
        return topics_of(self.round) if self.round else ()

    @property
    def kept(self) -> PracticeByAgreement:
        if self.round is None:
            return {}
        seats = SquadSeats(FRAMEWORK, self.setups)
        agreed = tuple(
            confirmation(agreement_id=made.id, role=made.decides, saved_at=made.saved_at)
            for made in self.agreements
        )
        told = Agreements(FRAMEWORK, self.agreements, agreed, lambda _squad: seats)
        return practice_by_agreement(told, self.round)

    def answering(self, of: str) -> int:
        """How many voices really answered a decision or an item."""
        return sum(
            1
            for answer in self.answers
            if of in answer.deep.deciders or answer.answers.get(of, "unknown") != "unknown"
        )


def company(seed: int) -> Company:
    """A company of chance: some answer little, some name a role that nobody holds."""
    random = Random(seed)  # noqa: S311 - chance that comes again
    voices, least = random.randint(5, 12), random.randint(5, 7)
    survey = gathering(depth="deep", least_voices=least, opened_on=OPENED)
    setups = (setup(seats={"pm": random.choice(["own", "absent"]), "po": "own", "tl": "own"}),)
    answers = []
    for _voice in range(voices):
        deciders = {each: random.choice(NAMED) for each in DECISIONS if random.random() < 0.7}
        told = assessment(
            answers={
                each: random.choice(["yes", "partly", "no", "unknown"])
                for each in ITEMS
                if random.random() < 0.8
            },
            framework=FRAMEWORK.version_with_lenses if deciders else FRAMEWORK.version,
            deep={"deciders": deciders},
        )
        answers.append(answer_as_stored(told, survey))
    enough = voices >= least
    return Company(
        revealed(survey, voices=voices, now=NOW) if enough else survey,
        tuple(answers),
        setups,
        tuple(
            agreement(
                decision=each,
                decides=random.choice(["pm", "po", "tl"]),
                consulted=(),
                agreed_on=random.choice([date(2026, 10, 1), OPENED]),
            )
            for each in DECISIONS[: random.randint(0, 4)]
        ),
        {
            (each, number): random.randint(0, voices)
            for each in DECISIONS
            for number in range(1, random.randint(1, 3))
        },
    )


@pytest.fixture(scope="module")
def companies() -> list[Company]:
    return [company(seed) for seed in range(COMPANIES)]


def test_a_second_vote_shows_from_five_votes_on(companies: list[Company]) -> None:
    passes = 0
    for each in companies:
        shown = counting_votes(each.shown.votes)
        for (_survey, decision, number), votes in shown.items():
            assert len(votes) == each.cast[decision, number] >= max(5, each.least)
        held = {ballot[1:] for ballot in shown}
        few = {ballot for ballot, count in each.cast.items() if count in ONE_TO_FOUR}
        assert not held & few
        passes += len(shown)
    assert passes > COMPANIES  # there was something to show


def test_a_topic_counts_as_many_voices_as_the_session_promised(companies: list[Company]) -> None:
    topics = 0
    for each in companies:
        for topic in each.topics:
            assert each.answering(topic.of) >= each.least
            assert topic.voices + topic.unclear not in ONE_TO_FOUR
            topics += 1
    assert topics > COMPANIES


def test_the_three_counts_are_of_decisions_that_enough_voices_answered(
    companies: list[Company],
) -> None:
    for each in companies:
        if each.round is None:
            continue
        counts = headline_counts(each.round)
        asked = DECISIONS if counts.kind == "decision" else ITEMS
        enough = [one for one in asked if each.answering(one) >= each.least]
        assert counts.agreed + counts.contested + counts.nobody <= len(enough)


def test_a_kept_share_is_of_enough_voices_and_leaves_no_few_apart(
    companies: list[Company],
) -> None:
    shares = 0
    for each in companies:
        for made, practice in each.kept.items():
            answering = each.answering(made.decision)
            assert practice.voices >= each.least
            apart = answering - practice.voices
            assert apart == 0 or apart >= each.least
            shares += 1
    assert shares > COMPANIES / 4


def test_what_is_shown_of_others_says_nothing_of_one_to_four_who_answered_a_question(
    companies: list[Company],
) -> None:
    """Whatever one to four voices said of a question that few answered, nothing shown moves."""
    for each in companies:
        rare = [one for one in DECISIONS if each.answering(one) in ONE_TO_FOUR]
        if each.round is None or not rare:
            continue
        otherwise = tuple(_saying_otherwise(answer, rare) for answer in each.answers)
        other = replace(each, answers=otherwise)
        assert other.round is not None
        assert other.topics == each.topics
        assert headline_counts(other.round) == headline_counts(each.round)
        assert other.kept == each.kept


def _saying_otherwise(answer: Assessment, rare: list[str]) -> Assessment:
    deciders = {
        decision: ("tl",) if decision in rare and named != ("tl",) else named
        for decision, named in answer.deep.deciders.items()
    }
    return answer.model_copy(update={"deep": answer.deep.model_copy(update={"deciders": deciders})})
