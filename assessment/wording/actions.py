"""Where an action stands, and what was seen since, as sentences in the reader's language; pure."""

from collections.abc import Sequence
from datetime import date

from assessment.content.edition import Edition
from assessment.languages import points_moved
from assessment.model import Action, Status
from assessment.model.action import SOMEBODY
from assessment.model.sample import is_sample
from assessment.rounds.action_changes import AnswersMoved, ChangeSince, answers_moved
from assessment.rounds.actions import ActionProgress, OpenActions, is_open, is_overdue
from assessment.rounds.moves import Moves, moves_between
from assessment.wording.beside import from_to
from assessment.wording.moves import between_voices, change_text, no_clear_change, voices_compared
from assessment.wording.parts import ActionPart
from assessment.wording.plain_text import in_one_line
from assessment.wording.squads import some_of

MOST_NAMED = 3
"""Persons who are named behind a role; of more the role alone is told."""


def status_name(edition: Edition, status: Status) -> str:
    """A status in a word or two."""
    _ = edition.words.gettext
    return {
        "planned": _("Planned"),
        "under-way": _("Under way"),
        "done": _("Done"),
        "dropped": _("Dropped"),
    }[status]


def owner_choice(edition: Edition, owners: Sequence[str]) -> str:
    """The hint that several roles own a lever, so that one must be named; empty otherwise."""
    if len(owners) < 2:
        return ""
    text = edition.words.gettext("{roles} can take this on: choose who does.")
    return text.format(roles=edition.roles(owners))


def owner_of(edition: Edition, action: Action) -> str:
    """Whose move an action is: a role, who exactly, or both; empty where nobody is named."""
    return _owner(edition, action.owner, action.owner_name or "")


def _owner(edition: Edition, role: str | None, name: str) -> str:
    person = edition.words.gettext("a person of the squad") if name == SOMEBODY else name
    if role and person:
        return edition.words.gettext("{role} ({name})", role=edition.role(role), name=person)
    return edition.role(role) if role else person


def action_status_line(edition: Edition, action: Action, *, today: date) -> str:
    """Where an action stands: its status, until or since when, and whose move it is."""
    parts = [_state(edition, action, today)]
    if owner := owner_of(edition, action):
        parts.append(owner)
    elif is_open(action):
        parts.append(edition.words.gettext("nobody named yet"))
    return " · ".join(parts)


def action_text(edition: Edition, action: Action, *, today: date) -> str:
    """An action in one line: in the squad's words or its lever's, whose move it is, until when."""
    _, title = edition.words.gettext, edition.lever(action.lever)
    is_marked = is_sample(action.id)  # samples stored before 0.11.0 have a note that says so
    own_words = "" if is_marked else in_one_line(action.note).rstrip(".")
    text = _("{words} (lever: {lever})", words=own_words, lever=title) if own_words else title
    parts = [text, owner_of(edition, action) or _("nobody named yet")]
    if action.due_on:
        is_late = is_overdue(action, today=today)
        due = _("overdue: it was due {day}") if is_late else "{day}"
        parts.append(due.format(day=edition.words.date(action.due_on)))
    return " · ".join(parts)


def seen_since(edition: Edition, action: Action, since: ChangeSince) -> str:
    """What the levels and answers an action touches did since then; it claims no cause."""
    levels = _levels_since(edition, since) if since.levels or not since.elsewhere else ""
    answers = (_answers_moved(edition, moved) for moved in answers_moved(since))
    elsewhere = _counted_elsewhere(edition, action, since)
    return " ".join(filter(None, (levels, *answers, elsewhere)))


def _levels_since(edition: Edition, since: ChangeSince) -> str:
    moves, levels = _moves_and_levels(edition, since)
    if not levels:
        return edition.words.gettext(
            "Nothing to compare: the levels it touches lack a score before or after."
        )
    compared = f"{_when(edition, since)} ({voices_compared(edition, moves)})"
    return edition.words.sentence(edition.words.labelled(compared, levels))


def _when(edition: Edition, since: ChangeSince) -> str:
    """From which month or quarter to which; within one, from which day."""
    if since.then.period == since.now.period:
        return from_to(edition, since.then.first_day, since.now.first_day)
    earlier, latest = edition.period(since.then.period), edition.period(since.now.period)
    return edition.words.gettext("{period} to {latest}", period=earlier, latest=latest)


def _answers_moved(edition: Edition, moved: AnswersMoved) -> str:
    """How many gave an answer before and after, and of whom where not as many answered it."""
    fields = {
        "item": edition.item(moved.item),
        "answer": edition.option(moved.item, moved.option).lower(),
        "before": moved.before,
        "voices": moved.voices_before,
        "after": moved.after,
        "later": moved.voices_after,
    }
    if moved.voices_before == moved.voices_after:
        return edition.words.gettext(
            "{item}: “{answer}” said by {before} of {voices}, then by {after} of {later}.", **fields
        )
    return edition.words.gettext(
        "{item}: “{answer}” said by {before} of the {voices} who answered it then, by {after} of "
        "the {later} now.",
        **fields,
    )


def _counted_elsewhere(edition: Edition, action: Action, since: ChangeSince) -> str:
    """Which levels other actions tell, and which do; empty where this one tells all."""
    if not since.elsewhere:
        return ""
    _, words = edition.words.gettext, edition.words
    levels, others = zip(*since.elsewhere, strict=True)
    under = [
        _("“{lever}” (decided on {day})", lever=edition.lever(other.lever), day=other.decided_on)
        if other.lever == action.lever
        else _("“{lever}”", lever=edition.lever(other.lever))
        for other in dict.fromkeys(others)
    ]
    return _("{levels}: see {actions}.", levels=edition.shorts(levels), actions=words.all_of(under))


def moved_since(edition: Edition, since: ChangeSince) -> str:
    """What the levels it touches did since, as a clause that names each of them; no cause.

    Unless the same answered both times it says on how many voices.
    """
    if since.elsewhere and not since.levels:
        return edition.words.gettext(
            "how its levels changed is counted under “{lever}”",
            lever=edition.lever(since.elsewhere[0][1].lever),
        )
    moves, levels = _moves_and_levels(edition, since)
    if not levels:
        return edition.words.gettext("nothing to compare yet")
    voices = between_voices(edition, moves)
    return f"{levels} ({voices})" if voices else levels


def _moves_and_levels(edition: Edition, since: ChangeSince) -> tuple[Moves, str]:
    """How levels moved; of those that an action tells, which did by how much, and which did not."""
    _, moves = edition.words.gettext, moves_between(since.then, since.now, points=points_moved)
    scored = [move for move in map(moves.level, since.levels) if move.verdict != "not scored"]
    moved = edition.words.all_of(
        [
            _("{level} {points}", level=edition.short(one.level), points=change_text(edition, one))
            for one in scored
            if one.is_move
        ]
    )
    steady = edition.shorts(move.level for move in scored if not move.is_move)
    if moved and steady:
        return moves, _("{moved}, no clear change at {levels}", moved=moved, levels=steady)
    return moves, moved or (no_clear_change(edition) if steady else "")


def action_part(edition: Edition, progress: ActionProgress, *, today: date) -> ActionPart:
    """What a squad decided, as people read it."""
    action, since = progress.action, ""
    if progress.since and action.status != "dropped":
        since = seen_since(edition, action, progress.since)
    return ActionPart(
        action_id=action.action_id,
        title=edition.lever(action.lever),
        status_line=action_status_line(edition, action, today=today),
        since=since,
        late=is_overdue(action, today=today),
        status=status_name(edition, action.status),
        owner=owner_of(edition, action),
        decided_on=action.decided_on,
        due_on=action.due_on,
        ended_on=action.ended_on,
    )


def compared_note(edition: Edition, decided: Sequence[ActionProgress]) -> str:
    """When it is told what levels did since; empty where it is told of any action."""
    compared = [one for one in decided if one.action.status != "dropped"]
    if not compared or any(progress.since for progress in compared):
        return ""
    return edition.words.gettext(
        "To see what moved since an action, it takes a check before it and one after it."
    )


def open_lines(edition: Edition, moves: Sequence[OpenActions], *, today: date) -> tuple[str, ...]:
    """Open actions by whose move they are: how many and since when, overdue since when."""
    words, lines = edition.words, []
    for owned in moves:
        late = overdue_since(edition, owned.overdue(today=today))
        text = words.clauses(filter(None, (open_since(edition, owned), late)))
        lines.append(words.labelled(mover(edition, owned), text))
    return tuple(lines)


def open_total(edition: Edition, moves: Sequence[OpenActions], *, squads: int, today: date) -> str:
    """How many actions are open over so many squads that go on, and how many are overdue."""
    words = edition.words
    still_open = sum(len(owned.actions) for owned in moves)
    late = sum(len(owned.overdue(today=today)) for owned in moves)
    if not still_open:
        none_goes_on = words.gettext("What a squad that has ended left open is not counted.")
        none_open = words.ngettext(
            "No action is open in this squad.", "No action is open in these squads.", squads
        )
        return none_open if squads else none_goes_on
    total = words.counted("{count} action is open", "{count} actions are open", still_open)
    if late == still_open:
        text = words.counted(
            "{count} action is open and overdue",
            "{count} actions are open, all of them overdue",
            late,
        )
    elif late:
        text = words.gettext("{actions}, {count} of them overdue", actions=total, count=late)
    else:
        text = words.clauses((total, words.gettext("none is overdue")))
    return words.sentence(text)


def mover(edition: Edition, moves: OpenActions) -> str:
    """Whose move some open actions are; people who stay unnamed need not be one."""
    if moves.names == (SOMEBODY,) and len(moves.actions) > 1:
        return edition.words.gettext("people who are not named to you")
    names = moves.names if len(moves.names) <= MOST_NAMED or not moves.owner else ()
    owner = _owner(edition, moves.owner, edition.words.all_of(names) if names else "")
    return owner or edition.words.gettext("Nobody named yet")


def open_since(edition: Edition, moves: OpenActions) -> str:
    """How many actions one role has open, and since when."""
    return edition.words.counted(
        "{count} open since {day}",
        "{count} open, the first since {day}",
        len(moves.actions),
        day=moves.actions[0].decided_on,
    )


def overdue_since(edition: Edition, late: Sequence[Action]) -> str:
    """How many actions one role has overdue, the longest first, since when and in which squads."""
    if not late:
        return ""
    squads = some_of(edition, list(dict.fromkeys(action.squad for action in late)))
    text = edition.words.gettext("{overdue} ({squads})")
    return text.format(overdue=overdue_count(edition, late), squads=squads)


def overdue_count(edition: Edition, late: Sequence[Action]) -> str:
    """How many actions one role has overdue, the longest first, and since when."""
    return edition.words.counted(
        "{count} overdue since {day}",
        "{count} overdue, the first since {day}",
        len(late),
        day=late[0].due_on or late[0].decided_on,
    )


def _state(edition: Edition, action: Action, today: date) -> str:
    _, words = edition.words.gettext, edition.words
    status = status_name(edition, action.status)
    if not is_open(action):
        text = _("{status} on {day}")
        return text.format(status=status, day=words.date(action.ended_on or action.decided_on))
    if action.due_on is None:
        return _("{status}, no due date", status=status)
    text = _("{status}, due {day}")
    if is_overdue(action, today=today):
        text = _("{status}, overdue: it was due {day}")
    return text.format(status=status, day=words.date(action.due_on))
