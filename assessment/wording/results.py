"""Results as sentences in the reader's language: verdict, warning, changes, leaks; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

from assessment.content.edition import Edition
from assessment.languages import points_moved
from assessment.rounds.comparison import SquadsAtLevel
from assessment.rounds.disagreement import RoleGap
from assessment.rounds.leadership import LevelChanges
from assessment.scoring.change import Change
from assessment.scoring.diagnosis import Evidence, LeverGain, Pressure
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.levels import LevelScore, Scores
from assessment.scoring.seats import Seating

MOST_ITEMS_NAMED = 4
"""Items that a sentence names; of more it tells the number."""

MOST_SQUADS_NAMED = 5
"""Squads that a sentence names; a count stands for the others."""


def verdict(edition: Edition, scores: Scores, health: Mapping[str, float]) -> str:
    """The result in one sentence: yes count, strongest and weakest level, the limiting answer.

    `health` gives the answered items' health by id. The sentence is also the chart's
    description and the title of whatever is taken away.
    """
    _ = edition.words.gettext
    levels = joined(edition, [_level_clauses(edition, scores, health), _lacking(edition, scores)])
    if scores.yes_count is None:
        return _("{sentence}.").format(sentence=levels[:1].upper() + levels[1:])
    return _("{yes}: {levels}.").format(yes=yes_count(edition, scores.yes_count), levels=levels)


def yes_count(edition: Edition, count: int) -> str:
    """How many of the three questions got a yes, as the beginning of a sentence."""
    _ = edition.words.gettext
    return (_("None of three"), _("One of three"), _("Two of three"), _("Three of three"))[count]


def governance(edition: Edition, count: int | None) -> str:
    """What the yes count says of the governance (article B: three yes, or value is diluted)."""
    _ = edition.words.gettext
    if count is None:
        return _("Answer all three questions to know whether the governance holds.")
    if count == len(edition.framework.counted_items):
        return _("Three yes out of three: the governance holds.")
    return _("Fewer than three yes: the governance dilutes the value your teams create.")


def early_warning(edition: Edition) -> str:
    """What the early warning says (article A: a PM is missing, not a better PO)."""
    return edition.words.gettext(
        "Early warning: your PO often explains where you are going. "
        "What is missing is a PM, not a better PO."
    )


def pressure(edition: Edition, pressure: Pressure) -> str:
    """What a seat's pressure says, in a few words."""
    _ = edition.words.gettext
    readings = {
        "no-sign": _("No sign that the {seat} seat is empty"),
        "watch": _("The {seat} seat is worth watching"),
        "empty": _("The {seat} seat looks empty"),
        None: _("Not enough answers about the {seat} seat"),
    }
    return readings[pressure.reading].format(seat=edition.role(pressure.seat))


def cap(edition: Edition, level: LevelScore, by_score: int) -> str:
    """Why a level stands below the stage that its score alone would give."""
    return edition.words.gettext(
        "{level}: {score} points would be “{by_score}”; kept at “{stage}” by: {items}."
    ).format(
        level=edition.level(level.id),
        score=edition.words.score(level.score),
        by_score=edition.stage(by_score).lower(),
        stage=edition.stage(level.stage or 1).lower(),
        items=edition.words.all_of([edition.texts.items[item].short for item in level.limits]),
    )


def evidence(edition: Edition, found: Evidence) -> str:
    """An answer in trouble, as a sentence of its own."""
    clause = edition.trouble(found.item, found.health)
    return edition.words.gettext("{sentence}.").format(sentence=clause[:1].upper() + clause[1:])


def points_of(moved: Change) -> int:
    """By how many points a score moved, as its two values are shown; positive is better."""
    return points_moved(moved.before, moved.after)


def level_changes(edition: Edition, before: Scores, after: Scores) -> list[str]:
    """A plain sentence about each level that moved since the last round, in framework order."""
    texts = (change(edition, *pair) for pair in zip(before.levels, after.levels, strict=True))
    return [text for text in texts if text]


def change(edition: Edition, before: LevelScore, after: LevelScore) -> str | None:
    """A plain sentence about a level that moved; None when it did not or was not scored twice.

    Points are the difference of the scores as they are shown.
    """
    words = edition.words
    if before.score is None or after.score is None or before.stage is None or after.stage is None:
        return None
    points = points_moved(before.score, after.score)
    if points == 0 and before.stage == after.stage:
        return None
    if before.stage == after.stage:
        text = words.ngettext(
            "{level}: {points} point, from {before} to {after}; still {stage}.",
            "{level}: {points} points, from {before} to {after}; still {stage}.",
            abs(points),
        )
    else:
        text = words.ngettext(
            "{level}: {points} point, from {before} to {after}; {old_stage} became {stage}.",
            "{level}: {points} points, from {before} to {after}; {old_stage} became {stage}.",
            abs(points),
        )
    return text.format(
        level=edition.level(after.id),
        points=words.change(points),
        before=words.score(before.score),
        after=words.score(after.score),
        old_stage=edition.stage(before.stage).lower(),
        stage=edition.stage(after.stage).lower(),
    )


def some_of(edition: Edition, squads: Sequence[str]) -> str:
    """The squads' names; of many only the first, and how many more there are."""
    if len(squads) <= MOST_SQUADS_NAMED:
        return edition.words.all_of(squads)
    rest = len(squads) - MOST_SQUADS_NAMED + 1
    more = edition.words.ngettext("{count} more squad", "{count} more squads", rest)
    return edition.words.all_of([*squads[: MOST_SQUADS_NAMED - 1], more.format(count=rest)])


def leak(edition: Edition, found: SquadsAtLevel | None, squads: Sequence[Scores]) -> str:
    """Which level leaks in most of the squads compared."""
    _ = edition.words.gettext
    scored = sum(1 for scores in squads if scores.scored)
    if not scored:
        return _("Not enough answers yet to compare these squads.")
    if found is None:
        return edition.words.ngettext(
            "No decision level leaks in this squad.",
            "No decision level leaks in these {squads} squads.",
            scored,
        ).format(squads=scored)
    if found.in_most:
        text = _(
            "The level that leaks in most squads: {level}, "
            "below framed in {count} of {scored} squads."
        )
    else:
        text = _(
            "No level leaks in most squads. The one that leaks most often: {level}, "
            "below framed in {count} of {scored} squads."
        )
    return text.format(level=edition.level(found.level), count=found.squads, scored=found.scored)


def overview(
    edition: Edition,
    squads: Sequence[Scores],
    *,
    leak: SquadsAtLevel | None,
    hold: SquadsAtLevel | None,
    lever: str,
) -> str:
    """What several squads have in common, in one sentence.

    It says where decisions leak most, where they hold best, and which lever (an id, or empty)
    comes first.
    """
    scored = sum(1 for scores in squads if scores.scored)
    if not scored:
        return edition.words.gettext("Not enough answers yet to say where these squads stand.")
    clauses = joined(edition, [_shared_levels(edition, scored, leak, hold), _first(edition, lever)])
    return edition.words.gettext("{sentence}.").format(sentence=clauses)


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
    moved = [points_of(each) for squad in squads for each in squad.changes]
    up, down = sum(each > 0 for each in moved), sum(each < 0 for each in moved)
    if not up and not down:
        return _("No level moved since the rounds before.")
    rose = words.ngettext("{count} level rose", "{count} levels rose", up)
    fell = words.ngettext("{count} fell", "{count} fell", down)
    text = _("Since the rounds before: {rose}, {fell}.")
    return text.format(
        rose=rose.format(count=words.number(up)), fell=fell.format(count=words.number(down))
    )


def lever_gain(edition: Edition, lever: LeverGain) -> str:
    """What a lever would add to a squad, overall and per level."""
    gains = [
        f"{edition.texts.levels[level].short} {gain(edition, points)}"
        for level, points in lever.by_level.items()
    ]
    text = edition.words.gettext("Up to {points} points overall ({levels}).")
    return text.format(points=gain(edition, lever.gain), levels=edition.words.all_of(gains))


def lever_owners(edition: Edition, lever: str, seating: Seating) -> str:
    """Whose move a lever is in a squad: its owners who are there, or that nobody is."""
    owners = edition.framework.lever_by_id[lever].owners
    if there := seating.expected(owners):
        return edition.roles(there)
    return edition.words.ngettext(
        "{roles}: a seat that nobody holds here",
        "{roles}: seats that nobody holds here",
        len(owners),
    ).format(roles=edition.roles(owners))


def no_lever(edition: Edition, scores: Scores) -> str:
    """Why there is no lever to show: too few answers, or nothing to repair."""
    _ = edition.words.gettext
    if scores.overall is None:
        return _("Answer a few more items: levers are ranked once three levels are scored.")
    return _("No lever to pull: every answer is healthy. Check again next month.")


def shared_gain(edition: Edition, points: float, *, squads: int) -> str:
    """What a lever would add to several squads' overall scores, taken together."""
    text = edition.words.ngettext(
        "Up to {points} points, in {count} squad",
        "Up to {points} points, over {count} squads together",
        squads,
    )
    return text.format(points=gain(edition, points), count=edition.words.number(squads))


def gain(edition: Edition, points: float) -> str:
    """A gain in points: whole, but never shown as nothing."""
    words = edition.words
    return words.change(points) if points >= 1 else f"+{words.number(max(points, 0.1), digits=1)}"


def disagreement(edition: Edition, disagreements: Sequence[Disagreement]) -> str:
    """Where the voices of a round differ most, or that they see things alike."""
    _ = edition.words.gettext
    if not disagreements:
        return _("No item was answered by two voices or more.")
    widest = disagreements[0]
    if not widest.is_contested:
        return _("All voices gave the same answers.")
    given = edition.words.all_of(
        [
            _("{option} ({count})").format(option=edition.option(widest.of, option), count=count)
            for option, count in widest.counts.items()
            if count
        ]
    )
    return _("Voices differ most on “{item}”: {given}.").format(
        item=edition.texts.items[widest.of].short, given=given
    )


def role_gap(edition: Edition, found: RoleGap) -> str:
    """Which two roles differ most and on what, each by its health from 0 to 100."""
    words = edition.words
    text = words.gettext("{well} and {ill} differ most on “{item}”: {best} against {worst}.")
    return text.format(
        well=edition.role(found.well),
        ill=edition.role(found.ill),
        item=edition.texts.items[found.item].short,
        best=words.score(100 * found.well_health),
        worst=words.score(100 * found.ill_health),
    )


def too_few(edition: Edition, items: Sequence[str]) -> str:
    """On which items voices cannot be compared, for lack of answers; how many, where many."""
    words = edition.words
    if len(items) > MOST_ITEMS_NAMED:
        text = words.gettext("Too few answers to compare on {count} of {of} items.")
        return text.format(count=len(items), of=len(edition.framework.items))
    shorts = [edition.texts.items[item].short for item in items]
    text = words.gettext("Too few answers to compare: {items}.")
    return text.format(items=words.all_of(shorts))


def _shared_levels(
    edition: Edition, scored: int, leak: SquadsAtLevel | None, hold: SquadsAtLevel | None
) -> str:
    """Where decisions leak and where they hold across squads, as the beginning of a sentence."""
    words = edition.words
    if leak is None:
        text = words.ngettext(
            "In the one squad scored, no decision level leaks",
            "Across the {scored} squads scored, no decision level leaks",
            scored,
        )
        return text.format(scored=words.number(scored))
    text = words.ngettext(
        "In the one squad scored, decisions leak at “{level}”",
        "Across the {scored} squads scored, decisions leak most at “{level}” ({count} of {of})",
        scored,
    )
    clause = text.format(
        scored=words.number(scored),
        level=edition.level(leak.level),
        count=words.number(leak.squads),
        of=words.number(leak.scored),
    )
    if hold is None or hold.level == leak.level:
        return clause
    return words.gettext("{clause} and hold best at “{level}” ({count} of {of})").format(
        clause=clause,
        level=edition.level(hold.level),
        count=words.number(hold.squads),
        of=words.number(hold.scored),
    )


def _first(edition: Edition, lever: str) -> str:
    """Which lever comes first, as a clause; empty when there is none to pull."""
    if not lever:
        return ""
    return edition.words.gettext("first lever: “{lever}”").format(
        lever=edition.texts.levers[lever].title
    )


def _level_clauses(edition: Edition, scores: Scores, health: Mapping[str, float]) -> str:
    _ = edition.words.gettext
    scored = scores.scored
    if not scored:
        return ""
    strongest = max(scored, key=_standing)
    weakest = min(scored, key=_standing)
    stages = {level.stage for level in scored}
    if len(stages) == 1 and len(scored) > 1:
        clause = _("every scored level is at the stage “{stage}”").format(
            stage=edition.stage(strongest.stage or 1).lower()
        )
        if weakest.limits:
            clause = _("{clause}, {level} the weakest").format(
                clause=clause, level=edition.level(weakest.id)
            )
    elif strongest is weakest:
        clause = _clause(edition, strongest)
    else:
        clause = joined(edition, [_clause(edition, strongest), _clause(edition, weakest)])
    if not weakest.limits:
        return clause
    limit = min(weakest.limits, key=lambda item: health[item])
    return _("{clause}, because {trouble}").format(
        clause=clause, trouble=edition.trouble(limit, health[limit])
    )


def joined(edition: Edition, clauses: Sequence[str]) -> str:
    """Clauses one after the other, empty ones left out."""
    return reduce(
        lambda first, second: edition.words.gettext("{first}; {second}").format(
            first=first, second=second
        ),
        filter(None, clauses),
    )


def _clause(edition: Edition, level: LevelScore) -> str:
    return edition.texts.levels[level.id].stages[(level.stage or 1) - 1]


def _lacking(edition: Edition, scores: Scores) -> str:
    """The levels without a score, as a clause; empty when all are scored."""
    lacking = [edition.level(level.id) for level in scores.levels if level.score is None]
    if not lacking:
        return ""
    if len(lacking) == len(scores.levels):
        return edition.words.gettext("not enough answers yet to score a decision level")
    return edition.words.gettext("not enough answers yet for {levels}").format(
        levels=edition.words.all_of(lacking)
    )


def _standing(level: LevelScore) -> tuple[int, float]:
    return (level.stage or 0, level.score or 0.0)
