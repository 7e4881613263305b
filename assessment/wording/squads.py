"""What several squads have in common, as sentences in the reader's language; pure."""

from collections.abc import Iterable, Sequence

from assessment.content.edition import Edition
from assessment.languages import GREYS, points_shown
from assessment.rounds.board import DecisionAcross
from assessment.rounds.comparison import Weakest, are_comparable, weakest_across
from assessment.rounds.comparison import contested_across as contested_across_squads
from assessment.rounds.leadership import Summary
from assessment.rounds.results import Elsewhere
from assessment.rounds.round import Round
from assessment.scoring.levels import ROUNDING
from assessment.scoring.who_decides import WhoDecides
from assessment.wording.counted import agreed_since, decisions_counted, mostly_left_out
from assessment.wording.parts import Line
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
    text = agreed_since(edition, ", ".join(ways), across.settled, of=across.unclear)
    return edition.words.labelled(edition.decision(across.decision), text)


def fit_across(edition: Edition, weakest: Sequence[Weakest]) -> str:
    """The levels at which fit is least over the squads compared."""
    _, words = edition.words.gettext, edition.words
    if not weakest:
        return _("Nobody said who decides in this period.")
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
    return edition.words.gettext(
        "In each cell: clear decisions out of those answered, then fit. The worse of the two "
        "makes the cell stand out."
    )


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
        return words.gettext("No lens is answered in this period.")
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


def across(edition: Edition, deciders: Sequence[WhoDecides]) -> Line:
    """How many decisions are clear; behind it most contested, fit, and what counts; or empty."""
    if not deciders:
        return Line("")
    contested = contested_across_squads(edition.framework, deciders)
    fit = fit_across(edition, weakest_across([fits.levels for fits in deciders], points_shown))
    behind = (contested_across(edition, contested), fit) if are_comparable(deciders) else (fit,)
    text = edition.words.counted(
        "In {count} squad: {counts}.",
        "In {count} squads: {counts}.",
        len(deciders),
        counts=decisions_counted(edition, deciders),
    )
    few = mostly_left_out(edition, deciders)
    return Line(text, (*behind, few) if few else behind)


def mapped(edition: Edition, summary: Summary) -> str:
    """In how many of the squads somebody said who decides."""
    words, count = edition.words, len(summary.deep_units)
    return words.counted(
        "{count} squad out of {squads} said who decides.",
        "{count} squads out of {squads} said who decides.",
        count,
        squads=len(summary.results),
    )


def elsewhere(edition: Edition, shown: Sequence[Round], others: Elsewhere) -> str:
    """Which period is shown where squads have a later check, where else they have scores.

    Empty where neither is so.
    """
    sentences = [_later(edition, shown, others.later)] if shown and others.later else []
    if others.last_scored:
        text = edition.words.counted(
            "{count} squad has no scores in this period, but in another (the latest: {latest}).",
            "{count} squads have no scores in this period, but in another (the latest: {latest}).",
            len(others.last_scored),
            latest=edition.period(max(last.period for last in others.last_scored)),
        )
        sentences.append(text)
    if others.by_quarter:
        text = edition.words.counted(
            "Seen by quarter, the checks of {count} squad count together.",
            "Seen by quarter, the checks of {count} squads count together, squad by squad.",
            others.by_quarter,
        )
        sentences.append(text)
    return " ".join(sentences)


def _later(edition: Edition, shown: Sequence[Round], later: Sequence[Round]) -> str:
    """Which period is shown, and in how many squads there is a later check, with scores or not."""
    words, period = edition.words, edition.period(shown[0].period)
    if all(last.holds_sample for last in later) and not any(one.holds_sample for one in shown):
        text = words.gettext("Shown: {period}, the latest without sample data.")
        return text.format(period=period)
    count, latest = len(later), edition.period(max(last.period for last in later))
    unscored = sum(not last.is_scored for last in later)
    if unscored == count:
        return words.counted(
            "Shown: {period}. {count} squad has a later check, without scores ({latest}).",
            "Shown: {period}. {count} squads have a later check, without scores (the last: "
            "{latest}).",
            count,
            period=period,
            latest=latest,
        )
    text = words.counted(
        "Shown: {period}. {count} squad has a later check ({latest}).",
        "Shown: {period}. {count} squads have a later check (the last: {latest}).",
        count,
        period=period,
        latest=latest,
    )
    without = words.counted(
        "In {count} squad it gives no scores.", "In {count} squads it gives no scores.", unscored
    )
    return f"{text} {without}" if unscored else text


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
