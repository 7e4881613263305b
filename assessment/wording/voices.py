"""Where the voices of a squad differ, put together once; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from assessment.content.edition import Edition
from assessment.model import UNCLEAR
from assessment.rounds.disagreement import DisagreementHeadline, RoleGap, disagreement_headline
from assessment.rounds.round import Round
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.who_decides import WhoDecides
from assessment.wording.counted import answers_counted, roles_counted
from assessment.wording.frames import voice_rows
from assessment.wording.parts import Picture
from assessment.wording.pictures import of_round
from assessment.wording.tables import readable_answers

TO_COMPARE = 2
"""Voices that it takes to compare what they say."""

MOST_ITEMS_NAMED = 4
"""Items that a sentence names; of more it tells the number."""


@dataclass(frozen=True, eq=False)
class DisagreementPart:
    """What a round of invited voices says first: where they differ, in sentences.

    Of a single voice it tells only whom those invited to say who decides name apart.
    """

    edition: Edition
    shown: Round

    @cached_property
    def headline(self) -> DisagreementHeadline:
        """Where the voices differ most."""
        return disagreement_headline(self.shown)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Items first, where voices differ on any; then decisions, then role against role."""
        headline = self.headline
        sentences = (
            [disagreement(self.edition, headline.disagreements, least=self.shown.least)]
            if self._is_of_several
            else []
        )
        if headline.decisions:
            differ = any(item.is_contested for item in headline.disagreements)
            unit = self.shown.deep_unit
            decisions = contested_headline(self.edition, unit.deep.who_decides, least=unit.least)
            sentences.insert(1 if differ else 0, decisions)
        if headline.roles:
            sentences.append(role_gap(self.edition, headline.roles))
        return tuple(sentences)

    @cached_property
    def too_few(self) -> str:
        """On which items voices cannot be compared; empty where they can on all."""
        items = self.headline.too_few if self._is_of_several else ()
        return too_few(self.edition, items) if items else ""

    @property
    def _is_of_several(self) -> bool:
        return len(self.shown.voices) > 1


@dataclass(frozen=True, eq=False)
class VoicesPart:
    """Where the voices of a round differ, strongest first, and where they see things alike."""

    edition: Edition
    shown: Round

    @cached_property
    def sentence(self) -> str:
        """Where they differ most."""
        return disagreement(self.edition, self.shown.disagreements, least=self.shown.least)

    @cached_property
    def differing(self) -> Picture | None:
        """The items on which they differ."""
        return self._picture(self.sentence, is_contested=True)

    @cached_property
    def alike(self) -> Picture | None:
        """The items on which all who answered gave the same answer, with their number."""
        count = sum(not item.is_contested for item in self.shown.disagreements)
        text = self.edition.words.counted(
            "{count} question on which all voices agree",
            "{count} questions on which all voices agree",
            count,
        )
        return self._picture(text, is_contested=False)

    def _picture(self, alt: str, *, is_contested: bool) -> Picture | None:
        items = [item for item in self.shown.disagreements if item.is_contested == is_contested]
        rows = partial(voice_rows, self.edition, items)
        cells = partial(readable_answers, self.edition, items)
        return Picture(alt, rows, cells, of=of_round(self.edition, self.shown)) if items else None


def disagreement(edition: Edition, disagreements: Sequence[Disagreement], *, least: int = 1) -> str:
    """Where the voices of a round differ most, or that they see things alike.

    What fewer than `least` answered is hidden.
    """
    _ = edition.words.gettext
    if not disagreements:
        text = _("No question was answered by {least} voices or more.")
        return text.format(least=max(least, TO_COMPARE))
    widest = disagreements[0]
    if not widest.is_contested:
        return _("All voices gave the same answers to the quick check.")
    item, given = edition.item(widest.of), answers_counted(edition, widest)
    alike = _as_wide(disagreements)
    text = _("Voices differ most on “{item}”: {given}.")
    if alike > 1:
        text = _(
            "Voices differ most, and equally, on {count} questions, for example “{item}”: {given}."
        )
    return text.format(count=edition.words.number(alike), item=item, given=given)


def _as_wide(disagreements: Sequence[Disagreement]) -> int:
    widest = round(disagreements[0].disagreement, 9)
    return sum(round(one.disagreement, 9) == widest for one in disagreements)


def role_gap(edition: Edition, gap: RoleGap) -> str:
    """Which two roles differ most and on what, each by its health from 0 to 100."""
    words = edition.words
    text = words.gettext("{well} and {ill} differ most on “{item}”: {best} against {worst}.")
    if gap.is_tied:
        text = words.gettext("{well} and {ill} differ on “{item}”: {best} against {worst}.")
    return text.format(
        well=edition.role(gap.well),
        ill=edition.role(gap.ill),
        item=edition.item(gap.item),
        best=words.score(100 * gap.well_health),
        worst=words.score(100 * gap.ill_health),
    )


def too_few(edition: Edition, items: Sequence[str]) -> str:
    """On which items voices cannot be compared, for lack of answers; how many, where many."""
    words = edition.words
    if len(items) > MOST_ITEMS_NAMED:
        text = words.gettext("Too few answers to compare on {count} of {of} questions.")
        return text.format(count=len(items), of=len(edition.framework.items))
    shorts = [edition.item(item) for item in items]
    return words.gettext("Too few answers to compare: {items}.", items=words.all_of(shorts))


def contested(edition: Edition, decision: Disagreement, label: str = "") -> str:
    """Whom voices name for a decision, under its name or a label, and how many cannot tell."""
    words = edition.words
    roles_text = roles_counted(edition, decision.counts)
    sentence = words.labelled(label or edition.decision(decision.of), roles_text)
    if decision.unclear:
        sentence = words.counted(
            "{sentence}; {count} voice cannot tell",
            "{sentence}; {count} voices cannot tell",
            decision.unclear,
            sentence=sentence,
        )
    return words.sentence(sentence)


def contested_headline(edition: Edition, deciders: WhoDecides, *, least: int = 1) -> str:
    """On which decision voices differ most, or that none is contested.

    What fewer than `least` answered is hidden.
    """
    _ = edition.words.gettext
    if not deciders.contested:
        if not deciders.disagreements:
            text = _("No decision has a decider named by {least} voices or more.")
            return text.format(least=max(least, TO_COMPARE))
        if deciders.counts["nobody"]:
            return _("No decision is contested: each one answered is clear or without a decider.")
        return _("No decision is contested: three voices in four, or more, name the same people.")
    widest, alike = deciders.contested[0], _as_wide(deciders.contested)
    text = _("Voices differ most on who decides “{decision}”: {named}.")
    if alike > 1:
        text = _(
            "Voices differ most, and equally, on who decides {count} decisions, for example "
            "“{decision}”: {named}."
        )
    return text.format(
        count=edition.words.number(alike),
        decision=edition.decision(widest.of),
        named=roles_counted(edition, {**widest.counts, UNCLEAR: widest.unclear}),
    )
