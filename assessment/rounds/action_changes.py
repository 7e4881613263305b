"""What was seen since an action, shared out so that no two tell the same; claims no cause; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from assessment.model import Action, Framework
from assessment.rounds.round import Round


@dataclass(frozen=True, slots=True)
class ChangeSince:
    """What was seen since an action, at the levels that its lever touches, the most first.

    `then` is the squad's last unit that had begun on the action's day; `now` its latest, or that at
    which the next action on the same lever begins: units with a score where both sides have one.
    `items` are the lever's. No two actions tell a level over the same time: `elsewhere` are those
    told by another, with its action.
    """

    then: Round
    now: Round
    levels: tuple[str, ...]
    items: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, Action], ...] = ()

    def has_scores_at(self, level: str) -> bool:
        """Whether the level has a score then and now."""
        both = (unit.scores.level(level).score for unit in (self.then, self.now))
        return None not in both

    def overlaps(self, other: "ChangeSince") -> bool:
        """Whether both tell of a time between two units."""
        return self.then.order < other.now.order and other.then.order < self.now.order


@dataclass(frozen=True, slots=True)
class AnswersMoved:
    """How many of the voices gave the best answer to an item, `option`, before and after."""

    item: str
    option: str
    before: int
    voices_before: int
    after: int
    voices_after: int


def change_since(
    framework: Framework, action: Action, units: Sequence[Round]
) -> ChangeSince | None:
    """What a squad's levels did since an action was done or, if it is not, decided.

    `units` are the squad's, in order. None without one on either side of that day. Those with a
    score are compared where both sides have one.
    """
    ended_on = action.ended_on if action.status == "done" else None
    scored = [unit for unit in units if unit.is_scored]
    for compared in (scored, units):
        then = [past for past in compared if past.began <= (ended_on or action.decided_on)][-1:]
        if then and then[0] is not compared[-1]:
            touched = tuple(level_weights(framework, action.lever))
            items = tuple(item.id for item in framework.items if item.lever == action.lever)
            return ChangeSince(then=then[0], now=compared[-1], levels=touched, items=items)
    return None


def answers_moved(since: ChangeSince) -> tuple[AnswersMoved, ...]:
    """The answers of which another share of voices is the best one now, the lever's items in order.

    No answers are told that fewer voices gave than their survey promised.
    """
    moved = []
    for item in since.items:
        before, after = since.then.answers_to(item), since.now.answers_to(item)
        voices, later = sum(before.values()), sum(after.values())
        if voices < since.then.least or later < since.now.least:
            continue
        option = since.now.framework.best_option(item)
        well, still = before.get(option, 0), after.get(option, 0)
        if well * later != still * voices:
            moved.append(AnswersMoved(item, option, well, voices, still, later))
    return tuple(moved)


def level_weights(framework: Framework, lever: str) -> dict[str, int]:
    """The levels that a lever's items weigh on, the heaviest first, ties in framework order."""
    weights = {
        level: sum(item.weights.get(level, 0) for item in framework.items if item.lever == lever)
        for level in framework.level_ids
    }
    touched = [level for level, weight in weights.items() if weight]
    return {level: weights[level] for level in sorted(touched, key=lambda level: -weights[level])}


ActionChange = tuple[Action, ChangeSince]
"""An action and what was seen since."""


def shared_out(framework: Framework, changes: Sequence[ActionChange]) -> Mapping[UUID, ChangeSince]:
    """What each action tells, so that no two tell the same answers or the same points.

    Of two on one lever the earlier is measured up to where the later begins. A level is told by the
    action whose lever weighs most on it, of equals by the one decided first; by one that lacks its
    score then or now only where all do.
    """
    ended = _one_after_the_other(changes)
    elsewhere: dict[UUID, dict[str, Action]] = {action.id: {} for action, _ in ended}
    for level in framework.level_ids:
        for action, other in _told_by_others(framework, level, ended):
            elsewhere[action.id][level] = other
    return {
        action.id: replace(
            since,
            levels=tuple(level for level in since.levels if level not in elsewhere[action.id]),
            elsewhere=tuple(elsewhere[action.id].items()),
        )
        for action, since in ended
    }


def _told_by_others(
    framework: Framework, level: str, changes: Iterable[ActionChange]
) -> Iterator[tuple[Action, Action]]:
    """The actions that touch a level and do not tell it, each with the one that does."""
    telling: list[ActionChange] = []
    touching = [change for change in changes if level in change[1].levels]
    for action, since in sorted(touching, key=partial(_first_to_tell, framework, level)):
        other = next((other for other, earlier in telling if earlier.overlaps(since)), None)
        if other:
            yield action, other
        else:
            telling.append((action, since))


def _one_after_the_other(changes: Sequence[ActionChange]) -> list[ActionChange]:
    """Several actions on one lever, each measured up to where the next begins.

    Of several that begin at the same unit the first decided tells the answers.
    """
    by_lever: dict[str, list[ActionChange]] = {}
    for change in sorted(changes, key=lambda change: (change[1].then.order, _decided(change))):
        by_lever.setdefault(change[0].lever, []).append(change)
    return [_up_to_next(same, at) for same in by_lever.values() for at in range(len(same))]


def _up_to_next(same: Sequence[ActionChange], at: int) -> ActionChange:
    """One of the actions on a lever, measured up to where the next begins that can be compared."""
    (action, since), start = same[at], same[at][1].then
    later = (
        other.then
        for _, other in same[at:]
        if other.then.order > start.order and (other.then.is_scored or not start.is_scored)
    )
    is_first = all(other.then.order != start.order for _, other in same[:at])
    items = since.items if is_first else ()
    return action, replace(since, now=next(later, since.now), items=items)


def _first_to_tell(framework: Framework, level: str, change: ActionChange) -> tuple[object, ...]:
    action, since = change
    weight = level_weights(framework, action.lever)[level]
    return not since.has_scores_at(level), -weight, _decided(change)


def _decided(change: ActionChange) -> tuple[object, ...]:
    action, _ = change
    return action.decided_on, action.saved_at, str(action.id)
