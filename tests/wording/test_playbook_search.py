"""Searching the playbook."""

from __future__ import annotations

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.wording.playbook_search import Piece, hits

EN, FR = edition_in("en"), edition_in("fr")


def hit_ids(edition: Edition, query: str) -> list[str]:
    return [hit.passage.id for hit in hits(edition, query)]


def marked(pieces: tuple[Piece, ...]) -> str:
    """A line with what is found in brackets."""
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)


def test_nothing_asked_finds_nothing() -> None:
    assert hit_ids(EN, "") == hit_ids(EN, "   ") == []


def test_a_hit_is_one_line_with_what_was_searched_for_marked() -> None:
    by_passage = {hit.passage.id: hit for hit in hits(EN, "debt")}

    assert marked(by_passage["frontier-rules"].title) == "Three rules for a healthy boundary"
    assert marked(by_passage["frontier-rules"].line) == (
        "[Debt] is run like a product. With a vision, a backlog and goals, and not merely as a "
        "blacklist."
    )
    # Cut 40 characters before the word at the earliest, and 130 after that at the latest.
    assert marked(by_passage["frictions"].line) == (
        "…The CPO pushes for impact; the CTO recalls [debt], risks and what the architecture can "
        "bear. Without a clear frame it ends in…"
    )


def test_a_hits_line_is_the_one_that_says_most_of_what_is_asked() -> None:
    (hit,) = hits(EN, "velocity cut")

    assert marked(hit.line) == (
        "What it [cost]. As article A reports it, 20 questions waiting each day and a [velocity] "
        "[cut] in half."
    ).replace("[cost]", "cost")


def test_a_hit_found_by_its_title_alone_shows_how_the_passage_begins() -> None:
    hit = next(hit for hit in hits(FR, "rémunération") if hit.passage.id == "cpo-pay")

    assert marked(hit.title) == "La [rémunération] en France"
    assert marked(hit.line).startswith("France.")


@pytest.mark.parametrize("query", ["rémunération", "REMUNERATION", "Remunération", "  rémuner "])
def test_case_accents_and_spaces_do_not_count(query: str) -> None:
    assert hit_ids(FR, query) == ["cpo-pay"]


def test_every_word_has_to_be_there_whatever_the_order() -> None:
    assert hit_ids(EN, "tickets velocity") == []
    assert hit_ids(EN, "velocity cut") == hit_ids(EN, "cut velocity") == ["delegation"]


def test_a_word_is_found_by_its_beginning_and_not_by_its_middle() -> None:
    assert "frictions" in hit_ids(EN, "arm-wrest")
    assert "frictions" in hit_ids(EN, "wrestling")
    assert hit_ids(EN, "restling") == []


def test_a_short_word_is_found_whole() -> None:
    # "EM" is not the beginning of "emergencies".
    assert "shared-cycle" not in hit_ids(EN, "EM")
    assert "level-daily" in hit_ids(EN, "EM")
    assert hit_ids(EN, "67") == ["cpo-pay"]


def test_apostrophes_part_words() -> None:
    assert hit_ids(FR, "l'équipe") == hit_ids(FR, "l’equipe")
    assert "delegation" in hit_ids(FR, "l'équipe")


def test_what_the_framework_tells_of_a_passage_is_searched_too() -> None:
    # Who decides stands in the framework, not in the passage's own facts.
    assert "level-delivery" in hit_ids(EN, "team EM")
    assert "side-by-side" in hit_ids(EN, "scalability coherence")
    assert "tech-council" in hit_ids(EN, "read out")


def test_what_no_passage_says_finds_nothing() -> None:
    assert hit_ids(EN, "blockchain") == hit_ids(FR, "chaîne de blocs") == []


@pytest.mark.parametrize(
    ("edition", "query", "line"),
    [
        (EN, "product daily", "Leadership · Never carries: The [daily] [product] decisions."),
        (
            FR,
            "produit quotidien",
            "Direction · Ne porte jamais\u00a0: Les décisions [produit] du [quotidien].",
        ),
    ],
)
def test_what_a_role_never_carries_is_not_found_as_if_it_were_the_roles(
    edition: Edition, query: str, line: str
) -> None:
    (role,) = (hit for hit in hits(edition, query) if hit.passage.roles)

    assert marked(role.line) == line
