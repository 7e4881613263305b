"""A take-away as PDF: tagged, in its language, a page of overview and a page or two per squad."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from assessment.reports import document
from assessment.reports.document import PAPER, SquadTable
from assessment.reports.pictures import Pictures, levels_in_words
from assessment.reports.typesetting import NotTypeset, typeset, values_in
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart, first_findings, more_findings
from assessment.wording.overview import Overview, changed_by
from assessment.wording.parts import Cell, Chip, LevelPart, LeverPart, Line
from assessment.wording.pictures import picture_name

LAYOUT = Path(__file__).parent / "briefing.typ"
SIZED_AT_ONCE = 16
"""Parts of a document whose type sizes are found together."""

MAP_WIDTH = 528
"""Wide enough for most decisions' whole names on one line, and its letters large enough."""

MOST_FINDINGS = 12
MOST_SENTENCES = 2
"""Sentences per role in the charter, those that most voices wrote."""


def pdf(briefing: Briefing, before_squad: Callable[[], object] = lambda: None) -> bytes:
    """The take-away as a PDF that keeps to PDF/UA-1 wherever its characters can be drawn."""
    data = _data(briefing, Pictures(briefing.edition.words, before_squad))
    inputs = _inputs(data | {"sizes": list(_sizes(data))})
    try:
        return typeset(LAYOUT, inputs, standards=["ua-1"])
    except NotTypeset:
        # The standard forbids characters that no font here can draw, such as an emoji in a name;
        # a reader is better off with a document that lacks a glyph than with none.
        return typeset(LAYOUT, inputs)


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    # Dates stand in the sentences already: the layout has no use for them.
    return {"briefing": json.dumps(data, default=str)}


def _sizes(data: Mapping[str, Any]) -> Iterator[int]:
    """The type size of each page's part, found for a few parts at a time.

    All that is tried for a document is held until it is done: of many squads it would take
    gigabytes.
    """
    overview, squads = data["overview"], data["squads"]
    for start in range(0, len(squads), SIZED_AT_ONCE):
        piece = {"squads": squads[start : start + SIZED_AT_ONCE]}
        first = {"overview": None if start else overview}
        yield from values_in(LAYOUT, _inputs({**data, **first, **piece}), "size")


def _data(briefing: Briefing, pictures: Pictures) -> dict[str, Any]:
    """What the layout is given: all that stands in the document, as text."""
    return {
        "language": briefing.language,
        "title": briefing.title,
        "product": briefing.product,
        "ink": PAPER.text,
        "muted": PAPER.muted,
        "grid": PAPER.grid,
        "track": PAPER.track,
        "trouble": PAPER.trouble,
        "series": PAPER.series[0],
        "scale": [
            {"text": f"{name} {reach}", "fill": PAPER.stage(stage)}
            for stage, (name, reach) in enumerate(document.stage_scale(briefing), start=1)
        ],
        "labels": document.labels_of(briefing),
        "overview": _overview(briefing, briefing.overview) if briefing.overview else None,
        "squads": list(_pages(briefing, pictures)),
        "sizes": None,
    }


def _pages(briefing: Briefing, pictures: Pictures) -> Iterator[dict[str, Any]]:
    for number, squad in enumerate(briefing.squads):
        yield _squad(briefing, squad, pictures) | {"number": number}
        if squad.deep:
            yield _deep(briefing, squad, squad.deep, pictures)


def _overview(briefing: Briefing, part: Overview) -> dict[str, Any]:
    across = part.across
    return {
        "heading": part.heading,
        "badge": briefing.badge,
        "verdict": part.verdict,
        "levels": _scores(document.level_table(briefing, part)),
        "notes": part.notes,
        "levers": _levers(briefing, part.levers, is_shared=True),
        "levers_done": (),
        "no_lever": part.no_lever,
        "across": {
            "verdict": across.text,
            "fit": _scores(document.fit_table(briefing, part)),
            "contested": " ".join(across.behind),
        }
        if across.text
        else None,
        "decided": asdict(part.decided),
    }


def _scores(table: SquadTable) -> dict[str, Any]:
    """Squads by columns, each cell with what fills it and the colour of its text."""
    rows = [
        {"squad": row.squad, "about": table.about(row), "cells": [*map(_cell, row.cells)]}
        for row in table.rows
    ]
    return {"name": table.caption, "columns": table.columns, "rows": rows}


def _cell(cell: Cell) -> dict[str, Any]:
    on_white = PAPER.muted if cell.score is None else PAPER.text
    fill, ink = document.colours_of(cell) or (None, on_white)
    return asdict(cell) | {"fill": fill, "ink": ink}


def _squad(briefing: Briefing, squad: SquadPart, pictures: Pictures) -> dict[str, Any]:
    return {
        "kind": "squad",
        "name": squad.squad,
        "heading": squad.heading,
        "badge": squad.mark,
        "verdict": squad.verdict,
        "chips": [_chip(chip) for chip in (*squad.overdue, *squad.chips)],
        "notes": squad.remarks,
        "table": document.texts_of(squad.levels_picture.table.cells),
        "stages": [_stage(level) for level in squad.level_parts],
        "pictures": _pictures(briefing, squad, pictures),
        "seats": [asdict(seat) for seat in squad.seats],
        "levers": _levers(briefing, squad.levers),
        "levers_done": squad.levers_done,
        "no_lever": squad.no_lever,
        "decided": [_named(one, "title", "status_line", "since", "late") for one in squad.decided],
        "agreed": None if squad.deep else document.agreed_data(squad.agreed),
    }


def _pictures(briefing: Briefing, squad: SquadPart, pictures: Pictures) -> list[dict[str, str]]:
    """The levels as bars and as a radar, each with what it shows in words."""
    in_words = levels_in_words(briefing, squad)
    drawn = {"level_bars": pictures.bars(squad), "radar": pictures.radar(squad)}
    name = partial(picture_name, briefing.edition, picture=squad.levels_picture, says=in_words)
    return [{"drawn": drawn[chart], "in_words": name(chart=chart)} for chart in drawn]


def _chip(chip: Chip) -> dict[str, Any]:
    fill, edge = document.chip_look(chip.tone)
    return {"text": chip.text, "fill": fill, "edge": edge}


def _stage(level: LevelPart) -> dict[str, Any]:
    """What fills a stage's word, and the colour of the word."""
    stage = level.stage
    fill, ink = (None, PAPER.muted) if stage is None else PAPER.staged(stage)
    return {"fill": fill, "ink": ink}


def _levers(
    briefing: Briefing, levers: Iterable[LeverPart], *, is_shared: bool = False
) -> list[dict[str, Any]]:
    return [
        _named(lever, "title", "gain", "relation")
        | {"lines": document.lever_lines(briefing, lever, is_shared=is_shared)}
        for lever in levers
    ]


def _deep(
    briefing: Briefing, squad: SquadPart, part: DeepPart, pictures: Pictures
) -> dict[str, Any]:
    findings, more = first_findings(part.findings, most=MOST_FINDINGS)
    edition, words = briefing.edition, briefing.edition.words
    return {
        "kind": "deep",
        "heading": f"{part.title} · {part.heading}",
        "badge": squad.mark,
        "verdict": part.verdict,
        "notes": part.notes,
        "map": pictures.map(part, width=MAP_WIDTH) if part.is_mapped else None,
        "alt_map": picture_name(briefing.edition, "deciders_map", part.map_picture, part.map_text),
        "fit": [_fit(briefing, level) for level in squad.level_parts],
        "since": part.since,
        "findings": [_named(finding, "title", "sentences", "helps") for finding in findings],
        "more": more_findings(briefing.edition, more),
        "unexpected": asdict(part.unexpected),
        "nothing_amiss": part.nothing_amiss,
        "contested": part.contested.text,
        "agreed": document.agreed_data(squad.agreed),
        "charter": [_charter(briefing, line) for line in part.charter],
        "charter_notes": part.charter_notes,
        "lens_verdict": part.lens_verdict,
        "lenses": [
            _named(lens, "name", "score", "missing")
            | {"shown": words.score(lens.score), "change": changed_by(edition, lens.change)}
            for lens in part.lens_parts
            if part.lens_verdict
        ],
        "signs": [sign.line for sign in part.signs],
    }


def _named(part: object, *names: str) -> dict[str, Any]:
    """Those fields of a part that the layout sets."""
    return {name: getattr(part, name) for name in names}


def _fit(briefing: Briefing, level: LevelPart) -> dict[str, Any]:
    words = briefing.edition.words
    change = changed_by(briefing.edition, level.fit_change)
    return {
        "level": level.short,
        "maturity": words.score(level.score),
        "fit": _cell(Cell(level.fit, words.score(level.fit), change)),
    }


def _charter(briefing: Briefing, line: Line) -> dict[str, Any]:
    """A role's first sentences, and how many more there are."""
    words, first = briefing.edition.words, line.behind[:MOST_SENTENCES]
    if rest := len(line.behind) - len(first):
        first = (*first, words.counted("{count} more sentence", "{count} more sentences", rest))
    return {"role": line.text, "sentences": first}
