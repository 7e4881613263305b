"""Where an action stands, as a sentence in the reader's language; pure."""

from __future__ import annotations

from datetime import date

from assessment.actions import is_open, is_overdue
from assessment.edition import Edition
from assessment.model import Action, Status


def status_name(edition: Edition, status: Status) -> str:
    """A status in a word or two."""
    _ = edition.words.gettext
    return {
        "planned": _("Planned"),
        "under-way": _("Under way"),
        "done": _("Done"),
        "dropped": _("Dropped"),
    }[status]


def standing(edition: Edition, action: Action, *, today: date) -> str:
    """Where an action stands: its status, until or since when, and whose move it is."""
    parts = [_state(edition, action, today)]
    if action.owner:
        parts.append(edition.role(action.owner))
    elif is_open(action):
        parts.append(edition.words.gettext("nobody named yet"))
    return " · ".join(parts)


def _state(edition: Edition, action: Action, today: date) -> str:
    _, words = edition.words.gettext, edition.words
    status = status_name(edition, action.status)
    if not is_open(action):
        text = _("{status} on {day}")
        return text.format(status=status, day=words.date(action.ended_on or action.decided_on))
    if action.due_on is None:
        return _("{status}, no due date").format(status=status)
    if is_overdue(action, today=today):
        text = _("{status}, overdue: it was due {day}")
    else:
        text = _("{status}, due {day}")
    return text.format(status=status, day=words.date(action.due_on))
