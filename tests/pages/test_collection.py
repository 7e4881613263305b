"""What is stored when a server starts is no garbage, and no run looks for any."""

from __future__ import annotations

import gc
import tomllib
from pathlib import Path

import pytest

from assessment.ui import shell
from assessment.ui.guard import stored
from assessment.ui.guard.stored import history, visible_records
from assessment.ui.guard.whole_store import unguarded_store
from tests.builders import assessment
from tests.pages.app import PROJECT, app_on
from tests.pages.test_work_of_a_run import counted

SQUAD = "pages/results/squad.py"


def walked(*kept: object) -> int:
    """How many of some objects the collector would look at."""
    tracked = {id(one) for one in gc.get_objects()}
    return len(tracked & {id(one) for one in kept})


@pytest.mark.usefixtures("empty_store")
def test_the_collector_has_nothing_to_walk_of_what_was_stored_before_the_server_started() -> None:
    store = unguarded_store()
    store.add([assessment() for _ in range(20)])
    for cached in (shell.prepare, stored._visible, stored._history):
        cached.forget()
    shell.prepare()

    records = store.read().assessments
    rounds = history(visible_records(), "month").all_rounds()
    assert (len(records), len(rounds)) == (20, 1)
    assert walked(*records, *rounds) == 0


def test_streamlit_looks_for_no_garbage_after_each_run() -> None:
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["runner"]["postScriptGC"] is False


def test_neither_a_run_nor_a_save_has_all_visitors_wait_for_a_look_for_garbage(
    full_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(SQUAD)
    looks = counted(monkeypatch, gc, "collect")
    app.run()
    unguarded_store().add([assessment(squad="Atlas")])
    app.run()
    assert looks == []
