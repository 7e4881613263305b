"""Each picture of a file is drawn once, and cuts no name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assessment.languages import LANGUAGES
from assessment.reports import pictures
from assessment.reports.images import svg
from assessment.reports.pdf import MAP_WIDTH, pdf
from assessment.reports.pictures import Pictures
from assessment.reports.web_page import web_page
from assessment.wording.briefing import Briefing
from tests.reports.briefings import few, mapped


@pytest.mark.parametrize(
    ("file", "drawn"),
    # Each squad's bars and radar, and the map of the two that took the deep check; the web page has
    # their fit and lenses beside it.
    [(pdf, 3 * 2 + 2), (web_page, 3 * 2 + 2 * 3)],
)
def test_the_pictures_of_three_squads_are_drawn_once_each(
    file: Callable[[Briefing], bytes], drawn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderings: list[bytes] = []

    def counted(spec: Any, **look: Any) -> bytes:
        renderings.append(svg(spec, **look))
        return renderings[-1]

    monkeypatch.setattr(pictures, "svg", counted)

    file(few("en"))

    assert len(renderings) == len(set(renderings)) == drawn


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [pictures.WIDTH, 500, MAP_WIDTH, 900])
def test_the_map_of_who_decides_cuts_no_name(language: str, width: int) -> None:
    briefing = mapped("Atlas", language=language)
    (deep,) = [squad.deep for squad in briefing.squads if squad.deep]
    drawn = Pictures(briefing.edition.words, lambda: None).map(deep, width=width)
    assert "…" not in drawn
