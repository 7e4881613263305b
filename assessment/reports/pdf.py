"""A take-away as PDF: tagged, in its language, one page for the overview and one per squad."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assessment.charts.style import Style
from assessment.reports.briefing import Briefing, Cell, Overview, SquadPart
from assessment.reports.pictures import bars_of, picture_text, radar_of
from assessment.tables import readable_levels

LAYOUT = Path(__file__).parent / "briefing.typ"
PAPER = Style(dark=False)


def pdf(briefing: Briefing, *, system_fonts: bool = True) -> bytes:
    """The take-away as a PDF that keeps to PDF/UA-1 wherever its characters can be drawn.

    Without `system_fonts` only those that typst carries are used.
    """
    # Imported here, since most people never ask for a document.
    import typst

    def compiled(standards: list[Any]) -> bytes:
        made: bytes = typst.compile(
            LAYOUT,
            sys_inputs={"briefing": json.dumps(_data(briefing))},
            pdf_standards=standards,
            ignore_system_fonts=not system_fonts,
        )
        return made

    try:
        return compiled(["ua-1"])
    except typst.TypstError:
        # The standard forbids characters that no font here can draw, such as an emoji in a name;
        # a reader is better off with a document that lacks a glyph than with none.
        return compiled([])


def _data(briefing: Briefing) -> dict[str, Any]:
    _ = briefing.edition.words.gettext
    return {
        "language": briefing.language,
        "title": briefing.title,
        "product": briefing.product,
        "period": briefing.period,
        "ink": PAPER.text,
        "muted": PAPER.muted,
        "grid": PAPER.grid,
        "trouble": PAPER.trouble,
        "series": PAPER.series[0],
        "labels": {
            "levers": _("What to do first"),
            "owners": _("Whose move:"),
            "step": _("First step, within 30 days:"),
            "why": _("Why:"),
            "squads": _("Squads:"),
            "seats": _("Are both seats filled?"),
            "squad": _("Squad"),
            "overall": _("Overall"),
        },
        "overview": _overview(briefing.overview, briefing.badge) if briefing.overview else None,
        "squads": [_squad(briefing, part) for part in briefing.squads],
    }


def _overview(part: Overview, badge: str | None) -> dict[str, Any]:
    return asdict(part) | {
        "badge": badge,
        "no_lever": "",
        "rows": [
            asdict(row)
            | {
                "cells": [_cell(cell) for cell in row.cells],
                "overall": asdict(row.overall) | {"fill": None, "ink": PAPER.text},
            }
            for row in part.rows
        ],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    fill, ink = (None, PAPER.muted) if cell.score is None else PAPER.heat(cell.score)
    return asdict(cell) | {"fill": fill, "ink": ink}


def _squad(briefing: Briefing, part: SquadPart) -> dict[str, Any]:
    readable = readable_levels(briefing.edition, part.levels)
    return {
        "heading": part.heading,
        "badge": part.badge,
        "verdict": part.verdict,
        "notes": part.notes,
        "table": {"columns": list(readable.columns), "rows": readable.to_numpy().tolist()},
        "bars": bars_of(briefing, part).decode(),
        "radar": radar_of(briefing, part).decode(),
        "alt_bars": picture_text(briefing, part),
        "alt_radar": picture_text(briefing, part),
        "seats": [asdict(seat) for seat in part.seats],
        "levers": [asdict(lever) for lever in part.levers],
        "no_lever": part.no_lever,
    }
