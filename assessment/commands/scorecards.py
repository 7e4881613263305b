"""What the command `score` tells of each assessment or round, ready for JSON; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from assessment.content.loading import shipped_framework
from assessment.rounds.agreements import Agreements
from assessment.rounds.history import History, Round
from assessment.rounds.practice import (
    PracticeByAgreement,
    agreed_fit,
    practice_by_agreement,
    practice_of,
)
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.diagnosis import Diagnosis, diagnoses_of
from assessment.scoring.findings import Finding
from assessment.scoring.levels import Scores, healths_of, score_table
from assessment.scoring.robustness import Holds
from assessment.scoring.seats import SquadSeats
from assessment.scoring.voices import VoiceDeepAnswers
from assessment.scoring.who_decides import LeftOut
from assessment.storage.protocol import Stored


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What is told of one assessment or round, by the names of its fields.

    `left_out` holds the answers that do not count, each with the assessment that gave it.
    """

    fields: Mapping[str, object]
    left_out: tuple[tuple[UUID, LeftOut], ...]


def per_assessment(stored: Stored) -> Iterator[Scorecard]:
    """One card per assessment, in order, each read for its squad's setup on its day."""
    framework = shipped_framework()
    in_order = sorted(stored.setups, key=lambda setup: setup.squad_key)
    seats_by_squad = {
        squad_key: SquadSeats(framework, setups)
        for squad_key, setups in groupby(in_order, key=lambda setup: setup.squad_key)
    }
    nobody_told = SquadSeats(framework)
    seatings = [
        seats_by_squad.get(assessment.squad_key, nobody_told).on(assessment.assessed_on)
        for assessment in stored.assessments
    ]
    history = History(framework, (), "month", stored.setups)
    agreements = history.reading(stored.agreements, stored.confirmations).agreements
    sheets = [
        seating.answers_that_apply(assessment.answers)
        for seating, assessment in zip(seatings, stored.assessments, strict=True)
    ]
    healths = healths_of(framework, sheets)
    table = score_table(framework, healths)
    diagnoses = diagnoses_of(framework, healths)
    for index, (assessment, diagnosis) in enumerate(
        zip(stored.assessments, diagnoses, strict=True)
    ):
        deep = None
        if assessment.deep:
            voice = VoiceDeepAnswers(assessment.deep, source=assessment.assessment_id)
            deep = DeepResult(seatings[index], (voice,))
        head = {
            "assessment_id": str(assessment.assessment_id),
            "squad": assessment.squad,
            "assessed_on": assessment.assessed_on.isoformat(),
        }
        card = _card(head, table.sheet(index), diagnosis, deep)
        day, voice_answers = assessment.assessed_on, assessment.deep.deciders
        practice = practice_of(agreements, assessment.squad, [(day, voice_answers)])
        further = _agreed(agreements, assessment.squad, day, practice)
        yield replace(card, fields={**card.fields, **further})


def per_round(history: History) -> Iterator[Scorecard]:
    """One card per squad and period, voices pooled, each read for the setup of its own day.

    Where a squad had surveys in a period, the card is that of the latest one.
    """
    for squad_round in history.all_rounds():
        head = {
            "squad": squad_round.squad,
            "period": str(squad_round.period),
            "survey": str(squad_round.survey.gathering_id) if squad_round.survey else None,
            "total": squad_round.total is not None,
            "voices": len(squad_round.voices),
            "deep_voices": squad_round.deep.voice_count,
        }
        deep = squad_round.deep if squad_round.deep_answers else None
        card = _card(head, squad_round.scores, squad_round.diagnosis, deep)
        practice = practice_by_agreement(history.agreements, squad_round)
        further = _agreed(history.agreements, squad_round.squad, squad_round.last_day, practice)
        yield replace(card, fields={**card.fields, **_pooled(squad_round), **further})


def _card(
    head: Mapping[str, object], scores: Scores, diagnosis: Diagnosis, deep: DeepResult | None
) -> Scorecard:
    core = _core(scores, diagnosis)
    if deep is None:
        return Scorecard({**head, **core}, left_out=())
    return Scorecard(
        fields={**head, **core, **_deep(deep)},
        left_out=tuple(
            (source, answer)
            for answer in deep.who_decides.left_out
            if (source := deep.voices[answer.voice].source)
        ),
    )


def _core(scores: Scores, diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "levels": _levels(scores),
        "overall": scores.overall,
        "yes_count": scores.yes_count,
        **{f"{seat.seat}_missing": seat.pressure for seat in diagnosis.pressures},
        "early_warning": diagnosis.early_warning,
        "levers": [{"id": lever.lever, "gain": lever.gain} for lever in diagnosis.levers],
    }


def _levels(scores: Scores) -> dict[str, dict[str, object]]:
    return {
        level.id: {
            "score": level.score,
            "coverage": level.coverage,
            "stage": level.stage,
            "limits": list(level.limits),
        }
        for level in scores.levels
    }


def _deep(deep: DeepResult) -> dict[str, object]:
    return {
        "lenses": {
            lens.id: {"score": lens.score, "coverage": lens.coverage} for lens in deep.answered
        },
        "decisions": dict(deep.who_decides.counts),
        "fit": {level.id: level.score for level in deep.who_decides.levels},
        "findings": [_finding(finding) for finding in deep.who_decides.findings],
    }


def _pooled(squad_round: Round) -> dict[str, object]:
    """What only voices that are pooled have: how many stand behind each level, how far it holds."""
    levels = _levels(squad_round.scores)
    for level, voices in squad_round.level_voices.items():
        levels[level]["voices"] = voices
    return {"levels": levels, "holds": _holds(squad_round.holds)}


def _holds(holds: Holds) -> dict[str, object]:
    told = [asdict(level) for level in holds.levels]
    return {
        "levels": {level.pop("id"): level for level in told},
        "weakest_kept": holds.weakest_kept,
        "weakest_share": holds.weakest_share,
        "lever_kept": holds.lever_kept,
        "lever_share": holds.lever_share,
    }


def _agreed(
    agreements: Agreements, squad: str, day: date, practice: PracticeByAgreement
) -> dict[str, object]:
    """What had been agreed up to a day, how it stood then, and how far voices keep to it."""
    told = list(dict.fromkeys((*agreements.begun_by(squad, day), *practice)))
    if not told:
        return {}
    return {
        "agreed_fit": agreed_fit(agreements.framework, practice),
        "agreements": [
            {
                "decision": agreement.decision,
                "decides": agreement.decides,
                "state": agreements.state(agreement, today=day),
                "kept": practice[agreement].kept if agreement in practice else None,
            }
            for agreement in told
        ],
    }


def _finding(finding: Finding) -> dict[str, object]:
    subject = {"decision": finding.decision} if finding.decision else {"level": finding.level}
    return {"kind": finding.kind, **subject, "roles": list(finding.roles)}
