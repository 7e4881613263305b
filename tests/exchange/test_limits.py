"""Small uploads that grow, and large ones: stopped before they are read."""

from __future__ import annotations

import io
import random
from contextlib import suppress
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.exchange.archives import csv_of, zip_of
from assessment.exchange.imports import import_plan_of_file, readings_of, stored_in
from assessment.exchange.limits import UPLOADED
from assessment.exchange.spreadsheets import workbook
from assessment.storage.csv.layouts import Layout
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.protocol import Stored
from tests.builders import TODAY, action, assessment, deep_assessment, setup

FRAMEWORK = shipped_framework()
HEADER = Layout(ASSESSMENTS, FRAMEWORK).header_line
RECORDS = (assessment(), deep_assessment(), setup(), action(note="é"))


def zipped(files: dict[str, bytes], *, method: int = ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(StorageError) as refusal:
        import_plan_of_file(data, Stored(), FRAMEWORK, file="in", latest=TODAY)
    return str(refusal.value)


def test_an_upload_of_more_than_fifty_megabytes_is_not_read() -> None:
    assert (UPLOADED.megabytes, UPLOADED.rows, UPLOADED.refusals) == (50, 200_000, 1_000)
    assert "holds more than 50 MB" in refusal(HEADER + bytes(50_000_000))


def test_a_zip_that_would_unpack_to_more_is_not_unpacked() -> None:
    inside = {"assessments.csv": bytes(30_000_000), "setups.csv": bytes(21_000_000)}

    assert "would take more than 50 MB" in refusal(zipped(inside))


def test_a_zip_in_a_zip_is_not_unpacked() -> None:
    trap = zipped({"assessments.csv": bytes(40_000_000)})

    reason = refusal(zipped({"assessments.csv": trap}))

    assert "this is a ZIP, not a CSV file; unpack it" in reason


def test_rows_are_counted_over_all_files_before_one_is_read() -> None:
    half = HEADER + b"x\n" * 100_000

    assert "holds more than 200000 rows" in refusal(zipped({"a.csv": half, "b.csv": half}))


def test_reading_stops_where_a_thousand_rows_could_not_be_read() -> None:
    assert "more than 1000 rows cannot be read" in refusal(HEADER + b"x\n" * 150_000)


def test_an_endless_row_is_not_taken_apart() -> None:
    assert "is longer than 200000 characters" in refusal(HEADER + b"," * 5_000_000)


def test_a_zip_that_lists_very_many_files_is_not_opened() -> None:
    assert "lists more than 10000 files" in refusal(zipped({f"{n}": b"" for n in range(10_001)}))


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_what_can_only_be_unpacked_as_a_whole_is_left_packed(method: int) -> None:
    packed = zipped({"setups.csv": b"x"}, method=method)

    assert refusal(packed) == (
        "in: this ZIP file cannot be read (it is packed in another way than ZIP files usually are)"
        "; download or export it again"
    )


@pytest.mark.parametrize("make", [zip_of, lambda r, f: csv_of(ASSESSMENTS, r[:2], f)])
def test_no_damage_to_a_file_is_an_error_of_its_own(make: object) -> None:
    whole = make(RECORDS, FRAMEWORK)  # type: ignore[operator]
    chance = random.Random(20261103)  # noqa: S311 - no secret
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
            match chance.randrange(3):
                case 0:
                    del data[at : min(end, at + 12)]
                case 1:
                    data[at : at + 1] = bytes([chance.randrange(256)])
                case _:
                    data[at:at] = chance.randbytes(3)
        with suppress(StorageError):
            import_plan_of_file(bytes(data), Stored(), FRAMEWORK, file="in", latest=TODAY)


# Archives made by hand ----------------------------------------------------------------------------

ANSWERS = csv_of(ASSESSMENTS, RECORDS[:2], FRAMEWORK)


def counts(files: dict[str, bytes]) -> tuple[int, list[str]]:
    """How many assessments a ZIP brings, and the files of it that were left out."""
    stored = stored_in(readings_of(zipped(files), FRAMEWORK, file="in.zip", latest=TODAY))
    return len(stored.assessments), [row.file for row in stored.set_aside]


@pytest.mark.parametrize(
    "name",
    ["Assessments.CSV", "backup\\assessments.csv", "assessments (1).csv", "mine/saved by me.csv"],
)
def test_a_file_of_ours_is_read_under_whatever_name_it_lies(name: str) -> None:
    assert counts({name: ANSWERS}) == (2, [])


def test_the_file_nearest_to_the_root_counts_and_no_copy_beside_the_store() -> None:
    one = csv_of(ASSESSMENTS, RECORDS[:1], FRAMEWORK)
    files = {
        "data/sample/assessments.csv": one,
        "data/old/assessments.csv": one,
        "data/assessments.csv": ANSWERS,
        "data/backups/assessments-20261103T120000Z-001.csv": one,
    }

    assert counts(files) == (2, [])


@pytest.mark.parametrize(
    "other", [b"sep=;\n" + ANSWERS, workbook(RECORDS[:1], FRAMEWORK), b"\n" + ANSWERS, b"a\rb\r"]
)
def test_a_file_that_has_to_be_saved_anew_leaves_the_others_alone(other: bytes) -> None:
    assert counts({"assessments.csv": ANSWERS, "mine.csv": other}) == (2, ["in.zip/mine.csv"])
    with pytest.raises(StorageError):
        readings_of(other, FRAMEWORK, file="mine.csv", latest=TODAY)


def test_a_csv_file_that_is_none_of_ours_is_told() -> None:
    assert counts({"assessments.csv": ANSWERS, "sales.csv": b"a,b\n1,2\n"}) == (
        2,
        ["in.zip/sales.csv"],
    )
