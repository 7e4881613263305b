"""What is stored is no garbage: collection waits while much is read, and leaves out what is kept.

Streamlit collects garbage after every run. It would walk every stored record, every round and
every import each time, though none of them is garbage: longer than the run itself took.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

LOOKED_THROUGH_EVERY = 100
"""Times after which all that is left out is looked through for garbage after all."""


@dataclass(slots=True)
class _LeftOut:
    """How often something was left out; `gc.get_freeze_count` would walk all of it to tell."""

    times: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


_LEFT_OUT = _LeftOut()


def leave_out_of_collection() -> None:
    """Collect garbage, then leave out of later collections all that is there now.

    With what lasts go the objects of runs under way, whose garbage would stay for good: so now and
    then all is looked through again.
    """
    with _LEFT_OUT.lock:
        _LEFT_OUT.times += 1
        if _LEFT_OUT.times % LOOKED_THROUGH_EVERY == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()


@contextmanager
def collection_put_off() -> Iterator[None]:
    """Many records at once look like growing garbage, and would be searched for it again and again.

    What is read in two threads at a time is collected as usual from when the first one is done.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            with _LEFT_OUT.lock:
                if not _LEFT_OUT.times:  # count all as looked through, which takes no time
                    gc.freeze()
                    gc.unfreeze()
            gc.enable()
