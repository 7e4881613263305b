"""Approved specs: review their difference, never pixels.

After a wanted change, `APPROVE=1 pytest tests/charts/test_specs.py` writes them anew; read
`git diff tests/specs` before committing. `$schema` and `config` are left out.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.charts.reading import EVERY_CHART, example

SPECS = Path(__file__).parents[1] / "specs"


@pytest.mark.parametrize("name", EVERY_CHART)
def test_the_spec_is_the_approved_one(name: str) -> None:
    spec = example(name)
    kept = {key: value for key, value in spec.items() if key not in ("$schema", "config")}
    text = json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    approved = SPECS / f"{name}.json"
    if os.environ.get("APPROVE") == "1":
        approved.write_text(text, encoding="utf-8")
    assert approved.exists(), f"no approved spec {approved.name}; see this module's docstring"
    assert json.loads(text) == json.loads(approved.read_text(encoding="utf-8"))


def test_every_approved_spec_belongs_to_a_chart() -> None:
    assert {path.stem for path in SPECS.glob("*.json")} == set(EVERY_CHART)
