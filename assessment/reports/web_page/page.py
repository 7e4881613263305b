"""A take-away as one HTML file that opens offline: no script, no address, charts inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from assessment.charts.style import Style
from assessment.reports.pictures import bars_of, picture_text, radar_of
from assessment.reports.web_page.deep_page import deep_section
from assessment.reports.web_page.parts import (
    about,
    heat_cells,
    heat_row,
    heat_table,
    paragraphs,
    picture,
    plain_cell,
    points,
    table,
)
from assessment.wording.briefing import Briefing, Overview, SquadPart
from assessment.wording.parts import ActionPart, LeverPart
from assessment.wording.result_tables import readable_levels

PAPER = Style(dark=False)

# Nothing may be loaded, whatever a name holds: the page has all it needs.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

STYLES = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; padding: 1rem; max-width: 60rem; background: {PAPER.background};
  color: {PAPER.text}; font: 1rem/1.45 "Source Sans 3", "Source Sans", system-ui, sans-serif;
  overflow-wrap: anywhere; }}
h1, .verdict {{ line-height: 1.2; margin: .4rem 0 .8rem; font-size: 1.6rem; }}
h2, h3 {{ margin: 1.4rem 0 .5rem; font-size: 1.15rem; }}
.about {{ color: {PAPER.muted}; margin: 0; }}
.badge {{ display: inline-block; border: 2px solid {PAPER.trouble}; border-radius: 1rem;
  padding: 0 .7rem; font-weight: 600; color: {PAPER.text}; }}
section > .about {{ color: inherit; font-weight: 600; }}
section {{ border-top: 1px solid {PAPER.grid}; margin-top: 2.5rem; padding-top: 1.5rem; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; padding: .35rem .5rem; vertical-align: middle;
  overflow-wrap: normal; }}
.levels td, .levels th {{ border-bottom: 1px solid {PAPER.grid}; }}
.heat {{ border-collapse: separate; border-spacing: 2px; min-width: 30rem; }}
.heat th[scope=row] {{ font-weight: 400; min-width: 9rem; overflow-wrap: anywhere; }}
.heat td, .heat thead th + th {{ text-align: center; }}
.heat td {{ border-radius: 4px; font-weight: 600; white-space: nowrap; }}
.heat small, .heat th small {{ font-weight: 400; }}
.heat th small {{ display: block; color: {PAPER.muted}; }}
.pictures, .seats {{ display: grid; gap: 0 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); align-items: center; }}
.seats {{ align-items: start; }}
.pictures svg {{ width: 100%; height: auto; max-width: 30rem; }}
.map {{ align-items: start; }}
details table {{ min-width: 40rem; }}
summary {{ cursor: pointer; font-weight: 600; margin: 1rem 0; }}
.muted {{ color: {PAPER.muted}; margin-top: .1rem; }}
ol.levers {{ padding-left: 1.4rem; }}
ol.levers li, ul.decided li {{ margin-bottom: 1rem; }}
ol.levers p, ul.decided p, .seats p {{ margin: .1rem 0; }}
ul {{ padding-left: 1.2rem; margin: .2rem 0; }}
a {{ color: #0b5c8a; }}
footer {{ margin-top: 2.5rem; color: {PAPER.muted}; }}
@media (max-width: 40rem) {{
  .heat, .heat tbody {{ display: block; min-width: 0; }}
  .heat thead {{ display: none; }}
  .heat tr {{ display: grid; grid-template-columns: repeat(var(--columns), 1fr); gap: 2px;
    margin-bottom: .8rem; }}
  .heat th[scope=row] {{ grid-column: 1 / -1; padding: 0; }}
  .heat td {{ padding: .3rem 0; white-space: normal; }}
  .heat td::before {{ content: attr(data-level); display: block; font-size: .65rem;
    font-weight: 400; }}
  .heat td small {{ display: block; }}
}}
@media print {{
  body {{ max-width: none; padding: 0; font-size: 8pt; }}
  h1, .verdict {{ font-size: 1.4em; }}
  section {{ break-before: page; border: 0; margin: 0; padding: 0; }}
  .heat {{ min-width: 0; }}
  .pictures {{ grid-template-columns: 1fr 1fr; }}
  .pictures svg {{ max-height: 6cm; }}
  .map > div:first-child svg {{ max-height: 15cm; }}
  h2, h3 {{ margin: .5rem 0 .2rem; }}
  p {{ margin: .3rem 0; }}
  ol.levers li, ul.decided li {{ margin-bottom: .4rem; }}
  details {{ display: none; }}
  .seats {{ grid-template-columns: 1fr 1fr; }}
  li, tr, svg {{ break-inside: avoid; }}
  * {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""


def web_page(briefing: Briefing) -> bytes:
    """The take-away as one HTML document in UTF-8."""
    _ = briefing.edition.words.gettext
    body = []
    if briefing.overview:
        body.append(_overview(briefing, briefing.overview))
    body += _sections(briefing)
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{briefing.language}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(briefing.title)}</title>",
            f"<style>{STYLES}</style>",
            "</head>",
            "<body>",
            "<main>",
            *body,
            "</main>",
            f"<footer>{escape(briefing.product)} · {escape(briefing.period)}</footer>",
            "</body>",
            "</html>",
            "",
        ]
    ).encode()


def _overview(briefing: Briefing, part: Overview) -> str:
    _ = briefing.edition.words.gettext
    return "\n".join(
        [
            about(part.heading, briefing.badge),
            f"<h1>{escape(part.verdict)}</h1>",
            _heat_map(briefing, part),
            *paragraphs(part.notes),
            f"<h2>{escape(_('What to do first'))}</h2>" if part.levers else "",
            _levers(briefing, part.levers, label=_("Squads:")),
            *_across(briefing, part),
            f"<h2>{escape(_('Open actions'))}</h2>",
            *paragraphs([part.decided.text]),
            points(part.decided.behind),
        ]
    )


def _heat_map(briefing: Briefing, part: Overview) -> str:
    """Squads by level as a table; each name leads to the squad's own section."""
    _ = briefing.edition.words.gettext
    overall = _("Overall")
    rows = [
        heat_row(
            _section(place),
            row.squad,
            f"{row.voices} · {row.since}",
            heat_cells(part.columns, row.cells) + plain_cell(overall, row.overall),
        )
        for place, row in enumerate(part.rows)
    ]
    return heat_table(_("Squad"), (*part.columns, overall), rows)


def _across(briefing: Briefing, part: Overview) -> Iterable[str]:
    """Who decides, squad by squad; each name leads to that squad's section about it."""
    _, found = briefing.edition.words.gettext, part.deciders
    if found is None:
        return
    places = [place for place, squad in enumerate(briefing.squads) if squad.has_map]
    rows = [
        heat_row(_deep_section(place), row.squad, row.voices, heat_cells(part.columns, row.cells))
        for place, row in zip(places, found.rows, strict=True)
    ]
    yield f"<h2>{escape(_('Who decides, squad by squad'))}</h2>"
    yield from paragraphs([found.verdict])
    yield heat_table(_("Squad"), part.columns, rows)
    yield from paragraphs(filter(None, [found.contested]))


def _sections(briefing: Briefing) -> Iterator[str]:
    """Each squad's section, and the one after it where the deep check was taken."""
    rank, below = ("h2", "h3") if briefing.overview else ("h1", "h2")
    for place, part in enumerate(briefing.squads):
        yield _squad(briefing, part, name=_section(place), rank=rank, below=below)
        if part.deep:
            section, badge = _deep_section(place), part.badge
            yield deep_section(briefing, part.deep, badge, section=section, below="h3")


def _section(place: int) -> str:
    return f"squad-{place}"


def _deep_section(place: int) -> str:
    return f"squad-{place}-who-decides"


def _squad(briefing: Briefing, part: SquadPart, *, name: str, rank: str, below: str) -> str:
    edition = briefing.edition
    _, told = edition.words.gettext, picture_text(briefing, part)
    pictures = [picture(draw(briefing, part), told) for draw in (bars_of, radar_of)]
    readable = readable_levels(edition, part.levels)
    return "\n".join(
        [
            f'<section id="{name}">',
            about(part.heading, part.badge),
            f'<{rank} class="verdict">{escape(part.verdict)}</{rank}>',
            *paragraphs(part.notes),
            f'<div class="pictures">{"".join(pictures)}</div>',
            table(_("Scores by level"), list(readable.columns), readable.to_numpy().tolist()),
            f"<{below}>{escape(_('Are both seats filled?'))}</{below}>",
            '<div class="seats">',
            *(
                f"<div><p><strong>{escape(seat.text)}</strong></p>{points(seat.behind)}</div>"
                for seat in part.seats
            ),
            "</div>",
            f"<{below}>{escape(_('What to do first'))}</{below}>",
            _levers(briefing, part.levers, label=_("Why:"))
            if part.levers
            else f"<p>{escape(part.no_lever)}</p>",
            f"<{below}>{escape(_('What we decided'))}</{below}>" if part.decided else "",
            _decided((*part.decided, *part.decided_earlier)),
            "</section>",
        ]
    )


def _levers(briefing: Briefing, levers: Sequence[LeverPart], *, label: str) -> str:
    _ = briefing.edition.words.gettext
    entries = []
    for lever in levers:
        told = (
            (label, lever.where),
            (_("Whose move:"), lever.owners),
            (_("First step, within 30 days:"), lever.step),
        )
        lines = [f"<p><strong>{escape(name)}</strong> {escape(text)}</p>" for name, text in told]
        entries.append(
            f"<li><p><strong>{escape(lever.title)}</strong> · {escape(lever.gain)}</p>"
            f"{''.join(lines)}</li>"
        )
    return f'<ol class="levers">{"".join(entries)}</ol>' if entries else ""


def _decided(actions: Sequence[ActionPart]) -> str:
    """What the squad decided, late ones in bold, with what its levels did since."""
    entries = []
    for each in actions:
        standing = escape(each.standing)
        lines = [
            f"<p><strong>{escape(each.title)}</strong> · "
            f"{f'<strong>{standing}</strong>' if each.late else standing}</p>",
            f'<p class="muted">{escape(each.since)}</p>' if each.since else "",
        ]
        entries.append(f"<li>{''.join(lines)}</li>")
    return f'<ul class="decided">{"".join(entries)}</ul>' if entries else ""
