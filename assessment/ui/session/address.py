"""The parameters of the page's address: whatever a run settles is written at once.

Each writing is a step for the browser's Back button, and steps in which nothing visible happens
hide the one that a person means.
"""

from collections.abc import Sequence

import streamlit as st

from assessment.ui.session import keys


def settle(**parameters: str | Sequence[str] | None) -> None:
    """Have these parameters in the address by the end of this run; None or nothing drops one."""
    st.session_state.setdefault(keys.ADDRESS, {}).update(parameters)


def tell_anyway() -> None:
    """Have the browser told the address though nothing in it changes in this run.

    A link to the very page that is open changes what the server knows of it, and leaves the
    browser's own as it was.
    """
    st.session_state[keys.ADDRESS_WRITTEN_ANYWAY] = True


def write_settled() -> None:
    """Write what this run settled."""
    is_written_anyway = st.session_state.pop(keys.ADDRESS_WRITTEN_ANYWAY, False)
    before = st.query_params.to_dict()
    write(**st.session_state.pop(keys.ADDRESS, {}))
    if is_written_anyway and st.query_params.to_dict() == before:
        st.query_params.from_dict(before)


def forget_settled() -> None:
    """Drop what a run settled that did not come to its end."""
    st.session_state.pop(keys.ADDRESS, None)
    st.session_state.pop(keys.ADDRESS_WRITTEN_ANYWAY, None)


def write_choice(parameter: str, key: str, *dropped: str) -> None:
    """Write what a widget says, a callback; `dropped` are parameters that it makes pointless.

    A click may come from a control that the page has taken away meanwhile, or say what no control
    offers: then there is no choice.
    """
    value = st.session_state.get(key)
    chosen = value if isinstance(value, str | list | tuple) else None
    write(**{parameter: chosen or None}, **dict.fromkeys(dropped))


def write(**parameters: str | Sequence[str] | None) -> None:
    """Change these parameters of the address, all at once; None or nothing drops one."""
    before = {name: st.query_params.get_all(name) for name in st.query_params}
    changed = {
        name: [value] if isinstance(value, str) else list(value or ())
        for name, value in parameters.items()
    }
    after = {name: values for name, values in (before | changed).items() if values}
    if after != before:
        st.query_params.from_dict(after)
