"""What a take-away says in one language, the same in every format; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from assessment import sentences, tables
from assessment.edition import Edition
from assessment.leadership import Moves, SharedLever, Summary
from assessment.results import Result
from assessment.scoring import capped_levels

MOST_NAMED = 5
"""Squads that a lever names; a count stands for the others."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, with the shorter ones that stand behind it."""

    text: str
    behind: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """The first page: several squads in one sentence, one table and a few levers."""

    heading: str
    verdict: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    levers: tuple[LeverPart, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SquadPart:
    """One squad's page. `levels` is the frame its charts are drawn from."""

    squad: str
    heading: str
    verdict: str
    badge: str | None
    notes: tuple[str, ...]
    levels: pd.DataFrame
    seats: tuple[Line, ...]
    levers: tuple[LeverPart, ...]
    no_lever: str


@dataclass(frozen=True, eq=False)
class Briefing:
    """A whole take-away: the overview where several squads are told, and each squad's page.

    `badge` is the mark of sample data, None when there are none.
    """

    edition: Edition
    period: str
    overview: Overview | None
    squads: tuple[SquadPart, ...]
    badge: str | None

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.edition.words.language

    @property
    def product(self) -> str:
        """The product's name, for footers."""
        return self.edition.words.gettext("Who Decides?")

    @cached_property
    def verdict(self) -> str:
        """The sentence that stands first."""
        return self.overview.verdict if self.overview else self.squads[0].verdict

    @cached_property
    def heading(self) -> str:
        """Which squads in which period, in a few words."""
        return self.overview.heading if self.overview else self.squads[0].heading

    @property
    def title(self) -> str:
        """The document's title: what it is about, then its verdict."""
        return f"{self.heading} · {self.verdict}"


def briefing_of(edition: Edition, summary: Summary) -> Briefing:
    """The take-away of several squads: an overview, then a page per squad."""
    return Briefing(
        edition=edition,
        period=edition.period(summary.period),
        overview=_overview(edition, summary),
        squads=tuple(_squad_part(edition, result) for result in summary.results),
        badge=_badge(edition, is_sample=summary.is_sample),
    )


def squad_briefing(edition: Edition, result: Result) -> Briefing:
    """The take-away of a single squad."""
    return Briefing(
        edition=edition,
        period=edition.period(result.round.period),
        overview=None,
        squads=(_squad_part(edition, result),),
        badge=_badge(edition, is_sample=result.is_sample),
    )


def heading_of(edition: Edition, summary: Summary) -> str:
    """Which period, how many squads and voices."""
    words, squads = edition.words, len(summary.results)
    counted = words.ngettext("{count} squad", "{count} squads", squads)
    parts = (
        edition.period(summary.period),
        counted.format(count=words.number(squads)),
        _voices(edition, summary.voices),
    )
    return " · ".join(parts)


def absent_note(edition: Edition, summary: Summary) -> str:
    """Which squads have no check in the period; empty when all have one."""
    if not summary.absent:
        return ""
    text = edition.words.gettext("No check in this period: {squads}.")
    return text.format(squads=edition.words.all_of(summary.absent))


def move_lines(edition: Edition, moves: Iterable[Moves]) -> tuple[Line, ...]:
    """What moved, one line per squad: since when, and which levels by how many points."""
    return tuple(Line(each.squad, (_moved(edition, each),)) for each in moves)


def lever_parts(edition: Edition, levers: Iterable[SharedLever]) -> tuple[LeverPart, ...]:
    """Levers that several squads share, as people read them."""
    return tuple(
        LeverPart(
            title=edition.texts.levers[each.lever].title,
            points=each.gain,
            gain=sentences.shared_gain(edition, each.gain, squads=len(each.squads)),
            where=_some_of(edition, each.squads),
            owners=edition.roles(each.owners),
            step=edition.texts.levers[each.lever].step,
        )
        for each in levers
    )


def _overview(edition: Edition, summary: Summary) -> Overview:
    movement = sentences.movement(edition, up=summary.risen, down=summary.fallen)
    return Overview(
        heading=heading_of(edition, summary),
        verdict=summary.verdict(edition),
        columns=tuple(edition.texts.levels[level].short for level in edition.framework.level_ids),
        rows=tuple(
            _row(edition, result, moves)
            for result, moves in zip(summary.results, summary.moves, strict=True)
        ),
        notes=tuple(filter(None, (movement, absent_note(edition, summary)))),
        levers=lever_parts(edition, summary.first_levers),
    )


def _row(edition: Edition, result: Result, moves: Moves) -> Row:
    scores, words = result.round.scores, edition.words
    points = dict(zip((each.level for each in moves.changes), moves.points, strict=True))
    since = edition.words.gettext("changes since {period}")
    return Row(
        squad=result.round.squad,
        voices=_voices(edition, len(result.round.voices)),
        since=since.format(period=edition.period(moves.since))
        if moves.since
        else words.gettext("first round"),
        cells=tuple(
            Cell(
                level.score,
                words.score(level.score),
                words.change(points[level.level]) if level.level in points else "",
            )
            for level in scores.levels
        ),
        overall=Cell(scores.overall, words.score(scores.overall), ""),
    )


def _squad_part(edition: Edition, result: Result) -> SquadPart:
    found, before = result.round, result.before.scores if result.before else None
    diagnosis = found.diagnosis
    return SquadPart(
        squad=found.squad,
        heading=" · ".join(
            (found.squad, edition.period(found.period), _voices(edition, len(found.voices)))
        ),
        verdict=result.verdict(edition),
        badge=_badge(edition, is_sample=result.is_sample),
        notes=tuple(_notes(edition, result)),
        levels=tables.level_rows(edition, found.squad, found.scores, before),
        seats=tuple(
            Line(
                sentences.pressure(edition, pressure),
                tuple(sentences.evidence(edition, each) for each in pressure.evidence),
            )
            for pressure in diagnosis.pressures
        ),
        levers=tuple(
            LeverPart(
                title=edition.texts.levers[each.lever].title,
                points=each.gain,
                gain=sentences.lever_gain(edition, each),
                where=" ".join(sentences.evidence(edition, why) for why in each.evidence),
                owners=sentences.lever_owners(edition, each.lever, found.seating),
                step=edition.texts.levers[each.lever].step,
            )
            for each in diagnosis.levers[: edition.framework.rules.levers_shown]
        ),
        no_lever=sentences.no_lever(edition, found.scores),
    )


def _notes(edition: Edition, result: Result) -> Iterable[str]:
    """What stands between the verdict and the levels."""
    found = result.round
    yield sentences.governance(edition, found.scores.yes_count)
    if found.diagnosis.early_warning:
        yield sentences.early_warning(edition)
    for level, by_score in capped_levels(found.framework, found.scores):
        yield sentences.cap(edition, level, by_score)
    if len(found.voices) > 1:
        yield sentences.disagreement(edition, found.agreements)


def _moved(edition: Edition, moves: Moves) -> str:
    _ = edition.words.gettext
    if moves.since is None:
        return _("first round")
    since, points = edition.period(moves.since), sentences.moves(edition, moves.changes)
    text = _("{points} since {period}") if points else _("no change since {period}")
    return text.format(points=points, period=since)


def _some_of(edition: Edition, squads: Sequence[str]) -> str:
    """The squads' names; of many only the first, and how many more there are."""
    if len(squads) <= MOST_NAMED:
        return edition.words.all_of(squads)
    rest = len(squads) - MOST_NAMED + 1
    more = edition.words.ngettext("{count} more squad", "{count} more squads", rest)
    return edition.words.all_of([*squads[: MOST_NAMED - 1], more.format(count=rest)])


def _voices(edition: Edition, count: int) -> str:
    text = edition.words.ngettext("{count} voice", "{count} voices", count)
    return text.format(count=edition.words.number(count))


def _badge(edition: Edition, *, is_sample: bool) -> str | None:
    return edition.words.gettext("Sample data") if is_sample else None
