"""How often each promise is tried, and the one line it says about itself at the end."""

from __future__ import annotations

import os

import pytest

FULL = os.environ.get("TORTURE") == "1"
"""`make torture` sets TORTURE=1; `make test` runs the shorter counts."""


def times(*, full: int, short: int) -> int:
    """How often to try, in this run."""
    return full if FULL else short


def tell(request: pytest.FixtureRequest, figure: str) -> None:
    """Have a promise's figure printed at the end of the run, also out of a worker."""
    request.node.user_properties.append(("figure", figure))
