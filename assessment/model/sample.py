"""Records of the sample company, told apart from real ones by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

_FIRST_BITS = 0x5A3B1E00
"""The first 32 bits of its ids."""


class HasId(Protocol):
    """Any record: it is told from others of its kind by an id."""

    @property
    def id(self) -> UUID:
        """What tells it from others of its kind."""


def is_sample(record_id: UUID) -> bool:
    """Whether a record belongs to the sample company, of this version or an earlier one."""
    return record_id.int >> 96 == _FIRST_BITS


def holds_sample(records: Iterable[HasId]) -> bool:
    """Whether at least one of the records belongs to the sample company."""
    return any(is_sample(record.id) for record in records)
