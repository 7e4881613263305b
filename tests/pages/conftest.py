"""Stores for the pages: each test works on a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.framework import shipped_framework
from assessment.samples import sample_records
from assessment.storage.csv_store import CsvStore


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app whose store is empty."""
    monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def full_store(empty_store: Path) -> Path:
    """An app whose store holds the sample company."""
    CsvStore(empty_store, shipped_framework()).add(sample_records())
    return empty_store
