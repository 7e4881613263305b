"""Surveys by invitation, as stored: the way in for answers, and what is known before."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

from assessment.access import invitations
from assessment.access.codes import asks_for_codes, check_way_in, is_used, use_of
from assessment.access.guarded_store import surveys_barred_to_files
from assessment.access.release import Nudge, nudge_for, released
from assessment.errors import Conflict, Refused
from assessment.forms.survey import with_next_day
from assessment.model import Assessment, Setup, Survey
from assessment.model.link import Link
from assessment.scoring.seats import setup_in_force
from assessment.storage.protocol import CHANGED, Stored
from assessment.ui.guard.stored import store
from assessment.ui.guard.visitor import current_policy, current_rights, refuse_unless_editor
from assessment.ui.guard.whole_store import other_stored, stored_now, unguarded_store
from assessment.ui.session.reader import current_reader

# Those invited ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Invitation:
    """A survey somebody was invited to, and the squad's setup on the day it was opened.

    By `mark` a browser remembers that it has answered: of the survey, or of a one-time code, of
    which several may come to one browser. Such a code may be `used`; where there are codes, any
    other link `lacks` one.
    """

    survey: Survey
    setup: Setup | None
    link: Link
    mark: UUID
    is_used: bool
    lacks_code: bool

    @property
    def is_by_code(self) -> bool:
        """Whether they came by a one-time code."""
        return self.link.kind == "code"


def invitation() -> Invitation | None:
    """What this visitor was invited to, None for nothing; Refused where the survey was deleted."""
    survey_id, link = invited_to(), current_rights().visitor.link
    if survey_id is None or link is None:
        return None
    stored = stored_now()
    survey = survey_in(stored, survey_id)
    return Invitation(
        survey,
        setup_in_force(stored.setups, survey.squad, survey.opened_on),
        link=link,
        mark=mark_of(link) or survey_id,
        is_used=is_used(link, stored.links),
        lacks_code=link.kind != "code" and asks_for_codes(survey_id, stored.links),
    )


def mark_of(link: Link | None) -> UUID | None:
    """What is remembered of a browser that answered by a link; None where it answers nothing."""
    if link is None:
        return None
    return link.link_id if link.kind == "code" else link.round_id


def send(answers: Assessment, *, shown: Hashable) -> None:
    """Store an invited voice's answers for good, as the survey keeps them.

    `shown` is the promise that the voice has read (see `promise_of`). A try that nobody could
    vouch for may be sent again. Raises Refused, and stores nothing, where the survey takes no more
    answers or promises something else by now; whether it does is asked while nobody else writes.
    """
    survey_id = invited_to()
    if survey_id is None:
        raise Refused("only those who were invited may answer; nothing was stored")
    stored = unguarded_store().read()
    kept = invitations.answer_as_stored(answers, survey_in(stored, survey_id))
    policy, link = current_policy(), current_rights().visitor.link
    used = [use_of(link, survey_in(stored, survey_id))] if link and link.kind == "code" else []

    def check(stored: Stored) -> None:
        survey = survey_in(stored, survey_id)
        others = [a for a in stored.assessments if a.assessment_id != kept.assessment_id]
        if link:
            sent = len(others) < len(stored.assessments)
            check_way_in(link, stored.links, sent_before=sent)
        invitations.check_promise(survey, shown)
        invitations.check_takes_answers(survey, now=datetime.now(UTC))
        if invitations.answer_as_stored(kept, survey) != kept:
            raise Conflict(CHANGED)
        policy.check_takes_more(invitations.voice_count(survey, others))

    if before := other_stored(unguarded_store(), kept, *used, check=check):
        unguarded_store().revise(before, kept, check=check)


def invited_to() -> UUID | None:
    """The survey that this visitor may answer."""
    rights = current_rights()
    link = rights.visitor.link
    if link is None or link.round_id is None or not rights.may_answer(link.round_id):
        return None
    return link.round_id


# Editors ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SurveyStatus:
    """A survey, how many voices have answered it, and how many links and codes there are to it."""

    survey: Survey
    voices: int
    links: int
    codes: int


def survey_statuses() -> tuple[SurveyStatus, ...]:
    """Every survey there is, in the order they were opened; Refused for whoever may not edit."""
    refuse_unless_editor()
    stored = unguarded_store().read()
    voices = Counter(answer.gathering for answer in stored.assessments)
    links = Counter((link.kind, link.round_id) for link in stored.links)
    return tuple(
        SurveyStatus(
            survey,
            voices=voices[survey.id],
            links=links["invite", survey.id],
            codes=links["code", survey.id],
        )
        for survey in stored.surveys
    )


def waiting(*, now: datetime) -> tuple[tuple[Survey, Nudge], ...]:
    """The surveys that wait for a week to be revealed or released; Refused unless editor."""
    refuse_unless_editor()
    stored = unguarded_store().read()
    return tuple(
        (survey, nudge)
        for survey in stored.surveys
        if (nudge := nudge_for(survey, voices=1, now=now))
        and (
            nudge == "release"
            or not invitations.voices_missing(
                survey, voices=invitations.voice_count(survey, stored.assessments)
            )
        )
    )


def is_by_codes(survey_id: UUID) -> bool:
    """Whether a survey is answered with one-time codes; Refused for whoever may not edit."""
    _survey, stored = stored_survey(survey_id)
    return asks_for_codes(survey_id, stored.links)


def voices_so_far(survey_id: UUID) -> int:
    """How many voices have answered a survey by now."""
    survey, stored = stored_survey(survey_id)
    return invitations.voice_count(survey, stored.assessments)


def barred_to_files() -> Mapping[UUID, str]:
    """The surveys that no upload brings, with the reason as a template."""
    refuse_unless_editor()
    return surveys_barred_to_files(unguarded_store().read())


def close(survey: Survey) -> None:
    """Take no more answers; the second half of a double click finds it closed."""
    _change(survey.id, partial(invitations.closed, now=datetime.now(UTC)))


def open_again(survey: Survey, *, until: date) -> None:
    """Take answers again, until the end of a day; Refused once the survey was revealed."""
    store().revise(survey, invitations.reopened(survey, until=until))


def reveal(survey: Survey) -> None:
    """Show the results and close the survey for good; Refused under too few voices.

    It is closed before it is shown, so that no answer comes between. Once it was revealed, nothing
    is left to do.
    """
    survey, stored = stored_survey(survey.id)
    voices = invitations.voice_count(survey, stored.assessments)
    invitations.check_may_be_revealed(survey, voices=voices)
    now = datetime.now(UTC)
    _change(survey.id, partial(invitations.closed, now=now))
    voices = voices_so_far(survey.id)
    _change(survey.id, partial(invitations.revealed, voices=voices, now=now))


def release(survey: Survey) -> None:
    """Let links and leadership see the results; Refused before they were revealed.

    What the room has talked about since this page read it does not matter to that.
    """
    _change(survey.id, released)


def plan_next(survey: Survey, day: date | None) -> None:
    """Keep the day on which the squad is asked again; Refused where it is none."""
    _change(survey.id, partial(with_next_day, day=day, today=current_reader().today))


def delete(survey: Survey) -> None:
    """Delete a survey with its links and the answers that have come by then."""

    def with_its_answers(stored: Stored) -> list[UUID]:
        answers = stored.survey_answers
        return [survey.id, *(answer.id for answer in answers if answer.gathering == survey.id)]

    store().delete(with_its_answers)


def _change(survey_id: UUID, change: Callable[[Survey], Survey]) -> None:
    """Change a survey as it is stored; where somebody is faster, as they left it."""
    now, _stored = stored_survey(survey_id)
    try:
        store().revise(now, change(now))
    except Conflict:
        now, _stored = stored_survey(survey_id)
        store().revise(now, change(now))


def stage_now(survey: Survey) -> invitations.Stage:
    """Whether a survey takes answers, is closed, or shows its results by now."""
    return invitations.stage_of(survey, now=datetime.now(UTC))


def stored_survey(survey_id: UUID) -> tuple[Survey, Stored]:
    """A survey as it is stored right now, and all else; Refused unless editor, or where deleted."""
    refuse_unless_editor()
    stored = unguarded_store().read()
    return survey_in(stored, survey_id), stored


def survey_in(stored: Stored, survey_id: UUID) -> Survey:
    """A survey by its id; Refused where it was deleted."""
    for survey in stored.surveys:
        if survey.id == survey_id:
            return survey
    raise Refused("this session was deleted, and its answers with it; nothing was stored")
