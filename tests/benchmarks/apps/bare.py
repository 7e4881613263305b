"""The floor of a click and of a first visit: a line of text, with what every chart needs loaded."""

import altair  # noqa: F401 - what the product loads as well
import pandas as pd  # noqa: F401
import streamlit as st

st.write("Hello")
