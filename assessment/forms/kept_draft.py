"""A check in progress as the reader's own browser keeps it, and back; pure.

What comes back may have been written by anybody: it counts as a whole or not at all.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, ValidationError

from assessment.errors import Refused
from assessment.forms.check import CheckForm
from assessment.model import LONGEST_NOTE, Framework
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
    """The draft a browser gives back; Refused unless all of it fits framework and `steps`."""
    if isinstance(text, str) and len(text) <= LONGEST_DRAFT:
        with suppress(ValidationError):
            kept = KeptDraft.model_validate_json(text, strict=True)
            if _fits(kept, framework, steps):
                return kept
    raise Refused(
        "what this browser had kept of an unfinished check cannot be read, so it was left out; "
        "answer again"
    )


def _fits(kept: KeptDraft, framework: Framework, steps: Collection[str]) -> bool:
    """Whether every id is one there is; what a number may be, its field tells."""
    lenses, options = framework.lenses, framework.lens_options_by_item
    return all(
        (
            kept.framework == framework.version_with_lenses,
            kept.role in (None, *framework.role_ids),
            kept.step in (None, *steps),
            kept.view in (None, *lenses.lens_ids),
            kept.level in (None, *framework.level_ids),
            all(o in framework.options_by_item.get(i, ()) for i, o in kept.answers.items()),
            kept.deciders.keys() <= lenses.decision_by_id.keys(),
            all(set(roles) <= set(framework.deciders) for roles in kept.deciders.values()),
            all(len(set(roles)) == len(roles) for roles in kept.deciders.values()),
            all(option in options.get(item, ()) for item, option in kept.options.items()),
            kept.signs.keys() <= lenses.sign_by_id.keys(),
            set(kept.mandates) <= set(lenses.mandates),
        )
    )
