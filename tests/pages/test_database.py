"""The app on PostgreSQL: what people see while it is away, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.loading import shipped_framework
from assessment.exchange.archives import zip_of
from assessment.exchange.sample import sample_loaded_on
from assessment.storage.postgres.store import PostgresStore
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session import keys, page_files
from tests.builders import action, assessment, deep_assessment, setup
from tests.pages.app import answer, app_on, text_of
from tests.pages.app import page_files as every_page
from tests.storage.postgres import GROUP, Server

pytestmark = pytest.mark.xdist_group(GROUP)

ANSWERS = {"mandates-clear": "yes", "late-scope": "often"}
STORELESS = {
    page_files.CHECK,
    page_files.ROUND,  # reads nothing without an invitation
    page_files.SHARED_RESULT,
    page_files.METHOD,
    page_files.PLAYBOOK,
    page_files.PRIVACY,
}


@pytest.fixture
def app_store(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostgresStore]:
    """The app's own store, on an empty database."""
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", database)
    store = unguarded_store()
    assert isinstance(store, PostgresStore)
    yield store
    store.close()


def saved(app: AppTest) -> AppTest:
    app.text_input(keys.CHECK_NEW_SQUAD).set_value("Atlas")
    return app.button(keys.CHECK_SAVE).click().run()


def at_the_result(app: AppTest) -> AppTest:
    return answer(app, ANSWERS).segmented_control(keys.CHECK_STEP).set_value("result").run()


def test_a_check_is_saved_and_shown(app_store: PostgresStore) -> None:
    app = saved(at_the_result(app_on(page_files.CHECK)))

    assert not app.exception
    assert app.title[0].value == "Atlas"
    assert "Saved for Atlas" in text_of(app)
    (check,) = app_store.read().assessments
    assert check.answers == ANSWERS
    app.button(keys.CHECK_UNDO).click().run()
    assert app_store.read().assessments == ()


@pytest.mark.parametrize("known_before", [True, False], ids=["lost", "away-from-the-start"])
def test_while_the_database_is_away_answers_stay_and_are_saved_once_it_is_back(
    app_store: PostgresStore, postgres: Server, known_before: bool
) -> None:
    if known_before:
        app_store.read()
    postgres.stop()

    app = saved(at_the_result(app_on(page_files.CHECK)))

    assert not app.exception
    assert app.title[0].value == "Quick check"
    (message,) = [error.value for error in app.error]
    assert "cannot be reached, so nothing can be read or saved now" in message
    assert app.progress[0].text == "2 of 14 answered"
    postgres.start()
    saved(app)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == "Atlas"
    (check,) = app_store.read().assessments
    assert (check.squad, check.answers) == ("Atlas", ANSWERS)


def test_every_page_tells_that_the_database_is_away(
    app_store: PostgresStore, postgres: Server
) -> None:
    postgres.stop()
    for page in every_page():
        app = app_on(page)
        assert not app.exception, page
        assert ("cannot be reached" in text_of(app)) == (page not in STORELESS), page
    postgres.start()
    assert "cannot be reached" not in text_of(app_on(page_files.DATA))


def test_an_address_that_is_none_is_told_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", "postgresql://bob:a@s3cret@db/governance")

    app = app_on(page_files.DATA)

    assert not app.exception
    assert "is not the address of a PostgreSQL database" in text_of(app)
    assert "s3cret" not in text_of(app)


def test_samples_load_into_the_database(app_store: PostgresStore) -> None:
    app = app_on(page_files.DATA)
    app.button(keys.SAMPLE_LOAD).click().run()

    assert not app.exception
    today = datetime.now(UTC).date()
    assert app_store.read().records == sample_loaded_on(today, language="en")


def test_a_file_goes_into_the_database_after_a_preview(app_store: PostgresStore) -> None:
    there, new = assessment(), (deep_assessment(), setup(), action())
    app_store.add([there])
    data = zip_of([there, *new], shipped_framework())
    app = app_on(page_files.DATA)
    app.file_uploader[0].set_value(("all.zip", data, "application/zip"))
    app.run()

    assert "3 rows are new · 1 row is already there · 0 rows are refused" in text_of(app)
    assert app_store.read().records == (there,)
    app.button(keys.EXCHANGE_ADD).click().run()

    assert not app.exception
    assert app_store.read().records == (there, *new)
    assert "Entries added: 3." in text_of(app)


def test_an_upload_that_the_database_missed_is_told_and_can_be_sent_again(
    app_store: PostgresStore, postgres: Server
) -> None:
    file = ("all.zip", zip_of([setup()], shipped_framework()), "application/zip")
    app = app_on(page_files.DATA)
    app.file_uploader[0].set_value(file)
    app.run()
    postgres.stop()
    app.button(keys.EXCHANGE_ADD).click().run()
    assert not app.exception
    assert "cannot be reached" in text_of(app)
    assert "Entries added" not in text_of(app)

    postgres.start()
    app.run()
    app.file_uploader[0].set_value(file)
    app.run()
    app.button(keys.EXCHANGE_ADD).click().run()

    assert not app.exception
    assert "Entries added: 1." in text_of(app)
    assert len(app_store.read().setups) == 1
