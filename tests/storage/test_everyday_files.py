"""Files as people's programs hand them over: read where they are sure, else told at the place."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.errors import Refused, StorageError
from assessment.model import Assessment, name_key, squad_name
from assessment.model.names import fit_for_files
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.reading import Reading
from assessment.storage.csv.spreadsheets import in_contract_format
from assessment.storage.kinds import ASSESSMENTS
from tests.builders import assessment, deep_assessment
from tests.storage.test_spreadsheets import BOM, HEADER, LAYOUT, OURS, ROWS, crlf, days, semicolons


def read(data: bytes) -> Reading[Assessment]:
    reading = Reading(LAYOUT, file="it.csv")
    reading.take(in_contract_format(data, LAYOUT, file="it.csv"))
    return reading


def refusal(data: bytes) -> str:
    with pytest.raises(StorageError) as refusal:
        read(data)
    return str(refusal.value)


# Encodings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("taken_for", ["cp1252", "mac_roman", "cp1250"])
def test_a_file_that_was_encoded_twice_reads_as_it_was(taken_for: str) -> None:
    twice = OURS.decode(taken_for).encode()

    assert read(BOM + crlf(twice)).records == ROWS


def test_a_file_of_which_a_part_was_encoded_twice_is_refused() -> None:
    twice = OURS.decode("cp1252").encode() + LAYOUT.line_of(assessment(squad="Été"))

    assert "an encoding that cannot be told for sure" in refusal(BOM + crlf(twice))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Noël", "mac_roman"),
        ("Cœur", "mac_roman"),
        ("Zoë · demo", "mac_roman"),
        ("Señor", "mac_roman"),
        ("Prix €", "mac_roman"),
        ("Chaîne logistique", "mac_roman"),
        ("Maître d’œuvre : « oui »", "mac_roman"),
        ("Команда платежей", "cp1251"),
        ("Команда платежей", "koi8_r"),
        ("Ομάδα πληρωμών", "cp1253"),
        ("Příkop", "cp1250"),
    ],
)
def test_letters_of_another_encoding_are_not_taken_for_french(text: str, encoding: str) -> None:
    data = semicolons(HEADER + LAYOUT.line_of(assessment(squad=text)))

    assert "an encoding that cannot be told for sure" in refusal(data.decode().encode(encoding))


@pytest.mark.parametrize(
    "text", ["L’Équipe d’été", "Noël à Orléans", "“Oui”, dit-il – à côté", "Cœur, naïveté, façade"]
)
def test_french_as_windows_writes_it_is_read(text: str) -> None:
    data = semicolons(HEADER + LAYOUT.line_of(assessment(squad=text))).decode().encode("cp1252")

    (record,) = read(data).records
    assert record.squad == text


def test_unicode_text_as_excel_calls_it_is_read() -> None:
    assert read(crlf(OURS).decode().encode("utf-16")).records == ROWS


# First lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"sep=;\r\n" + semicolons(OURS), "delete that line, so that the header comes first"),
        (b"\r\n" + crlf(OURS), "the first line is empty; delete it"),
        (b";;;\r\n" + semicolons(OURS), "the first line is empty; delete it"),
        (OURS.replace(b"\n", b"\r"), "end as on an old Mac (CR alone)"),
        (
            OURS.replace(b"note,mandates-clear", b"note,score,mandates-clear", 1),
            "column 9 of the first line, 'score', is none of ours, and 'mandates-clear' was",
        ),
        (
            OURS.replace(b"mandates-clear,rituals-decide", b"rituals-decide,mandates-clear", 1),
            "column 9 of the first line is 'rituals-decide'; expected 'mandates-clear'",
        ),
    ],
)
def test_the_message_about_a_first_line_names_what_is_wrong(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


# Dates and numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", [b"31/02/2026", b"25/10/26", b"25/13/2026"])
def test_the_message_about_one_odd_date_names_its_cell(odd: bytes) -> None:
    data = semicolons(days(OURS, "%d/%m/%Y").replace(b"25/10/2026", odd)) + semicolons(
        LAYOUT.line_of(assessment(assessed_on=date(2026, 10, 30)))
    ).replace(b"2026-10-30", b"30/10/2026")

    assert f"'{odd.decode()}' on line 3 is no date (years take four digits)" in refusal(data)


@pytest.mark.parametrize("odd", [b"2026-02-30", b"2026-13-01"])
def test_a_date_that_no_program_rewrote_is_refused_with_its_row_alone(odd: bytes) -> None:
    reading = read(crlf(OURS.replace(b"2026-10-25", odd)))

    assert [row.line for row in reading.set_aside] == [3]
    assert len(reading.records) == 2


@pytest.mark.parametrize("moment", [b"9999-12-31T23:59:59Z", b"0001-01-01T00:00:00+01:00"])
@pytest.mark.parametrize("save", [crlf, bytes])
def test_a_time_at_the_end_of_the_calendar_is_refused_with_its_row_alone(
    moment: bytes, save: object
) -> None:
    data = OURS.replace(b"2026-11-03T09:30:00.000000Z", moment, 1)

    reading = read(save(data))  # type: ignore[operator]

    assert [row.line for row in reading.set_aside] == [2]
    assert len(reading.records) == 2


def test_a_decimal_comma_means_the_same_with_and_without_a_last_line_end() -> None:
    record = deep_assessment()
    line = Layout(ASSESSMENTS, LAYOUT.framework).line_of(record)
    saved = crlf(HEADER + line.replace(b",2.5,", b',"2,5",'))

    assert b'"2,5"' in saved
    for data in (saved, saved.removesuffix(b"\r\n")):
        assert read(data).records == [record]


# Names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "alike",
    [
        ("L'Atelier", "L’Atelier", "lʼatelier"),
        ("Team ❤", "Team ❤\ufe0f"),
        ("Nord-Est", "Nord\u2011Est", "Nord\u2010Est"),
    ],
)
def test_names_that_look_alike_are_one(alike: tuple[str, ...]) -> None:
    assert len({name_key(name) for name in alike}) == 1


@pytest.mark.parametrize(
    "name",
    [
        *("\u3164", "\u2800", "\u115f", "\uffa0", "\ufe0f", "\u0301", "\u200b"),
        *("\ue000", "\ufdd0", "\U0001fffe", "\u3164 \u2800"),
    ],
)
def test_a_name_that_nobody_can_see_is_empty(name: str) -> None:
    with pytest.raises(Refused, match="the squad's name is empty"):
        squad_name(name)


def test_a_name_piles_no_marks_on_one_letter() -> None:
    with pytest.raises(Refused, match="more than 6 marks on one letter"):
        fit_for_files("a" + "\u0301" * 26)

    assert fit_for_files("Vie\u0323\u0302t Nam") == "Vie\u0323\u0302t Nam"
