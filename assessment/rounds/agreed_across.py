"""What several squads agreed, how far they keep to it, and where their decisions end; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assessment.model import Framework
from assessment.rounds.agreements import IN_FORCE, AgreementState
from assessment.rounds.practice import Practice, practice_by_agreement
from assessment.rounds.results import Result

MOST = 0.5
"""The share of voices from which a role is one on which a decision ends."""


@dataclass(slots=True)
class AgreedCounts:
    """How many agreements stand how, and how many of those judged in practice are kept."""

    in_force: int = 0
    contested: int = 0
    expiring: int = 0
    kept: int = 0
    judged: int = 0

    def add(self, state: AgreementState, practice: Practice | None) -> None:
        """Count one agreement."""
        self.in_force += state in IN_FORCE
        self.contested += state == "contested"
        self.expiring += state == "expiring"
        if practice:
            self.judged += 1
            self.kept += practice.is_kept

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.in_force or self.contested or self.judged)


@dataclass(frozen=True, slots=True)
class SeatAcross:
    """The role on which decisions of most squads end.

    `decisions` of `squads` of the `compared` end there, `lower` of them belong to another role by
    the reference or by what was agreed. `cells` counts them by squad and level.
    """

    role: str
    squads: int
    compared: int
    decisions: int
    lower: int
    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgreedAcross:
    """Several squads' agreements by level and by squad; contested decisions that none settled."""

    by_level: Mapping[str, AgreedCounts]
    by_squad: Mapping[str, AgreedCounts]
    unsettled: tuple[str, ...]
    seat: SeatAcross | None


def agreed_across(framework: Framework, results: Sequence[Result], *, today: date) -> AgreedAcross:
    """What the squads of some results agreed, as it stands today."""
    by_level = {level: AgreedCounts() for level in framework.level_ids}
    by_squad = {result.round.squad: AgreedCounts() for result in results}
    level_of = {decision.id: decision.level for decision in framework.lenses.decisions}
    settled: set[str] = set()
    for result in results:
        if result.agreements is None:
            continue
        told, squad = result.agreements, result.round.squad
        practice = practice_by_agreement(told, result.round)
        for agreement in told.last_words(squad):
            state = told.state(agreement, today=today)
            settled |= {agreement.decision} if state in IN_FORCE else set()
            for counts in (by_level[level_of[agreement.decision]], by_squad[squad]):
                counts.add(state, practice.get(agreement))
    return AgreedAcross(
        by_level=by_level,
        by_squad={squad: counts for squad, counts in by_squad.items() if counts},
        unsettled=tuple(d for d in _contested(framework, results) if d not in settled),
        seat=_seat_across(framework, results, today=today),
    )


def _contested(framework: Framework, results: Iterable[Result]) -> list[str]:
    """The decisions that voices contest somewhere, those of most squads first."""
    counts = Counter(
        mapped.decision
        for result in results
        if result.tells_who_decides
        for mapped in result.round.deep.who_decides.decisions
        if mapped.state == "contested"
    )
    order = list(framework.lenses.decision_by_id)
    return sorted(counts, key=lambda decision: (-counts[decision], order.index(decision)))


def _seat_across(
    framework: Framework, results: Iterable[Result], *, today: date
) -> SeatAcross | None:
    """The role that at least half of the voices name for decisions in most squads."""
    mapped = [result for result in results if result.tells_who_decides]
    cells: dict[str, Counter[tuple[str, str]]] = {}
    lower: Counter[str] = Counter()
    for result in mapped:
        for role, level, is_lower in _ends(result, today):
            cells.setdefault(role, Counter())[result.round.squad, level] += 1
            lower[role] += is_lower
    if len(mapped) < 2 or not cells:
        return None
    squads = {role: len({squad for squad, _ in counts}) for role, counts in cells.items()}
    order = framework.role_ids
    role = max(cells, key=lambda r: (squads[r], lower[r], cells[r].total(), -order.index(r)))
    if 2 * squads[role] <= len(mapped):
        return None
    return SeatAcross(
        role=role,
        squads=squads[role],
        compared=len(mapped),
        decisions=cells[role].total(),
        lower=lower[role],
        cells=dict(cells[role]),
    )


def _ends(result: Result, today: date) -> Iterable[tuple[str, str, bool]]:
    """For each decision the roles that most voices name, and whether it belongs to another."""
    shown = result.round
    decisions = shown.framework.lenses.decision_by_id
    for mapped in shown.deep.who_decides.decisions:
        agreement = result.agreements and result.agreements.reference(
            shown.squad, mapped.decision, today
        )
        listed = shown.seating.listed_for(decisions[mapped.decision])
        for role, count in mapped.named.items():
            if role in shown.framework.role_ids and count >= MOST * mapped.voices:
                fits = shown.seating.is_held(role) and shown.seating.decides(role, listed)
                is_lower = agreement.decides != role if agreement else not fits
                yield role, mapped.level, is_lower
