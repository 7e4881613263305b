"""Pages for whoever does not wait: what is asked for before what was asked for is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from assessment.languages import LANGUAGES
from tests.browser.server import settled
from tests.browser.visitor import DESK, HOLDING, PHONE, RUNS_HELD, TURN_TO, new_page, visit

FIELDS = re.compile(
    r"/static/js/(TextInput|TextArea|DateInput|Selectbox|Multiselect|Checkbox|NumberInput"
    r"|ButtonGroup|Radio|Metric|FileUploader)\."
)

COMING_LATE = {
    "sharing": (
        *("sharing-squads", "sharing-label", "sharing-period", "sharing-days", "sharing-every"),
        *("sharing-notes", "sharing-roles", "sharing-agreements"),
    ),
    "rounds": ("rounds-depth", "rounds-privacy"),
    "deep-check": ("deep-to",),
    "squad?squad=Atlas · demo": ("view-view",),
    "leadership": ("across-tiles",),
    "data": ("exchange-upload-0",),
}
"""By page the keys of what Streamlit asks for late, and other things stand below."""

OPENED = """() => new Promise(tell => {
  const look = () => {
    const width = document.querySelector("[data-testid=stSidebar]")?.offsetWidth;
    if (width) tell(width); else requestAnimationFrame(look);
  };
  document.querySelector("[data-testid=stExpandSidebarButton]").click();
  look();
})"""
"""Opens a phone's menu, and tells how wide it is where it is first seen."""

HEIGHTS = """places => places.map(place => document.querySelector(place).offsetHeight)"""

HEAR_A_RUN = """() => {
  const ends = window.held.findIndex(([length]) => length === 2) + 1;
  for (const [_length, hear] of window.held.splice(0, ends)) hear();
}"""


def test_a_view_asked_for_again_before_another_one_is_there_is_shown(
    browser: Browser, sample_app: str
) -> None:
    # The browser had told that it keeps the first view's charts, and dropped them once it heard
    # of the run between: the page ended with an error.
    page = new_page(browser)
    page.add_init_script(HOLDING)
    page.goto(f"{sample_app}/squad?squad=Atlas · demo&view=voices")
    settled(page)
    page.evaluate(TURN_TO, "/playbook")
    expect(page.locator("h1")).to_have_text("Playbook")
    settled(page)

    page.evaluate("window.held = []")
    for runs, path in enumerate(("/method", "/squad?squad=Atlas · demo&view=voices"), start=1):
        page.evaluate(TURN_TO, path)
        page.wait_for_function(RUNS_HELD, arg=runs)
    page.evaluate(HEAR_A_RUN)
    expect(page.locator("h1")).to_have_text("Method")
    page.evaluate(HEAR_A_RUN)
    page.evaluate("window.held = null")

    expect(page.locator("h1")).to_have_text("Atlas · demo")
    settled(page)
    expect(page.get_by_text("Connection error")).to_have_count(0)
    page.context.close()


PRESSED_AS_IT_LEAVES = """([address, choice, after]) => {
  const press = () => document.querySelector(choice).click();
  after === null ? press() : setTimeout(press, after);
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
"""Another page is asked for, and something is pressed on the one that is still to be seen."""


@pytest.mark.parametrize("after", [None, 0])
def test_what_is_pressed_on_a_page_that_is_being_left_does_not_empty_the_one_that_comes(
    after: int | None, browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, "deep-check?squad=Atlas · demo&view=setup").page
    choice = ".st-key-setup-preset [role=radio]:nth-child(2)"
    page.evaluate(PRESSED_AS_IT_LEAVES, ["/leadership", choice, after])
    expect(page).to_have_title(re.compile("^Leadership"))
    expect(settled(page).locator("h1")).to_have_text("Leadership")


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_second_half_of_a_double_click_presses_nothing_that_came_in_between(
    viewport: ViewportSize, browser: Browser, app: str
) -> None:
    # Where the way on from the first step was, the way back from the second one stands.
    visitor = visit(browser, app, "quick-check", viewport=viewport)
    page = visitor.page
    box = page.get_by_role("button", name="Next step").bounding_box()
    assert box
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    expect(page.get_by_role("button", name="Back", exact=True)).to_be_visible()
    settled(page)
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    settled(page)
    expect(page.get_by_role("radio", checked=True).first).to_have_text("2. Is a PM missing?")

    page.mouse.click(box["x"] + 20, box["y"] + 20)
    first_step = page.get_by_role("radio", name="1. Three questions")
    expect(first_step).to_be_checked()


SECOND_TAP = """answer =>
  answer.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 2 }))"""
"""Whether a tap is heard that follows another so soon, and so close, as if it were its half."""


def test_a_quick_second_tap_on_the_answer_beside_is_meant(browser: Browser, app: str) -> None:
    page = visit(browser, app, "quick-check", viewport=PHONE).page
    yes, partly = (page.get_by_role("radio", name=name).first for name in ("Yes", "Partly"))
    yes.click()
    expect(yes).to_be_checked()
    assert partly.evaluate(SECOND_TAP)


LATER = """() => {
  const wait = window.setTimeout;
  window.later = [];
  window.setTimeout = (act, after, ...given) =>
    after === 400 ? window.later.push(act) : wait(act, after, ...given);
}"""
"""Has what a page does after 400 milliseconds wait for the test."""

TOP = "document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.mark.parametrize("by_key", [False, True])
def test_whoever_scrolls_once_a_step_is_there_is_not_led_back_to_its_heading(
    by_key: bool, browser: Browser, app: str
) -> None:
    # A tap then answered the question that came to lie under the finger.
    visitor = visit(browser, app, "quick-check", viewport=PHONE)
    page = visitor.page
    page.evaluate(LATER)
    visitor.click("Next step")
    expect(page.get_by_role("heading", level=2).first).to_be_focused()

    if by_key:
        page.keyboard.press("PageDown")
    else:
        page.mouse.move(200, 400)
        page.mouse.wheel(0, 500)
    page.wait_for_function(f"{TOP} > 300")
    page.wait_for_function("window.later.length")
    place = page.evaluate(f"window.later.forEach(act => act()) ?? {TOP}")
    assert place > 300


@contextmanager
def phone_without_fields(browser: Browser, language: str = "en") -> Iterator[Page]:
    """A phone that waits for the scripts of its fields; at the end they are there, and drawn."""
    page = new_page(browser, language)
    page.set_viewport_size(PHONE)
    held: list[Route] = []
    page.route(FIELDS, lambda route: held.append(route))
    yield page
    for route in held:
        route.continue_()
    page.unroute_all()
    settled(page)


def test_a_button_stays_where_it_is_while_the_fields_above_it_are_still_to_come(
    browser: Browser, sample_app: str
) -> None:
    with phone_without_fields(browser) as page:
        page.goto(f"{sample_app}/squad?squad=Atlas · demo")
        page.get_by_role("button", name="We will do this").first.click()
        save = page.get_by_role("button", name="Save", exact=True)
        expect(save).to_be_visible()
        expect(page.get_by_test_id("stSkeleton")).not_to_have_count(0)
        place = save.bounding_box()

    after = save.bounding_box()
    assert place is not None
    assert after is not None
    assert abs(after["y"] - place["y"]) < 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_still_to_come_stands_as_high_as_it_will_be(
    language: str, browser: Browser, sample_app: str
) -> None:
    moved: dict[str, tuple[int, int]] = {}
    for path, keys in COMING_LATE.items():
        places = [f".st-key-{key}" for key in keys]
        with phone_without_fields(browser, language) as page:
            page.goto(f"{sample_app}/{path}")
            for place in places:
                expect(page.locator(place).get_by_test_id("stSkeleton").first).to_be_visible()
            state = "data-test-script-state", "notRunning"
            expect(page.get_by_test_id("stApp")).to_have_attribute(*state)
            awaited = page.evaluate(HEIGHTS, places)
        there = page.evaluate(HEIGHTS, places)
        moved |= {
            key: heights
            for key, heights in zip(keys, zip(awaited, there, strict=True), strict=True)
            if heights[0] != heights[1]
        }
        page.context.close()
    assert moved == {}


def test_the_menu_of_a_phone_is_whole_as_soon_as_it_opens(
    browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, "method", viewport=PHONE).page
    at_once = page.evaluate(OPENED)
    width = "document.querySelector('[data-testid=stSidebar]').offsetWidth"
    assert at_once == settled(page).evaluate(width)
