"""Whether a level moved between two rounds, in words: a move, or no clear change; pure."""

from assessment.content.edition import Edition
from assessment.languages import BLANK, points_moved
from assessment.rounds.board import SquadMove
from assessment.rounds.moves import LEAST_POINTS, Move, Moves, moves_between
from assessment.rounds.round import Round
from assessment.wording.results import change, voices_counted


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


def first_check(edition: Edition, squads: int = 1) -> str:
    """What a single round of a squad, or of each of several, says of movement."""
    return edition.words.ngettext(
        "One check here: it takes a second one to show what moved.",
        "One check per squad here: it takes a second one to show what moved.",
        squads,
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
    _ = edition.words.gettext
    if not count:
        return text
    if count == of:
        return _("{changes}, measured on different voices", changes=text)
    return _(
        "{changes}; {count} of {of} measured on different voices", changes=text, count=count, of=of
    )


def changes_note(edition: Edition, before: Round, moves: Moves) -> str:
    """Since when changes are told, on how many voices, and when a change is told at all."""
    if not moves.is_comparable:
        return nothing_compared(edition)
    _ = edition.words.gettext
    rule = _("What one voice alone could cause is not called a change.")
    if moves.by_points:
        few = _("With one or two voices, only {points} points or more count as a change.")
        rule = few.format(points=LEAST_POINTS)
    since, voices = edition.period(before.period), voices_compared(edition, moves)
    return _("Changes since {period} ({voices}). {rule}", period=since, voices=voices, rule=rule)


def level_moves(edition: Edition, before: Round, after: Round, moves: Moves) -> list[str]:
    """A sentence on each level that moved, with stages if all voices count; then the others.

    Last those that cannot be compared.
    """
    if not moves.is_comparable:
        return [nothing_compared(edition)]
    if not moves.moved and not moves.uncompared:
        return [edition.words.gettext("No clear change at any level.")]
    sentences = []
    for move in moves.moved:
        old, new = before.scores.level(move.level), after.scores.level(move.level)
        with_stages = None if moves.leaves_out else change(edition, old, new)
        sentences.append(with_stages or _points_alone(edition, move))
    if steady := [move.level for move in moves.levels if move.verdict == "no clear change"]:
        text = edition.words.gettext("No clear change: {levels}.", levels=edition.shorts(steady))
        sentences.append(text)
    if uncompared := [move.level for move in moves.uncompared]:
        text = edition.words.counted_alike(
            "Not compared, for lack of a score: {levels}.",
            len(uncompared),
            levels=edition.shorts(uncompared),
        )
        sentences.append(text)
    return sentences


def _points_alone(edition: Edition, move: Move) -> str:
    words, points = edition.words, points_of_move(move) or 0
    return words.counted(
        "{level}: {points} point, from {before} to {after}.",
        "{level}: {points} points, from {before} to {after}.",
        abs(points),
        level=edition.level(move.level),
        points=words.change(points),
        before=words.score(move.before),
        after=words.score(move.after),
    )


def widest_move(moves: Moves) -> Move | None:
    """The level that moved by most points as shown, the first of equals; None where none did."""
    return max(moves.moved, key=lambda move: abs(points_of_move(move) or 0), default=None)
