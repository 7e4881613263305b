"""What every store promises; another store joins by its name in `open_store`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import Conflict, Refused
from assessment.model import Action, Assessment, Setup
from assessment.model.link import EVERY_SQUAD
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import KINDS
from assessment.storage.postgres.store import PostgresStore
from assessment.storage.protocol import Record, Store, Stored
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    in_squad,
    link,
    setup,
    squads_of,
    total,
    vote,
)
from tests.storage.postgres import GROUP

OpenStore = Callable[[], Store]
Build = Callable[..., Record]

FRAMEWORK = shipped_framework()
BUILDERS: tuple[Build, ...] = (
    assessment,
    deep_assessment,
    setup,
    action,
    gathering,
    agreement,
    confirmation,
    vote,
    total,
    link,
)

STORES = ["csv", pytest.param("postgresql", marks=pytest.mark.xdist_group(GROUP))]


@pytest.fixture(params=STORES)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenStore]:
    """Opens the same data anew at each call, as another process would."""
    match request.param:
        case "csv":
            yield lambda: CsvStore(tmp_path / "data", FRAMEWORK)
        case "postgresql":
            address = request.getfixturevalue("postgres").emptied_database()
            with ExitStack() as stack:
                yield lambda: stack.enter_context(closing(PostgresStore(address, FRAMEWORK)))
        case unknown:
            raise ValueError(unknown)


def test_a_new_store_is_empty(open_store: OpenStore) -> None:
    stored = open_store().read()

    assert stored.records == ()
    assert stored.set_aside == ()


def test_nothing_vanished_from_a_new_store_and_no_backup_holds_more(open_store: OpenStore) -> None:
    store = open_store()
    store.add([assessment()])

    store.let_go()

    assert not store.is_locked()
    assert store.links_restored_at() is None
    assert (*store.vanished(), *store.only_in_backups("assessments")) == ()
    assert store.forget_backups(["assessments"], []) == 0
    assert len(store.read().assessments) == 1


def test_what_was_added_is_read_back_in_the_order_it_was_saved(open_store: OpenStore) -> None:
    store = open_store()
    second, first, third = assessment(), assessment(), assessment()

    assert store.add([first]) == 1
    assert store.add([second, third]) == 2

    assert store.read().assessments == (first, second, third)
    assert open_store().read().assessments == (first, second, third)


def test_what_a_check_sees_is_what_is_stored_and_what_it_refuses_is_not(
    open_store: OpenStore,
) -> None:
    store, there, new = open_store(), assessment(), assessment()
    store.add([there])
    seen: list[Stored] = []

    def refuse(stored: Stored) -> None:
        seen.append(stored)
        raise Refused("full")

    with pytest.raises(Refused, match="full"):
        open_store().add([new], check=refuse)
    assert [stored.assessments for stored in seen] == [(there,)]
    assert store.read().assessments == (there,)
    assert open_store().add([new], check=seen.append) == 1
    assert store.read().assessments == (there, new)


def test_of_a_crowd_that_checks_first_no_more_come_in_than_may(open_store: OpenStore) -> None:
    gate = Barrier(8)

    def at_most_three(stored: Stored) -> None:
        if len(stored.assessments) >= 3:
            raise Refused("full")

    def one(_number: int) -> int:
        store = open_store()
        store.read()
        gate.wait()
        try:
            return store.add([assessment()], check=at_most_three)
        except Refused:
            return 0

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(one, range(8))) == 3
    assert len(open_store().read().assessments) == 3


def test_every_field_is_read_back_as_it_was(open_store: OpenStore) -> None:
    full = assessment(
        saved_at=datetime(2026, 11, 3, 10, 30, 5, 123456, tzinfo=timezone(timedelta(hours=1))),
        squad='Équipe "Nord", Łódź 🚀',
        voice="O'Neil, Zoë",
        role="pm",
        note='one, "two"\r\nthree\\n\ttab\u2028line\u2029 =1+1 \u202eright to left ',
        answers={"late-scope": "often", "pm-writes-tickets": "not-applicable"},
    )
    bare = assessment(answers={})

    open_store().add([full, bare])

    assert open_store().read().assessments == (full, bare)
    assert full.saved_at == datetime(2026, 11, 3, 9, 30, 5, 123456, tzinfo=UTC)


def test_the_same_submission_sent_twice_is_stored_once(open_store: OpenStore) -> None:
    submission = assessment(note="first")

    assert open_store().add([submission]) == 1
    assert open_store().add([submission.model_copy(update={"note": "second"})]) == 0

    assert open_store().read().assessments == (submission,)


def test_what_is_new_is_stored_beside_what_is_sent_again(open_store: OpenStore) -> None:
    first, second = assessment(), assessment()
    open_store().add([first])

    assert open_store().add([first, second]) == 1

    assert open_store().read().assessments == (first, second)


def test_the_same_submission_twice_in_one_batch_is_stored_once(open_store: OpenStore) -> None:
    submission = assessment(note="first")
    store = open_store()

    assert store.add([submission, submission.model_copy(update={"note": "second"})]) == 1

    assert store.read().assessments == (submission,)


def test_adding_nothing_is_no_news(open_store: OpenStore) -> None:
    store = open_store()
    before = store.read()

    assert store.add([]) == 0

    assert store.read() == before


def test_another_session_s_additions_and_deletions_are_seen_at_the_next_read(
    open_store: OpenStore,
) -> None:
    one, other = open_store(), open_store()
    first, second = assessment(), assessment()

    one.add([first])
    assert other.read().assessments == (first,)
    other.add([second])
    assert one.read().assessments == (first, second)
    other.delete([first.assessment_id])
    assert one.read().assessments == (second,)


def test_the_version_changes_with_the_content_only(open_store: OpenStore) -> None:
    store = open_store()
    empty = store.read().version
    first, second = assessment(), assessment()

    store.add([first])
    one = store.read().version
    store.add([first])
    again = store.read().version
    store.add([second])
    two = store.read().version
    store.delete([second.assessment_id])
    back = store.read().version

    assert one == again == back
    assert len({empty, one, two}) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"framework": "core@2"},
        {"role": "boss"},
        {"answers": {"late-scope": "yes"}},
        {"answers": {"no-such-item": "yes"}},
        {"answers": {"mandates-clear": "not-applicable"}},
    ],
)
def test_a_batch_with_one_assessment_that_does_not_fit_adds_nothing(
    open_store: OpenStore, changes: dict[str, object]
) -> None:
    store = open_store()
    store.add([kept := assessment()])

    with pytest.raises(Refused):
        store.add([assessment(), assessment(**changes)])

    assert store.read().assessments == (kept,)


def test_deleting_removes_exactly_what_was_named(open_store: OpenStore) -> None:
    store = open_store()
    first, second, third = (assessment() for _ in range(3))
    store.add([first, second, third])

    assert store.delete([first.assessment_id, third.assessment_id, UUID(int=10**9)]) == 2

    assert store.read().assessments == (second,)
    assert open_store().read().assessments == (second,)


def test_a_check_sees_what_is_stored_before_a_deletion_and_can_stop_it(
    open_store: OpenStore,
) -> None:
    store, there, other = open_store(), assessment(), assessment()
    store.add([there])
    store.read()
    open_store().add([other])
    seen: list[Stored] = []

    def refuse(stored: Stored) -> None:
        seen.append(stored)
        raise Refused("changed")

    with pytest.raises(Refused, match="changed"):
        store.delete([there.assessment_id], check=refuse)
    with pytest.raises(Refused, match="changed"):  # asked, even where there is nothing to delete
        store.delete([], check=refuse)
    assert [stored.assessments for stored in seen] == [(there, other), (there, other)]
    assert open_store().read().assessments == (there, other)
    assert store.delete([there.assessment_id], check=seen.append) == 1
    assert store.read().assessments == (other,)


def test_what_is_deleted_may_be_chosen_among_what_is_stored_by_then(open_store: OpenStore) -> None:
    store, mine, other, theirs = open_store(), assessment(), assessment(squad="B"), assessment()
    store.add([mine, other])
    store.read()
    open_store().add([theirs])

    def of_atlas(stored: Stored) -> list[UUID]:
        return [record.id for record in stored.assessments if record.squad == mine.squad]

    assert store.delete(of_atlas) == 2
    assert store.read().assessments == (other,)


def test_deleting_what_is_not_there_changes_nothing(open_store: OpenStore) -> None:
    store = open_store()
    assert store.delete([UUID(int=10**9)]) == 0
    store.add([kept := assessment()])

    assert store.delete([UUID(int=10**9)]) == 0
    assert store.delete([]) == 0

    assert store.read().assessments == (kept,)


def test_a_deleted_assessment_can_be_added_again(open_store: OpenStore) -> None:
    store = open_store()
    first, second = assessment(), assessment()
    store.add([first, second])
    store.delete([first.assessment_id])

    assert store.add([first]) == 1

    assert store.read().assessments == (second, first)


def test_renaming_moves_every_spelling_of_a_squad_and_nothing_else(open_store: OpenStore) -> None:
    store = open_store()
    first, other = assessment(squad="Atlas"), assessment(squad="Atlantis")
    second = assessment(squad=" aTLAS ", note='kept,\n as "it" was', voice="Zoë")
    store.add([first, other, second])

    assert store.rename("ATLAS", " Équipe, Nord ") == 2

    def renamed(record: Assessment) -> Assessment:
        return in_squad(record, "Équipe, Nord")

    expected = (renamed(first), other, renamed(second))
    assert store.read().assessments == expected
    assert open_store().read().assessments == expected


def test_renaming_to_a_squad_there_is_merges_the_two(open_store: OpenStore) -> None:
    store = open_store()
    store.add([assessment(squad="Atlas"), assessment(squad="Borealis"), assessment(squad="Atlas")])

    assert store.rename("Atlas", "Borealis") == 2

    assert [record.squad for record in store.read().assessments] == ["Borealis"] * 3
    assert store.rename("Borealis", "Cirrus") == 3


def test_squads_that_were_merged_are_parted_by_the_ids_of_one(open_store: OpenStore) -> None:
    store = open_store()
    records = (assessment(squad="Borealis"), assessment(), setup(), link(squads=("Atlas",)))
    store.add(records)
    before = store.read()
    store.rename("Atlas", "Borealis")

    assert store.rename("Borealis", "Atlas", only=[record.id for record in records[1:]]) == 3

    assert store.read().records == before.records


def test_renaming_counts_what_is_already_spelled_that_way(open_store: OpenStore) -> None:
    store = open_store()
    store.add([assessment(squad="Atlas"), assessment(squad="ATLAS")])
    before = store.read().version

    assert store.rename("atlas", "ATLAS") == 2
    once = store.read()
    assert store.rename("atlas", "ATLAS") == 2

    assert [record.squad for record in once.assessments] == ["ATLAS", "ATLAS"]
    assert store.read().version == once.version != before


@pytest.mark.parametrize("to", ["", "  ", "x" * 81, "At\x07las"])
def test_renaming_to_what_is_no_name_is_refused_and_changes_nothing(
    open_store: OpenStore, to: str
) -> None:
    store = open_store()
    store.add([kept := assessment()])

    with pytest.raises(Refused):
        store.rename("Atlas", to)

    assert store.read().assessments == (kept,)


def test_renaming_a_squad_that_is_not_there_changes_nothing(open_store: OpenStore) -> None:
    store = open_store()
    store.add([kept := assessment()])
    before = store.read()

    assert store.rename("Borealis", "Cirrus") == 0
    assert store.rename("", "Cirrus") == 0

    assert store.read() == before
    assert before.assessments == (kept,)


# Every kind ---------------------------------------------------------------------------------------


def one_of_each(**changes: object) -> tuple[Record, ...]:
    """An assessment, one with deep answers, and one record of every other kind."""
    return tuple(build(**changes) for build in BUILDERS)


def test_every_kind_has_a_builder_here() -> None:
    assert {kind.model for kind in KINDS} == {type(record) for record in one_of_each()}


def test_kinds_are_added_together_and_read_back_each_in_its_place(open_store: OpenStore) -> None:
    first, second = one_of_each(), one_of_each()
    store = open_store()

    assert store.add([*reversed(first), *second]) == 20

    for stored in (store.read(), open_store().read()):
        assert stored.assessments == (first[1], first[0], second[0], second[1])
        assert stored.setups == (first[2], second[2])
        assert stored.actions == (first[3], second[3])
        assert stored.surveys == (first[4], second[4])
        assert stored.agreements == (first[5], second[5])
        assert stored.confirmations == (first[6], second[6])
        assert stored.votes == (first[7], second[7])
        assert stored.totals == (first[8], second[8])
        assert stored.links == (first[9], second[9])
        assert stored.set_aside == ()
        of_squads = (
            *(*stored.assessments, *stored.setups, *stored.actions, *stored.surveys),
            *(*stored.agreements, *stored.confirmations, *stored.votes, *stored.totals),
        )
        assert stored.squad_records == of_squads
        assert stored.records == (*of_squads, *stored.links)


FULL = {
    "deep answers": deep_assessment(
        deep={
            "deciders": {"first": ("lead", "cpo", "cto", "cpto", "pm", "po", "em", "tl", "team")},
            "options": {"roadmap-sync": "not-held", "seat-people": "carried-by-nobody"},
            "signs": {"days-to-arbitrate": 0.1 + 0.2, "open-questions": 0, "rework-share": 1e-7},
            "mandates": dict.fromkeys(FRAMEWORK.lenses.mandates, '"é", \\n; 🚀 =1'),
        }
    ),
    "a mandate alone": deep_assessment(deep={"mandates": {"po": "x" * 300}}, answers={}),
    "a setup": setup(
        squad='Équipe "Nord", Łódź 🚀',
        company="large-group",
        seats={
            "lead": "own", "cpo": "own", "cto": "same-as-cpo", "cpto": "absent", "pm": "shared",
            "po": "same-as-pm", "em": "empty", "tl": "own", "team": "shared",
        },
        shared_seats={"team": '=Équipe: "a" \\n, 🚀', "pm": "PM Payments"},
    ),
    "a bare setup": setup(company=None, seats={}),
    "an action": action(
        squad='Équipe "Nord"',
        note='one, "two"\r\nthree\\n\ttab\u2028line\u2029 =1+1 ',
        status="done",
        ended_on=date(2026, 11, 30),
    ),
    "a bare action": action(owner=None, due_on=None),
    "an action of somebody": action(owner=None, owner_name='=Zoë "Z" 🚀'),
    "an answer to a round": assessment(gathering=UUID(int=7)),
    "a round": gathering(
        squad='Équipe "Nord"',
        depth="deep",
        least_voices=7,
        closed_at=datetime(2026, 11, 9, 8, 0, 5, 123456, tzinfo=UTC),
        revealed_at=datetime(2026, 11, 10, 8, 0, tzinfo=UTC),
    ),
    "an open round": gathering(privacy="open"),
    "a total": total(
        squad='Équipe "Nord", Łódź 🚀',
        voices=1_000,
        invited=True,
        answers={
            "mandates-clear": {"yes": 900, "partly": 100},
            "single-channel": {"no": 7, "partly": 1, "yes": 2},
        },
    ),
    "a total of a number alone": total(answers={}, voices=2),
    "a link": link(
        label='Comité "Nord", 🚀; =1',
        squads=('Équipe "Nord", bis', "a\\nb \\", "c | d; every-squad"),
        period="2026-Q4",
        with_notes=True,
        with_roles=True,
        revoked_at=datetime(2026, 11, 10, 8, 0, tzinfo=UTC),
    ),
    "an invitation": link(kind="invite", round_id=UUID(int=7), period="2026-11"),
    "a link to every squad": link(squads=EVERY_SQUAD),
    "a link to a squad of that name": link(squads=(EVERY_SQUAD,)),
}  # fmt: skip


@pytest.mark.parametrize("record", FULL.values(), ids=FULL.keys())
def test_every_field_of_every_kind_is_read_back_as_it_was(
    open_store: OpenStore, record: Record
) -> None:
    open_store().add([record])

    assert open_store().read().records == (record,)


def test_deciders_come_back_in_the_framework_s_order_and_empty_answers_not_at_all(
    open_store: OpenStore,
) -> None:
    deep = {"deciders": {"first": ("pm", "cpo"), "cut": ()}, "mandates": {"pm": " ", "po": " x "}}

    open_store().add([assessment(deep=deep)])

    (record,) = open_store().read().assessments
    assert record.deep.deciders == {"first": ("cpo", "pm")}
    assert record.deep.mandates == {"po": "x"}
    assert record.framework == "core@1+lenses@1"


def test_an_assessment_says_the_lenses_version_only_where_it_answers_one(
    open_store: OpenStore,
) -> None:
    open_store().add([assessment(framework="core@1+lenses@1"), deep_assessment(framework="core@1")])

    assert [record.framework for record in open_store().read().assessments] == [
        "core@1",
        "core@1+lenses@1",
    ]


@pytest.mark.parametrize("build", BUILDERS)
def test_a_record_sent_again_is_stored_once_whatever_its_kind(
    open_store: OpenStore, build: Build
) -> None:
    record = build()
    store = open_store()
    store.add([record])

    assert store.add([record, build(squad="Other"), record]) == 1
    assert store.read().records[0] == record


UNFIT: dict[str, Record] = {
    "a decision that is none": assessment(deep={"deciders": {"lunch": ("pm",)}}),
    "a role that is none": assessment(deep={"deciders": {"first": ("boss",)}}),
    "a lens option that is none": assessment(deep={"options": {"product-review": "yes"}}),
    "a lens item that is none": assessment(deep={"options": {"lunch": "yes"}}),
    "a year and a day to arbitrate": assessment(deep={"signs": {"days-to-arbitrate": 366}}),
    "rework over all work": assessment(deep={"signs": {"rework-share": 100.5}}),
    "less than nothing": assessment(deep={"signs": {"open-questions": -1}}),
    "half a question": assessment(deep={"signs": {"open-questions": 0.5}}),
    "a mandate for leadership": assessment(deep={"mandates": {"lead": "Decides all."}}),
    "a setup with an unknown role": setup(seats={"boss": "own"}),
    "an action on an unknown lever": action(lever="shout"),
    "an action of an unknown role": action(owner="boss"),
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT.keys())
def test_a_batch_with_one_record_that_does_not_fit_adds_nothing_of_any_kind(
    open_store: OpenStore, unfit: Record
) -> None:
    store = open_store()
    store.add(kept := one_of_each())

    with pytest.raises(Refused):
        store.add([*one_of_each(), unfit])

    assert store.read().records == kept


@pytest.mark.parametrize("build", BUILDERS)
def test_the_version_changes_with_every_kind(open_store: OpenStore, build: Build) -> None:
    store = open_store()
    versions = [store.read().version]
    record, kept = build(), build()
    after = in_squad(record, "Borealis")
    for change in (
        lambda: store.add([record, kept]),
        lambda: store.revise(record, after),
        lambda: store.delete([record.id]),
    ):
        change()
        versions.append(store.read().version)

    assert len(set(versions)) == 4


def test_deleting_takes_ids_of_every_kind(open_store: OpenStore) -> None:
    gone, kept = one_of_each(), one_of_each()
    store = open_store()
    store.add([*gone, *kept])

    assert store.delete([*(record.id for record in gone), UUID(int=10**9)]) == 10

    assert store.read().records == open_store().read().records == kept


def test_renaming_takes_every_kind_along(open_store: OpenStore) -> None:
    atlas, other = one_of_each(squad=" aTLAS "), one_of_each(squad="Cirrus")
    store = open_store()
    store.add([*atlas, *other])

    assert store.rename("atlas", "Borealis") == 10

    for stored in (store.read(), open_store().read()):
        assert [squads_of(record) for record in stored.records].count(("Borealis",)) == 10
        of_cirrus = [record for record in stored.records if squads_of(record) == ("Cirrus",)]
        assert of_cirrus == list(other)


SHARED = {
    "one of several": (("Cirrus", " aTLAS ", "Nord"), ("Cirrus", "Borealis", "Nord")),
    "both that become one": (("Atlas", "Cirrus", "borealis"), ("Borealis", "Cirrus")),
    "another": (("Atlantis", "borealis"), ("Atlantis", "borealis")),
}


@pytest.mark.parametrize(("squads", "after"), SHARED.values(), ids=SHARED.keys())
def test_a_link_keeps_sharing_a_squad_under_its_new_name(
    open_store: OpenStore, squads: tuple[str, ...], after: tuple[str, ...]
) -> None:
    store = open_store()
    store.add([shared := link(squads=squads), every := link(squads=EVERY_SQUAD)])

    assert store.rename("atlas", "Borealis") == (squads != after)

    assert open_store().read().links == (shared.model_copy(update={"squads": after}), every)


@pytest.mark.parametrize("build", BUILDERS)
def test_another_session_s_changes_are_seen_at_the_next_read_whatever_the_kind(
    open_store: OpenStore, build: Build
) -> None:
    one, other = open_store(), open_store()
    first, second = build(), build()

    one.add([first])
    assert other.read().records == (first,)
    other.add([second])
    assert one.read().records == (first, second)
    other.revise(first, after := in_squad(first, "Borealis"))
    assert one.read().records == (after, second)
    other.rename("Borealis", "Cirrus")
    assert [squads_of(record) for record in one.read().records] == [("Cirrus",), ("Atlas",)]
    other.delete([first.id])
    assert one.read().records == (second,)


# Revising -----------------------------------------------------------------------------------------

LATER = datetime(2026, 11, 10, 8, 0, tzinfo=UTC)
DEEP_VERSION = {"framework": "core@1+lenses@1"}
REVISIONS: dict[str, tuple[Build, dict[str, object], dict[str, object]]] = {
    "deep answers are added": (assessment, {}, {"deep": deep_assessment().deep, **DEEP_VERSION}),
    "deep answers are taken back": (
        deep_assessment,
        {},
        {"deep": assessment().deep, "framework": "core@1"},
    ),
    "answers and note change": (
        assessment,
        {"note": "one\ntwo"},
        {"answers": {"late-scope": "often"}, "note": 'three, "four"', "role": None, "voice": "Zoë"},
    ),
    "a seat is filled": (setup, {}, {"company": None, "seats": {"pm": "own", "po": "same-as-pm"}}),
    "an action is done": (action, {}, {"status": "done", "ended_on": date(2026, 11, 30)}),
    "a round is closed and shown": (
        gathering,
        {},
        {"closed_at": LATER, "revealed_at": LATER},
    ),
    "a round tells when the next one is": (gathering, {}, {"next_on": date(2027, 1, 5)}),
    "a round is open again": (gathering, {"closed_at": LATER}, {"closed_at": None}),
    "a link is switched off": (link, {}, {"revoked_at": LATER}),
    "a link shares otherwise": (
        link,
        {"squads": EVERY_SQUAD, "period": "2026-11"},
        {"squads": ("a", "b"), "period": None, "with_notes": True, "label": "=1"},
    ),
    "an action is moved": (action, {"note": "x"}, {"due_on": None, "owner": None, "note": ""}),
    "an action is somebody's": (action, {}, {"owner_name": "Sofia"}),
    "an action is nobody's by name": (action, {"owner_name": "Sofia"}, {"owner_name": None}),
}


@pytest.mark.parametrize(("build", "fields", "changes"), REVISIONS.values(), ids=REVISIONS.keys())
def test_a_revision_takes_the_place_of_what_it_revises_and_touches_nothing_else(
    open_store: OpenStore,
    build: Build,
    fields: dict[str, object],
    changes: dict[str, object],
) -> None:
    before = build(**fields)
    after = before.model_copy(update=changes)
    around = [*one_of_each(), before, *one_of_each()]
    store = open_store()
    store.add(around)

    store.revise(before, after)

    expected = [after if record is before else record for record in around]
    for stored in (store.read(), open_store().read()):
        for kind in KINDS:
            assert list(stored.of(kind)) == [e for e in expected if isinstance(e, kind.model)]


@pytest.mark.parametrize("build", BUILDERS)
def test_a_revision_of_what_somebody_else_changed_is_refused(
    open_store: OpenStore, build: Build
) -> None:
    store, other = open_store(), open_store()
    store.add([before := build()])
    other.revise(before, faster := in_squad(before, "Theirs"))

    with pytest.raises(Conflict, match="somebody changed this meanwhile") as raised:
        store.revise(before, in_squad(before, "Mine"))

    assert "look at it, then make your change again" in str(raised.value)
    assert store.read().records == (faster,)


@pytest.mark.parametrize("build", BUILDERS)
def test_a_check_sees_what_is_stored_before_a_revision_and_can_stop_it(
    open_store: OpenStore, build: Build
) -> None:
    store = open_store()
    store.add([before := build()])
    store.read()
    open_store().add([other := build()])
    seen: list[Stored] = []

    def refuse(stored: Stored) -> None:
        seen.append(stored)
        raise Refused("changed")

    with pytest.raises(Refused, match="changed"):
        store.revise(before, after := in_squad(before, "Mine"), check=refuse)
    assert [[*stored.records] for stored in seen] == [[before, other]]
    assert store.read().records == (before, other)
    store.revise(before, after, check=seen.append)
    assert store.read().records == (after, other)


def test_a_link_stays_on_whose_switching_off_is_refused(open_store: OpenStore) -> None:
    store, shared = open_store(), link(label="Board")
    store.add([shared])
    stale = shared.model_copy(update={"label": "Somebody else's"})

    with pytest.raises(Conflict, match="somebody changed this meanwhile"):
        store.revise(stale, stale.revoked(shared.created_at))

    assert store.read().links == (shared,)
    assert open_store().read().links == (shared,)


@pytest.mark.parametrize("build", BUILDERS)
def test_a_revision_of_what_is_gone_is_refused(open_store: OpenStore, build: Build) -> None:
    store, other = open_store(), open_store()
    store.add([before := build(), kept := build()])
    other.delete([before.id])

    with pytest.raises(Conflict, match="was deleted meanwhile"):
        store.revise(before, in_squad(before, "Mine"))

    assert store.read().records == (kept,)


def test_of_revisions_sent_at_once_exactly_one_is_stored(open_store: OpenStore) -> None:
    stores = [open_store() for _ in range(8)]
    stores[0].add([before := action()])
    start = Barrier(len(stores))

    def revise(number: int) -> bool:
        start.wait()
        try:
            stores[number].revise(before, before.model_copy(update={"note": str(number)}))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(stores)) as threads:
        won = list(threads.map(revise, range(len(stores))))

    assert won.count(True) == 1
    (kept,) = open_store().read().actions
    assert kept.note == str(won.index(True))


@pytest.mark.parametrize("build", BUILDERS)
def test_a_revision_sent_again_is_done_once(open_store: OpenStore, build: Build) -> None:
    store = open_store()
    store.add([before := build()])
    after = in_squad(before, "Borealis")
    store.revise(before, after)
    once = store.read()

    open_store().revise(before, after)
    open_store().revise(after, after)

    assert store.read() == once
    assert once.records == (after,)


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT.keys())
def test_a_revision_that_does_not_fit_is_refused_and_changes_nothing(
    open_store: OpenStore, unfit: Record
) -> None:
    store = open_store()
    builders: dict[type, Build] = {Assessment: assessment, Setup: setup, Action: action}
    kind = next(kind for kind in KINDS if kind.model is type(unfit))
    before = builders[type(unfit)](**{kind.columns[0].field: unfit.id})
    store.add([before])

    with pytest.raises(Refused):
        store.revise(before, unfit)

    assert store.read().records == (before,)


@pytest.mark.parametrize(
    ("before", "changes", "why"),
    [
        (assessment(), {"squad": "two\nlines"}, "the name contains a control character"),
        (setup(), {"seats": {"pm": "maybe"}}, "unknown seat 'maybe'"),
        (setup(), {"company": "circus"}, "company: "),
        (action(), {"status": "done"}, "expected the day it ended"),
        (action(), {"note": "n" * 2_001}, "the note has 2001 characters"),
    ],
)
def test_a_copy_that_the_model_would_not_take_is_refused(
    open_store: OpenStore, before: Record, changes: dict[str, object], why: str
) -> None:
    store = open_store()
    store.add([before])

    with pytest.raises(Refused, match=why):
        store.revise(before, before.model_copy(update=changes))

    assert store.read().records == (before,)


def test_names_of_a_revision_are_trimmed_as_any_other(open_store: OpenStore) -> None:
    store = open_store()
    store.add([before := setup()])

    store.revise(before, before.model_copy(update={"squad": " Borealis "}))

    assert [record.squad for record in store.read().setups] == ["Borealis"]


def test_a_revision_keeps_to_one_record(open_store: OpenStore) -> None:
    with pytest.raises(ValueError, match="is no revision of"):
        open_store().revise(assessment(), assessment())
    assert open_store().read().records == ()


def test_counts_of_an_item_that_nobody_answered_are_none(open_store: OpenStore) -> None:
    store, counted = open_store(), total(answers={})
    store.add([counted.model_copy(update={"answers": {"mandates-clear": {}}})])

    assert store.read().totals == open_store().read().totals == (counted,)


def test_a_link_to_thousands_of_squads_is_read_back(open_store: OpenStore) -> None:
    names = tuple(f'Squad "{number}" {"x" * 60}' for number in range(2_500))
    store, shared = open_store(), link(squads=names)
    store.add([shared])

    assert store.read().links == open_store().read().links == (shared,)
