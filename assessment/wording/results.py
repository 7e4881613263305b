"""What stands behind a result, as sentences in the reader's language; pure."""

from collections.abc import Iterable

from assessment.content.edition import Edition
from assessment.languages import points_moved, points_shown
from assessment.rounds.round import Round
from assessment.rounds.seats import SeatReading, missing_seats
from assessment.scoring.diagnosis import LeverGain
from assessment.scoring.levels import LevelScore, stage_by_score
from assessment.wording.parts import LeverPart


def seat_text(edition: Edition, seat: str, reading: SeatReading | None) -> str:
    """What a seat's signals say, in a few words."""
    _ = edition.words.gettext
    readings: dict[SeatReading | None, str] = {
        "no-sign": _("No sign that the {seat} seat is empty"),
        "watch": _("The {seat} seat is worth watching"),
        "empty": _("The {seat} seat looks empty"),
        "vacant": _("The {seat} seat is empty"),
        "warned": _("Early warning about the {seat} seat"),
        "held": _("Signals of an empty {seat} seat, though it is held"),
        "few": _("Signals of an empty {seat} seat, from fewer than half of the voices"),
        None: _("Not enough answers about the {seat} seat"),
    }
    return readings[reading].format(seat=edition.role(seat))


def pressure_key(edition: Edition) -> str:
    """From how many signals a seat is worth watching, and looks empty."""
    floors, words = edition.framework.rules.pressure_floors, edition.words
    text = words.gettext(
        "Pressure out of 100: a seat is worth watching from {watch}, and looks empty from {empty}, "
        "unless the setup or the answers say that it is held."
    )
    return text.format(watch=words.number(floors.watch), empty=words.number(floors.empty))


def cap(edition: Edition, level: LevelScore, by_score: int) -> str:
    """Why a level stands below the stage that its score alone would give."""
    return edition.words.gettext(
        "{level}: “{by_score}” by its points alone; kept at “{stage}” by: {items}.",
        level=edition.level(level.id),
        by_score=edition.stage(by_score).lower(),
        stage=edition.stage(level.stage or 1).lower(),
        items=edition.items(level.limits),
    )


def change(edition: Edition, before: LevelScore, after: LevelScore) -> str | None:
    """A plain sentence about a level that moved; None when it did not or was not scored twice.

    Where the stage moves and its points alone would not move it, a second says which answers do.
    """
    if before.score is None or after.score is None or before.stage is None or after.stage is None:
        return None
    points = points_moved(before.score, after.score)
    if points == 0 and before.stage == after.stage:
        return None
    words = edition.words
    if points == 0:
        text = words.ngettext(
            "{level}: still {after} point; from “{old_stage}” to “{stage}”.",
            "{level}: still {after} points; from “{old_stage}” to “{stage}”.",
            points_shown(after.score),
        )
    elif before.stage == after.stage:
        text = words.ngettext(
            "{level}: {points} point, from {before} to {after}; still “{stage}”.",
            "{level}: {points} points, from {before} to {after}; still “{stage}”.",
            abs(points),
        )
    else:
        text = words.ngettext(
            "{level}: {points} point, from {before} to {after}; from “{old_stage}” to “{stage}”.",
            "{level}: {points} points, from {before} to {after}; from “{old_stage}” to “{stage}”.",
            abs(points),
        )
    moved = text.format(
        level=edition.level(after.id),
        points=words.change(points),
        before=words.score(before.score),
        after=words.score(after.score),
        old_stage=edition.stage(before.stage).lower(),
        stage=edition.stage(after.stage).lower(),
    )
    return " ".join(filter(None, (moved, _moved_by_cap(edition, before, after))))


def stage_change(edition: Edition, before: LevelScore, after: LevelScore) -> str:
    """From which stage to which a level went, without its points; empty where it did not."""
    if before.stage is None or after.stage is None or before.stage == after.stage:
        return ""
    moved = edition.words.gettext("{level}: from “{old_stage}” to “{stage}”.").format(
        level=edition.level(after.id),
        old_stage=edition.stage(before.stage).lower(),
        stage=edition.stage(after.stage).lower(),
    )
    return " ".join(filter(None, (moved, _moved_by_cap(edition, before, after))))


def _moved_by_cap(edition: Edition, before: LevelScore, after: LevelScore) -> str:
    """Which answers move a level's stage, or cap it less or more, where its points do not."""
    _, framework = edition.words.gettext, edition.framework
    old, new = (stage_by_score(framework, level.score or 0.0) for level in (before, after))
    rose = (after.stage or 0) > (before.stage or 0)
    if before.stage == after.stage or new != old:
        return ""
    capping, otherwise = (before, after) if rose else (after, before)
    items = [item for item in capping.limits if item not in otherwise.limits]
    gone, less = _("No longer held back by: {items}."), _("Held back less by: {items}.")
    begun, more = _("Since then held back by: {items}."), _("Held back more by: {items}.")
    some, every = (gone, less) if rose else (begun, more)
    return (some if items else every).format(items=edition.items(items or capping.limits))


def lever_gain(edition: Edition, lever: LeverGain) -> str:
    """How many points a lever would add to a squad at each level that it moves."""
    by_level = lever.by_level.items()
    gains = [f"{edition.short(level)} {gain(edition, points)}" for level, points in by_level]
    text = edition.words.gettext("Points to gain at most: {levels}.")
    return text.format(levels=edition.words.all_of(gains))


def lever_owners(edition: Edition, lever: str, shown: Round) -> str:
    """Whose move a lever is in a squad: its owners who are there, else leadership's until then.

    Leadership's too where the seat of each of them looks empty.
    """
    owners, words = edition.framework.lever_by_id[lever].owners, edition.words
    leader = edition.role(edition.framework.rules.leaders[0])
    held = shown.seating.expected(owners)
    if not held:
        text = words.gettext("{leader}, for lack of {roles}")
        return text.format(leader=leader, roles=edition.roles(owners))
    if set(held) <= set(missing_seats(shown)):
        text = words.gettext("{roles}, or {leader} if nobody holds that seat")
        return text.format(leader=leader, roles=edition.roles(held))
    return edition.roles(held)


def seat_is_held(edition: Edition, lever: str, shown: Round) -> str:
    """Of a lever that fills a seat, that the setup says it is held; empty for any other."""
    framework, seating = edition.framework, shown.seating
    signal = next(item for item in framework.items if item.lever == lever)
    seat, does = framework.seat_of(signal.id), signal.needs_role
    if not (seat and does and shown.setup and seating.is_held(seat)):
        return ""
    if seating.person_of(seat) == seating.person_of(does):
        return ""
    text = edition.words.gettext(
        "The {seat} seat is held: give back to it what the {role} does in its place."
    )
    return text.format(seat=edition.role(seat), role=edition.role(does))


def lever_part(
    edition: Edition,
    lever: str,
    *,
    points: float | None,
    gain: str,
    relation: str,
    where: str,
    owners: str,
) -> LeverPart:
    """A lever with its own texts, and what a squad or several make of it."""
    text = edition.texts.levers[lever]
    return LeverPart(
        lever=lever,
        title=text.title,
        text=text.text,
        agenda=tuple(text.agenda),
        passage=edition.playbook.levers[lever],
        points=points,
        gain=gain,
        relation=relation,
        where=where,
        owners=owners,
        step=text.step,
    )


def gain(edition: Edition, points: float) -> str:
    """A gain in points: whole, but never shown as nothing."""
    words = edition.words
    return words.change(points) if points >= 1 else f"+{words.number(max(points, 0.1), digits=1)}"


def voices_counted(edition: Edition, count: int) -> str:
    """How many voices; none is said in words."""
    if not count:
        return edition.words.gettext("no answers")
    return edition.words.counted("{count} voice", "{count} voices", count)


def voices_text(edition: Edition, squads: Iterable[Round]) -> str:
    """How many voices, in all squads; to the deep check apart where each half rests on its own."""
    words, rounds = edition.words, tuple(squads)
    quick = sum(squad.quick_voices for squad in rounds)
    deep = sum(squad.deep_voices for squad in rounds)
    voices = voices_counted(edition, quick or deep)
    if deep > quick > 0:
        text = words.gettext("{quick} in the quick check, {deep} in the deep check")
        return text.format(quick=words.number(quick), deep=words.number(deep))
    if not (quick and deep) or quick == deep:
        return voices
    return words.gettext("{voices}, {count} in the deep check", voices=voices, count=deep)
