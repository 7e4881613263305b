"""What names, notes and dates may be, and when two spellings are one name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from assessment.errors import Refused
from assessment.languages import words_in
from assessment.model import (
    alias,
    fit_for_files,
    name_key,
    note_text,
    past_date,
    single_line,
    sort_key,
    squad_name,
)
from tests.builders import assessment
from tests.expected import french

TODAY = date(2026, 11, 3)


# Names in documents ------------------------------------------------------------------------------


@pytest.mark.parametrize("character", ["\ufffe", "\uffff"])
def test_a_character_that_no_document_can_hold_is_refused_anew_and_read_where_it_is_stored(
    character: str,
) -> None:
    name = f"At{character}las"

    with pytest.raises(Refused) as refused:
        fit_for_files(name)

    assert refused.value.fields == {"code": f"U+{ord(character):04X}"}
    assert assessment(squad=name, voice=name).squad == name


@pytest.mark.parametrize("name", ["Atlas", "👩‍🚀 東京", "\U0010ffff", "\ufffd", "\ue000"])
def test_every_other_name_fits_into_documents(name: str) -> None:
    assert fit_for_files(name) == name


# Squad names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Atlas", "Atlas"),
        ("  Atlas ", "Atlas"),
        ("\u00a0Atlas\u3000", "Atlas"),
        ("Équipe « Nord », n° 2", "Équipe « Nord », n° 2"),
        ("<b>*Atlas*</b> [x](http://x)", "<b>*Atlas*</b> [x](http://x)"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("فريق أطلس", "فريق أطلس"),
        ("👩‍🚀 東京", "👩‍🚀 東京"),
        ("A" * 80, "A" * 80),
        (" " + "A" * 80 + " ", "A" * 80),
        ("x", "x"),
    ],
)
def test_a_squads_name_is_kept_as_written_but_for_the_spaces_around_it(
    text: str, name: str
) -> None:
    assert squad_name(text) == name


@pytest.mark.parametrize("text", ["", " ", "   ", "\t", "\n", "\u00a0\u2003"])
def test_an_empty_name_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        squad_name(text)

    assert str(refused.value) == "the squad's name is empty; write the name your team uses"


@pytest.mark.parametrize("length", [81, 82, 5_000])
def test_a_name_over_80_characters_is_refused(length: int) -> None:
    with pytest.raises(Refused) as refused:
        squad_name("é" * length)

    assert str(refused.value) == f"the name has {length} characters; keep it to 80"


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\0", "U+0000"),
        ("\n", "U+000A"),
        ("\r", "U+000D"),
        ("\t", "U+0009"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\u202a", "U+202A"),
        ("\u202b", "U+202B"),
        ("\u202c", "U+202C"),
        ("\u202d", "U+202D"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\u2067", "U+2067"),
        ("\u2068", "U+2068"),
        ("\u2069", "U+2069"),
        ("\ud800", "U+D800"),
    ],
)
def test_control_characters_and_direction_overrides_are_refused(character: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        squad_name(f"At{character}las")

    assert str(refused.value) == f"the name contains a control character ({code}); remove it"


# Aliases ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"), [(None, None), ("", None), ("  ", None), (" Zoë ", "Zoë")]
)
def test_a_blank_alias_is_no_alias(text: str | None, expected: str | None) -> None:
    assert alias(text) == expected


def test_an_alias_is_held_to_the_rules_of_names() -> None:
    with pytest.raises(Refused, match="the name has 81 characters; keep it to 80"):
        alias("z" * 81)
    with pytest.raises(Refused, match=r"control character \(U\+202E\)"):
        single_line("a\u202eb")


# Notes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " as written \n\ttwo\r\n", "n" * 2_000, "é" * 2_000, "👩‍🚀"])
def test_a_note_is_kept_as_written(text: str) -> None:
    assert note_text(text) == text


def test_a_note_over_2000_characters_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        note_text("n" * 2_001)

    assert str(refused.value) == "the note has 2001 characters; keep it to 2000"


@pytest.mark.parametrize(
    ("character", "code"), [("\0", "U+0000"), ("\x1b", "U+001B"), ("\udfff", "U+DFFF")]
)
def test_a_note_with_a_control_character_is_refused(character: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        note_text(f"a{character}b")

    assert str(refused.value) == f"the note contains a control character ({code}); remove it"


# Dates --------------------------------------------------------------------------------------------


def test_today_and_earlier_are_fine_and_tomorrow_is_refused() -> None:
    assert past_date(TODAY, today=TODAY) == TODAY
    assert past_date(date(1999, 1, 1), today=TODAY) == date(1999, 1, 1)
    with pytest.raises(Refused) as refused:
        past_date(date(2026, 11, 4), today=TODAY)

    assert str(refused.value) == "the date 2026-11-04 is in the future; choose today or earlier"


# One name, several spellings ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Atlas", "ATLAS", True),
        ("Atlas", "  atlas  ", True),
        ("Équipe Nord", "équipe \u00a0 NORD", True),
        ("Équipe", "E\u0301quipe", True),
        ("Straße", "STRASSE", True),
        ("Équipe", "Equipe", False),
        ("Atlas 1", "Atlas1", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


# Assessments --------------------------------------------------------------------------------------


def test_the_moment_of_saving_is_kept_in_utc() -> None:
    moment = datetime.fromisoformat("2026-11-03T10:30:00+01:00")

    saved_at = assessment(saved_at=moment).saved_at

    assert saved_at == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    assert saved_at.tzinfo is UTC


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValidationError, match="saved_at"):
        assessment(saved_at=datetime(2026, 11, 3, 9, 30))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(1, 1, 1, 23, 59, 59, tzinfo=UTC), "0001-01-01 23:59:59"),
        (datetime(9999, 12, 31, tzinfo=UTC), "9999-12-31 00:00:00"),
    ],
)
def test_a_moment_on_the_first_or_last_day_of_the_calendar_is_refused(
    moment: datetime, written: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        assessment(saved_at=moment)
    (one,) = raised.value.errors()
    refused = one["ctx"]["error"]

    assert str(refused) == (
        f"the time {written} is on the first or the last day of the calendar; write the real one"
    )
    assert words_in("fr").error(refused) == french(
        f"L'instant {written} est au tout premier ou au tout dernier jour du calendrier ; indiquez "
        "le véritable moment."
    )


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(9999, 12, 30, 23, 59, 59, 999_999, tzinfo=UTC),
    ],
)
def test_a_moment_a_day_from_either_end_of_the_calendar_is_kept(moment: datetime) -> None:
    assert assessment(saved_at=moment).saved_at == moment


def test_an_assessment_refuses_fields_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        assessment(team="Atlas")


def test_an_assessment_cannot_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        assessment().squad = "Borea"


@pytest.mark.parametrize(
    "changes", [{"squad": " "}, {"squad": "A" * 81}, {"voice": "a\0b"}, {"note": "n" * 2_001}]
)
def test_an_assessment_holds_only_what_fits(changes: dict[str, object]) -> None:
    (field,) = changes

    with pytest.raises(ValidationError) as refused:
        assessment(**changes)

    assert [error["loc"] for error in refused.value.errors()] == [(field,)]


@pytest.mark.parametrize("name", ["\u200b", " \u200b\u2060 ", "\ufeff"])
def test_a_name_nobody_can_see_is_an_empty_name(name: str) -> None:
    with pytest.raises(Refused, match="is empty"):
        squad_name(name)


def test_invisible_marks_do_not_make_another_squad() -> None:
    assert name_key("Atlas\u200b") == name_key("atlas")


def test_a_control_character_at_either_end_is_refused_not_trimmed() -> None:
    with pytest.raises(Refused, match=r"U\+001F"):
        squad_name("Atlas\x1f")


def test_joined_letters_sort_as_people_look_them_up() -> None:
    names = ["Zed", "Œuvre", "Paris", "Łódź", "Élan"]
    assert sorted(names, key=sort_key) == ["Élan", "Łódź", "Œuvre", "Paris", "Zed"]


def test_a_copy_with_another_squad_has_that_squad_s_key() -> None:
    before = assessment(squad="Atlas", voice="Zoë")
    assert (before.squad_key, before.voice_key) == ("atlas", "alias zoë")

    after = before.model_copy(update={"squad": "Borealis", "voice": "Noor"})

    assert (after.squad_key, after.voice_key) == ("borealis", "alias noor")
    assert before.model_copy() == before
