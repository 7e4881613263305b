"""A squad's actions beside its rounds: which are open, due or done, and where they stand; pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assessment.model import OVER, Action, Framework, name_key
from assessment.rounds.action_changes import ChangeSince, change_since, shared_out
from assessment.rounds.round import Round
from assessment.scoring.diagnosis import LeverGain


@dataclass(frozen=True, slots=True)
class OpenActions:
    """The open actions that are one role's move, the first decided first.

    Without a role they are those of one name, or those for which nobody is named.
    """

    owner: str | None
    actions: tuple[Action, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Who exactly, each once; none where an action names nobody, who would share the blame."""
        names = {name_key(name): name for name in (one.owner_name or "" for one in self.actions)}
        return () if "" in names else tuple(names.values())

    def overdue(self, *, today: date) -> tuple[Action, ...]:
        """Those that should have been done before today, the longest overdue first."""
        late = [action for action in self.actions if is_overdue(action, today=today)]
        return tuple(sorted(late, key=lambda action: action.due_on or today))


def actions_of(actions: Iterable[Action], squad: str) -> tuple[Action, ...]:
    """A squad's actions: the open ones first, the soonest due first, then the last that ended."""
    key = name_key(squad)
    decided = [action for action in actions if action.squad_key == key]
    still_open = [action for action in decided if is_open(action)]
    over = [action for action in decided if not is_open(action)]
    still_open.sort(key=lambda action: (action.due_on or date.max, action.decided_on))
    over.sort(key=lambda action: (action.ended_on or date.min, action.decided_on), reverse=True)
    return (*still_open, *over)


def open_actions(
    framework: Framework, actions: Iterable[Action], squads: Collection[str]
) -> tuple[OpenActions, ...]:
    """The squads' open actions by whose move they are: roles in framework order, then names.

    Each is told of its squad as that is spelled in `squads`, so that none counts twice.
    """
    spelled = {name_key(squad): squad for squad in squads}
    still_open = [
        action.model_copy(update={"squad": spelled[action.squad_key]})
        for action in actions
        if action.squad_key in spelled and is_open(action)
    ]
    still_open.sort(key=lambda action: (action.decided_on, action.saved_at))
    moves: dict[tuple[str | None, str], list[Action]] = {
        (role, ""): [] for role in framework.role_ids
    }
    for action in still_open:
        name = "" if action.owner else name_key(action.owner_name or "")
        moves.setdefault((action.owner, name), []).append(action)
    nobodys = moves.pop((None, ""), [])
    return tuple(
        OpenActions(owner, tuple(actions))
        for (owner, _name), actions in (*moves.items(), ((None, ""), nobodys))
        if actions
    )


def is_open(action: Action) -> bool:
    """Whether an action is still to be done."""
    return action.status not in OVER


def is_overdue(action: Action, *, today: date) -> bool:
    """Whether an action should have been done before today."""
    return is_open(action) and action.due_on is not None and action.due_on < today


NEVER_LATE = date.min
"""The day as of which nothing is overdue, as nothing is in a squad that has ended."""

ENDED_SHOWN = 2
"""Actions that are over, of which a reader sees the latest first; the others on demand."""


@dataclass(frozen=True, slots=True)
class ActionProgress:
    """An action beside what the levels it touches did since; None where rounds are missing."""

    action: Action
    since: ChangeSince | None


@dataclass(frozen=True, slots=True)
class ActionMark:
    """Where an action, done or still open, stands between two rounds that follow each other.

    `share` is in [0, 1): 0 up to the earlier round's last day, towards 1 on the later's.
    """

    action: Action
    earlier: Round
    later: Round
    share: float


def action_progress(
    framework: Framework, actions: Iterable[Action], squad: str, units: Sequence[Round]
) -> tuple[ActionProgress, ...]:
    """A squad's actions, the open ones first; `units` are the squad's, in order."""
    decided = actions_of(actions, squad)
    changes = {action.id: change_since(framework, action, units) for action in decided}
    pairs = [(a, since) for a in decided if a.status != "dropped" and (since := changes[a.id])]
    shared = changes | dict(shared_out(framework, pairs))
    return tuple(ActionProgress(action, shared[action.id]) for action in decided)


def shown_first(
    actions: Sequence[ActionProgress],
) -> tuple[tuple[ActionProgress, ...], tuple[ActionProgress, ...]]:
    """A squad's actions to show at once, every open one and the last that ended; and the rest."""
    still_open = sum(1 for progress in actions if is_open(progress.action))
    first = still_open + ENDED_SHOWN
    return tuple(actions[:first]), tuple(actions[first:])


def under_way(actions: Iterable[Action], lever: str) -> Action | None:
    """The first open action on a lever; None when there is none."""
    return next((action for action in actions if action.lever == lever and is_open(action)), None)


def done_last(decided: Iterable[ActionProgress], lever: str) -> ActionProgress | None:
    """The last action done on a lever; None where there is none, or where one is open again."""
    on_lever = [progress for progress in decided if progress.action.lever == lever]
    if any(is_open(progress.action) for progress in on_lever):
        return None
    done = [progress for progress in on_lever if progress.action.status == "done"]
    return max(done, key=lambda progress: progress.action.ended_on or date.min, default=None)


@dataclass(frozen=True, slots=True)
class Proposals:
    """Levers to pull first; `done` holds the last action on those that stand before, done.

    `again` holds it for levers proposed although they were done, since a later check shows them.
    """

    levers: tuple[LeverGain, ...]
    done: tuple[ActionProgress, ...]
    again: tuple[ActionProgress, ...] = ()


def is_checked_since(done: ActionProgress, shown: Round) -> bool:
    """Whether a round began after the day an action was done, so that it tells what is left."""
    action = done.action
    return shown.began > (action.ended_on or action.decided_on)


def proposals(
    shown: Round, decided: Sequence[ActionProgress], *, most: int | None = None
) -> Proposals:
    """The levers of a round by their gain, at most so many, but for those just done.

    A lever counts as done until a round begins after that day: what still shows then is proposed
    again.
    """
    proposed: list[LeverGain] = []
    done: list[ActionProgress] = []
    again: list[ActionProgress] = []
    for lever in shown.diagnosis.levers:
        if len(proposed) == most:
            break
        last = done_last(decided, lever.lever)
        if last and not is_checked_since(last, shown):
            done.append(last)
            continue
        proposed.append(lever)
        if last:
            again.append(last)
    return Proposals(tuple(proposed), tuple(done), tuple(again))


def action_marks(
    actions: Iterable[ActionProgress], rounds: Sequence[Round]
) -> tuple[ActionMark, ...]:
    """What was decided between a squad's first round and its last, earliest first.

    What is done stands at the day it ended, what is open at the day it was decided; what was
    dropped has no place.
    """
    marks = [
        _mark(progress.action, earlier, later)
        for progress in actions
        for earlier, later in pairwise(rounds)
        if progress.action.status != "dropped"
        and earlier.began <= _marked_on(progress.action) < later.began
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.earlier.period, mark.share)))


def _marked_on(action: Action) -> date:
    return action.ended_on or action.decided_on


def _mark(action: Action, earlier: Round, later: Round) -> ActionMark:
    gone, between = _marked_on(action) - earlier.last_day, later.last_day - earlier.last_day
    return ActionMark(action, earlier, later, max(0.0, gone / between))
