"""Charts are checked against Altair's schema here, and drawn elsewhere without these checks."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaBase, SchemaValidationError

from assessment.charts.draw import layer
from assessment.charts.radar import radar
from assessment.charts.specs import spec_of
from tests.charts.frames import ATLAS, levels
from tests.charts.reading import EN, EVERY_CHART, LIGHT, example


def broken(frame: pd.DataFrame, **look: Any) -> alt.LayerChart:
    """A chart that Vega-Lite does not know how to draw."""
    scale = alt.Scale(padding="wide")  # type: ignore[arg-type]
    return alt.LayerChart(layer=[layer("bar", {"x": alt.X(field="a", scale=scale)})])


def test_a_chart_that_breaks_the_schema_is_refused_in_tests() -> None:
    with pytest.raises(SchemaValidationError):
        broken(pd.DataFrame()).to_dict()


def test_what_is_drawn_is_not_checked_again_and_leaves_the_checks_on() -> None:
    assert spec_of(broken, pd.DataFrame(), words=EN, style=LIGHT)["layer"]

    with pytest.raises(SchemaValidationError):
        broken(pd.DataFrame())


def test_what_is_drawn_is_not_copied_by_altair(monkeypatch: pytest.MonkeyPatch) -> None:
    for copying in (SchemaBase, alt.TopLevelMixin):
        monkeypatch.setattr(copying, "to_dict", None)
    assert spec_of(radar, levels({"Atlas": ATLAS}), words=EN, style=LIGHT)["layer"]


@pytest.mark.parametrize("name", EVERY_CHART)
def test_a_spec_without_checks_is_the_checked_one(name: str) -> None:
    def chart(frame: pd.DataFrame, **look: Any) -> alt.LayerChart:
        return EVERY_CHART[name](**look)

    assert spec_of(chart, pd.DataFrame(), words=EN, style=LIGHT) == example(name)
