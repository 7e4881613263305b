"""What a room talks about once its survey is revealed, strongest first, and how long; pure."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Literal
from uuid import UUID, uuid5

from assessment.model import UNCLEAR, Action, Assessment, Depth, Framework, Setup, Survey, Vote
from assessment.model.lenses import Lenses
from assessment.rounds.history import History
from assessment.rounds.round import Round
from assessment.scoring.deciders import counts_of
from assessment.scoring.disagreement import Disagreement, strongest_first
from assessment.scoring.who_decides import State

TopicKind = Literal["decision", "item"]

ANSWERING: Mapping[Depth, int] = {"quick": 3, "who-decides": 9, "deep": 19}
"""Minutes that answering takes: three for the quick check, and what each lens says it takes."""

OWN_SENTENCES = 2
"""Minutes of the one lens that is not asked in confidence."""

MOST_MINUTES = 10
"""For one topic: longer talks do not decide more."""

LEAST_TO_SETTLE = 3
"""Minutes to vote, agree and confirm on one topic."""

LEAST_MINUTES = 1 + LEAST_TO_SETTLE
"""For one topic: who has fewer decides nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a room shares its `minutes`, the first `spent` of which are gone.

    The headline, the choice of topics and the close have minutes of their own, the topics share the
    others. Of each topic `most_talk` at most go on talking about an example, the rest settles it.
    """

    minutes: int
    topics: int
    headline: int
    choice: int
    close: int
    most_talk: int
    spent: int = 0

    @property
    def left(self) -> int:
        """What is left for topics, in minutes."""
        before = max(self.spent, self.headline + self.choice)
        return max(0, self.minutes - before - self.close)

    def suggested(self, topics: "Sequence[Topic]") -> "tuple[Topic, ...]":
        """The first few, as many as a room gets through; at least one."""
        return tuple(topics[: max(1, min(self.topics, self.left // LEAST_MINUTES))])

    def minutes_each(self, count: int) -> int:
        """How long each of so many topics may take."""
        return min(MOST_MINUTES, self.left // count) if count else 0

    def talk(self, count: int) -> int:
        """How long each of so many topics is talked about before it is settled; at least one."""
        return min(self.most_talk, max(1, self.minutes_each(count) - LEAST_TO_SETTLE))

    def leaves_time(self, answering: int) -> bool:
        """Whether so many minutes of answering leave enough to settle a topic."""
        spent = answering + self.headline + self.choice
        return replace(self, spent=spent).fits(1)

    def fits(self, count: int) -> bool:
        """Whether so many topics leave each enough to be settled."""
        return self.minutes_each(count) >= LEAST_MINUTES


def minutes_to_answer(depth: Depth, *, confidential: bool) -> int:
    """About how long answering takes at a depth."""
    return ANSWERING[depth] - (OWN_SENTENCES if depth == "deep" and confidential else 0)


def lenses_asked(lenses: Lenses, depth: Depth, *, confidential: bool) -> tuple[str, ...]:
    """The lenses that a session asks at a depth; in confidence none that asks for own sentences."""
    whole = {"quick": (), "who-decides": (lenses.asking_for("decisions"),), "deep": lenses.lens_ids}
    unasked = lenses.asking_for("mandates") if confidential else None
    return tuple(lens for lens in whole[depth] if lens != unasked)


PLANS: Mapping[int, Plan] = {
    plan.minutes: plan
    for plan in (
        Plan(15, topics=1, headline=1, choice=1, close=2, most_talk=4),
        Plan(30, topics=3, headline=2, choice=1, close=4, most_talk=5),
        Plan(45, topics=5, headline=3, choice=2, close=5, most_talk=6),
        Plan(60, topics=5, headline=4, choice=2, close=6, most_talk=7),
    )
}
"""The plans to choose from, by their minutes."""


def plan_of(
    minutes: int,
    *,
    began: datetime | None,
    revealed_at: datetime | None,
    now: datetime | None = None,
) -> Plan:
    """A plan by its minutes; off it are those gone since the room `began`, until `now` if given.

    What it gathered in before the reveal is off it besides the minutes of headline and choice.
    """
    plan, spent = PLANS[minutes], 0
    if began is None:
        return plan
    if revealed_at and revealed_at >= began:
        gathered = ceil((revealed_at - began).total_seconds() / 60)
        spent = gathered + plan.headline + plan.choice
    if now and now > began:
        spent = max(spent, int((now - began).total_seconds() // 60))
    return replace(plan, spent=spent)


@dataclass(frozen=True, slots=True)
class Topic(Disagreement):
    """A decision or an item to talk about; `voices` are all that answered it."""

    kind: TopicKind

    @property
    def id(self) -> str:
        """What tells it from others: ids of decisions and items may be alike."""
        return f"{self.kind}.{self.of}"

    @property
    def names(self) -> int:
        """How many answers differ from each other."""
        return sum(1 for count in self.counts.values() if count)


def talk_id(topic_id: str) -> str:
    """How a survey keeps that its room talks about a topic: of a decision the bare id."""
    return topic_id.removeprefix("decision.")


@dataclass(frozen=True, slots=True)
class HeadlineCounts:
    """How many decisions a squad agrees on, differs on, and leaves to nobody.

    Those that it has `settled` since count there alone. Where nobody took the deep check, items are
    counted instead: none of those is nobody's.
    """

    kind: TopicKind
    agreed: int
    contested: int
    nobody: int
    settled: int = 0


def survey_round(
    framework: Framework,
    survey: Survey,
    answers: Sequence[Assessment],
    setups: Sequence[Setup] = (),
) -> Round | None:
    """What a survey's answers say together, of those that may be shown; None without any."""
    own = [answer for answer in answers if answer.gathering == survey.id]
    return History(framework, own, "month", setups, surveys=[survey]).latest(survey.squad)


def headline_counts(shown: Round, settled: Container[str] = ()) -> HeadlineCounts:
    """The three counts that lead everything else, and how many decisions are `settled` by now."""
    if shown.deep_answers and shown.deep.who_decides.is_answered:
        who_decides = shown.deep.who_decides
        done: Counter[State] = Counter(
            decision.state
            for decision in who_decides.decisions
            if decision.state in ("contested", "nobody") and decision.decision in settled
        )
        left = Counter(who_decides.counts) - done
        return HeadlineCounts(
            "decision", left["clear"], left["contested"], left["nobody"], done.total()
        )
    contested = sum(1 for item in shown.disagreements if item.is_contested)
    return HeadlineCounts("item", len(shown.disagreements) - contested, contested, 0)


def topics_of(shown: Round) -> tuple[Topic, ...]:
    """What there is to talk about: contested decisions, then nobody's, then items; strongest first.

    A decision on which most voices name the same is none, however few differ.
    """
    by_state: defaultdict[State | None, list[Topic]] = defaultdict(list)
    if shown.deep_unit.deep_answers:
        who_decides = shown.deep_unit.deep.who_decides
        by_id = {decision.of: decision.disagreement for decision in who_decides.disagreements}
        for decision in who_decides.decisions:
            counts = {role: count for role, count in decision.named.items() if role != UNCLEAR}
            topic = Topic(
                kind="decision",
                of=decision.decision,
                counts=counts,
                voices=decision.voices,
                unclear=decision.named.get(UNCLEAR, 0),
                disagreement=by_id.get(decision.decision, 0.0),
            )
            by_state[decision.state].append(topic)
    items = [
        Topic(item.of, item.disagreement, item.counts, item.voices, item.unclear, kind="item")
        for item in shown.disagreements
        if item.is_contested
    ]
    contested, nobody = by_state["contested"], by_state["nobody"]
    return (*strongest_first(contested), *strongest_first(nobody), *items)


def action_id(survey: Survey, lever: str, *, added: bool = False) -> UUID:
    """The id of an action that a room takes on a topic, or has `added` beside its topics."""
    return uuid5(survey.id, f"{'added ' if added else ''}action {lever}")


def on_topics(survey: Survey | None, actions: Iterable[Action]) -> tuple[Action, ...]:
    """Those of the actions that may settle a topic: one added beside them settles none."""
    return tuple(
        action
        for action in actions
        if survey is None or action.id != action_id(survey, action.lever, added=True)
    )


def left_open(
    framework: Framework,
    topics: Sequence[Topic],
    decisions: Container[str],
    actions: Iterable[Action],
    *,
    survey: Survey | None = None,
) -> tuple[Topic, ...]:
    """The topics on which nothing is agreed and on which no action acts that is not dropped."""
    acting = on_topics(survey, actions)
    levers = {action.lever for action in acting if action.status != "dropped"}
    acted_on = {item.id for item in framework.items if item.lever in levers}
    return tuple(
        topic
        for topic in topics
        if topic.of not in (decisions if topic.kind == "decision" else acted_on)
    )


def votes_by_role(framework: Framework, votes: Sequence[Vote]) -> Mapping[str, int]:
    """How many votes name each role, `nobody` and `unclear`, in framework order; no zeros."""
    return counts_of(framework, [vote.named for vote in votes])
