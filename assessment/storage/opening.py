"""Which store the environment asks for: PostgreSQL where its address is set, else CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assessment.model import Framework
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Store

DATABASE_URL = "WHO_DECIDES_DATABASE_URL"
DATA_FOLDER = "WHO_DECIDES_DATA"


def open_store(environment: Mapping[str, str], framework: Framework, *, project: Path) -> Store:
    """The store in the database or folder that `environment` names, or in the project's `data/`.

    Nothing is connected to yet. Raises StorageError when what is set is no database's address.
    """
    if url := environment.get(DATABASE_URL, "").strip():
        # Imported here, since most people never need what it takes.
        from assessment.storage.postgres.store import PostgresStore

        return PostgresStore(url, framework)
    return CsvStore(Path(environment.get(DATA_FOLDER) or project / "data"), framework)
