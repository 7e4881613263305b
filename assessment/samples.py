"""The sample company: shipped records that are told apart from real ones by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from uuid import UUID

from assessment.framework import shipped_framework
from assessment.model import Assessment
from assessment.storage.kinds import Record, id_of
from assessment.storage.layouts import layouts
from assessment.storage.reading import rows_in

SAMPLE_FOLDER = Path(__file__).resolve().parent.parent / "data" / "sample"

_PREFIX = "5a3b1e00-"


def is_sample(record_id: UUID) -> bool:
    """Whether a record belongs to the sample company, of this version or an earlier one."""
    return str(record_id).startswith(_PREFIX)


def holds_sample(records: Iterable[Record]) -> bool:
    """Whether at least one of the records belongs to the sample company."""
    return any(is_sample(id_of(record)) for record in records)


@cache
def sample_records() -> tuple[Record, ...]:
    """Everything the sample company has stored, read from one file per kind."""
    files = ((layout, SAMPLE_FOLDER / layout.kind.file) for layout in layouts(shipped_framework()))
    return tuple(
        record
        for layout, file in files
        if file.exists()
        for record in rows_in(
            file.read_bytes(), layout, place=file.name, last_line_may_be_open=False
        ).records
    )


def sample_assessments() -> tuple[Assessment, ...]:
    """The assessments of the sample company."""
    return tuple(each for each in sample_records() if isinstance(each, Assessment))
