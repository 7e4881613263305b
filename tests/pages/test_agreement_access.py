"""What a squad agreed: who reads it on which page, in which file, by which link."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.loading import shipped_framework
from assessment.model import Agreement
from assessment.model.period import Period
from assessment.storage.csv.store import CsvStore
from assessment.ui.session import page_files
from tests.builders import agreement, confirmation, deep_assessment
from tests.pages.app import page_files as every_page
from tests.pages.visitors import EDITOR, STRANGER, Caller, everything, known_link

pytestmark = pytest.mark.usefixtures("protected")

TODAY = date.today()  # noqa: DTZ011 - the page's own day: these tests run in the reader's zone
AGO = timedelta(days=1)
RESULT_PAGES = [page for page in every_page() if page.startswith("pages/results/")]

AGREED = "Sprint content: the PO decides"
TEXTS = ("LimitHidden", "WayHidden", "WrittenHidden", "ReservedHidden")
"""What people wrote on an agreement and an answer; it follows the rule for notes."""
ALIAS = "AliasHidden"

LINKS: Mapping[str, dict[str, Any]] = {
    "view": {},
    "view with notes": {"with_notes": True},
    "view without agreements": {"with_agreements": False, "with_notes": True},
    "view of another squad": {"squads": ("Boréal",)},
    "view of an earlier year": {"period": "2020-Q1"},
}
READS: Mapping[str, tuple[bool, bool]] = {
    "editor": (True, True),
    "view": (True, False),
    "view with notes": (True, True),
    "view without agreements": (False, False),
    "view of another squad": (False, False),
    "view of an earlier year": (False, False),
    "invitee": (False, False),
    "stranger": (False, False),
    "nobody": (False, False),
    "bad link": (False, False),
}
"""Whether a visitor reads what was agreed, and what was written on it."""


@pytest.fixture(autouse=True)
def company(empty_store: Path) -> Agreement:
    """Atlas agreed on the sprint's content, the Tech Lead with a reservation; Boréal on nothing."""
    limits, escalation, note, reservation = TEXTS
    agreed = agreement(
        agreed_on=TODAY - AGO,
        valid_until=TODAY + AGO,
        limits=limits,
        escalation=escalation,
        note=note,
    )
    answers = (
        confirmation(agreement_id=agreed.id, role="po", voice=ALIAS),
        confirmation(
            agreement_id=agreed.id, role="tl", answer="with-reservation", reservation=reservation
        ),
    )
    voices = (
        deep_assessment(squad=squad, assessed_on=TODAY, deep={"deciders": {"cut": (role,)}})
        for squad in ("Atlas", "Boréal")
        for role in ("cpo", "pm")
    )
    CsvStore(empty_store, shipped_framework()).add([agreed, *answers, *voices])
    return agreed


def caller(who: str, **parameters: str) -> Caller:
    match who:
        case "editor" | "stranger":
            return Caller(dict(EDITOR if who == "editor" else STRANGER), dict(parameters))
        case "invitee":
            token = known_link("invite")[1]
        case "bad link":
            token = "A" * 43
        case "nobody":
            return Caller(parameters=dict(parameters))
        case _:
            token = known_link(**LINKS[who])[1]
    return Caller(parameters={"link": token, **parameters})


def written(data: bytes) -> str:
    """Everything a file says, whatever its kind."""
    if is_zipfile(io.BytesIO(data)):
        with ZipFile(io.BytesIO(data)) as file:
            return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    if data.startswith(b"%PDF") and (reader := shutil.which("pdftotext")):
        done = subprocess.run([reader, "-", "-"], input=data, capture_output=True, check=True)  # noqa: S603 - our own bytes
        return " ".join(done.stdout.decode().split())
    return data.decode("utf-8", "replace")


def shown(app: AppTest) -> str:
    """Whatever was sent for a page, without the marks that keep people's text as text."""
    return everything(app).replace("\\", "").replace("\u2060", "")


def texts_in(sent: str) -> list[str]:
    return [text for text in TEXTS if text in sent]


@pytest.mark.parametrize("who", READS)
def test_a_page_shows_an_agreement_to_those_who_may_read_it_and_its_texts_as_notes(
    who: str,
) -> None:
    agreed, texts = READS[who]
    someone = caller(who, squad="Atlas", view="who-decides")
    sent = {page: shown(someone.cold(page)) for page in RESULT_PAGES}

    assert (AGREED in sent[page_files.SQUAD]) is agreed
    assert (texts_in(sent[page_files.SQUAD]) == list(TEXTS)) is texts
    for page in RESULT_PAGES:
        assert agreed or AGREED not in sent[page]
        assert texts or texts_in(sent[page]) == []
        assert who == "editor" or ALIAS not in sent[page]


@pytest.mark.parametrize("who", ["view without agreements", "invitee"])
def test_no_page_tells_an_agreement_to_a_link_that_does_not_share_it(who: str) -> None:
    someone = caller(who)
    for page in every_page():
        sent = shown(someone.cold(page))
        assert AGREED not in sent
        assert texts_in(sent) == []
        assert ALIAS not in sent


@pytest.mark.parametrize("who", ["editor", *LINKS])
def test_files_tell_an_agreement_to_those_who_may_read_it_and_its_texts_as_notes(
    who: str, files: list[Callable[[], bytes]]
) -> None:
    agreed, texts = READS[who]
    caller(who, squad="Atlas").cold(page_files.SQUAD)
    caller(who).cold(page_files.LEADERSHIP)
    contents = [written(make()) for make in files]

    assert any(AGREED in text for text in contents) is agreed
    # Files leave the note out for everybody: a file travels further than the page.
    shared = [text for text in TEXTS if text != "WrittenHidden"] if texts else []
    assert sorted({text for file in contents for text in texts_in(file)}) == sorted(shared)
    assert not any(ALIAS in text for text in contents)


@pytest.mark.parametrize("page", [page_files.SQUAD, page_files.LEADERSHIP])
def test_a_link_that_leaves_agreements_out_calls_no_decision_without_one(page: str) -> None:
    for shared, is_shown in ((True, True), (False, False)):
        _, token = known_link("view", with_agreements=shared)
        caller = Caller(parameters={"link": token, "by": "month"})
        assert ("without an agreement" in everything(caller.warm(page))) is is_shown


def test_a_link_to_a_quarter_shows_what_was_agreed_as_it_stood_at_its_end(
    empty_store: Path,
) -> None:
    then = datetime(2025, 2, 3, 9, tzinfo=UTC)
    agreed = agreement(
        decision="cut", saved_at=then, agreed_on=then.date(), valid_until=date(2025, 12, 31)
    )
    answers = (
        confirmation(agreement_id=agreed.id, role=role, saved_at=then) for role in ("po", "tl")
    )
    voice = deep_assessment(assessed_on=then.date(), deep={"deciders": {"cut": ("po",)}})
    CsvStore(empty_store, shipped_framework()).add([agreed, *answers, voice])
    _, token = known_link(period=Period.parse("2025-Q1"))
    page = {"squad": "Atlas", "view": "who-decides"}

    for someone, told in (
        (Caller(dict(EDITOR), dict(page)), "Expired"),
        (Caller(parameters={"link": token, **page}), "In force"),
    ):
        assert told in shown(someone.cold(page_files.SQUAD))
