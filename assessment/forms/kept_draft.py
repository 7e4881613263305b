"""A check in progress as the reader's own browser keeps it, and back; pure.

What comes back may have been written by anybody: it counts as a whole or not at all.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, ValidationError

from assessment.errors import Refused
from assessment.forms.check import CheckForm
from assessment.model import LONGEST_NOTE, NOBODY, UNCLEAR, Framework
from assessment.model.base import Frozen

LONGEST_DRAFT = 30_000
"""Characters: three times what all fields hold when each is as long as may be."""

LONGEST_LINE = 400
"""Characters of a field of one line: more than any takes, so that a refused one comes back too."""

Line = Annotated[str, Field(max_length=LONGEST_LINE)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class KeptDraft(Frozen):
    """A check in progress: its fields as they were, and where in the check the person was.

    `adds_to` is the stored check that deep answers go into. `stays` says that the person agreed
    to have confidential answers kept for longer than their window is open.

    No id under which answers will be stored is among them: it must not leave the server.
    """

    framework: str
    answers: Mapping[str, str] = {}
    deciders: Mapping[str, tuple[str, ...]] = {}
    options: Mapping[str, str] = {}
    signs: Mapping[str, Number] = {}
    mandates: Mapping[str, Line] = {}
    squad: Line = ""
    role: str | None = None
    voice: Line = ""
    assessed_on: date | None = None
    note: str = Field(default="", max_length=LONGEST_NOTE)
    step: str | None = None
    view: str | None = None
    level: str | None = None
    adds_to: UUID | None = None
    stays: bool = False


def kept_text_of(
    form: CheckForm,
    framework: Framework,
    *,
    step: str | None = None,
    view: str | None = None,
    level: str | None = None,
    adds_to: UUID | None = None,
    stays: bool = False,
) -> str:
    """What a browser is given to keep; nothing where nothing is answered, or a field is forged.

    Of texts that are longer than any that could be stored, the beginning.
    """
    if not form.answers and not form.deep:
        return ""
    deep = form.deep
    try:
        kept = KeptDraft(
            framework=framework.version_with_lenses,
            answers=form.answers,
            deciders=deep.deciders,
            options=deep.options,
            signs=deep.signs,
            mandates={role: text[:LONGEST_LINE] for role, text in deep.mandates.items()},
            squad=form.squad[:LONGEST_LINE],
            role=form.role,
            voice=form.voice[:LONGEST_LINE],
            assessed_on=form.assessed_on,
            note=form.note[:LONGEST_NOTE],
            step=step,
            view=view,
            level=level,
            adds_to=adds_to,
            stays=stays,
        )
    except ValidationError:  # forged fields: the form refuses them, each in its place
        return ""
    return kept.model_dump_json(exclude_defaults=True)


def kept_draft_of(text: object, framework: Framework, *, steps: Collection[str]) -> KeptDraft:
    """The draft in what a browser gives back; Refused unless all of it fits this framework.

    `steps` are the steps that the check it belongs to has.
    """
    if not isinstance(text, str) or len(text) > LONGEST_DRAFT:
        raise _unreadable()
    try:
        kept = KeptDraft.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise _unreadable() from error
    if not (_answers_fit(kept, framework) and _place_fits(kept, framework, steps)):
        raise _unreadable()
    return kept


def _answers_fit(kept: KeptDraft, framework: Framework) -> bool:
    """Whether every id is one of the framework's; what a number may be, its field tells."""
    lenses = framework.lenses
    deciders = {*framework.role_ids, NOBODY, UNCLEAR}
    options = framework.lens_options_by_item
    return all(
        (
            kept.framework == framework.version_with_lenses,
            kept.role is None or kept.role in framework.role_ids,
            all(o in framework.options_by_item.get(i, ()) for i, o in kept.answers.items()),
            kept.deciders.keys() <= lenses.decision_by_id.keys(),
            all(deciders.issuperset(roles) for roles in kept.deciders.values()),
            all(len(set(roles)) == len(roles) for roles in kept.deciders.values()),
            all(option in options.get(item, ()) for item, option in kept.options.items()),
            kept.signs.keys() <= lenses.sign_by_id.keys(),
            set(kept.mandates) <= set(lenses.mandates),
        )
    )


def _place_fits(kept: KeptDraft, framework: Framework, steps: Collection[str]) -> bool:
    return (
        (kept.step is None or kept.step in steps)
        and (kept.view is None or kept.view in framework.lenses.lens_ids)
        and (kept.level is None or kept.level in framework.level_ids)
    )


def _unreadable() -> Refused:
    return Refused(
        "what this browser had kept of an unfinished check cannot be read, so it was left out; "
        "answer anew"
    )
