"""How levels moved between two rounds, of one squad or of several, in words; pure."""

from collections.abc import Iterable, Sequence

from assessment.content.edition import Edition
from assessment.languages import BLANK, points_moved
from assessment.rounds.board import SquadMove
from assessment.rounds.moves import LEAST_POINTS, Move, Moves, moves_between
from assessment.rounds.results import Result
from assessment.rounds.round import Round
from assessment.scoring.levels import LevelScore, stage_by_score
from assessment.wording.counted import voices_counted
from assessment.wording.squads import MOST_SQUADS_NAMED


def moves_of(before: Round | None, after: Round) -> Moves | None:
    """How the levels moved since the round before; None where there is none."""
    return moves_between(before, after, points=points_moved) if before else None


def points_of_move(move: Move | None) -> int | None:
    """By how many points, as shown, something moved; None where that is no move."""
    if move is None or not move.is_move or move.before is None or move.after is None:
        return None
    return points_moved(move.before, move.after)


def change_text(edition: Edition, move: Move | None) -> str:
    """What changed in a few characters: +14, that nothing clearly did, or a dash."""
    if move is None or move.verdict == "not scored":
        return BLANK
    points = points_of_move(move)
    return edition.words.change(points) if points is not None else no_clear_change(edition)


def no_clear_change(edition: Edition) -> str:
    """What is said of a score that did not move clearly."""
    return edition.words.gettext("no clear change")


def first_check(edition: Edition, rounds: Sequence[Round]) -> str:
    """What a single round of a squad, or of each of several, says of movement."""
    if not any(shown.is_scored for shown in rounds):
        return edition.words.gettext(
            "No check here has scores: it takes two that do to show what moved."
        )
    return edition.words.ngettext(
        "One check here: it takes a second one to show what moved.",
        "One check per squad here: it takes a second one to show what moved.",
        len(rounds),
    )


def one_with_scores(edition: Edition, last: Round) -> str:
    """That up to a round one check alone has scores, beside others that have none."""
    return edition.words.gettext(
        "Up to {period} one check has scores: it takes a second one to show what moved.",
        period=edition.period(last.period),
    )


def nothing_compared(edition: Edition) -> str:
    """What is said where no level can be told to have moved or not."""
    return edition.words.gettext("Nothing to compare: no level has a score both times.")


def partly_compared(edition: Edition, moves: Moves) -> str:
    """At how many levels nobody can tell a change, for lack of a score; empty where at none."""
    count, of = len(moves.uncompared), len(moves.levels)
    text = edition.words.counted_alike("{count} of {of} levels cannot be compared.", count, of=of)
    return text if count else ""


def between_voices(edition: Edition, moves: Moves) -> str:
    """On how many voices a change is told unless the same answered both times; else empty."""
    return "" if moves.is_of_all else voices_compared(edition, moves)


def voices_compared(edition: Edition, moves: Moves) -> str:
    """On how many voices a change is told: then and now, or those who answered both times."""
    words = edition.words
    if moves.same_voices:
        return words.counted(
            "compared on the {count} voice that answered both times",
            "compared on the {count} voices that answered both times",
            moves.same_voices,
        )
    before = voices_counted(edition, moves.voices_before)
    return words.gettext("{before}, then {after}", before=before, after=moves.voices_after)


def voices_of_moves(edition: Edition, moves: Moves, voices: str) -> str:
    """How many `voices`, and on how many levels moved unless the same answered both times."""
    if moves.is_of_all or not moves.moved:
        return voices
    text = voices_then_and_now(edition, moves)
    return f"{voices}, {text}" if moves.leaves_out else text


def voices_then_and_now(edition: Edition, moves: Moves | SquadMove) -> str:
    """On how many voices a change is told, in a few characters: 2 → 7 voices."""
    words, after = edition.words, moves.voices_after
    if moves.leaves_out:
        return words.counted("compared on {count} voice", "compared on {count} voices", after)
    both = {"before": moves.voices_before, "after": after}
    return words.counted("{before} → {after} voice", "{before} → {after} voices", after, **both)


def with_different_voices(edition: Edition, text: str, *, count: int, of: int) -> str:
    """A text on so many changes, with how many of them are known to compare different voices."""
    if not count:
        return text
    if count == of:
        return edition.words.gettext("{changes}, measured on different voices", changes=text)
    return edition.words.gettext(
        "{changes}; {count} of {of} measured on different voices", changes=text, count=count, of=of
    )


def changes_note(edition: Edition, before: Round, moves: Moves) -> str:
    """Since when changes are told, on how many voices, and when a change is told at all."""
    _ = edition.words.gettext
    rule = _("What one voice alone could cause is not called a change.")
    if moves.by_points:
        few = _("With one or two voices, only {points} points or more count as a change.")
        rule = few.format(points=LEAST_POINTS)
    since, voices = edition.period(before.period), voices_compared(edition, moves)
    return _("Changes since {period} ({voices}). {rule}", period=since, voices=voices, rule=rule)


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


def changed_levels(edition: Edition, moves: Moves | None) -> str:
    """How many of a squad's levels rose or fell since its round before."""
    if moves is None:
        return edition.words.gettext("no earlier check here")
    if not moves.is_comparable:
        return edition.words.gettext("nothing to compare")
    up, down = _up_and_down([moves])
    texts = [
        f"{sign}\N{NO-BREAK SPACE}{count}" for sign, count in (("▲", up), ("▼", down)) if count
    ]
    return " ".join(texts) or no_clear_change(edition)


def movement(edition: Edition, squads: Iterable[Moves | None]) -> str:
    """How many levels rose, and how many fell, since the rounds before; how many between whom.

    It is empty where no squad has one before. Where some voices alone are compared,
    `on_same_voices` says so.
    """
    _, words = edition.words.gettext, edition.words
    with_earlier = [moves for moves in squads if moves]
    if not with_earlier:
        return ""
    if not any(moves.is_comparable for moves in with_earlier):
        return nothing_compared(edition)
    up, down = _up_and_down(with_earlier)
    if not up and not down:
        if any(moves.uncompared for moves in with_earlier):
            return _("No clear change at any level that can be compared to the previous checks.")
        return _("No clear change at any level since the previous checks.")
    return words.counted(
        "Since the previous check: {changes}.",
        "Since the previous checks: {changes}.",
        len(with_earlier),
        changes=_changes(edition, with_earlier),
    )


def moved_before(edition: Edition, result: Result) -> str:
    """What is told of movement where a squad's round cannot be compared; empty where it can.

    How many levels rose, and how many fell, between its last two rounds with a score.
    """
    before, after = result.before_and_after
    moves = moves_of(before, after)
    if before is None or moves is None or (moves.is_comparable and after is result.round):
        return ""
    if before.is_scored != after.is_scored:
        return one_with_scores(edition, after)
    if not moves.is_comparable:
        return nothing_compared(edition)
    text = _changes(edition, [moves]) if moves.moved else no_clear_change(edition)
    text = edition.words.labelled(between_periods(edition, before, after), text)
    rest = "" if moves.moved else partly_compared(edition, moves)
    return f"{edition.words.sentence(text)} {rest}".strip()


def between_periods(edition: Edition, before: Round, after: Round) -> str:
    """From when to when two rounds are compared."""
    periods = {"before": edition.period(before.period), "after": edition.period(after.period)}
    return edition.words.gettext("From {before} to {after}", **periods)


def _changes(edition: Edition, squads: Sequence[Moves]) -> str:
    """How many levels of squads rose and fell, at least one; how many between whom."""
    words, (up, down) = edition.words, _up_and_down(squads)
    changes = [words.counted("{count} level rose", "{count} levels rose", up)] if up else []
    if down and up:
        changes.append(words.counted_alike("{count} fell", down))
    elif down:
        changes.append(words.counted("{count} level fell", "{count} levels fell", down))
    text = ", ".join(changes)
    if len(squads) == 1:
        voices = "" if squads[0].leaves_out else between_voices(edition, squads[0])
        return f"{text} ({voices})" if voices else text
    count = sum(_up_and_down([moves for moves in squads if moves.compared == "different"]))
    return with_different_voices(edition, text, count=count, of=up + down)


def on_same_voices(edition: Edition, squads: Iterable[tuple[str, Moves | None]]) -> str:
    """Of which squads the change is that of some voices, their scores those of all; or empty.

    Of many it tells how many they are.
    """
    words, same = edition.words, [squad for squad, moves in squads if moves and moves.leaves_out]
    named = words.all_of(same)
    if len(same) > MOST_SQUADS_NAMED:
        named = words.counted("{count} squad", "{count} squads", len(same))
    text = words.gettext("For {squads}, changes count only the voices that answered both times.")
    return text.format(squads=named) if same else ""


def _up_and_down(squads: Iterable[Moves]) -> tuple[int, int]:
    moves = [move for squad in squads for move in squad.levels]
    return sum(move.rose for move in moves), sum(move.fell for move in moves)
