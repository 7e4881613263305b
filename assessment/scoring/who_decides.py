"""Who decides: what voices say of each decision, against who should decide it; pure.

An answer that names a role nobody holds in the squad's setup is left out, and the result says so.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from math import nan
from typing import Literal, get_args

from assessment.errors import Refused
from assessment.model import UNCLEAR, Decision
from assessment.scoring.change import Scored
from assessment.scoring.deciders import Deciders, Named, counts_of, roles_in
from assessment.scoring.disagreement import Disagreement, decision_disagreements
from assessment.scoring.findings import BARRED, LEAST_SHARE, Finding, findings_of
from assessment.scoring.seats import Seating

State = Literal["clear", "contested", "nobody"]
"""Most voices name the same people, at least half of them nobody, or neither."""
STATES: tuple[State, ...] = get_args(State)

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
            "'{decision}' is left out: it names '{role}', and nobody holds that role in the "
            "squad's setup; correct the answer or the setup",
            decision=self.decision,
            role=self.role,
        )


@dataclass(frozen=True, slots=True)
class Mapped:
    """One decision as the voices see it.

    `health` is in [0, 1], the mean over the `voices` that answered, None when none did;
    `named` counts them by role, `nobody` and `unclear` included, in framework order; `naming`
    counts for a role whoever names its person by any seat, as seated on the voice's own day.
    `unfit` voices name none of those who should decide. `state` is None when nobody answered.
    """

    decision: str
    level: str
    health: float | None
    voices: int
    named: Mapping[str, int]
    naming: Mapping[str, int]
    unfit: int
    state: State | None = None

    @property
    def uncompared(self) -> Disagreement:
        """Whom voices name, as counted, where it may not be told how strongly they differ."""
        counts = {role: count for role, count in self.named.items() if role != UNCLEAR}
        unclear = self.named.get(UNCLEAR, 0)
        return Disagreement(self.decision, nan, counts, self.voices - unclear, unclear)


@dataclass(frozen=True, slots=True)
class LevelFit(Scored):
    """How far those who decide at a level are those who should.

    Of the level's decisions that were `answered` so many are `clear`.
    """

    answered: int
    clear: int

    @property
    def lower(self) -> float | None:
        """The lower of the fit and of the share of clear decisions in [0, 100]; None unanswered."""
        return None if self.score is None else min(100 * self.clear / self.answered, self.score)


@dataclass(frozen=True, slots=True)
class WhoDecides:
    """The lens read whole: decisions and levels in order, the gravest and strongest first.

    `agreed` are the decisions that the squad agreed on since its voices answered; they score as the
    voices say. `righted` are those of them that it left to a role that may decide.
    """

    decisions: tuple[Mapped, ...]
    levels: tuple[LevelFit, ...]
    findings: tuple[Finding, ...]
    disagreements: tuple[Disagreement, ...]
    left_out: tuple[LeftOut, ...]
    agreed: frozenset[str] = frozenset()
    righted: frozenset[str] = frozenset()

    @property
    def contested(self) -> tuple[Disagreement, ...]:
        """The contested decisions, the strongest first.

        Less than three quarters of their voices name the same people, and less than half nobody.
        Those of which too few name somebody to tell how strongly they differ (NaN) come last.
        """
        apart = {one.of: one for one in self.disagreements}
        contested = {
            mapped.decision: mapped for mapped in self.decisions if mapped.state == "contested"
        }
        return (
            *(one for one in self.disagreements if one.of in contested),
            *(mapped.uncompared for mapped in contested.values() if mapped.decision not in apart),
        )

    @property
    def still_contested(self) -> tuple[str, ...]:
        """The contested decisions that are not agreed on since, the strongest first."""
        return tuple(one.of for one in self.contested if one.of not in self.agreed)

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that nothing agreed on since settles."""
        return tuple(one for one in self.findings if not self.is_agreed(one))

    def is_agreed(self, finding: Finding) -> bool:
        """Whether what was agreed on since settles a finding.

        That somebody decides who must not is settled only where a role is to decide that may.
        """
        return finding.decision in (self.righted if finding.kind in BARRED else self.agreed)

    @property
    def gravest_first(self) -> tuple[str, ...]:
        """The decisions of which a finding tells, then the contested ones, in a verdict's order.

        Those of which nothing is open any more come last.
        """
        levels = {mapped.decision: mapped.level for mapped in self.decisions}
        told = (
            decision
            for finding in self.findings
            for decision, level in levels.items()
            if (finding.decision or decision, finding.level) == (decision, level)
        )
        every = dict.fromkeys((*told, *(one.of for one in self.contested)))
        closed = self.agreed.difference(one.decision or "" for one in self.open_findings)
        return tuple(sorted(every, key=closed.__contains__))

    @property
    def counts(self) -> Mapping[State, int]:
        """How many answered decisions are clear, contested, nobody's."""
        states = Counter(decision.state for decision in self.decisions)
        return {state: states[state] for state in STATES}

    @property
    def counts_agreed(self) -> Mapping[State, int]:
        """How many of each are agreed on since."""
        states = Counter(self.decision(of).state for of in self.agreed)
        return {state: states[state] for state in STATES}

    @property
    def clear_by_one(self) -> int:
        """How many of the clear decisions a single voice answered: it cannot differ from itself."""
        return sum(mapped.state == "clear" and mapped.voices == 1 for mapped in self.decisions)

    @property
    def misplaced(self) -> tuple[str, ...]:
        """The clear decisions that nobody expected takes, or somebody who must not.

        That is what at least half of the voices say, as a finding is.
        """
        wrong = {finding.decision for finding in self.findings if finding.kind in BARRED}
        return tuple(
            mapped.decision
            for mapped in self.decisions
            if mapped.state == "clear"
            and (mapped.unfit >= LEAST_SHARE * mapped.voices or mapped.decision in wrong)
        )

    @property
    def unexpected(self) -> tuple[str, ...]:
        """Those of them of which no finding tells: somebody takes them who may."""
        of = {finding.decision or finding.level for finding in self.findings}
        levels = {mapped.decision: mapped.level for mapped in self.decisions}
        return tuple(
            decision for decision in self.misplaced if not {decision, levels[decision]} & of
        )

    @property
    def mostly_left_out(self) -> tuple[str, ...]:
        """The decisions of which more answers are left out than count."""
        counts = Counter(left.decision for left in self.left_out)
        return tuple(
            mapped.decision for mapped in self.decisions if counts[mapped.decision] > mapped.voices
        )

    @property
    def is_answered(self) -> bool:
        """Whether at least one answer counts."""
        return any(decision.voices for decision in self.decisions)

    def decision(self, decision_id: str) -> Mapped:
        """One decision by its id."""
        return next(mapped for mapped in self.decisions if mapped.decision == decision_id)

    def fit(self, level_id: str) -> float | None:
        """The fit of one level by its id."""
        return next(level.score for level in self.levels if level.id == level_id)


def who_decides_of(
    seating: Seating, voices: Sequence[Deciders], own: Sequence[Seating] = (), *, least: int = 1
) -> WhoDecides:
    """What the voices say of who decides, read for a squad that is seated so.

    Each voice is judged by the seating of its `own` day, the one shown where none is given. At
    least `least` voices stand behind whatever is told, and behind every difference between what
    is told with one setup and with another.
    """
    own = own or [seating] * len(voices)
    left_out = left_out_of(own, voices)
    void = {(left.voice, left.decision) for left in left_out}
    left_out_voices = Counter(left.decision for left in left_out)
    # Told without the answers left out, they would tell the few voices behind these apart.
    unsure = {decision for decision, count in left_out_voices.items() if count < least}
    counting = [
        {
            decision: roles_named
            for decision, roles_named in answers.items()
            if decision not in unsure and (voice, decision) not in void
        }
        for voice, answers in enumerate(voices)
    ]
    left_out_counts = Counter((left.decision, left.role) for left in left_out)
    decisions = tuple(
        _mapped(seating, decision, counting, own, least=least)
        for decision in seating.framework.lenses.decisions
    )
    return WhoDecides(
        decisions=decisions,
        levels=tuple(
            _level_fit(level, [decision for decision in decisions if decision.level == level])
            for level in seating.framework.level_ids
        ),
        findings=findings_of(seating, counting, own, least=least),
        disagreements=decision_disagreements(seating, counting, least=least),
        left_out=tuple(
            left for left in left_out if left_out_counts[left.decision, left.role] >= least
        ),
    )


def left_out_of(own: Sequence[Seating], voices: Sequence[Deciders]) -> tuple[LeftOut, ...]:
    """The answers that name a role nobody holds on their day, by voice, then in framework order."""
    return tuple(
        LeftOut(voice, decision.id, away[0])
        for voice, (seating, answers) in enumerate(zip(own, voices, strict=True))
        for decision in seating.framework.lenses.decisions
        if (away := [*filterfalse(seating.is_held, roles_in(answers.get(decision.id, ())))])
    )


def health_of(seating: Seating, decision: Decision, roles_named: Named) -> float:
    """How far those named are those who should decide: 1 all, 0.5 some, 0 none of them.

    `nobody`, `unclear` and a vacant seat are 0.
    """
    listed = seating.listed_for(decision)
    fitting = [seating.decides(role, listed) for role in roles_in(roles_named)]
    if not any(fitting):
        return NONE_FITS
    return ALL_FIT if all(fitting) else SOME_FIT


def _mapped(
    seating: Seating,
    decision: Decision,
    voices: Sequence[Deciders],
    own: Sequence[Seating],
    *,
    least: int,
) -> Mapped:
    counting = [
        (its_own, roles_named)
        for its_own, voice in zip(own, voices, strict=True)
        if (roles_named := voice.get(decision.id))
    ]
    if len(counting) < least:
        counting = []
    answers = [roles for _, roles in counting]
    healths = [health_of(its_own, decision, roles) for its_own, roles in counting]
    named_by_role = counts_of(seating.framework, answers)
    return Mapped(
        decision=decision.id,
        level=decision.level,
        health=sum(healths) / len(healths) if answers else None,
        voices=len(answers),
        named=named_by_role,
        naming=_naming(seating, counting, least=least) or named_by_role,
        unfit=healths.count(NONE_FITS),
        state=_state(seating, answers),
    )


def _naming(
    seating: Seating, counting: Sequence[tuple[Seating, Named]], *, least: int
) -> Mapping[str, int]:
    """Whom voices name by any of their seats; empty where nobody has several.

    Where voices are confidential the seating shown tells it for all, so that no day shows.
    """
    seated = [(seating if least > 1 else its_own, roles_named) for its_own, roles_named in counting]
    if not any(one.has_two_seats_of_one for one, _ in seated):
        return {}
    return counts_of(
        seating.framework, [one.every_seat(roles_named) for one, roles_named in seated]
    )


def _state(seating: Seating, answers: Sequence[Named]) -> State | None:
    """Whether a decision is clear, contested or nobody's; people, not seats, are compared."""
    if not answers:
        return None
    people = Counter(
        seating.people(roles) for roles_named in answers if (roles := roles_in(roles_named))
    )
    if len(answers) - people.total() >= LEAST_SHARE * len(answers):
        return "nobody"
    clear = seating.framework.lenses.clear * len(answers)
    return "clear" if max(people.values()) >= clear else "contested"


def _level_fit(level: str, decisions: Sequence[Mapped]) -> LevelFit:
    healths = [decision.health for decision in decisions if decision.health is not None]
    return LevelFit(
        id=level,
        score=100 * sum(healths) / len(healths) if healths else None,
        coverage=len(healths) / len(decisions) if decisions else 0.0,
        answered=len(healths),
        clear=sum(decision.state == "clear" for decision in decisions),
    )
