"""Every text of the framework in one language, by id."""

from collections.abc import Mapping
from typing import Literal

from assessment.model.base import Frozen, Text


class LevelText(Frozen):
    """A level's name, a shorter one for charts, what is decided there, and a clause per stage."""

    name: Text
    short: Text
    decided: Text
    stages: tuple[Text, Text, Text, Text]


class StageText(Frozen):
    """A maturity stage's name and what a squad at that stage lives through."""

    name: Text
    meaning: Text


class RoleText(Frozen):
    """A role, `short` in lists, `with_article` (lower case) in sentences, and what it `carries`."""

    name: Text
    short: Text
    with_article: Text
    carries: Text
    never: Text


class ModuleText(Frozen):
    """The title of a step and one sentence saying what it looks for."""

    title: Text
    intro: Text


class LensItemText(Frozen):
    """A lens item: a label of a few words, and the statement or question."""

    short: Text
    question: Text


class ItemText(LensItemText):
    """An item's wording.

    `sometimes` and `often` are clauses in lower case behind "because": trouble at health 0.5 and 0.
    """

    why: Text
    sometimes: Text
    often: Text


class LeverText(Frozen):
    """A lever's wording: title, what to do, the step for the next 30 days, a copyable agenda."""

    title: Text
    text: Text
    step: Text
    agenda: tuple[Text, ...]


class LensText(ModuleText):
    """A lens: its title, what it looks at, and why that matters."""

    why: Text


class DecisionText(Frozen):
    """A decision: a label of a few words, and an example that names no role."""

    short: Text
    example: Text


class SignText(LensItemText):
    """A vital sign: a label of a few words, the question, the unit it counts in, and one of it."""

    unit: Text
    one: Text


class FindingText(Frozen):
    """A kind of finding: its title, and what it costs."""

    title: Text
    meaning: Text


class CompanyText(Frozen):
    """A type of company, and how it colours the reading of the CPO's seat."""

    name: Text
    reading: Text


class LensTexts(Frozen):
    """Every text of the lenses in one language, by id; `mandates` holds an example per role."""

    lenses: Mapping[str, LensText]
    options: Mapping[str, Text]
    items: Mapping[str, LensItemText]
    decisions: Mapping[str, DecisionText]
    signs: Mapping[str, SignText]
    mandates: Mapping[str, Text]
    companies: Mapping[str, CompanyText]
    findings: Mapping[str, FindingText]


class Texts(Frozen):
    """Every text of the framework in one language, by id; of a scale, when to give each answer."""

    levels: Mapping[str, LevelText]
    stages: Mapping[Literal["1", "2", "3", "4"], StageText]
    roles: Mapping[str, RoleText]
    modules: Mapping[str, ModuleText]
    scales: Mapping[str, Text]
    options: Mapping[str, Text]
    not_applicable: Mapping[str, Text]
    items: Mapping[str, ItemText]
    levers: Mapping[str, LeverText]
    lenses: LensTexts
