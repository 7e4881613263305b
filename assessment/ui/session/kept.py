"""What one server keeps for all its sessions, where no visitor can drop it.

Streamlit lets every session empty `st.cache_data` and `st.cache_resource` of the whole server with
one message, also without sign-in. So nothing is kept there: what is lost would be made anew for
everybody, and a store that is merely forgotten holds its connections for good.
"""

import inspect
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class _Slot(Generic[T]):
    """A place for one value; whoever makes it holds the lock, and others wait for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    made: list[T] = field(default_factory=list)


class Kept(Generic[P, T]):
    """A function that keeps what it returned last, by its arguments; threads share one value.

    Arguments whose names begin with `_` do not count; what has a `version` counts by it. Of more
    than `at_most` values, the one that was not asked for longest is let go, and given to `closing`.
    What raises an error is not kept.
    """

    def __init__(
        self, make: Callable[P, T], *, at_most: int, closing: Callable[[T], object]
    ) -> None:
        self._make = make
        self._at_most = at_most
        self._closing = closing
        names = inspect.signature(make).parameters
        self._counting = [index for index, name in enumerate(names) if not name.startswith("_")]
        self._lock = threading.Lock()
        self._slots: dict[Hashable, _Slot[T]] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function returns, or returned before."""
        if kwargs:
            raise TypeError("what is kept is told apart by position, not by name")
        counting = (args[index] for index in self._counting)
        slot = self._slot_of(tuple(getattr(given, "version", given) for given in counting))
        with slot.lock:
            if not slot.made:
                slot.made.append(self._make(*args, **kwargs))
            return slot.made[0]

    def holds(self, *counting: Hashable) -> bool:
        """Whether a value is there already, by the arguments that count."""
        slot = self._slots.get(counting)
        return slot is not None and bool(slot.made)

    def __len__(self) -> int:
        return len(self._slots)

    def forget(self) -> None:
        """Let go of everything that is kept."""
        self._let_go_beyond(0)

    def _slot_of(self, key: Hashable) -> _Slot[T]:
        with self._lock:
            slot = self._slots.pop(key, None) or _Slot()
            self._slots[key] = slot  # at the end: what was asked for last
        self._let_go_beyond(self._at_most)
        return slot

    def _let_go_beyond(self, most: int) -> None:
        with self._lock:
            oldest = list(self._slots)[: max(len(self._slots) - most, 0)]
            gone = [self._slots.pop(key) for key in oldest]
        for slot in gone:
            with slot.lock:
                for value in slot.made:
                    self._closing(value)


def kept(
    *, at_most: int, closing: Callable[[Any], object] = lambda _value: None
) -> Callable[[Callable[P, T]], Kept[P, T]]:
    """Keep what a function returns, for all sessions of this server; see `Kept`."""

    def keeping(make: Callable[P, T]) -> Kept[P, T]:
        return Kept(make, at_most=at_most, closing=closing)

    return keeping
