"""Voices: whose answers count in a round, part by part; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from assessment.model import UNKNOWN, Assessment, DeepAnswers, Lenses
from assessment.scoring.deciders import roles_in
from assessment.scoring.seats import Seating


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
    lenses: Lenses, assessments: Iterable[Assessment], seating_on: Callable[[date], Seating]
) -> tuple[VoiceDeepAnswers, ...]:
    """What each voice told in the deep check; voices in the order they first came in.

    `seating_on` tells who sat where on a day, and so what was an answer then.
    """
    by_voice: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        if assessment.deep:
            by_voice.setdefault(assessment.voice_key, []).append(assessment)
    return tuple(_latest_by_lens(lenses, voice, seating_on) for voice in by_voice.values())


def _latest_by_lens(
    lenses: Lenses, assessments: Sequence[Assessment], seating_on: Callable[[date], Seating]
) -> VoiceDeepAnswers:
    in_time = sorted(assessments, key=_moment)
    visits = _visits(lenses, in_time, seating_on)
    mapping = visits.get(lenses.asking_for("decisions"))
    return VoiceDeepAnswers(
        deep=_put_together(lenses, visits) if len(in_time) > 1 else in_time[0].deep,
        key=in_time[-1].voice_key,
        voice=in_time[-1].voice,
        role=next((assessment.role for assessment in reversed(in_time) if assessment.role), None),
        source=mapping.assessment_id if mapping else None,
        invited=any(assessment.gathering for assessment in in_time),
        days={lens: visit.assessed_on for lens, visit in visits.items()},
    )


def _visits(
    lenses: Lenses, in_time: Sequence[Assessment], seating_on: Callable[[date], Seating]
) -> Mapping[str, Assessment]:
    """By lens the last visit that answered it; where none did, the last to it."""
    visits = [(lens, visit) for visit in in_time for lens in _visited(lenses, visit.deep)]
    if len(in_time) == 1:
        return dict(visits)
    answering = [
        (lens, visit)
        for lens, visit in visits
        if _is_answered(lenses, lens, visit.deep, seating_on(visit.assessed_on))
    ]
    return dict(visits) | dict(answering)


def _visited(lenses: Lenses, deep: DeepAnswers) -> set[str]:
    whole = {"decisions": deep.deciders, "signs": deep.signs, "mandates": deep.mandates}
    return {
        *(lenses.item_by_id[item].lens for item in deep.options),
        *(lens.id for lens in lenses.lenses if whole.get(lens.asks)),
    }


def _is_answered(lenses: Lenses, lens: str, deep: DeepAnswers, seating: Seating) -> bool:
    """Whether a visit to a lens left any answer there.

    None is `unknown`, nor what names a seat that nobody holds, nor what is about such a seat.
    """
    role = lenses.lens_by_id[lens].needs_role
    if _asks(lenses, lens) == "decisions":
        return any(all(map(seating.is_held, roles_in(named))) for named in deep.deciders.values())
    if _asks(lenses, lens) == "items":
        applies = role is None or seating.is_held(role)
        return applies and set(_options(lenses, lens, deep).values()) != {UNKNOWN}
    return True


def _put_together(lenses: Lenses, visits: Mapping[str, Assessment]) -> DeepAnswers:
    """Each lens as it was answered at its visit."""
    by_asks = {_asks(lenses, lens): visit.deep for lens, visit in visits.items()}
    nothing = DeepAnswers()
    return DeepAnswers(
        deciders=by_asks.get("decisions", nothing).deciders,
        options={
            item: option
            for lens, visit in visits.items()
            for item, option in _options(lenses, lens, visit.deep).items()
        },
        signs=by_asks.get("signs", nothing).signs,
        mandates=by_asks.get("mandates", nothing).mandates,
    )


def _asks(lenses: Lenses, lens: str) -> str:
    return lenses.lens_by_id[lens].asks


def _options(lenses: Lenses, lens: str, deep: DeepAnswers) -> Mapping[str, str]:
    return {
        item: option
        for item, option in deep.options.items()
        if lenses.item_by_id[item].lens == lens
    }


def _rank(assessment: Assessment) -> tuple[object, ...]:
    only_adds = bool(assessment.deep) and not assessment.answers
    return (not only_adds, *_moment(assessment))


def _moment(assessment: Assessment) -> tuple[object, ...]:
    return (assessment.assessed_on, assessment.saved_at, str(assessment.assessment_id))
