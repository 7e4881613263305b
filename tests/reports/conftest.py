"""Documents whose pictures are drawn once, however many tests have them made."""

from __future__ import annotations

import pytest

from assessment.reports import pictures
from tests.reports.briefings import drawn_once


@pytest.fixture(autouse=True)
def each_picture_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture takes longer than all else in a document; the same spec gives the same one."""
    monkeypatch.setattr(pictures, "svg", drawn_once)
