"""Whom a deep check is about, the stored check it goes into, and what was answered so far."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import streamlit as st

from assessment.content.loading import shipped_framework
from assessment.errors import WhoDecidesError
from assessment.forms.deep_check import LensProgress, Validated, progress_of, together
from assessment.model import Agreement, Assessment, DeepAnswers, Setup, name_key
from assessment.rounds.agreements import Agreements
from assessment.scoring.seats import Seating, SquadSeats, setup_in_force
from assessment.storage.protocol import Stored
from assessment.ui.check import draft
from assessment.ui.check.before_saving import real_squads
from assessment.ui.guard.stored import visible_records
from assessment.ui.parts.url_choices import squad_asked_for
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader

NEW = "new"
ADDITION = "addition"


@dataclass(frozen=True, slots=True, eq=False)
class DeepCheckContext:
    """Whom the answers are about; `check` is the stored one they are added to, if to one.

    `squad` is empty until it is told; `out_of_reach` says why the store could not be read.
    `unasked` are the lenses that are not asked at all. `agreed` is what the squad has agreed
    and holds today; whoever is `invited` reads it of the decisions they have answered only.
    `around` leads back and on from a lens that is asked alone, which has no overview. `given` are
    the answers so far with what is refused of them, `lenses` how far each lens is that is asked.
    """

    squad: str
    check: Assessment | None
    records: Stored
    seating: Seating
    absent: Mapping[str, str]
    out_of_reach: WhoDecidesError | None
    unasked: frozenset[str] = frozenset()
    agreed: tuple[Agreement, ...] = ()
    invited: bool = False
    around: tuple[Callable[[], None], Callable[[], None]] | None = None
    given: Validated = field(default_factory=lambda: Validated(DeepAnswers(), {}))
    lenses: Sequence[LensProgress] = ()

    @property
    def lens_ids(self) -> tuple[str, ...]:
        """The lenses that are asked, in order."""
        lens_ids = self.seating.framework.lenses.lens_ids
        return tuple(lens for lens in lens_ids if lens not in self.unasked)

    @property
    def setup(self) -> Setup | None:
        """The setup in force, None where nobody told one."""
        return self.seating.setup

    @property
    def held(self) -> DeepAnswers:
        """What the check that the answers are added to holds already."""
        return self.check.deep if self.check else DeepAnswers()


def begin_with_asked_squad() -> None:
    """Have a check without an answer be a new one, about the squad that the address asks for."""
    with suppress(WhoDecidesError):  # told where the store is read next
        asked = "squad" in st.query_params and squad_asked_for(real_squads(visible_records(), None))
        if not asked or draft.answers() or draft.deep_form():
            return
        draft.add_to(None)
        state = st.session_state
        state[keys.DEEP_TO], state[keys.CHECK_NEW_SQUAD] = NEW, ""
        state[keys.CHECK_SQUAD] = state[keys.CHECK_SQUAD_ASKED] = asked


def deep_check_context(reader: Reader) -> DeepCheckContext:
    """Whom the deep check in progress is about, as far as it was told."""
    records, out_of_reach = Stored(), None
    try:
        records = visible_records()
    except WhoDecidesError as error:
        out_of_reach = error
    check, state = None, st.session_state
    if destination(records) == ADDITION:
        checks = checks_of(records, state.get(keys.DEEP_SQUAD))
        check = checks.get(state.get(keys.DEEP_CHECK) or "")
    squad = check.squad if check else draft.squad()
    day = check.assessed_on if check else state.get(keys.CHECK_DATE) or reader.today
    setup = setup_in_force(records.setups, squad, day)
    seating, absent = Seating(shipped_framework(), setup), absent_roles(reader, setup)
    return DeepCheckContext(squad, check, records, seating, absent, out_of_reach)


def with_answers(context: DeepCheckContext) -> DeepCheckContext:
    """The deep check with its answers so far, why some are refused, and how far each lens is."""
    framework, absent = context.seating.framework, context.absent
    given = draft.checked_deep(framework, absent)
    if draft.leave_out(given.refusals, context.seating.held):
        given = draft.checked_deep(framework, absent)
    given = Validated(given.answers, {**given.refusals, **draft.left_out()})
    lenses = progress_of(framework, together(context.held, given.answers), absent=absent)
    asked = [lens for lens in lenses if lens.lens in context.lens_ids]
    return replace(context, given=given, lenses=asked)


def agreed_today(reader: Reader, context: DeepCheckContext) -> tuple[Agreement, ...]:
    """What the squad of a check has agreed and holds today, as far as this visitor may see it."""
    records, key = context.records, name_key(context.squad)
    seats = SquadSeats(shipped_framework(), (s for s in records.setups if s.squad_key == key))
    agreements = Agreements(
        shipped_framework(),
        tuple(agreement for agreement in records.agreements if agreement.squad_key == key),
        records.confirmations,
        lambda _squad: seats,
        zone=reader.edition.zone,
    )
    return agreements.on(reader.today).in_force(context.squad)


def absent_roles(reader: Reader, setup: Setup | None) -> Mapping[str, str]:
    """The roles that nobody holds in a setup, by id, as the reader calls them."""
    framework = reader.edition.framework
    seating = Seating(framework, setup)
    return {
        role: reader.edition.role(role) for role in framework.role_ids if not seating.is_held(role)
    }


def destination(records: Stored) -> str:
    """Where the answers go: a new check or a stored one; at first the one just saved, if any."""
    state = st.session_state
    if not records.assessments:
        return NEW
    if keys.DEEP_TO not in state:
        saved = state.get(keys.DEEP_CHECK) if not draft.answers() else None
        state[keys.DEEP_TO] = ADDITION if saved else NEW
    return ADDITION if state[keys.DEEP_TO] == ADDITION else NEW


def checks_of(records: Stored, squad_key: str | None) -> dict[str, Assessment]:
    """The stored checks of a squad by id, the latest first; none that came by invitation."""
    checks = [
        check
        for check in reversed(records.assessments)
        if check.squad_key == squad_key and check.gathering is None
    ]
    checks.sort(key=lambda check: check.moment, reverse=True)
    return {str(check.assessment_id): check for check in checks}
