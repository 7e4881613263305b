"""The method page: chapters beside an index, the scale drawn once, an accessibility statement."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.languages import LANGUAGES, words_in
from assessment.ui.learn.method import CHAPTERS
from assessment.ui.session import page_files
from tests.pages.app import app_on, text_of


def drawn_scales(app: AppTest) -> list[str]:
    """The scales drawn on a page, as screen readers hear them."""
    bodies = [element.proto.body for element in app.get("html")]
    return [
        body.partition('aria-label="')[2].partition('"')[0] for body in bodies if "0–25" in body
    ]


def index(app: AppTest) -> list[str]:
    """The chapters that the page leads to."""
    links = [link.proto.query_string for link in app.get("page_link")]
    return [link.partition("view=")[2] for link in links]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_stands_by_itself_beside_the_index(
    chapter: str, language: str, empty_store: Path
) -> None:
    app = app_on(page_files.METHOD, language=language, view=chapter)

    assert not app.exception
    assert len(app.header) == 1
    others = [other for other in CHAPTERS if other != chapter]
    following = list(CHAPTERS)[list(CHAPTERS).index(chapter) + 1 :][:1]
    assert index(app) == [*others, *following]


def test_the_method_begins_with_a_worked_example_of_all_fourteen_answers(
    empty_store: Path,
) -> None:
    app = app_on(page_files.METHOD)

    assert app.header[0].value == "A worked example"
    assert len(app.table[0].value) == 14
    assert "Score: 100 × 7.5 ÷ 15 = 50." in text_of(app)


def test_the_scale_is_drawn_once(empty_store: Path) -> None:
    scales = [
        scale
        for chapter in CHAPTERS
        for scale in drawn_scales(app_on(page_files.METHOD, view=chapter))
    ]

    assert scales == ["Blurred 0–25, Propped up 25–50, Framed 50–75, Fluid 75–100"]


@pytest.mark.parametrize(
    ("view", "language", "rule"),
    [
        # The bottleneck, with its numbers.
        ("findings", "en", "at every level answered, 3 or more, and decides alone at least once"),
        ("findings", "en", "they decide alone in 75% of the decisions or more"),
        ("findings", "fr", "à chaque niveau renseigné, 3 au moins, et décide seule"),
        ("findings", "fr", "dans 75 % des décisions ou plus"),
        # Half of the voices.
        ("findings", "en", "a finding is raised when at least 50% of those who answered say so"),
        ("findings", "fr", "quand au moins 50 % de celles qui ont répondu le disent"),
        # The setup of each voice's day.
        ("lenses", "en", "Each voice is read with the setup of the day it answered"),
        ("lenses", "fr", "Chaque voix est lue selon l'organisation du jour où elle a répondu"),
        # What “voices” counts.
        ("readings", "en", "a level says how many voices its own questions have"),
        ("readings", "fr", "combien de voix ont répondu à ses propres questions"),
    ],
)
def test_the_method_states_the_rules_about_voices_with_their_numbers(
    view: str, language: str, rule: str, empty_store: Path
) -> None:
    text = text_of(app_on(page_files.METHOD, language=language, view=view))

    assert rule in text.translate(str.maketrans("\u202f\u00a0’", "  '"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_accessibility_statement_is_a_chapter(language: str, empty_store: Path) -> None:
    text = text_of(app_on(page_files.METHOD, language=language, view="accessibility"))

    assert "WCAG 2.2" in text
    assert words_in(language).gettext("What falls short") in text


def test_a_chapter_that_is_unknown_is_told(empty_store: Path) -> None:
    app = app_on(page_files.METHOD, view="magic")

    assert "This page has no section “magic”; you see “A worked example”." in text_of(app)
