"""Voices pooled item by item: each on its own sheet, or with one of them left out; pure."""

from collections.abc import Sequence

import numpy as np

from assessment.scoring.levels import Flags, Floats, Healths


def pooled(healths: Healths, groups: Sequence[int], *, count: int) -> Healths:
    """One sheet per group of sheets: per item the mean health of those who answered it.

    An item that nobody in a group answered and somebody marked as not applicable does
    not apply to the group.
    """
    answered = healths.answered
    return _means(
        total=_summed(np.where(answered, healths.values, 0.0), groups, count),
        voices=_summed(answered.astype(float), groups, count),
        waived=_summed((~healths.applies).astype(float), groups, count),
    )


def without_each(healths: Healths, voices: Sequence[int]) -> Healths:
    """The sheets pooled with each of some voices left out in turn, and what it waived with it."""
    answered = healths.answered.astype(float)
    filled = np.where(healths.answered, healths.values, 0.0)
    waived = (~healths.applies).astype(float)
    left_out = list(voices)
    return _means(
        total=filled.sum(axis=0) - filled[left_out],
        voices=answered.sum(axis=0) - answered[left_out],
        waived=waived.sum(axis=0) - waived[left_out],
    )


def with_more(healths: Healths, more: int, *, health: float) -> Healths:
    """The sheets pooled with `more` voices that give every item that applies one health."""
    whole = pooled(healths, [0] * len(healths), count=1)
    answered = healths.answered.sum(axis=0)
    total = np.where(healths.answered, healths.values, 0.0).sum(axis=0)
    values = (total + more * health) / (answered + more)
    return Healths(np.where(whole.applies, values, np.nan), whole.applies)


def _means(*, total: Floats, voices: Floats, waived: Floats) -> Healths:
    values = np.full(total.shape, np.nan)
    np.divide(total, voices, out=values, where=voices > 0)
    applies: Flags = (voices > 0) | ~(waived > 0)
    return Healths(values, applies)


def _summed(rows: Floats, groups: Sequence[int], count: int) -> Floats:
    total = np.zeros((count, rows.shape[1]))
    np.add.at(total, np.asarray(groups, dtype=int), rows)
    return total
