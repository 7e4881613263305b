"""A squad's charts as they stand in documents: small SVG pictures on white paper, with words."""

from __future__ import annotations

from assessment.charts.bars import level_bars
from assessment.charts.radar import radar
from assessment.charts.style import Style
from assessment.charts.wording import out_of_hundred
from assessment.reports.briefing import Briefing, SquadPart
from assessment.reports.images import svg

PAPER = Style(dark=False)
WIDTH = 400
"""Narrow enough for a phone, and for two pictures side by side on paper."""


def bars_of(briefing: Briefing, part: SquadPart) -> bytes:
    """The squad's levels as bars."""
    chart = level_bars(part.levels, words=briefing.edition.words, style=PAPER)
    return svg(chart.to_dict(validate=False), style=PAPER, width=WIDTH)


def radar_of(briefing: Briefing, part: SquadPart) -> bytes:
    """The squad's levels as a radar."""
    chart = radar(part.levels, words=briefing.edition.words, style=PAPER)
    return svg(chart.to_dict(validate=False), style=PAPER, width=WIDTH)


def picture_text(briefing: Briefing, part: SquadPart) -> str:
    """What the pictures show, for whoever does not see them: each level's score."""
    words = briefing.edition.words
    told = [
        out_of_hundred(part.squad, name, None if score != score else score, words=words)
        for name, score in zip(part.levels["level_name"], part.levels["score"], strict=True)
    ]
    return ". ".join(told)
