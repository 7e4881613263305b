"""Every chart has a name for whoever does not see it."""

from __future__ import annotations

import pandas as pd
import pytest

from assessment.content.edition import edition_in
from assessment.wording.parts import Picture
from assessment.wording.pictures import picture_name
from tests.charts import reading

NAMED_WHERE_THEY_ARE_DRAWN = {"keyed_heat_map", "step_cycle"}
CHARTS = {
    name
    for name, drawn in vars(reading).items()
    if callable(drawn) and drawn.__module__.startswith("assessment.charts.")
} - {"Style", *NAMED_WHERE_THEY_ARE_DRAWN}


@pytest.mark.parametrize("chart", sorted(CHARTS))
def test_a_picture_is_told_by_the_name_of_its_chart_then_by_what_it_says(chart: str) -> None:
    picture = Picture("every level is fluid", pd.DataFrame, of="Atlas")
    name, said = picture_name(edition_in("en"), chart, picture).split(" · Atlas: ")
    assert name
    assert said == "every level is fluid"
