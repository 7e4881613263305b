"""What several squads agreed, how far they keep to it, and where their decisions end; pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assessment.model import Framework, name_key
from assessment.rounds.agreements import IN_FORCE, AgreementState
from assessment.rounds.practice import Practice, practice_by_agreement
from assessment.rounds.results import Result

MOST = 0.5
"""The share of voices from which a role is one on which a decision ends."""


@dataclass(slots=True)
class AgreedCounts:
    """How many agreements stand how, and of those in force how many are judged, and are kept.

    One in force without a decider is counted as that alone; what was refused and is over, as none.
    """

    in_force: int = 0
    proposed: int = 0
    contested: int = 0
    expiring: int = 0
    without_decider: int = 0
    kept: int = 0
    judged: int = 0

    def add(self, state: AgreementState, practice: Practice | None, *, is_over: bool) -> None:
        """Count one agreement."""
        self.without_decider += state == "without-decider"
        self.in_force += state in IN_FORCE and state != "without-decider"
        self.proposed += state == "proposed"
        self.contested += state == "contested" and not is_over
        self.expiring += state == "expiring"
        if practice and state in IN_FORCE:
            self.judged += 1
            self.kept += practice.is_kept

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.in_force or self.without_decider or self.proposed or self.contested)


@dataclass(frozen=True, slots=True)
class Seat:
    """A role's seat; `label` is what the squads that share it call it, empty where none does."""

    role: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class SeatCell:
    """The seats on which over half of the `answered` decisions of a squad's level end; several tie.

    `decisions` end on each, of which up to `elsewhere` belong to another role by the reference or
    by what was agreed. What fewer than `least` voices answered counts as not answered.
    """

    seats: tuple[Seat, ...]
    decisions: int
    answered: int
    elsewhere: int
    least: int = 1


@dataclass(frozen=True, slots=True)
class SeatAcross:
    """The one seat to tell of among those on which decisions of several squads end.

    They do so in over half of the squads that share it; without a label, in over half of those
    that give theirs none. Of such seats it has most `lower`, else `elsewhere`, else `decisions`.
    `decisions` of `squads` end there, `alone` of them on no other seat; `elsewhere` belong to
    another role by the reference or by what was agreed, `lower` of these to lower seats alone.
    `cells` tell every squad level by level.
    """

    seat: Seat
    squads: int
    decisions: int
    elsewhere: int
    lower: int
    alone: int
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


def agreed_across(
    framework: Framework, results: Sequence[Result], *, today: date, until: date | None = None
) -> AgreedAcross:
    """What the squads of some results agreed, as it stands today or stood at the end of `until`."""
    by_level = {level: AgreedCounts() for level in framework.level_ids}
    by_squad = {result.round.squad: AgreedCounts() for result in results}
    total, as_of = AgreedCounts(), None
    if until:
        results = [replace(result, agreements=result.agreements.as_of(until)) for result in results]
    for result in results:
        agreements, squad = result.agreements.on(today), result.round.squad
        as_of = agreements.day if agreements.is_last_told else None
        practice = practice_by_agreement(result.agreements, result.round.deep_unit)
        for agreement in agreements.holding_and_latest(squad):
            state, is_over = agreements.state(agreement), agreements.is_over(agreement)
            level = framework.lenses.decision_by_id[agreement.decision].level
            for counts in (total, by_level[level], by_squad[squad]):
                counts.add(state, practice.get(agreement), is_over=is_over)
    return AgreedAcross(
        by_level=by_level,
        by_squad={squad: counts for squad, counts in by_squad.items() if counts},
        total=total,
        unsettled=tuple(_contested(framework, results, today)),
        seat=_seat_across(framework, results, today=today),
        as_of=as_of,
    )


def _contested(framework: Framework, results: Iterable[Result], today: date) -> list[str]:
    """The decisions contested in squads that have not settled them: in most squads first."""
    counts: Counter[str] = Counter()
    for result in results:
        if result.tells_who_decides and not result.agreements.hidden:
            squad, agreements = result.round.squad, result.agreements.on(today)
            counts.update(
                decision
                for decision in result.who_decides.still_contested
                if not agreements.reference(squad, decision)
            )
    order = list(framework.lenses.decision_by_id)
    return sorted(counts, key=lambda decision: (-counts[decision], order.index(decision)))


@dataclass(frozen=True, slots=True)
class _End:
    """A seat on which a decision of one squad ends, and on no other where it `is_alone`.

    The decision belongs to another role where it `is_elsewhere`, to lower ones where it `is_lower`.
    """

    seat: Seat
    squad: str
    level: str
    is_alone: bool
    is_elsewhere: bool
    is_lower: bool


def _seat_across(
    framework: Framework, results: Iterable[Result], *, today: date
) -> SeatAcross | None:
    """Of the seats that at least half of the voices name in most squads the one to tell of."""
    telling = [result for result in results if result.tells_who_decides]
    spelled: dict[tuple[str, str], Seat] = {}
    seats = [_seats(framework, result, spelled) for result in telling]
    shared_by = Counter(seat for of_squad in seats for seat in of_squad.values())
    ends = [
        end
        for result, of_squad in zip(telling, seats, strict=True)
        for end in _ends(result, of_squad, today)
    ]
    by_seat: dict[Seat, list[_End]] = {}
    for end in ends:
        by_seat.setdefault(end.seat, []).append(end)
    across = [
        SeatAcross(
            seat,
            squads=len({end.squad for end in of_seat}),
            decisions=len(of_seat),
            elsewhere=sum(end.is_elsewhere for end in of_seat),
            lower=sum(end.is_lower for end in of_seat),
            alone=sum(end.is_alone for end in of_seat),
        )
        for seat, of_seat in by_seat.items()
    ]

    def weight(one: SeatAcross) -> tuple[int, ...]:
        order = framework.role_ids.index(one.seat.role)
        return (one.lower, one.elsewhere, one.decisions, one.squads, -order)

    common = [one for one in across if one.squads > 1 and 2 * one.squads > shared_by[one.seat]]
    first = max(common, key=weight, default=None)
    return first and replace(first, cells=dict(_cells(framework, telling, ends)))


def _cells(
    framework: Framework, telling: Iterable[Result], ends: Iterable[_End]
) -> Iterator[tuple[tuple[str, str], SeatCell]]:
    """By squad and level the seats on which most of its decisions end, none before others."""
    by_cell: dict[tuple[str, str], list[_End]] = {}
    for end in ends:
        by_cell.setdefault((end.squad, end.level), []).append(end)
    for result in telling:
        unit = result.round.deep_unit
        decisions = unit.deep.who_decides.decisions
        answered = Counter(decision.level for decision in decisions if decision.voices)
        for level in framework.level_ids:
            key = (unit.squad, level)
            yield key, _cell(framework, by_cell.get(key, []), answered[level], unit.least)


def _cell(framework: Framework, ends: Sequence[_End], answered: int, least: int) -> SeatCell:
    decisions = Counter(end.seat for end in ends)
    most = max(decisions.values(), default=0)
    if 2 * most <= answered:
        return SeatCell((), 0, answered, 0, least)
    seats = [seat for seat in decisions if decisions[seat] == most]
    seats.sort(key=lambda seat: framework.role_ids.index(seat.role))
    elsewhere = Counter(end.seat for end in ends if end.is_elsewhere)
    return SeatCell(tuple(seats), most, answered, max(elsewhere[seat] for seat in seats), least)


def _seats(
    framework: Framework, result: Result, spelled: dict[tuple[str, str], Seat]
) -> Mapping[str, Seat]:
    """A squad's seats by role; one that is spelled otherwise elsewhere is the same."""
    setup = result.round.deep_unit.seating.setup
    labels = setup.shared_seats if setup else {}
    seats = {role: Seat(role, labels.get(role, "")) for role in framework.role_ids}
    return {
        role: spelled.setdefault((role, name_key(seat.label)), seat) for role, seat in seats.items()
    }


def _ends(result: Result, seats: Mapping[str, Seat], today: date) -> Iterator[_End]:
    """For each decision the seats of the roles that most voices name."""
    shown, seating = result.round.deep_unit, result.round.deep_unit.seating
    decisions = shown.framework.lenses.decision_by_id
    agreements = result.agreements.on(today)
    for mapped in shown.deep.who_decides.decisions:
        agreement = agreements.reference(shown.squad, mapped.decision)
        listed = seating.listed_for(decisions[mapped.decision])
        deciders = (agreement.decides,) if agreement else seating.expected(listed)
        named, half = mapped.named, MOST * mapped.voices
        roles = [role for role, count in named.items() if role in seats and count >= half]
        for role in roles:
            if agreement:
                is_elsewhere = seating.person_of(role) != seating.person_of(agreement.decides)
            else:
                is_elsewhere = not (seating.is_held(role) and seating.decides(role, listed))
            yield _End(
                seats[role],
                shown.squad,
                mapped.level,
                is_alone=len(roles) == 1,
                is_elsewhere=is_elsewhere,
                is_lower=is_elsewhere and seating.are_below(deciders, role),
            )
