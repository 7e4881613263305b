"""One phone's vote on one decision in the room, once the answers of a survey were shown."""

from collections.abc import Iterable, Mapping
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from assessment.model.deep import named_deciders
from assessment.model.names import OfSquad

MOST_PASSES = 99
"""How often a room may vote on one decision."""

Ballot = tuple[UUID, str, int]
"""A survey, a decision, and which vote on it, from 1."""


class Vote(OfSquad):
    """Whom one phone names for a decision that the room votes on again.

    `gathering` is the survey whose answers were shown before, `pass_number` counts the votes on
    the decision from 1. `voter` tells the phone within one pass alone: of two votes under it the
    later counts, and nothing ties it to an answer or to another pass. `named` holds role ids, or
    `nobody` or `unclear` alone.
    """

    vote_id: UUID
    gathering: UUID
    decision: str
    pass_number: int = Field(ge=1, le=MOST_PASSES)
    voter: UUID
    named: Annotated[tuple[str, ...], AfterValidator(named_deciders), Field(min_length=1)]

    @property
    def ballot(self) -> Ballot:
        """What is voted on: the survey, the decision and which pass it is."""
        return self.gathering, self.decision, self.pass_number


def counting_votes(votes: Iterable[Vote]) -> Mapping[Ballot, tuple[Vote, ...]]:
    """The votes that count, by ballot: of each phone the later one."""
    latest: dict[Ballot, dict[UUID, Vote]] = {}
    for vote in sorted(votes, key=lambda vote: (vote.saved_at, str(vote.id))):
        latest.setdefault(vote.ballot, {})[vote.voter] = vote
    return {ballot: tuple(by_voter.values()) for ballot, by_voter in latest.items()}
