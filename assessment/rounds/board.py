"""What leadership decides upon over several squads: who decides, who blocks, what moved; pure."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import nan
from statistics import fmean
from typing import Literal, get_args

from assessment.model import Decision, Framework
from assessment.rounds.moves import Move, Moves
from assessment.rounds.results import Result
from assessment.rounds.seats import missing_seats, seat_readings
from assessment.scoring.findings import BARRED, BOTTLENECK, VACANT, Finding
from assessment.scoring.robustness import FEWEST_FOR_RANGE
from assessment.scoring.role_levels import role_levels
from assessment.scoring.who_decides import WhoDecides

Way = Literal["missing", "too much"]
"""How a role blocks: nobody fills its seat, or it decides too much."""

WAYS: tuple[Way, ...] = get_args(Way)
TOO_MUCH = (*BARRED, BOTTLENECK)
"""The kinds of finding that name a role that decides too much."""


@dataclass(frozen=True, slots=True)
class DecisionAcross:
    """In how many squads one decision is clear, contested, or nobody's.

    In `by_several` two voices or more answered it, so that it could be contested. `disagreement` is
    the mean in [0, 1] over the squads in which two or more named somebody, NaN without any. Where
    it is clear, a role that is not expected takes it in `misplaced` squads; in `settled` ones the
    squad agreed on it since its voices left it unclear.
    """

    decision: str
    level: str
    clear: int
    contested: int
    nobody: int
    by_several: int
    disagreement: float = nan
    misplaced: int = 0
    settled: int = 0

    @property
    def compared(self) -> int:
        """The squads that say who takes it."""
        return self.clear + self.contested + self.nobody

    @property
    def unclear(self) -> int:
        """The squads in which nobody in particular takes it."""
        return self.contested + self.nobody


def decisions_across(
    framework: Framework, squads: Sequence[WhoDecides]
) -> tuple[DecisionAcross, ...]:
    """Every decision of the framework, in order."""
    return tuple(_across(decision, squads) for decision in framework.lenses.decisions)


def _across(decision: Decision, squads: Sequence[WhoDecides]) -> DecisionAcross:
    mapped = [squad.decision(decision.id) for squad in squads]
    states = Counter(one.state for one in mapped)
    disagreements = chain.from_iterable(squad.disagreements for squad in squads)
    apart = [one.disagreement for one in disagreements if one.of == decision.id]
    return DecisionAcross(
        decision.id,
        decision.level,
        clear=states["clear"],
        contested=states["contested"],
        nobody=states["nobody"],
        by_several=sum(one.voices > 1 for one in mapped),
        disagreement=fmean(apart) if apart else nan,
        misplaced=sum(decision.id in squad.misplaced for squad in squads),
        settled=sum(
            decision.id in squad.agreed and one.state in ("contested", "nobody")
            for squad, one in zip(squads, mapped, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class BlockingRole:
    """In how many squads a role blocks, in either way, in each, and at which levels.

    `where` names the squads. `compared` are the squads that can tell: of who decides, or, of an
    empty seat, by its signals. `by_few` says that it decides too much, but that in no squad half of
    the voices name it.
    """

    role: str
    where: tuple[str, ...]
    compared: int
    ways: Mapping[Way, int]
    levels: Mapping[Way, Mapping[str, int]]
    by_few: bool

    @property
    def squads(self) -> int:
        """In how many squads it blocks."""
        return len(self.where)

    @property
    def rank(self) -> tuple[int, ...]:
        """Those that block in most squads first.

        Of equals an empty seat comes first, then what fewer could tell, then what is not said by
        few alone.
        """
        missing = self.ways["missing"]
        return -self.squads, -missing, self.compared, self.by_few and not missing

    def at(self, way: Way, level: str) -> int:
        """In how many squads it blocks at a level in one way."""
        return self.levels[way].get(level, 0)


def blocking_roles(framework: Framework, results: Iterable[Result]) -> tuple[BlockingRole, ...]:
    """The roles that block somewhere, by rank, then in framework order.

    A role is missing at the levels it decides where a verdict may say so of its seat, or where the
    setup leaves a level without a decider. It decides too much where the deep check finds that it
    decides what it should not, or that everything waits for it. What was agreed on since blocks no
    more.
    """
    every = tuple(results)
    squads = [_levels_blocked(framework, result) for result in every]
    findings = chain.from_iterable(_findings(result, *TOO_MUCH) for result in every)
    by_half = {role for finding in findings for role in finding.by_half}
    blocking = {role for blocked in squads for role, _ in blocked}
    roles = [
        _blocking_role(role, every, squads, by_half)
        for role in framework.role_ids
        if role in blocking
    ]
    return tuple(sorted(roles, key=lambda role: role.rank))


_LevelsBlocked = Mapping[tuple[str, Way], set[str]]
"""The levels at which roles block a squad, by role and way."""


def _blocking_role(
    role: str,
    results: Iterable[Result],
    squads: Collection[_LevelsBlocked],
    by_half: Collection[str],
) -> BlockingRole:
    levels = {
        way: Counter(chain.from_iterable(blocked.get((role, way), ()) for blocked in squads))
        for way in WAYS
    }
    ways = {way: sum((role, way) in blocked for blocked in squads) for way in WAYS}
    return BlockingRole(
        role,
        where=tuple(
            result.round.squad
            for result, blocked in zip(results, squads, strict=True)
            if any((role, way) in blocked for way in WAYS)
        ),
        compared=sum(
            result.tells_who_decides
            or bool(ways["missing"] and seat_readings(result.round).get(role))
            for result in results
        ),
        ways=ways,
        levels=levels,
        by_few=ways["too much"] > 0 and role not in by_half,
    )


def _levels_blocked(framework: Framework, result: Result) -> _LevelsBlocked:
    levels: dict[tuple[str, Way], set[str]] = {}
    for role, way, level in _blocks(framework, result):
        levels.setdefault((role, way), set()).add(level)
    return levels


def _blocks(framework: Framework, result: Result) -> Iterator[tuple[str, Way, str]]:
    for seat in missing_seats(result.round):
        for level in role_levels(framework, seat).decides:
            yield seat, "missing", level
    kinds: Mapping[Way, Sequence[str]] = {"missing": (VACANT,), "too much": TOO_MUCH}
    for way, of_way in kinds.items():
        for finding in _findings(result, *of_way):
            levels = (finding.level,) if finding.level else framework.level_ids
            yield from ((role, way, level) for role in finding.roles for level in levels)


def _findings(result: Result, *kinds: str) -> Iterator[Finding]:
    if result.tells_who_decides:
        findings = result.who_decides.open_findings
        yield from (finding for finding in findings if finding.kind in kinds)


@dataclass(frozen=True, slots=True)
class SquadMove:
    """One level of one squad in its last two rounds, with how many voices stood behind each.

    `leaves_out` says that others answered too, so that the scores compared are not the rounds'.
    """

    squad: str
    move: Move
    voices_before: int
    voices_after: int
    leaves_out: bool = False


def moves_across(
    results: Iterable[Result],
    moves: Iterable[Moves | None],
    *,
    points: Callable[[float, float], int],
) -> tuple[SquadMove, ...]:
    """Every level scored in both rounds: those that moved first, each squad's widest before others.

    Of these the widest first, in `points`, but last what one or two voices moved: so that neither
    one squad nor a single voice stands before all others.
    """
    across = [
        SquadMove(result.round.squad, move, both.voices_before, both.voices_after, both.leaves_out)
        for result, both in zip(results, moves, strict=True)
        if both
        for move in both.levels
        if move.verdict != "not scored"
    ]

    def widest_first(squad: SquadMove) -> tuple[bool, int]:
        move = squad.move
        return not move.is_move, -abs(points(move.before or 0.0, move.after or 0.0))

    across.sort(key=widest_first)
    before: Counter[str] = Counter()
    order = []
    for one in across:
        is_few = min(one.voices_before, one.voices_after) < FEWEST_FOR_RANGE
        order.append((not one.move.is_move, before[one.squad], is_few))
        before[one.squad] += 1
    in_order = sorted(range(len(across)), key=order.__getitem__)
    return tuple(across[index] for index in in_order)
