"""How squads move from round to round, put together once; pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from uuid import UUID

import pandas as pd

from assessment.content.edition import Edition
from assessment.model import Action
from assessment.model.sample import holds_sample
from assessment.rounds.actions import ActionMark, ActionProgress, action_marks, action_progress
from assessment.rounds.history import History, Round
from assessment.scoring.change import Change, changes_between
from assessment.wording.actions import action_part, compared_note
from assessment.wording.deciders import fit_change
from assessment.wording.frames import (
    change_rows,
    dated,
    fit_rows,
    lens_rows,
    level_rows,
    mark_rows,
    overall_over_time,
    signs_over_time,
)
from assessment.wording.lenses import sign
from assessment.wording.parts import ActionPart, Line, Picture, Table
from assessment.wording.results import level_changes
from assessment.wording.tables import readable_overall
from assessment.wording.verdicts import lens_verdict


def trend_of(
    edition: Edition,
    history: History,
    squads: Sequence[str],
    actions: Iterable[Action],
    *,
    today: date,
) -> SquadTrend | SquadsTrend:
    """How one squad moves beside what it decided, or how several do."""
    if len(squads) == 1:
        return SquadTrend(edition, history, squads[0], actions, today)
    return SquadsTrend(edition, history, squads)


@dataclass(frozen=True, eq=False)
class SquadsTrend:
    """How the overall scores of several squads move."""

    edition: Edition
    history: History
    squads: Sequence[str]

    @property
    def identity(self) -> Hashable:
        """Which data it comes from: equal identities, equal pictures."""
        return (self.history.version, tuple(rounds[-1].squad for rounds in self._rounds))

    @property
    def is_sample(self) -> bool:
        """Whether part of it comes from the sample company."""
        return any(holds_sample(squad.voices) for rounds in self._rounds for squad in rounds)

    @property
    def overall_picture(self) -> Picture:
        """The squads' overall scores over time."""
        every = [squad for rounds in self._rounds for squad in rounds]
        text = self.edition.words.gettext("Overall score of {count} squads over time")
        frame = partial(overall_over_time, self.edition, every)
        return Picture(text.format(count=len(self._rounds)), frame)

    @property
    def table(self) -> Table:
        """The squads' overall scores now and before, their names as written."""
        title = self.edition.words.gettext("Overall score now and before, by squad")
        return Table(title, readable_overall(self.edition, self._rounds))

    @cached_property
    def _rounds(self) -> Sequence[Sequence[Round]]:
        return [self.history.rounds(squad) for squad in self.squads]


@dataclass(frozen=True, eq=False)
class SquadTrend:
    """How one squad moves, beside what it decided; `today` tells which actions are overdue."""

    edition: Edition
    history: History
    squad: str
    actions: Iterable[Action]
    today: date

    @property
    def identity(self) -> Hashable:
        """Which data it comes from: equal identities, equal pictures."""
        return (self.history.version, self._last.squad, self._last.period)

    @property
    def is_sample(self) -> bool:
        """Whether part of it comes from the sample company."""
        return any(holds_sample(squad.voices) for squad in self._rounds)

    @property
    def levels_picture(self) -> Picture:
        """The levels over time."""
        text = self.edition.words.gettext("{squad}: scores per level over {count} rounds")
        return self._picture(text, partial(dated, self.edition, level_rows, self._rounds))

    # Actions --------------------------------------------------------------------------------------

    @property
    def marks(self) -> pd.DataFrame:
        """Where actions that were done stand between the rounds."""
        return mark_rows(self.edition, self._marks)

    @property
    def marks_identity(self) -> Hashable:
        """Which marks these are: equal identities, equal pictures."""
        return tuple((mark.action.lever, mark.share) for mark in self._marks)

    @property
    def decided(self) -> tuple[tuple[int | None, ActionPart], ...]:
        """The actions behind the lines, those with a mark by its number; none dropped."""
        return tuple(
            (
                self._numbers.get(progress.action.action_id),
                action_part(self.edition, progress, today=self.today),
            )
            for progress in self._shown
        )

    @property
    def compared_note(self) -> str:
        """When it is told what levels did since, empty where it is told of every action."""
        return compared_note(self.edition, self._shown)

    def note_of(self, action_id: UUID) -> str:
        """What was noted beside an action."""
        return next(
            progress.action.note or ""
            for progress in self._decided
            if progress.action.action_id == action_id
        )

    # Since last time ------------------------------------------------------------------------------

    @cached_property
    def since(self) -> Line | None:
        """From when to when, then each level that moved; None in the first round."""
        if len(self._rounds) == 1:
            return None
        nothing = self.edition.words.gettext("No level moved since last time.")
        return Line(self._between(self._rounds), tuple(self._moved or [nothing]))

    @property
    def change_picture(self) -> Picture | None:
        """The levels before and after; None where none has a score both times."""
        alt = " ".join([self._between(self._rounds), *self._moved])
        frame = partial(change_rows, self.edition, self._changes)
        return Picture(alt, frame) if self._changes else None

    # The deep check -------------------------------------------------------------------------------

    @property
    def fit_picture(self) -> Picture | None:
        """The fit of who decides over time; None where nobody said who decides."""
        text = self.edition.words.gettext("{squad}: fit per level over {count} rounds")
        frame = partial(dated, self.edition, fit_rows, self._mapped, deep=True)
        return self._picture(text, frame, self._mapped) if self._mapped else None

    @property
    def fit_since(self) -> Line | None:
        """From when to when, then each level whose fit moved; None in the first deep check."""
        if len(self._mapped) < 2:
            return None
        before, last = (squad.deep.who_decides.levels for squad in self._mapped[-2:])
        changes = [fit_change(self.edition, change) for change in changes_between(before, last)]
        nothing = self.edition.words.gettext("No level's fit moved since the last deep check.")
        moved = tuple(text for text in changes if text)
        return Line(self._between(self._mapped), moved or (nothing,))

    @property
    def lens_picture(self) -> Picture | None:
        """The lenses over time; None where none was answered."""
        scored = [squad for squad in self._deep_rounds if squad.deep.answered]
        if not scored:
            return None
        frame = partial(dated, self.edition, lens_rows, scored, deep=True)
        return Picture(lens_verdict(self.edition, scored[-1].deep.lenses), frame)

    @property
    def signs_picture(self) -> Picture | None:
        """The vital signs over time beside maturity; None where nobody gave one."""
        given = [squad.deep.signs for squad in self._deep_rounds if squad.deep.signs]
        if not given:
            return None
        alt = ". ".join(sign(self.edition, given_sign) for given_sign in given[-1])
        return Picture(alt, partial(signs_over_time, self.edition, self._rounds))

    # How parts are made ---------------------------------------------------------------------------

    @cached_property
    def _rounds(self) -> Sequence[Round]:
        return self.history.rounds(self.squad)

    @property
    def _last(self) -> Round:
        return self._rounds[-1]

    @cached_property
    def _deep_rounds(self) -> Sequence[Round]:
        return [squad for squad in self._rounds if squad.deep_answers]

    @cached_property
    def _mapped(self) -> Sequence[Round]:
        return [squad for squad in self._deep_rounds if squad.deep.who_decides.is_answered]

    @cached_property
    def _changes(self) -> Sequence[Change]:
        return changes_between(self._rounds[-2].scores.levels, self._last.scores.levels)

    @cached_property
    def _moved(self) -> Sequence[str]:
        return level_changes(self.edition, self._rounds[-2].scores, self._last.scores)

    @cached_property
    def _decided(self) -> Sequence[ActionProgress]:
        framework = self.history.framework
        return action_progress(framework, self.actions, self.squad, self._rounds)

    @cached_property
    def _marks(self) -> Sequence[ActionMark]:
        return action_marks(self._decided, self._rounds)

    @cached_property
    def _numbers(self) -> Mapping[UUID, int]:
        return {mark.action.action_id: number for number, mark in enumerate(self._marks, start=1)}

    @cached_property
    def _shown(self) -> Sequence[ActionProgress]:
        shown = [progress for progress in self._decided if progress.action.status != "dropped"]
        last = len(self._numbers) + 1
        return sorted(
            shown, key=lambda progress: self._numbers.get(progress.action.action_id, last)
        )

    def _between(self, rounds: Sequence[Round]) -> str:
        """From when to when the last two of some rounds stand."""
        before, last = (self.edition.period(squad.period) for squad in rounds[-2:])
        text = self.edition.words.gettext("From {before} to {after}")
        return text.format(before=before, after=last)

    def _picture(
        self, text: str, frame: partial[pd.DataFrame], rounds: Sequence[Round] = ()
    ) -> Picture:
        count = len(rounds or self._rounds)
        return Picture(text.format(squad=self._last.squad, count=count), frame)
