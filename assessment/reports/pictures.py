"""A squad's charts as they stand in documents: small SVG pictures on white paper, with words."""

from collections.abc import Callable
from dataclasses import dataclass

from assessment.charts.bars import lens_bars, level_bars
from assessment.charts.deciders import deciders_map
from assessment.charts.pairs import fit_beside_maturity
from assessment.charts.radar import radar
from assessment.charts.specs import ChartFunction, spec_of
from assessment.charts.wording import out_of_hundred
from assessment.languages import Words
from assessment.reports.document import PAPER
from assessment.reports.images import svg
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.parts import Picture

WIDTH, MARGIN = 360, 4
"""Narrow enough for a phone, and for two pictures side by side on paper."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Draws the charts of a briefing in its language, each as the text of an SVG document.

    `before_squad` is called before the first picture of each squad: whoever waits may be told, and
    what it raises ends the drawing.
    """

    words: Words
    before_squad: Callable[[], object]

    def bars(self, squad: SquadPart) -> str:
        """The squad's levels as bars, the first of its pictures."""
        self.before_squad()
        return self._drawn(level_bars, squad.levels_picture)

    def radar(self, squad: SquadPart) -> str:
        """The squad's levels as a radar."""
        return self._drawn(radar, squad.levels_picture)

    def fit(self, deep: DeepPart) -> str:
        """The fit of who decides beside maturity, level by level."""
        return self._drawn(fit_beside_maturity, deep.fit_picture)

    def map(self, deep: DeepPart, *, width: int = WIDTH) -> str:
        """Decisions by roles: who decides today against who should."""
        return self._drawn(deciders_map, deep.map_picture, width)

    def lenses(self, deep: DeepPart) -> str:
        """The lenses' scores as bars."""
        return self._drawn(lens_bars, deep.lens_picture)

    def _drawn(self, chart: ChartFunction, picture: Picture, width: int = WIDTH) -> str:
        spec = spec_of(chart, picture.frame(), words=self.words, style=PAPER)
        return svg(spec, style=PAPER, width=width, margin=MARGIN).decode()


def levels_in_words(briefing: Briefing, squad: SquadPart) -> str:
    """What a picture of levels shows, for whoever does not see it: each level's score."""
    return ". ".join(
        out_of_hundred(squad.squad, level.name, level.score, words=briefing.edition.words)
        for level in squad.level_parts
    )
