"""What joins a squad's agreements, what stays as it was confirmed, and who sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from assessment.access.agreements import check_may_answer, confirmation_as_stored, id_of_answer
from assessment.access.guarded_store import GuardedStore
from assessment.access.rights import Rights, Visitor, VisitorKind, visible
from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.exchange.archives import zip_of
from assessment.exchange.imports import import_plan_of_file
from assessment.model.link import Link
from assessment.model.period import Period
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Record, Stored
from tests.builders import TODAY, agreement, confirmation, gathering, link

FRAMEWORK = shipped_framework()
HIDDEN = gathering()
AGREED = agreement(agreement_id=UUID(int=2_001), note="not for all", survey=HIDDEN.id)
YES = confirmation(agreement_id=AGREED.id)


@pytest.fixture
def whole(tmp_path: Path) -> CsvStore:
    whole = CsvStore(tmp_path, FRAMEWORK)
    whole.add([HIDDEN, AGREED])
    return whole


@pytest.fixture
def store(whole: CsvStore) -> GuardedStore:
    return GuardedStore(whole)


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (agreement(), "another agreement about this decision"),
        (confirmation(agreement_id=UUID(int=5)), "an agreement that is not stored here"),
        (confirmation(agreement_id=AGREED.id, squad="Other"), "or one of another squad"),
        (confirmation(agreement_id=AGREED.id, role="pm"), "'pm' neither decides nor is consulted"),
        (confirmation(agreement_id=AGREED.id, voice="Zoë"), "made in a confidential session"),
        (agreement(decision="boss"), "unknown decision 'boss'"),
        (agreement(decision="cut", decides="boss"), "unknown role 'boss'"),
        (agreement(decision="cut", decides="cpo cto"), "unknown role 'cpo cto'"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(
    store: GuardedStore, whole: CsvStore, record: Record, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        store.add([record])

    assert whole.read().agreements == (AGREED,)
    assert whole.read().confirmations == ()


def test_an_agreement_and_its_answers_come_together(store: GuardedStore) -> None:
    later = agreement(decision="cut")

    assert store.add([later, confirmation(agreement_id=later.id, role="tl"), YES]) == 3
    assert store.add([later]) == 0


def test_an_alias_answers_what_an_open_session_agreed(store: GuardedStore) -> None:
    survey = gathering(privacy="open")
    store.add([survey, agreed := agreement(decision="cut", survey=survey.id)])

    assert store.add([confirmation(agreement_id=agreed.id, voice="Zoë")]) == 1


def test_a_browser_answers_for_a_role_as_the_first_or_where_it_has_answered_before() -> None:
    mine, other = UUID(int=1), UUID(int=2)
    given = [confirmation(confirmation_id=id_of_answer(mine, number)) for number in range(2)]

    for so_far in ([], given[:1], given):
        check_may_answer(mine, so_far)
    check_may_answer(other, [])
    for so_far in (given[:1], given):
        with pytest.raises(Refused, match="answered for on another phone or on the big screen"):
            check_may_answer(other, so_far)


def test_a_browser_answers_without_an_alias_and_the_same_twice_counts_once() -> None:
    mine, other = UUID(int=1), UUID(int=2)
    sent = confirmation(agreement_id=AGREED.id, voice="Zoë", squad="Other")
    first = confirmation_as_stored(sent, AGREED, [], browser=mine)
    assert first is not None
    assert (first.id, first.voice, first.squad) == (id_of_answer(mine, 0), None, AGREED.squad)
    assert confirmation_as_stored(sent, AGREED, [first], browser=mine) is None
    against = sent.model_copy(update={"answer": "not-agreed"})
    changed = confirmation_as_stored(against, AGREED, [first], browser=mine)
    assert changed is not None
    assert changed.id == id_of_answer(mine, 1)
    back = confirmation_as_stored(sent, AGREED, [first, changed], browser=mine)
    assert back is not None
    assert (back.id, back.answer) == (id_of_answer(mine, 2), sent.answer)
    with pytest.raises(Refused, match="answered for on another phone"):
        confirmation_as_stored(sent, AGREED, [first], browser=other)


def test_an_answered_agreement_keeps_its_words_and_takes_a_note(
    store: GuardedStore, whole: CsvStore
) -> None:
    reworded = AGREED.model_copy(update={"decides": "em"})
    store.revise(AGREED, reworded)
    store.revise(reworded, AGREED)
    store.add([YES])

    with pytest.raises(Refused, match="roles have answered this agreement"):
        store.revise(AGREED, reworded)
    store.revise(AGREED, noted := AGREED.model_copy(update={"note": "seen again"}))

    assert whole.read().agreements == (noted,)


def test_an_agreement_goes_with_its_answers_which_count_where_they_are_named(
    store: GuardedStore, whole: CsvStore
) -> None:
    store.add(
        [other := agreement(decision="cut"), kept := confirmation(agreement_id=other.id), YES]
    )

    assert store.delete([AGREED.id]) == 1

    assert whole.read().agreements == (other,)
    assert whole.read().confirmations == (kept,)
    assert store.delete([other.id, kept.id]) == 2


def test_a_file_brings_agreements_and_answers_that_fit_and_tells_why_others_do_not() -> None:
    there = Stored(agreements=(AGREED,))
    new = agreement(decision="cut")
    records: list[Record] = [
        agreement(),
        new,
        YES,
        confirmation(agreement_id=new.id, role="tl"),
        confirmation(agreement_id=UUID(int=5)),
    ]

    plan = import_plan_of_file(
        zip_of(records, FRAMEWORK), there, FRAMEWORK, file="in.zip", latest=TODAY
    )

    assert [(row.file, row.line, row.outcome) for row in plan.rows] == [
        ("in.zip/agreements.csv", 2, "refused"),
        ("in.zip/agreements.csv", 3, "added"),
        ("in.zip/confirmations.csv", 2, "added"),
        ("in.zip/confirmations.csv", 3, "added"),
        ("in.zip/confirmations.csv", 4, "refused"),
    ]
    assert "another agreement about this decision" in str(plan.rows[0].reason)


# Who sees it --------------------------------------------------------------------------------------

STORED = Stored(
    agreements=(AGREED, agreement(squad="Other")),
    confirmations=(
        confirmation(agreement_id=AGREED.id, voice="Zoë", reservation="but"),
        confirmation(agreement_id=AGREED.id, role="tl"),
    ),
)


def seen(shared: Link) -> Stored:
    return visible(STORED, Rights(Visitor("viewer", link=shared)))


def test_a_view_link_shows_the_squad_s_agreements_without_texts_and_aliases() -> None:
    shown = seen(link())

    (agreed,) = shown.agreements
    assert (agreed.decides, agreed.consulted, agreed.valid_until) == (
        "po",
        ("tl",),
        date(2027, 5, 4),
    )
    assert (agreed.limits, agreed.escalation, agreed.note) == ("", "", "")
    answers = [(answer.role, answer.voice, answer.reservation) for answer in shown.confirmations]
    assert answers == [("po", "1", ""), ("tl", None, "")]


def test_a_link_with_notes_shows_the_texts_and_still_no_alias() -> None:
    shown = seen(link(with_notes=True))

    assert shown.agreements == (AGREED,)
    assert [answer.reservation for answer in shown.confirmations] == ["but", ""]
    assert [answer.voice for answer in shown.confirmations] == ["1", None]


@pytest.mark.parametrize(
    "shared",
    [
        link(with_agreements=False, with_notes=True),
        link(squad="Third"),
        link(period=Period.parse("2026-10")),
    ],
)
def test_unticked_elsewhere_or_before_they_were_agreed_nothing_of_them_is_shown(
    shared: Link,
) -> None:
    shown = seen(shared)

    assert (shown.agreements, shown.confirmations) == ((), ())


def test_a_link_to_a_later_period_shows_what_was_agreed_before() -> None:
    assert len(seen(link(period=Period.parse("2027-Q1"))).agreements) == 1


def test_a_link_to_a_period_shows_no_answer_that_came_after_it() -> None:
    # The last day is whole for everybody: in Honolulu it is 30 November until 10 a.m. in UTC.
    came = [datetime(2026, 12, 1, 11, 59, tzinfo=UTC), datetime(2026, 12, 1, 12, tzinfo=UTC)]
    given = [
        confirmation(agreement_id=AGREED.id, role=role, saved_at=moment)
        for role, moment in zip(("po", "tl"), came, strict=True)
    ]
    stored = Stored(agreements=(AGREED,), confirmations=tuple(given))

    def roles(shared: Link) -> list[str]:
        rights = Rights(Visitor("viewer", link=shared))
        return [answer.role for answer in visible(stored, rights).confirmations]

    assert roles(link(period=Period.parse("2026-11"))) == ["po"]
    assert roles(link(period=Period.parse("2026-Q4"))) == ["po", "tl"]
    assert roles(link()) == ["po", "tl"]


def test_links_that_differ_in_what_they_show_share_nothing_kept() -> None:
    with_them, without = link(), link(with_agreements=False)

    assert seen(with_them).version != seen(without).version
    assert replace(seen(with_them), version=0) != replace(seen(without), version=0)


@pytest.mark.parametrize("kind", ["stranger", "nobody", "bad link", "locked out", "invitee"])
def test_whoever_neither_edits_nor_views_sees_no_agreement(kind: VisitorKind) -> None:
    shared = link(kind="invite", round_id=HIDDEN.id) if kind == "invitee" else None
    shown = visible(STORED, Rights(Visitor(kind, link=shared)))

    assert (shown.agreements, shown.confirmations) == ((), ())


@pytest.mark.parametrize("kind", ["anybody", "editor"])
def test_whoever_edits_sees_all_of_them(kind: VisitorKind) -> None:
    shown = visible(STORED, Rights(Visitor(kind)))

    assert shown.agreements == STORED.agreements
    assert shown.confirmations == STORED.confirmations
