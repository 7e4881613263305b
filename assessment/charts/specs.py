"""Charts as specs, built without the checks that the tests make of every chart."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

import pandas as pd
from altair.utils.schemapi import debug_mode

from assessment.charts.style import Style
from assessment.languages import Words

Spec: TypeAlias = dict[str, Any]


class ChartFunction(Protocol):
    """A function of this room: a tidy frame in, an Altair chart out."""

    __name__: str

    def __call__(self, frame: pd.DataFrame, /, *, words: Words, style: Style) -> Any:
        """The chart of a frame."""
        ...


def spec_of(chart: ChartFunction, frame: pd.DataFrame, *, words: Words, style: Style) -> Spec:
    """The Vega-Lite spec of a frame's chart.

    Altair would check each part against its schema when it is made and the whole when it is
    written, which takes most of the time; the tests draw every chart with these checks.
    """
    with debug_mode(False):
        spec: Spec = chart(frame, words=words, style=style).to_dict(validate=False)
    return spec
