"""The slide of a squad's deep check: who decides as a native table, lenses, findings, charter."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from assessment.charts.style import Style
from assessment.reports.slides.charts import score_chart
from assessment.reports.slides.text import INNER, MARGIN, SlideText, shortened
from assessment.wording.briefing import Briefing
from assessment.wording.deep_briefing import DeepPart, first_findings, more_findings
from assessment.wording.parts import DecisionPart

PAPER = Style(dark=False)

MOST_FINDINGS = 3
LONGEST_MANDATE, LONGEST_TODAY, LONGEST_EXPECTED = 110, 44, 46
"""Characters that the slide has room for; its notes have the texts whole."""

HEAD, ROW = 0.42, 0.57
COLUMNS, GUTTER = 3, 0.25


def fill_deep_slide(
    text: SlideText, slide: Any, briefing: Briefing, part: DeepPart, *, top: float, bottom: float
) -> None:
    """Put the deep check on a slide between two heights; its notes hold what has no room."""
    if part.is_mapped:
        top += _decisions(text, slide, briefing, part, top=top) + GUTTER
    width = (INNER - (COLUMNS - 1) * GUTTER) / COLUMNS
    first, second, third = (
        (MARGIN + place * (width + GUTTER), top, width, bottom - top) for place in range(COLUMNS)
    )
    if part.is_mapped:
        _findings(text, text.box(slide, first), briefing, part)
    if part.lens_verdict:
        _lenses(text, slide, briefing, part, second)
    _charter(text, text.box(slide, third), briefing, part)
    text.note(slide, list(_everything(part)))


def _decisions(
    text: SlideText, slide: Any, briefing: Briefing, part: DeepPart, *, top: float
) -> float:
    """A column per level, each decision in the colour of its fit; returns the table's height."""
    from pptx.util import Inches

    columns = [
        (level, [each for each in part.decisions if each.level == level["level_name"]])
        for level in part.fit.to_dict("records")
    ]
    most = max(len(decisions) for _level, decisions in columns)
    height = HEAD + ROW * most
    at = map(Inches, (MARGIN, top, INNER, height))
    frame = slide.shapes.add_table(most + 1, len(columns), *at)
    frame.name = part.title
    text.describe(frame, part.map_text)
    table = frame.table
    table.horz_banding = False
    for number, row in enumerate(table.rows):
        row.height = Inches(ROW if number else HEAD)
    for place, (level, decisions) in enumerate(columns):
        _level_head(text, table.cell(0, place), briefing, level)
        for number in range(most):
            cell = table.cell(number + 1, place)
            if number < len(decisions):
                _decision(text, cell, briefing, decisions[number])
            else:
                text.fill(cell, PAPER.background)
    return height


def _level_head(
    text: SlideText, cell: Any, briefing: Briefing, level: Mapping[Hashable, Any]
) -> None:
    """A level's name, with its maturity and the fit of who decides."""
    words = briefing.edition.words
    maturity, fit = (None if pd.isna(level[name]) else level[name] for name in ("score", "fit"))
    told = words.gettext("maturity {score} · fit {fit}").format(
        score=words.score(maturity), fit=words.score(fit)
    )
    text.fill(cell, PAPER.background)
    text.cell(cell, str(level["level_short"]), size=11, bold=True)
    text.write(cell.text_frame, told, size=9, colour=PAPER.muted)


def _decision(text: SlideText, cell: Any, briefing: Briefing, found: DecisionPart) -> None:
    """A decision with its fit, who takes it today and, where it does not fit, who should."""
    fill, ink = PAPER.track, PAPER.text
    if found.fit is not None:
        fill, ink = PAPER.heat(found.fit)
    text.fill(cell, fill)
    text.cell(cell, f"{found.name} · {found.shown}", size=9, bold=True, colour=ink)
    text.write(cell.text_frame, shortened(found.today, LONGEST_TODAY), size=8, colour=ink)
    if found.fit != 100:
        expected = briefing.edition.words.gettext("expected: {roles}").format(roles=found.should)
        text.write(cell.text_frame, shortened(expected, LONGEST_EXPECTED), size=8, colour=ink)


def _findings(text: SlideText, box: Any, briefing: Briefing, part: DeepPart) -> None:
    """The gravest findings, each with what helps; then where voices differ most."""
    findings, more = first_findings(part.findings, most=MOST_FINDINGS)
    text.write(box, briefing.edition.words.gettext("What is amiss"), size=14, bold=True)
    if not findings:
        text.write(box, part.nothing_amiss, size=10)
    for found in findings:
        for sentence in found.sentences:
            text.write(box, f"– {sentence}", size=9)
        text.write(box, found.helps, size=8, colour=PAPER.muted)
    if more:
        text.write(box, more_findings(briefing.edition, more), size=9)
    if part.contested.text:
        text.write(box, part.contested.text, size=9, bold=True)


def _lenses(
    text: SlideText,
    slide: Any,
    briefing: Briefing,
    part: DeepPart,
    at: tuple[float, float, float, float],
) -> None:
    """A bar per lens that somebody answered."""
    name, lenses = briefing.edition.words.gettext("Lenses"), part.lenses.dropna(subset="score")
    left, top, width, height = at
    text.write(text.box(slide, (left, top, width, 0.3)), name, size=14, bold=True)
    chart = score_chart(
        text,
        slide,
        "bars",
        lenses["lens_name"].tolist(),
        lenses["score"].tolist(),
        (left, top + 0.3, width, height - 0.3),
        series=briefing.edition.words.gettext("Score"),
        name=name,
        told=part.lens_verdict,
    )
    text.font(chart.category_axis.tick_labels.font, size=10)


def _charter(text: SlideText, box: Any, briefing: Briefing, part: DeepPart) -> None:
    """Per role the sentence that most voices wrote, then the vital signs."""
    if part.charter or part.charter_notes:
        text.write(box, briefing.edition.words.gettext("The squad's charter"), size=14, bold=True)
    for line in part.charter:
        paragraph = text.write(box, f"{line.text} ", size=9, bold=True)
        text.run(paragraph, shortened(line.behind[0], LONGEST_MANDATE), size=9)
    for note in part.charter_notes:
        text.write(box, note, size=9, colour=PAPER.muted)
    if part.signs:
        title = briefing.edition.lens_asking_for("signs").title
        text.write(box, title, size=14, bold=True)
    for sign in part.signs:
        text.write(box, f"– {sign.short}", size=9)


def _everything(part: DeepPart) -> Iterator[str]:
    """All that the deep check says, for the slide's notes."""
    yield from (part.heading, part.verdict, *part.notes)
    yield from (each.told for each in part.decisions)
    for found in part.findings:
        yield from (found.title, *found.sentences, found.helps)
    yield from filter(None, (part.contested.text, *part.contested.behind))
    for line in part.charter:
        yield from (line.text, *line.behind)
    yield from (part.lens_verdict, *(each.line for each in part.signs))
