"""What leadership reads of several squads in a period: verdict, shared levers; pure."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf
from statistics import median

from assessment.model import Action, Framework
from assessment.model.period import Period
from assessment.rounds.actions import OpenActions, open_actions
from assessment.rounds.board import (
    TOO_MUCH,
    BlockingRole,
    DecisionAcross,
    blocking_roles,
    decisions_across,
)
from assessment.rounds.headline import headline_levers, levers_shown, shared_headline_lever
from assessment.rounds.history import History
from assessment.rounds.results import (
    NOTHING_ELSEWHERE,
    Elsewhere,
    Result,
    absent_rounds,
    elsewhere,
    result_of,
)
from assessment.rounds.round import Round
from assessment.rounds.seats import missing_seats
from assessment.scoring.findings import VACANT
from assessment.scoring.who_decides import WhoDecides


@dataclass(frozen=True, slots=True)
class SharedLever:
    """A lever with the points it would add to the overall score of each squad that it would help.

    These are the squads whose own page shows it. `owners` are the roles whose move it usually is,
    `squads` how many have an overall score.
    """

    lever: str
    gains: Mapping[str, float]
    owners: tuple[str, ...]
    squads: int

    @property
    def typical(self) -> float:
        """The points it adds in the middle one of these squads."""
        return median(self.gains.values())

    @property
    def in_most(self) -> bool:
        """Whether several squads share it, more than half of those scored."""
        return self.squads > 1 and 2 * len(self.gains) > self.squads


@dataclass(frozen=True, eq=False)
class Summary:
    """Several squads in one period: results by squads' names, levers by how many they help how far.

    `absent` are the last rounds of the squads that have none in it and had not ended by its end;
    `open_actions` all that are open of the squads that go on, with a result or without. `identity`
    says which data the summary comes from: equal identities, equal pictures and files.
    """

    framework: Framework
    period: Period
    results: tuple[Result, ...]
    absent: tuple[Round, ...]
    levers: tuple[SharedLever, ...]
    identity: Hashable
    open_actions: tuple[OpenActions, ...] = ()
    elsewhere: Elsewhere = NOTHING_ELSEWHERE

    @property
    def is_past(self) -> bool:
        """Whether a squad has a later round than the period's."""
        return bool(self.elsewhere.later)

    @property
    def is_succeeded(self) -> bool:
        """Whether a later round has scores; where none of these has any, whether there is one."""
        has_scores = any(shown.is_scored for shown in self.rounds)
        return any(last.is_scored or not has_scores for last in self.elsewhere.later)

    @property
    def deep_units(self) -> tuple[Round, ...]:
        """What says who decides in each squad in which it is said."""
        return tuple(result.round.deep_unit for result in self.results if result.tells_who_decides)

    @cached_property
    def who_decides(self) -> Mapping[str, WhoDecides]:
        """By squad who decides by its voices, where they say so, with what was agreed on since."""
        return {
            result.round.squad: result.who_decides
            for result in self.results
            if result.tells_who_decides
        }

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The squads' rounds in the period."""
        return tuple(result.round for result in self.results)

    @cached_property
    def leaking_first(self) -> tuple[str, ...]:
        """The squads by name, where most levels stand at the lowest stages before all others.

        Equals stay in the order of names, and squads without any score come last.
        """
        in_order = sorted(self.rounds, key=lambda shown: shown.lowest_stages)
        return tuple(shown.squad for shown in in_order)

    @property
    def until(self) -> date | None:
        """The last day of which whoever looks is told, of one period alone; None without."""
        return next((result.agreements.until for result in self.results), None)

    @cached_property
    def decisions(self) -> tuple[DecisionAcross, ...]:
        """Every decision: in how many squads it is clear, contested, nobody's."""
        return decisions_across(self.framework, [*self.who_decides.values()])

    @cached_property
    def least_clear_first(self) -> tuple[DecisionAcross, ...]:
        """Every decision, first what is unclear in most squads, of equals in the largest share.

        Of those still equal first comes what an unexpected role takes in most squads.
        """
        return tuple(
            sorted(
                self.decisions, key=lambda one: (-one.unclear, one.compared or inf, -one.misplaced)
            )
        )

    @property
    def least_clear(self) -> tuple[DecisionAcross, ...]:
        """Those as unclear as the first of `least_clear_first`; none where all are clear."""
        first, *_ = ordered = self.least_clear_first
        most = first.unclear, first.compared
        return tuple(one for one in ordered if one.unclear and (one.unclear, one.compared) == most)

    @cached_property
    def blocking(self) -> tuple[BlockingRole, ...]:
        """The roles that block somewhere, the one that does in most squads first."""
        return blocking_roles(self.framework, self.results)

    @property
    def has_agreed_on_blocks(self) -> bool:
        """Whether something was agreed on since by which a role blocked."""
        return any(
            finding.kind in (VACANT, *TOO_MUCH) and deciders.is_agreed(finding)
            for deciders in self.who_decides.values()
            for finding in deciders.findings
        )

    def under_way(self, lever: SharedLever) -> tuple[Action, ...]:
        """The open actions on a lever in the squads whose own page shows it."""
        every = (action for owned in self.open_actions for action in owned.actions)
        return tuple(one for one in every if one.lever == lever.lever and one.squad in lever.gains)

    @property
    def lever_by_id(self) -> Mapping[str, SharedLever]:
        """The levers that a squad's own page shows, by id."""
        return {lever.lever: lever for lever in self.levers}

    def is_decided(self, lever: SharedLever) -> bool:
        """Whether open actions take a lever on in every squad whose own page shows it."""
        return {action.squad for action in self.under_way(lever)} == set(lever.gains)

    def movers(self, lever: SharedLever) -> tuple[str, ...]:
        """Whose move a lever is: leadership's, first, where most squads share it.

        Of a single squad it is that of whoever took it on, else leadership's too where none of its
        usual owners is there, or each one's seat looks empty.
        """
        is_leaders = lever.in_most
        if len(self.rounds) == 1:
            if taken := [one for one in self.under_way(lever) if one.owner or one.owner_name]:
                return tuple(dict.fromkeys(one.owner for one in taken if one.owner))
            held = self.rounds[0].seating.expected(lever.owners)
            is_leaders = {*held} <= {*missing_seats(self.rounds[0])}
        first = self.framework.rules.leaders[:1] if is_leaders else ()
        return tuple(dict.fromkeys((*first, *lever.owners)))

    def levers_of(self, leader: str) -> tuple[SharedLever, ...]:
        """The levers that are a leader's to move, in order."""
        return tuple(lever for lever in self.levers if leader in self.movers(lever))

    @cached_property
    def headline_levers(self) -> tuple[str, ...]:
        """The levers that act on what the verdict leads with; of several squads one at most."""
        if len(self.results) == 1:
            return headline_levers(self.results[0].round, self.results[0].who_decides)
        shared = shared_headline_lever(self.framework, self.rounds)
        return (shared,) if shared else ()

    @property
    def first_levers(self) -> tuple[SharedLever, ...]:
        """The levers to show: as many as a single squad's result shows."""
        return self.levers[: self.framework.rules.levers_shown]


def summary_of(
    history: History,
    squads: Iterable[str],
    period: Period,
    actions: Collection[Action] = (),
    *,
    today: date = date.max,
) -> Summary:
    """The summary of some squads in a period, in any order, with all `actions` ever decided."""
    wanted = {history.spelling(squad) for squad in squads}
    known = tuple(squad for squad in history.squads if squad in wanted)
    present = tuple(squad for squad in known if history.at(squad, period))
    results = tuple(result_of(history, squad, period, actions, today=today) for squad in present)
    return Summary(
        framework=history.framework,
        period=period,
        results=results,
        absent=absent_rounds(history, known, period, today=today),
        levers=_shared_levers(history.framework, results),
        identity=(history.version, known, period),
        open_actions=open_actions(history.framework, actions, history.going_on(known, today=today)),
        elsewhere=elsewhere(history, known, period, today=today),
    )


def summary_of_one(result: Result) -> Summary:
    """The summary of one squad alone, for whoever is told of it only."""
    squad, framework = result.round, result.round.framework
    actions = [progress.action for progress in result.decided]
    return Summary(
        framework=framework,
        period=squad.period,
        results=(result,),
        absent=(),
        levers=_shared_levers(framework, (result,)),
        identity=result.identity,
        open_actions=open_actions(framework, actions, () if result.ended_on else (squad.squad,)),
    )


def _shared_levers(framework: Framework, results: Sequence[Result]) -> tuple[SharedLever, ...]:
    """The levers that a squad's own page shows, by squads helped times their median gain.

    So the order follows from what is told of each: of as many squads the higher gain comes first.
    """
    gains: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for result in results:
        for lever in levers_shown(result):
            gains[lever.lever][result.round.squad] = lever.gain
    scored = sum(1 for result in results if result.round.scores.overall is not None)
    shared = [
        SharedLever(of, gains[of], lever.owners, scored)
        for of, lever in framework.lever_by_id.items()
        if of in gains
    ]
    return tuple(sorted(shared, key=lambda lever: -round(len(lever.gains) * lever.typical, 9)))
