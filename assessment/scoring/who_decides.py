"""Who decides: what voices say of each decision, against who should decide it; pure.

An answer that names a role nobody holds in the squad's setup is left out, and the result says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.errors import Refused, template
from assessment.model import Decision
from assessment.scoring.deciders import Deciders, Named, answers_to, counts_of, roles_in
from assessment.scoring.disagreement import Disagreement, decision_disagreements
from assessment.scoring.findings import Finding, findings_of
from assessment.scoring.seats import Seating

ALL_FIT, SOME_FIT, NONE_FITS = 1.0, 0.5, 0.0
"""The health of a decision, by how many of those named should decide it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An answer that does not count, because nobody holds `role`, the first such role it names.

    `voice` is the place of the voice among those given.
    """

    voice: int
    decision: str
    role: str

    @property
    def reason(self) -> Refused:
        """Why, as a message."""
        return Refused(
            template(
                "'{decision}' is left out: it names '{role}', and nobody holds that role in the "
                "squad's setup; correct the answer or the setup"
            ),
            decision=self.decision,
            role=self.role,
        )


@dataclass(frozen=True, slots=True)
class Mapped:
    """One decision as the voices see it.

    `health` is in [0, 1], the mean over the `voices` that answered, None when none did;
    `named` counts them by role, `nobody` and `unclear` included, in framework order.
    """

    decision: str
    level: str
    health: float | None
    voices: int
    named: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LevelFit:
    """How far those who decide at a level are those who should: 0 to 100, None unanswered.

    `coverage` is the share of the level's decisions that were answered, in [0, 1].
    """

    id: str
    score: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class WhoDecides:
    """The lens read whole: decisions and levels in order, the gravest and strongest first."""

    decisions: tuple[Mapped, ...]
    levels: tuple[LevelFit, ...]
    findings: tuple[Finding, ...]
    disagreements: tuple[Disagreement, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def contested(self) -> tuple[Disagreement, ...]:
        """The decisions on which voices name different deciders, strongest first."""
        return tuple(decision for decision in self.disagreements if decision.is_contested)

    @property
    def is_answered(self) -> bool:
        """Whether at least one answer counts."""
        return any(decision.voices for decision in self.decisions)

    def fit(self, level_id: str) -> float | None:
        """The fit of one level by its id."""
        return next(level.score for level in self.levels if level.id == level_id)


def who_decides_of(seating: Seating, voices: Sequence[Deciders]) -> WhoDecides:
    """What the voices say of who decides, read for a squad that is seated so."""
    left_out = left_out_of(seating, voices)
    void = {(left.voice, left.decision) for left in left_out}
    counting = [
        {decision: named for decision, named in answers.items() if (voice, decision) not in void}
        for voice, answers in enumerate(voices)
    ]
    decisions = tuple(
        _mapped(seating, decision, answers_to(counting, decision.id))
        for decision in seating.framework.lenses.decisions
    )
    return WhoDecides(
        decisions=decisions,
        levels=tuple(
            _level_fit(level, [decision for decision in decisions if decision.level == level])
            for level in seating.framework.level_ids
        ),
        findings=findings_of(seating, counting),
        disagreements=decision_disagreements(seating, counting),
        left_out=left_out,
    )


def left_out_of(seating: Seating, voices: Sequence[Deciders]) -> tuple[LeftOut, ...]:
    """The answers that name a role nobody holds, by voice, then in framework order."""
    return tuple(
        LeftOut(voice, decision.id, away[0])
        for voice, answers in enumerate(voices)
        for decision in seating.framework.lenses.decisions
        if (
            away := [
                role for role in roles_in(answers.get(decision.id, ())) if not seating.is_held(role)
            ]
        )
    )


def health_of(seating: Seating, decision: Decision, named: Named) -> float:
    """How far those named are those who should decide: 1 all, 0.5 some, 0 none of them.

    `nobody`, `unclear` and a vacant seat are 0.
    """
    listed = seating.listed_for(decision)
    fitting = [seating.decides(role, listed) for role in roles_in(named)]
    if not any(fitting):
        return NONE_FITS
    return ALL_FIT if all(fitting) else SOME_FIT


def _mapped(seating: Seating, decision: Decision, answers: Sequence[Named]) -> Mapped:
    healths = [health_of(seating, decision, named) for named in answers]
    return Mapped(
        decision=decision.id,
        level=decision.level,
        health=sum(healths) / len(healths) if healths else None,
        voices=len(healths),
        named=counts_of(seating.framework, answers),
    )


def _level_fit(level: str, decisions: Sequence[Mapped]) -> LevelFit:
    healths = [decision.health for decision in decisions if decision.health is not None]
    return LevelFit(
        id=level,
        score=100 * sum(healths) / len(healths) if healths else None,
        coverage=len(healths) / len(decisions) if decisions else 0.0,
    )
