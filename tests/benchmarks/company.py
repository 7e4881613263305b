"""A company of fifty squads over two years, with as many assessments as asked; always the same."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from assessment.access.links import LinkRequest, new_link
from assessment.content.loading import shipped_framework
from assessment.model import Action, Assessment, DeepAnswers, Framework, Setup, Survey
from assessment.storage.csv.store import CsvStore
from assessment.storage.opening import DATA_FOLDER, DATABASE_URL, open_store
from assessment.storage.protocol import Record, Store

SQUADS = tuple(f"Squad {number:02}" for number in range(50))
MONTHS = 24
ONE_DEEP_IN = 4


@dataclass(frozen=True, slots=True)
class Company:
    """A stored company: where it lies, its last month, and an invitation to its open survey.

    In files of `folder`, or in the database of an address.
    """

    folder: Path
    count: int
    period: str
    token: str
    database: str = ""

    @property
    def settings(self) -> Mapping[str, str]:
        """What tells a server where it lies."""
        setting = {DATA_FOLDER: str(self.folder)}
        return {**setting, DATABASE_URL: self.database} if self.database else setting

    @property
    def store(self) -> Store:
        """Its store, opened anew."""
        return open_store(self.settings, shipped_framework(), project=self.folder)

    @property
    def place(self) -> str:
        """What it lies in, as figures call it."""
        return "PostgreSQL" if self.database else "CSV"


def copied_to(database: str, company: Company) -> Company:
    """The same company in an empty database."""
    copy = replace(company, database=database)
    copy.store.add(company.store.read().records)
    return copy


def stored_company(folder: Path, count: int, *, today: date) -> Company:
    """A company of `count` assessments in a folder; every fourth one has a full deep check."""
    framework, dice = shipped_framework(), random.Random(7)  # noqa: S311 - to be repeated
    first = date(today.year - 2, today.month, 1)
    last = date(today.year, today.month, 1) - timedelta(days=1)
    survey = Survey(
        gathering_id=UUID(int=3 * 10**9),
        saved_at=datetime.now(UTC),
        squad=SQUADS[0],
        opened_on=today,
        closes_on=today + timedelta(days=20),
    )
    request = LinkRequest("invite", "bench", SQUADS[:1], round_id=survey.id)
    link, token = new_link(
        request, link_id=UUID(int=4 * 10**9), now=datetime.now(UTC), mint=lambda n: bytes(range(n))
    )
    records: list[Record] = [survey, link]
    for number, squad in enumerate(SQUADS):
        records += _of_squad(number, squad, framework, dice, first)
    for number in range(count):
        cell = number if number < len(SQUADS) * MONTHS else dice.randrange(len(SQUADS) * MONTHS)
        month = MONTHS - 1 - cell // len(SQUADS)  # the latest first, every squad in every month
        day = first + timedelta(days=int(month * (last - first).days / MONTHS))
        records.append(
            _assessment(number, SQUADS[cell % len(SQUADS)], framework, dice, min(day, last))
        )
    CsvStore(folder, framework).add(records)
    return Company(folder, count, f"{last:%Y-%m}", token)


def _of_squad(
    number: int, squad: str, framework: Framework, dice: random.Random, first: date
) -> list[Record]:
    saved = datetime(2026, 1, 1, tzinfo=UTC)
    seats = dict.fromkeys((role for role in framework.role_ids if role != "cpto"), "own")
    setup = Setup(
        setup_id=UUID(int=10**9 + number), saved_at=saved, since=first, squad=squad, seats=seats
    )
    levers = dice.sample([lever.id for lever in framework.levers], 3)
    actions = [
        Action(
            action_id=UUID(int=2 * 10**9 + 3 * number + index),
            saved_at=saved,
            squad=squad,
            lever=lever,
            owner="cpo",
            decided_on=first + timedelta(days=300 + 100 * index),
            status="planned",
        )
        for index, lever in enumerate(levers)
    ]
    return [setup, *actions]


def _assessment(
    number: int, squad: str, framework: Framework, dice: random.Random, day: date
) -> Assessment:
    return Assessment(
        assessment_id=UUID(int=number + 1),
        saved_at=datetime(2026, 11, 1, tzinfo=UTC),
        assessed_on=day,
        squad=squad,
        voice=dice.choice([None, f"voice {number}"]),
        role=dice.choice([None, *framework.role_ids]),
        framework=framework.version_with_lenses,
        answers={item: dice.choice(options) for item, options in framework.options_by_item.items()},
        deep=DeepAnswers() if number % ONE_DEEP_IN else _deep(framework, dice),
    )


def _deep(framework: Framework, dice: random.Random) -> DeepAnswers:
    """Every decision and every lens item answered, and the vital signs."""
    held = [role for role in framework.role_ids if role != "cpto"]
    return DeepAnswers(
        deciders={
            decision: tuple(dice.sample(held, dice.randrange(1, 4)))
            for decision in framework.lenses.decision_by_id
        },
        options={
            item: dice.choice(options) for item, options in framework.lens_options_by_item.items()
        },
        signs={sign: float(dice.randrange(30)) for sign in framework.lenses.sign_by_id},
    )
