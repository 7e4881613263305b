"""What is stored is left out of garbage collection, which Streamlit runs after every run."""

from __future__ import annotations

import gc
import weakref

import pytest

from assessment.storage.collection import LOOKED_THROUGH_EVERY, leave_out_of_collection
from assessment.ui.guard.stored import history, visible_records
from assessment.ui.guard.whole_store import unguarded_store
from tests.builders import assessment
from tests.pages.app import opened

SQUAD = "pages/results/squad.py"


def walked(*kept: object) -> int:
    """How many of some objects the collector would look at."""
    tracked = {id(found) for found in gc.get_objects()}
    return len(tracked & {id(found) for found in kept})


@pytest.mark.usefixtures("empty_store")
def test_the_collector_has_nothing_of_the_store_to_walk_after_a_save_either() -> None:
    store = unguarded_store()
    for squad in ("Atlas", "Boréal"):
        store.add([assessment(squad=squad) for _ in range(20)])
        opened(SQUAD, squad=squad)

        records = store.read().assessments
        rounds = history(visible_records(), "month").all_rounds()
        assert walked(*records, *rounds) == 0
    assert len(records) == 40
    assert len(rounds) == 2


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
