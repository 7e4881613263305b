"""The framework as frozen types: roles, levels, items, levers, rules; ids must resolve."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from assessment.errors import Private, Refused, template
from assessment.model.base import (
    NOT_APPLICABLE,
    UNKNOWN,
    Answers,
    Frozen,
    Scale,
    Sourced,
    refer,
    stand_once,
)
from assessment.model.deep import DeepAnswers
from assessment.model.lenses import NOBODY, UNCLEAR, Lenses, LensItem

_UNKNOWN_DECISION = template("unknown decision '{found}'; expected one of {expected}")


class Role(Sourced):
    """A role that may decide; `stands_for` lists the seats it holds beside its own."""

    stands_for: tuple[str, ...] = ()


class Level(Sourced):
    """One of the five decision levels: who decides there, is consulted, must not decide."""

    decides: tuple[str, ...]
    decides_without_po: tuple[str, ...]
    consulted: tuple[str, ...]
    must_not_decide: tuple[str, ...]


class Module(Frozen):
    """A step of the check; `seat` names the role whose absence its signals betray."""

    id: str
    seat: str | None = None


class Item(Sourced):
    """A question or a warning signal, with its weight (1 to 3) on the levels it speaks about."""

    module: str
    scale: str
    needs_role: str | None = None
    weights: Mapping[str, Annotated[int, Field(ge=1, le=3)]]
    lever: str


class Lever(Sourced):
    """Something a company can do first; `owners` are the roles whose move it is."""

    owners: tuple[str, ...]


class Cap(Frozen):
    """A primary item whose health is under `below` keeps its level at `stage` at most."""

    below: float
    stage: int


class PressureFloors(Frozen):
    """Pressures (0 to 100) from which a seat is watched, and from which it looks empty."""

    watch: float
    empty: float


class Rules(Frozen):
    """The numbers of the scoring rules; see the method page for their meaning.

    `counted_module` is the module whose yes answers are counted, `po_seat` the role without which
    a level's `decides_without_po` decide. `leaders` read several squads at once; a lever that most
    of these share is the first one's move.
    """

    counted_module: str
    po_seat: str
    least_coverage: float
    least_scored_levels: int
    stage_floors: tuple[float, ...]
    primary_weight: int
    least_pressure_answers: int
    pressure_floors: PressureFloors
    early_warning_item: str
    early_warning_health: float
    levers_shown: int
    leaders: tuple[str, ...]
    caps: tuple[Cap, ...]


class Framework(Frozen):
    """Everything the product asks and how it weighs it; order of every tuple is meaningful.

    It `reads` what was answered under earlier versions: ids of answers mean the same there.
    """

    version: str
    reads: tuple[str, ...] = ()
    roles: tuple[Role, ...]
    levels: tuple[Level, ...]
    scales: tuple[Scale, ...]
    rules: Rules
    modules: tuple[Module, ...]
    items: tuple[Item, ...]
    levers: tuple[Lever, ...]
    lenses: Lenses = Lenses()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for kind in ("roles", "levels", "scales", "modules", "items", "levers"):
            stand_once(kind, [entry.id for entry in getattr(self, kind)])
        known: dict[str, Collection[str]] = {
            "roles": self.role_ids,
            "levels": self.level_ids,
            "levers": self.lever_by_id,
            "items": self.item_ids,
            "modules": [module.id for module in self.modules],
            "scales": [scale.id for scale in self.scales],
            "lenses": self.lenses.lens_ids,
        }
        for table, owner, kind, ids in self._references():
            refer(f"{table}: '{owner}'", ids, known[kind])
        for level in self.levels:
            if not self.primary_items(level.id):
                raise ValueError(f"levels: '{level.id}' has no primary item")
        stand_once("lenses", [*self.item_ids, *self.lenses.columns])
        known["scales"] = self.scale_by_id
        for kind, owner, ids in self.lenses.references():
            refer(f"{kind}: '{owner}'", ids, known[kind])
        return self

    def _references(self) -> Iterable[tuple[str, str, str, Iterable[str]]]:
        """What the core refers to: the table and the entry that do, the kind, the ids."""
        yield from (("roles", role.id, "roles", role.stands_for) for role in self.roles)
        for field in ("decides", "decides_without_po", "consulted", "must_not_decide"):
            for level in self.levels:
                yield f"levels.{field}", level.id, "roles", getattr(level, field)
        for module in self.modules:
            yield "modules", module.id, "roles", [module.seat] if module.seat else []
        yield from (("levers", lever.id, "roles", lever.owners) for lever in self.levers)
        for item in self.items:
            yield "items", item.id, "roles", [item.needs_role] if item.needs_role else []
            yield "items", item.id, "modules", [item.module]
            yield "items", item.id, "scales", [item.scale]
            yield "items", item.id, "levers", [item.lever]
            yield "items", item.id, "levels", item.weights
        yield "rules", "early_warning_item", "items", [self.rules.early_warning_item]
        yield "rules", "counted_module", "modules", [self.rules.counted_module]
        yield "rules", "po_seat", "roles", [self.rules.po_seat]
        yield "rules", "leaders", "roles", self.rules.leaders

    @cached_property
    def item_by_id(self) -> Mapping[str, Item]:
        """Items by id, in framework order."""
        return {item.id: item for item in self.items}

    @cached_property
    def lever_by_id(self) -> Mapping[str, Lever]:
        """Levers by id, in framework order."""
        return {lever.id: lever for lever in self.levers}

    @cached_property
    def scale_by_id(self) -> Mapping[str, Scale]:
        """Scales by id, those of the lenses included."""
        return {scale.id: scale for scale in (*self.scales, *self.lenses.scales)}

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
        """Item ids, in framework order."""
        return tuple(item.id for item in self.items)

    @cached_property
    def weights(self) -> tuple[tuple[float, ...], ...]:
        """Items × levels: how much each item says about each level, 0 where nothing."""
        return tuple(
            tuple(item.weights.get(level, 0) for level in self.level_ids) for item in self.items
        )

    @cached_property
    def version_with_lenses(self) -> str:
        """What is stored as `framework` with an assessment that answers a lens."""
        return f"{self.version}+{self.lenses.version}" if self.lenses.version else self.version

    @cached_property
    def core_versions(self) -> tuple[str, ...]:
        """The versions whose answers to the core are read, its own first."""
        return (self.version, *self.reads)

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """The core's versions that are read, with each version of the lenses and without any."""
        lenses = (self.lenses.version, *self.lenses.reads) if self.lenses.version else ()
        behind = ("", *(f"+{version}" for version in lenses))
        return tuple(f"{core}{version}" for core in self.core_versions for version in behind)

    @cached_property
    def options_by_item(self) -> Mapping[str, tuple[str, ...]]:
        """Every option id an item accepts, `unknown` and `not-applicable` included."""
        return {item.id: self._options(item) for item in self.items}

    def _options(self, item: Item | LensItem) -> tuple[str, ...]:
        options = [*self.scale_by_id[item.scale].health, UNKNOWN]
        if isinstance(item, Item) and item.needs_role:
            options.append(NOT_APPLICABLE)
        return tuple(options)

    def scale_of(self, item_id: str) -> Scale:
        """The scale that an item is answered on."""
        return self.scale_by_id[self.item_by_id[item_id].scale]

    def best_option(self, item_id: str) -> str:
        """The healthiest answer to an item, the first of equals."""
        health = self.scale_of(item_id).health
        return max(health, key=lambda option: health[option])

    def health(self, item_id: str, option_id: str) -> float | None:
        """Health in [0, 1] of an option of an item; None for `unknown` and `not-applicable`."""
        return self.scale_of(item_id).health.get(option_id)

    def seat_of(self, item_id: str) -> str | None:
        """The seat whose absence a signal betrays; None for an item that is no such signal."""
        module = self.item_by_id[item_id].module
        return next(known.seat for known in self.modules if known.id == module)

    def items_of(self, module_id: str) -> tuple[Item, ...]:
        """The items one step of the check asks, in order."""
        return tuple(item for item in self.items if item.module == module_id)

    @property
    def counted_items(self) -> tuple[Item, ...]:
        """The questions whose yes answers are counted, in order."""
        return self.items_of(self.rules.counted_module)

    def primary_items(self, level_id: str) -> tuple[Item, ...]:
        """The items a level is mainly about: those whose weight caps its stage."""
        primary = self.rules.primary_weight
        return tuple(item for item in self.items if item.weights.get(level_id) == primary)

    @cached_property
    def lens_options_by_item(self) -> Mapping[str, tuple[str, ...]]:
        """Every option id a lens item accepts, `unknown` included, by the item's id."""
        return {item.id: self._options(item) for item in self.lenses.items}

    @cached_property
    def deciders(self) -> tuple[str, ...]:
        """What may be answered to who decides: roles, else nobody or unclear."""
        return (*self.role_ids, NOBODY, UNCLEAR)

    def check_role(self, role: str | None) -> None:
        """Raise Refused when a role is told and the framework lacks it."""
        if role is not None and role not in self.role_ids:
            raise Refused(
                "unknown role '{role}'; expected one of {expected} or empty",
                role=role,
                expected=", ".join(self.role_ids),
            )

    def check_decision(self, decision: str) -> None:
        """Raise Refused when the who-decides lens lacks a decision."""
        _check_known([decision], self.lenses.decision_by_id, _UNKNOWN_DECISION)

    def check_lever(self, lever: str) -> None:
        """Raise Refused when the framework lacks a lever."""
        unknown = template("unknown lever '{found}'; expected one of {expected}")
        _check_known([lever], self.lever_by_id, unknown)

    def check_answers(self, answers: Answers) -> None:
        """Raise Refused where an answer names an item or an option the framework lacks."""
        unknown = template("unknown question '{found}'; expected one of {expected}")
        for item, option in answers.items():
            _check_known([item], self.options_by_item, unknown)
            _check_option(item, option, self.options_by_item[item])

    def check_deep(self, deep: DeepAnswers) -> None:
        """Raise Refused where a deep answer names what the lenses lack, or is out of range."""
        lenses = self.lenses
        no_item = template(
            "unknown question '{found}' in the deep check; expected one of {expected}"
        )
        no_sign = template("unknown vital sign '{found}'; expected one of {expected}")
        not_kept = template("no mandate sentence is kept for '{found}'; expected one of {expected}")
        _check_known(deep.deciders, lenses.decision_by_id, _UNKNOWN_DECISION)
        _check_known(deep.options, lenses.item_by_id, no_item)
        _check_known(deep.signs, lenses.sign_by_id, no_sign)
        _check_known(deep.mandates, lenses.mandates, not_kept)
        for decision, roles in deep.deciders.items():
            for role in roles:
                self._check_decider(decision, role)
        for item, option in deep.options.items():
            _check_option(item, option, self.lens_options_by_item[item])
        for sign, value in deep.signs.items():
            lenses.sign_by_id[sign].check(value)

    def _check_decider(self, decision: str, role: str) -> None:
        if role not in self.deciders:
            raise Refused(
                "unknown role '{role}' for '{decision}'; expected some of {expected}",
                role=role,
                decision=decision,
                expected=", ".join(self.deciders),
            )


def _check_known(ids: Iterable[str], known: Collection[str], unknown: str) -> None:
    for unknown_id in ids:
        if unknown_id not in known:
            raise Refused(unknown, found=Private(unknown_id), expected=", ".join(known))


def _check_option(item: str, option: str, options: Collection[str]) -> None:
    if option not in options:
        raise Refused(
            "unknown option '{option}' for '{item}'; expected {expected} or empty",
            option=option,
            item=item,
            expected=", ".join(options),
        )
