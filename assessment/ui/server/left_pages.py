"""A page that is being left: what is pressed on it changes nothing about the one that comes.

Until the next page begins to arrive a browser shows the one before it, and what is pressed there
asks for a part of that one. Streamlit would go back to it where the two requests meet, and empty
the next page where the part is gone by the time its turn comes.
"""

from dataclasses import replace

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequests,
    ScriptRequestType,
)


def let_pages_be_left() -> None:
    """Have no part of a page that was left run, nor take the next page's place."""
    request_rerun, run_script = ScriptRequests.request_rerun, ScriptRunner._run_script

    def request_on_the_page_asked_for(requests: ScriptRequests, new: RerunData) -> bool:
        asked = requests._rerun_data
        is_waiting = requests._state == ScriptRequestType.RERUN and asked.page_script_hash
        if is_waiting and new.fragment_id and not asked.fragment_id_queue:
            new = replace(
                new,
                page_script_hash=asked.page_script_hash,
                page_name=asked.page_name,
                query_string=asked.query_string,
            )
        return request_rerun(requests, new)

    def run_unless_it_is_gone(runner: ScriptRunner, asked: RerunData) -> None:
        parts = asked.fragment_id_queue
        if not parts or any(map(runner._fragment_storage.contains, parts)):
            run_script(runner, asked)

    ScriptRequests.request_rerun = request_on_the_page_asked_for  # type: ignore[assignment, method-assign]
    ScriptRunner._run_script = run_unless_it_is_gone  # type: ignore[assignment, method-assign]
