"""A survey's room, as stored: what its editor shows on the wall, and what its phones may do.

A phone that took part sees what its own survey revealed, never more than was promised, and votes
where the room votes again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from assessment.access import votes as voting
from assessment.access.agreements import check_agreements_added, check_may_answer, id_of_answer
from assessment.access.guarded_store import showable_records
from assessment.access.invitations import voice_count
from assessment.access.rights import without_texts
from assessment.content.loading import shipped_framework
from assessment.errors import Conflict, Refused, template
from assessment.model import NOBODY, UNCLEAR, Action, Agreement, Confirmation, Survey, Vote
from assessment.model.vote import Ballot, counting_votes
from assessment.rounds.actions import actions_of, is_overdue
from assessment.rounds.agreements import Agreements
from assessment.scoring.seats import SquadSeats
from assessment.storage.kinds import VOTES
from assessment.storage.protocol import CHANGED, Stored
from assessment.ui.guard.stored import store
from assessment.ui.guard.surveys import invited_to, stored_survey, survey_in
from assessment.ui.guard.visitor import refuse_unless_editor
from assessment.ui.guard.whole_store import (
    changing_store,
    other_stored,
    stored_now,
    unguarded_store,
)

TRIES = 2
"""To tell the phones what the room talks about."""

_VOTES = UUID("8f6d1a52-63b0-4e0e-9d57-0c8a5b2f9a11")


@dataclass(frozen=True, slots=True)
class RoomRecords:
    """A survey, how many answered it, how many have voted now, and what of it may be shown.

    How roles answered what was agreed elsewhere is among it, without why: those words were given to
    another session, which may have promised to keep them to itself.
    """

    survey: Survey
    voices: int
    votes_cast: int
    shown: Stored
    cast_by_ballot: Mapping[Ballot, int]

    def passes(self, decision: str) -> tuple[tuple[Vote, ...], ...]:
        """The votes on a decision that may be shown, pass by pass; on an item there is none."""
        by_ballot = counting_votes(self.shown.votes)
        asked = sorted(ballot for ballot in by_ballot if ballot[1] == decision)
        return tuple(by_ballot[ballot] for ballot in asked)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """What was agreed in this room, as it was made."""
        survey_id = self.survey.id
        return tuple(
            agreement for agreement in self.shown.agreements if agreement.survey == survey_id
        )

    @property
    def latest_agreements(self) -> tuple[Agreement, ...]:
        """The same, of several on one decision the last."""
        latest = {agreement.decision: agreement for agreement in sorted(self.agreements, key=_when)}
        return tuple(latest.values())

    def agreed_on(self, decision: str) -> Agreement | None:
        """What the room agreed on a decision last; None where it did not."""
        return next((a for a in self.latest_agreements if a.decision == decision), None)

    @property
    def settled(self) -> frozenset[str]:
        """The decisions agreed on here by every role concerned."""
        agreed = filter(self.answered.is_settled, self.latest_agreements)
        return frozenset(agreement.decision for agreement in agreed)

    @property
    def awaited(self) -> frozenset[str]:
        """The decisions agreed on here that wait for roles and are refused by none."""
        answered = self.answered
        return frozenset(
            agreement.decision
            for agreement in self.latest_agreements
            if not (answered.is_settled(agreement) or answered.is_refused(agreement))
        )

    def taken(self, day_of: Callable[[datetime], date]) -> tuple[Action, ...]:
        """What the squad decided to do since the answers were shown."""
        revealed = self.survey.revealed_at
        since = day_of(revealed) if revealed else date.max
        return tuple(action for action in self.shown.actions if action.decided_on >= since)

    def overdue(self, day_of: Callable[[datetime], date], *, today: date) -> tuple[Action, ...]:
        """What should have been done by now of what it decided before, the soonest due first."""
        taken = self.taken(day_of)
        return tuple(
            action
            for action in actions_of(self.shown.actions, self.survey.squad)
            if is_overdue(action, today=today) and action not in taken
        )

    @property
    def answered(self) -> Agreements:
        """The agreements and how they were answered, read for the squad as it is seated."""
        shown, seats = self.shown, self.seats
        return Agreements(
            shipped_framework(),
            shown.agreements,
            shown.confirmations,
            lambda _squad: seats,
            shown.votes,
        )

    @property
    def seats(self) -> SquadSeats:
        """The squad's seating day by day."""
        return SquadSeats(shipped_framework(), self.shown.setups)

    def hidden_votes(self, decision: str) -> int:
        """How many voted in the last pass on a decision, where it stays hidden; else none."""
        over = [b for b in self.cast_by_ballot if b[1] == decision and b != self.survey.ballot]
        shown = {vote.ballot for vote in self.shown.votes}
        last = max(over, default=None)
        return self.cast_by_ballot[last] if last is not None and last not in shown else 0


# On the wall --------------------------------------------------------------------------------------


def room_records(survey_id: UUID) -> RoomRecords:
    """What the room is about; Refused for whoever may not edit, and where it was deleted."""
    refuse_unless_editor()
    return _records_of(unguarded_store().read(), survey_id)


def talk_about(survey_id: UUID, topic: str | None) -> None:
    """Tell the phones what the room talks about, if anything; again where others are faster.

    Where they are at every try, the phones follow them.
    """
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
    """What a phone that was invited may see of its survey; Refused without an invitation.

    Of what the squad agreed elsewhere it sees no texts people wrote: no invitation shows notes.
    """
    survey_id = invited_to()
    if survey_id is None:
        raise Refused(template("only those who were invited may follow a session; open your link"))
    records = _records_of(stored_now(), survey_id)
    agreements = tuple(
        agreement if agreement.survey == survey_id else without_texts(agreement)
        for agreement in records.shown.agreements
    )
    return replace(records, shown=replace(records.shown, agreements=agreements))


def agreed_before(*, today: date) -> tuple[Agreement, ...]:
    """What the squad of the survey has agreed that holds today, without texts people wrote on it.

    Those are notes, which no invitation shows. It is for whoever answered the decision already.
    """
    records = records_for_invitee()
    held = records.answered.in_force(records.survey.squad, today=today)
    return tuple(map(without_texts, held))


def send_vote(ballot: Ballot, roles_named: tuple[str, ...], *, voter: UUID) -> None:
    """Store a phone's vote for good; of several that it sends the last counts.

    Raises Refused, and stores nothing, where the phone is not invited, names what is none, or the
    vote is over; whether it is, is asked while nobody else writes.
    """
    survey_id = invited_to()
    if survey_id is None or survey_id != ballot[0]:
        raise Refused(template("only those who were invited may vote; nothing was stored"))
    stored = unguarded_store().read()
    survey = survey_in(stored, survey_id)
    own = [vote for vote in stored.votes if (vote.ballot, vote.voter) == (ballot, voter)]
    vote = VOTES.record_of(
        {
            "vote_id": uuid5(_VOTES, f"{voter} {ballot} {len(own)}"),
            "saved_at": datetime.now(UTC),
            "squad": survey.squad,
            "gathering": survey_id,
            "decision": ballot[1],
            "pass_number": ballot[2],
            "voter": voter,
            "named": roles_named,
        },
        shipped_framework(),
    )
    held = _records_of(stored, survey_id).seats.on(survey.opened_on).held
    if not {*roles_named} <= {*held, NOBODY, UNCLEAR}:
        raise Refused(
            template("nobody holds what was chosen, so nothing was stored; choose among {held}"),
            held=", ".join(held),
        )
    kept = voting.vote_as_stored(vote, survey, earlier=len(own))

    def check(stored: Stored) -> None:
        survey = survey_in(stored, survey_id)
        voices = voice_count(survey, stored.assessments)
        voting.check_takes_vote(survey, kept, stored.votes, voices=voices)

    if other_stored(changing_store(), kept, check=check):
        raise Conflict(CHANGED)


def send_confirmation(confirmation: Confirmation, *, browser: UUID) -> None:
    """Store how a role answers an agreement of this phone's own session, for good.

    The same answer for the same role twice counts once. Raises Refused, and stores nothing, where
    the phone is not invited, the agreement is none of its session's or does not concern the role,
    or another `browser` has answered for the role.
    """
    records = records_for_invitee()
    made = {agreement.agreement_id: agreement for agreement in records.agreements}
    agreement = made.get(confirmation.agreement_id)
    if agreement is None:
        raise Refused(template("this session has no such agreement; nothing was stored"))
    given = records.answered.given(agreement, confirmation.role)
    check_may_answer(browser, given)
    answer = (confirmation.answer, confirmation.reservation)
    if given and (given[-1].answer, given[-1].reservation) == answer:
        return
    own = {"confirmation_id": id_of_answer(browser, len(given)), "voice": None}
    kept = confirmation.model_copy(update={**own, "squad": agreement.squad})

    def check(stored: Stored) -> None:
        check_agreements_added([kept], stored)
        asked = kept.agreement_id, kept.role
        given = [c for c in stored.confirmations if (c.agreement_id, c.role) == asked]
        check_may_answer(browser, given)

    if other_stored(changing_store(), kept, check=check):
        raise Conflict(CHANGED)


def _when(agreement: Agreement) -> tuple[datetime, str]:
    return agreement.saved_at, str(agreement.agreement_id)


def _records_of(stored: Stored, survey_id: UUID) -> RoomRecords:
    survey = survey_in(stored, survey_id)
    shown = showable_records(stored)
    own = counting_votes(vote for vote in stored.votes if vote.gathering == survey_id)
    cast = {ballot: len(votes) for ballot, votes in own.items()}
    agreements = tuple(a for a in shown.agreements if a.squad_key == survey.squad_key)
    made_here = {a.agreement_id: a.survey == survey_id for a in agreements}
    return RoomRecords(
        survey=survey,
        voices=voice_count(survey, stored.assessments),
        votes_cast=cast.get(survey.ballot, 0) if survey.ballot else 0,
        cast_by_ballot=cast,
        shown=replace(
            shown,
            assessments=tuple(a for a in shown.assessments if a.gathering == survey_id),
            setups=tuple(s for s in shown.setups if s.squad_key == survey.squad_key),
            actions=tuple(a for a in shown.actions if a.squad_key == survey.squad_key),
            surveys=(survey,),
            votes=tuple(vote for vote in shown.votes if vote.gathering == survey_id),
            agreements=agreements,
            confirmations=tuple(
                c if made_here[c.agreement_id] else without_texts(c)
                for c in shown.confirmations
                if c.agreement_id in made_here
            ),
            set_aside=(),
            version=(shown.version, survey_id),
        ),
    )
