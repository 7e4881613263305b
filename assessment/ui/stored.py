"""The store the app works on, and what is computed from it, kept once per data version."""

from __future__ import annotations

import os
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from assessment.errors import StorageError
from assessment.framework import shipped_framework
from assessment.model import Assessment, Setup
from assessment.rounds import By, History
from assessment.storage.opening import DATA_FOLDER, DATABASE_URL, open_store
from assessment.storage.places import is_temporary, locks_are_honoured
from assessment.storage.protocol import Store, Stored

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a CSV store lies: whether its files last, and whether its locks hold."""

    is_temporary: bool
    honours_locks: bool


def store() -> Store:
    """The store the environment names; StorageError when it names none that can be."""
    return _store_at(os.environ.get(DATABASE_URL), os.environ.get(DATA_FOLDER))


def stored() -> Stored:
    """Everything stored right now."""
    return store().read()


def place() -> Place:
    """What the disk under a CSV store is like; tried once per server and folder."""
    return _place_of(os.environ.get(DATABASE_URL), os.environ.get(DATA_FOLDER))


def history(found: Stored, by: By) -> History:
    """Every squad's rounds by month or quarter, in what was found stored."""
    return _history(found.version, by, found.assessments, found.setups)


@st.cache_resource(show_spinner=False, max_entries=4)
def _store_at(database: str | None, folder: str | None) -> Store:
    return open_store(os.environ, shipped_framework(), project=PROJECT)


@st.cache_resource(show_spinner=False, max_entries=4)
def _place_of(database: str | None, folder: str | None) -> Place:
    if database:
        return Place(is_temporary=False, honours_locks=True)
    honours_locks = True
    with suppress(StorageError):  # where nothing can be tried, the store itself says why
        honours_locks = locks_are_honoured(Path(folder or PROJECT / "data"))
    return Place(is_temporary=is_temporary(os.environ), honours_locks=honours_locks)


@st.cache_resource(show_spinner=False, max_entries=8)
def _history(
    version: Hashable, by: By, _assessments: tuple[Assessment, ...], _setups: tuple[Setup, ...]
) -> History:
    return History(shipped_framework(), _assessments, by, _setups, version=version)
