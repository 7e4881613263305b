"""Which store the environment asks for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from assessment.storage.opening import open_store
from assessment.storage.postgres.store import PostgresStore
from assessment.storage.protocol import Store


def opened(environment: dict[str, str], project: Path) -> Store:
    return open_store(environment, shipped_framework(), project=project)


def test_without_a_word_answers_live_in_the_project_s_data_folder(tmp_path: Path) -> None:
    store = opened({"WHO_DECIDES_DATABASE_URL": " ", "WHO_DECIDES_DATA": ""}, tmp_path)

    assert isinstance(store, CsvStore)
    assert store.path("assessments") == tmp_path / "data" / "assessments.csv"


def test_a_folder_can_be_named(tmp_path: Path) -> None:
    store = opened({"WHO_DECIDES_DATA": str(tmp_path / "else")}, tmp_path)

    assert isinstance(store, CsvStore)
    assert store.path("assessments") == tmp_path / "else" / "assessments.csv"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_database_s_address_goes_before_a_folder(tmp_path: Path, scheme: str) -> None:
    address = f"{scheme}://bob:s3cret@db.example.org/governance"

    store = opened({"WHO_DECIDES_DATABASE_URL": address, "WHO_DECIDES_DATA": "x"}, tmp_path)

    assert isinstance(store, PostgresStore)


def test_who_needs_no_database_imports_none() -> None:
    asked = (
        "import sys, assessment.ui.guard.stored;print({'sqlalchemy', 'psycopg'} & set(sys.modules))"
    )
    process = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert process.stdout.strip() == "set()"
