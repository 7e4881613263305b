"""Every squad's rounds over time: made of all records, and of an earlier history where it can."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, date, timedelta, tzinfo
from fractions import Fraction
from itertools import chain, groupby
from operator import attrgetter
from typing import Self
from uuid import uuid5

from assessment.model import Agreement, Assessment, Confirmation, Framework, Setup, Survey, Total
from assessment.model.names import name_key, sort_key
from assessment.model.period import By, Period
from assessment.model.vote import Vote
from assessment.rounds.agreements import Agreements
from assessment.rounds.grouping import Grouping, UnitKey, UnitRecords, is_ahead
from assessment.rounds.round import Round
from assessment.scoring.levels import healths_of, score_table
from assessment.scoring.pooling import pooled
from assessment.scoring.seats import SquadSeats
from assessment.scoring.voices import counting_voices, deep_answers_by_voice

ENOUGH = Fraction(2, 3)
"""Of as many squads as any period has, the share with which a later one is shown first."""

STOPPED_AFTER = timedelta(days=365)
"""So long before the newest round of all ends what counts for the period that is shown first."""


class History:
    """Every round of every squad, scored; squads by name, rounds by time.

    A squad has one round in a period: the last of its units with a score, or the last of all where
    none has any; a unit is a survey, or all single checks. Who decides is told by the last that
    says so, or by the last deep check. What else it answered stands beside both, and is never added
    to them. Answers to a survey that is not among `surveys` are pooled as single checks. Totals
    among these are what is kept of a month or a survey whose answers are gone, of as many voices: a
    month's are pooled with the single checks of the other months of a quarter. `version` says which
    data it was made from, so that what is drawn from it can be kept. Of `earlier`, a history of the
    same squads' records before something was saved, it keeps every round that has not changed.
    """

    def __init__(
        self,
        framework: Framework,
        assessments: Sequence[Assessment],
        by: By,
        setups: Sequence[Setup] = (),
        *,
        surveys: Iterable[Survey | Total] = (),
        version: Hashable = None,
        earlier: "History | None" = None,
    ) -> None:
        self.framework = framework
        self.by = by
        self.version = (version, by)
        self.agreements = Agreements(framework, seats_of=self.seats)
        earlier = earlier if earlier and earlier.framework == framework else None
        self._grouping: Grouping = Grouping(
            assessments, by, setups, surveys, earlier=earlier._grouping if earlier else None
        )
        self._names = self._grouping.names
        setups_by_squad = self._grouping.setups.items()
        self._seats = {squad: SquadSeats(framework, own) for squad, own in setups_by_squad}
        self._records = self._grouping.records()
        self._units = self._units_kept(earlier) if earlier else {}
        fresh = {key: own for key, own in self._records.items() if key not in self._units}
        self._units |= zip(fresh, self._scored(fresh.values()), strict=True)
        self._units_by_squad: dict[str, list[Round]] = {key: [] for key in self._names}
        for (squad, *_), unit in sorted(self._units.items(), key=lambda keyed: keyed[1].order):
            self._units_by_squad[squad].append(unit)
        self._rounds = {
            squad: tuple(_round_of([*of_period]) for _, of_period in groupby(units, _period_of))
            for squad, units in self._units_by_squad.items()
        }

    def reading(
        self,
        agreements: Iterable[Agreement],
        confirmations: Iterable[Confirmation],
        votes: Iterable[Vote] = (),
        *,
        until: date | None = None,
        hidden: bool = False,
        zone: tzinfo = UTC,
    ) -> Self:
        """The same history beside what the squads agreed, read for their seats of each day.

        Agreements stand as they did at the end of `until`, once that is over; `hidden` tells that
        some may be left out, `zone` on which day each answer to one was given.
        """
        beside = copy(self)
        beside.agreements = replace(
            self.agreements,
            agreements=tuple(agreements),
            confirmations=tuple(confirmations),
            votes=tuple(votes),
            until=until,
            hidden=hidden,
            zone=zone,
        )
        return beside

    def newest_squad(self, today: date) -> str:
        """The squad of which the latest assessment or total speaks, empty where there is none.

        One that is ahead of `today` counts only where all are; of squads that have ended none does
        where another goes on.
        """
        names = self._names.items()
        ended = {key for key, squad in names if self.ended_on(squad, today=today)}
        return self._grouping.newest_squad(today, ended)

    @property
    def squads(self) -> tuple[str, ...]:
        """Every squad in its first spelling, by name."""
        return tuple(self._names[key] for key in sorted(self._names, key=sort_key))

    def ended_on(self, squad: str, *, today: date) -> date | None:
        """The last day of a squad that has ended by a day; None where it goes on.

        It does where it answered, or was asked, after that day.
        """
        ended = self.seats(squad).ended_on(today)
        heard = ended and self._grouping.last_heard(name_key(squad), today)
        return None if ended and heard and heard > ended else ended

    def first_end(self, squad: str, *, today: date) -> date | None:
        """The first day that can be a squad's last: when it was last heard of, or set up anew."""
        setup = self.seats(squad).setup_on(today)
        days = (self._grouping.last_heard(name_key(squad), today), setup.since if setup else None)
        return max((day for day in days if day), default=None)

    def going_on(self, squads: Iterable[str], *, today: date) -> tuple[str, ...]:
        """Those of some squads that have not ended by a day."""
        return tuple(squad for squad in squads if not self.ended_on(squad, today=today))

    def spelling(self, squad: str) -> str | None:
        """The first spelling of a squad, however it is written here; None when unknown."""
        return self._names.get(name_key(squad))

    def rounds(self, squad: str, *, today: date = date.max) -> tuple[Round, ...]:
        """The rounds of a squad, earliest first; none when the squad is unknown.

        Those ahead of `today` are among them only where all are.
        """
        return _not_ahead(self._rounds.get(name_key(squad), ()), today)

    def units(self, squad: str, *, today: date = date.max) -> tuple[Round, ...]:
        """What the squad answered, each survey by itself, in order; as `rounds` by `today`."""
        return _not_ahead(tuple(self._units_by_squad.get(name_key(squad), ())), today)

    def latest(self, squad: str, *, today: date = date.max) -> Round | None:
        """The squad's most recent round."""
        return next(reversed(self.rounds(squad, today=today)), None)

    def last_scored(self, squad: str, *, today: date = date.max) -> Round | None:
        """The squad's most recent round with a score."""
        return _first_scored(reversed(self.rounds(squad, today=today)))

    def quarter_with_scores(self, unscored: Round, *, today: date = date.max) -> Period | None:
        """The quarter in which a month's round is pooled with the last scores; None without."""
        quarter = Period.of(unscored.period.first_day, "quarter")
        last = self.last_scored(unscored.squad, today=today)
        of_quarter = [
            unit
            for unit in self.units(unscored.squad)
            if Period.of(unit.period.first_day, "quarter") == quarter
        ]
        is_pooled = self.by == "month" and not any(unit.invited for unit in of_quarter)
        holds_last = last is not None and last.order in [unit.order for unit in of_quarter]
        return quarter if is_pooled and holds_last else None

    def at(self, squad: str, period: Period) -> Round | None:
        """The squad's round in a period."""
        return next((scored for scored in self.rounds(squad) if scored.period == period), None)

    def beside(self, shown: Round) -> tuple[Round, ...]:
        """What else the squad answered in a round's period, by date; not part of the round."""
        of_period = [unit for unit in self.units(shown.squad) if unit.period == shown.period]
        others = [unit for unit in of_period if unit.order != shown.order]
        return tuple(sorted(others, key=lambda unit: (unit.first_day, unit.last_day)))

    def before_and_after(self, shown: Round) -> tuple[Round | None, Round]:
        """Between which two rounds it is told what moved, up to one of them; None before a first.

        They are the last two with a score; where one has any it stands beside the round itself.
        """
        earlier = tuple(self._back_from(shown))
        scored = [checked for checked in (shown, *earlier) if checked.is_scored]
        if len(scored) > 1:
            return scored[1], scored[0]
        return _first_scored(earlier) or next(iter(earlier), None), shown

    def deep_before(self, later: Round) -> Round | None:
        """What said who decides, or told lenses, before a round of the same squad."""
        units = (earlier.deep_unit for earlier in self._back_from(later))
        return next((unit for unit in units if unit.deep_answers), None)

    def _back_from(self, later: Round) -> Iterator[Round]:
        """The squad's rounds before one of them, the last of them first."""
        rounds = self.rounds(later.squad)
        return (earlier for earlier in reversed(rounds) if earlier.period < later.period)

    def seats(self, squad: str) -> SquadSeats:
        """A squad's seating day by day; assumed where nobody told it."""
        return self._seats.get(name_key(squad)) or SquadSeats(self.framework)

    def periods(self, squads: Iterable[str], *, least: int = 1) -> tuple[Period, ...]:
        """The periods in which one of the squads, or so many, have a round, latest first."""
        counts = Counter(scored.period for squad in squads for scored in self.rounds(squad))
        return tuple(sorted((of for of in counts if counts[of] >= least), reverse=True))

    def opening_period(
        self, squads: Iterable[str], *, by_scores: bool = False, today: date = date.max
    ) -> Period | None:
        """The latest period in which enough squads have a round; None where none has any.

        `ENOUGH` is the share of as many as the fullest period has, so that one just begun is not
        shown; of two squads one is enough. Rounds older than the newest by `STOPPED_AFTER` do not
        count, so that squads that stopped hold no others back. Nor do those ahead of `today`
        beside others, so that a wrong clock takes over for nobody, those of squads that have ended
        or of the sample company beside others, nor, of several squads, those without a score beside
        others with one; `by_scores` they never do.
        """
        named = tuple(squads)
        named = self.going_on(named, today=today) or named
        rounds = [checked for squad in named for checked in self.rounds(squad)]
        rounds = _those(rounds, lambda checked: not is_ahead(checked.first_day, today))
        rounds = _those(rounds, lambda checked: not checked.holds_sample)
        if by_scores:
            rounds = _those(rounds, lambda checked: checked.is_scored)
        newest = max((checked.last_day for checked in rounds), default=date.max)
        recent = [checked for checked in rounds if newest - checked.last_day < STOPPED_AFTER]
        if len({checked.squad for checked in recent}) > 1:
            recent = _those(recent, lambda checked: checked.is_scored)
        counts = Counter(checked.period for checked in recent)
        is_of_two = len({checked.squad for checked in recent}) == 2
        enough = 1 if is_of_two else ENOUGH * max(counts.values(), default=0)
        return max((period for period in counts if counts[period] >= enough), default=None)

    def all_rounds(self) -> tuple[Round, ...]:
        """Every round, squads in the order they first appeared, periods in time."""
        return tuple(scored for key in self._names for scored in self._rounds[key])

    def _units_kept(self, earlier: "History") -> dict[UnitKey, Round]:
        """The rounds of an earlier history that this one would make alike."""
        return {
            key: unit
            for key, unit in earlier._units.items()
            if self._records.get(key) == earlier._records[key]
        }

    def _scored(self, records: Collection[UnitRecords]) -> Iterator[Round]:
        """A round of each records: its voices and totals pooled, all rounds scored at once."""
        voices = [
            (*chain.from_iterable(map(_voices_of, own.totals)), *self._voices(own.assessments))
            for own in records
        ]
        sheets = [voice.answers for of_unit in voices for voice in of_unit]
        units = [index for index, of_unit in enumerate(voices) for _voice in of_unit]
        healths = pooled(healths_of(self.framework, sheets), units, count=len(voices))
        table = score_table(self.framework, healths)
        for index, own in enumerate(records):
            days = [assessment.assessed_on for assessment in own.assessments]
            days += [total.assessed_on for total in own.totals]
            seats = self.seats(own.squad)
            yield Round(
                framework=self.framework,
                squad=own.squad,
                period=own.period,
                voices=voices[index],
                healths=healths.sheet(index),
                scores=table.sheet(index),
                first_day=min(days),
                last_day=max(days),
                deep_answers=deep_answers_by_voice(
                    self.framework.lenses, own.assessments, seats.on
                ),
                setup=seats.setup_on(max(days)),
                seats=seats,
                survey=own.survey,
                totals=own.totals,
            )

    def _voices(self, group: Sequence[Assessment]) -> tuple[Assessment, ...]:
        """The voices that count, each with the answers that apply by the setup of its day."""
        voices = []
        for voice in counting_voices(group):
            seating = self._seats[voice.squad_key].on(voice.assessed_on)
            answers = seating.answers_that_apply(voice.answers)
            changed = answers is not voice.answers
            voices.append(voice.model_copy(update={"answers": answers}) if changed else voice)
        return tuple(voices)


_period_of = attrgetter("period")


def _round_of(units: Sequence[Round]) -> Round:
    """The round of a period in which a squad has these units, the last of them last."""
    if len(units) == 1:
        return units[0]
    shown = _first_scored(reversed(units)) or units[-1]
    deep = [unit for unit in reversed(units) if unit.deep_answers] or [shown]
    last = next((unit for unit in deep if unit.deep.who_decides.is_answered), deep[0])
    return shown if last is shown else replace(shown, other_deep_unit=last)


def _not_ahead(rounds: tuple[Round, ...], today: date) -> tuple[Round, ...]:
    """Rounds in order without those ahead of a day; all of them where all are."""
    if rounds and is_ahead(rounds[-1].first_day, today):
        return tuple(one for one in rounds if not is_ahead(one.first_day, today)) or rounds
    return rounds


def _first_scored(rounds: Iterable[Round]) -> Round | None:
    return next((checked for checked in rounds if checked.is_scored), None)


def _voices_of(total: Total) -> tuple[Assessment, ...]:
    """As many voices as a total counts, who answered what it counts, and are nobody."""
    return tuple(
        Assessment(
            assessment_id=uuid5(total.total_id, str(number)),
            saved_at=total.saved_at,
            assessed_on=total.assessed_on,
            squad=total.squad,
            framework=total.framework,
            answers=answers,
        )
        for number, answers in enumerate(total.sheets)
    )


def _those(rounds: list[Round], are_so: Callable[[Round], bool]) -> list[Round]:
    """The rounds that are so; all of them where none is."""
    return [checked for checked in rounds if are_so(checked)] or rounds
