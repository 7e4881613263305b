"""Decisions on which the voices of a squad name different deciders; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assessment.model import NOBODY, UNCLEAR
from assessment.scoring.deciders import Deciders, Named, answers_to, counts_of
from assessment.scoring.seats import Seating


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far voices name different deciders for a decision: 0 (the same) to 1 (nobody in common).

    `named` counts the voices by role, `nobody` included, in framework order; `voices` named
    somebody or nobody, and `unclear` more could not tell.
    """

    decision: str
    level: str
    disagreement: float
    named: Mapping[str, int]
    voices: int
    unclear: int

    @property
    def is_contested(self) -> bool:
        """Whether at least two voices differ."""
        return self.disagreement > 0


def disagreements_of(seating: Seating, voices: Sequence[Deciders]) -> tuple[Disagreement, ...]:
    """Every decision for which two voices or more name somebody, or nobody; strongest first.

    The disagreement is the mean over all pairs of voices of 1 − the share of people they have in
    common (Jaccard). Ties keep framework order.
    """
    found = []
    for decision in seating.framework.lenses.decisions:
        answers = answers_to(voices, decision.id)
        naming = [named for named in answers if UNCLEAR not in named]
        if len(naming) >= 2:
            found.append(
                Disagreement(
                    decision=decision.id,
                    level=decision.level,
                    disagreement=_mean_distance([_people(seating, named) for named in naming]),
                    named=counts_of(seating.framework, naming),
                    voices=len(naming),
                    unclear=len(answers) - len(naming),
                )
            )
    return tuple(sorted(found, key=lambda each: -round(each.disagreement, 9)))


def _people(seating: Seating, named: Named) -> frozenset[str]:
    """Who is named: two seats of one person are one person."""
    return frozenset(role if role == NOBODY else seating.seats_of_person[role][0] for role in named)


def _mean_distance(named: Sequence[frozenset[str]]) -> float:
    # Sorted, so that the sum is the same in whatever order voices came.
    distances = sorted(
        (1 - len(one & two) / len(one | two)) * times * others
        for (one, times), (two, others) in combinations(Counter(named).items(), 2)
    )
    return sum(distances) / (len(named) * (len(named) - 1) / 2)
