"""A deep check in progress: what was told, what is refused of it, how far each lens is; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from assessment.errors import Refused, template
from assessment.model import (
    MANDATES,
    NOBODY,
    UNCLEAR,
    UNKNOWN,
    VITAL_SIGNS,
    WHO_DECIDES,
    Assessment,
    DeepAnswers,
    Framework,
    mandate_column,
    mandate_sentence,
    named_deciders,
)

SECONDS_PER_QUESTION = {WHO_DECIDES: 20, VITAL_SIGNS: 20, MANDATES: 20}
SECONDS_PER_ITEM = 10

Found = TypeVar("Found")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class DeepForm:
    """What the fields of the deep check hold, blank ones absent and nothing checked yet.

    The same shape as DeepAnswers.
    """

    deciders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, float] = field(default_factory=dict)
    mandates: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any((self.deciders, self.options, self.signs, self.mandates))


@dataclass(frozen=True, slots=True)
class Validated:
    """The answers a form holds, and by column (see `Lenses.columns`) why others are refused."""

    answers: DeepAnswers
    refusals: Mapping[str, Refused]


@dataclass(frozen=True, slots=True)
class LensProgress:
    """How far a lens is: of the questions it asks, how many are answered, how many unknown.

    A lens about a role that nobody holds does not apply, and asks nothing.
    """

    lens: str
    asked: int
    answered: int
    unknown: int

    @property
    def applies(self) -> bool:
        """Whether it has anything to ask in this squad."""
        return self.asked > 0

    @property
    def met(self) -> int:
        """How many questions have been met, be it with “I don't know”."""
        return self.answered + self.unknown

    @property
    def left(self) -> int:
        """How many questions have not been met yet, be it with “I don't know”."""
        return self.asked - self.met

    @property
    def minutes(self) -> int:
        """About how many minutes the questions left take: none only when none is left."""
        seconds = SECONDS_PER_QUESTION.get(self.lens, SECONDS_PER_ITEM) * self.left
        return max(1, round(seconds / 60)) if seconds else 0


def validate(form: DeepForm, framework: Framework, *, absent: Mapping[str, str]) -> Validated:
    """Every field judged by itself, so that one refusal costs no other answer.

    `absent` gives the roles that nobody holds in the squad's setup, by id, as the reader calls
    them. What was told to a lens that does not apply for lack of its role is left out.
    """
    lenses, refusals = framework.lenses, dict[str, Refused]()
    void = {lens.id for lens in lenses.lenses if lens.needs_role in absent}

    def taken(
        found: Mapping[str, Found],
        parse: Callable[[str, Found], Value],
        column: Callable[[str], str] = str,
    ) -> dict[str, Value]:
        values = {}
        for name, value in found.items():
            try:
                values[name] = parse(name, value)
            except Refused as refused:
                refusals[column(name)] = refused
        return values

    def decided(decision: str, named: tuple[str, ...]) -> tuple[str, ...]:
        roles = named_deciders(named)
        framework.check_deep(DeepAnswers(deciders={decision: roles}))
        _refuse_absent([role for role in roles if role in absent], absent)
        return roles

    def chosen(item: str, option: str) -> str:
        framework.check_deep(DeepAnswers(options={item: option}))
        return option

    def counted(sign: str, number: float) -> float:
        known = lenses.sign_by_id.get(sign)
        if known and not known.holds(number):
            raise Refused(
                template("{value} does not fit here; expected a whole number from 0 to {most}")
                if known.whole
                else template("{value} does not fit here; expected a number from 0 to {most}"),
                value=_as_written(number),
                most=_as_written(known.most),
            )
        framework.check_deep(DeepAnswers(signs={sign: number}))
        return number

    def written(role: str, text: str) -> str:
        sentence = mandate_sentence(text)
        framework.check_deep(DeepAnswers(mandates={role: sentence}))
        _refuse_absent([role] if role in absent else [], absent)
        return sentence

    options = {
        item: option
        for item, option in form.options.items()
        if item not in lenses.item_by_id or lenses.item_by_id[item].lens not in void
    }
    mandates = {role: text for role, text in form.mandates.items() if text.strip()}
    answers = DeepAnswers(
        deciders=taken({d: named for d, named in form.deciders.items() if named}, decided),
        options=taken(options, chosen),
        signs=taken(form.signs, counted),
        mandates=taken(mandates, written, mandate_column),
    )
    return Validated(answers, refusals)


def progress_of(
    framework: Framework, answers: DeepAnswers, *, absent: Mapping[str, str]
) -> tuple[LensProgress, ...]:
    """How far every lens is, in order."""
    told = dict(_told(answers))
    found = []
    for lens in framework.lenses.lenses:
        columns = [] if lens.needs_role in absent else columns_of(framework, lens.id, absent=absent)
        met = [told[column] for column in columns if column in told]
        unknown = sum(1 for value in met if value == UNKNOWN)
        found.append(LensProgress(lens.id, len(columns), len(met) - unknown, unknown))
    return tuple(found)


def columns_of(framework: Framework, lens_id: str, *, absent: Mapping[str, str]) -> Sequence[str]:
    """The columns of what a lens asks: no mandate of a role that nobody holds."""
    lenses = framework.lenses
    if lens_id == WHO_DECIDES:
        return tuple(lenses.decision_by_id)
    if lens_id == VITAL_SIGNS:
        return tuple(lenses.sign_by_id)
    if lens_id == MANDATES:
        return tuple(mandate_column(role) for role in lenses.mandates if role not in absent)
    return tuple(item.id for item in lenses.items_of(lens_id))


def deciders_after(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Who decides after a choice: nobody and unclear each stand alone, and the last choice counts.

    `before` is what was chosen until then, `now` what the choice made of it.
    """
    alone = [choice for choice in now if choice in (NOBODY, UNCLEAR)]
    if new := [choice for choice in alone if choice not in before]:
        return (new[-1],)
    return tuple(choice for choice in now if choice not in alone) or tuple(alone[-1:])


def with_deep(found: Assessment, deep: DeepAnswers, framework: Framework) -> Assessment:
    """An assessment with deep answers added: those it had are kept unless answered anew."""
    deep = together(found.deep, deep)
    return found.model_copy(update={"deep": deep, "framework": framework.version_with_lenses})


def together(had: DeepAnswers, deep: DeepAnswers) -> DeepAnswers:
    """Deep answers that were there before with those given since, which take their place."""
    return DeepAnswers(
        deciders={**had.deciders, **deep.deciders},
        options={**had.options, **deep.options},
        signs={**had.signs, **deep.signs},
        mandates={**had.mandates, **deep.mandates},
    )


def answered_anew(found: Assessment, deep: DeepAnswers) -> int:
    """How many of the answers an assessment has would be replaced by other ones."""
    had = dict(_told(found.deep))
    return sum(1 for column, value in _told(deep) if had.get(column, value) != value)


def _told(answers: DeepAnswers) -> Iterator[tuple[str, object]]:
    """Every answer by its column."""
    yield from answers.deciders.items()
    yield from answers.options.items()
    yield from answers.signs.items()
    yield from ((mandate_column(role), text) for role, text in answers.mandates.items())


def _as_written(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


def _refuse_absent(roles: Sequence[str], names: Mapping[str, str]) -> None:
    if roles:
        raise Refused(
            template("nobody holds this role in the squad's setup: {roles}; leave it out"),
            roles=", ".join(names[role] for role in roles),
        )
