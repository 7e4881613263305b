"""What several squads agreed, and where their decisions end, as leadership reads it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.rounds.agreed_across import AgreedAcross, AgreedCounts, Seat, SeatAcross, SeatCell
from assessment.wording.agreements import as_of, counted_state
from assessment.wording.counted import unanswered
from assessment.wording.frames import level_names
from assessment.wording.parts import Picture, Table

UNSETTLED_NAMED = 5
"""Contested decisions that a sentence names; a count stands for the others."""


@dataclass(frozen=True, eq=False)
class AgreedAcrossPart:
    """Several squads' agreements as one sentence and two tables; empty where there is none."""

    edition: Edition
    across: AgreedAcross

    def __bool__(self) -> bool:
        """Whether any squad agreed on anything."""
        return bool(self.across.by_squad)

    @cached_property
    def sentence(self) -> str:
        """How many hold, expire soon, lack a decider, are refused, wait, and are kept."""
        words, totals = self.edition.words, self.across.total
        in_force = words.counted(
            "{count} agreement is in force", "{count} agreements are in force", totals.in_force
        )
        if totals.expiring:
            in_force = words.gettext("{in_force} ({of_these})").format(
                in_force=in_force, of_these=counted_state(self.edition, "expiring", totals.expiring)
            )
        without = counted_state(self.edition, "without-decider", totals.without_decider)
        refused = words.counted(
            "{count} is refused by a role", "{count} are refused by a role", totals.contested
        )
        waiting = words.counted(
            "{count} waits for answers", "{count} wait for answers", totals.proposed
        )
        text = words.gettext("No agreement is in force")
        if totals.in_force:
            text = in_force
        elif totals.without_decider:
            text = words.counted(
                "{count} agreement is in force without a decider",
                "{count} agreements are in force without a decider",
                totals.without_decider,
            )
        others = (
            (without, totals.in_force and totals.without_decider),
            (refused, totals.contested),
            (waiting, totals.proposed),
        )
        text = ", ".join((text, *(other for other, count in others if count)))
        if totals.judged:
            text = words.clauses((text, _kept(self.edition, totals)))
        if day := self.across.as_of:
            text = as_of(self.edition, text, day)
        return words.sentence(text)

    @cached_property
    def unsettled(self) -> str:
        """The decisions contested where they are not settled, few named; empty without any."""
        if not self.across.unsettled:
            return ""
        words, unsettled = self.edition.words, self.across.unsettled
        names = [*map(self.edition.decision, unsettled[:UNSETTLED_NAMED])]
        if rest := len(unsettled) - len(names):
            names.append(words.counted("{count} more decision", "{count} more decisions", rest))
        text = words.counted_alike("Contested with no agreement in force", len(unsettled))
        if day := self.across.as_of:
            text = as_of(self.edition, text, day)
        return words.sentence(words.labelled(text, words.all_of(names)))

    @cached_property
    def seat(self) -> str:
        """On which seat decisions end that belong lower, or else elsewhere; how many end there."""
        seat = self.across.seat
        if seat is None:
            return ""
        clauses = filter(None, (self._ending(seat), self._alone(seat)))
        return self.edition.words.sentence(self.edition.words.clauses(clauses))

    def _ending(self, seat: SeatAcross) -> str:
        words, role = self.edition.words, seat_name(self.edition, seat.seat)
        ends = {"decisions": seat.decisions, "squads": seat.squads, "role": role}
        if seat.lower:
            return words.counted(
                "of {decisions} decisions that end up with {role} in {squads} squads, {count} "
                "belongs to a lower seat by the playbook or by what was agreed",
                "of {decisions} decisions that end up with {role} in {squads} squads, {count} "
                "belong to a lower seat by the playbook or by what was agreed",
                seat.lower,
                **ends,
            )
        if seat.elsewhere:
            return words.counted(
                "of {decisions} decisions that end up with {role} in {squads} squads, {count} "
                "belongs to another role by the playbook or by what was agreed",
                "of {decisions} decisions that end up with {role} in {squads} squads, {count} "
                "belong to another role by the playbook or by what was agreed",
                seat.elsewhere,
                **ends,
            )
        return words.gettext("{decisions} decisions in {squads} squads end up with {role}", **ends)

    def _alone(self, seat: SeatAcross) -> str:
        """How many of them end on no other seat; empty where all do, or none."""
        if seat.alone in (0, seat.decisions):
            return ""
        return self.edition.words.counted(
            "{count} of the {decisions} ends up with nobody else",
            "{count} of the {decisions} end up with nobody else",
            seat.alone,
            decisions=seat.decisions,
        )

    @property
    def seat_key(self) -> str:
        """How to read the picture of seats."""
        if self.across.seat is None:
            return ""
        text = self.edition.words.gettext(
            "In a cell: the seat that takes more than half of the decisions answered, as at least "
            "half of the voices say, and how many; several if tied, “–” if none. "
            "In colour: {role} is among them."
        )
        return text.format(role=seat_name(self.edition, self.across.seat.seat))

    @property
    def seat_picture(self) -> Picture:
        """On which seat decisions end, squads by level."""
        arguments = (self.edition, self.across)
        frame, cells = partial(seat_rows, *arguments), partial(seats_by_level, *arguments)
        return Picture(f"{self.seat} {self.seat_key}", frame, cells, self.seat)

    @cached_property
    def level_table(self) -> Table:
        """The agreements level by level."""
        rows = {self.edition.level(level): across for level, across in self.across.by_level.items()}
        return Table(self.sentence, self._counted(self.edition.words.gettext("Level"), rows))

    @cached_property
    def squad_table(self) -> Table:
        """The agreements squad by squad."""
        head = self.edition.words.gettext("Squad")
        return Table(self.sentence, self._counted(head, self.across.by_squad))

    def _counted(self, head: str, rows: Mapping[str, AgreedCounts]) -> pd.DataFrame:
        _, words = self.edition.words.gettext, self.edition.words
        kept = _("{kept} of {judged}")
        return pd.DataFrame(
            {
                head: name,
                _("In force"): words.number(counts.in_force),
                _("Without a decider"): words.number(counts.without_decider),
                _("Waiting for answers"): words.number(counts.proposed),
                _("Agreements refused by a role"): words.number(counts.contested),
                _("Expire soon"): words.number(counts.expiring),
                _("Kept in practice"): kept.format(kept=counts.kept, judged=counts.judged)
                if counts.judged
                else BLANK,
            }
            for name, counts in rows.items()
        )


def _kept(edition: Edition, totals: AgreedCounts) -> str:
    """How many agreements are kept of those in force for which voices said who decides."""
    words, judged = edition.words, totals.judged
    text = words.counted(
        "voices told how {count} agreement works in practice",
        "voices told how {count} agreements work in practice",
        judged,
    )
    if totals.kept == judged:
        kept = words.ngettext("it is kept", "all are kept", judged)
    elif totals.kept:
        kept = words.counted("{count} is kept", "{count} are kept", totals.kept)
    else:
        kept = words.ngettext("it is not kept", "none is kept", judged)
    return words.labelled(text, kept)


def seat_name(edition: Edition, seat: Seat) -> str:
    """A seat in a sentence: what its squads call it, or else its role."""
    if not seat.label:
        return edition.the_role(seat.role)
    return edition.words.gettext("the seat “{label}”", label=seat.label)


def seat_rows(edition: Edition, across: AgreedAcross) -> pd.DataFrame:
    """A row per squad and level: its seats, how many decisions end there, whether one is told.

    `unanswered` says why no decision was answered, empty where one was.
    """
    seat = across.seat
    return pd.DataFrame(
        {
            "squad": squad,
            **level_names(edition, level),
            "seat": ", ".join(edition.role(of.role) for of in cell.seats) or None,
            "told": _seats_told(edition, cell) or None,
            "decisions": cell.decisions,
            "answered": cell.answered,
            "unanswered": "" if cell.answered else unanswered(edition, cell.least),
            "elsewhere": cell.elsewhere,
            "is_told": seat is not None and seat.seat in cell.seats,
        }
        for (squad, level), cell in (seat.cells if seat else {}).items()
    )


def seats_by_level(edition: Edition, across: AgreedAcross) -> pd.DataFrame:
    """A row per squad, in every column a level: the seats and how many decisions end there."""
    words, rows = edition.words, dict[str, dict[str, str]]()
    text = words.gettext("{seat}: {count} of {answered}")
    for (squad, level), cell in (across.seat.cells if across.seat else {}).items():
        row = rows.setdefault(squad, {words.gettext("Squad"): squad})
        counts = {"count": words.number(cell.decisions), "answered": words.number(cell.answered)}
        counted = text.format(seat=_seats_told(edition, cell), **counts)
        without = BLANK if cell.answered else unanswered(edition, cell.least)
        row[edition.short(level)] = counted if cell.seats else without
    return pd.DataFrame(rows.values())


def _seats_told(edition: Edition, cell: SeatCell) -> str:
    """The seats of a cell, each as its squads call it or by its role."""
    return ", ".join(of.label or edition.role(of.role) for of in cell.seats)
