"""What the redrawn result pages measure: heights, first words, tab stops, sizes to tap."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from urllib.parse import quote

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from assessment.languages import LANGUAGES
from tests.browser.server import settled
from tests.browser.visitor import FRAMEWORK, LONG, PHONE, new_page, too_wide, tour, visit

DESK: ViewportSize = {"width": 1280, "height": 800}
ATLAS, COBALT = "Atlas · demo", "Cobalt · demo"
MOST_LOADED = {
    "do": ATLAS,
    "voices": COBALT,
    "who-decides": COBALT,
    "lenses": ATLAS,
    "numbers": LONG,
}
"""Of the sample company, the squad with most to say in each section of its page."""

MOST_AT_A_DESK = {
    "height": 1_800,
    "width": 1_280,
    "verdict": 230,
    "lever": 650,
    "tab stops": 35,
    "sheets": 2,
}
MOST_ON_A_PHONE = {"height": 3_200, "width": 390, "verdict": 260, "lever": 1_000, "tab stops": 35}

VIEWS = ("levels", "profiles")
"""The views of the compare page that draw the levels once more."""

MEASURED = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const words = document.createRange();
  words.selectNodeContents(document.querySelector("h2"));
  const top = (box) => Math.round(box.top + main.scrollTop);
  return {
    height: main.scrollHeight,
    width: main.scrollWidth,
    verdict: top(words.getClientRects()[0]),
    lever: top(document.querySelector(".st-key-first-lever-1").getBoundingClientRect()),
  };
}"""
"""The page's height, and how far down the verdict's first word and the first lever stand."""

NUMBERS = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) {
    const part = walk.currentNode.parentElement;
    const isAside = part.closest("[data-testid=stTable], [data-testid=stHtml] span, style, script");
    if (!isAside && part.getClientRects().length) texts.push(walk.currentNode.data);
  }
  return texts.join(" ").split(/[^0-9]+/).filter(Boolean);
}"""
"""Every number to be read on the page besides those in tables, charts included."""

MAIN_WIDTH = "document.querySelector('[data-testid=stMain]').scrollWidth"

FOCUSED = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  if (!focused.dataset.stop) focused.dataset.stop = String(Math.random());
  return focused.dataset.stop;
}"""


def measures(page: Page) -> dict[str, int]:
    """The page's measures, with the stops that the Tab key makes on its way round."""
    too_wide(page)  # which waits for charts to take their width
    measured: dict[str, int] = page.evaluate(MEASURED)
    stops: list[str] = []
    while len(stops) < 100:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or stop in stops:
            break
        stops.append(stop)
    return measured | {"tab stops": len(stops)}


def sheets(page: Page) -> int:
    """On how many sheets of paper the page prints."""
    printed = page.pdf(prefer_css_page_size=True)
    with pikepdf.open(BytesIO(printed)) as document:
        return len(document.pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_squad_page_keeps_its_measures_in_every_section_and_prints_on_two_sheets(
    language: str, browser: Browser, sample_app: str
) -> None:
    beyond: dict[tuple[str, int, str], int] = {}
    for section, squad in MOST_LOADED.items():
        path = f"squad?squad={quote(squad)}&view={section}"
        page = tour(browser, sample_app, path, language=language)
        for viewport, most in ((DESK, MOST_AT_A_DESK), (PHONE, MOST_ON_A_PHONE)):
            page.set_viewport_size(viewport)
            measured = measures(settled(page))
            if viewport is DESK:
                measured["sheets"] = sheets(page)
            beyond |= {
                (section, viewport["width"], measure): value
                for measure, value in measured.items()
                if value > most[measure]
            }
    assert beyond == {}
    page.emulate_media(media="print")
    expect(page.locator("h2").first).to_be_visible()
    expect(page.locator("button:visible")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_caption_of_a_squad_stands_on_one_line_at_a_desk(
    language: str, browser: Browser, sample_app: str
) -> None:
    heights = {}
    for squad in (COBALT, LONG):
        page = tour(browser, sample_app, f"squad?squad={quote(squad)}", language=language)
        words = page.locator(".st-key-head-caption p").first
        heights[squad] = words.evaluate("words => words.getBoundingClientRect().height")
    assert max(heights.values()) < 30  # two lines are 38 pixels high


def test_a_slow_network_shows_what_is_coming_and_nothing_that_moves_later(
    browser: Browser, sample_app: str
) -> None:
    page = new_page(browser, "fr-FR")
    page.set_viewport_size(PHONE)
    held: list[Route] = []
    awaited = ["index", "embed", "MaterialSymbols"]

    def hold(route: Route) -> None:
        if any(
            f"/{name}." in route.request.url or f"/{name}-" in route.request.url for name in awaited
        ):
            held.append(route)
        else:
            route.continue_()

    def let_through(name: str) -> None:
        awaited.remove(name)
        waiting, held[:] = held[:], []
        for route in waiting:
            hold(route)

    page.route("**/static/**", hold)
    page.goto(f"{sample_app}/squad?squad=Cobalt · demo", wait_until="commit")
    expect(page.get_by_role("status").get_by_text("Qui décide\u202f?")).to_be_visible()
    expect(page.get_by_text("Chargement…")).to_be_visible()

    let_through("index")
    below = page.get_by_text("En tableau").first
    expect(below).to_be_visible()
    expect(page.get_by_text("Chargement…")).to_have_count(0)
    icon = page.get_by_test_id("stMain").get_by_test_id("stIconMaterial").first
    expect(icon).to_be_hidden()
    place = below.bounding_box()
    let_through("embed")
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg, canvas")).to_have_count(2)
    assert below.bounding_box() == place
    let_through("MaterialSymbols")
    expect(icon).to_be_visible()
    page.context.close()


def test_where_scripts_or_the_font_of_icons_never_come_a_page_says_so_or_shows_words(
    browser: Browser, sample_app: str
) -> None:
    scriptless = browser.new_context(locale="fr-FR", java_script_enabled=False).new_page()
    scriptless.goto(sample_app)
    needed = scriptless.locator("noscript p")
    expect(needed).to_be_visible()
    expect(needed).to_have_text("Cette page a besoin de JavaScript.")
    expect(scriptless.get_by_text("Chargement…")).to_be_hidden()
    scriptless.context.close()

    page = new_page(browser)
    page.route("**/MaterialSymbols-*", lambda route: route.abort())
    page.goto(f"{sample_app}/squad?squad=Cobalt · demo")
    expect(page.get_by_test_id("stMain").get_by_test_id("stIconMaterial").first).to_be_visible()
    page.context.close()


def test_a_short_choice_and_the_menu_of_a_page_are_one_row_at_a_desk(
    browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, f"trends?squad={quote(ATLAS)}&squad={quote(COBALT)}")
    tops = page.locator(".st-key-head-choices button").evaluate_all(
        "buttons => buttons.map(button => button.getBoundingClientRect().top)"
    )
    assert len(tops) == 2
    assert tops[0] == tops[1]


def test_a_tablet_shows_bars_and_radar_whole(browser: Browser, sample_app: str) -> None:
    page = tour(browser, sample_app, f"squad?squad={quote(COBALT)}")
    page.set_viewport_size({"width": 820, "height": 1_180})
    charts = settled(page).locator("[data-testid=stVegaLiteChart] svg")
    cut = charts.evaluate_all(
        """charts => charts.flatMap(chart => [...chart.querySelectorAll("text")].filter(text =>
          text.getBoundingClientRect().right > chart.getBoundingClientRect().right + 1
        ).map(text => text.textContent))"""
    )
    assert cut == []


def test_a_sentence_keeps_its_distance_from_the_button_beside_it(
    browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, f"squad?squad={quote(COBALT)}", language="fr")
    distances = page.locator(".st-key-result-to-settle, [class*=st-key-first-lever]").evaluate_all(
        """rows => rows.map(row => {
          const words = document.createRange();
          words.selectNodeContents(row.querySelector("p"));
          const ends = [...words.getClientRects()].map(line => line.right);
          return row.querySelector("button").getBoundingClientRect().left - Math.max(...ends);
        })"""
    )
    assert len(distances) > 1
    assert min(distances) >= 12


def test_the_way_on_stands_in_line_with_the_questions_however_wide_the_screen(
    browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, "quick-check")
    for width in (1_000, 1_280, 1_920):
        page.set_viewport_size({"width": width, "height": 800})
        heading, way_on = (
            settled(page).locator(where).first.bounding_box()
            for where in ("h1", "[data-testid=stBottom] button")
        )
        assert heading is not None
        assert way_on is not None
        assert way_on["x"] == heading["x"]


def test_choices_that_do_not_fit_one_row_of_a_phone_keep_their_whole_frames(
    browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, "deep-check", language="fr")
    page.set_viewport_size(PHONE)
    choices = settled(page).locator("[data-variant=segmented_control]")
    frames = choices.evaluate_all(
        """choices => choices.map(choice => getComputedStyle(choice)).map(style =>
          [style.borderLeftColor, style.borderRightColor])"""
    )
    assert len(frames) > 1
    assert "rgba(0, 0, 0, 0)" not in {colour for frame in frames for colour in frame}


OF_ATLAS = ("94", "88", "95", "82")  # and 96, which is a lens's own score too
OF_TWO = (*OF_ATLAS, "57", "52", "49", "54")


@pytest.mark.parametrize(
    ("path", "scores"),
    [
        *((f"squad?squad={quote(ATLAS)}&view={section}", OF_ATLAS) for section in MOST_LOADED),
        *((f"compare?squad={ATLAS}&squad={COBALT}&view={view}", OF_TWO) for view in VIEWS),
    ],
)
def test_a_score_stands_once_on_a_page_besides_its_own_table(
    path: str, scores: tuple[str, ...], browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, path)
    numbers = page.evaluate(NUMBERS)
    assert {score: numbers.count(score) for score in scores} == dict.fromkeys(scores, 1)


def test_answers_are_large_enough_for_a_thumb(browser: Browser, app: str) -> None:
    page = visit(browser, app, "quick-check", viewport=PHONE).page
    heights = page.locator("[class*=st-key-check-answer] [role=radio]").evaluate_all(
        "answers => answers.map(answer => answer.getBoundingClientRect().height)"
    )
    assert len(heights) >= 2 * len(FRAMEWORK.items_of(FRAMEWORK.modules[0].id))
    assert min(heights) >= 44
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 pixels wide, at 400 %
    page.locator("[class*=st-key-check-answer] [role=radio]").nth(4).focus()
    question = page.locator("p:has(> strong)").nth(1)  # whole, below the head
    expect(page.get_by_test_id("stBottom")).not_to_be_in_viewport()
    assert question.evaluate("question => question.getBoundingClientRect().top") >= 60
    page.set_viewport_size(PHONE)
    page.goto(f"{app}/deep-check")
    settled(page).get_by_role("button", name="Begin").click()
    roles = settled(page).locator("[class*=st-key-deep-decides] button")
    tops_and_heights = roles.evaluate_all(
        "roles => roles.map(role => role.getBoundingClientRect()).map(box => [box.top, box.height])"
    )
    first, least = tops_and_heights[0][0], min(height for _, height in tops_and_heights)
    assert least >= 44
    assert first + least <= PHONE["height"]  # the first answer needs no scrolling


@pytest.mark.parametrize(
    "path",
    [
        f"squad?squad={quote(LONG)}&view=who-decides",
        "leadership",
        "compare?view=who-decides",
        f"trends?squad={quote(COBALT)}",
    ],
)
def test_at_320_pixels_and_at_twice_the_size_nothing_scrolls_sideways_and_headings_are_in_order(
    path: str, browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, path)
    for width in (640, 320):  # a screen of 1280 pixels at 200 %, and a narrow phone
        page.set_viewport_size({"width": width, "height": 450})
        assert settled(page).evaluate(MAIN_WIDTH) <= width
    ranks = page.locator("h1, h2, h3, h4").evaluate_all(
        "headings => headings.map(heading => Number(heading.tagName[1]))"
    )
    assert ranks[:2] == [1, 2]
    assert [one for one, following in pairwise(ranks) if following > one + 1] == []


def test_what_an_address_gets_wrong_is_told_across_a_phone_above_the_squad(
    browser: Browser, sample_app: str
) -> None:
    page = tour(browser, sample_app, f"squad?squad=Nowhere&squad={quote(ATLAS)}")
    page.set_viewport_size(PHONE)
    settled(page)

    told = page.get_by_test_id("stAlert").bounding_box()
    name = page.locator("h1").bounding_box()
    assert told is not None
    assert name is not None
    assert told["width"] >= 350
    assert told["y"] + told["height"] <= name["y"]
