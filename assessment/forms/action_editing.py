"""Writing actions down, one form at a time: the open form and what came of the last one; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Self, TypeAlias
from uuid import UUID

from assessment.errors import WhoDecidesError
from assessment.forms.action import ActionForm, action_form_of, proposed_action_form
from assessment.model import Action
from assessment.scoring.seats import Seating

Deed: TypeAlias = Literal["recorded", "changed", "deleted"]
"""What can have been done to an action."""


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

    A failure carries the lever it was about, and is kept only where no form is left to show it.
    """

    form: OpenActionForm | None = None
    done: tuple[Deed, Action] | None = None
    failure: tuple[str, WhoDecidesError] | None = None

    def just(self, deed: Deed) -> Action | None:
        """The action this was last done to; None where something else was done last."""
        return self.done[1] if self.done and self.done[0] == deed else None

    def with_form(self, form: OpenActionForm) -> Self:
        """A form opens, in place of any other."""
        return replace(self, form=form, done=None)

    def closed(self) -> Self:
        """The form closes, and nothing was done."""
        return replace(self, form=None)

    def refused(self, refusals: Mapping[str, WhoDecidesError]) -> Self:
        """The form stays open and says field by field why it was not stored."""
        return replace(self, form=self.form and replace(self.form, refusals=dict(refusals)))

    def finished(self, deed: Deed, action: Action) -> Self:
        """The form closes: this was done to its action."""
        return replace(self, form=None, done=(deed, action))

    def overtaken(self, now: Action | None, error: WhoDecidesError) -> Self:
        """Somebody else was faster: the form shows the action as it is now, None once it is gone.

        Of an action that is gone only the failure is left.
        """
        if self.form is None:
            return self
        if now is None:
            return self.closed().failed(self.form.action.lever, error)
        form = OpenActionForm.to_change(now, self.form.seating)
        return self.with_form(replace(form, refusals={"store": error}))

    def failed(self, lever: str, error: WhoDecidesError) -> Self:
        """An attempt without a form came to nothing; what was done before it still holds."""
        return replace(self, failure=(lever, error))

    def done_shown(self) -> Self:
        """What was done is old news: it was shown, or undone."""
        return replace(self, done=None)

    def failure_shown(self) -> Self:
        """The failure was shown."""
        return replace(self, failure=None)
