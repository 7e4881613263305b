"""Searching the playbook."""

from __future__ import annotations

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.wording.playbook_search import passages_about

EN, FR = edition_in("en"), edition_in("fr")


def found(edition: Edition, query: str) -> list[str]:
    return [passage.id for passage in passages_about(edition, query)]


def test_nothing_asked_finds_everything_in_order() -> None:
    everything = [passage.id for passage in EN.playbook.passages]

    assert found(EN, "") == found(EN, "   ") == everything
    assert len(everything) == 49


@pytest.mark.parametrize("query", ["rémunération", "REMUNERATION", "Remunération", "  rémuner "])
def test_case_accents_and_spaces_do_not_count(query: str) -> None:
    assert found(FR, query) == ["cpo-pay"]


def test_every_word_has_to_be_there_whatever_the_order() -> None:
    assert found(EN, "tickets velocity") == []
    assert found(EN, "velocity cut") == found(EN, "cut velocity") == ["delegation"]


def test_a_word_is_found_by_its_beginning_and_not_by_its_middle() -> None:
    assert "frictions" in found(EN, "arm-wrest")
    assert "frictions" in found(EN, "wrestling")
    assert found(EN, "restling") == []


def test_a_short_word_is_found_whole() -> None:
    # "EM" is not the beginning of "emergencies".
    assert "shared-cycle" not in found(EN, "EM")
    assert "level-daily" in found(EN, "EM")
    assert found(EN, "67") == ["cpo-pay"]


def test_apostrophes_part_words() -> None:
    assert found(FR, "l'équipe") == found(FR, "l’equipe")
    assert "delegation" in found(FR, "l'équipe")


def test_what_the_framework_tells_of_a_passage_is_searched_too() -> None:
    # Who decides stands in the framework, not in the passage's own facts.
    assert "level-delivery" in found(EN, "team EM")
    assert "side-by-side" in found(EN, "scalability coherence")
    assert "tech-council" in found(EN, "read out")


def test_what_no_passage_says_finds_nothing() -> None:
    assert found(EN, "blockchain") == found(FR, "chaîne de blocs") == []
