"""Parsing a form field by field, so that one refusal costs no other field its value; pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assessment.errors import Refused

Choice = TypeVar("Choice", bound=str)
Value = TypeVar("Value")
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Submission(Generic[Record]):
    """The record a form makes, or by field why it was refused; never both."""

    record: Record | None
    refusals: Mapping[str, Refused]

    def accepted(self) -> Record:
        """The record; where there is none, Refused as the first field was."""
        if self.record is None:
            raise next(iter(self.refusals.values()))
        return self.record


def parse_field(
    refusals: dict[str, Refused], field: str, parse: Callable[[], Value]
) -> Value | None:
    """What parsing a field gives; where it is refused None, and why is put into `refusals`."""
    try:
        return parse()
    except Refused as refused:
        refusals[field] = refused
        return None


def chosen(value: str | None, choices: Sequence[Choice]) -> Choice:
    """The choice that was made; Refused where there is none, or it is none of those there are."""
    if not value:
        raise Refused("nothing is chosen yet; choose one first")
    if value not in choices:
        raise Refused(
            "'{value}' is no choice here; expected one of {expected}",
            value=value,
            expected=", ".join(choices),
        )
    return choices[choices.index(value)]
