"""Judging a form field by field, so that one refusal costs no other field its value."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from assessment.errors import Refused

Value = TypeVar("Value")


def parse_field(
    refusals: dict[str, Refused], field: str, parse: Callable[[], Value]
) -> Value | None:
    """What parsing a field gives; where it is refused None, and why is put into `refusals`."""
    try:
        return parse()
    except Refused as refused:
        refusals[field] = refused
        return None
