"""The web page's section about a squad's deep check: everything, since a page has room."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from assessment.reports.pictures import fit_of, lenses_of, map_of
from assessment.reports.web_page.parts import about, paragraphs, picture, points, table, unfolding
from assessment.wording.briefing import Briefing
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.deep_result_tables import readable_lenses
from assessment.wording.parts import Line


def deep_section(
    briefing: Briefing, part: DeepPart, badge: str | None, *, section: str, below: str
) -> str:
    """The section under its id, after the squad's own; `below` is its headings' element."""
    _, titles = briefing.edition.words.gettext, briefing.edition.texts.lenses.lenses
    charter = _("The squad's charter")
    lines = [
        f'<section id="{section}">',
        about(f"{part.title} · {part.heading}", badge),
        f'<h2 class="verdict">{escape(part.verdict)}</h2>',
        *paragraphs(part.notes),
    ]
    if part.is_mapped:
        lines += _mapped(briefing, part, below)
    if part.contested.text:
        lines += [
            f"<{below}>{escape(_('Where voices name different deciders'))}</{below}>",
            *paragraphs([part.contested.text]),
            points(part.contested.behind),
        ]
    if part.charter or part.charter_notes:
        lines += [
            f"<{below}>{escape(charter)}</{below}>",
            *(_mandates(line) for line in part.charter),
            *paragraphs(part.charter_notes),
        ]
    if part.lens_verdict:
        readable = readable_lenses(briefing.edition, part.lenses).drop(columns=_("Squad"))
        lenses, name = readable.to_numpy().tolist(), _("Scores, lens by lens")
        lines += [
            f"<{below}>{escape(_('Lenses'))}</{below}>",
            *paragraphs([part.lens_verdict]),
            f'<div class="pictures">{picture(lenses_of(briefing, part), part.lens_verdict)}</div>',
            unfolding(name, table(name, list(readable.columns), lenses)),
        ]
    if part.signs:
        lines += [
            f"<{below}>{escape(titles['vital-signs'].title)}</{below}>",
            points(sign.line for sign in part.signs),
        ]
    return "\n".join([*lines, "</section>"])


def _mapped(briefing: Briefing, part: DeepPart, below: str) -> Iterator[str]:
    """The map and the fit beside each other, what is amiss, then decision by decision."""
    _ = briefing.edition.words.gettext
    fit = picture(fit_of(briefing, part), part.verdict)
    yield f'<div class="pictures map">{picture(map_of(briefing, part), part.map_text)}<div>{fit}'
    yield f"<{below}>{escape(_('What is amiss'))}</{below}>"
    if not part.findings:
        yield from paragraphs([part.nothing_amiss])
    for title, found in groupby(part.findings, key=lambda each: each.title):
        yield f"<p><strong>{escape(title)}</strong></p>"
        for each in found:
            yield points(each.sentences)
            yield f'<p class="muted">{escape(each.helps)}</p>'
    yield "</div></div>"
    name = _("Who decides, decision by decision")
    columns = (
        _("Decision"),
        _("Level"),
        _("Should decide"),
        _("Decides today"),
        _("Fit"),
        _("Voices"),
    )
    number = briefing.edition.words.number
    rows = [
        (each.name, each.level, each.should, each.today, each.shown, number(each.voices))
        for each in part.decisions
    ]
    yield unfolding(name, table(name, columns, rows))


def _mandates(line: Line) -> str:
    """A role with its sentences, differing ones under each other."""
    told = "<br>".join(escape(sentence) for sentence in line.behind)
    return f"<p><strong>{escape(line.text)}</strong> {told}</p>"
