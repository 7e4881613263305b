"""Where the voices of a round differ most: on items, on decisions, and role against role; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from assessment.model import Assessment, Framework
from assessment.rounds.round import Round
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.levels import ROUNDING, healths_of

LEAST_OF_ROLE = 2
"""Voices of a role from which it is set against another."""


@dataclass(frozen=True, slots=True)
class RoleGap:
    """The item on which two roles answer most differently, each by the mean of its voices.

    `well` says it is well (`well_health`, in [0, 1]), `ill` says so least (`ill_health`).
    `is_tied` says that two roles are as far apart elsewhere.
    """

    item: str
    well: str
    ill: str
    well_health: float
    ill_health: float
    is_tied: bool = False

    @property
    def width(self) -> float:
        """How far apart they are, in [0, 1]."""
        return self.well_health - self.ill_health


@dataclass(frozen=True, slots=True)
class DisagreementHeadline:
    """What a round of several voices says first: where they differ, strongest first.

    `disagreements` holds every item answered by two voices or more, `decisions` those on which
    voices differ; `too_few` are the items that cannot be compared.
    """

    disagreements: tuple[Disagreement, ...]
    decisions: tuple[Disagreement, ...]
    roles: RoleGap | None
    too_few: tuple[str, ...]


def is_survey(answered: Round) -> bool:
    """Whether people were invited to a round, and several answered."""
    return len(answered.voices) > 1 and any(voice.gathering for voice in answered.voices)


def disagreement_headline(answered: Round) -> DisagreementHeadline:
    """Where the voices of a round differ most."""
    framework, disagreements, unit = answered.framework, answered.disagreements, answered.deep_unit
    compared = {item.of for item in disagreements}
    return DisagreementHeadline(
        disagreements=disagreements,
        decisions=unit.deep.who_decides.contested if unit.deep_answers else (),
        roles=role_gap(framework, answered.voices),
        too_few=tuple(item for item in framework.item_ids if item not in compared),
    )


def role_gap(framework: Framework, voices: Sequence[Assessment]) -> RoleGap | None:
    """The widest gap between two roles on one item; None where no two roles that told differ.

    Each of the two has two voices or more on the item: of fewer, a person would be named. A voice
    that did not tell its role speaks for none. Ties go to the first item, then to the
    first roles, in framework order.
    """
    gaps = [gap for gap in _gaps(framework, voices) if gap.width > ROUNDING]
    if not gaps:
        return None
    widest = max(gap.width for gap in gaps)
    first, *others = (gap for gap in gaps if gap.width > widest - ROUNDING)
    return replace(first, is_tied=bool(others))


def _gaps(framework: Framework, voices: Sequence[Assessment]) -> Iterator[RoleGap]:
    """Every two roles beside each other, item by item."""
    with_role = [voice for voice in voices if voice.role]
    roles = [voice.role for voice in with_role]
    healths = healths_of(framework, [voice.answers for voice in with_role]).values
    for column, item in enumerate(framework.items):
        means = _means(framework, roles, healths[:, column].tolist())
        for one, two in combinations(means, 2):
            well, ill = (one, two) if means[one] > means[two] else (two, one)
            yield RoleGap(item.id, well, ill, means[well], means[ill])


def _means(
    framework: Framework, roles: Sequence[str | None], healths: Sequence[float]
) -> dict[str, float]:
    """The mean health of an item per role with enough voices on it, in framework order."""
    given = list(zip(roles, healths, strict=True))
    means = {}
    for role in framework.role_ids:
        # Sorted, so that the sum is the same in whatever order voices came.
        of_role = sorted(health for of, health in given if of == role and not np.isnan(health))
        if len(of_role) >= LEAST_OF_ROLE:
            means[role] = sum(of_role) / len(of_role)
    return means
