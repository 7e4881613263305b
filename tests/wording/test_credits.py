"""What is said of the articles behind the playbook."""

import pytest

from assessment.content.edition import edition_in
from assessment.model.base import Article
from assessment.wording.credits import credit_line
from tests.expected import french


@pytest.mark.parametrize(
    ("article", "english", "in_french"),
    [
        (
            "A",
            "title not given · Yield · author not given",
            "titre non indiqué · Yield · auteur non indiqué",
        ),
        (
            "C",
            "“Qu’est-ce qu’un CPO (Chief Product Officer)\u202f?” · publisher not given · "
            "author not given",
            "« Qu’est-ce qu’un CPO (Chief Product Officer)\u202f? » · éditeur non indiqué · "
            "auteur non indiqué",
        ),
    ],
)
def test_what_an_article_does_not_tell_of_itself_is_said_to_be_missing(
    article: Article, english: str, in_french: str
) -> None:
    lines = [
        credit_line(edition, edition.playbook.articles[article])
        for edition in (edition_in("en"), edition_in("fr"))
    ]

    assert lines == [english, french(in_french)]
