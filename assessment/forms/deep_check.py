"""A deep check in progress: what is answered, what is refused of it, how far each lens is; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from assessment.errors import Refused, template
from assessment.forms.fields import parse_field
from assessment.model import (
    NOBODY,
    UNCLEAR,
    UNKNOWN,
    Assessment,
    DeepAnswers,
    Framework,
    mandate_column,
    mandate_sentence,
    named_deciders,
)

SECONDS_PER_QUESTION = 20
SECONDS_PER_ITEM = 10


@dataclass(frozen=True, slots=True)
class DeepForm:
    """DeepAnswers as the fields of the form hold them: blank ones absent, nothing checked yet."""

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
class Progress:
    """How far a check is: of the questions it asks, how many are answered, how many unknown."""

    asked: int
    answered: int
    unknown: int


@dataclass(frozen=True, slots=True)
class LensProgress(Progress):
    """How far a lens is; one about a role that nobody holds does not apply, and asks nothing.

    `seconds_each` is about how long a question takes.
    """

    lens: str
    seconds_each: int

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
        seconds = self.seconds_each * self.left
        return max(1, round(seconds / 60)) if seconds else 0


def validate(form: DeepForm, framework: Framework, *, absent: Mapping[str, str]) -> Validated:
    """Every field checked by itself, so that one refusal costs no other answer.

    `absent` gives the roles that nobody holds in the squad's setup, by id, as the reader calls
    them. What was answered to a lens that does not apply for lack of its role is left out.
    """
    lenses = framework.lenses
    void = {item.id for item in lenses.items if lenses.lens_by_id[item.lens].needs_role in absent}
    given: list[tuple[str, str, Any]] = [
        *(("deciders", decision, roles) for decision, roles in form.deciders.items() if roles),
        *(("options", item, option) for item, option in form.options.items() if item not in void),
        *(("signs", sign, number) for sign, number in form.signs.items()),
        *(("mandates", role, text) for role, text in form.mandates.items() if text.strip()),
    ]
    refusals: dict[str, Refused] = {}
    accepted: dict[str, dict[str, Any]] = {}
    for part, name, value in given:
        column = mandate_column(name) if part == "mandates" else name
        parse = partial(_answer_of, part, name, value, framework=framework, absent=absent)
        if answer := parse_field(refusals, column, parse):
            accepted.setdefault(part, {}).update(getattr(answer, part))
    return Validated(DeepAnswers(**accepted), refusals)


def _answer_of(
    part: str, name: str, value: Any, *, framework: Framework, absent: Mapping[str, str]
) -> DeepAnswers:
    """One answer alone; Refused where it fits neither the framework nor the squad's setup."""
    match part:
        case "deciders":
            value = named_deciders(value)
        case "signs":
            _check_number(name, value, framework)
        case "mandates":
            value = mandate_sentence(value)
    answer = DeepAnswers(**{part: {name: value}})
    framework.check_deep(answer)
    roles = (*answer.mandates, *answer.deciders.get(name, ()))
    if missing := [absent[role] for role in roles if role in absent]:
        raise Refused(
            "nobody holds this role in the squad's setup: {roles}; leave it out",
            roles=", ".join(missing),
        )
    return answer


def _check_number(sign_id: str, number: float, framework: Framework) -> None:
    """Raise Refused in the words of its own field, where the sign need not be named."""
    sign = framework.lenses.sign_by_id[sign_id]
    if not sign.holds(number):
        raise Refused(
            template("{value} does not fit here; expected a whole number from 0 to {most}")
            if sign.whole
            else template("{value} does not fit here; expected a number from 0 to {most}"),
            value=_as_written(number),
            most=_as_written(sign.most),
        )


def _as_written(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


def progress_of(
    framework: Framework, answers: DeepAnswers, *, absent: Mapping[str, str]
) -> tuple[LensProgress, ...]:
    """How far every lens is, in order."""
    answer_by_column = _by_column(answers)
    progress = []
    for lens in framework.lenses.lenses:
        columns = [] if lens.needs_role in absent else columns_of(framework, lens.id, absent=absent)
        met = [answer_by_column[column] for column in columns if column in answer_by_column]
        unknown = met.count(UNKNOWN)
        seconds = SECONDS_PER_ITEM if lens.asks == "items" else SECONDS_PER_QUESTION
        progress.append(LensProgress(len(columns), len(met) - unknown, unknown, lens.id, seconds))
    return tuple(progress)


def answered_in(answers: DeepAnswers) -> int:
    """How many of the questions met are answered, which “I don't know” does not."""
    return sum(value != UNKNOWN for value in _by_column(answers).values())


def columns_of(framework: Framework, lens_id: str, *, absent: Mapping[str, str]) -> Sequence[str]:
    """The columns of what a lens asks: no mandate of a role that nobody holds."""
    lenses = framework.lenses
    match lenses.lens_by_id[lens_id].asks:
        case "decisions":
            return tuple(lenses.decision_by_id)
        case "signs":
            return tuple(lenses.sign_by_id)
        case "mandates":
            return tuple(mandate_column(role) for role in lenses.mandates if role not in absent)
        case _:
            return tuple(item.id for item in lenses.items_of(lens_id))


def deciders_after(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Who decides after a choice: nobody and unclear each stand alone, and the last choice counts.

    `before` is what was chosen until then, `now` what the choice made of it.
    """
    alone = [choice for choice in now if choice in (NOBODY, UNCLEAR)]
    if new := [choice for choice in alone if choice not in before]:
        return (new[-1],)
    return tuple(choice for choice in now if choice not in alone) or tuple(alone[-1:])


def with_deep(assessment: Assessment, deep: DeepAnswers, framework: Framework) -> Assessment:
    """An assessment with deep answers added: those it had are kept unless answered anew."""
    deep = together(assessment.deep, deep)
    return assessment.model_copy(update={"deep": deep, "framework": framework.version_with_lenses})


def together(before: DeepAnswers, since: DeepAnswers) -> DeepAnswers:
    """Deep answers that were there before with those given since, which take their place."""
    parts = DeepAnswers.model_fields
    return DeepAnswers(
        **{part: {**getattr(before, part), **getattr(since, part)} for part in parts}
    )


def answered_anew(assessment: Assessment, deep: DeepAnswers) -> int:
    """How many of the answers an assessment has would be replaced by other ones."""
    before = _by_column(assessment.deep)
    return sum(before.get(column, value) != value for column, value in _by_column(deep).items())


def _by_column(answers: DeepAnswers) -> dict[str, object]:
    mandates = {mandate_column(role): text for role, text in answers.mandates.items()}
    return {**answers.deciders, **answers.options, **answers.signs, **mandates}
