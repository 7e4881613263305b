"""Who has no mouse, and who hears a page: focus, headings, and what Streamlit leaves open."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.storage.csv.store import CsvStore
from tests.browser.server import settled
from tests.browser.test_journeys import PATHS
from tests.browser.visitor import PHONE, Visitor, visit

FRAMEWORK = shipped_framework()

OF_STREAMLIT = {("presentation-role-conflict", "data")}
"""What axe finds that is Streamlit's own, by rule and page: the place to drop a file is told to be
both a region and no part of the page. Take a line out here once it is mended there."""

HEADINGS = """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter(heading => heading.offsetParent).map(heading => Number(heading.tagName[1]))"""

FOCUSED = """(() => {
  const now = document.activeElement, box = now.getBoundingClientRect();
  const look = getComputedStyle(now), seen = [now, ...now.querySelectorAll("*")].slice(0, 12);
  const rings = [now, now.parentElement, now.closest("[data-baseweb]"),
    now.closest("[data-testid=stTextInputRootElement]"), ...seen].filter(Boolean);
  return {
    what: `${now.tagName} ${now.getAttribute("aria-label") ?? now.innerText?.slice(0, 30)}`,
    isBody: now === document.body,
    isSeen: rings.some(part => {
      const style = getComputedStyle(part);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none" || part.tagName === "CANVAS";
    }),
  };
})()"""
"""What has the focus, and whether a ring or a shadow shows it."""


def test_only_what_streamlit_leaves_open_is_found_on_any_page(
    browser: Browser, app: str, data: Path
) -> None:
    CsvStore(data, FRAMEWORK).add(sample_records())
    found, jumps = set(), {}
    page = visit(browser, app, viewport=PHONE).page
    for path in PATHS:
        page.goto(f"{app}/{path}")
        settled(page)
        name = path.partition("?")[0]
        found |= {(each["id"], name) for each in Axe().run(page).response["violations"]}
        levels = page.evaluate(HEADINGS)
        if any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False)):
            jumps[name] = levels
    assert jumps == {}
    assert found == OF_STREAMLIT


@pytest.mark.parametrize("path", ["", "quick-check", "data", "playbook", "method"])
def test_focus_is_seen_at_every_stop_and_never_lost(
    path: str, browser: Browser, app: str, data: Path
) -> None:
    CsvStore(data, FRAMEWORK).add(sample_records())
    page = visit(browser, app, path).page
    stops = []
    for _step in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["isBody"]:
            break  # round the end of the page
        if not stop["what"].startswith("MAIN"):  # all of the page, which the keyboard scrolls
            stops.append(stop)
    assert len(stops) > 8
    assert [stop["what"] for stop in stops if not stop["isSeen"]] == []


COVERED = """() => {
  const bar = document.querySelector('[data-testid="stBottom"]'), on = document.activeElement;
  if (!bar || bar.contains(on) || on.contains(bar)) return false;
  return on.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
}"""


@pytest.mark.parametrize("step", range(1, 4))
def test_the_bar_at_the_foot_covers_nothing_that_has_the_focus(
    step: int, browser: Browser, app: str
) -> None:
    visitor = visit(browser, app, "quick-check")
    page = visitor.page
    page.set_viewport_size({"width": 1280, "height": 800})
    for _click in range(step - 1):
        visitor.click("Next step")
        settled(page)
    covered = []
    for _stop in range(50):
        page.keyboard.press("Tab")
        if page.evaluate(COVERED):
            covered.append(page.evaluate("document.activeElement.innerText"))
    assert covered == []


def to(page: Page, name: str, *, role: str = "button") -> None:
    """Tab until something has the focus, by its name, as somebody without a mouse does."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _step in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is out of the keyboard's reach")


def test_a_whole_check_is_answered_saved_and_read_by_keyboard_alone(
    browser: Browser, app: str, data: Path
) -> None:
    visitor = visit(browser, app, "quick-check")
    page = visitor.page
    done = 0
    for module in FRAMEWORK.modules:
        for item in FRAMEWORK.items_of(module.id):
            group = page.locator(f".st-key-check-answer-{item.id} [role=radio]").first
            for _step in range(40):
                if group.evaluate(
                    "element => element.parentElement.contains(document.activeElement)"
                ):
                    break
                page.keyboard.press("Tab")
            page.keyboard.press("Space")
            done += 1
            visitor.reads(f"{done} of 14 answered")
            settled(page)
        to(page, "See the result" if module is FRAMEWORK.modules[-1] else "Next step")
        page.keyboard.press("Enter")
        settled(page)
        expect(page.locator("h2:focus")).to_have_count(1)
    to(page, "The squad's name", role="textbox")
    page.keyboard.type("Atlas")
    to(page, "Save")
    page.keyboard.press("Enter")
    visitor.reads("Saved for Atlas.")
    settled(page)
    assert not page.evaluate("document.activeElement === document.body")
    (check,) = CsvStore(data, FRAMEWORK).read().assessments
    assert len(check.answers) == 14
    open_every_section(visitor)


def open_every_section(visitor: Visitor) -> None:
    """Walk through the squad page's sections with the arrow keys."""
    page = visitor.page
    chosen = page.locator(".st-key-result-sections [role=radio]")
    for _step in range(60):
        if chosen.first.evaluate("e => e.parentElement.contains(document.activeElement)"):
            break
        page.keyboard.press("Tab")
    views = []
    for number in range(chosen.count()):
        before = page.url
        if number:
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Space")
            expect(page).not_to_have_url(before)
        expect(chosen.nth(number)).to_have_attribute("aria-checked", "true")
        settled(page)
        views.append(page.url.partition("view=")[2])
    assert len(set(views)) == chosen.count() >= 5
