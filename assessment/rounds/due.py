"""Where each squad stands today, and what is due next; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assessment.model import Action, Agreement, Survey
from assessment.rounds.actions import actions_of, is_open, is_overdue
from assessment.rounds.history import History
from assessment.rounds.round import Round


@dataclass(frozen=True, slots=True)
class NextSurvey:
    """A squad that is to be asked again, as its room chose."""

    squad: str


Due = Action | Agreement | Survey | NextSurvey
"""Something with a day: an action to be done, an agreement that ends, a survey, the next one."""

DueIn = Literal["actions", "agreements", "sessions", "records"]
"""What somebody opens to do something about it; records are all that is stored."""


def due_in(history: History, due: Due) -> DueIn:
    """Where something is done about what is due; a squad without any check has no result."""
    if isinstance(due, Survey | NextSurvey):
        return "sessions"
    if history.spelling(due.squad) is None:
        return "records"
    return "actions" if isinstance(due, Action) else "agreements"


SquadToday = tuple[Round, tuple[Action, ...]]
"""A squad's last round with a score, else its latest, and its actions that are overdue."""


def squads_today(
    history: History, actions: Iterable[Action], *, today: date
) -> tuple[SquadToday, ...]:
    """Where each squad was scored last, or its latest round, by name; what of it is overdue.

    None of those that have ended.
    """
    late = [action for action in actions if is_overdue(action, today=today)]
    going_on = history.going_on(history.squads, today=today)
    shown = {squad: _last_of(history, squad, today=today) for squad in going_on}
    return tuple((last, actions_of(late, squad)) for squad, last in shown.items() if last)


def squads_ended(history: History, *, today: date) -> tuple[tuple[Round, date], ...]:
    """The same round of each squad that has ended, by name, and its last day."""
    ends = ((squad, history.ended_on(squad, today=today)) for squad in history.squads)
    shown = ((_last_of(history, squad, today=today), end) for squad, end in ends if end)
    return tuple((last, end) for last, end in shown if last and end)


def _last_of(history: History, squad: str, *, today: date) -> Round | None:
    return history.last_scored(squad, today=today) or history.latest(squad, today=today)


def most_in_need(squads: Sequence[SquadToday], *, most: int) -> tuple[SquadToday, ...]:
    """At most so many, in their order: with something overdue first, then the lowest stages.

    All of them where only one would be left out.
    """
    if len(squads) <= most + 1:
        return tuple(squads)
    needing = sorted(squads, key=lambda squad: (not squad[1], squad[0].lowest_stages))[:most]
    return tuple(squad for squad in squads if squad in needing)


def next_surveys(surveys: Iterable[Survey]) -> tuple[tuple[date, NextSurvey], ...]:
    """The day on which each squad is to be asked again, where its latest survey says one."""
    by_opening = sorted(surveys, key=lambda survey: (survey.opened_on, survey.saved_at))
    latest = {survey.squad_key: survey for survey in by_opening}
    return tuple(
        (survey.next_on, NextSurvey(survey.squad)) for survey in latest.values() if survey.next_on
    )


def next_due(
    actions: Iterable[Action],
    surveys: Iterable[Survey],
    *,
    today: date,
    agreements: Iterable[Agreement] = (),
    dated: Iterable[tuple[date, NextSurvey]] = (),
) -> tuple[tuple[date, Due], ...]:
    """What is overdue, the longest first, then what is due from today on."""
    dates: list[tuple[date, Due]] = [
        (survey.closes_on, survey) for survey in surveys if survey.closes_on >= today
    ]
    dates += [(action.due_on, action) for action in actions if action.due_on and is_open(action)]
    dates += [(agreement.valid_until, agreement) for agreement in agreements]
    dates += dated
    return tuple(sorted(dates, key=lambda due: due[0]))


def with_next_in_view(
    dates: Sequence[tuple[date, Due]], *, most: int, today: date
) -> tuple[tuple[date, Due], ...]:
    """The dates with the next to come among the first `most`, however many are late."""
    late = sum(day < today for day, _due in dates)
    if late < most or late == len(dates):
        return tuple(dates)
    kept = most - 1
    return (*dates[:kept], dates[late], *dates[kept:late], *dates[late + 1 :])
