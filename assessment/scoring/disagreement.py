"""How far the voices of a squad differ, on items and on who takes a decision; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np

from assessment.model import NOBODY, UNCLEAR, UNKNOWN, Answers, Framework
from assessment.scoring.deciders import Deciders, Named, answers_to, counts_of
from assessment.scoring.levels import ROUNDING, healths_of
from assessment.scoring.seats import Seating


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far voices differ on an item or a decision, `of` by its id: 0 (all alike) to 1, or NaN.

    At 1 they split between an item's extremes, or name nobody in common. `counts` are the `voices`
    by every option of an item, or by the roles named, `nobody` included, in framework order;
    `unclear` more could not tell.
    """

    of: str
    disagreement: float
    counts: Mapping[str, int]
    voices: int
    unclear: int

    @property
    def is_contested(self) -> bool:
        """Whether at least two voices differ."""
        return self.disagreement > ROUNDING


D = TypeVar("D", bound=Disagreement)


def item_disagreements(framework: Framework, sheets: Sequence[Answers]) -> tuple[Disagreement, ...]:
    """Every item that two voices or more answered; strongest first, ties in framework order.

    disagreement = 2 · mean |h − mean h| over the voices that answered.
    """
    values = healths_of(framework, sheets).values
    disagreements = []
    for column, item in enumerate(framework.items):
        healths = np.sort(values[:, column][~np.isnan(values[:, column])])
        if len(healths) >= 2:
            answers = Counter(sheet.get(item.id) for sheet in sheets)
            options = framework.scale_by_id[item.scale].options
            disagreements.append(
                Disagreement(
                    of=item.id,
                    disagreement=float(2 * np.abs(healths - healths.mean()).mean()),
                    counts={option.id: answers[option.id] for option in options},
                    voices=len(healths),
                    unclear=answers[UNKNOWN],
                )
            )
    return strongest_first(disagreements)


def decision_disagreements(
    seating: Seating, voices: Sequence[Deciders], *, least: int = 1
) -> tuple[Disagreement, ...]:
    """Every decision that voices say who takes, or that nobody does; strongest first.

    They are two at least, and no fewer than `least`. The disagreement is the mean over all pairs of
    voices of 1 − the share of people they have in common (Jaccard). Ties keep framework order.
    """
    disagreements = []
    for decision in seating.framework.lenses.decisions:
        answers = answers_to(voices, decision.id)
        naming = [roles for roles in answers if UNCLEAR not in roles]
        if len(naming) >= max(2, least):
            disagreements.append(
                Disagreement(
                    of=decision.id,
                    disagreement=_mean_distance([_people(seating, roles) for roles in naming]),
                    counts=counts_of(seating.framework, naming),
                    voices=len(naming),
                    unclear=len(answers) - len(naming),
                )
            )
    return strongest_first(disagreements)


def strongest_first(disagreements: Iterable[D]) -> tuple[D, ...]:
    """In order of strength; equals stay as they come."""
    return tuple(sorted(disagreements, key=lambda one: -round(one.disagreement, 9)))


def _people(seating: Seating, roles: Named) -> frozenset[str]:
    """Who is named: two seats of one person are one person."""
    return frozenset(role if role == NOBODY else seating.person_of(role) for role in roles)


def _mean_distance(answers: Sequence[frozenset[str]]) -> float:
    # Sorted, so that the sum is the same in whatever order voices came.
    distances = sorted(
        (1 - len(one & two) / len(one | two)) * times * others
        for (one, times), (two, others) in combinations(Counter(answers).items(), 2)
    )
    return sum(distances) / (len(answers) * (len(answers) - 1) / 2)
