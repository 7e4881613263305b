"""Reading much puts garbage collection off, and a store leaves it nothing to do."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

from assessment.content.loading import shipped_framework
from assessment.storage.collection import collection_put_off
from assessment.storage.csv.store import CsvStore
from tests.builders import assessment, gathering, vote


def test_collection_is_put_off_for_as_long_as_much_is_read_and_as_it_was_after() -> None:
    assert gc.isenabled()
    with collection_put_off():
        assert not gc.isenabled()
        with collection_put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def made_by_stores() -> Counter[str]:
    """How much there is of what stores are made of."""
    return Counter(
        type(part).__name__
        for part in gc.get_objects()
        if str(type(part).__module__).startswith("assessment.storage.csv")
    )


def test_a_store_that_nobody_holds_is_gone_without_collection(tmp_path: Path) -> None:
    gc.collect()
    before = made_by_stores()
    gc.disable()
    try:
        CsvStore(tmp_path, shipped_framework()).add(
            [one for build in (assessment, gathering, vote) for one in (build(), build())]
        )
        CsvStore(tmp_path, shipped_framework()).read()
        assert made_by_stores() - before == Counter()
    finally:
        gc.enable()
