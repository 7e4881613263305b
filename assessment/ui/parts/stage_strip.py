"""A squad's decision levels in one line: a cell each, in the colour of its stage."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

import streamlit as st

from assessment.charts.style import Style, ink_on
from assessment.languages import BLANK, Words
from assessment.ui.session.reader import Reader
from assessment.wording.home import levels_in_order
from assessment.wording.parts import LevelPart


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
    cells = "".join(_cell(words, style, level) for level in levels)
    return f'<ol class="stage-strip">{cells}</ol>'


def _cell(words: Words, style: Style, level: LevelPart) -> str:
    name = escape(level.name)
    if level.score is None:
        text = escape(words.labelled(level.name, words.gettext("not enough answers")))
        return f'<li class="no-data" title="{name}"><span>{text}</span>{BLANK}</li>'
    fill = style.stage(level.stage_number or 1)
    capped = words.gettext("capped") if level.is_capped else ""
    text = escape(words.labelled(level.name, ", ".join(filter(None, (level.stage, capped)))))
    shown = words.score(level.score) + ("▾" if level.is_capped else "")
    return (
        f'<li style="background:{fill};color:{ink_on(fill)}" title="{text}">'
        f"<span>{text}, </span>{shown}</li>"
    )
