"""Imports point one way, streamlit stays at the edge, pages stay short; read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS = (
    # Outermost first; a module imports from its own layer or from one further in.
    ("app",),
    ("pages",),
    ("assessment.ui", "assessment.__main__", "assessment.commands.transfer"),
    ("assessment.charts", "assessment.exchange.imports", "assessment.reports"),
    (
        "assessment.access.rights",
        "assessment.forms.action",
        "assessment.wording.actions",
        "assessment.wording.action_tables",
        "assessment.rounds.actions",
        "assessment.rounds.comparison",
        "assessment.content.files",
        "assessment.deep",
        "assessment.deep",
        "assessment.scoring.diagnosis",
        "assessment.rounds.disagreement",
        "assessment.content.edition",
        "assessment.rounds.actions",
        "assessment.content.loading",
        "assessment.access.invitations",
        "assessment.forms.fields",
        "assessment.languages",
        "assessment.rounds.leadership",
        "assessment.access.links",
        "assessment.model.playbook",
        "assessment.access.guarded_store",
        "assessment.rounds.results",
        "assessment.rounds.history",
        "assessment.exchange.sample",
        "assessment.commands.scorecards",
        "assessment.scoring.levels",
        "assessment.wording.playbook_search",
        "assessment.wording.results",
        "assessment.forms.setup",
        "assessment.access.share_code",
        "assessment.scoring.role_levels",
        "assessment.storage",
        "assessment.forms.check",
        "assessment.wording.result_tables",
        "assessment.scoring.voices",
    ),
    ("assessment.model", "assessment.errors"),
)
MAY_REACH_OUT = (
    # Within the core; whatever else lies there is pure.
    "assessment.content.files",
    "assessment.content.loading",
    "assessment.languages",
    "assessment.model.playbook",
    "assessment.exchange.sample",
    "assessment.storage",
)
ENTRIES = {"app", "assessment.__main__"}
GUARDS = ("gathered", "shell", "stored", "shared_links")
"""Modules of assessment.ui that ask who is there before they hand out anything stored."""
MAY_IMPORT_STREAMLIT = ("app", "pages", "assessment.ui")
LONGEST_PAGE = 45


# Reading the source -------------------------------------------------------------------------------


def sources() -> dict[str, str]:
    """Every module of the product with its source."""
    files = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "assessment").rglob("*.py")]
    return {module_name(file.relative_to(ROOT)): file.read_text("utf-8") for file in files}


def module_name(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(source: str) -> set[str]:
    """The dotted names a module imports, wherever in it; `from a import b` counts as a.b."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where they point"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def imports_among(modules: Mapping[str, str]) -> dict[str, set[str]]:
    """Which of the modules each of them imports."""
    return {
        module: {
            found
            for name in imported_names(source)
            if (found := longest_known(name, modules)) and found != module
        }
        for module, source in modules.items()
    }


def longest_known(name: str, modules: Iterable[str]) -> str | None:
    """The module a dotted name reaches: itself, or the one that holds it."""
    known = set(modules)
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name or None


def belongs(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def layer(module: str) -> int | None:
    """How far in a module lies; None for the bare package and for a module without a place."""
    return next((depth for depth, names in enumerate(LAYERS) if belongs(module, names)), None)


def cycle_in(imports: Mapping[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring, or none."""
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return []
        for each in sorted(imports.get(module, ())):
            if ring := visit(each, [*path, module]):
                return ring
        done.add(module)
        return []

    return next((ring for module in sorted(imports) if (ring := visit(module, []))), [])


# The rules ----------------------------------------------------------------------------------------


def test_every_module_has_its_place() -> None:
    # A new module is added to LAYERS by whoever writes it, on purpose.
    assert [
        module for module in sources() if layer(module) is None and module != "assessment"
    ] == []


def test_imports_point_one_way() -> None:
    pointing_back = [
        f"{module} → {target}"
        for module, targets in imports_among(sources()).items()
        for target in targets
        if (layer(target) or 0) < (layer(module) or 0) and target != "assessment"
    ]

    assert pointing_back == []


def test_modules_import_each_other_in_no_ring() -> None:
    # A package's __init__ is imported with each of its modules: not a ring by itself.
    packages = {
        module_name(f.relative_to(ROOT)) for f in (ROOT / "assessment").rglob("__init__.py")
    }
    imports = {
        module: targets - packages
        for module, targets in imports_among(sources()).items()
        if module not in packages
    }

    assert imports["assessment.rounds.history"] >= {
        "assessment.scoring.levels",
        "assessment.scoring.diagnosis",
    }
    assert cycle_in(imports) == []


def test_nobody_imports_an_entry() -> None:
    importers = {
        module for module, targets in imports_among(sources()).items() if targets & ENTRIES
    }

    assert importers == set()


def test_only_app_pages_and_ui_import_streamlit() -> None:
    importing = {
        module
        for module, source in sources().items()
        if any(belongs(name, ["streamlit"]) for name in imported_names(source))
    }

    assert importing
    assert [module for module in importing if not belongs(module, MAY_IMPORT_STREAMLIT)] == []


def test_the_core_reads_no_clock_no_file_and_no_environment() -> None:
    core = layer("assessment.scoring.levels")
    assert core is not None
    modules = {
        name: source
        for name, source in sources().items()
        if (layer(name) or 0) >= core and not belongs(name, MAY_REACH_OUT)
    }
    reaching_out = {"os", "pathlib", "time", "random", "io", "requests", "socket", "subprocess"}

    assert {"assessment.rounds.history", "assessment.model.names"} <= modules.keys()
    for name, source in modules.items():
        imported = {each.partition(".")[0] for each in imported_names(source)}
        assert imported & reaching_out == set(), name
        calls = {
            node.func.attr
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert calls & {"now", "today", "utcnow"} == set(), name


def test_page_files_lie_in_sub_folders_of_pages() -> None:
    # With flat pages/*.py, Streamlit's old page discovery serves them without running app.py.
    assert list((ROOT / "pages").glob("*.py")) == []
    assert len(list((ROOT / "pages").glob("*/*.py"))) >= 6
    assert list((ROOT / "pages").glob("*/*/**/*.py")) == []


def test_page_files_are_short() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines())
        for file in [ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]
    }

    assert {file: length for file, length in lengths.items() if length > LONGEST_PAGE} == {}


def page_sources() -> dict[str, str]:
    return {name: source for name, source in sources().items() if belongs(name, ["pages"])}


@pytest.mark.parametrize("page", sorted(page_sources()))
def test_a_page_asks_the_gate_before_it_does_anything(page: str) -> None:
    body = [
        ast.unparse(node)
        for node in ast.parse(page_sources()[page]).body
        if not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
    ]

    assert body[0] == "here = reader()"
    assert body[1].startswith("admit(here, to=")


def test_only_those_who_guard_it_reach_the_whole_store() -> None:
    importers = {
        module
        for module, source in sources().items()
        if any(
            belongs(name, ["assessment.ui.guard.unguarded_store"])
            for name in imported_names(source)
        )
    }

    assert importers <= {f"assessment.ui.{name}" for name in GUARDS}
    assert "assessment.ui.guard.stored" in importers


def test_files_are_offered_in_one_place_which_asks_again_at_the_click() -> None:
    offering = {name for name, source in sources().items() if "download_button(" in source}

    assert offering == {"assessment.ui.parts.downloads"}


@pytest.mark.parametrize("module", sorted(sources()))
def test_a_module_opens_with_a_sentence_that_says_what_it_owns(module: str) -> None:
    docstring = ast.get_docstring(ast.parse(sources()[module])) or ""
    first = docstring.partition("\n")[0]

    assert first.endswith((".", "?")), f"{module}: {first!r}"


# The rules can fail -------------------------------------------------------------------------------

FAULTY = {
    "assessment.model": "import assessment.errors",
    "assessment.errors": "def late():\n    from assessment import model",
    "assessment.scoring.levels": "from assessment.ui.session.keys import CHOICE\nimport streamlit.testing as t",
    "assessment.ui.session.keys": "",
}


def test_an_import_inside_a_function_is_seen() -> None:
    assert imports_among(FAULTY)["assessment.errors"] == {"assessment.model"}


def test_a_ring_is_found() -> None:
    assert cycle_in(imports_among(FAULTY)) == [
        "assessment.errors",
        "assessment.model",
        "assessment.errors",
    ]


def test_an_import_that_points_back_is_found() -> None:
    (target,) = imports_among(FAULTY)["assessment.scoring.levels"]

    assert target == "assessment.ui.session.keys"
    assert layer(target) == 2
    assert layer("assessment.scoring.levels") == 4
    assert "streamlit.testing" in imported_names(FAULTY["assessment.scoring.levels"])
