"""Seats: who can decide in a squad's setup, and who should, level by level; pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from uuid import UUID

from assessment.model import NOT_APPLICABLE, Answers, Decision, Framework, Level, name_key
from assessment.model.setup import ABSENT, EMPTY, SAME_AS, Setup


@dataclass(frozen=True, eq=False)
class Seating:
    """Who sits where in a squad, and what follows for who decides; by role ids.

    Without a setup every role is assumed to have a person of its own. A seat that is empty or
    absent decides nothing.
    """

    framework: Framework
    setup: Setup | None = None

    @property
    def assumed(self) -> bool:
        """Whether nobody told the setup, so that a PM, a PO and all others are taken for there."""
        return self.setup is None

    @cached_property
    def held(self) -> tuple[str, ...]:
        """The roles somebody holds, in framework order."""
        return tuple(role for role in self.framework.role_ids if self._is_held(role))

    @cached_property
    def seats_of_person(self) -> Mapping[str, tuple[str, ...]]:
        """By role held, every role its person holds, in framework order."""
        person = {role: self._sitting_in(role) for role in self.held}
        return {
            role: tuple(other for other in self.held if person[other] == person[role])
            for role in self.held
        }

    @cached_property
    def counts_as(self) -> Mapping[str, frozenset[str]]:
        """By role held, what its person may decide as: their seats, and those these stand for.

        Article C: a CPTO holds the CPO's and the CTO's mandates in one.
        """
        stands_for = {role.id: {role.id, *role.stands_for} for role in self.framework.roles}
        return {
            role: frozenset().union(*(stands_for[seat] for seat in seats))
            for role, seats in self.seats_of_person.items()
        }

    def is_held(self, role: str) -> bool:
        """Whether somebody holds a role."""
        return role in self.counts_as

    def person_of(self, role: str) -> str:
        """Who holds a role, by the first of their seats; a role nobody holds stands for itself."""
        return self.seats_of_person.get(role, (role,))[0]

    def people(self, roles: Iterable[str]) -> frozenset[str]:
        """The people who hold some roles: two seats of one person are one."""
        asked = tuple(roles)
        if asked not in self._people:
            self._people[asked] = frozenset(map(self.person_of, asked))
        return self._people[asked]

    @cached_property
    def _people(self) -> dict[tuple[str, ...], frozenset[str]]:
        """Who holds some roles, once asked: voices name the same few again and again."""
        return {}

    @cached_property
    def has_two_seats_of_one(self) -> bool:
        """Whether anybody sits in several seats."""
        return any(len(seats) > 1 for seats in self.seats_of_person.values())

    def every_seat(self, roles: Iterable[str]) -> frozenset[str]:
        """Some roles, and whatever else their people hold."""
        return frozenset(seat for role in roles for seat in self.seats_of_person.get(role, (role,)))

    def answers_that_apply(self, answers: Answers) -> Answers:
        """A quick check's answers; items about a seat that nobody holds do not apply.

        A check without any answer stays one.
        """
        if not (answers and self.unasked):
            return answers
        return {**answers, **dict.fromkeys(self.unasked, NOT_APPLICABLE)}

    @cached_property
    def unasked(self) -> Mapping[str, str]:
        """The items about a seat that nobody holds, each with its role."""
        return {
            item.id: item.needs_role
            for item in self.framework.items
            if item.needs_role and not self.is_held(item.needs_role)
        }

    def listed_at(self, level_id: str) -> tuple[str, ...]:
        """The deciders the framework gives a level: article A's with a PO, else article B's."""
        level, has_po = self._levels[level_id], self.is_held(self.framework.rules.po_seat)
        return level.decides if has_po else level.decides_without_po

    def does_without(self, role: str) -> bool:
        """Whether the setup has no such seat, and needs none: no PO where article B's deciders are.

        Wherever a PO would decide, one of those who decide in their place is there.
        """
        if role != self.framework.rules.po_seat or self.setup is None:
            return False
        return self.setup.seats.get(role, ABSENT) == ABSENT and all(
            self.expected({*level.decides_without_po} - {*level.decides})
            for level in self.framework.levels
            if role in level.decides
        )

    def listed_for(self, decision: Decision) -> tuple[str, ...]:
        """The deciders the framework gives a decision: its own, else those of its level."""
        return decision.decides or self.listed_at(decision.level)

    def expected(self, listed: Collection[str]) -> tuple[str, ...]:
        """The deciders of a list who are there: the roles held, else who stands for them."""
        away = {wanted for wanted in listed if not self.is_held(wanted)}
        return tuple(role for role in self.held if role in listed or away & self.counts_as[role])

    def expected_for(self, decision: str) -> tuple[str, ...]:
        """Who of the framework's deciders of a decision is there, or stands for who is away."""
        return self.expected(self.listed_for(self.framework.lenses.decision_by_id[decision]))

    def decides(self, role: str, listed: Iterable[str]) -> bool:
        """Whether a role held is in a list by one of the roles it counts as."""
        return not self.counts_as[role].isdisjoint(listed)

    def is_vacant(self, listed: Sequence[str]) -> bool:
        """Whether nobody in a list is there to decide."""
        return not any(self.decides(role, listed) for role in self.held)

    def must_not_decide(self, role: str, decision: Decision) -> bool:
        """Whether a role held must keep off a decision.

        So it is when it counts as one that must not decide at the level, and as none of the
        deciders: a PM who is also the PO still decides the vision.
        """
        counts_as = self.counts_as[role]
        deciders = {*self.listed_for(decision), *self.listed_at(decision.level)}
        barred = self._levels[decision.level].must_not_decide
        return not counts_as.isdisjoint(barred) and counts_as.isdisjoint(deciders)

    def are_below(self, roles: Collection[str], role: str) -> bool:
        """Whether each of some roles, of which there is any, sits lower than a role.

        Leaders sit highest; of the others, who decides at an earlier level sits higher. A person
        in two seats sits as high as the higher one.
        """
        return bool(roles) and all(self._height(role) < self._height(other) for other in roles)

    def _height(self, role: str) -> int:
        """How far from the top a role sits: 0 for leaders, then by its first level."""
        return min(map(self._height_of, self.counts_as.get(role, (role,))))

    def _height_of(self, role: str) -> int:
        if role in self.framework.rules.leaders:
            return 0
        levels = enumerate(self.framework.levels, start=1)
        decides = (at for at, one in levels if role in (*one.decides, *one.decides_without_po))
        return next(decides, len(self.framework.levels) + 1)

    def is_consulted(self, role: str, level_id: str) -> bool:
        """Whether a role held is asked before a level's decisions are taken."""
        return not self.counts_as[role].isdisjoint(self._levels[level_id].consulted)

    def _sitting_in(self, role: str) -> str:
        """The role whose person sits in a seat: its own, or another that has the same person."""
        seat = self.setup.seats[role] if self.setup else role
        return seat.removeprefix(SAME_AS) if seat.startswith(SAME_AS) else role

    def _is_held(self, role: str) -> bool:
        return not self.setup or self.setup.seats.get(role, ABSENT) not in (EMPTY, ABSENT)

    @cached_property
    def _levels(self) -> Mapping[str, Level]:
        return {level.id: level for level in self.framework.levels}


class SquadSeats:
    """A squad's seating day by day, as its setups tell it; assumed before the first of them."""

    def __init__(self, framework: Framework, setups: Iterable[Setup] = ()) -> None:
        self._framework = framework
        every = tuple(setups)
        self._setups = tuple(setup for setup in every if not setup.is_end)
        self._ends = tuple(setup.since for setup in every if setup.is_end)
        self._seatings: dict[UUID | None, Seating] = {}
        self._seating_by_day: dict[date, Seating] = {}

    def setup_on(self, day: date) -> Setup | None:
        """The setup in force on a day; None when nobody told it."""
        return _latest(setup for setup in self._setups if setup.since <= day)

    def ended_on(self, day: date) -> date | None:
        """The last day of the squad, if it has ended by a day; None where it goes on."""
        ended_on = max((end for end in self._ends if end <= day), default=None)
        told = self.setup_on(day)
        return None if ended_on and told and told.since > ended_on else ended_on

    def on(self, day: date) -> Seating:
        """Who sits where on a day."""
        if day not in self._seating_by_day:
            setup = self.setup_on(day)
            seating = Seating(self._framework, setup)
            key = setup.setup_id if setup else None
            self._seating_by_day[day] = self._seatings.setdefault(key, seating)
        return self._seating_by_day[day]

    def away_since(self, role: str, day: date) -> date | None:
        """Since which day nobody has held a role; None where somebody holds it on a day."""
        since = None
        for begun in sorted({one.since for one in self._setups if one.since <= day}, reverse=True):
            if self.on(begun).is_held(role):
                break
            since = begun
        return since

    def changes(self, first: date, last: date) -> tuple[date, ...]:
        """The days after the first and up to the last from which a seat is held differently."""
        days = sorted({s.since for s in self._setups if first < s.since <= last})
        both = pairwise(map(self._seats_on, (first, *days)))
        return tuple(
            day for day, (before, after) in zip(days, both, strict=True) if before != after
        )

    def _seats_on(self, day: date) -> Mapping[str, str] | None:
        """How each role that exists is held; None while nobody told it."""
        if (setup := self.setup_on(day)) is None:
            return None
        return {role: how for role, how in setup.seats.items() if how != ABSENT}


def setup_in_force(setups: Iterable[Setup], squad: str, day: date) -> Setup | None:
    """A squad's setup on a day: the latest that had begun.

    Of two with the same first day the later saved counts, at the same moment the later row.
    """
    key = name_key(squad)
    told = (setup for setup in setups if setup.squad_key == key and not setup.is_end)
    return _latest(setup for setup in told if setup.since <= day)


def _latest(setups: Iterable[Setup]) -> Setup | None:
    # `max` keeps the first of equals: of rows that tie, read backwards, the later one.
    in_time = reversed(tuple(setups))
    return max(in_time, key=lambda setup: (setup.since, setup.saved_at), default=None)
