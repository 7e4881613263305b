"""What is stored is left out of garbage collection, which Streamlit runs after every run."""

from __future__ import annotations

import gc

import pytest

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
