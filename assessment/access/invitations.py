"""Surveys gathered by invitation: who may still answer, what is kept, what may be shown; pure."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from assessment.errors import Refused
from assessment.model import NOT_APPLICABLE, UNKNOWN, Assessment, Survey
from assessment.model.link import FOLLOWED_DAYS, Link
from assessment.model.period import ANYWHERE_ON_EARTH, end_of_day

Stage = Literal["gathering", "closed", "revealed"]


def end_of(survey: Survey) -> datetime:
    """The moment after which a survey takes no more answers, should nobody close it before."""
    return end_of_day(survey.closes_on)


def invitation_ends(survey: Survey) -> datetime:
    """The moment after which what invites to a survey opens it no more.

    Until then phones vote, confirm agreements and read what was revealed; answers end before.
    """
    return end_of(survey) + timedelta(days=FOLLOWED_DAYS)


def last_day_of(link: Link) -> date:
    """The last day on which an invitation opens its survey, to its end in every time zone."""
    return (link.expires_at - ANYWHERE_ON_EARTH).date()


def stage_of(survey: Survey, *, now: datetime) -> Stage:
    """Whether a survey takes answers, is closed, or shows its results."""
    if survey.revealed_at is not None:
        return "revealed"
    over = survey.closed_at is not None or now > end_of(survey)
    return "closed" if over else "gathering"


def last_day_answered(survey: Survey, *, day_of: Callable[[datetime], date]) -> date:
    """The day on which a survey took its last answers, or will unless somebody closes it before.

    `day_of` tells on which day a moment lies for whoever reads it.
    """
    if survey.closed_at is None:
        return survey.closes_on
    return min(day_of(survey.closed_at), survey.closes_on)


def check_takes_answers(survey: Survey, *, now: datetime) -> None:
    """Raise Refused where a survey takes no more answers."""
    if stage_of(survey, now=now) != "gathering":
        raise Refused(
            "this session is closed, so nothing was stored; ask the person who invited you"
        )


def promise_of(survey: Survey) -> Hashable:
    """What those who answer a survey are promised; equal for equal promises."""
    return survey.id, survey.privacy, survey.least_voices


def check_promise(survey: Survey, shown: Hashable) -> None:
    """Raise Refused where a survey promises something else than was shown to who answers it."""
    if shown != promise_of(survey):
        raise Refused(
            "what this session keeps, or who sees it, changed after you opened it, so nothing "
            "was stored; read here what it says now, then send your answers if you agree"
        )


def voice_count(survey: Survey, assessments: Iterable[Assessment]) -> int:
    """How many voices have answered a survey."""
    return len(answers_to(survey, assessments))


def answers_to(survey: Survey, assessments: Iterable[Assessment]) -> list[Assessment]:
    """The assessments that answer a survey; most answer none, and ids are slow to compare."""
    survey_id = survey.id
    return [a for a in assessments if a.gathering is not None and a.gathering == survey_id]


def answer_as_stored(assessment: Assessment, survey: Survey) -> Assessment:
    """An answer to a survey as it is stored: of its squad, and spoken of its first day.

    One day for all keeps a survey in one month. A confidential survey keeps no alias, no role, no
    time but midnight, and nothing that was written: no note, no mandate sentence.
    """
    kept = assessment.model_copy(
        update={"squad": survey.squad, "assessed_on": survey.opened_on, "gathering": survey.id}
    )
    if not survey.confidential:
        return kept
    midnight = datetime.combine(survey.opened_on, time.min, UTC)
    unsaid = {"saved_at": midnight, "voice": None, "role": None, "note": ""}
    return kept.model_copy(update=unsaid | {"deep": kept.deep.model_copy(update={"mandates": {}})})


def voices_missing(survey: Survey, *, voices: int) -> int:
    """How many more have to answer before a survey may show its results."""
    return max(0, survey.least_shown - voices)


def check_may_be_revealed(survey: Survey, *, voices: int) -> None:
    """Raise Refused where too few voices have answered for a survey to show its results."""
    if missing := voices_missing(survey, voices=voices):
        raise Refused(
            "voices so far: {voices}; at least {least} are needed, so the results stay closed; "
            "invite more, or delete the session",
            voices=voices,
            least=voices + missing,
        )


def closed(survey: Survey, *, now: datetime) -> Survey:
    """The same survey, taking no more answers; the first time counts."""
    return survey if survey.closed_at else survey.changed(closed_at=now)


def reopened(survey: Survey, *, until: date | None = None) -> Survey:
    """The same survey, taking answers until its closing day or another; Refused once revealed."""
    if survey.revealed_at is not None:
        raise Refused(
            "the results of this session were shown, so it takes no more answers; open another"
        )
    return survey.changed(closed_at=None, closes_on=until or survey.closes_on)


def revealed(survey: Survey, *, voices: int, now: datetime) -> Survey:
    """The same survey, closed for good, shown to its squad alone; Refused under too few voices."""
    check_may_be_revealed(survey, voices=voices)
    if survey.revealed_at is not None:
        return survey
    return closed(survey, now=now).changed(revealed_at=now, released=False)


def showable_assessments(
    assessments: Sequence[Assessment], surveys: Iterable[Survey]
) -> tuple[Assessment, ...]:
    """What results may show: assessments of no survey, or of one that was revealed.

    A confidential survey of too few voices shows none; nor does one that is not stored here, since
    nobody can tell what was promised. What too few voices of a confidential survey answered is left
    out question by question: whatever is computed from the rest speaks of enough voices.
    """
    indexes = _ANSWERS.indexes_in(assessments)
    survey_by_id = {survey.id: survey for survey in surveys}
    answers_by_survey: dict[UUID, list[Assessment]] = {}
    for answer in map(assessments.__getitem__, indexes):
        if answer.gathering is not None:
            answers_by_survey.setdefault(answer.gathering, []).append(answer)
    shown = {
        answer.assessment_id: answer
        for survey_id, answers in answers_by_survey.items()
        for answer in _showable_answers(survey_by_id.get(survey_id), answers)
    }
    if not indexes:
        return tuple(assessments)
    seen: list[Assessment | None] = list(assessments)
    for index in indexes:
        seen[index] = shown.get(assessments[index].assessment_id)
    return tuple(filter(None, seen))


def without_result(surveys: Iterable[Survey], shown: Iterable[Assessment]) -> tuple[Survey, ...]:
    """The surveys that were revealed in confidence, of whose answers too few may be shown."""
    kept_back = [survey for survey in surveys if survey.revealed_at and survey.confidential]
    answered = {answer.gathering for answer in shown} if kept_back else set()
    return tuple(survey for survey in kept_back if survey.id not in answered)


class _SurveyAnswers:
    """Where answers to surveys stand among assessments; of those looked through last none again.

    Every phone in a room looks every few seconds, at all that is stored. Threads may share one: it
    holds the last assessments alone, and takes others in one step.
    """

    def __init__(self) -> None:
        self._latest: tuple[tuple[Assessment, ...], tuple[int, ...]] = ((), ())

    def indexes_in(self, assessments: Sequence[Assessment]) -> tuple[int, ...]:
        """The indexes of all that answer a survey."""
        assessments = tuple(assessments)
        known, indexes = self._latest
        if assessments[: len(known)] != known:
            known, indexes = (), ()
        new = enumerate(assessments[len(known) :], start=len(known))
        indexes += tuple(index for index, assessment in new if assessment.gathering is not None)
        self._latest = assessments, indexes
        return indexes


_ANSWERS = _SurveyAnswers()


def _showable_answers(
    survey: Survey | None, assessments: Sequence[Assessment]
) -> Sequence[Assessment]:
    """What of a survey's answers may be shown."""
    if survey is None or survey.revealed_at is None:
        return ()
    if not survey.confidential:
        return assessments
    least = survey.least_voices
    return _answered_by_enough(assessments, least) if len(assessments) >= least else ()


def _answered_by_enough(assessments: Sequence[Assessment], least: int) -> Sequence[Assessment]:
    """The assessments, each without its answers to what fewer than `least` voices answered."""
    answers = _common_answers([assessment.answers for assessment in assessments], least)
    deep = {
        part: _common_answers([getattr(a.deep, part) for a in assessments], least)
        for part in ("deciders", "options", "signs")
    }
    kept = []
    for index, assessment in enumerate(assessments):
        parts = {part: sheets[index] for part, sheets in deep.items()} | {"mandates": {}}
        update = {"answers": answers[index], "deep": assessment.deep.model_copy(update=parts)}
        kept.append(assessment.model_copy(update=update))
    return kept


def _common_answers(sheets: Sequence[Mapping[str, object]], least: int) -> list[dict[str, object]]:
    """Each voice's answers to what at least `least` voices answered.

    `unknown` is no answer. That an item does not apply is one by itself.
    """
    given = [answer for sheet in sheets for answer in sheet.items()]
    voices = Counter(
        question for question, answer in given if answer not in (UNKNOWN, NOT_APPLICABLE)
    )
    waived = Counter(question for question, answer in given if answer == NOT_APPLICABLE)
    return [
        {
            question: answer
            for question, answer in sheet.items()
            if voices[question] >= least or (answer == NOT_APPLICABLE and waived[question] >= least)
        }
        for sheet in sheets
    ]
