"""What a squad answered beside the round that is shown, and why it does not count there; pure."""

from datetime import date

import pandas as pd

from assessment.content.edition import Edition
from assessment.rounds.results import Result
from assessment.rounds.round import Round
from assessment.wording.counted import voices_cell, voices_counted, voices_text
from assessment.wording.parts import Table
from assessment.wording.scores import level_parts
from assessment.wording.tables import level_cell


def beside_table(edition: Edition, result: Result) -> Table | None:
    """What does not count of a period by date, each with its voices and levels; None without."""
    deep_unit = result.round.deep_unit
    units = [unit for unit in result.beside if unit.health or unit is not deep_unit]
    if not units:
        return None
    _ = edition.words.gettext
    rows = [
        {
            _("When"): from_to(edition, unit.first_day, unit.last_day),
            _("What"): _what(edition, unit),
            _("Voices"): voices_cell(edition, unit, unit.quick_voices or unit.deep_voices),
            **{level.short: level_cell(edition, level) for level in level_parts(edition, unit)},
        }
        for unit in units
    ]
    return Table(_("Other answers of this period, not counted here"), pd.DataFrame(rows))


def beside_line(edition: Edition, unit: Round, *, gives_levels: bool = False) -> str:
    """What does not count of a unit in a sentence: all of it, or its deep check alone."""
    _ = edition.words.gettext
    single = _("Not counted here: single checks, {when} ({voices}).")
    session = _("Not counted here: another session, {when} ({voices}).")
    if gives_levels:
        single = _(
            "The levels come from single checks, {when} ({voices}); their deep check does not "
            "count here."
        )
        session = _(
            "The levels come from a session, {when} ({voices}); its deep check does not count here."
        )
    return (session if unit.invited else single).format(
        when=from_to(edition, unit.first_day, unit.last_day), voices=voices_text(edition, [unit])
    )


def deep_unit_line(edition: Edition, result: Result) -> str:
    """What says who decides, or tells the lenses, if another unit gives the levels; else empty."""
    _, deep_unit = edition.words.gettext, result.round.deep_unit
    if deep_unit is result.round:
        return ""
    single = _("{part}: single checks, {when} ({voices}).")
    session = _("{part}: session, {when} ({voices}).")
    if deep_unit.health:
        single = _(
            "{part}: single checks, {when} ({voices}); their quick-check answers do not count here."
        )
        session = _(
            "{part}: session, {when} ({voices}); its quick-check answers do not count here."
        )
    return (session if deep_unit.invited else single).format(
        part=_("Who decides") if result.tells_who_decides else _("Deep check"),
        when=from_to(edition, deep_unit.first_day, deep_unit.last_day),
        voices=voices_counted(edition, deep_unit.deep_voices),
    )


def _what(edition: Edition, unit: Round) -> str:
    _ = edition.words.gettext
    what = _("Session") if unit.invited else _("Single checks")
    is_total = unit.voices_in_totals == len(unit.voices)
    return _("{what}, as a total", what=what) if is_total else what


def newer_checks(edition: Edition, result: Result) -> str:
    """How many checks were made after what counts here, and the last day; empty without one."""
    days = [day for day in _days(result) if day > result.round.last_day]
    if not days:
        return ""
    return edition.words.counted(
        "{count} newer check, of {day}, does not count here.",
        "{count} newer checks, the last of {day}, do not count here.",
        len(days),
        day=max(days),
    )


def told_later(edition: Edition, result: Result) -> str:
    """What is newer than the levels: what says who decides, and checks that do not count."""
    is_later = result.round.deep_unit.last_day > result.round.last_day
    texts = (deep_unit_line(edition, result) if is_later else "", newer_checks(edition, result))
    return " ".join(filter(None, texts))


def other_checks(edition: Edition, result: Result) -> str:
    """How many checks of the period do not count, the newer ones apart, and where they stand."""
    last, words = result.round.last_day, edition.words
    days = _days(result)
    earlier = [day for day in days if day <= last]
    if not days:
        return ""
    where = words.gettext("See “{section}”.", section=words.gettext("Numbers"))
    counted = words.counted(
        "{count} other check of this period, of {day}, does not count here.",
        "{count} other checks of this period, the last of {day}, do not count here.",
        len(earlier),
        day=max(earlier, default=last),
    )
    texts = (newer_checks(edition, result), counted if earlier else "", where)
    return " ".join(filter(None, texts))


def _days(result: Result) -> list[date]:
    return [voice.assessed_on for unit in result.unused for voice in unit.voices]


def from_to(edition: Edition, first: date, last: date) -> str:
    """From a day to another, or the one that both are."""
    words = edition.words
    text = words.gettext("from {first} to {last}", first=first, last=last)
    return words.date(first) if first == last else text
