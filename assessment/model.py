"""The words of the domain as frozen types: framework, texts, assessment; no I/O."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from assessment.errors import Refused, template

Article: TypeAlias = Literal["A", "B", "C"]
Answers: TypeAlias = Mapping[str, str]
"""Item id to option id; an unanswered item is absent."""

UNKNOWN = "unknown"
NOT_APPLICABLE = "not-applicable"

LONGEST_NAME = 80
LONGEST_NOTE = 2_000


class Frozen(BaseModel):
    """A value that cannot change and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# The framework -----------------------------------------------------------------------------------


class Role(Frozen):
    """A role that may decide; `stands_for` lists the seats it holds beside its own."""

    id: str
    stands_for: tuple[str, ...] = ()
    sources: tuple[Article, ...]


class Level(Frozen):
    """One of the five decision levels: who decides there, is consulted, must not decide."""

    id: str
    decides: tuple[str, ...]
    decides_without_po: tuple[str, ...]
    consulted: tuple[str, ...]
    must_not_decide: tuple[str, ...]
    sources: tuple[Article, ...]


class Option(Frozen):
    """An answer on a scale; `health` is in [0, 1] and 1 is good."""

    id: str
    health: float = Field(ge=0, le=1)


class Scale(Frozen):
    """The options an item is answered with, best first."""

    id: str
    options: tuple[Option, ...]

    @cached_property
    def health(self) -> Mapping[str, float]:
        """Health in [0, 1] by option id."""
        return MappingProxyType({option.id: option.health for option in self.options})


class Module(Frozen):
    """A step of the check; `seat` names the role whose absence its signals betray."""

    id: str
    seat: str | None = None


class Item(Frozen):
    """A question or a warning signal, with its weight (1 to 3) on the levels it speaks about."""

    id: str
    module: str
    scale: str
    needs_role: str | None = None
    weights: Mapping[str, Annotated[int, Field(ge=1, le=3)]]
    lever: str
    sources: tuple[Article, ...]


class Lever(Frozen):
    """Something a company can do first; `owners` are the roles whose move it is."""

    id: str
    owners: tuple[str, ...]
    sources: tuple[Article, ...]


class Cap(Frozen):
    """A primary item whose health is under `below` keeps its level at `stage` at most."""

    below: float
    stage: int


class PressureFloors(Frozen):
    """Pressures (0 to 100) from which a seat is watched, and from which it looks empty."""

    watch: float
    empty: float


class Rules(Frozen):
    """The numbers of the scoring rules; see the method page for their meaning."""

    least_coverage: float
    least_scored_levels: int
    stage_floors: tuple[float, ...]
    primary_weight: int
    least_pressure_answers: int
    pressure_floors: PressureFloors
    early_warning_item: str
    early_warning_health: float
    levers_shown: int
    caps: tuple[Cap, ...]


class Framework(Frozen):
    """Everything the product asks and how it weighs it; order of every tuple is meaningful."""

    version: str
    roles: tuple[Role, ...]
    levels: tuple[Level, ...]
    scales: tuple[Scale, ...]
    rules: Rules
    modules: tuple[Module, ...]
    items: tuple[Item, ...]
    levers: tuple[Lever, ...]

    @model_validator(mode="after")
    def _references_resolve(self) -> Framework:
        for kind in ("roles", "levels", "scales", "modules", "items", "levers"):
            ids = [entry.id for entry in getattr(self, kind)]
            for entry in ids:
                if ids.count(entry) > 1:
                    raise ValueError(f"{kind}: id '{entry}' stands twice")
        roles = {role.id for role in self.roles}
        self._refers("roles", {r.id: r.stands_for for r in self.roles}, roles)
        for field in ("decides", "decides_without_po", "consulted", "must_not_decide"):
            self._refers(f"levels.{field}", {x.id: getattr(x, field) for x in self.levels}, roles)
        self._refers("modules", {m.id: [m.seat] for m in self.modules if m.seat}, roles)
        self._refers("levers", {lever.id: lever.owners for lever in self.levers}, roles)
        items = self.items
        self._refers("items", {i.id: [i.needs_role] for i in items if i.needs_role}, roles)
        self._refers("items", {i.id: [i.module] for i in items}, {m.id for m in self.modules})
        self._refers("items", {i.id: [i.scale] for i in items}, {s.id for s in self.scales})
        self._refers("items", {i.id: [i.lever] for i in items}, {x.id for x in self.levers})
        self._refers("items", {i.id: i.weights for i in items}, {x.id for x in self.levels})
        self._refers(
            "rules",
            {"early_warning_item": [self.rules.early_warning_item]},
            {i.id for i in items},
        )
        for level in self.levels:
            if not self.primary_items(level.id):
                raise ValueError(f"levels: '{level.id}' has no primary item")
        return self

    @staticmethod
    def _refers(kind: str, references: Mapping[str, object], known: set[str]) -> None:
        for owner, names in references.items():
            for name in names:  # type: ignore[attr-defined]
                if name not in known:
                    raise ValueError(f"{kind}: '{owner}' refers to unknown '{name}'")

    @cached_property
    def item_by_id(self) -> Mapping[str, Item]:
        """Items by id, in framework order."""
        return MappingProxyType({item.id: item for item in self.items})

    @cached_property
    def lever_by_id(self) -> Mapping[str, Lever]:
        """Levers by id, in framework order."""
        return MappingProxyType({lever.id: lever for lever in self.levers})

    @cached_property
    def scale_by_id(self) -> Mapping[str, Scale]:
        """Scales by id."""
        return MappingProxyType({scale.id: scale for scale in self.scales})

    @cached_property
    def role_ids(self) -> tuple[str, ...]:
        """Role ids, in framework order."""
        return tuple(role.id for role in self.roles)

    @cached_property
    def level_ids(self) -> tuple[str, ...]:
        """Level ids, in the order every chart and table keeps."""
        return tuple(level.id for level in self.levels)

    @cached_property
    def item_ids(self) -> tuple[str, ...]:
        """Item ids, in framework order, which is also the order of the CSV columns."""
        return tuple(item.id for item in self.items)

    @cached_property
    def options_by_item(self) -> Mapping[str, tuple[str, ...]]:
        """Every option id an item accepts, `unknown` and `not-applicable` included."""
        return MappingProxyType({item.id: self._options(item) for item in self.items})

    def _options(self, item: Item) -> tuple[str, ...]:
        scale = tuple(option.id for option in self.scale_by_id[item.scale].options)
        return (*scale, UNKNOWN, *([NOT_APPLICABLE] if item.needs_role else []))

    def health(self, item_id: str, option_id: str) -> float | None:
        """Health in [0, 1] of an option of an item; None for `unknown` and `not-applicable`."""
        return self.scale_by_id[self.item_by_id[item_id].scale].health.get(option_id)

    def items_of(self, module_id: str) -> tuple[Item, ...]:
        """The items one step of the check asks, in order."""
        return tuple(item for item in self.items if item.module == module_id)

    def primary_items(self, level_id: str) -> tuple[Item, ...]:
        """The items a level is mainly about: those whose weight caps its stage."""
        primary = self.rules.primary_weight
        return tuple(item for item in self.items if item.weights.get(level_id) == primary)

    def check_role(self, role: str | None) -> None:
        """Raise Refused when a role is told and the framework lacks it."""
        if role is not None and role not in self.role_ids:
            raise Refused(
                template("unknown role '{role}'; expected one of {expected} or empty"),
                role=role,
                expected=", ".join(self.role_ids),
            )

    def check_answers(self, answers: Answers) -> None:
        """Raise Refused where an answer names an item or an option the framework lacks."""
        for item_id, option_id in answers.items():
            options = self.options_by_item.get(item_id)
            if options is None:
                raise Refused(
                    template("unknown item '{item}'; expected one of {expected}"),
                    item=item_id,
                    expected=", ".join(self.item_ids),
                )
            if option_id not in options:
                raise Refused(
                    template(
                        "unknown option '{option}' for '{item}'; expected {expected} or empty"
                    ),
                    option=option_id,
                    item=item_id,
                    expected=", ".join(options),
                )


# Texts of the framework, one set per language -----------------------------------------------------


Text: TypeAlias = Annotated[str, StringConstraints(pattern=r"\S")]


class LevelText(Frozen):
    """A level's name, a shorter one for charts, what is decided there, and a clause per stage."""

    name: Text
    short: Text
    decided: Text
    stages: tuple[Text, Text, Text, Text]


class StageText(Frozen):
    """A maturity stage's name and what a squad at that stage lives through."""

    name: Text
    meaning: Text


class RoleText(Frozen):
    """A role's name, the short form used in lists, what it carries and never carries."""

    name: Text
    short: Text
    carries: Text
    never: Text


class ModuleText(Frozen):
    """The title of a step and one sentence saying what it looks for."""

    title: Text
    intro: Text


class ItemText(Frozen):
    """An item's wording.

    `short` is a label of a few words; `sometimes` and `often` are clauses in lower case,
    fit to follow "because", that state the trouble at health 0.5 and at health 0.
    """

    short: Text
    question: Text
    why: Text
    sometimes: Text
    often: Text


class LeverText(Frozen):
    """A lever's wording: title, what to do, the step for the next 30 days, a copyable agenda."""

    title: Text
    text: Text
    step: Text
    agenda: tuple[Text, ...]


class Texts(Frozen):
    """Every text of the framework in one language, by id."""

    levels: Mapping[str, LevelText]
    stages: Mapping[Literal["1", "2", "3", "4"], StageText]
    roles: Mapping[str, RoleText]
    modules: Mapping[str, ModuleText]
    options: Mapping[str, Text]
    not_applicable: Mapping[str, Text]
    items: Mapping[str, ItemText]
    levers: Mapping[str, LeverText]


# What people tell us ------------------------------------------------------------------------------

_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _control_characters(text: str, *, allowed: str = "") -> list[str]:
    if text.isprintable():
        return []
    return [
        character
        for character in text
        if character not in allowed and unicodedata.category(character) in {"Cc", "Cs"}
    ]


def single_line(text: str) -> str:
    """A name as people write it on one line: trimmed, at most 80 characters; else Refused."""
    unfit = _control_characters(text) or [
        character
        for character in text
        if character in _DIRECTION_MARKS or unicodedata.category(character) in {"Zl", "Zp"}
    ]
    if unfit:
        raise Refused(
            template("the name contains a control character ({code}); remove it"),
            code=f"U+{ord(unfit[0]):04X}",
        )
    trimmed = text.strip()
    if len(trimmed) > LONGEST_NAME:
        raise Refused(
            template("the name has {length} characters; keep it to {most}"),
            length=len(trimmed),
            most=LONGEST_NAME,
        )
    return trimmed if name_key(trimmed) else ""


def squad_name(text: str) -> str:
    """A squad's name, trimmed; Refused when empty, too long or carrying control characters."""
    name = single_line(text) if text.strip() else ""
    if not name:
        raise Refused(template("the squad's name is empty; write the name your team uses"))
    return name


def alias(text: str | None) -> str | None:
    """A voice's alias, trimmed, or None when it is blank; Refused like a squad's name."""
    return (single_line(text) or None) if text else None


def note_text(text: str) -> str:
    """A note as written, at most 2,000 characters, line breaks and tabs allowed; else Refused."""
    unfit = _control_characters(text, allowed="\n\r\t")
    if unfit:
        raise Refused(
            template("the note contains a control character ({code}); remove it"),
            code=f"U+{ord(unfit[0]):04X}",
        )
    if len(text) > LONGEST_NOTE:
        raise Refused(
            template("the note has {length} characters; keep it to {most}"),
            length=len(text),
            most=LONGEST_NOTE,
        )
    return text


def past_date(day: date, *, today: date) -> date:
    """The date of a check; Refused when it lies after `today`."""
    if day > today:
        raise Refused(template("the date {day} is in the future; choose today or earlier"), day=day)
    return day


def name_key(name: str) -> str:
    """What spellings of one name share: case, encoding, spaces and invisible marks do not count."""
    seen = name
    if not name.isprintable():
        seen = "".join(c for c in name if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFC", seen).casefold().split())


_BARE_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


def sort_key(name: str) -> tuple[str, str]:
    """Where a name stands in an alphabetical list: accents only break ties."""
    key = name_key(name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    return bare.translate(_BARE_LETTERS), key


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


class Assessment(Frozen):
    """One voice's answers about one squad on one day.

    `voice` is an optional alias, `role` an optional role id; `answers` holds option
    ids by item id, unanswered items absent.
    """

    assessment_id: UUID
    saved_at: Annotated[AwareDatetime, AfterValidator(_in_utc)]
    assessed_on: date
    squad: Annotated[str, AfterValidator(squad_name)]
    voice: Annotated[str | None, AfterValidator(alias)] = None
    role: str | None = None
    framework: str
    note: Annotated[str, AfterValidator(note_text)] = ""
    answers: Mapping[str, str] = Field(default_factory=dict)

    @property
    def moment(self) -> tuple[date, datetime]:
        """When it speaks of, then when it was saved."""
        return self.assessed_on, self.saved_at

    @cached_property
    def squad_key(self) -> str:
        """The squad whatever its spelling."""
        return name_key(self.squad)

    @cached_property
    def voice_key(self) -> str:
        """The voice whatever its spelling; a voice without alias is always its own."""
        return f"alias {name_key(self.voice)}" if self.voice else f"id {self.assessment_id}"
