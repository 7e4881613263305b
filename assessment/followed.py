"""A squad's actions, each with what its levels did since, and where it stands between rounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assessment.actions import Since, actions_of, is_open, since
from assessment.model import Action, Framework
from assessment.rounds import Round

ENDED_SHOWN = 3
"""Actions that are over, of which a reader sees the latest first; the others on demand."""


@dataclass(frozen=True, slots=True)
class Followed:
    """An action beside what the levels it touches did since; None where rounds are missing."""

    action: Action
    since: Since | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where an action that was done stands between two rounds that follow each other.

    `share` is in [0, 1): 0 on the last day the earlier round speaks of, towards 1 on the later's.
    """

    action: Action
    earlier: Round
    later: Round
    share: float


def followed(
    framework: Framework, actions: Iterable[Action], squad: str, rounds: Sequence[Round]
) -> tuple[Followed, ...]:
    """A squad's actions, the open ones first; `rounds` are the squad's, earliest first."""
    theirs = actions_of(actions, squad)
    return tuple(Followed(action, since(framework, action, rounds)) for action in theirs)


def shown_first(
    actions: Sequence[Followed],
) -> tuple[tuple[Followed, ...], tuple[Followed, ...]]:
    """A squad's actions to show at once, every open one and the last that ended; and the rest."""
    still_open = sum(1 for each in actions if is_open(each.action))
    first = still_open + ENDED_SHOWN
    return tuple(actions[:first]), tuple(actions[first:])


def under_way(actions: Iterable[Action], lever: str) -> Action | None:
    """The first open action on a lever; None when there is none."""
    return next((each for each in actions if each.lever == lever and is_open(each)), None)


def marks(actions: Iterable[Followed], rounds: Sequence[Round]) -> tuple[Mark, ...]:
    """The actions done between a squad's first round and its last, earliest first."""
    found = [
        _mark(each.action, earlier, later)
        for each in actions
        for earlier, later in pairwise(rounds)
        if each.action.status == "done"
        and each.action.ended_on is not None
        and earlier.last_day <= each.action.ended_on < later.last_day
    ]
    return tuple(sorted(found, key=lambda mark: (mark.earlier.period, mark.share)))


def _mark(action: Action, earlier: Round, later: Round) -> Mark:
    day = action.ended_on or action.decided_on
    gone, between = day - earlier.last_day, later.last_day - earlier.last_day
    return Mark(action, earlier, later, gone / between)
