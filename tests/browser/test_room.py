"""A room and its phones, led from the code to the release, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, WebSocketRoute, expect

from assessment.access.invitations import answer_as_stored, revealed
from assessment.access.links import LinkRequest, new_link
from assessment.access.release import released
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.model import Assessment, Survey
from assessment.storage.csv.store import CsvStore
from tests.browser.server import emptied, free_port, served, settled
from tests.browser.visitor import (
    BUT_COLOUR,
    PHONE,
    Visitor,
    invited,
    lasts,
    marked_up_names,
    seen_wrong,
    turn_to,
    visit,
)
from tests.builders import action, agreement, assessment, confirmation, gathering, vote
from tests.examples import EXAMPLE_1 as HEALTHY

FRAMEWORK = shipped_framework()
SQUAD = "Équipe Atlas"
WALL: ViewportSize = {"width": 1920, "height": 1080}
BEAMER: ViewportSize = {"width": 1280, "height": 800}
LOW_BEAMER: ViewportSize = {"width": 1280, "height": 720}
MONTH_AGO = timedelta(days=35)
SPRINT = ("pm", "pm", "po", "po", "cpo", "tl", "em", "po", "tl")
SCOPE = ("pm", "pm", "pm", "po", "po", "cpo", "pm", "pm", "po")
"""Whom each of the nine names for what goes into a sprint, and for how much is enough."""

WIDTH_OF_MAIN = "document.querySelector('[data-testid=stMainBlockContainer]').offsetWidth"

STILL_ANSWERING = (
    "{count} person is still answering: unless they send, their answers are left out and they "
    "cannot vote."
)

SMALL_TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    const seen = node.textContent.trim() && box.checkVisibility() && box.offsetHeight > 1
      && !box.closest("style, script, [data-testid=stIconMaterial], [data-testid=stHeader]");
    if (seen && parseFloat(getComputedStyle(box).fontSize) < 28) small.push(node.textContent);
  }
  return small;
}"""
"""Every text on the page that is smaller."""

CUT_OR_TOUCHED = """() => {
  const texts = [];
  for (const button of document.querySelectorAll("button:has(p)")) {
    const label = button.querySelector("p");
    const cut = label.scrollWidth > label.clientWidth + 1
      || label.offsetWidth > button.clientWidth;
    if (button.checkVisibility() && cut) texts.push(label.textContent);
  }
  const edge = document.querySelector(".st-key-room-stage").getBoundingClientRect().right;
  for (const option of document.querySelectorAll("[data-testid=stButtonGroup] button")) {
    if (option.getBoundingClientRect().right > edge + 1) texts.push(option.textContent);
  }
  for (const heading of document.querySelectorAll(".st-key-room-stage :is(h1, h2)")) {
    const next = heading.closest("[data-testid=stElementContainer]").nextElementSibling;
    const end = heading.getBoundingClientRect().bottom;
    if (next && next.getBoundingClientRect().top < end) texts.push(heading.textContent);
  }
  return texts;
}"""
"""The label of every button that it or the stage does not hold, and every heading that what follows
touches."""


SIGN_OF_MORE = """() => getComputedStyle(
  document.querySelector(".st-key-room-foot"), "::before").opacity"""
"""How much is seen of the sign that a screen goes on below."""

AT_THE_END = f"""() => {{
  const main = document.querySelector("[data-testid=stMain]");
  main.scrollTo(0, main.scrollHeight);
  const end = (part) => part.getBoundingClientRect();
  const last = [...document.querySelectorAll(".st-key-room-stage button")].at(-1);
  const foot = document.querySelector(".st-key-room-foot");
  return ({SIGN_OF_MORE})() === "0" && end(last).bottom <= end(foot).top;
}}"""
"""Scrolled to its end: no sign of more, and the last button stands above the foot."""


PACES = """() => document.getAnimations()
  .filter(each => /^room-(left|minutes|seconds|now)$/.test(each.animationName))
  .map(each => each.effect.getKeyframes()[0].easing)"""
"""How each clock goes on: by steps, or the wall is drawn anew sixty times a second."""

BEYOND_THE_EDGE = """() => [...document.querySelectorAll("[class^=room-], [class*=way-step] p")]
  .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1
    || box.getBoundingClientRect().right > innerWidth)
  .map((box) => box.textContent)"""
"""The text of every part of the room that the screen does not hold."""


@pytest.fixture(scope="module")
def room_server(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """A server that knows an address which phones could reach, and its data folder."""
    folder = tmp_path_factory.mktemp("room")
    port, secrets = free_port(), folder / "secrets.toml"
    secrets.write_text(f'[access]\naddress = "http://decides.example:{port}"\n', encoding="utf-8")
    data = folder / "data"
    with served(data, port=port, options=["--secrets.files", str(secrets)]) as address:
        yield lasts(address), data


@pytest.fixture
def room_data(room_server: tuple[str, Path]) -> Path:
    """The folder of its store, empty."""
    return emptied(room_server[1])


@pytest.fixture
def room_app(room_server: tuple[str, Path], room_data: Path) -> str:
    """Its address, with an empty store in `room_data`."""
    return room_server[0]


def a_session(opened_on: date, *, expected: int | None = 9) -> Survey:
    """A deep session of the squad, open for a week from today on."""
    return gathering(
        gathering_id=uuid4(),
        saved_at=datetime.now(UTC),
        squad=SQUAD,
        depth="deep",
        privacy="open",
        opened_on=opened_on,
        closes_on=datetime.now(UTC).date() + timedelta(days=7),
        expected=expected,
    )


def answer_to(survey: Survey, deciders: Mapping[str, str]) -> Assessment:
    """A healthy answer to a session that names one role for each of some decisions."""
    answered = assessment(
        assessment_id=uuid4(),
        answers=HEALTHY,
        framework=FRAMEWORK.version_with_lenses,
        deep={"deciders": {decision: (role,) for decision, role in deciders.items()}},
    )
    return answer_as_stored(answered, survey)


def elsewhere_answer(
    store: CsvStore, survey: Survey, sprint: Sequence[str], scope: Sequence[str]
) -> None:
    """Answers to a session, as phones send them that no test looks at."""
    for sprint_role, scope_role in zip(sprint, scope, strict=True):
        store.add([answer_to(survey, {"sprint-content": sprint_role, "enough-scope": scope_role})])


def elsewhere_vote(store: CsvStore, survey: Survey, role: str, count: int) -> None:
    """As many votes for one role, from such phones."""
    ballot = {"gathering": survey.id, "squad": SQUAD, "named": (role,)}
    for number in range(count):
        store.add([vote(vote_id=uuid4(), voter=UUID(int=number), **ballot)])


def a_month_later(store: CsvStore, *, sprint: Sequence[str], scope: Sequence[str]) -> None:
    """The next session of the squad, answered, revealed and released."""
    survey = a_session(datetime.now(UTC).date(), expected=None)
    store.add([survey])
    elsewhere_answer(store, survey, sprint, scope)
    store.revise(survey, released(revealed(survey, voices=len(sprint), now=datetime.now(UTC))))


def looked_at(page: Page, options: Mapping[str, Any] | None = None) -> None:
    """What each screen of the room must be: legible from afar, whole, without serious violation."""
    assert page.evaluate(SMALL_TEXTS) == []
    assert page.evaluate(CUT_OR_TOUCHED) == []
    below = "main => main.scrollHeight - main.clientHeight"
    assert page.get_by_test_id("stMain").evaluate(below) <= 0
    assert seen_wrong(page, options) + marked_up_names(page) == []


def turns(wall: Visitor, key: str, title: str) -> None:
    """One key leads to the screen of a title."""
    wall.page.keyboard.press(key)
    expect(wall.page.locator("h1")).to_have_text(title)
    settled(wall.page)


def stops_and_starts(wall: Visitor) -> None:
    """The key that a topic's button names stops its minutes, then starts them."""
    key = wall.words("Shortcut $1").replace("$1", "Alt + T")
    for label, running in (("Stop", 0), ("Start", 1)):
        name = f"{wall.words(label)} {key}"
        expect(wall.page.get_by_role("button", name=name, exact=True)).to_be_visible()
        wall.page.keyboard.press("Alt+KeyT")
        expect(wall.page.locator(".room-running")).to_have_count(running)


def opens(browser: Browser, address: str, path: str, language: str) -> Visitor:
    """A phone that opens what it scanned."""
    return visit(browser, address, path, language=language, viewport=PHONE)


def begins(phone: Visitor) -> None:
    """Answer one question, and the two decisions that the nine see differently."""
    phone.click("Begin")
    phone.answer("mandates-clear", "yes")


def names(phone: Visitor, sprint: str, scope: str) -> None:
    """Whom this phone names for the two decisions."""
    edition = edition_in(phone.language)
    phone.page.get_by_role("radio", name=phone.words("Lenses")).click()
    phone.page.locator(".st-key-deep-lens-who-decides button").click()
    daily = FRAMEWORK.level_ids.index("daily")
    phone.page.locator(".st-key-deep-level").get_by_role("radio").nth(daily).click()
    for decision, role in (("sprint-content", sprint), ("enough-scope", scope)):
        pills = phone.page.locator(f".st-key-deep-decides-{decision}")
        pills.get_by_role("button", name=edition.decider(role), exact=True).click()
        settled(phone.page)


def sends(phone: Visitor, *, twice: bool = False) -> None:
    phone.page.get_by_role("radio", name=phone.words("Send"), exact=True).click()
    send = phone.page.get_by_role("button", name=phone.words("Send my answers"))
    if twice:
        send.dblclick()
    else:
        send.click()
    phone.reads(phone.words("Your answers for {squad} are in.").format(squad=SQUAD))


def votes_for(phone: Visitor, role: str) -> None:
    name = edition_in(phone.language).role(role)
    phone.page.get_by_role("radio", name=name, exact=True).click()
    phone.page.get_by_role("button", name=phone.words("Send my vote")).click()
    phone.reads(phone.words("Your vote is in. You may change it until the room sees all votes."))


def confirms(
    phone: Visitor, role: str, answer: str, reservation: str = "", *, is_last: bool = False
) -> None:
    """The last role that has yet to confirm finds its answers open."""
    name = edition_in(phone.language).role(role)
    if is_last:
        phone.reads(phone.words("I answer for: {role}").format(role=name))
    else:  # a vote that has just ended offers the same roles for a moment
        roles = phone.page.get_by_role("radiogroup", name=phone.words("I answer for"), exact=True)
        roles.get_by_role("radio", name=name, exact=True).click()
    phone.page.get_by_role("radio", name=phone.words(answer), exact=True).check(force=True)
    if reservation:
        field = phone.page.get_by_label(phone.words("What is your reservation?"), exact=True)
        field.fill(reservation)
        field.press("Enter")
    phone.page.get_by_role("button", name=phone.words("Confirm"), exact=True).click()
    phone.reads(phone.words("Your answer is in."))


def resumes(wall: Visitor) -> None:
    """A wall loads its page anew, its minutes run on, and it calls a vote."""
    wall.page.wait_for_function("() => window.lastChange === undefined")
    settled(wall.page)
    expect(wall.page.locator(".room-running")).to_be_visible()
    wall.click("Vote")
    expect(wall.page.locator(".room-count b")).to_have_text("0")


def sees_what_was_agreed(visitor: Visitor) -> Locator:
    """The squad's page on who decides, with every agreement unfolded."""
    for fold in visitor.page.locator("[data-testid=stExpander] summary").all():
        fold.click()
    return settled(visitor.page).locator("[data-testid=stMain]")


def test_a_room_led_from_a_phone_cuts_nothing(
    browser: Browser, room_app: str, room_data: Path
) -> None:
    survey = a_session(datetime.now(UTC).date())
    CsvStore(room_data, FRAMEWORK).add([survey])

    page_address = f"room?survey={survey.id}"
    led = visit(browser, room_app, page_address, language="fr", viewport=PHONE, dark=True)
    led.click("Show a QR code")
    expect(led.page.locator(".room-code")).to_be_visible()

    assert led.page.evaluate(CUT_OR_TOUCHED) == []
    assert seen_wrong(led.page) == []
    assert led.page.evaluate(BEYOND_THE_EDGE) == []
    buttons = led.page.locator(".st-key-room-bar button p").all()
    tops = [button.evaluate("text => text.getBoundingClientRect().top") for button in buttons]
    assert tops == [tops[0]] * 2


def test_a_phone_amid_its_answers_is_told_by_itself_that_the_session_was_revealed(
    browser: Browser, room_app: str, room_data: Path
) -> None:
    store, survey = CsvStore(room_data, FRAMEWORK), a_session(datetime.now(UTC).date())
    late = opens(browser, room_app, invited(store, survey), "fr")
    store.add([answer_to(survey, {"sprint-content": "pm"})])
    begins(late)
    main = late.page.get_by_test_id("stMain")
    main.evaluate("main => main.scrollTo(0, main.scrollHeight)")

    store.revise(survey, revealed(survey, voices=1, now=datetime.now(UTC)))

    over = late.words("The person who invited you can show you the results.")
    told = late.page.get_by_test_id("stAlertContainer").filter(has_text=over)
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport()
    assert main.evaluate("main => main.scrollHeight - main.clientHeight") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_warns_before_the_reveal_leaves_its_button_in_view_on_every_wall(
    language: str, browser: Browser, room_app: str, room_data: Path
) -> None:
    store, survey = CsvStore(room_data, FRAMEWORK), a_session(datetime.now(UTC).date())
    begins(opens(browser, room_app, invited(store, survey), language))
    elsewhere_answer(store, survey, SPRINT[:6], SCOPE[:6])
    wall = visit(browser, room_app, f"room?survey={survey.id}", language=language, viewport=BEAMER)
    for width, height in ((1280, 720), (1280, 800), (1366, 768), (1024, 768)):
        wall.page.set_viewport_size({"width": width, "height": height})
        wall.click("Close and reveal…")
        warning = words_in(language).ngettext(STILL_ANSWERING, STILL_ANSWERING, 1).format(count=1)
        expect(wall.page.get_by_text(warning)).to_be_visible()
        yes = wall.page.get_by_role("button", name=wall.words("Yes, reveal them"))
        expect(yes).to_be_in_viewport(ratio=1)
        wall.page.keyboard.press("Escape")
        expect(yes).to_have_count(0)
        assert wall.page.evaluate(WIDTH_OF_MAIN) == width
        whose = wall.page.locator(".room-whose")
        assert whose.evaluate("name => name.scrollWidth <= name.clientWidth"), (width, "cut")
        expect(wall.page.get_by_role("button", name=wall.words("Leave the room"))).to_be_visible()


def test_a_phone_without_network_says_so_and_keeps_what_was_clicked(
    browser: Browser, room_app: str, room_data: Path
) -> None:
    store, survey = CsvStore(room_data, FRAMEWORK), a_session(datetime.now(UTC).date())
    phone = opens(browser, room_app, invited(store, survey), "fr")
    begins(phone)
    word = phone.words(
        "No connection: keep this page open. It goes on by itself once the network is back."
    )

    phone.page.context.set_offline(True)
    expect(phone.page.get_by_role("alert").filter(has_text=word)).to_be_visible()
    assert seen_wrong(phone.page) == []
    phone.answer("rituals-decide", "yes")
    phone.page.context.set_offline(False)

    expect(phone.page.get_by_text(word)).to_have_count(0)
    answered = words_in("fr").ngettext(
        "{answered} of {items} answered", "{answered} of {items} answered", 2
    )
    phone.reads(answered.format(answered=2, items=len(FRAMEWORK.items)))


def test_a_press_that_went_with_the_network_is_told_once_that_is_back(
    browser: Browser, room_app: str, room_data: Path
) -> None:
    store, survey = CsvStore(room_data, FRAMEWORK), a_session(datetime.now(UTC).date())
    phone = visit(browser, room_app, viewport=PHONE, alone=True)
    network: list[tuple[WebSocketRoute, WebSocketRoute]] = []
    stalled = Event()

    def pass_on(near: WebSocketRoute) -> None:
        far = near.connect_to_server()
        network.append((near, far))
        near.on_message(lambda message: None if stalled.is_set() else far.send(message))

    phone.page.route_web_socket(re.compile("_stcore/stream"), pass_on)
    phone.page.goto(f"{room_app}/{invited(store, survey)}")
    settled(phone.page)
    begins(phone)
    phone.page.get_by_role("radio", name="Send", exact=True).click()
    settled(phone.page)
    send = phone.page.get_by_role("button", name="Send my answers")
    word = phone.page.get_by_role("alert").filter(has_text="if nothing was done, press it again")

    stalled.set()
    send.click()
    near, far = network[-1]
    far.close()
    near.close()
    stalled.clear()
    expect(word).to_be_visible()
    assert store.read().assessments == ()
    phone.click("Send my answers")
    phone.reads("Your answers for")
    expect(word).to_have_count(0)


def test_a_room_goes_from_the_code_to_a_next_session_that_shows_what_is_kept(
    browser: Browser, room_app: str, room_data: Path
) -> None:
    language = "fr"  # on the wall; the phones read it in their own, by turns
    words, edition = words_in(language), edition_in(language)
    store = CsvStore(room_data, FRAMEWORK)
    survey = a_session(datetime.now(UTC).date() - MONTH_AGO)
    request = LinkRequest("view", "Board", (SQUAD,))
    view, token = new_link(request, link_id=uuid4(), now=datetime.now(UTC), mint=lambda n: b"7" * n)
    store.add([survey, view])

    # Gather: a code, an address of letters, and nine voices, six of which send from elsewhere. Of
    # three phones one loads its page again in the middle, one sends twice, one is slow.
    page_address = f"room?survey={survey.id}"
    wall = visit(browser, room_app, page_address, language=language, viewport=WALL)
    wall.click("Show a QR code")
    expect(wall.page.get_by_alt_text(words.gettext("QR code of the invitation"))).to_be_visible()
    looked_at(wall.page)
    number = wall.page.locator(".room-count b")
    expect(number).to_have_text("0")
    assert number.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 120
    path = f"round?{wall.page.locator('.room-address').inner_text().partition('?')[2]}"
    path, spoken = path.replace("\n", ""), cycle(LANGUAGES)
    elsewhere_answer(store, survey, SPRINT[:6], SCOPE[:6])
    expect(number).to_have_text("6")
    quick, doubled, slow = (opens(browser, room_app, path, next(spoken)) for _ in range(3))
    begins(quick)
    names(quick, SPRINT[6], SCOPE[6])
    quick.page.reload()
    quick.reads(quick.words("Your answers are back, as this browser had kept them."))
    sends(quick)
    begins(doubled)
    names(doubled, SPRINT[7], SCOPE[7])
    sends(doubled, twice=True)
    begins(slow)
    expect(number).to_have_text("8")
    now = words.ngettext("{count} answering now", "{count} answering now", 1).format(count=1)
    expect(wall.page.locator(".room-line")).to_have_text(now)
    wall.page.get_by_role("button", name=words.gettext("Close and reveal…")).press("Enter")
    warning = words.ngettext(STILL_ANSWERING, STILL_ANSWERING, 1).format(count=1)
    expect(wall.page.get_by_text(warning)).to_be_focused()
    wall.page.keyboard.press("Enter")  # pressed twice, it has been asked, not answered
    wall.page.keyboard.press("Escape")
    names(slow, SPRINT[8], SCOPE[8])
    sends(slow)
    expect(number).to_have_text("9")
    expect(wall.page.locator(".room-line")).to_have_count(0)
    wall.page.get_by_role("button", name=words.gettext("Close and reveal"), exact=True).click()

    # Verdict, plan, topic: by the keyboard, and a reload comes back to the same screen.
    expect(wall.page.locator("h1")).to_have_text(words.gettext("What we see"))
    looked_at(settled(wall.page))
    counts = [element.inner_text() for element in wall.page.locator(".room-count b").all()]
    assert counts == ["0", "2", "0"]
    turns(wall, "ArrowRight", words.gettext("What do we settle today?"))
    sprint = edition.texts.lenses.decisions["sprint-content"].short
    scope = edition.texts.lenses.decisions["enough-scope"].short
    turns(wall, "ArrowRight", sprint)
    expect(wall.page.locator(".room-running")).to_be_visible()
    assert {pace.partition("(")[0] for pace in wall.page.evaluate(PACES)} == {"steps"}
    stops_and_starts(wall)
    wall.page.reload()
    expect(wall.page.locator(".room-running")).to_be_visible()
    expect(wall.page.locator(".room-squares i")).to_have_count(9)
    square = wall.page.locator(".room-squares i").first.bounding_box()
    assert square is not None
    assert square["width"] == square["height"] == 64
    wall.page.set_viewport_size(BEAMER)
    looked_at(settled(wall.page))

    # Vote: on the same phones, which notice by themselves; one changes its vote.
    wall.page.get_by_role("button", name=words.gettext("Vote"), exact=True).press("Space")
    for phone, role in ((quick, "tl"), (doubled, "tl"), (slow, "tl")):
        text = phone.words("After talking it over: who should have the last word?")
        expect(phone.page.locator("p:focus")).to_contain_text(text)
        votes_for(phone, role)
    po = edition_in(slow.language).role("po")
    slow.page.get_by_role("radio", name=po, exact=True).click()
    slow.click("Change my vote")
    elsewhere_vote(store, survey, "po", 6)
    for phone in (quick, doubled):
        assert seen_wrong(phone.page) == []
    expect(wall.page.locator("[aria-live=polite] .room-count b")).to_have_text("9")
    wall.page.get_by_role("button", name=words.gettext("Show the votes")).press("Enter")
    expect(wall.page.locator(".room-both:focus")).to_be_visible()
    expect(wall.page.locator(".room-before i")).to_have_count(9)
    voted = words.all_of([f"{edition.role('po')} (7)", f"{edition.role('tl')} (2)"])
    label = wall.page.locator(".room-both").get_attribute("aria-label")
    assert label is not None
    assert label.endswith(f" · {voted}")
    looked_at(wall.page)

    # Agree: filled in with the majority; the phones confirm, one with a reservation.
    wall.click("Agreed…")
    looked_at(wall.page)
    wall.page.get_by_role("button", name=words.gettext("That is agreed")).press("Enter")
    expect(wall.page.locator("h1:focus")).to_contain_text(sprint)
    expect(wall.page.locator("[aria-live=polite] .room-list")).to_be_visible()
    confirms(quick, "po", "I agree")
    reserved = "Zoë: <b>not</b> in August"
    confirms(doubled, "tl", "I agree, with a reservation", reserved, is_last=True)
    expect(wall.page.locator(".room-list")).to_contain_text("Zoë: <b>not</b> in August")
    looked_at(wall.page)

    # The second topic: filled in with whom five of nine name; its roles answer in the room.
    turns(wall, "ArrowRight", scope)
    wall.click("Agreed…")
    wall.click("That is agreed")
    expect(wall.page.locator("h1")).to_contain_text(scope)
    first, second = store.read().agreements
    agree = words.ngettext("{roles} agrees", "{roles} agree", 2)
    roles = (second.decides, *second.consulted)
    agree = agree.format(roles=edition.roles(roles))
    for role in roles:
        wall.page.get_by_role("button", name=edition.role(role), exact=True).click()
        settled(wall.page)
    wall.page.get_by_role("button", name=agree, exact=True).click()
    expect(wall.page.get_by_role("button", name=agree, exact=True)).to_have_count(0)
    assert (first.decision, first.decides, first.consulted) == ("sprint-content", "po", ("tl",))
    assert (second.decision, second.decides) == ("enough-scope", "pm")
    answers = {
        (confirmation.agreement_id, confirmation.role): confirmation.answer
        for confirmation in store.read().confirmations
    }
    assert answers[first.id, "po"] == "agreed"
    assert answers[first.id, "tl"] == "with-reservation"
    assert answers[second.id, "pm"] == "agreed"

    # Close and end: the next date is noted; leadership sees it once the room has released it.
    steps = wall.page.locator(".st-key-room-steps")
    expect(steps.locator("[aria-current]")).to_have_text(words.gettext("Topics"))
    steps.get_by_role("button", name=words.gettext("Wrap up")).focus()
    turns(wall, "Enter", words.gettext("What we take away"))
    expect(wall.page.locator("h1:focus")).to_be_visible()
    looked_at(wall.page)
    wall.click("Add an action…")
    looked_at(wall.page)
    turns(wall, "ArrowLeft", words.gettext("What we take away"))
    wall.click("Finish")
    done = words.gettext("{squad}: that is done").format(squad=SQUAD)
    expect(wall.page.locator("h1")).to_have_text(done)
    looked_at(wall.page)
    (ended,) = store.read().surveys
    assert ended.next_on is not None
    withheld = words.gettext(
        "{squad}, session of {day}: not released by the squad yet, so neither shown nor compared "
        "here."
    ).rpartition(": ")[2]
    board = visit(browser, room_app, f"?link={token}", language=language)
    board.reads(withheld)
    expect(board.page.get_by_text(words.date(ended.opened_on))).to_be_visible()
    wall.click("Yes, release it")
    wall.reads(words.gettext("This session is released: leadership and links see it."))
    board.page.goto(f"{room_app}/leadership?link={token}")
    expect(board.page.locator("h2").first).to_be_visible()
    expect(board.page.get_by_text(withheld)).to_have_count(0)
    for phone in (quick, doubled):
        phone.reads(phone.words("What the session says"))
        day = words_in(phone.language).date(ended.next_on)
        phone.reads(phone.words("The next session: {day}").format(day=day))
        assert seen_wrong(phone.page) == []

    # A month later: five of seven name the PO, three of seven the PM.
    a_month_later(
        store,
        sprint=("po", "po", "po", "po", "po", "pm", "tl"),
        scope=("pm", "pm", "pm", "po", "po", "cpo", "tl"),
    )
    turn_to(wall.page, f"squad?squad={quote(SQUAD)}&view=who-decides")
    expect(wall.page.locator("h1")).to_have_text(SQUAD)
    shown = sees_what_was_agreed(wall)
    for keeping, verdict in ((5, "{text}: kept"), (3, "{text}: not kept yet")):
        line = words.gettext(verdict).format(text="@").partition("@")[2]
        expect(shown).to_contain_text(re.compile(f"{keeping} .{{1,40}}7 .*{re.escape(line)}"))


@pytest.mark.parametrize(("language", "dark"), [("en", False), ("fr", True)])
def test_a_long_agreement_leaves_every_button_of_a_low_wall_in_view(
    language: str, dark: bool, browser: Browser, room_app: str, room_data: Path
) -> None:
    store, today = CsvStore(room_data, FRAMEWORK), datetime.now(UTC).date()
    squad, decision = f"{SQUAD} of payments and refunds", "structuring-constraints"
    survey = a_session(today).model_copy(update={"squad": squad})
    made = agreement(
        agreement_id=uuid4(),
        saved_at=datetime.now(UTC),
        squad=squad,
        survey=survey.id,
        decision=decision,
        decides="cto",
        consulted=("cpo", "pm", "em", "tl"),
        limits="",
        escalation="",
        agreed_on=today,
        valid_until=today + timedelta(days=180),
    )
    store.add([survey, made])
    for role in SPRINT:
        store.add([answer_to(survey, {decision: role})])
    store.revise(survey, revealed(survey, voices=9, now=datetime.now(UTC)))
    place = f"room?survey={survey.id}&step=walk&lang={language}"
    wall = visit(browser, room_app, place, language=language, viewport=LOW_BEAMER, dark=dark)
    for screen in ("", f"&topic=decision.{decision}", f"&topic=decision.{decision}&do=agree"):
        looked_at(turn_to(wall.page, place + screen))
        expect(wall.page.locator(".st-key-room-leave")).to_be_in_viewport(ratio=1)
    title = wall.page.locator("h1")
    lines = title.evaluate("h => h.offsetHeight / parseFloat(getComputedStyle(h).lineHeight)")
    assert round(lines) >= 3

    # As long as its limits may be, it scrolls under the way on, which stays in view.
    longer = made.model_copy(update={"limits": "within the goal " * 18})
    store.revise(made, longer)
    wall.page.reload()
    expect(title).to_contain_text("within the goal within")
    expect(settled(wall.page).locator("[class*=st-key-room-way-next]")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_confidential_session_waits_for_is_whole_on_a_low_wall(
    language: str, browser: Browser, room_app: str, room_data: Path
) -> None:
    store, today = CsvStore(room_data, FRAMEWORK), datetime.now(UTC).date()
    private = {"privacy": "confidential", "least_voices": 5}
    survey = a_session(today, expected=6).model_copy(update=private)
    store.add([survey])
    for role in SPRINT[:3]:
        store.add([answer_to(survey, {"sprint-content": role})])
    page = f"room?survey={survey.id}&step=gather"
    wall = visit(browser, room_app, page, language=language, viewport=LOW_BEAMER)
    looked_at(wall.page)
    wall.click("Show a QR code")
    looked_at(wall.page)


def test_a_wall_that_wraps_up_follows_who_confirms_and_keeps_the_day_that_is_typed(
    browser: Browser, room_app: str, room_data: Path
) -> None:
    store, today = CsvStore(room_data, FRAMEWORK), datetime.now(UTC).date()
    survey, of_squad = a_session(today), {"squad": SQUAD, "saved_at": datetime.now(UTC)}
    days = {"agreed_on": today, "valid_until": today + timedelta(days=180)}
    made = agreement(agreement_id=uuid4(), survey=survey.id, consulted=("tl",), **of_squad, **days)
    store.add([survey, made, *(answer_to(survey, {"sprint-content": role}) for role in SPRINT)])
    store.revise(survey, revealed(survey, voices=9, now=datetime.now(UTC)))
    wall = visit(browser, room_app, f"room?survey={survey.id}&step=close", viewport=WALL)
    open_still = wall.page.get_by_role("heading", name="Not agreed yet")
    expect(open_still).to_be_visible()
    year = wall.page.get_by_role("spinbutton").nth(2)
    year.press("2")
    half_typed = year.text_content()
    assert half_typed != str(today.year)

    answers = [
        confirmation(confirmation_id=uuid4(), agreement_id=made.id, role=role, **of_squad)
        for role in ("po", "tl")
    ]
    store.add(answers[:1])
    wall.reads("waiting for the Tech Lead")
    store.add(answers[1:])
    expect(open_still).to_have_count(0)
    expect(year).to_be_focused()
    assert year.text_content() == half_typed

    wall.page.goto(wall.page.url.replace("step=close", "step=end"))
    wall.reads("1 decision agreed on: Sprint content")
    changed = {"answer": "not-agreed", "saved_at": datetime.now(UTC)}
    store.add([answers[1].model_copy(update={"confirmation_id": uuid4(), **changed})])
    wall.reads("No decision agreed on")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_a_session_is_whole_on_a_low_wall(
    language: str, browser: Browser, room_app: str, room_data: Path
) -> None:
    store, today = CsvStore(room_data, FRAMEWORK), datetime.now(UTC).date()
    survey = a_session(today, expected=12)
    fields: dict[str, object] = {
        "squad": SQUAD,
        "saved_at": datetime.now(UTC),
        "survey": survey.id,
        "agreed_on": today,
        "valid_until": today + timedelta(days=180),
    }
    agreed = [
        agreement(agreement_id=uuid4(), decision=decision, limits="", escalation="", **fields)
        for decision in ("cut", "bets")
    ]
    store.add([survey, *agreed])
    for role in SPRINT:
        answer = answer_to(survey, {"sprint-content": role})
        said = "not-seen" if role == "po" else "often"
        answer = answer.model_copy(update={"answers": {**answer.answers, "late-scope": said}})
        store.add([answer])
    store.revise(survey, revealed(survey, voices=9, now=datetime.now(UTC)))
    decided = {"squad": SQUAD, "saved_at": datetime.now(UTC), "decided_on": today}
    levers, due = ("single-channel", "restate-vision"), today + timedelta(days=30)
    store.add([action(lever=lever, due_on=due, **decided) for lever in levers])
    start = f"room?survey={survey.id}&step="
    topic, item = "walk&topic=decision.sprint-content", "walk&topic=item.late-scope"
    look = looked_at if language == "en" else partial(looked_at, options=BUT_COLOUR)
    wall = visit(browser, room_app, f"{start}headline", language=language, viewport=LOW_BEAMER)
    for screen in (
        *("headline", "walk", topic, f"{topic}&do=agree", item, f"{item}&do=act"),
        *("close", "close&do=act", "close&do=act&topic=taken", "end", "gather"),
    ):
        look(turn_to(wall.page, f"{start}{screen}&lang={language}"))
    wall.click("Show a QR code")
    look(wall.page)

    # What is refused moves nothing; what the playbook is against leaves room for the button.
    turn_to(wall.page, f"{start}{topic}&do=agree&lang={language}")
    pressed = wall.page.get_by_role("button", name=wall.words("That is agreed"))
    place = pressed.bounding_box()
    wall.click("That is agreed")
    expect(wall.page.get_by_test_id("stAlert")).to_be_in_viewport(ratio=1)
    look(settled(wall.page))
    assert pressed.bounding_box() == place
    cpo = edition_in(language).role("cpo")
    wall.page.get_by_role("radio", name=cpo, exact=True).click()
    expect(wall.page.locator(".room-red")).to_be_visible()
    look(settled(wall.page))
    limits = wall.page.get_by_label(wall.words("Within which limits?"))
    wall.click("Limits and escalation…")
    limits.fill("two days of work")
    wall.page.keyboard.press("Escape")
    expect(limits).to_have_count(0)
    settled(wall.page)
    wall.click("Limits and escalation…")
    expect(limits).to_have_value("two days of work")
    wall.page.keyboard.press("Escape")

    turn_to(wall.page, f"{start}{topic}&lang={language}")
    wall.click("Vote")
    look(wall.page)
    elsewhere_vote(store, survey, "po", 9)
    expect(wall.page.locator(".room-count b")).to_have_text("9")
    look(settled(wall.page))
    wall.click("Show the votes")
    look(wall.page)

    # What comes after a screen that had to be scrolled begins with its head.
    for made in agreed:
        store.revise(made, made.model_copy(update={"limits": "within the goal " * 18}))
    main = turn_to(wall.page, f"{start}close&lang={language}").get_by_test_id("stMain")
    assert wall.page.evaluate(SIGN_OF_MORE) == "1"
    # The heading may still take the focus, which scrolls back.
    wall.page.wait_for_function(AT_THE_END)
    wall.click("Finish")
    expect(wall.page.locator("h1")).to_be_in_viewport(ratio=1)
    assert main.evaluate("main => main.scrollTop") == 0


SLEEPS = "() => { const now = Date.now; Date.now = () => now() + 600_000; }"
"""Has a page find that it slept for ten minutes."""


def test_a_wall_that_slept_over_a_form_half_filled_in_keeps_it(
    browser: Browser, room_app: str, room_data: Path
) -> None:
    store, survey = CsvStore(room_data, FRAMEWORK), a_session(datetime.now(UTC).date())
    store.add([survey, *(answer_to(survey, {"sprint-content": role}) for role in SPRINT)])
    store.revise(survey, revealed(survey, voices=9, now=datetime.now(UTC)))
    walk = f"room?survey={survey.id}&step=walk&topic=decision.sprint-content"
    page = visit(browser, room_app, f"{walk}&do=agree", viewport=WALL).page
    role = page.get_by_role("radio", name="Tech Lead")
    role.click()
    settled(page).evaluate(f"() => {{ window.isAsItWas = true; ({SLEEPS})(); }}")
    page.wait_for_timeout(2_500)
    assert page.evaluate("window.isAsItWas")
    expect(role).to_have_attribute("aria-checked", "true")

    role.click()
    settled(page).evaluate(SLEEPS)
    page.wait_for_function("!window.isAsItWas")
    settled(page)


def test_a_wall_that_slept_over_a_form_says_so_where_its_server_began_anew_meanwhile(
    browser: Browser, tmp_path: Path
) -> None:
    store, port = CsvStore(tmp_path, FRAMEWORK), free_port()
    survey = a_session(datetime.now(UTC).date())
    store.add([survey, *(answer_to(survey, {"sprint-content": role}) for role in SPRINT)])
    store.revise(survey, revealed(survey, voices=9, now=datetime.now(UTC)))
    walk = f"room?survey={survey.id}&step=walk&topic=decision.sprint-content"
    with served(tmp_path, port=port) as address:
        page = visit(browser, address, f"{walk}&do=agree&lang=en", viewport=WALL).page
        page.get_by_role("radio", name="Tech Lead").click()
        settled(page).context.set_offline(True)
    with served(tmp_path, port=port):
        page.context.set_offline(False)
        page.evaluate(SLEEPS)
        expect(page.locator("[data-test-connection-state=CONNECTED]")).to_be_attached()
        page.get_by_role("radio", name="PM", exact=True).click()
        expect(page.get_by_text("The server has lost track of this page")).to_be_visible()


def test_rooms_that_outlive_their_server_resume_where_they_were(
    browser: Browser, tmp_path: Path
) -> None:
    """Their sessions are gone: the browser connects anew, and the address tells."""
    store, port = CsvStore(tmp_path, FRAMEWORK), free_port()
    surveys = [a_session(datetime.now(UTC).date()) for _wall in range(2)]
    for survey in surveys:
        store.add([survey, *(answer_to(survey, {"sprint-content": role}) for role in SPRINT)])
        store.revise(survey, revealed(survey, voices=9, now=datetime.now(UTC)))
    with served(tmp_path, port=port) as address:
        slept, lost = (
            visit(
                browser,
                address,
                f"room?survey={survey.id}&step=walk&topic=decision.sprint-content",
                viewport=WALL,
            )
            for survey in surveys
        )
        for wall in (slept, lost):
            wall.page.keyboard.press("Alt+KeyT")
            expect(wall.page.locator(".room-running")).to_be_visible()
        slept.page.context.set_offline(True)
    with served(tmp_path, port=port):
        lost.page.locator(".st-key-room-ring button").click()  # its session knows no button yet
        resumes(lost)
        slept.page.context.set_offline(False)
        slept.page.evaluate(SLEEPS)
        resumes(slept)
    assert [survey.asked_again for survey in store.read().surveys] == ["sprint-content"] * 2
