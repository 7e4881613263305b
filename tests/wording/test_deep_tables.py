"""The deep check as frames: who decides, fit, lenses, signs, what is contested."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from assessment.content.edition import Edition, edition_in
from assessment.model import Setup
from assessment.rounds.agreements import Agreements
from assessment.rounds.board import DecisionAcross
from assessment.rounds.history import History
from assessment.rounds.results import Result
from assessment.rounds.round import Round
from assessment.wording import frames, method_tables, scores, tables
from assessment.wording.deep_briefing import DeepPart
from tests.builders import assessment, deep_assessment, gathering
from tests.deep_examples import (
    DECISIONS,
    FRAMEWORK,
    Deciders,
    deep,
    deep_only,
    on,
    seats,
    setup,
)
from tests.examples import EXAMPLE_1, HALF, LEVELS

EN, FR = edition_in("en"), edition_in("fr")
PM_AND_PO = setup("pm", "po")


def values(column: pd.Series) -> list[object]:
    return [None if pd.isna(value) else value for value in column]


def round_of(*voices: Deciders, seated: Setup | None = PM_AND_PO) -> Round:
    saved = [deep_only(deep=deep(deciders=answers)) for answers in voices]
    (unit,) = History(FRAMEWORK, saved, "month", [seated] if seated else []).all_rounds()
    return unit


def cells(unit: Round, decision: str) -> dict[str, tuple[str, int, str]]:
    """Reference, voices and mark of a decision, by role."""
    frame = frames.decider_rows(EN, unit)
    rows = frame[frame["decision"] == decision]
    return {
        str(row["role"]): (row["reference"], row["named"], row["mark"])
        for row in rows.to_dict("records")
    }


# Who decides --------------------------------------------------------------------------------------


def test_the_map_sets_who_is_named_against_who_should_decide() -> None:
    unit = round_of(
        on("vision", ("po", "pm")), on("vision", ("po", "cto")), on("vision", ("nobody",))
    )

    assert cells(unit, "priority-segment") == {
        "lead": ("decides", 0, ""),
        "cpo": ("decides", 0, ""),
        "cto": ("consulted", 1, "outside"),
        "pm": ("decides", 1, "fits"),
        "po": ("must-not", 2, "must-not"),
        "em": ("must-not", 0, ""),
        "tl": ("must-not", 0, ""),
        "team": ("must-not", 0, ""),
        "nobody": ("", 1, "nobody"),
        "unclear": ("", 0, ""),
    }


def test_the_map_has_every_decision_by_every_role_answered_or_not() -> None:
    frame = frames.decider_rows(FR, round_of(on("vision", ("unclear",))))

    assert list(frame.columns) == [
        "level",
        "level_name",
        "level_short",
        "decision",
        "decision_short",
        "health",
        "contested",
        "nobodys",
        "role",
        "role_name",
        "reference",
        "expected",
        "named",
        "voices",
        "mark",
        "unanswered",
    ]
    assert len(frame) == 19 * 10
    assert list(dict.fromkeys(frame["decision"])) == [d for ids in DECISIONS.values() for d in ids]
    first = frame[frame["decision"] == "priority-segment"]
    assert list(first["role_name"])[-3:] == ["Équipe", "Personne", "Pas clair ici"]
    assert list(first["mark"])[-2:] == ["", "unclear"]
    assert set(first["voices"]) == {1}
    assert set(first["health"]) == {0}
    assert frame[frame["decision"] == "bets"]["health"].isna().all()


def test_an_empty_seat_is_shown_and_an_absent_one_is_not() -> None:
    empty = setup(seats=seats("pm", tl="empty", em="absent"))

    vision = cells(round_of(on("vision", ("pm",)), seated=empty), "priority-segment")
    assert vision["tl"] == ("other", 0, "")  # whose place it would not be to decide
    shown = cells(round_of(on("daily", ("pm",)), seated=empty), "sprint-content")

    assert shown["tl"] == ("vacant", 0, "")
    assert "em" not in shown
    assert "po" not in shown
    assert shown["pm"] == ("decides", 1, "fits")


def test_squads_are_compared_by_the_states_of_decisions_and_the_fit_of_every_level() -> None:
    # The PO decides daily matters, the CPO must not: fit 1 and 0, one voice each.
    unit = round_of(on("daily", ("po",)), on("daily", ("cpo",)))

    assert tables.state_and_fit_cells(EN, unit) == {
        "Clear decisions": "0",
        "Contested decisions": "1",
        "Decisions without a decider": "0",
        "Vision": "–",
        "Strategy": "–",
        "Arbitration": "–",
        "Daily": "50",
        "Delivery": "–",
    }


def test_without_a_setup_every_role_is_shown() -> None:
    shown = cells(round_of(on("vision", ("cpto",)), seated=None), "priority-segment")

    assert list(shown)[:4] == ["lead", "cpo", "cto", "cpto"]
    assert shown["cpto"] == ("decides", 1, "fits")


def decisions_of(edition: Edition, unit: Round) -> pd.DataFrame:
    return DeepPart(edition, Result(unit, None, "", Agreements(FRAMEWORK))).map_picture.table.cells


@pytest.mark.parametrize(
    ("edition", "hidden"),
    [(EN, "hidden, fewer than 3 answers"), (FR, "réponses masquées, moins de 3")],
)
def test_a_decision_that_two_answered_in_confidence_is_said_to_be_hidden_and_not_to_have_no_voice(
    edition: Edition, hidden: str
) -> None:
    secret = gathering(privacy="confidential", least_voices=3, depth="deep")
    named = {"bets": ("cpo",), "cut": ("pm",)}
    said = [named, named, {"bets": ("cpo",)}]
    voices = [deep_assessment(gathering=secret.id, deep={"deciders": of}) for of in said]
    (unit,) = History(FRAMEWORK, voices, "month", surveys=[secret]).rounds("Atlas")
    part = DeepPart(edition, Result(unit, None, "", Agreements(FRAMEWORK)))

    frame = part.map_picture.table.cells
    cells = {row[1]: row for row in frame.itertuples(index=False)}

    # Who decides today, state, fit and voices.
    assert cells[edition.decision("cut")][3:] == (hidden, "–", "–", "–")
    assert cells[edition.decision("bets")][-1] == "3"
    by_name = {decision.name: decision for decision in part.decisions}
    assert by_name[edition.decision("cut")].voices is None
    said_of_it = f"{edition.decision('cut')}: {hidden}."
    assert said_of_it in by_name[edition.decision("cut")].sentence.replace("\xa0:", ":")


def test_decisions_as_people_read_them() -> None:
    empty = setup(seats=seats(em="absent", tl="absent"))
    unit = round_of(on("daily", ("team",)) | on("vision", ("cpo", "team")), seated=empty)

    frame = decisions_of(EN, unit)

    assert frame.iloc[0].tolist() == [
        "Vision",
        "Priority segment",
        "Leadership and CPO",
        "CPO and Team",
        "Clear",
        "50",
        "1",
    ]
    assert frame.iloc[11].tolist() == [
        "Daily product decisions",
        "Sprint content",
        "vacant",
        "Team",
        "Clear",
        "0",
        "1",
    ]
    assert frame.iloc[1, 3:].tolist() == ["–", "–", "–", "0"]
    assert list(decisions_of(FR, unit).columns) == [
        "Niveau",
        "Décision",
        "Devrait décider",
        "Décide aujourd’hui",
        "État",
        "Adéquation",
        "Voix",
    ]


# Fit and lenses -----------------------------------------------------------------------------------


def atlas() -> tuple[Round, ...]:
    """August and September: daily fit 0 then 100, rituals 50 then 100, maturity 50 then 100."""
    saved = [
        assessment(
            assessed_on=date(2026, month, 3),
            answers=sheet,
            deep=deep(
                deciders=on("daily", named),
                options={"product-review": held},
                signs={"open-questions": questions},
            ),
        )
        for month, sheet, named, held, questions in (
            (8, HALF, ("pm",), "held", 20),
            (9, EXAMPLE_1, ("po",), "decides", 8),
        )
    ]
    return History(FRAMEWORK, saved, "month").rounds("Atlas")


def test_fit_stands_beside_maturity_with_its_change() -> None:
    august, september = atlas()

    frame = frames.fit_rows(EN, september, august)

    assert list(frame["level"]) == list(LEVELS)
    assert values(frame["score"]) == [100] * 5
    assert values(frame["fit"]) == [None, None, None, 100, None]
    assert values(frame["coverage"]) == [0, 0, 0, 0.25, 0]
    assert values(frame["change"]) == [None, None, None, 100, None]
    assert values(frame["lower"]) == [None, None, None, 100, None]
    assert values(frame["clear"]) == ["–", "–", "–", "1/1", "–"]
    assert values(frames.fit_rows(EN, september)["change"]) == [None] * 5


def test_lenses_stand_with_what_is_in_trouble() -> None:
    august, september = atlas()

    frame = frames.lens_rows(EN, august)
    later = frames.lens_rows(EN, september, august)

    assert list(frame["lens"]) == [
        "who-decides",
        "frontier",
        "pm-practice",
        "rituals",
        "rhythm",
        "cpo-seat",
    ]
    assert values(frame["score"]) == [0, None, None, 50, None, None]
    assert list(frame["trouble"]) == ["Sprint content", "", "", "Product Review", "", ""]
    assert list(frame["missing"]) == ["", "not answered", "not answered", "", *["not answered"] * 2]
    assert values(later["change"]) == [100, None, None, 50, None, None]


def test_a_lens_that_does_not_apply_is_not_a_lens_without_answers() -> None:
    squad = round_of(on("daily", ("po",)), seated=setup("po"))
    frame = frames.lens_rows(EN, squad)

    readable = tables.readable_lenses(EN, scores.lens_parts(EN, squad))

    assert list(frame["missing"]) == [
        "",
        "not answered",
        "does not apply in this setup",
        *["not answered"] * 3,
    ]
    assert list(readable["Score"]) == ["100", *frame["missing"][1:]]
    assert readable["In trouble"].iloc[0] == "–"


def test_what_few_answered_in_confidence_is_hidden_and_not_unanswered() -> None:
    secret = gathering(privacy="confidential", least_voices=3, depth="deep")
    saved = [
        deep_only(deep=deep(deciders=on("daily", ("po",))), gathering=secret.id) for _ in range(3)
    ]
    (shown,) = History(FRAMEWORK, saved, "month", surveys=[secret]).rounds("Atlas")

    hidden = "hidden, fewer than 3 answers"
    assert list(frames.lens_rows(EN, shown)["missing"]) == ["", *[hidden] * 5]
    fit = frames.fit_rows(EN, shown)
    assert list(fit["unanswered"]) == [hidden, hidden, hidden, "", hidden]
    deciders = frames.decider_rows(EN, shown)
    assert set(deciders[deciders["voices"] == 0]["unanswered"]) == {hidden}
    assert set(deciders[deciders["voices"] == 3]["unanswered"]) == {""}


def test_what_a_session_never_asked_is_neither_hidden_nor_unanswered() -> None:
    asked = gathering(privacy="confidential", least_voices=3, depth="who-decides")
    saved = [
        deep_only(deep=deep(deciders=on("daily", ("po",))), gathering=asked.id) for _ in range(3)
    ]
    (shown,) = History(FRAMEWORK, saved, "month", surveys=[asked]).rounds("Atlas")

    assert list(frames.lens_rows(EN, shown)["missing"]) == ["", *["not asked in this session"] * 5]


def test_fit_as_people_read_it() -> None:
    august, september = atlas()

    levels = scores.level_parts(FR, september, deep_before=august)
    frame = tables.readable_fit(FR, levels)

    assert list(frame.columns) == [
        "Niveau",
        "Maturité",
        "Adéquation",
        "Couverture",
        "Évolution de l’adéquation",
    ]
    assert frame.iloc[3].tolist() == [
        "Décisions produit du quotidien",
        "100",
        "100",
        "25\u00a0%",
        "+100",
    ]
    assert frame.iloc[0].tolist() == ["Vision", "100", "–", "0\u00a0%", "–"]


def test_squads_stand_one_under_the_other_in_the_given_order() -> None:
    saved = [
        deep_only(squad=squad, deep=deep(deciders=on("daily", ("po",))))
        for squad in ("Zebra", "Atlas")
    ]
    rounds = History(FRAMEWORK, saved, "month").all_rounds()

    assert (
        list(frames.stacked(EN, frames.fit_rows, rounds)["squad"]) == ["Zebra"] * 5 + ["Atlas"] * 5
    )
    assert (
        list(frames.stacked(EN, frames.lens_rows, rounds)["squad"]) == ["Zebra"] * 6 + ["Atlas"] * 6
    )


# Over time ----------------------------------------------------------------------------------------


def test_fit_and_lenses_over_time_carry_period_and_voices() -> None:
    fit = frames.dated(FR, frames.fit_rows, atlas(), deep=True)
    lenses = frames.dated(EN, frames.lens_rows, atlas(), deep=True)

    daily = fit[fit["level"] == "daily"]
    assert list(daily["period_name"]) == ["août 2026", "septembre 2026"]
    assert list(daily["fit"]) == [0, 100]
    rituals = lenses[lenses["lens"] == "rituals"]
    assert list(rituals["period"]) == ["2026-08", "2026-09"]
    assert list(rituals["score"]) == [50, 100]
    assert set(lenses["voices"]) == {1}


def test_vital_signs_over_time_stand_beside_maturity_and_keep_gaps() -> None:
    gap = assessment(assessed_on=date(2026, 10, 3), answers={})
    rounds = (*atlas(), *History(FRAMEWORK, [gap], "month").all_rounds())

    frame = frames.signs_over_time(EN, rounds)

    questions = frame[frame["sign"] == "open-questions"]
    assert list(questions["period"]) == ["2026-08", "2026-09", "2026-10"]
    assert values(questions["value"]) == [20, 8, None]
    assert values(questions["overall"]) == [50, 100, None]
    assert list(questions["voices"]) == [1, 1, 0]
    assert set(questions["unit"]) == {"questions"}
    assert frame[frame["sign"] == "rework-share"]["value"].isna().all()


# Voices that differ -------------------------------------------------------------------------------


def test_contested_decisions_give_voices_by_role() -> None:
    unit = round_of(on("daily", ("po",)), on("daily", ("cpo", "po")), on("daily", ("unclear",)))

    frame = frames.contested_rows(EN, unit.deep.who_decides.contested)

    assert list(frame["role_name"]) == ["CPO", "PO"]
    assert list(frame["named"]) == [1, 2]
    assert set(frame["decision_short"]) == {"Sprint content"}
    assert frame.iloc[0][["disagreement", "voices", "unclear"]].tolist() == [0.5, 2, 1]
    assert frames.contested_rows(EN, ()).empty


@pytest.mark.parametrize("edition", [EN, FR])
def test_every_frame_has_a_name_for_everything(edition: object) -> None:
    frame = frames.decider_rows(edition, atlas()[0])  # type: ignore[arg-type]

    assert (frame[["level_name", "level_short", "decision_short", "role_name"]] != "").all().all()


# The map's expectations, squads, and the method ---------------------------------------------------


def expected(unit: Round, decision: str) -> list[str]:
    frame = frames.decider_rows(EN, unit)
    return list(frame[(frame["decision"] == decision) & frame["expected"]]["role"])


def test_those_expected_are_there_and_a_stand_in_is_not_expected_beside_them() -> None:
    answers = on("strategy", ("cpto",))

    assert expected(round_of(answers), "bets") == ["cpo", "cto", "pm"]
    assert expected(round_of(answers, seated=None), "bets") == ["cpo", "cto", "pm"]
    cpto = setup("cpto", "pm", seats=seats("cpto", "pm", cpo="absent", cto="absent"))
    assert expected(round_of(answers, seated=cpto), "bets") == ["cpto", "pm"]
    assert expected(round_of(answers, seated=cpto), "structuring-constraints") == ["cpto"]
    nobody = setup(seats=seats(em="absent", tl="absent"))
    assert expected(round_of(answers, seated=nobody), "sprint-content") == []


def test_decisions_contested_over_squads_are_told_with_counts() -> None:
    frame = tables.readable_contested(
        EN, [DecisionAcross("cut", "arbitration", 1, 2, 0, 3, disagreement=0.625)]
    )

    assert frame.to_dict("records") == [
        {
            "Decision": "What is cut",
            "Level": "Arbitration",
            "Contested in": "2 squads out of 3",
            "Disagreement": "63%",
        }
    ]


def test_a_decision_contested_in_one_squad_is_counted_in_the_singular_in_french() -> None:
    contested = DecisionAcross("cut", "arbitration", 2, 1, 0, 3, disagreement=0.3)
    (cell,) = tables.readable_contested(FR, [contested])["Disputée dans"]
    assert cell == "1 squad sur 3"


def test_the_reference_is_told_with_and_without_a_po_and_for_decisions_apart() -> None:
    rows = method_tables.reference_table(EN).set_index("Level")

    assert list(rows.index) == [
        "Vision",
        "Strategy and bets",
        "Technical constraints that shape the product",
        "Arbitration",
        "Daily product decisions",
        "Delivery and quality",
    ]
    assert list(rows.loc["Daily product decisions"]) == [
        "PO and Tech Lead",
        "PM, EM and Tech Lead",
        "PM, EM and Team",
        "Leadership, CPO and CTO",
    ]
    assert (
        rows.loc["Technical constraints that shape the product", "Decides, with a PO"]
        == "CPO and CTO"
    )


def test_each_lens_tells_its_scales_with_their_health() -> None:
    assert method_tables.scales_of(EN, "rituals") == [
        "Held, and decides = 1, Held, without deciding = 0.5 and Not held = 0",
        "Yes = 1, Partly = 0.5 and No = 0",
    ]
    assert method_tables.scales_of(EN, "cpo-seat") == [
        "CPO or CPTO = 1, Shared on purpose = 0.5, Someone, by default = 0 and Nobody = 0"
    ]


def test_each_lens_tells_its_items_with_lever_and_article() -> None:
    items = method_tables.items_table(EN, "rhythm")

    assert len(items) == 5
    assert items.iloc[-1].tolist() == [
        "Is the roadmap written as impacts rather than as features?",
        "Let evidence open the backlog",
        "B",
    ]


# Answers that differ ------------------------------------------------------------------------------


def test_items_on_which_voices_differ_are_rows_of_answers_in_the_scale_s_order() -> None:
    sheets = [{"late-scope": "often"}, {"late-scope": "not-seen"}, {"late-scope": "often"}]
    saved = [assessment(answers=sheet) for sheet in sheets]
    (unit,) = History(FRAMEWORK, saved, "month").all_rounds()

    frame = frames.voice_rows(EN, unit.disagreements)

    assert list(frame["short"].unique()) == ["Late scope"]
    assert list(zip(frame["option_name"], frame["health"], frame["voices"], strict=True)) == [
        ("Not seen", 1.0, 1),
        ("Sometimes", 0.5, 0),
        ("Often", 0.0, 2),
    ]
