"""The slide of a squad's deep check: who decides as a native table, lenses, findings, charter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx.util import Inches

from assessment.reports.document import PAPER, labels_of
from assessment.reports.slides.slide import (
    BOTTOM,
    INNER,
    MARGIN,
    TOP,
    Area,
    ScoreChart,
    Slide,
    Text,
    shortened,
)
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart, first_findings, more_findings
from assessment.wording.parts import DecisionPart, LevelPart

MOST_FINDINGS = 3
LONGEST_MANDATE, LONGEST_TODAY, LONGEST_EXPECTED = 110, 44, 46
"""Characters that the slide has room for; its notes have the texts whole."""

HEAD, ROW = 0.42, 0.57
COLUMNS, GUTTER = 3, 0.25


def fill_deep_slide(slide: Slide, briefing: Briefing, squad: SquadPart, part: DeepPart) -> None:
    """Put a squad's deep check on a slide; its notes hold what has no room."""
    top = TOP
    if part.is_mapped:
        top += _draw_decisions(slide, briefing, squad, part) + GUTTER
    width = (INNER - (COLUMNS - 1) * GUTTER) / COLUMNS
    first, second, third = (
        (MARGIN + column * (width + GUTTER), top, width, BOTTOM - top) for column in range(COLUMNS)
    )
    if part.is_mapped:
        _write_findings(slide.box(first), briefing, part)
    if part.lens_verdict:
        _draw_lenses(slide, briefing, part, second)
    _write_charter(slide.box(third), briefing, part)
    slide.note(_everything(part))


def _draw_decisions(slide: Slide, briefing: Briefing, squad: SquadPart, part: DeepPart) -> float:
    """A column per level, each decision in the colour of its fit; returns the table's height."""
    columns = [
        (level, [decision for decision in part.decisions if decision.level == level.name])
        for level in squad.level_parts
    ]
    most = max(len(decisions) for _, decisions in columns)
    height = HEAD + ROW * most
    area = (MARGIN, TOP, INNER, height)
    table = slide.table(most + 1, len(columns), area, name=part.title, in_words=part.map_text)
    for number, row in enumerate(table.rows):
        row.height = Inches(ROW if number else HEAD)
    for index, (level, decisions) in enumerate(columns):
        _write_level(slide.cell(table.cell(0, index)), briefing, level)
        for number in range(most):
            cell = table.cell(number + 1, index)
            if number < len(decisions):
                _write_decision(slide, cell, briefing, decisions[number])
            else:
                slide.cell(cell)
    return height


def _write_level(text: Text, briefing: Briefing, level: LevelPart) -> None:
    """A level's name, with its maturity and the fit of who decides."""
    words = briefing.edition.words
    scores = words.gettext("maturity {score} · fit {fit}").format(
        score=words.score(level.score), fit=words.score(level.fit)
    )
    text.write(level.short, size=11, bold=True)
    text.write(scores, size=9, colour=PAPER.muted)


def _write_decision(slide: Slide, cell: Any, briefing: Briefing, decision: DecisionPart) -> None:
    """A decision with its fit, who takes it today and, where it does not fit, who should."""
    fill, ink = PAPER.track, PAPER.text
    if decision.fit is not None:
        fill, ink = PAPER.heat(decision.fit)
    text = slide.cell(cell, fill=fill)
    text.write(f"{decision.name} · {decision.shown}", size=9, bold=True, colour=ink)
    text.write(shortened(decision.today, LONGEST_TODAY), size=8, colour=ink)
    if decision.fit != 100:
        expected = briefing.edition.words.gettext("expected: {roles}")
        expected = expected.format(roles=decision.should)
        text.write(shortened(expected, LONGEST_EXPECTED), size=8, colour=ink)


def _write_findings(box: Text, briefing: Briefing, part: DeepPart) -> None:
    """The gravest findings, each with what helps; then where voices differ most."""
    findings, more = first_findings(part.findings, most=MOST_FINDINGS)
    box.write(labels_of(briefing)["amiss"], size=14, bold=True)
    if not findings:
        box.write(part.nothing_amiss, size=10)
    for finding in findings:
        for sentence in finding.sentences:
            box.write(f"– {sentence}", size=9)
        box.write(finding.helps, size=8, colour=PAPER.muted)
    if more:
        box.write(more_findings(briefing.edition, more), size=9)
    if part.contested.text:
        box.write(part.contested.text, size=9, bold=True)


def _draw_lenses(slide: Slide, briefing: Briefing, part: DeepPart, area: Area) -> None:
    """A bar per lens that somebody answered."""
    labels, (left, top, width, height) = labels_of(briefing), area
    lenses = [lens for lens in part.lens_parts if lens.score is not None]
    slide.box((left, top, width, 0.3)).write(labels["lenses"], size=14, bold=True)
    chart = ScoreChart(
        kind="bars",
        names=[lens.name for lens in lenses],
        scores=[lens.score for lens in lenses],
        series=labels["score"],
        name=labels["lenses"],
        in_words=part.lens_verdict,
    )
    slide.chart(chart, (left, top + 0.3, width, height - 0.3), label_size=10)


def _write_charter(box: Text, briefing: Briefing, part: DeepPart) -> None:
    """Per role the sentence that most voices wrote, then the vital signs."""
    labels = labels_of(briefing)
    if part.charter or part.charter_notes:
        box.write(labels["charter"], size=14, bold=True)
    for line in part.charter:
        box.write(f"{line.text} ", size=9, bold=True)
        box.add(shortened(line.behind[0], LONGEST_MANDATE), size=9)
    for note in part.charter_notes:
        box.write(note, size=9, colour=PAPER.muted)
    if part.signs:
        box.write(labels["signs"], size=14, bold=True)
    for sign in part.signs:
        box.write(f"– {sign.short}", size=9)


def _everything(part: DeepPart) -> Iterator[str]:
    """All that the deep check says, for the slide's notes."""
    yield from (part.heading, part.verdict, *part.notes)
    yield from (decision.told for decision in part.decisions)
    for finding in part.findings:
        yield from (finding.title, *finding.sentences, finding.helps)
    yield from filter(None, (part.contested.text, *part.contested.behind))
    for line in part.charter:
        yield from (line.text, *line.behind)
    yield from (part.lens_verdict, *(sign.line for sign in part.signs))
