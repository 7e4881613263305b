"""The sample company: shipped assessments that are told apart from real ones by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from uuid import UUID

from assessment.framework import shipped_framework
from assessment.model import Assessment
from assessment.storage.csv_rows import rows_in

SAMPLE_FILE = Path(__file__).resolve().parent.parent / "data" / "sample" / "assessments.csv"

_PREFIX = "5a3b1e00-"


def is_sample(assessment_id: UUID) -> bool:
    """Whether an assessment belongs to the sample company, of this version or an earlier one."""
    return str(assessment_id).startswith(_PREFIX)


def holds_sample(assessments: Iterable[Assessment]) -> bool:
    """Whether at least one of the assessments belongs to the sample company."""
    return any(is_sample(assessment.assessment_id) for assessment in assessments)


@cache
def sample_assessments() -> tuple[Assessment, ...]:
    """The assessments of the sample company."""
    found = rows_in(
        SAMPLE_FILE.read_bytes(),
        shipped_framework(),
        place=SAMPLE_FILE.name,
        last_line_may_be_open=False,
    )
    return tuple(found.assessments)
