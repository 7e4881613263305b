"""A store into which somebody else writes between what one looks at and what one changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from assessment.storage.protocol import Store


class _Interleaved:
    def __init__(self, store: Store, meanwhile: Callable[[], object]) -> None:
        self._store = store
        self._meanwhile = [meanwhile]

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if name not in ("add", "revise", "delete", "rename"):
            return method

        def changed(*given: Any, **further: Any) -> Any:
            while self._meanwhile:
                self._meanwhile.pop()()
            return method(*given, **further)

        return changed


def interleaved(store: Store, meanwhile: Callable[[], object]) -> Store:
    """The store, in which `meanwhile` happens once, right before what is changed next."""
    return cast(Store, _Interleaved(store, meanwhile))
