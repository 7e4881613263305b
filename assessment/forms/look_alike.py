"""Squad names so close that they are likely to be one; pure."""

import re
from collections.abc import Iterable

from assessment.model import name_key, sort_key

SHORT, LONG = 4, 8
"""Names of at least so many letters may differ by one letter, or by two, and still be alike."""

_NO_LETTER = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+")


def look_alike(name: str, names: Iterable[str]) -> str | None:
    """The first of some names that is written almost like this one; None where one is the same.

    Accents, spaces and marks do not count, a letter or two may differ or be swapped. Names that
    tell themselves apart by a number are different.
    """
    known = list(names)
    if not name_key(name) or name_key(name) in map(name_key, known):
        return None
    return next((other for other in known if _are_alike(_bare(name), _bare(other))), None)


def _bare(name: str) -> str:
    return _NO_LETTER.sub("", sort_key(name)[0])


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    if _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return False
    shorter = min(len(one), len(other))
    most = (shorter >= SHORT) + (shorter >= LONG)
    return abs(len(one) - len(other)) <= most and _distance(one, other) <= most


def _distance(one: str, other: str) -> int:
    """How many letters to put in, take out, replace or swap with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, against in enumerate(other, start=1):
            costs = [rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != against)]
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                costs.append(rows[-2][j - 2] + 1)
            row.append(min(costs))
        rows.append(row)
    return rows[-1][-1]
