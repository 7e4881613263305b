"""What is pressed on a page that is being left, as the server hears it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from assessment.ui.server.left_pages import let_pages_be_left


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The parts that were run, run by run."""
    runs: list[list[str]] = []
    monkeypatch.setattr(  # both are put back at the end
        ScriptRunner, "_run_script", lambda _runner, asked: runs.append(asked.fragment_id_queue)
    )
    monkeypatch.setattr(ScriptRequests, "request_rerun", ScriptRequests.request_rerun)
    let_pages_be_left()
    return runs


@pytest.mark.usefixtures("ran")
@pytest.mark.parametrize(
    ("asked", "shown"),
    [("page that comes", ("page that comes", "view=b")), ("", ("page that is left", "view=a"))],
)
def test_a_part_of_the_page_that_is_left_does_not_take_its_reader_back(
    asked: str, shown: tuple[str, str]
) -> None:
    # Where no page is named, as where all is asked for by the server itself, the part says which.
    requests = ScriptRequests()
    requests.request_rerun(RerunData("view=b", page_script_hash=asked))
    part = RerunData("view=a", page_script_hash="page that is left", fragment_id="part")
    requests.request_rerun(part)

    run = requests.on_scriptrunner_ready().rerun_data
    assert (run.page_script_hash, run.query_string) == shown
    assert not run.fragment_id_queue


@pytest.mark.usefixtures("ran")
def test_a_part_is_run_on_its_own_page_once_the_run_before_it_began() -> None:
    requests = ScriptRequests()
    requests.request_rerun(RerunData(page_script_hash="asked for"))
    requests.on_scriptrunner_ready()
    requests.request_rerun(RerunData(page_script_hash="where it led", fragment_id="part"))

    run = requests.on_scriptrunner_ready().rerun_data
    assert (run.page_script_hash, run.fragment_id_queue) == ("where it led", ["part"])


def test_no_run_begins_of_parts_that_are_gone(ran: list[list[str]]) -> None:
    storage = SimpleNamespace(contains={"there"}.__contains__)
    runner = cast(Any, SimpleNamespace(_fragment_storage=storage))
    for parts in (["gone"], [], ["gone", "there"]):
        ScriptRunner._run_script(runner, RerunData(fragment_id_queue=parts))
    assert ran == [[], ["gone", "there"]]
