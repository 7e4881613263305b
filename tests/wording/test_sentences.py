"""Every generated sentence of the sample company, one text per language: read what changes.

After a wanted change, `APPROVE=1 pytest tests/wording/test_sentences.py` writes both anew; read
`git diff tests/wording/*.txt` before committing, as a reader of the result would read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pytest

from assessment import __version__
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.languages import LANGUAGES
from assessment.model import Action, Agreement, Assessment, Confirmation, Setup, Survey
from assessment.rounds.due import squads_today
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import comparison_of
from assessment.wording.board import Board
from assessment.wording.briefing import SquadPart
from assessment.wording.comparison import ComparisonPart
from assessment.wording.home import squad_line
from assessment.wording.overview import Overview
from assessment.wording.trends import SquadsTrend, trend_of

TODAY = date(2026, 11, 28)
HERE = Path(__file__).parent
NO_SENTENCES = {"squad", "squads", "identity", "period", "edition", "summary", "result", "history"}


def sections(language: str) -> Iterator[tuple[str, object]]:
    """What is said of the sample company, page by page."""
    edition, framework = edition_in(language), shipped_framework()
    records = sample_records(language)
    assessments = [record for record in records if isinstance(record, Assessment)]
    setups = [record for record in records if isinstance(record, Setup)]
    surveys = [record for record in records if isinstance(record, Survey)]
    actions = [record for record in records if isinstance(record, Action)]
    agreements = [record for record in records if isinstance(record, Agreement)]
    confirmations = [record for record in records if isinstance(record, Confirmation)]
    rounds = History(framework, assessments, "quarter", setups, surveys=surveys).reading(
        agreements, confirmations
    )
    latest = rounds.periods(rounds.squads)[0]
    summary = summary_of(rounds, rounds.squads, latest, actions)
    overview = Overview(edition, summary, TODAY)
    yield (
        "Home",
        [
            squad_line(edition, *one, today=TODAY)
            for one in squads_today(rounds, actions, today=TODAY)
        ],
    )
    yield "Leadership", [overview, *map(overview.your_part, framework.rules.leaders)]
    yield "Slides", Board(overview, overview.levers)
    yield "Compare", ComparisonPart(edition, comparison_of(rounds, rounds.squads, latest))
    squads_trend = trend_of(edition, rounds, rounds.squads, actions, today=TODAY)
    assert isinstance(squads_trend, SquadsTrend)
    yield (
        "Trends",
        [
            squads_trend.key(),
            squads_trend,
            *map(squads_trend.finding, (None, *framework.level_ids)),
        ],
    )
    for result in summary.results:
        squad = result.round.squad
        yield f"Squad: {squad}", SquadPart(edition, result, TODAY)
        yield f"Trends: {squad}", trend_of(edition, rounds, (squad,), actions, today=TODAY)


def sentences_in(value: object, seen: dict[int, object]) -> Iterator[str]:
    """Every text with a space in it that a part says, in the order of its parts."""
    if isinstance(value, str):
        if " " in value.strip():
            yield value
    elif isinstance(value, dict):
        yield from sentences_in(list(value.values()), seen)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from sentences_in(one, seen)
    elif is_dataclass(value) and type(value).__module__.startswith("assessment.wording"):
        if id(value) in seen:
            return
        seen[id(value)] = value  # kept alive, so that no other part gets its id
        for name in names_in(value):
            yield from sentences_in(getattr(value, name), seen)


def names_in(part: object) -> Iterable[str]:
    """The names of what a part holds and says, its own first."""
    own = [field.name for field in fields(part)]  # type: ignore[arg-type]
    said = [
        name
        for name, member in vars(type(part)).items()
        if isinstance(member, property | cached_property)
    ]
    return [name for name in (*own, *said) if not name.startswith("_") and name not in NO_SENTENCES]


def text_in(language: str) -> str:
    lines = []
    for heading, part in sections(language):
        said = dict.fromkeys(" ".join(text.split()) for text in sentences_in(part, {}))
        lines += [f"# {heading}", "", *said, ""]
    return "\n".join(lines).replace(__version__, "{version}")  # a release changes no sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_sample_company_is_the_approved_one(language: str) -> None:
    approved = HERE / f"sentences.{language}.txt"
    text = text_in(language)
    if os.environ.get("APPROVE") == "1":
        approved.write_text(text, encoding="utf-8")
    assert text == approved.read_text(encoding="utf-8")
