"""What is installed is what was looked at: every package is pinned and told by its hashes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = ["requirements.txt", "requirements-dev.txt"]


def pins(file: str) -> dict[str, str]:
    """What a file says of each package, by its name and version."""
    text = (ROOT / file).read_text("utf-8")
    pairs = re.findall(r"^([\w.-]+==[\w.]+)(.*(?:\n    .*)*)", text, re.MULTILINE)
    return dict(pairs)


@pytest.mark.parametrize("file", FILES)
def test_every_package_is_pinned_and_has_its_hashes(file: str) -> None:
    assert len(pins(file)) > 40
    assert [name for name, rest in pins(file).items() if "--hash=sha256:" not in rest] == []


def test_both_files_can_be_installed_together() -> None:
    running, testing = (pins(file) for file in FILES)

    assert running.keys() <= testing.keys()
