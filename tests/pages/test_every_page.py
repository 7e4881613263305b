"""Every page opens in both languages, on an empty store and on a full one."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from assessment.exchange.sample import sample_records
from assessment.languages import LANGUAGES, words_in
from assessment.model import Assessment
from assessment.storage.csv.places import locks_are_honoured
from assessment.ui.guard import stored as guard
from tests.expected import ill_set
from tests.pages.app import app_on, page_files, text_of

RESULT_PAGES = [page for page in page_files() if page.startswith("pages/results/")]
OF_ANOTHER_LANGUAGE = {
    "en": re.compile(r"\b(les|des|votre|réponses|niveau)\b"),
    "fr": re.compile(r"\b(the|and|your|answers|check|squads? by)\b"),
}
MARKS = re.compile(r":[a-z/_-]+(?::|(?=\[))")
"""Streamlit's, of an icon or a badge."""

MANDATES = {
    sentence
    for record in sample_records()
    if isinstance(record, Assessment)
    for sentence in record.deep.mandates.values()
}
"""What the sample's people wrote, in their own language."""


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
def test_page_opens_on_a_full_store_in_words_and_spaces_of_its_language_alone(
    page: str, language: str, seen_store: Path
) -> None:
    app = app_on(page, language=language)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    text = text_of(app)
    for mandate in MANDATES:
        text = text.replace(mandate, "")
    assert OF_ANOTHER_LANGUAGE[language].findall(text) == []
    assert language != "fr" or ill_set(MARKS.sub("", text)) == []


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
def test_every_chart_says_what_it_shows(page: str, seen_store: Path) -> None:
    charts = app_on(page).get("vega_lite_chart")
    assert charts
    assert all(len(chart.proto.alt) > 5 for chart in charts)


@pytest.mark.parametrize("page", RESULT_PAGES)
def test_cold_start_on_a_page_shows_that_page(page: str, seen_store: Path) -> None:
    from streamlit.testing.v1 import AppTest

    from tests.pages.app import PROJECT

    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
    app.switch_page(page)
    app.run()
    assert not app.exception
    assert len(app.title) == 1
