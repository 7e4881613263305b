"""Steps in a ring."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.charts.cycle import step_cycle
from assessment.languages import Words
from tests.charts import frames
from tests.charts.reading import EN, FR, LIGHT, Spec, layers_of, rows_of, spec_of


def cycle(words: Words = EN, **columns: Sequence[str]) -> Spec:
    return spec_of(step_cycle(frames.steps().assign(**columns), words=words, style=LIGHT))


def test_steps_are_numbered_clockwise_from_the_top() -> None:
    rows = rows_of(cycle())
    assert [(row["number"], row["name"]) for row in rows] == [
        ("1", "Vision"),
        ("2", "Impacts"),
        ("3", "Options"),
        ("4", "Decisions"),
        ("5", "Deliverables"),
    ]
    # sin and cos of 0, 72, 144, 216 and 288 degrees.
    assert [(row["x"], row["y"]) for row in rows] == [
        (0.0, 1.0),
        (0.951, 0.309),
        (0.588, -0.809),
        (-0.588, -0.809),
        (-0.951, 0.309),
    ]


def test_an_arrow_leads_from_every_step_to_the_next_and_back_to_the_first() -> None:
    spec = cycle()
    arcs, heads = rows_of(spec, "arcs"), rows_of(spec, "heads")
    assert {row["arc"] for row in arcs} == {0, 1, 2, 3, 4}
    # 0.4 radians (23 degrees) before the step they lead to, and pointing along the ring.
    assert [row["angle"] for row in heads] == [139, 211, 283, 355, 427]
    last = [row for row in arcs if row["arc"] == 4][-1]
    assert (last["x"], last["y"]) == (heads[-1]["x"], heads[-1]["y"])
    assert last["x"] < 0 < last["y"]


def test_a_step_says_its_place_and_what_it_is() -> None:
    assert rows_of(cycle())[3]["description"] == "Step 4 of 5: Decisions. What goes first."
    assert rows_of(cycle(FR))[0]["description"].startswith("Étape 1 sur 5\u00a0: Vision.")


def test_order_is_told_without_colour() -> None:
    spec = cycle()
    colours = {layer["mark"].get("color") for layer in layers_of(spec, "point")}
    assert colours == {LIGHT.muted, LIGHT.series[0]}
    assert not any("color" in layer["encoding"] for layer in spec["layer"])
    texts = [layer["encoding"]["text"]["field"] for layer in layers_of(spec, "text")]
    assert texts == ["number", "name"]


def test_the_ring_shrinks_for_longer_names() -> None:
    def radius(spec: Spec) -> object:
        return next(param["expr"] for param in spec["params"] if param["name"] == "radius")

    # 19 of circle, 8 of gap, 12 letters of 7.2 pixels.
    assert radius(cycle()) == "max(58, min(100, width / 2 - 113))"
    # 20 letters
    assert radius(cycle(name="a" * 20)) == "max(58, min(100, width / 2 - 171))"
