"""The product, which writes the specs that a page draws to a file named by `?bench=`."""

import json
import os
from pathlib import Path
from typing import Any

import streamlit as st

from assessment.ui import shell

DRAWN: list[Any] = []
original = st.vega_lite_chart


def capture(*positional: Any, **options: Any) -> Any:
    """Draw a chart, and note its spec."""
    rows, spec = positional
    DRAWN.append(spec | {"data": {"values": rows.to_pylist()}})
    return original(*positional, **options)


st.vega_lite_chart = capture
try:
    shell.set_up()
    shell.run()
finally:
    st.vega_lite_chart = original
if name := st.query_params.get("bench"):
    Path(os.environ["BENCH_SPECS"], f"{name}.json").write_text(json.dumps(DRAWN), encoding="utf-8")
