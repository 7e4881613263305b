"""What a survey's room answered, voted, agreed and does, read for its wall and its phones; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from assessment.model import (
    Action,
    Agreement,
    Assessment,
    Confirmation,
    Framework,
    Setup,
    Survey,
    Vote,
)
from assessment.model.vote import Ballot, counting_votes
from assessment.rounds.actions import actions_of, is_overdue
from assessment.rounds.agreements import Agreements, AgreementsOn
from assessment.rounds.room import Topic, survey_round
from assessment.rounds.round import Round
from assessment.scoring.seats import SquadSeats


@dataclass(frozen=True, eq=False)
class RoomRecords:
    """A survey and what may be shown of its answers and votes, beside all that is its squad's.

    `voices` is how many answered it, `cast` how many voted on each ballot: also where neither may
    be shown. `now` is the moment at which they are read, as the reader's clock tells it.
    """

    framework: Framework
    survey: Survey
    voices: int
    cast: Mapping[Ballot, int]
    now: datetime
    answers: tuple[Assessment, ...] = ()
    votes: tuple[Vote, ...] = ()
    setups: tuple[Setup, ...] = ()
    actions: tuple[Action, ...] = ()
    squad_agreements: tuple[Agreement, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()

    @cached_property
    def round(self) -> Round | None:
        """What the answers say together; None before they are revealed, or where none shows."""
        return survey_round(self.framework, self.survey, self.answers, self.setups)

    @cached_property
    def seats(self) -> SquadSeats:
        """The squad's seating day by day."""
        return SquadSeats(self.framework, self.setups)

    @property
    def held(self) -> tuple[str, ...]:
        """The roles that somebody held when the survey was opened: those there are to name."""
        return self.seats.on(self.survey.opened_on).held

    # Votes

    def passes(self, decision: str) -> tuple[tuple[Vote, ...], ...]:
        """The votes on a decision that may be shown, pass by pass; on an item there is none."""
        by_ballot = counting_votes(self.votes)
        return tuple(by_ballot[ballot] for ballot in sorted(by_ballot) if ballot[1] == decision)

    def hidden_votes(self, decision: str) -> int:
        """How many voted in the last pass on a decision, where it stays hidden; else none."""
        over = [b for b in self.cast if b[1] == decision and b != self.survey.ballot]
        shown = {vote.ballot for vote in self.votes}
        last = max(over, default=None)
        return self.cast[last] if last is not None and last not in shown else 0

    @property
    def votes_cast(self) -> int:
        """How many have voted by now on what is voted on."""
        return self.cast.get(self.survey.ballot, 0) if self.survey.ballot else 0

    def is_voting_on(self, topic: Topic) -> bool:
        """Whether the room votes on a topic now."""
        ballot = self.survey.ballot
        return topic.kind == "decision" and ballot is not None and ballot[1] == topic.of

    @property
    def would_show_votes(self) -> bool:
        """Whether what is voted on would be shown, were the vote ended now."""
        survey = self.survey
        return not survey.confidential or self.votes_cast >= survey.least_votes

    # Agreements

    @cached_property
    def agreements(self) -> AgreementsOn:
        """All that the squad agreed, how it was answered, read for the squad as it is seated."""
        agreements = Agreements(
            self.framework,
            self.squad_agreements,
            self.confirmations,
            seats_of=lambda _squad: self.seats,
            votes=self.votes,
            zone=self.now.tzinfo or UTC,
        )
        return agreements.on(self.now.date())

    @property
    def made(self) -> tuple[Agreement, ...]:
        """What was agreed in this room, in the order in which it was made."""
        made = [one for one in self.squad_agreements if one.survey == self.survey.id]
        return tuple(sorted(made, key=lambda agreement: (agreement.saved_at, str(agreement.id))))

    @property
    def agreed(self) -> Mapping[str, Agreement]:
        """By decision what was agreed in this room; of several the last that was made."""
        return {agreement.decision: agreement for agreement in self.made}

    @property
    def settled(self) -> frozenset[str]:
        """The decisions agreed on here by every role concerned."""
        agreed = self.agreed.items()
        return frozenset(of for of, made in agreed if self.agreements.is_settled(made))

    @property
    def awaited(self) -> frozenset[str]:
        """The decisions agreed on here that wait for roles and are refused by none."""
        agreed = self.agreed.items()
        refused = {of for of, made in agreed if self.agreements.is_refused(made)}
        return frozenset(self.agreed.keys() - self.settled - refused)

    # Actions

    def taken(self, day_of: Callable[[datetime], date]) -> tuple[Action, ...]:
        """What the squad decided to do since the answers were shown."""
        revealed = self.survey.revealed_at
        since = day_of(revealed) if revealed else date.max
        return tuple(action for action in self.actions if action.decided_on >= since)

    def overdue(self, day_of: Callable[[datetime], date], *, today: date) -> tuple[Action, ...]:
        """What should have been done by now of what it decided before, the soonest due first."""
        taken = self.taken(day_of)
        return tuple(
            action
            for action in actions_of(self.actions, self.survey.squad)
            if is_overdue(action, today=today) and action not in taken
        )
