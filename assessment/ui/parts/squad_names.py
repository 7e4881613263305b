"""The squads there are, to choose one from."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.model import sort_key
from assessment.storage.protocol import SquadRecord


def squad_names(records: Sequence[SquadRecord]) -> dict[str, str]:
    """Every squad by its key, in its first spelling among the records; in alphabetical order."""
    names = {record.squad_key: record.squad for record in reversed(records)}
    return {key: names[key] for key in sorted(names, key=sort_key)}
