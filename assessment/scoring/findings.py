"""Mismatches between who decides and who should, with how many voices say so; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assessment.model import NOBODY, UNCLEAR, Decision, Framework
from assessment.scoring.deciders import Deciders, Named, answers_to, counts_of, roles_in
from assessment.scoring.seats import Seating

LEAST_SHARE = 0.5
"""The share of the voices that answered from which a finding is raised."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mismatch between who decides and who should.

    `kind` is an id of the framework's findings; `decision` is None where a whole level is meant,
    `level` too where every level is. `voices` of the `answered` say so, and name `roles` as often
    as `named` counts; both are 0 where the setup alone shows it.
    """

    kind: str
    level: str | None
    decision: str | None
    roles: tuple[str, ...]
    voices: int = 0
    answered: int = 0
    named: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """Findings of one kind that one lever answers."""

    kind: str
    lever: str
    findings: tuple[Finding, ...]


def answered_by_levers(framework: Framework, findings: Sequence[Finding]) -> tuple[Answered, ...]:
    """The findings by kind and by the lever that answers them, in the order they come in."""
    kinds = framework.lenses.finding_by_id
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        lever = kinds[finding.kind].lever_for(finding.level)
        groups.setdefault((finding.kind, lever), []).append(finding)
    return tuple(Answered(kind, lever, tuple(group)) for (kind, lever), group in groups.items())


def findings_of(seating: Seating, voices: Sequence[Deciders]) -> tuple[Finding, ...]:
    """Every finding of the voices' answers and the squad's seats.

    A finding is raised when at least half of the voices that answered say so. The gravest kind
    comes first, as the framework orders them, then levels and decisions in order.
    """
    lenses = seating.framework.lenses
    findings = [*_vacancies(seating), *_bottlenecks(seating, voices)]
    for decision in lenses.decisions:
        findings += _on_decision(seating, decision, answers_to(voices, decision.id))
    kinds = list(lenses.finding_by_id)
    levels = [*seating.framework.level_ids, None]
    decisions = [None, *lenses.decision_by_id]
    return tuple(
        sorted(
            (finding for finding in findings if finding.kind in kinds),
            key=lambda finding: (
                kinds.index(finding.kind),
                levels.index(finding.level),
                decisions.index(finding.decision),
            ),
        )
    )


def _vacancies(seating: Seating) -> list[Finding]:
    """The levels whose deciders are all missing, and decisions that have deciders of their own."""
    listed = {level: seating.listed_at(level) for level in seating.framework.level_ids}
    vacant = {level: roles for level, roles in listed.items() if seating.is_vacant(roles)}
    return [
        *(Finding("seat-vacant", level, None, roles) for level, roles in vacant.items()),
        *(
            Finding("seat-vacant", decision.level, decision.id, decision.decides)
            for decision in seating.framework.lenses.decisions
            if decision.decides
            and decision.level not in vacant
            and seating.is_vacant(decision.decides)
        ),
    ]


def _on_decision(seating: Seating, decision: Decision, answers: Sequence[Named]) -> list[Finding]:
    """What the answers to one decision show: who is named amiss, kind by kind."""
    lenses = seating.framework.lenses

    def barred(named: Named) -> Named:
        return tuple(role for role in roles_in(named) if seating.must_not_decide(role, decision))

    def leaders(named: Named) -> Named:
        """Article B: CPO and CTO who settle daily matters turn into a sorting centre."""
        if decision.level != lenses.escalation.level:
            return ()
        return tuple(
            role for role in barred(named) if seating.decides(role, lenses.escalation.roles)
        )

    def crowd(named: Named) -> Named:
        roles = roles_in(named)
        return roles if len(roles) >= lenses.crowd else ()

    kinds: Mapping[str, Callable[[Named], Named]] = {
        "nobody-decides": lambda named: named if NOBODY in named else (),
        "unclear": lambda named: named if UNCLEAR in named else (),
        "must-not-decide": barred,
        "escalation": leaders,
        "crowd": crowd,
    }
    findings = []
    for kind, amiss in kinds.items():
        saying = [roles for named in answers if (roles := amiss(named))]
        if _enough(saying, len(answers)):
            findings.append(_said(seating, kind, saying, len(answers), decision.level, decision.id))
    return findings


def _bottlenecks(seating: Seating, voices: Sequence[Deciders]) -> list[Finding]:
    """The people who decide something at every level, of the voices that answered at every level.

    Where the framework itself lets somebody decide at every level, as article B lets a PM
    without a PO, only a voice that names nobody else at all says so.
    """
    able = [answers for answers in voices if _levels_of(seating, answers) == _all_levels(seating)]
    findings = []
    for seats in dict.fromkeys(seating.seats_of_person.values()):
        saying = [named for answers in able if (named := _everywhere(seating, seats, answers))]
        if _enough(saying, len(able)):
            findings.append(_said(seating, "bottleneck", saying, len(able)))
    return findings


def _everywhere(seating: Seating, seats: Named, answers: Deciders) -> Named:
    """The seats under which a voice says that one person decides at every level; else none."""
    their_answers = {
        decision: named for decision, named in answers.items() if not {*seats}.isdisjoint(named)
    }
    if _levels_of(seating, their_answers) != _all_levels(seating):
        return ()
    meant_to = all(
        seating.decides(seats[0], seating.listed_at(level)) for level in _all_levels(seating)
    )
    named = {role for roles in answers.values() for role in roles}
    if meant_to and not named <= {*seats}:
        return ()
    return tuple(role for role in seats if role in named)


def _all_levels(seating: Seating) -> set[str]:
    return {decision.level for decision in seating.framework.lenses.decisions}


def _levels_of(seating: Seating, answers: Deciders) -> set[str]:
    """The levels at which a voice answered."""
    decisions = seating.framework.lenses.decision_by_id
    return {decisions[decision].level for decision, named in answers.items() if named}


def _enough(saying: Sequence[Named], answered: int) -> bool:
    return bool(saying) and len(saying) >= LEAST_SHARE * answered


def _said(
    seating: Seating,
    kind: str,
    saying: Sequence[Named],
    answered: int,
    level: str | None = None,
    decision: str | None = None,
) -> Finding:
    named = counts_of(seating.framework, saying)
    return Finding(kind, level, decision, roles_in(named), len(saying), answered, named)
