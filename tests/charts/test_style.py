"""Colours that can be told apart and text that can be read, on light and on dark."""

from __future__ import annotations

from itertools import combinations

import pytest

from assessment.charts.style import MOST_SERIES, Style, contrast
from tests.charts.reading import DARK, LIGHT

both_styles = pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_runs_from_one_to_twenty_one() -> None:
    assert contrast("#FFFFFF", "#FFFFFF") == 1
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    # Worked by hand: #777777 on white is the well-known 4.48 that just fails AA.
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@both_styles
def test_eight_series_stand_out_from_the_page(style: Style) -> None:
    assert len(set(style.series)) == MOST_SERIES
    assert min(contrast(colour, style.background) for colour in style.series) >= 3


@both_styles
def test_eight_series_differ_in_dash_and_shape_as_well(style: Style) -> None:
    assert len(set(style.dashes)) == len(set(style.shapes)) == MOST_SERIES


@both_styles
def test_text_is_legible_on_the_page_and_on_a_bars_track(style: Style) -> None:
    for surface in (style.background, style.track):
        assert contrast(style.text, surface) >= 4.5
        assert contrast(style.muted, surface) >= 4.5


@both_styles
def test_numbers_on_voices_are_legible(style: Style) -> None:
    for colour in (style.trouble, style.muted, style.healthy):
        assert contrast(style.background, colour) >= 4.5


@both_styles
def test_every_score_is_legible_on_its_heat(style: Style) -> None:
    for tenth in range(1001):
        fill, text = style.heat(tenth / 10)
        assert contrast(fill, text) >= 4.5, tenth / 10


@both_styles
def test_stages_stand_out_from_the_page_and_from_each_other(style: Style) -> None:
    """In brightness, or between blue and yellow, which protanopia and deuteranopia leave."""
    colours = [style.stage(stage) for stage in (1, 2, 3, 4)]
    assert min(contrast(colour, style.background) for colour in colours) >= 3
    for one, other in combinations(colours, 2):
        blue_apart = abs(int(one[5:], 16) - int(other[5:], 16))
        assert contrast(one, other) >= 1.3 or blue_apart >= 100, (one, other)


@pytest.mark.parametrize(
    ("score", "stage"), [(0, 1), (24.9, 1), (25, 2), (50, 3), (75, 4), (100, 4)]
)
def test_a_score_is_painted_in_the_colour_of_its_stage(score: float, stage: int) -> None:
    assert LIGHT.heat(score)[0] == LIGHT.stage(stage)


def test_a_score_a_hair_below_a_stage_has_reached_it() -> None:
    assert LIGHT.heat(49.99999999999999)[0] == LIGHT.stage(3)


def test_a_capped_stage_outweighs_the_score() -> None:
    assert LIGHT.heat(82, 3)[0] == LIGHT.stage(3)
