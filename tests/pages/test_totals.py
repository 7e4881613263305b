"""Pages that show a period whose answers were counted: a result without voices, and said so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assessment.languages import LANGUAGES
from assessment.ui.session import page_files
from tests.builders import assessment, total
from tests.examples import EXAMPLE_1
from tests.pages.app import app_on, store_of, text_of
from tests.pages.visitors import everything

COUNTED = {item: {option: 6} for item, option in EXAMPLE_1.items()}
WORDS = {
    "en": "The answers of 6 voices were counted and deleted",
    "fr": "Les réponses de 6 voix ont été comptées puis supprimées",
}
RESULTS = (page_files.SQUAD, page_files.COMPARE, page_files.TRENDS, page_files.LEADERSHIP)
OTHERS = (page_files.HOME, page_files.DATA, page_files.STATUS, page_files.PRIVACY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_squad_of_totals_alone_has_a_result_and_a_trend(language: str, empty_store: Path) -> None:
    store_of(
        empty_store,
        total(answers=COUNTED, assessed_on=date(2026, 6, 3)),
        total(answers=COUNTED, assessed_on=date(2026, 9, 3)),
        total(answers={}, voices=2, assessed_on=date(2026, 3, 3)),
        total(squad="Borea", answers=COUNTED, invited=True, assessed_on=date(2026, 9, 9)),
    )
    for page in (*RESULTS, *OTHERS):
        assert not app_on(page, language=language).exception, page
    assert WORDS[language] in everything(app_on(page_files.SQUAD, language=language, squad="Atlas"))
    trends = text_of(app_on(page_files.TRENDS, language=language, squad="Atlas"))
    assert {"en": "3 of them have no band: answers", "fr": "dont 3 sans bande"}[language] in trends
    assert {"en": "4 period totals", "fr": "4 totaux de période"}[language] in str(
        app_on(page_files.STATUS, language=language).table[0].value.to_string()
    )


def test_a_check_after_totals_is_compared_with_them(empty_store: Path) -> None:
    store_of(empty_store, total(answers=COUNTED, assessed_on=date(2026, 9, 3)))
    store_of(empty_store, assessment(answers=EXAMPLE_1))
    for page in RESULTS:
        assert not app_on(page, squad="Atlas").exception, page
    assert WORDS["en"] not in everything(app_on(page_files.SQUAD, squad="Atlas"))
