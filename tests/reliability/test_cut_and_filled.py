"""The end of a file cut at every byte, or filled with NUL, whatever kind of record it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import (
    ACTIONS,
    AGREEMENTS,
    ASSESSMENTS,
    CONFIRMATIONS,
    KINDS,
    LINKS,
    SETUPS,
    SURVEYS,
    TOTALS,
    VOTES,
    Kind,
)
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    in_squad,
    link,
    setup,
    total,
    vote,
)
from tests.reliability.figures import tell, times

FRAMEWORK = shipped_framework()
FIRST: dict[str, list[Any]] = {
    ASSESSMENTS.name: [deep_assessment(squad=f"Squad {n}", note="kept") for n in range(5)],
    SETUPS.name: [setup(squad=f"Squad {n}") for n in range(5)],
    ACTIONS.name: [action(squad=f"Squad {n}", note="kept") for n in range(5)],
    SURVEYS.name: [gathering(squad=f"Squad {n}") for n in range(5)],
    AGREEMENTS.name: [agreement(squad=f"Squad {n}", note="kept") for n in range(5)],
    CONFIRMATIONS.name: [confirmation(squad=f"Squad {n}") for n in range(5)],
    VOTES.name: [vote(squad=f"Squad {n}") for n in range(5)],
    TOTALS.name: [total(squad=f"Squad {n}") for n in range(5)],
    LINKS.name: [link(squad=f"Squad {n}") for n in range(5)],
}
LAST: dict[str, list[Any]] = {
    ASSESSMENTS.name: [
        assessment(squad="Équipe", note="é\u2028🚀"),
        deep_assessment(squad='a, "b"', note="one\ntwo\\"),
        assessment(squad="Zoë", voice="Łódź", note="n" * 40),
    ],
    SETUPS.name: [setup(squad="Équipe"), setup(squad='a, "b"'), setup(squad="Łódź 🚀", seats={})],
    ACTIONS.name: [
        action(squad="Équipe", note="é\u2028🚀"),
        action(squad='a, "b"', note="one\ntwo\\"),
        action(squad="Zoë", owner=None, note="n" * 40),
    ],
    SURVEYS.name: [
        gathering(squad="Équipe"),
        gathering(squad='a, "b"', privacy="open"),
        gathering(squad="Łódź 🚀", depth="deep"),
    ],
    AGREEMENTS.name: [
        agreement(squad="Équipe", limits="é 🚀", note="é\u2028🚀"),
        agreement(squad='a, "b"', consulted=(), note="one\ntwo\\"),
        agreement(squad="Zoë", escalation="", note="n" * 40),
    ],
    CONFIRMATIONS.name: [
        confirmation(squad="Équipe", voice="Zoë"),
        confirmation(squad='a, "b"', answer="not-agreed", reservation='no, "not" so'),
        confirmation(squad="Łódź 🚀", answer="with-reservation", reservation="r" * 40),
    ],
    VOTES.name: [
        vote(squad="Équipe"),
        vote(squad='a, "b"', named=("cpo", "pm")),
        vote(squad="Łódź 🚀", named=("nobody",)),
    ],
    TOTALS.name: [
        total(squad="Équipe"),
        total(squad='a, "b"', answers={}),
        total(squad="Łódź 🚀", invited=True, voices=12),
    ],
    LINKS.name: [
        link(squad="Équipe"),
        link(squads=('a, "b"', "c\\"), label="Comité"),
        link(squad="Łódź 🚀", period="2026-Q4"),
    ],
}


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
@pytest.mark.parametrize("filled", [False, True], ids=["cut", "filled with NUL"])
def test_a_damaged_end_leaves_earlier_rows_is_reported_and_the_next_append_is_clean(
    tmp_path: Path, request: pytest.FixtureRequest, kind: Kind[Any], *, filled: bool
) -> None:
    layout, first, last = Layout(kind, FRAMEWORK), FIRST[kind.name], LAST[kind.name]
    whole = layout.header_line + b"".join(map(layout.line_of, first))
    end = b"".join(map(layout.line_of, last))
    ends = range(0, len(end), times(full=1, short=11))
    reported = 0
    for length in ends:
        folder = tmp_path / str(length)
        folder.mkdir()
        file = folder / kind.file
        damaged = end[:length] + (b"\0" * (len(end) - length) if filled else b"")
        file.write_bytes(whole + damaged)
        intact = [*first, *last[: end[:length].count(b"\n")]]
        tail = damaged[damaged.rfind(b"\n") + 1 :]
        store = CsvStore(folder, FRAMEWORK)

        stored = store.read()
        assert list(stored.records) == intact, length
        assert len(stored.set_aside) == bool(tail), length
        assert file.read_bytes() == whole + damaged, "reading changes nothing"
        reported += bool(tail)

        new = in_squad(
            last[0].model_copy(update={kind.columns[0].field: UUID(int=10**9)}),
            "Next",
        )
        assert store.add([new]) == 1
        for seen in (store.read(), CsvStore(folder, FRAMEWORK).read()):
            assert list(seen.records) == [*intact, new], length
            assert [row.file for row in seen.set_aside] == (
                [f"{kind.file}.rejected"] if tail else []
            )
        assert file.read_bytes() == (
            whole + damaged[: len(damaged) - len(tail)] + layout.line_of(new)
        )
    tell(
        request,
        f"{len(ends)} ends of {kind.file} {'filled with NUL' if filled else 'cut off'}: earlier "
        f"rows identical, {reported} of {reported} damaged rows reported, next append clean",
    )
