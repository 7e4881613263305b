"""What the command `score` tells of each round, as JSON; no I/O."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from assessment.rounds.agreements import Agreements
from assessment.rounds.history import History
from assessment.rounds.practice import PracticeByAgreement, agreed_fit, practice_by_agreement
from assessment.rounds.round import Round
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.diagnosis import Diagnosis
from assessment.scoring.findings import Finding
from assessment.scoring.levels import LevelScore, Scores
from assessment.scoring.who_decides import LeftOut


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What is told of one assessment or round, as one line of JSON.

    `left_out` holds the answers that do not count, each with the assessment that gave it.
    """

    line: str
    left_out: tuple[tuple[UUID, LeftOut], ...] = ()


def as_json(value: object) -> str:
    """A value as the command writes it, on one line."""
    return json.dumps(value, ensure_ascii=False)


def per_round(history: History) -> Iterator[Scorecard]:
    """One card per squad and period, voices pooled, each read for the setup of its own day.

    Of several surveys of a period, it is that of the last with a score, and of the last that says
    who decides.
    """
    for squad_round in history.all_rounds():
        deep_unit = squad_round.deep_unit
        head = {
            "squad": squad_round.squad,
            "period": str(squad_round.period),
            "survey": str(squad_round.survey.id) if squad_round.survey else None,
            "total": bool(squad_round.totals),
            "voices": len(squad_round.voices),
            "deep_voices": deep_unit.deep_voices,
        }
        deep = deep_unit.deep if deep_unit.deep_answers else None
        practice = practice_by_agreement(history.agreements, deep_unit)
        further = agreed(history.agreements, squad_round.squad, deep_unit.last_day, practice)
        core = _core(squad_round.scores, squad_round.diagnosis)
        card = {**head, **core, **(_deep(deep) if deep else {}), **_pooled(squad_round), **further}
        yield Scorecard(as_json(card), left_out=tuple(_left_out(deep)) if deep else ())


def _left_out(deep: DeepResult) -> Iterator[tuple[UUID, LeftOut]]:
    for answer in deep.who_decides.left_out:
        if source := deep.voices[answer.voice].source:
            yield source, answer


def _core(scores: Scores, diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "levels": _by_id(scores.levels),
        "overall": scores.overall,
        "yes_count": scores.yes_count,
        **{f"{seat.seat}_missing": seat.pressure for seat in diagnosis.pressures},
        "early_warning": diagnosis.early_warning,
        "levers": [{"id": lever.lever, "gain": lever.gain} for lever in diagnosis.levers],
    }


def _by_id(levels: Iterable[LevelScore]) -> dict[str, dict[str, object]]:
    """What is told of each level."""
    fields_of_levels = map(asdict, levels)
    return {fields.pop("id"): fields for fields in fields_of_levels}


def _deep(deep: DeepResult) -> dict[str, object]:
    return {
        "lenses": {
            lens.id: {"score": lens.score, "coverage": lens.coverage} for lens in deep.answered
        },
        "decisions": dict(deep.who_decides.counts),
        "fit": {level.id: level.score for level in deep.who_decides.levels},
        "findings": [finding_fields(finding) for finding in deep.who_decides.findings],
    }


def _pooled(squad_round: Round) -> dict[str, object]:
    """What only voices that are pooled have: how many stand behind each level, how far it holds."""
    levels = _by_id(squad_round.scores.levels)
    for level, voices in squad_round.level_voices.items():
        levels[level]["voices"] = voices
    return {"levels": levels, "holds": _holds(squad_round)}


def _holds(squad_round: Round) -> dict[str, object]:
    holds, ranges = squad_round.holds, squad_round.ranges.levels
    unknown = {"low": None, "high": None}
    return {
        "levels": {
            level.id: (asdict(ranges[level.id]) if level.id in ranges else unknown)
            | {"stage_kept": level.stage_kept, "stage_share": level.stage_share}
            for level in holds.levels
        },
        "weakest_kept": holds.weakest_kept,
        "weakest_share": holds.weakest_share,
        "lever_kept": holds.lever_kept,
        "lever_share": holds.lever_share,
    }


def agreed(
    agreements: Agreements, squad: str, day: date, practice: PracticeByAgreement
) -> dict[str, object]:
    """What had been agreed up to a day, how it stood then, and how far voices keep to it."""
    on_day = agreements.on(day)
    agreements_then = list(dict.fromkeys((*on_day.begun(squad), *practice)))
    if not agreements_then:
        return {}
    return {
        "agreed_fit": agreed_fit(agreements.framework, practice),
        "agreements": [
            {
                "decision": agreement.decision,
                "decides": agreement.decides,
                "state": on_day.state(agreement),
                "kept": practice[agreement].kept if agreement in practice else None,
            }
            for agreement in agreements_then
        ],
    }


def finding_fields(finding: Finding) -> Mapping[str, object]:
    """A finding's kind, what it is about, and the roles it names."""
    subject = {"decision": finding.decision} if finding.decision else {"level": finding.level}
    return {"kind": finding.kind, **subject, "roles": list(finding.roles)}
