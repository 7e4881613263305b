"""A round from the editor's screen to a phone and back, in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessment.access.invitations import answer_as_stored, closed, reopened
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.storage.csv.store import CsvStore
from tests.browser.server import settled
from tests.browser.visitor import DESK, PHONE, Visitor, invited, seen_wrong, visit
from tests.builders import assessment, gathering
from tests.examples import EXAMPLE_1 as HEALTHY

FRAMEWORK = shipped_framework()


def answered(visitor: Visitor, count: int) -> None:
    """Wait until a page says how many voices have answered, without touching it."""
    text = words_in(visitor.language).ngettext("{count} answered", "{count} answered", count)
    expect(visitor.page.get_by_text(text.format(count=count), exact=True).first).to_be_visible()


def walk(phone: Visitor, answers: dict[str, str]) -> None:
    """From the welcome to the last step before sending, one click per item."""
    phone.click("Begin")
    for module in FRAMEWORK.modules:
        for item in FRAMEWORK.items_of(module.id):
            phone.answer(item.id, answers[item.id])
        phone.click("Next step")


def test_a_second_tab_of_one_browser_sends_nothing_more(
    browser: Browser, app: str, data: Path
) -> None:
    store, today = CsvStore(data, FRAMEWORK), datetime.now(UTC).date()
    path = invited(
        store, gathering(privacy="open", opened_on=today, closes_on=today + timedelta(days=7))
    )
    first = visit(browser, app, path, viewport=PHONE)
    second = first.in_another_tab(f"{app}/{path}")
    for tab in (first, second):
        tab.click("Begin")
        tab.answer("mandates-clear", "yes")
        tab.page.get_by_role("radio", name="Send").click()
        settled(tab.page)
    for tab in (first, second):
        tab.click("Send my answers")
        tab.reads("Your answers for Atlas are in.")
    assert len(store.read().assessments) == 1


def test_a_phone_follows_by_itself_whether_answers_are_taken(
    browser: Browser, app: str, data: Path
) -> None:
    store, today = CsvStore(data, FRAMEWORK), datetime.now(UTC).date()
    survey = gathering(privacy="open", opened_on=today, closes_on=today + timedelta(days=7))
    phone = visit(browser, app, invited(store, survey), viewport=PHONE)
    phone.click("Begin")
    phone.answer("mandates-clear", "yes")
    phone.reads("1 of 14 answered")

    over = closed(survey, now=datetime.now(UTC))
    store.revise(survey, over)
    phone.reads("No more answers have been taken since")
    expect(phone.page.get_by_role("button", name="Next step")).to_have_count(0)

    store.revise(over, reopened(over))
    phone.reads("1 of 14 answered")
    expect(phone.page.get_by_text("No more answers")).to_have_count(0)
    phone.click("Next step")
    expect(phone.page.get_by_role("heading", name="Is a PM missing?")).to_be_visible()


def test_what_cannot_be_undone_is_not_offered_under_the_hand_that_revealed(
    browser: Browser, app: str, data: Path
) -> None:
    today = datetime.now(UTC).date()
    survey = gathering(opened_on=today, closes_on=today)
    answers = [assessment(gathering=survey.id, assessed_on=today) for _voice in range(5)]
    CsvStore(data, FRAMEWORK).add([survey, *answers])
    editor = visit(browser, app, "rounds")
    editor.click("Reveal the results…")
    editor.click("Yes, reveal them")
    editor.reads("The results of the session are revealed.")
    expect(editor.page.get_by_role("button", name="Release…")).to_be_visible()
    expect(editor.page.get_by_role("button", name="Yes, release it")).to_have_count(0)


def test_a_room_answers_and_sees_where_it_differs(browser: Browser, app: str, data: Path) -> None:
    language = "fr"  # the longer words
    editor = visit(browser, app, "rounds", language=language)
    assert seen_wrong(editor.page) == []
    # Refused beside the button, with the focus; a name alone moves no field from under it.
    editor.page.set_viewport_size({"width": 640, "height": 450})
    editor.page.get_by_role("button", name=editor.words("Open the session")).press("Enter")
    refused = editor.page.locator(".st-key-failure-rounds-open [data-testid=stAlertContainer]")
    expect(refused).to_be_focused()
    expect(refused).to_be_in_viewport(ratio=1)
    editor.page.get_by_label(editor.words("The squad's name")).fill("Équipe Atlas")
    editor.page.keyboard.press("Tab")
    depths = editor.page.get_by_role("radiogroup", name=editor.words("How deep"))
    depths.get_by_role("radio").first.press("ArrowDown")
    settled(editor.page)
    expect(depths.get_by_role("radio").nth(1)).to_be_focused()
    editor.page.keyboard.press("ArrowUp")
    settled(editor.page)
    editor.page.get_by_label(editor.words("The squad's name")).fill("Équipe Atlas")
    editor.click("Open the session")
    address: str = editor.page.locator("[data-testid=stCode] code").first.inner_text()
    expect(editor.page.locator("h2:focus")).to_have_count(1)
    editor.page.set_viewport_size(DESK)
    alt = editor.words("QR code of the invitation")
    expect(editor.page.get_by_alt_text(alt)).to_be_visible()
    editor.click("Show it in the room")
    # No phone finds its way to this machine by 127.0.0.1: the room says so instead of a code.
    expect(editor.page.locator(".room-red")).to_contain_text("127.0.0.1")
    expect(editor.page.get_by_alt_text(alt)).to_have_count(0)
    assert seen_wrong(editor.page) == []
    editor.click("Leave the room")
    answered(editor, 0)

    # Two have sent from elsewhere; the third one's screens are looked at.
    roles, store = edition_in(language).texts.roles, CsvStore(data, FRAMEWORK)
    (survey,) = store.read().surveys
    for role, option in (("pm", "yes"), ("tl", "no")):
        answers = HEALTHY | {"single-channel": option}
        store.add([answer_as_stored(assessment(answers=answers, role=role), survey)])
    answered(editor, 2)
    phone = visit(
        browser, app, f"round?{address.partition('?')[2]}", language=language, viewport=PHONE
    )
    phone.reads(phone.words("How {squad} decides").format(squad="Équipe Atlas"))
    assert seen_wrong(phone.page) == []
    walk(phone, HEALTHY | {"single-channel": "partly"})
    field = phone.page.get_by_role("combobox", name=phone.words("Your role"))
    field.fill(roles["po"].short)
    field.press("Enter")
    assert seen_wrong(phone.page) == []
    phone.page.get_by_role("button", name=phone.words("Send my answers")).dblclick()
    thanks = phone.words("Your answers for {squad} are in.").format(squad="Équipe Atlas")
    phone.reads(thanks)
    assert phone.page.locator("[data-testid=stVegaLiteChart]").count() == 0
    phone.page.reload()
    settled(phone.page)
    phone.reads(thanks)
    assert seen_wrong(phone.page) == []
    names = ("who-decides-answered-", "who-decides-browser-")
    marks = [c for c in phone.page.context.cookies() if c.get("name", "").startswith(names)]
    in_a_month = datetime.now(UTC) + timedelta(days=30)
    assert [mark.get("expires", 0) > in_a_month.timestamp() for mark in marks] == [True] * 2
    answered(editor, 3)

    editor.click("Reveal the results…")
    editor.click("Yes, reveal them")
    editor.reads(editor.words("The results of the session are revealed."))
    editor.click("See the result")
    expect(editor.page.locator("h1")).to_have_text("Équipe Atlas")
    item = edition_in(language).texts.items["single-channel"].short
    headline = editor.page.locator("h3", has_text=item)
    expect(headline).to_be_visible()
    # Below the verdict, the levels and what to do first, and still on the first screen.
    expect(headline).to_be_in_viewport(ratio=1)
    gap = editor.words("{well} and {ill} differ most on “{item}”: {best} against {worst}.")
    sentence = gap.format(
        well=roles["pm"].short, ill=roles["tl"].short, item=item, best=100, worst=0
    )
    # One voice of each role: to set the roles against each other would name two persons.
    expect(editor.page.get_by_text(sentence)).to_have_count(0)
    assert seen_wrong(editor.page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_on_is_in_view_on_a_phone_from_the_welcome_to_the_end(
    language: str, browser: Browser, app: str, data: Path
) -> None:
    today = datetime.now(UTC).date()
    survey = gathering(depth="who-decides", opened_on=today, closes_on=today + timedelta(days=7))
    path = invited(CsvStore(data, FRAMEWORK), survey)
    phone = visit(browser, app, path, language=language, viewport=PHONE)
    begin = phone.page.get_by_role("button", name=phone.words("Begin"), exact=True)
    expect(begin).to_be_in_viewport(ratio=1)
    # What is to be read ends above it.
    main = phone.page.get_by_test_id("stMain")
    main.evaluate("main => main.scrollTo(0, main.scrollHeight)")
    last = phone.page.get_by_test_id("stCheckbox").bounding_box()
    pinned = begin.bounding_box()
    assert last
    assert pinned
    assert last["y"] + last["height"] <= pinned["y"]
    phone.click("Begin")
    heading = phone.page.locator("h2")
    modules = edition_in(language).texts.modules
    titles = [modules[module.id].title for module in FRAMEWORK.modules]
    for number, title in enumerate([*titles, phone.words("Who decides")], start=1):
        expect(heading).to_contain_text(title)
        step = phone.page.get_by_role("radio", name=f"{number}. {title}", exact=True)
        expect(step).to_be_checked()
        if number < 4:
            phone.click("Next step")
    phone.page.get_by_role("radio", name=phone.words("Send"), exact=True).click()
    settled(phone.page)
    send = phone.page.get_by_role("button", name=phone.words("Send my answers"))
    expect(send).to_be_in_viewport(ratio=1)
    assert seen_wrong(phone.page) == []
