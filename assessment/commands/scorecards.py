"""What the command `score` tells of each assessment or round, ready for JSON; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from uuid import UUID

from assessment.content.loading import shipped_framework
from assessment.rounds.history import History
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.diagnosis import Diagnosis, diagnosis_of
from assessment.scoring.findings import Finding
from assessment.scoring.levels import Scores, healths_of, score_table
from assessment.scoring.robustness import Holds
from assessment.scoring.seats import Seating, setup_in_force
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
    setups_by_squad = {
        squad_key: tuple(setups)
        for squad_key, setups in groupby(in_order, key=lambda setup: setup.squad_key)
    }
    healths = healths_of(framework, [assessment.answers for assessment in stored.assessments])
    table = score_table(framework, healths)
    for index, assessment in enumerate(stored.assessments):
        deep = None
        if assessment.deep:
            setups = setups_by_squad.get(assessment.squad_key, ())
            setup = setup_in_force(setups, assessment.squad, assessment.assessed_on)
            voice = VoiceDeepAnswers(assessment.deep, source=assessment.assessment_id)
            deep = DeepResult(Seating(framework, setup), (voice,))
        head = {
            "assessment_id": str(assessment.assessment_id),
            "squad": assessment.squad,
            "assessed_on": assessment.assessed_on.isoformat(),
        }
        diagnosis = diagnosis_of(framework, healths.sheet(index))
        yield _card(head, table.sheet(index), diagnosis, deep)


def per_round(history: History) -> Iterator[Scorecard]:
    """One card per squad and period, voices pooled, read for the setup on the round's last day."""
    for squad_round in history.all_rounds():
        head = {
            "squad": squad_round.squad,
            "period": str(squad_round.period),
            "voices": len(squad_round.voices),
        }
        deep = squad_round.deep if squad_round.deep_answers else None
        card = _card(head, squad_round.scores, squad_round.diagnosis, deep)
        holds = _holds(squad_round.holds)
        yield replace(card, fields={**card.fields, "holds": holds})


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
        "levels": {
            level.id: {
                "score": level.score,
                "coverage": level.coverage,
                "stage": level.stage,
                "limits": list(level.limits),
            }
            for level in scores.levels
        },
        "overall": scores.overall,
        "yes_count": scores.yes_count,
        **{f"{seat.seat}_missing": seat.pressure for seat in diagnosis.pressures},
        "early_warning": diagnosis.early_warning,
        "levers": [{"id": lever.lever, "gain": lever.gain} for lever in diagnosis.levers],
    }


def _deep(deep: DeepResult) -> dict[str, object]:
    return {
        "lenses": {
            lens.id: {"score": lens.score, "coverage": lens.coverage} for lens in deep.answered
        },
        "fit": {level.id: level.score for level in deep.who_decides.levels},
        "findings": [_finding(finding) for finding in deep.who_decides.findings],
    }


def _holds(holds: Holds) -> dict[str, object]:
    fields = asdict(holds)
    del fields["voices"]
    return fields | {"levels": {level.pop("id"): level for level in fields["levels"]}}


def _finding(finding: Finding) -> dict[str, object]:
    subject = {"decision": finding.decision} if finding.decision else {"level": finding.level}
    return {"kind": finding.kind, **subject, "roles": list(finding.roles)}
