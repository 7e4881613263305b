"""Rounds: a squad's voices in one period, pooled, scored and set against the round before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, compress
from typing import Any, TypeAlias
from uuid import UUID, uuid5

from assessment.model import (
    UNKNOWN,
    Agreement,
    Answers,
    Assessment,
    Confirmation,
    Framework,
    Setup,
    Survey,
    Total,
    Vote,
    name_key,
    sort_key,
)
from assessment.model.period import BYS as BYS
from assessment.model.period import By, Period
from assessment.model.sample import holds_sample
from assessment.rounds.agreements import Agreements
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.diagnosis import Diagnosis, diagnosis_of
from assessment.scoring.disagreement import Disagreement, item_disagreements
from assessment.scoring.levels import (
    Healths,
    Scores,
    health_by_item,
    healths_of,
    score_table,
    weights_of,
)
from assessment.scoring.pooling import pooled
from assessment.scoring.robustness import (
    Holds,
    Range,
    Ranges,
    answering,
    holds_of,
    missing_ranges,
    ranges_of,
)
from assessment.scoring.seats import Seating, SquadSeats
from assessment.scoring.voices import VoiceDeepAnswers, counting_voices, deep_answers_by_voice

_RoundKey: TypeAlias = tuple[str, Period, UUID | None]
"""A squad, whatever its spelling, a period, and a survey, a total, or None for single checks."""

_Groups: TypeAlias = dict[_RoundKey, tuple[Assessment, ...]]


@dataclass(frozen=True, eq=False)
class Round:
    """One squad's survey, or its single checks of one period: the voices that count, pooled.

    `voices` answer what applies by the setup of their own day; `deep_answers` holds those to the
    deep check, by voice. `first_day` and `last_day` are the days spoken of, and `setup` the squad's
    setup on the last of them, None where nobody told it. `survey` is None for single checks;
    `totals` are what is left of those of its voices whose answers were counted and deleted. One of
    answers that are not saved yet has these as `unsaved`, and no voices.
    """

    framework: Framework
    squad: str
    period: Period
    voices: tuple[Assessment, ...]
    healths: Healths
    scores: Scores
    first_day: date
    last_day: date
    deep_answers: tuple[VoiceDeepAnswers, ...] = ()
    setup: Setup | None = None
    seats: SquadSeats | None = None
    survey: Survey | None = None
    totals: tuple[Total, ...] = ()
    unsaved: Answers | None = None

    @property
    def began(self) -> date:
        """The day from which it was answered; of a total, which keeps the last, its month's."""
        months = [Period.of(total.assessed_on, "month").first_day for total in self.totals]
        return min([self.first_day, *months])

    @property
    def order(self) -> tuple[Any, ...]:
        """Periods in time; in each totals of single checks, these, then surveys, the latest last.

        No two units of a squad stand at the same place.
        """
        unit = self.survey or next(iter(self.totals), None)
        if unit is None:
            return (self.period, 1)
        kind = 2 if self.invited else int(self.counted < len(self.voices))
        return (self.period, kind, self.last_day, unit.saved_at, str(unit.id))

    @property
    def invited(self) -> bool:
        """Whether its voices answered a survey, counted by now or not."""
        return self.survey is not None or any(total.invited for total in self.totals)

    @property
    def is_released(self) -> bool:
        """Whether others than its squad may see it, as they may whatever is no survey's."""
        return self.survey is None or self.survey.is_released

    @property
    def counted(self) -> int:
        """How many of its voices were counted and their answers deleted."""
        return sum(total.voices for total in self.totals)

    @cached_property
    def health(self) -> Mapping[str, float]:
        """The health in [0, 1] of each answered item, by its id."""
        return health_by_item(self.framework, self.healths)

    @cached_property
    def hidden_items(self) -> tuple[str, ...]:
        """The items that too few voices of a confidential survey answered to be shown, if any did.

        One that nobody answered is among them: how many did must not be told.
        """
        applying = compress(self.framework.item_ids, self.healths.applies[0])
        return tuple(item for item in applying if self._guards and item not in self.health)

    @cached_property
    def hidden_decisions(self) -> tuple[str, ...]:
        """The same of the decisions, where the survey asked who takes them."""
        decisions = self.deep.who_decides.decisions if self._guards and self.deep_answers else ()
        return tuple(mapped.decision for mapped in decisions if not mapped.voices)

    @cached_property
    def holds_sample(self) -> bool:
        """Whether a voice of the sample company is among its voices."""
        return holds_sample(self.voices)

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """Pressures, early warning and levers on the pooled answers."""
        return diagnosis_of(self.framework, self.healths)

    @cached_property
    def holds(self) -> Holds:
        """How far the result holds: one voice out, and under other weights."""
        holds = holds_of(self.framework, self.voice_healths)
        return holds.without_voices() if self.totals else holds

    @cached_property
    def ranges(self) -> Ranges:
        """The one-voice ranges as they may be shown."""
        return self.exact_ranges.guarded(least=self.least) if self._guards else self.exact_ranges

    @cached_property
    def exact_ranges(self) -> Ranges:
        """The same, never to be shown."""
        ranges = ranges_of(self.framework, self.voice_healths)
        return Ranges(ranges.voices, {}) if self.totals else ranges

    @property
    def _guards(self) -> bool:
        """Whether its voices stay unknown."""
        return self.survey is not None and self.survey.confidential

    @property
    def missing(self) -> int:
        """How many of those expected have answered no part at all; 0 where it is not told."""
        expected = self.survey.expected if self.survey else None
        return max(0, (expected or 0) - len(self.voices))

    @cached_property
    def missing_ranges(self) -> Mapping[str, Range | None]:
        """Where each level could lie once all have answered, as it may be shown; empty if nowhere.

        Whoever was expected and did not answer the quick check is missing from it. Of a
        confidential survey it is told like the one-voice ranges are, and as coarsely.
        """
        expected = self.survey and self.survey.expected
        if not expected or (self._guards and self.quick_voices < 2 * self.least):
            return {}
        ranges = missing_ranges(self.framework, self.voice_healths, expected=expected)
        if not self._guards:
            return ranges
        return {level: reach and reach.widened() for level, reach in ranges.items()}

    @property
    def least(self) -> int:
        """How many voices must stand behind whatever is told."""
        return self.survey.least_shown if self.survey else 1

    @cached_property
    def quick_voices(self) -> int:
        """How many voices answered an item that applies to them; 0 where that must not be told."""
        return self._shown(len(answering(self.voice_healths)))

    @cached_property
    def deep_voices(self) -> int:
        """How many voices took the deep check; 0 where that must not be told."""
        return self._shown(self.deep.voice_count) if self.deep_answers else 0

    def _shown(self, count: int) -> int:
        return count if count >= self.least else 0

    @cached_property
    def level_voices(self) -> Mapping[str, int]:
        """How many voices answered an item of each level."""
        about = weights_of(self.framework) > 0
        answered = (self.voice_healths.answered.astype(int) @ about) > 0
        counts = answered.sum(axis=0).tolist()
        return dict(zip(self.framework.level_ids, counts, strict=True))

    def answers_to(self, item: str) -> Mapping[str, int]:
        """How many voices gave which answer to an item, in the order of its scale.

        Answers without a health are none: what is unknown, or does not apply.
        """
        given = Counter(voice.answers.get(item) for voice in self.voices)
        options = self.framework.scale_of(item).options
        return {option.id: given[option.id] for option in options if given[option.id]}

    def is_unknown(self, item: str) -> bool:
        """Whether all who took the quick check say that they do not know an item's answer."""
        sheets = (
            [voice.answers for voice in self.voices] if self.unsaved is None else [self.unsaved]
        )
        taken = [answers.get(item) for answers in sheets if answers]
        return bool(taken) and all(option == UNKNOWN for option in taken)

    @property
    def setup_changes(self) -> tuple[date, ...]:
        """The days within the round from which the squad was set up differently."""
        return self.seats.changes(self.first_day, self.last_day) if self.seats else ()

    @cached_property
    def voice_healths(self) -> Healths:
        """The healths of each voice, in their order."""
        return healths_of(self.framework, [voice.answers for voice in self.voices])

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """How far voices differ per item that two or more answered, strongest first."""
        return item_disagreements(self.framework, [voice.answers for voice in self.voices])

    @cached_property
    def seating(self) -> Seating:
        """Who sits where in the squad; assumed without a setup."""
        return Seating(self.framework, self.setup)

    @cached_property
    def deep(self) -> DeepResult:
        """What the deep check says, false where nobody took it."""
        seating_on = self.seats.on if self.seats else None
        return DeepResult(self.seating, self.deep_answers, seating_on, self.least)


class History:
    """Every round of every squad, scored; squads by name, rounds by time.

    A squad has one round in a period: its latest survey, or its single checks where it had none.
    What else it answered in the period stands beside it, and is never added to it. Answers to a
    survey that is not among `surveys` are pooled as single checks. Totals among these are what is
    kept of a month or a survey whose answers are gone, of as many voices: a month's are pooled with
    the single checks of the other months of a quarter. `version` says which data it was made from,
    so that what is drawn from it can be kept. Of `earlier`, a history of the same squads' records
    before something was saved, it keeps every round that has not changed.
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
        earlier: History | None = None,
    ) -> None:
        self.framework = framework
        self.by = by
        self.version = (version, by)
        self.agreements = Agreements(framework, seats_of=self.seats)
        self._assessments = assessments
        units = tuple(surveys)
        self._surveys = {unit.id: unit for unit in units if isinstance(unit, Survey)}
        self._totals = tuple(unit for unit in units if isinstance(unit, Total))
        alike = earlier if earlier and (earlier.framework, earlier.by) == (framework, by) else None
        begun = alike if alike and alike._begins(assessments, self) else None
        new = assessments[len(begun._assessments) :] if begun else assessments
        self._names: dict[str, str] = dict(begun._names) if begun else {}
        for assessment in new:
            self._names.setdefault(assessment.squad_key, assessment.squad)
        for total in self._totals:
            self._names.setdefault(total.squad_key, total.squad)
        self._newest: Assessment | None = _newest(new, begun._newest if begun else None)
        self._setups: dict[str, list[Setup]] = {key: [] for key in self._names}
        for setup in setups:
            self._setups.setdefault(setup.squad_key, []).append(setup)
        self._seats = {
            key: SquadSeats(framework, squad_setups) for key, squad_setups in self._setups.items()
        }
        self._groups: _Groups = self._grouped(new, begun._groups if begun else {})
        self._totals_at: dict[_RoundKey, list[Total]] = {}
        for total in self._totals:
            self._totals_at.setdefault(self._place_of(total), []).append(total)
        self._groups |= {key: () for key in self._totals_at if key not in self._groups}
        self._by_squad: dict[str, list[Round]] = {key: [] for key in self._names}
        self._units = self._unchanged(alike) if alike else {}
        fresh = {key: group for key, group in self._groups.items() if key not in self._units}
        self._units |= zip(fresh, self._scored(fresh), strict=True)
        for unit in sorted(self._units.values(), key=lambda unit: unit.order):
            self._by_squad[name_key(unit.squad)].append(unit)
        self._rounds = {
            squad: tuple({unit.period: unit for unit in its}.values())  # the last of each
            for squad, its in self._by_squad.items()
        }

    def reading(
        self,
        agreements: Iterable[Agreement],
        confirmations: Iterable[Confirmation],
        votes: Iterable[Vote] = (),
        *,
        until: date | None = None,
        hidden: bool = False,
    ) -> History:
        """The same history beside what the squads agreed, read for their seats of each day.

        Agreements stand as they did at the end of `until`, once that is over; `hidden` tells that
        some may be left out.
        """
        beside = copy(self)
        beside.agreements = Agreements(
            self.framework,
            tuple(agreements),
            tuple(confirmations),
            seats_of=self.seats,
            votes=tuple(votes),
            until=until,
            hidden=hidden,
        )
        return beside

    @property
    def newest_squad(self) -> str:
        """The squad of which the latest assessment or total speaks, empty where there is none."""
        latest = [(*self._newest.moment, self._newest.squad_key)] if self._newest else []
        latest += [(total.assessed_on, total.saved_at, total.squad_key) for total in self._totals]
        return self._names[max(latest)[-1]] if latest else ""

    @property
    def squads(self) -> tuple[str, ...]:
        """Every squad in its first spelling, by name."""
        return tuple(self._names[key] for key in sorted(self._names, key=sort_key))

    def spelling(self, squad: str) -> str | None:
        """The first spelling of a squad, however it is written here; None when unknown."""
        return self._names.get(name_key(squad))

    def rounds(self, squad: str) -> tuple[Round, ...]:
        """The rounds of a squad, earliest first; none when the squad is unknown."""
        return self._rounds.get(name_key(squad), ())

    def units(self, squad: str) -> tuple[Round, ...]:
        """The same with what stands beside them; in each period the round comes last."""
        return tuple(self._by_squad.get(name_key(squad), ()))

    def latest(self, squad: str) -> Round | None:
        """The squad's most recent round."""
        return next(reversed(self.rounds(squad)), None)

    def at(self, squad: str, period: Period) -> Round | None:
        """The squad's round in a period."""
        return next((scored for scored in self.rounds(squad) if scored.period == period), None)

    def beside(self, shown: Round) -> tuple[Round, ...]:
        """What else the squad answered in a round's period, by date; not part of the round."""
        of_period = [unit for unit in self.units(shown.squad) if unit.period == shown.period]
        return tuple(sorted(of_period[:-1], key=lambda unit: (unit.first_day, unit.last_day)))

    def before(self, later: Round) -> Round | None:
        """The round of the same squad that came before another."""
        return next(self._back_from(later), None)

    def deep_before(self, later: Round) -> Round | None:
        """The round of the same squad before another in which somebody took the deep check."""
        return next((earlier for earlier in self._back_from(later) if earlier.deep_answers), None)

    def _back_from(self, later: Round) -> Iterator[Round]:
        """The squad's rounds before one of them, the last of them first."""
        rounds = self.rounds(later.squad)
        return (earlier for earlier in reversed(rounds) if earlier.period < later.period)

    def setup(self, squad: str, day: date) -> Setup | None:
        """A squad's setup on a day; None when nobody told it."""
        return self.seats(squad).setup_on(day)

    def seats(self, squad: str) -> SquadSeats:
        """A squad's seating day by day; assumed where nobody told it."""
        return self._seats.get(name_key(squad)) or SquadSeats(self.framework)

    def periods(self, squads: Iterable[str], *, least: int = 1) -> tuple[Period, ...]:
        """The periods in which at least so many of the squads have a round, latest first."""
        counts = self.rounds_by_period(squads)
        periods = (period for period, count in counts.items() if count >= least)
        return tuple(sorted(periods, reverse=True))

    def rounds_by_period(self, squads: Iterable[str]) -> Counter[Period]:
        """How many of the squads have a round, by period."""
        return Counter(scored.period for squad in squads for scored in self.rounds(squad))

    def all_rounds(self) -> tuple[Round, ...]:
        """Every round, squads in the order they first appeared, periods in time."""
        return tuple(scored for key in self._names for scored in self._rounds[key])

    def _begins(self, assessments: Sequence[Assessment], later: History) -> bool:
        """Whether assessments start with those of this history, beside the same surveys."""
        known = self._assessments
        is_start = known == assessments[: len(known)]  # the very same records compare at once
        same_surveys = self._surveys.keys() == later._surveys.keys()
        return is_start and same_surveys and self._totals == later._totals

    def _grouped(
        self, assessments: Iterable[Assessment], known: Mapping[_RoundKey, tuple[Assessment, ...]]
    ) -> _Groups:
        """The assessments of each survey and of each period's single checks, as they came in.

        They come after those that are `known`.
        """
        new: dict[_RoundKey, list[Assessment]] = {}
        for assessment in assessments:
            survey = assessment.gathering if assessment.gathering in self._surveys else None
            key = (assessment.squad_key, Period.of(assessment.assessed_on, self.by), survey)
            new.setdefault(key, []).append(assessment)
        return {**known} | {key: (*known.get(key, ()), *group) for key, group in new.items()}

    def _place_of(self, total: Total) -> _RoundKey:
        """Where a total counts: with its period's single checks, or as a unit of its own.

        It does so for a survey, and where single checks of its own month are there, which it may
        have counted already.
        """
        month, period = (Period.of(total.assessed_on, by) for by in ("month", self.by))
        checks = self._groups.get((total.squad_key, period, None), ())
        alone = total.invited or any(Period.of(c.assessed_on, "month") == month for c in checks)
        return total.squad_key, period, total.id if alone else None

    def _unchanged(self, earlier: History) -> dict[_RoundKey, Round]:
        """The rounds of an earlier history that this one would make alike."""
        same_squads = {
            squad
            for squad, name in self._names.items()
            if earlier._names.get(squad) == name
            and earlier._setups.get(squad) == self._setups[squad]
        }
        return {
            key: earlier._units[key]
            for key, group in self._groups.items()
            if key[0] in same_squads
            and group == earlier._groups.get(key)
            and self._totals_at.get(key) == earlier._totals_at.get(key)
            and earlier._units[key].survey == (self._surveys.get(key[2]) if key[2] else None)
        }

    def _scored(self, groups: Mapping[_RoundKey, Sequence[Assessment]]) -> Iterator[Round]:
        """A round per group: its voices and totals pooled, all groups scored at once."""
        totals = [tuple(self._totals_at.get(key, ())) for key in groups]
        voices = [
            tuple(chain(*map(_voices_of, counted), self._voices(group)))
            for counted, group in zip(totals, groups.values(), strict=True)
        ]
        healths = _pooled_voices(self.framework, voices)
        table = score_table(self.framework, healths)
        for index, ((squad, period, survey), group) in enumerate(groups.items()):
            days = [assessment.assessed_on for assessment in group]
            days += [total.assessed_on for total in totals[index]]
            yield Round(
                framework=self.framework,
                squad=self._names[squad],
                period=period,
                voices=voices[index],
                healths=healths.sheet(index),
                scores=table.sheet(index),
                first_day=min(days),
                last_day=max(days),
                deep_answers=deep_answers_by_voice(self.framework.lenses, group),
                setup=self._seats[squad].setup_on(max(days)),
                seats=self._seats[squad],
                survey=self._surveys.get(survey) if survey else None,
                totals=totals[index],
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


def _newest(assessments: Sequence[Assessment], known: Assessment | None) -> Assessment | None:
    """The last of those that speak of the latest day, one that came before them included."""
    latest = max(reversed(assessments), key=lambda assessment: assessment.moment, default=known)
    return known if latest and known and known.moment > latest.moment else latest


def _pooled_voices(framework: Framework, rounds: Sequence[Sequence[Assessment]]) -> Healths:
    """One sheet per round, pooled from the voices that count in it."""
    groups = [index for index, voices in enumerate(rounds) for _ in voices]
    sheets = [voice.answers for voices in rounds for voice in voices]
    return pooled(healths_of(framework, sheets), groups, count=len(rounds))
