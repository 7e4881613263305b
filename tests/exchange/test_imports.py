"""What becomes of each row that arrives, and that adding it twice is adding it once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from assessment.access.guarded_store import GuardedStore, check_addition, surveys_barred_to_files
from assessment.access.invitations import answer_as_stored, revealed
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.errors import Refused, StorageError
from assessment.exchange.archives import csv_of, zip_of
from assessment.exchange.filled_in import NO_ID, NewIds, file_to_fill_in
from assessment.exchange.imports import (
    ImportPlan,
    apply_import_plan,
    import_plan_between_stores,
    import_plan_of_file,
    import_plan_of_readings,
    latest_day,
    readings_of,
)
from assessment.exchange.spreadsheets import SEPARATORS, safe_csv
from assessment.languages import LANGUAGES
from assessment.model import NOBODY, NOT_APPLICABLE, UNCLEAR, Assessment, Survey
from assessment.storage.csv import layouts, spreadsheets
from assessment.storage.csv.cells import cells_in, joined
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import (
    ACTIONS,
    AGREEMENTS,
    ASSESSMENTS,
    LINKS,
    SETUPS,
    SURVEYS,
    TOTALS,
    Kind,
    fitted,
)
from assessment.storage.protocol import Record, Stored
from tests.builders import (
    TODAY,
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    link,
    setup,
    squads_of,
    total,
    vote,
)
from tests.exchange.test_archives import zipped
from tests.expected import french
from tests.storage.test_spreadsheets import semicolons

FRAMEWORK = shipped_framework()
AWKWARD = [
    "=1+1",
    "'=1+1",
    "''=x",
    "-5",
    "'t Hooft",
    "Nord;=1",
    'a "quoted", =b',
    "＝x",
    "@me",
    "'-5",
    "Łódź 🚀",
]


def stored(*assessments: Assessment) -> Stored:
    return Stored(assessments)


def planned(data: bytes, *there: Assessment) -> ImportPlan:
    return import_plan_of_file(data, stored(*there), FRAMEWORK, file="in.csv", latest=TODAY)


def raw(*assessments: Assessment) -> bytes:
    return csv_of(ASSESSMENTS, assessments, FRAMEWORK)


def test_each_row_is_added_already_there_or_refused_with_line_and_reason() -> None:
    new, there, changed = assessment(), assessment(), assessment(squad="Atlas")
    data = raw(there, new, changed) + b"nonsense\n"

    plan = planned(data, there, changed.model_copy(update={"squad": "Nord", "note": "x"}))

    assert [(row.line, row.outcome) for row in plan.rows] == [
        (2, "already there"),
        (3, "added"),
        (4, "differs"),
        (5, "refused"),
    ]
    assert plan.new == (new,)
    assert plan.already_there == 1
    differs, unreadable = plan.refused
    assert str(differs.reason) == (
        f"{changed.assessment_id} is already stored (Nord, 2026-11-03) with another squad, note, "
        "and stays as it is; to take this row instead, delete the stored one first"
    )
    assert str(unreadable.reason) == "the row has 1 columns; expected 91"
    assert unreadable.text == "nonsense"


def test_another_answer_under_the_same_id_is_named_by_its_item() -> None:
    there = assessment(answers={"late-scope": "often", "mandates-clear": "yes"})
    arriving = there.model_copy(update={"answers": {"late-scope": "sometimes"}})

    (row,) = planned(raw(arriving), there).rows

    assert "(Atlas, 2026-11-03) with another mandates-clear, late-scope, and" in str(row.reason)


def test_an_id_twice_in_the_file_is_added_once() -> None:
    twice = assessment()

    plan = planned(raw(twice, twice))

    assert plan.new == (twice,)
    assert [row.line for row in plan.refused] == [3]
    assert "already stands on line 2" in str(plan.refused[0].reason)


@pytest.mark.parametrize("text", AWKWARD)
def test_a_raw_file_and_a_spreadsheet_safe_one_bring_the_same_back(text: str) -> None:
    before = assessment(squad=text, voice=text, note=f"{text}\n{text}\t{text} ")

    assert planned(raw(before)).new == (before,)
    for separator in SEPARATORS:
        data = safe_csv(ASSESSMENTS, [before], FRAMEWORK, separator=separator)
        assert planned(data).new == (before,)


def test_a_french_spreadsheet_reads_decimals_and_gives_them_back() -> None:
    short, long = (deep_assessment(deep={"signs": {"days-to-arbitrate": n}}) for n in (2.5, 2.125))

    data = safe_csv(ASSESSMENTS, [short, long], FRAMEWORK, separator=";")

    assert b";2,5;" in data
    assert b";2.125;" in data, "2,125 could be two thousand"
    assert planned(data).new == (short, long)


def test_a_safe_file_saved_with_semicolons_comes_back_as_it_was() -> None:
    saved_at = datetime(2026, 11, 13, 9, 30, tzinfo=UTC)
    before = assessment(squad="=1+1", note="-x", assessed_on=saved_at.date(), saved_at=saved_at)
    text = safe_csv(ASSESSMENTS, [before], FRAMEWORK).decode("utf-8-sig")
    saved = text.replace(",", ";").replace("\n", "\r\n").replace("2026-11-13;", "13/11/2026;")
    saved = saved.replace("2026-11-13T09:30:00.000000Z", "2026-11-13 09:30")

    plan = planned(saved.encode("cp1252"), before)

    assert [row.outcome for row in plan.rows] == ["already there"]


def test_a_file_saved_with_every_cell_in_quotes_comes_back_as_it_was() -> None:
    before = assessment(squad="Équipe Nord")
    lines = raw(before).decode().splitlines()
    quoted = "".join(f'"{line}"\n'.replace(",", '","') for line in lines)

    assert planned(quoted.encode()).new == (before,)


def test_a_row_without_the_mark_keeps_its_apostrophes() -> None:
    marked, unmarked = assessment(squad="=1"), assessment(squad="=1")
    lines = safe_csv(ASSESSMENTS, [marked, unmarked], FRAMEWORK).splitlines(keepends=True)
    lines[2] = lines[2].removesuffix(b"yes\n") + b"\n"

    assert [squads_of(record) for record in planned(b"".join(lines)).new] == [("=1",), ("'=1",)]


def test_a_broken_row_of_a_safe_file_is_refused_on_its_line() -> None:
    good = assessment()
    data = safe_csv(ASSESSMENTS, [good], FRAMEWORK) + b'x,"\n\xff\xfe\n'

    plan = planned(data)

    assert plan.new == (good,)
    assert [row.line for row in plan.refused] == [3, 4]


def test_seconds_that_a_spreadsheet_dropped_make_no_other_assessment() -> None:
    there = assessment(saved_at=datetime(2026, 11, 3, 9, 30, 5, 123, tzinfo=UTC))
    seconds = there.model_copy(update={"saved_at": datetime(2026, 11, 3, 9, 30, 5, tzinfo=UTC)})
    minutes = there.model_copy(update={"saved_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC)})
    other = there.model_copy(update={"saved_at": datetime(2026, 11, 3, 9, 31, tzinfo=UTC)})

    assert planned(raw(seconds), there).already_there == 1
    assert planned(raw(minutes), there).already_there == 1
    assert "another saved_at" in str(planned(raw(other), there).refused[0].reason)


def by_hand(data: bytes) -> bytes:
    """The same rows with times as people type them."""
    return data.replace(b":00.000000Z", b":00Z")


@pytest.mark.parametrize(
    "form", [bytes, by_hand, semicolons, lambda data: data.replace(b"\n", b"\r\n")]
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_text_of_several_lines_is_one_cell_of_one_row(
    form: Callable[[bytes], bytes], line_break: str
) -> None:
    first, second = assessment(note="Hello"), assessment()
    second = second.model_copy(update={"saved_at": first.saved_at})
    file = form(raw(first, second))
    broken = file.replace(b"Hello", f'"say ""hi"",{line_break}then;{line_break}stop"'.encode())

    plan = planned(broken)

    assert plan.new[0].note == 'say "hi",\nthen;\nstop'  # type: ignore[union-attr]
    assert plan.new[1] == second
    assert [row.line for row in plan.rows] == [2, 5]


def test_a_quote_that_is_left_open_takes_no_row_along() -> None:
    first, second, third = assessment(note="Hello"), assessment(), assessment(note='"two"')
    data = raw(first, second, third).replace(b"Hello", b'"Hello')

    assert planned(data).new == (second, third)
    with pytest.raises(StorageError, match="line 2 does not fit its header"):
        planned(semicolons(raw(first, second, third)).replace(b"Hello", b'"Hello'))


@pytest.mark.parametrize(
    ("role", "yes", "unknown"),
    [("PM", "Yes", "I don’t know"), ("pm", "oui", "je ne sais  pas"), ("Pm", "OUI", "Unknown")],
)
def test_roles_and_answers_are_read_as_the_product_shows_them(
    role: str, yes: str, unknown: str
) -> None:
    check = assessment(role="pm", answers={"mandates-clear": "yes", "rituals-decide": "unknown"})
    data = raw(check).replace(b",pm,", f",{role},".encode())
    data = data.replace(b",yes,unknown,", f",{yes},{unknown},".encode())

    for file in (data, semicolons(data)):
        assert planned(file).new == (check,)


EXAMPLE_SQUADS = {"en": "Example squad", "fr": "Squad d’exemple"}


def filled_in(*rows: dict[str, str], language: str = "en", separator: str = ",") -> bytes:
    """The file to fill in, with rows that write other cells over those of its example."""
    data = file_to_fill_in(edition_in(language), date(2026, 11, 29), separator=separator)
    header, example, _ = data.decode("utf-8-sig").split("\n")
    names = header.split(separator)
    cells = dict(zip(names, cells_in(example, separator=separator), strict=True))
    names += dict.fromkeys(name for row in rows for name in row if name not in names)
    table = [names, *([(cells | row).get(name, "") for name in names] for row in rows)]
    return b"".join(joined(row, separator=separator) for row in table)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_the_file_to_fill_in_comes_back_without_ids_and_times_and_twice_is_once(
    language: str, separator: str
) -> None:
    data = filled_in({"squad": "Atlas"}, language=language, separator=separator)

    (check,) = planned(data).new

    assert isinstance(check, Assessment)
    assert (check.assessed_on, check.voice, check.role) == (date(2026, 11, 29), "Zoé", "team")
    assert check.answers.keys() == set(FRAMEWORK.item_ids)
    assert planned(data, check).already_there == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_in_the_file_to_fill_in_is_refused_in_plain_words(language: str) -> None:
    data = file_to_fill_in(edition_in(language), date(2026, 11, 29), separator=",")

    for file in (data, filled_in({"squad": EXAMPLE_SQUADS[language].upper(), "voice": ""})):
        (row,) = planned(file).rows
        assert row.outcome == "refused"
        assert str(row.reason).startswith("this row is the example; write your own in its place")
    of_that_name = assessment(squad=EXAMPLE_SQUADS[language])
    assert planned(raw(of_that_name)).new == (of_that_name,)


def test_a_corrected_row_of_an_alias_is_told_from_the_stored_one_and_is_no_second_check() -> None:
    (before,) = planned(filled_in({"squad": "Atlas"})).new
    assert isinstance(before, Assessment)
    corrected = {"squad": " atlas", "voice": "ZOÉ", "mandates-clear": "No", "note": "Sorry"}

    (row,) = planned(filled_in(corrected), before).rows

    assert row.outcome == "differs"
    assert "mandates-clear" in str(row.reason)
    assert "to take this row instead, delete the stored one first" in str(row.reason)


def test_a_second_row_of_an_alias_and_day_is_refused_without_an_id() -> None:
    first, second = {"squad": "Atlas"}, {"squad": "Atlas", "mandates-clear": "No"}

    plan = planned(filled_in(first, second))

    assert [row.outcome for row in plan.rows] == ["added", "refused"]
    assert "a row above is of the same squad, day and alias" in str(plan.rows[1].reason)


@pytest.mark.parametrize("voice", ["", "Zoé"])
def test_the_same_row_is_the_same_however_its_file_is_written(voice: str) -> None:
    row = {"squad": "Atlas", "voice": voice}
    alike = [
        filled_in(row | {"Moyenne": "12"}),
        filled_in(row | {"priority-segment": ""}),
        filled_in(row | {"framework": FRAMEWORK.version}),
        filled_in(row | {"saved_at": "2026-11-29T12:00:00Z"}),
        filled_in(row | {"squad": "Atlas ", "mandates-clear": " YES "}),
        semicolons(filled_in(row)),
    ]
    (check,) = planned(filled_in(row)).new
    assert isinstance(check, Assessment)

    for file in alike:
        assert planned(file, check).already_there == 1


def test_the_framework_s_version_makes_no_other_check_of_a_row() -> None:
    later = FRAMEWORK.model_copy(update={"version": "99.0"})
    layout, newer = Layout(ASSESSMENTS, FRAMEWORK), Layout(ASSESSMENTS, later)
    check = assessment(assessment_id=NO_ID)

    moved = check.model_copy(update={"framework": "99.0"})

    assert NewIds(layout).given_to(check).id == NewIds(newer).given_to(moved).id


def test_people_without_an_alias_who_answered_alike_are_each_added_and_once() -> None:
    data = filled_in(*[{"squad": "Atlas", "voice": ""}] * 3)

    checks = [check for check in planned(data).new if isinstance(check, Assessment)]

    assert len({check.assessment_id for check in checks}) == 3
    assert planned(data, *checks).already_there == 3


def test_people_without_an_alias_are_the_same_in_any_order() -> None:
    rows = [{"squad": "Atlas", "voice": "", "mandates-clear": answer} for answer in ("Yes", "No")]
    checks = [r for r in planned(filled_in(*rows)).new if isinstance(r, Assessment)]

    assert planned(filled_in(*reversed(rows)), *checks).already_there == 2


def test_a_row_without_an_id_is_given_the_one_that_earlier_versions_gave() -> None:
    """With another id, a file that was brought in would add all of its rows once more."""
    ids, namespace = NewIds(Layout(ASSESSMENTS, FRAMEWORK)), "8e0e6a52-6f5c-5b0e-9d57-3a7c1d0f4b21"
    told = {"assessment_id": NO_ID, "answers": {"late-scope": "often"}}

    given = [ids.given_to(assessment(voice=voice, **told)).id for voice in ("Zoé", None, None)]

    assert given == [
        uuid5(UUID(namespace), text)
        for text in (
            "atlas,2026-11-03,alias zoé\n0",
            "assessed_on=2026-11-03,squad=atlas,late-scope=often\n0",
            "assessed_on=2026-11-03,squad=atlas,late-scope=often\n1",
        )
    ]


@pytest.mark.parametrize("typed", ["", "hier"])
def test_a_row_without_a_day_is_refused_for_its_day(typed: str) -> None:
    (row,) = planned(filled_in({"squad": "Atlas", "assessed_on": typed})).rows

    assert str(row.reason).startswith(f"broken date '{typed}' in assessed_on; expected year-month")


def test_who_decides_is_read_as_its_buttons_show_it() -> None:
    for edition in map(edition_in, LANGUAGES):
        for decider in (*FRAMEWORK.role_ids, NOBODY, UNCLEAR):
            row = {"squad": "Atlas", "priority-segment": edition.decider(decider)}
            (check,) = planned(filled_in(row)).new
            assert isinstance(check, Assessment)
            assert check.deep.deciders == {"priority-segment": (decider,)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_apply_is_read_in_full_and_in_brief(language: str) -> None:
    edition = edition_in(language)
    for text in (edition.option("po-sets-strategy", NOT_APPLICABLE), edition.doesnt_apply):
        (check,) = planned(filled_in({"squad": "Atlas", "po-sets-strategy": text})).new
        assert isinstance(check, Assessment)
        assert check.answers["po-sets-strategy"] == NOT_APPLICABLE

    (row,) = planned(filled_in({"squad": "Atlas", "late-scope": edition.doesnt_apply})).rows
    assert row.outcome == "refused"


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        (
            "en",
            "Unknown option 'maybe' for 'po-sets-strategy'; expected Not seen, Sometimes, Often, "
            "I don't know, Doesn't apply: we have no PO or empty.",
        ),
        (
            "fr",
            "Réponse inconnue « maybe » pour « po-sets-strategy » ; attendu : Pas constaté, "
            "Parfois, Souvent, Je ne sais pas, Sans objet : nous n'avons pas de PO ou vide.",
        ),
    ],
)
def test_the_answers_expected_are_told_as_their_buttons_show_them(
    language: str, reason: str
) -> None:
    (row,) = planned(filled_in({"squad": "Atlas", "po-sets-strategy": "maybe"})).rows
    assert row.reason is not None

    assert edition_in(language).refusal(row.reason) == (
        french(reason) if language == "fr" else reason
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_roles_expected_are_told_as_their_buttons_show_them(language: str) -> None:
    edition = edition_in(language)
    roles = ", ".join(map(edition.role, FRAMEWORK.role_ids))
    others = ", ".join(map(edition.decider, ("nobody", "unclear")))
    ids = ", ".join(FRAMEWORK.role_ids)

    for column, expected in (("role", roles), ("priority-segment", f"{roles}, {others}")):
        (row,) = planned(filled_in({"squad": "Atlas", column: "boss"})).rows
        assert row.reason is not None
        reason = edition.refusal(row.reason)
        assert expected in reason
        assert ids not in reason


@pytest.mark.parametrize("word", ["Unclear here", "Pas clair ici", "Unclear", "Pas clair"])
def test_an_unclear_decider_is_read_as_its_button_says_it_and_as_it_did_before(word: str) -> None:
    (check,) = planned(filled_in({"squad": "Atlas", "priority-segment": word})).new

    assert isinstance(check, Assessment)
    assert check.deep.deciders == {"priority-segment": ("unclear",)}


def test_french_days_are_read_where_a_file_with_semicolons_is_brought() -> None:
    data = semicolons(filled_in({"squad": "Atlas", "assessed_on": "03/12/2026"}))

    (check,) = planned(data).new

    assert isinstance(check, Assessment)
    assert check.assessed_on == date(2026, 12, 3)


def test_days_of_either_order_with_commas_are_refused_and_no_time_is_asked_for() -> None:
    data = filled_in({"squad": "Atlas", "assessed_on": "03/12/2026"})

    with pytest.raises(StorageError, match="can be read in two ways or in none; give days") as told:
        planned(data)

    assert "saved_at" not in str(told.value)


@pytest.mark.parametrize(("title", "line"), [(b"Diagnostics\n", 2), (b"Diagnostics\n\n", 3)])
def test_a_title_above_the_header_is_told(title: bytes, line: int) -> None:
    with pytest.raises(StorageError, match=f"stands on line {line}; delete what is above it"):
        planned(title + raw(assessment()))


def test_every_word_for_an_answer_is_read_as_that_answer() -> None:
    for edition in map(edition_in, LANGUAGES):
        for item, options in FRAMEWORK.options_by_item.items():
            for option in options:
                check = assessment(answers={item: option})
                header, row, _ = raw(check).decode().split("\n")
                cells = row.split(",")
                cells[header.split(",").index(item)] = f'"{edition.option(item, option)}"'
                assert planned(f"{header}\n{','.join(cells)}\n".encode()).new == (check,)


def test_a_header_in_windows_1252_is_quoted_as_it_reads() -> None:
    with pytest.raises(StorageError, match="'Équipe;Date;Répondant' is the header of none"):
        planned("Équipe;Date;Répondant\r\nForêt;20/10/2026;Zoé\r\n".encode("cp1252"))


def test_columns_of_others_are_told_and_those_of_our_own_files_are_not() -> None:
    check = assessment()
    header, row, _ = raw(check).decode().split("\n")
    more = f"{header},Moyenne,,Commentaire Marc\n{row},12,,=x\n".encode()

    for data in (more, semicolons(more)):
        plan = planned(data)
        assert plan.new == (check,)
        assert plan.left_out == {"in.csv": ("Moyenne", "Commentaire Marc")}
    for data in (raw(check), safe_csv(ASSESSMENTS, [check], FRAMEWORK)):
        assert not planned(data).left_out
    with_a_quote_left_open = f'{header},Moyenne\r\n{row},12\r\n{row},"12\r\n'.encode()
    assert planned(with_a_quote_left_open).left_out == {"in.csv": ("Moyenne",)}


AHEAD = date(2027, 12, 1)
NOT_YET: list[tuple[Kind[Any], Any]] = [
    (ASSESSMENTS, assessment(assessed_on=AHEAD)),
    (ASSESSMENTS, assessment(saved_at=datetime(2027, 12, 1, tzinfo=UTC))),
    (SETUPS, setup(since=AHEAD)),
    (ACTIONS, action(decided_on=AHEAD, due_on=None)),
    (ACTIONS, action(status="done", ended_on=AHEAD)),
    (SURVEYS, gathering(opened_on=AHEAD, closes_on=AHEAD)),
    (TOTALS, total(assessed_on=AHEAD)),
]
FUTURE = "the date 2027-12-01 is in the future; choose today or earlier"


@pytest.mark.parametrize(("kind", "record"), NOT_YET)
@pytest.mark.parametrize("form", [by_hand, semicolons])
def test_a_day_that_has_passed_lies_in_no_future(
    kind: Kind[Any], record: Any, form: Callable[[bytes], bytes]
) -> None:
    data = form(csv_of(kind, [record], FRAMEWORK))

    plan = import_plan_of_file(data, Stored(), FRAMEWORK, file="in.csv", latest=TODAY)

    assert [(row.line, row.outcome, str(row.reason)) for row in plan.rows] == [
        (2, "refused", FUTURE)
    ]
    there = Stored(**{kind.name: (record,)})
    plan = import_plan_of_file(data, there, FRAMEWORK, file="in.csv", latest=TODAY)
    assert [row.outcome for row in plan.rows] == ["already there"]


@pytest.mark.parametrize("note", [b'"one\ntwo"', "déjà noté".encode("cp1252")])
def test_a_day_that_lies_ahead_is_told_whatever_the_form_of_its_row(note: bytes) -> None:
    data = raw(assessment(assessed_on=AHEAD, note="said"))

    (row,) = planned(data.replace(b"said", note)).rows

    assert (row.line, row.outcome, str(row.reason)) == (2, "refused", FUTURE)


def test_what_is_to_come_may_lie_ahead() -> None:
    records: list[tuple[Kind[Any], Any]] = [
        (ACTIONS, action(due_on=AHEAD)),
        (AGREEMENTS, agreement(agreed_on=AHEAD, valid_until=AHEAD)),
        (SURVEYS, gathering(closes_on=AHEAD, next_on=AHEAD)),
    ]
    for kind, record in records:
        data = by_hand(csv_of(kind, [record], FRAMEWORK))
        plan = import_plan_of_file(data, Stored(), FRAMEWORK, file="in.csv", latest=TODAY)
        assert plan.new == (record,)


def test_a_day_counts_as_passed_once_it_has_begun_anywhere() -> None:
    assert latest_day(datetime(2026, 11, 29, 9, 59, tzinfo=UTC)) == date(2026, 11, 29)
    assert latest_day(datetime(2026, 11, 29, 10, tzinfo=UTC)) == date(2026, 11, 30)


@pytest.mark.parametrize("form", [by_hand, semicolons])
def test_a_row_that_answers_nothing_is_refused(form: Callable[[bytes], bytes]) -> None:
    empty, deep = assessment(answers={}), deep_assessment(answers={})

    plan = planned(form(raw(empty, deep)))

    assert [(row.line, str(row.reason)) for row in plan.refused] == [
        (2, "this row answers no question; fill in at least one answer")
    ]
    assert plan.new == (deep,)


@pytest.mark.parametrize("record", [assessment(answers={}), assessment(assessed_on=AHEAD)])
def test_an_export_brings_back_what_a_form_would_refuse(record: Assessment) -> None:
    check = assessment()
    exports = [
        raw(check, record),
        *(safe_csv(ASSESSMENTS, [check, record], FRAMEWORK, separator=s) for s in SEPARATORS),
        zip_of([check, record], FRAMEWORK),
        b"".join(line + b",12\n" for line in raw(check, record).splitlines()),
    ]
    for data in exports:
        plan = import_plan_of_file(data, Stored(), FRAMEWORK, file="in", latest=TODAY)
        assert plan.new == (check, record)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n", b"\r\n;;\r\n", raw()])
def test_a_file_without_rows_changes_nothing(data: bytes) -> None:
    assert planned(data).rows == ()


@pytest.mark.parametrize("data", [b"name,score\nAtlas,12\n", b"\x50\x4b\x03\x04\x00\xff"])
def test_a_file_of_another_kind_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(StorageError, match=r"in\.csv"):
        planned(data)


def test_planning_writes_nothing_and_applying_twice_adds_once(tmp_path: Path) -> None:
    store = CsvStore(tmp_path, FRAMEWORK)
    data = raw(assessment(), assessment())
    plan = import_plan_of_file(data, store.read(), FRAMEWORK, file="in.csv", latest=TODAY)
    assert store.read().assessments == ()

    assert apply_import_plan(plan, store) == 2
    assert apply_import_plan(plan, store) == 0
    assert store.read().assessments == plan.new
    again = import_plan_of_file(data, store.read(), FRAMEWORK, file="in.csv", latest=TODAY)
    assert (again.new, again.already_there) == ((), 2)


def test_progress_is_told_after_every_thousand(tmp_path: Path) -> None:
    store = CsvStore(tmp_path, FRAMEWORK)
    plan = planned(raw(*[assessment() for _ in range(2_500)]))
    progress: list[tuple[int, int]] = []

    added = apply_import_plan(
        plan, store, progress=lambda done, total: progress.append((done, total))
    )

    assert added == 2_500
    assert progress == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]
    assert store.read().assessments == plan.new


def test_a_session_is_added_before_what_answers_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    survey, store = gathering(), CsvStore(tmp_path, FRAMEWORK)
    source = Stored((answer_as_stored(assessment(), survey),), surveys=(survey,))
    plan = import_plan_between_stores(source, Stored(), FRAMEWORK)
    monkeypatch.setattr("assessment.exchange.imports.AT_ONCE", 1)
    there: list[tuple[Record, ...]] = []

    apply_import_plan(plan, store, progress=lambda *_: there.append(store.read().records))

    assert there == [(survey,), source.records]


def test_between_two_stores_only_what_is_missing_is_added() -> None:
    one, two, three = assessment(), assessment(), assessment()
    other = two.model_copy(update={"note": "another"})

    plan = import_plan_between_stores(stored(one, two, three), stored(three, other), FRAMEWORK)

    assert plan.new == (one,)
    assert plan.already_there == 1
    (refused,) = plan.refused
    assert isinstance(refused.reason, Refused)
    assert "another note" in str(refused.reason)


# Every kind ---------------------------------------------------------------------------------------

AGREED = UUID(int=5_000_000)
EVERYTHING = (
    deep_assessment(squad="=Nord"),
    setup(squad="=Nord", shared_seats={"po": "=PO of both"}),
    action(squad="=Nord", note="one\n=two"),
    gathering(squad="=Nord"),
    agreement(squad="=Nord", agreement_id=AGREED, consulted=("pm", "tl"), note="one\n=two"),
    confirmation(squad="=Nord", agreement_id=AGREED, voice="=Zoë", reservation="=1"),
)
OF_KIND = (ASSESSMENTS, SETUPS, ACTIONS, SURVEYS, AGREEMENTS)
EACH = tuple(zip(OF_KIND, EVERYTHING[:5], strict=True))


@pytest.mark.parametrize(("kind", "record"), EACH)
def test_a_file_of_any_kind_is_told_by_its_header(kind: Kind[Any], record: Any) -> None:
    for data in (
        csv_of(kind, [record], FRAMEWORK),
        safe_csv(kind, [record], FRAMEWORK),
        csv_of(kind, [record], FRAMEWORK).removesuffix(b"\n"),
        semicolons(csv_of(kind, [record], FRAMEWORK)),
    ):
        (row,) = planned(data).rows
        assert (row.file, row.line, row.outcome, row.record) == ("in.csv", 2, "added", record)


@pytest.mark.parametrize(
    ("kind", "record", "changes", "named"),
    [
        (
            ASSESSMENTS,
            EVERYTHING[0],
            {"deep": {"signs": {"rework-share": 3}}},
            "priority-segment, ",
        ),
        (
            SETUPS,
            EVERYTHING[1],
            {"company": None, "seats": {"pm": "own"}, "shared_seats": {}},
            "company, cto, po, em, tl",
        ),
        (
            ACTIONS,
            EVERYTHING[2],
            {"status": "under-way", "owner": "po"},
            "owner, status, and stays",
        ),
        (SURVEYS, EVERYTHING[3], {"privacy": "open", "least_voices": 3}, "privacy, least_"),
        (
            AGREEMENTS,
            EVERYTHING[4],
            {"decides": "em", "informed": ("po",)},
            "decides, informed, and stays",
        ),
    ],
)
def test_what_differs_from_what_is_stored_is_refused_and_named_whatever_the_kind(
    kind: Kind[Any], record: Any, changes: dict[str, object], named: str
) -> None:
    other = fitted(type(record).model_validate(record.model_dump() | changes), FRAMEWORK)
    there = Stored(**{kind.name: (other,)})

    (row,) = import_plan_of_file(
        csv_of(kind, [record], FRAMEWORK), there, FRAMEWORK, file="in.csv", latest=TODAY
    ).rows

    assert row.outcome == "differs"
    assert f") with another {named}" in str(row.reason)


def test_roles_are_read_as_the_product_shows_them_in_a_file_of_any_kind() -> None:
    records: list[tuple[Kind[Any], Any]] = [
        (ACTIONS, action(owner="lead")),
        (AGREEMENTS, agreement(decides="lead", consulted=())),
    ]
    for kind, record in records:
        data = csv_of(kind, [record], FRAMEWORK).replace(b",lead,", b",Leadership,")
        plan = import_plan_of_file(data, Stored(), FRAMEWORK, file="in.csv", latest=TODAY)
        assert plan.new == (record,)


def test_a_zip_brings_everything_back_and_names_its_files(tmp_path: Path) -> None:
    store = CsvStore(tmp_path, FRAMEWORK)
    data = zip_of(EVERYTHING, FRAMEWORK)

    plan = import_plan_of_file(data, store.read(), FRAMEWORK, file="in.zip", latest=TODAY)

    assert [(row.file, row.line, row.outcome) for row in plan.rows] == [
        ("in.zip/assessments.csv", 2, "added"),
        ("in.zip/setups.csv", 2, "added"),
        ("in.zip/actions.csv", 2, "added"),
        ("in.zip/gatherings.csv", 2, "added"),
        ("in.zip/agreements.csv", 2, "added"),
        ("in.zip/confirmations.csv", 2, "added"),
    ]
    assert apply_import_plan(plan, store) == 6
    assert store.read().records == EVERYTHING
    again = import_plan_of_file(data, store.read(), FRAMEWORK, file="in.zip", latest=TODAY)
    assert (again.new, again.already_there, again.refused) == ((), 6, ())


def shown(survey: Survey) -> Survey:
    return revealed(survey, voices=5, now=survey.saved_at)


def arriving(there: Stored, *records: Record) -> list[tuple[str, str]]:
    """What becomes of records in a ZIP that somebody uploads, and why not."""
    plan = import_plan_of_file(
        zip_of(records, FRAMEWORK), there, FRAMEWORK, file="in.zip", latest=TODAY
    )
    return [(row.outcome, str(row.reason or "")) for row in plan.rows]


def test_no_file_adds_a_voice_to_a_confidential_round_that_is_stored() -> None:
    hidden = shown(gathering())
    answer = answer_as_stored(assessment(), hidden)

    ((outcome, reason),) = arriving(Stored(surveys=(hidden,)), answer)

    assert outcome == "refused"
    assert "by its invitation alone" in reason


@pytest.mark.parametrize(
    ("survey", "why"),
    [
        (gathering(), "by its invitation alone"),
        (shown(gathering()), "by its invitation alone"),
        (gathering(privacy="open"), "whose results are not shown yet"),
    ],
)
def test_a_file_with_a_round_and_made_up_answers_adds_the_round_alone(
    survey: Survey, why: str
) -> None:
    made_up = [answer_as_stored(assessment(), survey) for _ in range(4)]

    *answers, (outcome, _) = arriving(Stored(), *made_up, survey)

    assert outcome == "added"
    assert [answer for answer, _ in answers] == ["refused"] * 4
    assert all(why in reason for _, reason in answers)


def test_an_open_round_comes_back_with_all_that_answered_it_in_one_go(tmp_path: Path) -> None:
    survey = shown(gathering(privacy="open"))
    agreed = agreement(survey=survey.id)
    records: list[Record] = [
        survey,
        *(answer_as_stored(assessment(), survey) for _ in range(3)),
        agreed,
        confirmation(agreement_id=agreed.id, role=agreed.decides),
        vote(gathering=survey.id),
    ]
    data = zip_of(records, FRAMEWORK)
    store = CsvStore(tmp_path, FRAMEWORK)

    plan = import_plan_of_file(data, Stored(), FRAMEWORK, file="in.zip", latest=TODAY)

    assert [str(row.reason) for row in plan.refused] == []
    assert apply_import_plan(plan, GuardedStore(store)) == len(records)


@pytest.mark.parametrize("survey", [gathering(), gathering(privacy="open")])
def test_a_file_adds_no_voice_by_saying_otherwise_of_a_round_that_is_stored(
    survey: Survey, tmp_path: Path
) -> None:
    otherwise = shown(survey.model_copy(update={"privacy": "open"}))
    made_up = answer_as_stored(assessment(), otherwise)
    store = CsvStore(tmp_path, FRAMEWORK)
    store.add([survey])

    outcomes = arriving(store.read(), made_up, otherwise)

    assert [outcome for outcome, _ in outcomes] == ["refused", "differs"]
    with pytest.raises(Refused):
        GuardedStore(store).add([otherwise, made_up])
    assert store.read().assessments == ()


def test_a_file_brings_no_answers_along_with_a_round_that_is_barred() -> None:
    survey = shown(gathering(privacy="open"))
    made_up = answer_as_stored(assessment(), survey)
    there = Stored(links=(link(kind="invite", round_id=survey.id),))
    data = zip_of([survey, made_up], FRAMEWORK)

    plan = import_plan_of_file(
        data,
        Stored(),
        FRAMEWORK,
        file="in.zip",
        latest=TODAY,
        barred=surveys_barred_to_files(there),
    )

    assert [row.outcome for row in plan.rows] == ["refused", "refused"]
    with pytest.raises(Refused):
        check_addition([survey, made_up], there)


def test_an_open_round_takes_answers_back_from_a_file_that_holds_all_that_are_stored() -> None:
    survey = shown(gathering(privacy="open"))
    first, second, deleted = (answer_as_stored(assessment(), survey) for _ in range(3))
    there = Stored((first, second), surveys=(survey,))

    together = arriving(there, first, second, deleted)
    alone = arriving(there, first, deleted)
    changed = arriving(there, first, second.model_copy(update={"voice": "Ada"}), deleted)

    assert [outcome for outcome, _ in together] == ["already there", "already there", "added"]
    assert [outcome for outcome, _ in alone] == ["already there", "refused"]
    assert [outcome for outcome, _ in changed] == ["already there", "differs", "refused"]
    assert "answers to this session that are stored here are missing from the file" in alone[-1][1]


def test_no_file_adds_a_voice_to_a_round_whose_results_are_not_shown() -> None:
    survey = gathering(privacy="open")
    answer = answer_as_stored(assessment(), survey)

    ((outcome, reason),) = arriving(Stored(surveys=(survey,)), answer)

    assert outcome == "refused"
    assert "whose results are not shown yet" in reason


def test_a_preview_says_of_a_round_that_somebody_was_invited_to_that_it_is_refused() -> None:
    survey = gathering()
    there = Stored(links=(link(kind="invite", round_id=survey.id),))
    data = zip_of([survey], FRAMEWORK)

    plan = import_plan_of_file(
        data,
        Stored(),
        FRAMEWORK,
        file="in.zip",
        latest=TODAY,
        barred=surveys_barred_to_files(there),
    )

    (row,) = plan.rows
    assert row.outcome == "refused"
    assert "somebody was invited to this session" in str(row.reason)


def test_a_preview_says_of_a_round_whose_answers_lie_here_without_it_that_it_is_refused() -> None:
    survey = gathering()
    there = Stored((answer_as_stored(assessment(), survey),))
    data = zip_of([survey], FRAMEWORK)

    plan = import_plan_of_file(
        data,
        Stored(),
        FRAMEWORK,
        file="in.zip",
        latest=TODAY,
        barred=surveys_barred_to_files(there),
    )

    (row,) = plan.rows
    assert row.outcome == "refused"
    assert "answers to this session are stored here without it" in str(row.reason)


def test_between_two_stores_every_kind_is_planned() -> None:
    other = setup(setup_id=EVERYTHING[1].id, squad="Other", shared_seats={"po": "=PO of both"})
    there = Stored(setups=(other,))
    source = Stored((EVERYTHING[0],), (EVERYTHING[1],), (EVERYTHING[2],))

    plan = import_plan_between_stores(source, there, FRAMEWORK)

    assert plan.new == (EVERYTHING[0], EVERYTHING[2])
    (refused,) = plan.refused
    assert "with another squad, and" in str(refused.reason)


def test_a_file_of_links_is_none_of_ours_and_between_stores_they_are_planned() -> None:
    shared = link()

    with pytest.raises(StorageError, match="is the header of none of our files"):
        planned(csv_of(LINKS, [shared], FRAMEWORK))
    assert import_plan_between_stores(Stored(links=(shared,)), Stored(), FRAMEWORK).new == (shared,)


def test_every_reason_against_a_whole_file_is_told_as_it_concerns_files_that_arrive() -> None:
    reasons = [
        text
        for module in (spreadsheets, layouts)
        for name, text in vars(module).items()
        if name.isupper() and isinstance(text, str) and text.startswith("{file}: ")
    ]

    assert len(reasons) == 14
    assert all(reason.endswith(", {then}") for reason in reasons)
    assert not any(re.search("backups|until then|move the file away", text) for text in reasons)


def test_a_file_of_mixed_encodings_is_refused_as_a_file_that_arrives() -> None:
    data = csv_of(ASSESSMENTS, [assessment()], FRAMEWORK).replace(b",", b";")

    with pytest.raises(StorageError, match="bring it in again; nothing of it was added"):
        readings_of(data + b"\x81\xff;\xe9\n", FRAMEWORK, file="in.csv", latest=TODAY)


def test_a_column_that_was_taken_out_is_told_of_the_file_that_arrives() -> None:
    header, row = csv_of(ASSESSMENTS, [assessment()], FRAMEWORK).decode().splitlines()
    without = "\n".join([header.replace("voice,", ""), row.replace("Atlas,,", "Atlas,"), ""])

    with pytest.raises(StorageError) as error:
        readings_of(without.encode(), FRAMEWORK, file="in.csv", latest=TODAY)
    assert str(error.value) == (
        "in.csv: column 5 of the first line is 'role'; expected 'voice'; put the columns back in "
        "their order, then bring it in again; nothing of it was added"
    )


def test_an_agreement_that_differs_from_the_stored_one_makes_no_room_for_another() -> None:
    there = agreement()
    changed = there.model_copy(update={"note": "reworded"})
    further = agreement(agreement_id=uuid4())
    readings = readings_of(
        zip_of([changed, further], FRAMEWORK), FRAMEWORK, file="in.zip", latest=TODAY
    )
    plan = import_plan_of_readings(readings, Stored(agreements=(there,)))
    assert [row.outcome for row in plan.rows] == ["differs", "refused"]


def test_a_file_brings_an_editor_no_two_agreements_of_the_same_days() -> None:
    data = csv_of(AGREEMENTS, [agreement(), agreement()], FRAMEWORK)

    outcomes = [row.outcome for row in planned(data).rows]

    assert outcomes == ["added", "refused"]


def test_of_files_that_differ_on_a_row_the_second_is_refused() -> None:
    first, same = assessment(), assessment()
    other = first.model_copy(update={"note": "other"})
    data = zipped({"assessments.csv": raw(first, same), "more.csv": raw(same, other)})

    plan = planned(data)

    assert [(row.file, row.line, row.outcome) for row in plan.rows] == [
        ("in.csv/assessments.csv", 2, "added"),
        ("in.csv/assessments.csv", 3, "added"),
        ("in.csv/more.csv", 2, "already there"),
        ("in.csv/more.csv", 3, "refused"),
    ]
    assert str(plan.refused[0].reason) == (
        f"{first.id} already stands on line 2 of in.csv/assessments.csv; expected it once"
    )
