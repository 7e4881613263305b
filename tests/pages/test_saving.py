"""Saving again what nobody could vouch for: one's own tries are gone on from, others' are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Action
from assessment.storage.csv.store import CsvStore
from tests.builders import action, assessment
from tests.pages.app import out_of_reach

ONE = action()


def worded(note: str) -> Action:
    """The same action, that says this."""
    return ONE.model_copy(update={"note": note})


OF_SQUAD = assessment()
SHOWN = worded("as shown")
ANY_BEFORE = pytest.mark.parametrize("before", [None, SHOWN], ids=["new", "changed"])


def a_deed() -> None:
    """One click: it saves what the visitor has written by then."""
    import streamlit as st

    from assessment.errors import WhoDecidesError
    from assessment.ui.guard.stored import save

    try:
        save(
            st.session_state["record"],
            before=st.session_state["before"],
            may_be_new=st.session_state["may_be_new"],
        )
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


def visitor(before: Action | None, *, may_be_new: bool = False) -> AppTest:
    app = AppTest.from_function(a_deed)
    app.session_state["before"] = before
    app.session_state["may_be_new"] = may_be_new
    return app


def store_on(folder: Path, before: Action | None) -> CsvStore:
    store = CsvStore(folder, shipped_framework())
    store.add([OF_SQUAD, before] if before else [OF_SQUAD])
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


def test_what_went_to_another_squad_is_not_taken_back_by_a_save(empty_store: Path) -> None:
    moved = SHOWN.model_copy(update={"squad": "Borea"})
    store = store_on(empty_store, moved)
    for before in (moved, SHOWN, None):
        assert "belongs to the squad Borea by now" in clicked(visitor(before), "mine")
    assert store.read().actions == (moved,)


def test_of_a_squad_of_which_nothing_is_stored_only_what_may_be_new_is(empty_store: Path) -> None:
    store = CsvStore(empty_store, shipped_framework())
    assert "was renamed meanwhile, merged into another or" in clicked(visitor(None), "mine")
    assert clicked(visitor(None, may_be_new=True), "mine") == "saved"
    assert [stored.note for stored in store.read().actions] == ["mine"]


def deeds() -> None:
    """A click: it stores an action made for the deed that was chosen, until that is done."""
    from uuid import UUID

    import streamlit as st

    from assessment.errors import WhoDecidesError
    from assessment.ui.guard.stored import store, until_done
    from tests.builders import action

    thing, note, number = st.session_state["deed"]
    made = action(note=note, action_id=UUID(int=number))
    try:
        with until_done(thing, note, lambda: [made], records=tuple) as records:
            store().add(records)
    except WhoDecidesError as error:
        st.markdown(str(error))


def deed_done(app: AppTest, thing: str, note: str, number: int) -> None:
    app.session_state["deed"] = thing, note, number
    app.run()
    assert not app.exception


def stored_deeds(folder: Path) -> list[tuple[str, int]]:
    stored = store_on(folder, None).read().actions
    return [(action.note, action.action_id.int) for action in stored]


def test_a_deed_is_gone_on_with_though_one_of_another_thing_failed_in_between(
    empty_store: Path,
) -> None:
    app = AppTest.from_function(deeds)
    with stored_but_lost():
        deed_done(app, "one", "a", 1)
        deed_done(app, "other", "b", 2)
    assert "nobody can tell" in app.markdown[0].value
    deed_done(app, "one", "a", 3)
    deed_done(app, "other", "b", 4)
    deed_done(app, "one", "a", 5)
    assert stored_deeds(empty_store) == [("a", 1), ("b", 2), ("a", 5)]


def test_a_deed_of_which_nothing_was_stored_is_made_anew(empty_store: Path) -> None:
    app = AppTest.from_function(deeds)
    with out_of_reach("add"):
        deed_done(app, "one", "a", 1)
    assert "full" in app.markdown[0].value
    deed_done(app, "one", "a", 2)
    assert stored_deeds(empty_store) == [("a", 2)]


@pytest.mark.parametrize("failing", [stored_but_lost, partial(out_of_reach, "add")])
def test_a_deed_is_done_anew_once_another_of_the_same_thing_was(
    failing: Callable[[], AbstractContextManager[object]], empty_store: Path
) -> None:
    app = AppTest.from_function(deeds)
    with failing():
        deed_done(app, "one", "agreed", 1)
    deed_done(app, "one", "not agreed", 2)
    deed_done(app, "one", "agreed", 3)
    assert stored_deeds(empty_store)[-2:] == [("not agreed", 2), ("agreed", 3)]
