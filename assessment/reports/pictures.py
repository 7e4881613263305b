"""A squad's charts as they stand in documents: small SVG pictures on white paper, with words."""

from __future__ import annotations

from typing import Any

from assessment.charts.bars import level_bars
from assessment.charts.deciders import deciders_map
from assessment.charts.fit import fit_beside_maturity
from assessment.charts.lenses import lens_bars
from assessment.charts.radar import radar
from assessment.charts.style import Style
from assessment.charts.wording import out_of_hundred
from assessment.reports.images import svg
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart

PAPER = Style(dark=False)
WIDTH = 400
"""Narrow enough for a phone, and for two pictures side by side on paper."""


def bars_of(briefing: Briefing, part: SquadPart) -> bytes:
    """The squad's levels as bars."""
    return _drawn(level_bars(part.levels, words=briefing.edition.words, style=PAPER))


def radar_of(briefing: Briefing, part: SquadPart) -> bytes:
    """The squad's levels as a radar."""
    return _drawn(radar(part.levels, words=briefing.edition.words, style=PAPER))


def fit_of(briefing: Briefing, part: DeepPart) -> bytes:
    """The fit of who decides beside maturity, level by level."""
    return _drawn(fit_beside_maturity(part.fit, words=briefing.edition.words, style=PAPER))


def map_of(briefing: Briefing, part: DeepPart, *, width: int = WIDTH) -> bytes:
    """Decisions by roles: who decides today against who should."""
    chart = deciders_map(part.deciders, words=briefing.edition.words, style=PAPER)
    return _drawn(chart, width=width)


def lenses_of(briefing: Briefing, part: DeepPart) -> bytes:
    """The lenses' scores as bars."""
    return _drawn(lens_bars(part.lenses, words=briefing.edition.words, style=PAPER))


def picture_text(briefing: Briefing, part: SquadPart) -> str:
    """What the pictures show, for whoever does not see them: each level's score."""
    words = briefing.edition.words
    told = [
        out_of_hundred(part.squad, name, None if score != score else score, words=words)
        for name, score in zip(part.levels["level_name"], part.levels["score"], strict=True)
    ]
    return ". ".join(told)


def _drawn(chart: Any, *, width: int = WIDTH) -> bytes:
    return svg(chart.to_dict(validate=False), style=PAPER, width=width)
