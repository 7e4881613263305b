"""Back after each click shows the view before: sections, views, roles, a squad that was opened."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import settled
from tests.browser.visitor import HOLDING, PHONE, RUNS_HELD, Visitor, new_page, visit

MAIN = "[data-testid=stMain]"
CHOSEN = "[role=radio][aria-checked=true]"


def chosen(page: Page, within: str) -> list[str]:
    """What is chosen in a place, and the heading above it all."""
    shown: list[str] = page.locator(f"{within} {CHOSEN}").all_inner_texts()
    return [page.locator("h1").inner_text(), *shown]


def test_back_after_each_click_shows_the_view_before(browser: Browser, sample_app: str) -> None:
    visitor = visit(browser, sample_app, "?lang=en")
    page = visitor.page
    seen: list[tuple[str, list[str]]] = []
    steps = page.evaluate("history.length")

    def look() -> None:
        seen.append((page.url, chosen(page, MAIN)))

    def click(name: str, *, role: str = "radio") -> None:
        look()
        page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        page.wait_for_function("before => location.href !== before", arg=seen[-1][0])
        settled(page)

    def go_to(title: str) -> None:
        look()
        visitor.goes_to(title)

    go_to("Leadership")
    click("CTO")  # whose part it is
    click("Leadership")
    click("Cobalt · demo", role="link")  # a squad that is opened
    for section in ("Voices", "Who decides", "Lenses and signs", "Numbers"):
        click(section)
    go_to("Trends")
    click("Arbitration")
    click("Who decides")
    go_to("Compare")
    for view in ("Profiles", "Who decides"):  # views of one page
        click(view)
    go_to("Squad")
    page.locator(".st-key-choice-squad input").click()
    click("Dune · demo", role="option")

    assert page.evaluate("history.length") == steps + len(seen)  # one entry a click
    for url, shown in reversed(seen):
        page.go_back()
        expect(page).to_have_url(url)
        settled(page)
        for _try in range(50):  # a server that is busy answers Back a while after the address did
            if chosen(page, MAIN) == shown:
                break
            page.wait_for_timeout(100)
        assert chosen(page, MAIN) == shown
    expect(page.locator("h1")).to_contain_text("Your squads")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Leadership")


def test_one_back_leaves_what_a_link_opened(browser: Browser, sample_app: str) -> None:
    page, before = visit(browser, sample_app).page, f"{sample_app}/_stcore/health"
    for path in ("squad", "compare?lang=en", "trends?lang=en", "leadership?lang=en"):
        page.goto(before)
        page.goto(f"{sample_app}/{path}", wait_until="domcontentloaded")
        page.evaluate("dispatchEvent(new PointerEvent('pointerdown'))")  # a finger moves the page
        settled(page)
        assert "by=month" in page.url  # the page has settled more than the link said
        page.go_back()
        assert page.url == before


def test_a_click_without_a_pointer_is_a_step(browser: Browser, sample_app: str) -> None:
    page = visit(browser, sample_app, "squad?lang=en&squad=Cobalt · demo").page
    url = page.url
    page.get_by_role("radio", name="Numbers", exact=True).dispatch_event("click")  # as by voice
    page.wait_for_url("**view=numbers**")
    settled(page).go_back()
    expect(page).to_have_url(url)


DEAF = """window.WebSocket = class extends WebSocket {
  addEventListener(sign, tell, ...how) {
    const told = (event) => {
      if (window.unheard) window.unheard.push(() => tell.call(this, event));
      else tell.call(this, event);
    };
    super.addEventListener(sign, sign === "message" ? told : tell, ...how);
  }
  set onmessage(tell) { this.addEventListener("message", tell); }
};
window.listen = () => {
  const unheard = window.unheard;
  window.unheard = null;
  unheard.forEach((tell) => tell());
};"""
"""Has a page hear its server only once it is to `listen`, while there is something `unheard`."""


@pytest.mark.parametrize(
    ("path", "first", "then", "shown", "told"),
    [
        ("squad?lang=en&squad=Cobalt · demo", "Numbers", "We will do this", "Numbers", "numbers"),
        ("compare?lang=en", "Arbitration", "Profiles", "Profiles", "arbitration"),
    ],
)
def test_a_choice_stays_though_the_next_click_came_before_the_browser_heard_of_it(
    path: str, first: str, then: str, shown: str, told: str, browser: Browser, sample_app: str
) -> None:
    page = new_page(browser)
    page.add_init_script(DEAF)
    page.goto(f"{sample_app}/{path}")
    before = chosen(settled(page), MAIN)
    page.evaluate("window.unheard = []")
    for name in (first, then):
        control = page.get_by_role("radio", name=name, exact=True)
        control.or_(page.get_by_role("button", name=name)).first.click()
        page.wait_for_timeout(500)  # the server has done that, and the browser knows nothing of it
    page.evaluate("listen()")
    settled(page)
    assert chosen(page, MAIN)[1:] == [shown]
    assert f"={told}" in page.url
    for _step in range(page.evaluate("history.length")):
        if chosen(page, MAIN) == before:
            break
        page.go_back()
        page.wait_for_timeout(300)
        settled(page)
    assert chosen(page, MAIN) == before


def test_a_link_to_what_was_there_before_a_choice_leads_there(
    browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, "playbook?lang=en", viewport=PHONE).page
    picker = page.locator(".st-key-chapter-picker input")
    first = picker.input_value()
    page.get_by_role("link", name="Next chapter").click()
    page.wait_for_url("**view=**")
    second = settled(page).url
    picker.click()
    picker.fill(first)
    expect(page.get_by_role("option", name=first)).to_be_visible()
    picker.press("Enter")
    page.wait_for_url(lambda url: url != second)
    settled(page)
    page.get_by_role("link", name="Next chapter").click()
    page.wait_for_url(second)
    expect(picker).not_to_have_value(first)


def test_back_amid_a_field_keeps_what_was_written_in_it(browser: Browser, sample_app: str) -> None:
    visitor = visit(browser, sample_app, "method?lang=en")
    name = visitor.page.locator(".st-key-check-new-squad input")
    visitor.goes_to("Deep check")
    name.click()
    visitor.page.keyboard.type("Nouvelle équipe")
    visitor.page.go_back()
    expect(visitor.page).to_have_title(re.compile("^Method"))
    settled(visitor.page)
    visitor.goes_to("Deep check")
    expect(name).to_have_value("Nouvelle équipe")


HEAR = "count => window.held.splice(0, count).forEach(([_length, hear]) => hear())"


def test_back_before_a_page_settled_its_address_leaves_the_address_before_it_alone(
    browser: Browser, sample_app: str
) -> None:
    # What a run that was broken off said of its address was written onto that of the page before.
    page = new_page(browser)
    page.add_init_script(HOLDING)
    page.goto(f"{sample_app}/data?lang=en")
    visitor, before = Visitor(settled(page), "en"), page.url

    page.evaluate("window.held = []")
    visitor.opens("Leadership", group="Across squads")
    page.wait_for_function(RUNS_HELD, arg=1)
    page.evaluate(HEAR, 4)  # that it begins, and which page it is
    page.wait_for_function("location.pathname === '/leadership'")
    page.go_back()
    expect(page).to_have_url(before)
    page.evaluate(f"({HEAR})(999); window.held = null")  # how it looks, and its whole address

    expect(page.locator("h1")).to_have_text("Data")
    settled(page)
    assert page.url == before
    page.context.close()
