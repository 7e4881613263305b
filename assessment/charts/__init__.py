"""Charts of the product: a tidy frame in, an Altair chart out; nothing is shown here.

Every function takes `words` (the reader's language) and `style` (light or dark) and returns
one layered chart that is as wide as its container, draws people's text as plain text, and
carries its own fonts and colours, so that the same spec serves the screen and every export.
"""

from assessment.charts.bars import level_bars, level_bars_rows
from assessment.charts.change import change_dumbbell
from assessment.charts.contested import contested_bars
from assessment.charts.cycle import step_cycle
from assessment.charts.deciders import deciders_map
from assessment.charts.divided import divided_voices
from assessment.charts.fit import fit_beside_maturity
from assessment.charts.lenses import lens_bars
from assessment.charts.lines import fit_lines, level_lines, overall_lines
from assessment.charts.radar import MOST_OVERLAID, radar, small_radar
from assessment.charts.seats import seat_pressures
from assessment.charts.squads import fit_map, grouped_bars, heat_map, lens_map
from assessment.charts.strips import lens_lines, vital_lines
from assessment.charts.style import MOST_SERIES, Style
from assessment.charts.voices import voice_spread

__all__ = [
    "MOST_OVERLAID",
    "MOST_SERIES",
    "Style",
    "change_dumbbell",
    "contested_bars",
    "deciders_map",
    "divided_voices",
    "fit_beside_maturity",
    "fit_lines",
    "fit_map",
    "grouped_bars",
    "heat_map",
    "lens_bars",
    "lens_lines",
    "lens_map",
    "level_bars",
    "level_bars_rows",
    "level_lines",
    "overall_lines",
    "radar",
    "seat_pressures",
    "small_radar",
    "step_cycle",
    "vital_lines",
    "voice_spread",
]
