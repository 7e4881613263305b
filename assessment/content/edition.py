"""The product as a reader reads it: framework, playbook, their texts, the words, the days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cache

from assessment.content.files import CONTENT
from assessment.content.loading import (
    playbook_from,
    playbook_texts_from,
    shipped_framework,
    texts_from,
)
from assessment.errors import WhoDecidesError
from assessment.languages import LANGUAGES, Words, words_in
from assessment.model import NOT_APPLICABLE, Framework, LensText, Texts
from assessment.model.lenses import Asks
from assessment.model.period import Period
from assessment.model.playbook import Passage, PassageText, Playbook, PlaybookTexts


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """What a reader of one language and time zone reads; names by id."""

    framework: Framework
    texts: Texts
    words: Words
    playbook: Playbook
    playbook_texts: PlaybookTexts
    zone: tzinfo = UTC

    def day_of(self, moment: datetime) -> date:
        """The reader's day at a moment."""
        return moment.astimezone(self.zone).date()

    def level(self, level_id: str) -> str:
        """A level's name."""
        return self.texts.levels[level_id].name

    def short(self, level_id: str) -> str:
        """A level's name in a word or two."""
        return self.texts.levels[level_id].short

    @property
    def short_levels(self) -> Mapping[str, str]:
        """Every level in a word or two, by its id, in order."""
        return {level: self.short(level) for level in self.framework.level_ids}

    def shorts(self, level_ids: Iterable[str]) -> str:
        """Several of these as one enumeration."""
        return self.words.all_of(map(self.short, level_ids))

    def stage(self, stage: int) -> str:
        """A stage's name, for 1 to 4."""
        return self.texts.stages[str(stage)].name  # type: ignore[index]

    def role(self, role_id: str) -> str:
        """A role's short name."""
        return self.texts.roles[role_id].short

    def roles(self, role_ids: Iterable[str]) -> str:
        """Several roles as one enumeration."""
        return self.words.all_of(map(self.role, role_ids))

    def the_role(self, role_id: str) -> str:
        """A role within a sentence: the PO."""
        return self.texts.roles[role_id].with_article

    def the_roles(self, role_ids: Iterable[str]) -> str:
        """Several roles within a sentence."""
        return self.words.all_of(map(self.the_role, role_ids))

    def item(self, item_id: str) -> str:
        """An item of the quick check in a few words."""
        return self.texts.items[item_id].short

    def items(self, item_ids: Iterable[str]) -> str:
        """Several items as one enumeration."""
        return self.words.all_of(map(self.item, item_ids))

    def decision(self, decision_id: str) -> str:
        """A decision in a few words."""
        return self.texts.lenses.decisions[decision_id].short

    def decisions(self, decision_ids: Iterable[str]) -> str:
        """Several decisions as one enumeration."""
        return self.words.all_of(map(self.decision, decision_ids))

    def example_of(self, decision_id: str) -> str:
        """A sentence that takes such a decision, said to be an example: no squad has said it."""
        example = self.texts.lenses.decisions[decision_id].example
        return self.words.gettext("For example: “{example}”", example=example)

    def lever(self, lever_id: str) -> str:
        """A lever's title."""
        return self.texts.levers[lever_id].title

    def option(self, item_id: str, option_id: str) -> str:
        """An answer's label, as its button shows it."""
        role = self.framework.item_by_id[item_id].needs_role
        if option_id == NOT_APPLICABLE and role:
            return self.texts.not_applicable[role]
        return self.texts.options[option_id]

    @property
    def doesnt_apply(self) -> str:
        """What an answer that does not apply is called in a word or two, whatever the item."""
        return self.words.gettext("Doesn't apply")

    def refusal(self, error: WhoDecidesError) -> str:
        """An error as a sentence; the answers and roles that it expects as their buttons say."""
        fields = error.fields
        if "expected" not in fields:
            return self.words.error(error)
        item, ids = str(fields.get("item")), str(fields["expected"]).split(", ")
        names = ids
        if "role" in fields:
            names = [*map(self.decider, ids)]
        elif item in self.framework.options_by_item:
            names = [self.option(item, option) for option in ids]
        elif item in self.framework.lens_options_by_item:
            names = [*map(self.lens_option, ids)]
        return self.words.error(
            type(error)(error.template, **{**fields, "expected": ", ".join(names)})
        )

    def passage(self, passage: Passage) -> PassageText:
        """A passage's wording."""
        return self.playbook_texts.passages[passage.id]

    def lens_option(self, option_id: str) -> str:
        """The label of an answer to a lens item."""
        return self.texts.lenses.options.get(option_id) or self.texts.options[option_id]

    def asked_by_lens(self, asked_id: str) -> str:
        """What a lens asks, a decision or an item of its own, in a few words."""
        texts = self.texts.lenses
        return (texts.decisions.get(asked_id) or texts.items[asked_id]).short

    def lens_asking_for(self, asks: Asks) -> LensText:
        """The wording of the lens that asks for decisions, for vital signs or for mandates."""
        return self.texts.lenses.lenses[self.framework.lenses.asking_for(asks)]

    def decider(self, role_id: str) -> str:
        """Who decides, as its button shows it: a role, nobody or unclear."""
        return self.texts.lenses.options.get(role_id) or self.role(role_id)

    def period(self, period: Period) -> str:
        """A period's name: November 2026, Q4 2026."""
        if period.by == "month":
            return self.words.month(period.first_day)
        return self.words.gettext("Q{quarter} {year}").format(quarter=period.part, year=period.year)

    def trouble(self, item_id: str, health: float) -> str:
        """The clause that states an answer's trouble, for a health under 1."""
        text = self.texts.items[item_id]
        return text.often if health < self.framework.rules.caps[0].below else text.sometimes


def every_edition() -> list[Edition]:
    """The product in every language."""
    return [edition_in(language) for language in LANGUAGES]


@cache
def edition_in(language: str) -> Edition:
    """The shipped edition in a language. Raises ContentError when a file of it is broken."""
    framework = shipped_framework()
    playbook = playbook_from(CONTENT, framework)
    return Edition(
        framework=framework,
        texts=texts_from(CONTENT, language, framework),
        words=words_in(language),
        playbook=playbook,
        playbook_texts=playbook_texts_from(CONTENT, language, playbook),
    )


@cache
def edition_for(language: str, zone: tzinfo) -> Edition:
    """The shipped edition in a language, for a reader whose days are those of a time zone."""
    return replace(edition_in(language), zone=zone)


def check_shipped_content() -> None:
    """Raise ContentError unless framework, playbook and every language's texts load whole."""
    for language in LANGUAGES:
        edition_in(language)
