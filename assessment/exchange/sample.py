"""The sample company: shipped records that are told apart from real ones by their ids."""

import tomllib
from datetime import date, timedelta
from functools import cache

from assessment.content.loading import shipped_framework
from assessment.model import Action, Agreement, Assessment
from assessment.project import SAMPLE
from assessment.storage.csv.layouts import layouts
from assessment.storage.csv.reading import Reading
from assessment.storage.kinds import Record

WRITTEN_ON = date(2026, 11, 28)
"""The day on which the shipped agreements stand in every state, and two actions are late."""

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
    """The sample as it is stored on a day: on it agreements stand in every state, two actions late.

    What had not ended or become due when the sample was written does so as many days after `day` as
    it did after that; on an earlier day it is as shipped.
    """
    later = max(day, WRITTEN_ON) - WRITTEN_ON
    return tuple(_moved(record, later) for record in sample_records(language))


def _moved(record: Record, later: timedelta) -> Record:
    match record:
        case Agreement(valid_until=until) if until >= WRITTEN_ON:
            return record.model_copy(update={"valid_until": until + later})
        case Action(due_on=date() as due) if due >= WRITTEN_ON:
            return record.model_copy(update={"due_on": due + later})
    return record
