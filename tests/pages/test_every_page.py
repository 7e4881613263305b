"""Every page opens in both languages, on an empty store and on a full one."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from assessment.languages import LANGUAGES, words_in
from assessment.storage.csv.places import locks_are_honoured
from assessment.ui.guard import stored as guard
from tests.pages.app import app_on, page_files, stored, text_of

RESULT_PAGES = [page for page in page_files() if page.startswith("pages/results/")]
ENGLISH_ONLY = re.compile(r"\b(the|and|your|answers|check|squads? by)\b")
FRENCH_ONLY = re.compile(r"\b(les|des|votre|réponses|niveau)\b")


def words_of(page: str, language: str, folder: Path) -> str:
    """What the product says on a page; mandates stand in the language they were written in."""
    said = text_of(app_on(page, language=language))
    for assessment in stored(folder):
        for sentence in assessment.deep.mandates.values():
            said = said.replace(sentence, "")
    return said


def test_there_are_pages_to_test() -> None:
    assert len(page_files()) >= 6


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", page_files())
def test_page_opens_on_an_empty_store(page: str, language: str, empty_store: Path) -> None:
    app = app_on(page, language=language)
    assert not app.exception
    assert len(app.title) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", page_files())
def test_page_opens_on_a_full_store(page: str, language: str, full_store: Path) -> None:
    app = app_on(page, language=language)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1


@pytest.mark.parametrize("page", page_files())
def test_page_opens_or_says_why_not_where_the_folder_of_data_cannot_be_reached(
    page: str, full_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat_of = Path.stat

    def unreachable(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == full_store or full_store in path.parents:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return stat_of(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(guard, "locks_are_honoured", locks_are_honoured)
    monkeypatch.setattr(Path, "stat", unreachable)
    app = app_on(page)

    assert not app.exception
    assert app.title or "cannot be read (the system answers ESTALE)" in app.error[0].value


@pytest.mark.parametrize("page", page_files())
def test_french_page_holds_no_english_sentence(page: str, full_store: Path) -> None:
    french = words_of(page, "fr", full_store)
    assert ENGLISH_ONLY.search(french) is None, ENGLISH_ONLY.findall(french)


@pytest.mark.parametrize("page", page_files())
def test_english_page_holds_no_french_sentence(page: str, full_store: Path) -> None:
    english = words_of(page, "en", full_store)
    assert FRENCH_ONLY.search(english) is None, FRENCH_ONLY.findall(english)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [*RESULT_PAGES, "pages/manage/data.py"])
def test_empty_page_says_why_and_leads_to_the_quick_check(
    page: str, language: str, empty_store: Path
) -> None:
    app = app_on(page, language=language)
    words = words_in(language)
    assert words.gettext("Nothing is stored yet") in text_of(app)
    app.button("empty-start").click().run()
    assert not app.exception
    assert app.title[0].value == words.gettext("Quick check")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [*RESULT_PAGES, "pages/manage/data.py"])
def test_sample_data_are_one_click_away_from_every_empty_page(
    page: str, language: str, empty_store: Path
) -> None:
    app = app_on(page, language=language)
    app.button("sample-load").click().run()
    assert not app.exception
    assert words_in(language).gettext("Sample data") in text_of(app)


@pytest.mark.parametrize("page", [page for page in RESULT_PAGES if "leadership" not in page])
def test_every_chart_says_what_it_shows(page: str, full_store: Path) -> None:
    charts = app_on(page).get("vega_lite_chart")
    assert charts
    assert all(len(chart.proto.alt) > 5 for chart in charts)


@pytest.mark.parametrize("page", RESULT_PAGES)
def test_cold_start_on_a_page_shows_that_page(page: str, full_store: Path) -> None:
    from streamlit.testing.v1 import AppTest

    from tests.pages.app import PROJECT

    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
    app.switch_page(page)
    app.run()
    assert not app.exception
    assert len(app.title) == 1
