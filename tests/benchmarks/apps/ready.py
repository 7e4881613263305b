"""The floor of a page: its charts as ready specs, or a ready table of so many rows.

With `texts` as many short texts besides: what Streamlit takes to send as many elements.
"""

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st


@st.cache_resource
def specs(page: str) -> list[dict[str, Any]]:
    """The specs that the product drew on a page, as it was captured before."""
    text = (Path(os.environ["BENCH_SPECS"]) / f"{page}.json").read_text(encoding="utf-8")
    drawn: list[dict[str, Any]] = json.loads(text)
    return drawn


@st.cache_resource
def table(rows: int) -> pd.DataFrame:
    """A table as wide as the data page's."""
    columns = [f"Column {number}" for number in range(8)]
    return pd.DataFrame([[f"cell {row} {name}" for name in columns] for row in range(rows)])


if "rows" in st.query_params:
    st.dataframe(table(int(st.query_params["rows"])), hide_index=True)
elif "page" in st.query_params:
    for number, spec in enumerate(specs(st.query_params["page"])):
        st.vega_lite_chart(spec=dict(spec), theme=None, width="stretch", key=str(number))
for number in range(int(st.query_params.get("texts", "0"))):
    st.markdown(f"Text {number}")
