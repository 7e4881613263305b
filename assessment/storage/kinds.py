"""The kinds of records that are kept: what each is called, its columns, and what it must fit.

Besides its model, a record's field is told here alone: as a column of its kind, the id first. A
new field takes a column that is `later` and `optional`, and a migration that adds it to the table
`who_decides_<stored_as>`. A new kind takes a model with an `id` that joins `Record`, a `Kind` with
its columns in `KINDS`, a field of its name in `Stored`, and a migration that makes its table.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast, get_args
from uuid import UUID

from pydantic import ValidationError

from assessment.errors import Refused, template
from assessment.model import (
    CONFIRMATION_ANSWERS,
    DEPTHS,
    PRIVACIES,
    STATUSES,
    UNKNOWN,
    Action,
    Agreement,
    Assessment,
    Company,
    Confirmation,
    DeepAnswers,
    Framework,
    Setup,
    Survey,
    Total,
    Vote,
    mandate_column,
)
from assessment.model.link import Link, LinkKind
from assessment.storage import columns, first_columns
from assessment.storage.columns import Column, Spread

SquadRecord = Assessment | Setup | Action | Survey | Agreement | Confirmation | Vote | Total
"""What belongs to one squad, and goes by its name."""

Record = SquadRecord | Link
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """A kind of record.

    `name` is its plural, and the field of `Stored`; its file, sheet and table may go by an
    `older_name`. `columns` tell its fields, the id first. `fitted` gives a record the one form in
    which it is kept, and raises Refused where it names what the framework lacks. Where not
    `may_leave`, its records move from store to store only, never in a file that somebody takes away
    or brings. Where fields that are valid one by one make a valid record, `settle` brings such
    fields into the form in which they are kept.
    """

    name: str
    model: type[R]
    columns: tuple[Column | Spread, ...]
    fitted: Callable[[R, Framework], R]
    may_leave: bool = True
    settle: Callable[[dict[str, Any], Framework], None] | None = None
    older_name: str = ""

    @property
    def stored_as(self) -> str:
        """What its file, its sheet and its table are called."""
        return self.older_name or self.name

    @property
    def file(self) -> str:
        """The name of the CSV file that holds its records."""
        return f"{self.stored_as}.csv"

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """Those that it has whatever a framework asks."""
        return tuple(column for column in self.columns if isinstance(column, Column))

    def record_of(self, fields: Mapping[str, object], framework: Framework) -> R:
        """The record of stored fields; Refused where they do not fit model and framework."""
        try:
            record = cast(R, self.model.model_validate(fields))
        except ValidationError as error:
            raise _first_refusal(error) from error
        return self.fitted(record, framework)


def fitted(record: R, framework: Framework) -> R:
    """A record in the form in which it is kept; Refused where it does not fit the framework.

    On the way in and out alike: what is accepted is read back, equal content as equal records.
    """
    return cast("Kind[R]", kind_of(record)).fitted(record, framework)


def revision_of(before: R, after: R, framework: Framework) -> tuple[R, R]:
    """A record and the one that takes its place, as they are kept; Refused like what arrives.

    The second is made anew of its fields: it is usually a copy with others, and copies are not
    checked by themselves. ValueError where it is no revision of the first: that is a bug.
    """
    kind = cast("Kind[R]", kind_of(before))
    if kind is not kind_of(after) or before.id != after.id:
        raise ValueError(f"{after!r} is no revision of {before!r}")
    return kind.fitted(before, framework), kind.record_of(after.model_dump(), framework)


def _first_refusal(error: ValidationError) -> Refused:
    """The first reason for which the model did not take what was stored."""
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, Refused):
        return cause
    field = ".".join(str(part) for part in first["loc"])
    bounds = {name: value for name, value in first.get("ctx", {}).items() if name in ("ge", "le")}
    return Refused(_OUT_OF_BOUNDS.get(first["type"], _NO_FIT), field=field, **bounds)


_NO_FIT = template("{field}: this value does not fit there")
_OUT_OF_BOUNDS: Mapping[str, str] = {
    "greater_than_equal": template("{field}: this is less than {ge}, the minimum"),
    "less_than_equal": template("{field}: this is more than {le}, the maximum"),
    "int_from_float": template("{field}: this is not a whole number"),
    "finite_number": template("{field}: this number is too large"),
}


def kind_of(record: Record) -> Kind[Any]:
    """The kind of a record."""
    return _KIND_BY_MODEL[type(record)]


def speaks_of(record: Record, squad_key: str, only: Collection[UUID] | None = None) -> bool:
    """Whether a record, one of `only` these where told, names a squad: as its own, or shared."""
    if only is not None and record.id not in only:
        return False
    if isinstance(record, Link):
        return record.shares_by_name(squad_key)
    return record.squad_key == squad_key


def renamed(record: R, squad_key: str, name: str) -> R:
    """A record that speaks of a squad, under the squad's new name."""
    if isinstance(record, Link):
        return cast(R, record.with_squad_renamed(squad_key, name))
    return cast(R, record.model_copy(update={"squad": name}))


def survey_answered(record: Record) -> UUID | None:
    """The survey that a record answers, by its id; None where it answers none."""
    return record.gathering if isinstance(record, Assessment | Vote) else None


def by_kind(records: Iterable[Record]) -> Mapping[str, list[Any]]:
    """Records by the name of their kind, every kind present, each in the order given."""
    records_by_kind: dict[str, list[Any]] = {kind.name: [] for kind in KINDS}
    for record in records:
        records_by_kind[kind_of(record).name].append(record)
    return records_by_kind


def to_be_added(records: Iterable[Record], framework: Framework) -> Mapping[str, list[Any]]:
    """Records in the form in which they are kept, each once, by the name of their kind.

    Surveys come first: they say how answers to them are stored. Refused where one does not fit.
    """
    by_id: dict[str, dict[UUID, Record]] = {
        kind.name: {} for kind in sorted(KINDS, key=lambda kind: kind is not SURVEYS)
    }
    for record in [fitted(record, framework) for record in records]:
        by_id[kind_of(record).name].setdefault(record.id, record)
    return {name: list(once.values()) for name, once in by_id.items()}


def _fitted_assessment(assessment: Assessment, framework: Framework) -> Assessment:
    _check_version(assessment.framework, framework.versions)
    framework.check_role(assessment.role)
    framework.check_answers(assessment.answers)
    deep = assessment.deep
    if deep:
        framework.check_deep(deep)
        deep = _in_order(deep, framework)
    version = _version_behind(assessment.framework, deep, framework)
    if (deep, version) == (assessment.deep, assessment.framework):
        return assessment
    return assessment.model_copy(update={"deep": deep, "framework": version})


def _check_version(version: str, known: Sequence[str]) -> None:
    if version not in known:
        raise Refused(
            "unknown framework version '{version}'; expected {expected}",
            version=version,
            expected=", ".join(known),
        )


def _version_behind(version: str, deep: DeepAnswers, framework: Framework) -> str:
    """A version that names the lenses where one is answered, and only there."""
    core, _, lenses = version.partition("+")
    lenses = lenses or framework.lenses.version
    return f"{core}+{lenses}" if deep and lenses else core


def _settle_assessment(fields: dict[str, Any], framework: Framework) -> None:
    fields["framework"] = _version_behind(fields["framework"], fields["deep"], framework)


def _in_order(deep: DeepAnswers, framework: Framework) -> DeepAnswers:
    """Deep answers with roles in the framework's order, and nothing that says nothing."""
    order, given = framework.role_ids, deep.deciders.items()
    deciders = {decision: _ordered(roles, order) for decision, roles in given if roles}
    mandates = {role: mandate for role, mandate in deep.mandates.items() if mandate}
    return deep.model_copy(update={"deciders": deciders, "mandates": mandates})


@lru_cache(maxsize=4096)
def _ordered(deciders: tuple[str, ...], order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(role for role in order if role in deciders) or deciders


def _fitted_setup(setup: Setup, framework: Framework) -> Setup:
    for role in (*setup.seats, *setup.shared_seats):
        framework.check_role(role)
    return setup


def _fitted_action(action: Action, framework: Framework) -> Action:
    framework.check_lever(action.lever)
    framework.check_role(action.owner)
    return action


def _fitted_agreement(agreement: Agreement, framework: Framework) -> Agreement:
    framework.check_decision(agreement.decision)
    for role in (agreement.decides, *agreement.consulted, *agreement.informed):
        framework.check_role(role)
    consulted = _ordered(agreement.consulted, framework.role_ids)
    informed = _ordered(agreement.informed, framework.role_ids)
    return agreement.model_copy(update={"consulted": consulted, "informed": informed})


def _fitted_confirmation(confirmation: Confirmation, framework: Framework) -> Confirmation:
    framework.check_role(confirmation.role)
    return confirmation


def _fitted_survey(survey: Survey, framework: Framework) -> Survey:
    match survey.topic:
        case ("decision", decision):
            framework.check_decision(decision)
        case ("item", item):
            framework.check_answers({item: UNKNOWN})
    return survey


def _fitted_vote(vote: Vote, framework: Framework) -> Vote:
    framework.check_deep(DeepAnswers(deciders={vote.decision: vote.named}))
    return vote.model_copy(update={"named": _ordered(vote.named, framework.role_ids)})


def _fitted_total(total: Total, framework: Framework) -> Total:
    _check_version(total.framework, framework.core_versions)
    for item, counts in total.answers.items():
        for option in counts:
            framework.check_answers({item: option})
    answers = {item: counts for item, counts in total.answers.items() if counts}
    return total.model_copy(update={"answers": answers})


def _answers(framework: Framework) -> Iterator[Column]:
    return (columns.word(item, within="answers", optional=True) for item in framework.item_ids)


def _counts(framework: Framework) -> Iterator[Column]:
    return (columns.counts(item, within="answers", optional=True) for item in framework.item_ids)


def _deep_answers(framework: Framework) -> Iterator[Column]:
    lenses = framework.lenses
    for decision in lenses.decision_by_id:
        yield columns.words(decision, within="deep.deciders", optional=True)
    for item in lenses.item_by_id:
        yield columns.word(item, within="deep.options", optional=True)
    for sign in lenses.sign_by_id:
        yield columns.number(sign, within="deep.signs", optional=True)
    for role in lenses.mandates:
        yield columns.long_text(mandate_column(role), within="deep.mandates", key=role)


def _seats(framework: Framework) -> Iterator[Column]:
    return (columns.word(role, within="seats", optional=True) for role in framework.role_ids)


ASSESSMENTS = Kind(
    "assessments",
    Assessment,
    (
        columns.uuid("assessment_id"),
        columns.moment("saved_at", not_before="assessed_on"),
        columns.day("assessed_on", passed=True),
        columns.text("squad"),
        columns.text("voice", optional=True),
        columns.word("role", optional=True),
        columns.word("framework"),
        columns.long_text("note"),
        Spread("answers", _answers, first_columns.ITEMS),
        Spread("deep", _deep_answers, first_columns.DEEP),
        columns.uuid("gathering", optional=True, later=True),
    ),
    _fitted_assessment,
    settle=_settle_assessment,
)
SETUPS = Kind(
    "setups",
    Setup,
    (
        columns.uuid("setup_id"),
        columns.moment("saved_at"),
        columns.day("since", passed=True),
        columns.text("squad"),
        columns.choice("company", get_args(Company), optional=True),
        Spread("seats", _seats, first_columns.ROLES),
        columns.labels("shared_seats", optional=True, later=True),
        columns.yes_or_no("ended", optional=True, later=True),
    ),
    _fitted_setup,
)
ACTIONS = Kind(
    "actions",
    Action,
    (
        columns.uuid("action_id"),
        columns.moment("saved_at"),
        columns.text("squad"),
        columns.word("lever"),
        columns.word("owner", optional=True),
        columns.day("decided_on", passed=True),
        columns.day("due_on", optional=True, not_before="decided_on"),
        columns.choice("status", STATUSES),
        columns.day("ended_on", passed=True, optional=True, not_before="decided_on"),
        columns.long_text("note"),
        columns.text("owner_name", optional=True, later=True),
    ),
    _fitted_action,
)
SURVEYS: Kind[Survey] = Kind(
    "surveys",
    Survey,
    (
        columns.uuid("gathering_id"),
        columns.moment("saved_at"),
        columns.text("squad"),
        columns.choice("depth", DEPTHS),
        columns.choice("privacy", PRIVACIES),
        columns.whole_number("least_voices"),
        columns.day("opened_on", passed=True),
        columns.day("closes_on", not_before="opened_on"),
        columns.moment("closed_at", optional=True),
        columns.moment("revealed_at", optional=True),
        columns.whole_number("expected", optional=True, later=True),
        columns.yes_or_no("released", optional=True, later=True),
        columns.word("asked_again", optional=True, later=True),
        columns.whole_number("asked_pass", optional=True, later=True),
        columns.day("next_on", optional=True, later=True, not_before="opened_on"),
    ),
    _fitted_survey,
    older_name="gatherings",
)
VOTES: Kind[Vote] = Kind(
    "votes",
    Vote,
    (
        columns.uuid("vote_id"),
        columns.moment("saved_at"),
        columns.text("squad"),
        columns.uuid("gathering"),
        columns.word("decision"),
        columns.whole_number("pass_number"),
        columns.uuid("voter"),
        columns.words("named"),
    ),
    _fitted_vote,
)
AGREEMENTS = Kind(
    "agreements",
    Agreement,
    (
        columns.uuid("agreement_id"),
        columns.moment("saved_at"),
        columns.text("squad"),
        columns.word("decision"),
        columns.day("agreed_on"),
        columns.word("decides"),
        columns.words("consulted", optional=True),
        columns.words("informed", optional=True),
        columns.long_text("limits"),
        columns.long_text("escalation"),
        columns.day("valid_until", not_before="agreed_on"),
        columns.uuid("supersedes", optional=True),
        columns.uuid("survey", optional=True),
        columns.long_text("note"),
    ),
    _fitted_agreement,
)
CONFIRMATIONS = Kind(
    "confirmations",
    Confirmation,
    (
        columns.uuid("confirmation_id"),
        columns.moment("saved_at"),
        columns.text("squad"),
        columns.uuid("agreement_id"),
        columns.word("role"),
        columns.text("voice", optional=True),
        columns.choice("answer", CONFIRMATION_ANSWERS),
        columns.long_text("reservation"),
    ),
    _fitted_confirmation,
)
TOTALS: Kind[Total] = Kind(
    "totals",
    Total,
    (
        columns.uuid("total_id"),
        columns.moment("saved_at", not_before="assessed_on"),
        columns.day("assessed_on", passed=True),
        columns.text("squad"),
        columns.whole_number("voices"),
        columns.yes_or_no("invited"),
        columns.word("framework"),
        Spread("answers", _counts, first_columns.ITEMS),
    ),
    _fitted_total,
)
LINKS: Kind[Link] = Kind(
    "links",
    Link,
    (
        columns.uuid("link_id"),
        columns.moment("created_at"),
        columns.moment("expires_at", passed=False),
        columns.moment("revoked_at", optional=True),
        columns.choice("kind", get_args(LinkKind)),
        columns.text("label"),
        columns.every_squad("every_squad", key="squads"),
        columns.squads("squads"),
        columns.word("period", optional=True),
        columns.yes_or_no("with_notes"),
        columns.yes_or_no("with_roles"),
        columns.uuid("round_id", optional=True),
        columns.text("digest"),
        columns.yes_or_no("with_agreements", optional=True, later=True),
    ),
    lambda link, _framework: link,
    may_leave=False,
)

KINDS: tuple[Kind[Any], ...] = (
    ASSESSMENTS,
    SETUPS,
    ACTIONS,
    SURVEYS,
    AGREEMENTS,
    CONFIRMATIONS,
    VOTES,
    TOTALS,
    LINKS,
)
"""Every kind, in the order in which stores list and report them."""

KINDS_THAT_LEAVE = tuple(kind for kind in KINDS if kind.may_leave)
"""The kinds that files hold which people take away or bring along."""

_KIND_BY_MODEL: Mapping[type, Kind[Any]] = {kind.model: kind for kind in KINDS}
