"""Where roles stand on the decision levels."""

from __future__ import annotations

import pytest

from assessment.content.loading import shipped_framework
from assessment.scoring.role_levels import role_levels

EXPECTED = """
lead | vision                      |                | strategy arbitration
cpo  | vision strategy arbitration |                |
cto  | strategy arbitration        |                | vision delivery
cpto | vision strategy arbitration |                | delivery
pm   | vision strategy arbitration | daily delivery | daily delivery
po   | daily delivery              |                | vision strategy arbitration
em   | delivery                    | daily          | strategy arbitration daily
tl   | daily delivery              |                | strategy arbitration
team | delivery                    |                | daily
"""


@pytest.mark.parametrize("line", EXPECTED.strip().splitlines())
def test_a_role_stands_where_framework_mds_table_names_it(line: str) -> None:
    role, *cells = (cell.strip() for cell in line.split("|"))
    levels = role_levels(shipped_framework(), role)

    assert [
        list(levels.decides),
        list(levels.decides_without_po),
        list(levels.consulted),
    ] == [cell.split() for cell in cells]


def test_every_role_of_the_framework_is_asked() -> None:
    assert [line.split()[0] for line in EXPECTED.strip().splitlines()] == list(
        shipped_framework().role_ids
    )
