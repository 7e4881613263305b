"""Several squads' agreements as tests read them, from voices of November 2026."""

from __future__ import annotations

from datetime import date

from assessment.content.loading import shipped_framework
from assessment.model import Agreement, Assessment, Confirmation, Setup
from assessment.model.period import Period
from assessment.rounds.agreed_across import AgreedAcross, agreed_across
from assessment.rounds.history import History
from assessment.rounds.results import result_of
from tests.builders import confirmation, deep_assessment

FRAMEWORK = shipped_framework()
TODAY = date(2026, 11, 30)


def says(squad: str, **deciders: tuple[str, ...]) -> Assessment:
    """A voice of 18 November; decisions with `_` for `-`."""
    named = {decision.replace("_", "-"): who for decision, who in deciders.items()}
    return deep_assessment(squad=squad, assessed_on=date(2026, 11, 18), deep={"deciders": named})


def answered(agreed: Agreement, answer: str = "agreed") -> tuple[Confirmation, ...]:
    return tuple(
        confirmation(squad=agreed.squad, agreement_id=agreed.id, role=role, answer=answer)
        for role in (agreed.decides, *agreed.consulted)
    )


def across(
    *voices: Assessment,
    agreements: tuple[Agreement, ...] = (),
    answers: tuple[Confirmation, ...] = (),
    setups: tuple[Setup, ...] = (),
    until: date | None = None,
    hidden: bool = False,
    as_of: date | None = None,
) -> AgreedAcross:
    history = History(FRAMEWORK, voices, "month", setups=setups).reading(
        agreements, answers, until=until, hidden=hidden
    )
    november = Period(2026, 11, "month")
    results = [result_of(history, squad, november, today=TODAY) for squad in history.squads]
    return agreed_across(FRAMEWORK, results, today=TODAY, until=as_of)
