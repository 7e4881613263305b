"""`python -m assessment score`: the contract of design.md, on a file of awkward rows.

tests/data/awkward.csv has nine good rows and nineteen that cannot be read, two columns of a
later version, a blank line, and no line end behind its last row.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assessment.__main__ import main
from assessment.content.loading import shipped_framework
from assessment.exchange.archives import zip_of
from assessment.exchange.sample import sample_records
from tests.command_line import Run
from tests.examples import LEVELS
from tests.expected import exactly

ROOT = Path(__file__).parents[2]
AWKWARD = Path("tests/data/awkward.csv")

PER_ASSESSMENT = [
    "assessment_id",
    "squad",
    "assessed_on",
    "levels",
    "overall",
    "yes_count",
    "pm_missing",
    "po_missing",
    "early_warning",
    "levers",
]

HEADER = (
    "assessment_id,saved_at,assessed_on,squad,voice,role,framework,note,"
    "mandates-clear,rituals-decide,single-channel,po-sets-strategy,backlog-by-requests,"
    "trade-offs-mid-sprint,vision-not-restated,po-explains-direction,pm-writes-tickets,"
    "pm-runs-sprint,discovery-squeezed,questions-queue,late-scope,unclear-rework\n"
)

Level = tuple[Fraction | int | None, Fraction | int, int | None, list[str]]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def levels(*expected: Level) -> dict[str, object]:
    return {
        level: {
            "score": exactly(score),
            "coverage": exactly(coverage),
            "stage": stage,
            "limits": limits,
        }
        for level, (score, coverage, stage, limits) in zip(LEVELS, expected, strict=True)
    }


def levers(*expected: tuple[str, Fraction]) -> list[dict[str, object]]:
    return [{"id": lever, "gain": exactly(gain)} for lever, gain in expected]


def gain(v: float = 0, s: float = 0, a: float = 0, d: float = 0, dl: float = 0) -> Fraction:
    """Overall points for weight given back on each of five fully answered levels."""
    shares = zip((v, s, a, d, dl), (9, 12, 11, 17, 15), strict=True)
    return sum((Fraction(weight) / total for weight, total in shares), Fraction(0)) * 20


EXAMPLE_1: dict[str, object] = {
    "levels": levels(*[(100, 1, 4, [])] * 5),
    "overall": 100,
    "yes_count": 3,
    "pm_missing": 0,
    "po_missing": 0,
    "early_warning": False,
    "levers": [],
}
EXAMPLE_2: dict[str, object] = {
    "levels": levels(
        (None, Fraction(2, 9), None, []),
        (None, Fraction(3, 12), None, []),
        (100, Fraction(7, 11), 4, []),
        (None, Fraction(4, 17), None, []),
        (None, Fraction(3, 15), None, []),
    ),
    "overall": None,
    "yes_count": 3,
    "pm_missing": None,
    "po_missing": None,
    "early_warning": False,
    "levers": [],
}
EXAMPLE_3 = {
    "levels": levels(
        (Fraction(800, 9), 1, 4, []),
        (Fraction(1000, 12), 1, 4, []),
        (Fraction(500, 11), 1, 2, ["single-channel"]),
        (Fraction(1350, 17), 1, 4, []),
        (Fraction(1250, 15), 1, 4, []),
    ),
    "overall": exactly(100 - gain(1, 2, 6, 3.5, 2.5)),
    "yes_count": 0,
    "pm_missing": 0,
    "po_missing": 0,
    "early_warning": False,
    "levers": levers(
        ("single-channel", gain(a=3, d=2, dl=1)),
        ("decide-in-rituals", gain(s=1, a=2, d=1, dl=1)),
        ("write-mandates", gain(1, 1, 1, 0.5, 0.5)),
    ),
}
EXAMPLE_4: dict[str, object] = {
    "levels": levels(
        (40, 1, 2, ["vision-not-restated"]),
        (None, Fraction(4, 9), None, []),
        (100, Fraction(7, 11), 4, []),
        (None, Fraction(4, 16), None, []),
        (None, Fraction(3, 15), None, []),
    ),
    "overall": None,
    "yes_count": 3,
    "pm_missing": None,
    "po_missing": None,
    "early_warning": False,
    "levers": [],
}
NOTHING: dict[str, object] = {
    "levels": levels(*[(None, 0, None, [])] * 5),
    "overall": None,
    "yes_count": None,
    "pm_missing": None,
    "po_missing": None,
    "early_warning": False,
    "levers": [],
}
# Everything half healthy: half of each weight is missing, and each lever gives its half back.
HALF = {
    "levels": levels(
        (50, 1, 3, ["vision-not-restated"]),
        (50, 1, 3, ["po-sets-strategy"]),
        (50, 1, 3, ["single-channel"]),
        (50, 1, 3, ["questions-queue"]),
        (50, 1, 3, ["pm-runs-sprint"]),
    ),
    "overall": 50,
    "yes_count": 0,
    "pm_missing": 50,
    "po_missing": 50,
    "early_warning": False,
    "levers": levers(
        ("seat-a-pm", gain(2, 1.5, 0, 0.5, 0)),
        ("write-mandates", gain(1, 1, 1, 0.5, 0.5)),
        ("protect-the-sprint", gain(0, 0, 0.5, 1, 3)),
        ("evidence-first", gain(0, 2, 0, 1.5, 0)),
        ("seat-a-po", gain(0, 0, 0, 1.5, 2.5)),
        ("single-channel", gain(0, 0, 1.5, 1, 0.5)),
        ("restate-vision", gain(1.5, 0.5, 0, 0, 0)),
        ("arbitrate-upstream", gain(0, 0.5, 1.5, 0.5, 0)),
        ("decide-in-rituals", gain(0, 0.5, 1, 0.5, 0.5)),
        ("delegate-calls", gain(0, 0, 0, 1.5, 0.5)),
    ),
}
# Three levels of seven answered weights each; questions-queue often helps no scored level, and
# two signals are too few for a pressure, as is one on the other side.
THREE_LEVELS = {
    "levels": levels(
        (Fraction(600, 7), Fraction(7, 9), 4, []),
        (Fraction(500, 7), Fraction(7, 12), 3, ["mandates-clear"]),
        (Fraction(400, 7), Fraction(7, 11), 3, ["rituals-decide"]),
        (None, Fraction(7, 17), None, []),
        (None, Fraction(4, 15), None, []),
    ),
    "overall": exactly(Fraction(500, 7)),
    "yes_count": 1,
    "pm_missing": None,
    "po_missing": None,
    "early_warning": False,
    "levers": levers(("write-mandates", Fraction(100, 7)), ("decide-in-rituals", Fraction(100, 7))),
}
# po-explains-direction often and nothing else
WARNING = {
    **NOTHING,
    "levels": levels(
        (None, Fraction(2, 9), None, []),
        (None, 0, None, []),
        (None, 0, None, []),
        (None, Fraction(1, 17), None, []),
        (None, 0, None, []),
    ),
    "early_warning": True,
}
# Example 3 and three times yes: mandates ¾, rituals ½, channel ½. Arbitration is 8/11 = 72.7.
EXAMPLES_2_AND_3 = {
    "levels": levels(
        (Fraction(850, 9), 1, 4, []),
        (Fraction(1100, 12), 1, 4, []),
        (Fraction(800, 11), 1, 3, ["single-channel"]),
        (Fraction(1525, 17), 1, 4, []),
        (Fraction(1375, 15), 1, 4, []),
    ),
    "overall": exactly(100 - gain(0.5, 1, 3, 1.75, 1.25)),
    "yes_count": 0,
    "pm_missing": 0,
    "po_missing": 0,
    "early_warning": False,
    "levers": levers(
        ("single-channel", gain(a=1.5, d=1, dl=0.5)),
        ("decide-in-rituals", gain(s=0.5, a=1, d=0.5, dl=0.5)),
        ("write-mandates", gain(0.5, 0.5, 0.5, 0.25, 0.25)),
    ),
}
# The same with a third voice for whom the PO often explains: that signal pools to ½, costs
# vision 1 and daily ½, and the five signals come to 4.5/5.
EXAMPLES_2_3_AND_WARNING = {
    **EXAMPLES_2_AND_3,
    "levels": levels(
        (Fraction(750, 9), 1, 4, []),
        (Fraction(1100, 12), 1, 4, []),
        (Fraction(800, 11), 1, 3, ["single-channel"]),
        (Fraction(1475, 17), 1, 4, []),
        (Fraction(1375, 15), 1, 4, []),
    ),
    "overall": exactly(100 - gain(1.5, 1, 3, 2.25, 1.25)),
    "pm_missing": exactly(10),
    "levers": [
        *levers(
            ("single-channel", gain(a=1.5, d=1, dl=0.5)),
            ("decide-in-rituals", gain(s=0.5, a=1, d=0.5, dl=0.5)),
            ("write-mandates", gain(0.5, 0.5, 0.5, 0.25, 0.25)),
        ),
        *levers(("seat-a-pm", gain(v=1, d=0.5))),
    ],
}

NORD = 'Équipe "Nord", Lyon'
ROCKET = "Łódź – 東京 🚀"


def identity(number: str) -> str:
    return f"00000000-0000-4000-8000-0000000000{number}"


# One object per assessment ------------------------------------------------------------------------


def test_each_good_row_is_one_object_in_file_order(score: Run) -> None:
    def row(number: str, squad: str, day: str, result: Mapping[str, object]) -> dict[str, object]:
        return {
            "assessment_id": identity(number),
            "squad": squad,
            "assessed_on": day,
            **result,
        }

    assert score(AWKWARD).objects == [
        row("02", "Atlas", "2026-10-05", EXAMPLE_1),
        row("03", NORD, "2026-10-31", EXAMPLE_3),
        row("0b", "atlas", "2026-10-20", EXAMPLE_4),
        row("0c", "ATLAS", "2026-10-31", NOTHING),
        row("0e", "Atlas", "2026-11-03", EXAMPLE_2),
        row("14", ROCKET, "2026-11-04", HALF),
        row("19", "=SUM(A1)", "2026-11-05", THREE_LEVELS),
        row("1c", 'équipe  "nord",  LYON', "2026-10-02", EXAMPLE_2),
        row("1e", 'E\u0301quipe "Nord", Lyon', "2026-11-30", WARNING),
    ]


def test_keys_stand_in_the_order_of_the_contract(score: Run) -> None:
    for card in score(AWKWARD).objects:
        assert list(card) == PER_ASSESSMENT
        assert list(card["levels"]) == list(LEVELS)
        for level in card["levels"].values():
            assert list(level) == ["score", "coverage", "stage", "limits"]
        for lever in card["levers"]:
            assert list(lever) == ["id", "gain"]


def test_numbers_are_not_rounded_and_stages_are_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["score", str(AWKWARD)])
    line = capsys.readouterr().out.splitlines()[1]

    assert '"score": 88.88888888888889' in line
    assert '"stage": 4,' in line
    assert '"yes_count": 0,' in line


def test_text_is_printed_as_people_wrote_it(capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", str(AWKWARD)])

    assert '"squad": "Łódź – 東京 🚀"' in capsys.readouterr().out


# Rows set aside -----------------------------------------------------------------------------------


def test_each_bad_row_is_reported_with_file_line_and_reason(score: Run) -> None:
    printed = score(AWKWARD)
    example = "expected date, time and offset such as 2026-11-03T09:30:00Z"
    day = "in assessed_on; expected year-month-day such as 2026-11-03"
    quotes = (
        "the quotes in the row do not pair up; expected every quoted text to end on its line, "
        "and a quote inside it to be doubled"
    )
    late_scope = "for 'late-scope'; expected not-seen, sometimes, often, unknown or empty"

    assert printed.status == 1
    assert printed.err == [
        f"tests/data/awkward.csv:{line}: {reason}"
        for line, reason in {
            4: "unknown option 'oui' for 'rituals-decide'; "
            "expected yes, partly, no, unknown or empty",
            5: "the row has 11 columns; expected 24",
            6: "the row has 25 columns; expected 24",
            7: f"broken date '31/10/2026' {day}",
            8: f"broken date '2026-02-30' {day}",
            9: "unknown framework version 'core@2'; expected core@1, core@1+lenses@1",
            10: f"{identity('02')} already stands on line 2; expected it once",
            13: f"unknown option 'not-applicable' {late_scope}",
            15: "unknown role 'boss'; expected one of "
            "lead, cpo, cto, cpto, pm, po, em, tl, team or empty",
            16: "the squad's name is empty; write the name your team uses",
            17: "the name has 81 characters; keep it to 80",
            18: quotes,
            19: quotes,
            21: f"broken time '2026-11-03T09:00:00' in saved_at; {example}",
            22: "broken assessment_id '0000-0016'; "
            "expected a UUID such as 0f8fad5b-d9cd-469f-a165-70867728950e",
            24: "the row has 1 columns; expected 24",
            26: f"unknown option 'yes' {late_scope}",
            27: "unknown option 'Yes' for 'mandates-clear'; "
            "expected yes, partly, no, unknown or empty",
            29: "the name contains a control character (U+202E); remove it",
        }.items()
    ]


def test_bad_rows_are_reported_the_same_way_for_rounds(score: Run) -> None:
    printed = score(AWKWARD, "--by", "month")

    assert printed.status == 1
    assert len(printed.err) == 19


# One object per round -----------------------------------------------------------------------------


def pooled(squad: str, period: str, voices: int, result: Mapping[str, object]) -> dict[str, object]:
    head: dict[str, object] = {"squad": squad, "period": period, "survey": None, "total": False}
    head |= {"voices": voices, "deep_voices": 0}
    return {**head, **result}


def scored_in(card: Mapping[str, Any]) -> dict[str, object]:
    """What a card says without how far it holds, and without the voices of each level."""
    levels = {
        level: {name: value for name, value in values.items() if name != "voices"}
        for level, values in card["levels"].items()
    }
    return {name: value for name, value in card.items() if name != "holds"} | {"levels": levels}


def test_voices_are_pooled_by_month(score: Run) -> None:
    # October: ZOË's later answers replace Zoë's, and the third voice answered nothing.
    printed = score(AWKWARD, "--by", "month")

    assert [scored_in(card) for card in printed.objects] == [
        pooled("Atlas", "2026-10", 2, EXAMPLE_4),
        pooled("Atlas", "2026-11", 1, EXAMPLE_2),
        pooled(NORD, "2026-10", 2, EXAMPLES_2_AND_3),
        pooled(NORD, "2026-11", 1, WARNING),
        pooled(ROCKET, "2026-11", 1, HALF),
        pooled("=SUM(A1)", "2026-11", 1, THREE_LEVELS),
    ]
    assert {tuple(card)[-8:] for card in printed.objects} == {(*PER_ASSESSMENT[3:], "holds")}


def test_voices_are_pooled_by_quarter(score: Run) -> None:
    # Zoë counts once, with November's answers; with October's her not-applicable leaves, too.
    assert [scored_in(card) for card in score(AWKWARD, "--by", "quarter").objects] == [
        pooled("Atlas", "2026-Q4", 2, EXAMPLE_2),
        pooled(NORD, "2026-Q4", 3, EXAMPLES_2_3_AND_WARNING),
        pooled(ROCKET, "2026-Q4", 1, HALF),
        pooled("=SUM(A1)", "2026-Q4", 1, THREE_LEVELS),
    ]


# Exit status --------------------------------------------------------------------------------------


def test_a_file_of_good_rows_exits_with_0(score: Run, tmp_path: Path) -> None:
    file = tmp_path / "good.csv"
    good = (
        "0f8fad5b-d9cd-469f-a165-70867728950e,2026-11-03T09:30:00Z,2026-11-03,Atlas,,,core@1,,"
        "yes,yes,yes,,,,,,,,,,,\n"
    )
    file.write_text(HEADER + good, encoding="utf-8-sig", newline="\r\n")

    printed = score(file)

    assert (printed.status, printed.err) == (0, [])
    assert [card["yes_count"] for card in printed.objects] == [3]


@pytest.mark.parametrize("text", ["", HEADER])
def test_a_file_without_rows_prints_nothing(score: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "empty.csv"
    file.write_text(text, encoding="utf-8")

    for by in ((), ("--by", "month")):
        printed = score(file, *by)
        assert (printed.status, printed.objects, printed.err) == (0, [], [])


def test_a_file_that_is_not_there_exits_with_2(score: Run, tmp_path: Path) -> None:
    printed = score(tmp_path / "nowhere.csv")

    assert (printed.status, printed.objects) == (2, [])
    (complaint,) = printed.err
    assert complaint.startswith(f"{tmp_path / 'nowhere.csv'}: ")
    assert "No such file" in complaint


def test_a_folder_is_not_a_file(score: Run, tmp_path: Path) -> None:
    assert score(tmp_path).status == 2


def test_a_file_with_another_header_exits_with_2(score: Run, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("squad,score\nAtlas,50\n", encoding="utf-8")

    printed = score(file)

    assert (printed.status, printed.objects) == (2, [])
    assert "is not the header; expected it to start with" in printed.err[0]
    assert printed.err[0].count("other.csv") == 1
    assert printed.err[0].endswith(
        "correct that line, as it stands in an earlier export, then score it again"
    )


@pytest.mark.parametrize("by", ["week", "Month", ""])
def test_another_period_is_refused(by: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["score", str(AWKWARD), "--by", by])

    assert left.value.code == 2
    assert "month" in capsys.readouterr().err


def test_the_command_runs_as_a_module() -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-W", "error", "-m", "assessment", "score", str(AWKWARD), "--by", "month"],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 1
    assert [json.loads(line)["period"] for line in done.stdout.splitlines()] == [
        "2026-10",
        "2026-11",
        "2026-10",
        "2026-11",
        "2026-11",
        "2026-11",
    ]
    assert done.stderr.splitlines()[0].startswith("tests/data/awkward.csv:4: unknown option 'oui'")


# How far it holds ---------------------------------------------------------------------------------


def test_how_far_a_round_holds_is_told_with_null_for_what_needs_three_voices(score: Run) -> None:
    # Two voices in November's quarter, of which only arbitration is scored: 100, under all weights.
    holds = score(AWKWARD, "--by", "quarter").objects[0]["holds"]

    nothing = {"low": None, "high": None, "stage_kept": None, "stage_share": None}
    assert holds == {
        "levels": dict.fromkeys(LEVELS, nothing) | {"arbitration": nothing | {"stage_share": 1.0}},
        "weakest_kept": None,
        "weakest_share": 1.0,
        "lever_kept": None,
        "lever_share": None,
    }


def test_three_voices_give_each_level_its_range(score: Run) -> None:
    # Nord's voices: examples 2 and 3, and one that answered the early warning's item alone.
    # Arbitration: 100 and 500/11, pooled 800/11 = 72.7; without either the other's score.
    (nord,) = (card for card in score(AWKWARD, "--by", "quarter").objects if card["squad"] == NORD)

    holds = nord["holds"]
    assert holds["levels"]["arbitration"]["low"] == pytest.approx(500 / 11)
    assert holds["levels"]["arbitration"]["high"] == 100.0
    assert holds["levels"]["arbitration"]["stage_kept"] is False


def test_a_zip_is_told_to_be_unpacked(score: Run, tmp_path: Path) -> None:
    packed = tmp_path / "all.zip"
    packed.write_bytes(zip_of(sample_records(), shipped_framework()))

    printed = score(packed)

    told = f"{packed}: this is a ZIP, not a CSV file; unpack it, then score it again"
    assert (printed.status, printed.err) == (2, [told])
