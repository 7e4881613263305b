"""Rounds: a squad's voices in one period or one survey, pooled and scored; pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import compress
from statistics import fmean
from typing import Any

from assessment.model import UNKNOWN, Answers, Assessment, Framework, Setup, Survey, Total
from assessment.model.period import Period
from assessment.model.sample import holds_sample
from assessment.scoring import robustness
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.diagnosis import Diagnosis, diagnosis_of
from assessment.scoring.disagreement import Disagreement, item_disagreements
from assessment.scoring.levels import Healths, Scores, health_by_item, healths_of, weights_of
from assessment.scoring.robustness import Holds, Range, Ranges
from assessment.scoring.seats import Seating, SquadSeats
from assessment.scoring.voices import VoiceDeepAnswers


@dataclass(frozen=True, eq=False)
class Round:
    """One squad's survey, or its single checks of one period: the voices that count, pooled.

    `voices` answer what applies by the setup of their own day; `deep_answers` holds those to the
    deep check, by voice. `first_day` and `last_day` are the days spoken of, and `setup` the squad's
    setup on the last of them, None where nobody told it. `survey` is None for single checks;
    `totals` are what is left of those of its voices whose answers were counted and deleted.
    `other_deep_unit` is the unit of its period that says who decides in its place, if any does.
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
    other_deep_unit: "Round | None" = None

    @property
    def deep_unit(self) -> "Round":
        """The unit of its period that says who decides and tells the lenses: mostly itself."""
        return self.other_deep_unit or self

    @property
    def began(self) -> date:
        """The day of its first answer; a total keeps the last day alone, so its month's first."""
        months = [Period.of(total.assessed_on, "month").first_day for total in self.totals]
        return min([self.first_day, *months])

    @property
    def order(self) -> tuple[Any, ...]:
        """What sorts a squad's units, no two alike: by period, then by kind, then by last day.

        Of the kinds totals of single checks come first, single checks next, surveys last.
        """
        unit = self.survey or next(iter(self.totals), None)
        if unit is None:
            return (self.period, 1)
        kind = 2 if self.invited else int(self.voices_in_totals < len(self.voices))
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
    def voices_in_totals(self) -> int:
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
        """The decisions that too few answered to be shown, where it was asked who takes them."""
        decisions = self.deep.who_decides.decisions if self._guards and self.deep_answers else ()
        return tuple(mapped.decision for mapped in decisions if not mapped.voices)

    @cached_property
    def holds_sample(self) -> bool:
        """Whether a voice of the sample company is among its voices, or those on who decides."""
        return holds_sample(self.voices) or holds_sample(self.deep_unit.voices)

    @property
    def is_scored(self) -> bool:
        """Whether any level has a score."""
        return bool(self.scores.scored)

    @property
    def lowest_stages(self) -> tuple[bool, list[int], float]:
        """What sorts rounds by levels at the lowest stages, most first; without any score, last.

        Of those with as many the lowest mean comes first.
        """
        scored = self.scores.scored
        stages = [level.stage for level in scored]
        floors = range(1, len(self.framework.rules.stage_floors) + 1)
        mean = fmean(level.score or 0.0 for level in scored) if scored else 0.0
        return not scored, [-stages.count(floor) for floor in floors], mean

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """Pressures, early warning and levers on the pooled answers."""
        return diagnosis_of(self.framework, self.healths)

    @cached_property
    def holds(self) -> Holds:
        """How far the result holds: one voice out, and under other weights."""
        leaves_out = not self.totals
        return robustness.holds_of(self.framework, self.voice_healths, leaves_out=leaves_out)

    @cached_property
    def ranges(self) -> Ranges:
        """The one-voice ranges as they may be shown."""
        return self.exact_ranges.guarded(least=self.least) if self._guards else self.exact_ranges

    @cached_property
    def exact_ranges(self) -> Ranges:
        """The one-voice ranges to the point, which are never to be shown."""
        ranges = robustness.ranges_of(self.framework, self.voice_healths)
        return Ranges(ranges.voices, {}) if self.totals else ranges

    @property
    def _guards(self) -> bool:
        """Whether its voices stay unknown."""
        return self.survey is not None and self.survey.confidential

    @cached_property
    def answered(self) -> int:
        """How many voices answered an item that applies to them, or a question of any lens.

        Voices in totals all count. So does whoever sent anything to a confidential survey, since
        it must not be told who knew nothing; of one with too few voices it is 0.
        """
        if self._guards:
            return self._shown(len(self.voices))
        quick = set(robustness.answering(self.voice_healths))
        deep = {voice.key for voice in self.deep.answering}
        return sum(
            index < self.voices_in_totals or index in quick or voice.voice_key in deep
            for index, voice in enumerate(self.voices)
        )

    @property
    def missing(self) -> int:
        """How many of those expected have answered no part; 0 where `answered` is not told."""
        expected = self.survey.expected if self.survey else None
        if len(self.voices) < self.least:
            return 0
        return max(0, (expected or 0) - self.answered)

    @cached_property
    def missing_ranges(self) -> Mapping[str, Range | None]:
        """Where each level could lie once all have answered, as it may be shown; empty if nowhere.

        Whoever was expected and did not answer the quick check is missing from it. Of a
        confidential survey it is told like the one-voice ranges are, and as coarsely.
        """
        expected = self.survey and self.survey.expected
        if not expected or (self._guards and self.quick_voices < 2 * self.least):
            return {}
        ranges = robustness.missing_ranges(self.framework, self.voice_healths, expected=expected)
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
        return self._shown(len(robustness.answering(self.voice_healths)))

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
        taken = [answers.get(item) for answers in self._sheets if answers]
        return bool(taken) and all(option == UNKNOWN for option in taken)

    @property
    def _sheets(self) -> Sequence[Answers]:
        """What each voice answered in the quick check."""
        return [voice.answers for voice in self.voices]

    @property
    def setup_changes(self) -> tuple[date, ...]:
        """The days within the round from which the squad was set up differently."""
        return self.seats.changes(self.first_day, self.last_day) if self.seats else ()

    @cached_property
    def voice_healths(self) -> Healths:
        """The healths of each voice, in their order."""
        return healths_of(self.framework, self._sheets)

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """How far voices differ per item that two or more answered, strongest first."""
        return item_disagreements(self.framework, self._sheets)

    @cached_property
    def seating(self) -> Seating:
        """Who sits where in the squad; assumed without a setup."""
        return Seating(self.framework, self.setup)

    @cached_property
    def deep(self) -> DeepResult:
        """What the deep check says, false where nobody took it."""
        seating_on = self.seats.on if self.seats else None
        return DeepResult(self.seating, self.deep_answers, seating_on, self.least)


@dataclass(frozen=True, eq=False)
class Draft(Round):
    """What one person answers and has not saved yet: a round of no squad and without voices."""

    unsaved: Answers = field(default_factory=dict)

    def is_unknown(self, item: str) -> bool:
        """Whether they say that they do not know an item's answer."""
        return self.unsaved.get(item) == UNKNOWN
