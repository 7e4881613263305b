"""How far what voices say of a decision keeps to what was agreed, claiming no cause; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from assessment.model import Agreement, Framework
from assessment.rounds.agreements import DECIDED, Agreements
from assessment.rounds.round import Round
from assessment.scoring.deciders import Deciders, Named, roles_in
from assessment.scoring.who_decides import WhoDecides

EXACTLY, WITH_OTHERS, OTHERWISE = 1.0, 0.5, 0.0
"""What a voice counts towards kept, by whom it names beside the agreed role."""


@dataclass(frozen=True, slots=True)
class Practice:
    """What the voices that an agreement speaks to say of its decision.

    Of the `voices` that answered, `exactly` name the agreed role alone, `with_others` that role
    beside others.
    """

    voices: int
    exactly: int
    with_others: int

    @property
    def naming(self) -> int:
        """How many name the agreed role, alone or with others."""
        return self.exactly + self.with_others

    @property
    def kept(self) -> float:
        """The mean over the voices, in [0, 1]: 1 the agreed role alone, 0.5 with others, else 0."""
        return (EXACTLY * self.exactly + WITH_OTHERS * self.with_others) / self.voices

    @property
    def is_kept(self) -> bool:
        """Whether more than half of it is kept."""
        return self.kept > WITH_OTHERS


PracticeByAgreement = Mapping[Agreement, Practice]
"""What voices say of the decision of each agreement that counted on their day."""


def practice_by_agreement(agreements: Agreements, shown: Round) -> PracticeByAgreement:
    """What a round's voices say of each decision on which an agreement counted on their own day.

    A voice counts if somebody held the agreed role on its day, and if it names nobody who was not
    there. Of a confidential round nothing is told of fewer voices than its least, nor of a part
    that leaves so few apart; nor of agreements made on these very answers.
    """
    lens = shown.framework.lenses.asking_for("decisions")
    voices = [
        (voice.days.get(lens, shown.last_day), voice.deep.deciders) for voice in shown.deep_answers
    ]
    practice = practice_of(agreements, shown.squad, voices, least=shown.least)
    return practice_since(practice, shown.survey.id if shown.survey else None)


def practice_since(practice: PracticeByAgreement, survey: UUID | None) -> PracticeByAgreement:
    """Practice without what a survey's own answers say of the agreements made on them."""
    return {
        agreement: kept
        for agreement, kept in practice.items()
        if survey is None or agreement.survey != survey
    }


def practice_of(
    agreements: Agreements, squad: str, voices: Iterable[tuple[date, Deciders]], *, least: int = 1
) -> PracticeByAgreement:
    """What voices, each with its day, say of a squad's agreements; `least` stand behind it."""
    by_decision: dict[str, dict[Agreement | None, list[float]]] = {}
    for day, named_by_decision in voices:
        for decision, roles_named in named_by_decision.items():
            if roles_named:
                agreement, value = _practised(agreements, squad, decision, day, roles_named)
                by_decision.setdefault(decision, {}).setdefault(agreement, []).append(value)
    return {
        agreement: Practice(len(values), values.count(EXACTLY), values.count(WITH_OTHERS))
        for parts in by_decision.values()
        if all(len(values) >= least for values in parts.values())
        for agreement, values in parts.items()
        if agreement is not None
    }


def who_decides_since(agreements: Agreements, shown: Round, day: date) -> WhoDecides:
    """Who decides by a round's voices, with what was agreed on since and has a decider on a day.

    Since they answered means in the room about these very answers, or on a later day.
    """
    on_day, own = agreements.on(day), shown.survey.id if shown.survey else None
    agreed = {
        agreement.decision: agreement
        for agreement in on_day.in_force(shown.squad)
        if (own and agreement.survey == own) or agreement.agreed_on > shown.last_day
        if on_day.state(agreement) in DECIDED
    }
    righted = frozenset(of for of, made in agreed.items() if not on_day.must_not_decide(made))
    return replace(shown.deep.who_decides, agreed=frozenset(agreed), righted=righted)


def agreed_fit(framework: Framework, practice: PracticeByAgreement) -> Mapping[str, float | None]:
    """By level the mean of kept over its decisions with an agreement, in [0, 1]; None without."""
    kept: dict[str, list[float]] = {level: [] for level in framework.level_ids}
    for agreement, practised in practice.items():
        level = framework.lenses.decision_by_id[agreement.decision].level
        kept[level].append(practised.kept)
    return {level: sum(shares) / len(shares) if shares else None for level, shares in kept.items()}


def _practised(
    agreements: Agreements, squad: str, decision: str, day: date, roles_named: Named
) -> tuple[Agreement | None, float]:
    agreement = agreements.on(day).reference(squad, decision)
    seating = agreements.seating(squad, day)
    if agreement is None or not seating.is_held(agreement.decides):
        return None, OTHERWISE
    roles = roles_in(roles_named)
    if not all(seating.is_held(role) for role in roles):
        return None, OTHERWISE
    people, agreed = seating.people(roles), seating.person_of(agreement.decides)
    if agreed not in people:
        return agreement, OTHERWISE
    return agreement, EXACTLY if len(people) == 1 else WITH_OTHERS
