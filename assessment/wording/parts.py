"""The small parts that a take-away is made of, whatever its format; no logic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, with the shorter ones that stand behind it."""

    text: str
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelPart:
    """A squad's level as values: `score` and `fit` in [0, 100], `coverage` in [0, 1].

    `fit` is that of who decides; changes are in shown points. None stands for what is missing,
    an empty `stage` and empty `limits` for none.
    """

    name: str
    short: str
    score: float | None
    stage: str
    coverage: float
    change: int | None
    limits: str
    fit: float | None
    fit_change: int | None


@dataclass(frozen=True, slots=True)
class LensPart:
    """A lens as values, None where missing; `trouble` names what is in trouble, worst first."""

    name: str
    score: float | None
    coverage: float
    change: int | None
    trouble: str


@dataclass(frozen=True, slots=True)
class LeverPart:
    """A lever as people read it: what it gains, why or where, whose move, the first step.

    `points` is the gain as a number; `where` holds the reasons, or the squads that share it.
    """

    title: str
    points: float
    gain: str
    where: str
    owners: str
    step: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A squad's level: the score in [0, 100] and how it is written, and what changed."""

    score: float | None
    shown: str
    change: str


@dataclass(frozen=True, slots=True)
class Row:
    """A squad's line in the overview; `voices` and `since` say what its numbers stand on."""

    squad: str
    voices: str
    since: str
    cells: tuple[Cell, ...]
    overall: Cell


@dataclass(frozen=True, slots=True)
class FitRow:
    """A squad's fit per level; `voices` says how many took the deep check."""

    squad: str
    voices: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ActionPart:
    """What a squad decided, as people read it: where it stands, what its levels did since.

    `since` is empty where rounds are missing; `late` tells an action that is overdue. Its note
    stays out: a file travels further than the page.
    """

    title: str
    standing: str
    since: str
    late: bool
    status: str
    owner: str
    decided_on: date
    due_on: date | None
    ended_on: date | None

    @property
    def line(self) -> str:
        """Everything about it on one line."""
        return " · ".join(filter(None, (self.title, self.standing, self.since)))


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """A decision: who should take it, who does, how far that fits and how far voices differ.

    `told` says it in a sentence. `fit` is in [0, 100], None unanswered; `apart` in [0, 1], None
    under two voices.
    """

    level: str
    name: str
    should: str
    today: str
    fit: float | None
    shown: str
    told: str
    voices: int
    apart: float | None


@dataclass(frozen=True, slots=True)
class FindingPart:
    """Findings of one kind that one lever answers: the kind's title, sentences, what helps.

    `helps` is the lever's title as a sentence of its own.
    """

    title: str
    sentences: tuple[str, ...]
    lever: str
    helps: str


@dataclass(frozen=True, slots=True)
class SignPart:
    """A vital sign in its unit: as a number, in a few words, and with what stands behind it.

    `before` says what it was the last time, empty where nobody gave it.
    """

    name: str
    value: float
    short: str
    told: str
    before: str

    @property
    def line(self) -> str:
        """The sign, and what it was the last time."""
        return f"{self.told} · {self.before}" if self.before else self.told
