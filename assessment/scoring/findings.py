"""Mismatches between who decides and who should, with how many voices say so; pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from assessment.model import NOBODY, UNCLEAR, Decision, Framework
from assessment.scoring.deciders import Deciders, Named, counts_of, roles_in
from assessment.scoring.seats import Seating

LEAST_SHARE = 0.5
"""The share of the voices that answered from which a finding is raised."""

BARRED = ("must-not-decide", "escalation")
"""The kinds of finding of a decision that somebody takes who must not."""

BOTTLENECK = "bottleneck"
"""The kind of finding that looks at all answers of a voice together."""

VACANT = "seat-vacant"
"""The kind of finding of seats that the setup leaves without anybody."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mismatch between who decides and who should.

    `kind` is an id of the framework's findings; `decision` is None where a whole level is meant,
    `level` too where all answered levels are. `voices` of the `answered` say so, and name `roles`
    as often as `named` counts; both are 0 where the setup alone shows it.
    """

    kind: str
    level: str | None
    decision: str | None
    roles: tuple[str, ...]
    voices: int = 0
    answered: int = 0
    named: Mapping[str, int] = field(default_factory=dict)

    @property
    def by_half(self) -> tuple[str, ...]:
        """Those of its roles that, each by itself, half of the voices that answered name."""
        least = LEAST_SHARE * self.answered
        return tuple(role for role in self.roles if self.named.get(role, 0) >= least)


def answered_by_levers(
    framework: Framework, findings: Sequence[Finding]
) -> Mapping[tuple[str, str], Sequence[Finding]]:
    """The findings by kind and by the lever that answers them, in the order they come in."""
    kinds = framework.lenses.finding_by_id
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        lever = kinds[finding.kind].lever_for(finding.level)
        groups.setdefault((finding.kind, lever), []).append(finding)
    return groups


def findings_of(
    seating: Seating, voices: Sequence[Deciders], own: Sequence[Seating] = (), *, least: int = 1
) -> tuple[Finding, ...]:
    """Every finding of the voices' answers and the squad's seats.

    Each voice is judged by the seating of its `own` day, the one shown where none is given. A
    finding is raised when at least half of the voices that answered say so, and as many as `least`
    answered. The gravest kind comes first, as the framework orders them, then levels and decisions.
    """
    lenses = seating.framework.lenses
    own = own or [seating] * len(voices)
    findings = [*_vacancies(seating), *_bottlenecks(seating, voices, own, least=least)]
    for decision in lenses.decisions:
        answers = [
            (its_own, answers[decision.id])
            for its_own, answers in zip(own, voices, strict=True)
            if answers.get(decision.id)
        ]
        if len(answers) >= least:
            findings += _on_decision(seating.framework, decision, answers)
    known = [finding for finding in findings if finding.kind in lenses.finding_by_id]
    return tuple(sorted(known, key=partial(rank, seating.framework)))


Rank = tuple[int, int, int]
"""What findings are ordered by: kind, level and decision; whole levels before decisions."""


def rank(framework: Framework, finding: Finding) -> Rank:
    """Where a finding comes: the gravest kind first, as the framework orders them."""
    kinds, decisions = list(framework.lenses.finding_by_id), [*framework.lenses.decision_by_id]
    levels = [*framework.level_ids, None]
    return (
        kinds.index(finding.kind) if finding.kind in kinds else len(kinds),
        levels.index(finding.level),
        decisions.index(finding.decision) + 1 if finding.decision else 0,
    )


def _vacancies(seating: Seating) -> list[Finding]:
    """The levels whose deciders are all missing, and decisions that have deciders of their own."""
    listed = {level: seating.listed_at(level) for level in seating.framework.level_ids}
    vacant = {level: roles for level, roles in listed.items() if seating.is_vacant(roles)}
    return [
        *(Finding(VACANT, level, None, roles) for level, roles in vacant.items()),
        *(
            Finding(VACANT, decision.level, decision.id, decision.decides)
            for decision in seating.framework.lenses.decisions
            if decision.decides
            and decision.level not in vacant
            and seating.is_vacant(decision.decides)
        ),
    ]


def _on_decision(
    framework: Framework, decision: Decision, answers: Sequence[tuple[Seating, Named]]
) -> list[Finding]:
    """What the answers to one decision show: who is named amiss, kind by kind."""
    kinds: Mapping[str, Callable[[Seating, Named], Named]] = {
        "nobody-decides": lambda _own, answer: answer if NOBODY in answer else (),
        "unclear": lambda _own, answer: answer if UNCLEAR in answer else (),
        "must-not-decide": partial(_barred, decision),
        "escalation": partial(_leaders, decision),
        "crowd": partial(_crowd, decision),
    }
    findings: list[Finding] = []
    for kind, amiss in kinds.items():
        saying = [roles for own, roles_named in answers if (roles := amiss(own, roles_named))]
        findings += _raised(framework, kind, decision, saying, len(answers))
    return findings


def _barred(decision: Decision, seating: Seating, roles_named: Named) -> Named:
    """Who must not decide, but for leaders who settle what escalation tells of."""
    escalated = _leaders(decision, seating, roles_named)
    return tuple(
        role
        for role in roles_in(roles_named)
        if role not in escalated and seating.must_not_decide(role, decision)
    )


def _leaders(decision: Decision, seating: Seating, roles_named: Named) -> Named:
    """Article B: CPO and CTO who settle daily matters turn into a sorting centre."""
    escalation = seating.framework.lenses.escalation
    if decision.level != escalation.level:
        return ()
    return tuple(
        role
        for role in roles_in(roles_named)
        if seating.must_not_decide(role, decision) and seating.decides(role, escalation.roles)
    )


def _crowd(decision: Decision, seating: Seating, roles_named: Named) -> Named:
    """Too many people, and more than the reference itself names for the level."""
    roles = roles_in(roles_named)
    reference = seating.people(seating.expected(seating.listed_at(decision.level)))
    most = max(seating.framework.lenses.crowd - 1, len(reference))
    return roles if len(seating.people(roles)) > most else ()


def _bottlenecks(
    seating: Seating, voices: Sequence[Deciders], own: Sequence[Seating], *, least: int
) -> list[Finding]:
    """The people at whom every answered level meets, of the voices that answered enough levels.

    Each voice is judged by its own seating; the one shown says which seats are one person when
    what they say is pooled, and one whose seats were shared out since need be none any more.
    """
    fewest = seating.framework.lenses.bottleneck.levels
    level_of = {decision.id: decision.level for decision in seating.framework.lenses.decisions}
    able = []
    for its_own, answers in zip(own, voices, strict=True):
        naming = {decision: roles for decision in answers if (roles := roles_in(answers[decision]))}
        if len({level_of[decision] for decision in naming}) >= fewest:
            able.append(_by_person(seating, naming, _bottlenecks_of(its_own, naming)))
    if len(able) < least:
        return []
    findings: list[Finding] = []
    for person in dict.fromkeys(map(seating.person_of, seating.framework.role_ids)):
        saying = [by_person[person] for by_person in able if person in by_person]
        findings += _raised(seating.framework, BOTTLENECK, None, saying, len(able))
    return findings


def _bottlenecks_of(seating: Seating, naming: Deciders) -> Iterator[str]:
    """The seats, as they are named, of the people whom one voice makes a bottleneck."""
    by_id = seating.framework.lenses.decision_by_id
    people_by_level = [
        (by_id[decision].level, seating.people(roles)) for decision, roles in naming.items()
    ]
    for seats in bottlenecks_among(seating, people_by_level):
        yield from (seat for seat in seats if any(seat in roles for roles in naming.values()))


def bottlenecks_among(
    seating: Seating, people_by_level: Sequence[tuple[str, frozenset[str]]]
) -> Iterator[Named]:
    """All seats of each person at whom every level meets, where enough levels were answered.

    Each of one voice's answers is told by its level and the people it names, of whom there are any.
    """
    lenses = seating.framework.lenses
    named_at: dict[str, frozenset[str]] = {}
    for level, people in people_by_level:
        named_at[level] = named_at.get(level, people) | people
    if len(named_at) < lenses.bottleneck.levels:
        return
    answers = [people for _, people in people_by_level]
    meeting = frozenset.intersection(*named_at.values())
    for person in filter(meeting.__contains__, seating.held):
        seats = seating.seats_of_person[person]
        alone = answers.count(frozenset([person]))
        if alone and {*seats}.isdisjoint(lenses.many_people):
            meant_to = all(seating.decides(person, seating.listed_at(level)) for level in named_at)
            if not meant_to or alone >= lenses.bottleneck.share * len(people_by_level):
                yield seats


def _by_person(
    seating: Seating, naming: Deciders, bottlenecks: Iterable[str]
) -> Mapping[str, Named]:
    """Seats by the person who holds them, at whom alone the levels that one voice answered meet."""
    level_of = {decision.id: decision.level for decision in seating.framework.lenses.decisions}
    people = {decision: seating.people(roles) for decision, roles in naming.items()}
    by_person: dict[str, Named] = {}
    for role in bottlenecks:
        person = seating.person_of(role)
        met_at = {level_of[decision] for decision, named in people.items() if person in named}
        if {person} in people.values() and met_at == {level_of[decision] for decision in naming}:
            by_person[person] = (*by_person.get(person, ()), role)
    return by_person


def _raised(
    framework: Framework,
    kind: str,
    decision: Decision | None,
    saying: Sequence[Named],
    answered: int,
) -> Iterator[Finding]:
    """A finding where at least half of those who answered say so."""
    if saying and len(saying) >= LEAST_SHARE * answered:
        counts = counts_of(framework, saying)
        level, of = (decision.level, decision.id) if decision else (None, None)
        yield Finding(kind, level, of, roles_in(counts), len(saying), answered, counts)
