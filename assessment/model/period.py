"""Months and quarters, and when a day is over."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple, Self, get_args

from assessment.errors import Private, Refused

ANYWHERE_ON_EARTH = timedelta(hours=12)
"""A day ends last twelve hours after it ended in UTC: a closing day is whole for everybody."""

By = Literal["month", "quarter"]

BYS: tuple[By, ...] = get_args(By)

_PERIOD = re.compile(r"(?!0000)(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))", re.ASCII)


class Period(NamedTuple):
    """A month (`part` 1 to 12) or a quarter (`part` 1 to 4) of a year."""

    year: int
    part: int
    by: By

    @classmethod
    def of(cls, day: date, by: By) -> Self:
        """The period a day falls in."""
        return cls(day.year, day.month if by == "month" else (day.month + 2) // 3, by)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period written as `2026-11` or `2026-Q4`; else Refused."""
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise Refused(
                "'{text}' is not a period; expected 2026-11 or 2026-Q4", text=Private(text)
            )
        year, month, quarter = match.groups()
        if month:
            return cls(int(year), int(month), "month")
        return cls(int(year), int(quarter), "quarter")

    @property
    def first_day(self) -> date:
        """The day the period begins."""
        return date(self.year, self.part if self.by == "month" else 3 * self.part - 2, 1)

    @property
    def last_day(self) -> date:
        """The day the period ends."""
        month = self.part if self.by == "month" else 3 * self.part
        return date(self.year, month, monthrange(self.year, month)[1])

    def __str__(self) -> str:
        part = f"{self.part:02}" if self.by == "month" else f"Q{self.part}"
        return f"{self.year:04}-{part}"


def end_of_day(day: date) -> datetime:
    """The moment at which a day has ended for everybody."""
    return datetime.combine(day, time.max, UTC) + ANYWHERE_ON_EARTH
