"""Several squads in one period put together once: one sentence, one table, a few levers; pure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessment.content.edition import Edition
from assessment.model.period import Period
from assessment.rounds.history import Round
from assessment.rounds.leadership import LevelChanges, Summary
from assessment.rounds.results import Result
from assessment.wording import squads
from assessment.wording.actions import open_lines, open_total
from assessment.wording.frames import fit_rows, level_rows, stacked
from assessment.wording.parts import Cell, FitRow, LeverPart, Line, Picture, Row
from assessment.wording.results import lever_part, points_of
from assessment.wording.scores import level_parts
from assessment.wording.verdicts import result_verdict, summary_verdict
from assessment.wording.voices import voices_counted


@dataclass(frozen=True, slots=True, eq=False)
class Across:
    """Who decides, squad by squad: a sentence, the fit per level, what voices contest in most."""

    verdict: str
    rows: tuple[FitRow, ...]
    contested: str


@dataclass(frozen=True, eq=False)
class Overview:
    """What several squads say in a period; `today` tells which of their actions are overdue."""

    edition: Edition
    summary: Summary
    today: date

    @property
    def identity(self) -> Hashable:
        """Which data it comes from: equal identities, equal pictures."""
        return self.summary.identity

    @property
    def period(self) -> str:
        """The period, as names of files write it."""
        return str(self.summary.period)

    @cached_property
    def heading(self) -> str:
        """Which period, how many squads and voices."""
        words, count = self.edition.words, len(self.summary.results)
        text = words.ngettext("{count} squad", "{count} squads", count)
        parts = (
            self.edition.period(self.summary.period),
            text.format(count=words.number(count)),
            voices_counted(self.edition, self.summary.voices),
        )
        return " · ".join(parts)

    @cached_property
    def verdict(self) -> str:
        """The squads in one sentence."""
        return summary_verdict(self.edition, self.summary)

    @property
    def title(self) -> str:
        """What stands above a picture that is taken away."""
        return f"{self.heading} · {self.verdict}"

    @property
    def badge(self) -> str | None:
        """The mark of sample data."""
        return sample_badge(self.edition) if self.summary.is_sample else None

    @cached_property
    def fullest(self) -> str:
        """That no later period has more squads; empty where it is not so."""
        if not self.summary.is_fullest:
            return ""
        text = self.edition.words.gettext(
            "{period} is the latest period in which the most squads have a check."
        )
        return text.format(period=self.edition.period(self.summary.period))

    @cached_property
    def absent(self) -> str:
        """Which squads have no check in the period; empty when all have one."""
        return squads.absent(self.edition, self.summary.absent)

    @cached_property
    def movement(self) -> str:
        """How many levels rose or fell."""
        return squads.movement(self.edition, self.summary.moves)

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands below the table."""
        return tuple(filter(None, (self.movement, self.absent)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The levels, in short."""
        levels = self.edition.texts.levels
        return tuple(levels[level].short for level in self.edition.framework.level_ids)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The squads by level, each with what its numbers stand on."""
        both = zip(self.summary.results, self.summary.moves, strict=True)
        return tuple(_row(self.edition, result.round, moves) for result, moves in both)

    @property
    def levels_picture(self) -> Picture:
        """The squads by level."""
        rounds = [result.round for result in self.summary.results]
        return Picture(self.verdict, lambda: stacked(self.edition, level_rows, rounds))

    @cached_property
    def moved(self) -> tuple[Line, ...]:
        """What moved, one line per squad: since when, and which levels by how many points."""
        return tuple(
            Line(moves.squad, (_moved(self.edition, moves),)) for moves in self.summary.moves
        )

    @cached_property
    def levers(self) -> tuple[LeverPart, ...]:
        """The levers that gain most over all squads."""
        return tuple(
            lever_part(
                self.edition,
                lever.lever,
                points=lever.gain,
                gain=squads.shared_gain(self.edition, lever.gain, squads=len(lever.squads)),
                where=squads.some_of(self.edition, lever.squads),
                owners=self.edition.roles(lever.owners),
            )
            for lever in self.summary.first_levers
        )

    @cached_property
    def across(self) -> Line:
        """How far who decides fits over the squads, and what voices contest in most of them."""
        return squads.across(self.edition, self.summary.mapped)

    @property
    def fit_picture(self) -> Picture:
        """The fit of who decides, squads by level."""
        mapped = self.summary.mapped
        return Picture(self.across.text, lambda: stacked(self.edition, fit_rows, mapped))

    @cached_property
    def deciders(self) -> Across | None:
        """The same with a row per squad; None where nobody said who decides."""
        if not self.across.text:
            return None
        rows = [
            _fit_row(self.edition, result)
            for result in self.summary.results
            if result.tells_who_decides
        ]
        return Across(self.across.text, tuple(rows), " ".join(self.across.behind))

    @cached_property
    def open(self) -> tuple[Line, ...]:
        """The open actions by whose move they are: how many, since when and overdue since when."""
        return open_lines(self.edition, self.summary.open_actions, today=self.today)

    @cached_property
    def decided(self) -> Line:
        """How many actions are open, with a line per role whose move they are behind it."""
        by_role = self.edition.words.gettext("{role}: {told}")
        return Line(
            open_total(self.edition, self.summary.open_actions, today=self.today),
            tuple(by_role.format(role=line.text, told=" ".join(line.behind)) for line in self.open),
        )

    @cached_property
    def squads(self) -> tuple[tuple[str, Period, str], ...]:
        """Each squad with its period and its own verdict."""
        return tuple(
            (result.round.squad, result.round.period, result_verdict(self.edition, result))
            for result in self.summary.results
        )


def sample_badge(edition: Edition) -> str:
    """The mark of sample data."""
    return edition.words.gettext("Sample data")


def _row(edition: Edition, squad: Round, moves: LevelChanges) -> Row:
    words = edition.words
    points = {change.of: points_of(change) for change in moves.changes}
    since = words.gettext("changes since {period}")
    return Row(
        squad=squad.squad,
        voices=voices_counted(edition, len(squad.voices)),
        since=since.format(period=edition.period(moves.since))
        if moves.since
        else words.gettext("no earlier round here"),
        cells=tuple(
            cell_of(edition, level.score, points.get(level.id)) for level in squad.scores.levels
        ),
        overall=cell_of(edition, squad.scores.overall),
    )


def _fit_row(edition: Edition, result: Result) -> FitRow:
    levels = level_parts(edition, result.round, deep_before=result.deep_before)
    return FitRow(
        squad=result.round.squad,
        voices=voices_counted(edition, result.round.deep.voice_count),
        cells=tuple(cell_of(edition, level.fit, level.fit_change) for level in levels),
    )


def cell_of(edition: Edition, score: float | None, points: int | None = None) -> Cell:
    """A score with what changed, as a cell of the heat map."""
    words = edition.words
    return Cell(score, words.score(score), "" if points is None else words.change(points))


def _moved(edition: Edition, moves: LevelChanges) -> str:
    _ = edition.words.gettext
    if moves.since is None:
        return _("no earlier round here")
    since, points = edition.period(moves.since), squads.moves(edition, moves.changes)
    text = _("{points} since {period}") if points else _("no change since {period}")
    return text.format(points=points, period=since)
