"""What a squad agrees on its page, in a real browser: settled, answered, replaced, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from tests.browser.server import settled
from tests.browser.visitor import DESK, PHONE, Visitor, seen_wrong_at_desk_and_on_a_phone, visit
from tests.builders import deep_assessment

TODAY = date.today()  # noqa: DTZ011 - the browser's own day


def chosen(visitor: Visitor, field: str, name: str) -> None:
    """Click one of the answers in a field; several may be chosen, or one alone."""
    asked = visitor.page.locator(f"[class*='st-key-agreement-{field}-']")
    one_of_several = asked.get_by_role("button", name=name, exact=True)
    one_of_several.or_(asked.get_by_role("radio", name=name, exact=True)).click()
    settled(visitor.page)


def answered(visitor: Visitor, role: str, answer: str, reservation: str = "") -> None:
    """Answer for a role, in the popover of the only agreement."""
    visitor.click("Answer for a role…")
    chosen(visitor, "role", role)
    chosen(visitor, "answer", visitor.words(answer))
    if reservation:
        field = visitor.page.get_by_label(
            visitor.words("The reservation, or why not, in a sentence")
        )
        field.fill(reservation)
        field.press("Tab")
        settled(visitor.page)
    visitor.click("Save")
    visitor.page.keyboard.press("Escape")
    settled(visitor.page)


def the_dialogs_title_stands_above_what_it_asks(page: Page, asked: str) -> None:
    """On a phone, that is; the page is left at a desk's width."""
    page.set_viewport_size(PHONE)
    dialog = settled(page).get_by_role("dialog")
    question = dialog.get_by_text(asked).bounding_box()
    icon = dialog.get_by_test_id("stDialogIcon").bounding_box()
    assert question is not None
    assert icon is not None
    assert round(icon["x"]) == round(question["x"])
    page.set_viewport_size(DESK)
    settled(page)


def test_a_squad_settles_answers_replaces_and_takes_back(
    browser: Browser, app: str, data: Path
) -> None:
    language = "fr"  # the longer words
    store = CsvStore(data, shipped_framework())
    named = (("cpo",), ("cpo",), ("pm",))
    yesterday = TODAY - timedelta(days=1)
    store.add(
        [deep_assessment(assessed_on=yesterday, deep={"deciders": {"cut": who}}) for who in named]
    )
    visitor = visit(browser, app, f"squad?view=who-decides&lang={language}", language=language)
    page = visitor.page

    page.locator("[class*=st-key-agreement-settle] button").click()
    settled(page)
    the_dialogs_title_stands_above_what_it_asks(page, visitor.words("Who has the last word?"))
    chosen(visitor, "consulted", "PM")
    visitor.click("Save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    (made,) = store.read().agreements
    assert (made.decision, made.decides, made.consulted) == ("cut", "cpo", ("pm",))

    answered(visitor, "CPO", "Agreed")
    answered(visitor, "PM", "With a reservation", "not in July")
    expect(page.get_by_text("not in July").first).to_be_visible()
    assert [
        (confirmation.role, confirmation.answer) for confirmation in store.read().confirmations
    ] == [
        ("cpo", "agreed"),
        ("pm", "with-reservation"),
    ]
    visitor.reads(visitor.words("in force with reservations"))
    assert seen_wrong_at_desk_and_on_a_phone(page) == []

    visitor.click("Replace…")
    chosen(visitor, "decides", "PM")
    visitor.click("Save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    _, replacing = store.read().agreements
    assert (replacing.supersedes, replacing.decides) == (made.agreement_id, "pm")

    visitor.click("Undo")
    visitor.reads(visitor.words("in force with reservations"))
    assert store.read().agreements == (made,)
    assert len(store.read().confirmations) == 2
