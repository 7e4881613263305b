"""The deep check's content as frozen types: lenses, decisions, items, vital signs, findings."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field

from assessment.errors import Refused, template
from assessment.model.base import Frozen, Scale, Sourced

NOBODY = "nobody"
UNCLEAR = "unclear"

Asks = Literal["items", "decisions", "signs", "mandates"]


class Lens(Sourced):
    """A part of the deep check; `needs_role` names the role without which it has no object.

    `asks` says what it asks; one lens at most asks for decisions, for vital signs or for mandates.
    The type of company colours how a lens `by_company` is read.
    """

    asks: Asks = "items"
    by_company: bool = False
    needs_role: str | None = None


class Decision(Sourced):
    """An example decision of a level; `decides` replaces the level's deciders where it is given."""

    level: str
    decides: tuple[str, ...] = ()


class LensItem(Sourced):
    """A statement of a lens, answered on a scale; `lever` is what helps when it is in trouble."""

    lens: str
    scale: str
    lever: str


class VitalSign(Sourced):
    """A plain number that is followed, never scored; from 0 to `most`, whole where it counts."""

    most: float = Field(gt=0)
    whole: bool = False

    def holds(self, value: float) -> bool:
        """Whether a number can be this sign."""
        return 0 <= value <= self.most and (not self.whole or float(value).is_integer())

    def check(self, value: float) -> None:
        """Raise Refused when a number cannot be this sign."""
        if not self.holds(value):
            raise Refused(
                template("{value} cannot be '{sign}'; expected a whole number from 0 to {most}")
                if self.whole
                else template("{value} cannot be '{sign}'; expected a number from 0 to {most}"),
                value=f"{value:g}",
                sign=self.id,
                most=f"{self.most:g}",
            )


class FindingKind(Sourced):
    """A mismatch between who decides and who should; which lever answers it, level by level."""

    lever: str
    lever_by_level: Mapping[str, str] = Field(default_factory=dict)

    def lever_for(self, level: str | None) -> str:
        """The lever that answers it at a level, or in general."""
        return self.lever_by_level.get(level or "", self.lever)


class Escalation(Frozen):
    """The level whose matters are not for these roles to settle."""

    level: str = ""
    roles: tuple[str, ...] = ()


class Bottleneck(Frozen):
    """When one person is a bottleneck: named at every answered level, of which there are `levels`.

    They decide alone somewhere, and at a level that is not theirs or in this `share` of decisions.
    """

    levels: int = 3
    share: float = 0.75


class Lenses(Frozen):
    """Everything the deep check asks, in order; empty where a framework has no lenses.

    They read what was answered under the earlier versions in `reads`. `crowd` is the number of
    people from which a decision may be taken by a crowd, `clear` the share of voices who must name
    the same people for it to be clear, `many_people` the roles that are never one person;
    `mandates` names the roles whose mandate may be written as a sentence, `mandates_item` the item
    of the core that says whether mandates are clear.
    """

    version: str = ""
    reads: tuple[str, ...] = ()
    crowd: int = 4
    clear: float = 0.75
    bottleneck: Bottleneck = Bottleneck()
    many_people: tuple[str, ...] = ()
    escalation: Escalation = Escalation()
    mandates_item: str = ""
    scales: tuple[Scale, ...] = ()
    lenses: tuple[Lens, ...] = ()
    decisions: tuple[Decision, ...] = ()
    items: tuple[LensItem, ...] = ()
    signs: tuple[VitalSign, ...] = ()
    mandates: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    findings: tuple[FindingKind, ...] = ()

    @cached_property
    def lens_ids(self) -> tuple[str, ...]:
        """Lens ids, in order."""
        return tuple(lens.id for lens in self.lenses)

    @cached_property
    def lens_by_id(self) -> Mapping[str, Lens]:
        """Lenses by id, in order."""
        return {lens.id: lens for lens in self.lenses}

    def asking_for(self, asks: Asks) -> str:
        """The id of the lens that asks for decisions, vital signs or mandates; empty without it."""
        return next((lens.id for lens in self.lenses if lens.asks == asks), "")

    @cached_property
    def decision_by_id(self) -> Mapping[str, Decision]:
        """Decisions by id, in order."""
        return {decision.id: decision for decision in self.decisions}

    @cached_property
    def item_by_id(self) -> Mapping[str, LensItem]:
        """Lens items by id, in order."""
        return {item.id: item for item in self.items}

    @cached_property
    def sign_by_id(self) -> Mapping[str, VitalSign]:
        """Vital signs by id, in order."""
        return {sign.id: sign for sign in self.signs}

    @cached_property
    def finding_by_id(self) -> Mapping[str, FindingKind]:
        """Kinds of finding by id, in order."""
        return {finding.id: finding for finding in self.findings}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names deep answers are stored under, in order."""
        return (
            *self.decision_by_id,
            *self.item_by_id,
            *self.sign_by_id,
            *(mandate_column(role) for role in self.mandates),
        )

    def items_of(self, lens_id: str) -> tuple[LensItem, ...]:
        """The items of a lens, in order."""
        return tuple(item for item in self.items if item.lens == lens_id)

    def decisions_at(self, level_id: str) -> tuple[Decision, ...]:
        """The example decisions of a level, in order."""
        return tuple(decision for decision in self.decisions if decision.level == level_id)

    def references(self) -> Iterable[tuple[str, str, Iterable[str]]]:
        """What its entries refer to in the framework: the kind, who refers, the ids."""
        yield from (
            ("roles", lens.id, [lens.needs_role]) for lens in self.lenses if lens.needs_role
        )
        yield from (("levels", decision.id, [decision.level]) for decision in self.decisions)
        yield from (("roles", decision.id, decision.decides) for decision in self.decisions)
        yield from (("scales", item.id, [item.scale]) for item in self.items)
        yield from (("lenses", item.id, [item.lens]) for item in self.items)
        yield from (("levers", item.id, [item.lever]) for item in self.items)
        yield ("roles", "mandates", self.mandates)
        yield ("roles", "many_people", self.many_people)
        if self.escalation.level:
            yield ("levels", "escalation", [self.escalation.level])
            yield ("roles", "escalation", self.escalation.roles)
        if self.mandates_item:
            yield ("items", "mandates_item", [self.mandates_item])
        for finding in self.findings:
            yield ("levels", finding.id, finding.lever_by_level)
            yield ("levers", finding.id, [finding.lever, *finding.lever_by_level.values()])


def mandate_column(role: str) -> str:
    """The column that holds the mandate sentence of a role."""
    return f"mandate-{role}"
