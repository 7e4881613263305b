"""What the first page says of each squad, and what is due next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessment.content.edition import Edition
from assessment.model import Action, Agreement, Survey
from assessment.model.period import Period
from assessment.model.sample import is_sample
from assessment.rounds.due import Due, NextSurvey
from assessment.rounds.grouping import is_ahead
from assessment.rounds.round import Round
from assessment.wording.actions import owner_of
from assessment.wording.counted import voices_text

DAYS_A_MONTH = 30
LONGEST_IN_DAYS = 60
"""Older checks have their age told in months."""


@dataclass(frozen=True, slots=True)
class SquadLine:
    """One squad: its levels' stages (None: not scored), in order, and what is to be known of it."""

    squad: str
    period: Period
    stages: tuple[int | None, ...]
    levels: str
    caption: str
    overdue: str
    is_sample: bool


def squad_line(
    edition: Edition,
    latest: Round,
    overdue: Sequence[Action],
    *,
    today: date,
    ended_on: date | None = None,
) -> SquadLine:
    """A squad's line on the first page: its latest round, and how much is overdue, or its end."""
    words, levels = edition.words, latest.scores.levels
    unknown = words.gettext("not enough answers")
    when = age(edition, latest.last_day, today=today)
    when = words.gettext("ended on {day}", day=ended_on) if ended_on else when
    stages = [edition.stage(level.stage).lower() if level.stage else unknown for level in levels]
    shorts = [edition.short(level.id) for level in levels]
    return SquadLine(
        squad=latest.squad,
        period=latest.period,
        stages=tuple(level.stage for level in levels),
        levels=", ".join(map(words.labelled, shorts, stages)),
        caption=f"{voices_text(edition, [latest])} · {when}",
        overdue=words.counted("{count} action overdue", "{count} actions overdue", len(overdue))
        if overdue
        else "",
        is_sample=all(is_sample(voice.id) for voice in latest.voices),
    )


def levels_in_order(edition: Edition) -> str:
    """Which decision level each cell of a strip stands for."""
    levels = edition.shorts(edition.framework.level_ids)
    return edition.words.gettext("From left to right: {levels}", levels=levels)


def age(edition: Edition, day: date, *, today: date) -> str:
    """How long ago a check was made; its day where that is ahead."""
    words, days = edition.words, (today - day).days
    if is_ahead(day, today):
        return words.date(day)
    if days <= 0:
        return words.gettext("today")
    if days <= LONGEST_IN_DAYS:
        return words.counted("{count} day ago", "{count} days ago", days)
    return words.counted("{count} month ago", "{count} months ago", days // DAYS_A_MONTH)


def due_lines(
    edition: Edition, dates: Sequence[tuple[date, Due]], *, today: date
) -> tuple[tuple[str, str], ...]:
    """What is late or due next, each with its squad: the day, since when if late, what it is."""
    return tuple((due.squad, _due(edition, day, due, today=today)) for day, due in dates)


def _due(edition: Edition, day: date, due: Due, *, today: date) -> str:
    words, is_late = edition.words, day < today
    when = words.gettext("Overdue since {day}", day=day) if is_late else words.date(day)
    if isinstance(due, Survey):
        text = words.gettext("{day} · the session of the squad {squad} closes")
        return text.format(day=when, squad=due.squad)
    if isinstance(due, NextSurvey):
        return words.gettext("{day} · ask the squad {squad} again", day=when, squad=due.squad)
    if isinstance(due, Agreement):
        text = words.gettext("{day} · end of the agreement on “{decision}” · {squad}")
        if is_late:
            text = words.gettext("Ended on {day} · agreement on “{decision}” · {squad}")
        decision = edition.decision(due.decision)
        return text.format(day=words.date(day), decision=decision, squad=due.squad)
    parts = (when, edition.lever(due.lever), due.squad, owner_of(edition, due))
    return " · ".join(filter(None, parts))
