"""The sample company: shipped records that are told apart from real ones by their ids."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assessment.content.loading import shipped_framework
from assessment.model import Assessment
from assessment.storage.csv.layouts import layouts
from assessment.storage.csv.reading import rows_in
from assessment.storage.kinds import Record

SAMPLE_FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"


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
