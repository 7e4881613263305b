"""Answers that must stay hidden are on no page and in no file, for editors either."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from assessment.access.invitations import answer_as_stored, revealed
from assessment.content.loading import shipped_framework
from assessment.exchange.archives import is_zip
from assessment.languages import LANGUAGES
from assessment.model import Assessment, Survey
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Record
from assessment.ui.manage import squads
from assessment.ui.session import keys, page_files
from tests.builders import assessment, gathering, squads_of
from tests.deep_examples import deep, deep_only, on
from tests.examples import EXAMPLE_1 as HEALTHY
from tests.examples import HALF
from tests.pages.app import (
    app_on,
    records,
    text_of,
    with_rows_selected,
    with_rows_ticked,
    with_squad_open,
)
from tests.pages.app import page_files as every_page
from tests.pages.visitors import everything

NOW = datetime(2026, 11, 10, 15, 42, tzinfo=UTC)
WAITING = gathering(squad="Atlas", privacy="open")
SECRET = gathering(squad="Cobalt")
SHOWN = revealed(gathering(squad="Boréal"), voices=5, now=NOW)
HIDDEN = ("Alias-hidden", "Note-hidden")


def voices(count: int, of: Survey, answers: dict[str, str] = HALF) -> list[Assessment]:
    sent = [
        assessment(voice="Alias-hidden", note="Note-hidden", answers=answers, saved_at=NOW)
        for _ in range(count)
    ]
    return [answer_as_stored(answer, of) for answer in sent]


IN_ATLAS, IN_COBALT, IN_BOREAL = voices(3, WAITING), voices(7, SECRET), voices(5, SHOWN)
ALONE = assessment(squad="Atlas", answers=HALF)


@pytest.fixture
def company(empty_store: Path) -> Path:
    """A check, an open and a confidential round that are not revealed, and one that is."""
    CsvStore(empty_store, shipped_framework()).add(
        [WAITING, SECRET, SHOWN, *IN_ATLAS, *IN_COBALT, *IN_BOREAL, ALONE]
    )
    return empty_store


def unpacked(data: bytes) -> bytes:
    """What a file says, and what is packed in it."""
    if not is_zip(data):
        return data
    with ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("page", every_page())
def test_no_page_and_no_file_holds_them(
    page: str, company: Path, files: list[Callable[[], bytes]]
) -> None:
    app = app_on(page)

    assert not app.exception
    sent = everything(app).encode() + b"".join(unpacked(make()) for make in files)
    assert [word for word in HIDDEN if word.encode() in sent] == []
    if page == page_files.DATA:
        assert sent.count(str(ALONE.assessment_id).encode()) >= 4, "what may be shown is there"
    # Of a confidential round not even what was revealed stands anywhere one by one.
    ids = [str(answer.assessment_id).encode() for answer in (*IN_ATLAS, *IN_COBALT, *IN_BOREAL)]
    assert [answer for answer in ids if answer in sent] == []


def test_voices_of_a_confidential_round_stand_in_one_line(company: Path) -> None:
    listed = app_on(page_files.DATA).dataframe[0].value

    assert list(listed["Squad"]) == ["Atlas", "Boréal"]
    assert list(listed["Voice"]) == ["", "5 voices"]
    assert list(listed["Note"]) == ["", "Confidential session"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "10 answers to sessions are stored as well"),
        ("fr", "10 réponses à des sessions sont aussi enregistrées"),
    ],
)
def test_the_data_page_tells_how_many_there_are(language: str, text: str, company: Path) -> None:
    assert text in text_of(app_on(page_files.DATA, language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_a_round_that_is_not_stored_here_are_told_also_where_nothing_else_is(
    language: str, empty_store: Path
) -> None:
    CsvStore(empty_store, shipped_framework()).add(IN_COBALT)

    app = app_on(page_files.DATA, language=language)

    text = {
        "en": "7 answers belong to a session that is not stored here",
        "fr": "7 réponses appartiennent à une session qui n’est pas enregistrée ici",
    }
    assert text[language] in text_of(app)
    assert everything(app).count(str(IN_COBALT[0].assessment_id)) == 0


def test_a_voice_of_a_confidential_round_is_not_offered_for_deletion(company: Path) -> None:
    app = app_on(page_files.DATA)
    table = app.dataframe[0].value
    (confidential,) = [row for row, note in enumerate(table["Note"]) if "Confidential" in note]
    assert table["Voice"][confidential] == "5 voices"
    with_rows_ticked(app, confidential)

    assert "are deleted all together, with their squad" in text_of(app)
    assert not [button for button in app.button if button.key == keys.DATA_DELETE]


def left(folder: Path, squad: str) -> list[Record]:
    """What is stored of a squad."""
    return [record for record in records(folder) if squads_of(record) == (squad,)]


def test_deleting_a_squad_takes_its_rounds_and_their_hidden_answers_along(company: Path) -> None:
    app = app_on(page_files.DATA)
    with_squad_open(app, "cobalt")
    assert "This removes 7 checks and 1 session of Cobalt" in text_of(app)

    app.button(keys.SQUADS_DELETE).click().run()

    assert not app.exception
    assert "Entries deleted: 8." in text_of(app)
    assert left(company, "Cobalt") == []
    assert len(left(company, "Atlas")) == 5


def test_renaming_a_squad_takes_its_rounds_and_their_hidden_answers_along(company: Path) -> None:
    app = app_on(page_files.DATA)
    with_squad_open(app, "cobalt")
    app.text_input(keys.new_name("cobalt")).set_value("Cirrus").run()

    app.button(keys.SQUADS_RENAME).click().run()

    assert len(left(company, "Cirrus")) == 8


def test_one_voice_that_a_browser_names_all_the_same_stays(company: Path) -> None:
    app = app_on(page_files.DATA)
    names = list(app.dataframe[0].value["Squad"])
    with_rows_selected(app, names.index("Atlas"))
    with pytest.MonkeyPatch.context() as patch:
        original = squads._delete
        one = [IN_BOREAL[0].assessment_id]
        patch.setattr(squads, "_delete", lambda _ids, done: original(one, done))
        app.run()
        app.button(keys.DATA_DELETE_CONFIRM).click().run()

    assert "all together or not at all" in text_of(app)
    assert len(left(company, "Boréal")) == 6


@pytest.mark.parametrize(
    ("language", "on_the_wall", "on_a_chip"),
    [
        (
            "en",
            "3 questions hidden: fewer than 5 answers",
            "Clear mandates: hidden, fewer than 5 answers",
        ),
        (
            "fr",
            "3 questions masquées : moins de 5 réponses",
            "Mandats clairs : réponses masquées, moins de 5",
        ),
    ],
)
def test_what_too_few_answered_is_said_to_be_hidden_and_not_how_many_did(
    language: str, on_the_wall: str, on_a_chip: str, empty_store: Path
) -> None:
    blank = {"single-channel", "late-scope", "mandates-clear"}
    fewer = {item: option for item, option in HEALTHY.items() if item not in blank}
    answers = voices(4, SHOWN, HEALTHY) + voices(1, SHOWN, fewer)
    CsvStore(empty_store, shipped_framework()).add([SHOWN, *answers])
    room = app_on(page_files.ROOM, language=language, survey=str(SHOWN.id), step="headline")
    assert on_the_wall in everything(room).replace("\xa0", " ")
    page = text_of(app_on(page_files.SQUAD, language=language, squad="Boréal"))
    assert on_a_chip in page.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "hidden", "none"),
    [
        (
            "en",
            "hidden, fewer than 5 answers",
            ("no answers", " 0 voices", "then 0", "nobody said", "two voices"),
        ),
        (
            "fr",
            "réponses masquées, moins de 5",
            ("aucune réponse", " 0 voix", "puis 0", "personne n'a dit", "deux réponses"),
        ),
    ],
)
def test_of_a_session_with_too_few_voices_in_each_half_no_page_or_file_says_that_none_answered(
    language: str,
    hidden: str,
    none: tuple[str, ...],
    empty_store: Path,
    files: list[Callable[[], bytes]],
) -> None:
    asked = SHOWN.changed(depth="deep", released=True)
    quick = [assessment(squad="Boréal", answers=HEALTHY) for _ in range(3)]
    named = deep(deciders=on("daily", ("po",)))
    by_half = [*quick, *(deep_only(squad="Boréal", deep=named) for _ in range(2))]
    sent = [answer_as_stored(answer, asked) for answer in by_half]
    store = CsvStore(empty_store, shipped_framework())
    store.add([asked, *sent])
    check_hidden(language, hidden, none, also_on=page_files.HOME)
    store.add([assessment(squad="Boréal", answers=HEALTHY, assessed_on=date(2026, 9, 7))])
    check_hidden(language, hidden, none)
    for make in files:
        made = unpacked(make()).decode("utf-8", "ignore").replace("\xa0", " ")
        assert [word for word in none if word in made] == []


def check_hidden(language: str, hidden: str, none: tuple[str, ...], *, also_on: str = "") -> None:
    """Pages say of what is hidden that it is, and none that nobody answered."""
    results = (page_files.SQUAD, page_files.LEADERSHIP, page_files.COMPARE, page_files.TRENDS)
    for page in (page_files.HOME, *results):
        app = app_on(page, language=language)
        told = everything(app).replace("\u2060", "").replace("\xa0", " ").replace("\\", "")
        assert not app.exception
        assert [word for word in none if word in told] == [], page
        if page in (page_files.SQUAD, page_files.LEADERSHIP, also_on):
            assert hidden in told, page
