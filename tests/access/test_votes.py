"""Votes: when they are taken, what is kept of them, and what is ever shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.access.guarded_store import (
    check_addition,
    check_deletion,
    check_revision,
    showable_records,
    without_confidential_answers,
)
from assessment.access.invitations import revealed
from assessment.access.release import released
from assessment.access.votes import (
    asking_again,
    check_is_held,
    check_takes_vote,
    showable_votes,
    talking_about,
    vote_as_stored,
    vote_ended,
    vote_sent,
    votes_cast,
)
from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.model import Survey, Vote
from assessment.model.vote import Ballot, counting_votes
from assessment.storage.protocol import Stored
from tests.builders import assessment, gathering, vote

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
HIDING = revealed(gathering(), voices=7, now=NOW)
OPEN = revealed(gathering(privacy="open"), voices=7, now=NOW)


def votes_for(survey: Survey, count: int, **changes: object) -> tuple[Vote, ...]:
    """So many votes of as many phones in a survey's room."""
    return tuple(vote(gathering=survey.id, **changes) for _ in range(count))


def sent(
    *named: str, votes: Sequence[Vote] = (), decision: str = "cut", pass_number: int = 1
) -> Vote:
    """What a phone sends on "cut" unless told otherwise, after votes that are stored."""
    return vote_sent(
        (OPEN.id, decision, pass_number),
        named,
        survey=OPEN,
        voter=UUID(int=9),
        votes=votes,
        framework=shipped_framework(),
        now=NOW,
    )


def test_a_phone_names_one_of_the_roles_that_are_held_or_nobody_or_that_it_does_not_know() -> None:
    for named in ("po", "nobody", "unclear"):
        check_is_held(sent(named), ["pm", "po"])
    with pytest.raises(Refused, match="stored; choose among pm, po"):
        check_is_held(sent("tl"), ["pm", "po"])
    with pytest.raises(Refused, match="unknown role 'boss' for 'cut'"):
        sent("boss")


def test_each_vote_that_a_phone_sends_is_another_one_and_counts_once() -> None:
    first = sent("po")
    second = sent("po", votes=[first])
    assert first.id == sent("tl").id != second.id
    others = votes_for(OPEN, 2, decision="cut")
    elsewhere = votes_for(HIDING, 1)
    assert votes_cast(OPEN, [first, second, *others, *elsewhere]) == {(OPEN.id, "cut", 1): 3}


def test_a_phone_that_voted_votes_again_on_the_next_decision_and_in_the_next_pass() -> None:
    votes = [sent("po")]
    votes.append(sent("po", votes=votes, decision="bets"))
    votes.append(sent("po", votes=votes, pass_number=2))

    stored = {vote.id: vote for vote in votes}
    ballots = (OPEN.id, "cut", 1), (OPEN.id, "bets", 1), (OPEN.id, "cut", 2)
    assert votes_cast(OPEN, stored.values()) == dict.fromkeys(ballots, 1)


def test_a_vote_follows_the_answers() -> None:
    with pytest.raises(Refused, match="these are not revealed yet; reveal them first"):
        asking_again(gathering(), "cut", ())


def test_each_vote_on_a_decision_has_the_next_number_and_other_decisions_begin_anew() -> None:
    first = asking_again(HIDING, "cut", ())
    assert first.ballot == (HIDING.id, "cut", 1)
    assert asking_again(first, "cut", votes_for(HIDING, 2, decision="cut")) == first
    assert asking_again(first, "bets", ()).ballot == (HIDING.id, "bets", 1)
    stored = [
        vote for at in (1, 2) for vote in votes_for(HIDING, 2, decision="cut", pass_number=at)
    ]
    assert asking_again(HIDING, "cut", stored).asked_pass == 3
    assert asking_again(vote_ended(first), "cut", stored).asked_pass == 3
    assert asking_again(HIDING, "bets", stored).asked_pass == 1
    # Once the vote is ended the room still talks about it.
    assert vote_ended(first) == talking_about(HIDING, "cut")
    assert vote_ended(first).ballot is None
    assert vote_ended(HIDING) is HIDING


def test_a_room_talks_about_nothing_else_while_it_votes_nor_before_or_after_its_time() -> None:
    voting = asking_again(HIDING, "cut", ())
    assert talking_about(vote_ended(voting), "item.late-scope").asked_again == "item.late-scope"
    for survey in (voting, gathering(), released(HIDING)):
        assert talking_about(survey, "bets") == survey


def test_a_vote_is_taken_while_the_room_votes_on_just_that() -> None:
    asking = asking_again(HIDING, "cut", ())
    (fits,) = votes_for(HIDING, 1, decision="cut")
    check_takes_vote(asking, fits, (), voices=7)
    # One role has the last word, whatever the first answers were allowed to name.
    with pytest.raises(Refused, match="one role has the last word"):
        check_takes_vote(asking, fits.model_copy(update={"named": ("po", "tl")}), (), voices=7)
    late = {"before": HIDING, "on another decision": asking_again(HIDING, "bets", ())}
    for survey in late.values():
        with pytest.raises(Refused, match="this vote is over, so yours was not stored"):
            check_takes_vote(survey, fits, (), voices=7)


def test_no_more_phones_vote_than_voices_answered_but_each_may_vote_anew() -> None:
    asking = asking_again(HIDING, "cut", ())
    stored = votes_for(HIDING, 5, decision="cut")
    check_takes_vote(asking, stored[0], stored, voices=5)
    with pytest.raises(Refused, match="as many have voted as answered this session"):
        check_takes_vote(asking, votes_for(HIDING, 1, decision="cut")[0], stored, voices=5)
    # Who voted on another decision takes nobody's place.
    check_takes_vote(asking, stored[0], votes_for(HIDING, 5, decision="bets"), voices=5)


def test_a_confidential_vote_keeps_no_time_of_day() -> None:
    given = vote(squad="Elsewhere", saved_at=NOW)
    kept = vote_as_stored(given, HIDING)
    assert (kept.squad, kept.saved_at) == ("Atlas", datetime(2026, 11, 3, tzinfo=UTC))
    assert vote_as_stored(given, OPEN).saved_at == NOW
    again = vote_as_stored(given, HIDING, earlier=2)
    assert again.saved_at == datetime(2026, 11, 3, 0, 0, 0, 2, tzinfo=UTC)


def test_of_one_phone_s_two_votes_the_later_counts() -> None:
    early = vote(voter=UUID(int=5), named=("pm",), saved_at=NOW)
    late = vote(voter=UUID(int=5), named=("po",), saved_at=NOW + timedelta(minutes=1))
    other = vote(named=("pm",))
    (counted,) = counting_votes([late, other, early]).values()
    assert {cast.named for cast in counted} == {("po",), ("pm",)}
    assert late in counted
    assert early not in counted
    assert len(counted) == 2


def test_votes_show_once_their_pass_is_over_and_from_five_on_in_a_confidential_survey() -> None:
    asking, four, five = (
        asking_again(HIDING, "cut", ()),
        *(votes_for(HIDING, count, decision="cut") for count in (4, 5)),
    )
    assert showable_votes(five, [asking]) == ()
    assert showable_votes(five, [vote_ended(asking)]) == five
    assert showable_votes(four, [HIDING]) == ()
    assert showable_votes(five, []) == ()
    two = votes_for(OPEN, 2)
    assert showable_votes(two, [OPEN]) == two


def test_a_survey_that_shows_from_three_voices_still_needs_five_votes_and_one_of_eight_eight() -> (
    None
):
    for least, shown in ((3, 5), (8, 8)):
        survey = revealed(gathering(least_voices=least), voices=9, now=NOW)
        assert showable_votes(votes_for(survey, shown - 1), [survey]) == ()
        assert len(showable_votes(votes_for(survey, shown), [survey])) == shown


def test_one_phone_that_votes_five_times_is_one_voice() -> None:
    assert showable_votes(votes_for(HIDING, 5, voter=UUID(int=1)), [HIDING]) == ()


def test_votes_of_a_confidential_survey_stand_in_no_list_and_no_file() -> None:
    hidden, shown = votes_for(HIDING, 5), votes_for(OPEN, 1)
    records = [*hidden, *shown]
    assert without_confidential_answers(records, [HIDING, OPEN]) == shown


def test_a_file_brings_back_votes_of_an_open_survey_once_their_pass_is_over() -> None:
    asking = asking_again(OPEN, "cut", ())
    of_the_pass = votes_for(OPEN, 2, decision="cut")
    with pytest.raises(Refused, match="whose results are not shown yet"):
        check_addition(of_the_pass, Stored(surveys=(asking,)))
    check_addition(of_the_pass, Stored(surveys=(vote_ended(asking),)))
    check_addition(votes_for(OPEN, 2, decision="bets"), Stored(surveys=(asking,)))


def test_confidential_votes_are_deleted_all_together_and_never_changed() -> None:
    votes = votes_for(HIDING, 5)
    answers = tuple(assessment(gathering=HIDING.id) for _ in range(5))
    stored = Stored(answers, surveys=(HIDING,), votes=votes)
    cast, given = [one.vote_id for one in votes], [one.assessment_id for one in answers]
    check_deletion([HIDING.id, *cast, *given], stored)
    for some in (cast[:1], cast, given):
        with pytest.raises(Refused, match="are deleted all together or not at all"):
            check_deletion(some, stored)
    with pytest.raises(Refused, match="stay as they were given"):
        check_revision(votes[0], votes[0].model_copy(update={"named": ("po",)}), stored)


# No vote, and no count over time, tells one to four voices apart ----------------------------------

MOVES = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from(["cut", "bets"])),
    st.tuples(st.just("end"), st.just("")),
    *(st.tuples(st.just(move), st.integers(1, 9)) for move in ("vote", "vote late") * 3),
)
NAMED = [("pm",), ("po",), ("nobody",)]


@dataclass
class Room:
    """A confidential room as it goes: what is voted on, what was, and what is stored."""

    survey: Survey
    votes: dict[UUID, Vote] = field(default_factory=dict)
    ended: tuple[UUID, str, int] | None = None

    def does(self, move: str, value: int | str, named: tuple[str, ...], *, voices: int) -> None:
        """One move; whatever is refused leaves everything as it is."""
        if move == "ask":
            self.survey = asking_again(self.survey, str(value), self.votes.values())
        elif move == "end":
            self.ended, self.survey = self.survey.ballot or self.ended, vote_ended(self.survey)
        elif ballot := self.survey.ballot if move == "vote" else self.ended:
            ids = dict(zip(("gathering", "decision", "pass_number"), ballot, strict=True))
            given = vote(**ids, voter=UUID(int=int(value)), named=named)
            with suppress(Refused):
                check_takes_vote(self.survey, given, self.votes.values(), voices=voices)
                self.votes[given.vote_id] = given

    def stored(self) -> Stored:
        return Stored(surveys=(self.survey,), votes=tuple(self.votes.values()))


@settings(max_examples=500)
@given(
    least=st.integers(3, 7),
    voices=st.integers(7, 9),
    moves=st.lists(st.tuples(MOVES, st.sampled_from(NAMED)), max_size=80),
)
def test_whatever_a_room_does_a_pass_shows_from_five_votes_on_and_never_otherwise_later(
    least: int, voices: int, moves: list[tuple[tuple[str, int | str], tuple[str, ...]]]
) -> None:
    room = Room(revealed(gathering(least_voices=least), voices=voices, now=NOW))
    known: Mapping[Ballot, tuple[Vote, ...] | None] = {}
    for (move, value), named in moves:
        room.does(move, value, named, voices=voices)
        shown = counting_votes(showable_records(room.stored()).votes)
        assert all(max(5, least) <= len(counted) <= voices for counted in shown.values())
        assert {ballot: shown.get(ballot) for ballot in known} == known
        known = shown
        for some in (room.votes, list(room.votes)[:1], list(room.votes)[1:]):
            if 0 < len(some) < len(room.votes):
                with pytest.raises(Refused):
                    check_deletion(some, room.stored())
