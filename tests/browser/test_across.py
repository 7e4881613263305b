"""Pages about several squads: how tall they are, and what people do on them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from assessment.languages import LANGUAGES
from assessment.storage.csv.store import CsvStore
from tests.browser.server import settled
from tests.browser.test_measures import MEASURED
from tests.browser.visitor import DESK, FRAMEWORK, PHONE, tour, turn_to, visit
from tests.builders import action, agreement, assessment, confirmation, deep_assessment
from tests.deep_examples import ARTICLE_A, following
from tests.examples import HALF, healthy

HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
TOLD = "document.querySelector('#vg-tooltip-element.visible td.key')?.textContent ?? ''"
MONTHS = tuple(date(2026, month, 10) for month in range(3, 11))
TROUBLES = (
    healthy({"single-channel": "no"}),
    healthy({"vision-not-restated": "often"}),
    HALF,
)


def company(data: Path, squads: int, called: str = "Squad {number:02}") -> list[str]:
    """Squads with a check in each of eight months, and late actions in every fourth."""
    names = [called.format(number=number) for number in range(squads)]
    store = CsvStore(data, FRAMEWORK)
    store.add(
        [
            assessment(squad=name, assessed_on=day, answers=TROUBLES[number % 3])
            for number, name in enumerate(names)
            for day in MONTHS
        ]
    )
    due = MONTHS[0] + timedelta(days=30)
    store.add([action(squad=name, decided_on=MONTHS[0], due_on=due) for name in names[::4]])
    return names


def with_much_to_say(data: Path, names: list[str]) -> None:
    """For every squad a second voice on who decides, an agreement, a late and a done action."""
    store, due = CsvStore(data, FRAMEWORK), MONTHS[0] + timedelta(days=30)
    agreements = [agreement(squad=name) for name in names]
    deep = {"deciders": following(ARTICLE_A, {"first": ("nobody",), "cut": ("cto",)})}
    store.add(
        [
            deep_assessment(squad=name, assessed_on=MONTHS[-1], voice="Camille", deep=deep)
            for name in names
        ]
    )
    store.add(agreements)
    store.add(
        [
            confirmation(agreement_id=agreed.id, squad=agreed.squad, role=role)
            for agreed in agreements
            for role in (agreed.decides, *agreed.consulted)
        ]
    )
    store.add(
        [
            action(squad=name, decided_on=MONTHS[0], due_on=due, owner=owner)
            for name, owner in zip(names, cycle(("pm", "cpo", "cto", "po")), strict=False)
        ]
    )
    store.add(
        [
            action(squad=name, decided_on=MONTHS[0], status="done", ended_on=MONTHS[6])
            for name in names
        ]
    )


TALLEST = (
    (DESK, 2_200, {"height": 1_800, "verdict": 230, "lever": 650}),
    (PHONE, 3_200, {"height": 3_200, "verdict": 260, "lever": 1_000}),
)
"""By screen, how tall the leadership page may be, and the measures of a squad's page."""


def test_with_thirty_two_long_names_leadership_and_a_squads_page_stay_short(
    browser: Browser, app: str, data: Path
) -> None:
    names = company(data, 32, called="Squad {number:02}, payments & subscriptions of EU")
    assert {len(name) for name in names} == {40}
    with_much_to_say(data, names)
    page = visit(browser, app).page
    beyond: dict[tuple[str, int, str], int] = {}
    for language in LANGUAGES:
        turn_to(page, f"leadership?lang={language}")
        for viewport, tallest, _squad_page in TALLEST:
            page.set_viewport_size(viewport)
            height = settled(page).evaluate(HEIGHT)
            if height > tallest:
                beyond[language, viewport["width"], "leadership"] = height
        turn_to(page, f"squad?squad={quote(names[1])}&view=who-decides&lang={language}")
        for viewport, _tallest, squad_page in TALLEST:
            page.set_viewport_size(viewport)
            measured = settled(page).evaluate(MEASURED)
            beyond |= {
                (language, viewport["width"], one): measured[one]
                for one, most in squad_page.items()
                if measured[one] > most
            }
    assert beyond == {}


def test_leadership_reads_the_verdict_on_a_phone_without_scrolling(
    browser: Browser, app: str, data: Path
) -> None:
    company(data, 7)
    visitor = visit(browser, app, "leadership?role=cpo&period=2026-10", viewport=PHONE)
    expect(visitor.page.locator("h2").first).to_be_in_viewport(ratio=1)
    expect(visitor.page.get_by_text("Your part")).to_be_in_viewport(ratio=1)
    expect(visitor.page.get_by_text("First step, within 30 days")).to_be_in_viewport(ratio=1)


def test_what_others_have_overdue_has_room(browser: Browser, sample_app: str) -> None:
    page = tour(browser, sample_app, "leadership", language="fr")
    late = page.locator("[data-testid=stColumn] [class*=st-key-across-late] a")
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        settled(page)
        heights = late.evaluate_all("links => links.map(link => link.offsetHeight)")
        assert heights
        assert max(heights) < 60  # two lines


def test_three_numbers_of_a_phone_stand_on_one_line_whatever_their_names(
    browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, "leadership", language="fr")
    page.set_viewport_size(PHONE)
    settled(page)
    numbers = page.locator("[class*=st-key-across-tiles] [data-testid=stMetricValue]")
    tops = numbers.evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
    assert len(tops) == 3
    assert len(set(tops)) == 1


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "leadership?role=cpo",
            ("October 2026 · 6 squads · 14 voices", "CPO", "Atlas · demo", "Also overdue"),
        ),
        (
            "compare?squad=Atlas · demo&squad=Faro · demo&view=profiles",
            ("October 2026 · 2 of 6 squads · 4 voices", "Profiles"),
        ),
        (
            "trends?squad=Atlas · demo",
            ("Atlas · demo · 6 periods · June 2025 to October 2026", "All levels"),
        ),
    ],
)
def test_on_paper_a_page_tells_whom_it_is_about_and_when_but_no_ways_on(
    path: str, told: tuple[str, ...], browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, path)
    page.emulate_media(media="print")
    main = page.get_by_test_id("stMain")
    for text in told:
        expect(main).to_contain_text(text, use_inner_text=True)
    printed = main.inner_text()
    clickable = ("Share and export", "Compare these", "expand_more", "CTO\n")
    assert [text for text in clickable if text in printed] == []


def test_what_a_chart_draws_tells_nothing_of_its_insides_when_pointed_at(
    browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, "compare?squad=Atlas · demo&squad=Faro · demo&view=profiles")
    radar = page.get_by_test_id("stVegaLiteChart").last
    box = radar.bounding_box()
    assert box
    told = set()
    for down in range(16, 120, 3):  # from a name over points, rings, spoke and fills
        radar.hover(position={"x": box["width"] / 2, "y": down})
        page.wait_for_timeout(30)
        told.add(page.evaluate(TOLD))
    assert told == {"", "Squad"}


def test_the_menu_of_a_phone_is_shut_once_a_page_is_chosen(
    browser: Browser, app: str, data: Path
) -> None:
    company(data, 2)
    page = visit(browser, app, viewport=PHONE).page
    menu, opener = page.get_by_test_id("stSidebarNav"), page.get_by_test_id("stExpandSidebarButton")
    for title in ("Leadership", "Compare"):
        opener.click()
        menu.get_by_role("link", name=title, exact=True).click()
        expect(settled(page).locator("h1")).to_have_text(title)
        expect(menu).to_be_hidden()
        expect(page.locator("h1")).to_be_focused()


def test_a_manager_compares_three_squads_then_thirty(
    browser: Browser, app: str, data: Path
) -> None:
    names = company(data, 30)
    three = "&".join(f"squad={name}" for name in names[:3])
    visitor = visit(browser, app, f"compare?{three}&view=profiles")
    visitor.reads("October 2026 · 3 of 30 squads · 3 voices")
    thirty = "&".join(f"squad={name}" for name in names)
    turn_to(visitor.page, f"compare?lang=en&{thirty}")
    visitor.reads("October 2026 · 30 squads · 30 voices")
    visitor.page.get_by_text("As a table").first.click()
    expect(visitor.page.locator("table").first).to_contain_text("Squad 29")
