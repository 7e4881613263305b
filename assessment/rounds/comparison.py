"""Squads side by side: where decisions leak or hold in most, and which are contested; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from assessment.model import Framework
from assessment.scoring.change import Scored
from assessment.scoring.levels import Scores
from assessment.scoring.who_decides import WhoDecides

LEAKING, HOLDING = (1, 2), (3, 4)
"""The stages at which decisions leak at a level, and those at which they hold."""

LEAST_COMPARED = 2
"""Squads in which voices can differ, from which it is said what most of them contest."""


@dataclass(frozen=True, slots=True)
class SquadsAtLevel:
    """In how many `squads` of those `compared` decisions leak, or hold, at a level.

    `scored` have a score there.
    """

    level: str
    squads: int
    scored: int
    compared: int

    @property
    def in_most(self) -> bool:
        """Whether it is so in more than half of the squads compared, scored there or not."""
        return 2 * self.squads > self.compared


def widest_leak(framework: Framework, squads: Sequence[Scores]) -> SquadsAtLevel | None:
    """The level that leaks in most squads, or None when no squad leaks anywhere.

    A level leaks in a squad at stage blurred or propped up. Ties go to the level with
    the lower mean score, then to framework order.
    """
    leaks = _squads_at(framework, squads, LEAKING)
    first = min(leaks, key=lambda leak: (-leak[0].squads, leak[1]), default=None)
    return first[0] if first else None


def firmest_hold(framework: Framework, squads: Sequence[Scores]) -> SquadsAtLevel | None:
    """The level that holds in the greatest number of squads, or None when none does in most.

    A level holds in a squad at stage framed or fluid. Ties go to the level with the higher
    mean score, then to framework order.
    """
    holds = [hold for hold in _squads_at(framework, squads, HOLDING) if hold[0].in_most]
    first = max(holds, key=lambda hold: (hold[0].squads, hold[1]), default=None)
    return first[0] if first else None


def _squads_at(
    framework: Framework, squads: Sequence[Scores], stages: Collection[int]
) -> Iterator[tuple[SquadsAtLevel, float]]:
    """The levels at which a squad is at one of the stages, with the mean of the scores there."""
    for level in framework.level_ids:
        levels = [scores.level(level) for scores in squads]
        values = [scored.score for scored in levels if scored.score is not None]
        count = sum(1 for scored in levels if scored.stage in stages)
        if count:
            at_level = SquadsAtLevel(level, count, scored=len(values), compared=len(squads))
            yield at_level, round(sum(values) / len(values), 9)


@dataclass(frozen=True, slots=True)
class ContestedAcross:
    """A decision on which voices name different deciders in some squads.

    `squads` counts those, out of the `compared` in which at least two voices named somebody;
    `disagreement` is the mean over the compared, in [0, 1].
    """

    decision: str
    level: str
    squads: int
    compared: int
    disagreement: float

    @property
    def in_most(self) -> bool:
        """Whether voices differ in more than half of the squads compared."""
        return 2 * self.squads > self.compared


def contested_across(
    framework: Framework, squads: Sequence[WhoDecides]
) -> tuple[ContestedAcross, ...]:
    """The decisions contested somewhere: in most squads first, then strongest, then in order."""
    contested = []
    for decision in framework.lenses.decisions:
        compared = [
            disagreement
            for squad in squads
            for disagreement in squad.disagreements
            if disagreement.of == decision.id
        ]
        count = sum(1 for disagreement in compared if disagreement.is_contested)
        if count:
            contested.append(
                ContestedAcross(
                    decision=decision.id,
                    level=decision.level,
                    squads=count,
                    compared=len(compared),
                    disagreement=fmean(squad.disagreement for squad in compared),
                )
            )
    return tuple(
        sorted(contested, key=lambda across: (-across.squads, -round(across.disagreement, 9)))
    )


def compared_on_deciders(squads: Sequence[WhoDecides]) -> tuple[WhoDecides, ...]:
    """The squads in which voices can differ; none where too few to say what most contest."""
    able = tuple(squad for squad in squads if squad.disagreements)
    return able if len(able) >= LEAST_COMPARED else ()


@dataclass(frozen=True, slots=True)
class Weakest:
    """What stands worst over several squads: a level or a lens, and its mean in [0, 100].

    `squads` counts those that have a score for it.
    """

    id: str
    mean: float
    squads: int


def weakest_across(squads: Sequence[Sequence[Scored]]) -> Weakest | None:
    """What has the least mean score over the squads; None where nothing has a score.

    The first of equals, in framework order.
    """
    scores: dict[str, list[float]] = {}
    for squad in squads:
        for scored in squad:
            scores.setdefault(scored.id, []).extend([] if scored.score is None else [scored.score])
    means = [Weakest(of, fmean(given), len(given)) for of, given in scores.items() if given]
    return min(means, key=lambda weakest: weakest.mean, default=None)
