"""What a squad agreed on who decides, on a slide of its own."""

from __future__ import annotations

from pptx.util import Inches

from assessment.reports.document import PAPER
from assessment.reports.slides.slide import BOTTOM, INNER, MARGIN, TOP, Slide, shortened
from assessment.wording.agreements import AgreementPart, AgreementsPart

MOST_AGREEMENTS = 8
"""Agreements a slide has room for, what needs an eye first; its notes hold all of them."""

WIDTHS = (6.6, 2.0, 3.733)
LONGEST = (130, 40, 80)
"""Inches of the columns, and characters that keep to two lines in them."""


def fill_charter(slide: Slide, part: AgreementsPart) -> None:
    """A table of the agreements, how each stands and what voices say since; the rest in notes."""
    words = part.edition.words
    _, first = words.gettext, part.items[:MOST_AGREEMENTS]
    told = [f"{item.sentence} ({item.chip.text})" for item in first]
    area = (MARGIN, TOP, INNER, 0.4 + 0.5 * len(first))
    native = slide.table(
        len(first) + 1, len(WIDTHS), area, name=part.title, in_words=words.clauses(told)
    )
    heads = (_("Agreement"), _("State"), _("In practice"))
    native.rows[0].height = Inches(0.4)
    for index, (head, width) in enumerate(zip(heads, WIDTHS, strict=True)):
        native.columns[index].width = Inches(width)
        slide.cell(native.cell(0, index), fill=PAPER.track).write(head, bold=True)
    for number, item in enumerate(first, start=1):
        cells = zip(_texts(item), LONGEST, strict=True)
        for index, (text, most) in enumerate(cells):
            slide.cell(native.cell(number, index)).write(shortened(text, most), bold=index == 1)
    if more := len(part.items) - len(first):
        text = words.ngettext("… and {count} more.", "… and {count} more.", more)
        box = slide.box((MARGIN, BOTTOM + 0.15, INNER, 0.25))
        box.write(text.format(count=words.number(more)), colour=PAPER.muted)
    slide.note(line for item in part.items for line in (item.sentence, item.chip.text, *item.lines))


def _texts(item: AgreementPart) -> tuple[str, ...]:
    return item.sentence, item.chip.text, item.practice
