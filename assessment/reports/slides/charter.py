"""What a squad agreed on who decides, on a slide of its own."""

from assessment.reports.document import PAPER
from assessment.reports.slides.slide import BOTTOM, INNER, MARGIN, Slide, shortened
from assessment.wording.agreements import AgreementsPart

MOST_AGREEMENTS = 8
"""Agreements a slide has room for, what needs an eye first; its notes hold all of them."""

WIDTHS = (6.6, 2.0, 3.733)
LONGEST = (130, 40, 80)
"""Inches of the columns, and characters that keep to two lines in them."""


def fill_charter(slide: Slide, part: AgreementsPart) -> None:
    """A table of the agreements, how each stands and what voices say since; the rest in notes."""
    words = part.edition.words
    _, first = words.gettext, part.items[:MOST_AGREEMENTS]
    sentences = [f"{item.sentence} ({item.chip.text})" for item in first]
    native = slide.headed_table(
        (_("Agreement"), _("State"), _("In practice")),
        WIDTHS,
        (len(first), 0.5),
        name=part.title,
        in_words=words.clauses(sentences),
    )
    for number, item in enumerate(first, start=1):
        cells = zip((item.sentence, item.chip.text, item.practice), LONGEST, strict=True)
        for index, (text, most) in enumerate(cells):
            slide.cell(native.cell(number, index)).write(shortened(text, most), bold=index == 1)
    if more := len(part.items) - len(first):
        text = words.ngettext("… and {count} more.", "… and {count} more.", more)
        box = slide.box((MARGIN, BOTTOM + 0.15, INNER, 0.25))
        box.write(text.format(count=words.number(more)), colour=PAPER.muted)
    slide.note(line for item in part.items for line in (item.sentence, item.chip.text, *item.lines))
