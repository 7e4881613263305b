"""What a server keeps for long is left out of garbage collection.

Streamlit collects garbage after every run. It would walk every stored record, every round and
every import each time, though none of them is garbage: longer than the run itself took.
"""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass, field

LOOKED_THROUGH_EVERY = 100
"""Times after which all that is left out is looked through for garbage after all."""


@dataclass(slots=True)
class _LeftOut:
    """How often something was left out since all of it was looked through."""

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
