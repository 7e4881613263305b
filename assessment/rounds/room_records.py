"""What a survey's room answered, voted, agreed and does, read for its wall and its phones; pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property

from assessment.model import Action, Agreement, Assessment, Confirmation, Framework, Setup, Survey
from assessment.model.vote import Ballot, Vote, counting_votes
from assessment.rounds.actions import NEVER_LATE, actions_of, is_open, is_overdue
from assessment.rounds.agreements import DECIDED, Agreements, AgreementsOn, AgreementState
from assessment.rounds.room import Plan, Topic, left_open, plan_of, survey_round, topics_of
from assessment.rounds.round import Round
from assessment.scoring.seats import SquadSeats


@dataclass(frozen=True, eq=False)
class RoomRecords:
    """A survey and what may be shown of its answers and votes, beside all that is its squad's.

    `voices` is how many answered it, `cast` how many voted on each ballot: also where neither may
    be shown. `now` is a moment of the day on which they are read, as the reader's clock tells it,
    and `squad_has_ended` of that day too.
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
    squad_has_ended: bool = False

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

    @property
    def _zone(self) -> tzinfo:
        return self.now.tzinfo or UTC

    # Topics

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """What there is to talk about, the strongest first of each turn.

        First comes what was agreed before and ran out, was refused or lacks a decider; last what
        holds or waits.
        """
        return tuple(sorted(topics_of(self.round), key=self._turn)) if self.round else ()

    def _turn(self, topic: Topic) -> int:
        earlier = self._states_earlier(topic)
        return 2 if earlier & DECIDED else 0 if earlier else 1

    def plan(self, minutes: int, *, began: datetime | None, at: datetime) -> Plan:
        """A plan of so many minutes with what is left of it `at` a moment."""
        return plan_of(minutes, began=began, revealed_at=self.survey.revealed_at, now=at)

    def suggested(self, minutes: int, *, began: datetime | None) -> Sequence[Topic]:
        """The topics that such a plan leaves time for, those agreed on before left out."""
        new = [topic for topic in self.topics if not self._states_earlier(topic) & DECIDED]
        plan = plan_of(minutes, began=began, revealed_at=self.survey.revealed_at)
        return plan.suggested(new or self.topics)

    @cached_property
    def left_open(self) -> tuple[Topic, ...]:
        """The topics on which nothing is agreed and the room does not act."""
        agreed = self.agreements.decisions_agreed(self.survey.squad, self.survey)
        return left_open(self.framework, self.topics, agreed, self.decided, survey=self.survey)

    @property
    def left_untouched(self) -> tuple[Topic, ...]:
        """The topics left open, but for what was agreed here and does not hold: told apart."""
        return tuple(topic for topic in self.left_open if topic.of not in self.unsettled)

    def sharing(self, chosen: Sequence[Topic], topic_id: str) -> int:
        """How many of the chosen share the minutes left: the open ones, and the one it is at."""
        return sum(topic in self.left_open or topic.id == topic_id for topic in chosen) or 1

    def is_awaited(self, topic: Topic) -> bool:
        """Whether what was agreed on a topic, here or earlier, still waits for roles."""
        if topic.of in self.agreed:
            return topic.of in self.awaited
        return self._states_earlier(topic) == {"proposed"}

    def _states_earlier(self, topic: Topic) -> Set[AgreementState]:
        """How what the squad agreed on a topic before the reveal stands without what came after."""
        earlier = self.agreements.before(self.survey)
        return {
            earlier.state(agreement)
            for agreement in earlier.holding_and_latest(self.survey.squad)
            if topic.kind == "decision" and agreement.decision == topic.of
        }

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
            zone=self._zone,
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
    def unsettled(self) -> frozenset[str]:
        """The decisions agreed on here that wait for roles or are refused by one."""
        return self.agreements.unsettled_in(self.survey)

    @property
    def awaited(self) -> frozenset[str]:
        """The decisions agreed on here that wait for roles and are refused by none."""
        agreed = self.agreed.items()
        refused = {of for of, made in agreed if self.agreements.is_refused(made)}
        return self.unsettled - refused

    # Actions

    @cached_property
    def decided(self) -> tuple[Action, ...]:
        """What the squad decided to do since the answers were shown, and did not drop."""
        since = self.survey.revealed_at
        later = (action for action in self.actions if since and action.saved_at >= since)
        return tuple(action for action in later if action.status != "dropped")

    @cached_property
    def taken(self) -> tuple[Action, ...]:
        """What of that is still to be done."""
        return tuple(filter(is_open, self.decided))

    @property
    def late_on(self) -> date:
        """The day as of which actions are told as overdue: never of a squad that has ended."""
        return NEVER_LATE if self.squad_has_ended else self.now.date()

    @property
    def overdue(self) -> tuple[Action, ...]:
        """What should have been done by now of what it decided before, the soonest due first."""
        return tuple(
            action
            for action in actions_of(self.actions, self.survey.squad)
            if is_overdue(action, today=self.late_on) and action not in self.taken
        )

    @property
    def levers_left(self) -> Sequence[str]:
        """The levers not taken yet: those the squad's answers rank, then the others."""
        done = {action.lever for action in self.decided}
        ranked = [gain.lever for gain in self.round.diagnosis.levers] if self.round else []
        levers = (lever.id for lever in self.framework.levers)
        return [lever for lever in dict.fromkeys((*ranked, *levers)) if lever not in done]
