"""What several squads agreed, how far they keep to it, and where their decisions end; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assessment.model import Framework, name_key
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
class Seat:
    """A role's seat; `label` is what the squads that share it call it, empty where none does."""

    role: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class SeatCell:
    """One level of a squad: on which seats most of its answered decisions end; several tie.

    `decisions` of the `answered` end on each of them, and up to `elsewhere` of these belong to
    another role by the reference or by what was agreed. There is no seat where none has most.
    """

    seats: tuple[Seat, ...]
    decisions: int
    answered: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class SeatAcross:
    """The seat on which decisions of most squads end.

    `decisions` of `squads` end there, `elsewhere` of them belong to another role by the reference
    or by what was agreed, and `lower` of these to lower seats alone; `alone` end on no other seat.
    `others` are the seats on which as many decisions end, or more, with how many. Most squads are
    more than half of those that share the seat, or, without a label, give theirs none. `cells` tell
    every squad level by level.
    """

    seat: Seat
    squads: int
    decisions: int
    elsewhere: int
    lower: int
    alone: int
    others: Mapping[Seat, int] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], SeatCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgreedAcross:
    """Several squads' agreements, by level, by squad and in all; what is contested unsettled.

    `as_of` is the day on which they stand so, where nothing later is told; else None.
    """

    by_level: Mapping[str, AgreedCounts]
    by_squad: Mapping[str, AgreedCounts]
    total: AgreedCounts
    unsettled: tuple[str, ...]
    seat: SeatAcross | None
    as_of: date | None = None


def agreed_across(framework: Framework, results: Sequence[Result], *, today: date) -> AgreedAcross:
    """What the squads of some results agreed, as it stands today."""
    by_level = {level: AgreedCounts() for level in framework.level_ids}
    by_squad = {result.round.squad: AgreedCounts() for result in results}
    level_of = {decision.id: decision.level for decision in framework.lenses.decisions}
    settled, total = set[tuple[str, str]](), AgreedCounts()
    as_of: date | None = None
    for result in results:
        if result.agreements is None:
            continue
        agreements, squad = result.agreements, result.round.squad
        day = agreements.seen_on(today)
        as_of = day if day == agreements.until else None
        practice = practice_by_agreement(agreements, result.round)
        for agreement in agreements.last_words(squad, today=day):
            state = agreements.state(agreement, today=day)
            settled |= {(squad, agreement.decision)} if state in IN_FORCE else set()
            for counts in (total, by_level[level_of[agreement.decision]], by_squad[squad]):
                counts.add(state, practice.get(agreement))
    return AgreedAcross(
        by_level=by_level,
        by_squad={squad: counts for squad, counts in by_squad.items() if counts},
        total=total,
        unsettled=tuple(_contested(framework, results, settled)),
        seat=_seat_across(framework, results, today=today),
        as_of=as_of,
    )


def _contested(
    framework: Framework, results: Iterable[Result], settled: Collection[tuple[str, str]]
) -> list[str]:
    """The decisions that voices contest in a squad that has not settled them, where that is told.

    Those of most such squads come first.
    """
    counts = Counter(
        mapped.decision
        for result in results
        if result.tells_who_decides and not (result.agreements and result.agreements.hidden)
        for mapped in result.round.deep.who_decides.decisions
        if mapped.state == "contested" and (result.round.squad, mapped.decision) not in settled
    )
    order = list(framework.lenses.decision_by_id)
    return sorted(counts, key=lambda decision: (-counts[decision], order.index(decision)))


@dataclass(frozen=True, slots=True)
class _Ends:
    """Decisions that end on seats, by seat, squad and level; and those answered."""

    decisions: Mapping[Seat, Counter[tuple[str, str]]]
    elsewhere: Mapping[Seat, Counter[tuple[str, str]]]
    lower: Mapping[Seat, Counter[tuple[str, str]]]
    alone: Counter[Seat]
    answered: Mapping[tuple[str, str], int]
    shared_by: Counter[Seat]

    def squads_of(self, seat: Seat) -> int:
        return len({squad for squad, _ in self.decisions[seat]})


def _seat_across(
    framework: Framework, results: Sequence[Result], *, today: date
) -> SeatAcross | None:
    """The seat that at least half of the voices name for decisions in most squads."""
    ends = _ends_of(framework, results, today)
    order = framework.role_ids

    def weight(seat: Seat) -> tuple[object, ...]:
        counts = (ends.lower[seat], ends.elsewhere[seat], ends.decisions[seat])
        totals = (count.total() for count in counts)
        return ends.squads_of(seat), *totals, -order.index(seat.role)

    common = [
        seat
        for seat in ends.decisions
        if ends.squads_of(seat) > 1 and 2 * ends.squads_of(seat) > ends.shared_by[seat]
    ]
    if not common:
        return None
    seat = max(common, key=weight)
    decisions = ends.decisions[seat].total()
    totals = {other: ends.decisions[other].total() for other in ends.decisions if other != seat}
    most_first = sorted(totals, key=lambda other: (-totals[other], order.index(other.role)))
    return SeatAcross(
        seat=seat,
        squads=ends.squads_of(seat),
        decisions=decisions,
        elsewhere=ends.elsewhere[seat].total(),
        lower=ends.lower[seat].total(),
        alone=ends.alone[seat],
        others={other: totals[other] for other in most_first if totals[other] >= decisions},
        cells={key: _cell(ends, key, order) for key in ends.answered},
    )


def _cell(ends: _Ends, key: tuple[str, str], order: Sequence[str]) -> SeatCell:
    """The seats on which most decisions of one squad's level end, none before others."""
    counts = {seat: counts[key] for seat, counts in ends.decisions.items()}
    most, answered = max(counts.values()), ends.answered[key]
    if 2 * most <= answered:
        return SeatCell((), 0, answered, 0)
    seats = sorted(
        (seat for seat, count in counts.items() if count == most),
        key=lambda seat: order.index(seat.role),
    )
    return SeatCell(tuple(seats), most, answered, max(ends.elsewhere[seat][key] for seat in seats))


def _ends_of(framework: Framework, results: Iterable[Result], today: date) -> _Ends:
    decisions: dict[Seat, Counter[tuple[str, str]]] = {}
    elsewhere: dict[Seat, Counter[tuple[str, str]]] = {}
    lower: dict[Seat, Counter[tuple[str, str]]] = {}
    answered: dict[tuple[str, str], int] = {}
    alone: Counter[Seat] = Counter()
    shared_by: Counter[Seat] = Counter()
    spelled: dict[tuple[str, str], Seat] = {}
    for result in results:
        if not result.tells_who_decides:
            continue
        squad = result.round.squad
        seats = _seats(framework, result, spelled)
        shared_by.update(seats.values())
        for level in framework.level_ids:
            answered[squad, level] = 0
        for mapped in result.round.deep.who_decides.decisions:
            answered[squad, mapped.level] += bool(mapped.voices)
        for of_decision in _ends(result, today):
            named = {seats[end.role] for end in of_decision}
            alone.update(named if len(named) == 1 else ())
            for end in of_decision:
                seat, key = seats[end.role], (squad, end.level)
                decisions.setdefault(seat, Counter())[key] += 1
                elsewhere.setdefault(seat, Counter())[key] += end.is_elsewhere
                lower.setdefault(seat, Counter())[key] += end.is_lower
    return _Ends(decisions, elsewhere, lower, alone, answered, shared_by)


def _seats(
    framework: Framework, result: Result, spelled: dict[tuple[str, str], Seat]
) -> Mapping[str, Seat]:
    """A squad's seats by role; one that is spelled otherwise elsewhere is the same."""
    setup = result.round.seating.setup
    labels = setup.shared_seats if setup else {}
    seats = {role: Seat(role, labels.get(role, "")) for role in framework.role_ids}
    return {
        role: spelled.setdefault((role, name_key(seat.label)), seat) for role, seat in seats.items()
    }


@dataclass(frozen=True, slots=True)
class _End:
    """A role on which a decision ends; whether it belongs to another, and only to lower ones."""

    role: str
    level: str
    is_elsewhere: bool
    is_lower: bool


def _ends(result: Result, today: date) -> Iterable[list[_End]]:
    """For each decision the roles that most voices name, and whether it belongs to another."""
    shown, seating = result.round, result.round.seating
    decisions = shown.framework.lenses.decision_by_id
    for mapped in shown.deep.who_decides.decisions:
        agreement = result.agreements and result.agreements.reference(
            shown.squad, mapped.decision, result.agreements.seen_on(today)
        )
        listed = seating.listed_for(decisions[mapped.decision])
        deciders = (agreement.decides,) if agreement else seating.expected(listed)
        ends = []
        for role, count in mapped.named.items():
            if role in shown.framework.role_ids and count >= MOST * mapped.voices:
                fits = seating.is_held(role) and seating.decides(role, listed)
                is_elsewhere = (
                    seating.person_of(role) != seating.person_of(agreement.decides)
                    if agreement
                    else not fits
                )
                is_lower = is_elsewhere and seating.are_below(deciders, role)
                ends.append(_End(role, mapped.level, is_elsewhere, is_lower))
        yield ends
