"""A take-away as PDF: tagged, in its language, a page of overview and a page or two per squad."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assessment.charts.style import Style
from assessment.reports.pictures import Pictures
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart, first_findings, more_findings
from assessment.wording.overview import Overview
from assessment.wording.parts import Cell, Line

LAYOUT = Path(__file__).parent / "briefing.typ"
PAPER = Style(dark=False)
MAP_WIDTH = 600
"""Wide enough for the decisions' whole names on one line."""

MOST_FINDINGS = 12
MOST_SENTENCES = 2
"""Sentences per role in the charter, those that most voices wrote."""


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
        "track": PAPER.track,
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
            "decided": _("What we decided"),
            "open": _("Open actions"),
            "across": _("Who decides, squad by squad"),
            "amiss": _("What is amiss"),
            "level": _("Level"),
            "maturity": _("Maturity"),
            "fit": _("Fit"),
            "lens": _("Lens"),
            "score": _("Score"),
            "lenses": _("Lenses"),
            "differ": _("Where voices name different deciders"),
            "charter": _("The squad's charter"),
            "signs": briefing.edition.lens_asking_for("signs").title,
        },
        "overview": _overview(briefing.overview, briefing.badge) if briefing.overview else None,
        "squads": list(_pages(briefing)),
    }


def _pages(briefing: Briefing) -> Iterator[dict[str, Any]]:
    """A page per squad, and one more where the deep check was taken."""
    for part in briefing.squads:
        yield _squad(briefing, part)
        if part.deep:
            yield _deep(briefing, part, part.deep)


def _overview(part: Overview, badge: str | None) -> dict[str, Any]:
    return {
        "heading": part.heading,
        "verdict": part.verdict,
        "columns": part.columns,
        "notes": part.notes,
        "levers": [asdict(lever) for lever in part.levers],
        "decided": asdict(part.decided),
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
        "deciders": asdict(part.deciders)
        | {
            "rows": [
                asdict(row) | {"cells": [_cell(cell) for cell in row.cells]}
                for row in part.deciders.rows
            ]
        }
        if part.deciders
        else None,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    fill, ink = (None, PAPER.muted) if cell.score is None else PAPER.heat(cell.score)
    return asdict(cell) | {"fill": fill, "ink": ink}


def _squad(briefing: Briefing, part: SquadPart) -> dict[str, Any]:
    table = part.level_table
    pictures = Pictures(briefing.edition.words)
    return {
        "kind": "squad",
        "heading": part.heading,
        "badge": part.badge,
        "verdict": part.verdict,
        "notes": part.notes,
        "table": {"columns": list(table.columns), "rows": table.to_numpy().tolist()},
        "bars": pictures.bars(part),
        "radar": pictures.radar(part),
        "alt_bars": pictures.levels_in_words(part),
        "alt_radar": pictures.levels_in_words(part),
        "seats": [asdict(seat) for seat in part.seats],
        "levers": [asdict(lever) for lever in part.levers],
        "no_lever": part.no_lever,
        "decided": [
            {"title": each.title, "standing": each.standing, "since": each.since, "late": each.late}
            for each in part.decided
        ],
    }


def _deep(briefing: Briefing, squad: SquadPart, part: DeepPart) -> dict[str, Any]:
    findings, more = first_findings(part.findings, most=MOST_FINDINGS)
    return {
        "kind": "deep",
        "heading": f"{part.title} · {part.heading}",
        "badge": squad.badge,
        "verdict": part.verdict,
        "notes": part.notes,
        "map": Pictures(briefing.edition.words).map(part, width=MAP_WIDTH)
        if part.is_mapped
        else None,
        "alt_map": part.map_text,
        "fit": _fit(briefing, squad) if part.is_mapped else [],
        "findings": [asdict(each) for each in findings],
        "more": more_findings(briefing.edition, more),
        "nothing_amiss": part.nothing_amiss,
        "contested": part.contested.text,
        "charter": [_charter(briefing, each) for each in part.charter],
        "charter_notes": part.charter_notes,
        "lens_verdict": part.lens_verdict,
        "lenses": _lenses(briefing, part) if part.lens_verdict else [],
        "signs": [each.line for each in part.signs],
    }


def _fit(briefing: Briefing, part: SquadPart) -> list[dict[str, Any]]:
    """Each level's maturity as text, and its fit as a cell of the heat map."""
    words = briefing.edition.words
    return [
        {
            "level": level.name,
            "maturity": words.score(level.score),
            "fit": _cell(
                Cell(
                    level.fit,
                    words.score(level.fit),
                    "" if level.fit_change is None else words.change(level.fit_change),
                )
            ),
        }
        for level in part.level_parts
    ]


def _lenses(briefing: Briefing, part: DeepPart) -> list[dict[str, Any]]:
    """Each lens answered, with its score as a number for the bar and as it is written."""
    words = briefing.edition.words
    return [
        {"name": lens.name, "score": lens.score, "shown": words.score(lens.score)}
        for lens in part.lens_parts
        if lens.score is not None
    ]


def _charter(briefing: Briefing, line: Line) -> dict[str, Any]:
    """A role's first sentences, and how many more there are."""
    words, first = briefing.edition.words, line.behind[:MOST_SENTENCES]
    if rest := len(line.behind) - len(first):
        more = words.ngettext("{count} more sentence", "{count} more sentences", rest)
        first = (*first, more.format(count=words.number(rest)))
    return {"role": line.text, "sentences": first}
