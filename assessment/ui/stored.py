"""The store the app works on, and what is computed from it, kept once per data version."""

from __future__ import annotations

import os
from collections.abc import Hashable
from pathlib import Path

import streamlit as st

from assessment.framework import shipped_framework
from assessment.model import Assessment
from assessment.rounds import By, History
from assessment.storage.opening import DATA_FOLDER, DATABASE_URL, open_store
from assessment.storage.protocol import Store, Stored

PROJECT = Path(__file__).resolve().parents[2]


def store() -> Store:
    """The store the environment names; StorageError when it names none that can be."""
    return _store_at(os.environ.get(DATABASE_URL), os.environ.get(DATA_FOLDER))


def stored() -> Stored:
    """Everything stored right now."""
    return store().read()


def history(found: Stored, by: By) -> History:
    """Every squad's rounds by month or quarter, in what was found stored."""
    return _history(found.version, by, found.assessments)


@st.cache_resource(show_spinner=False, max_entries=4)
def _store_at(database: str | None, folder: str | None) -> Store:
    return open_store(os.environ, shipped_framework(), project=PROJECT)


@st.cache_resource(show_spinner=False, max_entries=8)
def _history(version: Hashable, by: By, _assessments: tuple[Assessment, ...]) -> History:
    return History(shipped_framework(), _assessments, by, version=version)
