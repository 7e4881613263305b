"""Data out of one app and into another, by hand: download, upload, preview, one click."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import Record, by_kind
from tests.browser.server import settled
from tests.browser.visitor import visit
from tests.builders import action, assessment, deep_assessment, setup

FRAMEWORK = shipped_framework()


@pytest.mark.parametrize(
    ("language", "download", "add", "done"),
    [
        (
            "en",
            "Download everything (ZIP)",
            "Add 2 assessments, 1 setup and 1 action",
            "Entries added: 4.",
        ),
        (
            "fr",
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
