"""A pooled answer in words, told from who said what and never from their mean; pure."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.content.edition import Edition
from assessment.rounds.history import Round
from assessment.scoring.diagnosis import Evidence


def trouble_clause(edition: Edition, squad: Round, item: str, health: float) -> str:
    """What most of the voices say is in trouble, or that they are split, as a clause.

    `health` is the item's in [0, 1), which alone tells it where there are no several voices.
    """
    counts = squad.answers_to(item)
    if len(counts) < 2:
        return edition.trouble(item, health)
    most = _of_most(edition, item, counts)
    if most is None or most == 1:
        return edition.words.gettext("voices differ on “{item}”", item=edition.item(item))
    return edition.trouble(item, most)


def is_trouble(edition: Edition, squad: Round, item: str) -> bool:
    """Whether most voices say that an item is in trouble: where they are split, it causes nothing.

    Of one voice the mean alone tells, as of answers that were counted.
    """
    counts = squad.answers_to(item)
    most = _of_most(edition, item, counts) if len(counts) > 1 else 0
    return most is not None and most < 1


def trouble_sentence(edition: Edition, squad: Round, evidence: Evidence) -> str:
    """An answer in trouble, as a sentence of its own: how many say so, or how voices are split."""
    words, counts = edition.words, squad.answers_to(evidence.item)
    if len(counts) < 2:
        return words.sentence(edition.trouble(evidence.item, evidence.health))
    most = _of_most(edition, evidence.item, counts)
    if most is None or most == 1:
        text = words.gettext("“{item}”: {given}. Talk about it first.")
        return text.format(
            item=edition.item(evidence.item),
            given=_given(edition, evidence.item, counts),
        )
    count = max(counts.values())
    clause = words.counted(
        "{clause} ({count} of {of} says so)",
        "{clause} ({count} of {of} say so)",
        count,
        clause=edition.trouble(evidence.item, most),
        of=sum(counts.values()),
    )
    return words.sentence(clause)


def most_say(edition: Edition, squad: Round, item: str, health: float) -> str:
    """An answer in a word or two: what most voices say and how many, or that they are split.

    `health` is the item's in [0, 1], which alone tells it where there are no several voices.
    """
    words, counts = edition.words, squad.answers_to(item)
    if len(counts) < 2:
        scale = edition.framework.scale_of(item).health
        option = min(scale, key=lambda option: abs(scale[option] - health))
        return edition.option(item, option).lower()
    if _of_most(edition, item, counts) is None:
        return words.gettext("voices split")
    option = max(counts, key=lambda option: counts[option])
    return words.gettext("{answer} ({count} of {of})").format(
        answer=edition.option(item, option).lower(),
        count=words.number(counts[option]),
        of=words.number(sum(counts.values())),
    )


def _of_most(edition: Edition, item: str, counts: Mapping[str, int]) -> float | None:
    """The health of the answer that more than half of the voices gave; None where none is it."""
    option = max(counts, key=lambda option: counts[option])
    if 2 * counts[option] <= sum(counts.values()):
        return None
    return edition.framework.health(item, option)


def _given(edition: Edition, item: str, counts: Mapping[str, int]) -> str:
    """Who said what: 3 of 7 say “often”, 4 “not seen”; the worst answer first."""
    words, framework = edition.words, edition.framework
    (first, count), *others = sorted(
        counts.items(), key=lambda given: framework.health(item, given[0]) or 0.0
    )
    rest = words.gettext("{count} “{answer}”")
    return ", ".join(
        [
            words.counted(
                "{count} of {of} says “{answer}”",
                "{count} of {of} say “{answer}”",
                count,
                of=sum(counts.values()),
                answer=edition.option(item, first).lower(),
            ),
            *(
                rest.format(count=words.number(said), answer=edition.option(item, option).lower())
                for option, said in others
            ),
        ]
    )
