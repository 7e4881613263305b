"""What several squads say in one sentence, whose move it is, and what stands by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.content.loading import shipped_framework
from assessment.model import Action, Assessment
from assessment.model.period import Period
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.wording.board import Board
from assessment.wording.briefing import squad_briefing
from assessment.wording.overview import Overview
from assessment.wording.verdicts import result_verdict
from tests.builders import action, agreement, assessment, confirmation, deep_assessment
from tests.deep_examples import setup
from tests.examples import EXAMPLE_1, HALF, healthy
from tests.expected import french

FRAMEWORK = shipped_framework()
EN, FR = edition_in("en"), edition_in("fr")
NOVEMBER = Period(2026, 11, "month")
TODAY = date(2026, 11, 28)

# (11 - 3) / 11 of arbitration, capped at the second stage by its primary item; nothing else leaks.
SIDE_MESSAGES = healthy({"single-channel": "no"})
# Vision (9 - 3) / 9, capped as well; strategy (12 - 1) / 12 holds.
NO_STAR = healthy({"vision-not-restated": "often"})


def overview(
    answers: Mapping[str, Mapping[str, str]],
    *,
    edition: Edition = EN,
    also: tuple[Assessment, ...] = (),
    actions: tuple[object, ...] = (),
) -> Overview:
    """The overview of squads with these answers, in November 2026."""
    checks = [assessment(squad=squad, answers=sheet) for squad, sheet in answers.items()]
    history = History(FRAMEWORK, [*also, *checks], "month", version=1)
    summary = summary_of(history, history.squads, NOVEMBER, actions)  # type: ignore[arg-type]
    return Overview(edition, summary, TODAY)


def test_a_score_whose_stage_an_answer_holds_down_is_marked_in_the_row_of_its_squad() -> None:
    (row,) = overview({"Atlas": SIDE_MESSAGES}).rows

    assert row.cells[2].shown == "! 73*"
    assert [cell.shown for cell in row.cells if "*" in cell.shown] == ["! 73*"]


def test_the_verdict_names_the_level_and_why_it_leaks_in_both_languages() -> None:
    squads = {"Atlas": SIDE_MESSAGES, "Boréal": SIDE_MESSAGES, "Cobalt": EXAMPLE_1}

    assert overview(squads).verdict == (
        "Decisions leak at the Arbitration level in 2 of 3 squads, above all because urgent "
        "requests bypass the channel."
    )
    assert overview(squads, edition=FR).verdict == french(
        "Au niveau Arbitrage, des décisions se perdent dans 2 squads sur 3, surtout parce que "
        "les demandes urgentes contournent le canal."
    )


def test_levels_that_tie_are_all_named() -> None:
    both = NO_STAR | {"single-channel": "no"}
    part = overview({"Atlas": SIDE_MESSAGES, "Boréal": NO_STAR, "Cobalt": EXAMPLE_1})
    twice = overview({"Atlas": SIDE_MESSAGES, "Boréal": NO_STAR, "Cobalt": both})

    assert part.verdict == (
        "Decisions leak most at Vision and Arbitration, equally often: in 1 squad each."
    )
    assert twice.verdict == (
        "Decisions leak most at Vision and Arbitration, equally often: in 2 squads each."
    )


def test_where_the_same_squads_leak_at_several_levels_these_squads_are_counted_once() -> None:
    both = NO_STAR | {"single-channel": "no"}
    one = {"Atlas": both, "Cobalt": EXAMPLE_1}

    assert overview(one).verdict == "Decisions leak at Vision and Arbitration in 1 of 2 squads."
    assert overview(one, edition=FR).verdict == french(
        "Aux niveaux Vision et Arbitrage, des décisions se perdent dans 1 squad sur\u00a02."
    )
    assert overview(one | {"Boréal": both}).verdict == (
        "Decisions leak at Vision and Arbitration in 2 of 3 squads."
    )
    # 3 + 3 + 3 of the 15 weights of delivery, 1 of the 11 of arbitration, none of vision.
    delivery = dict.fromkeys(("pm-runs-sprint", "late-scope", "unclear-rework"), "not-seen")
    unscored = {"Atlas": both, "Cobalt": delivery}
    assert overview(unscored).verdict == (
        "Decisions leak at Vision and Arbitration in the only squad scored there."
    )
    assert overview(unscored, edition=FR).verdict == french(
        "Aux niveaux Vision et Arbitrage, des décisions se perdent dans la seule squad qui y est "
        "notée."
    )


def test_a_level_that_leaks_in_half_of_the_squads_is_told_with_its_count() -> None:
    assert overview({"Atlas": SIDE_MESSAGES, "Boréal": EXAMPLE_1}).verdict == (
        "Decisions leak at the Arbitration level in 1 of 2 squads, above all because urgent "
        "requests bypass the channel."
    )


def test_healthy_squads_hold_and_squads_without_answers_are_told_as_such() -> None:
    healthy_squads = overview({"Atlas": EXAMPLE_1, "Boréal": EXAMPLE_1})

    assert healthy_squads.verdict == "Decisions hold at every level scored in these squads."
    assert healthy_squads.your_part("lead") is None
    assert overview({"Atlas": {}, "Boréal": {}}).verdict == (
        "Not enough answers in this period to say where these squads stand."
    )


def test_the_verdict_of_one_squad_is_its_own() -> None:
    alone = overview({"Atlas": SIDE_MESSAGES})

    assert alone.verdict == result_verdict(EN, alone.summary.results[0])


def test_a_lever_stands_to_the_headline_of_one_squad_as_on_its_own_page() -> None:
    # The mandates are the cause; giving the direction to a PM adds most.
    alone = overview({"Atlas": HALF})
    own = squad_briefing(EN, alone.summary.results[0], today=TODAY).squads[0].levers

    acting = [lever.gain.endswith(" · acts on the verdict's cause.") for lever in alone.levers]
    assert acting == [False, True, False]
    assert [lever.relation for lever in own][:2] == ["", "Acts on the verdict's cause."]


@pytest.mark.parametrize("edition", [EN, FR])
@pytest.mark.parametrize("item", [item.id for item in FRAMEWORK.items])
@pytest.mark.parametrize("answers", [("no", "often"), ("partly", "sometimes")])
def test_a_verdict_over_squads_is_read_on_a_phones_first_screen(
    answers: tuple[str, str], item: str, edition: Edition
) -> None:
    clarity, frequency = answers
    own = clarity if FRAMEWORK.item_by_id[item].scale == "clarity" else frequency
    rest = {
        known.id: "partly" if known.scale == "clarity" else "sometimes" for known in FRAMEWORK.items
    }
    squads = {f"Squad {number:02}": rest | {item: own} for number in range(32)}

    assert len(overview(squads, edition=edition).verdict) <= 140


PM_MISSING = {item.id: "often" for item in FRAMEWORK.items_of("pm-missing")}


def test_an_earlier_period_tells_of_which_day_its_actions_and_agreements_are() -> None:
    made = agreement(squad="Atlas", agreed_on=date(2026, 11, 20), valid_until=date(2027, 3, 1))
    answer = confirmation(
        squad="Atlas",
        agreement_id=made.id,
        role=made.decides,
        saved_at=datetime(2026, 12, 2, tzinfo=UTC),
    )
    now = assessment(squad="Atlas", answers=HALF)
    later = assessment(squad="Atlas", answers=HALF, assessed_on=date(2026, 12, 3))

    december = date(2026, 12, 5)

    def november(edition: Edition, *checks: Assessment) -> Overview:
        history = History(FRAMEWORK, checks, "month").reading([made], [answer])
        return Overview(
            edition,
            summary_of(history, ["Atlas"], NOVEMBER, [action(squad="Atlas")]),
            december,
        )

    past, latest = november(EN, now, later), november(EN, now)
    assert past.actions_as_of == "Actions are shown as of today, 5\u00a0Dec\u00a02026."
    assert past.actions_as_of in past.notes
    assert november(FR, now, later).actions_as_of == french(
        "Les actions sont données à la date d'aujourd'hui, le 5\u00a0déc.\u00a02026."
    )
    assert past.agreed.across.as_of == NOVEMBER.last_day
    assert (latest.actions_as_of, latest.agreed.across.as_of) == ("", None)


def test_your_part_is_the_lever_that_is_yours_with_its_first_step() -> None:
    part = overview({"Atlas": SIDE_MESSAGES, "Boréal": SIDE_MESSAGES, "Cobalt": NO_STAR})

    lead, cpo, cto = (part.your_part(leader) for leader in ("lead", "cpo", "cto"))
    assert lead is not None
    assert cpo is not None
    assert cto is not None
    # Two of three share the PM's lever; the CPO's is to restate the vision in one.
    assert lead.title == "Open one channel for urgent requests"
    assert (
        lead.text
        == "2 squads · typically +9 points on the mean of the levels · acts on the verdict's cause."
    )
    assert lead.step.startswith("Choose the channel and the person who sorts the requests.")
    assert cpo.title == "Restate the vision every cycle"
    assert (cto.title, cto.text, cto.step) == (
        "None of these levers starts with the CTO",
        "The first lever is “Open one channel for urgent requests”; whose move: Leadership with "
        "the PM.",
        "",
    )


@pytest.mark.parametrize(
    ("answers", "taken", "title", "whose"),
    [
        (SIDE_MESSAGES, {"owner": "cpo", "owner_name": "Émile"}, "Open one channel", ""),
        (SIDE_MESSAGES, {"owner": None}, "None", "PM."),
        (NO_STAR, {"owner": None}, "Restate the vision", ""),
        (NO_STAR, {"owner": "pm"}, "None", "PM."),
        (NO_STAR, {"owner": None, "owner_name": "Émile"}, "None", "Émile."),
        (NO_STAR, {"owner": "pm", "status": "dropped", "ended_on": TODAY}, "Restate", ""),
    ],
    ids=["taken", "by nobody", "usual", "taken by another", "by a name alone", "dropped"],
)
def test_of_one_squad_your_part_is_what_you_took_on_not_what_another_did(
    answers: Mapping[str, str], taken: Mapping[str, object], title: str, whose: str
) -> None:
    lever = "single-channel" if answers == SIDE_MESSAGES else "restate-vision"
    decided = action(**{"lever": lever, "due_on": None} | dict(taken))

    yours = overview({"Atlas": answers}, actions=(decided,)).your_part("cpo")
    assert yours is not None
    assert yours.title.startswith(title)
    assert yours.text.partition("whose move: ")[2] == whose


def test_of_one_squad_a_lever_is_leaderships_part_where_it_says_so_for_lack_of_a_pm() -> None:
    checks = [assessment(answers=SIDE_MESSAGES)]
    history = History(FRAMEWORK, checks, "month", setups=[setup("po")])
    part = Overview(EN, summary_of(history, ["Atlas"], NOVEMBER), TODAY)
    yours = part.your_part("lead")

    assert [lever.owners for lever in part.levers] == ["Leadership, for lack of PM"]
    assert yours is not None
    assert yours.title == "Open one channel for urgent requests"


@pytest.mark.parametrize(
    ("squads", "lever", "english", "in_french"),
    [
        (
            ["Atlas"],
            "write-mandates",
            "Then: Restate the vision every cycle",
            "Ensuite : Rappelez la vision à chaque cycle",
        ),
        (
            ["Atlas"],
            "restate-vision",
            "Then, where it is not overdue: Restate the vision every cycle",
            "Ensuite, là où ce levier n'est pas en retard : Rappelez la vision à chaque cycle",
        ),
        (
            ["Atlas", "Boréal"],
            "restate-vision",
            "Then: Give the direction to a PM",
            "Ensuite : Confiez le cap à un PM",
        ),
    ],
)
def test_what_you_have_overdue_is_not_told_again_as_what_comes_then(
    squads: list[str], lever: str, english: str, in_french: str
) -> None:
    late = tuple(
        action(squad=squad, lever=lever, owner="cpo", due_on=date(2026, 11, 20)) for squad in squads
    )
    no_direction = healthy({"po-sets-strategy": "often"} if len(squads) > 1 else {})
    answers = {"Atlas": NO_STAR, "Boréal": NO_STAR, "Dune": no_direction}

    for edition, title in ((EN, english), (FR, french(in_french))):
        part = overview(answers, actions=late, edition=edition).your_part("cpo")
        assert part is not None
        assert part.title == title
    if squads == ["Atlas"]:  # in the other only it is not overdue
        squads_left = "1 squad ·" if lever == "restate-vision" else "2 squads ·"
        left = overview(answers, actions=late).your_part("cpo")
        assert left is not None
        assert left.text.startswith(squads_left)


def test_what_comes_then_is_another_lever_before_one_overdue_elsewhere() -> None:
    late = action(squad="Atlas", lever="restate-vision", owner="cpo", due_on=date(2026, 11, 20))
    no_direction = healthy({"po-sets-strategy": "often"})
    answers = {"Atlas": NO_STAR, "Boréal": NO_STAR, "Dune": no_direction}
    part = overview(answers, actions=(late,))

    first = part.summary.levers_of("cpo")[0]
    assert first.lever == "restate-vision"
    yours = part.your_part("cpo")
    assert yours is not None
    assert yours.title == "Then: Give the direction to a PM"


def test_where_all_that_is_yours_is_overdue_nothing_comes_then() -> None:
    late = tuple(
        action(squad="Atlas", lever=lever.id, owner="cpo", due_on=date(2026, 11, 20))
        for lever in FRAMEWORK.levers
    )
    part = overview({"Atlas": NO_STAR}, actions=late)

    assert part.late_of("cpo") is not None
    assert part.your_part("cpo") is None


def test_actions_of_squads_without_a_check_in_the_period_are_said_to_count() -> None:
    checks = [
        assessment(squad="Atlas", answers=NO_STAR),
        assessment(squad="Gone", assessed_on=date(2026, 9, 4), answers=NO_STAR),
    ]
    history = History(FRAMEWORK, checks, "month")
    actions = [action(squad=squad) for squad in ("Atlas", "Gone", "Gone")]

    def absent(*actions: Action, edition: Edition = EN) -> str:
        summary = summary_of(history, history.squads, NOVEMBER, actions)
        return Overview(edition, summary, TODAY).absent.text

    assert absent(*actions) == (
        "No check to show in this period: Gone (last on 4\u00a0Sept\u00a02026). 2 actions open "
        "there are counted all the same."
    )
    assert absent(*actions, edition=FR).endswith(" 2 actions ouvertes y sont comptées quand même.")
    assert (
        absent(*actions[:1])
        == "No check to show in this period: Gone (last on 4\u00a0Sept\u00a02026)."
    )


def test_nobody_is_named_for_what_somebody_else_has_overdue() -> None:
    late, in_time = date(2026, 11, 20), date(2099, 1, 1)
    actions = (
        action(squad="Atlas", owner="em", due_on=late),
        action(squad="Boréal", owner="em", owner_name="Jonas", due_on=late),
        action(squad="Atlas", owner="cpo", due_on=late),
        action(squad="Dune", owner="cpo", owner_name="Sofia", due_on=in_time),
        action(squad="Dune", owner="pm", owner_name="Ana", due_on=late),
    )
    part = overview({"Atlas": NO_STAR, "Boréal": NO_STAR, "Dune": NO_STAR}, actions=actions)
    lever, day = EN.lever(actions[0].lever), EN.words.date(late)

    assert [(overdue.owner, overdue.actions) for overdue in part.overdue] == [
        ("CPO", (("Atlas", lever),)),
        ("PM (Ana)", (("Dune", lever),)),
        ("EM", (("Atlas", f"{lever} · {day}"), ("Boréal", f"{lever} · Jonas · {day}"))),
    ]
    assert not any("Sofia" in line or "Jonas" in line for line in part.decided.behind)


def test_a_seat_blocks_in_so_many_of_the_squads_that_can_tell_of_it() -> None:
    also = tuple(
        assessment(
            squad=squad, answers=EXAMPLE_1, deep={"deciders": {"bets": ("po",), "cut": ("team",)}}
        )
        for squad in ("Atlas", "Boréal")
    )
    # A decision too much is told by who decides alone, though the PO's seat has signals in Cobalt.
    part = overview({"Cobalt": EXAMPLE_1}, also=also)
    assert (part.tiles[1].count, part.tiles[1].text) == (
        "2 roles",
        "decides too much: PO in 2 squads and Team in 2",
    )
    assert part.tiles[1].where == "PO: Atlas and Boréal; Team: Atlas and Boréal"
    assert [tile.where for tile in part.tiles[::2]] == ["", ""]
    alone = overview({}, also=also[:1]).tiles[1]
    assert (alone.text, alone.where) == ("decides too much: PO and Team", "")
    assert Board(part, part.levers).seats_title.endswith("in 2 squads out of\u00a02.")


def test_of_many_roles_that_block_the_first_are_named_and_the_others_counted() -> None:
    deciders = {"north-star": ("po", "em", "tl", "team"), "slicing": ("lead", "cpo")}
    also = tuple(
        assessment(squad=squad, answers=EXAMPLE_1, deep={"deciders": deciders})
        for squad in ("Atlas", "Boréal")
    )

    tile = overview({"Cobalt": EXAMPLE_1}, also=also).tiles[1]
    assert (
        tile.text
        == "decides too much: Leadership in 2 squads, CPO in 2, PO in 2, EM in 2 and 2 others"
    )


def test_empty_seats_and_those_that_decide_too_much_stand_apart_in_one_line() -> None:
    deciders = {"deciders": {"bets": ("po",), "cut": ("team",)}}
    also = (assessment(squad="Atlas", answers=EXAMPLE_1, deep=deciders),)
    answers = {"Boréal": healthy(PM_MISSING)}
    part, in_french = (overview(answers, also=also, edition=edition) for edition in (EN, FR))

    assert part.tiles[1].count == "3 roles"
    assert part.tiles[1].text == (
        "empty, or looks so: PM in 1 squad; decides too much: PO in 1 squad and Team in 1"
    )
    assert in_french.tiles[1].text == french(
        "vide, ou le semble : PM dans 1 squad ; décide trop : PO dans 1 squad et Équipe dans 1"
    )


def test_a_seat_that_the_setup_leaves_to_nobody_is_told_as_empty() -> None:
    check = assessment(squad="Atlas", answers=healthy(PM_MISSING))
    history = History(FRAMEWORK, [check], "month", [setup("po")], version=1)

    tile = Overview(EN, summary_of(history, ["Atlas"], NOVEMBER), TODAY).tiles[1]
    assert tile.text == "empty: PM"


def test_whose_move_a_shared_lever_is_says_where_a_squad_lacks_them() -> None:
    squads = ("Atlas", "Boréal")
    checks = [assessment(squad=squad, answers=SIDE_MESSAGES) for squad in squads]

    def owners(edition: Edition, *asked: str) -> str:
        history = History(FRAMEWORK, checks, "month", [setup("po")], version=1)
        summary = summary_of(history, asked, NOVEMBER)
        return Overview(edition, summary, TODAY).levers[0].owners

    assert owners(EN, *squads) == "Leadership with the PM"
    assert owners(FR, *squads) == "Direction avec le PM"
    assert owners(EN, "Atlas") == "Leadership, for lack of PM"
    assert owners(EN, "Boréal") == "PM"


def test_contested_decisions_blocking_seats_and_late_actions_are_counted() -> None:
    def voices(squad: str) -> tuple[Assessment, ...]:
        return tuple(
            assessment(
                squad=squad, voice=role, answers=EXAMPLE_1, deep={"deciders": {"cut": (role,)}}
            )
            for role in ("cpo", "pm")
        )

    late = action(squad="Atlas", due_on=date(2026, 11, 20), decided_on=date(2026, 11, 1))
    part, in_french = (
        overview(
            {"Cobalt": healthy(PM_MISSING)},
            also=(*voices("Atlas"), *voices("Boréal")),
            actions=(late, action(squad="Boréal", due_on=None)),
            edition=edition,
        )
        for edition in (EN, FR)
    )

    assert [(tile.name, tile.count, tile.text) for tile in part.tiles] == [
        ("Contested decisions", "2", "of 2 that several voices answered, in 2 squads"),
        ("Seats that block", "1 role", "empty, or looks so: PM in 1 squad"),
        ("Late actions", "1", "of 2 open"),
    ]
    assert in_french.tiles[0].text == "sur 2 renseignées par plusieurs voix, dans 2 squads"
    assert part.unclear == ("What is cut: contested in 2 squads",)
    (overdue,) = part.overdue
    assert (overdue.owner, overdue.text, overdue.actions) == (
        "PM",
        "1 overdue since 20\u00a0Nov\u00a02026",
        (("Atlas", "Open one channel for urgent requests"),),
    )


def test_decisions_that_one_voice_told_are_none_of_those_that_could_be_contested() -> None:
    def told(squad: str, *voices: str) -> list[Assessment]:
        deep = {"deciders": {"cut": ("pm",), "bets": ("cpo",)}}
        return [deep_assessment(squad=squad, voice=voice, deep=deep) for voice in voices]

    alone, two = told("Boréal", "Ana"), told("Atlas", "Ana", "Bob")
    tiles = [
        overview({"Cobalt": EXAMPLE_1}, also=(*also,), edition=edition).tiles[0]
        for also in (alone, [*alone, *two])
        for edition in (EN, FR)
    ]
    assert [(tile.count, tile.text) for tile in tiles] == [
        ("–", "no decision has answers from several voices"),
        ("–", "aucune décision n’a reçu de réponses de plusieurs voix"),
        ("0", "of 2 that several voices answered, in 1 squad"),
        ("0", "sur 2 renseignées par plusieurs voix, dans 1 squad"),
    ]


def test_several_overdue_actions_are_told_with_the_days_they_were_due() -> None:
    days = (date(2026, 11, 10), date(2026, 11, 20))
    late = tuple(action(squad="Atlas", due_on=day, decided_on=date(2026, 11, 1)) for day in days)
    (overdue,) = overview({"Atlas": EXAMPLE_1}, actions=late).overdue
    assert overdue.actions == tuple(
        ("Atlas", f"Open one channel for urgent requests · {EN.words.date(day)}") for day in days
    )


def test_where_nobody_said_who_decides_nothing_is_said_to_be_uncontested() -> None:
    one_lens = deep_assessment(squad="Cobalt", deep={"options": {"product-review": "held"}})
    squads = {"Atlas": EXAMPLE_1, "Boréal": EXAMPLE_1}

    for also in ((), (one_lens,)):
        contested = overview(squads, also=also).tiles[0]
        assert (contested.count, contested.text) == ("–", "nobody said who decides in this period")
    contested = overview(squads, also=(one_lens,), edition=FR).tiles[0]
    assert contested.text == "personne n’a dit qui décide sur cette période"


def test_a_squads_line_holds_its_levels_change_voices_and_verdict() -> None:
    before = assessment(squad="Atlas", assessed_on=date(2026, 9, 1), answers=EXAMPLE_1)
    part = overview({"Atlas": SIDE_MESSAGES, "Boréal": EXAMPLE_1}, also=(before,))

    atlas, boreal = part.squad_rows
    assert (atlas.squad, atlas.change, atlas.voices) == (
        "Atlas",
        "▼\u00a02",
        "1 voice",
    )
    assert (boreal.change, boreal.verdict) == (
        "no earlier check here",
        result_verdict(EN, part.summary.results[1]),
    )
    steady = overview({"Atlas": EXAMPLE_1}, also=(before,))
    assert steady.movement == "No clear change at any level since the previous checks."
    assert [row.change for row in steady.squad_rows] == [""]
    assert [(level.stage, level.is_capped) for level in atlas.levels] == [
        (4, False),
        (4, False),
        (2, True),
        (4, False),
        (4, False),
    ]


@pytest.mark.parametrize(
    ("edition", "none", "two"),
    [
        (
            EN,
            "No action is open in this squad.",
            "2 actions are open, 1 of them overdue.",
        ),
        (
            FR,
            "Aucune action n'est ouverte dans cette squad.",
            "2 actions sont ouvertes, dont 1 en retard.",
        ),
    ],
)
def test_to_whom_one_period_is_shown_open_actions_are_all_decided_up_to_its_last_day(
    edition: Edition, none: str, two: str
) -> None:
    november = Period(2026, 11, "month")
    history = History(FRAMEWORK, [assessment()], "month").reading((), (), until=november.last_day)

    earlier = action(decided_on=date(2026, 9, 1), due_on=date(2026, 10, 1))
    for actions, sentence in (((), none), ((action(due_on=None), earlier), two)):
        summary = summary_of(history, ["Atlas"], november, actions)
        assert Overview(edition, summary, date(2026, 11, 28)).decided.text == french(sentence)
