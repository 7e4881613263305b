"""What a verdict leads with: the weakest levels, and the answers that keep them there; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessment.model import Framework
from assessment.rounds.actions import proposals
from assessment.rounds.comparison import leaks_at, widest_leaks
from assessment.rounds.results import Result
from assessment.rounds.round import Round
from assessment.rounds.seats import missing_seats, seat_lead
from assessment.scoring.diagnosis import LeverGain
from assessment.scoring.levels import Healths, LevelScore, score_table
from assessment.scoring.who_decides import WhoDecides


@dataclass(frozen=True, slots=True)
class CommonCause:
    """The answer that limits a level in half of `leaking` squads or more, with its health there."""

    item: str
    healths: tuple[float, ...]
    leaking: int

    @property
    def in_most(self) -> bool:
        """Whether it does in over half of them."""
        return 2 * len(self.healths) > self.leaking


def headline_levers(shown: Round, deciders: WhoDecides | None = None) -> tuple[str, ...]:
    """The levers that act on what the verdict of a quick check leads with, its cause's first.

    Behind a seat that looks empty stand the signals that show it, where the verdict leads with the
    seat. None where all is healthy, and where levels are fluid and only who decides is amiss.
    `deciders` tell what was agreed on since.
    """
    items = shown.framework.item_by_id
    return tuple(dict.fromkeys(items[item].lever for item in _headline_items(shown, deciders)))


def levers_shown(result: Result) -> tuple[LeverGain, ...]:
    """The levers that a squad's page shows: the first, and one on the cause where none is on it."""
    first = result.proposals.levers
    headline = headline_levers(result.round, result.who_decides)
    if not headline or not {lever.lever for lever in first}.isdisjoint(headline):
        return first
    every = proposals(result.round, result.decided).levers
    return (*first, *(lever for lever in every if lever.lever == headline[0]))


def shared_headline_lever(framework: Framework, rounds: Sequence[Round]) -> str | None:
    """The lever that acts on the cause that the verdict on several squads leads with, if any."""
    leaks = widest_leaks(framework, [unit.scores for unit in rounds])
    if len(leaks) != 1:
        return None
    cause = common_cause(framework, rounds, leaks[0].level)
    return framework.item_by_id[cause.item].lever if cause else None


def weakest(shown: Round) -> Sequence[LevelScore]:
    """The levels at the lowest stage of those scored, of which there must be one."""
    lowest = min(level.stage or 0 for level in shown.scores.scored)
    return [level for level in shown.scores.scored if level.stage == lowest]


def cause_of(shown: Round, weak: Sequence[LevelScore]) -> str:
    """The answer behind the weakest levels: what limits a single one, what costs several most.

    Equals keep framework order, in which the three questions come first.
    """
    health = shown.health
    if len(weak) == 1:
        return min(weak[0].limits, key=lambda item: health[item])
    lost = [points_lost(shown, level) for level in weak]
    return max(health, key=lambda item: round(sum(of_level[item] for of_level in lost), 9))


def holds_back(shown: Round, item: str, levels: Sequence[LevelScore]) -> bool:
    """Whether an answer keeps each of some levels from a higher stage.

    It is among what limits the level, or the level rises where this answer alone is healthy.
    """
    values = shown.healths.values.copy()
    values[0, shown.framework.item_ids.index(item)] = 1
    repaired = score_table(shown.framework, Healths(values, shown.healths.applies)).sheet(0)
    return all(
        item in level.limits or (repaired.level(level.id).stage or 0) > (level.stage or 0)
        for level in levels
    )


def leads_with_seats(shown: Round) -> bool:
    """Whether a verdict leads with seats that look empty: not where another answer is the cause."""
    if is_fluid(shown):
        return bool(seat_lead(shown))
    return shown.framework.seat_of(cause_of(shown, weakest(shown))) in missing_seats(shown)


def worst_answer(health: Mapping[str, float]) -> str | None:
    """The answer in the worst health; None where all are healthy."""
    worst = min(health, key=lambda item: health[item], default=None)
    return worst if worst is not None and health[worst] < 1 else None


def is_fluid(shown: Round) -> bool:
    """Whether every level that has a score is at the highest stage."""
    highest = len(shown.framework.rules.stage_floors)
    return all(level.stage == highest for level in shown.scores.scored)


def answer_against_fluid(shown: Round, deciders: WhoDecides | None = None) -> str | None:
    """The answer that stands against levels which are all fluid.

    A question without a full yes, else the answer in the worst health. None where all is healthy,
    and where who decides is what is amiss.
    """
    if is_amiss(shown, deciders):
        return None
    health = shown.health
    counted = [item.id for item in shown.framework.counted_items if item.id in health]
    return worst_answer({item: health[item] for item in counted}) or worst_answer(health)


def is_amiss(shown: Round, deciders: WhoDecides | None = None) -> bool:
    """Whether the deep check finds something amiss in who decides, or contested, and not settled.

    `deciders` tell what was agreed on since.
    """
    if not shown.deep_unit.deep_answers:
        return False
    deciders = deciders or shown.deep_unit.deep.who_decides
    return bool(deciders.open_findings or deciders.still_contested)


def common_cause(framework: Framework, rounds: Sequence[Round], level: str) -> CommonCause | None:
    """The answer that limits a level in more of the squads where it leaks than any other does.

    None where several tie, or where it does in less than half of them.
    """
    leaking = [unit for unit in rounds if leaks_at(unit.scores, level)]
    healths: dict[str, list[float]] = {item: [] for item in framework.item_ids}
    for unit in leaking:
        for item in unit.scores.level(level).limits:
            healths[item].append(unit.health[item])
    item = max(healths, key=lambda item: len(healths[item]))
    if sum(len(of_item) == len(healths[item]) for of_item in healths.values()) > 1:
        return None
    cause = CommonCause(item, tuple(healths[item]), len(leaking))
    return cause if 2 * len(cause.healths) >= len(leaking) else None


def _headline_items(shown: Round, deciders: WhoDecides | None) -> Iterator[str]:
    lead = seat_lead(shown)
    if not is_fluid(shown):
        yield cause_of(shown, weakest(shown))
    elif not lead and (item := answer_against_fluid(shown, deciders)):
        yield item
    if leads_with_seats(shown):
        if lead.early_warning:
            yield shown.framework.rules.early_warning_item
        for seat in lead.empty:
            yield from (answer.item for answer in seat.evidence)


def points_lost(shown: Round, level: LevelScore) -> Mapping[str, float]:
    """What each answer costs a level, by its answered weights, of 1."""
    items = shown.framework.item_by_id
    weights = {item: items[item].weights.get(level.id, 0) for item in shown.health}
    answered = sum(weights.values())
    return {item: weights[item] * (1 - health) / answered for item, health in shown.health.items()}
