"""What a reader's language changes, and that every catalogue says all the English does."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po
from pptx.enum.lang import MSO_LANGUAGE_ID

from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.exchange.spreadsheets import SEPARATORS
from assessment.languages import (
    DEFAULT,
    LANGUAGES,
    LOCALE_FOLDER,
    STAGE_WIDTH,
    Words,
    best_language,
    bound,
    points_shown,
    regional,
    typeset,
    whole,
    words_in,
)
from assessment.storage.csv.disk_reasons import reason_of
from assessment.storage.kinds import SURVEYS
from tests.builders import gathering
from tests.expected import ill_set

ROOT = Path(__file__).parent.parent
EN, FR = words_in("en"), words_in("fr")
NARROW, FIXED = "\u202f", "\u00a0"


# Which language -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ([], "en"),
        ([None, None], "en"),
        (["fr"], "fr"),
        (["fr-CA"], "fr"),
        (["fr_FR"], "fr"),
        (["FR"], "fr"),
        ([None, "fr", "en"], "fr"),
        (["en", "fr"], "en"),
        (["xx", "fr"], "fr"),
        (["xx-DE", "", "en-GB"], "en"),
        (["xx", "yy"], "en"),
        (["frisian"], "en"),
        (["<script>"], "en"),
    ],
)
def test_the_first_wish_that_the_product_speaks_wins(
    wishes: list[str | None], language: str
) -> None:
    assert best_language(wishes) == language


# Spacing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quoi ?", f"Quoi{NARROW}?"),
        ("Oui !", f"Oui{NARROW}!"),
        ("un ; deux", f"un{NARROW}; deux"),
        ("un : deux", f"un{FIXED}: deux"),
        ("« ici »", f"«{NARROW}ici{NARROW}»"),
        ("l'équipe n'a", "l’équipe n’a"),
        ("le lien n° 3", f"le lien n°{FIXED}3"),
        ("67 à 118 k€ brut", f"67 à 118{FIXED}k€ brut"),
        ("{most} Mo ou 3 Go.", f"{{most}}{FIXED}Mo ou 3{FIXED}Go."),
        (
            "Comptez {count} minutes environ, ou 1 minute.",
            f"Comptez {{count}}{FIXED}minutes environ, ou 1{FIXED}minute.",
        ),
        ("à 12:30, non.", "à 12:30, non."),
        (f"Quoi{NARROW}?", f"Quoi{NARROW}?"),
    ],
)
def test_french_punctuation_keeps_to_its_line(text: str, expected: str) -> None:
    assert typeset(text, "fr") == expected


def test_english_is_left_as_it_is() -> None:
    assert typeset("it's odd ? « yes » : no", "en") == "it's odd ? « yes » : no"


# Numbers, dates, lists ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "english", "french"),
    [
        (0, 0, "0", "0"),
        (76.0844, 0, "76", "76"),
        (76.0844, 1, "76.1", "76,1"),
        (76.0, 2, "76", "76"),
        (9.256, 2, "9.26", "9,26"),
        (1234, 0, "1,234", f"1{NARROW}234"),
        (5000, 0, "5,000", f"5{NARROW}000"),
        (-3, 0, "-3", "-3"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    value: float, digits: int, english: str, french: str
) -> None:
    assert EN.number(value, digits=digits) == english
    assert FR.number(value, digits=digits) == french


@pytest.mark.parametrize(
    ("score", "text"), [(None, "–"), (0.0, "0"), (49.4, "49"), (88.889, "89"), (100.0, "100")]
)
def test_a_missing_score_is_a_dash_and_never_zero(score: float | None, text: str) -> None:
    assert EN.score(score) == text
    assert FR.score(score) == text


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (14.0, "+14"),
        (-3.2, "−3"),
        (0.0, "0"),
        (0.4, "0"),
        (-0.4, "0"),
        (0.6, "+1"),
        (-100.0, "−100"),
    ],
)
def test_a_change_carries_its_sign_and_a_true_minus(points: float, text: str) -> None:
    assert EN.change(points) == text
    assert FR.change(points) == text


def test_percentages() -> None:
    assert EN.percent(7 / 9) == "78%"
    assert FR.percent(7 / 9) == f"78{FIXED}%"
    assert EN.percent(0.0) == "0%"
    assert FR.percent(1.0) == f"100{FIXED}%"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0, "0 days", "0 jour"),
        (0.5, "0.5 days", "0,5 jour"),
        (1, "1 day", "1 jour"),
        (1.0, "1 day", "1 jour"),
        (1.04, "1 day", "1 jour"),
        (1.5, "1.5 days", "1,5 jour"),
        (1.96, "2 days", "2 jours"),
        (6.5, "6.5 days", "6,5 jours"),
    ],
)
def test_a_quantity_is_written_with_its_unit(value: float, english: str, french: str) -> None:
    assert EN.quantity(value, "days", one="day") == english
    assert FR.quantity(value, "jours", one="jour") == french


def test_a_quantity_of_a_share_is_a_percentage() -> None:
    assert EN.quantity(22, "%", one="%") == "22%"
    assert FR.quantity(22, "%", one="%") == "22\u202f%"


def test_dates_and_months() -> None:
    day = date(2026, 11, 3)

    assert (EN.date(day), FR.date(day)) == ("3\u00a0Nov\u00a02026", "3\u00a0nov.\u00a02026")
    assert (EN.month(day), FR.month(day)) == ("November 2026", "novembre 2026")
    assert FR.date(date(2026, 8, 1)) == "1er\u00a0août\u00a02026"


def test_lists() -> None:
    assert EN.all_of(["a", "b", "c"]) == "a, b and c"
    assert FR.all_of(["a", "b", "c"]) == "a, b et c"
    assert EN.all_of(["a", "b"]) == "a and b"
    assert FR.all_of(["a"]) == "a"
    assert EN.all_of([]) == ""


def test_a_name_and_what_is_told_of_it_are_parted_as_the_language_does() -> None:
    assert EN.labelled("PM", "no sign 1") == "PM: no sign 1"
    assert FR.labelled("PM", "aucun signe 1") == "PM\u00a0: aucun signe 1"


def test_nothing_that_people_read_puts_a_colon_by_hand() -> None:
    by_hand = [
        f"{file.relative_to(ROOT)}:{number}"
        for room in ("charts", "reports", "ui", "wording")
        for file in sorted((ROOT / "assessment" / room).rglob("*.py"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if re.search(r"""f["'].*[})]: (\{|["'])""", line)
        and not re.search(r"json\.dumps|raise |height|color", line)
    ]

    assert by_hand == []


def test_an_error_is_told_as_a_sentence_with_its_fields() -> None:
    error = Refused("the name has {length} characters; keep it to {most}", length=81, most=80)

    assert str(error) == "the name has 81 characters; keep it to 80"
    assert EN.error(error) == "The name has 81 characters; keep it to 80."
    assert FR.error(error) == f"Le nom compte 81 caractères{NARROW}; 80 au plus."


def test_a_reason_within_a_reason_is_told_in_the_same_language() -> None:
    reason = Refused("the squad's name is empty; write the name your team uses")
    french = FR.error(reason).removesuffix(".")

    assert EN.error(Refused("{file} ({reason})", file="a.csv", reason=reason)) == (
        "a.csv (the squad's name is empty; write the name your team uses)."
    )
    sentence = FR.error(Refused("{file} ({reason})", file="a.csv", reason=reason))
    assert sentence == f"a.csv ({french[0].lower()}{french[1:]})."


def test_a_date_in_an_error_is_written_as_the_language_does() -> None:
    error = Refused("on {day}", day=date(2026, 11, 3))

    assert EN.error(error) == "On 3\u00a0Nov\u00a02026."
    assert FR.error(error) == "On 3\u00a0nov.\u00a02026."


def test_braces_in_a_field_are_left_alone() -> None:
    error = Refused("it says {text}", text="{length} {0} %s")

    assert FR.error(error) == "It says {length} {0} %s."


def test_fields_are_filled_in_as_the_language_writes_them() -> None:
    day = date(2026, 11, 1)

    assert EN.gettext("Agreed: {roles}.", roles="PO") == "Agreed: PO."
    assert EN.gettext("{count} “{answer}”", count=1200, answer="no") == "1,200 “no”"
    assert FR.gettext("From {day}.", day=day) == "À compter du 1er\u00a0nov.\u00a02026."
    assert EN.gettext("{counts}", counts="{as it stands}") == "{as it stands}"


def test_what_is_counted_is_told_with_its_count() -> None:
    assert EN.counted("{count} voice", "{count} voices", 1) == "1 voice"
    assert FR.counted("{count} voice", "{count} voices", 1200) == f"1{NARROW}200 voix"
    ways = "{count} of {of} says so", "{count} of {of} say so"
    assert EN.counted(*ways, 1, of=3) == "1 of 3 says so"


def test_a_clause_becomes_a_sentence() -> None:
    assert EN.sentence("no level is fluid yet") == "No level is fluid yet."
    assert FR.sentence("À voir") == "À voir."


# The catalogue ------------------------------------------------------------------------------------

Message = str | tuple[str, ...]


@cache
def extracted() -> dict[Message, str]:
    """Every message in the source, with a place where it stands."""
    own = {"template": None, "Refused": None, "counted": (1, 2), "counted_alike": (1, 1)}
    keywords = DEFAULT_KEYWORDS | own
    return {
        message: f"{folder}/{name}:{line}"
        for folder in ("assessment", "pages")
        for name, line, message, _, _ in extract_from_dir(ROOT / folder, keywords=keywords)
    }


TRANSLATED = [language for language in LANGUAGES if language != DEFAULT]


def catalogue_file(language: str) -> Path:
    return LOCALE_FOLDER / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as po:
        return read_po(po, locale=language)


catalogue = cache(read_catalogue)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forms(message: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def translated(language: str) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Every message that stands in both, with its place, English forms and those in a language."""
    for message, where in extracted().items():
        message_in_it = catalogue(language).get(forms(message)[0])
        if message_in_it is not None:
            yield where, forms(message), forms(message_in_it.string or "")


def test_the_source_holds_messages_of_every_kind() -> None:
    singles = {message for message in extracted() if isinstance(message, str)}

    assert "nothing is answered yet; answer at least one question before saving" in singles
    assert "no level is fluid yet" in singles
    assert ("{count} voice", "{count} voices") in extracted()
    assert len(singles) > 60


def test_messages_are_written_where_they_are_looked_up_so_that_they_are_found() -> None:
    held_by_name = []
    messages = Counter({"_": 1, "gettext": 1, "counted_alike": 1, "ngettext": 2, "counted": 2})
    for path in (*(ROOT / "assessment").rglob("*.py"), *(ROOT / "pages").rglob("*.py")):
        if path in (ROOT / "assessment/languages.py", ROOT / "assessment/ui/session/reader.py"):
            continue  # which pass on what they are given
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if any(isinstance(given, ast.Name) for given in node.args[: messages[name]]):
                    held_by_name.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert held_by_name == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_has_a_place_in_the_catalogue(language: str) -> None:
    missing = [
        f"{where}: {forms(message)[0]}"
        for message, where in extracted().items()
        if catalogue(language).get(forms(message)[0]) is None
    ]

    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_certain(language: str) -> None:
    unfinished = [
        where
        for where, english, texts in translated(language)
        if not all(text.strip() for text in texts) or (catalogue(language).get(english[0]).fuzzy)  # type: ignore[union-attr]
    ]

    assert list(translated(language))
    assert unfinished == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_messages_have_a_form_for_every_number(language: str) -> None:
    plurals = [
        (where, texts) for where, english, texts in translated(language) if len(english) == 2
    ]

    assert plurals
    # In newer tables French has a third one, for millions.
    assert [
        where for where, texts in plurals if len(texts) != catalogue(language).num_plurals
    ] == []


COUNTED = [(0, "many", "one"), (1, "one", "one"), (2, "many", "many"), (1.5, "many", "one")]
"""A count, and the form that English and French give it: 1.5 points, but 1,5 point."""


def test_no_line_of_a_document_ends_between_a_number_and_what_a_message_counts() -> None:
    counted = [message for message in extracted() if not isinstance(message, str)]
    texts = [
        words.ngettext(one, many, number).replace("{count}", str(number))
        for one, many in counted
        for words in (EN, FR)
        for number in (1, 30)
    ]

    assert any("30 decisions" in text for text in texts)
    assert not [text for text in map(bound, texts) if re.search(r"\d [^\W\d_]", text)]
    assert bound("3 squads, 27 !! 18, 2 → 7 voix") == "3\u00a0squads, 27 !! 18, 2 → 7\u00a0voix"


@pytest.mark.parametrize(("count", "english", "in_french"), COUNTED)
def test_every_counted_message_has_the_form_of_its_count(
    count: float, english: str, in_french: str
) -> None:
    counted = [message for message in extracted() if not isinstance(message, str)]
    written = {
        forms(message.id): forms(message.string)
        for message in catalogue("fr")
        if message.id and message.string
    }

    assert counted
    for one, many in counted:
        by_form = {"one": (one, written[one, many][0]), "many": (many, written[one, many][1])}
        assert EN.ngettext(one, many, count) == by_form[english][0]
        assert FR.ngettext(one, many, count) == typeset(by_form[in_french][1], "fr")


@pytest.mark.parametrize("language", TRANSLATED)
def test_translated_messages_hold_the_same_fields(language: str) -> None:
    wrong = [
        (where, text)
        for where, english, texts in translated(language)
        for number, text in enumerate(texts)
        # « une voix » may do without its number, and so may "one voice".
        if not (
            fields(text) == fields(english[-1])
            or (len(english) == 2 and number == 0 and fields(text) <= fields(english[-1]))
        )
    ]

    assert list(translated(language))
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_keeps_nothing_that_the_source_no_longer_says(language: str) -> None:
    said = {forms(message)[0] for message in extracted()}
    kept = {forms(entry.id)[0] for entry in catalogue(language) if entry.id}

    assert kept - said == set()
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_stands_as_make_messages_leaves_it(language: str) -> None:
    source, written = Catalog(), BytesIO()
    for message in extracted():
        source.add(message)
    up_to_date = read_catalogue(language)
    up_to_date.update(source, no_fuzzy_matching=True)

    write_po(written, up_to_date, width=100, omit_header=True, ignore_obsolete=True)

    assert written.getvalue().splitlines() == catalogue_file(language).read_bytes().splitlines()


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_same_words_are_not_taken_for_a_translation(language: str) -> None:
    # A word or two may be alike in both languages; a sentence cannot.
    alike = [
        where
        for where, english, texts in translated(language)
        if english[0] == texts[0] and len(english[0].split()) > 3 and "{" not in english[0]
    ]

    assert list(translated(language))
    assert alike == []


def test_every_language_has_its_name_its_region_and_a_separator_that_files_are_read_with() -> None:
    assert LANGUAGES.keys() >= {"en", "fr"}
    assert len({language.name for language in LANGUAGES.values()}) == len(LANGUAGES)
    assert {language.separator for language in LANGUAGES.values()} <= {*SEPARATORS}
    for code, language in LANGUAGES.items():
        assert str(regional(code)) == f"{code}_{language.region}"
        assert MSO_LANGUAGE_ID.from_xml(f"{code}-{language.region}")


@pytest.mark.parametrize(
    ("value", "shown"), [(0.5, 1), (1.5, 2), (62.5, 63), (-0.5, -1), (49.4, 49), (0.0, 0)]
)
def test_halves_are_rounded_away_from_zero_as_people_do(value: float, shown: int) -> None:
    assert whole(value) == shown


def test_every_french_message_is_set_as_french_is() -> None:
    texts = [
        typeset(form, "fr")
        for message in catalogue("fr")
        if message.id
        for form in forms(message.string or "")
    ]

    assert len(texts) > 1000
    as_in_a_file = "cpo: CPO"
    assert [text for text in texts if ill_set(text.replace(as_in_a_file, ""))] == []


def test_french_percentages_stay_on_one_line() -> None:
    assert typeset("80 % des frictions", "fr") == "80\u202f% des frictions"


@pytest.mark.parametrize(
    ("score", "shown"),
    [(88.889, 89), (62.5, 63), (49.6, 49), (74.51, 74), (24.5, 24), (50.0, 50), (99.9, 99)],
)
def test_a_score_is_rounded_but_never_into_a_stage_it_has_not_reached(
    score: float, shown: int
) -> None:
    assert points_shown(score) == shown


def test_a_pooled_half_is_rounded_up_whichever_way_it_was_added_up() -> None:
    assert points_shown(62.49999999999999) == points_shown(62.5) == 63
    assert points_shown(49.99999999999999) == 50


def test_stages_begin_where_rounding_takes_care_of_them() -> None:
    floors = shipped_framework().rules.stage_floors
    assert [floor % STAGE_WIDTH for floor in floors] == [0, 0, 0, 0]
    assert len(floors) == 100 / STAGE_WIDTH


# Reasons of others --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_what_the_system_refuses_is_told_in_french(number: int) -> None:
    reason = reason_of(OSError(number, os.strerror(number)))

    assert os.strerror(number) not in FR.error(reason)
    assert FR.error(reason) != EN.error(reason)


@pytest.mark.parametrize(
    ("voices", "english", "french"),
    [
        ("2", "this is less than 3, the minimum", "moins que 3, le minimum"),
        ("1001", "this is more than 1,000, the maximum", f"plus que 1{NARROW}000, le maximum"),
        ("3.5", "this is not a whole number", "ce n’est pas un nombre entier"),
        ("9" * 400, "this number is too large", "ce nombre est trop grand"),
    ],
)
def test_what_a_record_cannot_hold_is_told_in_the_readers_language(
    voices: str, english: str, french: str
) -> None:
    fields = gathering().model_dump() | {"least_voices": float(voices)}

    with pytest.raises(Refused) as refused:
        SURVEYS.record_of(fields, shipped_framework())

    assert f"least_voices: {english}" in EN.error(refused.value)
    assert french in FR.error(refused.value)


def test_what_people_are_invited_to_is_a_session_on_every_screen() -> None:
    """“Round” would mean two things: a session by invitation, and the checks of a period."""
    rounds = [
        f"{where}: {forms(message)[0]}"
        for message, where in extracted().items()
        if re.search(r"\brounds?\b(?! again)", " ".join(forms(message)), re.IGNORECASE)
    ]
    french_too = [
        message.string
        for message in catalogue("fr")
        if message.id and "relevé" in " ".join(forms(message.string or "")).lower()
    ]

    assert rounds == []
    assert french_too == []


@pytest.mark.parametrize(
    ("words", "clause", "sentence"),
    [
        (EN, "contested in 3 squads out of 5", "Contested in 3 squads out of\u00a05."),
        (FR, "disputée dans 3 squads sur 5", "Disputée dans 3 squads sur\u00a05."),
        (EN, "contested in 3 of 5 squads", "Contested in 3 of 5 squads."),
        (EN, "for later: Team 2", "For later: Team 2."),
        (FR, "à revoir avec Équipe 2", "À revoir avec Équipe 2."),
    ],
)
def test_no_count_out_of_so_many_ends_a_sentence_in_a_number_alone_on_its_line(
    words: Words, clause: str, sentence: str
) -> None:
    assert words.sentence(clause) == sentence
