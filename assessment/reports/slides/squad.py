"""Behind the board's slides: a divider, a slide a squad with a result, one on what it agreed."""

from pptx.util import Pt

from assessment.reports.document import PAPER, chip_look, labels_of
from assessment.reports.slides.board import all_of_squad, draw_levels, write_scale
from assessment.reports.slides.slide import (
    BESIDE,
    BOTTOM,
    INNER,
    MARGIN,
    PICTURE,
    TOP,
    Slide,
    shortened,
    width_of,
)
from assessment.wording.agreements import AgreementsPart
from assessment.wording.board import WORDS_BESIDE, within, words_in_text
from assessment.wording.briefing import Briefing
from assessment.wording.levers import lever_owners

CHIP, CHIP_GAP = 0.34, 0.15
LONGEST_NAMES = 1500
"""Characters of squads' names that a divider has room for."""


def fill_divider(slide: Slide, briefing: Briefing) -> None:
    """Which squads follow, and in one line which have no result."""
    words, overview = briefing.edition.words, briefing.overview
    without = [squad.squad for squad in briefing.squads if not squad.has_result]
    sentences = [overview.absent.text] if overview else []
    if without:
        squads = words.all_of(without)
        sentences.append(words.gettext("Too few answers for a result: {squads}.", squads=squads))
    absent = " ".join(filter(None, sentences))
    names = words.all_of(squad.squad for squad in briefing.squads if squad.has_result)
    box = slide.box((MARGIN, TOP, INNER, 4))
    box.write(shortened(names, LONGEST_NAMES), size=16)
    if absent:
        box.write(shortened(absent, LONGEST_NAMES // 3), size=16).space_before = Pt(16)
    slide.note([names, absent])


def fill_squad(slide: Slide, briefing: Briefing, index: int) -> None:
    """A squad: its levels, the seats and what is overdue, what to do first; the rest in notes."""
    squad, words = briefing.squads[index], briefing.edition.words
    write_scale(slide, briefing, squad.level_parts, with_ranges=True)
    heading = labels_of(briefing)["levers"]
    text = words.gettext("{lever} ({owners})")
    levers = [
        text.format(
            lever=lever.title,
            owners=lever_owners(briefing.edition, lever.lever, squad.result.round),
        )
        for lever in squad.levers
    ]
    lines = within([heading, *(levers or [squad.no_lever])])
    chips = [chip for chip in (*squad.overdue, *squad.chips) if chip.tone in {"late", "bad"}]
    left, room = MARGIN, WORDS_BESIDE - words_in_text("\n".join(lines))
    for chip in chips:
        width = width_of(chip.text, bold=True) + 0.3
        if room < words_in_text(chip.text) or left + width > PICTURE[0] + PICTURE[2]:
            break
        room -= words_in_text(chip.text)
        slide.pill(chip.text, (left, TOP - 0.1, width, CHIP), *chip_look(chip.tone))
        left += width + CHIP_GAP
    holds = squad.holding.clause
    if holds and room >= words_in_text(holds):
        lines = (*lines, holds)
    slide.panel(lines[0], lines[1:])
    top = TOP + CHIP if left > MARGIN else TOP
    draw_levels(slide, briefing, index, (PICTURE[0], top, PICTURE[2], BESIDE[1] + BESIDE[3] - top))
    slide.note(all_of_squad(briefing, squad))


MOST_AGREEMENTS = 8
"""Agreements a slide has room for, what holds first; its notes hold all of them."""

COLUMNS = ((6.2, 122), (2.0, 40), (4.133, 90))
WITHOUT_PRACTICE = ((10.333, 203), (2.0, 40))
"""Inches of the columns, and characters that keep to two lines in them."""


def fill_charter(slide: Slide, part: AgreementsPart) -> None:
    """A table of the agreements, how each stands and what voices say, if any; more in notes."""
    words = part.edition.words
    _, first = words.gettext, part.in_files[:MOST_AGREEMENTS]
    sentences = [f"{item.sentence} ({item.chip.text})" for item in first]
    columns = COLUMNS if any(item.practice for item in first) else WITHOUT_PRACTICE
    native = slide.headed_table(
        (_("Agreement"), _("State"), _("In practice"))[: len(columns)],
        [width for width, _most in columns],
        (len(first), 0.5),
        name=part.title,
        in_words=words.clauses(sentences),
    )
    for number, item in enumerate(first, start=1):
        texts = (item.sentence, item.chip.text, item.practice)
        for index, (text, (_width, most)) in enumerate(zip(texts, columns, strict=False)):
            slide.cell(native.cell(number, index)).write(shortened(text, most), bold=index == 1)
    if more := len(part.items) - len(first):
        text = words.ngettext("… and {count} more.", "… and {count} more.", more)
        box = slide.box((MARGIN, BOTTOM + 0.15, INNER, 0.25))
        box.write(text.format(count=words.number(more)), colour=PAPER.muted)
    slide.note(
        line for item in part.in_files for line in (item.sentence, item.chip.text, *item.lines)
    )
