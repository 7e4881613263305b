"""Moving in and out on the data page: a preview first, one button that writes, then a word."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.loading import shipped_framework
from assessment.exchange.archives import csv_of, zip_of
from assessment.exchange.spreadsheets import safe_csv, workbook
from assessment.languages import LANGUAGES
from assessment.model import Assessment, Setup, Survey
from assessment.rounds import grouping
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ACTIONS, ASSESSMENTS, SETUPS
from assessment.storage.protocol import Record
from assessment.ui.manage import exchange
from assessment.ui.session import keys, page_files
from tests.builders import action, assessment, deep_assessment, gathering, setup
from tests.expected import french
from tests.pages.app import app_on, elements_of, out_of_reach, records, store_of, stored, text_of

FRAMEWORK = shipped_framework()


def file_of(*assessments: Assessment) -> bytes:
    return csv_of(ASSESSMENTS, assessments, FRAMEWORK)


def uploaded(app: AppTest, data: bytes, *, name: str = "in.csv") -> AppTest:
    app.file_uploader[0].set_value((name, data, "text/csv"))
    return app.run()


def preview(app: AppTest) -> list[tuple[object, ...]]:
    return [tuple(row) for row in app.table[0].value.itertuples(index=False)]


def unescaped(text: object) -> str:
    return str(text).replace("\\", "").replace("\u2060", "")


def plain(text: str) -> str:
    return french(text).replace("\xa0", " ").replace("\u202f", " ")


def may_add(app: AppTest) -> bool:
    return any(button.key == keys.EXCHANGE_ADD for button in app.button)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_upload_is_offered_on_an_empty_store_and_on_a_full_one(
    language: str, empty_store: Path
) -> None:
    assert len(app_on(page_files.DATA, language=language).file_uploader) == 1
    CsvStore(empty_store, FRAMEWORK).add([assessment()])
    app = app_on(page_files.DATA, language=language)
    assert len(app.file_uploader) == 1
    assert not app.exception
    app = uploaded(app, file_of(assessment()))
    assert not app.exception
    assert may_add(app)


def test_only_the_data_page_offers_the_upload(empty_store: Path) -> None:
    assert not app_on(page_files.COMPARE).file_uploader


def test_a_preview_says_what_becomes_of_each_row_and_writes_nothing(empty_store: Path) -> None:
    there, new, changed = assessment(), assessment(squad="=Nord"), assessment()
    CsvStore(empty_store, FRAMEWORK).add([there, changed])
    other = changed.model_copy(update={"note": "other"})

    app = uploaded(app_on(page_files.DATA), file_of(there, new, other) + b"<b>nonsense</b>\n")

    assert not app.exception
    assert "1 row is new · 1 row is already there · 2 rows are refused" in text_of(app)
    rows = preview(app)
    assert [(row[0], row[1]) for row in rows] == [
        (4, "Refused"),
        (5, "Refused"),
        (3, "Will be added"),
        (2, "Already there"),
    ]
    assert [unescaped(row[2]) for row in rows] == [
        "Atlas · 3\u00a0Nov\u00a02026",
        "<b>nonsense</b>",
        "=Nord · 3\u00a0Nov\u00a02026",
        "Atlas · 3\u00a0Nov\u00a02026",
    ]
    assert "is already stored (Atlas, 3\u00a0Nov\u00a02026) with another note, and" in unescaped(
        rows[0][3]
    )
    assert unescaped(rows[1][3]) == "The row has 1 columns; expected 91."
    assert "\\<b\\>" in str(rows[1][2])
    assert stored(empty_store) == (there, changed)


def session(**changes: object) -> Survey:
    closed = datetime(2026, 11, 20, 11, tzinfo=UTC)
    return gathering(closed_at=closed, revealed_at=closed, released=True, **changes)


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            "en",
            "1 session is confidential and brings no answers: no downloaded file holds them.",
            "Atlas, session of 3 Nov 2026: fewer than 5 answers are stored here, so nothing of it "
            "is shown.",
        ),
        (
            "fr",
            "1 session est confidentielle et n'apporte aucune réponse : aucun fichier téléchargé "
            "ne les contient.",
            "Atlas, session du 3 nov. 2026 : moins de 5 réponses conservées ici, rien n’en est "
            "donc montré.",
        ),
    ],
)
def test_a_confidential_session_is_said_to_come_without_its_answers_and_to_have_none_here(
    language: str, before: str, after: str, empty_store: Path
) -> None:
    data = zip_of((session(), assessment()), FRAMEWORK)
    app = app_on(page_files.DATA, language=language)
    app = uploaded(app, data, name="who-decides.zip")
    assert plain(before) in plain(text_of(app))

    app.button(keys.EXCHANGE_ADD).click().run()

    told = text_of(app_on(page_files.TRENDS, language=language, squads="Atlas"))
    assert plain(after) in plain(told)


def test_what_comes_with_its_answers_is_said_to_come_without_none(empty_store: Path) -> None:
    opened = session(privacy="open")
    answer = assessment(gathering=opened.id)
    app = uploaded(app_on(page_files.DATA), zip_of((opened, answer), FRAMEWORK), name="in.zip")

    assert may_add(app)
    assert "without its answers" not in text_of(app)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "2 answers will not count: they name a role that nobody holds in the setup of their "
            "squad (CPO and EM).",
        ),
        (
            "fr",
            "2 réponses ne compteront pas : elles citent un rôle que personne ne tient dans "
            "l’organisation de leur squad (CPO et EM).",
        ),
    ],
)
def test_a_preview_says_which_answers_will_not_count_since_nobody_holds_the_role(
    language: str, sentence: str, empty_store: Path
) -> None:
    CsvStore(empty_store, FRAMEWORK).add([setup(seats={"cpto": "own", "pm": "own", "po": "own"})])
    deciders = {"cut": ("cpo",), "bets": ("pm",), "slicing": ("em", "po"), "first": ("cpto",)}
    elsewhere = deep_assessment(squad="Nord", deep={"deciders": {"cut": ("cpo",)}})
    checks = file_of(deep_assessment(deep={"deciders": deciders}), elsewhere)

    app = uploaded(app_on(page_files.DATA, language=language), checks)

    assert sentence in unescaped(text_of(app)).replace("\u202f", " ").replace("\xa0", " ")


def test_a_preview_says_which_stored_answers_its_setups_make_count_no_more(
    empty_store: Path,
) -> None:
    deciders = {"cut": ("cpo",), "bets": ("pm",), "slicing": ("em",)}
    CsvStore(empty_store, FRAMEWORK).add(
        [
            setup(since=date(2026, 1, 1), seats={"cpo": "own", "pm": "own", "po": "own"}),
            deep_assessment(assessed_on=date(2026, 11, 3), deep={"deciders": deciders}),
            deep_assessment(squad="Nord", deep={"deciders": deciders}),
        ]
    )
    later = setup(since=date(2026, 2, 1), seats={"cpto": "own", "pm": "own", "po": "own"})
    app = uploaded(app_on(page_files.DATA), csv_of(SETUPS, [later], FRAMEWORK))
    assert "1 answer will not count: it names a role" in unescaped(text_of(app))
    assert "setup of its squad (CPO)" in unescaped(text_of(app))


def test_a_day_ahead_is_refused_in_a_file_as_it_is_in_the_form(empty_store: Path) -> None:
    ahead = assessment(assessed_on=datetime.now(UTC).date() + timedelta(days=3))
    typed = file_of(ahead).replace(b":00.000000Z", b":00Z")

    app = uploaded(app_on(page_files.DATA), typed)

    assert "is in the future; choose today or earlier" in unescaped(preview(app)[0][3])
    assert not may_add(app)


def test_columns_of_others_are_told_before_anything_is_added(empty_store: Path) -> None:
    header, row, _ = file_of(assessment()).decode().split("\n")

    app = uploaded(app_on(page_files.DATA), f"{header},*Moyenne*\n{row},12\n".encode())

    assert "not known here, left out: *Moyenne*." in unescaped(text_of(app))
    assert may_add(app)


def test_checks_that_will_not_count_are_told_before_anything_is_added(empty_store: Path) -> None:
    store_of(empty_store).add([assessment(voice="Léo"), assessment(squad="Nord", voice="Zoé")])
    checks = [assessment(voice=voice) for voice in ("Zoé", "zoé", "ZOÉ", "Ana", "léo")]

    app = uploaded(app_on(page_files.DATA), file_of(*checks))

    assert "3 checks will then not count: their voices have later ones" in text_of(app)


def test_what_will_not_count_is_counted_once_a_file(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []

    def replaced_by_adding(*checks: Any) -> int:
        counted.append(grouping.replaced_by_adding(*checks))
        return counted[-1]

    monkeypatch.setattr(exchange, "replaced_by_adding", replaced_by_adding)
    app = uploaded(app_on(page_files.DATA), file_of(assessment(voice="A"), assessment(voice="a")))

    assert "1 check will then not count" in text_of(app.run().run())
    assert counted == [1]


def test_one_click_adds_what_is_new_and_says_so_once(empty_store: Path) -> None:
    first, second = assessment(), assessment()
    app = uploaded(app_on(page_files.DATA), file_of(first, second))
    assert app.button(keys.EXCHANGE_ADD).label == "Add 2 checks"

    app.button(keys.EXCHANGE_ADD).click().run()

    assert not app.exception
    assert stored(empty_store) == (first, second)
    assert "Entries added: 2." in text_of(app)
    assert not may_add(app)
    assert not app.table
    assert [button.key for button in app.button if button.key == keys.DEED_UNDO]
    assert "Entries added: 2." not in text_of(app.run())


def test_what_was_added_by_mistake_is_taken_out_again(empty_store: Path) -> None:
    there = assessment()
    CsvStore(empty_store, FRAMEWORK).add([there])
    app = uploaded(app_on(page_files.DATA), file_of(there, assessment(), assessment()))
    app.button(keys.EXCHANGE_ADD).click().run()
    assert len(stored(empty_store)) == 3

    app.button(keys.DEED_UNDO).click().run()

    assert stored(empty_store) == (there,)


def faster(monkeypatch: pytest.MonkeyPatch, *others: Assessment) -> None:
    """Have somebody else's records stored between the click and what it adds."""
    as_ever = CsvStore.add

    def add(store: CsvStore, records: Collection[Record], **options: Any) -> int:
        as_ever(store, others)
        return as_ever(store, records, **options)

    monkeypatch.setattr(CsvStore, "add", add)


@pytest.mark.parametrize("count", [1, 2])
def test_what_somebody_else_added_from_the_same_file_is_not_taken_out(
    count: int, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = assessment(), assessment()
    app = uploaded(app_on(page_files.DATA), file_of(*both))
    faster(monkeypatch, *both[:count])
    app.button(keys.EXCHANGE_ADD).click().run()

    assert f"Entries added: {2 - count}." in text_of(app)
    assert not [button for button in app.button if button.key == keys.DEED_UNDO]
    assert stored(empty_store) == both


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "This could not be taken back, since somebody changed it meanwhile"),
        ("fr", "Impossible d'annuler : quelqu'un a fait des modifications entre-temps"),
    ],
)
def test_what_somebody_changed_of_what_was_added_is_not_taken_out(
    language: str, said: str, empty_store: Path
) -> None:
    both = assessment(), assessment()
    app = uploaded(app_on(page_files.DATA, language=language), file_of(*both))
    app.button(keys.EXCHANGE_ADD).click().run()
    changed = both[1].model_copy(update={"note": "mine"})
    store_of(empty_store).revise(both[1], changed)

    app.button(keys.DEED_UNDO).click().run()

    assert stored(empty_store) == (both[0], changed)
    assert (french(said) if language == "fr" else said) in text_of(app)


def test_undo_is_offered_again_where_the_disk_failed(empty_store: Path) -> None:
    app = uploaded(app_on(page_files.DATA), file_of(assessment()))
    app.button(keys.EXCHANGE_ADD).click().run()
    with out_of_reach("delete") as error:
        app.button(keys.DEED_UNDO).click().run()
    assert error in text_of(app)

    app.button(keys.DEED_UNDO).click().run()

    assert stored(empty_store) == ()


def test_a_spreadsheet_safe_file_comes_back_raw(empty_store: Path) -> None:
    before = assessment(squad="=1+1", note="'-x")
    app = uploaded(app_on(page_files.DATA), safe_csv(ASSESSMENTS, [before], FRAMEWORK))

    app.button(keys.EXCHANGE_ADD).click().run()

    assert stored(empty_store) == (before,)


def test_where_nothing_is_new_nothing_is_offered(empty_store: Path) -> None:
    there = assessment()
    CsvStore(empty_store, FRAMEWORK).add([there])

    app = uploaded(app_on(page_files.DATA), file_of(there))

    assert "0 rows are new · 1 row is already there · 0 rows are refused" in text_of(app)
    assert not may_add(app)


def test_fifty_rows_are_shown_and_the_rest_is_counted(empty_store: Path) -> None:
    app = uploaded(app_on(page_files.DATA), file_of(*[assessment() for _ in range(1_203)]))

    assert len(preview(app)) == 50
    assert "… and 1,153 more rows, counted above." in text_of(app)
    assert app.button(keys.EXCHANGE_ADD).label == "Add 1,203 checks"
    app.button(keys.EXCHANGE_ADD).click().run()
    assert "Entries added: 1,203." in text_of(app)
    assert len(stored(empty_store)) == 1_203


def test_a_file_without_rows_says_so(empty_store: Path) -> None:
    app = uploaded(app_on(page_files.DATA), file_of())

    assert "This file holds nothing to add." in text_of(app)
    assert not may_add(app)


def test_no_log_names_a_file_that_its_reader_has_to_mend(
    full_store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = uploaded(app_on(page_files.DATA), b"Ana;Dupont\n", name="Ana Dupont, answers.csv")
    assert "Ana Dupont, answers.csv: " in unescaped(app.error[0].value)
    assert "Ana" not in caplog.text


def test_a_file_of_another_kind_is_told_and_the_page_goes_on(full_store: Path) -> None:
    before = stored(full_store)

    app = uploaded(app_on(page_files.DATA), b"name,score\nAtlas,12\n", name="other.csv")

    assert not app.exception
    assert "other.csv: the first line" in text_of(app)
    assert app.button(keys.DATA_SQUAD_OPEN)
    assert stored(full_store) == before


def test_when_the_disk_is_full_the_file_stays_chosen(
    empty_store: Path,
) -> None:
    only = assessment()
    app = uploaded(app_on(page_files.DATA), file_of(only))

    with out_of_reach("add") as text:
        app.button(keys.EXCHANGE_ADD).click().run()
    assert text in text_of(app)
    app.button(keys.EXCHANGE_ADD).click().run()
    assert stored(empty_store) == (only,)


def test_files_for_spreadsheets_are_offered(full_store: Path) -> None:
    app = app_on(page_files.DATA)
    buttons = elements_of(app, "download_button")

    assert [button.label for button in buttons] == [
        "Download everything (ZIP)",
        "Download the checks (CSV)",
        "Download the checks for spreadsheets (CSV)",
        "Download everything as a workbook (XLSX)",
        "A file to fill in (CSV)",
    ]
    assert "write the first one in the place of the example" in buttons[-1].help


@pytest.mark.parametrize(
    ("language", "what", "described"),
    [
        ("en", "Add 1 setup", "Atlas · setup since 1\u00a0Sept\u00a02026"),
        ("fr", "Ajouter 1 organisation", "Atlas · organisation depuis le 1er\u00a0sept.\u00a02026"),
    ],
)
def test_a_file_of_setups_is_recognised_and_added(
    empty_store: Path, language: str, what: str, described: str
) -> None:
    check_setup_added(empty_store, setup(), language, what, described)


@pytest.mark.parametrize(
    ("language", "what", "described"),
    [
        ("en", "Add 1 last day", "Atlas · ended on 1\u00a0Sept\u00a02026"),
        ("fr", "Ajouter 1 dernier jour", "Atlas · dissoute le 1er\u00a0sept.\u00a02026"),
    ],
)
def test_a_file_with_the_end_of_a_squad_is_not_called_a_setup(
    empty_store: Path, language: str, what: str, described: str
) -> None:
    end = setup(seats={}, company=None, ended=True)
    check_setup_added(empty_store, end, language, what, described)


def check_setup_added(
    empty_store: Path, there: Setup, language: str, what: str, described: str
) -> None:
    app = app_on(page_files.DATA, language=language)
    app = uploaded(app, csv_of(SETUPS, [there], FRAMEWORK), name="setups.csv")

    assert not app.exception
    assert [unescaped(row[2]) for row in preview(app)] == [described]
    assert app.button(keys.EXCHANGE_ADD).label == what
    app.button(keys.EXCHANGE_ADD).click().run()
    assert records(empty_store) == (there,)


@pytest.mark.parametrize(("language", "separator"), [("en", b","), ("fr", b";")])
def test_a_file_for_spreadsheets_opens_in_columns_where_its_reader_is(
    full_store: Path, monkeypatch: pytest.MonkeyPatch, language: str, separator: bytes
) -> None:
    made: dict[str, bytes] = {}

    def download(label: str, make: Callable[[], bytes], *, name: str, what: str) -> None:
        made[what] = make()

    monkeypatch.setattr(exchange, "download", download)
    app_on(page_files.DATA, language=language)

    assert made["safe-csv"].startswith(b"\xef\xbb\xbfassessment_id" + separator)


def test_a_file_of_actions_tells_what_differs(empty_store: Path) -> None:
    there, new = action(), action(lever="write-mandates")
    CsvStore(empty_store, FRAMEWORK).add([there, assessment()])
    other = there.model_copy(update={"owner": "po"})

    app = uploaded(app_on(page_files.DATA), csv_of(ACTIONS, [other, new], FRAMEWORK))

    refused, added = preview(app)
    assert "with another owner, and stays as it is" in unescaped(refused[3])
    assert str(added[1:3]).startswith("('Will be added', 'Atlas · ")
    assert app.button(keys.EXCHANGE_ADD).label == "Add 1 action"


def test_a_zip_brings_everything_in_and_the_preview_names_its_files(empty_store: Path) -> None:
    everything = (deep_assessment(), setup(), action(), action())
    app = uploaded(app_on(page_files.DATA), zip_of(everything, FRAMEWORK), name="all.zip")

    assert not app.exception
    assert [unescaped(row[0]) for row in preview(app)] == [
        "assessments.csv",
        "setups.csv",
        "actions.csv",
        "actions.csv",
    ]
    assert app.button(keys.EXCHANGE_ADD).label == "Add 1 check, 1 setup and 2 actions"
    app.button(keys.EXCHANGE_ADD).click().run()
    assert records(empty_store) == everything
    assert "Entries added: 4." in text_of(app)


def test_a_workbook_is_told_to_be_another_kind_of_file(empty_store: Path) -> None:
    data = workbook([assessment()], FRAMEWORK)

    app = app_on(page_files.DATA)
    assert not app.file_uploader[0].proto.type, "the box itself would tell no reason"
    app = uploaded(app, data, name="all.xlsx")

    assert not app.exception
    assert "all.xlsx: this is a workbook of a spreadsheet program" in text_of(app)
