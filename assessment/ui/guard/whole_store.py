"""The server's one store, unguarded: pages go through stored.py, which asks who is there."""

from __future__ import annotations

import os

from assessment.content.loading import shipped_framework
from assessment.project import home_of_data
from assessment.storage.opening import DATA_FOLDER, DATABASE_URL, open_store
from assessment.storage.protocol import Store
from assessment.ui.session.kept import kept


def unguarded_store() -> Store:
    """The store the environment names; StorageError when it names none that can be."""
    return _store_at(os.environ.get(DATABASE_URL), os.environ.get(DATA_FOLDER))


@kept(at_most=4, closing=lambda store: store.close())
def _store_at(database: str | None, folder: str | None) -> Store:
    return open_store(os.environ, shipped_framework(), project=home_of_data())
