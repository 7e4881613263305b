"""Answers outlive the page: reload, another visit, a restart; kept by the browser alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Browser, Dialog, Page, expect

from assessment.access.invitations import closed, revealed
from assessment.content.loading import shipped_framework
from assessment.model import Survey
from assessment.storage.csv.store import CsvStore
from tests.browser.server import free_port, served, settled
from tests.browser.visitor import PHONE, Visitor, invited, new_page, turn_to, visit
from tests.builders import assessment, gathering
from tests.examples import EXAMPLE_1 as HEALTHY

FRAMEWORK = shipped_framework()
VERSION = FRAMEWORK.version_with_lenses
BACK = "Your answers are back, as this browser had kept them."
LOST = "what you were doing here was not done"
EMPTYING = """window.WebSocket = class extends WebSocket {
  constructor(...way) {
    super(...way);
    window.emptySession = () => this.send(new Uint8Array([40, 1]));
  }
};"""
"""Has a page be able to send what empties its session: clear_cache, as Streamlit encodes it."""
ELSEWHERE = "Another tab of this browser was used meanwhile."
FIRST, SECOND, THIRD = ([i.id for i in FRAMEWORK.items_of(m.id)] for m in FRAMEWORK.modules)


def survey_of(privacy: str) -> Survey:
    """A survey of squad Atlas that is open for a week."""
    today = datetime.now(UTC).date()
    return gathering(privacy=privacy, opened_on=today, closes_on=today + timedelta(days=7))


def kept(page: Page) -> dict[str, str]:
    """What the browser keeps of unfinished checks, by key."""
    everything: dict[str, str] = page.evaluate("({...localStorage})")
    return {key: text for key, text in everything.items() if key.startswith("who-decides ")}


def keeps(page: Page, count: int, *, storage: str = "localStorage") -> None:
    """Wait until the browser keeps as many unfinished checks as it should."""
    keys = f"Object.keys({storage}).filter(key => key.startsWith('who-decides '))"
    page.wait_for_function(f"{keys}.length === {count}")


def reloaded(visitor: Visitor) -> Visitor:
    visitor.page.reload()
    settled(visitor.page)
    return visitor


def answer_step(visitor: Visitor, item_ids: list[str], *, before: int) -> None:
    for number, item in enumerate(item_ids, start=before + 1):
        visitor.answer(item, HEALTHY[item])
        visitor.reads(visitor.words("{answered} of 14 answered").format(answered=number))


def test_a_first_visit_on_a_phone_is_reloaded_in_the_middle_and_saved_whole(
    browser: Browser, app: str, data: Path
) -> None:
    visitor = visit(browser, app, viewport=PHONE, alone=True)
    visitor.click("Start the quick check")
    dialogs: list[str] = []

    def accept(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.accept()

    visitor.page.on("dialog", accept)
    answer_step(visitor, FIRST, before=0)
    visitor.click("Next step")
    answer_step(visitor, SECOND[:2], before=len(FIRST))
    visitor.page.wait_for_function(f"JSON.stringify({{...localStorage}}).includes('{SECOND[1]}')")

    reloaded(visitor).reads(BACK)
    expect(visitor.page.get_by_role("heading", name="Is a PM missing?")).to_be_visible()
    settled(visitor.page)
    answer_step(visitor, SECOND[2:], before=len(FIRST) + 2)
    visitor.click("Next step")
    answer_step(visitor, THIRD, before=len(FIRST) + len(SECOND))
    visitor.click("See the result")
    reloaded(visitor).reads(BACK)
    visitor.page.get_by_label("The squad's name").fill("Atlas")
    visitor.click("Save")
    visitor.reads("Saved for Atlas.")
    (check,) = CsvStore(data, FRAMEWORK).read().assessments
    assert check.answers == HEALTHY
    keeps(visitor.page, 0)

    visitor.page.goto(f"{app}/quick-check")
    settled(visitor.page)
    visitor.reads("0 of 14 answered")
    assert dialogs == []


KEEPING_NOTHING = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("", "SecurityError"); },
});"""
"""Has a browser keep nothing, as some do in private."""


def test_a_browser_that_keeps_nothing_is_not_said_to_keep_what_was_not_sent(
    browser: Browser, app: str, data: Path
) -> None:
    store, survey = CsvStore(data, FRAMEWORK), survey_of("open")
    path = invited(store, survey)
    phone = visit(browser, app, path, viewport=PHONE, alone=True)
    stays = phone.page.get_by_text("What you have not sent yet stays in this browser.")
    expect(stays).to_be_visible()
    phone.page.add_init_script(KEEPING_NOTHING)
    phone.page.reload()
    phone.reads("Until when")
    expect(stays).to_have_count(0)
    settled(phone.page)
    phone.click("Begin")
    answer_step(phone, FIRST[:1], before=0)
    store.revise(survey, closed(survey, now=datetime.now(UTC)))
    phone.reads("closing it loses your answers.")


FULL = """() => {
  Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); };
}"""
"""Has a browser hold what it kept and take nothing more."""


def test_a_browser_that_is_full_is_not_said_to_keep_what_was_not_sent(
    browser: Browser, app: str, data: Path
) -> None:
    store, survey = CsvStore(data, FRAMEWORK), survey_of("open")
    phone = visit(browser, app, invited(store, survey), viewport=PHONE, alone=True)
    phone.click("Begin")
    answer_step(phone, FIRST[:1], before=0)
    keeps(phone.page, 1)
    reloaded(phone).reads(BACK)
    phone.page.evaluate(FULL)
    answer_step(phone, FIRST[1:2], before=1)
    settled(phone.page)
    phone.click("Back")
    phone.reads("Until when")
    expect(phone.page.get_by_text("What you have not sent yet stays")).to_have_count(0)


HOLDING_BACK = f"""let held = [];
window.WebSocket = class extends WebSocket {{
  send(message) {{
    const hold = held && new TextDecoder().decode(message).includes("{FIRST[0]}");
    if (!hold) return super.send(message);
    held.push(() => super.send(message));
    window.giveBack = () => {{ held.forEach((send) => send()); held = null; }};
  }}
}};"""
"""Has a page give what its browser kept of an answer to the server only when it is told to."""


def test_nothing_can_be_begun_anew_until_what_the_browser_kept_is_taken_up(
    browser: Browser, app: str, data: Path
) -> None:
    path = invited(CsvStore(data, FRAMEWORK), survey_of("open"))
    phone = visit(browser, app, path, viewport=PHONE, alone=True)
    begin = phone.page.get_by_role("button", name="Begin")
    expect(begin).to_be_visible()
    phone.click("Begin")
    answer_step(phone, FIRST[:1], before=0)
    keeps(phone.page, 1)
    phone.page.add_init_script(HOLDING_BACK)
    phone.page.reload()
    phone.page.wait_for_function("'giveBack' in window")
    expect(phone.page.get_by_text("How Atlas decides")).to_be_attached()
    expect(begin).to_have_count(0)

    phone.page.evaluate("giveBack()")
    phone.reads(BACK)
    phone.reads("1 of 14 answered")


IS_SEEN_WHILE_TAKING_UP = """part => {
  const root = document.documentElement.classList;
  root.add("takes-up");
  const isSeen = part.checkVisibility({ visibilityProperty: true });
  root.remove("takes-up");
  return isSeen;
}"""
"""Whether something is seen meanwhile: for a moment, as the page waits five seconds at most."""


def test_a_press_before_what_the_browser_kept_is_taken_up_takes_nothing_of_it(
    browser: Browser, app: str
) -> None:
    visitor = visit(browser, app, "quick-check?lang=en", alone=True)
    page = visitor.page
    answer_step(visitor, FIRST, before=0)
    keeps(page, 1)
    page.wait_for_function(f"JSON.stringify({{...localStorage}}).includes('{FIRST[2]}')")
    page.add_init_script(HOLDING_BACK)
    page.reload()
    page.wait_for_function("'giveBack' in window")
    for text in ("Next step", "Three questions"):
        expect(page.get_by_text(text).first).to_be_attached()
        assert not page.get_by_text(text).first.evaluate(IS_SEEN_WHILE_TAKING_UP)

    page.get_by_role("button", name="Next step").click()
    page.evaluate("giveBack()")
    expect(page.get_by_role("heading", name="Is a PM missing?")).to_be_visible()
    visitor.reads("3 of 14 answered")
    settled(page)
    (text,) = kept(page).values()
    assert list(json.loads(text)["answers"]) == FIRST


def test_a_page_that_takes_nothing_up_is_shown_whatever_the_browser_keeps(
    browser: Browser, app: str
) -> None:
    page = visit(browser, app, "round?lang=en").page
    page.evaluate(f"localStorage['who-decides / check {VERSION}'] = '{{}}'")
    page.reload()
    page.wait_for_function("document.documentElement.classList.contains('takes-up')")
    expect(page.get_by_text("This page answers an invitation")).to_be_visible(timeout=4_000)
    assert page.evaluate("document.documentElement.classList.contains('takes-up')")


def test_starting_again_clears_what_the_browser_kept(browser: Browser, app: str) -> None:
    visitor = visit(browser, app, "quick-check")
    answer_step(visitor, FIRST[:1], before=0)
    keeps(visitor.page, 1)
    reloaded(visitor).reads(BACK)
    visitor.click("Start over")
    visitor.reads("1 of 14 answered")
    visitor.click("Clear the answers")
    visitor.reads("0 of 14 answered")
    keeps(visitor.page, 0)
    reloaded(visitor).reads("0 of 14 answered")


def test_a_tab_that_takes_the_place_of_another_ones_check_says_so(
    browser: Browser, app: str
) -> None:
    one = visit(browser, app, "quick-check", alone=True)
    answer_step(one, FIRST[:1], before=0)
    keeps(one.page, 1)
    other = one.in_another_tab(f"{app}/quick-check")
    other.reads(BACK)
    answer_step(other, FIRST[1:2], before=1)
    other.page.wait_for_function(f"JSON.stringify({{...localStorage}}).includes('{FIRST[1]}')")
    expect(other.page.get_by_text(ELSEWHERE)).to_have_count(0)

    answer_step(one, FIRST[2:], before=1)
    one.reads(ELSEWHERE)
    other.reads("2 of 14 answered")
    reloaded(other).reads("2 of 14 answered")
    expect(
        other.page.locator(f".st-key-check-answer-{FIRST[1]} [aria-checked=true]")
    ).to_have_count(0)
    one.click("Start over")
    one.click("Clear the answers")
    expect(one.page.get_by_text(ELSEWHERE)).to_have_count(0)


def test_a_tab_without_an_answer_leaves_what_another_one_answered(
    browser: Browser, app: str
) -> None:
    one = visit(browser, app, "quick-check", alone=True)
    other = one.in_another_tab(f"{app}/quick-check")

    def other_answers(item: str, *, before: int) -> None:
        answer_step(other, [item], before=before)
        other.page.wait_for_function(f"JSON.stringify({{...localStorage}}).includes('{item}')")

    def browser_holds() -> list[str]:
        (text,) = kept(one.page).values()
        return sorted(json.loads(text)["answers"])

    def one_looks_around() -> None:
        one.goes_to("Home")
        one.goes_to("Quick check")
        one.reads("0 of 14 answered")
        expect(one.page.get_by_text(ELSEWHERE)).to_have_count(0)

    other_answers(FIRST[0], before=0)
    one_looks_around()
    assert browser_holds() == FIRST[:1]

    last_step = one.page.get_by_role("radio", name="Result", exact=True).element_handle()
    answer_step(one, FIRST[1:2], before=0)
    one.reads(ELSEWHERE)
    settled(one.page)
    assert last_step.evaluate("step => step.isConnected"), "a press on it would have been lost"
    other_answers(FIRST[2], before=1)
    one.click("Start over")
    one.click("Clear the answers")
    one.reads("0 of 14 answered")
    assert browser_holds() == sorted([FIRST[0], FIRST[2]])

    answer_step(one, FIRST[1:2], before=0)
    one.page.get_by_role("radio", name="Result", exact=True).click()
    one.page.get_by_label("The squad's name").fill("Atlas")
    other_answers(FIRST[1], before=2)
    one.click("Save")
    one.reads("Saved for Atlas.")
    one_looks_around()
    assert browser_holds() == sorted(FIRST)
    reloaded(other).reads("3 of 14 answered")


def test_a_forged_draft_is_left_out_with_a_word_and_another_versions_is_kept_aside(
    browser: Browser, app: str
) -> None:
    visitor = visit(browser, app, "quick-check")
    forged = json.dumps({"framework": VERSION, "answers": {"mandates-clear": "<b>"}})
    older = "who-decides / check core@0"
    visitor.page.evaluate(
        "([own, forged, older]) => { localStorage[own] = forged; localStorage[older] = '{}'; }",
        [f"who-decides / check {VERSION}", forged, older],
    )
    reloaded(visitor).reads("cannot be read, so it was left out")
    visitor.reads("0 of 14 answered")
    visitor.reads("another version of the questions stays aside in this browser")
    keeps(visitor.page, 1)
    assert kept(visitor.page) == {older: "{}"}
    visitor.click("Discard it")
    expect(visitor.page.get_by_text("stays aside in this browser")).to_have_count(0)
    keeps(visitor.page, 0)


def test_a_round_is_answered_and_a_form_said_to_be_lost_while_the_server_is_started_again(
    browser: Browser, tmp_path: Path
) -> None:
    store, port = CsvStore(tmp_path, FRAMEWORK), free_port()
    path = invited(store, survey_of("open"))
    store.add([assessment(squad="Borea", answers=HEALTHY | {"single-channel": "no"})])
    lost = "The server has lost track of this page"
    with served(tmp_path, port=port) as address:
        desk = visit(browser, address, "squad?squad=Borea&lang=en")
        desk.click("We will do this")
        desk.page.get_by_label("Note", exact=True).fill("Zoë")
        desk.page.get_by_label("Note", exact=True).press("Tab")
        settled(desk.page)
        expect(desk.page.get_by_text(lost)).to_have_count(0)
        phone = visit(browser, address, path, viewport=PHONE)
        phone.click("Begin")
        answer_step(phone, FIRST[:2], before=0)
        phone.click("Next step")
        answer_step(phone, SECOND[:1], before=2)
        phone.page.wait_for_function(f"JSON.stringify({{...localStorage}}).includes('{SECOND[0]}')")
    with served(tmp_path, port=port):
        phone.reads(BACK)
        expect(phone.page.get_by_text(lost)).to_have_count(0)
        desk.click("Save")
        desk.reads(lost)
        expect(phone.page.get_by_role("heading", name="Is a PM missing?")).to_be_visible()
        settled(phone.page)
        answer_step(phone, SECOND[1:2], before=3)
        phone.page.get_by_role("radio", name="Send", exact=True).click()
        settled(phone.page)
        phone.click("Send my answers")
        phone.reads("Your answers for Atlas are in.")
        keeps(phone.page, 0)
        token = path.partition("=")[2]
        assert token not in json.dumps(phone.page.evaluate("({...localStorage})"))
    (answer,) = [one for one in store.read().assessments if one.squad == "Atlas"]
    assert answer.answers == {item: HEALTHY[item] for item in (*FIRST[:2], *SECOND[:2])}
    assert store.read().actions == ()


def test_confidential_answers_end_with_the_tab_unless_the_person_agrees(
    browser: Browser, app: str, data: Path
) -> None:
    path = invited(CsvStore(data, FRAMEWORK), survey_of("confidential"))
    phone = visit(browser, app, path, viewport=PHONE, alone=True)
    phone.page.on("dialog", lambda dialog: dialog.accept())
    other = phone.in_another_tab(f"{app}/{path}")
    phone.click("Begin")
    answer_step(phone, FIRST[:1], before=0)
    keeps(phone.page, 1, storage="sessionStorage")
    keeps(phone.page, 0)
    reloaded(phone).reads(BACK)
    phone.click("Back")
    phone.page.get_by_text("even when I close this tab").click()
    keeps(phone.page, 1)
    keeps(phone.page, 0, storage="sessionStorage")

    other.click("Begin")
    answer_step(other, FIRST[1:2], before=0)
    keeps(other.page, 1, storage="sessionStorage")
    assert len(kept(other.page)) == 1

    phone.page.get_by_text("even when I close this tab").click()
    keeps(phone.page, 1, storage="sessionStorage")
    keeps(phone.page, 0)
    other.click("Back")
    other.page.get_by_text("even when I close this tab").click()
    keeps(other.page, 1)
    phone.page.get_by_role("radio", name="Send", exact=True).click()
    settled(phone.page)
    phone.click("Send my answers")
    phone.reads("Your answers for Atlas are in.")
    keeps(phone.page, 0, storage="sessionStorage")
    (text,) = kept(other.page).values()
    assert list(json.loads(text)["answers"]) == FIRST[1:2]


def test_what_a_tab_has_not_sent_goes_once_another_tab_of_its_browser_has(
    browser: Browser, app: str, data: Path
) -> None:
    path = invited(CsvStore(data, FRAMEWORK), survey_of("confidential"))
    sent = visit(browser, app, path, viewport=PHONE, alone=True)
    other = sent.in_another_tab(f"{app}/{path}")
    other.page.on("dialog", lambda dialog: dialog.accept())
    for tab in (sent, other):
        tab.click("Begin")
        answer_step(tab, FIRST[:1], before=0)
        keeps(tab.page, 1, storage="sessionStorage")
    sent.page.get_by_role("radio", name="Send", exact=True).click()
    settled(sent.page)
    sent.click("Send my answers")
    sent.reads("Your answers for Atlas are in.")
    other.answer(FIRST[1], HEALTHY[FIRST[1]])
    other.reads("Your answers for Atlas are in.")
    keeps(other.page, 0, storage="sessionStorage")
    keeps(other.page, 0)


def test_a_click_in_an_emptied_session_is_said_to_be_lost_where_a_part_of_the_page_runs_alone(
    browser: Browser, app: str
) -> None:
    page = new_page(browser)
    page.add_init_script(EMPTYING)
    page.goto(f"{app}/quick-check?lang=en")
    visitor = Visitor(settled(page), "en")
    page.evaluate("emptySession()")
    visitor.click("Next step")
    visitor.reads(LOST)


def leaving(visitor: Visitor) -> list[str]:
    """What the browser asks before it loads the page again, which it then does."""
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    visitor.page.on("dialog", accept)
    reloaded(visitor)
    visitor.page.remove_listener("dialog", accept)
    return asked


def test_whoever_wrote_into_a_form_is_asked_before_it_is_lost_unless_it_is_saved_or_closed(
    browser: Browser, app: str, data: Path
) -> None:
    store = CsvStore(data, FRAMEWORK)
    store.add([assessment(squad="Borea", answers=HEALTHY | {"single-channel": "no"})])
    visitor = visit(browser, app, "squad?squad=Borea&lang=en", alone=True)
    note = visitor.page.get_by_label("Note", exact=True)
    visitor.click("We will do this")
    note.fill("Zoë")
    assert leaving(visitor) == ["beforeunload"]
    expect(note).to_have_count(0)

    visitor.click("We will do this")
    note.click()
    assert leaving(visitor) == []
    visitor.click("We will do this")
    note.fill("Zoë")
    visitor.click("Close")
    assert leaving(visitor) == []
    visitor.click("We will do this")
    note.fill("Zoë")
    visitor.click("Save")
    visitor.reads("Saved.")
    assert leaving(visitor) == []

    under_way = visitor.page.get_by_role("radio", name="Under way", exact=True)
    visitor.click("Change…")
    under_way.click()
    assert leaving(visitor) == ["beforeunload"]
    visitor.click("Change…")
    under_way.click()
    visitor.page.get_by_text("Delete…").click()
    settled(visitor.page)
    visitor.click("Yes, delete")
    visitor.reads("Deleted:")
    assert leaving(visitor) == []


WOULD_ASK = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))"
"""Whether a page would ask before it is left; it stays."""


def test_every_form_asks_and_nothing_that_a_browser_or_an_address_keeps(
    browser: Browser, app: str, data: Path
) -> None:
    store = CsvStore(data, FRAMEWORK)
    survey = survey_of("open").model_copy(update={"depth": "deep"})
    of_survey: dict[str, object] = {"gathering": survey.id, "framework": VERSION}
    for role in ("po", "po", "tl"):
        deciders = {"deciders": {"sprint-content": (role,)}}
        store.add([assessment(assessment_id=uuid4(), answers=HEALTHY, deep=deciders, **of_survey)])
    store.add([survey])
    store.revise(survey, revealed(survey, voices=3, now=datetime.now(UTC)))
    visitor = visit(browser, app, "sharing?lang=en")
    page = visitor.page
    page.get_by_text("With the roles of those who answered").click()
    assert settled(page).evaluate(WOULD_ASK)
    page.get_by_text("With the roles of those who answered").click()
    assert not settled(page).evaluate(WOULD_ASK)
    page.get_by_label("Lasts").click()
    page.get_by_role("option", name="7 days").click()
    assert settled(page).evaluate(WOULD_ASK)

    turn_to(page, "rounds?lang=en")
    assert not settled(page).evaluate(WOULD_ASK)
    page.get_by_text("Confidential", exact=True).click()
    assert settled(page).evaluate(WOULD_ASK)
    turn_to(page, "sharing?lang=en")
    assert not settled(page).evaluate(WOULD_ASK)
    page.locator(".st-key-sharing-squads input").press("Backspace")  # takes out the last one
    expect(page.locator(".st-key-sharing-squads [data-tag]")).to_have_count(0)
    assert settled(page).evaluate(WOULD_ASK)
    turn_to(page, "deep-check?squad=Atlas&view=setup&lang=en")
    page.get_by_role("radio", name="No PM").click()
    assert settled(page).evaluate(WOULD_ASK)
    turn_to(page, "squad?squad=Atlas&view=who-decides&lang=en")
    visitor.click("Settle this")
    page.get_by_role("radio", name="Tech Lead").click()
    assert settled(page).evaluate(WOULD_ASK)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not settled(page).evaluate(WOULD_ASK)
    room = f"room?survey={survey.id}&step=walk&topic=decision.sprint-content&lang=en"
    turn_to(page, f"{room}&do=agree")
    page.get_by_role("radio", name="Tech Lead").click()
    assert settled(page).evaluate(WOULD_ASK)
    page.get_by_role("button", name="That is agreed").click()
    expect(page.get_by_role("button", name="That is agreed")).to_have_count(0)
    assert not settled(page).evaluate(WOULD_ASK)

    turn_to(page, "playbook?lang=en")
    page.locator(".st-key-playbook-search input").fill("goal")
    assert not settled(page).evaluate(WOULD_ASK)
    turn_to(page, "quick-check?lang=en")
    answer_step(visitor, FIRST[:2], before=0)
    assert not settled(page).evaluate(WOULD_ASK)


def test_a_link_that_is_shown_once_asks_until_it_is_copied_or_downloaded(
    browser: Browser, app: str, data: Path
) -> None:
    store = CsvStore(data, FRAMEWORK)
    survey = survey_of("open")
    store.add([assessment(squad="Atlas", answers=HEALTHY), survey])
    visitor = visit(browser, app, "sharing?lang=en")
    page = visitor.page
    page.get_by_role("textbox", name="Whom is it for?").fill("Board")
    visitor.click("Make the link to 1 squad")
    visitor.reads("The link for Board is ready")
    assert settled(page).evaluate(WOULD_ASK)
    page.get_by_test_id("stCode").hover()
    page.locator("[data-testid=stCode] button").click()
    assert not settled(page).evaluate(WOULD_ASK)
    visitor.goes_to("Home")
    visitor.goes_to("Sharing")
    visitor.reads("The link for Board is ready")
    assert not settled(page).evaluate(WOULD_ASK)

    visitor.click("I have copied it")
    page.get_by_role("textbox", name="Whom is it for?").fill("Board")
    visitor.click("Make the link to 1 squad")
    assert settled(page).evaluate(WOULD_ASK)
    visitor.click("I have copied it")
    assert not settled(page).evaluate(WOULD_ASK)

    turn_to(page, "rounds?lang=en")
    visitor.click("New invitation")
    assert settled(page).evaluate(WOULD_ASK)
    page.get_by_test_id("stCode").first.click(click_count=3)
    page.keyboard.press("Control+C")
    assert not settled(page).evaluate(WOULD_ASK)
    visitor.click("I have copied it")
    page.get_by_text("Confidential", exact=True).click()
    page.get_by_role("textbox", name="Or a new squad's name").fill("Dune")
    page.get_by_text("More choices").click()
    page.get_by_text("A one-time code each").click()
    settled(page)
    visitor.click("Open the session")
    visitor.reads("7 one-time codes for Dune are ready")
    assert settled(page).evaluate(WOULD_ASK)
    with page.expect_download():
        page.get_by_role("button", name="Slips to print").click()
    assert not settled(page).evaluate(WOULD_ASK)


def test_of_a_link_that_was_shown_once_a_page_says_after_a_restart_that_it_is_gone_unless_taken(
    browser: Browser, tmp_path: Path
) -> None:
    CsvStore(tmp_path, FRAMEWORK).add([assessment(squad="Atlas", answers=HEALTHY)])
    port, gone = free_port(), "cannot be shown again; where you have not taken them, make new ones"
    with served(tmp_path, port=port) as address:
        desk = visit(browser, address, "sharing?lang=en")
        desk.page.get_by_role("textbox", name="Whom is it for?").fill("Board")
        desk.click("Make the link to 1 squad")
        desk.reads("The link for Board is ready")
        settled(desk.page)
    with served(tmp_path, port=port):
        desk.click("I have copied it")
        desk.reads(gone)
        settled(desk.page)
        expect(desk.page.get_by_text("The link for Board is ready")).to_have_count(0)
        desk.page.get_by_role("textbox", name="Whom is it for?").fill("Sales")
        desk.click("Make the link to 1 squad")
        desk.reads("The link for Sales is ready")
        expect(desk.page.get_by_text(gone)).to_have_count(0)
        desk.page.get_by_test_id("stCode").hover()
        desk.page.locator("[data-testid=stCode] button").click()
        settled(desk.page)
    with served(tmp_path, port=port):
        desk.click("I have copied it")
        desk.reads(LOST)
        expect(desk.page.get_by_text(gone)).to_have_count(0)
