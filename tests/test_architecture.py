"""Imports point one way, streamlit stays at the edge, pages stay short; read from the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Set
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ROOMS: Mapping[str, tuple[str, ...]] = {
    # Each room with all that it may import besides itself and `errors`, as docs/architecture.md
    # tells it. A name with a dot is one module of a room.
    "app": ("ui",),
    "pages": ("ui", "wording", "rounds"),
    "errors": (),
    "project": (),
    "languages": (),
    "model": (),
    "content": ("model", "languages"),
    "scoring": ("model",),
    "storage": ("model",),
    "charts": ("languages", "model"),
    "rounds": ("model", "scoring"),
    "access": ("model", "storage.protocol", "storage.kinds"),
    "forms": ("model", "scoring"),
    "exchange": ("project", "model", "storage", "access", "content"),
    "wording": ("content", "languages", "model", "rounds", "scoring"),
    "reports": ("wording", "charts", "exchange", "languages"),
    "commands": (
        "project",
        "model",
        "exchange",
        "storage",
        "scoring",
        "rounds",
        "access",
        "content",
    ),
    "__main__": ("project", "storage", "commands", "ui"),
    "ui": (
        "project",
        "languages",
        "model",
        "content",
        "scoring",
        "storage",
        "charts",
        "rounds",
        "access",
        "forms",
        "exchange",
        "wording",
        "reports",
    ),
}
UI_ROOMS = (
    "session",
    "guard",
    "parts",
    "results",
    "learn",
    "manage",
    "check",
    "rounds",
    "room",
    "home",
    "shell",
    "server",
)
"""Inside `ui`, lowest first: a room imports only from those before it."""

MAY_REACH_OUT = (
    # Outside these, `ui`, `reports` and `commands`, whatever there is reads no clock and no file.
    "assessment.content",
    "assessment.languages",
    "assessment.exchange",
    "assessment.storage",
)
REACHING_OUT = ("app", "pages", "__main__", "project", "ui", "commands", "reports")
ENTRIES = {"app", "assessment.__main__"}
MAY_IMPORT_STREAMLIT = ("app", "pages", "assessment.ui")
LONGEST_PAGE = 45


# Reading the source -------------------------------------------------------------------------------


@cache
def sources() -> Mapping[str, str]:
    """Every module of the product with its source."""
    files = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "assessment").rglob("*.py")]
    return {module_name(file.relative_to(ROOT)): file.read_text("utf-8") for file in files}


def module_name(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported_names(source: str) -> Set[str]:
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
            module_met
            for name in imported_names(source)
            if (module_met := longest_known(name, modules)) and module_met != module
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


def room_of(module: str) -> str | None:
    """The room a module lies in; None for the bare package and for a module without a room."""
    first, _, rest = module.partition(".")
    room = first if first != "assessment" else rest.partition(".")[0]
    return room if room in ROOMS else None


def ui_room_of(module: str) -> str | None:
    """The room inside `ui` a module lies in; None for modules elsewhere."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["assessment", "ui"] and len(parts) > 2 else None


def may_import(importer: str, target: str) -> bool:
    """Whether the table lets one module import another."""
    room, other = room_of(importer), room_of(target)
    if room == other or other in (None, "errors"):
        return True
    names = {other, f"{other}.{target.split('.')[2]}" if target.count(".") > 1 else other}
    return room is not None and not names.isdisjoint(ROOMS[room])


def cycle_in(imports: Mapping[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring, or none."""
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return []
        for imported in sorted(imports.get(module, ())):
            if ring := visit(imported, [*path, module]):
                return ring
        done.add(module)
        return []

    return next((ring for module in sorted(imports) if (ring := visit(module, []))), [])


# The rules ----------------------------------------------------------------------------------------


def test_every_module_has_its_room() -> None:
    # A new room is added to ROOMS, and to docs/architecture.md, by whoever builds it, on purpose.
    homeless = [
        module for module in sources() if room_of(module) is None and module != "assessment"
    ]

    assert homeless == []


def test_scores_are_computed_from_arrays_not_from_frames() -> None:
    # A frame for one sheet's health took a third of the time of an answer's click.
    frames = [
        f"{module} → {name}"
        for module, source in sources().items()
        if room_of(module) in ("scoring", "rounds", "commands")
        for name in imported_names(source)
        if belongs(name, ("pandas", "altair"))
    ]

    assert frames == []


def test_rooms_import_only_what_the_table_lets_them() -> None:
    forbidden = [
        f"{module} → {target}"
        for module, targets in imports_among(sources()).items()
        for target in targets
        if not may_import(module, target)
    ]

    assert forbidden == []


def test_rooms_of_ui_import_only_from_those_below() -> None:
    upward = [
        f"{module} → {target}"
        for module, targets in imports_among(sources()).items()
        for target in targets
        if (room := ui_room_of(module))
        and (other := ui_room_of(target))
        and UI_ROOMS.index(other) > UI_ROOMS.index(room)
    ]

    assert {ui_room_of(module) for module in sources()} - {None} == set(UI_ROOMS)
    assert upward == []


def test_rooms_import_each_other_in_no_ring() -> None:
    among: dict[str, set[str]] = {}
    for module, targets in imports_among(sources()).items():
        room = room_of(module)
        others = {other for target in targets if (other := room_of(target)) and other != room}
        among.setdefault(room or "", set()).update(others)

    assert cycle_in(among) == []


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

    assert imports["assessment.rounds.round"] >= {
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
    modules = {
        name: source
        for name, source in sources().items()
        if room_of(name) not in REACHING_OUT and not belongs(name, MAY_REACH_OUT)
    }
    reaching_out = {"os", "pathlib", "time", "random", "io", "requests", "socket", "subprocess"}

    assert {"assessment.rounds.history", "assessment.model.names"} <= modules.keys()
    for name, source in modules.items():
        imported = {imported_name.partition(".")[0] for imported_name in imported_names(source)}
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

    assert body[0].removeprefix("reader = ").startswith("admit(to=")


def test_only_those_who_guard_it_reach_the_whole_store() -> None:
    importers = {
        module
        for module, source in sources().items()
        if any(
            belongs(name, ["assessment.ui.guard.whole_store"]) for name in imported_names(source)
        )
    }

    assert [module for module in importers if ui_room_of(module) != "guard"] == []
    assert "assessment.ui.guard.stored" in importers


def test_files_are_offered_in_one_place_which_asks_again_at_the_click() -> None:
    offering = {name for name, source in sources().items() if "download_button(" in source}

    assert offering == {"assessment.ui.parts.downloads"}


def test_every_module_opens_with_a_sentence_that_says_what_it_owns() -> None:
    docstrings = {
        name: ast.get_docstring(ast.parse(source)) or "" for name, source in sources().items()
    }
    first_lines = {name: text.partition("\n")[0] for name, text in docstrings.items()}

    assert [line for line in first_lines.items() if not line[1].endswith((".", "?"))] == []


def table_in_docs() -> dict[str, tuple[str, ...]]:
    """The rooms as docs/architecture.md tells them: what each may import."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = [line.split("|")[1:-1] for line in page.splitlines() if line.startswith("| `")]
    return {
        row[0].strip().strip("`"): tuple(re.findall(r"`([\w.]+)`", row[2]))
        for row in rows
        if len(row) == 4
    }


def test_the_page_on_architecture_tells_the_same_table() -> None:
    assert table_in_docs() == dict(ROOMS)


def test_the_page_on_architecture_names_files_that_exist() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    files = re.findall(r"`((?:\w+/)+\w+\.py)\b", page)

    assert len(files) > 20
    missing = [
        file
        for file in files
        if not any((ROOT / folder / file).exists() for folder in ("", "assessment"))
    ]
    assert missing == []


# The rules can fail -------------------------------------------------------------------------------

FAULTY = {
    "assessment.model": "import assessment.errors",
    "assessment.errors": "def late():\n    from assessment import model",
    "assessment.scoring.levels": (
        "from assessment.ui.session.keys import CHOICE\nimport streamlit.testing as t"
    ),
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
    assert not may_import("assessment.scoring.levels", target)
    assert may_import("assessment.scoring.levels", "assessment.model")
    assert "streamlit.testing" in imported_names(FAULTY["assessment.scoring.levels"])


def test_one_module_of_a_room_may_be_all_that_another_room_imports() -> None:
    assert may_import("assessment.access.rights", "assessment.storage.protocol")
    assert not may_import("assessment.access.rights", "assessment.storage.csv.store")
