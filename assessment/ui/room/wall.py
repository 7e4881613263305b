"""What a room's wall shows once its answers are revealed: which topics, what is open, what time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from assessment.model import Action
from assessment.rounds.room import Plan, Topic, left_open, plan_of
from assessment.rounds.room_records import RoomRecords
from assessment.ui.room.place import Place
from assessment.ui.session.reader import Reader
from assessment.wording.room import RoomPart


@dataclass(frozen=True, eq=False)
class Wall:
    """Who reads it, what the room has, what that says, and which screen it is at."""

    reader: Reader
    records: RoomRecords
    part: RoomPart
    at: Place

    @property
    def topic(self) -> Topic | None:
        """The topic that it is at."""
        return next((topic for topic in self.part.topics if topic.id == self.at.topic), None)

    @cached_property
    def chosen(self) -> Sequence[Topic]:
        """The topics the room walks through: those it chose, else those suggested."""
        topics, at = self.part.topics, self.at
        if at.topics is not None:
            return [topic for topic in topics if topic.id in at.topics]
        revealed_at = self.records.survey.revealed_at
        plan = plan_of(at.minutes, began=at.began, revealed_at=revealed_at)
        new = [topic for topic in topics if not self.part.agreed_earlier(topic)]
        return plan.suggested(new or topics)

    @cached_property
    def left_open(self) -> Sequence[Topic]:
        """The topics, chosen or not, on which nothing is agreed and the room does not act."""
        records, survey = self.records, self.records.survey
        agreed = records.agreements.decisions_agreed(survey.squad, survey)
        return left_open(records.framework, self.part.topics, agreed, self.taken, survey=survey)

    def is_awaited(self, topic: Topic) -> bool:
        """Whether what was agreed on a topic, here or earlier, still waits for roles."""
        earlier = {agreed.state for agreed in self.part.agreed_earlier(topic)}
        return topic.of in self.records.awaited or earlier == {"proposed"}

    @cached_property
    def taken(self) -> Sequence[Action]:
        """What the squad decided to do since the answers were shown."""
        return self.records.taken(self.reader.day_of)

    @property
    def levers_left(self) -> Sequence[str]:
        """The levers not taken yet: those the squad's answers rank, then the others.

        The room may have settled what no answer tells.
        """
        done = {action.lever for action in self.taken}
        ranked = [gain.lever for gain in self.part.shown.diagnosis.levers]
        levers = (lever.id for lever in self.reader.edition.framework.levers)
        return [lever for lever in dict.fromkeys((*ranked, *levers)) if lever not in done]

    @property
    def minutes_each(self) -> int:
        """How long each topic may take of those that are left: the open ones, and this one."""
        return self.plan.minutes_each(self._sharing)

    @property
    def minutes_to_talk(self) -> int:
        """How long this topic is talked about before it is settled."""
        return self.plan.talk(self._sharing)

    @property
    def _sharing(self) -> int:
        left = [t for t in self.chosen if t in self.left_open or t.id == self.at.topic]
        return len(left) or 1

    @property
    def plan(self) -> Plan:
        """The plan with what is left of it by now."""
        return plan_at(self.records, self.at)

    @property
    def later(self) -> tuple[str, str]:
        """The step and the topic that follow this one."""
        ids = [topic.id for topic in self.chosen]
        index = ids.index(self.at.topic) + 1 if self.at.topic in ids else len(ids)
        return ("walk", ids[index]) if index < len(ids) else ("close", "")


def plan_at(records: RoomRecords, at: Place) -> Plan:
    """The plan with what is left of it by now; on a topic, when its minutes began."""
    now = at.ring if at.topic and at.ring else datetime.now(UTC)
    revealed_at = records.survey.revealed_at
    return plan_of(at.minutes, began=at.began, revealed_at=revealed_at, now=now)
