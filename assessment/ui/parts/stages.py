"""Stages as colours on a page: a squad's levels as a strip, its scores, what its colours mean."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

import streamlit as st

from assessment.charts.style import Style, ink_on
from assessment.languages import BLANK, LEAKS, Words
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_points
from assessment.ui.session.ways import show_link
from assessment.wording.home import levels_in_order
from assessment.wording.parts import LevelPart

STAGES = (1, 2, 3, 4)
CELL = "display: inline-flex; align-items: center; justify-content: center; border-radius: 3px; "


def show_stage_strip(reader: Reader, stages: Sequence[int | None], *, alt: str) -> None:
    """One cell a level in its stage's colour, an outline where it has none; `alt` in words."""
    text = escape(alt)
    st.html(
        f'<div role="img" aria-label="{text}" title="{text}" style="display: flex; gap: 3px">'
        f"{''.join(_cell(reader, stage, width=24, height=22) for stage in stages)}</div>",
        width="content",
    )


def show_stage_legend(reader: Reader, *, with_capped: bool = False) -> None:
    """The colour and the word of each stage on one line, and one tap away what they mean.

    `with_capped` is for pages that show levels by their scores: the sign of a capped one is told.
    """
    _ = reader.gettext
    names = (
        '<span style="display: inline-flex; gap: 6px; align-items: center">'
        f"{_cell(reader, stage, width=14, height=14)}"
        f"{escape(reader.edition.stage(stage))}</span>"
        for stage in STAGES
    )
    with st.container(key=keys.STAGES, horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(
            '<div style="display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 0.875rem">'
            f"{''.join(names)}</div>",
            width="content",
        )
        if with_capped:
            st.caption(as_plain_text(_("* capped")), width="content")
        label = _("What the stages mean")
        tap = st.popover(label, type="tertiary", key=keys.STAGES_MEANING, on_change="rerun")
        if tap.open:
            with tap:
                show_stage_meanings(reader)
                label, where = _("Scores and stages"), {"view": "scores"}
                show_link(reader, page_files.METHOD, label, where, icon=":material/function:")


def show_stage_scale(reader: Reader) -> None:
    """The scale from 0 to 100: each stage as wide as its points, with its word and beginning."""
    number, words, parts = reader.edition.words.number, [], []
    for stage, floor, end in _spans(reader):
        name, fill = reader.edition.stage(stage), reader.style.stage(stage)
        words.append(f"{name} {number(floor)}–{number(end)}")
        parts.append(
            f'<div style="flex: {end - floor} 1 0; min-width: 0"><div style="background: {fill}; '
            f'color: {ink_on(fill)}; padding: 8px 3px; overflow-wrap: anywhere">{escape(name)}'
            f"</div><div>{number(floor)}</div></div>"
        )
    st.html(
        f'<div role="img" aria-label="{escape(", ".join(words))}" style="display: flex; '
        'gap: 2px; position: relative; font-size: 0.8rem; line-height: 1.3">'
        f"{''.join(parts)}"
        '<div style="position: absolute; right: 0; bottom: 0">100</div></div>'
    )


def show_stage_meanings(reader: Reader) -> None:
    """The scale, and what each stage means."""
    edition, texts = reader.edition, reader.edition.texts.stages
    lines = [
        edition.words.labelled(edition.stage(stage), texts[str(stage)].meaning)  # type: ignore[index]
        for stage in STAGES
    ]
    lines.append(reader.gettext("* capped: kept below its points by an answer"))
    show_stage_scale(reader)
    show_points(lines)


def _spans(reader: Reader) -> Iterator[tuple[int, float, float]]:
    """Each stage with the points from which it is reached and from which the next one is."""
    floors = reader.edition.framework.rules.stage_floors
    return zip(STAGES, floors, (*floors[1:], 100), strict=True)


def _cell(reader: Reader, stage: int | None, *, width: int, height: int) -> str:
    size = f"flex: none; width: {width}px; height: {height}px; "
    size += f"font: 700 {height * 2 // 3}px/1 inherit; "
    look = f"border: 1px dashed {reader.style.muted}"
    if stage:
        fill = reader.style.stage(stage)
        look = f"background: {fill}; color: {ink_on(fill)}"
    mark = LEAKS.get(stage or 0, "")
    return f'<span aria-hidden="true" style="{CELL}{size}{look}">{mark}</span>'


def stage_strip(reader: Reader, levels: Sequence[LevelPart]) -> None:
    """The levels' scores; a level without one is an outline, and a capped one is marked.

    Nothing in it was written by people: names, stages and numbers are the product's own.
    """
    st.html(_strip(reader.edition.words, reader.style, tuple(levels)))


def strip_heads(reader: Reader, levels: Sequence[LevelPart]) -> None:
    """The levels' names above strips, on a phone in one line; for eyes, since cells say theirs."""
    heads = "".join(f"<li>{escape(level.short)}</li>" for level in levels)
    line = levels_in_order(reader.edition)
    st.html(
        f'<ol class="stage-strip stage-heads" aria-hidden="true">{heads}</ol>'
        f'<p class="stage-line" aria-hidden="true">{escape(line)}</p>'
    )


@lru_cache(maxsize=500)
def _strip(words: Words, style: Style, levels: tuple[LevelPart, ...]) -> str:
    cells = "".join(_scored_cell(words, style, level) for level in levels)
    return f'<ol class="stage-strip">{cells}</ol>'


def _scored_cell(words: Words, style: Style, level: LevelPart) -> str:
    name = escape(level.name)
    if level.score is None:
        text = escape(words.labelled(level.name, words.gettext("not enough answers")))
        return f'<li class="no-data" title="{name}"><span>{text}</span>{BLANK}</li>'
    fill = style.stage(level.stage or 1)
    capped = words.gettext("capped") if level.is_capped else ""
    text = escape(words.labelled(level.name, ", ".join(filter(None, (level.stage_name, capped)))))
    shown = words.in_cell(level.score, level.stage, is_capped=level.is_capped)
    return (
        f'<li style="background:{fill};color:{ink_on(fill)}" title="{text}">'
        f"<span>{text}, </span>{shown}</li>"
    )
