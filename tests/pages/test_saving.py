"""Saving again what nobody could vouch for: one's own tries are gone on from, others' are not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Action
from assessment.storage.csv.store import CsvStore
from tests.builders import action
from tests.pages.app import out_of_reach

ONE = action()


def worded(note: str) -> Action:
    """The same action, that says this."""
    return ONE.model_copy(update={"note": note})


SHOWN = worded("as shown")
ANY_BEFORE = pytest.mark.parametrize("before", [None, SHOWN], ids=["new", "changed"])


def a_deed() -> None:
    """One click: it saves what the visitor has written by then."""
    import streamlit as st

    from assessment.errors import WhoDecidesError
    from assessment.ui.guard.stored import save

    try:
        save(st.session_state["record"], before=st.session_state["before"])
        st.markdown("saved")
    except WhoDecidesError as error:
        st.markdown(str(error))


@contextmanager
def stored_but_lost() -> Iterator[None]:
    """Let the store do what it is asked, and the answer get lost."""
    with pytest.MonkeyPatch.context() as broken:
        for name in ("add", "revise"):
            method = getattr(CsvStore, name)

            def lost(*given: Any, _method: Any = method, **further: Any) -> NoReturn:
                _method(*given, **further)
                raise StorageError("nobody can tell whether this was done")

            broken.setattr(CsvStore, name, lost)
        yield


def clicked(app: AppTest, note: str) -> str:
    app.session_state["record"] = worded(note)
    text: str = app.run().markdown[0].value
    return text


def visitor(before: Action | None) -> AppTest:
    app = AppTest.from_function(a_deed)
    app.session_state["before"] = before
    return app


def store_on(folder: Path, before: Action | None) -> CsvStore:
    store = CsvStore(folder, shipped_framework())
    store.add([before] if before else [])
    return store


@ANY_BEFORE
def test_what_was_stored_unknown_to_anybody_is_gone_on_from_whatever_failed_since(
    before: Action | None, empty_store: Path
) -> None:
    store, app = store_on(empty_store, before), visitor(before)
    with stored_but_lost():
        assert "nobody can tell" in clicked(app, "a")
    with out_of_reach("add", "revise"):
        assert "full" in clicked(app, "ab")

    assert clicked(app, "abc") == "saved"
    assert [stored.note for stored in store.read().actions] == ["abc"]


@ANY_BEFORE
def test_what_somebody_else_stored_meanwhile_is_not_overwritten(
    before: Action | None, empty_store: Path
) -> None:
    store, app = store_on(empty_store, before), visitor(before)
    with out_of_reach("add", "revise"):
        assert "full" in clicked(app, "a")
    if before:
        store.revise(before, worded("theirs"))
    else:
        store.add([worded("theirs")])

    assert "somebody changed this meanwhile" in clicked(app, "ab")
    assert [stored.note for stored in store.read().actions] == ["theirs"]


@ANY_BEFORE
def test_what_somebody_else_deleted_meanwhile_is_stored_anew_only_where_it_was_new(
    before: Action | None, empty_store: Path
) -> None:
    store, app = store_on(empty_store, before), visitor(before)
    with stored_but_lost():
        assert "nobody can tell" in clicked(app, "a")
    store.delete([ONE.id])

    assert ("was deleted meanwhile" in clicked(app, "ab")) == bool(before)
    assert [stored.note for stored in store.read().actions] == ([] if before else ["ab"])


def deeds() -> None:
    """A click: it stores an action made for the deed that was chosen, until that is done."""
    import streamlit as st

    from assessment.errors import WhoDecidesError
    from assessment.ui.guard.stored import store, until_done
    from tests.builders import action

    deed = st.session_state["deed"]
    try:
        with until_done(deed, lambda: action(note=deed)) as record:
            store().add([record])
    except WhoDecidesError as error:
        st.markdown(str(error))


def test_a_deed_is_gone_on_with_though_another_failed_in_between(empty_store: Path) -> None:
    app = AppTest.from_function(deeds)
    with stored_but_lost():
        for deed in ("one", "other"):
            app.session_state["deed"] = deed
            assert "nobody can tell" in app.run().markdown[0].value
    for deed in ("one", "other", "one"):
        app.session_state["deed"] = deed
        app.run()

    notes = [stored.note for stored in store_on(empty_store, None).read().actions]
    assert sorted(notes) == ["one", "one", "other"]  # the last of them was begun anew
