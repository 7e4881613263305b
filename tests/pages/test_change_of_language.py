"""A change of language, which leaves the page for a moment, takes nothing that was filled in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessment.ui.session import keys, page_files
from tests.pages.app import app_on, into_language, sent_by
from tests.pages.app import page_files as every_page

SWITCHES = ("checkbox", "toggle")
FIELDS = (
    *("text_input", "text_area", "number_input", "date_input"),
    *("radio", "selectbox", "multiselect", *SWITCHES),
)
OF_FORM = {
    page_files.ROUNDS: {
        *(keys.ROUNDS_SQUAD, keys.ROUNDS_NEW_SQUAD, keys.ROUNDS_DEPTH),
        *(keys.ROUNDS_PRIVACY, keys.ROUNDS_LEAST, keys.ROUNDS_CLOSES),
        *(keys.ROUNDS_WAY_IN, keys.ROUNDS_PEOPLE),
    },
    page_files.SHARING: {
        *(keys.SHARING_LABEL, keys.SHARING_EVERY, keys.SHARING_SQUADS, keys.SHARING_PERIOD),
        *(keys.SHARING_DAYS, keys.SHARING_NOTES, keys.SHARING_ROLES, keys.SHARING_AGREEMENTS),
    },
    page_files.DATA: {keys.DATA_SEARCH},
}


def changed(field: Any) -> Any:
    """Another value for a field, other than the one it has at first."""
    if field.type in ("radio", "selectbox"):
        return field.options[-1]
    if field.type in SWITCHES:
        return not field.value
    if field.type == "multiselect":
        return field.value[1:]
    if field.type == "date_input":
        return field.value + timedelta(days=1)
    return 7 if field.type == "number_input" else "Faro"


def filled_in(app: AppTest) -> AppTest:
    """The page with every field changed, the last first, and those too that a change brings."""
    known: set[str] = set()
    while unknown := [field for field in asked(app) if field.key not in known]:
        unknown[-1].set_value(changed(unknown[-1]))
        known.add(unknown[-1].key)
        app.run()
    return app


def asked(app: AppTest) -> list[Any]:
    """The fields of a page, as they stand."""
    return [field for field in app.main if field.type in FIELDS]


def held(app: AppTest) -> dict[str, Any]:
    """What the fields of a page hold, by key."""
    return {field.key: field.value for field in asked(app)}


@pytest.mark.parametrize("page", every_page())
def test_fields_hold_what_they_did_before_a_change_of_language(page: str, full_store: Path) -> None:
    app = filled_in(app_on(page))
    before = held(app)
    assert OF_FORM.get(page, set()) <= before.keys()

    into_language(app, "fr")

    assert app.query_params["lang"] == "fr"
    assert held(app) == before
    app._run(sent_by(app))
    assert held(app) == before


def test_a_form_is_empty_again_once_it_was_sent_and_wherever_its_page_was_left(
    full_store: Path,
) -> None:
    app = app_on(page_files.SHARING)
    at_first = held(app)
    into_language(filled_in(app), "fr")
    app.switch_page(page_files.HOME).run()
    app.switch_page(page_files.SHARING).run()
    assert held(app) == at_first

    filled_in(app).switch_page(page_files.HOME).run()
    into_language(app, "fr")
    app.switch_page(page_files.SHARING).run()
    assert held(app) == at_first

    into_language(filled_in(app), "en")
    app.button(keys.SHARING_MAKE).click().run()
    into_language(app, "fr")
    app.button(keys.SHARING_DONE).click().run()
    assert held(app) == at_first | {keys.SHARING_LINK: None}
