"""Colours that can be told apart and text that can be read, on light and on dark."""

from __future__ import annotations

from itertools import combinations

import pytest

from assessment.charts.style import Style, contrast
from tests.charts.reading import DARK, LIGHT

both_styles = pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_runs_from_one_to_twenty_one() -> None:
    assert contrast("#FFFFFF", "#FFFFFF") == 1
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    # Worked by hand: #777777 on white is the well-known 4.48 that just fails AA.
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@both_styles
def test_eight_series_stand_out_from_the_page(style: Style) -> None:
    assert len(set(style.series)) == 8
    assert min(contrast(colour, style.background) for colour in style.series) >= 3


@both_styles
def test_eight_series_differ_in_dash_and_shape_as_well(style: Style) -> None:
    assert len(set(style.dashes)) == len(set(style.shapes)) == 8


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
def test_text_is_legible_on_every_stage_and_on_every_grey(style: Style) -> None:
    stages = [style.staged(stage) for stage in (1, 2, 3, 4)]
    for fill, text in [*stages, *(style.shaded(score) for score in (0, 50, 75))]:
        assert contrast(fill, text) >= 4.5, fill


@both_styles
def test_stages_stand_out_from_the_page_and_from_each_other(style: Style) -> None:
    """In brightness, or between blue and yellow, which protanopia and deuteranopia leave."""
    colours = [style.stage(stage) for stage in (1, 2, 3, 4)]
    assert min(contrast(colour, style.background) for colour in colours) >= 3
    for one, other in combinations(colours, 2):
        blue_apart = abs(int(one[5:], 16) - int(other[5:], 16))
        assert contrast(one, other) >= 1.3 or blue_apart >= 100, (one, other)


@both_styles
def test_what_has_no_stage_has_a_grey_that_is_stronger_the_lower_it_is(style: Style) -> None:
    fills = [style.shaded(score)[0] for score in (0, 49.9, 50, 74.9, 75, 100)]
    strong, middle, pale = fills[::2]
    assert fills == [strong, strong, middle, middle, pale, pale]
    apart = [contrast(fill, style.background) for fill in (strong, middle, pale)]
    assert apart[0] > 2 * apart[1] > 2 * apart[2]
    assert not {strong, middle, pale} & {style.stage(stage) for stage in (1, 2, 3, 4)}


def test_a_score_a_hair_below_a_grey_has_reached_it() -> None:
    assert LIGHT.shaded(49.99999999999999) == LIGHT.shaded(50)
