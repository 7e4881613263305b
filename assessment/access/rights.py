"""Who is here, and what they may do: the operator's settings, an identity or a link; pure."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar, get_args
from uuid import UUID

from assessment.access.guarded_store import showable_records
from assessment.access.policy import Policy, email_in
from assessment.access.release import released_records
from assessment.errors import WhoDecidesError
from assessment.model import Action, Agreement, Assessment, Confirmation, Survey, name_key
from assessment.model.link import Link
from assessment.model.period import Period, end_of_day
from assessment.storage.protocol import Stored

R = TypeVar("R", Agreement, Confirmation)

Room = Literal["check", "round", "results", "learn", "manage", "shared"]
"""What a page is for. `round` answers an invitation, `shared` reads nothing that is stored."""

VisitorKind = Literal[
    "anybody", "editor", "viewer", "invitee", "stranger", "nobody", "bad link", "locked out"
]
"""`anybody` may do everything, in open mode. `stranger` is signed in without being an editor,
`nobody` is not signed in, and `locked out` is everybody while access cannot be decided."""

_OPENS: Mapping[VisitorKind, frozenset[Room]] = {
    "anybody": frozenset(get_args(Room)),
    "editor": frozenset(get_args(Room)),
    "viewer": frozenset({"results", "learn", "shared"}),
    "invitee": frozenset({"round", "learn", "shared"}),
    "stranger": frozenset({"shared"}),
    "nobody": frozenset({"shared"}),
    "bad link": frozenset({"shared"}),
    "locked out": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody on a page: of what kind, the e-mail address they signed in with, their link.

    `error` is why access could not be decided.
    """

    kind: VisitorKind
    email: str | None = None
    link: Link | None = None
    error: WhoDecidesError | None = None


def visitor_of(
    policy: Policy, claims: Mapping[str, Any], *, presented: bool, link: Link | None
) -> Visitor:
    """Who an identity and a link make of somebody.

    `presented` says that a link was shown, `link` which valid one it was. Whoever shows a link
    is its holder and no more, an editor too, who thus sees what the holder sees.
    """
    signed_in = claims.get("is_logged_in") is True
    email = email_in(claims) if signed_in else None
    if presented:
        kind: VisitorKind = "bad link"
        if link:
            kind = "viewer" if link.kind == "view" else "invitee"
        return Visitor(kind, email, link)
    if not policy.protected:
        return Visitor("anybody")
    if policy.is_editor(claims):
        return Visitor("editor", email)
    return Visitor("stranger" if signed_in else "nobody", email)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a visitor may do; every question is answered here and nowhere else."""

    visitor: Visitor

    def may_open(self, room: Room) -> bool:
        """Whether pages of a kind open at all."""
        return room in _OPENS[self.visitor.kind]

    @property
    def may_edit(self) -> bool:
        """Whether they may store, change, delete, share and see everything stored."""
        return self.visitor.kind in ("anybody", "editor")

    def may_read_squad(self, squad: str) -> bool:
        """Whether they may know of a squad's results at all."""
        if self.may_edit:
            return True
        link = self._viewed
        return link is not None and (link.squad_keys is None or name_key(squad) in link.squad_keys)

    def may_read(self, squad: str, day: date) -> bool:
        """Whether they may read what a squad answered on a day."""
        period = self.period
        of_period = period is None or Period.of(day, period.by) == period
        return of_period and self.may_read_squad(squad)

    def may_read_since(self, squad: str, since: date) -> bool:
        """Whether they may read what holds or is decided in a squad from a day on.

        What comes after the period they are shown they may not.
        """
        period = self.period
        begun = period is None or Period.of(since, period.by) <= period
        return begun and self.may_read_squad(squad)

    @property
    def may_see_agreements(self) -> bool:
        """Whether what squads agreed is shown to them at all."""
        return self._viewed is None or self._viewed.with_agreements

    @property
    def period(self) -> Period | None:
        """The one period that is shown to them; None where every one is."""
        return self._viewed.period if self._viewed else None

    @property
    def last_day(self) -> date | None:
        """The last day of which anything is told, that of the period shown; None without."""
        return self.period.last_day if self.period else None

    def may_answer(self, survey_id: UUID) -> bool:
        """Whether they may answer a survey."""
        link = self.visitor.link if self.visitor.kind == "invitee" else None
        return self.may_edit or (link is not None and link.round_id == survey_id)

    @property
    def may_see_notes(self) -> bool:
        """Whether notes are shown to them."""
        return self.may_edit or bool(self._viewed and self._viewed.with_notes)

    @property
    def may_see_roles(self) -> bool:
        """Whether the roles of voices are shown to them."""
        return self.may_edit or bool(self._viewed and self._viewed.with_roles)

    @property
    def _viewed(self) -> Link | None:
        return self.visitor.link if self.visitor.kind == "viewer" else None

    @property
    def scope(self) -> Hashable:
        """Equal for rights that see the same of what is stored."""
        link = self._viewed
        if self.may_edit or link is None:
            return self.may_edit
        shown = (link.with_notes, link.with_roles, link.with_agreements)
        return link.squad_keys, link.period, shown


def visible(stored: Stored, rights: Rights) -> Stored:
    """What of the stored these rights see; the only way from the store to a page or a file.

    Nobody sees answers that must stay hidden, nor links. For viewers it is made field by field,
    so that whatever a store comes to hold stays unseen until it is named here. Of a survey that
    its squad has not released they see that it exists.
    """
    stored = showable_records(stored)
    if rights.may_edit:
        return stored
    stored = released_records(stored)
    until = rights.last_day
    voices: dict[tuple[str, str], int] = {}
    answering: dict[tuple[str, str], int] = {}  # apart, so that no role tells whose check it is
    agreements = {
        agreement.id: _as_shared(agreement, rights, answering)
        for agreement in stored.agreements
        if rights.may_see_agreements and rights.may_read_since(agreement.squad, agreement.agreed_on)
    }
    return Stored(
        assessments=tuple(
            _without_what_is_not_shared(assessment, rights, voices)
            for assessment in stored.assessments
            if rights.may_read(assessment.squad, assessment.assessed_on)
        ),
        setups=tuple(
            setup for setup in stored.setups if rights.may_read_since(setup.squad, setup.since)
        ),
        actions=tuple(
            _as_shared_action(action, rights)
            for action in stored.actions
            if rights.may_read_since(action.squad, action.decided_on)
        ),
        surveys=tuple(
            _without_its_plan(survey)
            for survey in stored.surveys
            if survey.revealed_at and rights.may_read(survey.squad, survey.opened_on)
        ),
        agreements=tuple(agreements.values()),
        confirmations=tuple(
            _as_shared(confirmation, rights, answering)
            for confirmation in stored.confirmations
            if confirmation.agreement_id in agreements
            and (until is None or confirmation.saved_at <= end_of_day(until))
        ),
        totals=tuple(
            total for total in stored.totals if rights.may_read(total.squad, total.assessed_on)
        ),
        version=(stored.version, rights.scope),
    )


_TEXTS = ("limits", "escalation", "note", "reservation")
"""What people wrote on agreements, which follows the rule for notes."""


def without_texts(record: R) -> R:
    """An agreement or an answer to one without what people wrote on it."""
    texts = {text: "" for text in _TEXTS if text in type(record).model_fields}
    return record.model_copy(update=texts)


def _as_shared(record: R, rights: Rights, voices: dict[tuple[str, str], int]) -> R:
    """An agreement or an answer to one without what is not shared; a number for an alias."""
    if not rights.may_see_notes:
        record = without_texts(record)
    if isinstance(record, Confirmation) and record.voice:
        number = _numbered((record.squad_key, record.voice_key), voices)
        record = record.model_copy(update={"voice": number})
    return record


def _as_shared_action(action: Action, rights: Rights) -> Action:
    """An action without what is not shared: texts, and what became of it after the period shown."""
    if until := rights.last_day:
        action = action.as_on(until)
    return action if rights.may_see_notes else action.without_texts


def _without_its_plan(survey: Survey) -> Survey:
    """A survey as if it had ended the moment it was opened: that it did is shared, not when.

    How many were expected says how far results hold, and nothing where none are seen.
    """
    return survey.changed(
        closes_on=survey.opened_on,
        closed_at=survey.saved_at,
        revealed_at=survey.saved_at,
        expected=survey.expected if survey.is_released else None,
        asked_again=None,
        asked_pass=None,
    )


def _without_what_is_not_shared(
    assessment: Assessment, rights: Rights, voices: dict[tuple[str, str], int]
) -> Assessment:
    """The assessment without what is not shared; a number stands for an alias.

    A number, not nothing: one voice that answered twice must still count once.
    """
    changes: dict[str, object] = {}
    if not rights.may_see_notes:
        changes["note"] = ""
    if not rights.may_see_roles:
        changes["role"] = None
    if assessment.voice:
        key = assessment.squad_key, assessment.voice_key
        changes["voice"] = _numbered(key, voices)
    return assessment.model_copy(update=changes)


def _numbered(voice: tuple[str, str], voices: dict[tuple[str, str], int]) -> str:
    return str(voices.setdefault(voice, len(voices) + 1))
