"""Random histories of adding, deleting, renaming and reading, on a real store and a plain one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.errors import Refused
from assessment.framework import shipped_framework
from assessment.model import Assessment
from assessment.storage.csv_store import CsvStore
from assessment.storage.postgres_store import PostgresStore
from assessment.storage.protocol import Store
from tests.builders import assessment
from tests.reliability.figures import tell, times
from tests.reliability.plain_store import PlainStore
from tests.storage.postgres import GROUP, Server

FRAMEWORK = shipped_framework()
HISTORIES = times(full=1_000, short=60)

SQUADS = ["Atlas", "atlas ", "ATLAS", "Borea", 'Équipe "Nord"', 'E\u0301quipe "Nord"', "a,b;c"]
BAD_NAMES = ["", "  ", "x" * 81, "two\nlines", "nul\0", "mirror\u202e"]
NOTES = ["", "one\ntwo", 'say "hi", ok', "\\n \\", "\u2028\u202e🚀", "=1+1"]
OPTIONS = {"mandates-clear": "yes", "late-scope": "often", "pm-writes-tickets": "not-applicable"}


@contextmanager
def csv_stores(_request: pytest.FixtureRequest) -> Iterator[Callable[[], Store]]:
    """Opens one folder anew at each call."""
    with tempfile.TemporaryDirectory() as folder:
        yield lambda: CsvStore(Path(folder) / "data", FRAMEWORK)


@contextmanager
def postgres_stores(request: pytest.FixtureRequest) -> Iterator[Callable[[], Store]]:
    """Opens one database anew at each call."""
    server: Server = request.getfixturevalue("postgres_server")
    address = server.new_database()
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(PostgresStore(address, FRAMEWORK)))


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


ids = st.integers(1, 12).map(lambda number: UUID(int=number))


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    version = "core@1" if draw(st.integers(0, 19)) else "core@9"
    return assessment(
        assessment_id=draw(ids),
        squad=draw(st.sampled_from(SQUADS)),
        voice=draw(st.sampled_from([None, "Zoë", "Zoë, bis"])),
        note=draw(st.sampled_from(NOTES)),
        framework=version,
        answers=draw(st.dictionaries(st.sampled_from(sorted(OPTIONS)), st.just("unknown"))),
    )


acts = st.one_of(
    st.builds(lambda rows: Act("add", (rows,)), st.lists(assessments(), max_size=4)),
    st.builds(lambda rows: Act("add", (rows,)), st.lists(assessments(), min_size=1, max_size=2)),
    st.builds(lambda some: Act("delete", (some,)), st.lists(ids, max_size=3)),
    st.builds(
        lambda squad, to: Act("rename", (squad, to)),
        st.sampled_from(SQUADS + BAD_NAMES),
        st.sampled_from(SQUADS + SQUADS + BAD_NAMES),
    ),
    st.just(Reopen()),
)


def outcome(store: Store, act: Act) -> object:
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
    tried = 0
    steps = 0

    @settings(max_examples=HISTORIES, suppress_health_check=list(HealthCheck))
    @given(st.lists(acts, min_size=1, max_size=14))
    def histories_agree(history: list[Act | Reopen]) -> None:
        nonlocal tried, steps
        with SUBJECTS[subject](request) as open_store:
            store, plain = open_store(), PlainStore(FRAMEWORK)
            for act in history:
                if isinstance(act, Reopen):
                    store = open_store()
                else:
                    assert outcome(store, act) == outcome(plain, act), act
                stored = store.read()
                assert stored.assessments == plain.read().assessments
                assert stored.set_aside == ()
                steps += 1
            assert open_store().read().assessments == plain.read().assessments
        tried += 1

    histories_agree()
    assert tried >= HISTORIES
    tell(request, f"{tried} random histories ({subject}), {steps} steps: same as a plain store")
