"""A pooled answer in words, told from who said what and never from their mean; pure."""

from collections.abc import Mapping
from itertools import accumulate

from assessment.content.edition import Edition
from assessment.rounds.round import Round
from assessment.scoring.diagnosis import Evidence


def trouble_clause(edition: Edition, shown: Round, item: str, health: float) -> str:
    """What most of the voices say is in trouble, or that they are split, as a clause.

    `health` is the item's in [0, 1), which alone tells it where there are no several voices.
    """
    counts = shown.answers_to(item)
    if len(counts) < 2:
        return edition.trouble(item, health)
    most = _median_health(edition, item, counts)
    if most == 1:
        return edition.words.gettext("voices differ on “{item}”", item=edition.item(item))
    return edition.trouble(item, most)


def is_trouble(edition: Edition, shown: Round, item: str) -> bool:
    """Whether most voices say that an item is in trouble: where they are split, it causes nothing.

    Of one voice the mean alone tells, as of answers that were counted.
    """
    counts = shown.answers_to(item)
    return len(counts) < 2 or _median_health(edition, item, counts) < 1


def trouble_sentence(edition: Edition, shown: Round, evidence: Evidence) -> str:
    """An answer in trouble, as a sentence of its own: how many say so, or who says what."""
    words, counts = edition.words, shown.answers_to(evidence.item)
    if len(counts) < 2:
        return words.sentence(edition.trouble(evidence.item, evidence.health))
    option, healths = _of_most(counts), edition.framework.scale_of(evidence.item).health
    if option is None or healths[option] == 1:
        given = _given(edition, evidence.item, counts)
        return words.gettext("“{item}”: {given}.", item=edition.item(evidence.item), given=given)
    clause = words.counted(
        "{clause} ({count} of {of} says so)",
        "{clause} ({count} of {of} say so)",
        counts[option],
        clause=edition.trouble(evidence.item, healths[option]),
        of=sum(counts.values()),
    )
    return words.sentence(clause)


def most_say(edition: Edition, shown: Round, item: str, health: float) -> str:
    """An answer in a word or two: what most voices say and how many, or that they are split.

    `health` is the item's in [0, 1], which alone tells it where there are no several voices.
    """
    words, counts = edition.words, shown.answers_to(item)
    if len(counts) < 2:
        scale = edition.framework.scale_of(item).health
        nearest = min(scale, key=lambda option: abs(scale[option] - health))
        return edition.option(item, nearest).lower()
    option = _of_most(counts)
    if option is None:
        return words.gettext("voices split")
    return words.gettext("{answer} ({count} of {of})").format(
        answer=edition.option(item, option).lower(),
        count=words.number(counts[option]),
        of=words.number(sum(counts.values())),
    )


def _of_most(counts: Mapping[str, int]) -> str | None:
    """The answer that more than half of the voices gave; None where none is it."""
    option = max(counts, key=lambda option: counts[option])
    return option if 2 * counts[option] > sum(counts.values()) else None


def _median_health(edition: Edition, item: str, counts: Mapping[str, int]) -> float:
    """The health of the voice in the middle, the better of two: at 1 most tell no trouble."""
    healths, of = edition.framework.scale_of(item).health, sum(counts.values())
    by_health = sorted(counts, key=healths.__getitem__)
    so_far = accumulate(counts[option] for option in by_health)
    options = zip(by_health, so_far, strict=True)
    return next(healths[option] for option, count in options if 2 * count > of)


def _given(edition: Edition, item: str, counts: Mapping[str, int]) -> str:
    """Who said what: 3 of 7 say “often”, 4 “not seen”; the worst answer first."""
    words, healths = edition.words, edition.framework.scale_of(item).health
    (first, count), *others = sorted(counts.items(), key=lambda given: healths[given[0]])
    lead = words.counted(
        "{count} of {of} says “{answer}”",
        "{count} of {of} say “{answer}”",
        count,
        of=sum(counts.values()),
        answer=edition.option(item, first).lower(),
    )
    rest = [
        words.gettext("{count} “{answer}”", count=said, answer=edition.option(item, option).lower())
        for option, said in others
    ]
    return ", ".join([lead, *rest])
