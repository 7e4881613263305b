"""What several squads agreed, and where their decisions end, as leadership reads it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.rounds.agreed_across import AgreedAcross, AgreedCounts, Seat
from assessment.wording.agreements import as_of, counted_state
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
        """How many hold, are contested, expire soon, and how many of those judged are kept."""
        words, totals = self.edition.words, self.across.total
        in_force = words.counted(
            "{count} agreement is in force", "{count} agreements are in force", totals.in_force
        )
        parts = [in_force if totals.in_force else words.gettext("No agreement is in force")]
        if totals.contested:
            parts.append(
                words.counted("{count} is contested", "{count} are contested", totals.contested)
            )
        if totals.expiring:
            parts.append(counted_state(self.edition, "expiring", totals.expiring))
        if totals.judged:
            kept = words.counted(
                "{kept} of {judged} that voices tell of is kept in practice",
                "{kept} of {judged} that voices tell of are kept in practice",
                totals.kept,
                kept=totals.kept,
                judged=totals.judged,
            )
            parts.append(kept)
        text, day = ", ".join(parts), self.across.as_of
        if day:
            text = as_of(self.edition, text, day)
        return words.sentence(text)

    @cached_property
    def unsettled(self) -> str:
        """The contested decisions that no squad settled, few named; empty where there is none."""
        if not self.across.unsettled:
            return ""
        words, unsettled = self.edition.words, self.across.unsettled
        names = [*map(self.edition.decision, unsettled[:UNSETTLED_NAMED])]
        if rest := len(unsettled) - len(names):
            names.append(words.counted("{count} more decision", "{count} more decisions", rest))
        return words.counted(
            "Contested, without an agreement in force in any squad: {decisions}.",
            "Contested, without an agreement in force in any squad: {decisions}.",
            len(unsettled),
            decisions=words.all_of(names),
        )

    @cached_property
    def seat(self) -> str:
        """On which seat decisions of most squads end, and how many of them belong lower.

        Where none does, how many belong to another seat.
        """
        seat, words = self.across.seat, self.edition.words
        if seat is None:
            return ""
        text = words.ngettext(
            "{decisions} decision of {squads} squads ends with {role}",
            "{decisions} decisions of {squads} squads end with {role}",
            seat.decisions,
        )
        ends = text.format(
            decisions=words.number(seat.decisions),
            squads=words.number(seat.squads),
            role=seat_name(self.edition, seat.seat),
        )
        if not seat.elsewhere:
            return words.sentence(ends)
        if seat.lower:
            text = words.ngettext(
                "{ends}; {count} of them belongs to a lower seat by the articles or by what was "
                "agreed.",
                "{ends}; {count} of them belong to a lower seat by the articles or by what was "
                "agreed.",
                seat.lower,
            )
        else:
            text = words.ngettext(
                "{ends}; {count} of them belongs to another role by the articles or by what was "
                "agreed.",
                "{ends}; {count} of them belong to another role by the articles or by what was "
                "agreed.",
                seat.elsewhere,
            )
        return text.format(ends=ends, count=words.number(seat.lower or seat.elsewhere))

    @property
    def seat_key(self) -> str:
        """How to read the picture of seats."""
        if self.across.seat is None:
            return ""
        text = self.edition.words.gettext(
            "In each cell the seat that at least half of the voices name for most decisions, and "
            "for how many of those answered. Filled: {role}."
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
        return Table(
            self.sentence, self._counted(self.edition.words.gettext("Squad"), self.across.by_squad)
        )

    def _counted(self, head: str, rows: Mapping[str, AgreedCounts]) -> pd.DataFrame:
        words = self.edition.words
        _ = words.gettext
        return pd.DataFrame(
            {
                head: name,
                _("In force"): words.number(counts.in_force),
                _("Contested agreements"): words.number(counts.contested),
                _("Expire soon"): words.number(counts.expiring),
                _("Kept in practice"): _(
                    "{kept} of {judged}", kept=counts.kept, judged=counts.judged
                )
                if counts.judged
                else BLANK,
            }
            for name, counts in rows.items()
        )


def seat_name(edition: Edition, seat: Seat) -> str:
    """A seat in a sentence: what its squads call it, or else its role."""
    if not seat.label:
        return edition.the_role(seat.role)
    return edition.words.gettext("the seat “{label}”", label=seat.label)


def seat_rows(edition: Edition, across: AgreedAcross) -> pd.DataFrame:
    """A row per squad and level: its seat, how many decisions end there, whether it is told."""
    seat = across.seat
    return pd.DataFrame(
        {
            "squad": squad,
            **level_names(edition, level),
            "seat": edition.role(cell.seat.role) if cell.seat else None,
            "told": (cell.seat.label or edition.role(cell.seat.role)) if cell.seat else None,
            "decisions": cell.decisions,
            "answered": cell.answered,
            "elsewhere": cell.elsewhere,
            "is_told": seat is not None and cell.seat == seat.seat,
        }
        for (squad, level), cell in (seat.cells if seat else {}).items()
    )


def seats_by_level(edition: Edition, across: AgreedAcross) -> pd.DataFrame:
    """A row per squad, in every column a level: the seat and how many decisions end there."""
    words, rows = edition.words, dict[str, dict[str, str]]()
    text = words.gettext("{seat}: {count} of {answered}")
    for (squad, level), cell in (across.seat.cells if across.seat else {}).items():
        row = rows.setdefault(squad, {words.gettext("Squad"): squad})
        row[edition.short(level)] = (
            text.format(
                seat=cell.seat.label or edition.role(cell.seat.role),
                count=words.number(cell.decisions),
                answered=words.number(cell.answered),
            )
            if cell.seat
            else BLANK
        )
    return pd.DataFrame(rows.values())
