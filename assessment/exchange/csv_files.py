"""A store's records of a kind as a CSV file."""

from __future__ import annotations

from collections.abc import Iterable

from assessment.model import Framework
from assessment.storage.csv.layouts import Layout
from assessment.storage.kinds import Kind, R


def csv_of(kind: Kind[R], records: Iterable[R], framework: Framework) -> bytes:
    """Records of one kind in the format of the store's own file."""
    layout = Layout(kind, framework)
    return b"".join([layout.header_line, *(layout.line_of(record) for record in records)])
