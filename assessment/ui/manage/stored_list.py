"""The list of what is stored: found by a search on the server, told one page of rows at a time."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from operator import attrgetter

import pandas as pd

from assessment.access.guarded_store import without_confidential_answers
from assessment.content.edition import Edition
from assessment.forms.check import quick_progress
from assessment.forms.deep_check import answered_in
from assessment.model import Assessment, Setup, sort_key
from assessment.model.sample import is_sample
from assessment.scoring.seats import Seating, setup_in_force
from assessment.storage.protocol import Stored
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader

ROWS = 50  # rows of a page: as many go to the browser at most


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored check, or all voices of a confidential survey, of which `assessment` is any one."""

    assessment: Assessment
    voices: int | None = None


@dataclass(frozen=True)
class StoredList:
    """Every check by itself, and each confidential survey in one entry; latest first."""

    edition: Edition
    entries: tuple[Entry, ...]
    setups: Sequence[Setup]
    version: Hashable

    def matching(self, query: str) -> Sequence[Entry]:
        """The entries that speak of every word of a search; all of them for none."""
        words = sort_key(query)[0].split()
        if not words:
            return self.entries
        pairs = zip(self.entries, self._texts, strict=True)
        return [entry for entry, text in pairs if all(word in text for word in words)]

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        """What each entry can be found by: squad, voice, role, day and note."""
        date_text = cache(lambda day: f"{self.edition.words.date(day)} {day} {day:%d/%m/%Y}")
        return tuple(
            sort_key(" ".join([squad, date_text(day), *others]))[0]
            for squad, day, *others in (_cells(self.edition, entry) for entry in self.entries)
        )


def stored_list(reader: Reader, stored: Stored) -> StoredList:
    """The list of what is stored; made anew only once that has changed."""
    return _list(stored, reader.language, reader.edition)


@kept(at_most=4)
def _list(stored: Stored, language: str, _edition: Edition) -> StoredList:
    individual = {
        assessment.assessment_id
        for assessment in without_confidential_answers(stored.assessments, stored.surveys)
    }
    voices = Counter(
        assessment.gathering
        for assessment in stored.assessments
        if assessment.assessment_id not in individual
    )
    latest_first = sorted(stored.assessments, key=attrgetter("moment"))
    latest_first.reverse()  # so that of one moment, the one stored last comes first
    entries = []
    for assessment in latest_first:
        if assessment.assessment_id in individual:
            entries.append(Entry(assessment))
        elif count := voices.pop(assessment.gathering, 0):
            entries.append(Entry(assessment, count))
    return StoredList(_edition, tuple(entries), stored.setups, (stored.version, language))


@kept(at_most=32)
def rows_of(listed: StoredList, query: str, page: int) -> tuple[Sequence[Entry], int]:
    """The entries on a page (from 0 up) of what a search finds, and how many it finds."""
    entries = listed.matching(query)
    return entries[page * ROWS : (page + 1) * ROWS], len(entries)


@kept(at_most=32)
def frame_of(listed: StoredList, query: str, page: int) -> pd.DataFrame:
    """The entries on a page of what a search finds, as a table."""
    edition, (entries, _count) = listed.edition, rows_of(listed, query, page)
    _ = edition.words.gettext
    counts = [_counts(edition, entry, listed.setups) for entry in entries]
    squads, days, voices, roles, notes = (
        zip(*(_cells(edition, entry) for entry in entries), strict=True) if entries else [()] * 5
    )
    return pd.DataFrame(
        {
            _("Date"): days,
            _("Squad"): squads,
            _("Voice"): voices,
            _("Role"): roles,
            _("Quick check"): [quick for quick, _deep in counts],
            _("Deep check"): [deep for _quick, deep in counts],
            _("Note"): notes,
            _("Sample data"): [_("yes") * is_sample(entry.assessment.id) for entry in entries],
        }
    )


def _cells(edition: Edition, entry: Entry) -> tuple[str, date, str, str, str]:
    """Squad, day, voice, role and note of an entry; nothing of a single confidential voice."""
    check, words = entry.assessment, edition.words
    if entry.voices is not None:
        voices = words.counted("{count} voice", "{count} voices", entry.voices)
        return check.squad, check.assessed_on, voices, "", words.gettext("Confidential session")
    role = edition.role(check.role) if check.role else ""
    return check.squad, check.assessed_on, check.voice or "", role, check.note


def _counts(edition: Edition, entry: Entry, setups: Sequence[Setup]) -> tuple[str, str]:
    """How much of the quick check and of the deep check is answered, as while it was answered."""
    if entry.voices is not None:
        return "", ""
    check = entry.assessment
    seating = Seating(edition.framework, setup_in_force(setups, check.squad, check.assessed_on))
    quick = quick_progress(edition.framework, check.answers, unasked=seating.unasked)
    return f"{quick.answered}/{quick.asked}", str(answered_in(check.deep) or "")
