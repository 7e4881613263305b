"""What surveys by invitation promised stays true, whoever edits and whatever is asked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from assessment.access.agreements import (
    check_agreement_revised,
    check_agreements_added,
    confirmations_of,
)
from assessment.access.invitations import check_may_be_revealed, showable_assessments, voice_count
from assessment.access.votes import showable_votes
from assessment.errors import Refused, template
from assessment.model import Assessment, Survey, Vote
from assessment.storage.kinds import ASSESSMENTS, VOTES, R, survey_answered
from assessment.storage.protocol import Check, Choice, Record, SetAside, Stored, Writer, chosen_ids

ANSWERED_SURVEY = template(
    "answers to this session are stored here without it, and nobody can tell whether this is "
    "what they were promised; the person who runs the server can bring the session back with "
    "the command line"
)
INVITED_TO = template(
    "somebody was invited to this session, and what they were promised stands in no file; nothing "
    "was added: open another session"
)


def showable_records(stored: Stored) -> Stored:
    """What of the stored pages and files may show to editors: no answer that must stay hidden.

    Links are left out too: they are looked up where they are kept, and in no list of records.
    """
    return replace(
        stored,
        assessments=showable_assessments(stored.assessments, stored.surveys),
        votes=showable_votes(stored.votes, stored.surveys),
        links=(),
        set_aside=_without_answers(stored),
        version=(stored.version, "shown"),
    )


def without_confidential_answers(records: Sequence[R], surveys: Iterable[Survey]) -> tuple[R, ...]:
    """The records that may be handled singly: no answer to a confidential survey."""
    open_ids = _open_ids(surveys)
    return tuple(record for record in records if not _is_confidential(record, open_ids))


def answers_to_unknown_surveys(stored: Stored) -> tuple[Assessment, ...]:
    """The answers to surveys that are not stored here."""
    known = {None, *(survey.id for survey in stored.surveys)}
    return tuple(a for a in stored.assessments if a.gathering not in known)


def whole_surveys(stored: Stored, in_file: Collection[UUID]) -> set[UUID]:
    """The surveys of which every stored answer is `in_file` as well, under the same id.

    To no others can a file add answers, and to these only where `check_arrival` lets it.
    """
    incomplete = {answer.gathering for answer in stored.survey_answers if answer.id not in in_file}
    return {survey.id for survey in stored.surveys} - incomplete


def surveys_barred_to_files(stored: Stored) -> Mapping[UUID, str]:
    """The surveys that no file brings, with the reason as a template; `stored` is everything.

    A survey that joins answers that were stored without it would say anew what they were promised,
    and so would one that is brought back under its invitations.
    """
    invited_to = {link.round_id for link in stored.links if link.round_id}
    known = {survey.id for survey in stored.surveys}
    answered = {answer.gathering for answer in stored.survey_answers if answer.gathering}
    orphaned = answered - known
    return dict.fromkeys(invited_to, INVITED_TO) | dict.fromkeys(orphaned, ANSWERED_SURVEY)


def check_arrival(
    record: Record,
    surveys: Mapping[UUID, Survey],
    *,
    barred: Mapping[UUID, str],
    whole: Collection[UUID] | None = None,
) -> None:
    """Raise Refused where a file brings a barred survey, or an answer that no file may bring.

    A confidential survey takes none: who made voices up to reach its least number could take them
    off the result again. An open one takes back what was downloaded of it, if it is among the
    `whole` ones, where these are told. `surveys` are those stored and those that come along.
    """
    if isinstance(record, Survey) and record.id in barred:
        raise Refused(barred[record.id])
    survey_id = survey_answered(record)
    if survey_id is None:
        return
    survey = surveys.get(survey_id)
    if survey is None:
        raise Refused(
            "this answers a session that is not stored here, so nobody can tell what was "
            "promised; add the session first, then bring this file again"
        )
    if survey.confidential:
        raise Refused(
            "answers to a confidential session come by its invitation alone, since made-up voices "
            "would tell the others apart; the person who runs the server can bring them back with "
            "the command line"
        )
    is_under_way = isinstance(record, Vote) and record.ballot == survey.ballot
    if survey.revealed_at is None or is_under_way:
        raise Refused(
            "this answers a session whose results are not shown yet, and no file can hold its "
            "answers yet; people answer it by its invitation"
        )
    if whole is not None and survey_id not in whole:
        raise Refused(
            "answers to this session that are stored here are missing from the file, or differ "
            "there; bring all answers to a session in together, as they were downloaded"
        )


def check_addition(records: Collection[Record], stored: Stored) -> None:
    """Raise Refused where records would add to a survey what its invitation alone brings.

    `stored` is everything (see `surveys_barred_to_files`); one that is sent again adds nothing.
    """
    known = {survey.id: survey for survey in stored.surveys}
    barred = {of: why for of, why in surveys_barred_to_files(stored).items() if of not in known}
    surveys = {r.id: r for r in records if isinstance(r, Survey)} | known
    for record in records:
        check_arrival(record, surveys, barred=barred)


def check_deletion(ids: Collection[UUID], stored: Stored) -> None:
    """Raise Refused where a deletion would tell voices of a confidential survey apart.

    Its answers go all together, votes in the room included, and a survey goes with all of them.
    """
    wanted = set(ids)
    going: set[UUID | None] = set()
    staying: set[UUID | None] = set()
    for answer in stored.survey_answers:
        (going if answer.id in wanted else staying).add(answer.gathering)
    if going & staying - _open_ids(stored.surveys) - {None}:
        raise Refused(
            "answers to a confidential session are deleted all together or not at all, so that "
            "none can be told from the others; nothing was deleted: delete the whole session"
        )
    if any(survey.id in staying & wanted for survey in stored.surveys):
        raise Refused(
            "a session is deleted with all of its answers, and more of them have come meanwhile; "
            "nothing was deleted: try again"
        )


def check_revision(before: Record, after: Record, stored: Stored) -> None:
    """Raise Refused where a revision would touch what a survey promised.

    A survey's privacy and its least number of voices were told to those who answered, and results
    that were shown stay shown; whose answers a confidential one gathered, nobody changes.
    """
    hidden = _is_confidential(before, _open_ids(stored.surveys))
    if hidden or survey_answered(before) != survey_answered(after):
        raise Refused(
            "answers to a confidential session stay as they were given; nothing was changed"
        )
    if isinstance(before, Survey) and isinstance(after, Survey):
        free = _AFTER if before.revealed_at else _BEFORE
        keeps_promise = before.model_dump(exclude=free) == after.model_dump(exclude=free)
        if not keeps_promise or (before.is_released and not after.is_released):
            raise Refused(
                "what a session promised to those who answer it stays as it was; nothing was "
                "changed: open another session"
            )
        if after.revealed_at:
            check_may_be_revealed(after, voices=voice_count(after, stored.assessments))


_BEFORE = {"closed_at", "revealed_at", "closes_on", "expected", "released", "next_on"}
_AFTER = {"released", "asked_again", "asked_pass", "next_on"}
"""What may change of a survey before it is revealed, and afterwards."""


class GuardedStore:
    """A `Writer` in front of the whole store: refuses what would break a survey's promise."""

    def __init__(self, store: Writer) -> None:
        self._store = store

    def add(self, records: Collection[Record], *, check: Check | None = None) -> int:
        """Store records for good and return how many were new; see `Writer`, `check_addition`."""

        def both(stored: Stored) -> None:
            check_addition(records, stored)
            check_agreements_added(records, stored)
            if check:
                check(stored)

        return self._store.add(records, check=both)

    def revise(self, before: Record, after: Record, *, check: Check | None = None) -> None:
        """Put one record in the place of another; see `Writer`, and `check_revision`."""

        def both(stored: Stored) -> None:
            check_revision(before, after, stored)
            check_agreement_revised(before, after, stored)
            if check:
                check(stored)

        self._store.revise(before, after, check=both)

    def delete(self, ids: Choice, *, check: Check | None = None) -> int:
        """Remove records and return how many there were; see `Writer`, and `check_deletion`.

        The invitations of a survey and the answers to an agreement go with it, and count for
        nothing: they promise or confirm what it was.
        """
        along: set[UUID] = set()

        def with_what_follows(stored: Stored) -> set[UUID]:
            named = set(chosen_ids(ids, lambda: stored))
            check_deletion(named, stored)
            invitations = {link.link_id for link in stored.links if link.round_id in named}
            along.update((invitations | confirmations_of(named, stored)) - named)
            return named | along

        return self._store.delete(with_what_follows, check=check) - len(along)

    def rename(self, squad: str, to: str, *, only: Collection[UUID] | None = None) -> int:
        """Give a squad another name and return how many records speak of it; see `Writer`."""
        return self._store.rename(squad, to, only=only)


def _without_answers(stored: Stored) -> tuple[SetAside, ...]:
    """The rows set aside, their texts left out where they may be answers that must stay hidden.

    What cannot be read does not tell whose survey it answers: any survey that hides will do.
    """
    hides = any(survey.confidential or not survey.revealed_at for survey in stored.surveys)
    if not hides and not answers_to_unknown_surveys(stored):
        return stored.set_aside
    answers = (ASSESSMENTS.name, VOTES.name)
    return tuple(
        replace(row, text="") if any(name in row.file for name in answers) else row
        for row in stored.set_aside
    )


def _open_ids(surveys: Iterable[Survey]) -> set[UUID]:
    return {survey.id for survey in surveys if not survey.confidential}


def _is_confidential(record: Record, open_ids: Collection[UUID]) -> bool:
    """Whether it answers a confidential survey, or one that nobody knows to be open."""
    survey_id = survey_answered(record)
    return survey_id is not None and survey_id not in open_ids
