"""Take-aways that several tests open: hostile names, twelve squads, sample data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assessment.edition import edition_in
from assessment.framework import shipped_framework
from assessment.leadership import Summary, summary_of
from assessment.model import Action, Assessment, Setup
from assessment.reports.briefing import Briefing, briefing_of
from assessment.rounds import History, Period
from assessment.samples import sample_records
from tests.builders import assessment
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
HOSTILE = (TYPST, HTML, FORMULA, UNBROKEN, ARABIC, EMOJI, FORBIDDEN)

ANSWERS: Sequence[Mapping[str, str]] = (
    WORST,
    HALF,
    healthy({"single-channel": "no"}),
    EXAMPLE_2,
    healthy({"vision-not-restated": "often", "late-scope": "sometimes"}),
)


def summary(*names: str) -> Summary:
    """Squads of these names with different answers in November 2026, healthy ones before."""
    told = []
    for place, name in enumerate(names):
        before = {"squad": name, "assessed_on": date(2026, 9, 3), "answers": EXAMPLE_1}
        now = {"squad": name, "answers": ANSWERS[place % len(ANSWERS)]}
        told += [assessment(**before), assessment(**now)]
    found = History(FRAMEWORK, told, "month", version=names)
    return summary_of(found, found.squads, NOVEMBER)


def briefing(*names: str, language: str = "en") -> Briefing:
    """The take-away of such a summary."""
    return briefing_of(edition_in(language), summary(*names), today=TODAY)


def twelve(language: str = "en") -> Briefing:
    """Twelve squads, seven of them with hostile names of up to eighty characters."""
    others = [f"Squad {place} des abonnements grands comptes Europe du Sud" for place in range(5)]
    return briefing(*HOSTILE, *others, language=language)


@cache
def sample(language: str) -> Briefing:
    """The sample company in October 2026, seen on 3 November."""
    records = sample_records()
    checks = [each for each in records if isinstance(each, Assessment)]
    setups = [each for each in records if isinstance(each, Setup)]
    actions = [each for each in records if isinstance(each, Action)]
    found = History(FRAMEWORK, checks, "month", setups=setups, version="sample")
    told = summary_of(found, found.squads, Period(2026, 10, "month"), actions)
    return briefing_of(edition_in(language), told, today=TODAY)


def saved(folder: Path, name: str, data: bytes) -> Path:
    """A file of these bytes, for a program that opens files."""
    path = folder / name
    path.write_bytes(data)
    return path


LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])
