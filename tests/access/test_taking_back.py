"""What was just added is taken back only where nobody went on with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assessment.access.taking_back import check_untouched
from assessment.content.loading import shipped_framework
from assessment.errors import Conflict
from assessment.storage.protocol import Record, Stored
from tests.builders import agreement, assessment, confirmation, gathering, link, vote

AGREED, CHECK, SURVEY = agreement(), assessment(), gathering()
NAMING: list[tuple[Record, Stored]] = [
    (AGREED, Stored(confirmations=(confirmation(agreement_id=AGREED.id),))),
    (AGREED, Stored(agreements=(agreement(supersedes=AGREED.id),))),
    (SURVEY, Stored(agreements=(agreement(survey=SURVEY.id),))),
    (SURVEY, Stored(assessments=(assessment(gathering=SURVEY.id),))),
    (SURVEY, Stored(votes=(vote(gathering=SURVEY.id),))),
    (SURVEY, Stored(links=(link(kind="invite", round_id=SURVEY.id),))),
]


@pytest.mark.parametrize(("added", "stored"), NAMING)
def test_what_another_record_names_stays(added: Record, stored: Stored) -> None:
    with pytest.raises(Conflict, match="somebody went on with this"):
        check_untouched([added], stored, shipped_framework())


@pytest.mark.parametrize(("added", "stored"), NAMING)
def test_records_that_name_one_another_go_together(added: Record, stored: Stored) -> None:
    check_untouched([added, *stored.records], stored, shipped_framework())


def test_what_reads_otherwise_by_now_stays() -> None:
    renamed = CHECK.model_copy(update={"squad": "Boréal"})
    with pytest.raises(Conflict, match="somebody changed this meanwhile, so nothing was deleted"):
        check_untouched([CHECK], Stored(assessments=(renamed,)), shipped_framework())


def test_what_is_gone_or_was_stored_by_an_earlier_try_is_no_conflict() -> None:
    earlier = CHECK.model_copy(update={"saved_at": CHECK.saved_at - timedelta(seconds=9)})
    heard = agreement(consulted=("tl", "cpo"))
    as_kept = heard.model_copy(update={"consulted": ("cpo", "tl")})
    of_others = assessment(gathering=SURVEY.id)
    stored = Stored(assessments=(earlier, of_others), agreements=(as_kept,))
    check_untouched([CHECK, heard, assessment()], stored, shipped_framework())
