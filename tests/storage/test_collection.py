"""Reading much puts garbage collection off."""

from __future__ import annotations

import gc

from assessment.storage.collection import collection_put_off


def test_collection_is_put_off_for_as_long_as_much_is_read_and_as_it_was_after() -> None:
    assert gc.isenabled()
    with collection_put_off():
        assert not gc.isenabled()
        with collection_put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
