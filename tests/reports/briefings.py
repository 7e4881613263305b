"""Take-aways that several tests open: hostile names, twelve squads, sample data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import cycle
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.languages import LANGUAGES
from assessment.model import Action, Agreement, Assessment, Confirmation, Setup
from assessment.model.period import Period
from assessment.reports.images import svg
from assessment.reports.pdf import pdf
from assessment.reports.web_page import web_page
from assessment.rounds.history import History
from assessment.rounds.leadership import Summary, summary_of
from assessment.wording.briefing import Briefing, briefing_of
from tests.builders import assessment
from tests.deep_examples import ARTICLE_A, following, setup
from tests.examples import EXAMPLE_1, EXAMPLE_2, HALF, WORST, healthy

FRAMEWORK = shipped_framework()
NOVEMBER = Period(2026, 11, "month")
TODAY = date(2026, 11, 3)

TYPST = '#panic(1) $a^b$ *x* _y_ @z <l> `c` // \\ [#read("/etc/passwd")]'
HTML = "</title><script>alert(1)</script><img src=http://x.y/z onerror=alert(1)>&amp;"
FORMULA = '=HYPERLINK("http://x.y","x")+cmd|\' /C calc\'!A0'
UNBROKEN = "W" * 80
ARABIC = "فريق الدفع والاشتراكات"
EMOJI = "Équipe 🚀 « œuvre » 👩‍💻"
FORBIDDEN = "Noncharacter \uffff here"
SIGNS = {"days-to-arbitrate": 4}
HOSTILE = (TYPST, HTML, FORMULA, UNBROKEN, ARABIC, EMOJI, FORBIDDEN)

FEW = ("Boréal · demo", "Cobalt · demo", "Dune · demo")
"""One voice, many voices, and a squad without a level scored and without a deep check."""

ANSWERS: Sequence[Mapping[str, str]] = (
    WORST,
    HALF,
    healthy({"single-channel": "no"}),
    EXAMPLE_2,
    healthy({"vision-not-restated": "often", "late-scope": "sometimes"}),
)


def summary(*names: str) -> Summary:
    """Squads of these names with different answers in November 2026, healthy ones before."""
    checks = []
    for index, name in enumerate(names):
        before = {"squad": name, "assessed_on": date(2026, 9, 3), "answers": EXAMPLE_1}
        now = {"squad": name, "answers": ANSWERS[index % len(ANSWERS)]}
        checks += [assessment(**before), assessment(**now)]
    history = History(FRAMEWORK, checks, "month", version=names)
    return summary_of(history, history.squads, NOVEMBER)


def briefing(*names: str, language: str = "en") -> Briefing:
    """The take-away of such a summary."""
    return briefing_of(edition_in(language), summary(*names), today=TODAY)


def healthy_squads() -> Briefing:
    """The take-away of two squads that have nothing to repair."""
    checks = [assessment(squad=squad, answers=EXAMPLE_1) for squad in ("Atlas", "Borea")]
    history = History(FRAMEWORK, checks, "month")
    return briefing_of(edition_in("en"), summary_of(history, history.squads, NOVEMBER), today=TODAY)


def twelve(language: str = "en") -> Briefing:
    """Twelve squads, seven of them with hostile names of up to eighty characters."""
    others = [f"Squad {number} des abonnements grands comptes Europe du Sud" for number in range(5)]
    return briefing(*HOSTILE, *others, language=language)


@cache
def sample(language: str, *squads: str) -> Briefing:
    """The sample company in October 2026, or some of its squads, seen on 3 November."""
    records = sample_records()
    checks = [record for record in records if isinstance(record, Assessment)]
    setups = [record for record in records if isinstance(record, Setup)]
    actions = [record for record in records if isinstance(record, Action)]
    history = History(FRAMEWORK, checks, "month", setups=setups, version="sample").reading(
        [record for record in records if isinstance(record, Agreement)],
        [record for record in records if isinstance(record, Confirmation)],
    )
    company = summary_of(history, squads or history.squads, Period(2026, 10, "month"), actions)
    return briefing_of(edition_in(language), company, today=TODAY)


def few(language: str) -> Briefing:
    """Three of the sample company's squads."""
    return sample(language, *FEW)


@cache
def sample_pdf(language: str) -> bytes:
    """The sample company's document."""
    return pdf(sample(language))


@cache
def twelve_pdf(language: str) -> bytes:
    """The document of twelve squads with long names."""
    return pdf(twelve(language))


@cache
def few_page(language: str) -> bytes:
    """The web page of those three squads."""
    return web_page(few(language))


@cache
def hostile_page() -> bytes:
    """The web page of twelve squads with hostile names."""
    return web_page(twelve("fr"))


def mapped_company(
    *squads: str,
    mandates: Mapping[str, str] = MappingProxyType({}),
    changes: Mapping[str, tuple[str, ...]] = MappingProxyType({"cut": ("po",)}),
    answers: Sequence[Mapping[str, str]] = (HALF,),
    actions: Sequence[Action] = (),
    agreements: Sequence[Agreement] = (),
) -> Summary:
    """Squads with a PM and a PO in which two voices took the deep check in November 2026.

    One follows article A to the letter and writes the mandates; the other names other deciders in
    `changes`, the PO for what is cut. A squad's two give the same `answers` to the quick check.
    """
    voices = (
        {"deciders": following(ARTICLE_A), "mandates": dict(mandates), "signs": SIGNS},
        {"deciders": following(ARTICLE_A, changes), "options": {"shared-cycle": "yes"}},
    )
    checks = [
        assessment(squad=squad, answers=said, voice=alias, deep=deep)
        for squad, said in zip(squads, cycle(answers), strict=False)
        for alias, deep in zip(("Camille", "Noor"), voices, strict=True)
    ]
    setups = [setup("pm", "po", squad=squad) for squad in squads]
    history = History(FRAMEWORK, checks, "month", setups=setups, version=squads)
    history = history.reading(agreements, ())
    return summary_of(history, history.squads, NOVEMBER, actions)


def mapped(*squads: str, language: str = "en", **company: Any) -> Briefing:
    """The take-away of such a company."""
    return briefing_of(edition_in(language), mapped_company(*squads, **company), today=TODAY)


drawn: dict[str, bytes] = {}


def drawn_once(spec: Mapping[str, Any], **look: Any) -> bytes:
    """The picture of a spec, as it was drawn when somebody first asked for it."""
    key = repr((spec, look))
    if key not in drawn:
        drawn[key] = svg(spec, **look)
    return drawn[key]


def saved(folder: Path, name: str, data: bytes) -> Path:
    """A file of these bytes, for a program that opens files."""
    path = folder / name
    path.write_bytes(data)
    return path


IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
