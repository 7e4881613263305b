"""What a reader's language changes: interface words, numbers, dates, spacing; no I/O after load."""

import datetime
import gettext
import io
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from assessment.errors import WhoDecidesError

BLANK = "–"
CAPPED = "*"  # behind a score whose stage an answer in trouble keeps below it
STAGE_WIDTH = 25  # stages begin at multiples of it, as a test checks against the framework
LEAKS = {1: "!!", 2: "!"}  # before the score of a stage that leaks, for whoever sees no colour
GREYS = (50, 75)  # scores from which the grey of what has no stage is weaker

LOCALE_FOLDER = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Language:
    """What a language calls itself, the region whose habits it has, what spreadsheets split at."""

    name: str
    region: str
    separator: str


LANGUAGES = {"en": Language("English", "GB", ","), "fr": Language("Français", "FR", ";")}
"""Every language of the product."""

DEFAULT = next(iter(LANGUAGES))
"""The one before a reader's is known."""

_BEFORE_HIGH_MARKS = re.compile(r" (?=[?!;»%€])")
_BEFORE_COLON = re.compile(r" (?=:)")
_AFTER_GUILLEMET = re.compile(r"(?<=«) ")
_LAST_OUT_OF = re.compile(r"\b(of|sur) (\d+)$")
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=[^\W\d_])")
_BEFORE_UNIT = re.compile(r"(?<=[\d}]) (?=k€|Mo\b|Go\b|minutes?\b)")


@lru_cache(maxsize=10_000)
def typeset(text: str, language: str) -> str:
    """The text with its language's spacing: French keeps its high punctuation on the line."""
    if language != "fr":
        return text
    text = _BEFORE_HIGH_MARKS.sub("\u202f", text)
    text = _BEFORE_COLON.sub("\u00a0", text)
    text = _BEFORE_UNIT.sub("\u00a0", text)
    return _AFTER_GUILLEMET.sub("\u202f", text).replace("'", "’").replace("n° ", "n°\u00a0")


def bound(text: str) -> str:
    """A text of which no line ends between a number and what it counts."""
    return _AFTER_NUMBER.sub("\u00a0", text)


def spoken(wish: str | None) -> str | None:
    """The language a wish such as `fr-CA` or `FR` asks for; None when the product lacks it."""
    language = (wish or "").replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else None


def best_language(wishes: Iterable[str | None]) -> str:
    """The first wish the product speaks; English when none fits."""
    return next(filter(None, map(spoken, wishes)), DEFAULT)


def whole(value: float) -> int:
    """The nearest whole number, halves away from zero, as people round."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def points_shown(score: float) -> int:
    """A score as whole points, rounded, but never up into a stage it has not reached."""
    exact = round(score, 9)  # a pooled score that is exactly 50 may arrive as 49.99999999999999
    rounded = whole(exact)
    return rounded - 1 if rounded % STAGE_WIDTH == 0 and exact < rounded else rounded


def points_moved(before: float, after: float) -> int:
    """The difference between two scores as they are shown."""
    return points_shown(after) - points_shown(before)


@dataclass(frozen=True, slots=True)
class Words:
    """The interface in one language: `gettext`, plurals, numbers, dates and lists."""

    language: str
    catalogue: gettext.NullTranslations

    def gettext(self, message: str, /, **fields: object) -> str:
        """The message in the reader's language, its fields filled in as the language writes them.

        Whole numbers and days need no further care: `number` and `date` write them.
        """
        return self._filled(typeset(self.catalogue.gettext(message), self.language), fields)

    def counted(self, one: str, many: str, count: float, /, **fields: object) -> str:
        """The message in the plural form that `count` asks for, with it and its other fields."""
        return self._filled(self.ngettext(one, many, count), {"count": count, **fields})

    def counted_alike(self, message: str, count: float, /, **fields: object) -> str:
        """The message with its `count`, which English words alike for one and many, French not."""
        return self.counted(message, message, count, **fields)

    def ngettext(self, one: str, many: str, count: float) -> str:
        """The message in the plural form that `count` asks for: 1.5 points, but 1,5 point."""
        floor = math.floor(abs(count))
        number = floor if self.language == "fr" or floor == abs(count) else floor + 2
        return typeset(self.catalogue.ngettext(one, many, number), self.language)

    def sentence(self, clause: str) -> str:
        """A clause as a sentence of its own: a capital first, a full stop last.

        The number of all at its end, as in “3 squads out of 5”, never stands on a line alone.
        """
        clause = _LAST_OUT_OF.sub("\\1\u00a0\\2", clause)
        return self.gettext("{sentence}.", sentence=clause[:1].upper() + clause[1:])

    def error(self, error: WhoDecidesError) -> str:
        """An error of this project as a sentence in the reader's language."""
        sentence = self._worded(error)
        begins_with_a_name = re.match(r"\{(?!reason})", error.template)
        return f"{sentence if begins_with_a_name else sentence[:1].upper() + sentence[1:]}."

    def _worded(self, error: WhoDecidesError) -> str:
        return self.gettext(error.template, **error.fields)

    def _filled(self, text: str, fields: Mapping[str, object]) -> str:
        shown = {key: self._shown(value) for key, value in fields.items()}
        return text.format_map(shown) if shown else text

    def _shown(self, value: object) -> object:
        match value:
            case WhoDecidesError():  # the reason within the reason
                return self._worded(value)
            case datetime.date():
                return self.date(value)
            case int():
                return self.number(value)
            case float():
                return self.number(value, digits=2)
            case _:
                return value

    def number(self, value: float, *, digits: int = 0) -> str:
        """A number with at most `digits` decimals, as the language writes it."""
        if not digits:
            return _whole_number(whole(value), self.language)
        return format_decimal(value, format="#,##0." + "#" * digits, locale=self.language)

    def quantity(self, value: float, unit: str, *, one: str) -> str:
        """A number with its unit, with at most one decimal: 1 day, 6.5 days, 22%; 1,5 jour."""
        number = self.number(value, digits=1)
        if unit == "%":
            return self.gettext("{number}%").format(number=number)
        shown = round(value, 1)
        # A float is never one thing for the rule of English: 1.0 would be "1.0 days".
        counted = int(shown) if shown == int(shown) else Decimal(str(shown))
        return f"{number} {one if self._regional.plural_form(counted) == 'one' else unit}"

    def score(self, score: float | None) -> str:
        """A score in [0, 100] as whole points, or a dash where there is none."""
        return BLANK if score is None else self.number(points_shown(score))

    def change(self, value: float) -> str:
        """A difference in whole points with its sign: +14, −3, 0."""
        points = whole(value)
        sign = "+" if points > 0 else "−" if points < 0 else ""
        return sign + self.number(abs(points))

    def percent(self, share: float) -> str:
        """A share in [0, 1] as a whole percentage; a dash where it is NaN."""
        if math.isnan(share):
            return BLANK
        return format_percent(whole(100 * share) / 100, locale=self.language)

    def date(self, day: datetime.date) -> str:
        """A date such as 3 Nov 2026; French writes the first of a month as 1er."""
        written = format_date(day, format="medium", locale=self._regional)
        held = written.replace(" ", "\u00a0")
        return f"1er{held[1:]}" if self.language == "fr" and day.day == 1 else held

    def month(self, day: datetime.date) -> str:
        """A month such as November 2026."""
        return _month(day.year, day.month, self._regional)

    def in_cell(self, score: float | None, stage: int | None, *, is_capped: bool) -> str:
        """A score that stands in its stage's colour, with the marks of a leak and of a cap."""
        marks = LEAKS.get(stage or 0, ""), self.score(score), CAPPED if is_capped else ""
        return "{} {}{}".format(*marks).strip()

    def clauses(self, parts: Iterable[str]) -> str:
        """Clauses of one sentence, one after the other."""
        return typeset(" ; " if self.language == "fr" else "; ", self.language).join(parts)

    def labelled(self, name: str, text: str) -> str:
        """A name and what is told of it."""
        return typeset(" : " if self.language == "fr" else ": ", self.language).join((name, text))

    def all_of(self, parts: Iterable[str]) -> str:
        """The parts as one enumeration: a, b and c."""
        return format_list(list(parts), style="standard", locale=self._regional)

    def any_of(self, parts: Iterable[str]) -> str:
        """The parts as a choice: a, b or c."""
        return format_list(list(parts), style="or", locale=self._regional)

    @property
    def _regional(self) -> Locale:
        return regional(self.language)


@cache
def regional(language: str) -> Locale:
    """A language as it is written in its region."""
    return Locale(language, LANGUAGES[language].region)


@lru_cache(maxsize=1_000)
def _whole_number(value: int, language: str) -> str:
    return format_decimal(value, format="#,##0", locale=language)


@lru_cache(maxsize=1_000)
def _month(year: int, month: int, locale: Locale) -> str:
    return format_skeleton("yMMMM", datetime.date(year, month, 1), locale=locale)


@cache
def words_in(language: str) -> Words:
    """The interface in a language; its catalogue is compiled from the .po file in memory."""
    source = LOCALE_FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return Words(language, gettext.NullTranslations())
    with source.open("rb") as po:
        catalogue = read_po(po, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, gettext.GNUTranslations(compiled))
