"""What a squad agreed as files: decision records in a ZIP, a calendar, a charter of one page."""

import io
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from icalendar import Calendar, Event

from assessment.reports.document import PAPER
from assessment.reports.typesetting import typeset
from assessment.wording.briefing import SquadPart
from assessment.wording.decision_records import (
    CalendarEntry,
    calendar_entries,
    charter_sections,
    charter_text,
    decision_records,
)

LAYOUT = Path(__file__).parent / "charter.typ"
_NAMESPACE = uuid.UUID("0b9d2a3e-5d0e-4f0b-8a0c-7a1b6f6f1c55")
"""From which the ids of days are made that have none of their own."""


def records_zip(squad: SquadPart) -> bytes:
    """Charter and decision records as Markdown in one ZIP, the same bytes for the same records."""
    data = io.BytesIO()
    files = {"charter.md": charter_text(squad), **decision_records(squad)}
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name), text.encode(), ZIP_DEFLATED)
    return data.getvalue()


def calendar_file(squad: SquadPart) -> bytes:
    """The days to keep as an iCalendar file: whole days, that a calendar knows when made again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Who Decides//Agreements//EN")
    calendar.add("version", "2.0")
    made = datetime(squad.day.year, squad.day.month, squad.day.day, tzinfo=UTC)
    for entry in calendar_entries(squad):
        calendar.add_component(_event(entry, made))
    return bytes(calendar.to_ical())


def charter_pdf(squad: SquadPart) -> bytes:
    """What holds, what does not yet, what is to be done, and each role's mandates, on one page."""
    part, words = squad.agreed, squad.edition.words
    data = {
        "language": words.language,
        "title": words.gettext("Charter of {squad}", squad=squad.squad),
        "day": words.date(part.agreements.day),
        "product": words.gettext("Who Decides?"),
        "badge": squad.mark,
        "sections": [asdict(section) for section in charter_sections(squad)],
        "roles": _mandates(squad),
        "mandates": words.gettext("Role by role"),
        "ink": PAPER.text,
        "muted": PAPER.muted,
        "grid": PAPER.grid,
    }
    return typeset(LAYOUT, {"charter": json.dumps(data)})


def _event(entry: CalendarEntry, made: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uuid.uuid5(_NAMESPACE, entry.identity)}@who-decides")
    event.add("dtstamp", made)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _plain(entry.title))
    event.add("description", _plain(entry.text, lines=True))
    event.add("transp", "TRANSPARENT")
    return event


def _plain(text: str, *, lines: bool = False) -> str:
    """A text without characters that control what reads it; its own lines where it has some."""
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f]" if lines else r"[\x00-\x1f\x7f]", " ", text)


def _mandates(squad: SquadPart) -> Iterable[Mapping[str, object]]:
    """Each role's own sentences, else those that follow from what is agreed."""
    written = {line.text: line.behind for line in squad.deep.charter} if squad.deep else {}
    proposed = squad.agreed.mandates
    roles = dict.fromkeys((*proposed, *written))
    return [
        {"role": role, "sentences": list(written.get(role, ())) or [proposed[role]]}
        for role in roles
    ]
