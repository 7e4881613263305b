"""Data out of one app and into another, by hand: download, upload, preview, one click."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.exchange.filled_in import file_to_fill_in
from assessment.languages import LANGUAGES
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import Record, by_kind
from tests.browser.server import settled
from tests.browser.visitor import PHONE, visit
from tests.builders import action, assessment, deep_assessment, setup

FRAMEWORK = shipped_framework()


@pytest.mark.parametrize(
    ("language", "menu", "download", "add", "done"),
    [
        (
            "en",
            "Download",
            "Download everything (ZIP)",
            "Add 2 checks, 1 setup and 1 action",
            "Entries added: 4.",
        ),
        (
            "fr",
            "Télécharger",
            "Tout télécharger (ZIP)",
            "Ajouter 2 diagnostics, 1 organisation et 1 action",
            "Éléments ajoutés : 4.",
        ),
    ],
)
def test_what_is_downloaded_is_previewed_and_added_again(
    browser: Browser,
    app: str,
    data: Path,
    tmp_path: Path,
    language: str,
    menu: str,
    download: str,
    add: str,
    done: str,
) -> None:
    everything: list[Record] = [
        assessment(squad="Équipe <b>"),
        deep_assessment(),
        setup(),
        action(note="=1"),
    ]
    store = CsvStore(data, FRAMEWORK)
    store.add(everything)
    page = visit(browser, app, f"data?lang={language}", language=language).page
    page.get_by_role("button", name=menu, exact=True).click()
    with page.expect_download() as downloaded:
        page.get_by_role("button", name=download).click()
    file = tmp_path / "kept" / downloaded.value.suggested_filename
    downloaded.value.save_as(file)
    for kind in by_kind([]):
        store.path(kind).unlink(missing_ok=True)  # nobody opened a round or made a link
    page.reload()
    settled(page)

    page.locator("input[type=file]").set_input_files(file)

    button = page.get_by_role("button", name=add)
    expect(button).to_be_visible()
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(5)
    expect(table).to_contain_text("setups.csv")
    expect(table).to_contain_text("Équipe <b>")
    assert store.read().records == (), "a preview writes nothing"
    button.click()
    expect(page.get_by_text(done)).to_be_visible()
    settled(page)
    assert by_kind(store.read().records) == by_kind(everything)
    expect(page.get_by_role("button", name=add)).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_the_preview_of_a_row_that_could_not_be_read_is_not_cut(
    browser: Browser, app: str, data: Path, tmp_path: Path, language: str
) -> None:
    separator = LANGUAGES[language].separator
    example = file_to_fill_in(edition_in(language), date(2026, 11, 3), separator=separator)
    file = tmp_path / "to-fill-in.csv"
    file.write_bytes(example)
    page = visit(browser, app, "data", language=language, viewport=PHONE).page

    page.locator("input[type=file]").set_input_files(file)

    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(2)
    assert table.evaluate("table => table.offsetWidth <= table.parentElement.clientWidth")


def test_a_squad_is_renamed_in_a_dialog_and_back_by_undo_wherever_the_page_stands(
    browser: Browser, app: str, data: Path
) -> None:
    store = CsvStore(data, FRAMEWORK)
    store.add([assessment(squad="Atlas"), setup(squad="Atlas")])
    page = visit(browser, app, "data", viewport=PHONE).page
    page.get_by_role("button", name="One squad's data…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").click()
    page.get_by_role("option", name="Atlas").click()
    dialog.get_by_label("New name").fill("Boréal")
    dialog.get_by_label("New name").press("Enter")
    dialog.get_by_role("button", name="Rename the squad").click()

    expect(dialog).to_have_count(0)
    notice = page.get_by_text("Renamed to “Boréal”. Entries moved: 2.")
    expect(notice).to_be_in_viewport()
    settled(page)
    assert [record.squad for record in store.read().squad_records] == ["Boréal"] * 2
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: it is as it was before.")).to_be_in_viewport()
    assert [record.squad for record in store.read().squad_records] == ["Atlas"] * 2


def test_rows_of_the_list_are_selected_by_keyboard_and_deleted(
    browser: Browser, app: str, data: Path
) -> None:
    store = CsvStore(data, FRAMEWORK)
    second, first = assessment(squad="Atlas"), assessment(squad="Boréal")
    store.add([second, first])
    page = visit(browser, app, "data").page
    page.get_by_label("Search what is stored").focus()
    for _step in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[data-testid=stDataFrame]') !== null"):
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    button = page.get_by_role("button", name="Delete 1 check…")
    expect(button).to_be_visible()
    settled(page)
    button.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Yes, delete").press("Enter")
    expect(page.get_by_text("Entries deleted: 1.")).to_be_visible()
    assert store.read().records == (first,)
