"""A round opened with one-time codes: slips to print, one answer each, refused with a reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from assessment.access.codes import written
from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.reports.slips import Slip, slips_page
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Stored
from assessment.ui.check import unfinished
from assessment.ui.guard import shared_links
from assessment.ui.rounds import slips
from assessment.ui.session import keys, page_files
from tests.examples import EXAMPLE_1 as HEALTHY
from tests.pages.app import app_on, double_click, text_of
from tests.pages.test_rounds import answer, arrive, fill, send, step
from tests.pages.visitors import everything, known_link

pytestmark = pytest.mark.usefixtures("secrets")


def with_codes(people: int, *, privacy: str = "open") -> AppTest:
    """The page after a round was opened with so many codes."""
    app = app_on(page_files.ROUNDS)
    app.radio(keys.ROUNDS_PRIVACY).set_value(privacy)
    app.radio(keys.ROUNDS_WAY_IN).set_value("codes").run()
    app.number_input(keys.ROUNDS_PEOPLE).set_value(people)
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Atlas").run()
    return app.button(keys.ROUNDS_OPEN).click().run()


def codes_of(app: AppTest) -> tuple[str, ...]:
    new = app.session_state[keys.ROUNDS_MADE]
    assert isinstance(new, slips.NewCodes)
    return new.codes


def stored(folder: Path) -> Stored:
    return CsvStore(folder, shipped_framework()).read()


def test_a_round_opened_with_codes_has_slips_and_no_link(empty_store: Path) -> None:
    app = with_codes(3)
    codes = codes_of(app)

    assert "3 one-time codes for Atlas are ready" in text_of(app)
    assert [survey.expected for survey in stored(empty_store).surveys] == [3]
    assert len(codes) == 3
    assert [link.kind for link in shared_links.links()] == ["code"] * 3
    assert shared_links.listed_links() == ()
    held = b"".join(path.read_bytes() for path in empty_store.glob("*.csv*"))
    assert not any(code.encode() in held for code in codes)
    app.button(keys.ROUNDS_DONE).click().run()
    assert not any(code in everything(app) for code in codes)


def test_codes_are_shown_until_they_are_printed_or_the_session_is_over(empty_store: Path) -> None:
    app = with_codes(2)
    (survey,) = stored(empty_store).surveys
    another_tab = app_on(page_files.ROUNDS)
    another_tab.button(keys.of_survey("close", survey.id)).click().run()
    assert "2 one-time codes for Atlas are ready" in text_of(app.run())

    another_tab.button(keys.of_survey("delete", survey.id)).click().run()

    assert "one-time codes for Atlas" not in text_of(app.run())
    assert app.button(keys.ROUNDS_OPEN)


def test_each_code_answers_once_in_whatever_browser(empty_store: Path) -> None:
    first, second = codes_of(with_codes(2, privacy="confidential"))

    answer(first, HEALTHY)
    again = arrive(first)
    answer(written(second).lower(), HEALTHY)  # as somebody types it from a slip

    assert "This code was used already" in text_of(again)
    assert len(stored(empty_store).assessments) == 2
    assert "This code was used already" in text_of(arrive(second))


def test_several_codes_that_come_to_one_browser_answer_once_each(empty_store: Path) -> None:
    first, second = codes_of(with_codes(2))
    app = answer(first, HEALTHY)

    app.query_params["link"] = second
    send(fill(app.run(), HEALTHY))

    assert len(stored(empty_store).assessments) == 2


def test_a_code_that_was_used_meanwhile_is_refused_with_its_reason(empty_store: Path) -> None:
    (code,) = codes_of(with_codes(1))
    slow = step(fill(arrive(code), HEALTHY), unfinished.SEND)
    answer(code, HEALTHY)

    send(slow)

    assert len(stored(empty_store).assessments) == 1
    assert "was used already" in text_of(slow)


def test_the_same_answers_sent_again_by_a_code_are_taken_when_no_more_may_come(
    empty_store: Path, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets.write_text("[access]\nanswers_per_link = 1\n", encoding="utf-8")
    (code,) = codes_of(with_codes(1))
    app = fill(arrive(code), HEALTHY)
    add = CsvStore.add

    def lost_once(*given: Any, **further: Any) -> NoReturn:
        monkeypatch.setattr(CsvStore, "add", add)
        add(*given, **further)
        raise StorageError("nobody can tell whether this was done")

    monkeypatch.setattr(CsvStore, "add", lost_once)

    assert "Thank you" in text_of(double_click(app, keys.ROUND_SEND))
    assert len(stored(empty_store).assessments) == 1


def test_an_unknown_code_opens_nothing(empty_store: Path) -> None:
    with_codes(1)

    page = arrive("0000-0000-0000-0000")

    assert "Begin" not in [button.label for button in page.button]
    assert "This link" in text_of(page)


def test_what_is_kept_of_a_used_code_tells_no_time_in_a_confidential_round(
    empty_store: Path,
) -> None:
    (code,) = codes_of(with_codes(1, privacy="confidential"))
    (issued,) = shared_links.links()

    answer(code, HEALTHY)

    issued, used = shared_links.links()
    assert used.kind == "used code"
    assert (used.created_at, used.expires_at) == (issued.created_at, issued.expires_at)


def test_the_slips_hold_a_code_an_address_and_a_qr_code_each() -> None:
    page = slips_page(
        [Slip("0123-4567-89AB-CDEF", "https://x.example/round?link=0123-4567-89AB-CDEF")] * 2,
        language="fr",
        title="<Atlas>",
        lines=("14 questions",),
        alt="QR code",
    ).decode()

    assert page.count("0123-4567-89AB-CDEF</code>") == 2
    assert page.count("data:image/svg+xml") == 2
    assert "&lt;Atlas&gt;" in page
    assert '<html lang="fr">' in page
    assert re.findall(r'(?:src|href)="(?!data:)', page) == []


def test_a_link_to_a_session_with_codes_is_told_of_them_before_any_question(
    empty_store: Path, secrets: Path
) -> None:
    (code,) = codes_of(with_codes(1))
    (survey,) = stored(empty_store).surveys
    _link, token = known_link("invite", round_id=survey.id)

    page = arrive(token)

    assert "open the address on your slip" in text_of(page)
    assert "Begin" not in [button.label for button in page.button]
    answer(code, HEALTHY)
    assert len(stored(empty_store).assessments) == 1


def test_the_room_of_a_session_with_codes_offers_no_link_that_nobody_could_use(
    empty_store: Path, secrets: Path
) -> None:
    secrets.write_text('[access]\naddress = "https://decides.example.org"\n', encoding="utf-8")
    with_codes(2)
    (survey,) = stored(empty_store).surveys

    room = app_on(page_files.ROOM, survey=str(survey.id))

    assert "with the code on their slip" in everything(room)
    assert keys.ROOM_INVITE not in {button.key for button in room.button}
