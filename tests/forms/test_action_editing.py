"""Recording, changing and deleting actions one form at a time, without a page."""

from __future__ import annotations

from datetime import date

from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.forms.action import ActionEditing, ActionForm, OpenActionForm
from assessment.scoring.seats import Seating
from tests.builders import action, setup

SEATING = Seating(shipped_framework(), setup(seats={"pm": "own", "tl": "own"}))
PLANNED = action(decided_on=date(2026, 11, 4), due_on=date(2026, 12, 4), note="first week")
TO_CHANGE = ActionEditing().with_form(OpenActionForm.to_change(PLANNED, SEATING))
CHANGED = Refused("somebody changed this meanwhile")


def test_a_new_action_is_proposed_to_an_owner_who_is_there() -> None:
    form = OpenActionForm.to_record(PLANNED, SEATING, today=date(2026, 11, 24))

    assert form.proposal == ActionForm(owner="pm", due_on=date(2026, 12, 24))
    assert form.would_record("Atlas", "single-channel")
    assert not form.would_record("Boréal", "single-channel")
    assert not form.would_record("Atlas", "delegate-calls")


def test_a_stored_action_is_shown_as_it_is_and_records_nothing() -> None:
    form = OpenActionForm.to_change(PLANNED, SEATING)

    assert (form.proposal.due_on, form.proposal.note) == (date(2026, 12, 4), "first week")
    assert form.is_about(PLANNED.action_id)
    assert not form.would_record("Atlas", "single-channel")


def test_opening_a_form_ends_the_news_of_what_was_done_before() -> None:
    recorded = TO_CHANGE.having_recorded(PLANNED)
    editing = recorded.with_form(OpenActionForm.to_change(action(), SEATING))

    assert (recorded.form, recorded.recorded) == (None, PLANNED)
    assert editing.recorded is None


def test_refused_fields_leave_the_form_open_with_what_it_proposed() -> None:
    refused = TO_CHANGE.refused({"note": CHANGED})

    assert TO_CHANGE.form is not None
    assert refused.form is not None
    assert refused.form.refusals == {"note": CHANGED}
    assert refused.form.proposal is TO_CHANGE.form.proposal
    assert TO_CHANGE.form.refusals == {}


def test_who_was_overtaken_sees_how_things_stand_and_why_nothing_was_stored() -> None:
    newer = PLANNED.model_copy(update={"owner": "cto", "note": "newer"})
    form = TO_CHANGE.overtaken(newer, CHANGED).form

    assert form is not None
    assert (form.action, form.is_new) == (newer, False)
    assert (form.proposal.owner, form.proposal.note) == ("cto", "newer")
    assert form.refusals == {"store": CHANGED}


def test_of_an_action_that_is_gone_only_the_failure_is_left() -> None:
    gone = TO_CHANGE.overtaken(None, CHANGED)

    assert TO_CHANGE.form is not None
    assert gone == ActionEditing(failure=(TO_CHANGE.form, CHANGED))  # told where the form was
    assert gone.failure_shown() == ActionEditing()
    assert ActionEditing().overtaken(PLANNED, CHANGED) == ActionEditing()


def test_a_closed_form_leaves_nothing() -> None:
    assert TO_CHANGE.closed() == ActionEditing()
