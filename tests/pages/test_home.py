"""The first page once something is stored: what it still offers to somebody who begins."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.languages import LANGUAGES, words_in
from assessment.storage.csv.store import CsvStore
from assessment.ui.session import keys, page_files
from assessment.ui.session.saying import as_plain_text
from tests.builders import action, agreement, assessment, confirmation
from tests.pages.app import app_on, double_click, store_of, text_of
from tests.pages.visitors import everything

TODAY = date.today()  # noqa: DTZ011 - the page's own day: these tests run in the reader's zone


def stored(folder: Path, checks: int) -> CsvStore:
    store = CsvStore(folder, shipped_framework())
    store.add([assessment(assessment_id=uuid4(), assessed_on=TODAY) for _ in range(checks)])
    return store


def offered(language: str = "en") -> bool:
    app = app_on(page_files.HOME, language=language)
    assert not app.exception
    return keys.SAMPLE_LOOK in [button.key for button in app.button]


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_first_check_of_ones_own_the_sample_is_one_quiet_click_away(
    language: str, empty_store: Path
) -> None:
    stored(empty_store, 1)
    app = app_on(page_files.HOME, language=language)
    button = app.button(keys.SAMPLE_LOOK)
    assert button.label == words_in(language).gettext("Look at a sample company")
    assert button.proto.type == "tertiary"
    button.click().run()
    assert not app.exception
    assert app.title[0].value == "Atlas · demo"
    assert words_in(language).gettext("The sample company is loaded.") in text_of(app)


@pytest.mark.parametrize(
    ("button", "title"),
    [
        (keys.HOME_START, "Quick check"),
        (keys.HOME_ASK, "Ask the squad"),
        (keys.SAMPLE_LOOK, "Atlas · demo"),
    ],
)
def test_a_double_click_leads_where_one_does(button: str, title: str, empty_store: Path) -> None:
    app = double_click(app_on(page_files.HOME), button)
    assert not app.exception
    assert app.title[0].value == title


def test_where_many_checks_are_stored_no_sample_is_offered(empty_store: Path) -> None:
    store = stored(empty_store, 5)
    assert offered()
    store.add([assessment(assessment_id=uuid4(), assessed_on=TODAY)])
    assert not offered()


def test_a_sample_that_is_loaded_is_not_offered_again(empty_store: Path) -> None:
    stored(empty_store, 1).add(sample_records())
    assert not offered()


def test_agreements_that_wait_for_roles_are_named_with_the_roles(empty_store: Path) -> None:
    waiting = agreement(agreed_on=TODAY, valid_until=TODAY + timedelta(days=90))
    store_of(empty_store, assessment(), waiting, confirmation(agreement_id=waiting.id, role="po"))
    lines = [link.proto.label for link in app_on(page_files.HOME).get("page_link")]
    text = "Atlas · Proposed, waiting for answers: Sprint content (Tech Lead)."
    assert as_plain_text(text) in lines


@pytest.mark.parametrize(
    ("language", "more"), [("en", "13 more dates"), ("fr", "13 autres échéances")]
)
def test_dates_beyond_the_first_are_counted_and_unfold(
    language: str, more: str, empty_store: Path
) -> None:
    days = (TODAY - timedelta(days=9), TODAY + timedelta(days=9))
    store_of(
        empty_store,
        assessment(),
        *(
            action(decided_on=TODAY - timedelta(days=20), due_on=day, squad=f"Squad {number}")
            for day in days
            for number in range(9)
        ),
    )
    app = app_on(page_files.HOME, language=language)

    assert not app.exception
    assert text_of(app).replace("\xa0", " ").splitlines().count(more) == 1
    assert all(everything(app).count(f"Squad {number}") == 2 for number in range(9))


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_squads_it_says_which_are_shown(language: str, empty_store: Path) -> None:
    text = {
        "en": "The 12 squads to look at first, by name: overdue actions, then the lowest stages. "
        "From left to right",
        "fr": "Les 12 squads à regarder d’abord, par nom\xa0: actions en retard, puis stades les "
        "plus bas. De gauche à droite",
    }[language]
    store = store_of(empty_store, *(assessment(squad=f"Squad {n}") for n in range(13)))
    assert text not in text_of(app_on(page_files.HOME, language=language))
    store.add([assessment(squad="Squad 13")])
    assert text in text_of(app_on(page_files.HOME, language=language))


def test_each_cell_of_a_strip_of_stages_states_its_width(empty_store: Path) -> None:
    # WebKit gives what holds cells without a text of their own no width for their flex-basis: what
    # stands beside the strip lay over it, on every iPhone.
    store_of(empty_store, assessment())
    (strip,) = (
        html.proto.body
        for html in app_on(page_files.HOME).get("html")
        if "Vision: " in html.proto.body
    )
    assert strip.count("<span") == strip.count("; width: 24px") == 5
