"""How tests read a chart's spec."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import altair as alt

from assessment.charts.bars import lens_bars, level_bars
from assessment.charts.cycle import step_cycle
from assessment.charts.deciders import deciders_map
from assessment.charts.decision_seats import decision_seats
from assessment.charts.divided import contested_bars
from assessment.charts.grouped_bars import grouped_bars
from assessment.charts.lines import fit_lines, level_lines, level_strips, squad_lines
from assessment.charts.maps import fit_map, heat_map, keyed_heat_map, lens_map
from assessment.charts.pairs import change_dumbbell, fit_beside_maturity
from assessment.charts.radar import radar, small_radar
from assessment.charts.seats import seat_pressures
from assessment.charts.strips import lens_lines, vital_lines
from assessment.charts.style import Style
from assessment.charts.voices import voice_spread
from assessment.languages import words_in
from tests.charts import frames

LIGHT, DARK = Style(dark=False), Style(dark=True)
EN, FR = words_in("en"), words_in("fr")

Spec = dict[str, Any]

alt.theme.enable("none")  # every chart carries a look of its own


def spec_of(chart: alt.LayerChart) -> Spec:
    """The validated spec."""
    return chart.to_dict()


def rows_of(spec: Spec, name: str | None = None) -> list[dict[str, Any]]:
    """The rows that layers share, or those of the layers that draw the table `name`."""
    data: Spec = (
        spec["data"]
        if name is None
        else next(
            layer["data"] for layer in spec["layer"] if layer.get("data", {}).get("name") == name
        )
    )
    return list(data["values"])


def layers_of(spec: Spec, mark: str) -> list[Spec]:
    """The layers drawn with one kind of mark."""
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]


def scales_of(spec: Spec, channel: str) -> list[Spec]:
    """The scales that layers use for a channel."""
    scales = (layer["encoding"].get(channel, {}).get("scale") for layer in spec["layer"])
    return [scale for scale in scales if scale]


def strings_in(value: object) -> list[str]:
    """Every text inside a spec, keys left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings_in(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings_in(part)]
    return []


EVERY_CHART: dict[str, Callable[..., alt.LayerChart]] = {
    "radar-one-squad": lambda **look: radar(frames.levels({"Atlas": frames.ATLAS}), **look),
    "radar-three-squads": lambda **look: radar(
        frames.levels({"Atlas": frames.ATLAS, "Boréal": frames.BOREAL, "Dune": frames.DUNE}),
        **look,
    ),
    "small-radar": lambda **look: small_radar(frames.levels({"Dune": frames.DUNE}), **look),
    "level-bars": lambda **look: level_bars(
        frames.levels(
            {"Dune": frames.DUNE}, changes=(float("nan"), 14, -3, float("nan"), 0), reach=6
        ),
        **look,
    ),
    "grouped-bars": lambda **look: grouped_bars(
        frames.levels({"Atlas": frames.ATLAS, "Dune": frames.DUNE}).query("level == 'daily'"),
        **look,
    ),
    "heat-map": lambda **look: heat_map(
        frames.levels({"Atlas": frames.ATLAS, "Dune": frames.DUNE}), **look
    ),
    "keyed-heat-map": lambda **look: keyed_heat_map(
        frames.levels({"Atlas": frames.ATLAS, "Dune": frames.DUNE}), **look
    ),
    "level-lines": lambda **look: level_lines(frames.history(), **look),
    "level-lines-one-round": lambda **look: level_lines(frames.history(1), **look),
    "level-lines-with-actions": lambda **look: level_lines(
        frames.history(), actions=frames.actions(), **look
    ),
    "level-strips": lambda **look: level_strips(frames.history(), actions=frames.actions(), **look),
    "squad-lines": lambda **look: squad_lines(
        frames.scores(["Atlas", "Boréal", "Cobalt", "Dune", "Écume"]), **look
    ),
    "change-dumbbell": lambda **look: change_dumbbell(frames.change(), **look),
    "voice-spread": lambda **look: voice_spread(frames.spread(), **look),
    "step-cycle": lambda **look: step_cycle(frames.steps(), **look),
    "deciders-map": lambda **look: deciders_map(frames.deciders(), **look),
    "deciders-map-voices": lambda **look: deciders_map(frames.deciders(voices=3), **look),
    "fit-beside-maturity": lambda **look: fit_beside_maturity(frames.fit(), **look),
    "fit-lines": lambda **look: fit_lines(frames.fit_history(), **look),
    "decision-seats": lambda **look: decision_seats(frames.decision_seats(), **look),
    "fit-map": lambda **look: fit_map(
        frames.fit({"Atlas": (100.0, 75.0, 50.0, 0.0, float("nan")), "Dune": (0.0,) * 5}), **look
    ),
    "lens-bars": lambda **look: lens_bars(frames.lenses(), **look),
    "lens-lines": lambda **look: lens_lines(frames.lens_history(), **look),
    "lens-map": lambda **look: lens_map(frames.lenses(("Atlas", "Dune")), **look),
    "contested-bars": lambda **look: contested_bars(frames.contested(), **look),
    "vital-lines": lambda **look: vital_lines(frames.signs(), **look),
    "seat-pressures": lambda **look: seat_pressures(frames.pressures(), **look),
}
"""One example of every chart, by the name of its approved spec."""


@cache
def example(name: str, style: Style = LIGHT) -> Spec:
    """The spec of one example in English; tests read it and leave it as it is."""
    return spec_of(EVERY_CHART[name](words=EN, style=style))
