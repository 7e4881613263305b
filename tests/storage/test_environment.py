"""What the environment sets: told before anything else where it would be passed over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit import config

from assessment.__main__ import main
from assessment.errors import SetupError
from assessment.storage.environment import NAMES, VALUES, check_settings

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "name",
    [
        *("WHO_DECIDES_DATABASE", "WHO_DECIDES_DATABASE_URI", "WHO_DECIDES_DB_URL"),
        *("WHO_DECIDES_DATA_DIR", "WHO_DECIDES_DATA_FOLDER", "WHO_DECIDES_DATAS", "WHO_DECIDES_"),
        *("WHO_DECIDES_BACKUP_DIR", "WHO_DECIDES_LOG_FORMAT", "WHO_DECIDES_PORT"),
        *("WHO_DECIDES_DATA_PORT", "who_decides_metrics"),
    ],
)
def test_a_name_that_is_no_setting_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(SetupError, match=f"^{name} is set, but there is no such setting") as told:
        check_settings({name: "s3cret"})

    assert "WHO_DECIDES_DATA, WHO_DECIDES_DATABASE_URL, WHO_DECIDES_BACKUPS" in str(told.value)
    assert "s3cret" not in str(told.value)


def test_a_command_with_a_misspelt_setting_reads_no_other_store_than_the_one_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path / "data"))
    assert main(["verify"]) == 0
    capsys.readouterr()
    monkeypatch.setenv("WHO_DECIDES_DATABSE_URL", "postgresql://u:s3cret@host/database")

    for command in (["verify"], ["export", str(tmp_path / "all.zip")], ["retain", "--months", "1"]):
        assert main(command) == 2
        told = capsys.readouterr()
        assert told.err.startswith("WHO_DECIDES_DATABSE_URL is set, but there is no such setting")
        assert (told.out, [*tmp_path.iterdir()]) == ("", [tmp_path / "data"])


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("WHO_DECIDES_LOG", "xml", "json"),
        ("WHO_DECIDES_METRICS", "2", "0 / 1"),
        *(("WHO_DECIDES_EPHEMERAL", value, "0 / 1") for value in ("false", "no", "off", "true")),
    ],
)
def test_a_value_that_would_be_passed_over_is_told_with_what_is_expected(
    name: str,
    value: str,
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(config, "set_option", lambda *_: None)  # it would outlast this test

    assert main(["serve"]) == 2

    told = f"{name} has a value that it does not take; expected {expected}, or nothing\n"
    assert capsys.readouterr().err == told


def test_what_is_set_as_it_should_be_and_by_others_is_passed() -> None:
    for name in NAMES:
        check_settings({name: "", **{each: "1" for each in NAMES if each not in VALUES}})
    for name, values in VALUES.items():
        for value in values:
            check_settings({name: f" {value.upper()}\n"})
    for service in ("", "DATABASE_", "DATA_"):  # called who-decides, who-decides-database …
        of_kubernetes = {
            "SERVICE_HOST": "10.0.0.1",
            "SERVICE_PORT": "8501",
            "SERVICE_PORT_HTTP": "8501",
            "PORT": "tcp://10.0.0.1:8501",
            "PORT_8501_TCP": "tcp://10.0.0.1:8501",
            "PORT_8501_TCP_PROTO": "tcp",
            "PORT_8501_TCP_PORT": "8501",
            "PORT_8501_TCP_ADDR": "10.0.0.1",
            "PORT_53_UDP": "udp://10.0.0.1:53",
        }
        check_settings({f"WHO_DECIDES_{service}{k}": v for k, v in of_kubernetes.items()})
    check_settings({"WHO": "1", "WHO_DECIDE": "1"})


def test_the_table_in_the_docs_names_every_setting_and_no_other() -> None:
    page = (PROJECT / "docs/operating.md").read_text("utf-8")
    table = page.partition("\n## Settings in the environment\n")[2].partition("\n## ")[0]
    source = "\n".join(file.read_text("utf-8") for file in (PROJECT / "assessment").rglob("*.py"))

    assert sorted(re.findall(r"^\| `(WHO_DECIDES_\w+)` \|", table, re.MULTILINE)) == sorted(NAMES)
    assert set(re.findall(r"\"(WHO_DECIDES_\w+[A-Z])\"", source)) == set(NAMES)
