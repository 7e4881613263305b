"""What retention would count and delete: answers of periods that are over for long; pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from assessment.model import NOT_APPLICABLE, UNKNOWN, Assessment, Framework, Setup, Survey
from assessment.model.period import Period
from assessment.model.sample import is_sample
from assessment.model.total import FEWEST_COUNTED, Total
from assessment.rounds.grouping import UnitKey
from assessment.rounds.history import History
from assessment.rounds.round import Round


@dataclass(frozen=True, slots=True)
class Retention:
    """What counting would do: totals to keep, and answers and surveys to delete, by their ids.

    `late` is how many of the answers are in no new total: their period was counted before, without
    them or by a run that was cut short; two totals side by side could tell a voice.
    """

    totals: tuple[Total, ...]
    answers: int
    surveys: int
    going: frozenset[UUID]
    late: int

    @property
    def counts_alone(self) -> int:
        """How many totals keep nothing but how many answered."""
        return sum(1 for total in self.totals if not total.answers)

    @property
    def voices(self) -> int:
        """How many voices the totals count."""
        return sum(total.voices for total in self.totals)


def cutoff(today: date, *, months: int) -> date:
    """The first day that is kept: periods that end before it are older than so many months."""
    number = today.year * 12 + today.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def old_answers(records: Iterable[object], before: date) -> list[Assessment]:
    """The answers among some records that are of an earlier day; sample data are never old."""
    answers = [record for record in records if isinstance(record, Assessment)]
    return [
        answer for answer in answers if answer.assessed_on < before and not is_sample(answer.id)
    ]


def old_surveys(surveys: Iterable[Survey], before: date) -> list[Survey]:
    """The surveys that were opened on an earlier day."""
    return [survey for survey in surveys if survey.opened_on < before]


def to_be_counted(
    surveys: Iterable[Survey],
    stored: Iterable[Assessment],
    shown: Iterable[Assessment],
    *,
    before: date,
) -> Sequence[Survey]:
    """The surveys of that time that go: those whose results are shown to all, with every answer.

    `shown` are those of the `stored` answers that may be shown. A survey of which no answer is
    stored goes as well: nobody answered it, or an earlier run was cut short.
    """
    old = {answer.id for answer in old_answers(shown, before)}
    staying = {answer.gathering for answer in stored if answer.id not in old}
    going = old_surveys(surveys, before)
    return [survey for survey in going if survey.is_released and survey.id not in staying]


def retention_of(
    framework: Framework,
    assessments: Sequence[Assessment],
    surveys: Collection[Survey],
    setups: Sequence[Setup],
    *,
    totals: Collection[Total],
    before: date,
    now: datetime,
) -> Retention:
    """What becomes of the answers of periods that ended before a day.

    `assessments` may be shown (see `showable_assessments`): no answer is among them whose survey
    keeps it hidden, nor what too few gave. `surveys` are those that go (see `to_be_counted`).
    Sample data stay as they are.
    """
    old = old_answers(assessments, before)
    history = History(framework, old, "month", setups, surveys=surveys)
    ids = {total.total_id for total in totals}
    months = {_month_of(total) for total in totals if not total.invited}
    made: list[Total] = []
    counted: set[UnitKey] = set()
    units = [unit for squad in history.squads for unit in history.units(squad)]
    for shown in units:
        unit = (*_month_of(shown.voices[0]), shown.survey.id if shown.survey else None)
        if _is_counted(unit, ids, months):
            counted.add(unit)
        else:
            made.append(_total_of(shown, _id_of(unit, taken=ids), now=now))
    answers = {answer.id for answer in old}
    going = {survey.id for survey in surveys}
    late = sum((*_month_of(answer), answer.gathering) in counted for answer in old)
    return Retention(tuple(made), len(answers), len(going), frozenset(answers | going), late)


def _is_counted(
    unit: UnitKey, ids: Collection[UUID], months: Collection[tuple[str, Period]]
) -> bool:
    """Whether a total has a session's id, or holds the single checks of a squad's month."""
    squad, month, survey = unit
    if survey is None:
        return (squad, month) in months
    return _id_of(unit) in ids or _id_of_0_7(unit) in ids


def _month_of(record: Assessment | Total) -> tuple[str, Period]:
    return record.squad_key, Period.of(record.assessed_on, "month")


def _id_of(unit: UnitKey, *, taken: Collection[UUID] = ()) -> UUID:
    """The id of a unit's total: a session's stays where its squad is renamed.

    That of a month's single checks may be `taken` by a squad that had the name before.
    """
    squad, month, survey = unit
    total_id = uuid5(NAMESPACE_URL, f"who-decides total {month} {survey or squad}")
    while total_id in taken:
        total_id = uuid5(total_id, "again")
    return total_id


def _id_of_0_7(unit: UnitKey) -> UUID:
    """The id that version 0.7 gave: where the squad was renamed since, it is not found again."""
    squad, month, survey = unit
    return uuid5(NAMESPACE_URL, f"who-decides total {squad} {month} {survey}")


def _total_of(unit: Round, total_id: UUID, *, now: datetime) -> Total:
    """What is kept of a unit: no voice, no role, no note, no time, and nothing that few said."""
    survey = unit.survey
    least = survey.least_voices if survey and survey.confidential else FEWEST_COUNTED
    return Total(
        total_id=total_id,
        saved_at=now,
        assessed_on=unit.last_day,
        squad=unit.squad,
        voices=len(unit.voices),
        invited=survey is not None,
        framework=unit.framework.version,
        answers={
            item: counts
            for item in unit.framework.item_ids
            if (counts := _given_by_enough(_counts(unit, item), least))
        },
    )


def _given_by_enough(counts: Mapping[str, int], least: int) -> Mapping[str, int]:
    """What enough voices said of an item; that it does not apply is no answer beside others."""
    waived = counts.get(NOT_APPLICABLE, 0)
    if sum(counts.values()) - waived >= least:
        return counts
    return {NOT_APPLICABLE: waived} if waived >= least else {}


def _counts(unit: Round, item: str) -> Mapping[str, int]:
    """How many voices gave which option, but for those that did not know."""
    given = Counter(voice.answers.get(item, UNKNOWN) for voice in unit.voices)
    del given[UNKNOWN]
    return given
