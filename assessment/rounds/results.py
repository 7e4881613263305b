"""One squad's result as a page or a report shows it: a round and the round before; pure."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessment.model import Action, Answers, Framework, Setup, Survey
from assessment.model.period import Period
from assessment.rounds.actions import ActionProgress, Proposals, action_progress, is_open, proposals
from assessment.rounds.agreements import Agreements
from assessment.rounds.history import History
from assessment.rounds.practice import practice_by_agreement, who_decides_since
from assessment.rounds.round import Draft, Round
from assessment.scoring.diagnosis import LeverGain
from assessment.scoring.levels import healths_of, score_table
from assessment.scoring.seats import Seating
from assessment.scoring.who_decides import WhoDecides


@dataclass(frozen=True, eq=False)
class Result:
    """A round to show, with one `before` it to compare, and the last one with a deep check.

    `decided` is what the squad decided to do, `beside` what else it answered in the period, by
    date, and `agreements` hold what squads agreed on who decides. `is_past` tells of a later round,
    `identity` which data the result comes from: equal identities, equal pictures. Where the
    round has no score, `last_scored` is the squad's last round with one, and `quarter` holds
    both; `earlier_scored` is the one before, where it is told what moved up to that one. `ended_on`
    is the last day of a squad that has ended. `today` is the day on which it is told.
    """

    round: Round
    before: Round | None
    identity: Hashable
    agreements: Agreements
    deep_before: Round | None = None
    decided: tuple[ActionProgress, ...] = ()
    beside: tuple[Round, ...] = ()
    is_past: bool = False
    last_scored: Round | None = None
    quarter: Period | None = None
    earlier_scored: Round | None = None
    ended_on: date | None = None
    today: date = date.max

    @property
    def before_and_after(self) -> tuple[Round | None, Round]:
        """Between which two rounds it is told what moved; None before a first."""
        return self.before, self.earlier_scored or self.round

    @property
    def tells_who_decides(self) -> bool:
        """Whether the deep check says of at least one decision who takes it."""
        unit = self.round.deep_unit
        return bool(unit.deep_answers) and unit.deep.who_decides.is_answered

    @cached_property
    def who_decides(self) -> WhoDecides:
        """Who decides by its voices, with what was agreed on since."""
        return who_decides_since(self.agreements, self.round.deep_unit, self.today)

    @property
    def survey(self) -> Survey | None:
        """The last survey that it tells of: of the levels, or of who decides; None without."""
        return max(self.round, self.round.deep_unit, key=lambda unit: unit.order).survey

    @property
    def is_released(self) -> bool:
        """Whether others than its squad may see it, and all that it is compared with."""
        earlier = filter(None, (*self.before_and_after, self.deep_before))
        return all(shown.is_released for shown in (self.round, *earlier, *self.beside))

    @property
    def unused(self) -> tuple[Round, ...]:
        """What stands beside it and does not say who decides either."""
        return tuple(unit for unit in self.beside if unit is not self.round.deep_unit)

    @property
    def is_deep_only(self) -> bool:
        """Whether lenses are answered, and no item of the quick check is."""
        unit = self.round.deep_unit
        return not self.round.health and bool(unit.deep_answers) and bool(unit.deep.answered)

    @cached_property
    def proposals(self) -> Proposals:
        """The levers to propose first, and those done already that would stand among them."""
        most = self.round.framework.rules.levers_shown
        return proposals(self.round, self.decided, most=most)

    @property
    def levers_to_decide(self) -> tuple[LeverGain, ...]:
        """The levers to propose first that no open action takes on."""
        taken_on = {progress.action.lever for progress in self.decided if is_open(progress.action)}
        return tuple(lever for lever in self.proposals.levers if lever.lever not in taken_on)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What squads have outside the period shown.

    `later` are the last rounds of those that have one after it, `last_scored` the last with a score
    of those whose round in it has none. `by_quarter` counts the squads of which a quarter holds
    what has no score together with what has one.
    """

    later: tuple[Round, ...] = ()
    last_scored: tuple[Round, ...] = ()
    by_quarter: int = 0


NOTHING_ELSEWHERE = Elsewhere()


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The rounds of several squads in one period, in the reader's order.

    `absent` are the last rounds of the squads that have none in it and had not ended by its end,
    and `agreements` hold what squads agreed on who decides. `today` is the day on which it is told.
    """

    rounds: tuple[Round, ...]
    absent: tuple[Round, ...]
    identity: Hashable
    agreements: Agreements
    elsewhere: Elsewhere = NOTHING_ELSEWHERE
    today: date = date.max

    @property
    def deep_rounds(self) -> tuple[Round, ...]:
        """What says who decides in each squad, or tells its lenses."""
        return tuple(shown.deep_unit for shown in self.rounds if shown.deep_unit.deep_answers)

    @property
    def who_decides(self) -> Mapping[str, WhoDecides]:
        """By squad who decides by its voices, where they say so, with what was agreed on since."""
        return {
            unit.squad: who_decides_since(self.agreements, unit, self.today)
            for unit in self.deep_rounds
            if unit.deep.who_decides.is_answered
        }

    @property
    def not_kept(self) -> Mapping[str, Sequence[str]]:
        """By squad the decisions on which its voices do not keep to what was agreed."""
        decisions = {
            shown.squad: [
                agreement.decision
                for agreement, practice in practice_by_agreement(self.agreements, shown).items()
                if not practice.is_kept
            ]
            for shown in self.deep_rounds
        }
        return {squad: ids for squad, ids in decisions.items() if ids}


def result_of(
    history: History,
    squad: str,
    period: Period,
    actions: Iterable[Action] = (),
    *,
    today: date = date.max,
) -> Result:
    """The result of a squad's round, and what it decided by `actions`, whenever that was.

    The period must be one in which the squad has a round. No later one that is ahead of `today` is
    told of, but where all are.
    """
    chosen = history.at(squad, period)
    if chosen is None:
        raise LookupError(f"{squad} has no round in {period}")
    before, last = history.before_and_after(chosen)
    latest, units = history.latest(squad, today=today), history.units(squad, today=today)
    lacks_scores = not chosen.is_scored
    return Result(
        round=chosen,
        before=before,
        identity=(history.version, squad, period),
        deep_before=history.deep_before(chosen),
        decided=action_progress(history.framework, actions, squad, units),
        beside=history.beside(chosen),
        agreements=history.agreements,
        is_past=latest is not None and latest.period > period,
        last_scored=history.last_scored(squad, today=today) if lacks_scores else None,
        quarter=history.quarter_with_scores(chosen, today=today) if lacks_scores else None,
        earlier_scored=None if last is chosen else last,
        ended_on=history.ended_on(squad, today=today),
        today=today,
    )


def draft_result(
    framework: Framework, answers: Answers, *, today: date, setup: Setup | None = None
) -> Result:
    """The result of unsaved answers as a round of its own; `setup` says which of them apply."""
    healths = healths_of(framework, [Seating(framework, setup).answers_that_apply(answers)])
    draft = Draft(
        framework=framework,
        squad="",
        period=Period.of(today, "month"),
        voices=(),
        healths=healths,
        scores=score_table(framework, healths).sheet(0),
        first_day=today,
        last_day=today,
        setup=setup,
        unsaved=answers,
    )
    seats = tuple(sorted(setup.seats.items())) if setup else None
    identity = ("draft", tuple(sorted(answers.items())), seats)
    return Result(draft, before=None, identity=identity, agreements=Agreements(framework))


def comparison_of(
    history: History, squads: tuple[str, ...], period: Period, *, today: date = date.max
) -> Comparison:
    """The squads' rounds in a period, and what they have in others by `today`."""
    return Comparison(
        rounds=tuple(filter(None, (history.at(squad, period) for squad in squads))),
        absent=absent_rounds(history, squads, period, today=today),
        identity=(history.version, squads, period),
        agreements=history.agreements,
        elsewhere=elsewhere(history, squads, period, today=today),
        today=today,
    )


def absent_rounds(
    history: History, squads: Iterable[str], period: Period, *, today: date
) -> tuple[Round, ...]:
    """The last rounds of the squads that have none in a period, and had not ended by its end."""
    without = [squad for squad in squads if not history.at(squad, period)]
    by_then = min(period.last_day, today)
    return last_rounds(history, history.going_on(without, today=by_then), today=today)


def last_rounds(history: History, squads: Iterable[str], *, today: date) -> tuple[Round, ...]:
    """The last round of each of some squads, as `History.latest` finds it."""
    return tuple(filter(None, (history.latest(squad, today=today) for squad in squads)))


def elsewhere(history: History, squads: Sequence[str], period: Period, *, today: date) -> Elsewhere:
    """What squads have outside a period."""
    last = last_rounds(history, squads, today=today)
    later = tuple(one for one in last if one.period > period)
    shown = filter(None, (history.at(squad, period) for squad in squads))
    unscored = tuple(one for one in shown if not one.is_scored)
    scored = filter(None, (history.last_scored(one.squad, today=today) for one in unscored))
    joined = {
        one.squad
        for one in (*later, *unscored)
        if not one.is_scored and history.quarter_with_scores(one, today=today)
    }
    return Elsewhere(later, tuple(scored), len(joined))
