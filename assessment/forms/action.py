"""An action written down: from a form to a record or to refusals, one open form at a time; pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Self
from uuid import UUID

from assessment.errors import Refused, WhoDecidesError
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
    """What a form proposes for a lever: its owner, where just one is there, and thirty days."""
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
    """The latest day on which an action can have ended: today, or the day of its decision.

    That day lies ahead for whoever reads it further west.
    """
    return max(today, action.decided_on)


def action_submission_of(
    form: ActionForm, framework: Framework, *, action: Action, today: date
) -> Submission[Action]:
    """Check every field of a form for an action, new or stored; `today` is the reader's date.

    What no form settles stays the action's, when it was saved too: a change sent twice is one.
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


@dataclass(frozen=True, slots=True)
class OpenActionForm:
    """The open form: its action, who sat where when it opened, what it proposed, what it refused.

    The id of a new action is made when its form opens, so that a double click stores it once.
    """

    action: Action
    is_new: bool
    seating: Seating
    proposal: ActionForm
    refusals: Mapping[str, WhoDecidesError] = field(default_factory=dict)

    @classmethod
    def to_record(cls, action: Action, seating: Seating, *, today: date) -> Self:
        """The form of an action that is not stored yet."""
        proposal = proposed_action_form(seating.framework, seating, action.lever, today=today)
        return cls(action, is_new=True, seating=seating, proposal=proposal)

    @classmethod
    def to_change(cls, action: Action, seating: Seating) -> Self:
        """The form of a stored action."""
        return cls(action, is_new=False, seating=seating, proposal=action_form_of(action))

    def is_about(self, action_id: UUID) -> bool:
        """Whether this is the form of an action."""
        return self.action.action_id == action_id

    def would_record(self, squad: str, lever: str) -> bool:
        """Whether it is about to record this lever for this squad."""
        return self.is_new and (self.action.squad, self.action.lever) == (squad, lever)


@dataclass(frozen=True, slots=True)
class ActionEditing:
    """How far somebody is with a squad's actions; each step gives the state that follows.

    What was recorded last is kept until something else is begun. A failure carries the form that
    it left, and is kept only where none is left to show it.
    """

    form: OpenActionForm | None = None
    recorded: Action | None = None
    failure: tuple[OpenActionForm, WhoDecidesError] | None = None

    def with_form(self, form: OpenActionForm) -> Self:
        """A form opens, in place of any other."""
        return replace(self, form=form, recorded=None)

    def closed(self) -> Self:
        """The form closes, and nothing was done."""
        return replace(self, form=None)

    def refused(self, refusals: Mapping[str, WhoDecidesError]) -> Self:
        """The form stays open and says field by field why it was not stored."""
        return replace(self, form=self.form and replace(self.form, refusals=dict(refusals)))

    def having_recorded(self, action: Action) -> Self:
        """The form closes: its action was recorded."""
        return replace(self, form=None, recorded=action)

    def overtaken(self, now: Action | None, error: WhoDecidesError) -> Self:
        """Somebody was faster: show the action as it is `now`, or the error alone if it is gone."""
        if self.form is None:
            return self
        if now is None:
            return replace(self, form=None, failure=(self.form, error))
        form = OpenActionForm.to_change(now, self.form.seating)
        return self.with_form(replace(form, refusals={"store": error}))

    def undone(self) -> Self:
        """What was recorded was taken back."""
        return replace(self, recorded=None)

    def failure_shown(self) -> Self:
        """The failure was shown."""
        return replace(self, failure=None)
