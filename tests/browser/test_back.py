"""Back after each click shows the view before: sections, views, roles, a squad that was opened."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.server import settled
from tests.browser.visitor import visit

CHOSEN = "[role=radio][aria-checked=true]"


def chosen(page: Page, within: str) -> list[str]:
    """What is chosen in a place, and the heading above it all."""
    shown: list[str] = page.locator(f"{within} {CHOSEN}").all_inner_texts()
    return [page.locator("h1").inner_text(), *shown]


def test_back_after_each_click_shows_the_view_before(browser: Browser, sample_app: str) -> None:
    visitor = visit(browser, sample_app, "?lang=en")
    page = visitor.page
    main = "[data-testid=stMain]"
    seen: list[tuple[str, list[str]]] = []
    steps = page.evaluate("history.length")

    def look() -> None:
        seen.append((page.url, chosen(page, main)))

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
            if chosen(page, main) == shown:
                break
            page.wait_for_timeout(100)
        assert chosen(page, main) == shown
    expect(page.locator("h1")).to_contain_text("Your squads")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Leadership")
