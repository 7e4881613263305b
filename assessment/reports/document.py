"""What documents of every kind have in common: their paper, labels and tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from assessment.charts.style import Style
from assessment.languages import LEAKS
from assessment.reports.typesetting import FONTS
from assessment.wording.agreements import AgreementsPart
from assessment.wording.briefing import Briefing
from assessment.wording.overview import Overview
from assessment.wording.parts import Cell, LeverPart, ScoreRow, Tone
from assessment.wording.squads import fit_key

PAPER = Style(dark=False)
"""The look of charts and texts on every document: dark on white."""


DECISION_COLOURS = (PAPER.grid, "#8A96A1", PAPER.trouble, PAPER.text, PAPER.track)
"""What fills the parts of a bar of decisions, in the order of the board's states."""


def colours_of(cell: Cell) -> tuple[str, str] | None:
    """What fills a cell and the colour of its text: that of its stage, or a grey; None without."""
    if cell.stage is not None:
        return PAPER.staged(cell.stage)
    return None if cell.lower is None else PAPER.shaded(cell.lower)


@dataclass(frozen=True)
class SquadTable:
    """Squads by columns of scores, under a title."""

    briefing: Briefing
    name: str
    columns: tuple[str, ...]
    rows: tuple[ScoreRow, ...]

    @property
    def caption(self) -> str:
        """Its title, with the time since which every row tells changes."""
        return f"{self.name} ({self._since})" if self._since else self.name

    def about(self, row: ScoreRow) -> str:
        """What else the numbers of a row stand on."""
        return " · ".join(text for text in row.about if text != self._since)

    @cached_property
    def _since(self) -> str:
        """Since when changes are told, where several rows all say the same; else empty."""
        every = {row.since for row in self.rows}
        return every.pop() if len(every) == 1 < len(self.rows) else ""

    def in_words(self, rows: Iterable[ScoreRow]) -> Iterator[str]:
        """Rows of it as sentences, one per squad: every coloured score, and what changed."""
        for row in rows:
            scores = [
                f"{column} {self._spoken(cell)} {cell.change}".strip()
                for column, cell in zip(self.columns, row.cells, strict=False)
            ]
            squad = f"{row.squad} ({', '.join(row.about)})"
            yield self.briefing.edition.words.labelled(squad, ", ".join(scores))

    def _spoken(self, cell: Cell) -> str:
        if cell.stage is None:
            return cell.shown
        edition = self.briefing.edition
        return f"{edition.words.score(cell.score)} ({edition.stage(cell.stage).lower()})"


def level_table(briefing: Briefing, overview: Overview) -> SquadTable:
    """The squads by decision level."""
    name = briefing.edition.words.gettext("Scores by squad and level")
    return SquadTable(briefing, name, overview.columns, overview.rows)


def fit_table(briefing: Briefing, overview: Overview) -> SquadTable:
    """The squads by how far who decides fits at each level."""
    name = briefing.edition.words.gettext("Clear decisions and fit by squad and level")
    return SquadTable(briefing, name, overview.columns, overview.fit_rows)


def stage_scale(briefing: Briefing) -> tuple[tuple[str, str], ...]:
    """The stages in order, each by its name, behind its mark, and from which points to which."""
    floors, number = briefing.edition.framework.rules.stage_floors, briefing.edition.words.number
    ends = (*(floor - 1 for floor in floors[1:]), 100)
    return tuple(
        (
            f"{LEAKS.get(stage, '')} {briefing.edition.stage(stage)}".strip(),
            f"{number(floor)}–{number(end)}",
        )
        for stage, (floor, end) in enumerate(zip(floors, ends, strict=True), start=1)
    )


def chip_look(tone: Tone) -> tuple[str, str]:
    """What fills a chip, and the colour of its edge."""
    looks: dict[Tone, tuple[str, str]] = {
        "good": (PAPER.track, PAPER.track),
        "watch": ("#FFF3D1", PAPER.stage(2)),
        "bad": ("#FCE8DE", PAPER.stage(1)),
        "late": (PAPER.background, PAPER.stage(1)),
        "unknown": (PAPER.background, PAPER.grid),
        "holds": (PAPER.background, PAPER.grid),
    }
    return looks[tone]


def heading_font() -> bytes:
    """The face of headings, as a font file in bold."""
    return (FONTS / "bricolage-grotesque-bold.ttf").read_bytes()


def texts_of(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """A frame of texts for people, as layouts set it: heads, and rows named by their first text."""
    return {"columns": list(frame.columns), "rows": frame.to_numpy().tolist()}


def labels_of(briefing: Briefing) -> dict[str, str]:
    """The headings and labels of a document, by the names that layouts call them."""
    _ = briefing.edition.words.gettext
    return {
        "footer": f"{briefing.product} · {briefing.period}",
        "contents": _("Squad by squad"),
        "levels": _("Scores by level"),
        "capped": _("* capped: kept below its points by an answer"),
        "seats": _("Are both seats filled?"),
        "levers": _("What to do first"),
        "decided": _("What we decided"),
        "open": _("Open actions"),
        "across": _("Who decides, squad by squad"),
        "fit_key": fit_key(briefing.edition),
        "decisions": _("Who decides, decision by decision"),
        "amiss": _("What is wrong"),
        "differ": _("Where voices do not agree who decides"),
        "charter": _("The squad's charter"),
        "lenses": _("Lenses"),
        "lens_scores": _("Scores, lens by lens"),
        "signs": briefing.edition.lens_asking_for("signs").title,
        "squad": _("Squad"),
        "top": _("To the top"),
        "level": _("Level"),
        "maturity": _("Maturity"),
        "fit": _("Fit"),
        "lens": _("Lens"),
        "score": _("Score"),
    }


def lever_lines(
    briefing: Briefing, lever: LeverPart, *, is_shared: bool = False
) -> Sequence[tuple[str, str]]:
    """A lever's lines, each with its label: why or for which squads, whose move, what first."""
    _ = briefing.edition.words.gettext
    return (
        (_("Squads:") if is_shared else _("Why:"), lever.where),
        (_("Whose move:"), lever.owners),
        (_("First step, within 30 days:"), lever.step),
    )


def agreed_data(part: AgreementsPart) -> dict[str, Any] | None:
    """A squad's agreements for a layout: each with its state and what stands behind it."""
    if not part.items:
        return None
    items = [
        {"sentence": item.sentence, "state": item.status, "lines": item.lines}
        for item in part.in_files
    ]
    return {"title": part.title, "summary": part.summary, "items": items}
