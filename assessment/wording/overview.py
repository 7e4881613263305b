"""Several squads in one period put together once: one sentence, one table, a few levers; pure."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.model import Action
from assessment.model.period import Period
from assessment.rounds.actions import ActionProgress, is_overdue
from assessment.rounds.agreed_across import agreed_across
from assessment.rounds.board import BlockingRole, Way
from assessment.rounds.leadership import SharedLever, Summary
from assessment.rounds.moves import LEAST_POINTS, Moves
from assessment.rounds.results import Result
from assessment.rounds.seats import are_vacant
from assessment.wording import squads
from assessment.wording.actions import (
    action_part,
    mover,
    open_lines,
    open_total,
    overdue_count,
    owner_of,
)
from assessment.wording.agreed_across import AgreedAcrossPart
from assessment.wording.beside import told_later
from assessment.wording.counted import (
    agreed_since,
    decisions_counted,
    first_of,
    unanswered,
    voices_counted,
    voices_text,
)
from assessment.wording.frames import level_rows, stacked
from assessment.wording.holds import HoldsPart, close_leaks
from assessment.wording.levers import lever_owners, lever_part, no_lever, shared_gain, where_decided
from assessment.wording.moves import (
    changed_levels,
    first_check,
    moved_before,
    movement,
    moves_of,
    on_same_voices,
    voices_of_moves,
)
from assessment.wording.parts import ActionPart, Cell, LevelPart, LeverPart, Line, Picture, ScoreRow
from assessment.wording.scores import clear_and_fit, level_parts
from assessment.wording.verdicts import result_verdict, summary_verdict

BLOCKING_NAMED = 4
"""Roles that block in one way, of which so many are named."""
UNCLEAR_NAMED = 5
"""Decisions for which it is least clear who takes them, of which so many are named."""


@dataclass(frozen=True, slots=True)
class YourPart:
    """What is one leader's to move: the lever's title, where and for how much, its first step.

    `step` is empty where nothing is theirs, and `text` says whose the first lever is.
    """

    title: str
    text: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that stands by itself, under its name, with what it counts, and where; or empty."""

    name: str
    count: str
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class OverduePart:
    """What one role has overdue: how much and since when; squads and actions, longest first.

    `role` is the role's id, None where nobody is named, and `owner` how it is called; `count` is
    how many actions are overdue.
    """

    role: str | None
    owner: str
    text: str
    count: int
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SquadRow:
    """A squad's line: its levels, what changed, how many voices, its verdict.

    `change` is empty where no squad has any, which is told above. `close` says that the stage of a
    level hangs on a voice or on the weights, and is empty where none does. `newer` tells of checks
    made after it: the one that says who decides, and those that do not count.
    """

    squad: str
    period: Period
    levels: tuple[LevelPart, ...]
    change: str
    voices: str
    verdict: str
    close: str
    newer: str


@dataclass(frozen=True, eq=False)
class Overview:
    """What several squads say in a period, told `today`."""

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
        counted = words.counted("{count} squad", "{count} squads", count)
        voices = voices_text(self.edition, self.summary.rounds)
        return " · ".join((self.edition.period(self.summary.period), counted, voices))

    @cached_property
    def verdict(self) -> str:
        """The squads in one sentence; of a single squad it is the squad's own."""
        return summary_verdict(self.edition, self.summary)

    @cached_property
    def holds(self) -> str:
        """How far the verdict holds: the squad's own clause, or in how many squads it is close."""
        rounds = self.summary.rounds
        if len(rounds) == 1:
            part = HoldsPart(self.edition, rounds[0])
            return " ".join(filter(None, (part.clause, part.missing)))
        return close_leaks(self.edition, rounds)

    # The first screen -----------------------------------------------------------------------------

    @property
    def leaders(self) -> Mapping[str, str]:
        """Who may ask for their part, by role, as they are called."""
        leaders = self.edition.framework.rules.leaders
        return {leader: self.edition.role(leader) for leader in leaders}

    def your_part(self, leader: str) -> YourPart | None:
        """The lever that is a leader's to move; None without any, or where all of it is overdue.

        It comes after what they have overdue: another lever, else the same in other squads.
        """
        if not self.summary.levers:
            return None
        levers = self.summary.levers_of(leader)
        if not levers:
            return self._not_yours(leader, self.summary.levers[0])
        owned = [one for one in self.summary.open_actions if one.owner == leader]
        late = {(one.squad, one.lever) for of in owned for one in of.overdue(today=self.day)}
        late_levers = {lever for _squad, lever in late}
        for lever in sorted(levers, key=lambda one: one.lever in late_levers):
            gains = {at: gain for at, gain in lever.gains.items() if (at, lever.lever) not in late}
            if gains:
                return self._yours(replace(lever, gains=gains), late_levers)
        return None

    def _yours(self, lever: SharedLever, late: Collection[str]) -> YourPart:
        """A lever that is theirs to move, after those that they have overdue."""
        _, title = self.edition.words.gettext, self.edition.lever(lever.lever)
        if lever.lever in late:
            title = _("Then, where it is not overdue: {lever}", lever=title)
        elif late:
            title = _("Then: {lever}", lever=title)
        return YourPart(title, self._gain(lever), self.edition.texts.levers[lever.lever].step)

    def late_of(self, leader: str) -> OverduePart | None:
        """What a leader has overdue; None where nothing is."""
        return next((late for late in self.overdue if late.role == leader), None)

    @property
    def first_leader(self) -> str:
        """Whose part is shown unless another is asked for: the first with something overdue."""
        return next(filter(self.late_of, self.leaders), next(iter(self.leaders)))

    @cached_property
    def tiles(self) -> tuple[Tile, ...]:
        """Contested decisions, seats that block and late actions, each counted."""
        _ = self.edition.words.gettext
        return (
            Tile(_("Contested decisions"), *self._contested),
            Tile(_("Seats that block"), *self._blocking, self._where_blocked),
            Tile(_("Late actions"), *self._late),
        )

    @property
    def title(self) -> str:
        """What stands above a picture that is taken away."""
        return f"{self.heading} · {self.verdict}"

    @property
    def badge(self) -> str | None:
        """The mark of sample data: of the squads with a check here or with an action counted.

        Where none of them has a check here, it says that their actions alone count.
        """
        acting = {squad for squad, _mark, _action in self.open_elsewhere}
        absent = [last.holds_sample for last in self.summary.absent if last.squad in acting]
        shown = [one.holds_sample for one in self.summary.rounds]
        if any(absent) and not any(shown):
            return self.edition.words.counted(
                "Actions of {count} sample squad", "Actions of {count} sample squads", sum(absent)
            )
        return sample_badge(self.edition, [*shown, *absent])

    @cached_property
    def elsewhere(self) -> str:
        """What squads have in other periods, that this one does not tell; empty without any."""
        return squads.elsewhere(self.edition, self.summary.rounds, self.summary.elsewhere)

    @cached_property
    def absent(self) -> Line:
        """Which squads have no check in the period, and what they have open; empty without any."""
        line = squads.absent(self.edition, self.summary.absent)
        count = len(self.open_elsewhere)
        counted = self.edition.words.counted(
            "{count} action open there is counted all the same.",
            "{count} actions open there are counted all the same.",
            count,
        )
        return replace(line, text=f"{line.text} {counted}") if count else line

    @cached_property
    def open_elsewhere(self) -> tuple[tuple[str, str | None, ActionPart], ...]:
        """What squads without a check in the period have open: squad, mark of samples, action."""
        every = [action for owned in self.summary.open_actions for action in owned.actions]
        return tuple(
            (
                last.squad,
                sample_badge(self.edition, [last.holds_sample]),
                action_part(self.edition, ActionProgress(action, since=None), today=self.day),
            )
            for last in self.summary.absent
            for action in every
            if action.squad == last.squad
        )

    @cached_property
    def actions_as_of(self) -> str:
        """Of which day actions are, where the period is an earlier one, or theirs is over."""
        is_over = self.day < self.today
        if not ((self.summary.is_past or is_over) and self.summary.open_actions):
            return ""
        _ = self.edition.words.gettext
        text = _("Actions are shown as of today, {day}.", day=self.day)
        return _("Actions are shown as of {day}.", day=self.day) if is_over else text

    @property
    def day(self) -> date:
        """The day as of which actions are told: today, or the last one told of."""
        return min(self.today, self.summary.until or self.today)

    @cached_property
    def movement(self) -> str:
        """How many levels rose or fell, and in which squads that is told of some voices only."""
        return " ".join(filter(None, (self.moved, self.on_same_voices)))

    @property
    def moved(self) -> str:
        """How many levels rose or fell; of one squad without scores, up to its last."""
        results = self.summary.results
        of_one = moved_before(self.edition, results[0]) if len(results) == 1 else ""
        told = of_one or movement(self.edition, self.moves)
        return told or first_check(self.edition, self.summary.rounds)

    @property
    def on_same_voices(self) -> str:
        """In which squads a change is told of some voices only; empty where in none."""
        names = (result.round.squad for result in self.summary.results)
        return on_same_voices(self.edition, zip(names, self.compared, strict=True))

    @cached_property
    def moves(self) -> tuple[Moves | None, ...]:
        """How each squad's levels moved since its round before; None in its first."""
        return tuple(moves_of(result.before, result.round) for result in self.summary.results)

    @cached_property
    def compared(self) -> tuple[Moves | None, ...]:
        """How each squad's levels moved; of one squad without scores, up to its last with any."""
        results = self.summary.results
        return (moves_of(*results[0].before_and_after),) if len(results) == 1 else self.moves

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands below the table."""
        others = (self.elsewhere, self.absent.text)
        every = (self.holds, self.movement, *others, self.actions_as_of)
        return tuple(filter(None, every))

    @property
    def columns(self) -> tuple[str, ...]:
        """The levels, in short."""
        return tuple(self.edition.short_levels.values())

    @cached_property
    def rows(self) -> tuple[ScoreRow, ...]:
        """The squads by level, each with what its numbers stand on."""
        rows = zip(self.summary.results, self.moves, self._levels, strict=True)
        return tuple(_row(self.edition, *of_squad) for of_squad in rows)

    @property
    def levels_picture(self) -> Picture:
        """The squads by level."""
        rounds = self.summary.rounds
        return Picture(self.verdict, lambda: stacked(self.edition, level_rows, rounds))

    @cached_property
    def levers(self) -> tuple[LeverPart, ...]:
        """The levers that gain most over all squads."""
        return tuple(map(self._lever, self.summary.first_levers))

    @property
    def levers_to_decide(self) -> tuple[LeverPart, ...]:
        """Those of them that open actions do not take on in every squad they would help."""
        return tuple(
            part
            for part, lever in zip(self.levers, self.summary.first_levers, strict=True)
            if not self.summary.is_decided(lever)
        )

    def _lever(self, lever: SharedLever) -> LeverPart:
        actions = self.summary.under_way(lever)
        decided = where_decided(self.edition, lever, actions, today=self.day)
        part = lever_part(
            self.edition,
            lever.lever,
            points=None,
            gain=self._gain(lever),
            relations=(decided,),
            where=squads.some_of(self.edition, tuple(lever.gains)),
            owners=self._movers(lever),
        )
        return replace(part, is_late=any(is_overdue(one, today=self.day) for one in actions))

    def _gain(self, lever: SharedLever) -> str:
        headline = self.summary.headline_levers
        return shared_gain(self.edition, lever, is_on_cause=lever.lever in headline)

    @property
    def no_lever(self) -> str:
        """Why there is no lever to show; empty where there is one."""
        return "" if self.levers else no_lever(self.edition, self.summary.results)

    @cached_property
    def overdue(self) -> tuple[OverduePart, ...]:
        """What is overdue by whose move it is, in the roles' order."""
        parts = []
        for owned in self.summary.open_actions:
            if late := owned.overdue(today=self.day):
                owner = mover(self.edition, replace(owned, actions=late))
                text = overdue_count(self.edition, late)
                lines = ((one.squad, self._late_action(one, owner, late)) for one in late)
                actions = tuple(dict.fromkeys(lines))
                parts.append(OverduePart(owned.owner, owner, text, len(late), actions))
        return tuple(parts)

    def _late_action(self, action: Action, owner: str, late: Sequence[Action]) -> str:
        """What it is, whose exactly unless that is told above it, and of several due when."""
        exactly = owner_of(self.edition, action)
        name = "" if exactly == owner else (action.owner_name or "")
        due_on = self.edition.words.date(action.due_on or self.day) if len(late) > 1 else ""
        return " · ".join(filter(None, (self.edition.lever(action.lever), name, due_on)))

    @cached_property
    def squad_rows(self) -> tuple[SquadRow, ...]:
        """A line per squad, by name."""
        edition, rows = self.edition, []
        shows_change = any(moves is None or moves.moved for moves in self.moves)
        for result, moves, levels in zip(
            self.summary.results, self.moves, self._levels, strict=True
        ):
            shown = result.round
            row = SquadRow(
                squad=shown.squad,
                period=shown.period,
                levels=levels,
                change=changed_levels(edition, moves) if shows_change else "",
                voices=voices_counted(
                    edition, shown.quick_voices or shown.deep_voices, least=shown.least
                ),
                verdict=result_verdict(edition, result),
                close=HoldsPart(edition, shown).close,
                newer=told_later(edition, result),
            )
            rows.append(row)
        return tuple(rows)

    @cached_property
    def leaking_first(self) -> tuple[SquadRow, ...]:
        """The squads' rows, that in which decisions leak most before all others."""
        by_squad = {row.squad: row for row in self.squad_rows}
        return tuple(by_squad[squad] for squad in self.summary.leaking_first)

    @cached_property
    def unclear(self) -> tuple[str, ...]:
        """The decisions least clear, with in how many squads and how; few are named."""
        words, unclear = self.edition.words, self.summary.least_clear
        lines = [squads.unclear_in(self.edition, across) for across in unclear[:UNCLEAR_NAMED]]
        if rest := len(unclear) - len(lines):
            lines.append(words.counted("{count} more decision", "{count} more decisions", rest))
        return tuple(lines)

    @cached_property
    def agreed(self) -> AgreedAcrossPart:
        """What the squads agreed on who decides, and on which seat their decisions end."""
        across = agreed_across(
            self.edition.framework,
            self.summary.results,
            today=self.today,
            until=self.summary.period.last_day if self.summary.is_succeeded else None,
        )
        return AgreedAcrossPart(self.edition, across)

    @cached_property
    def across(self) -> Line:
        """How far who decides fits over the squads, and what voices contest in most of them."""
        return squads.across(self.edition, [*self.summary.who_decides.values()])

    @cached_property
    def fit_rows(self) -> tuple[ScoreRow, ...]:
        """The squads that said who decides, by level."""
        of_squads = [result for result in self.summary.results if result.tells_who_decides]
        return tuple(_fit_row(self.edition, result) for result in of_squads)

    @cached_property
    def decided(self) -> Line:
        """How many actions are open, with a line per role whose move they are behind it."""
        text = open_total(
            self.edition,
            self.summary.open_actions,
            squads=sum(not result.ended_on for result in self.summary.results)
            + len(self.summary.absent),
            today=self.day,
        )
        return Line(text, open_lines(self.edition, self.summary.open_actions, today=self.day))

    # How parts are made ---------------------------------------------------------------------------

    @cached_property
    def _levels(self) -> Sequence[tuple[LevelPart, ...]]:
        both = zip(self.summary.rounds, self.moves, strict=True)
        return [level_parts(self.edition, squad, moves) for squad, moves in both]

    @property
    def _contested(self) -> tuple[str, str]:
        """How many decisions voices contest, of those that several told: one contests nothing."""
        words, mapped = self.edition.words, self.summary.who_decides.values()
        if not mapped:
            asked = [one.survey for one in self.summary.rounds if one.survey]
            least = max((one.least_shown for one in asked if one.depth != "quick"), default=1)
            nobody = words.gettext("nobody said who decides in this period")
            return BLANK, unanswered(self.edition, least) if least > 1 else nobody
        across = self.summary.decisions
        of = sum(decision.by_several for decision in across)
        if not of:
            return BLANK, words.gettext("no decision has answers from several voices")
        text = words.counted(
            "{decisions}, in {count} squad",
            "{decisions}, in {count} squads",
            sum(any(one.voices > 1 for one in deciders.decisions) for deciders in mapped),
            decisions=words.counted_alike("of {count} that several voices answered", of),
        )
        contested = sum(decision.contested for decision in across)
        settled = sum(deciders.counts_agreed["contested"] for deciders in mapped)
        if settled:
            since = words.counted_alike("{count} agreed on since", settled)
            text = words.clauses((text, since))
        return words.number(contested), text

    @property
    def _blocking(self) -> tuple[str, str]:
        words, roles = self.edition.words, self.summary.blocking
        if not roles:
            text, since = words.gettext("no seat blocks"), self.summary.has_agreed_on_blocks
            return words.number(0), agreed_since(self.edition, text, since, of=1)
        by_setup = are_vacant(self.summary.rounds, (role.role for role in roles))
        empty = words.gettext("empty") if by_setup else words.gettext("empty, or looks so")
        too_much = words.gettext("decides too much")
        by_few = words.gettext("{finding}, say some of the voices", finding=too_much)
        deciding = [role for role in roles if role.ways["too much"]]
        parts: tuple[tuple[str, Way, Sequence[BlockingRole]], ...] = (
            (empty, "missing", [role for role in roles if role.ways["missing"]]),
            (too_much, "too much", [role for role in deciding if not role.by_few]),
            (by_few, "too much", [role for role in deciding if role.by_few]),
        )
        named = [
            words.labelled(label, self._blocking_so(of_way, way))
            for label, way, of_way in parts
            if of_way
        ]
        return words.counted("{count} role", "{count} roles", len(roles)), words.clauses(named)

    @property
    def _where_blocked(self) -> str:
        """In which squads each role blocks, few of them named; of a single squad empty."""
        words = self.edition.words
        if len(self.summary.results) == 1:
            return ""
        named = [
            words.labelled(self.edition.role(role.role), squads.some_of(self.edition, role.where))
            for role in self.summary.blocking
        ]
        return words.clauses(named)

    def _blocking_so(self, roles: Sequence[BlockingRole], way: Way) -> str:
        """The roles that block in one way, and, of several squads, in how many each does."""
        names = [self.edition.role(role.role) for role in roles]
        if len(self.summary.results) > 1:
            words, (count, *counts) = self.edition.words, [role.ways[way] for role in roles]
            first = words.counted("{count} squad", "{count} squads", count)
            within = zip(names, [first, *map(words.number, counts)], strict=True)
            text = words.gettext("{role} in {squads}")
            names = [text.format(role=role, squads=in_squads) for role, in_squads in within]
        return first_of(self.edition, names, most=BLOCKING_NAMED)

    @property
    def _late(self) -> tuple[str, str]:
        words = self.edition.words
        still_open = sum(len(owned.actions) for owned in self.summary.open_actions)
        late = sum(len(owned.overdue(today=self.day)) for owned in self.summary.open_actions)
        return words.number(late), words.counted_alike("of {count} open", still_open)

    def _movers(self, lever: SharedLever) -> str:
        """Whose move a lever is; where most squads share it, leadership's with its usual owners."""
        words, owners = self.edition.words, self.edition.roles(lever.owners)
        helped = [one for one in self.summary.rounds if one.squad in lever.gains]
        if len(self.summary.rounds) == 1:
            actions = self.summary.under_way(lever)
            return lever_owners(self.edition, lever.lever, helped[0], actions)
        if not lever.in_most:
            return owners
        leader = self.edition.role(self.edition.framework.rules.leaders[0])
        with_owners = self.edition.the_roles(lever.owners)
        return words.gettext("{leader} with {owners}", leader=leader, owners=with_owners)

    def _not_yours(self, leader: str, first: SharedLever) -> YourPart:
        _ = self.edition.words.gettext
        text = _("The first lever is “{lever}”; whose move: {owners}.")
        return YourPart(
            _("None of these levers starts with {role}", role=self.edition.the_role(leader)),
            text.format(lever=self.edition.lever(first.lever), owners=self._movers(first)),
        )


def sample_badge(edition: Edition, squads: Sequence[bool]) -> str | None:
    """The mark of sample data, counted where not every squad is sample; None where none is."""
    words, count = edition.words, sum(squads)
    if not count or count == len(squads):
        return words.gettext("Sample data") if count else None
    return words.counted("{count} sample squad", "{count} sample squads", count)


def _row(
    edition: Edition, result: Result, moves: Moves | None, levels: Iterable[LevelPart]
) -> ScoreRow:
    voices, since = voices_text(edition, [result.round]), changed_levels(edition, moves)
    if result.before and moves and moves.is_comparable:
        voices = voices_of_moves(edition, moves, voices)
        period = edition.period(result.before.period)
        since = edition.words.gettext("changes since {period}", period=period)
    return ScoreRow(
        result.round.squad,
        (voices, since),
        tuple(
            Cell(
                level.score,
                edition.words.in_cell(level.score, level.stage, is_capped=level.is_capped),
                changed_by(edition, level.change),
                stage=level.stage,
            )
            for level in levels
        ),
        since,
    )


def _fit_row(edition: Edition, result: Result) -> ScoreRow:
    levels = level_parts(edition, result.round, deep_before=result.deep_before)
    voices = voices_counted(edition, result.round.deep_unit.deep.voice_count)
    counts = decisions_counted(edition, [result.who_decides])
    since = ""
    if result.deep_before and any(level.fit_change for level in levels):
        text = edition.words.gettext("fit: changes of {points} points or more since {period}")
        period = edition.period(result.deep_before.period)
        since = text.format(points=LEAST_POINTS, period=period)
    return ScoreRow(
        result.round.squad,
        (voices, counts, since) if since else (voices, counts),
        tuple(
            Cell(
                level.fit,
                clear_and_fit(edition, level),
                changed_by(edition, level.fit_change),
                lower=level.lower,
            )
            for level in levels
        ),
        since,
    )


def changed_by(edition: Edition, points: int | None) -> str:
    """By how many points something changed; empty where it did not clearly."""
    return "" if points is None else edition.words.change(points)
