"""A result, or several, in one sentence; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessment.content.edition import Edition
from assessment.rounds.comparison import SquadsAtLevel
from assessment.rounds.leadership import Summary
from assessment.rounds.results import Result
from assessment.scoring.lenses import LensScore
from assessment.scoring.levels import ROUNDING, LevelScore, Scores
from assessment.scoring.who_decides import WhoDecides
from assessment.wording.results import joined


def result_verdict(edition: Edition, result: Result) -> str:
    """The result in one sentence: of the quick check, else of what the deep check tells."""
    if not result.is_deep_only:
        return verdict(edition, result.round.scores, result.health)
    if result.tells_who_decides:
        return fit_verdict(edition, result.round.deep.who_decides)
    return lens_verdict(edition, result.round.deep.lenses)


def summary_verdict(edition: Edition, summary: Summary) -> str:
    """The summary in one sentence; of a single squad it is the squad's own."""
    if len(summary.results) == 1:
        return result_verdict(edition, summary.results[0])
    return overview(
        edition,
        [result.round.scores for result in summary.results],
        leak=summary.leak,
        hold=summary.hold,
        lever=summary.levers[0].lever if summary.levers else "",
    )


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


def fit_verdict(edition: Edition, deciders: WhoDecides) -> str:
    """Where decisions rest most and least with those who should take them."""
    _ = edition.words.gettext
    return _best_and_worst(
        edition,
        [(level.score, edition.level(level.id)) for level in deciders.levels],
        (
            _("Nobody has said yet who decides."),
            _("Who decides fits at {best} out of 100 for {best_level}."),
            _("Who decides fits at {best} out of 100 at every level answered."),
            _(
                "Who decides fits best at {best_level} ({best} out of 100) and least at "
                "{worst_level} ({worst})."
            ),
        ),
    )


def lens_verdict(edition: Edition, lenses: Sequence[LensScore]) -> str:
    """The lens that stands best and the one that stands worst, by name."""
    _, titles = edition.words.gettext, edition.texts.lenses.lenses
    return _best_and_worst(
        edition,
        [(lens.score, titles[lens.id].title) for lens in lenses],
        (
            _("No lens is answered yet."),
            _("{best_lens}: {best} out of 100."),
            _("Every lens answered stands at {best} out of 100."),
            _("Strongest lens: {best_lens} ({best} out of 100); weakest: {worst_lens} ({worst})."),
        ),
    )


def _best_and_worst(
    edition: Edition,
    scored: Sequence[tuple[float | None, str]],
    texts: tuple[str, str, str, str],
) -> str:
    """What stands best and what worst, by name; the first of equals, in framework order.

    `texts` are for nothing answered, a single thing, all alike, and two that differ.
    """
    answered = [(score, name) for score, name in scored if score is not None]
    none, single, alike, differing = texts
    if not answered:
        return none
    best, best_name = max(answered, key=lambda thing: thing[0])
    worst, worst_name = min(answered, key=lambda thing: thing[0])
    text = single if len(answered) == 1 else alike if best - worst < ROUNDING else differing
    return text.format(
        best=edition.words.score(best),
        worst=edition.words.score(worst),
        **dict.fromkeys(("best_level", "best_lens"), best_name),
        **dict.fromkeys(("worst_level", "worst_lens"), worst_name),
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
