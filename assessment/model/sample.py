"""Records of the sample company, told apart from real ones by their ids."""

from collections.abc import Iterable
from uuid import UUID

from assessment.model.base import Identified

_FIRST_BITS = 0x5A3B1E00
"""The first 32 bits of its ids."""


def is_sample(record_id: UUID) -> bool:
    """Whether a record belongs to the sample company, of this version or an earlier one."""
    return record_id.int >> 96 == _FIRST_BITS


def holds_sample(records: Iterable[Identified]) -> bool:
    """Whether at least one of the records belongs to the sample company."""
    return any(is_sample(record.id) for record in records)
