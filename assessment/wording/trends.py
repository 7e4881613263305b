"""How squads move from round to round, put together once; pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import chain
from uuid import UUID

import pandas as pd

from assessment.content.edition import Edition
from assessment.model import Action
from assessment.model.period import Period
from assessment.rounds.actions import (
    NEVER_LATE,
    ActionMark,
    ActionProgress,
    action_marks,
    action_progress,
)
from assessment.rounds.history import History
from assessment.rounds.moves import Move, Moves
from assessment.rounds.practice import who_decides_since
from assessment.rounds.round import Round
from assessment.scoring.change import changes_between
from assessment.wording import frames, tables
from assessment.wording.actions import action_part, compared_note
from assessment.wording.agreements import agreed_over_time
from assessment.wording.counted import deep_voices_compared
from assessment.wording.deciders import fit_change
from assessment.wording.moves import (
    between_periods,
    first_check,
    moves_of,
    nothing_compared,
    on_same_voices,
    one_with_scores,
    partly_compared,
    points_of_move,
    stage_change,
    voices_compared,
    with_different_voices,
)
from assessment.wording.overview import sample_badge
from assessment.wording.parts import ActionPart, Line, Picture, Table
from assessment.wording.squads import some_of
from assessment.wording.verdicts import fit_verdict, lens_verdict

LEAST_RANGE = 3
"""Points from which a range shows behind a line."""


def trend_of(
    edition: Edition,
    history: History,
    squads: Sequence[str],
    actions: Iterable[Action],
    compared_with: Period | None = None,
    *,
    today: date,
) -> "SquadTrend | SquadsTrend":
    """How one squad moves beside what it decided, or how several do, in the order of names."""
    if len(squads) == 1:
        ended_on = history.ended_on(squads[0], today=today)
        day = NEVER_LATE if ended_on else history.agreements.on(today).day
        return SquadTrend(edition, history, squads[0], actions, day, compared_with, today)
    several = [squad for squad in history.squads if squad in squads]
    return SquadsTrend(edition, history, several, today)


@dataclass(frozen=True, eq=False)
class SquadsTrend:
    """How several squads move; each method takes a level's id, or nothing for their mean."""

    edition: Edition
    history: History
    squads: Sequence[str]
    today: date = date.max

    @property
    def identity(self) -> Hashable:
        """Which data it comes from: equal identities, equal pictures."""
        lasts = tuple((last.squad, last.period) for *_, last in self._rounds)
        return (self.history.version, lasts)

    def key(self, level: str | None = None) -> str:
        """What is grey: a line below each, a band behind it, a number of an earlier period."""
        _ = self.edition.words.gettext
        scored = [
            [unit.period for unit in rounds if unit.scores.of(level) is not None]
            for rounds in self._rounds
        ]
        texts = [_("Grey line: 50 points out of 100")]
        if _is_banded(chain.from_iterable(self._rounds)):
            texts.append(_("grey band: range of the score, any one voice left out"))
        if len({periods[-1] for periods in scored if periods}) > 1:
            texts.append(_("grey number: of an earlier period"))
        return self.edition.words.clauses(texts)

    @property
    def badge(self) -> str | None:
        """The mark of sample data."""
        marks = [any(unit.holds_sample for unit in rounds) for rounds in self._rounds]
        return sample_badge(self.edition, marks)

    @cached_property
    def caption(self) -> str:
        """How many squads are followed, and of how many where they are not all."""
        words, of = self.edition.words, len(self.history.squads)
        if len(self.squads) == of:
            return words.counted("{count} squad", "{count} squads", of)
        return words.counted(
            "{count} of {of} squad", "{count} of {of} squads", of, count=len(self.squads), of=of
        )

    def finding(self, level: str | None = None) -> str:
        """How many squads rose and how many fell since their round before; none that stopped."""
        _, words = self.edition.words.gettext, self.edition.words
        if nothing_before := self._nothing_before():
            return nothing_before
        every = zip(self._rounds, self._moves(level), self._every_move, strict=True)
        compared = [
            (move, of_squad.compared)
            for rounds, move, of_squad in every
            if move and of_squad and rounds[-1].squad not in self._stopped
        ]
        moves = [move for move, _voices in compared if move.verdict != "not scored"]
        up, down = sum(move.rose for move in moves), sum(move.fell for move in moves)
        name = self.measure(level)
        if not up and not down:
            text = _("{measure}: nothing to compare, since no squad has a score both times.")
            if moves:
                text = _("{measure}: no clear change in any squad since its previous check.")
            return text.format(measure=name)
        rose = words.counted("{count} squad rose", "{count} squads rose", up)
        fell = words.counted_alike("{count} fell", down)
        text = _(
            "{measure}: {rose} and {fell} since the previous check",
            measure=name,
            rose=rose if up else _("no squad rose"),
            fell=fell if down else _("none fell"),
        )
        different = sum(move.is_move and voices == "different" for move, voices in compared)
        text = with_different_voices(self.edition, text, count=different, of=up + down)
        return words.sentence(text)

    def _nothing_before(self) -> str:
        """That no squad has a round to compare its last with; empty where one has."""
        going_on = [rounds for rounds in self._rounds if rounds[-1].squad not in self._stopped]
        compared_rounds = [_compared(rounds) for rounds in going_on]
        if any(len(rounds) > 1 for rounds in compared_rounds):
            return ""
        if self._stopped or any(len(rounds) > 1 for rounds in going_on):
            return self.edition.words.gettext(
                "No squad counted here has two checks with scores: it takes two to show what moved."
            )
        return first_check(self.edition, [last for (last,) in compared_rounds])

    @cached_property
    def compared(self) -> str:
        """Of which squads the change is that of some voices, their lines those of all; or empty."""
        moves = zip((rounds[-1].squad for rounds in self._rounds), self._every_move, strict=True)
        counted = (both for both in moves if both[0] not in self._stopped)
        return on_same_voices(self.edition, counted)

    @cached_property
    def not_counted(self) -> str:
        """Which squads stopped, so that what moved before is not told as of now; else empty.

        The sample company's are compared among themselves.
        """
        by_period: dict[Period, list[str]] = {}
        for squad, period in self._stopped.items():
            by_period.setdefault(period, []).append(squad)
        return " ".join(
            self.edition.words.counted_alike(
                "Not counted, last scored before {period}: {squads}.",
                len(stopped),
                period=self.edition.period(period),
                squads=some_of(self.edition, stopped),
            )
            for period, stopped in by_period.items()
        )

    @property
    def sample_counted(self) -> str:
        """By which period squads of the sample company count beside later ones; or empty."""
        own, sample = (self._openings.get(of_sample) for of_sample in (False, True))
        if not own or not sample or sample >= own:
            return ""
        return self.edition.words.gettext(
            "Sample squads are counted by a period of their own: {period}.",
            period=self.edition.period(sample),
        )

    @cached_property
    def not_moving(self) -> str:
        """Beside squads with two scores, those that go on with one, and without any; or empty."""
        if all(len(_compared(rounds)) == 1 for rounds in self._rounds):
            return ""
        words = self.edition.words
        going_on = {
            rounds[-1].squad: sum(unit.is_scored for unit in rounds)
            for rounds in self._rounds
            if rounds[-1].squad not in self._stopped
        }
        once, never = (
            [squad for squad, scored in going_on.items() if scored == count] for count in (1, 0)
        )
        first = words.counted_alike(
            "First check with scores: {squads}; the next shows what moved.",
            len(once),
            squads=some_of(self.edition, once),
        )
        without = words.gettext("No check with scores: {squads}.").format(
            squads=some_of(self.edition, never)
        )
        return " ".join(text for text, squads in ((first, once), (without, never)) if squads)

    def measure(self, level: str | None = None) -> str:
        """What is followed, by name."""
        mean = self.edition.words.gettext("Mean of the levels")
        return self.edition.level(level) if level else mean

    def picture(self, level: str | None = None) -> Picture:
        """The squads' scores over time."""
        edition, moves = self.edition, self._moves(level)
        every = [unit for rounds in self._rounds for unit in rounds]
        squads = [rounds[-1].squad for rounds in self._rounds]
        by_squad = dict(zip(squads, moves, strict=True))
        frame = partial(frames.scores_over_time, edition, every, level, by_squad)
        compared = map(_compared, self._rounds)
        rows, name = list(zip(compared, moves, strict=True)), self.measure(level)
        cells = partial(tables.readable_moves, edition, rows, measure=name, level=level)
        return Picture(self.finding(level), frame, cells, of=some_of(self.edition, squads))

    def exported_levels(self) -> pd.DataFrame:
        """The levels of every squad and period for other programs."""
        return frames.exported_levels(self.edition, chain.from_iterable(self._rounds))

    def _moves(self, level: str | None) -> Sequence[Move | None]:
        """How each squad's score moved since its round before; None in its first."""
        return [
            None if moves is None else moves.level(level) if level else moves.overall
            for moves in self._every_move
        ]

    @cached_property
    def _stopped(self) -> Mapping[str, Period]:
        """The squads last scored before the period on which an overview of their kind opens."""
        return {
            one.squad: opening
            for of_sample, opening in self._openings.items()
            for one in self._last
            if one.holds_sample is of_sample and one.period < opening
        }

    @cached_property
    def _openings(self) -> Mapping[bool, Period]:
        """On which period an overview of each kind opens: of the sample company, and of others."""
        openings: dict[bool, Period] = {}
        for of_sample in (False, True):
            squads = [one.squad for one in self._last if one.holds_sample is of_sample]
            if opening := self.history.opening_period(squads, by_scores=True, today=self.today):
                openings[of_sample] = opening
        return openings

    @property
    def _last(self) -> Sequence[Round]:
        return [_compared(rounds)[-1] for rounds in self._rounds]

    @cached_property
    def _every_move(self) -> Sequence[Moves | None]:
        return [_last_moves(_compared(rounds)) for rounds in self._rounds]

    @cached_property
    def _rounds(self) -> Sequence[Sequence[Round]]:
        return [self.history.rounds(squad, today=self.today) for squad in self.squads]


@dataclass(frozen=True, eq=False)
class SquadTrend:
    """How one squad moves, beside what it decided, overdue or not as of a day.

    Its last round is compared with that of the period `compared_with`, one of `earlier_periods`,
    else with the one before.
    """

    edition: Edition
    history: History
    squad: str
    actions: Iterable[Action]
    day: date
    compared_with: Period | None = None
    today: date = date.max

    @property
    def identity(self) -> Hashable:
        """Which data it comes from: equal identities, equal pictures."""
        return (self.history.version, self._last.squad, self._last.period, self.compared_with)

    @property
    def band_key(self) -> str:
        """What a grey band behind a line tells; empty where there is none."""
        text = self.edition.words.gettext("Grey: range of the score, any one voice left out")
        return text if _is_banded(self._rounds) else ""

    @property
    def badge(self) -> str | None:
        """The mark of sample data."""
        return sample_badge(self.edition, [any(unit.holds_sample for unit in self._rounds)])

    @cached_property
    def agreed(self) -> Table | None:
        """A row an agreement: how many voices name the agreed role, period by period."""
        return agreed_over_time(
            self.edition, self.history.agreements, self.squad, self._deep_rounds
        )

    @cached_property
    def caption(self) -> str:
        """Which squad, how many rounds, from when to when."""
        words, count = self.edition.words, len(self._rounds)
        periods = words.counted("{count} period", "{count} periods", count)
        first, last = (self.edition.period(self._rounds[end].period) for end in (0, -1))
        when = words.gettext("{period} to {latest}", period=first, latest=last)
        return " · ".join((self._last.squad, periods, last if count == 1 else when))

    @cached_property
    def counted(self) -> str:
        """That some of the periods hold totals, and so have no band; empty where none does."""
        words, count = self.edition.words, sum(bool(unit.totals) for unit in self._rounds)
        text = words.counted(
            "{count} of them has no band: answers were counted and deleted",
            "{count} of them have no band: answers were counted and deleted",
            count,
        )
        return text if count else ""

    def exported_levels(self) -> pd.DataFrame:
        """The levels of every period for other programs."""
        return frames.exported_levels(self.edition, self._rounds)

    @cached_property
    def finding(self) -> str:
        """What moved most since the last round, in one sentence."""
        _ = self.edition.words.gettext
        if self._moves is None and len(self._rounds) > 1:
            return one_with_scores(self.edition, self._last)
        if self._moves is None:
            return first_check(self.edition, self._rounds)
        if not self._moves.is_comparable:
            return nothing_compared(self.edition)
        since = self.edition.period(self._compared[0].period)
        if not self._moves.is_of_all:
            since = f"{since} ({voices_compared(self.edition, self._moves)})"
        most = max(self._moves.moved, key=lambda one: abs(points_of_move(one) or 0), default=None)
        rest = partly_compared(self.edition, self._moves)
        if most is None:
            text = _("No clear change since {period}.", period=since)
            return f"{text} {rest}".strip()
        text = _("{level} fell most since {period}: from {before} to {after}.")
        if most.rose:
            text = _("{level} rose most since {period}: from {before} to {after}.")
        text = text.format(
            level=self.edition.level(most.level),
            period=since,
            before=self.edition.words.score(most.before),
            after=self.edition.words.score(most.after),
        )
        return f"{text} {rest}".strip()

    @property
    def levels_picture(self) -> Picture:
        """The levels over time."""
        frame = partial(frames.dated, self.edition, frames.level_rows, self._rounds)
        cells = self._cells(tables.level_cells, self._rounds)
        return Picture(self.finding, frame, cells, of=self._last.squad)

    def level_picture(self, level: str) -> Picture:
        """One level over time."""

        def frame() -> pd.DataFrame:
            rows = self.levels_picture.frame()
            return rows[rows["level"] == level]

        text = self.edition.words.gettext("{level}, period by period")
        return Picture(text.format(level=self.edition.level(level)), frame, of=self._last.squad)

    def never_scored(self, level: str = "") -> str:
        """Which levels, or whether this one, had no score in any period; else empty."""
        never = [
            self.edition.level(one)
            for one in self.edition.framework.level_ids
            if level in ("", one) and all(unit.scores.of(one) is None for unit in self._rounds)
        ]
        text = self.edition.words.gettext("Not enough answers for a score in any period: {levels}.")
        return text.format(levels=self.edition.words.all_of(never)) if never else ""

    # Actions --------------------------------------------------------------------------------------

    @cached_property
    def marks(self) -> pd.DataFrame:
        """Where actions that were done stand between the rounds."""
        return frames.mark_rows(self.edition, self._marks)

    @property
    def marks_identity(self) -> Hashable:
        """Which marks these are: equal identities, equal pictures."""
        return tuple((mark.action.lever, mark.share) for mark in self._marks)

    @cached_property
    def decided(self) -> tuple[tuple[int | None, ActionPart], ...]:
        """The actions behind the lines, those with a mark by its number; none dropped."""
        numbers = (self._numbers.get(one.action.action_id) for one in self._shown)
        parts = (action_part(self.edition, one, today=self.day) for one in self._shown)
        return tuple(zip(numbers, parts, strict=True))

    @property
    def compared_note(self) -> str:
        """When it is told what levels did since, empty where it is told of every action."""
        return compared_note(self.edition, self._shown)

    def note_of(self, action_id: UUID) -> str:
        """What was noted beside an action."""
        actions = (progress.action for progress in self._decided)
        return next(action.note or "" for action in actions if action.action_id == action_id)

    # Since last time ------------------------------------------------------------------------------

    @cached_property
    def since(self) -> Line | None:
        """From when to when on how many voices, or that nothing compares; None in the first."""
        if self._moves is None:
            return None
        text = between_periods(self.edition, *self._compared)
        if not self._moves.is_comparable:
            return Line(text, (nothing_compared(self.edition),))
        voices = voices_compared(self.edition, self._moves)
        return Line(self.edition.words.labelled(text, voices))

    @property
    def stages_since(self) -> tuple[str, ...]:
        """Which levels changed their stage, and by which answers: what the picture leaves out."""
        if self._moves is None or self._moves.leaves_out:
            return ()
        before, after = (unit.scores.levels for unit in self._compared)
        sentences = (stage_change(self.edition, *both) for both in zip(before, after, strict=True))
        return tuple(filter(None, sentences))

    @property
    def change_picture(self) -> Picture | None:
        """The levels before and after; None where none has a score both times."""
        if self._moves is None or self.since is None:
            return None
        frame = partial(frames.change_rows, self.edition, self._moves)
        cells = partial(tables.readable_changes, self.edition, self._moves.levels)
        picture = Picture(self.since.text, frame, cells, of=self._last.squad)
        return picture if self._moves.is_comparable else None

    # The deep check -------------------------------------------------------------------------------

    @property
    def fit_picture(self) -> Picture | None:
        """The fit of who decides over time; None where nobody said who decides."""
        if not self._mapped:
            return None
        frame = partial(frames.dated, self.edition, frames.fit_rows, self._mapped, deep=True)
        cells = self._cells(tables.with_deep_voices(tables.fit_cells), self._mapped)
        title = self.edition.words.gettext("Fit of who decides, period by period")
        last = who_decides_since(self.history.agreements, self._mapped[-1], self.today)
        verdict = fit_verdict(self.edition, last)
        return Picture(verdict, frame, cells, title, of=self._last.squad)

    @property
    def fit_since(self) -> Line | None:
        """From when to when, then each level whose fit moved; None in the first deep check."""
        if len(self._mapped) < 2:
            return None
        _ = self.edition.words.gettext
        compared = self._two_of(self._mapped)
        before, last = (unit.deep.who_decides.levels for unit in compared)
        changes = changes_between(before, last)
        sentences = tuple(filter(None, (fit_change(self.edition, change) for change in changes)))
        nothing = _("No level's fit clearly moved since then.")
        if not changes:
            nothing = _("Nothing to compare: the deep checks asked who decides at other levels.")
        text = between_periods(self.edition, *compared)
        voices = deep_voices_compared(self.edition, *compared)
        return Line(self.edition.words.labelled(text, voices), sentences or (nothing,))

    @property
    def lens_picture(self) -> Picture | None:
        """The lenses over time; None where none was answered."""
        scored = [unit for unit in self._deep_rounds if unit.deep.answered]
        if not scored:
            return None
        frame = partial(frames.dated, self.edition, frames.lens_rows, scored, deep=True)
        cells = self._cells(tables.with_deep_voices(tables.lens_cells), scored)
        title = self.edition.words.gettext("Lenses")
        verdict = lens_verdict(self.edition, scored[-1].deep.lenses)
        return Picture(verdict, frame, cells, title, of=self._last.squad)

    @property
    def signs_picture(self) -> Picture | None:
        """The vital signs over time beside maturity; None where nobody gave one."""
        if not any(unit.deep.signs for unit in self._deep_rounds):
            return None
        alt = self.edition.words.gettext("Vital signs beside maturity")
        frame = partial(frames.signs_over_time, self.edition, self._rounds)
        cells = self._cells(tables.sign_cells, self._deep_rounds)
        return Picture(alt, frame, cells, of=self._last.squad)

    # How parts are made ---------------------------------------------------------------------------

    @cached_property
    def _rounds(self) -> Sequence[Round]:
        return self.history.rounds(self.squad, today=self.today)

    @cached_property
    def _compared(self) -> Sequence[Round]:
        return self._two_of(_compared(self._rounds))

    def _two_of(self, rounds: Sequence[Round]) -> Sequence[Round]:
        """The last of some rounds, behind the one that it is compared with, if there is any."""
        asked = [one for one in rounds[:-1] if one.period == self.compared_with]
        return (*(asked or rounds[-2:-1]), rounds[-1])

    @property
    def _last(self) -> Round:
        return self._rounds[-1]

    @cached_property
    def _deep_rounds(self) -> Sequence[Round]:
        return [unit.deep_unit for unit in self._rounds if unit.deep_unit.deep_answers]

    @cached_property
    def _mapped(self) -> Sequence[Round]:
        return [unit for unit in self._deep_rounds if unit.deep.who_decides.is_answered]

    @cached_property
    def _moves(self) -> Moves | None:
        return _last_moves(self._compared)

    @cached_property
    def _decided(self) -> Sequence[ActionProgress]:
        units = self.history.units(self.squad, today=self.today)
        return action_progress(self.history.framework, self.actions, self.squad, units)

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
        return sorted(shown, key=lambda one: self._numbers.get(one.action.action_id, last))

    def _cells(
        self, cells_of: tables.CellsOf, rounds: Sequence[Round]
    ) -> Callable[[], pd.DataFrame]:
        return partial(tables.by_period, self.edition, rounds, cells_of)


def earlier_periods(history: History, squads: Sequence[str], *, today: date) -> tuple[Period, ...]:
    """With which periods the last one of a single squad can be compared, the latest first."""
    rounds = _compared(history.rounds(squads[0], today=today)) if len(squads) == 1 else ()
    return tuple(unit.period for unit in reversed(rounds[:-1]))


def _compared(rounds: Sequence[Round]) -> Sequence[Round]:
    """The rounds between which levels moved: those with a score, where there are any."""
    return [unit for unit in rounds if unit.is_scored] or rounds


def _last_moves(rounds: Sequence[Round]) -> Moves | None:
    return moves_of(rounds[-2] if len(rounds) > 1 else None, rounds[-1])


def _is_banded(rounds: Iterable[Round]) -> bool:
    ranges = chain.from_iterable(unit.ranges.levels.values() for unit in rounds)
    return any(reach.high - reach.low >= LEAST_RANGE for reach in ranges)
