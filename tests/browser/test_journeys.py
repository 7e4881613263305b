"""What people do, from the first answer to the trend, in a real browser."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessment.content.edition import edition_in
from assessment.languages import LANGUAGES
from assessment.storage.csv.store import CsvStore
from tests.browser.server import settled
from tests.browser.visitor import FRAMEWORK, PHONE, Visitor, tour, turn_to, visit
from tests.builders import assessment
from tests.examples import EXAMPLE_1 as HEALTHY


def test_undoing_a_save_says_so_at_the_head_of_the_check_as_it_was(
    browser: Browser, app: str, data: Path
) -> None:
    visitor = visit(browser, app, "quick-check")
    visitor.answer_all(HEALTHY)
    foot = visitor.page.get_by_test_id("stBottomBlockContainer")
    height = foot.evaluate("foot => foot.offsetHeight")
    visitor.page.get_by_label("The squad's name").fill("Atlas")
    visitor.click("Save")
    visitor.click("Undo")

    expect(visitor.page.get_by_text("Undone: your answers are here again.")).to_be_in_viewport()
    expect(visitor.page.get_by_role("heading", name="Quick check")).to_be_in_viewport()
    assert height < 80
    expect(foot).to_have_js_property("offsetHeight", height)
    assert CsvStore(data, FRAMEWORK).read().assessments == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_manager_does_the_whole_job(
    language: str, browser: Browser, app: str, data: Path
) -> None:
    CsvStore(data, FRAMEWORK).add(
        [
            assessment(squad="Équipe Paiements", assessed_on=date(2026, 9, 3), answers=HEALTHY),
            assessment(squad="Boréal", assessed_on=date.today(), answers=HEALTHY),  # noqa: DTZ011
        ]
    )
    visitor = visit(browser, app, f"quick-check?lang={language}", language=language)
    assert visitor.page.evaluate("document.documentElement.lang") == language
    visitor.answer_all(HEALTHY | {"single-channel": "no", "rituals-decide": "partly"})
    sentence = edition_in(language).texts.items["single-channel"].often
    visitor.reads(sentence)

    # Without Enter: leaving the field for the button is enough.
    visitor.page.get_by_label(visitor.words("Or a new squad's name")).fill("équipe  paiements")
    visitor.click("Save")
    expect(visitor.page.locator("h1")).to_have_text("Équipe Paiements")
    visitor.reads(visitor.words("Saved for {squad}.").format(squad="Équipe Paiements"))
    visitor.reads(sentence)
    assert "squad=" in visitor.page.url

    visitor.goes_to("Compare")
    visitor.page.get_by_text(visitor.words("As a table")).first.click()
    expect(visitor.page.locator("table").first).to_contain_text("Boréal")
    expect(visitor.page.locator("table").first).to_contain_text("Équipe Paiements")
    visitor.goes_to("Trends")
    turn_to(visitor.page, f"trends?squad=Équipe Paiements&lang={language}")
    visitor.reads(visitor.words("As a table"))
    level = edition_in(language).texts.levels["arbitration"].name
    # Arbitration: (11 - 3 - 1) / 11 = 63.6, from 100.
    visitor.reads(level)
    visitor.reads("−36")
    assert [check.squad for check in CsvStore(data, FRAMEWORK).read().assessments] == [
        "Équipe Paiements",
        "Boréal",
        "équipe  paiements",
    ]


def test_answers_survive_a_language_switch_and_page_changes(browser: Browser, app: str) -> None:
    visitor = visit(browser, app, "quick-check")
    visitor.answer("mandates-clear", "partly")
    visitor.reads("1 of 14 answered")
    visitor.opens("Français", group="EN · FR")
    expect(visitor.page).to_have_url(re.compile(r"/quick-check\?lang=fr$"))
    french = Visitor(visitor.page, "fr")
    french.reads("1 réponse sur 14")
    french.goes_to("Method")
    french.goes_to("Quick check")
    french.reads("1 réponse sur 14")
    chosen = french.page.locator(".st-key-check-answer-mandates-clear [aria-checked=true]")
    expect(chosen).to_have_text("En partie")


def test_the_room_kept_for_one_steps_answers_goes_with_that_step(
    browser: Browser, app: str
) -> None:
    visitor = visit(browser, app, "quick-check")
    kept = "document.querySelector('[data-testid=stMainBlockContainer]').style.minHeight"
    visitor.answer("mandates-clear", "partly")
    visitor.reads("1 of 14 answered")
    assert visitor.page.evaluate(kept)

    visitor.click("Next step")

    assert not visitor.page.evaluate(kept)


def test_a_language_is_changed_where_the_reader_is(browser: Browser, sample_app: str) -> None:
    visitor = Visitor(tour(browser, sample_app, "squad?squad=Cobalt · demo&period=2026-10"), "en")
    steps = visitor.page.evaluate("history.length")

    visitor.opens("Français", group="EN · FR")

    expect(visitor.page).to_have_title("Squad · Qui décide ?")
    settled(visitor.page)
    expect(visitor.page.locator("h1")).to_have_text("Cobalt · demo")
    assert "period=2026-10" in visitor.page.url
    assert visitor.page.evaluate("document.documentElement.lang") == "fr"
    assert visitor.page.evaluate("history.length") == steps + 1


def test_a_newcomer_looks_at_the_sample_company_from_the_first_page(
    browser: Browser, app: str
) -> None:
    visitor = visit(browser, app)
    expect(visitor.page.locator("h1")).to_have_text(
        "Who decides in your squad, and where do decisions leak?"
    )
    visitor.click("Look at a sample company")
    expect(visitor.page.locator("h1")).to_have_text("Atlas · demo")
    visitor.reads("The sample company is loaded.")
    visitor.page.get_by_role("button", name="Share and export").click(trial=True, timeout=5_000)
    visitor.goes_to("Home")
    visitor.page.get_by_role("link", name="Cobalt · demo").first.click()  # what is late, the list
    expect(visitor.page.locator("h1")).to_have_text("Cobalt · demo")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_menu_fits_a_tablet(language: str, browser: Browser, sample_app: str) -> None:
    page = tour(browser, sample_app, "", language=language)
    page.set_viewport_size({"width": 768, "height": 900})
    menu = page.get_by_test_id("stTopNav")
    expect(menu.get_by_test_id("stTopNavSection")).to_have_count(5)
    expect(menu.get_by_test_id("stTopNavLink")).to_have_count(2)


def test_downloads_hold_what_the_page_shows(
    browser: Browser, sample_app: str, tmp_path: Path
) -> None:
    page = tour(browser, sample_app, "squad?squad=Atlas · demo&period=2026-10&view=numbers")
    files = {}
    for label in ("Radar (PNG)", "Bars (PNG)", "Table (CSV)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        files[path.suffix] = path.read_bytes()
    assert files[".png"].startswith(b"\x89PNG")
    lines = files[".csv"].decode("utf-8-sig").splitlines()
    assert lines[0] == (
        "squad,level,level_name,score,stage,stage_name,coverage,low,high,limits,period,voices,"
        "sample,released"
    )
    assert len(lines) == 6
    assert all(line.endswith(",2026-10,3,yes,yes") for line in lines[1:])


def test_on_a_phone_the_next_step_comes_into_view_and_enter_held_down_on_save_stores_once(
    browser: Browser, app: str, data: Path
) -> None:
    visitor = visit(browser, app, "quick-check", viewport=PHONE)
    page = visitor.page
    for item in FRAMEWORK.items_of(FRAMEWORK.modules[0].id):
        visitor.answer(item.id, HEALTHY[item.id])
    expect(page.get_by_role("button", name="So far")).to_be_visible()
    panel = settled(page).locator(".st-key-check-panel")  # what the button opens instead
    expect(panel.get_by_text("Nothing is stored until you save.")).to_be_hidden()
    assert panel.evaluate("panel => panel.getBoundingClientRect().height") == 0
    visitor.click("Next step")
    visitor.click("Next step")
    heading = page.get_by_role("heading", name="Is a PO missing?")
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()

    visitor.click("See the result")
    page.get_by_label("The squad's name").fill("Atlas")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Save", exact=True).focus()
    for _press in range(9):
        page.keyboard.press("Enter")
        page.wait_for_timeout(40)
    expect(page.locator("h1")).to_have_text("Atlas")
    assert len(CsvStore(data, FRAMEWORK).read().assessments) == 1
