"""What a room talks about once its survey is revealed, strongest first, and how long; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assessment.model import UNCLEAR, Assessment, Framework, Setup, Survey, Vote
from assessment.rounds.history import History, Round
from assessment.scoring.deciders import counts_of, roles_in

TopicKind: TypeAlias = Literal["decision", "item"]

MOST_SUGGESTED = 5
MINUTES = 45
MINUTES_AROUND = 10
"""Of the 45 minutes: the headline, and the close."""

TALK_MINUTES = 6
"""Of a topic's minutes: talking about an example; the others settle it."""

MOST_MINUTES = 10
"""For one topic: longer talks do not decide more."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A decision or an item to talk about: `counts` are voices by role or option, in order.

    `voices` answered, `unclear` of them or more could not tell. `disagreement` is in [0, 1].
    """

    kind: TopicKind
    of: str
    counts: Mapping[str, int]
    voices: int
    unclear: int
    disagreement: float

    @property
    def id(self) -> str:
        """What tells it from others: ids of decisions and items may be alike."""
        return f"{self.kind}.{self.of}"

    @property
    def names(self) -> int:
        """How many answers differ from each other."""
        return sum(1 for count in self.counts.values() if count)


@dataclass(frozen=True, slots=True)
class HeadlineCounts:
    """How many decisions a squad agrees on, differs on, and leaves to nobody.

    Where nobody took the deep check, items are counted instead: none of those is nobody's.
    """

    kind: TopicKind
    agreed: int
    contested: int
    nobody: int


def survey_round(
    framework: Framework,
    survey: Survey,
    answers: Sequence[Assessment],
    setups: Sequence[Setup] = (),
) -> Round | None:
    """What a survey's answers say together, of those that may be shown; None without any."""
    own = [answer for answer in answers if answer.gathering == survey.gathering_id]
    history = History(framework, own, "month", setups, surveys=[survey])
    return history.latest(survey.squad) if own else None


def headline_counts(squad: Round) -> HeadlineCounts:
    """The three counts that lead everything else."""
    if squad.deep_answers and squad.deep.who_decides.is_answered:
        states = squad.deep.who_decides.counts
        return HeadlineCounts("decision", states["clear"], states["contested"], states["nobody"])
    contested = sum(1 for item in squad.disagreements if item.is_contested)
    return HeadlineCounts("item", len(squad.disagreements) - contested, contested, 0)


def topics_of(squad: Round) -> tuple[Topic, ...]:
    """What there is to talk about: contested decisions, then nobody's, then items; strongest first.

    A decision on which most voices name the same is none, however few differ.
    """
    contested, nobody = [], []
    if squad.deep_answers:
        who_decides = squad.deep.who_decides
        by_id = {decision.of: decision.disagreement for decision in who_decides.disagreements}
        for decision in who_decides.decisions:
            named = {role: count for role, count in decision.named.items() if role != UNCLEAR}
            topic = Topic(
                kind="decision",
                of=decision.decision,
                counts=named,
                voices=decision.voices,
                unclear=decision.named.get(UNCLEAR, 0),
                disagreement=by_id.get(decision.decision, 0.0),
            )
            if decision.state == "contested":
                contested.append(topic)
            elif decision.state == "nobody":
                nobody.append(topic)
    items = [
        Topic("item", item.of, item.counts, item.voices, item.unclear, item.disagreement)
        for item in squad.disagreements
        if item.is_contested
    ]
    return (*_strongest_first(contested), *_strongest_first(nobody), *items)


def suggested(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """The first few, as many as a room gets through."""
    return tuple(topics[:MOST_SUGGESTED])


def minutes_each(count: int) -> int:
    """How long each of so many topics may take in a plan of 45 minutes; at least one."""
    if not count:
        return 0
    return max(1, min(MOST_MINUTES, (MINUTES - MINUTES_AROUND) // count))


def talk_minutes(count: int) -> int:
    """How long each of so many topics is talked about before it is settled: six at most."""
    return min(TALK_MINUTES, minutes_each(count))


def votes_by_role(framework: Framework, votes: Sequence[Vote]) -> Mapping[str, int]:
    """How many votes name each role, `nobody` and `unclear`, in framework order; no zeros."""
    return counts_of(framework, [vote.named for vote in votes])


def majority(framework: Framework, votes: Sequence[Vote]) -> str | None:
    """The one role that more than half of the votes name; None where there is none."""
    return most_named(votes_by_role(framework, votes), of=len(votes))


def most_named(counts: Mapping[str, int], *, of: int) -> str | None:
    """The one role that more than half of so many voices name; None where there is none, or two."""
    leading = [role for role in roles_in(counts) if 2 * counts[role] > of]
    return leading[0] if len(leading) == 1 else None


def _strongest_first(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    return tuple(sorted(topics, key=lambda topic: -round(topic.disagreement, 9)))
