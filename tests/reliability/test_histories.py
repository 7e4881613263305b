"""Random histories of adding, revising, deleting and renaming, on real stores and a plain one."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.model import (
    Action,
    Agreement,
    Assessment,
    Confirmation,
    DeepAnswers,
    Setup,
    Survey,
    Vote,
)
from assessment.model.link import EVERY_SQUAD, Link
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import KINDS, Kind
from assessment.storage.postgres.store import PostgresStore
from assessment.storage.protocol import Record, Store, Writer
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    gathering,
    in_squad,
    link,
    setup,
    total,
    vote,
)
from tests.reliability.figures import tell, times
from tests.reliability.plain_store import PlainStore
from tests.storage.postgres import GROUP, Server

FRAMEWORK = shipped_framework()
HISTORIES = times(full=1_000, short=60)

SQUADS = ["Atlas", "atlas ", "ATLAS", "Borea", 'Équipe "Nord"', 'E\u0301quipe "Nord"', "a,b;c"]
BAD_NAMES = ["", "  ", "x" * 81, "two\nlines", "nul\0", "mirror\u202e"]
NOTES = ["", "one\ntwo", 'say "hi", ok', "\\n \\", "\u2028\u202e🚀", "=1+1"]
DEEP: list[dict[str, object]] = [
    {},
    {"deciders": {"first": ("pm", "cpo"), "cut": ("nobody",)}},
    {"mandates": {"pm": 'what, "why" \\n'}, "signs": {"rework-share": 12.5}},
    {"options": {"product-review": "held"}},
]
SEATS = ["own", "empty", "absent"]
ROUNDS = [None, None, UUID(int=1), UUID(int=2), UUID(int=99)]
"""What an assessment answers, where it does: the last one is never stored."""
BALLOTS = ROUNDS[2:]
LEVERS = [*sorted(FRAMEWORK.lever_by_id), "shout"]
OPTIONS = {"mandates-clear": "yes", "late-scope": "often", "pm-writes-tickets": "not-applicable"}


@contextmanager
def csv_stores(_request: pytest.FixtureRequest) -> Iterator[Callable[[], Store]]:
    """Opens one folder anew at each call."""
    with tempfile.TemporaryDirectory() as folder:
        yield lambda: CsvStore(Path(folder) / "data", FRAMEWORK)


@contextmanager
def postgres_stores(request: pytest.FixtureRequest) -> Iterator[Callable[[], Store]]:
    """Opens one database anew at each call, emptied of the history before."""
    server: Server = request.getfixturevalue("postgres")
    address = server.emptied_database()
    with ExitStack() as stack:

        def opening() -> PostgresStore:
            return stack.enter_context(closing(PostgresStore(address, FRAMEWORK)))

        yield opening


SUBJECTS = {"csv": csv_stores, "postgres": postgres_stores}
"""Each a context that yields a function opening the same, at first empty, data."""


@dataclass(frozen=True)
class Reopen:
    """From now on another process looks at the data."""


@dataclass(frozen=True)
class Act:
    """A call of the store, by name."""

    method: str
    given: tuple[object, ...]


@dataclass(frozen=True)
class Revise:
    """A revision of one of the stored records, told by its number; `stale`, of what it never was.

    Where nothing is stored, of a record that was never there.
    """

    number: int
    squad: str
    choice: int
    stale: bool

    def act(self, stored: tuple[Record, ...]) -> Act:
        """The call, as somebody makes it who has just looked."""
        before = stored[self.number % len(stored)] if stored else action(action_id=UUID(int=99))
        changes: dict[str, object] = {}
        match before:
            case Assessment():
                changes["deep"] = DeepAnswers.model_validate(DEEP[self.choice % len(DEEP)])
            case Setup():
                changes["seats"] = {"pm": SEATS[self.choice % len(SEATS)]}
            case Action():
                changes["lever"] = LEVERS[self.choice % len(LEVERS)]
                changes["note"] = NOTES[self.choice % len(NOTES)]
                changes["owner_name"] = (None, "Sofia")[self.choice % 2]
            case Survey():
                changes["closed_at"] = before.saved_at if self.choice % 2 else None
                changes["next_on"] = before.opened_on + timedelta(days=self.choice % 3 + 1)
            case Agreement():
                changes["note"] = NOTES[self.choice % len(NOTES)]
                changes["informed"] = ("pm",) if self.choice % 2 else ()
            case Confirmation():
                changes["reservation"] = str(self.choice % 3)
            case Vote():
                changes["named"] = [("pm",), ("po", "tl"), ("nobody",)][self.choice % 3]
            case Link():
                changes["revoked_at"] = before.created_at
        after = in_squad(before.model_copy(update=changes), self.squad)
        if self.stale:
            before = in_squad(before, "As it never was")
        return Act("revise", (before, after))


ids = st.integers(1, 12).map(lambda number: UUID(int=number))


@st.composite
def records(draw: st.DrawFn) -> Record:
    kind: Kind[Record] = draw(st.sampled_from(KINDS))
    fields: dict[str, object] = {
        kind.columns[0].field: draw(ids),
        "squad": draw(st.sampled_from(SQUADS)),
    }
    several = draw(st.lists(st.sampled_from(SQUADS), min_size=1, max_size=3))
    note = draw(st.sampled_from(NOTES))
    match kind.name:
        case "setups":
            seat = draw(st.sampled_from(SEATS))
            role = "pm" if draw(st.integers(0, 19)) else "boss"
            return setup(**fields, company=None, seats={role: seat})
        case "actions":
            return action(**fields, note=note, lever=draw(st.sampled_from(LEVERS)))
        case "surveys":
            return gathering(**fields, privacy=draw(st.sampled_from(["open", "confidential"])))
        case "agreements":
            decision = "cut" if draw(st.integers(0, 19)) else "boss"
            return agreement(**fields, note=note, decision=decision)
        case "confirmations":
            return confirmation(**fields, voice=draw(st.sampled_from([None, "Zoë"])))
        case "votes":
            asked = draw(st.integers(1, 3))
            return vote(**fields, pass_number=asked, gathering=draw(st.sampled_from(BALLOTS)))
        case "totals":
            return total(**fields, voices=draw(st.integers(6, 99)))
        case "links":
            fields["squads"] = draw(st.sampled_from([tuple(several), EVERY_SQUAD]))
            return link(**fields)
        case _:
            version = "core@1" if draw(st.integers(0, 19)) else "core@9"
            answers = draw(st.dictionaries(st.sampled_from(sorted(OPTIONS)), st.just("unknown")))
            voice = draw(st.sampled_from([None, "Zoë", "Zoë, bis"]))
            deep = draw(st.sampled_from(DEEP))
            return assessment(
                **fields,
                voice=voice,
                note=note,
                framework=version,
                answers=answers,
                deep=deep,
                gathering=draw(st.sampled_from(ROUNDS)),
            )


acts = st.one_of(
    st.builds(lambda rows: Act("add", (rows,)), st.lists(records(), max_size=5)),
    st.builds(lambda rows: Act("add", (rows,)), st.lists(records(), min_size=1, max_size=3)),
    st.builds(
        Revise,
        st.integers(0, 11),
        st.sampled_from(SQUADS + SQUADS + BAD_NAMES),
        st.integers(0, 11),
        st.integers(0, 9).map(lambda number: number == 0),
    ),
    st.builds(lambda some: Act("delete", (some,)), st.lists(ids, max_size=3)),
    st.builds(
        lambda squad, to: Act("rename", (squad, to)),
        st.sampled_from(SQUADS + BAD_NAMES),
        st.sampled_from(SQUADS + SQUADS + BAD_NAMES),
    ),
    st.just(Reopen()),
)


def without_links_again(history: list[Act | Revise | Reopen]) -> Iterator[Act | Revise | Reopen]:
    """The same, adding no link that was deleted: a link is made once, and comes back switched off.

    `tests/storage/test_restored_links.py` says how; here both stores and a plain one are compared.
    """
    deleted: set[object] = set()
    for step in history:
        if isinstance(step, Act) and step.method == "add":
            (rows,) = step.given
            assert isinstance(rows, list)
            kept = [row for row in rows if not (isinstance(row, Link) and row.id in deleted)]
            yield Act("add", (kept,))
            continue
        if isinstance(step, Act) and step.method == "delete":
            (some,) = step.given
            assert isinstance(some, list)
            deleted |= set(some)
        yield step


def outcome(store: Writer, act: Act) -> object:
    try:
        return getattr(store, act.method)(*act.given)
    except Refused as refused:
        return str(refused)


@pytest.mark.parametrize(
    "subject",
    ["csv", pytest.param("postgres", marks=pytest.mark.xdist_group(GROUP))],
)
def test_random_histories_give_what_a_plain_store_gives(
    subject: str, request: pytest.FixtureRequest
) -> None:
    counts: Counter[str] = Counter()

    @settings(max_examples=HISTORIES, suppress_health_check=list(HealthCheck))
    @given(st.lists(acts, min_size=1, max_size=14))
    def histories_agree(history: list[Act | Revise | Reopen]) -> None:
        with SUBJECTS[subject](request) as open_store:
            store, plain = open_store(), PlainStore(FRAMEWORK)
            for step in without_links_again(history):
                act = step.act(plain.read().records) if isinstance(step, Revise) else step
                if isinstance(act, Reopen):
                    store = open_store()
                else:
                    result = outcome(store, act)
                    assert result == outcome(plain, act), act
                    counts["revisions"] += act.method == "revise" and result is None
                stored = store.read()
                assert stored.records == plain.read().records
                assert stored.set_aside == ()
                counts["steps"] += 1
            assert open_store().read().records == plain.read().records
        counts["histories"] += 1

    histories_agree()
    assert counts["histories"] >= HISTORIES
    assert counts["revisions"] >= HISTORIES / 10
    tell(
        request,
        f"{counts['histories']} random histories ({subject}), {counts['steps']} steps, "
        f"{counts['revisions']} revisions: same as a plain store",
    )
