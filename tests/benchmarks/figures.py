"""Figures: what was measured, beside its floor, and the goal it is held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """A subject's value and its floor's, in one unit; without a floor the value itself counts.

    `goal` is the most that ratio or value may be, or the least where it is `at_least`.
    """

    row: str
    subject: str
    value: float
    floor: float | None
    goal: float
    unit: str = "ms"
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """The value in floors."""
        return self.value if self.floor is None else self.value / self.floor

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    @property
    def cells(self) -> tuple[str, ...]:
        """The figure as a row of the table."""
        floor = "" if self.floor is None else f"{self.floor:,.3g} {self.unit}"
        sign = "≥" if self.at_least else "≤"
        goal = f"{sign} {self.goal:g}" + (f" {self.unit}" if self.floor is None else "")
        met = "met" if self.is_met else "**missed**"
        value = f"{self.value:,.3g} {self.unit}"
        return self.row, self.subject, value, floor, f"{self.ratio:,.3g}", goal, met


def as_page(figures: Iterable[Figure], *, machine: str, day: date) -> str:
    """The figures as a page of Markdown."""
    head = ("#", "Subject", "Measured", "Floor", "Ratio", "Goal", "")
    rows = [head, ("---",) * len(head), *(figure.cells for figure in figures)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return PAGE.format(machine=machine, day=f"{day:%Y-%m-%d}", table=table)


PAGE = """# Performance

Measured by `make bench` on {day}, {machine}. Subjects and floors take turns in one run, so that a
busy machine slows both alike; figures are medians, in milliseconds from sending a message to the
end of the run where no other unit stands there. A floor is a bare Streamlit page, a page with the
same charts as ready specs, or the least that the work could cost.

{table}
"""
