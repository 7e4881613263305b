"""What may be said of a squad's seats by their signals, wherever it is said; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assessment.model import Module
from assessment.rounds.history import Round
from assessment.scoring.diagnosis import Pressure, Reading

SeatReading: TypeAlias = Reading | Literal["warned", "held", "few"]
"""A pressure's reading, or the early warning; signals of an empty seat that is held, or from few.

`few` are under half of the voices who answered any part.
"""


@dataclass(frozen=True, slots=True)
class SeatLead:
    """What a verdict may say of seats: which look empty, and whether the early warning shows."""

    empty: tuple[Pressure, ...]
    early_warning: bool

    def __bool__(self) -> bool:
        return bool(self.empty) or self.early_warning


def seat_lead(squad: Round) -> SeatLead:
    """The seats whose emptiness may stand in a verdict.

    None that the squad's own setup names held, and none of which fewer voices told a signal than
    half of those who answered any part.
    """
    framework, diagnosis = squad.framework, squad.diagnosis
    may_lead = {
        module.seat
        for module in framework.modules
        if module.seat and not _is_held(squad, module.seat) and _is_answered_by_half(squad, module)
    }
    return SeatLead(
        tuple(
            seat
            for seat in diagnosis.pressures
            if seat.reading == "empty" and seat.seat in may_lead
        ),
        diagnosis.early_warning and _warned(squad) in may_lead,
    )


def missing_seats(squad: Round) -> tuple[str, ...]:
    """The seats that a verdict may call empty or missing, the warned one included; in order."""
    lead, warned = seat_lead(squad), _warned(squad)
    empty = [pressure.seat for pressure in lead.empty]
    return tuple(
        pressure.seat
        for pressure in squad.diagnosis.pressures
        if pressure.seat in empty or (lead.early_warning and pressure.seat == warned)
    )


def seat_readings(squad: Round) -> Mapping[str, SeatReading | None]:
    """By seat what its signals say, as far as a verdict may; None under three answers."""
    lead, diagnosis, warned = seat_lead(squad), squad.diagnosis, _warned(squad)
    readings: dict[str, SeatReading | None] = {}
    for pressure in diagnosis.pressures:
        reading: SeatReading | None = pressure.reading
        if reading == "empty" and pressure not in lead.empty:
            reading = "held" if _is_held(squad, pressure.seat) else "few"
        elif reading != "empty" and diagnosis.early_warning and pressure.seat == warned:
            reading = "warned"
        readings[pressure.seat] = reading
    return readings


def _warned(squad: Round) -> str | None:
    return squad.framework.seat_of(squad.framework.rules.early_warning_item)


def _is_held(squad: Round, seat: str) -> bool:
    return bool(squad.setup) and squad.seating.is_held(seat)


def _is_answered_by_half(squad: Round, module: Module) -> bool:
    ids = squad.framework.item_ids
    signals = [ids.index(item.id) for item in squad.framework.items_of(module.id)]
    answering = squad.voice_healths.answered[:, signals].any(axis=1).sum()
    return bool(2 * answering >= len(squad.voices))
