"""What the docs name exists, and what exists for people to type or set is named in the docs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.__main__ import main
from assessment.access.policy import Access

PROJECT = Path(__file__).resolve().parents[1]
DOCS = [
    PROJECT / name
    for name in ("README.md", "CONTRIBUTING.md", "docs/operating.md", "docs/architecture.md")
]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
CODE = "\n".join(
    block or span for block, span in re.findall(r"```.*?\n(.*?)```|`([^`]+)`", TEXT, re.DOTALL)
)
"""What the docs set as code, blocks and spans."""


def source(folder: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((PROJECT / folder).rglob("*.py")))


def help_of(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    return capsys.readouterr().out


def test_the_commands_in_the_docs_are_those_of_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed = re.search(r"\{([a-z,]+)\}", help_of(capsys))
    assert listed
    commands = set(listed[1].split(","))

    assert set(re.findall(r"python -m assessment ([a-z]+)", CODE)) == commands


def test_the_options_in_the_docs_are_those_of_the_commands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    option = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
    commands = re.findall(r"python -m assessment ([a-z]+)", CODE)
    options = {name for command in commands for name in option.findall(help_of(capsys, command))}

    assert {*option.findall(CODE), "--help"} == options


def test_the_recipes_make_every_folder_that_they_name() -> None:
    recipes = (PROJECT / "docs/operating.md").read_text("utf-8").partition("\n## Recipes")[2]
    made = re.findall(
        r"^(?:useradd|install) .*-d .*?(/srv\S+)$|-d (/srv\S+)", recipes, re.MULTILINE
    )

    named = {"/srv/" + name for name in re.findall(r"/srv/([\w-]+)", recipes)}
    assert named == {"/srv/who-decides", "/srv/backups"}
    assert named <= {folder for pair in made for folder in pair}


def test_the_targets_in_the_docs_are_those_of_the_makefile() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))

    assert set(phony[1].split()) == targets
    assert set(re.findall(r"\bmake ([a-z]+)", CODE)) == targets


def test_the_variables_in_the_docs_are_those_that_the_app_reads() -> None:
    variable = re.compile(r"\bWHO_DECIDES_[A-Z_]*[A-Z]")

    assert set(variable.findall(TEXT)) == set(variable.findall(source("assessment")))


def test_the_variables_that_tests_read_are_in_the_docs_or_set_by_the_makefile() -> None:
    code = CODE + (PROJECT / "Makefile").read_text(encoding="utf-8")
    read = set(re.findall(r"environ\.get\(\"([A-Z]+)\"\)", source("tests")))

    assert read == set(re.findall(r"\b([A-Z]{2,})=[a-z0-9]", code))


def test_the_settings_of_access_in_the_docs_are_those_that_it_takes() -> None:
    example = (PROJECT / "docs/secrets.example.toml").read_text(encoding="utf-8")
    table = example.partition("\n[access]\n")[2].partition("\n[")[0]

    assert set(re.findall(r"^(?:# )?([a-z_]+) = ", table, re.MULTILINE)) == set(Access.model_fields)


def test_the_modules_that_the_page_on_decisions_names_are_there() -> None:
    text = (PROJECT / "docs/decisions.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)\b", text)
    folders = (PROJECT / folder for folder in ("assessment", "pages", "tests"))
    modules = [str(path) for folder in folders for path in folder.rglob("*.py")]

    assert named
    assert [
        name for name in named if not any(module.endswith(f"/{name}") for module in modules)
    ] == []


@pytest.mark.parametrize("page", DOCS, ids=[path.name for path in DOCS])
def test_the_files_that_a_page_links_to_are_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_what_make_runs_in_python_before_the_app_can_be_run() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    (script,) = re.findall(r"python -c '(.+)'", makefile)

    subprocess.run([sys.executable, "-c", script], cwd=PROJECT, check=True)  # noqa: S603 - ours
