"""What is stored is no garbage: collection waits while much is read, and leaves out what is kept.

Streamlit would collect garbage after every run, and walk what all other visitors hold each time:
with fifty of them longer than the run itself took. Its `runner.postScriptGC` is off, so Python
collects once there is much to look through.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_left_out = threading.Event()


def leave_out_of_collection() -> None:
    """Collect garbage, then leave out of later collections all that is there now.

    Once, before anybody comes: what runs under way leave behind would stay for good.
    """
    gc.collect()
    gc.freeze()
    _left_out.set()


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
            if not _left_out.is_set():  # count all as looked through, which takes no time
                gc.freeze()
                gc.unfreeze()
            gc.enable()
