"""A take-away as one HTML file that opens offline: no script, no address, charts inside."""

from base64 import b64encode
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assessment.languages import bound
from assessment.reports import document
from assessment.reports.document import PAPER
from assessment.reports.pictures import Pictures, levels_in_words
from assessment.wording.briefing import Briefing
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.parts import Cell
from assessment.wording.pictures import picture_name

LAYOUTS = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    finalize=lambda value: bound(value) if type(value) is str else value,  # a picture is Markup
)


def web_page(briefing: Briefing, before_squad: Callable[[], object] = lambda: None) -> bytes:
    """The take-away as one HTML document in UTF-8."""
    sections = [f"squad-{index}" for index in range(len(briefing.squads))]
    page = LAYOUTS.get_template("web_page.html").render(
        briefing=briefing,
        paper=PAPER,
        colours=_colours,
        document=document,
        labels=document.labels_of(briefing),
        pictures=Pictures(briefing.edition.words, before_squad),
        squad_sections=sections,
        mapped_sections=[
            _deep_section(section)
            for section, squad in zip(sections, briefing.squads, strict=True)
            if squad.deep and squad.deep.is_mapped
        ],
        levels_in_words=partial(levels_in_words, briefing),
        picture_name=partial(picture_name, briefing.edition),
        deep_section=_deep_section,
        decision_table=_decision_table,
        stages=document.stage_scale(briefing),
        heading_font=b64encode(document.heading_font()).decode(),
    )
    return page.encode()


def _deep_section(section: str) -> str:
    return f"{section}-who-decides"


def _colours(cell: Cell) -> tuple[str, str]:
    """What fills a cell of the heat map, and the colour of its text."""
    return document.colours_of(cell) or (PAPER.background, PAPER.muted)


def _decision_table(part: DeepPart) -> dict[str, list[Any]]:
    """Who should decide and who does; a decision's own name stands first and names its row."""
    cells = part.map_picture.table.cells
    level, decision, *others = cells.columns
    return document.texts_of(cells[[decision, level, *others]])
