"""What a visitor is told when the product's own content is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.errors import ContentError
from assessment.ui import shell
from tests.pages.app import PROJECT


def test_broken_content_is_told_with_file_key_and_reason_and_nothing_else_is_shown(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ContentError(
            "{file}: {key}: {reason}", file="text.fr.toml", key="items.late-scope", reason="missing"
        )

    shell._server.forget()
    monkeypatch.setattr(shell, "check_shipped_content", broken)
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30).run()
    (error,) = app.error
    assert error.value.replace("\\", "") == "text.fr.toml: items.late-scope: missing"
    assert not app.exception
    assert not app.title
