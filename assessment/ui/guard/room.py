"""A survey's room, as stored: what its editor shows on the wall, and what its phones may do.

A phone that took part sees what its own survey revealed, never more than was promised, and votes
where the room votes.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID

from assessment.access import votes as voting
from assessment.access.agreements import check_answer_added, confirmation_as_stored
from assessment.access.invitations import voice_count
from assessment.access.rights import without_texts
from assessment.access.room import shown_in_room
from assessment.content.loading import shipped_framework
from assessment.errors import Conflict, Refused, template
from assessment.model import Agreement, Confirmation, Setup, Survey, Total
from assessment.model.vote import Ballot
from assessment.rounds.history import History
from assessment.rounds.room_records import RoomRecords
from assessment.storage.protocol import CHANGED, Stored
from assessment.ui.guard.stored import store
from assessment.ui.guard.surveys import invited_to, stored_survey, survey_in
from assessment.ui.guard.visitor import refuse_unless_editor
from assessment.ui.guard.whole_store import other_stored, stored_now, unguarded_store
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader, current_reader

TRIES = 2  # to tell the phones what the room talks about

# On the wall --------------------------------------------------------------------------------------


def room_records(survey_id: UUID) -> RoomRecords:
    """What the room is about; Refused for whoever may not edit, and where it was deleted."""
    refuse_unless_editor()
    return _records_of(unguarded_store().read(), survey_id)


def talk_about(survey_id: UUID, topic: str | None) -> None:
    """Tell the phones what the room talks about, if anything; again where others are faster."""
    for _try in range(TRIES):
        survey, _stored = stored_survey(survey_id)
        after = voting.talking_about(survey, topic)
        with suppress(Conflict):
            if after != survey:
                store().revise(survey, after)
            return


def ask_again(survey_id: UUID, decision: str) -> None:
    """Have the room vote on a decision; another vote that was open is over."""
    survey, stored = stored_survey(survey_id)
    store().revise(survey, voting.asking_again(survey, decision, stored.votes))


def end_vote(survey_id: UUID) -> None:
    """End the vote that is open, which shows it."""
    survey, _stored = stored_survey(survey_id)
    store().revise(survey, voting.vote_ended(survey))


# On the phones ------------------------------------------------------------------------------------


def records_for_invitee() -> RoomRecords:
    """What a phone that was invited may see of its survey; Refused without an invitation."""
    survey_id = invited_to()
    if survey_id is None:
        raise Refused(template("only those who were invited may follow a session; open your link"))
    return _records_of(stored_now(), survey_id, on_phones=True)


def agreed_before() -> tuple[Agreement, ...]:
    """What the squad holds agreed today, without notes: for whoever answered the decision."""
    records = records_for_invitee()
    held = records.agreements.in_force(records.survey.squad)
    return tuple(map(without_texts, held))


def has_voted(voter: UUID) -> bool:
    """Whether a phone's vote in one pass is stored, which is no more than the phone knew itself."""
    return any(vote.voter == voter for vote in stored_now().votes)


def send_vote(ballot: Ballot, roles_named: tuple[str, ...], *, voter: UUID) -> None:
    """Store a phone's vote for good; of several that it sends the last counts.

    Raises Refused, and stores nothing, where the phone is not invited, names what is none, or the
    vote is over; whether it is, is asked while nobody else writes.
    """
    survey_id = invited_to()
    if survey_id is None or survey_id != ballot[0]:
        raise Refused(template("only those who were invited may vote; nothing was stored"))
    stored = unguarded_store().read()
    records = _records_of(stored, survey_id)
    kept = voting.vote_sent(
        ballot,
        roles_named,
        survey=records.survey,
        voter=voter,
        votes=stored.votes,
        framework=shipped_framework(),
        now=datetime.now(UTC),
    )
    voting.check_is_held(kept, records.held)

    def check(stored: Stored) -> None:
        survey = survey_in(stored, survey_id)
        voices = voice_count(survey, stored.assessments)
        voting.check_takes_vote(survey, kept, stored.votes, voices=voices)

    if other_stored(unguarded_store(), kept, check=check):
        raise Conflict(CHANGED)


def send_confirmation(confirmation: Confirmation, *, browser: UUID) -> None:
    """Store how a role answers an agreement of this phone's own session, for good.

    The same answer for the same role twice counts once. Raises Refused, and stores nothing, where
    the phone is not invited, the agreement is none of its session's or does not concern the role,
    or another `browser` has answered for the role.
    """
    records = records_for_invitee()
    made = {agreement.id: agreement for agreement in records.made}
    agreement = made.get(confirmation.agreement_id)
    if agreement is None:
        raise Refused(template("this session has no such agreement; nothing was stored"))
    given = records.agreements.given(agreement, confirmation.role)
    kept = confirmation_as_stored(confirmation, agreement, given, browser=browser)
    if kept is None:
        return

    def check(stored: Stored) -> None:
        check_answer_added(kept, stored, browser=browser)

    if other_stored(unguarded_store(), kept, check=check):
        raise Conflict(CHANGED)


def _records_of(stored: Stored, survey_id: UUID, *, on_phones: bool = False) -> RoomRecords:
    return _records(stored, str(survey_id), on_phones, current_reader())


@kept(at_most=32)
def _records(stored: Stored, survey_id: str, on_phones: bool, reader: Reader) -> RoomRecords:
    """What a room has, kept for all who read it on one day and in one time zone."""
    survey = survey_in(stored, UUID(survey_id))
    shown = shown_in_room(stored, survey, on_phones=on_phones)
    return RoomRecords(
        shipped_framework(),
        survey,
        voices=voice_count(survey, stored.assessments),
        cast=voting.votes_cast(survey, stored.votes),
        now=reader.now,
        answers=shown.assessments,
        votes=shown.votes,
        setups=shown.setups,
        actions=shown.actions,
        squad_agreements=shown.agreements,
        confirmations=shown.confirmations,
        squad_has_ended=any(setup.is_end for setup in shown.setups)
        and _has_ended(stored, survey, shown.setups, today=reader.today),
    )


def _has_ended(stored: Stored, survey: Survey, setups: Sequence[Setup], *, today: date) -> bool:
    """Whether the squad of a survey has ended by a day, and was not heard of since."""
    squad = survey.squad_key
    checks = [check for check in stored.assessments if check.squad_key == squad]
    every: Sequence[Survey | Total] = (*stored.surveys, *stored.totals)
    surveys = [one for one in every if one.squad_key == squad]
    past = History(shipped_framework(), checks, "month", setups, surveys=surveys)
    return past.ended_on(survey.squad, today=today) is not None
