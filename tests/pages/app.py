"""The app under test: one AppTest over a store of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, NoReturn

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button
from streamlit.util import calc_hash

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Assessment
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Record
from assessment.ui.session import browser_memory, keys

PROJECT = Path(__file__).resolve().parents[2]


def page_files() -> list[str]:
    """Every page of the app, as paths relative to app.py; a new page cannot be forgotten."""
    return sorted(str(path.relative_to(PROJECT)) for path in PROJECT.glob("pages/*/*.py"))


def app_on(
    page: str, *, language: str = "en", tables: Iterable[str] = (), **parameters: str | list[str]
) -> AppTest:
    """The app on a page, in a language, at URL parameters, the tables of pictures unfolded."""
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
    app.switch_page(page)
    # As a browser asks, by url_path: what AppTest knows of pages only after a first run.
    app._page_hash = calc_hash(Path(page).stem.replace("_", "-"))
    app.query_params["lang"] = language
    for name, value in parameters.items():
        app.query_params[name] = value
    for table in tables:
        app.session_state[keys.as_table(table)] = True
    return app.run()


def text_of(app: AppTest) -> str:
    """Everything a reader can read on the page, marks of Markdown removed."""
    messages = ("title", "header", "subheader", "markdown", "caption", "text")
    alerts = ("info", "warning", "error", "success")
    widgets = ("button", "segmented_control", "selectbox", "multiselect", "text_input")
    kinds = (*messages, *alerts, *widgets, "text_area", "popover", "expander")
    parts = []
    for element in elements_of(app, *kinds):
        for attribute in ("label", "value", "options"):
            value = getattr(element, attribute, None)
            parts += value if isinstance(value, list) else [value] if value else []
    parts += [popover.proto.popover.label for popover in app.get("popover")]
    parts += [text for tile in app.metric for text in (tile.label, tile.value, tile.delta)]
    joined = "\n".join(str(part) for part in parts)
    return joined.replace("\\", "").replace("\u2060", "")


def elements_of(app: AppTest, *kinds: str) -> list[Any]:
    """The elements of these kinds on the page; what they hold depends on their kind."""
    return [element for kind in kinds for element in app.get(kind)]


def double_click(app: AppTest, key: str) -> AppTest:
    """Click twice: the second time on the page as it was, since the new one had not come yet."""
    app.button(key).click()
    sent = sent_by(app)
    app.run()
    return app._run(sent)


def since_conflict(app: AppTest, key: str) -> Button:
    """The button that goes ahead though somebody else was faster, as was told."""
    (button,) = [one for one in app.button if one.key and one.key.startswith(f"{key}-")]
    return button


def way(app: AppTest, name: Literal["back", "next"]) -> Button:
    """The button of a room's screen that leads to the one before or after."""
    key = keys.way(name, "")
    (button,) = [one for one in app.button if one.key and one.key.startswith(key)]
    return button


def move(app: AppTest, name: Literal["back", "next"]) -> Button:
    """The button of a check's step that leads to the one before or after."""
    (button,) = [one for one in app.button if str(one.key).startswith(keys.move(name))]
    return button


def with_table_open(app: AppTest, name: str) -> AppTest:
    """The app once the table of one of its pictures is unfolded."""
    app.session_state[keys.as_table(name)] = True
    return app.run()


def with_squad_open(app: AppTest, squad_key: str) -> AppTest:
    """The data page's dialog about one squad's data."""
    if not [box for box in app.selectbox if box.key == keys.DATA_SQUAD]:
        app.button(keys.DATA_SQUAD_OPEN).click().run()
    return app.selectbox(keys.DATA_SQUAD).set_value(squad_key).run()


def with_rows_ticked(app: AppTest, *rows: int) -> AppTest:
    """The data page once rows of its list are selected."""
    key = app.dataframe[0].proto.id.rpartition("-data-rows")[2]
    app.session_state[f"data-rows{key}"] = {"selection": {"rows": list(rows)}}
    return app.run()


def with_rows_selected(app: AppTest, *rows: int) -> AppTest:
    """The data page once rows of its list are selected and their deletion is asked for."""
    with_rows_ticked(app, *rows)
    return app.button(keys.DATA_DELETE).click().run()


def store_of(folder: Path, *kept: Record) -> CsvStore:
    """The app's store, after it was given these records to keep."""
    store = CsvStore(folder, shipped_framework())
    store.add(kept)
    return store


def stored(folder: Path) -> tuple[Assessment, ...]:
    """The assessments that the app's store holds on disk."""
    return CsvStore(folder, shipped_framework()).read().assessments


def records(folder: Path) -> tuple[Record, ...]:
    """Everything that the app's store holds on disk."""
    return CsvStore(folder, shipped_framework()).read().records


@contextmanager
def out_of_reach(*methods: str) -> Iterator[str]:
    """Let methods of the store fail until the block ends; gives what a page should then say."""
    error = "The disk of this store is full"

    def fail(*_arguments: object, **_options: object) -> NoReturn:
        raise StorageError(error)

    with pytest.MonkeyPatch.context() as broken:
        for method in methods:
            broken.setattr(CsvStore, method, fail)
        yield error


def answer(app: AppTest, answers: dict[str, str]) -> AppTest:
    """Answer items of the quick check, walking to the step that asks each."""
    framework = shipped_framework()
    for module in framework.modules:
        asked = {item.id for item in framework.items_of(module.id)} & answers.keys()
        if asked:
            app.segmented_control(keys.CHECK_STEP).set_value(module.id).run()
        for item in sorted(asked):
            app.segmented_control(keys.answer(item)).set_value(answers[item])
    return app.run()


def kept_by_browser(monkeypatch: pytest.MonkeyPatch, **kept: object) -> None:
    """Have the browser give back a check, at a click on a button of its own: "give-back"."""
    text = json.dumps({"framework": shipped_framework().version_with_lenses, **kept})

    def gives(key: str, on_kept_change: Callable[[], None]) -> None:
        st.session_state[key] = SimpleNamespace(kept={"text": text, "others": 0})
        on_kept_change()

    def browser(*, key: str, data: dict[str, Any], on_kept_change: Any = None) -> None:
        if data.get("ask"):
            st.button("Back", "give-back", on_click=gives, args=(key, on_kept_change))

    monkeypatch.setattr(browser_memory, "_component", browser)


def into_language(app: AppTest, language: str) -> AppTest:
    """The app once a language is chosen in its menu: a page that leads back where one was."""
    page, app._page_hash = app._page_hash, calc_hash(language)
    app._run(WidgetStates())
    app._page_hash = page
    return app


def empty_session(app: AppTest) -> None:
    """What Streamlit does on a message `clear_cache`, which any session may send."""
    state = app._session_state._state
    of_test = state[TESTING_KEY]
    state.clear()
    state[TESTING_KEY] = of_test


def after_restart(app: AppTest, page: str) -> AppTest:
    """What is done next on a page, before a server that knows nothing of its session."""
    anew = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
    anew.switch_page(page)
    anew._page_hash = calc_hash(Path(page).stem.replace("_", "-"))
    for name in app.query_params:
        anew.query_params[name] = app.query_params[name]
    return anew._run(sent_by(app))


def sent_by(app: AppTest) -> WidgetStates:
    """What a browser sends of a page: of its buttons the one that was clicked."""
    sent = app._tree.get_widget_states()
    for state in [*sent.widgets]:
        if state.WhichOneof("value") == "trigger_value" and not state.trigger_value:
            sent.widgets.remove(state)
    return sent
