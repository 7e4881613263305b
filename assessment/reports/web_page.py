"""A take-away as one HTML file that opens offline: no script, no address, charts inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from assessment.charts.style import Style
from assessment.reports.briefing import Briefing, Cell, LeverPart, Overview, Row, SquadPart
from assessment.reports.pictures import bars_of, picture_text, radar_of
from assessment.tables import readable_levels

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
ol.levers {{ padding-left: 1.4rem; }}
ol.levers li {{ margin-bottom: 1rem; }}
ol.levers p, .seats p {{ margin: .1rem 0; }}
ul {{ padding-left: 1.2rem; margin: .2rem 0; }}
a {{ color: #0b5c8a; }}
footer {{ margin-top: 2.5rem; color: {PAPER.muted}; }}
@media (max-width: 40rem) {{
  .heat, .heat tbody {{ display: block; min-width: 0; }}
  .heat thead {{ display: none; }}
  .heat tr {{ display: grid; grid-template-columns: repeat(6, 1fr); gap: 2px;
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
    body += [_squad(briefing, place, part) for place, part in enumerate(briefing.squads)]
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
            _about(part.heading, briefing.badge),
            f"<h1>{escape(part.verdict)}</h1>",
            _heat_map(briefing, part),
            *_paragraphs(part.notes),
            f"<h2>{escape(_('What to do first'))}</h2>" if part.levers else "",
            _levers(briefing, part.levers, label=_("Squads:")),
        ]
    )


def _squad(briefing: Briefing, place: int, part: SquadPart) -> str:
    _ = briefing.edition.words.gettext
    rank, below = ("h2", "h3") if briefing.overview else ("h1", "h2")
    pictures = [_picture(briefing, part, bars_of), _picture(briefing, part, radar_of)]
    return "\n".join(
        [
            f'<section id="squad-{place}">',
            _about(part.heading, part.badge),
            f'<{rank} class="verdict">{escape(part.verdict)}</{rank}>',
            *_paragraphs(part.notes),
            f'<div class="pictures">{"".join(pictures)}</div>',
            _levels(briefing, part),
            f"<{below}>{escape(_('Are both seats filled?'))}</{below}>",
            '<div class="seats">',
            *(
                f"<div><p><strong>{escape(seat.text)}</strong></p>{_list(seat.behind)}</div>"
                for seat in part.seats
            ),
            "</div>",
            f"<{below}>{escape(_('What to do first'))}</{below}>",
            _levers(briefing, part.levers, label=_("Why:"))
            if part.levers
            else f"<p>{escape(part.no_lever)}</p>",
            "</section>",
        ]
    )


def _about(heading: str, badge: str | None) -> str:
    mark = f' <span class="badge">{escape(badge)}</span>' if badge else ""
    return f'<p class="about">{escape(heading)}{mark}</p>'


def _heat_map(briefing: Briefing, part: Overview) -> str:
    """Squads by level as a table; each name leads to the squad's own section."""
    _ = briefing.edition.words.gettext
    columns = (*part.columns, _("Overall"))
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    return "\n".join(
        [
            # On a phone each squad's cells stand under its name: the roles keep it a table.
            '<table class="heat" role="table">',
            f'<thead role="rowgroup"><tr role="row"><th scope="col">{escape(_("Squad"))}</th>'
            f"{heads}</tr></thead>",
            '<tbody role="rowgroup">',
            *(_heat_row(columns, place, row) for place, row in enumerate(part.rows)),
            "</tbody></table>",
        ]
    )


def _heat_row(columns: Sequence[str], place: int, row: Row) -> str:
    name = f'<a href="#squad-{place}">{escape(row.squad)}</a>'
    about = f"<small>{escape(row.voices)} · {escape(row.since)}</small>"
    cells = "".join(
        _heat_cell(column, cell, coloured=cell is not row.overall)
        for column, cell in zip(columns, (*row.cells, row.overall), strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{name}{about}</th>{cells}</tr>'


def _heat_cell(column: str, cell: Cell, *, coloured: bool) -> str:
    fill, ink = PAPER.background, PAPER.text
    if coloured:
        fill, ink = (PAPER.track, PAPER.muted) if cell.score is None else PAPER.heat(cell.score)
    change = f" <small>{escape(cell.change)}</small>" if cell.change else ""
    look = f'style="background:{fill};color:{ink}"'
    told = f"{escape(cell.shown)}{change}"
    return f'<td role="cell" data-level="{escape(column)}" {look}>{told}</td>'


def _picture(
    briefing: Briefing, part: SquadPart, draw: Callable[[Briefing, SquadPart], bytes]
) -> str:
    """A chart inside the page, said in words to whoever does not see it."""
    drawn = draw(briefing, part).decode()
    label = escape(picture_text(briefing, part))
    return f'<div role="img" aria-label="{label}">{drawn}</div>'


def _levels(briefing: Briefing, part: SquadPart) -> str:
    readable = readable_levels(briefing.edition, part.levels)
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in readable.columns)
    rows = [
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(text)}</td>" for text in others)
        + "</tr>"
        for first, *others in readable.to_numpy().tolist()
    ]
    name = escape(briefing.edition.words.gettext("Scores by level"))
    # What scrolls sideways on a phone must be reachable by keyboard, and have a name.
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{name}">'
        f'<table class="levels"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
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


def _list(lines: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{entries}</ul>" if entries else ""


def _paragraphs(lines: Iterable[str]) -> Iterable[str]:
    return (f"<p>{escape(line)}</p>" for line in lines)
