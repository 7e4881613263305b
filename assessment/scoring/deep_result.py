"""Everything the deep check says of one squad at one time; pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assessment.scoring.lenses import (
    LensScore,
    Mandate,
    Sign,
    lens_scores_of,
    mandates_of,
    signs_of,
)
from assessment.scoring.seats import Seating
from assessment.scoring.voices import VoiceDeepAnswers
from assessment.scoring.who_decides import WhoDecides, who_decides_of


@dataclass(frozen=True, eq=False)
class DeepResult:
    """The lenses as some voices told them, read for the squad's seats; each part when asked for."""

    seating: Seating
    voices: tuple[VoiceDeepAnswers, ...]

    def __bool__(self) -> bool:
        """Whether anybody took the deep check."""
        return bool(self.voices)

    @cached_property
    def who_decides(self) -> WhoDecides:
        """Who decides: fit, findings, disagreements and what is left out."""
        return who_decides_of(self.seating, [voice.deep.deciders for voice in self.voices])

    @cached_property
    def lenses(self) -> tuple[LensScore, ...]:
        """Every scored lens, in order."""
        answers = [voice.deep for voice in self.voices]
        return lens_scores_of(self.seating, answers, self.who_decides)

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """The vital signs that were given, in order."""
        return signs_of(self.seating.framework, self.voices)

    @cached_property
    def mandates(self) -> tuple[Mandate, ...]:
        """The mandate sentences, role by role."""
        return mandates_of(self.seating.framework, self.voices)

    @property
    def answered(self) -> tuple[LensScore, ...]:
        """The scored lenses with at least one answer, in order."""
        return tuple(lens for lens in self.lenses if lens.score is not None)

    def lens(self, lens_id: str) -> LensScore:
        """The score of one lens by its id."""
        return next(lens for lens in self.lenses if lens.id == lens_id)

    def sign(self, sign_id: str) -> Sign | None:
        """A vital sign by its id, None where nobody gave it."""
        return next((sign for sign in self.signs if sign.sign == sign_id), None)
