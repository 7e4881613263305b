"""The small parts that a result is made of on a page and in a file; no logic."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

import pandas as pd

Tone = Literal["good", "watch", "bad", "late", "unknown", "holds"]


@dataclass(frozen=True, slots=True)
class Chip:
    """A few words that stand beside a verdict, with the tone they are drawn in."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, with the shorter ones that stand behind it."""

    text: str
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What a chart is drawn of, made when it is drawn; what it says, in words and as a table.

    `cells` are those of the table, under `title`, or under `alt` where there is none; `of` tells
    whose result it is.
    """

    alt: str
    frame: Callable[[], pd.DataFrame]
    cells: Callable[[], pd.DataFrame] = pd.DataFrame
    title: str = ""
    of: str = ""

    @property
    def table(self) -> "Table":
        """What the picture says as a table for people."""
        return Table(self.title or self.alt, self.cells())


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table for people under its title."""

    title: str
    cells: pd.DataFrame


@dataclass(frozen=True, slots=True)
class LevelPart:
    """A squad's level as values: `score` and `fit` in [0, 100], `coverage` in [0, 1].

    `is_capped` tells where an answer keeps the `stage` below its points; `low` to `high` is where
    the score lies whichever voice is left out. `change` is a move in shown points, `changed` how it
    is told, or that nothing clearly did, and `between` on how many voices, where these are not the
    same. `fit` is that of who decides, with its own coverage, and `clear` how many of the decisions
    answered are clear, such as 3/4; `lower` is the lower of that share and the fit. None stands for
    what is missing, empty texts for none.
    """

    level: str
    name: str
    short: str
    score: float | None
    stage: int | None
    stage_name: str
    coverage: float
    change: int | None
    changed: str
    between: str
    low: float | None
    high: float | None
    limits: str
    is_capped: bool
    fit: float | None
    fit_coverage: float
    fit_change: int | None
    clear: str
    lower: float | None


@dataclass(frozen=True, slots=True)
class LensPart:
    """A lens as values, None where missing; `trouble` names what is in trouble, worst first.

    `missing` says why it has no score, and is empty where it has one.
    """

    lens: str
    name: str
    score: float | None
    coverage: float
    missing: str
    change: int | None
    trouble: str


@dataclass(frozen=True, slots=True)
class LeverPart:
    """A lever as people read it: what it gains, why or where, whose move, the first step.

    `points` is the gain as a number, None over several squads; `relation` says what it has to do
    with the headline or, of several squads, where it is decided already (`is_late`: an action is
    overdue), empty where it is nothing; `where` holds the reasons, or the squads that share it.
    `passage` is the playbook's; a page that offers actions knows the lever by its id, `lever`.
    """

    lever: str
    title: str
    text: str
    agenda: tuple[str, ...]
    passage: str
    points: float | None
    gain: str
    relation: str
    where: str
    owners: str
    step: str
    is_late: bool = False

    @property
    def line(self) -> str:
        """What it gains, and what it has to do with the headline."""
        return " ".join(filter(None, (self.gain, self.relation)))


@dataclass(frozen=True, slots=True)
class Cell:
    """A squad's level: the score in [0, 100] and how it is written, and what changed.

    `stage` is the level's own, which gives its colour; None of what has no stage, whose grey
    follows from `lower`.
    """

    score: float | None
    shown: str
    change: str
    stage: int | None = None
    lower: float | None = None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A squad's line in a table of scores; `about` says what its numbers stand on.

    Of these `since` says since when its changes are told; empty where none is.
    """

    squad: str
    about: tuple[str, ...]
    cells: tuple[Cell, ...]
    since: str = ""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A role that blocks: how, level by level, empty where it does not; in which share of squads.

    Shares are in [0, 1], the larger one where it blocks in both ways.
    """

    role: str
    cells: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SeatSignals:
    """What signals say of a seat: `points` in [0, 100] of one squad, None of several or unknown.

    `counts` are the squads by reading: no sign, to watch, not enough answers.
    """

    name: str
    points: int | None
    counts: tuple[int, ...]
    in_words: str


@dataclass(frozen=True, slots=True)
class DumbBell:
    """A level before and now in [0, 100], with the voices behind both; `squad` empty of one alone.

    `change` says that there is no clear one where `is_clear` is false.
    """

    squad: str
    level: str
    before: float
    after: float
    before_shown: str
    after_shown: str
    change: str
    is_clear: bool
    voices: str

    @property
    def line(self) -> str:
        """The level before and now, with its voices, on one line."""
        scores = f"{self.before_shown} → {self.after_shown}"
        return " · ".join(filter(None, (self.squad, self.level, scores, self.change, self.voices)))


@dataclass(frozen=True, slots=True)
class ActionPart:
    """What a squad decided, as people read it: where it stands, what its levels did since.

    `since` is empty where rounds are missing; `late` tells an action that is overdue. Its note
    stays out: a file travels further than the page.
    """

    action_id: UUID
    title: str
    status_line: str
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
        return " · ".join(filter(None, (self.title, self.status_line, self.since)))


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """A decision: who should take it, who does, how far that fits and how far voices differ.

    `state` says whether it is clear, contested or nobody's. `fit` is in [0, 100], None unanswered;
    `apart` in [0, 1], None under two voices. Where too few answered to be shown `today` says so,
    and `voices` is None: how many did must not be told.
    """

    level: str
    name: str
    should: str
    today: str
    state: str
    fit: float | None
    shown: str
    sentence: str
    voices: int | None
    apart: float | None


@dataclass(frozen=True, slots=True)
class FindingPart:
    """Findings of one kind that one lever answers: the kind's title, sentences, what helps.

    `helps` is the lever's title as a sentence of its own. Passages are the playbook's, about the
    kind and about the lever.
    """

    title: str
    sentences: tuple[str, ...]
    lever: str
    helps: str
    meaning: str = ""
    passage: str = ""
    lever_passage: str = ""


@dataclass(frozen=True, slots=True)
class MandateCard:
    """What a squad says that a role decides, and who wrote it."""

    role: str
    sentence: str
    written_by: str


@dataclass(frozen=True, slots=True)
class LensTrouble:
    """What is in trouble in a lens: a heading with the count, how to read it, what helps."""

    heading: str
    reading: str
    sentences: tuple[str, ...]
    passage: str


@dataclass(frozen=True, slots=True)
class SignPart:
    """A vital sign in its unit: as a number, in a few words, and with what stands behind it.

    `shown` is the number with its unit; `before` says what it was the last time, empty where
    nobody gave it.
    """

    name: str
    value: float
    shown: str
    sentence: str
    before: str
    voices: int

    @property
    def line(self) -> str:
        """The sign, and what it was the last time."""
        return f"{self.sentence} · {self.before}" if self.before else self.sentence
