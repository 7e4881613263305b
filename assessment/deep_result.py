"""Everything the deep check says of one squad at one time; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.lens_scores import (
    LensScore,
    Mandate,
    Sign,
    lens_scores_of,
    mandates_of,
    signs_of,
)
from assessment.seats import Seating
from assessment.voices import Told
from assessment.who_decides import WhoDecides, who_decides_of


@dataclass(frozen=True, slots=True, eq=False)
class DeepResult:
    """The lenses of a round, its voices pooled, read for the squad's seats."""

    seating: Seating
    voices: tuple[Told, ...]
    who_decides: WhoDecides
    lenses: tuple[LensScore, ...]
    signs: tuple[Sign, ...]
    mandates: tuple[Mandate, ...]

    def __bool__(self) -> bool:
        """Whether anybody took the deep check."""
        return bool(self.voices)

    def lens(self, lens_id: str) -> LensScore:
        """The score of one lens by its id."""
        return next(found for found in self.lenses if found.lens == lens_id)

    def sign(self, sign_id: str) -> Sign | None:
        """A vital sign by its id, None where nobody gave it."""
        return next((found for found in self.signs if found.sign == sign_id), None)

    @property
    def answered(self) -> tuple[LensScore, ...]:
        """The scored lenses with at least one answer, in order."""
        return tuple(found for found in self.lenses if found.score is not None)


def deep_result_of(seating: Seating, voices: Sequence[Told]) -> DeepResult:
    """The deep check of some voices about a squad that is seated so."""
    answers = [voice.deep for voice in voices]
    mapped = who_decides_of(seating, [deep.deciders for deep in answers])
    return DeepResult(
        seating=seating,
        voices=tuple(voices),
        who_decides=mapped,
        lenses=lens_scores_of(seating, answers, mapped),
        signs=signs_of(seating.framework, answers),
        mandates=mandates_of(seating.framework, voices),
    )
