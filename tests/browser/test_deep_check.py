"""A full deep check in a real browser: described, answered to the last item, saved and seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import words_in
from assessment.model.setup import preset_seats
from assessment.storage.csv.store import CsvStore
from assessment.wording.setups import preset_name
from tests.browser.server import settled
from tests.browser.visitor import PHONE, Visitor, seen_wrong_at_desk_and_on_a_phone, turn_to, visit
from tests.builders import sample_assessments

FRAMEWORK = shipped_framework()
LENSES = FRAMEWORK.lenses
SCREENS = len(FRAMEWORK.level_ids) + len(LENSES.lens_ids) - 1


def progress(visitor: Visitor, answered: int, asked: int) -> str:
    message = "{answered} of {items} answered"
    text = words_in(visitor.language).ngettext(message, message, answered)
    return text.format(answered=answered, items=asked)


def name_squad(visitor: Visitor, squad: str) -> None:
    field = visitor.page.get_by_label(visitor.words("The squad's name"), exact=True)
    field.fill(squad)
    field.press("Enter")
    visitor.reads(squad)
    settled(visitor.page)


def describe_setup(visitor: Visitor, preset: str) -> None:
    """Two clicks in the form: who is there, and save."""
    visitor.click("Describe the setup")
    name = preset_name(edition_in(visitor.language), preset)
    visitor.page.get_by_role("radio", name=name, exact=True).click()
    settled(visitor.page)
    visitor.click("Save the setup")
    visitor.reads(visitor.words("The setup is saved."))


def open_lens(visitor: Visitor, lens_id: str) -> None:
    visitor.page.locator(f".st-key-deep-lens-{lens_id} button").click()
    number = LENSES.lens_ids.index(lens_id) + 1
    title = edition_in(visitor.language).texts.lenses.lenses[lens_id].title
    text = visitor.words("Lens {lens} of {lenses}: {title}")
    heading = text.format(lens=number, lenses=len(LENSES.lens_ids), title=title)
    expect(visitor.page.get_by_role("heading", name=heading)).to_be_focused()
    settled(visitor.page)


def go_on(visitor: Visitor) -> None:
    visitor.page.locator("[class*=st-key-check-move-next] button").click()
    settled(visitor.page)


def decide(visitor: Visitor) -> dict[str, tuple[str, ...]]:
    """One tap for the first decision of each level, a PM's; a second thought about the last one."""
    edition = edition_in(visitor.language)
    told: dict[str, tuple[str, ...]] = {}
    for level in FRAMEWORK.level_ids:
        decision = LENSES.decisions_at(level)[0]
        pills = visitor.page.locator(f".st-key-deep-decides-{decision.id}")
        last = level == FRAMEWORK.level_ids[-1]
        for role in ("nobody", "tl") if last else ("pm",):
            pills.get_by_role("button", name=edition.decider(role), exact=True).click()
            settled(visitor.page)
            told[decision.id] = (role,)
        visitor.reads(progress(visitor, len(told), len(LENSES.decisions)))
        if not last:
            go_on(visitor)
    return told


def decide_by_keyboard(visitor: Visitor) -> None:
    """Name and take back who takes the first decision; the focus stays where it was."""
    pills = visitor.page.locator(f".st-key-deep-decides-{LENSES.decisions[0].id}")
    first = pills.get_by_role("button").first
    first.focus()
    for answered in (1, 0):
        visitor.page.keyboard.press("Space")
        visitor.reads(progress(visitor, answered, len(LENSES.decisions)))
        settled(visitor.page)
        expect(first).to_be_focused()


def answer_items(visitor: Visitor, lens_id: str, *, most: int | None = None) -> dict[str, str]:
    """The best answer of the items of a lens, or of its first ones, one click each."""
    edition, items, told = edition_in(visitor.language), LENSES.items_of(lens_id), {}
    for item in items[:most]:
        best = FRAMEWORK.scale_by_id[item.scale].options[0].id
        group = visitor.page.locator(f".st-key-deep-answer-{item.id}")
        group.get_by_role("radio", name=edition.lens_option(best), exact=True).click()
        told[item.id] = best
        visitor.reads(progress(visitor, len(told), len(items)))
    return told


def tell_a_sign(visitor: Visitor) -> dict[str, float]:
    """A first number out of range is refused at its field, then put right."""
    sign, text = next(iter(edition_in(visitor.language).texts.lenses.signs.items()))
    field = visitor.page.get_by_label(text.question)
    field.fill("1001")
    field.press("Enter")
    refusal = visitor.page.get_by_text("1001").or_(
        visitor.page.get_by_text(words_in(visitor.language).number(1001))
    )
    expect(refusal.first).to_be_visible()
    field.fill("12")
    field.press("Enter")
    visitor.reads(progress(visitor, 1, len(LENSES.signs)))
    return {sign: 12.0}


def write_a_mandate(visitor: Visitor) -> dict[str, str]:
    role = LENSES.mandates[0]
    name = edition_in(visitor.language).texts.roles[role].name
    field = visitor.page.get_by_label(name, exact=True)
    field.fill("Décide.")
    field.press("Enter")
    visitor.reads(progress(visitor, 1, len(LENSES.mandates)))
    return {role: "Décide."}


def screens(visitor: Visitor) -> Iterator[str]:
    """Every screen of the deep check, one after the other, and the form of the setup."""
    yield "overview"
    visitor.click("Describe the setup")
    visitor.page.get_by_text(visitor.words("Seat by seat")).click()
    settled(visitor.page)
    yield "setup"
    visitor.click("Back")
    open_lens(visitor, LENSES.lens_ids[0])
    for number in range(SCREENS):
        yield f"screen {number}"
        go_on(visitor)


def test_a_deep_check_of_every_lens_is_answered_in_two_languages_saved_and_seen_as_stored(
    browser: Browser, app: str, data: Path
) -> None:
    visitor = visit(browser, app, "deep-check", language="fr")
    name_squad(visitor, "Équipe Nord")
    describe_setup(visitor, "pm-and-po")

    open_lens(visitor, "who-decides")
    decide_by_keyboard(visitor)
    deciders = decide(visitor)
    visitor.click("All lenses")
    whole, *others = LENSES.lens_ids[1:6]
    open_lens(visitor, whole)
    options = answer_items(visitor, whole)
    visitor = Visitor(turn_to(visitor.page, "deep-check?lang=en"), "en")
    for lens_id in others:
        go_on(visitor)
        options |= answer_items(visitor, lens_id, most=1)
    go_on(visitor)
    signs = tell_a_sign(visitor)
    go_on(visitor)
    mandates = write_a_mandate(visitor)
    visitor.click("See all lenses")
    told = len(deciders) + len(options) + len(signs) + len(mandates)
    visitor.reads(progress(visitor, told, 68))
    visitor.click("Save")
    expect(visitor.page.locator("h1")).to_have_text("Équipe Nord")
    visitor.reads(visitor.words("Saved for {squad}.").format(squad="Équipe Nord"))
    visitor.reads(preset_name(edition_in("en"), "pm-and-po"))

    stored = CsvStore(data, FRAMEWORK).read()
    (check,), (setup,) = stored.assessments, stored.setups
    assert (setup.squad, setup.seats) == ("Équipe Nord", preset_seats(FRAMEWORK, "pm-and-po"))
    assert (check.squad, check.framework) == ("Équipe Nord", FRAMEWORK.version_with_lenses)
    assert len(deciders) == len(FRAMEWORK.level_ids)
    assert len(options) == len(LENSES.items_of(whole)) + 4
    assert check.deep.deciders == deciders
    assert check.deep.options == options
    assert check.deep.signs == signs
    assert check.deep.mandates == mandates


@pytest.mark.parametrize(("dark", "language"), [(False, "en"), (True, "fr")])
def test_every_screen_fits_a_phone_and_has_no_serious_accessibility_violation(
    dark: bool, language: str, browser: Browser, app: str
) -> None:
    visitor = visit(browser, app, "deep-check", language=language, dark=dark)
    name_squad(visitor, "Atlas")
    wrong = {screen: seen_wrong_at_desk_and_on_a_phone(visitor.page) for screen in screens(visitor)}
    assert {screen: seen for screen, seen in wrong.items() if seen} == {}


def test_a_check_saved_before_is_completed_on_a_phone(
    browser: Browser, app: str, data: Path
) -> None:
    CsvStore(data, FRAMEWORK).add(sample_assessments()[:1])
    visitor = visit(browser, app, "deep-check", viewport=PHONE)
    visitor.page.get_by_role("radio", name="Add to a stored check").click()
    settled(visitor.page)
    for field in ("Squad", "Check"):
        visitor.page.get_by_role("combobox", name=field).click()
        visitor.page.get_by_role("option").first.click()
        settled(visitor.page)
    open_lens(visitor, "rhythm")
    answer_items(visitor, "rhythm")
    visitor.click("All lenses")
    visitor.click("Add")
    visitor.reads("Added to the check of")
    assert len(CsvStore(data, FRAMEWORK).read().assessments[0].deep.options) == 5
    visitor.click("Undo")
    visitor.reads(progress(visitor, 5, 68))
    assert not CsvStore(data, FRAMEWORK).read().assessments[0].deep
