"""What every type of the domain is made of: frozen values, texts, moments, answer scales."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from assessment.errors import Refused

Article = Literal["A", "B", "C"]
Answers = Mapping[str, str]
"""Item id to option id; an unanswered item is absent."""

UNKNOWN = "unknown"
NOT_APPLICABLE = "not-applicable"

Text = Annotated[str, Field(pattern=r"\S")]

FIRST_MOMENT = datetime(1, 1, 2, tzinfo=UTC)
LAST_MOMENT = datetime(9999, 12, 30, 23, 59, 59, 999_999, tzinfo=UTC)
"""A day from either end of the calendar, so that every place on earth has a date for a moment."""


def _in_utc(moment: datetime) -> datetime:
    if FIRST_MOMENT <= moment <= LAST_MOMENT:
        return moment.astimezone(UTC)
    raise Refused(
        "the time {moment} is on the first or the last day of the calendar; write the real one",
        moment=moment.replace(tzinfo=None).isoformat(sep=" "),
    )


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment with its offset, kept in UTC."""


class Frozen(BaseModel):
    """A value that cannot change and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other fields; what was worked out from the old ones is left behind."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class Identified(Frozen):
    """A record, told from others of its kind by an id: its first field of such a name."""

    @property
    def id(self) -> UUID:
        """What tells it from others of its kind."""
        identity: UUID = getattr(self, self._id_field())
        return identity

    @classmethod
    @cache
    def _id_field(cls) -> str:
        return next(name for name in cls.model_fields if name.endswith("_id"))


class Sourced(Frozen):
    """An entry of the framework, by its id, with the articles it is taken from."""

    id: str
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
        return {option.id: option.health for option in self.options}


def refer(owner: str, ids: Iterable[str], known: Collection[str]) -> None:
    """Raise ValueError where some ids that an entry refers to are not known."""
    for name in ids:
        if name not in known:
            raise ValueError(f"{owner} refers to unknown '{name}'")


def stand_once(kind: str, ids: Sequence[str]) -> None:
    """Raise ValueError where an id of some kind stands twice."""
    for entry in ids:
        if ids.count(entry) > 1:
            raise ValueError(f"{kind}: id '{entry}' stands twice")
