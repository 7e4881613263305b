"""Stored records in a reader's words: how many of each kind, one check, the squads there are."""

from collections.abc import Iterable, Sequence

from assessment.model import Assessment, Setup, sort_key
from assessment.storage.kinds import KINDS_THAT_LEAVE, by_kind
from assessment.storage.protocol import Record, SquadRecord, Stored
from assessment.ui.guard.stored import history, visible_records
from assessment.ui.session.reader import Reader


def record_counts(reader: Reader, records: Iterable[Record]) -> str:
    """The records by kind, links apart, as one enumeration: 12 checks, 1 setup and 3 actions."""
    kinds = by_kind(records)
    return _enumerated(reader, [kinds[kind.name] for kind in KINDS_THAT_LEAVE])


def stored_counts(reader: Reader, stored: Stored) -> str:
    """All that is stored by kind, as one enumeration, without a walk through all records."""
    return _enumerated(reader, [stored.of(kind) for kind in KINDS_THAT_LEAVE])


def _enumerated(reader: Reader, kinds: Sequence[Sequence[Record]]) -> str:
    ends = sum(isinstance(record, Setup) and record.is_end for record in kinds[1])
    checks, setups, *others = map(len, kinds)
    counts = (checks, setups - ends, ends, *others)
    actions, rounds, agreed, confirmed, votes, totals = others
    parts = (
        reader.counted("{count} check", "{count} checks", checks),
        reader.counted("{count} setup", "{count} setups", setups - ends),
        reader.counted("{count} last day", "{count} last days", ends),
        reader.counted("{count} action", "{count} actions", actions),
        reader.counted("{count} session", "{count} sessions", rounds),
        reader.counted("{count} agreement", "{count} agreements", agreed),
        reader.counted(
            "{count} answer to an agreement", "{count} answers to agreements", confirmed
        ),
        reader.counted("{count} vote in the room", "{count} votes in the room", votes),
        reader.counted("{count} period total", "{count} period totals", totals),
    )
    return reader.edition.words.all_of(
        [text for text, count in zip(parts, counts, strict=True) if count]
    )


def replaced_checks(reader: Reader, count: int) -> tuple[str, ...]:
    """That so many checks will not count, since their voices have later ones; nothing for none."""
    text = reader.counted(
        "{count} check will then not count: its voice has a later one in that month.",
        "{count} checks will then not count: their voices have later ones in the same months.",
        count,
    )
    return (text,) if count else ()


def described(reader: Reader, assessment: Assessment) -> str:
    """A stored check told apart from others of its squad: date, voice, role, start of its id."""
    parts = [
        reader.edition.words.date(assessment.assessed_on),
        assessment.voice,
        reader.edition.role(assessment.role) if assessment.role else None,
        str(assessment.assessment_id)[:8],
    ]
    return " · ".join(part for part in parts if part)


def squad_names(records: Sequence[SquadRecord]) -> dict[str, str]:
    """Every squad by its key, in its first spelling among the records; in alphabetical order."""
    names = {record.squad_key: record.squad for record in reversed(records)}
    return {key: names[key] for key in sorted(names, key=sort_key)}


def squads_going_on(
    reader: Reader, squads: Sequence[str], *, chosen: str | None
) -> tuple[str, ...]:
    """The squads to offer for something new: those that have not ended, and the one chosen."""
    rounds = history(visible_records(), "month")
    going_on = {*rounds.going_on(squads, today=reader.today)}
    return tuple(squad for squad in squads if squad in going_on or squad == chosen)
