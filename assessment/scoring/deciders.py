"""Whom voices name as deciders, and how often; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from assessment.model import NOBODY, UNCLEAR, Framework

Named = tuple[str, ...]
"""The roles said to decide, or `nobody` or `unclear` alone."""

_NO_ROLES = {NOBODY, UNCLEAR}

Deciders = Mapping[str, Named]
"""What one voice says: whom it names, by decision id; unanswered decisions absent."""


def answers_to(voices: Iterable[Deciders], decision: str) -> list[Named]:
    """What the voices that answered say of a decision."""
    return [answers[decision] for answers in voices if answers.get(decision)]


def roles_in(roles_named: Iterable[str]) -> Named:
    """The roles among those named: neither `nobody` nor `unclear`."""
    return tuple([role for role in roles_named if role not in _NO_ROLES])


def counts_of(framework: Framework, answers: Iterable[Iterable[str]]) -> Mapping[str, int]:
    """How many answers name each role, `nobody` and `unclear`, in framework order; no zeros."""
    counts = Counter(role for roles_named in answers for role in roles_named)
    order = (*framework.role_ids, NOBODY, UNCLEAR)
    return {role: counts[role] for role in order if counts[role]}
