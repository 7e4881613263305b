"""From a lever to what was done about it, in a real browser."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES
from assessment.storage.csv.store import CsvStore
from tests.browser.server import settled
from tests.browser.visitor import Visitor, seen_wrong_in_both_themes, turn_to, visit
from tests.builders import action, assessment
from tests.examples import EXAMPLE_1 as HEALTHY

LEVER = "single-channel"
TODAY = date.today()  # noqa: DTZ011 - the browser's own day


STANDS = "part => part.isConnected"
DONE = {"Save": "Saved.", "Yes, delete": "Deleted:"}
"""What is told once a button was pressed."""


def store_of(folder: Path) -> CsvStore:
    """Squad Atlas, whose one trouble is the channel, sixty days ago."""
    store = CsvStore(folder, shipped_framework())
    long_ago = TODAY - timedelta(days=60)
    store.add([assessment(assessed_on=long_ago, answers=HEALTHY | {LEVER: "no"})])
    return store


def chosen(visitor: Visitor) -> None:
    """Open the form of the lever."""
    visitor.click("We will do this")
    expect(visitor.page.get_by_role("group", name=visitor.words("Due"))).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_squad_decides_follows_and_sees_what_its_levels_did(
    language: str, browser: Browser, app: str, data: Path
) -> None:
    store = store_of(data)
    visitor = visit(browser, app, f"squad?lang={language}", language=language)
    page, title = visitor.page, edition_in(language).texts.levers[LEVER].title

    chosen(visitor)
    page.get_by_label(visitor.words("Note"), exact=True).fill("Zoë")
    page.get_by_role("button", name=visitor.words("Save"), exact=True).dblclick()
    visitor.reads(visitor.words("Saved."))
    settled(page)
    (recorded,) = store.read().actions
    assert (recorded.owner, recorded.note) == ("pm", "Zoë")
    assert recorded.due_on == recorded.decided_on + timedelta(days=30)
    visitor.click("Undo")
    expect(page.get_by_role("button", name=visitor.words("We will do this"))).to_be_visible()
    assert store.read().actions == ()

    chosen(visitor)
    visitor.click("Save")
    visitor.click("Change…")
    page.get_by_role("radio", name=visitor.words("Done"), exact=True).click()
    expect(page.get_by_role("group", name=visitor.words("Day it ended"))).to_be_visible()
    visitor.click("Save")
    visitor.reads(visitor.words("Saved."))
    (done,) = store.read().actions
    assert (done.status, done.ended_on) == ("done", done.decided_on)

    # The next round, a day later: arbitration from 8/11 to 11/11 is +27.
    before = done.model_copy(
        update={name: done.decided_on - timedelta(days=1) for name in ("decided_on", "ended_on")}
    )
    store.revise(done, before)
    store.add([assessment(assessed_on=TODAY, answers=HEALTHY)])
    turn_to(page, f"squad?lang={language}")
    arbitration = edition_in(language).texts.levels["arbitration"].name
    visitor.reads(f"{arbitration} +27")
    visitor.goes_to("Trends")
    visitor.reads(f"1. {title}")

    visitor.goes_to("Squad")
    visitor.click("Change…")
    page.get_by_text(visitor.words("Delete…")).click()
    settled(page)  # what opens moves under the hand for half a second
    visitor.click("Yes, delete")
    visitor.reads(visitor.words("Deleted: “{lever}”.").format(lever=title))
    assert store.read().actions == ()


def test_two_people_who_change_one_action_hear_of_each_other(
    browser: Browser, app: str, data: Path
) -> None:
    store = store_of(data)
    store.add([action(decided_on=TODAY, due_on=None)])
    ana, ben = visit(browser, app, "squad?lang=en"), visit(browser, app, "squad?lang=en")
    for visitor, note in ((ana, "Ana's"), (ben, "Ben's")):
        visitor.click("Change…")
        visitor.page.get_by_label("Note", exact=True).fill(note)
    ana.click("Save")
    ana.reads("Saved.")
    ben.click("Save")
    ben.reads("Somebody changed this meanwhile")
    expect(ben.page.get_by_test_id("stAlertContainer").filter(has_text="Somebody")).to_be_focused()
    expect(ben.page.get_by_label("Note", exact=True)).to_have_value("Ana's")
    assert [decided.note for decided in store.read().actions] == ["Ana's"]


def test_a_press_begun_in_a_field_outlives_what_leaving_the_field_draws(
    browser: Browser, app: str, data: Path
) -> None:
    store = store_of(data)
    store.add([action(decided_on=TODAY, due_on=None)])
    visitor = visit(browser, app, "squad?lang=en")
    note = visitor.page.get_by_label("Note", exact=True)
    save = visitor.page.get_by_role("button", name="Save", exact=True)

    def is_told_that_it_is_too_long() -> None:
        visitor.click("Change…")
        note.fill("x" * 2001)
        visitor.click("Save")
        visitor.reads("keep it to 2,000")
        settled(visitor.page)

    is_told_that_it_is_too_long()
    note.fill("shorter")
    visitor.holds(save)
    visitor.reads("Saved.")
    assert [decided.note for decided in store.read().actions] == ["shorter"]

    # Nor does it move, where the browser would not keep what is seen in its place.
    is_told_that_it_is_too_long()
    places = note.bounding_box(), save.bounding_box()
    note.fill("shorter")
    visitor.page.get_by_label("Who exactly", exact=False).focus()
    settled(visitor.page)
    assert (note.bounding_box(), save.bounding_box()) == places


def test_what_tells_of_a_deed_comes_and_goes_without_drawing_the_page_anew(
    browser: Browser, app: str, data: Path
) -> None:
    store = store_of(data)
    store.add([action(decided_on=TODAY, due_on=None)])
    visitor = visit(browser, app, "squad?lang=en")
    page = visitor.page
    visitor.click("Change…")
    page.get_by_role("radio", name="Under way", exact=True).click()
    settled(page)
    sections = page.get_by_role("radio", name=re.compile("^(Do|Voices|Numbers)$"))
    buttons = page.get_by_role("button", name=re.compile("^(Share and export|Change…)"))
    before = [*sections.element_handles(), *buttons.element_handles()]
    assert len(before) == 5
    visitor.click("Save")
    expect(page.locator(".st-key-deed-bar")).to_have_count(1)
    assert [part.inner_text() for part in before if not part.evaluate(STANDS)] == []
    visitor.click("Change…")
    expect(page.locator(".st-key-deed-bar")).to_have_count(0)
    assert [part.inner_text() for part in before if not part.evaluate(STANDS)] == []


def test_tab_past_an_end_of_a_popover_leads_back_to_its_button(
    browser: Browser, app: str, data: Path
) -> None:
    store_of(data)
    page = visit(browser, app, "squad?lang=en").page
    inside = page.get_by_test_id("stPopoverBody")
    share = page.get_by_role("button", name="Share and export")
    for way in ("Tab", "Shift+Tab"):
        share.focus()
        page.keyboard.press("Enter")
        expect(inside.locator(":focus")).to_be_visible()
        settled(page)
        for _stop in range(20):
            page.keyboard.press(way)
            if not inside.locator(":focus").count():
                break
        expect(share).to_be_focused()
        expect(inside).to_have_count(0)
    page.get_by_test_id("stMain").focus()
    assert page.get_by_test_id("stMain").evaluate(
        "main => getComputedStyle(main).outlineStyle"
    ) == ("solid")


def test_a_form_is_filled_in_with_the_keyboard_alone(
    browser: Browser, app: str, data: Path
) -> None:
    store = store_of(data)
    visitor = visit(browser, app, "squad?lang=en")
    page = visitor.page
    offer = page.get_by_role("button", name="We will do this")
    expect(offer).to_have_attribute("aria-expanded", "false")
    offer.focus()
    page.keyboard.press("Enter")
    whose = page.get_by_role("combobox", name="Whose move")
    expect(whose).to_be_focused()
    expect(offer).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(whose).to_have_count(0)
    expect(offer).to_be_focused()
    page.keyboard.press("Enter")
    expect(whose).to_be_focused()
    page.mouse.click(5, 400)  # beside everything
    page.keyboard.press("Escape")
    expect(whose).to_have_count(0)
    expect(offer).to_be_focused()
    page.keyboard.press("Enter")
    expect(whose).to_be_focused()
    settled(page)
    page.get_by_role("spinbutton").first.click()  # the day: its calendar opens
    calendar = page.get_by_test_id("stDateInputCalendar")
    expect(calendar).to_be_visible()
    page.keyboard.press("Escape")
    expect(calendar).to_have_count(0)
    expect(whose).to_be_visible()
    for _stop in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || ''").strip().endswith("Save"):
            break
    page.keyboard.press("Enter")
    visitor.reads("Saved.")
    assert len(store.read().actions) == 1
    expect(page.get_by_test_id("stAlertContainer").filter(has_text="Saved.")).to_be_focused()

    change = page.get_by_role("button", name="Change…")
    for last in ("Close", "Save", "Yes, delete"):
        change.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("radio", name="Planned")).to_be_focused()
        settled(page)
        if last == "Yes, delete":
            page.locator("summary", has_text="Delete…").focus()
            page.keyboard.press("Enter")
        page.get_by_role("button", name=last, exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
        notice = page.get_by_test_id("stAlertContainer").filter(has_text=DONE.get(last, ""))
        expect(notice if last in DONE else change).to_be_focused()
        settled(page)


def test_actions_fit_a_phone_and_have_no_serious_accessibility_violation_in_both_themes(
    browser: Browser, app: str, data: Path
) -> None:
    store = store_of(data)
    late = TODAY - timedelta(days=1)
    store.add(
        [
            assessment(assessed_on=TODAY, answers=HEALTHY | {"rituals-decide": "no"}),
            action(decided_on=TODAY - timedelta(days=9), due_on=late, lever="restate-vision"),
            action(decided_on=late, due_on=None, status="done", ended_on=late, note="Zoë"),
        ]
    )
    visitor = visit(browser, app, "squad?lang=en")
    page = visitor.page

    def look() -> None:
        assert seen_wrong_in_both_themes(page) == []

    visitor.click("We will do this")
    look()
    visitor.click("Save")
    look()
    page.get_by_role("button", name="Change…").first.click()
    settled(page)
    page.get_by_role("radio", name="Dropped", exact=True).click()
    settled(page)
    look()
    turn_to(page, "trends?lang=en")
    look()
