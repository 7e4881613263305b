"""How charts look on a light and on a dark page: colours, dashes, shapes, fonts; no data."""

from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin

import altair as alt

from assessment.languages import GREYS

ROUNDING = 1e-9
"""Scores are sums of fractions: one a hair below a stage has reached it."""

FONT = "Source Sans, sans-serif"
"""Streamlit's own font, unquoted: vl-convert measures text wrongly in quoted families."""

# Each at least 3:1 against its page, and apart for readers with protanopia or deuteranopia.
_SERIES_ON_LIGHT = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#B0468F",
    "#6B4E00",
    "#3B1F8C",
    "#707070",
    "#1B1B1B",
)
_SERIES_ON_DARK = (
    "#56B4E9",
    "#E69F00",
    "#2CC295",
    "#F08BC4",
    "#F5EE6B",
    "#A58CFF",
    "#FFFFFF",
    "#7C858D",
)

# Blurred, propped up, framed, fluid: warm while decisions leak, blue once they hold. Each at least
# 3:1 against its page, and next to its neighbour in brightness too, for colour-blind readers.
_STAGES_ON_LIGHT = ("#B5320E", "#B87A00", "#4A94CE", "#0B4A7E")
_STAGES_ON_DARK = ("#FF7A4D", "#F2C14E", "#8CC8F0", "#3B86CC")


def _star() -> str:
    """A five-pointed star as an SVG path in the unit square Vega scales shapes from."""
    corners = (
        (radius * sin(pi * i / 5), -radius * cos(pi * i / 5))
        for i, radius in enumerate((1.0, 0.42) * 5)
    )
    return "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in corners) + "Z"


@dataclass(frozen=True, slots=True)
class Style:
    """The look of every chart on a light or a dark page."""

    dark: bool

    @property
    def background(self) -> str:
        """The page behind the chart; also the halo around points."""
        return "#101418" if self.dark else "#FFFFFF"

    @property
    def text(self) -> str:
        """Names and numbers, 12:1 or better."""
        return "#EEF2F5" if self.dark else "#0F1419"

    @property
    def muted(self) -> str:
        """Secondary text, 4.5:1 or better, also on `track`."""
        return "#A9B4BE" if self.dark else "#525D67"

    @property
    def grid(self) -> str:
        """Rings, spokes and rules: seen when looked for."""
        return "#46515B" if self.dark else "#C3CAD1"

    @property
    def track(self) -> str:
        """The empty part of a bar, from 0 to 100."""
        return "#232B33" if self.dark else "#E9EDF1"

    @property
    def trouble(self) -> str:
        """What needs attention; `background` is legible on it, 4.5:1."""
        return "#E69F00" if self.dark else "#B34700"

    @property
    def healthy(self) -> str:
        """What is well; `background` is legible on it, 4.5:1."""
        return self.series[0]

    @property
    def bands(self) -> tuple[str, str, str]:
        """Three neutral tints, from calm to serious, for bullet bars."""
        if self.dark:
            return "#20282F", "#303A43", "#434F5A"
        return "#EEF1F4", "#DCE2E8", "#C5CED6"

    @property
    def series(self) -> tuple[str, ...]:
        """Colours of up to eight series, in their order."""
        return _SERIES_ON_DARK if self.dark else _SERIES_ON_LIGHT

    @property
    def dashes(self) -> tuple[tuple[int, ...], ...]:
        """One dash pattern per series; the first is solid."""
        return ((1, 0), (8, 4), (2, 3), (10, 3, 2, 3), (4, 2), (14, 4), (6, 2, 2, 2, 2, 2), (1, 4))

    @property
    def shapes(self) -> tuple[str, ...]:
        """One point shape per series."""
        return (
            "circle",
            "square",
            "triangle-up",
            "diamond",
            "cross",
            "triangle-down",
            _star(),
            "triangle-right",
        )

    def stage(self, stage: int) -> str:
        """The colour of a stage, 1 (blurred) to 4 (fluid)."""
        return (_STAGES_ON_DARK if self.dark else _STAGES_ON_LIGHT)[stage - 1]

    def staged(self, stage: int) -> tuple[str, str]:
        """Fill and text colour of a cell in a stage; text is 4.5:1."""
        fill = self.stage(stage)
        return fill, ink_on(fill)

    def shaded(self, score: float) -> tuple[str, str]:
        """Fill and text colour of a score in [0, 100] without a stage: a stronger grey if lower."""
        strong, middle, pale = self.muted, self.grid, self.track
        low, high = GREYS
        fill = strong if score + ROUNDING < low else middle if score + ROUNDING < high else pale
        return fill, ink_on(fill)

    def of_health(self, health: float | None) -> str:
        """The colour of an answer: trouble at 0, well at 1, and neither in between."""
        if health == 0:
            return self.trouble
        return self.healthy if health == 1 else self.muted

    def config(self) -> alt.Config:
        """Fonts and defaults, complete, since pages show charts without Streamlit's theme."""
        return alt.Config(
            background="transparent",
            font=FONT,
            view=alt.ViewConfig(stroke=None),
            # Streamlit would tell the encodings of each mark that has no tooltip.
            mark=alt.MarkConfig(tooltip=None),
            text=alt.MarkConfig(color=self.text, fontSize=13, font=FONT, baseline="middle"),
            rule=alt.MarkConfig(color=self.grid, strokeWidth=1),
        )


@cache
def ink_on(fill: str) -> str:
    """Black or white, whichever is read better on a colour."""
    return max(("#000000", "#FFFFFF"), key=lambda text: contrast(text, fill))


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two #rrggbb colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (channel / 255 for channel in bytes.fromhex(colour[1:]))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
