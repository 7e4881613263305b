"""A room of nine phones, led from the code to the release, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from assessment.access.invitations import answer_as_stored
from assessment.access.links import LinkRequest, new_link
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import words_in
from assessment.model import Survey
from assessment.storage.csv.store import CsvStore
from tests.browser.server import free_port, served, settled
from tests.browser.visitor import PHONE, Visitor, seen_wrong, visit
from tests.builders import assessment, gathering, vote
from tests.examples import EXAMPLE_1 as HEALTHY

FRAMEWORK = shipped_framework()
SQUAD = "Équipe Atlas"
WALL: ViewportSize = {"width": 1920, "height": 1080}
BEAMER: ViewportSize = {"width": 1280, "height": 800}
SMALLEST = 28
"""Pixels of text that is read from five metres."""

SMALL_TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    const seen = node.textContent.trim() && box.checkVisibility() && box.offsetHeight > 1
      && !box.closest("style, script, [data-testid=stIconMaterial], [data-testid=stHeader]");
    if (seen && parseFloat(getComputedStyle(box).fontSize) < 28) small.push(node.textContent);
  }
  return small;
}"""
"""Every text on the page that is smaller."""


@pytest.fixture
def room_app(tmp_path: Path, browser: Browser) -> Iterator[str]:
    """An app that knows an address which phones could reach."""
    port, secrets = free_port(), tmp_path / "secrets.toml"
    secrets.write_text(f'[access]\naddress = "http://decides.example:{port}"\n', encoding="utf-8")
    with served(tmp_path, port=port, options=["--secrets.files", str(secrets)]) as address:
        yield address


def seven_have_answered(folder: Path) -> tuple[CsvStore, Survey]:
    """A deep session for nine, of which seven have answered: on one decision all differ."""
    today = datetime.now(UTC).date()
    survey = gathering(
        gathering_id=uuid4(),
        squad=SQUAD,
        depth="deep",
        privacy="open",
        opened_on=today,
        closes_on=today + timedelta(days=7),
        expected=9,
    )
    store = CsvStore(folder, FRAMEWORK)
    store.add([survey])
    for named in ("pm", "pm", "po", "po", "cpo", "tl", "em"):
        told = assessment(
            assessment_id=uuid4(),
            answers=HEALTHY,
            framework=FRAMEWORK.version_with_lenses,
            deep={"deciders": {"cut": ("pm",), "sprint-content": (named,)}},
        )
        store.add([answer_as_stored(told, survey)])
    return store, survey


def looked_at(page: Page) -> None:
    """What every screen of the room must be: legible from afar, and without serious violation."""
    assert page.evaluate(SMALL_TEXTS) == []
    assert seen_wrong(page) == []


def answers_and_sends_twice(phone: Visitor) -> None:
    phone.click("Begin")
    phone.answer("mandates-clear", "yes")
    phone.page.get_by_role("radio", name=phone.words("Send"), exact=True).click()
    settled(phone.page)
    phone.page.get_by_role("button", name=phone.words("Send my answers")).dblclick()
    phone.reads(phone.words("Your answers for {squad} are in.").format(squad=SQUAD))


def votes_for(phone: Visitor, role: str) -> None:
    name = edition_in(phone.language).role(role)
    phone.page.get_by_role("button", name=name, exact=True).click()
    phone.page.get_by_role("button", name=phone.words("Send my vote")).click()
    phone.reads(phone.words("Your vote is in. You may change it until the room sees all votes."))


def confirms(phone: Visitor, role: str, answer: str, reservation: str = "") -> None:
    name = edition_in(phone.language).role(role)
    phone.page.get_by_role("radio", name=name, exact=True).click()
    phone.page.get_by_role("radio", name=phone.words(answer), exact=True).check(force=True)
    if reservation:
        field = phone.page.get_by_label(phone.words("What do you reserve?"), exact=True)
        field.fill(reservation)
        field.press("Enter")
    phone.page.get_by_role("button", name=phone.words("Confirm"), exact=True).click()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_room_goes_from_the_code_to_the_release(
    language: str, browser: Browser, room_app: str, tmp_path: Path
) -> None:
    store, survey = seven_have_answered(tmp_path)
    words, edition = words_in(language), edition_in(language)
    request = LinkRequest("view", "Board", (SQUAD,))
    view, token = new_link(request, link_id=uuid4(), now=datetime.now(UTC), mint=lambda n: b"7" * n)
    store.add([view])

    # Gather: a code, an address of letters, and seven of nine; two more come in.
    place = f"room?survey={survey.gathering_id}"
    wall = visit(browser, room_app, place, language=language, viewport=WALL)
    wall.click("Show a code for phones")
    expect(wall.page.get_by_alt_text(words.gettext("QR code of the invitation"))).to_be_visible()
    looked_at(wall.page)
    number = wall.page.locator(".room-count b")
    expect(number).to_have_text("7")
    assert number.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 120
    link = wall.page.locator(".room-address").inner_text().partition("?")[2].replace("\n", "")
    phones = [
        visit(browser, room_app, f"round?{link}", language=language, viewport=PHONE)
        for _ in range(2)
    ]
    for phone in phones:
        answers_and_sends_twice(phone)
    phones[0].page.reload()
    expect(number).to_have_text("9")
    wall.page.get_by_role("button", name=words.gettext("Close and reveal…")).click()
    wall.page.get_by_role("button", name=words.gettext("Yes, reveal them")).click()

    # Headline, plan, topic: by the keyboard, and a reload comes back to the same screen.
    expect(wall.page.locator("h1")).to_have_text(words.gettext("What we see"))
    looked_at(settled(wall.page))
    late = visit(browser, room_app, f"round?{link}", language=language, viewport=PHONE)
    text = "The session of {squad} is over, and its results are with the person who invited you."
    late.reads(words.gettext(text).format(squad=SQUAD))
    wall.page.keyboard.press("ArrowRight")
    expect(wall.page.locator("h1")).to_have_text(words.gettext("What do we settle today?"))
    wall.page.keyboard.press("ArrowRight")
    topic = edition.texts.lenses.decisions["sprint-content"].short
    expect(wall.page.locator("h1")).to_have_text(topic)
    settled(wall.page)
    wall.page.keyboard.press("Space")
    expect(wall.page.locator(".room-running")).to_be_visible()
    wall.page.reload()
    expect(wall.page.locator(".room-running")).to_be_visible()
    expect(wall.page.locator(".room-squares i")).to_have_count(7)
    square = wall.page.locator(".room-squares i").first.bounding_box()
    assert square is not None
    assert square["width"] == square["height"] == 64
    wall.page.set_viewport_size(BEAMER)
    looked_at(settled(wall.page))

    # Vote again: on the same phones, which notice by themselves.
    wall.click("Vote again")
    for phone, role in zip(phones, ("po", "tl"), strict=True):
        phone.reads(words.gettext("Who really decides this today?"))
        votes_for(phone, role)
    assert seen_wrong(phones[0].page) == []
    ballot = store.read().gatherings[0].ballot
    assert ballot
    for role in ("po", "po", "po", "po", "tl"):
        fields = dict(zip(("gathering", "decision", "pass_number"), ballot, strict=True))
        store.add([vote(vote_id=uuid4(), voter=uuid4(), squad=SQUAD, named=(role,), **fields)])
    expect(wall.page.locator(".room-count b")).to_have_text("7")
    wall.click("Show the votes")
    expect(wall.page.locator(".room-rows")).to_have_count(2)
    expect(wall.page.locator(".room-rows:not(.room-before) i")).to_have_count(7)

    # Agree: filled in with the majority; the phones confirm, one with a reservation.
    wall.click("Agreed…")
    looked_at(wall.page)
    wall.click("That is agreed")
    expect(wall.page.locator("h1")).to_contain_text(topic)
    confirms(phones[0], "po", "I agree")
    confirms(phones[1], "tl", "I agree, with a reservation", "Zoë: <b>not</b> in August")
    expect(wall.page.locator(".room-list")).to_contain_text("Zoë: <b>not</b> in August")
    looked_at(wall.page)
    (agreement,) = store.read().agreements
    assert (agreement.decides, agreement.consulted) == ("po", ("tl",))
    assert {each.role: each.answer for each in store.read().confirmations} == {
        "po": "agreed",
        "tl": "with-reservation",
    }

    # Close: leadership sees the session once the room has released it.
    wall.page.keyboard.press("ArrowLeft")
    expect(wall.page.locator("h1")).to_have_text(topic)
    settled(wall.page)
    wall.page.keyboard.press("ArrowRight")
    expect(wall.page.locator("h1")).to_have_text(words.gettext("What we take away"))
    settled(wall.page)
    looked_at(wall.page)
    shared = visit(browser, room_app, f"?link={token}", language=language)
    withheld = "{squad}, session of {day}: not released by the squad yet, so not shown here."
    shared.reads(words.gettext(withheld).partition("}")[2].rpartition(": ")[2])
    wall.click("Release it to leadership")
    wall.reads(words.gettext("This session is released: leadership and links see it."))
    shared = visit(browser, room_app, f"?link={token}", language=language)
    expect(shared.page.locator("h1")).to_have_text(SQUAD)
    expect(shared.page.locator("h2").first).to_be_visible()
    phones[0].reads(words.gettext("What the session says"))
    assert seen_wrong(phones[0].page) == []
