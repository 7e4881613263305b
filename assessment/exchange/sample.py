"""The sample company: shipped records that are told apart from real ones by their ids."""

import tomllib
from datetime import date
from functools import cache

from assessment.content.loading import shipped_framework
from assessment.model import Agreement, Assessment
from assessment.project import SAMPLE
from assessment.storage.csv.layouts import layouts
from assessment.storage.csv.reading import Reading
from assessment.storage.kinds import Record

WRITTEN_ON = date(2026, 11, 28)
"""The day on which the shipped agreements stand in every state there is."""

WRITTEN_IN = "fr"
"""The language of what its people wrote."""


@cache
def sample_records(language: str = WRITTEN_IN) -> tuple[Record, ...]:
    """All that the sample company has stored; its mandates in a language, else as first written."""
    records: list[Record] = []
    for layout in layouts(shipped_framework()):
        file = SAMPLE / layout.kind.file
        if file.exists():
            records += Reading(layout, file.read_bytes(), file=file.name).records
    translated = SAMPLE / f"mandates.{language}.toml"
    if translated.exists():
        mandates = tomllib.loads(translated.read_text(encoding="utf-8"))
        for at, record in enumerate(records):
            if isinstance(record, Assessment) and str(record.id) in mandates:
                deep = record.deep.model_copy(update={"mandates": mandates[str(record.id)]})
                records[at] = record.model_copy(update={"deep": deep})
    return tuple(records)


def sample_loaded_on(day: date, *, language: str) -> tuple[Record, ...]:
    """The sample as it is stored on a day, so that its agreements stand in every state on it.

    Those that had not ended when the sample was written end as many days after `day` as they did
    after that; on an earlier day they are as shipped.
    """
    later = max(day, WRITTEN_ON) - WRITTEN_ON
    return tuple(
        record.model_copy(update={"valid_until": record.valid_until + later})
        if isinstance(record, Agreement) and record.valid_until >= WRITTEN_ON
        else record
        for record in sample_records(language)
    )
