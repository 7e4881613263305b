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
from assessment.rounds.practice import PracticeByAgreement, practice_by_agreement
from assessment.rounds.room import Topic, headline_counts, survey_round, topics_of
from assessment.rounds.round import Round
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
                surveys=(self.survey,),
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
        agreements = Agreements(FRAMEWORK, self.agreements, agreed, lambda _squad: seats)
        return practice_by_agreement(agreements, self.round)

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
        deciders = {
            decision: random.choice(NAMED) for decision in DECISIONS if random.random() < 0.7
        }
        check = assessment(
            answers={
                item: random.choice(["yes", "partly", "no", "unknown"])
                for item in ITEMS
                if random.random() < 0.8
            },
            framework=FRAMEWORK.version_with_lenses if deciders else FRAMEWORK.version,
            deep={"deciders": deciders},
        )
        answers.append(answer_as_stored(check, survey))
    enough = voices >= least
    return Company(
        revealed(survey, voices=voices, now=NOW) if enough else survey,
        tuple(answers),
        setups,
        tuple(
            agreement(
                decision=decision,
                decides=random.choice(["pm", "po", "tl"]),
                consulted=(),
                agreed_on=random.choice([date(2026, 10, 1), OPENED]),
            )
            for decision in DECISIONS[: random.randint(0, 4)]
        ),
        {
            (decision, number): random.randint(0, voices)
            for decision in DECISIONS
            for number in range(1, random.randint(1, 3))
        },
    )


@pytest.fixture(scope="module")
def companies() -> list[Company]:
    return [company(seed) for seed in range(COMPANIES)]


def test_a_second_vote_shows_from_five_votes_on(companies: list[Company]) -> None:
    passes = 0
    for firm in companies:
        shown = counting_votes(firm.shown.votes)
        for (_survey, decision, number), votes in shown.items():
            assert len(votes) == firm.cast[decision, number] >= max(5, firm.least)
        held = {ballot[1:] for ballot in shown}
        few = {ballot for ballot, count in firm.cast.items() if count in ONE_TO_FOUR}
        assert not held & few
        passes += len(shown)
    assert passes > COMPANIES  # there was something to show


def test_a_topic_counts_as_many_voices_as_the_session_promised(companies: list[Company]) -> None:
    topics = 0
    for firm in companies:
        for topic in firm.topics:
            assert firm.answering(topic.of) >= firm.least
            assert topic.voices + topic.unclear not in ONE_TO_FOUR
            topics += 1
    assert topics > COMPANIES


def test_the_three_counts_are_of_decisions_that_enough_voices_answered(
    companies: list[Company],
) -> None:
    for firm in companies:
        if firm.round is None:
            continue
        counts = headline_counts(firm.round)
        asked = DECISIONS if counts.kind == "decision" else ITEMS
        enough = [one for one in asked if firm.answering(one) >= firm.least]
        assert counts.agreed + counts.contested + counts.nobody <= len(enough)


def test_a_kept_share_is_of_enough_voices_and_leaves_no_few_apart(
    companies: list[Company],
) -> None:
    shares = 0
    for firm in companies:
        for made, practice in firm.kept.items():
            answering = firm.answering(made.decision)
            assert practice.voices >= firm.least
            apart = answering - practice.voices
            assert apart == 0 or apart >= firm.least
            shares += 1
    assert shares > COMPANIES / 4


def test_what_is_shown_of_others_says_nothing_of_one_to_four_who_answered_a_question(
    companies: list[Company],
) -> None:
    """Whatever one to four voices said of a question that few answered, nothing shown moves."""
    for firm in companies:
        rare = [one for one in DECISIONS if firm.answering(one) in ONE_TO_FOUR]
        if firm.round is None or not rare:
            continue
        otherwise = tuple(_saying_otherwise(answer, rare) for answer in firm.answers)
        other = replace(firm, answers=otherwise)
        assert other.round is not None
        assert other.topics == firm.topics
        assert headline_counts(other.round) == headline_counts(firm.round)
        assert other.kept == firm.kept


def _saying_otherwise(answer: Assessment, rare: list[str]) -> Assessment:
    deciders = {
        decision: ("tl",) if decision in rare and named != ("tl",) else named
        for decision, named in answer.deep.deciders.items()
    }
    return answer.model_copy(update={"deep": answer.deep.model_copy(update={"deciders": deciders})})
