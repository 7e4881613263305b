"""Everything the deep check says of one squad at one time; pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessment.model import UNKNOWN, Lens
from assessment.scoring.deciders import Deciders
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
from assessment.scoring.who_decides import WhoDecides, left_out_of, who_decides_of


@dataclass(frozen=True, eq=False)
class DeepResult:
    """The lenses as some voices told them, read for the squad's seats; each part when asked for.

    `seating` is the one shown, `seating_on` tells that of a voice's day where it may be another.
    At least `least` voices stand behind whatever is told of who decides.
    """

    seating: Seating
    voices: tuple[VoiceDeepAnswers, ...]
    seating_on: Callable[[date], Seating] | None = None
    least: int = 1

    def __bool__(self) -> bool:
        """Whether anybody took the deep check."""
        return bool(self.voices)

    @cached_property
    def who_decides(self) -> WhoDecides:
        """Who decides: fit, findings, disagreements and what is left out."""
        return who_decides_of(self.seating, self._deciders, self._own, least=self.least)

    @cached_property
    def answering(self) -> tuple[VoiceDeepAnswers, ...]:
        """The voices that answered a question of any lens; what does not apply is no answer."""
        void = {(left.voice, left.decision) for left in left_out_of(self._own, self._deciders)}
        return tuple(
            voice
            for number, voice in enumerate(self.voices)
            if any((number, decision) not in void for decision in voice.deep.deciders)
            or voice.deep.signs
            or voice.deep.mandates
            or self._answers_an_item(voice)
        )

    @property
    def voice_count(self) -> int:
        """How many voices answered a question of any lens."""
        return len(self.answering)

    @cached_property
    def lenses(self) -> tuple[LensScore, ...]:
        """Every scored lens, in order."""
        return lens_scores_of(self.seating, self.voices, self.who_decides, self._applies)

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

    @cached_property
    def _deciders(self) -> list[Deciders]:
        return [voice.deep.deciders for voice in self.voices]

    @cached_property
    def _own(self) -> list[Seating]:
        """The seating of the day on which each voice told who decides."""
        lens = self.seating.framework.lenses.asking_for("decisions")
        return [self._seating_of(voice, lens) for voice in self.voices]

    def _seating_of(self, voice: VoiceDeepAnswers, lens_id: str) -> Seating:
        """The seating of the day on which a voice answered a lens, else the one shown."""
        day = voice.days.get(lens_id)
        return self.seating_on(day) if self.seating_on and day else self.seating

    def _applies(self, lens: Lens, voice: VoiceDeepAnswers) -> bool:
        """Whether somebody held the role that a lens is about when a voice answered it."""
        role = lens.needs_role
        return role is None or self._seating_of(voice, lens.id).is_held(role)

    def _answers_an_item(self, voice: VoiceDeepAnswers) -> bool:
        lenses = self.seating.framework.lenses
        options = voice.deep.options.items()
        lens_ids = {lenses.item_by_id[item].lens for item, option in options if option != UNKNOWN}
        return any(self._applies(lenses.lens_by_id[lens], voice) for lens in lens_ids)

    def lens(self, lens_id: str) -> LensScore:
        """The score of one lens by its id."""
        return next(lens for lens in self.lenses if lens.id == lens_id)

    def sign(self, sign_id: str) -> Sign | None:
        """A vital sign by its id, None where nobody gave it."""
        return next((sign for sign in self.signs if sign.sign == sign_id), None)
