"""How long an answer and each page take on 5,000 assessments, a quarter of them deep, in Chromium.

Usage: python -m tests.benchmarks.pages. Every figure is a median, from the click to the page
standing still, beside a bare Streamlit page measured in the same run.
"""

from __future__ import annotations

import random
import statistics
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, Page

from assessment.content.loading import shipped_framework
from assessment.model import Assessment, DeepAnswers, Framework
from assessment.storage.csv.store import CsvStore
from tests.browser.server import PROJECT, chromium, served, settled
from tests.browser.visitor import GROUP_OF

STORED = 5_000
SQUADS = 50
MONTHS = 24
ROUNDS = 15
ONE_DEEP_IN = 4
PAGES = {
    "Squad": "Table (CSV)",
    "Compare": "Table (CSV)",
    "Trends": "Since last time",
    "Leadership": "Take it away",
    "Playbook": "Why PO and PM get confused",
    "Data": "One squad's data",
}
"""Pages by their link, with a text that shows when they are there."""

# From a click to the last thing that changes on the page: the text asked for is there, and
# nothing has moved for a while.
CLICK_AND_WAIT = """([selector, done]) => new Promise((resolve, reject) => {
  const main = document.querySelector('[data-testid=stMain]');
  const begun = performance.now();
  let moved = begun;
  const watch = new MutationObserver(() => { moved = performance.now(); });
  const everything = {subtree: true, childList: true, characterData: true, attributes: true};
  watch.observe(main, everything);
  const look = () => {
    const now = performance.now();
    if (now - begun > 10000) return reject('not shown within 10 s: ' + done);
    if (!main.innerText.includes(done) || now - moved < 200) return requestAnimationFrame(look);
    watch.disconnect();
    resolve(moved - begun);
  };
  document.querySelector(selector).click();
  requestAnimationFrame(look);
})"""


def main() -> None:
    """Measure the bare app, then ours, and print medians with their ratio."""
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as full:
        CsvStore(Path(full), shipped_framework()).add(company())
        with chromium() as browser:
            with served(Path(empty), script=PROJECT / "tests/benchmarks/bare_app.py") as bare:
                floor_click, floor_page = bare_times(browser, bare)
            with served(Path(full)) as app:
                click, deep_click, pages = our_times(browser, app)
    print(f"bare click {floor_click:6.0f} ms")  # noqa: T201 - this is its output
    print(f"our click  {click:6.0f} ms  x{click / floor_click:.1f}")  # noqa: T201
    print(f"deep click {deep_click:6.0f} ms  x{deep_click / floor_click:.1f}")  # noqa: T201
    print(f"bare page  {floor_page:6.0f} ms")  # noqa: T201
    for name, time in pages.items():
        print(f"{name:10} {time:6.0f} ms  x{time / floor_page:.1f}")  # noqa: T201


def bare_times(browser: Browser, address: str) -> tuple[float, float]:
    """Medians of a click and of a page change in the bare app, in ms."""
    page = visited(browser, address)
    options = ("Yes", "Partly", "No")
    buttons = "[data-testid=stButtonGroup] [role=radio]"
    page.wait_for_selector(buttons)
    clicks = [
        timed(page, f"{buttons}:nth-of-type({place % 3 + 1})", f"chosen: {options[place % 3]}")
        for place in range(ROUNDS)
    ]
    changes = []
    for _round in range(ROUNDS):
        changes.append(timed(page, "a[href$='/second']", "Second"))
        timed(page, "a[href$='/']", "chosen")
    return statistics.median(clicks), statistics.median(changes)


def our_times(browser: Browser, address: str) -> tuple[float, float, dict[str, float]]:
    """Medians of an answer, of one who decides, and of opening each page of the app, in ms."""
    page = visited(browser, f"{address}/quick-check")
    items = [item.id for item in shipped_framework().items_of("questions")]
    clicks = []
    for place in range(ROUNDS):
        button = f".st-key-check-answer-{items[place % len(items)]} [role=radio]"
        before = min(place, len(items) - 1)
        clicks.append(timed(page, f"{button}:nth-of-type(4)", f"{before} of 14 answered, 1"))
        clicks.append(timed(page, f"{button}:nth-of-type(1)", f"{before + 1} of 14 answered"))
    opened: dict[str, list[float]] = {name: [] for name in PAGES}
    for _round in range(ROUNDS):
        for name, mark in PAGES.items():
            open_group(page, name)
            opened[name].append(timed(page, f"a[href$='/{name.lower()}']", mark))
            timed(page, "a[href$='/']", "Your squads")
    return (
        statistics.median(clicks),
        statistics.median(deep_clicks(page)),
        {name: statistics.median(times) for name, times in opened.items()},
    )


def deep_clicks(page: Page) -> list[float]:
    """Times of naming who decides, one role more with each click, in ms."""
    open_group(page, "Deep check")
    timed(page, "a[href$='/deep-check']", "Eight lenses")
    timed(page, ".st-key-deep-lens-who-decides button", "0 of 19 answered")
    decisions = shipped_framework().lenses.decisions_at("vision")
    return [
        timed(
            page,
            f".st-key-deep-decides-{decision.id} button:nth-of-type({role})",
            f"{place} of 19 answered",
        )
        for place, decision in enumerate(decisions, start=1)
        for role in (1, 2, 3, 4, 5)
    ]


def visited(browser: Browser, address: str) -> Page:
    """The app's first page in a new browser window, standing still."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(20_000)
    page.goto(address)
    return settled(page)


def open_group(page: Page, title: str) -> None:
    """Open the group of the menu that a page stands in, where it stands in one."""
    if group := GROUP_OF.get(title):
        page.get_by_test_id("stTopNavSection").filter(has_text=group).click()
        page.wait_for_selector("[data-testid=stTopNavDropdownLink]")


def timed(page: Page, selector: str, done: str) -> float:
    """Milliseconds from a click until a text is shown and the script has ended."""
    time: float = page.evaluate(CLICK_AND_WAIT, [selector, done])
    page.wait_for_timeout(50)
    return time


def company() -> list[Assessment]:
    """A company of fifty squads over two years, the same every time."""
    framework, dice = shipped_framework(), random.Random(7)  # noqa: S311 - not a secret
    return [
        Assessment(
            assessment_id=UUID(int=number),
            saved_at=datetime(2026, 11, 1, tzinfo=UTC),
            assessed_on=date(2024, 11, 1) + timedelta(days=dice.randrange(30 * MONTHS)),
            squad=f"Squad {dice.randrange(SQUADS):02}",
            framework=framework.version_with_lenses,
            answers={
                item: dice.choice(options) for item, options in framework.options_by_item.items()
            },
            deep=DeepAnswers() if number % ONE_DEEP_IN else deep_answers(framework, dice),
        )
        for number in range(STORED)
    ]


def deep_answers(framework: Framework, dice: random.Random) -> DeepAnswers:
    """Every decision and every lens item answered, and the vital signs."""
    lenses = framework.lenses
    return DeepAnswers(
        deciders={
            decision: tuple(dice.sample(framework.role_ids, dice.randrange(1, 4)))
            for decision in lenses.decision_by_id
        },
        options={
            item.id: dice.choice(lenses.options_of(item, framework.scale_by_id))
            for item in lenses.items
        },
        signs={sign.id: float(dice.randrange(30)) for sign in lenses.signs},
    )


if __name__ == "__main__":
    main()
