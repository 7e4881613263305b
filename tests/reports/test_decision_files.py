"""What a squad agreed as files, opened again: records, calendar, the charter of one page."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from icalendar import Calendar

from assessment.content.edition import edition_in
from assessment.languages import LANGUAGES
from assessment.reports.decision_files import calendar_file, charter_pdf, records_zip
from assessment.reports.document import agreed_data
from assessment.reports.pdf import pdf
from assessment.reports.web_page import web_page
from assessment.rounds.actions import ActionProgress, is_open
from assessment.rounds.agreements import Agreements
from assessment.scoring.seats import SquadSeats
from assessment.wording.actions import action_status_line
from assessment.wording.briefing import SquadPart, squad_briefing
from assessment.wording.decision_records import (
    charter_sections,
    charter_text,
    chat_lines,
    decision_records,
)
from tests.browser.payloads import PAYLOADS
from tests.builders import action, agreement, confirmation, gathering, setup
from tests.expected import french
from tests.reports.briefings import sample, summary
from tests.reports.reading import PDFTOTEXT, pages_of

TODAY = date(2026, 11, 28)


@cache
def atlas(language: str = "en") -> SquadPart:
    """Atlas of the sample company, seen on 28 November 2026."""
    part = next(
        squad_part for squad_part in sample(language).squads if squad_part.squad.startswith("Atlas")
    )
    return replace(part, today=TODAY)


def records() -> dict[str, str]:
    with ZipFile(io.BytesIO(records_zip(atlas()))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_each_agreement_is_a_record_also_those_that_were_replaced() -> None:
    assert list(records()) == [
        "charter.md",
        "0001-cut-2026-10-26.md",
        "0002-postpone-2025-12-16.md",
        "0003-sprint-content-2025-12-16.md",
        "0004-sprint-content-2026-06-15.md",
        "0005-option-choice-2026-06-16.md",
        "0006-acceptance-criteria-2026-06-15.md",
        "0007-capacity-protection-2026-06-15.md",
    ]


def test_a_record_begins_with_the_usual_front_matter_and_ends_with_an_example_as_such() -> None:
    lines = records()["0004-sprint-content-2026-06-15.md"].splitlines()
    assert lines[:14] == [
        "---",
        'status: "accepted"',
        'date: "2026-06-15"',
        'valid-until: "2027-06-30"',
        'decision-makers: ["PO"]',
        'consulted: ["Tech Lead"]',
        "informed: []",
        'supersedes: "0003-sprint-content-2025-12-16.md"',
        'squad: "Atlas · demo"',
        "---",
        "",
        "# Sprint content",
        "",
        "Sprint content: the PO decides, consults the Tech Lead; if nothing is decided, "
        "→ PM (48 h); until 30\u00a0Jun\u00a02027.",
    ]
    assert lines[-2:] == [
        "",
        "Such a decision, for example: “These seven stories go into the sprint that starts on "
        "Monday.”",
    ]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("0001-cut-2026-10-26.md", "proposed"),
        ("0002-postpone-2025-12-16.md", "deprecated"),
        ("0003-sprint-content-2025-12-16.md", "superseded"),
        ("0007-capacity-protection-2026-06-15.md", "accepted"),
    ],
)
def test_a_record_tells_how_the_agreement_stands(name: str, status: str) -> None:
    assert f'status: "{status}"' in records()[name]


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({}, "proposed"),
        ({"po": "agreed", "tl": "not-agreed"}, "rejected"),
        ({"po": "agreed", "tl": "agreed"}, "deprecated"),
    ],
)
def test_a_record_calls_nothing_agreed_that_never_was_once_its_days_are_over(
    answers: dict[str, str], status: str
) -> None:
    result, made = summary("A").results[0], agreement(squad="A")
    given = [
        confirmation(agreement_id=made.id, role=role, answer=answer)
        for role, answer in answers.items()
    ]
    agreements = Agreements(result.round.framework, (made,), tuple(given))
    part = SquadPart(edition_in("en"), replace(result, agreements=agreements), date(2027, 6, 1))
    (record,) = decision_records(part).values()
    assert f'status: "{status}"' in record


def test_page_chat_and_record_tell_the_same_day_from_which_an_agreement_holds() -> None:
    # It was to hold from 1 September; the last role agreed on 15 October.
    result = summary("A").results[0]
    made = agreement(squad="A", agreed_on=date(2026, 9, 1), valid_until=date(2027, 6, 1))
    given = [
        confirmation(
            agreement_id=made.id, role=role, saved_at=datetime(2026, 10, day, 9, tzinfo=UTC)
        )
        for role, day in (("po", 1), ("tl", 15))
    ]
    agreements = Agreements(result.round.framework, (made,), tuple(given))
    part = SquadPart(edition_in("en"), replace(result, agreements=agreements), TODAY)

    (item,) = part.agreed.items
    assert item.lines[0] == part.edition.words.gettext("From {day}.", day=date(2026, 10, 15))
    assert chat_lines(part)[1].endswith(f"(from {part.edition.words.date(date(2026, 10, 15))})")
    ((name, record),) = decision_records(part).items()
    assert 'date: "2026-10-15"' in record
    assert name == "0001-sprint-content-2026-09-01.md"


def test_the_same_agreements_make_the_same_bytes() -> None:
    assert records_zip(atlas()) == records_zip(atlas())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_holds_the_ends_of_agreements_and_due_actions_alone(language: str) -> None:
    events: list[Any] = list(Calendar.from_ical(calendar_file(atlas(language))).walk("VEVENT"))
    days = {str(event["summary"]): event["dtstart"].dt for event in events}

    assert {type(day) for day in days.values()} == {date}
    assert {event["dtend"].dt - event["dtstart"].dt for event in events} == {timedelta(days=1)}
    assert len({str(event["uid"]) for event in events}) == len(events)
    ends = [day for day in days.values() if day in (date(2026, 12, 15), date(2027, 6, 30))]
    assert sorted(ends) == [date(2026, 12, 15)] * 2 + [date(2027, 6, 30)] * 3
    due = [
        action for action in atlas(language).actions.values() if is_open(action) and action.due_on
    ]
    first_lines = [str(event["description"]).partition("\n")[0] for event in events]
    edition = atlas(language).edition
    states = [action_status_line(edition, action, today=TODAY) for action in due]
    assert states
    assert set(states) <= set(first_lines)
    assert [event["dtstart"].dt for event in events] == sorted(
        event["dtstart"].dt for event in events
    )
    assert len(events) == len(ends)  # an action is due on one of these days
    assert not [event for event in events if "rrule" in event]


@pytest.mark.parametrize(
    ("language", "title", "state"),
    [
        (
            "en",
            "Atlas · demo: “Delegate the technical calls” is overdue",
            "Planned, overdue: it was due 20\u00a0Nov\u00a02026 · PM",
        ),
        (
            "fr",
            french("Atlas · demo : « Déléguez les choix techniques », en retard"),
            french("Prévue, en retard : attendue pour le 20\u00a0nov.\u00a02026 · PM"),
        ),
    ],
)
def test_an_overdue_action_stands_on_the_day_the_file_is_made_where_a_calendar_shows_it(
    language: str, title: str, state: str
) -> None:
    late = action(lever="delegate-calls", due_on=date(2026, 11, 20), owner="pm")
    part = atlas(language)
    decided = (ActionProgress(late, None),)
    part = replace(part, result=replace(part.result, decided=decided))
    events: list[Any] = list(Calendar.from_ical(calendar_file(part)).walk("VEVENT"))
    (overdue,) = (event for event in events if str(event["summary"]) == title)
    assert overdue["dtstart"].dt == TODAY
    assert str(overdue["description"]).startswith(state + "\n")


@pytest.mark.parametrize(
    ("next_on", "days"),
    [
        (date(2027, 1, 12), [date(2027, 1, 12)]),
        (None, []),
        (date(2026, 11, 10), []),  # which has passed
    ],
)
def test_the_calendar_asks_again_on_the_day_that_the_room_chose(
    next_on: date | None, days: list[date]
) -> None:
    part = atlas()
    shown = replace(part.result.round, survey=gathering(next_on=next_on))
    asked_again = replace(part, result=replace(part.result, round=shown))
    events: list[Any] = list(Calendar.from_ical(calendar_file(asked_again)).walk("VEVENT"))
    again = [event for event in events if str(event["summary"]).endswith("ask again")]
    assert [event["dtstart"].dt for event in again] == days


def test_six_plain_lines_are_enough_for_a_chat() -> None:
    lines = chat_lines(atlas())

    assert lines[0] == "Atlas · demo: our agreements as of 28\u00a0Nov\u00a02026 · Sample data"
    assert lines[1] == (
        "- Sprint content: the PO decides, consults the Tech Lead; if nothing is decided, → PM "
        "(48 h); until 30\u00a0Jun\u00a02027 (from 15\u00a0Jun\u00a02026)"
    )
    # One channel was done in July, the vision dropped in June; voices of October differ.
    still = "One channel for urgent requests, Vision not restated and Discovery squeezed"
    assert lines[5:] == (
        "Proposed, waiting for answers: What is cut (CTO and PM).",
        "We will do: Close every ritual on a decision · CPO (Sofia).",
        f"Left open: 3 questions without an action, which we answer differently ({still}).",
    )
    assert not any(mark in "".join(lines) for mark in ("*", "_", "<"))


@pytest.mark.parametrize(
    ("language", "reserved", "refused"),
    [
        (
            "en",
            " · Tech Lead: agrees, with a reservation (Only for a quarter.) (from 4 Nov 2026)",
            "Refused: What is cut (CTO).",
        ),
        (
            "fr",
            " · Tech Lead : d’accord, avec une réserve (Only for a quarter.) (à compter du 4 nov. "
            "2026)",
            "Refus : Ce que l’on coupe (CTO).",
        ),
    ],
)
def test_a_chat_is_told_what_roles_reserve_and_refuse(
    language: str, reserved: str, refused: str
) -> None:
    part = atlas(language)
    held, cut = agreement(squad=part.squad), agreement(squad=part.squad, decision="cut")
    answers = (
        confirmation(agreement_id=held.id, role="po"),
        confirmation(
            agreement_id=held.id,
            role="tl",
            answer="with-reservation",
            reservation="Only for a quarter.",
        ),
        confirmation(agreement_id=cut.id, role="cto", answer="not-agreed"),
    )
    cut = cut.model_copy(update={"decides": "cto", "consulted": ()})
    agreements = Agreements(part.edition.framework, (held, cut), answers)
    lines = chat_lines(replace(part, result=replace(part.result, agreements=agreements)))

    text = [" ".join(line.split()) for line in lines]
    assert text[1].endswith(reserved)
    assert refused in text


def test_a_chat_is_told_that_an_agreement_lacks_a_decider() -> None:
    part = atlas("en")
    held = agreement(squad=part.squad, decides="pm", consulted=())
    seats = SquadSeats(
        part.edition.framework,
        [
            setup(squad=part.squad, seats={"pm": "own", "po": "own"}, since=date(2026, 9, 1)),
            setup(squad=part.squad, seats={"po": "own"}, since=date(2026, 11, 10)),
        ],
    )
    yes = confirmation(agreement_id=held.id, role="pm")
    agreements = Agreements(part.edition.framework, (held,), (yes,), seats_of=lambda _squad: seats)
    lines = chat_lines(replace(part, result=replace(part.result, agreements=agreements)))

    assert lines[1].endswith("(in force without a decider, from 4\u00a0Nov\u00a02026)")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1 action overdue since 20 Nov 2026: Delegate the technical calls · PM."),
        ("fr", "1 action en retard depuis le 20 nov. 2026 : Déléguez les choix techniques · PM."),
    ],
)
def test_a_chat_is_told_what_is_overdue_beside_what_is_agreed(language: str, text: str) -> None:
    late = action(lever="delegate-calls", due_on=date(2026, 11, 20), owner="pm")
    part = atlas(language)
    decided = (*part.result.decided, ActionProgress(late, None))
    lines = chat_lines(replace(part, result=replace(part.result, decided=decided)))
    assert text in [line.replace("\xa0", " ") for line in lines]


@pytest.mark.parametrize(
    ("language", "to_do", "more"),
    [
        ("en", "- Delegate the technical calls · PM · 15 Dec 2026", "- and 7 more actions"),
        ("fr", "- Déléguez les choix techniques · PM · 15 déc. 2026", "- et 7 autres actions"),
    ],
)
def test_without_an_agreement_a_chat_is_told_the_verdict_and_what_is_to_be_done(
    language: str, to_do: str, more: str
) -> None:
    decided = tuple(
        ActionProgress(action(lever="delegate-calls", due_on=day, owner="pm"), None)
        for day in (date(2026, 12, 15), *[date(2026, 12, 16)] * 9)
    )
    part = atlas(language)
    none = Agreements(part.edition.framework)
    part = replace(part, result=replace(part.result, decided=decided, agreements=none))
    lines = chat_lines(part)
    assert part.verdict in lines[0]
    assert lines[1].replace("\xa0", " ") == to_do
    assert all(line.startswith(to_do.split(" · ")[0]) for line in lines[1:4])
    assert lines[4].replace("\xa0", " ") == more
    assert len(lines) == 6


LINK = "![ok](https://evil.test/px.png) [sign here](https://evil.test/login)"
AS_TEXT = r"!\[ok](https://evil.test/px.png) \[sign here](https://evil.test/login)"


def written_by_people(squad: str) -> SquadPart:
    """A squad's part whose every text would be a link, HTML, a heading or a task in Markdown."""
    result, made = (
        summary("A").results[0],
        agreement(squad=squad, limits=LINK, escalation="# **B**"),
    )
    given = [
        confirmation(
            agreement_id=made.id,
            squad=squad,
            role=role,
            answer="with-reservation",
            reservation=reservation,
        )
        for role, reservation in (("po", LINK), ("tl", "<img src=x onerror=fired(1)>"))
    ]
    todo = action(squad=squad, note="- [ ] x\n\n# Fake\n- [ ] y", owner=None, owner_name="_Zoë_")
    result = replace(
        result,
        round=replace(result.round, squad=squad),
        agreements=Agreements(result.round.framework, (made,), tuple(given)),
        decided=(ActionProgress(todo, None),),
    )
    return SquadPart(edition_in("en"), result, TODAY)


def test_what_people_wrote_is_text_in_charter_and_records() -> None:
    part = written_by_people("[Z](//evil.test) **B**")
    charter, (record,) = charter_text(part), decision_records(part).values()

    assert charter.startswith("# Charter of \\[Z](//evil.test) \\*\\*B\\*\\*\n")
    assert "\n- \\- \\[ ] x # Fake - \\[ ] y (lever: " in charter
    assert "\\_Zoë\\_" in charter
    assert record.splitlines()[8] == 'squad: "\\u005bZ](//evil.test) **B**"'
    for text in (charter, record):
        assert text.count(AS_TEXT) == 2
        assert "# \\*\\*B\\*\\*" in text
        assert "\\<img src=x onerror=fired(1)>" in text
        assert not re.search(r"(?<!\\)(\[\w|\*|<)", text.partition("\n# ")[2])


@pytest.mark.parametrize("squad", [*PAYLOADS, "a: b", "# x", '"\\', "Équipe 😀", "x\uffff"])
def test_the_front_matter_is_one_value_a_line(squad: str) -> None:
    (record,) = decision_records(written_by_people(squad)).values()
    name, _, value = record.splitlines()[8].partition(": ")
    assert (name, json.loads(value)) == ("squad", squad)
    assert not set("[<\uffff") & set(value)


def test_the_charter_tells_what_holds_before_what_is_over() -> None:
    over = agreement(agreed_on=date(2026, 9, 1), valid_until=date(2026, 10, 1))
    holding = agreement(decision="cut", agreed_on=date(2026, 11, 2))
    result = summary("Atlas").results[0]
    both = replace(result, agreements=Agreements(result.round.framework, (over, holding)))
    section, *_ = charter_sections(SquadPart(edition_in("en"), both, TODAY))

    assert [line.text.partition(":")[0] for line in section.lines] == [
        "What is cut",
        "Sprint content",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_holds_comes_first_in_files_and_what_is_refused_last_and_says_so(
    language: str,
) -> None:
    refused, waiting, holding, over = (
        agreement(decision=of, agreed_on=date(2026, month, 2), valid_until=until)
        for of, month, until in (
            ("cut", 11, date(2027, 5, 4)),
            ("first", 10, date(2027, 5, 4)),
            ("sprint-content", 9, date(2027, 5, 4)),
            ("bets", 2, date(2026, 10, 1)),
        )
    )
    given = [
        confirmation(agreement_id=made.id, role=role, answer=answer)
        for made, answer in ((refused, "not-agreed"), (holding, "agreed"), (over, "agreed"))
        for role in ("po", "tl")
    ]
    result = summary("Atlas").results[0]
    agreements = Agreements(result.round.framework, (refused, waiting, holding, over), tuple(given))
    part = squad_briefing(
        edition_in(language), replace(result, agreements=agreements), today=TODAY
    ).squads[0]
    in_order = [holding, waiting, over, refused]
    names = [part.edition.decision(made.decision) for made in in_order]
    section, *_ = charter_sections(part)
    data = agreed_data(part.agreed)

    assert [item.agreement for item in part.agreed.in_files] == in_order
    assert data is not None
    assert all(map(str.startswith, [item["sentence"] for item in data["items"]], names))
    assert all(map(str.startswith, [line.text for line in section.lines], names))
    state = {"en": "Refused by 2 roles", "fr": "Refusé par 2 rôles"}[language]
    assert section.lines[3].text.endswith(f" · {state}")
    assert section.lines[0].text == part.agreed.in_files[0].sentence


def test_a_note_of_many_lines_is_one_line_of_a_chat() -> None:
    part = atlas()
    decided = (ActionProgress(action(note="x\n- forged\n" * 15, due_on=None), None),)
    none = Agreements(part.edition.framework)
    lines = chat_lines(replace(part, result=replace(part.result, decided=decided, agreements=none)))
    assert len("\n".join(lines).splitlines()) == len(lines) <= 6


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext reads the file")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charter_is_one_page_with_every_agreement(language: str) -> None:
    pages = pages_of(charter_pdf(atlas(language)))

    assert len(pages) == 1
    text = " ".join(pages[0].split())
    for item in atlas(language).agreed.items:
        assert item.status in text
        assert item.sentence.split(":")[0].strip() in text
        assert " ".join(item.example.split()) in text
    clear = atlas(language).agreed.clear
    assert len(clear) == 13
    for clear_decision in clear:
        assert " ".join(clear_decision.sentence.split()) in text


@pytest.mark.parametrize(
    ("language", "for_example"),
    [
        ("en", "Such a decision, for example: “"),
        ("fr", french("Une décision de ce type, par exemple : « ")),
    ],
)
def test_no_example_of_the_questionnaire_reads_as_the_words_of_the_squad(
    language: str, for_example: str
) -> None:
    part = atlas(language)
    texts = (charter_text(part), *decision_records(part).values())
    lines = [line.strip() for text in texts for line in text.splitlines()]
    decisions = part.edition.texts.lenses.decisions.values()
    examples = [line for line in lines if any(shown.example in line for shown in decisions)]

    assert len(examples) == len(part.agreed.items) + len(part.agreed.clear) + len(texts) - 1
    assert [line for line in examples if not line.startswith(for_example)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_charter_ends_twice(language: str) -> None:
    part = atlas(language)
    reserved = tuple(
        confirmation(
            confirmation_id=uuid4(),
            agreement_id=item.agreement.id,
            squad=item.agreement.squad,
            role=item.agreement.decides,
            answer="with-reservation",
            reservation="Only what fits the sprint.",
        )
        for item in part.agreed.items
    )
    every = tuple(item.agreement for item in part.agreed.items)
    agreements = Agreements(part.edition.framework, every, reserved)
    charter = charter_sections(replace(part, result=replace(part.result, agreements=agreements)))

    lines = [text for section in charter for line in section.lines for text in line.behind]
    assert any("Only what fits the sprint" in line for line in lines)
    assert [line for line in lines if ". ·" in line or ".”." in line or ".\u202f»." in line] == []


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext reads the file")
@pytest.mark.parametrize(
    ("language", "heading", "nobody"),
    [
        ("en", "What we will do", "nobody named yet"),
        ("fr", "Ce que nous allons faire", "personne n’est encore désigné"),
    ],
)
def test_the_charter_tells_what_is_to_be_done_in_whose_words_and_that_nobody_owns_it(
    language: str, heading: str, nobody: str
) -> None:
    part = atlas(language)
    decided = (
        action(action_id=uuid4(), lever="single-channel", owner=None, note="Ana lists tickets."),
        action(action_id=uuid4(), lever="restate-vision", owner="pm"),
        action(action_id=uuid4(), lever="seat-a-pm", status="done", ended_on=TODAY),
    )
    result = replace(part.result, decided=tuple(ActionProgress(line, None) for line in decided))
    with_actions = replace(part, result=result)
    levers = part.edition.texts.levers

    text = " ".join(" ".join(pages_of(charter_pdf(with_actions))).split())

    done = text.partition(heading)[2]
    lever = levers["single-channel"].title
    own_words = part.edition.words.gettext(
        "{words} (lever: {lever})", words="Ana lists tickets", lever=lever
    )
    assert " ".join(f"{own_words} · {nobody}".split()) in done
    assert f"{levers['restate-vision'].title} · PM" in done
    assert levers["seat-a-pm"].title not in done


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext reads the file")
def test_documents_tell_what_was_agreed_without_a_deep_check_too() -> None:
    result = summary("A").results[0]
    assert not result.round.deep_answers
    agreements = Agreements(result.round.framework, (agreement(squad="A"),))
    take_away = squad_briefing(
        edition_in("en"), replace(result, agreements=agreements), today=TODAY
    )

    sentence = "Sprint content: the PO decides, consults the Tech Lead"
    assert sentence in web_page(take_away).decode()
    assert sentence in " ".join(" ".join(pages_of(pdf(take_away))).split())
