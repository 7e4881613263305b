"""Charts on a page: each spec is built once per data, language and theme, then reused."""

from collections.abc import Callable, Hashable
from itertools import chain

import pandas as pd
import pyarrow as pa
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
    spec, rows = _kept_chart(reader, chart, frame, identity)
    _draw(reader, spec, rows, chart.__name__ + name, alt)


def show_live_bars(reader: Reader, levels: Picture) -> None:
    """Draw the levels of answers that are still changing."""
    spec = level_bars_spec(levels.frame(), reader.language, dark=reader.style.dark)
    alt = picture_name(reader.edition, level_bars.__name__, levels)
    _draw(reader, spec, _rows_of(spec), "live", alt)


def chart_spec(
    reader: Reader, chart: ChartFunction, frame: Callable[[], pd.DataFrame], *, identity: Hashable
) -> Spec:
    """The Vega-Lite spec of a chart, kept for as long as its data stay the same."""
    return _kept_chart(reader, chart, frame, identity)[0]


def _kept_chart(
    reader: Reader, chart: ChartFunction, frame: Callable[[], pd.DataFrame], identity: Hashable
) -> tuple[Spec, pa.Table]:
    return _chart(chart.__name__, identity, reader.language, reader.style.dark, chart, frame)


def _draw(reader: Reader, spec: Spec, rows: pa.Table, name: str, alt: str) -> None:
    st.vega_lite_chart(
        rows,
        {part: value for part, value in spec.items() if part != "data"},
        theme=None,
        width="stretch",
        height=spec["height"],
        alt=alt,
        key=keys.picture(f"{name}-{reader.language}-{reader.style.dark}"),
    )


@kept(at_most=400)
def _chart(
    name: str,
    identity: Hashable,
    language: str,
    dark: bool,
    _function: ChartFunction,
    _frame: Callable[[], pd.DataFrame],
) -> tuple[Spec, pa.Table]:
    frame = _frame()
    if _function is level_bars:
        spec = level_bars_spec(frame, language, dark=dark)
    else:
        spec = spec_of(_function, frame, words=words_in(language), style=Style(dark=dark))
    return spec, _rows_of(spec)


def _rows_of(spec: Spec) -> pa.Table:
    """A spec's rows as they are sent; Streamlit makes them so by pandas, which takes 2 ms."""
    rows = spec["data"]["values"]
    names = dict.fromkeys(chain.from_iterable(rows))
    return pa.table({name: [row.get(name) for row in rows] for name in names})


def level_bars_spec(levels: pd.DataFrame, language: str, *, dark: bool) -> Spec:
    """The spec of one squad's bars: rows of its own in what was drawn for others before."""
    rows = level_bars_rows(levels, words=words_in(language))
    spec = _level_bars(level_bars_layout(rows), language, dark, levels)
    return spec | {"data": spec["data"] | {"values": rows}}


@kept(at_most=64)
def _level_bars(layout: Hashable, language: str, dark: bool, _levels: pd.DataFrame) -> Spec:
    return spec_of(level_bars, _levels, words=words_in(language), style=Style(dark=dark))
