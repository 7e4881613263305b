"""What stands on a ring: Vega-Lite has no polar lines, so that a turn becomes two positions.

Everything is laid out on two linear scales whose pixel range is an expression of the parameters
`middle`, `centre` and `radius`: the ring keeps its shape in any column.
"""

from math import cos, sin

import altair as alt

from assessment.charts import draw
from assessment.charts.rows import Row


def point(turn: float, radius: float = 1) -> Row:
    """Where a turn clockwise from the top ends on a ring of this radius, as x and y."""
    # Adding 0.0 turns -0.0 into 0.0, which would make specs differ for nothing.
    return {"x": round(radius * sin(turn), 3) + 0.0, "y": round(radius * cos(turn), 3) + 0.0}


def encodings(outer: int) -> draw.Properties:
    """Positions on the ring's own scales, `outer` being its radius."""

    def scale(start: str, end: str) -> alt.Scale:
        return draw.linear((-outer, outer), (draw.expr(start), draw.expr(end)))

    across = scale("middle - radius", "middle + radius")
    down = scale("centre + radius", "centre - radius")
    return {
        "x": alt.X(field="x", type="quantitative", scale=across, axis=None),
        "y": alt.Y(field="y", type="quantitative", scale=down, axis=None),
    }
