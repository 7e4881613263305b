"""The floor: a bare Streamlit app with one answer and two pages."""

import streamlit as st


def first() -> None:
    """One question and its answer."""
    st.title("First")
    chosen = st.segmented_control("Question", ["Yes", "Partly", "No"], key="question")
    st.text(f"chosen: {chosen}")


def second() -> None:
    """A page with nothing but a title."""
    st.title("Second")


st.navigation(
    [st.Page(first, title="First"), st.Page(second, title="Second")], position="top"
).run()
