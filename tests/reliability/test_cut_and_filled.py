"""The end of the file cut at every byte, or filled with NUL."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.framework import shipped_framework
from assessment.storage.csv_store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.layouts import layout_of
from tests.builders import assessment
from tests.reliability.figures import tell, times

FRAMEWORK = shipped_framework()
LAYOUT = layout_of(ASSESSMENTS, FRAMEWORK)
FIRST = [assessment(squad=f"Squad {n}", note="kept") for n in range(5)]
LAST = [
    assessment(squad="Équipe", note="é\u2028🚀"),
    assessment(squad='a, "b"', note="one\ntwo\\"),
    assessment(squad="Zoë", voice="Łódź", note="n" * 40),
]
WHOLE = LAYOUT.header_line + b"".join(LAYOUT.line_of(e) for e in FIRST)
END = b"".join(LAYOUT.line_of(each) for each in LAST)


@pytest.mark.parametrize("filled", [False, True], ids=["cut", "filled with NUL"])
def test_a_damaged_end_leaves_earlier_rows_is_reported_and_the_next_append_is_clean(
    tmp_path: Path, request: pytest.FixtureRequest, *, filled: bool
) -> None:
    ends = range(0, len(END), times(full=1, short=3))
    reported = 0
    for kept in ends:
        folder = tmp_path / str(kept)
        folder.mkdir()
        file = folder / "assessments.csv"
        damaged = END[:kept] + (b"\0" * (len(END) - kept) if filled else b"")
        file.write_bytes(WHOLE + damaged)
        intact = [*FIRST, *LAST[: END[:kept].count(b"\n")]]
        tail = damaged[damaged.rfind(b"\n") + 1 :]
        store = CsvStore(folder, FRAMEWORK)

        stored = store.read()
        assert list(stored.assessments) == intact, kept
        assert len(stored.set_aside) == bool(tail), kept
        assert file.read_bytes() == WHOLE + damaged, "reading changes nothing"
        reported += bool(tail)

        new = assessment(squad="Next")
        assert store.add([new]) == 1
        for seen in (store.read(), CsvStore(folder, FRAMEWORK).read()):
            assert list(seen.assessments) == [*intact, new], kept
            assert [each.place for each in seen.set_aside] == (
                ["assessments.csv.rejected"] if tail else []
            )
        assert file.read_bytes() == (
            WHOLE + damaged[: len(damaged) - len(tail)] + LAYOUT.line_of(new)
        )
    tell(
        request,
        f"{len(ends)} ends {'filled with NUL' if filled else 'cut off'}: earlier rows identical, "
        f"{reported} of {reported} damaged rows reported, next append clean",
    )
