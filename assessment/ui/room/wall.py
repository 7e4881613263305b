"""What a room's wall is drawn from once its answers are revealed, and which screen it is at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from assessment.rounds.room import Plan, Topic
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
        return next((topic for topic in self.records.topics if topic.id == self.at.topic), None)

    @cached_property
    def chosen(self) -> Sequence[Topic]:
        """The topics the room walks through: those it chose, else those suggested."""
        at = self.at
        if at.topics is None:
            return self.records.suggested(at.minutes, began=at.began)
        return [topic for topic in self.records.topics if topic.id in at.topics]

    @property
    def plan(self) -> Plan:
        """The plan with what is left of it by now; on a topic, when its minutes began."""
        return plan_at(self.records, self.at)

    @property
    def sharing(self) -> int:
        """How many topics share the minutes that are left: the open ones, and this one."""
        return self.records.sharing(self.chosen, self.at.topic)

    @property
    def later(self) -> tuple[str, str]:
        """The step and the topic that follow this one."""
        ids = [topic.id for topic in self.chosen]
        index = ids.index(self.at.topic) + 1 if self.at.topic in ids else len(ids)
        return ("walk", ids[index]) if index < len(ids) else ("close", "")


def plan_at(records: RoomRecords, at: Place) -> Plan:
    """The plan of a room; on a topic, as it was when its minutes began."""
    ring = at.ring if at.topic else None
    return records.plan(at.minutes, began=at.began, at=ring or datetime.now(UTC))
