"""The playbook in a real browser: anchors, links, search, agendas, accessibility."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from assessment.content.edition import edition_in
from assessment.languages import LANGUAGES
from tests.browser.server import settled
from tests.browser.visitor import DESK, PHONE, seen_wrong, tour, visit


def opens_at(page: Page, passage: str) -> None:
    """The page stands at a passage: in view under the header, and focused."""
    heading = page.locator(f"#{passage}")
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()


def test_a_link_with_an_anchor_opens_at_its_passage(browser: Browser, fresh_app: str) -> None:
    # The first visit of a fresh server, which loads the page twice, keeps the anchor too.
    # An anchor never reaches the server: the browser asks for the chapter that it stands in.
    for viewport in (PHONE, DESK):
        first = visit(browser, fresh_app, "playbook?lang=fr#roadmap-sync", viewport=viewport)
        opens_at(first.page, "roadmap-sync")
        assert first.page.url == f"{fresh_app}/playbook?lang=fr&passage=roadmap-sync"

    path = "playbook?view=who-decides#level-daily"
    without_language = visit(browser, fresh_app, path, language="fr", viewport=PHONE)
    opens_at(without_language.page, "level-daily")
    assert without_language.page.url == (
        f"{fresh_app}/playbook?view=who-decides&lang=fr#level-daily"
    )


def test_a_passage_stays_in_view_however_late_what_stands_above_it_is_drawn(
    browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, "privacy", language="fr", alone=True).page
    page.clock.install()
    page.set_viewport_size({"width": 1280, "height": 20_000})  # a browser keeps what it scrolled to
    page.goto(f"{sample_app}/playbook?lang=fr#roadmap-sync")
    opens_at(settled(page), "roadmap-sync")
    page.clock.fast_forward("00:05")
    lengthen = "(heading, by) => { heading.style.marginBottom = by; }"
    page.locator("h1").evaluate(lengthen, "30000px")
    opens_at(page, "roadmap-sync")

    page.locator("h1").click()  # the reader goes elsewhere, and stays there
    page.locator("h1").evaluate(lengthen, "60000px")
    page.clock.fast_forward("00:05")
    expect(page.locator("#roadmap-sync")).not_to_be_in_viewport()


def test_a_lever_leads_to_its_passage_within_the_session(browser: Browser, sample_app: str) -> None:
    visitor = visit(browser, sample_app, "squad?squad=Cobalt · demo", language="fr")
    link = visitor.page.get_by_role("link", name="Dans le playbook").first
    passage = (link.get_attribute("href") or "").partition("passage=")[2]
    link.click()
    expect(visitor.page.locator("h1")).to_have_text("Playbook")
    opens_at(visitor.page, passage)
    assert "lang=fr" in visitor.page.url

    visitor.page.get_by_role("link", name="Qui décide quoi").first.click()
    opens_at(visitor.page, "who-decides")
    assert "lang=fr" in visitor.page.url
    assert "view=who-decides" in visitor.page.url

    visitor.page.go_back()
    opens_at(visitor.page, passage)


def test_a_reader_searches_and_copies_an_agenda(browser: Browser, app: str) -> None:
    visitor = visit(browser, app, "playbook", language="fr", alone=True)
    page = visitor.page
    field = page.get_by_label("Chercher dans le playbook")
    field.press_sequentially("rémun", delay=40)
    hit = page.get_by_role("link", name="La rémunération en France")
    expect(hit).to_be_visible()
    expect(field).to_have_value("rémun")
    assert "q=r%C3%A9mun" in page.url
    count = page.locator(".st-key-says-found h2").inner_text()
    expect(page.locator(".status[role=status]")).to_have_text(count)

    field.fill("blockchain")
    visitor.reads("Aucun passage ne parle de")
    field.fill("normes")
    page.get_by_role("link", name="Tech Council").click()
    opens_at(page, "tech-council")
    expect(field).to_have_value("")
    agenda = page.locator("[data-testid=stCode]").nth(1)
    expect(agenda).to_contain_text("Décision écrite")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = agenda.locator("..").get_by_role("button")
    for _try in range(20):  # a page that moves once more takes it from under the pointer
        agenda.hover()
        page.wait_for_timeout(500)
        if copy.is_visible():
            with suppress(TooLate):
                copy.click(timeout=2000)
                break
        page.mouse.move(1, 1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[1] == "Avec\u00a0: CTO, Tech Leads"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_chapter_is_higher_than_2500_pixels(
    language: str, browser: Browser, sample_app: str
) -> None:
    heights = {}
    for chapter in (*edition_in("en").playbook.sections, "sources"):
        page = tour(browser, sample_app, f"playbook?view={chapter}", language=language)
        for viewport in (DESK, PHONE):
            page.set_viewport_size(viewport)
            main = settled(page).locator("[data-testid=stMain]")
            heights[chapter, viewport["width"]] = main.evaluate("main => main.scrollHeight")
    assert max(heights.values()) <= 2500, heights


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["playbook?view=tempo", "playbook?q=dette"])
def test_a_chapter_and_what_a_search_finds_have_no_serious_accessibility_violation(
    path: str, language: str, browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, path, language=language)
    page.emulate_media(color_scheme="dark")
    assert seen_wrong(settled(page)) == []
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    assert seen_wrong(settled(page)) == []
