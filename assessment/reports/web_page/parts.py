"""Small parts of the web page: pictures, tables and lists, whatever people wrote escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assessment.charts.style import Style
from assessment.wording.parts import Cell

PAPER = Style(dark=False)


def about(heading: str, badge: str | None) -> str:
    """What a part is about, with its mark."""
    mark = f' <span class="badge">{escape(badge)}</span>' if badge else ""
    return f'<p class="about">{escape(heading)}{mark}</p>'


def picture(drawn: bytes, told: str) -> str:
    """A chart inside the page, said in words to whoever does not see it."""
    return f'<div role="img" aria-label="{escape(told)}">{drawn.decode()}</div>'


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that scrolls sideways on a phone; the first of each row names the row."""
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    told = [
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(text)}</td>" for text in others)
        + "</tr>"
        for first, *others in rows
    ]
    # What scrolls sideways must be reachable by keyboard, and have a name.
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{escape(name)}">'
        f'<table class="levels"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(told)}</tbody></table></div>"
    )


def unfolding(name: str, content: str) -> str:
    """Content that a click on its name unfolds."""
    return f"<details><summary>{escape(name)}</summary>{content}</details>"


def heat_table(first: str, columns: Sequence[str], rows: Iterable[str]) -> str:
    """Squads by columns, in the colours of the heat map; `rows` come from `heat_row`."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    return "\n".join(
        [
            # On a phone each squad's cells stand under its name: the roles keep it a table.
            f'<table class="heat" role="table" style="--columns:{len(columns)}">',
            f'<thead role="rowgroup"><tr role="row"><th scope="col">{escape(first)}</th>'
            f"{heads}</tr></thead>",
            '<tbody role="rowgroup">',
            *rows,
            "</tbody></table>",
        ]
    )


def heat_row(target: str, squad: str, told: str, cells: str) -> str:
    """A squad's row; its name leads to `target`."""
    name = f'<a href="#{target}">{escape(squad)}</a>'
    small = f"<small>{escape(told)}</small>"
    return f'<tr role="row"><th scope="row" role="rowheader">{name}{small}</th>{cells}</tr>'


def heat_cells(columns: Sequence[str], cells: Sequence[Cell]) -> str:
    """Cells in the colour of their score."""
    return "".join(
        _cell(column, cell, *_colours(cell)) for column, cell in zip(columns, cells, strict=True)
    )


def plain_cell(column: str, cell: Cell) -> str:
    """A cell without a colour of its own."""
    return _cell(column, cell, PAPER.background, PAPER.text)


def points(lines: Iterable[str]) -> str:
    """Lines as a list; nothing where there are none."""
    entries = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{entries}</ul>" if entries else ""


def paragraphs(lines: Iterable[str]) -> Iterable[str]:
    """Each line as a paragraph."""
    return (f"<p>{escape(line)}</p>" for line in lines)


def _colours(cell: Cell) -> tuple[str, str]:
    return (PAPER.track, PAPER.muted) if cell.score is None else PAPER.heat(cell.score)


def _cell(column: str, cell: Cell, fill: str, ink: str) -> str:
    change = f" <small>{escape(cell.change)}</small>" if cell.change else ""
    look = f'style="background:{fill};color:{ink}"'
    told = f"{escape(cell.shown)}{change}"
    return f'<td role="cell" data-level="{escape(column)}" {look}>{told}</td>'
