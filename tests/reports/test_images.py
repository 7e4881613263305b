"""Charts as pictures."""

from __future__ import annotations

import struct
from collections.abc import Callable
from copy import deepcopy

import pytest

from assessment.charts.bars import level_bars
from assessment.charts.maps import heat_map
from assessment.charts.radar import radar
from assessment.charts.specs import Spec, spec_of
from assessment.reports.images import png, svg
from tests.charts import frames
from tests.charts.reading import DARK, EN, LIGHT


@pytest.fixture(scope="module")
def chart() -> Spec:
    levels = frames.levels({frames.AWKWARD: frames.ATLAS, "Dune": frames.DUNE})
    return spec_of(radar, levels, words=EN, style=LIGHT)


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height from a PNG's first chunk."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", picture[16:24])


def test_a_png_has_two_pixels_for_each_of_its_width(chart: Spec) -> None:
    # The radar with its key is 376 high; 24 pixels of margin stand on each side.
    assert size_of(png(chart, style=LIGHT)) == (1440, 848)


def test_a_title_and_a_badge_make_the_picture_taller(chart: Spec) -> None:
    one_line = size_of(png(chart, style=LIGHT, title="Short"))
    two_lines = size_of(png(chart, style=LIGHT, title="A sentence that is long. " * 4))
    badge = size_of(png(chart, style=LIGHT, badge="Sample data"))
    assert one_line == (1440, 2 * (424 + 24 + 16))
    assert two_lines == (1440, 2 * (424 + 48 + 16))
    assert badge == (1440, 2 * (424 + 24 + 16))


def test_a_title_is_drawn_as_it_stands_over_as_many_lines_as_it_needs(
    chart: Spec,
) -> None:
    title = "Two of three: <b>delivery</b> & quality is fluid; arbitration is blurred, *because*."
    drawn = svg(chart, style=LIGHT, title=title, badge="Sample data").decode()
    assert "&lt;b&gt;delivery&lt;/b&gt; &amp; quality" in drawn
    assert "*because*." in drawn
    assert "Sample data" in drawn


def test_squads_names_are_text_in_an_svg(chart: Spec) -> None:
    drawn = svg(chart, style=LIGHT, width=1200).decode()
    assert "<b>" not in drawn
    assert "&lt;b&gt;Équipe&lt;/b&gt; &amp; *paiements* [lien](http://x.y) {score}" in drawn


@pytest.mark.parametrize("draw", [png, svg])
def test_a_character_that_xml_forbids_is_left_out(draw: Callable[..., object]) -> None:
    # vl-convert aborts the whole process on one.
    name = "Non\uffffcharacter \ufffe"
    levels = frames.levels({name: frames.ATLAS, "Dune": frames.DUNE})
    for make in (radar, heat_map):
        assert draw(spec_of(make, levels, words=EN, style=LIGHT), style=LIGHT, title=name)


def test_the_page_is_solid_in_its_own_colour(chart: Spec) -> None:
    assert f'fill="{LIGHT.background.lower()}"' in svg(chart, style=LIGHT).decode().lower()
    dark = spec_of(level_bars, frames.levels({"A": frames.ATLAS}), words=EN, style=DARK)
    assert f'fill="{DARK.background.lower()}"' in svg(dark, style=DARK).decode().lower()


def test_a_spec_that_was_drawn_stays_as_it_was(chart: Spec) -> None:
    kept = deepcopy(chart)
    assert svg(chart, style=LIGHT, title="T", badge="Sample data")
    assert chart == kept
