"""What may be said of a squad's seats by their signals, wherever it is said; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.model import Module
from assessment.rounds.round import Round
from assessment.scoring.diagnosis import Pressure, Reading

SeatReading = Reading | Literal["vacant", "warned", "held", "without", "few"]
"""What signals say of a seat: a pressure's reading, or that the early warning shows.

Where they look empty: that the setup tells it `vacant`, that it is known to be `held`, that the
squad does `without`, or that `few` answered them, under half of the voices who answered any part.
"""

SEEN = 0.5
"""The health up to which voices, all in all, see a signal at least sometimes."""


@dataclass(frozen=True, slots=True)
class SeatLead:
    """What a verdict may say of seats: which look empty, and whether the early warning shows."""

    empty: tuple[Pressure, ...]
    early_warning: bool

    def __bool__(self) -> bool:
        return bool(self.empty) or self.early_warning


def seat_lead(shown: Round) -> SeatLead:
    """The seats whose emptiness may stand in a verdict.

    None that is known to be held, by the setup or by what its holder is seen to do, none that the
    setup does without, and none of which fewer voices told a signal than half of those who answered
    any part.
    """
    framework, diagnosis = shown.framework, shown.diagnosis
    may_lead = {
        module.seat
        for module in framework.modules
        if module.seat
        and not _is_held(shown, module.seat)
        and not shown.seating.does_without(module.seat)
        and _is_answered_by_half(shown, module)
    }
    return SeatLead(
        tuple(
            seat
            for seat in diagnosis.pressures
            if seat.reading == "empty" and seat.seat in may_lead
        ),
        diagnosis.early_warning and _warned(shown) in may_lead,
    )


def missing_seats(shown: Round) -> tuple[str, ...]:
    """The seats that a verdict may call empty or missing, the warned one included; in order."""
    lead, warned = seat_lead(shown), _warned(shown)
    empty = [pressure.seat for pressure in lead.empty]
    return tuple(
        pressure.seat
        for pressure in shown.diagnosis.pressures
        if pressure.seat in empty or (lead.early_warning and pressure.seat == warned)
    )


def seat_readings(shown: Round) -> Mapping[str, SeatReading | None]:
    """By seat what its signals say, as far as a verdict may; None under three answers."""
    lead, diagnosis, warned = seat_lead(shown), shown.diagnosis, _warned(shown)
    readings: dict[str, SeatReading | None] = {}
    for pressure in diagnosis.pressures:
        reading: SeatReading | None = pressure.reading
        if reading == "empty" and pressure not in lead.empty:
            reading = "held" if _is_held(shown, pressure.seat) else "few"
            reading = "without" if shown.seating.does_without(pressure.seat) else reading
        elif reading == "empty" and is_vacant(shown, pressure.seat):
            reading = "vacant"
        elif reading != "empty" and diagnosis.early_warning and pressure.seat == warned:
            reading = "warned"
        readings[pressure.seat] = reading
    return readings


def is_vacant(shown: Round, seat: str) -> bool:
    """Whether the squad's own setup says that nobody holds a seat."""
    return bool(shown.setup) and not shown.seating.is_held(seat)


def are_vacant(rounds: Iterable[Round], roles: Iterable[str]) -> bool:
    """Whether, wherever one of these seats is missing, the squad's setup says nobody holds it."""
    known = set(roles)
    return all(
        is_vacant(shown, seat) for shown in rounds for seat in missing_seats(shown) if seat in known
    )


def _warned(shown: Round) -> str | None:
    return shown.framework.seat_of(shown.framework.rules.early_warning_item)


def _is_held(shown: Round, seat: str) -> bool:
    """Whether somebody sits there: by the setup, else as answers tell what its holder does."""
    if shown.setup:
        return shown.seating.is_held(seat)
    health, items = shown.health, shown.framework.items
    return any(health.get(item.id, 1) <= SEEN for item in items if item.needs_role == seat)


def _is_answered_by_half(shown: Round, module: Module) -> bool:
    ids = shown.framework.item_ids
    signals = [ids.index(item.id) for item in shown.framework.items_of(module.id)]
    answering = shown.voice_healths.answered[:, signals].any(axis=1).sum()
    return bool(2 * answering >= len(shown.voices))
