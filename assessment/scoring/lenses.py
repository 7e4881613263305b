"""What the other lenses say: scores with their evidence, vital signs, mandates; pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from assessment.model import DeepAnswers, Framework, Lens, name_key
from assessment.scoring.change import Scored
from assessment.scoring.diagnosis import Evidence, evidence_in
from assessment.scoring.seats import Seating
from assessment.scoring.voices import VoiceDeepAnswers
from assessment.scoring.who_decides import WhoDecides


@dataclass(frozen=True, slots=True)
class LensScore(Scored):
    """One scored lens, without a score when nothing is answered or the lens does not apply.

    `evidence` is what is in trouble, worst first: items, or decisions in the lens `who-decides`.
    """

    applies: bool
    evidence: tuple[Evidence, ...]


LEAST_SURVEYED = 5
"""Voices of people who were invited from which a vital sign is told."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A vital sign in its unit: the median of the `voices` that gave one, from least to greatest.

    Where people were invited to answer, `least` and `greatest` hold the middle half of them, and
    `value` lies in between: no number is then any voice's own.
    """

    sign: str
    value: float
    voices: int
    least: float
    greatest: float
    is_middle_half: bool = False


@dataclass(frozen=True, slots=True)
class Mandate:
    """A sentence about what a role decides, and the aliases of the `voices` that wrote it."""

    role: str
    sentence: str
    voices: int
    aliases: tuple[str, ...]


def scored_lenses(framework: Framework) -> tuple[str, ...]:
    """The lenses that have a score, in order: neither vital signs nor mandates are scored."""
    return tuple(lens.id for lens in framework.lenses.lenses if lens.asks in ("items", "decisions"))


def lens_scores_of(
    seating: Seating,
    voices: Sequence[VoiceDeepAnswers],
    mapped: WhoDecides,
    applies: Callable[[Lens, VoiceDeepAnswers], bool],
) -> tuple[LensScore, ...]:
    """Every scored lens, voices pooled: 100 · mean health of the answered items.

    The health of an item is the mean over the voices that answered it and to whom its lens
    `applies`: not to one on whose day nobody holds the role that the lens is about.
    """
    framework = seating.framework
    scores = []
    for lens in map(framework.lenses.lens_by_id.__getitem__, scored_lenses(framework)):
        applying = [voice.deep for voice in voices if applies(lens, voice)]
        healths = _healths(framework, lens, applying, mapped)
        scores.append(_score(seating, lens, healths))
    return tuple(scores)


def signs_of(framework: Framework, voices: Sequence[VoiceDeepAnswers]) -> tuple[Sign, ...]:
    """The vital signs that were given, in order.

    Voices are pooled by their median: unlike a health, a number has no scale that would keep a
    slip, or one voice's worst day, from moving everybody's mean. Of people who were invited, a
    single number is one voice's: theirs are told as a range, and from enough voices up.
    """
    any_invited = any(voice.invited for voice in voices)
    signs = []
    for sign in framework.lenses.signs:
        given = [voice.deep.signs[sign.id] for voice in voices if sign.id in voice.deep.signs]
        if any_invited and len(given) >= LEAST_SURVEYED:
            least, _median, greatest = quantiles(given, n=4, method="inclusive")
            middle = (least + greatest) / 2
            signs.append(Sign(sign.id, middle, len(given), least, greatest, is_middle_half=True))
        elif given and not any_invited:
            signs.append(Sign(sign.id, median(given), len(given), min(given), max(given)))
    return tuple(signs)


def mandates_of(framework: Framework, voices: Sequence[VoiceDeepAnswers]) -> tuple[Mandate, ...]:
    """The mandate sentences role by role, the one most voices wrote first, then by its words."""
    mandates = []
    for role in framework.lenses.mandates:
        written: dict[str, list[VoiceDeepAnswers]] = {}
        for voice in voices:
            if sentence := voice.deep.mandates.get(role):
                written.setdefault(name_key(sentence), []).append(voice)
        by_voices = sorted(written.items(), key=lambda by_key: (-len(by_key[1]), by_key[0]))
        mandates += [
            Mandate(
                role=role,
                sentence=min(voice.deep.mandates[role] for voice in writers),
                voices=len(writers),
                aliases=tuple(sorted(voice.voice for voice in writers if voice.voice)),
            )
            for _, writers in by_voices
        ]
    return tuple(mandates)


def _score(seating: Seating, lens: Lens, healths: Mapping[str, float | None]) -> LensScore:
    answered = {item: health for item, health in healths.items() if health is not None}
    if not answered:
        held = lens.needs_role is None or seating.is_held(lens.needs_role)
        return LensScore(lens.id, None, 0.0, held, ())
    return LensScore(
        id=lens.id,
        score=100 * sum(answered.values()) / len(answered),
        coverage=len(answered) / len(healths),
        applies=True,
        evidence=evidence_in(answered),
    )


def _healths(
    framework: Framework, lens: Lens, voices: Sequence[DeepAnswers], mapped: WhoDecides
) -> Mapping[str, float | None]:
    """Everything a lens asks with its pooled health, None where nobody answered."""
    if lens.asks == "decisions":
        return {decision.decision: decision.health for decision in mapped.decisions}
    pooled: dict[str, float | None] = {}
    for item in framework.lenses.items_of(lens.id):
        scale = framework.scale_by_id[item.scale].health
        given = [scale.get(voice.options.get(item.id, "")) for voice in voices]
        answered = [health for health in given if health is not None]
        pooled[item.id] = fmean(answered) if answered else None
    return pooled
