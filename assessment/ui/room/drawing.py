"""What is read from five metres: big numbers, one square a voice, a ring that runs out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from math import ceil

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.ui.session.reader import Reader
from assessment.wording.room import AnswerRow, BigCount, rows_text

FEW = 5  # squares that stand on one line where two votes share a narrow width
WIDE = 12  # squares that stand on one line where two votes have a wide one
MANY = 6  # answers that two votes have room for at their usual size


def show_counts(counts: Sequence[BigCount]) -> None:
    """Numbers side by side, each over its words."""
    tiles = "".join(
        f'<p class="room-count"><b>{escape(count.number)}</b> {escape(count.words)}</p>'
        for count in counts
    )
    st.html(f'<div class="room-counts">{tiles}</div>')


def show_rows(reader: Reader, rows: Sequence[AnswerRow]) -> None:
    """Each answer with one square a voice."""
    given = [row for row in rows if row.voices]
    lines = "".join(
        f'<div class="room-row"><span class="room-answer">{escape(row.answer)}</span>'
        f"{_squares(reader, row.voices)}</div>"
        for row in given
    )
    style = f"--rows: {max(1, len(given))}"
    _show_grid(lines, alt=rows_text(reader.edition, rows), style=style)


@dataclass(frozen=True, slots=True)
class VoteColumn:
    """One vote beside another: its title, what was asked, and the answers."""

    title: str
    question: str
    rows: Sequence[AnswerRow]


def show_both(reader: Reader, title: str, before: VoteColumn, after: VoteColumn) -> None:
    """Two votes on what a title names, each under its own question: before drawn hollow."""
    hollow, filled = _voices(before.rows), _voices(after.rows)
    heads = "".join(
        f'<span class="room-rows-title">{escape(column.title)}'
        f'<span class="room-asked">{escape(column.question)}</span></span>'
        for column in (before, after)
    )
    answers = dict.fromkeys((*filled, *hollow))
    lines = "".join(
        f'<div class="room-row"><span class="room-answer">{escape(answer)}</span>'
        f"{_squares(reader, hollow.get(answer, 0), look='room-squares room-before')}"
        f"{_squares(reader, filled.get(answer, 0))}</div>"
        for answer in answers
    )
    most = max([1, *hollow.values(), *filled.values()])
    a_line = most if most <= FEW else ceil(most / 2)
    wide = most if most <= WIDE else a_line
    folded = sum(max(hollow.get(answer, 0), filled.get(answer, 0)) > a_line for answer in answers)
    both = (
        f"{column.title} · {column.question} · {rows_text(reader.edition, column.rows)}"
        for column in (before, after)
    )
    _show_grid(
        f'<div class="room-row room-heads"><span></span>{heads}</div>' + lines,
        alt=reader.edition.words.labelled(title, " | ".join(both)),
        look=f"room-grid room-both{' room-many' if len(answers) > MANY else ''}",
        style=f"--most: {a_line}; --wide: {wide}; --rows: {len(answers) + folded}",
    )


def _voices(rows: Sequence[AnswerRow]) -> dict[str, int]:
    return {row.answer: row.voices for row in rows if row.voices}


def _squares(reader: Reader, voices: int, *, look: str = "room-squares") -> str:
    count = f"<b>{escape(reader.edition.words.number(voices))}</b>" if voices else ""
    return f'<span class="{look}">{"<i></i>" * voices}{count}</span>'


def _show_grid(lines: str, *, alt: str, style: str, look: str = "room-grid") -> None:
    label = escape(alt, quote=True)
    grid = f'<div class="{look}" style="{style}" role="img" aria-label="{label}">{lines}</div>'
    st.html(f'<div class="room-rows">{grid}</div>')


def show_ring(reader: Reader, began: datetime | None, *, minutes: int) -> None:
    """A topic's minutes as a ring that the browser has run out by itself, also once reloaded."""
    seconds = 60 * minutes
    gone = min((datetime.now(UTC) - began).total_seconds(), seconds) if began else 0
    state = "" if began is None else " room-over" if gone >= seconds else " room-running"
    text = reader.counted(
        "{count} minute for this topic", "{count} minutes for this topic", minutes
    )
    alt = escape(text, quote=True)
    st.html(
        f'<div class="room-ring{state}" role="timer" aria-label="{alt}" '
        f'style="--minutes: {minutes}; --gone: {gone:.0f}s">'
        "<span></span></div>"
    )


def show_clock(number: str, texts: tuple[str, str, str], began: datetime | None) -> None:
    """Which topic of how many, what the step may take, and the minute that a browser counts on."""
    step, before, after = map(escape, texts)
    parts = [part for part in (number, step) if part]
    if began is not None:
        gone = (datetime.now(UTC) - began).total_seconds()
        parts.append(f'{before}<i style="--gone: {gone:.0f}s"></i>{after}')
    st.html(f'<p class="room-clock">{" · ".join(parts)}</p>')


def show_words(text: str, kind: str) -> None:
    """A line of a room's own size, if any: `kind` is one of its classes."""
    if text:
        st.html(f'<p class="room-{kind}">{escape(text)}</p>')


def show_list(lines: Iterable[str]) -> None:
    """Lines of a room's size, one below the other."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f'<ul class="room-list">{items}</ul>')


def row_to_settle(key: str) -> DeltaGenerator:
    """A place for what settles something, side by side."""
    return st.container(key=key, horizontal=True, vertical_alignment="bottom", gap="medium")


def ask_day(row: DeltaGenerator, label: str, proposed: date | None, key: str) -> date | None:
    """A day in such a row; it is kept until what it belongs to is stored."""
    return row.date_input(
        label, value=proposed, format="DD/MM/YYYY", persist_state="session", key=key, width=300
    )
