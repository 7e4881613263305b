"""The framework as data: what framework.md binds, and what happens to a broken content file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from assessment.content.edition import check_shipped_content, edition_in
from assessment.content.files import CONTENT
from assessment.content.loading import (
    framework_from,
    shipped_framework,
    texts_from,
)
from assessment.errors import ContentError, Refused
from assessment.languages import LANGUAGES
from assessment.model import Framework

FRAMEWORK = shipped_framework()

ITEMS_TABLE = """
mandates-clear        questions  clarity   2 2 2 1 1 write-mandates     B
rituals-decide        questions  clarity   0 1 2 1 1 decide-in-rituals  B
single-channel        questions  clarity   0 0 3 2 1 single-channel     B
po-sets-strategy      pm-missing frequency 2 3 0 0 0 seat-a-pm          A
backlog-by-requests   pm-missing frequency 0 2 0 2 0 evidence-first     A
trade-offs-mid-sprint pm-missing frequency 0 1 3 1 0 arbitrate-upstream A
vision-not-restated   pm-missing frequency 3 1 0 0 0 restate-vision     A
po-explains-direction pm-missing frequency 2 0 0 1 0 seat-a-pm          A
pm-writes-tickets     po-missing frequency 0 0 0 2 2 seat-a-po          A
pm-runs-sprint        po-missing frequency 0 0 0 1 3 seat-a-po          A
discovery-squeezed    po-missing frequency 0 2 0 1 0 evidence-first     A
questions-queue       po-missing frequency 0 0 0 3 1 delegate-calls     A
late-scope            po-missing frequency 0 0 1 1 3 protect-the-sprint A
unclear-rework        po-missing frequency 0 0 0 1 3 protect-the-sprint A
"""

LEVELS_TABLE = """
vision      | lead cpo pm   | lead cpo pm   | cto po          | po em tl team
strategy    | cpo cto pm    | cpo cto pm    | lead po em tl   | po team
arbitration | cpo cto pm    | cpo cto pm    | lead po em tl   | po team
daily       | po tl         | pm em tl      | pm em team      | lead cpo cto
delivery    | po em tl team | pm em tl team | cto pm          | lead cpo
"""


# What framework.md binds --------------------------------------------------------------------------


def test_the_items_are_framework_mds_table() -> None:
    levels = ("vision", "strategy", "arbitration", "daily", "delivery")
    rows = [line.split() for line in ITEMS_TABLE.strip().splitlines()]
    expected = [
        (row[0], row[1], row[2], dict(zip(levels, map(int, row[3:8]), strict=True)), *row[8:])
        for row in rows
    ]

    table = [
        (
            item.id,
            item.module,
            item.scale,
            {level: item.weights.get(level, 0) for level in levels},
            item.lever,
            " ".join(item.sources),
        )
        for item in FRAMEWORK.items
    ]

    assert len(expected) == 14
    assert table == expected
    assert FRAMEWORK.item_ids == tuple(row[0] for row in rows)


def test_the_levels_are_framework_mds_table() -> None:
    rows = [line.split("|") for line in LEVELS_TABLE.strip().splitlines()]

    assert [
        (
            level.id,
            *map(
                set,
                (
                    level.decides,
                    level.decides_without_po,
                    level.consulted,
                    level.must_not_decide,
                ),
            ),
        )
        for level in FRAMEWORK.levels
    ] == [(row[0].strip(), *(set(cell.split()) for cell in row[1:])) for row in rows]


def test_version_roles_and_levers_are_framework_mds() -> None:
    assert FRAMEWORK.version == "core@1"
    assert FRAMEWORK.role_ids == ("lead", "cpo", "cto", "cpto", "pm", "po", "em", "tl", "team")
    assert {role.id: role.stands_for for role in FRAMEWORK.roles if role.stands_for} == {
        "cpto": ("cpo", "cto")
    }
    assert [lever.id for lever in FRAMEWORK.levers] == [
        "write-mandates",
        "decide-in-rituals",
        "single-channel",
        "seat-a-pm",
        "evidence-first",
        "arbitrate-upstream",
        "restate-vision",
        "seat-a-po",
        "delegate-calls",
        "protect-the-sprint",
    ]


def test_the_scales_are_framework_mds() -> None:
    assert {scale.id: dict(scale.health) for scale in FRAMEWORK.scales} == {
        "clarity": {"yes": 1, "partly": 0.5, "no": 0},
        "frequency": {"not-seen": 1, "sometimes": 0.5, "often": 0},
    }


def test_the_rules_are_framework_mds() -> None:
    rules = FRAMEWORK.rules

    assert rules.least_coverage == 0.5
    assert rules.least_scored_levels == 3
    assert rules.stage_floors == (0, 25, 50, 75)
    assert rules.primary_weight == 3
    assert [(cap.below, cap.stage) for cap in rules.caps] == [(0.25, 2), (0.75, 3)]
    assert rules.least_pressure_answers == 3
    assert (rules.pressure_floors.watch, rules.pressure_floors.empty) == (25, 50)
    assert rules.early_warning_item == "po-explains-direction"
    assert rules.early_warning_health == 0.25
    assert rules.levers_shown == 3


def test_every_level_has_its_primary_items() -> None:
    assert {
        level: [i.id for i in FRAMEWORK.primary_items(level)] for level in FRAMEWORK.level_ids
    } == {
        "vision": ["vision-not-restated"],
        "strategy": ["po-sets-strategy"],
        "arbitration": ["single-channel", "trade-offs-mid-sprint"],
        "daily": ["questions-queue"],
        "delivery": ["pm-runs-sprint", "late-scope", "unclear-rework"],
    }


def test_the_steps_look_for_the_seats() -> None:
    assert [(module.id, module.seat) for module in FRAMEWORK.modules] == [
        ("questions", None),
        ("pm-missing", "pm"),
        ("po-missing", "po"),
    ]
    assert [len(FRAMEWORK.items_of(module.id)) for module in FRAMEWORK.modules] == [3, 5, 6]


def test_items_that_name_a_role_may_not_apply_without_it() -> None:
    assert {item.id: item.needs_role for item in FRAMEWORK.items if item.needs_role} == {
        "po-sets-strategy": "po",
        "po-explains-direction": "po",
        "pm-writes-tickets": "pm",
        "pm-runs-sprint": "pm",
    }
    assert {
        item for item, options in FRAMEWORK.options_by_item.items() if "not-applicable" in options
    } == {"po-sets-strategy", "po-explains-direction", "pm-writes-tickets", "pm-runs-sprint"}


def test_every_item_offers_its_scale_then_unknown() -> None:
    assert FRAMEWORK.options_by_item["mandates-clear"] == ("yes", "partly", "no", "unknown")
    assert FRAMEWORK.options_by_item["late-scope"] == ("not-seen", "sometimes", "often", "unknown")
    assert FRAMEWORK.options_by_item["pm-runs-sprint"] == (
        "not-seen",
        "sometimes",
        "often",
        "unknown",
        "not-applicable",
    )
    assert FRAMEWORK.health("late-scope", "unknown") is None
    assert FRAMEWORK.health("pm-runs-sprint", "not-applicable") is None
    assert FRAMEWORK.health("late-scope", "often") == 0


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            {"rituals-decide": "oui"},
            "unknown option 'oui' for 'rituals-decide'; expected yes, partly, no, unknown or empty",
        ),
        (
            {"late-scope": "not-applicable"},
            "unknown option 'not-applicable' for 'late-scope'; "
            "expected not-seen, sometimes, often, unknown or empty",
        ),
        (
            {"pm-runs-sprint": ""},
            "unknown option '' for 'pm-runs-sprint'; "
            "expected not-seen, sometimes, often, unknown, not-applicable or empty",
        ),
    ],
)
def test_an_option_the_item_lacks_is_refused(answers: dict[str, str], message: str) -> None:
    with pytest.raises(Refused) as refused:
        FRAMEWORK.check_answers({"mandates-clear": "yes"} | answers)

    assert str(refused.value) == message


def test_an_item_the_framework_lacks_is_refused() -> None:
    with pytest.raises(
        Refused, match="unknown question 'mandates'; expected one of mandates-clear, "
    ):
        FRAMEWORK.check_answers({"mandates": "yes"})


# Texts --------------------------------------------------------------------------------------------


def texts_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a language with its place."""
    match value:
        case str():
            yield path, value
        case BaseModel():
            for name in type(value).model_fields:
                yield from texts_in(getattr(value, name), f"{path}.{name}")
        case dict():
            for key, entry in value.items():
                yield from texts_in(entry, f"{path}.{key}")
        case tuple():
            for number, entry in enumerate(value):
                yield from texts_in(entry, f"{path}.{number}")
        case _:
            raise TypeError(f"{path}: {value!r}")


def test_every_language_has_a_text_in_the_same_places() -> None:
    check_shipped_content()
    places = {
        language: {
            # An agenda may take more lines in one language than in the other.
            re.sub(r"(agenda)\.\d+$", r"\1", path)
            for path, text in texts_in(edition_in(language).texts)
            if text.strip()
        }
        for language in LANGUAGES
    }

    assert [language for language in places if places[language] != places["en"]] == []
    # 14 items with 5 texts, 10 levers with 4, 5 levels with 7, 9 roles with 5, 4 stages with 2,
    # 3 modules with 2, 2 scales, 7 options and 2 that do not apply
    core = 70 + 40 + 35 + 45 + 8 + 6 + 2 + 7 + 2
    # 8 lenses with 3 texts, 9 options, 40 items with 2, 19 decisions with 2, 3 signs with 4,
    # 6 mandates, 3 companies with 2, 7 findings with 2
    lenses = 24 + 9 + 80 + 38 + 12 + 6 + 6 + 14
    assert len(places["en"]) == core + lenses


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_blank_or_ragged(language: str) -> None:
    ragged = [
        path
        for path, text in texts_in(edition_in(language).texts)
        if not text or text != text.strip() or "  " in text or "\n" in text
    ]

    assert ragged == []


def test_no_french_text_has_an_ordinary_space_before_its_high_punctuation() -> None:
    loose = [
        (path, text)
        for path, text in texts_in(edition_in("fr").texts)
        if re.search(r" [?!;:»]|« |'", text)
    ]

    assert loose == []


TOLD_BY_HAND = [
    ("14 questions", 14, len(FRAMEWORK.items)),
    ("fourteen answers", 14, len(FRAMEWORK.items)),
    ("three questions", 3, len(FRAMEWORK.counted_items)),
    ("eleven signals", 11, sum(FRAMEWORK.seat_of(item) is not None for item in FRAMEWORK.item_ids)),
    ("five levels", 5, len(FRAMEWORK.levels)),
    ("five decision levels", 5, len(FRAMEWORK.levels)),
    ("two seats: PM and PO", 2, sum(module.seat is not None for module in FRAMEWORK.modules)),
    ('gettext("eight")', 8, len(FRAMEWORK.lenses.lenses)),
    ('gettext("seven")', 7, len(FRAMEWORK.lenses.lenses) - 1),  # the mandates would tell who wrote
]


@pytest.mark.parametrize(("phrase", "told", "asked"), TOLD_BY_HAND)
def test_a_number_that_texts_tell_in_words_is_how_many_there_are(
    phrase: str, told: int, asked: int
) -> None:
    root = CONTENT.parent.parent
    files = [*root.glob("assessment/**/*.py"), *root.glob("pages/**/*.py"), root / "README.md"]
    texts = {path: path.read_text("utf-8").lower() for path in (*files, CONTENT / "text.en.toml")}

    places = [str(path.relative_to(root)) for path in texts if phrase.lower() in texts[path]]

    assert places
    assert told == asked, f"“{phrase}” stands in {places}, and in every language"


def test_french_high_punctuation_never_touches_its_word() -> None:
    glued = [
        (path, text)
        for path, text in texts_in(edition_in("fr").texts)
        if re.search(r"[^\u00a0\u202f?!][?!;:]", text)
    ]

    assert glued == []


def test_the_two_languages_share_nothing_but_titles_of_roles_and_rituals() -> None:
    english, french = (dict(texts_in(edition_in(language).texts)) for language in ("en", "fr"))

    alike = {text for path, text in english.items() if french.get(path) == text and " " in text}

    assert alike == {
        "Chief Product Officer",
        "Chief Technology Officer",
        "Product Manager",
        "Product Owner",
        "Engineering Manager",
        "Tech Lead",
        "North Star",
        "Product Review",
        "Tech Council",
        "Roadmap Sync",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_clauses_can_stand_inside_a_sentence(language: str) -> None:
    texts = edition_in(language).texts
    clauses = [
        clause for item in texts.items.values() for clause in (item.sometimes, item.often)
    ] + [clause for level in texts.levels.values() for clause in level.stages]
    names = ("PO ", "PM ", "CPO ", "CTO ", "CPTO ")

    assert [
        clause
        for clause in clauses
        if clause.endswith((".", "!", "?", ";"))
        or (clause[0].isupper() and not clause.startswith(names))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_trouble_at_its_worst_reads_unlike_trouble_by_halves(language: str) -> None:
    texts = edition_in(language).texts

    assert [item for item, text in texts.items.items() if text.sometimes == text.often] == []
    assert all(len(set(level.stages)) == 4 for level in texts.levels.values())


# Broken content -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def replaced(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_whatever_names_an_entry_that_stands_nowhere_is_refused() -> None:
    lenses, whole = FRAMEWORK.lenses, FRAMEWORK.model_dump_json()
    core = (FRAMEWORK.roles, FRAMEWORK.levels, FRAMEWORK.items, FRAMEWORK.levers)
    kinds = (*core, FRAMEWORK.modules, FRAMEWORK.scales, lenses.lenses, lenses.scales)
    ids = {entry.id for kind in kinds for entry in kind}
    named = re.compile(r'"(?:id|asks)":"[^"]*"|"mandates":\[|"([\w-]+)"')

    references = [match for match in named.finditer(whole) if match[1] in ids]

    assert len(references) > 200
    for match in references:
        broken = f'{whole[: match.start()]}"nowhere"{whole[match.end() :]}'
        with pytest.raises(ValidationError, match="refers to unknown 'nowhere'"):
            Framework.model_validate_json(broken)


def test_an_untouched_copy_loads(folder: Path) -> None:
    assert framework_from(folder) == FRAMEWORK
    assert texts_from(folder, "fr", FRAMEWORK) == edition_in("fr").texts


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param(
            'lever = "seat-a-pm"',
            'lever = "seat-the-pm"',
            "framework.toml: -: Value error, items: 'po-sets-strategy' refers to unknown "
            "'seat-the-pm'",
            id="unknown lever",
        ),
        pytest.param(
            "weights = { vision = 2, strategy = 3 }",
            "weights = { visoin = 2, strategy = 3 }",
            "items: 'po-sets-strategy' refers to unknown 'visoin'",
            id="unknown level",
        ),
        pytest.param(
            'module = "pm-missing"\nscale = "frequency"',
            'module = "pm-missing"\nscale = "frequencies"',
            "items: 'po-sets-strategy' refers to unknown 'frequencies'",
            id="unknown scale",
        ),
        pytest.param(
            '\nmodule = "questions"',
            '\nmodule = "question"',
            "items: 'mandates-clear' refers to unknown 'question'",
            id="unknown module",
        ),
        pytest.param(
            'counted_module = "questions"',
            'counted_module = "question"',
            "rules: 'counted_module' refers to unknown 'question'",
            id="unknown counted module",
        ),
        pytest.param(
            'po_seat = "po"',
            'po_seat = "owner"',
            "rules: 'po_seat' refers to unknown 'owner'",
            id="unknown seat of the PO",
        ),
        pytest.param(
            'needs_role = "po"',
            'needs_role = "owner"',
            "items: 'po-sets-strategy' refers to unknown 'owner'",
            id="unknown role of an item",
        ),
        pytest.param(
            'owners = ["cpo", "cto"]',
            'owners = ["cpo", "ceo"]',
            "levers: 'write-mandates' refers to unknown 'ceo'",
            id="unknown owner",
        ),
        pytest.param(
            'decides = ["lead", "cpo", "pm"]',
            'decides = ["board", "cpo", "pm"]',
            "levels.decides: 'vision' refers to unknown 'board'",
            id="unknown decider",
        ),
        pytest.param(
            'early_warning_item = "po-explains-direction"',
            'early_warning_item = "po-explains"',
            "rules: 'early_warning_item' refers to unknown 'po-explains'",
            id="unknown early warning",
        ),
        pytest.param(
            "weights = { vision = 3, strategy = 1 }",
            "weights = { vision = 2, strategy = 1 }",
            "levels: 'vision' has no primary item",
            id="no primary item",
        ),
        pytest.param(
            'id = "rituals-decide"',
            'id = "mandates-clear"',
            "items: id 'mandates-clear' stands twice",
            id="an id twice",
        ),
        pytest.param(
            "weights = { vision = 2, strategy = 3 }",
            "weights = { vision = 2, strategy = 4 }",
            "framework.toml: items.3.weights.strategy: Input should be less than or equal to 3",
            id="weight out of range",
        ),
        pytest.param(
            'needs_role = "po"',
            'need_role = "po"',
            "framework.toml: items.3.need_role: Extra inputs are not permitted",
            id="misspelt key",
        ),
        pytest.param(
            'version = "core@1"',
            "",
            "framework.toml: version: Field required",
            id="missing key",
        ),
        pytest.param(
            'version = "core@1"',
            "version = core@1",
            "framework.toml: -: Invalid value (at line 5, column 11)",
            id="syntax",
        ),
    ],
)
def test_a_broken_framework_is_refused_with_file_key_and_reason(
    folder: Path, old: str, new: str, reason: str
) -> None:
    replaced(folder, "framework.toml", old, new)

    with pytest.raises(ContentError) as refused:
        framework_from(folder)

    message = str(refused.value)
    assert message.startswith("framework.toml: ")
    assert reason in message
    assert message.endswith("; correct the file and start again")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param(
            "[items.late-scope]",
            "[items.late-scopes]",
            "text.fr.toml: items.late-scope: missing",
            id="missing item",
        ),
        pytest.param(
            '"partly" = "En partie"\n',
            "",
            "text.fr.toml: options.partly: missing",
            id="missing option",
        ),
        pytest.param(
            '"unknown" =',
            '"maybe" = "Peut-être"\n"unknown" =',
            "text.fr.toml: options.maybe: not in the framework",
            id="surplus option",
        ),
        pytest.param(
            "[levers.seat-a-po]\ntitle",
            "[levers.seat-a-po]\nheading",
            "text.fr.toml: levers.seat-a-po.title: Field required",
            id="missing text",
        ),
        pytest.param(
            "[levers.seat-a-po]\n",
            '[levers.seat-a-po]\nowner = "cpo"\n',
            "text.fr.toml: levers.seat-a-po.owner: Extra inputs are not permitted",
            id="extra key",
        ),
        pytest.param(
            "[stages.4]",
            "[stages.5]",
            "text.fr.toml: stages.5",
            id="surplus stage",
        ),
        pytest.param(
            "[options]",
            "[options",
            "text.fr.toml: -: ",
            id="syntax",
        ),
    ],
)
def test_broken_texts_are_refused_with_file_key_and_reason(
    folder: Path, old: str, new: str, reason: str
) -> None:
    replaced(folder, "text.fr.toml", old, new)

    with pytest.raises(ContentError) as refused:
        texts_from(folder, "fr", FRAMEWORK)

    assert reason in str(refused.value)
    assert str(refused.value).endswith("; correct the file and start again")


def test_a_missing_file_is_refused(folder: Path) -> None:
    (folder / "text.fr.toml").unlink()

    with pytest.raises(ContentError, match=r"text\.fr\.toml: -: .*No such file"):
        texts_from(folder, "fr", FRAMEWORK)


def test_a_file_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / "framework.toml").write_bytes(b'version = "\xe9"\n')

    with pytest.raises(ContentError, match=r"framework\.toml: -: .*utf-8"):
        framework_from(folder)
