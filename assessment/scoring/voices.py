"""Voices: whose answers count in a round, part by part; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial, reduce
from uuid import UUID

from assessment.model import Assessment, DeepAnswers, Lenses


@dataclass(frozen=True, slots=True)
class VoiceDeepAnswers:
    """What one voice told in the deep check, each lens as it was answered last.

    `key` tells whose it is, `voice` is its alias, `role` its own role; `source` is the assessment
    that says who decides; `invited` whether it answered a survey it was invited to; `days` says by
    lens when it was.
    """

    deep: DeepAnswers
    key: str = ""
    voice: str | None = None
    role: str | None = None
    source: UUID | None = None
    invited: bool = False
    days: Mapping[str, date] = field(default_factory=dict)


def counting_voices(assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """One assessment per voice: its latest by day, then by the moment it was saved.

    What only adds deep answers does not replace an earlier check. An assessment without alias
    is its own voice. Voices keep the order they first came in.
    """
    latest: dict[str, Assessment] = {}
    for assessment in assessments:
        known = latest.get(assessment.voice_key)
        if known is None or _rank(assessment) > _rank(known):
            latest[assessment.voice_key] = assessment
    return tuple(latest.values())


def deep_answers_by_voice(
    lenses: Lenses, assessments: Iterable[Assessment]
) -> tuple[VoiceDeepAnswers, ...]:
    """What each voice told in the deep check; voices in the order they first came in."""
    by_voice: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        if assessment.deep:
            by_voice.setdefault(assessment.voice_key, []).append(assessment)
    return tuple(_latest_by_lens(lenses, voice) for voice in by_voice.values())


def _latest_by_lens(lenses: Lenses, assessments: Sequence[Assessment]) -> VoiceDeepAnswers:
    in_time = sorted(assessments, key=_moment)
    mapping = [assessment for assessment in in_time if assessment.deep.deciders]
    return VoiceDeepAnswers(
        deep=reduce(partial(_replaced, lenses), [assessment.deep for assessment in in_time]),
        key=in_time[-1].voice_key,
        voice=in_time[-1].voice,
        role=next((assessment.role for assessment in reversed(in_time) if assessment.role), None),
        source=mapping[-1].assessment_id if mapping else None,
        invited=any(assessment.gathering for assessment in in_time),
        days={
            lens: assessment.assessed_on
            for assessment in in_time
            for lens in _answered_lenses(lenses, assessment.deep)
        },
    )


def _answered_lenses(lenses: Lenses, deep: DeepAnswers) -> set[str]:
    whole = (("decisions", deep.deciders), ("signs", deep.signs), ("mandates", deep.mandates))
    return {
        *(lenses.item_by_id[item].lens for item in deep.options),
        *(
            lens.id
            for lens in lenses.lenses
            for asks, given in whole
            if given and lens.asks == asks
        ),
    }


def _replaced(lenses: Lenses, earlier: DeepAnswers, later: DeepAnswers) -> DeepAnswers:
    """Each lens as it was answered last: a visit to one lens keeps the others."""
    again = {lenses.item_by_id[item].lens for item in later.options}
    kept = {
        item: option
        for item, option in earlier.options.items()
        if lenses.item_by_id[item].lens not in again
    }
    return later.model_copy(
        update={
            "deciders": later.deciders or earlier.deciders,
            "options": kept | dict(later.options),
            "signs": later.signs or earlier.signs,
            "mandates": later.mandates or earlier.mandates,
        }
    )


def _rank(assessment: Assessment) -> tuple[object, ...]:
    only_adds = bool(assessment.deep) and not assessment.answers
    return (not only_adds, *_moment(assessment))


def _moment(assessment: Assessment) -> tuple[object, ...]:
    return (assessment.assessed_on, assessment.saved_at, str(assessment.assessment_id))
