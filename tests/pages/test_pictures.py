"""Every picture of the result pages has its finding as title, and the same as a table beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.charts.bars import level_bars
from assessment.charts.specs import spec_of
from assessment.charts.style import Style
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.rounds.history import History
from assessment.rounds.results import result_of
from assessment.ui.parts.charts import level_bars_spec
from assessment.ui.session import page_files
from assessment.wording.briefing import SquadPart
from tests.builders import sample_assessments
from tests.pages.app import app_on, elements_of

COBALT = {"squad": "Cobalt · demo", "period": "2026-10"}
VIEWS = [
    *((page_files.SQUAD, COBALT | {"view": view}) for view in ("do", "voices", "who-decides")),
    *((page_files.SQUAD, COBALT | {"view": view}) for view in ("lenses", "numbers")),
    *((page_files.TRENDS, COBALT | {"view": view}) for view in ("levels", "who-decides", "lenses")),
    (page_files.TRENDS, COBALT | {"level": "vision"}),
    *((page_files.COMPARE, {"view": view}) for view in ("levels", "who-decides", "lenses")),
]


def said_as_titles(app: AppTest) -> list[str]:
    """What stands as a heading on the page, folded parts included."""
    headings = [part.value for part in elements_of(app, "header", "subheader")]
    headings += [part.value for part in app.markdown if part.value.startswith("#")]
    return [heading.lstrip("# ").replace("\\", "").replace("\u2060", "") for heading in headings]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "params"), VIEWS)
def test_a_picture_says_what_it_is_of_whom_and_its_finding_as_its_title(
    page: str, params: dict[str, str], language: str, seen_store: Path
) -> None:
    app = app_on(page, language=language, **params)
    titles = said_as_titles(app)
    if page == page_files.COMPARE and params["view"] == "levels":
        titles.append(edition_in(language).level("daily"))  # the one chosen: the verdict names it
    pictures = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    assert pictures
    assert len(set(pictures)) == len(pictures)
    assert [alt for alt in pictures if not alt.endswith(tuple(titles)) or alt in titles] == []
    if page != page_files.COMPARE:
        assert [alt for alt in pictures if COBALT["squad"] not in alt] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bars_of_one_level_are_told_as_that_level_alone(
    language: str, seen_store: Path
) -> None:
    app = app_on(page_files.COMPARE, language=language, level="vision")
    _map, bars = (chart.proto.alt for chart in app.get("vega_lite_chart"))
    assert bars.startswith(f"{words_in(language).gettext('Bars: scores by squad')} · Atlas · demo")
    assert bars.endswith(": Vision")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_with_rows_put_in_are_those_that_would_be_drawn(language: str, dark: bool) -> None:
    history = History(shipped_framework(), sample_assessments(), "month")
    words, style = words_in(language), Style(dark=dark)
    for squad in history.all_rounds():
        result = result_of(history, squad.squad, squad.period, ())
        levels = SquadPart(edition_in(language), result, date(2026, 11, 28)).levels_picture.frame()
        drawn = spec_of(level_bars, levels, words=words, style=style)
        assert level_bars_spec(levels, language, dark=dark) == drawn
