"""Charts on a page: each spec is built once per data, language and theme, then reused."""

from collections.abc import Callable, Hashable

import pandas as pd
import streamlit as st

from assessment.charts.bars import level_bars, level_bars_layout, level_bars_rows
from assessment.charts.specs import ChartFunction, Spec, spec_of
from assessment.charts.style import Style
from assessment.languages import words_in
from assessment.ui.session import keys
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader
from assessment.wording.parts import Picture
from assessment.wording.pictures import picture_name


def show_chart(
    reader: Reader,
    chart: ChartFunction,
    frame: Callable[[], pd.DataFrame],
    *,
    identity: Hashable,
    alt: str,
    name: str = "",
) -> None:
    """Draw a chart of a frame: `identity` is of its data, `name` of one picture among several."""
    _draw(reader, chart_spec(reader, chart, frame, identity=identity), chart.__name__ + name, alt)


def show_live_bars(reader: Reader, levels: Picture) -> None:
    """Draw the levels of answers that are still changing."""
    spec = level_bars_spec(levels.frame(), reader.language, dark=reader.style.dark)
    _draw(reader, spec, "live", picture_name(reader.edition, level_bars.__name__, levels))


def chart_spec(
    reader: Reader,
    chart: ChartFunction,
    frame: Callable[[], pd.DataFrame],
    *,
    identity: Hashable,
) -> Spec:
    """The Vega-Lite spec of a chart, kept for as long as its data stay the same."""
    return _spec(chart.__name__, identity, reader.language, reader.style.dark, chart, frame)


def _draw(reader: Reader, spec: Spec, name: str, alt: str) -> None:
    st.vega_lite_chart(
        spec=spec,
        theme=None,
        width="stretch",
        alt=alt,
        key=keys.picture(f"{name}-{reader.language}-{reader.style.dark}"),
    )


@kept(at_most=400)
def _spec(
    name: str,
    identity: Hashable,
    language: str,
    dark: bool,
    _chart: ChartFunction,
    _frame: Callable[[], pd.DataFrame],
) -> Spec:
    if _chart is level_bars:
        return level_bars_spec(_frame(), language, dark=dark)
    return spec_of(_chart, _frame(), words=words_in(language), style=Style(dark=dark))


def level_bars_spec(levels: pd.DataFrame, language: str, *, dark: bool) -> Spec:
    """The spec of one squad's bars: rows of its own in what was drawn for others before."""
    rows = level_bars_rows(levels, words=words_in(language))
    spec = _level_bars(level_bars_layout(rows), language, dark, levels)
    return spec | {"data": spec["data"] | {"values": rows}}


@kept(at_most=64)
def _level_bars(layout: Hashable, language: str, dark: bool, _levels: pd.DataFrame) -> Spec:
    return spec_of(level_bars, _levels, words=words_in(language), style=Style(dark=dark))
