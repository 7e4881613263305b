"""What makes each round: a squad's records of one period, or of one survey; pure."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from uuid import UUID

from assessment.model import Assessment, Framework, Setup, Survey, Total
from assessment.model.period import By, Period
from assessment.scoring.seats import SquadSeats
from assessment.scoring.voices import counting_voices
from assessment.scoring.who_decides import LeftOut, left_out_of

UnitKey = tuple[str, Period, UUID | None]
"""A squad, whatever its spelling, a period, and a survey, a total, or None for single checks."""


def is_ahead(day: date, today: date) -> bool:
    """Whether a day is after tomorrow, which it is nowhere yet: some clock was wrong."""
    return day - today > timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnitRecords:
    """All that makes a round, every setup of its squad included: equal records, equal rounds."""

    squad: str
    period: Period
    survey: Survey | None
    assessments: tuple[Assessment, ...]
    totals: tuple[Total, ...]
    setups: tuple[Setup, ...]


class Grouping:
    """Records by the round that they make: a survey, or the single checks of a period.

    Answers to a survey that is not among `surveys` are single checks. Of `earlier`, a grouping of
    the first of the same assessments, it takes over where these belong.
    """

    def __init__(
        self,
        assessments: Sequence[Assessment],
        by: By,
        setups: Iterable[Setup],
        surveys: Iterable[Survey | Total],
        *,
        earlier: "Grouping | None" = None,
    ) -> None:
        units = tuple(surveys)
        self._by = by
        self._assessments = assessments
        self._surveys = {unit.id: unit for unit in units if isinstance(unit, Survey)}
        self._totals = [unit for unit in units if isinstance(unit, Total)]
        self._groups: dict[UnitKey, tuple[Assessment, ...]] = {}
        self._spellings: dict[str, str] = {}
        self._newest: Assessment | None = None
        if earlier and earlier._begins(self):
            self._groups |= earlier._groups
            self._spellings |= earlier._spellings
            self._newest = earlier._newest
            assessments = assessments[len(earlier._assessments) :]
        self._add(assessments)
        self.names = self._spellings.copy()
        for total in self._totals:
            self.names.setdefault(total.squad_key, total.squad)
        self.setups: dict[str, list[Setup]] = {squad: [] for squad in self.names}
        for setup in setups:
            self.setups.setdefault(setup.squad_key, []).append(setup)

    def _begins(self, later: "Grouping") -> bool:
        """Whether another one starts with the same assessments, which belong where they do here."""
        known = self._assessments  # the very same records compare at once
        alike = (self._by, self._surveys.keys()) == (later._by, later._surveys.keys())
        return alike and known == later._assessments[: len(known)]

    def _add(self, assessments: Sequence[Assessment]) -> None:
        added: dict[UnitKey, list[Assessment]] = {}
        for assessment in assessments:
            self._spellings.setdefault(assessment.squad_key, assessment.squad)
            survey = assessment.gathering if assessment.gathering in self._surveys else None
            period = Period.of(assessment.assessed_on, self._by)
            added.setdefault((assessment.squad_key, period, survey), []).append(assessment)
        for key, group in added.items():
            self._groups[key] = (*self._groups.get(key, ()), *group)
        known = (self._newest,) if self._newest else ()
        by_name = sorted((*known, *assessments), key=lambda check: check.squad_key)
        self._newest = max(by_name, key=lambda check: check.moment, default=None)

    def newest_squad(self, today: date, ended: Container[str]) -> str:
        """The squad of which the latest assessment or total speaks, empty where there is none.

        One of the `ended` squads, by their keys, counts only where no other goes on, and one that
        is ahead of `today` only where all are. Of equal moments the first squad by key counts.
        """
        last, checks = self._newest, self._assessments
        if last and last.squad_key not in ended and not is_ahead(last.assessed_on, today):
            checks = (last,)
        heard = [(check.squad_key, *check.moment) for check in checks]
        heard += [(total.squad_key, total.assessed_on, total.saved_at) for total in self._totals]
        heard = [of for of in heard if of[0] not in ended] or heard
        heard = [of for of in heard if not is_ahead(of[1], today)] or heard
        return self.names[max(sorted(heard), key=itemgetter(1, 2))[0]] if heard else ""

    def last_heard(self, squad: str, today: date) -> date | None:
        """The last day up to `today` on which a squad, by its key, answered or began a survey."""
        days = [
            check.assessed_on
            for (key, *_), checks in self._groups.items()
            for check in checks
            if key == squad
        ]
        days += [total.assessed_on for total in self._totals if total.squad_key == squad]
        days += [one.opened_on for one in self._surveys.values() if one.squad_key == squad]
        return max((day for day in days if day <= today), default=None)

    def records(self) -> Mapping[UnitKey, UnitRecords]:
        """What makes each round: assessments, totals, or both."""
        totals: dict[UnitKey, list[Total]] = {}
        for total in self._totals:
            totals.setdefault(self._key_of(total), []).append(total)
        return {
            key: UnitRecords(
                self.names[key[0]],
                period=key[1],
                survey=self._surveys.get(key[2]) if key[2] else None,
                assessments=group,
                totals=tuple(totals.get(key, ())),
                setups=tuple(self.setups[key[0]]),
            )
            for key, group in {**dict.fromkeys(totals, ()), **self._groups}.items()
        }

    def _key_of(self, total: Total) -> UnitKey:
        """Where a total counts: with its period's single checks, or as a unit of its own.

        It does so for a survey, and where single checks of its own month are there, which it may
        have counted already.
        """
        month, period = (Period.of(total.assessed_on, by) for by in ("month", self._by))
        checks = self._groups.get((total.squad_key, period, None), ())
        alone = total.invited or any(Period.of(c.assessed_on, "month") == month for c in checks)
        return total.squad_key, period, total.id if alone else None


def replaced_count(assessments: Iterable[Assessment]) -> int:
    """How many single checks do not count, since their voice's later one of the month does."""
    by_month: dict[tuple[str, Period], list[Assessment]] = {}
    for check in assessments:
        if check.gathering is None:
            month = Period.of(check.assessed_on, "month")
            by_month.setdefault((check.squad_key, month), []).append(check)
    return sum(len(checks) - len(counting_voices(checks)) for checks in by_month.values())


def left_out_by_adding(
    framework: Framework,
    checks: Sequence[Assessment],
    setups: Sequence[Setup],
    *,
    beside: Iterable[Assessment],
    known: Sequence[Setup],
) -> tuple[LeftOut, ...]:
    """The answers that name a role nobody holds on their day once checks and setups are added.

    These are answers of the checks, and stored ones `beside` them that count with the setups known.
    """
    squads = {setup.squad_key for setup in setups}
    stored = [check for check in beside if check.squad_key in squads]
    after = _left_out_by_setups(framework, [*stored, *checks], [*known, *setups])
    before = _left_out_by_setups(framework, stored, known)
    return tuple((Counter(after) - Counter(before)).elements())


def _left_out_by_setups(
    framework: Framework, checks: Iterable[Assessment], setups: Iterable[Setup]
) -> tuple[LeftOut, ...]:
    mapped = [check for check in checks if check.deep.deciders]
    own: dict[str, list[Setup]] = {check.squad_key: [] for check in mapped}
    for setup in setups:
        own.setdefault(setup.squad_key, []).append(setup)
    seats = {squad: SquadSeats(framework, of_squad) for squad, of_squad in own.items()}
    return left_out_of(
        [seats[check.squad_key].on(check.assessed_on) for check in mapped],
        [check.deep.deciders for check in mapped],
    )


def replaced_by_adding(new: Iterable[Assessment], stored: Iterable[Assessment]) -> int:
    """How many more single checks do not count once new ones stand beside what is stored."""
    added = [*new]
    squads = {check.squad_key for check in added}
    beside = [check for check in stored if check.squad_key in squads]
    return replaced_count([*beside, *added]) - replaced_count(beside)
