"""What Streamlit itself says, in the reader's language; and what a browser must not translate."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, expect

from assessment.content.loading import shipped_framework
from tests.browser.server import settled
from tests.browser.test_unfinished import BACK, keeps
from tests.browser.visitor import DESK, PHONE, Visitor, visit

FRAMEWORK = shipped_framework()


def test_streamlits_own_words_follow_the_readers_language(
    browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, "data?lang=fr", language="fr").page
    dropzone = page.get_by_test_id("stFileUploaderDropzone")
    expect(dropzone).to_contain_text("Choisir un fichier")
    expect(dropzone).to_contain_text("50 Mo par fichier")
    expect(page.get_by_role("button", name="Aide : Un fichier téléchargé ici")).to_be_visible()
    page.get_by_role("button", name="Les données d’une squad…").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Fermer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Aller au contenu")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Pages")).to_have_count(1)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Ouvrir le menu").click()
    page.get_by_role("button", name="Fermer le menu").click()
    page.set_viewport_size(DESK)

    visitor = Visitor(settled(page), "fr")
    visitor.opens("English", group="EN · FR")
    expect(dropzone).to_contain_text("50MB per file")


TRANSLATED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  texts.filter(text => !text.parentElement.closest("script, style")).forEach(text => {
    const other = document.createElement("font");
    other.textContent = text.textContent;
    text.replaceWith(other);
  });
}"""
"""What a browser's translator does to a page: its own text in the place of each."""


def test_a_page_translated_all_the_same_shows_what_changes_on_it(
    browser: Browser, app: str
) -> None:
    visitor = visit(browser, app, "quick-check")
    assert visitor.page.evaluate("document.documentElement.getAttribute('translate')") == "no"
    visitor.page.evaluate(TRANSLATED)
    visitor.click("Next step")
    expect(visitor.page.get_by_role("heading", name="Is a PM missing?")).to_be_visible()
    visitor.opens("Français", group="EN · FR")
    expect(visitor.page.locator("h1")).to_have_text(
        Visitor(visitor.page, "fr").words("Quick check")
    )


def test_what_a_translator_took_out_of_a_page_can_be_taken_away_with_it(
    browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, "squad?squad=Atlas+%C2%B7+demo").page
    expect(page.get_by_text("Clear mandates: yes")).to_be_visible()
    page.evaluate(TRANSLATED)
    page.get_by_role("combobox", name="Squad").first.click()
    page.get_by_role("option", name="Dune · demo").click()
    settled(page)
    expect(page.get_by_text("Clear mandates: I don't know")).to_be_visible()
    expect(page.get_by_text("NotFoundError")).not_to_be_attached()


def test_an_address_of_no_page_leads_to_the_first_one_with_a_word(
    browser: Browser, app: str
) -> None:
    page = visit(browser, app, "xyz?lang=fr", language="fr").page
    expect(page.get_by_text("Il n’y a pas de page « xyz » ici")).to_be_visible()
    expect(page.locator("h1")).to_be_visible()


def test_a_check_begun_is_gone_on_with_from_the_first_page_after_a_reload(
    browser: Browser, app: str
) -> None:
    visitor = visit(browser, app, "quick-check")
    visitor.answer("mandates-clear", "yes")
    visitor.reads("1 of 14 answered")
    keeps(visitor.page, 1)
    visitor.page.goto(app)
    settled(visitor.page)
    visitor.click("Continue your check")
    visitor.reads(BACK)
    visitor.reads("1 of 14 answered")
    assert "mandates-clear" in json.dumps(visitor.page.evaluate("({...localStorage})"))
