"""What every store promises, whatever it keeps its rows in."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from assessment.errors import Refused, WhoDecidesError, template
from assessment.model import Assessment, Framework


@dataclass(frozen=True, slots=True)
class SetAside:
    """A stored row that could not be read: kept where it is, reported, never dropped.

    `place` is the file's name, `line` counts physical lines from 1 (the header), `text`
    is the row as found, shortened for display, and `reason` renders in any language.
    """

    place: str
    line: int
    text: str
    reason: WhoDecidesError


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything a store holds at one moment, in the order it was saved.

    `version` is equal for equal content and changes when anything is added or removed,
    so that whatever was computed from it can be kept.
    """

    assessments: tuple[Assessment, ...]
    set_aside: tuple[SetAside, ...]
    version: Hashable


class Store(Protocol):
    """Keeps assessments. Every method raises StorageError when the store is out of reach."""

    def read(self) -> Stored:
        """Everything stored; cheap when nothing changed since the last call."""
        ...

    def add(self, assessments: Collection[Assessment]) -> int:
        """Store assessments for good and return how many were new.

        Returns only once they would survive the process being killed. An assessment
        whose id is already stored is left as it is and not counted. Raises Refused,
        and stores none of them, when one does not fit the store's framework.
        """
        ...

    def delete(self, assessment_ids: Collection[UUID]) -> int:
        """Remove assessments and return how many there were; unreadable rows stay."""
        ...

    def rename(self, squad: str, to: str) -> int:
        """Give every assessment of a squad another name and return how many there were.

        Spellings of one squad count as one (see `name_key`). When `to` is already a squad,
        the two are merged. Raises Refused when `to` is not a squad's name.
        """
        ...


def check_fits(assessment: Assessment, framework: Framework) -> None:
    """Raise Refused where an assessment names a version, role, item or option not in `framework`.

    Checked on the way in and on the way out, so that what a store accepts it can read back.
    """
    if assessment.framework != framework.version:
        raise Refused(
            template("unknown framework version '{version}'; expected {expected}"),
            version=assessment.framework,
            expected=framework.version,
        )
    framework.check_role(assessment.role)
    framework.check_answers(assessment.answers)
