"""What a visitor is told when the product's own content is broken."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.errors import ContentError
from assessment.ui import shell
from assessment.ui.guard import stored
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session import page_files
from tests.pages.app import PROJECT, app_on
from tests.pages.visitors import everything


def test_no_browser_translates_the_pages(empty_store: Path) -> None:
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30).run()
    sent = everything(app)
    assert "document.documentElement.translate = false" in sent
    assert "notranslate" in sent


def test_a_session_waits_longer_than_the_deep_check_takes() -> None:
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["disconnectedSessionTTL"] > 15 * 60


def test_broken_content_is_told_with_file_key_and_reason_and_nothing_else_is_shown(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ContentError(
            "{file}: {key}: {reason}", file="text.fr.toml", key="items.late-scope", reason="missing"
        )

    shell.prepare.forget()
    monkeypatch.setattr(shell, "check_shipped_content", broken)
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30).run()
    (error,) = app.error
    assert error.value.replace("\\", "") == "text.fr.toml: items.late-scope: missing"
    assert not app.exception
    assert not app.title


def test_what_is_stored_is_read_and_pooled_before_the_first_visitor(full_store: Path) -> None:
    for cached in (shell.prepare, stored._visible, stored._history):
        cached.forget()
    shell.prepare()

    version = unguarded_store().read().version
    (seen,) = [slot.made[0] for slot in stored._visible._slots.values()]
    assert stored._visible.holds(version, True)
    assert stored._history.holds(seen.version, "month")
    app_on(page_files.SQUAD)
    assert (len(stored._visible), len(stored._history)) == (1, 1)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "There is no page “quik-check” here; this is where the app begins."),
        ("fr", "Il n’y a pas de page « quik-check » ici ; voici la première page"),
    ],
)
def test_a_page_that_is_not_there_is_told_in_the_readers_language(
    empty_store: Path, language: str, sentence: str
) -> None:
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
    app.query_params["lang"] = language
    app.query_params["unknown"] = "quik-check"
    app.run()

    shown = app.info[0].value.replace("\\", "").replace("\u202f", " ").replace("\u2060", "")
    assert shown.startswith(sentence)
    assert "unknown" not in app.query_params
