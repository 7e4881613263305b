"""What the signals of a seat say, in a few words and in a sentence; pure."""

from assessment.content.edition import Edition
from assessment.rounds.round import Round
from assessment.rounds.seats import SeatReading, seat_readings
from assessment.wording.parts import Chip, Tone


def seat_text(edition: Edition, seat: str, reading: SeatReading | None) -> str:
    """What a seat's signals say, in a few words."""
    _ = edition.words.gettext
    readings: dict[SeatReading | None, str] = {
        "no-sign": _("No sign that the {seat} seat is empty"),
        "watch": _("The {seat} seat is worth watching"),
        "empty": _("The {seat} seat looks empty"),
        "vacant": _("The {seat} seat is empty"),
        "warned": _("Early warning about the {seat} seat"),
        "held": _("Signals of an empty {seat} seat, though it is held"),
        "without": _("Signals of an empty {seat} seat, in a setup that does without one"),
        "few": _("Signals of an empty {seat} seat, from fewer than half of the voices"),
        None: _("Not enough answers about the {seat} seat"),
    }
    return readings[reading].format(seat=edition.role(seat))


def seat_chips(edition: Edition, shown: Round) -> tuple[Chip, ...]:
    """The seats, each with what the signals say; the early warning speaks for its own seat."""
    _ = edition.words.gettext
    readings: dict[SeatReading | None, tuple[str, Tone]] = {
        "no-sign": (_("{seat} seat: no signals of a gap"), "good"),
        "watch": (_("{seat} seat: to watch"), "watch"),
        "empty": (_("{seat} seat: looks empty"), "bad"),
        "vacant": (_("{seat} seat: empty"), "bad"),
        "warned": (_("{seat} seat: early warning"), "bad"),
        "held": (_("{seat} seat: held, despite signals of a gap"), "watch"),
        "without": (_("{seat} seat: none in this setup, signals of a gap"), "watch"),
        "few": (_("{seat} seat: signals of a gap, few voices"), "watch"),
        None: (_("{seat} seat: not enough answers"), "unknown"),
    }
    chips = []
    for seat, reading in seat_readings(shown).items():
        text, tone = readings[reading]
        chips.append(Chip(text.format(seat=edition.role(seat)), tone))
    return tuple(chips)


def pressure_key(edition: Edition) -> str:
    """From how many signals a seat is worth watching, and looks empty."""
    floors, words = edition.framework.rules.pressure_floors, edition.words
    text = words.gettext(
        "Pressure out of 100: a seat is worth watching from {watch}, and looks empty from {empty}, "
        "unless the setup or the answers say otherwise."
    )
    return text.format(watch=words.number(floors.watch), empty=words.number(floors.empty))
