"""From a filled-in form to an action, or to the refusals of each field; pure."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from assessment.errors import Refused
from assessment.forms.fields import Submission, chosen, parse_field
from assessment.model import (
    DUE_WITHIN,
    OVER,
    STATUSES,
    Action,
    Framework,
    alias,
    day_since,
    fit_for_files,
    note_text,
    past_date,
)
from assessment.scoring.seats import Seating


@dataclass(frozen=True, slots=True)
class ActionForm:
    """What a person settles about an action; `ended_on` counts once it is done or dropped."""

    owner: str | None = None
    due_on: date | None = None
    status: str = STATUSES[0]
    ended_on: date | None = None
    note: str = ""
    owner_name: str = ""


def proposed_action_form(
    framework: Framework, seating: Seating, lever: str, *, today: date
) -> ActionForm:
    """What a form proposes for a lever: its one owner who is there, and thirty days.

    Among several owners nobody is proposed: whoever fills in the form names one.
    """
    owners = lever_owners(framework, seating, lever)
    return ActionForm(owner=owners[0] if len(owners) == 1 else None, due_on=today + DUE_WITHIN)


def lever_owners(framework: Framework, seating: Seating, lever: str) -> tuple[str, ...]:
    """The owners of a lever who are there, in order."""
    return tuple(seating.expected(framework.lever_by_id[lever].owners))


def action_form_of(action: Action) -> ActionForm:
    """An action as a form shows it."""
    values = {field.name: getattr(action, field.name) for field in fields(ActionForm)}
    return ActionForm(**values | {"owner_name": action.owner_name or ""})


def owners_in_order(framework: Framework, seating: Seating, lever: str) -> tuple[str, ...]:
    """Every role: the lever's owners who are there, then the others there, then the rest."""
    owners = lever_owners(framework, seating, lever)
    return tuple(dict.fromkeys((*owners, *seating.held, *framework.role_ids)))


def last_day(action: Action, *, today: date) -> date:
    """The latest day on which an action can have ended.

    The day of the decision when that lies ahead, as it may for readers further west.
    """
    return max(today, action.decided_on)


def action_submission_of(
    form: ActionForm, framework: Framework, *, action: Action, today: date
) -> Submission[Action]:
    """Check every field of a form for an action, new or stored; `today` is the reader's date.

    Everything a form does not settle stays the action's, the moment it was saved included: the
    same change sent twice is one change.
    """
    refusals: dict[str, Refused] = {}
    parse_field(refusals, "lever", lambda: framework.check_lever(action.lever))
    parse_field(refusals, "owner", lambda: framework.check_role(form.owner))
    name = parse_field(refusals, "owner_name", lambda: alias(fit_for_files(form.owner_name)))
    parse_field(
        refusals, "due_on", lambda: form.due_on and day_since(action.decided_on, form.due_on)
    )
    parse_field(refusals, "status", lambda: chosen(form.status, STATUSES))
    ended_on = parse_field(refusals, "ended_on", lambda: _end(form, action, today))
    note = parse_field(refusals, "note", lambda: note_text(form.note))
    if refusals or note is None:
        return Submission(None, refusals)
    settled = asdict(replace(form, ended_on=ended_on, note=note)) | {"owner_name": name}
    return Submission(Action(**action.model_dump() | settled), {})


def _end(form: ActionForm, action: Action, today: date) -> date | None:
    if form.status not in OVER:
        return None
    if form.ended_on is None:
        raise Refused("the date is empty; choose the day it was done or dropped")
    return past_date(
        day_since(action.decided_on, form.ended_on), today=last_day(action, today=today)
    )
