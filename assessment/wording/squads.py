"""What several squads have in common, as sentences in the reader's language; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessment.content.edition import Edition
from assessment.rounds.comparison import (
    ContestedAcross,
    SquadsAtLevel,
    Weakest,
    compared_on_deciders,
    weakest_across,
)
from assessment.rounds.comparison import contested_across as contested_across_squads
from assessment.rounds.history import Round
from assessment.rounds.leadership import LevelChanges
from assessment.scoring.change import Change
from assessment.scoring.levels import ROUNDING, Scores
from assessment.wording.parts import Line
from assessment.wording.results import gain, points_of

MOST_SQUADS_NAMED = 5
"""Squads that a sentence names; a count stands for the others."""


def some_of(edition: Edition, squads: Sequence[str]) -> str:
    """The squads' names; of many only the first, and how many more there are."""
    if len(squads) <= MOST_SQUADS_NAMED:
        return edition.words.all_of(squads)
    rest = len(squads) - MOST_SQUADS_NAMED + 1
    more = edition.words.ngettext("{count} more squad", "{count} more squads", rest)
    return edition.words.all_of([*squads[: MOST_SQUADS_NAMED - 1], more.format(count=rest)])


def leak(edition: Edition, leak: SquadsAtLevel | None, squads: Sequence[Scores]) -> str:
    """Which level leaks in most of the squads compared."""
    _ = edition.words.gettext
    scored = sum(1 for scores in squads if scores.scored)
    if not scored:
        return _("Not enough answers yet to compare these squads.")
    if leak is None:
        return edition.words.ngettext(
            "No decision level leaks in this squad.",
            "No decision level leaks in these {squads} squads.",
            scored,
        ).format(squads=scored)
    if leak.in_most:
        text = _(
            "The level that leaks in most squads: {level}, "
            "below framed in {count} of {compared} squads."
        )
    else:
        text = _(
            "No level leaks in most squads. The one that leaks most often: {level}, "
            "below framed in {count} of {compared} squads."
        )
    sentence = text.format(
        level=edition.level(leak.level), count=leak.squads, compared=leak.compared
    )
    if leak.scored == leak.compared:
        return sentence
    few = edition.words.ngettext(
        "{sentence} {count} of them could be scored there.",
        "{sentence} {count} of them could be scored there.",
        leak.scored,
    )
    return few.format(sentence=sentence, count=leak.scored)


def moves(edition: Edition, changes: Sequence[Change]) -> str:
    """The levels that moved, with their points as shown: Vision +14 and Daily −3."""
    words = edition.words
    return words.all_of(
        [
            f"{edition.texts.levels[moved.of].short} {words.change(points_of(moved))}"
            for moved in changes
            if points_of(moved)
        ]
    )


def movement(edition: Edition, squads: Iterable[LevelChanges]) -> str:
    """How many levels are seen to have risen, and how many fallen, since the rounds before."""
    _, words = edition.words.gettext, edition.words
    with_earlier = [squad for squad in squads if squad.since]
    if not with_earlier:
        return _("No earlier round to compare with.")
    moved = [points_of(change) for squad in with_earlier for change in squad.changes]
    up, down = sum(points > 0 for points in moved), sum(points < 0 for points in moved)
    if not up and not down:
        return _("No level moved since the rounds before.")
    rose = words.ngettext("{count} level rose", "{count} levels rose", up)
    fell = words.ngettext("{count} fell", "{count} fell", down)
    text = _("Since the rounds before: {rose}, {fell}.")
    return text.format(
        rose=rose.format(count=words.number(up)), fell=fell.format(count=words.number(down))
    )


def shared_gain(edition: Edition, points: float, *, squads: int) -> str:
    """What a lever would add to several squads' overall scores, taken together."""
    text = edition.words.ngettext(
        "Up to {points} points, in {count} squad",
        "Up to {points} points, over {count} squads together",
        squads,
    )
    return text.format(points=gain(edition, points), count=edition.words.number(squads))


def fit_across(edition: Edition, weakest: Weakest | None) -> str:
    """The level at which fit is least over the squads compared."""
    _, words = edition.words.gettext, edition.words
    if weakest is None:
        return _("Nobody has said yet who decides.")
    if weakest.mean > 100 - ROUNDING:
        return _("Wherever it was answered, every decision rests with the roles expected.")
    return words.ngettext(
        "Who decides fits least at {level}: {mean} out of 100 in {count} squad.",
        "Who decides fits least at {level}: {mean} out of 100 on average over {count} squads.",
        weakest.squads,
    ).format(level=edition.level(weakest.id), mean=words.score(weakest.mean), count=weakest.squads)


def lens_across(edition: Edition, weakest: Weakest | None) -> str:
    """The lens that stands worst over the squads compared."""
    words = edition.words
    if weakest is None:
        return words.gettext("No lens is answered yet.")
    return words.ngettext(
        "Weakest lens: {lens}, {mean} out of 100 in {count} squad.",
        "Weakest lens: {lens}, {mean} out of 100 on average over {count} squads.",
        weakest.squads,
    ).format(
        lens=edition.texts.lenses.lenses[weakest.id].title,
        mean=words.score(weakest.mean),
        count=weakest.squads,
    )


def across(edition: Edition, mapped: Sequence[Round]) -> Line:
    """How far who decides fits over the squads, and behind it what voices contest in most.

    Empty where nobody said who decides.
    """
    if not mapped:
        return Line("")
    deciders = [squad.deep.who_decides for squad in mapped]
    compared = compared_on_deciders(deciders)
    contested = contested_across_squads(edition.framework, compared)
    behind = (contested_across(edition, contested),) if compared else ()
    return Line(fit_across(edition, weakest_across([fits.levels for fits in deciders])), behind)


def absent(edition: Edition, squads: Sequence[str]) -> str:
    """Which squads have no check in the period; empty when all have one."""
    if not squads:
        return ""
    text = edition.words.gettext("No check in this period: {squads}.")
    return text.format(squads=edition.words.all_of(squads))


def contested_across(edition: Edition, contested: Sequence[ContestedAcross]) -> str:
    """Which decision voices contest in most of the squads compared."""
    _ = edition.words.gettext
    if not contested:
        return _("In no squad do voices name different deciders.")
    widest = contested[0]
    if widest.in_most:
        text = _(
            "The decision contested in most squads: {decision}, in {count} of {compared} squads."
        )
    else:
        text = _(
            "No decision is contested in most squads. The one contested most often: {decision}, "
            "in {count} of {compared} squads."
        )
    return text.format(
        decision=edition.texts.lenses.decisions[widest.decision].short,
        count=widest.squads,
        compared=widest.compared,
    )
