"""What stands beside a verdict in a few words: questions, seats, what is overdue; pure."""

from collections.abc import Iterable
from datetime import date

from assessment.content.edition import Edition
from assessment.model import UNKNOWN, Action, Agreement
from assessment.rounds.actions import is_overdue
from assessment.rounds.round import Round
from assessment.wording.answers import most_say
from assessment.wording.counted import unanswered
from assessment.wording.parts import Chip, Tone


def question_chips(edition: Edition, shown: Round) -> tuple[Chip, ...]:
    """The three questions by name, each with what most voices say, or that they are split.

    The tone is that of their mean: good where every one says yes.
    """
    return tuple(_question(edition, shown, item.id) for item in shown.framework.counted_items)


def overdue_chips(edition: Edition, actions: Iterable[Action], *, today: date) -> tuple[Chip, ...]:
    """How many open actions are overdue, and since when; none where nothing is."""
    late = [action for action in actions if is_overdue(action, today=today)]
    days = [action.due_on for action in late if action.due_on]
    if not days:
        return ()
    text = edition.words.counted(
        "{count} action overdue since {day}",
        "{count} actions overdue since {day}",
        len(days),
        day=min(days),
    )
    return (Chip(text, "late"),)


def ended_chips(
    edition: Edition, agreements: Iterable[Agreement], *, today: date
) -> tuple[Chip, ...]:
    """How many agreements ended and were not replaced, and the last day; none where none did."""
    days = [agreement.valid_until for agreement in agreements if agreement.valid_until < today]
    if not days:
        return ()
    text = edition.words.counted(
        "{count} agreement ended on {day}",
        "{count} agreements ended, the last on {day}",
        len(days),
        day=max(days),
    )
    return (Chip(text, "late"),)


def _question(edition: Edition, shown: Round, item: str) -> Chip:
    labelled, name, health = edition.words.labelled, edition.item(item), shown.health.get(item)
    if health is None:
        text = unanswered(edition, shown.least)
        if item not in shown.hidden_items and shown.is_unknown(item):
            text = edition.option(item, UNKNOWN)
        return Chip(labelled(name, text), "unknown")
    is_no = health < edition.framework.rules.caps[0].below
    tone: Tone = "good" if health >= 1 else "bad" if is_no else "watch"
    return Chip(labelled(name, most_say(edition, shown, item, health)), tone)
