"""The parameters of the page's address: whatever a run settles is written at once.

Each writing would be a step for the browser's Back button, and steps in which nothing visible
happens hide the one that a person means: `look/steps.js` adds none that no deed of theirs led to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from assessment.ui.session import keys
from assessment.ui.session.returning import sent_by_page

Parameters = dict[str, list[str]]


@dataclass(slots=True)
class _Choice:
    """The address of a page as it was last chosen, and those that its browser may still tell."""

    page: str
    before: Sequence[Parameters]
    after: Parameters
    is_new: bool = True


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
    _change(**st.session_state.pop(keys.ADDRESS, {}))
    if is_written_anyway and st.query_params.to_dict() == before:
        st.query_params.from_dict(before)
    choice: _Choice | None = st.session_state.get(keys.ADDRESS_CHOSEN)
    if choice and _now() in choice.before:  # the run did not take what was chosen
        del st.session_state[keys.ADDRESS_CHOSEN]


def begin() -> None:
    """At a run's start: drop what one settled that did not come to its end.

    A choice of which the browser had not heard when it asked for this run is taken up again.
    """
    st.session_state.pop(keys.ADDRESS, None)
    st.session_state.pop(keys.ADDRESS_WRITTEN_ANYWAY, None)
    choice = take_up_choice()
    if choice and choice.is_new:
        choice.is_new = False
    else:
        st.session_state.pop(keys.ADDRESS_CHOSEN, None)


def take_up_choice() -> _Choice | None:
    """What was chosen last, written again where the browser asked before it had heard of it.

    It then sends the fields of the page with the address before; a link sends no field, and Back is
    told to be so. A callback that reads the address has this done first.
    """
    choice: _Choice | None = st.session_state.get(keys.ADDRESS_CHOSEN)
    context = get_script_run_ctx()
    if choice is None or context is None:
        return None
    now, is_there = _now(), choice.page == context.page_script_hash
    if now in choice.before and is_there and sent_by_page() and not context.is_history_navigation:
        st.query_params.from_dict(choice.after)
        choice.is_new = True
    elif now != choice.after:
        return None
    return choice


def write_choice(parameter: str, key: str, *dropped: str) -> None:
    """Write what a widget says, a callback; `dropped` are parameters that it makes pointless.

    A click may come from a control that the page has taken away meanwhile, or say what no control
    offers: then there is no choice.
    """
    value = st.session_state.get(key)
    chosen = value if isinstance(value, str | list | tuple) else None
    write(**{parameter: chosen or None}, **dict.fromkeys(dropped))


def write(**parameters: str | Sequence[str] | None) -> None:
    """Change these parameters by choice, all at once; None or nothing drops one."""
    choice, before = take_up_choice(), _now()
    _change(**parameters)
    after, context = _now(), get_script_run_ctx()
    earlier = choice.before if choice and choice.is_new else ()
    st.session_state[keys.ADDRESS_CHOSEN] = _Choice(
        context.page_script_hash if context else "",
        [parameters for parameters in (*earlier, before) if parameters != after],
        after,
    )


def _change(**parameters: str | Sequence[str] | None) -> None:
    before = _now()
    changed = {
        name: [value] if isinstance(value, str) else list(value or ())
        for name, value in parameters.items()
    }
    after = {name: values for name, values in (before | changed).items() if values}
    if after != before:
        st.query_params.from_dict(after)


def _now() -> Parameters:
    return {name: st.query_params.get_all(name) for name in st.query_params}
