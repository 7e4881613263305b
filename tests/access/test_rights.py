"""Who may do what: kinds of visitors, rooms, and what is visible to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from pydantic import BaseModel

from assessment.access.invitations import answer_as_stored, revealed
from assessment.access.links import LinkRequest, new_link
from assessment.access.release import released
from assessment.access.rights import Rights, Room, Visitor, VisitorKind, visible, visitor_of
from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.model import Action, Agreement, Assessment, Confirmation, Setup, Survey, Total
from assessment.model.link import EVERY_SQUAD, Link
from assessment.model.period import Period
from assessment.rounds.history import History
from assessment.storage.protocol import SetAside, Stored
from tests.access.policies import OPEN, PROTECTED, somebody
from tests.builders import DEEP, action, assessment, deep_assessment, gathering, setup, total
from tests.builders import link as shared_link

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def link(squads: tuple[str, ...] | str = ("Atlas",), **changes: object) -> Link:
    made, _ = new_link(
        LinkRequest("view", "Board", ("Atlas",)),
        link_id=UUID(int=1),
        now=NOW,
        mint=lambda n: bytes(n),
    )
    return Link.model_validate(made.model_dump() | {"squads": squads} | changes)


def rights(kind: VisitorKind, held: Link | None = None) -> Rights:
    return Rights(Visitor(kind, link=held))


# Kinds and rooms -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "ana@example.org"},
        {"email": "ana@example.org", "is_logged_in": False},
        {"email": "ana@example.org", "is_logged_in": "true"},
        {"is_logged_in": True},
        {"is_logged_in": True, "email": None},
        {"is_logged_in": True, "email": ["ana@example.org"]},
        {"is_logged_in": True, "name": "ana@example.org", "sub": "ana@example.org"},
    ],
)
def test_an_identity_that_is_not_signed_in_with_an_address_does_not_edit(
    claims: dict[str, object],
) -> None:
    visitor = visitor_of(PROTECTED, claims, presented=False, link=None)
    assert visitor.kind in ("nobody", "stranger")
    assert not Rights(visitor).may_edit


def test_whoever_shows_a_link_is_its_holder_and_no_more() -> None:
    for policy in (OPEN, PROTECTED):
        for claims in ({}, somebody("ana@example.org")):
            held = visitor_of(policy, claims, presented=True, link=link())
            assert held.kind == "viewer"
            assert not Rights(held).may_edit
            refused = visitor_of(policy, claims, presented=True, link=None)
            assert refused.kind == "bad link"


ROOMS: dict[Room, set[VisitorKind]] = {
    "check": {"anybody", "editor"},
    "round": {"anybody", "editor", "invitee"},
    "results": {"anybody", "editor", "viewer"},
    "learn": {"anybody", "editor", "viewer", "invitee"},
    "manage": {"anybody", "editor"},
    "shared": {"anybody", "editor", "viewer", "invitee", "stranger", "nobody", "bad link"},
}
VISITOR_KINDS: set[VisitorKind] = {*ROOMS["shared"], "locked out"}


@pytest.mark.parametrize("kind", sorted(VISITOR_KINDS))
@pytest.mark.parametrize("room", ROOMS)
def test_each_room_opens_to_those_it_is_for(room: Room, kind: VisitorKind) -> None:
    assert rights(kind).may_open(room) == (kind in ROOMS[room])


@pytest.mark.parametrize("kind", sorted(VISITOR_KINDS - {"anybody", "editor", "viewer"}))
def test_nobody_but_editors_and_viewers_reads_anything(kind: VisitorKind) -> None:
    allowed = rights(kind, link())
    assert not allowed.may_edit
    assert not allowed.may_read("Atlas", date(2026, 11, 3))
    assert not allowed.may_see_notes
    assert not allowed.may_see_roles


def test_a_viewer_reads_the_squads_of_the_link_in_any_spelling_and_no_other() -> None:
    allowed = rights("viewer", link(("Atlas", "Boréal")))
    day = date(2026, 11, 3)
    assert allowed.may_read(" ATLAS ", day)
    assert allowed.may_read("boréal", day)
    assert not allowed.may_read("Cobalt", day)
    assert not allowed.may_read("Atlas 2", day)
    assert not allowed.may_edit
    assert rights("viewer", link(EVERY_SQUAD)).may_read("Cobalt", day)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_link_with_a_period_shares_its_days_only(period: str, first: date, last: date) -> None:
    allowed = rights("viewer", link(period=period))
    assert allowed.may_read("Atlas", first)
    assert allowed.may_read("Atlas", last)
    assert not allowed.may_read("Atlas", date.fromordinal(first.toordinal() - 1))
    assert not allowed.may_read("Atlas", date.fromordinal(last.toordinal() + 1))


def test_an_invitee_answers_the_round_of_the_link_only() -> None:
    allowed = rights("invitee", link(kind="invite", round_id=UUID(int=7)))
    assert allowed.may_answer(UUID(int=7))
    assert not allowed.may_answer(UUID(int=8))
    assert not rights("invitee", link(kind="invite")).may_answer(UUID(int=7))
    assert not rights("viewer", link(round_id=UUID(int=7))).may_answer(UUID(int=7))


# What is seen of what is stored -------------------------------------------------------------------

ATLAS = [
    assessment(squad="Atlas", voice="Ana", role="pm", note="secret", assessed_on=date(2026, 10, 5)),
    assessment(squad="ATLAS", voice="ana", role="pm", note="more", assessed_on=date(2026, 11, 2)),
    assessment(squad="Atlas", voice="Yann", assessed_on=date(2026, 11, 3)),
    assessment(squad="Atlas", assessed_on=date(2026, 11, 3)),
]
COBALT = assessment(squad="Cobalt", voice="Ana")
STORED = Stored(
    assessments=(*ATLAS, COBALT),
    set_aside=(SetAside("assessments.csv", 3, "Atlas,secret", Refused("broken")),),
    version="v1",
)


def test_editors_see_all_that_is_stored() -> None:
    for kind in ("editor", "anybody"):
        seen = visible(STORED, rights(kind))
        assert seen.records == STORED.records
        assert seen.set_aside == STORED.set_aside


WAITING, SHOWN = gathering(), released(revealed(gathering(), voices=5, now=NOW))
GATHERED = Stored(
    assessments=(
        *(answer_as_stored(assessment(), WAITING) for _ in range(6)),
        *(answer_as_stored(assessment(), SHOWN) for _ in range(5)),
    ),
    surveys=(WAITING, SHOWN),
    links=(shared_link(),),
    version="v1",
)


@pytest.mark.parametrize("kind", ["editor", "anybody", "viewer"])
def test_nobody_sees_answers_before_their_round_is_revealed_nor_links(
    kind: VisitorKind,
) -> None:
    seen = visible(GATHERED, rights(kind, link()))
    assert {assessment.gathering for assessment in seen.assessments} == {SHOWN.id}
    assert len(seen.assessments) == 5
    assert seen.links == ()


def test_a_viewer_sees_no_round_as_it_was_planned() -> None:
    (seen,) = visible(GATHERED, rights("viewer", link())).surveys
    assert (seen.id, seen.least_voices) == (SHOWN.id, SHOWN.least_voices)
    assert seen.closes_on == seen.opened_on
    assert seen.closed_at == seen.revealed_at == seen.saved_at
    october = link(period=Period(2026, 10, "month"))
    assert visible(GATHERED, rights("viewer", october)).surveys == ()
    assert visible(GATHERED, rights("editor")).surveys == (WAITING, SHOWN)


def test_a_viewer_sees_neither_when_a_session_was_closed_nor_what_its_room_talks_about() -> None:
    hours = {"closed_at": NOW + timedelta(hours=1), "revealed_at": NOW + timedelta(hours=2)}
    talking = gathering(saved_at=NOW, asked_again="cut", asked_pass=1, released=False, **hours)

    (seen,) = visible(Stored(surveys=(talking,)), rights("viewer", link())).surveys

    assert (seen.closed_at, seen.revealed_at) == (NOW, NOW)
    assert (seen.asked_again, seen.asked_pass) == (None, None)


@pytest.mark.parametrize("kind", ["nobody", "stranger", "bad link", "locked out", "invitee"])
def test_others_see_nothing_of_it(kind: VisitorKind) -> None:
    seen = visible(STORED, rights(kind, link()))
    assert seen.assessments == ()
    assert seen.set_aside == ()
    assert seen.version != STORED.version


def test_a_viewer_sees_the_link_s_squads_without_notes_roles_aliases_and_broken_rows() -> None:
    seen = visible(STORED, rights("viewer", link()))
    assert [assessment.assessment_id for assessment in seen.assessments] == [
        e.assessment_id for e in ATLAS
    ]
    assert {assessment.note for assessment in seen.assessments} == {""}
    assert {assessment.role for assessment in seen.assessments} == {None}
    assert [assessment.voice for assessment in seen.assessments] == ["1", "1", "2", None]
    assert seen.set_aside == ()


def test_notes_and_roles_are_shared_where_the_link_says_so_and_aliases_never() -> None:
    seen = visible(STORED, rights("viewer", link(with_notes=True, with_roles=True)))
    assert [assessment.note for assessment in seen.assessments] == ["secret", "more", "", ""]
    assert [assessment.role for assessment in seen.assessments] == ["pm", "pm", None, None]
    assert "Ana" not in repr(seen.assessments)


DEEP_STORED = Stored(
    assessments=(deep_assessment(voice="Zoë-hidden", role="pm"), deep_assessment(squad="Cobalt")),
    setups=(setup(squad=" ATLAS "), setup(squad="Cobalt")),
    actions=(
        action(note="Ask Zoë-hidden first", owner_name="Zoë-hidden"),
        action(squad="Cobalt", note="secret"),
    ),
    version="v1",
)


def test_a_viewer_sees_setups_and_actions_of_the_link_s_squads_only_and_no_note() -> None:
    seen = visible(DEEP_STORED, rights("viewer", link()))
    assert seen.setups == DEEP_STORED.setups[:1]
    assert [action.action_id for action in seen.actions] == [DEEP_STORED.actions[0].action_id]
    assert seen.actions[0].note == ""
    assert (seen.actions[0].lever, seen.actions[0].owner) == ("single-channel", "pm")
    assert seen.actions[0].owner_name is None
    assert "hidden" not in repr(seen)
    assert "Cobalt" not in repr(seen)


def test_a_viewer_reads_who_owns_an_action_with_the_notes_and_else_that_somebody_does() -> None:
    stored = Stored(actions=(action(owner=None, owner_name="Zoë"),), version="v1")
    for with_notes, name in ((True, "Zoë"), (False, "…")):
        (seen,) = visible(stored, rights("viewer", link(with_notes=with_notes))).actions
        assert seen.owner_name == name


@pytest.mark.parametrize(
    ("period", "setups", "actions"),
    [("2026-08", 0, 0), ("2026-09", 1, 0), ("2026-10", 2, 1), ("2026-11", 2, 1), ("2027-Q1", 2, 2)],
)
def test_a_link_with_a_period_tells_what_was_decided_up_to_its_last_day_and_no_later_setup(
    period: str, setups: int, actions: int
) -> None:
    stored = Stored(
        setups=(setup(since=date(2026, 9, 1)), setup(since=date(2026, 10, 31))),
        actions=(
            action(decided_on=date(2026, 10, 31)),
            action(decided_on=date(2027, 1, 1), due_on=None),
        ),
    )
    seen = visible(stored, rights("viewer", link(period=period)))
    assert (len(seen.setups), len(seen.actions)) == (setups, actions)


@pytest.mark.parametrize(
    ("period", "status", "ended_on"),
    [
        ("2026-10", "planned", None),
        ("2026-11", "done", date(2026, 11, 20)),
        ("2026-Q4", "done", date(2026, 11, 20)),
        (None, "done", date(2026, 11, 20)),
    ],
)
def test_a_link_with_a_period_tells_an_action_as_its_last_day_left_it(
    period: str | None, status: str, ended_on: date | None
) -> None:
    days = {"decided_on": date(2026, 10, 31), "status": "done", "ended_on": date(2026, 11, 20)}
    stored = Stored(actions=(action(note="secret", **days),), version="v1")
    for with_notes in (False, True):
        held = link(period=period, with_notes=with_notes)
        (seen,) = visible(stored, rights("viewer", held)).actions
        assert (seen.status, seen.ended_on) == (status, ended_on)
        assert seen.note == ("secret" if with_notes else "")
    assert visible(stored, rights("editor")).actions == stored.actions


def test_what_ended_on_the_last_day_of_a_link_s_period_has_ended() -> None:
    days = {"decided_on": date(2026, 10, 5), "ended_on": date(2026, 10, 31)}
    dropped = action(status="dropped", **days, due_on=None)
    seen = visible(Stored(actions=(dropped,)), rights("viewer", link(period="2026-10")))
    assert seen.actions == (dropped.without_texts,)


def test_notes_of_actions_are_shared_where_the_link_says_so() -> None:
    seen = visible(DEEP_STORED, rights("viewer", link(with_notes=True)))
    assert [action.note for action in seen.actions] == ["Ask Zoë-hidden first"]
    assert seen.assessments[0].voice == "1"


def test_a_viewer_reads_the_mandates_that_voices_wrote() -> None:
    (seen,) = visible(DEEP_STORED, rights("viewer", link())).assessments
    assert seen.deep.mandates == DEEP["mandates"]


def test_nobody_but_editors_and_viewers_sees_setups_or_actions() -> None:
    for kind in sorted(VISITOR_KINDS - {"anybody", "editor", "viewer"}):
        assert visible(DEEP_STORED, rights(kind, link())).records == ()


def test_a_viewer_s_rounds_score_like_the_editor_s() -> None:
    twice = assessment(squad="Atlas", voice="ANA", assessed_on=date(2026, 11, 4), answers={})
    stored = replace(STORED, assessments=(*STORED.assessments, twice))
    seen = visible(stored, rights("viewer", link()))
    framework, november = shipped_framework(), Period.parse("2026-11")
    whole = History(framework, stored.assessments, "month").at("Atlas", november)
    shared = History(framework, seen.assessments, "month").at("Atlas", november)
    assert whole is not None
    assert shared is not None
    assert len(shared.voices) == len(whole.voices) == 3
    assert shared.scores == whole.scores


def test_what_is_computed_is_kept_apart_for_each_scope() -> None:
    scopes = [
        visible(STORED, rights("viewer", held)).version
        for held in (
            link(),
            link(("Cobalt",)),
            link(EVERY_SQUAD),
            link(period="2026-11"),
            link(with_notes=True),
            link(with_roles=True),
        )
    ]
    assert len(set(scopes)) == 6
    twin = link(digest="0" * 64)
    assert visible(STORED, rights("viewer", twin)).version == scopes[0]


def test_a_viewer_sees_totals_of_the_link_s_squads_and_period_alone() -> None:
    own, other, earlier = total(), total(squad="Cobalt"), total(assessed_on=date(2026, 10, 9))
    stored = Stored(totals=(own, other, earlier), version="v1")

    assert visible(stored, rights("viewer", link())).totals == (own, earlier)
    assert visible(stored, rights("viewer", link(period="2026-11"))).totals == (own,)
    assert visible(stored, rights("invitee", link())).totals == ()
    assert visible(stored, rights("editor")).totals == stored.totals


@pytest.mark.parametrize(("is_released", "expected"), [(True, 7), (False, None)])
def test_a_viewer_is_told_how_many_were_expected_of_a_result_that_they_see(
    is_released: bool, expected: int | None
) -> None:
    shown = revealed(gathering(expected=7), voices=5, now=NOW)
    stored = Stored(surveys=(released(shown) if is_released else shown,), version="v1")

    (seen,) = visible(stored, rights("viewer", link())).surveys

    assert seen.expected == expected


# Every field of what visitors by link may come to see: whoever adds one says here that it may be
# seen, or takes it away in `visible`.
SEEN_OR_TAKEN_AWAY: dict[type[BaseModel], str] = {
    Assessment: "assessment_id saved_at assessed_on squad voice role framework note answers deep "
    "gathering",
    Setup: "setup_id saved_at since squad company seats shared_seats ended",
    Action: "action_id saved_at squad lever owner decided_on due_on status ended_on note "
    "owner_name",
    Survey: "gathering_id saved_at squad depth privacy least_voices opened_on closes_on closed_at "
    "revealed_at expected released asked_again asked_pass next_on",
    Agreement: "agreement_id saved_at squad decision agreed_on decides consulted informed limits "
    "escalation valid_until supersedes survey note",
    Total: "total_id saved_at assessed_on squad voices invited framework answers",
    Confirmation: "confirmation_id saved_at squad agreement_id role voice answer reservation",
}


@pytest.mark.parametrize("model", SEEN_OR_TAKEN_AWAY)
def test_of_every_field_it_was_decided_whether_a_visitor_by_link_sees_it(
    model: type[BaseModel],
) -> None:
    assert set(model.model_fields) == set(SEEN_OR_TAKEN_AWAY[model].split())
