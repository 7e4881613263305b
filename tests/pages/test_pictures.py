"""Every picture of the result pages has its finding as title, and the same as a table beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.ui.session import page_files
from tests.pages.app import LANGUAGES, elements_of, opened

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
def test_a_picture_says_its_finding_as_its_title(
    page: str, params: dict[str, str], language: str, full_store: Path
) -> None:
    app = opened(page, language=language, **params)
    titles = said_as_titles(app)
    pictures = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    assert pictures
    assert [alt for alt in pictures if alt not in titles] == []
