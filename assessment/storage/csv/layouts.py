"""How each kind of record is laid out in a CSV file: columns, and records as lines; no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, cast, get_args

from pydantic import ValidationError

from assessment.errors import Refused, StorageError, template
from assessment.model import (
    DEPTHS,
    PRIVACIES,
    STATUSES,
    Action,
    Assessment,
    Company,
    DeepAnswers,
    Framework,
    Setup,
    Survey,
    mandate_column,
)
from assessment.model.link import EVERY_SQUAD, Link
from assessment.model.link import LinkKind as LinkKind
from assessment.storage.csv.cells import (
    BOM,
    cells_in,
    choice_in,
    day_in,
    escaped,
    joined,
    moment_in,
    moment_or_none_in,
    names_in,
    number_in,
    short,
    text_of,
    unescaped,
    uuid_in,
    written_day,
    written_moment,
    written_names,
    written_number,
    written_yes,
    yes_in,
)
from assessment.storage.kinds import (
    ACTIONS,
    ASSESSMENTS,
    LINKS,
    SETUPS,
    SURVEYS,
    Kind,
    R,
    first_refusal,
    fitted,
)

Cells: TypeAlias = Mapping[str, str]
"""What stands in a row, by column; a column that is missing is as good as an empty cell."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file's first line says: how many columns there are, and where ours stand.

    `names` goes as far as ours do, and is empty where a column of others stands between them.
    """

    width: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout(Generic[R]):
    """How the records of one kind are laid out in a file of a framework.

    Every file has the `fixed` columns, of which a row fills the first `needed` at least. The
    `growing` ones follow, and an older file lacks the last of them. The `closing` ones come after,
    behind columns of others too, since a later framework's `growing` ones are such to this one.
    `fields_of` gives a model's fields from cells, `cells_of` the cells of a record. `texts` are
    the columns in which line breaks are escaped; `moments`, `days` and `numbers` those that a
    spreadsheet program may rewrite; `in_order` pairs whose first never lies after the second.
    """

    kind: Kind[R]
    framework: Framework
    fixed: tuple[str, ...]
    needed: int
    fields_of: Callable[[Cells], dict[str, object]]
    cells_of: Callable[[R], Cells]
    moments: tuple[str, ...]
    days: tuple[str, ...] = ()
    growing: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    in_order: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return self.fixed + self.growing + self.closing

    @property
    def header_line(self) -> bytes:
        """The first line of a new file, line end included."""
        return joined(self.columns)

    def row_of(self, record: R) -> list[str]:
        """A record's cells, one per column."""
        cells = self.cells_of(record)
        return [cells.get(name, "") for name in self.columns]

    def line_of(self, record: R, *, under: Header | None = None) -> bytes:
        """A record as one line, line end included; empty cells in a file's columns of others."""
        if under is None:
            return joined(self.row_of(record))
        row = self.row_under(under, record)
        return joined(row + [""] * (under.width - len(row)))

    def row_under(self, header: Header, record: R) -> list[str]:
        """A record's cells where a file has their columns, as far as ours go."""
        cells = self.cells_of(record)
        return [cells.get(name, "") for name in header.names]

    def record_of(self, line: bytes, header: Header) -> R:
        """The record on a line of a file with that header; Refused when it does not fit."""
        cells = cells_in(text_of(line))
        if len(cells) != header.width:
            raise Refused(
                template("the row has {found} columns; expected {expected}"),
                found=len(cells),
                expected=header.width,
            )
        try:
            # Columns of others have no names here.
            fields = self.fields_of(dict(zip(header.names, cells, strict=False)))
            record = cast(R, self.kind.model.model_validate(fields))
        except ValidationError as error:
            raise first_refusal(error) from error
        return fitted(record, self.framework)

    def header_of(self, line: bytes, *, place: str) -> Header:
        """What a file's first line says; StorageError when it is no header of this kind."""
        text = line.removeprefix(BOM).decode("utf-8", "replace").removesuffix("\r")
        try:
            cells = cells_in(text)
        except Refused:
            cells = []
        fixed, later = tuple(cells[: len(self.fixed)]), cells[len(self.fixed) :]
        pairs = zip(later, self.growing, strict=False)
        grown = next((at for at, (cell, name) in enumerate(pairs) if cell != name), None)
        if grown is None:
            grown = min(len(later), len(self.growing))
        is_ours = fixed == self.fixed and (grown or not self.growing)
        if is_ours and not self._is_disturbed(later[grown:], grown):
            return Header(len(cells), self._names(cells, len(self.fixed) + grown))
        raise StorageError(
            template(
                "{file}: the first line '{found}' is not the header; expected it to start with "
                "{expected}: mend that line or move the file away; until then nothing is read or "
                "written here"
            ),
            file=place,
            found=short(text),
            expected=",".join(self.fixed[:4]) + ",…",
        )

    def _is_disturbed(self, later: Sequence[str], grown: int) -> bool:
        """Whether columns were moved, taken out or cut behind the first ones: no cell is sure."""
        missing = self.growing[grown:]
        return bool(missing) and any(
            cell in self.growing or missing[0].startswith(cell) for cell in later
        )

    def _names(self, cells: Sequence[str], known: int) -> tuple[str, ...]:
        """The names of ours by place: the first ones, then the closing ones where they stand."""
        names = list(self.columns[:known])
        for at, cell in enumerate(cells[known:], start=known):
            if cell in self.closing and cell not in names:
                names += [""] * (at - len(names)) + [cell]
        return tuple(names)


def layouts(framework: Framework) -> tuple[Layout[Any], ...]:
    """The layout of every kind, in the order of the kinds."""
    return (
        _assessments(framework),
        _setups(framework),
        _actions(framework),
        _gatherings(framework),
        _links(framework),
    )


def layout_of(kind: Kind[R], framework: Framework) -> Layout[R]:
    """The layout of one kind."""
    return next(layout for layout in layouts(framework) if layout.kind is kind)


# Assessments --------------------------------------------------------------------------------------


def _assessments(framework: Framework) -> Layout[Assessment]:
    lenses = framework.lenses
    mandates = {mandate_column(role): role for role in lenses.mandates}
    nothing_deep = DeepAnswers()  # shared: the model would copy its own default for every row

    def fields_of(cells: Cells) -> dict[str, object]:
        fields: dict[str, object] = {
            "assessment_id": uuid_in(cells["assessment_id"], "assessment_id"),
            "saved_at": moment_in(cells["saved_at"], "saved_at"),
            "assessed_on": day_in(cells["assessed_on"], "assessed_on"),
            "squad": cells["squad"],
            "voice": cells["voice"] or None,
            "role": short(cells["role"]) or None,
            "framework": short(cells["framework"]),
            "note": unescaped(cells["note"]),
            "answers": {i: short(cell) for i in framework.item_ids if (cell := cells.get(i))},
        }
        told = {name: cell for name in lenses.columns if (cell := cells.get(name))}
        fields["deep"] = deep_of(told) if told else nothing_deep
        if gathering := cells.get("gathering"):
            fields["gathering"] = uuid_in(gathering, "gathering")
        return fields

    def deep_of(told: Cells) -> dict[str, object]:
        return {
            "deciders": {
                name: tuple(short(cell).split())
                for name, cell in told.items()
                if name in lenses.decision_by_id
            },
            "options": {
                name: short(cell) for name, cell in told.items() if name in lenses.item_by_id
            },
            "signs": {
                name: number_in(cell, name)
                for name, cell in told.items()
                if name in lenses.sign_by_id
            },
            "mandates": {
                mandates[name]: unescaped(cell) for name, cell in told.items() if name in mandates
            },
        }

    def cells_of(record: Assessment) -> Cells:
        cells = {
            "assessment_id": str(record.assessment_id),
            "saved_at": written_moment(record.saved_at),
            "assessed_on": written_day(record.assessed_on),
            "squad": record.squad,
            "voice": record.voice or "",
            "role": record.role or "",
            "framework": record.framework,
            "note": escaped(record.note),
            **record.answers,
            "gathering": str(record.gathering or ""),
        }
        return {**cells, **deep_cells(record.deep)} if record.deep else cells

    def deep_cells(deep: DeepAnswers) -> Cells:
        return {
            **{name: " ".join(named) for name, named in deep.deciders.items()},
            **deep.options,
            **{name: written_number(value) for name, value in deep.signs.items()},
            **{mandate_column(role): escaped(text) for role, text in deep.mandates.items()},
        }

    fixed = (
        "assessment_id",
        "saved_at",
        "assessed_on",
        "squad",
        "voice",
        "role",
        "framework",
        "note",
    )
    return Layout(
        kind=ASSESSMENTS,
        framework=framework,
        fixed=fixed,
        needed=fixed.index("framework") + 1,
        growing=framework.answer_columns,
        closing=("gathering",),
        fields_of=fields_of,
        cells_of=cells_of,
        moments=("saved_at",),
        days=("assessed_on",),
        texts=("note", *mandates),
        numbers=tuple(lenses.sign_by_id),
        in_order=(("assessed_on", "saved_at"),),
    )


# Setups -------------------------------------------------------------------------------------------


def _setups(framework: Framework) -> Layout[Setup]:
    def fields_of(cells: Cells) -> dict[str, object]:
        company = cells["company"]
        return {
            "setup_id": uuid_in(cells["setup_id"], "setup_id"),
            "saved_at": moment_in(cells["saved_at"], "saved_at"),
            "since": day_in(cells["since"], "since"),
            "squad": cells["squad"],
            "company": choice_in(company, "company", get_args(Company)) if company else None,
            "seats": {
                role: short(cell) for role in framework.role_ids if (cell := cells.get(role))
            },
        }

    def cells_of(record: Setup) -> Cells:
        return {
            "setup_id": str(record.setup_id),
            "saved_at": written_moment(record.saved_at),
            "since": written_day(record.since),
            "squad": record.squad,
            "company": record.company or "",
            **record.seats,
        }

    fixed = ("setup_id", "saved_at", "since", "squad", "company")
    return Layout(
        kind=SETUPS,
        framework=framework,
        fixed=fixed,
        needed=fixed.index("squad") + 1,
        growing=framework.role_ids,
        fields_of=fields_of,
        cells_of=cells_of,
        moments=("saved_at",),
        days=("since",),
    )


# Actions ------------------------------------------------------------------------------------------


def _actions(framework: Framework) -> Layout[Action]:
    def fields_of(cells: Cells) -> dict[str, object]:
        due_on, ended_on = cells["due_on"], cells["ended_on"]
        return {
            "action_id": uuid_in(cells["action_id"], "action_id"),
            "saved_at": moment_in(cells["saved_at"], "saved_at"),
            "squad": cells["squad"],
            "lever": short(cells["lever"]),
            "owner": short(cells["owner"]) or None,
            "decided_on": day_in(cells["decided_on"], "decided_on"),
            "due_on": day_in(due_on, "due_on") if due_on else None,
            "status": choice_in(cells["status"], "status", STATUSES),
            "ended_on": day_in(ended_on, "ended_on") if ended_on else None,
            "note": unescaped(cells["note"]),
        }

    def cells_of(record: Action) -> Cells:
        return {
            "action_id": str(record.action_id),
            "saved_at": written_moment(record.saved_at),
            "squad": record.squad,
            "lever": record.lever,
            "owner": record.owner or "",
            "decided_on": written_day(record.decided_on),
            "due_on": written_day(record.due_on),
            "status": record.status,
            "ended_on": written_day(record.ended_on),
            "note": escaped(record.note),
        }

    fixed = (
        "action_id",
        "saved_at",
        "squad",
        "lever",
        "owner",
        "decided_on",
        "due_on",
        "status",
        "ended_on",
        "note",
    )
    return Layout(
        kind=ACTIONS,
        framework=framework,
        fixed=fixed,
        needed=fixed.index("status") + 1,
        fields_of=fields_of,
        cells_of=cells_of,
        moments=("saved_at",),
        days=("decided_on", "due_on", "ended_on"),
        texts=("note",),
        in_order=(("decided_on", "due_on"), ("decided_on", "ended_on")),
    )


# Gatherings ---------------------------------------------------------------------------------------


def _gatherings(framework: Framework) -> Layout[Survey]:
    def fields_of(cells: Cells) -> dict[str, object]:
        return {
            "gathering_id": uuid_in(cells["gathering_id"], "gathering_id"),
            "saved_at": moment_in(cells["saved_at"], "saved_at"),
            "squad": cells["squad"],
            "depth": choice_in(cells["depth"], "depth", DEPTHS),
            "privacy": choice_in(cells["privacy"], "privacy", PRIVACIES),
            "least_voices": number_in(cells["least_voices"], "least_voices"),
            "opened_on": day_in(cells["opened_on"], "opened_on"),
            "closes_on": day_in(cells["closes_on"], "closes_on"),
            "closed_at": moment_or_none_in(cells["closed_at"], "closed_at"),
            "revealed_at": moment_or_none_in(cells["revealed_at"], "revealed_at"),
        }

    def cells_of(record: Survey) -> Cells:
        return {
            "gathering_id": str(record.gathering_id),
            "saved_at": written_moment(record.saved_at),
            "squad": record.squad,
            "depth": record.depth,
            "privacy": record.privacy,
            "least_voices": str(record.least_voices),
            "opened_on": written_day(record.opened_on),
            "closes_on": written_day(record.closes_on),
            "closed_at": written_moment(record.closed_at),
            "revealed_at": written_moment(record.revealed_at),
        }

    fixed = (
        "gathering_id",
        "saved_at",
        "squad",
        "depth",
        "privacy",
        "least_voices",
        "opened_on",
        "closes_on",
        "closed_at",
        "revealed_at",
    )
    return Layout(
        kind=SURVEYS,
        framework=framework,
        fixed=fixed,
        needed=fixed.index("closes_on") + 1,
        fields_of=fields_of,
        cells_of=cells_of,
        moments=("saved_at", "closed_at", "revealed_at"),
        days=("opened_on", "closes_on"),
        numbers=("least_voices",),
        in_order=(("opened_on", "closes_on"),),
    )


# Links --------------------------------------------------------------------------------------------


def _links(framework: Framework) -> Layout[Link]:
    def fields_of(cells: Cells) -> dict[str, object]:
        shares_every = yes_in(cells["every_squad"], "every_squad")
        return {
            "link_id": uuid_in(cells["link_id"], "link_id"),
            "created_at": moment_in(cells["created_at"], "created_at"),
            "expires_at": moment_in(cells["expires_at"], "expires_at"),
            "revoked_at": moment_or_none_in(cells["revoked_at"], "revoked_at"),
            "kind": choice_in(cells["kind"], "kind", get_args(LinkKind)),
            "label": cells["label"],
            "squads": EVERY_SQUAD if shares_every else names_in(cells["squads"]),
            "period": short(cells["period"]) or None,
            "with_notes": yes_in(cells["with_notes"], "with_notes"),
            "with_roles": yes_in(cells["with_roles"], "with_roles"),
            "round_id": uuid_in(text, "round_id") if (text := cells["round_id"]) else None,
            "digest": cells["digest"],
        }

    def cells_of(record: Link) -> Cells:
        shares_every = record.squads == EVERY_SQUAD
        return {
            "link_id": str(record.link_id),
            "created_at": written_moment(record.created_at),
            "expires_at": written_moment(record.expires_at),
            "revoked_at": written_moment(record.revoked_at),
            "kind": record.kind,
            "label": record.label,
            "every_squad": written_yes(shares_every),
            "squads": "" if shares_every else written_names(record.squads),
            "period": str(record.period or ""),
            "with_notes": written_yes(record.with_notes),
            "with_roles": written_yes(record.with_roles),
            "round_id": str(record.round_id or ""),
            "digest": record.digest,
        }

    fixed = (
        "link_id",
        "created_at",
        "expires_at",
        "revoked_at",
        "kind",
        "label",
        "every_squad",
        "squads",
        "period",
        "with_notes",
        "with_roles",
        "round_id",
        "digest",
    )
    return Layout(
        kind=LINKS,
        framework=framework,
        fixed=fixed,
        needed=len(fixed),
        fields_of=fields_of,
        cells_of=cells_of,
        moments=("created_at", "expires_at", "revoked_at"),
    )
