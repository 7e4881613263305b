"""Who has no mouse, and who hears a page: focus, headings, and what Streamlit leaves open.

Every page is looked at here, so that what none may ask for is listened to as well.
"""

from __future__ import annotations

import re
from itertools import cycle, pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES
from assessment.storage.csv.store import CsvStore
from assessment.ui.session import page_files
from assessment.ui.session.look import script
from tests.browser.server import settled
from tests.browser.visitor import (
    OF_COLOUR,
    PATHS,
    PHONE,
    SHUT_OUT,
    Visitor,
    marked_up_names,
    seen_wrong,
    seen_wrong_in_both_themes,
    too_wide,
    touched_headings,
    tour,
    violations,
    visit,
)

FRAMEWORK = shipped_framework()

OF_STREAMLIT = {("presentation-role-conflict", "data")}
"""What axe finds that is Streamlit's own, by rule and page: the place to drop a file is told to be
both a region and no part of the page. Take a line out here once it is mended there."""

HEADINGS = """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter(heading => heading.offsetParent).map(heading => Number(heading.tagName[1]))"""

FOCUSED = """(() => {
  const focused = document.activeElement;
  const now = focused.closest("canvas") ?? focused;  // a table shows its cell's focus itself
  const box = now.getBoundingClientRect();
  const look = getComputedStyle(now), seen = [now, ...now.querySelectorAll("*")].slice(0, 12);
  const fields = ["[data-testid=stTextInputRootElement]", "[data-testid=stNumberInputContainer]",
    "[data-testid=stDateInputField]", "[role=group]", "label"].map(field => now.closest(field));
  const rings = [now, now.parentElement, ...fields, ...seen].filter(Boolean);
  return {
    what: `${now.tagName} ${now.getAttribute("aria-label") ?? now.innerText?.slice(0, 30)}`,
    isBody: now === document.body,
    isNamed: !!(now.tagName === "CANVAS" || now.ariaLabel || now.innerText?.trim()
      || now.labels?.length || now.getAttribute("aria-labelledby")
      || now.querySelector("img[alt], [aria-label]")),
    isSeen: rings.some(part => {
      const style = getComputedStyle(part);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none" || part.tagName === "CANVAS";
    }),
  };
})()"""
"""What has the focus, whether it has a name, and whether a ring or a shadow shows it."""


BOUND_CONTRASTS = """buttons => {
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const ground = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
  const light = (...colours) => {
    for (const colour of colours) { brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1); }
    const [red, green, blue] = [...brush.getImageData(0, 0, 1, 1).data].map(part =>
      part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 255 / 12.92);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  return buttons.flatMap(button => ["Top", "Right", "Bottom", "Left"].map(side => {
    const bound = getComputedStyle(button)[`border${side}Color`];
    const [one, other] = [light(ground), light(ground, bound)];
    return Math.max(one, other) / Math.min(one, other);
  }));
}"""
"""How far the bounds of buttons stand out against the page, from 1 to 21, as WCAG counts it."""


CHOSEN_OR_NOT = [f"[class*=st-key-check-answer] [aria-checked={is_}]" for is_ in ("true", "false")]
PRIMARY = "[data-testid=stBaseButton-primary]"
PROGRESS = [f"[data-testid=stProgressBarTrack]{part}" for part in (" > div", "")]

GROUNDS = """parts => parts.map(part =>
  getComputedStyle(document.querySelector(part)).backgroundColor)"""
"""The grounds of the first of some parts each, to tell whether they are told apart."""


SMALL = """() => [...document.querySelectorAll(
    "[data-testid=stMain] :is(a, button, [role=button], [role=spinbutton], summary)")]
  .filter(part => part.checkVisibility({ visibilityProperty: true }))
  .map(part => [part, part.getBoundingClientRect()])
  .filter(([part, box]) => box.width > 2 && Math.min(box.width, box.height) < 24)
  .filter(([part]) => getComputedStyle(part).display !== "inline")
  .map(([part, box]) => `${part.ariaLabel ?? part.innerText} ${box.width}x${box.height}`)"""
"""What to hit is smaller than 24 pixels, but for links within a text."""

STAGE_GROUNDS = """() => [...document.querySelectorAll("[data-testid=stHtml] [style*=background]")]
  .map(cell => getComputedStyle(cell).backgroundColor)"""
"""The grounds of the stages that a page draws itself."""


DRAWN_ANEW = """document.body.insertAdjacentHTML("beforeend", "<h2 class=late>Before</h2>");
setTimeout(() => {
  document.querySelector(".late").remove();
  document.body.insertAdjacentHTML("beforeend", "<h2 class=late>Votes</h2>");
}, 600)"""

APPENDED_LATE = """setTimeout(() => {
  document.body.insertAdjacentHTML("beforeend", "<h2 class=late>Votes</h2>");
}, 600)"""


def test_every_page_of_the_menu_is_among_those_looked_at() -> None:
    looked_at = {path.partition("?")[0] for path in PATHS}
    assert looked_at == {"", *page_files.NAMES_IN_URLS} - set(LANGUAGES)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("language", "dark"), list(zip(LANGUAGES, cycle([False, True]))))
def test_a_page_fits_a_phone_violates_only_what_streamlit_does_and_asks_for_nothing_shut_out(
    path: str, dark: bool, language: str, browser: Browser, sample_app: str
) -> None:
    # No colour is another one in another language, so that each language has a theme to itself.
    page = tour(browser, sample_app, path, language=language, dark=dark)
    name = path.partition("?")[0]
    wrong = seen_wrong(page) + touched_headings(page) + marked_up_names(page)
    wrong += [("small to hit", target) for target in page.evaluate(SMALL)]
    expect(page.get_by_role("img", name=re.compile(" icon$"))).to_have_count(0)
    page.set_viewport_size(PHONE)
    violated = violations(settled(page))
    wrong += too_wide(page) + touched_headings(page)
    assert wrong == []
    assert {violation["id"] for violation in violated} == {
        rule for rule, of in OF_STREAMLIT if of == name
    }
    levels = page.evaluate(HEADINGS)
    assert all(after <= before + 1 for before, after in pairwise([0, *levels])), levels

    if drawn := set(page.evaluate(STAGE_GROUNDS)):
        page.emulate_media(forced_colors="active")
        assert set(page.evaluate(STAGE_GROUNDS)) == drawn
    assert [asked for asked in SHUT_OUT if asked.startswith(sample_app)] == []


def test_what_opens_over_a_page_has_the_contrasts_of_its_theme(
    browser: Browser, sample_app: str
) -> None:
    for dark in (False, True):
        page = tour(browser, sample_app, "compare", dark=dark)
        page.locator(".st-key-head-choice button").click()
        chosen = page.get_by_test_id("stPopoverBody").locator(".stMultiSelect span[title]")
        expect(chosen.first).to_be_visible()
        assert seen_wrong(settled(page), OF_COLOUR) == []
        page.keyboard.press("Escape")


def test_a_check_begun_fits_a_phone_and_has_no_serious_violation_in_both_themes(
    browser: Browser, app: str
) -> None:
    visitor = visit(browser, app, "quick-check")
    visitor.answer("mandates-clear", "yes")
    visitor.reads("1 of 14 answered")
    page = visitor.page
    assert seen_wrong_in_both_themes(settled(page)) == []
    bounds = page.locator("[class*=st-key-check-answer-] [role=radio]")
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light", forced_colors="none")
        settled(page)
        contrasts = bounds.evaluate_all(BOUND_CONTRASTS)
        assert len(contrasts) == 12 * 4
        assert min(contrasts) >= 3

        page.emulate_media(forced_colors="active")
        chosen, other, lead = page.evaluate(GROUNDS, [*CHOSEN_OR_NOT, PRIMARY])
        assert len({chosen, other, lead}) == 3
        gone, left = page.evaluate(GROUNDS, PROGRESS)
        assert gone != left


@pytest.mark.parametrize("late", [APPENDED_LATE, DRAWN_ANEW], ids=["late", "drawn anew"])
def test_what_a_slow_computer_shows_late_takes_the_focus_all_the_same(
    late: str, browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, "privacy").page
    given = {"selector": ".late", "block": "start", "isNews": False}
    page.evaluate(f"given => {{ {script('into_view')} }}", given)
    page.evaluate(late)
    expect(page.locator(".late:focus")).to_have_text("Votes")


LED_TWICE = """async given => {
  const run = (selector) => new Function("given", given.script)({ ...given, selector });
  const begun = performance.now();
  const busyUntil = (wait) => { while (performance.now() < begun + wait); };
  run(".earlier");  // there is none yet; it looks again after 1.2 seconds
  await new Promise(later => setTimeout(later, 1000));
  busyUntil(1190);
  document.querySelector("h1").insertAdjacentHTML(
    "afterend", "<h2 class=earlier>Step</h2><p class=later>It is over</p>");
  run(".later");
  busyUntil(1300);  // both look at once, the earlier one first
}"""


def test_what_came_last_takes_the_focus_though_a_move_before_it_still_waits_for_its_heading(
    browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, "privacy").page
    page.evaluate(LED_TWICE, {"script": script("into_view"), "block": "start", "isNews": False})
    expect(page.locator(".later")).to_be_focused()


def test_whoever_chooses_a_page_from_the_menu_goes_on_at_its_heading(
    browser: Browser, sample_app: str
) -> None:
    visitor = visit(browser, sample_app, "squad")
    heading = visitor.page.locator("h1")
    expect(heading).not_to_be_focused()
    for title in ("Compare", "Home"):
        visitor.goes_to(title)
        expect(heading).to_be_focused()
        assert visitor.page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0
    visitor.page.get_by_test_id("stTopNavSection").first.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Enter")
    expect(heading).to_have_text("Quick check")
    expect(heading).to_be_focused()


@pytest.mark.parametrize("path", ["", "quick-check", "data", "playbook", "rounds"])
def test_every_stop_has_a_name_and_focus_is_seen_and_never_lost(
    path: str, browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, path).page
    stops = []
    for _step in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["isBody"]:
            break  # round the end of the page
        if not stop["what"].startswith("MAIN"):  # all of the page, which the keyboard scrolls
            stops.append(stop)
    assert len(stops) > 8
    assert [stop["what"] for stop in stops if not (stop["isSeen"] and stop["isNamed"])] == []


def test_what_a_key_opens_is_gone_on_with_inside_and_escape_leads_back(
    browser: Browser, sample_app: str
) -> None:
    page = visit(browser, sample_app, "squad").page
    first = page.locator("[class*=st-key-first-lever]").first
    lever = first.locator("strong").inner_text()
    expect(first.get_by_role("button")).to_have_accessible_name(f"We will do this – {lever}")
    as_table = page.get_by_role("button", name="As a table").first
    expect(as_table).to_have_accessible_description(re.compile("^Bars: scores by level"))
    chips = page.locator("p:has(.stMarkdownBadge + .stMarkdownBadge)").first.aria_snapshot()
    assert re.search(r"Clear mandates: yes ?\. Meetings that decide: yes ?\.", chips)
    assert not re.search(r"\. ?\.", chips)
    chip = page.locator(".stMarkdownBadge").first
    expect(chip).to_have_attribute("data-ends", "false")
    chip.evaluate("chip => { chip.lastChild.nodeValue += '.'; }")  # as React changes a text
    expect(chip).to_have_attribute("data-ends", "true")
    to(page, "Share and export")
    page.keyboard.press("Enter")
    inside = page.get_by_test_id("stPopoverBody")
    expect(inside.locator(":focus")).to_be_visible()
    expect(inside.locator(":focus")).to_be_in_viewport()
    settled(page)  # what it holds is drawn once it is open
    page.keyboard.press("Tab")
    expect(inside.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Share and export", exact=True)).to_be_focused()

    to(page, "How is this computed?")
    page.keyboard.press("Enter")
    expect(inside.get_by_role("link")).to_be_focused()
    settled(page)  # what stands above it is drawn last
    expect(inside.get_by_role("link")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="How is this computed?")).to_be_focused()


COVERED = """() => {
  const bar = document.querySelector('[data-testid="stBottom"]'), on = document.activeElement;
  if (!bar || bar.contains(on) || on.contains(bar)) return false;
  return on.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
}"""


def test_the_bar_at_the_foot_covers_nothing_that_has_the_focus(browser: Browser, app: str) -> None:
    visitor = visit(browser, app, "quick-check", viewport={"width": 1280, "height": 800})
    page = visitor.page
    covered = []
    for step in range(1, 4):
        if step > 1:
            visitor.click("Next step")
        for _stop in range(50):
            page.keyboard.press("Tab")
            if page.evaluate(COVERED):
                covered.append((step, page.evaluate("document.activeElement.innerText")))
    assert covered == []


HAS_FOCUS = "element => element.contains(document.activeElement)"

KEYS = ("Space", "ArrowRight")
"""What answers a question: it gives the answer that has the focus, or the one beside it."""


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
    visitor = visit(browser, app)
    page = visitor.page
    to(page, "Start the quick check")
    page.keyboard.press("Enter")
    expect(page.locator("h2:focus")).to_have_text("Three questions")
    settled(page)
    done = 0
    for module in FRAMEWORK.modules:
        for item in FRAMEWORK.items_of(module.id):
            group = page.locator(f".st-key-check-answer-{item.id}")
            for _step in range(40):
                if group.evaluate(HAS_FOCUS):
                    break
                page.keyboard.press("Tab")
            page.keyboard.press(KEYS[done % len(KEYS)])
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
    notice = page.locator(".st-key-check-saved-notice [data-testid=stAlertContainer]")
    expect(notice).to_be_focused()
    (check,) = CsvStore(data, FRAMEWORK).read().assessments
    assert len(check.answers) == 14
    open_every_section(visitor)
    visitor.goes_to("Method")
    visitor.goes_to("Squad")
    expect(notice).to_be_visible()
    expect(notice).not_to_be_focused()


def open_every_section(visitor: Visitor) -> None:
    """Walk through the squad page's sections with the arrow keys, which choose; nothing jumps."""
    page = visitor.page
    sections = page.locator(".st-key-result-sections")
    chosen = sections.get_by_role("radio")
    for _step in range(60):
        if sections.evaluate(HAS_FOCUS):
            break
        page.keyboard.press("Tab")
    sections.evaluate("element => element.scrollIntoView({ block: 'start' })")
    top = sections.evaluate("element => element.getBoundingClientRect().top")
    views = []
    for number in range(chosen.count()):
        before = page.url
        if number:
            page.keyboard.press("ArrowRight")
            expect(page).not_to_have_url(before)
        expect(chosen.nth(number)).to_have_attribute("aria-checked", "true")
        expect(chosen.nth(number)).to_be_focused()
        settled(page)
        assert sections.evaluate("element => element.getBoundingClientRect().top") == top
        views.append(page.url.partition("view=")[2])
    assert len(set(views)) == chosen.count() >= 5


LOST_TWICE = """async () => {
  const held = [], wait = window.setTimeout;
  window.setTimeout = (act, after, ...given) =>
    after === 600 ? held.push(() => act(...given)) : wait(act, after, ...given);
  const lose = async () => {
    const button = document.createElement("button");
    document.querySelector("[data-testid=stMain]").append(button);
    button.focus();
    button.remove();
    await new Promise(go => wait(go, 50));
  };
  await lose();
  await lose();
  window.setTimeout = wait;
  const focused = [];
  for (const act of held) {
    act();
    focused.push(document.activeElement.localName);
  }
  return focused;
}"""
"""Has the focus be lost twice at once; tells where it is as each loss is looked after in turn."""


def test_what_looks_after_a_lost_focus_leaves_a_later_loss_to_what_is_told_of_it(
    browser: Browser, sample_app: str
) -> None:
    # The first one took the focus from what a second deed tells, which nobody then heard.
    page = visit(browser, sample_app, "squad?squad=Cobalt · demo").page
    page.keyboard.press("Shift")

    first, last = page.evaluate(LOST_TWICE)
    assert first == "body"
    assert last in ("h1", "h2", "h3")
    assert page.evaluate("window.focusFellTo === document.activeElement")
