"""What the command `score` tells of each assessment or round, ready for JSON; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from assessment.model import Assessment, Framework, Setup
from assessment.model.period import By
from assessment.rounds.history import History
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.diagnosis import Diagnosis, diagnosis_of
from assessment.scoring.findings import Finding
from assessment.scoring.levels import Scores, healths_of, score_table
from assessment.scoring.seats import Seating, setup_in_force
from assessment.scoring.voices import VoiceDeepAnswers
from assessment.scoring.who_decides import LeftOut


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What is told of one assessment or round.

    `left_out` holds the answers that do not count, each with the assessment that gave it.
    """

    told: Mapping[str, object]
    left_out: tuple[tuple[UUID, LeftOut], ...]


def per_assessment(
    framework: Framework, assessments: Sequence[Assessment], setups: Sequence[Setup]
) -> Iterator[Scorecard]:
    """One card per assessment, in order, each read for its squad's setup on its day."""
    by_squad: dict[str, list[Setup]] = {}
    for setup in setups:
        by_squad.setdefault(setup.squad_key, []).append(setup)
    healths = healths_of(framework, [assessment.answers for assessment in assessments])
    table = score_table(framework, healths)
    for index, assessment in enumerate(assessments):
        head = {
            "assessment_id": str(assessment.assessment_id),
            "squad": assessment.squad,
            "assessed_on": assessment.assessed_on.isoformat(),
        }
        diagnosis = diagnosis_of(framework, healths.sheet(index))
        theirs = by_squad.get(assessment.squad_key, ())
        deep = _deep_of(framework, assessment, theirs) if assessment.deep else None
        yield _card(head, table.sheet(index), diagnosis, deep)


def per_round(
    framework: Framework, assessments: Sequence[Assessment], setups: Sequence[Setup], by: By
) -> Iterator[Scorecard]:
    """One card per squad and period, voices pooled, read for the setup on the round's last day."""
    for each in History(framework, assessments, by, setups).all_rounds():
        head = {"squad": each.squad, "period": str(each.period), "voices": len(each.voices)}
        yield _card(head, each.scores, each.diagnosis, each.deep if each.deep_answers else None)


def _deep_of(framework: Framework, assessment: Assessment, setups: Sequence[Setup]) -> DeepResult:
    setup = setup_in_force(setups, assessment.squad, assessment.assessed_on)
    voice = VoiceDeepAnswers(assessment.deep, source=assessment.assessment_id)
    return DeepResult(Seating(framework, setup), (voice,))


def _card(
    head: Mapping[str, object], scores: Scores, diagnosis: Diagnosis, deep: DeepResult | None
) -> Scorecard:
    core = _core(scores, diagnosis)
    if deep is None:
        return Scorecard({**head, **core}, left_out=())
    return Scorecard(
        told={**head, **core, **_deep(deep)},
        left_out=tuple(
            (source, found)
            for found in deep.who_decides.left_out
            if (source := deep.voices[found.voice].source)
        ),
    )


def _core(scores: Scores, diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "levels": {
            level.level: {
                "score": level.score,
                "coverage": level.coverage,
                "stage": level.stage,
                "limits": list(level.limits),
            }
            for level in scores.levels
        },
        "overall": scores.overall,
        "yes_count": scores.yes_count,
        **{f"{found.seat}_missing": found.pressure for found in diagnosis.pressures},
        "early_warning": diagnosis.early_warning,
        "levers": [{"id": lever.lever, "gain": lever.gain} for lever in diagnosis.levers],
    }


def _deep(deep: DeepResult) -> dict[str, object]:
    return {
        "lenses": {
            lens.lens: {"score": lens.score, "coverage": lens.coverage} for lens in deep.answered
        },
        "fit": {level.level: level.fit for level in deep.who_decides.levels},
        "findings": [_finding(found) for found in deep.who_decides.findings],
    }


def _finding(found: Finding) -> dict[str, object]:
    place = {"decision": found.decision} if found.decision else {"level": found.level}
    return {"kind": found.kind, **place, "roles": list(found.roles)}
