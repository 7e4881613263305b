"""Charts on a page: each spec is built once per data, language and theme, then reused."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeAlias

import pandas as pd
import streamlit as st

from assessment.charts.style import Style
from assessment.languages import Words, words_in
from assessment.ui import keys
from assessment.ui.reader import Reader

Spec: TypeAlias = dict[str, Any]


class ChartFunction(Protocol):
    """A function of assessment.charts: a tidy frame in, an Altair chart out."""

    __name__: str

    def __call__(self, frame: pd.DataFrame, /, *, words: Words, style: Style) -> Any:
        """The chart of a frame."""
        ...


def show(
    reader: Reader,
    chart: ChartFunction,
    frame: Callable[[], pd.DataFrame],
    *,
    identity: Hashable,
    alt: str,
    name: str = "",
) -> None:
    """Draw a chart of a frame; `identity` says which data it is, `alt` what it shows.

    `name` tells apart several pictures by the same function on one page.
    """
    spec = spec_of(reader, chart, frame, identity=identity)
    st.vega_lite_chart(
        spec=spec,
        theme=None,
        width="stretch",
        alt=alt,
        key=keys.picture(f"{chart.__name__}{name}-{reader.language}-{reader.style.dark}"),
    )


def spec_of(
    reader: Reader,
    chart: ChartFunction,
    frame: Callable[[], pd.DataFrame],
    *,
    identity: Hashable,
) -> Spec:
    """The Vega-Lite spec of a chart, kept for as long as its data stay the same."""
    return _spec(chart.__name__, identity, reader.language, reader.style.dark, chart, frame)


@st.cache_resource(show_spinner=False, max_entries=400)
def _spec(
    name: str,
    identity: Hashable,
    language: str,
    dark: bool,
    _chart: ChartFunction,
    _frame: Callable[[], pd.DataFrame],
) -> Spec:
    spec: Spec = _chart(_frame(), words=words_in(language), style=Style(dark=dark)).to_dict()
    return spec
