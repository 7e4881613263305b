"""Charts as specs, built without the checks that the tests make of every chart."""

from typing import Any, Protocol

import altair as alt
import pandas as pd
from altair.utils.schemapi import SchemaBase, debug_mode

from assessment.charts.style import Style
from assessment.languages import Words

Spec = dict[str, Any]


class ChartFunction(Protocol):
    """A function of this room: a tidy frame in, an Altair chart out."""

    __name__: str

    def __call__(self, frame: pd.DataFrame, /, *, words: Words, style: Style) -> Any:
        """The chart of a frame."""
        ...


def spec_of(chart: ChartFunction, frame: pd.DataFrame, *, words: Words, style: Style) -> Spec:
    """The Vega-Lite spec of a frame's chart.

    Altair would check each part against its schema when it is made and the whole when it is
    written, and copy the whole several times in search of what our layers never have; the tests
    draw every chart with these checks, and both ways give the same.
    """
    with debug_mode(False):
        drawn = chart(frame, words=words, style=style)
    return {"$schema": alt.SCHEMA_URL, **as_plain_values(drawn)}


def as_plain_values(value: Any) -> Any:
    """A chart, or a part of one, without Altair's classes."""
    if isinstance(value, SchemaBase):
        value = {name: part for name, part in value._kwds.items() if part is not alt.Undefined}
    if isinstance(value, dict):
        return {name: as_plain_values(part) for name, part in value.items()}
    return [as_plain_values(part) for part in value] if isinstance(value, list | tuple) else value
