"""The sample company: shipped records that are told apart from real ones by their ids."""

from __future__ import annotations

from functools import cache

from assessment.content.loading import shipped_framework
from assessment.project import SAMPLE
from assessment.storage.csv.layouts import layouts
from assessment.storage.csv.reading import Reading
from assessment.storage.kinds import Record


@cache
def sample_records() -> tuple[Record, ...]:
    """Everything the sample company has stored, read from one file per kind."""
    records: list[Record] = []
    for layout in layouts(shipped_framework()):
        file = SAMPLE / layout.kind.file
        if file.exists():
            reading = Reading(layout, place=file.name)
            reading.take(file.read_bytes())
            records += reading.records
    return tuple(records)
