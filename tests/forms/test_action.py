"""A form becomes an action, new or changed, or each field that does not fit says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessment.content.loading import shipped_framework
from assessment.forms.action import (
    ActionForm,
    action_form_of,
    action_submission_of,
    owners_in_order,
    proposed_action_form,
)
from assessment.model import Action
from assessment.scoring.seats import Seating
from tests.builders import action, setup

FRAMEWORK = shipped_framework()
TODAY = date(2026, 11, 24)
PLANNED = action(decided_on=date(2026, 11, 4), due_on=date(2026, 12, 4))


def submitted(form: ActionForm, to: Action = PLANNED, today: date = TODAY) -> Action:
    submission = action_submission_of(form, FRAMEWORK, action=to, today=today)
    assert submission.refusals == {}
    assert submission.record is not None
    return submission.record


def refused(form: ActionForm, to: Action = PLANNED) -> dict[str, str]:
    submission = action_submission_of(form, FRAMEWORK, action=to, today=TODAY)
    assert submission.record is None
    return {field: str(reason) for field, reason in submission.refusals.items()}


def seating(**seats: str) -> Seating:
    return Seating(FRAMEWORK, setup(seats=seats))


# What a form proposes -----------------------------------------------------------------------------


def test_a_lever_is_proposed_to_its_first_owner_who_is_there_within_thirty_days() -> None:
    # delegate-calls is the PO's and the Tech Lead's.
    form = proposed_action_form(
        FRAMEWORK, seating(pm="own", tl="own"), "delegate-calls", today=TODAY
    )
    assert form == ActionForm(owner="tl", due_on=date(2026, 12, 24))


def test_a_lever_of_several_owners_who_are_there_is_proposed_to_none_of_them() -> None:
    both = seating(cpo="own", cto="own")
    form = proposed_action_form(FRAMEWORK, both, "write-mandates", today=TODAY)
    assert form == ActionForm(owner=None, due_on=date(2026, 12, 24))


def test_a_cptos_lever_is_proposed_to_the_cpto() -> None:
    form = proposed_action_form(FRAMEWORK, seating(cpto="own", pm="own"), "seat-a-pm", today=TODAY)
    assert form.owner == "cpto"  # the lever is the CPO's, for whom the CPTO stands


def test_a_lever_whose_owners_are_missing_is_proposed_to_nobody() -> None:
    form = proposed_action_form(
        FRAMEWORK, seating(cto="own", pm="empty"), "single-channel", today=TODAY
    )
    assert form.owner is None


def test_owners_stand_first_then_those_who_are_there_then_all_other_roles() -> None:
    held = seating(cto="own", pm="own", tl="shared")
    assert owners_in_order(FRAMEWORK, held, "write-mandates") == (
        "cto",  # of its owners CPO and CTO, the one who is there
        "pm",
        "tl",
        "lead",
        "cpo",
        "cpto",
        "po",
        "em",
        "team",
    )


# What fits ----------------------------------------------------------------------------------------


def test_a_form_settles_its_fields_and_leaves_the_rest() -> None:
    form = ActionForm(owner="cpo", due_on=None, status="under-way", note="two\nlines")
    made = submitted(form)
    assert made == PLANNED.model_copy(
        update={"owner": "cpo", "due_on": None, "status": "under-way", "note": "two\nlines"}
    )
    assert (made.action_id, made.saved_at) == (PLANNED.action_id, PLANNED.saved_at)


def test_a_form_left_as_it_shows_an_action_changes_nothing() -> None:
    done = action(status="done", ended_on=date(2026, 11, 20), note="n", owner=None)
    assert submitted(action_form_of(done), to=done) == done
    assert submitted(action_form_of(PLANNED)) == PLANNED


def test_who_exactly_stands_beside_the_role_or_alone() -> None:
    beside = submitted(ActionForm(owner="tl", owner_name=" Sofia "))
    assert (beside.owner, beside.owner_name) == ("tl", "Sofia")
    assert submitted(ActionForm(owner_name="Sofia")).owner is None
    assert submitted(ActionForm(owner_name="  ")).owner_name is None
    assert submitted(action_form_of(beside), to=beside) == beside
    assert set(refused(ActionForm(owner_name="S" * 81))) == {"owner_name"}


def test_an_action_ends_on_the_day_told_and_opens_again_without_one() -> None:
    over = replace(action_form_of(PLANNED), status="dropped", ended_on=date(2026, 11, 4))
    dropped = submitted(over)
    assert (dropped.status, dropped.ended_on) == ("dropped", date(2026, 11, 4))
    again = submitted(replace(action_form_of(dropped), status="planned"), to=dropped)
    assert (again.status, again.ended_on) == ("planned", None)


def test_an_action_may_be_due_and_over_on_the_day_it_was_decided_and_end_today() -> None:
    at_once = ActionForm(due_on=PLANNED.decided_on, status="done", ended_on=PLANNED.decided_on)
    assert submitted(at_once).due_on == PLANNED.decided_on
    assert submitted(replace(at_once, ended_on=TODAY)).ended_on == TODAY


def test_what_was_decided_further_east_can_be_done_on_that_day() -> None:
    # Decided on the 4th in Tokyo, done while it is still the 3rd in Paris.
    form = ActionForm(status="done", ended_on=date(2026, 11, 4))
    assert submitted(form, today=date(2026, 11, 3)).ended_on == date(2026, 11, 4)


# What does not ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        (
            {"due_on": date(2026, 11, 3)},
            "due_on",
            "the day 2026-11-03 lies before 2026-11-04, the day of the decision",
        ),
        (
            {"status": "done", "ended_on": date(2026, 11, 3)},
            "ended_on",
            "the day 2026-11-03 lies before 2026-11-04, the day of the decision",
        ),
        (
            {"status": "dropped", "ended_on": date(2026, 11, 25)},
            "ended_on",
            "the date 2026-11-25 is in the future; choose today or earlier",
        ),
        (
            {"status": "done"},
            "ended_on",
            "the date is empty; choose the day it was done or dropped",
        ),
        (
            {"status": "finished"},
            "status",
            "'finished' is no choice here; expected one of planned, under-way, done, dropped",
        ),
        (
            {"owner": "boss"},
            "owner",
            "unknown role 'boss'; expected one of "
            "lead, cpo, cto, cpto, pm, po, em, tl, team or empty",
        ),
        ({"note": "n" * 2_001}, "note", "the note has 2001 characters; keep it to 2000"),
        ({"note": "a\0b"}, "note", "the note contains a control character (U+0000); remove it"),
    ],
)
def test_a_field_that_does_not_fit_says_why(
    change: dict[str, Any], field: str, reason: str
) -> None:
    assert refused(replace(action_form_of(PLANNED), **change)) == {field: reason}


def test_an_unknown_lever_is_refused() -> None:
    refusals = refused(ActionForm(), to=action(lever="wish-harder"))
    assert list(refusals) == ["lever"]
    assert refusals["lever"].startswith(
        "unknown lever 'wish-harder'; expected one of write-mandates, "
    )


def test_every_field_that_does_not_fit_is_refused_at_once() -> None:
    form = ActionForm(owner="boss", due_on=date(2026, 1, 1), status="done", note="a\0")
    assert set(refused(form)) == {"owner", "due_on", "ended_on", "note"}
