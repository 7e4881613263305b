"""What a server keeps for long is left out of garbage collection.

Streamlit collects garbage after every run. It would walk every stored record, every round and
every import each time, though none of them is garbage: longer than the run itself took.
"""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass, field

GROWTH = 1.5
"""By how much what is left out may grow before it is looked through for garbage after all."""


@dataclass(slots=True)
class _LeftOut:
    """How many objects were left out when all of them had last been looked through."""

    objects: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


_LEFT_OUT = _LeftOut()


def leave_out_of_collection() -> None:
    """Collect garbage, then leave out of later collections all that is there now.

    With what lasts go the objects of runs under way, whose garbage would stay for good: so all is
    looked through again whenever what is left out has grown by half.
    """
    with _LEFT_OUT.lock:
        gc.collect()
        gc.freeze()
        if gc.get_freeze_count() > GROWTH * _LEFT_OUT.objects:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            _LEFT_OUT.objects = gc.get_freeze_count()
