"""What several squads have in common, as sentences in the reader's language; pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from assessment.content.edition import Edition
from assessment.languages import GREYS, points_shown, whole
from assessment.model import Action
from assessment.rounds.actions import is_overdue
from assessment.rounds.board import DecisionAcross
from assessment.rounds.comparison import Weakest, are_comparable, weakest_across
from assessment.rounds.comparison import contested_across as contested_across_squads
from assessment.rounds.leadership import SharedLever, Summary
from assessment.rounds.moves import Moves
from assessment.rounds.results import Result
from assessment.rounds.round import Round
from assessment.scoring.levels import ROUNDING
from assessment.wording.counted import decisions_counted, mostly_left_out
from assessment.wording.moves import (
    between_voices,
    first_check,
    no_clear_change,
    nothing_compared,
    with_different_voices,
)
from assessment.wording.parts import Line
from assessment.wording.results import gain
from assessment.wording.verdicts import decisions_named

MOST_SQUADS_NAMED = 5
"""Squads that a sentence names; a count stands for the others."""


def some_of(edition: Edition, squads: Sequence[str]) -> str:
    """The squads' names; of many only the first, and how many more there are."""
    if len(squads) <= MOST_SQUADS_NAMED:
        return edition.words.all_of(squads)
    rest = len(squads) - MOST_SQUADS_NAMED + 1
    more = edition.words.counted("{count} more squad", "{count} more squads", rest)
    return edition.words.all_of([*squads[: MOST_SQUADS_NAMED - 1], more])


def among_squads(
    edition: Edition, clause: str, count: int, compared: int, *, things: int = 1
) -> str:
    """A clause with in how many of the squads that could tell it is so.

    Of several `things` at once each is so in as many squads, not in the same.
    """
    if compared == 1:
        return edition.words.gettext("{finding}, in the only squad that can tell", finding=clause)
    if things > 1:
        return edition.words.counted(
            "{finding}, each in {count} squad out of {compared}",
            "{finding}, each in {count} squads out of {compared}",
            count,
            finding=clause,
            compared=compared,
        )
    return edition.words.counted(
        "{finding}, in {count} squad out of {compared}",
        "{finding}, in {count} squads out of {compared}",
        count,
        finding=clause,
        compared=compared,
    )


def unclear_in(edition: Edition, across: DecisionAcross) -> str:
    """A decision, with in how many of the squads that told of it it is unclear, and how."""
    counted, contested, nobody = edition.words.counted, across.contested, across.nobody
    ways = []
    if contested:
        ways.append(counted("contested in {count} squad", "contested in {count} squads", contested))
    if nobody:
        ways.append(
            counted(
                "without a decider in {count} squad", "without a decider in {count} squads", nobody
            )
        )
    return edition.words.labelled(edition.decision(across.decision), ", ".join(ways))


def changed_levels(edition: Edition, moves: Moves | None) -> str:
    """How many of a squad's levels rose or fell since its round before."""
    _ = edition.words.gettext
    if moves is None:
        return _("no earlier check here")
    if not moves.is_comparable:
        return _("nothing to compare")
    up, down = _up_and_down([moves])
    texts = ((_("{count} up", count=up), up), (_("{count} down", count=down), down))
    return ", ".join(text for text, count in texts if count) or no_clear_change(edition)


def movement(edition: Edition, squads: Iterable[Moves | None]) -> str:
    """How many levels rose, and how many fell, since the rounds before; how many between whom.

    Where some voices alone are compared, `on_same_voices` says so.
    """
    _, words, every = edition.words.gettext, edition.words, list(squads)
    with_earlier = [moves for moves in every if moves]
    if not with_earlier:
        return first_check(edition, len(every))
    if not any(moves.is_comparable for moves in with_earlier):
        return nothing_compared(edition)
    up, down = _up_and_down(with_earlier)
    if not up and not down:
        if any(moves.uncompared for moves in with_earlier):
            return _("No clear change at any level that can be compared to the previous checks.")
        return _("No clear change at any level since the previous checks.")
    changes = [words.counted("{count} level rose", "{count} levels rose", up)] if up else []
    if down and up:
        changes.append(words.counted_alike("{count} fell", down))
    elif down:
        changes.append(words.counted("{count} level fell", "{count} levels fell", down))
    text = ", ".join(changes)
    if len(with_earlier) == 1:
        if not with_earlier[0].leaves_out and (voices := between_voices(edition, with_earlier[0])):
            text = f"{text} ({voices})"
    else:
        different = [moves for moves in with_earlier if moves.compared == "different"]
        count = sum(_up_and_down(different))
        text = with_different_voices(edition, text, count=count, of=up + down)
    return words.counted(
        "Since the previous check: {changes}.",
        "Since the previous checks: {changes}.",
        len(with_earlier),
        changes=text,
    )


def on_same_voices(edition: Edition, squads: Iterable[tuple[str, Moves | None]]) -> str:
    """Of which squads the change is that of some voices, their scores those of all; or empty."""
    same = [squad for squad, moves in squads if moves and moves.leaves_out]
    text = edition.words.gettext(
        "Changes are measured only on the voices that answered both times: {squads}."
    )
    return text.format(squads=some_of(edition, same)) if same else ""


def _up_and_down(squads: Iterable[Moves]) -> tuple[int, int]:
    moves = [move for squad in squads for move in squad.levels]
    return sum(move.rose for move in moves), sum(move.fell for move in moves)


def no_lever(edition: Edition, results: Sequence[Result]) -> str:
    """Why a squad, or several, have no lever to show."""
    _, is_one = edition.words.gettext, len(results) == 1
    done = [progress for result in results for progress in result.proposals.done]
    few = sum(result.round.scores.overall is None for result in results)
    if is_one and results[0].is_deep_only:
        return _("Levers follow from the quick check: answer it to see what to do first.")
    if is_one and few and results[0].round.hidden_items:
        return _(
            "No lever: questions with fewer than {least} answers stay hidden, so fewer than three "
            "levels are scored. Ask again with more people, or in a session that is not "
            "confidential.",
            least=results[0].round.least,
        )
    if is_one and few and results[0].round.survey:
        return _("No lever: this session's answers score fewer than three levels.")
    if is_one and few:
        return _("Answer a few more questions: levers are ranked once three levels are scored.")
    if few:
        unranked = edition.words.counted(
            "No lever to pull so far: {count} squad has too few answers.",
            "No lever to pull so far: {count} squads have too few answers.",
            few,
        )
        elsewhere = _("Elsewhere, every lever that would help is done already.")
        return f"{unranked} {elsewhere}" if done else unranked
    if not done:
        return _("No lever to pull: every answer is healthy. Check again next month.")
    if not all(progress.since for progress in done):
        return _(
            "Every lever that would help is done already: it takes a later check to show what "
            "moved."
        )
    if is_one:
        return _("Every lever that would help was done after this check.")
    return _("Every lever that would help these squads was done after their checks.")


def shared_gain(edition: Edition, lever: SharedLever) -> str:
    """In how many squads a lever would help, and how far it raises the mean of their levels."""
    words, points = edition.words, max(lever.gains.values())
    least, most = gain(edition, min(lever.gains.values())), gain(edition, points)
    reach = words.gettext("{low} to {high}", low=least, high=most)
    in_points = words.counted(
        "{points} point",
        "{points} points",
        max(whole(points), 1),
        points=most if least == most else reach,
    )
    return words.counted(
        "{points} at most on the mean of the levels, in {count} squad",
        "{points} at most on the mean of the levels, in {count} squads",
        len(lever.gains),
        points=in_points,
    )


def done(edition: Edition, lever: SharedLever) -> str:
    """In how many squads a lever was done that it would help; empty where in none."""
    words = edition.words
    count = len(lever.done)
    already = words.ngettext(
        "Already done in {count} more squad.", "Already done in {count} more squads.", count
    )
    once = words.ngettext(
        "Done once in {count} of these squads; its check still points to it.",
        "Done once in {count} of these squads; their checks still point to it.",
        len(lever.again),
    )
    if len(lever.gains) == 1:
        once = words.gettext(
            "Done once in the one squad it would help; its check still points to it."
        )
    both = ((once, lever.again), (already, lever.done))
    return " ".join(text.format(count=words.number(len(of))) for text, of in both if of)


def under_way(
    edition: Edition, lever: SharedLever, actions: Collection[Action], *, today: date
) -> str:
    """In how many of the squads that a lever would help it is decided already, and overdue."""
    words, decided = edition.words, len({action.squad for action in actions})
    overdue = len({action.squad for action in actions if is_overdue(action, today=today)})
    if not decided:
        return ""
    text = words.gettext("Decided already")
    if decided < len(lever.gains):
        text = words.counted("Decided in {count} squad", "Decided in {count} squads", decided)
    if overdue == decided:
        text = words.gettext("{decided}, and overdue", decided=text)
    elif overdue:
        text = words.counted_alike("{decided}, overdue in {count}", overdue, decided=text)
    return words.sentence(text)


def fit_across(edition: Edition, weakest: Sequence[Weakest]) -> str:
    """The levels at which fit is least over the squads compared."""
    _, words = edition.words.gettext, edition.words
    if not weakest:
        return _("Nobody has said yet who decides.")
    if weakest[0].mean > 100 - ROUNDING:
        return _("Wherever it was answered, every decision rests with the roles expected.")
    return " ".join(
        words.counted(
            "Decisions sit least with the expected roles at {level}: {mean} out of 100 in {count} "
            "squad.",
            "Decisions sit least with the expected roles at {level}: {mean} out of 100 on average "
            "over {count} squads.",
            tied.squads,
            level=_all_quoted(edition, map(edition.level, tied.ids)),
            mean=words.score(tied.mean),
        )
        for tied in weakest
    )


def fit_key(edition: Edition) -> str:
    """What stands in a cell that has the clear decisions and the fit, and what its grey means."""
    text = edition.words.gettext(
        "In each cell: clear decisions out of those answered, then fit, 0 to 100. The lower of the "
        "two gives the grey."
    )
    return f"{text} {grey_key(edition)}"


def grey_key(edition: Edition) -> str:
    """What the grey of a score without a stage means, on light ground and on dark."""
    low, high = GREYS
    text = edition.words.gettext(
        "The lower, the more a cell stands out: three greys, split at {low} and {high}."
    )
    return text.format(low=low, high=high)


def lens_across(edition: Edition, weakest: Sequence[Weakest]) -> str:
    """The lenses that stand worst over the squads compared."""
    words, lenses = edition.words, edition.texts.lenses.lenses
    if not weakest:
        return words.gettext("No lens is answered yet.")
    return " ".join(
        words.counted(
            "Lowest of the lenses: {lens}, {mean} out of 100 in {count} squad.",
            "Lowest of the lenses: {lens}, {mean} out of 100 on average over {count} squads.",
            tied.squads,
            lens=_all_quoted(edition, (lenses[of].title for of in tied.ids)),
            mean=words.score(tied.mean),
        )
        for tied in weakest
    )


def _all_quoted(edition: Edition, names: Iterable[str]) -> str:
    words = edition.words
    return words.all_of(words.gettext("“{name}”", name=name) for name in names)


def across(edition: Edition, mapped: Sequence[Round]) -> Line:
    """How many decisions are clear, behind it what most contest and the fit; empty without any."""
    if not mapped:
        return Line("")
    deciders = [squad.deep.who_decides for squad in mapped]
    contested = contested_across_squads(edition.framework, deciders)
    fit = fit_across(edition, weakest_across([fits.levels for fits in deciders], points_shown))
    behind = (contested_across(edition, contested), fit) if are_comparable(deciders) else (fit,)
    text = edition.words.counted(
        "Over {count} squad: {counts}.",
        "Over {count} squads: {counts}.",
        len(mapped),
        counts=decisions_counted(edition, deciders),
    )
    few = mostly_left_out(edition, deciders)
    return Line(text, (few, *behind) if few else behind)


def mapped(edition: Edition, summary: Summary) -> str:
    """In how many of the squads somebody said who decides."""
    words, count = edition.words, len(summary.mapped)
    return words.counted(
        "{count} squad out of {squads} said who decides.",
        "{count} squads out of {squads} said who decides.",
        count,
        squads=len(summary.results),
    )


def shown_before(edition: Edition, shown: Sequence[Round], later: Sequence[Round]) -> str:
    """Which period is shown where squads have a later check; empty where none has."""
    if not (shown and later):
        return ""
    if all(last.holds_sample for last in later) and not any(one.holds_sample for one in shown):
        text = edition.words.gettext("Shown: {period}, the latest without sample data.")
        return text.format(period=edition.period(shown[0].period))
    return edition.words.counted(
        "Shown: {period}. {count} squad has a later check ({latest}).",
        "Shown: {period}. {count} squads have a later check (the last: {latest}).",
        len(later),
        period=edition.period(shown[0].period),
        latest=edition.period(max(last.period for last in later)),
    )


def absent(edition: Edition, last: Sequence[Round]) -> Line:
    """Which squads have no check in the period, with the day of their last; by name behind it."""
    if not last:
        return Line("")
    _ = edition.words.gettext
    texts = [_("{squad} (last on {day})", squad=one.squad, day=one.last_day) for one in last]
    text = _("No check to show in this period: {squads}.", squads=some_of(edition, texts))
    return Line(text, tuple(one.squad for one in last))


def contested_across(edition: Edition, contested: Sequence[DecisionAcross]) -> str:
    """Which decisions voices contest most often, in how many of the squads with several voices."""
    words = edition.words
    if not contested:
        return words.gettext("In no squad is a decision contested.")
    count, compared = contested[0].contested, contested[0].by_several
    if count == 1:
        return words.gettext("No decision is contested in more than one squad.")
    as_many = [one for one in contested if (one.contested, one.by_several) == (count, compared)]
    most = [across.decision for across in as_many]
    return words.counted(
        "Contested most often: {decisions}, in {count} of the {compared} squads where several "
        "voices answered.",
        "Contested most often: {decisions}, each in {count} of the {compared} squads where several "
        "voices answered.",
        len(most),
        decisions=decisions_named(edition, most),
        count=count,
        compared=compared,
    )
