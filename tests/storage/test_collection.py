"""What is kept is left out of garbage collection, and reading much puts collection off."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from assessment.content.loading import shipped_framework
from assessment.storage.collection import (
    LOOKED_THROUGH_EVERY,
    collection_put_off,
    leave_out_of_collection,
)
from assessment.storage.csv.store import CsvStore
from tests.builders import assessment


def test_garbage_of_runs_under_way_does_not_stay_for_good() -> None:
    class Garbage:
        itself: object = None

    garbage = Garbage()
    garbage.itself = garbage
    gone = weakref.ref(garbage)
    leave_out_of_collection()
    del garbage

    for _ in range(LOOKED_THROUGH_EVERY):
        leave_out_of_collection()
    assert gone() is None


def test_nothing_counts_what_is_left_out_since_that_walks_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_of_collection()

    def refuse() -> int:
        raise AssertionError("walked all that was left out")

    monkeypatch.setattr(gc, "get_freeze_count", refuse)
    store = CsvStore(tmp_path, shipped_framework())
    for stored in (1, 2, 3):
        store.add([assessment()])
        assert len(store.read().assessments) == stored


def test_collection_is_put_off_for_as_long_as_much_is_read_and_as_it_was_after() -> None:
    assert gc.isenabled()
    with collection_put_off():
        assert not gc.isenabled()
        with collection_put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
