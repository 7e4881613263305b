"""What people write stays text: fifty payloads through every field, onto every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page

from assessment.access.links import LinkRequest, new_link
from assessment.content.loading import shipped_framework
from assessment.model import LONGEST_NAME
from assessment.model.link import LinkKind
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Record
from tests.browser.payloads import FIRE, PAYLOADS
from tests.browser.server import settled
from tests.browser.visitor import PATHS, new_page, turn_to, visit
from tests.builders import action, assessment, deep_assessment, gathering
from tests.examples import EXAMPLE_1 as HEALTHY

NOW = datetime.now(UTC)
TRAP = "window.hasFired = []; window.fired = x => window.hasFired.push(x);"


def records() -> Sequence[Record]:
    """Every payload in every field that takes text."""
    made: list[Record] = []
    for text in PAYLOADS:
        deep = {"mandates": {"pm": text, "cto": text}, "deciders": {"cut": ("pm",)}}
        made += [
            assessment(squad=text, voice=text, note=text, answers=HEALTHY),
            deep_assessment(squad=text, voice=f"2 {text}"[:LONGEST_NAME], note=text, deep=deep),
            action(squad=text, note=text),
            _link("view", text)[0],
        ]
    return made


def invitations() -> tuple[Sequence[Record], Sequence[str]]:
    """One more round per payload with an invitation, and the tokens of these."""
    made: list[Record] = []
    tokens = []
    for text in PAYLOADS:
        round_id = uuid4()
        link, token = _link("invite", text, round_id)
        made += [_round(round_id, text), link]
        tokens.append(token)
    return made, tokens


def _round(round_id: UUID, squad: str) -> Record:
    ends = NOW.date() + timedelta(days=3)
    return gathering(gathering_id=round_id, squad=squad, saved_at=NOW, closes_on=ends)


def _link(kind: LinkKind, text: str, round_id: UUID | None = None) -> tuple[Record, str]:
    request = LinkRequest(kind, text, (text,), round_id=round_id)
    return new_link(request, link_id=uuid4(), now=NOW, mint=token_bytes)


def wrongs(page: Page) -> list[object]:
    """What a page must not hold: links and pictures that lead elsewhere, and what has fired."""
    wrong: list[object] = page.evaluate(
        """() => {
          const here = location.hostname;
          const foreign = [...document.querySelectorAll("[href], [src], [action]")]
            .map(each => each.href?.baseVal ?? each.href ?? each.src ?? each.action)
            .filter(url => url && !url.startsWith("data:") && !url.startsWith("blob:"))
            .filter(url => new URL(url, location).hostname !== here);
          return [...foreign, ...(window.hasFired ?? [])];
        }"""
    )
    return wrong


def plain(text: str) -> str:
    """A text without what keeps a browser from making a link of it."""
    return text.replace("\u2060", "")


@pytest.fixture
def trap(browser: Browser, app: str) -> Iterator[Page]:
    """A page in which a trap is set, and shown to hold; nothing is asked of other hosts."""
    page = new_page(browser)
    asked: set[str] = set()
    page.add_init_script(TRAP)
    page.on("request", lambda request: asked.add(urlsplit(request.url).hostname or ""))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.goto(app)
    page.evaluate(FIRE)
    assert wrongs(settled(page)) == [1]  # the trap is set
    page.evaluate("window.hasFired = []")
    yield page
    assert asked <= {"127.0.0.1", ""}


def test_there_are_fifty_payloads_and_each_fits_a_name() -> None:
    assert len(PAYLOADS) == 50
    assert max(map(len, PAYLOADS)) <= LONGEST_NAME


def test_no_payload_acts_on_any_page(trap: Page, data: Path) -> None:
    CsvStore(data, shipped_framework()).add([*records(), *invitations()[0]])
    for path in PATHS:
        assert wrongs(turn_to(trap, path)) == [], path


def test_every_payload_is_shown_as_text_as_a_squad_and_to_who_is_invited(
    trap: Page, data: Path
) -> None:
    invited, tokens = invitations()
    CsvStore(data, shipped_framework()).add([*records(), *invited])
    listed = turn_to(trap, "rounds").locator("[data-testid=stMain] strong").all_text_contents()
    assert {plain(text) for text in listed} >= set(PAYLOADS)
    squads = [(f"squad?squad={quote(text)}", "h1", text) for text in PAYLOADS]
    rounds = [  # an invitation is all that who opened one may see, so that they come last
        (f"round?link={token}", "h2", f"How {text} decides")
        for text, token in list(zip(PAYLOADS, tokens, strict=True))[::8]
    ]
    for path, heading, text in (*squads, *rounds):
        shown = turn_to(trap, path).locator(heading).first.text_content() or ""
        assert plain(shown) == text
        assert wrongs(trap) == [], text


def test_what_is_copied_is_what_was_written(browser: Browser, app: str, data: Path) -> None:
    written = "https://jira.example.org/browse/GOV-7 ask ana@example.org"
    page = visit(browser, app, f"?{urlencode({'unknown': written[:60]})}").page
    shown = page.locator("[data-testid=stAlert]").first
    assert "\u2060" in shown.inner_text()
    copied = shown.evaluate(
        """alert => {
          document.addEventListener("copy", event => {
            window.copied = event.clipboardData.getData("text/plain");
          });
          getSelection().selectAllChildren(alert);
          document.execCommand("copy");
          return window.copied;
        }"""
    )
    assert f"“{written[:60]}”" in copied
    assert "\u2060" not in copied
