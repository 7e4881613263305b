"""Votes in the room: what is voted on, who may vote, what may be shown; pure.

A vote is secret until its pass is over, and no pass is added to another, nor to the answers that
were shown before. Once over, a pass takes no more votes: what is shown of it never grows.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid5

from assessment.errors import Refused
from assessment.model import NOBODY, UNCLEAR, Framework, Survey, Vote
from assessment.model.vote import Ballot, counting_votes
from assessment.storage.kinds import VOTES

_VOTES = UUID("8f6d1a52-63b0-4e0e-9d57-0c8a5b2f9a11")


def asking_again(survey: Survey, decision: str, votes: Iterable[Vote]) -> Survey:
    """The same survey, its room voting on a decision: under the next number that has no vote.

    What is voted on already goes on. Raises Refused before the answers were revealed.
    """
    if survey.revealed_at is None:
        raise Refused(
            "a vote follows the answers, and these are not revealed yet; reveal them first"
        )
    if survey.ballot and survey.asked_again == decision:
        return survey
    numbers = [number for _survey, of, number in votes_cast(survey, votes) if of == decision]
    return survey.changed(asked_again=decision, asked_pass=max(numbers, default=0) + 1)


def vote_ended(survey: Survey) -> Survey:
    """The same survey, its room voting on nothing: it talks about the decision still."""
    return survey.changed(asked_pass=None) if survey.ballot else survey


def talking_about(survey: Survey, topic: str | None) -> Survey:
    """The same survey, its room talking about a decision, about `item.` and an item, or none.

    A vote goes on until it is ended, and a session that is not revealed, or released, is not talked
    about.
    """
    if survey.revealed_at is None or survey.is_released or survey.ballot:
        return survey
    return survey.changed(asked_again=topic)


def check_takes_vote(survey: Survey, vote: Vote, votes: Iterable[Vote], *, voices: int) -> None:
    """Raise Refused for two names, another ballot than the open one, or a voter beyond `voices`."""
    if len(vote.named) > 1:
        raise Refused(
            "one role has the last word, so your vote was not stored; choose one role, “Nobody” "
            "or “I don't know”"
        )
    if survey.ballot != vote.ballot:
        raise Refused(
            "this vote is over, so yours was not stored; the room may vote again, and this page "
            "will ask"
        )
    voters = {stored.voter for stored in votes if stored.ballot == vote.ballot}
    if vote.voter not in voters and len(voters) >= voices:
        raise Refused(
            "as many have voted as answered this session, so yours was not stored; tell the "
            "person who leads the room"
        )


def vote_as_stored(vote: Vote, survey: Survey, *, earlier: int = 0) -> Vote:
    """A vote as it is stored: of its survey's squad; in a confidential one without time of day.

    There it is stored as at midnight, and a microsecond later for each of the `earlier` votes of
    its phone in this pass: that tells which of them is the last, and nothing else.
    """
    midnight = datetime.combine(survey.opened_on, time.min, UTC)
    counted = midnight + timedelta(microseconds=earlier)
    unsaid = {"saved_at": counted} if survey.confidential else {}
    return vote.model_copy(update={"squad": survey.squad, **unsaid})


def vote_sent(
    ballot: Ballot,
    roles_named: tuple[str, ...],
    *,
    survey: Survey,
    voter: UUID,
    votes: Iterable[Vote],
    framework: Framework,
    now: datetime,
) -> Vote:
    """A phone's vote as it is stored: another one than those among `votes` which it sent before.

    Refused where it names what is none.
    """
    earlier = sum((vote.ballot, vote.voter) == (ballot, voter) for vote in votes)
    vote = VOTES.record_of(
        {
            "vote_id": uuid5(_VOTES, f"{voter} {ballot} {earlier}"),
            "saved_at": now,
            "squad": survey.squad,
            "gathering": survey.id,
            "decision": ballot[1],
            "pass_number": ballot[2],
            "voter": voter,
            "named": roles_named,
        },
        framework,
    )
    return vote_as_stored(vote, survey, earlier=earlier)


def check_is_held(vote: Vote, held: Collection[str]) -> None:
    """Raise Refused where a vote names a role that is not among those that somebody holds."""
    if not {*vote.named} <= {*held, NOBODY, UNCLEAR}:
        raise Refused(
            "nobody holds a role that was chosen, so nothing was stored; choose among {held}",
            held=", ".join(held),
        )


def votes_cast(survey: Survey, votes: Iterable[Vote]) -> Mapping[Ballot, int]:
    """How many phones voted on each ballot of a survey's room, shown or not."""
    own = counting_votes(vote for vote in votes if vote.gathering == survey.id)
    return {ballot: len(counting) for ballot, counting in own.items()}


def showable_votes(votes: Iterable[Vote], surveys: Iterable[Survey]) -> tuple[Vote, ...]:
    """What of the votes may be shown: passes that are over, with enough votes, as they came.

    Of a survey that is not stored here nothing is shown, since nobody can tell what it promised.
    """
    votes = tuple(votes)
    survey_by_id = {survey.id: survey for survey in surveys}
    shown = {
        vote.vote_id
        for (survey_id, *_rest), counting in counting_votes(votes).items()
        if _may_show(survey_by_id.get(survey_id), counting)
        for vote in counting
    }
    return tuple(vote for vote in votes if vote.vote_id in shown)


def _may_show(survey: Survey | None, votes: tuple[Vote, ...]) -> bool:
    if survey is None or survey.revealed_at is None or survey.ballot == votes[0].ballot:
        return False
    return len(votes) >= survey.least_votes
