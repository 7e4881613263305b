"""What the environment sets for the server: told at the start where it would be passed over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit import config

from assessment.__main__ import main
from assessment.errors import SetupError
from assessment.ui.server.settings import NAMES, VALUES, check_settings

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("WHO_DECIDES_DATAS", "WHO_DECIDES_DATA"),
        ("WHO_DECIDES_DATABASE_URI", "WHO_DECIDES_DATABASE_URL"),
        ("WHO_DECIDES_BACKUP", "WHO_DECIDES_BACKUPS"),
        ("who_decides_metrics", "WHO_DECIDES_METRICS"),
    ],
)
def test_a_name_like_one_of_the_settings_is_told_with_the_one_that_is_meant(
    name: str, meant: str
) -> None:
    with pytest.raises(SetupError, match=f"^{name} is set, .*; if {meant} is meant") as told:
        check_settings({name: "s3cret"})

    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "value"), [("WHO_DECIDES_LOG", "xml"), ("WHO_DECIDES_METRICS", "2")]
)
def test_a_value_that_would_be_passed_over_is_told_with_what_is_expected(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(config, "set_option", lambda *_: None)  # it would outlast this test

    assert main(["serve"]) == 2

    expected = {"WHO_DECIDES_LOG": "json", "WHO_DECIDES_METRICS": "0 / 1"}[name]
    told = f"{name} has a value that it does not take; expected {expected}, or nothing\n"
    assert capsys.readouterr().err == told


def test_what_is_set_as_it_should_be_and_by_others_is_passed() -> None:
    for name in NAMES:
        check_settings({name: "", **{each: "1" for each in NAMES if each not in VALUES}})
    for name, values in VALUES.items():
        for value in values:
            check_settings({name: f" {value.upper()}\n"})
    by_kubernetes = ("SERVICE_HOST", "PORT", "PORT_80_TCP_ADDR", "DATABASE_PORT", "DATA_PORT")
    check_settings({f"WHO_DECIDES_{name}": "tcp://10.0.0.1:80" for name in by_kubernetes})


def test_the_table_in_the_docs_names_every_setting_and_no_other() -> None:
    page = (PROJECT / "docs/operating.md").read_text("utf-8")
    table = page.partition("\n## Settings in the environment\n")[2].partition("\n## ")[0]
    source = "\n".join(file.read_text("utf-8") for file in (PROJECT / "assessment").rglob("*.py"))

    assert sorted(re.findall(r"^\| `(WHO_DECIDES_\w+)` \|", table, re.MULTILINE)) == sorted(NAMES)
    assert set(re.findall(r"\"(WHO_DECIDES_\w+[A-Z])\"", source)) == set(NAMES)
