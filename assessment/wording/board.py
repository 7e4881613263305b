"""What is put before a board in five slides, whatever the number of squads; pure.

Beside a picture stand at most `WORDS_BESIDE` words, none of them written by people; the notes hold
the rest.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from assessment import __version__
from assessment.content.edition import Edition
from assessment.languages import points_moved, whole
from assessment.model import DUE_WITHIN, NOBODY, UNCLEAR
from assessment.rounds.actions import is_overdue
from assessment.rounds.board import WAYS, BlockingRole, SquadMove, moves_across
from assessment.rounds.leadership import SharedLever, Summary
from assessment.rounds.round import Round
from assessment.rounds.seats import are_vacant, missing_seats, seat_readings
from assessment.scoring.findings import BARRED
from assessment.wording.counted import (
    agreed_since,
    decisions_counted,
    mostly_left_out,
    options_counted,
    state_name,
    voices_text,
)
from assessment.wording.levers import decided_clause
from assessment.wording.moves import change_text, voices_then_and_now
from assessment.wording.overview import Overview
from assessment.wording.parts import DumbBell, LeverPart, SeatRow, SeatSignals
from assessment.wording.seats import pressure_key, seat_text
from assessment.wording.squads import among_squads, mapped
from assessment.wording.verdicts import deciders_counts, decisions_named, roles_meant

WORDS_BESIDE = 40


@dataclass(frozen=True, eq=False)
class Board:
    """What several squads, or one, say to whoever decides; `levers` are those to pull first."""

    overview: Overview
    levers: tuple[LeverPart, ...]

    @property
    def edition(self) -> Edition:
        """The language it is told in."""
        return self.overview.edition

    @property
    def summary(self) -> Summary:
        """The squads it is told of."""
        return self.overview.summary

    @property
    def today(self) -> date:
        """The day it was made."""
        return self.overview.today

    @cached_property
    def footer(self) -> str:
        """Squads, voices, the day it was made, the product and its version."""
        words, count = self.edition.words, len(self.summary.results)
        return " · ".join(
            (
                words.counted("{count} squad", "{count} squads", count),
                voices_text(self.edition, self.summary.rounds),
                words.gettext("made on {day}", day=self.today),
                f"{words.gettext('Who Decides?')} {__version__}",
            )
        )

    @property
    def is_one(self) -> bool:
        """Whether it tells of a single squad, of which nothing is counted."""
        return len(self.summary.results) == 1

    # What is asked today --------------------------------------------------------------------------

    @property
    def asks_heading(self) -> str:
        """What stands above what is asked."""
        return self.edition.words.gettext("What we ask you to decide today")

    @cached_property
    def asks(self) -> tuple[str, ...]:
        """The levers that the page shows first, in its order, with whose moves as far as they fit.

        Of each it is said where it is decided already, and overdue. Unless the first acts on the
        verdict's cause, it is said which lever of those that a squad's own page shows does.
        """
        text = self.edition.words.gettext("{lever} ({owners})")
        levers = self.levers
        titles = [one.title for one in levers]
        with_owners = [text.format(lever=one.title, owners=one.owners) for one in levers]
        with_movers = [
            text.format(lever=one.title, owners=self._first_mover(one)) for one in levers
        ]
        names = (with_owners, with_movers, titles)
        ways = [*map(self._with_notes, names)]
        return next((asks for asks in ways if fits([self.asks_heading, *asks])), ways[-1])

    def _first_mover(self, lever: LeverPart) -> str:
        """Who moves first on a lever: over several squads leadership, where most share it."""
        if self.is_one or not self.summary.lever_by_id[lever.lever].in_most:
            return lever.owners
        return self.edition.role(self.edition.framework.rules.leaders[0])

    def _with_notes(self, asks: Sequence[str]) -> tuple[str, ...]:
        lines = [
            self._with_note(ask, one.lever, is_on_cause=one.lever == self._on_cause)
            for ask, one in zip(asks, self.levers, strict=True)
        ]
        return (*(lines or [self.plan_title]), *filter(None, [self._not_asked]))

    @cached_property
    def _on_cause(self) -> str | None:
        """The lever to name for the verdict's cause: none where the first asked acts on it."""
        headline, known = self.summary.headline_levers, self.summary.lever_by_id
        asked = [one.lever for one in self.levers]
        acting = [lever for lever in (*asked, *headline) if lever in headline and lever in known]
        return acting[0] if acting and acting[:1] != asked[:1] else None

    @property
    def _not_asked(self) -> str:
        """Of a lever on the verdict's cause that is not asked for, that it acts, or is decided."""
        lever, asked = self._on_cause, [one.lever for one in self.levers]
        if lever is None or lever in asked:
            return ""
        shared = self.summary.lever_by_id[lever]
        if self.summary.is_decided(shared):
            return self._decided_on_cause(shared) if asked else ""
        _ = self.edition.words.gettext
        return _("“{lever}” would act on the verdict's cause.", lever=self.edition.lever(lever))

    def _with_note(self, ask: str, lever: str, *, is_on_cause: bool) -> str:
        _, shared = self.edition.words.gettext, self.summary.lever_by_id[lever]
        actions = self.summary.under_way(shared)
        decided = decided_clause(self.edition, shared, actions, today=self.overview.day)
        notes = [*filter(None, (decided, _("acts on the verdict's cause") if is_on_cause else ""))]
        return self.edition.words.labelled(ask, self.edition.words.clauses(notes)) if notes else ask

    def _decided_on_cause(self, lever: SharedLever) -> str:
        """That a lever on the verdict's cause is decided, and since when all of it is overdue."""
        _, actions = self.edition.words.gettext, self.summary.under_way(lever)
        late = [one.due_on for one in actions if is_overdue(one, today=self.overview.day)]
        text = _("“{lever}” acts on the verdict's cause, and is decided already.")
        if len(late) == len(actions):
            text = _("“{lever}” acts on the verdict's cause: decided, and overdue since {day}.")
        since = min(filter(None, late), default=self.today)
        return text.format(
            lever=self.edition.lever(lever.lever), day=self.edition.words.date(since)
        )

    # Who decides ----------------------------------------------------------------------------------

    @property
    def is_mapped(self) -> bool:
        """Whether anybody said who decides."""
        return bool(self.summary.deep_units)

    @cached_property
    def decisions(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Every decision by name, and in how many squads in each state.

        The least clear comes first; of a single squad what is amiss, as its title names it.
        """
        asked, ordered = len(self.summary.deep_units), self.summary.least_clear_first
        if self.is_one and asked:
            (deciders,) = self.summary.who_decides.values()
            amiss = {one.decision for one in ordered if one.unclear or one.misplaced}
            amiss |= {finding.decision for finding in deciders.findings if finding.decision}
            named = [decision for decision in deciders.gravest_first if decision in amiss]
            place = {decision: at for at, decision in enumerate(named)}
            ordered = tuple(sorted(ordered, key=lambda one: place.get(one.decision, len(named))))
        return tuple(
            (
                self.edition.decision(one.decision),
                (
                    one.clear - one.misplaced,
                    one.misplaced,
                    one.contested,
                    one.nobody,
                    asked - one.compared,
                ),
            )
            for one in ordered
        )

    @property
    def states(self) -> tuple[str, ...]:
        """What the parts of a bar are called."""
        _, name = self.edition.words.gettext, partial(state_name, self.edition)
        unexpected, unanswered = _("Clear, but an unexpected role"), _("No answer that counts")
        return name("clear"), unexpected, name("contested"), name("nobody"), unanswered

    @cached_property
    def decisions_title(self) -> str:
        """Which decisions are least clear; of a single squad what its page says."""
        if not self.is_mapped:
            return self.edition.words.gettext("Nobody said who decides in this period.")
        if self.is_one:
            (deciders,) = self.summary.who_decides.values()
            return deciders_counts(self.edition, deciders)
        unclear = self.summary.least_clear
        if not unclear:
            return self.edition.words.gettext("Every decision answered is clear.")
        most, things = unclear[0], len(unclear)
        clause = self.edition.words.counted_alike(
            "most often contested or without a decider: {decisions}",
            things,
            decisions=decisions_named(self.edition, [across.decision for across in unclear]),
        )
        clause = among_squads(self.edition, clause, most.unclear, most.compared, things=things)
        return self.edition.words.sentence(clause)

    @property
    def decisions_counted(self) -> str:
        """How many decisions are clear, and how many answers count; of a single squad its title."""
        if not self.is_mapped or self.is_one:
            return ""
        mapped = [*self.summary.who_decides.values()]
        counts = self.edition.words.sentence(decisions_counted(self.edition, mapped))
        return f"{counts} {mostly_left_out(self.edition, mapped)}".strip()

    @cached_property
    def decisions_key(self) -> tuple[str, ...]:
        """How to read the bars; without any, how to get them."""
        _ = self.edition.words.gettext
        if not self.is_mapped:
            text = _(
                "The deep check maps it, decision by decision, in about fifteen minutes. "
                "Take all of it or a single lens."
            )
            return (text,)
        key = [_("Contested: fewer than three quarters of the voices name the same people.")]
        if any(across.nobody for across in self.summary.decisions):
            nobody, unclear = map(self.edition.decider, (NOBODY, UNCLEAR))
            key.append(
                _(
                    "No decider: at least half of the voices say “{nobody}” or “{unclear}”.",
                    nobody=nobody,
                    unclear=unclear,
                )
            )
        if any(across.misplaced for across in self.summary.decisions):
            key.append(_("Unexpected role: the playbook expects somebody else."))
        return tuple(key if self.is_one else (mapped(self.edition, self.summary), *key))

    # The seat that blocks -------------------------------------------------------------------------

    @cached_property
    def seats_title(self) -> str:
        """Which seat blocks in most squads, and how."""
        if not self.summary.blocking:
            return self._none_blocks
        most = self.summary.blocking[0]
        first = [role for role in self.summary.blocking if role.rank == most.rank]
        by_setup = are_vacant(self.summary.rounds, (role.role for role in first))
        clause = _blocks(self.edition, first, are_vacant=by_setup)
        if self.is_one:
            clause = self._where_it_should_not([role.role for role in first]) or clause
        else:
            things = len(first)
            clause = among_squads(self.edition, clause, most.squads, most.compared, things=things)
        return self.edition.words.sentence(clause)

    def _where_it_should_not(self, roles: Sequence[str]) -> str:
        """On how many decisions roles of a single squad decide too much; empty where on none.

        And where they block in another way: a seat looks empty, or everything waits for it. A
        decision counts where half of the voices name the same role.
        """
        if not self.is_mapped or set(missing_seats(self.summary.rounds[0])) & set(roles):
            return ""
        (deciders,) = self.summary.who_decides.values()
        findings = [one for one in deciders.findings if not set(roles).isdisjoint(one.roles)]
        told = [finding for finding in findings if finding.by_half]
        if all(map(deciders.is_agreed, told)) or any(one.kind not in BARRED for one in findings):
            return ""
        words = self.edition.words
        named, count, is_by_all = roles_meant(self.edition, told)
        clause = words.ngettext(
            "{roles} decides where another role should",
            "{roles} decide where another role should",
            count,
        )
        taken = {finding.decision for finding in told}
        counted = words.counted(
            "{count} decision out of {of}",
            "{count} decisions out of {of}",
            len(taken),
            of=sum(across.compared for across in self.summary.decisions),
        )
        counted = agreed_since(self.edition, counted, len(taken & deciders.righted), of=len(taken))
        text = words.labelled(clause.format(roles=named), counted)
        if not is_by_all:
            text = words.gettext("{finding}, say half of the voices or more", finding=text)
        return text

    @property
    def _none_blocks(self) -> str:
        """That no seat blocks; of a single squad which show the signals of an empty one even so."""
        words = self.edition.words
        readings = seat_readings(self.summary.rounds[0]) if self.is_one else {}
        signalled = [
            seat for seat, reading in readings.items() if reading in {"held", "without", "few"}
        ]
        if not signalled and self.summary.has_agreed_on_blocks:
            return words.gettext("By what was agreed on since, no seat blocks any more.")
        if not signalled:
            return words.gettext("No seat blocks in what was answered.")
        return words.counted(
            "No seat is known to block, though the {roles} seat shows the signals of an empty one.",
            "No seat is known to block, though the {roles} seats show the signals of empty ones.",
            len(signalled),
            roles=self.edition.roles(signalled),
        )

    @cached_property
    def seats(self) -> tuple[SeatRow, ...]:
        """The roles that block, level by level."""
        ways_at = partial(_ways_at, self.edition, is_one=self.is_one)
        levels, squads = self.edition.framework.level_ids, len(self.summary.results)
        return tuple(
            SeatRow(
                self.edition.role(role.role),
                tuple(ways_at(role, level) for level in levels),
                tuple(max(role.at(way, level) for way in WAYS) / squads for level in levels),
            )
            for role in self.summary.blocking
        )

    @property
    def seats_key(self) -> tuple[str, ...]:
        """How to read the table of seats; of a single squad without any, what each looks like."""
        _ = self.edition.words.gettext
        if not self.summary.blocking:
            reach = pressure_key(self.edition)
            if not self.is_one:
                return (reach,)
            readings = seat_readings(self.summary.rounds[0])
            texts = (seat_text(self.edition, seat, read) for seat, read in readings.items())
            return (*map(self.edition.words.sentence, texts), reach)
        by_way = {
            "missing": _("Empty: by the signals or the setup, nobody really fills this seat."),
            "too much": _("Too much: it decides what it should not, or every level waits for it."),
        }
        ways = [way for way in WAYS if any(role.ways[way] for role in self.summary.blocking)]
        shades = () if self.is_one else (_("The darker, the more squads."),)
        return (*(by_way[way] for way in ways), *shades, *self._left_to_others)

    @property
    def _left_to_others(self) -> Iterator[str]:
        """Of a single squad the seats that decide too much and look empty by their signals."""
        text = self.edition.words.gettext(
            "The {role} seat also shows the signals of an empty one: others do what it should."
        )
        readings = seat_readings(self.summary.rounds[0]) if self.is_one else {}
        for blocking in self.summary.blocking:
            if blocking.ways["too much"] and readings.get(blocking.role) == "held":
                yield text.format(role=self.edition.role(blocking.role))

    @property
    def readings(self) -> tuple[str, str, str]:
        """What the signals of a seat that is not missing may say."""
        _ = self.edition.words.gettext
        return _("no signal"), _("to watch"), _("not enough answers")

    @property
    def pressures(self) -> tuple[SeatSignals, ...]:
        """What the signals say of each seat, squad by squad."""
        rounds = self.summary.rounds
        seats = [module.seat for module in self.edition.framework.modules if module.seat]
        return tuple(self._signals(seat, rounds) for seat in seats)

    def _signals(self, seat: str, rounds: Sequence[Round]) -> SeatSignals:
        there = [unit for unit in rounds if seat not in missing_seats(unit)]
        readings = [seat_readings(unit)[seat] for unit in there]
        calm, unknown = readings.count("no-sign"), readings.count(None)
        counts = (calm, len(readings) - calm - unknown, unknown)
        value = rounds[0].diagnosis.pressure(seat).pressure if self.is_one else None
        name, words = self.edition.role(seat), self.edition.words
        in_words = ", ".join(
            f"{reading} {words.number(count)}"
            for reading, count in zip(self.readings, counts, strict=True)
            if count
        )
        return SeatSignals(
            name=name,
            points=None if value is None else whole(value),
            counts=counts,
            in_words=words.labelled(name, in_words if value is None else words.score(value)),
        )

    # What moved -----------------------------------------------------------------------------------

    @property
    def moved_title(self) -> str:
        """How many levels clearly rose or fell; since when of what had its scores before."""
        return self.overview.moved

    @cached_property
    def moves(self) -> tuple[DumbBell, ...]:
        """Every level scored twice: clear moves first, of these each squad's widest."""
        moves = moves_across(self.summary.results, self.overview.compared, points=points_moved)
        return tuple(_dumb_bell(self.edition, move, is_one=self.is_one) for move in moves)

    def widest_of(self, shown: int) -> str:
        """That only so many of the moves are shown, and which; empty where all are."""
        _, count = self.edition.words.gettext, len(self.moves)
        text = _("{shown} of {count} levels: each squad's widest move first, 1 or 2 voices last")
        return text.format(shown=shown, count=count) if shown < count else ""

    @cached_property
    def kept(self) -> str:
        """How many agreements in force are kept of those that voices tell of; empty without any."""
        words, agreed = self.edition.words, self.overview.agreed.across.total
        if not agreed.judged:
            return ""
        return words.counted(
            "{kept} agreement out of {count} is kept in practice.",
            "{kept} agreements out of {count} are kept in practice.",
            agreed.kept,
            kept=agreed.kept,
            count=agreed.judged,
        )

    @property
    def late_heading(self) -> str:
        """What stands above agreements and actions."""
        _ = self.edition.words.gettext
        return _("Agreements and actions") if self.kept else _("Open actions")

    @cached_property
    def late(self) -> tuple[str, ...]:
        """Agreements kept, then what is open and overdue by whose move it is, all of them or none.

        Where there is no room for since when, it is counted.
        """
        words, overdue = self.edition.words, self.overview.overdue
        lines = [*filter(None, (self.late_heading, self.kept, self.overview.decided.text))]
        in_full = [words.labelled(late.owner, late.text) for late in overdue]
        owners = options_counted(self.edition, ((late.owner, late.count) for late in overdue))
        in_short = [words.labelled(words.gettext("Overdue"), owners)] if owners else []
        whole = next((ways for ways in (in_full, in_short) if fits([*lines, *ways])), [])
        return within([*lines, *whole])[1:]

    # Thirty days ----------------------------------------------------------------------------------

    @cached_property
    def plan_title(self) -> str:
        """What comes first, and until when."""
        if not self.levers:
            return self.overview.no_lever or self.edition.words.gettext(
                "What comes first is decided already: see the open actions."
            )
        text = self.edition.words.gettext("First, by {day}: “{lever}”.")
        return text.format(day=self.due, lever=self.levers[0].title)

    @property
    def plan_heads(self) -> tuple[str, ...]:
        """What the plan's columns are called."""
        _ = self.edition.words.gettext
        return (
            _("What we ask"),
            _("Whose move"),
            _("First step"),
            _("By"),
            _("How we will see it worked"),
        )

    @property
    def plan(self) -> tuple[tuple[LeverPart, tuple[str, ...]], ...]:
        """What is asked today, lever by lever, with what will show that it worked."""
        return tuple((lever, _seen_by(self.edition, lever.lever)) for lever in self.levers)

    @property
    def due(self) -> str:
        """Until when what is asked is to be done."""
        return self.edition.words.date(self.today + DUE_WITHIN)


def _blocks(edition: Edition, roles: Sequence[BlockingRole], *, are_vacant: bool) -> str:
    """How roles block; `are_vacant` says that setups tell of nobody in the seats that are empty."""
    words, count = edition.words, len(roles)
    missing, too_much = (any(role.ways[way] for role in roles) for way in WAYS)
    if missing and too_much:
        text = words.ngettext(
            "The {roles} seat is or looks empty, or decides too much",
            "The {roles} seats are or look empty, or decide too much",
            count,
        )
    elif missing and are_vacant:
        text = words.ngettext("The {roles} seat is empty", "The {roles} seats are empty", count)
    elif missing:
        text = words.ngettext("The {roles} seat looks empty", "The {roles} seats look empty", count)
    else:
        text = words.ngettext("{roles} decides too much", "{roles} decide too much", count)
        clause = text.format(roles=edition.the_roles([role.role for role in roles]))
        by_few = words.gettext("{finding}, say some of the voices", finding=clause)
        return by_few if all(role.by_few for role in roles) else clause
    return text.format(roles=edition.roles(role.role for role in roles))


def _ways_at(edition: Edition, role: BlockingRole, level: str, *, is_one: bool) -> tuple[str, ...]:
    """How a role blocks at a level, and in how many squads where they are several."""
    _, counted = edition.words.gettext, edition.words.counted
    empty, too_much = (role.at(way, level) for way in WAYS)
    texts = (
        (empty, _("empty"), counted("empty in {count} squad", "empty in {count} squads", empty)),
        (
            too_much,
            _("too much"),
            counted("too much in {count} squad", "too much in {count} squads", too_much),
        ),
    )
    return tuple(one if is_one else many for count, one, many in texts if count)


def _dumb_bell(edition: Edition, squad: SquadMove, *, is_one: bool) -> DumbBell:
    """A level before and now; the squad is not named where it is the only one."""
    words, move = edition.words, squad.move
    return DumbBell(
        squad="" if is_one else squad.squad,
        level=edition.short(move.level),
        before=move.before or 0.0,
        after=move.after or 0.0,
        before_shown=words.score(move.before),
        after_shown=words.score(move.after),
        change=change_text(edition, move),
        is_clear=move.is_move,
        voices=voices_then_and_now(edition, squad),
    )


def _seen_by(edition: Edition, lever: str) -> tuple[str, ...]:
    """What the next check answers if a lever worked: the best answer to each of its items."""
    framework, options = edition.framework, edition.texts.options
    text = edition.words.gettext("At the next check, “{item}”: “{answer}”")
    return tuple(
        text.format(item=edition.item(item.id), answer=options[framework.best_option(item.id)])
        for item in framework.items
        if item.lever == lever
    )


def within(lines: Iterable[str]) -> tuple[str, ...]:
    """The first of the lines that have no more words together than stand beside a picture."""
    kept: list[str] = []
    for line in lines:
        if not fits([*kept, line]):
            break
        kept.append(line)
    return tuple(kept)


def fits(lines: Iterable[str]) -> bool:
    """Whether lines have no more words together than stand beside a picture."""
    return words_in_text("\n".join(lines)) <= WORDS_BESIDE


def words_in_text(text: str) -> int:
    """How many words a text has; signs by themselves are none."""
    return len(re.findall(r"\w[\w'’.,-]*", text))
