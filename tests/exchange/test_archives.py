"""Everything in one ZIP: the same bytes for the same records, taken apart with care."""

from __future__ import annotations

import io
from zipfile import ZipFile, ZipInfo

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.exchange.archives import files_in, files_of, is_zip, zip_of
from assessment.storage.csv.layouts import Layout
from assessment.storage.kinds import ACTIONS
from tests.builders import action, assessment, deep_assessment, link, setup

FRAMEWORK = shipped_framework()
RECORDS = (
    assessment(),
    deep_assessment(),
    setup(shared_seats={"po": "=PO of both"}),
    action(note="é\n"),
)


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(StorageError) as refusal:
        files_in(data, file="it.zip")
    return str(refusal.value)


def test_what_is_packed_comes_out_as_the_store_s_own_files() -> None:
    packed = zip_of(RECORDS, FRAMEWORK)

    assert is_zip(packed)
    assert files_in(packed, file="it.zip") == files_of(RECORDS, FRAMEWORK)
    assert list(files_of(RECORDS, FRAMEWORK)) == [
        "assessments.csv",
        "setups.csv",
        "actions.csv",
        "gatherings.csv",
        "agreements.csv",
        "confirmations.csv",
        "votes.csv",
        "totals.csv",
    ]
    last = files_of(RECORDS, FRAMEWORK)["actions.csv"].decode().splitlines()[-1].split(",")
    cells = dict(zip(Layout(ACTIONS, FRAMEWORK).columns, last, strict=True))
    assert (cells["status"], cells["ended_on"], cells["note"]) == ("planned", "", "é\\n")


def test_the_same_records_make_the_same_bytes() -> None:
    assert zip_of(RECORDS, FRAMEWORK) == zip_of(list(RECORDS), FRAMEWORK)


def test_a_folder_of_data_zipped_by_hand_is_read_without_its_backups() -> None:
    data = zipped(
        {
            "data/assessments.csv": b"now",
            "data/assessments.csv.rejected": b"torn",
            "data/links.csv": b"secret",
            "data/backups/assessments-20261103T120000Z-001.csv": b"then",
            "__MACOSX/data/setups.csv": b"marks",
            "notes.txt": b"x",
        }
    )

    assert files_in(data, file="it.zip") == {"assessments.csv": b"now"}


def test_of_files_of_one_name_the_nearest_to_the_root_is_read_in_any_order() -> None:
    files = {"Données/setups.csv": b"now", "Données/été/setups.csv": b"then"}

    for data in (zipped(files), zipped(dict(reversed(files.items())))):
        assert files_in(data, file="it.zip") == {"setups.csv": b"now"}


def test_one_file_twice_is_refused() -> None:
    data = zipped({"a/setups.csv": b"one", "b/setups.csv": b"two"})

    assert refusal(data) == (
        "it.zip: this ZIP holds setups.csv more than once, so nobody can tell which to take"
    )


@pytest.mark.parametrize("files", [{"word/document.xml": b"<x/>"}, {"assessments.CSV.txt": b""}])
def test_a_zip_without_our_files_is_refused(files: dict[str, bytes]) -> None:
    assert refusal(zipped(files)) == (
        "it.zip: this ZIP holds none of our files; expected one of assessments.csv, setups.csv, "
        "actions.csv, gatherings.csv, agreements.csv, confirmations.csv, votes.csv, totals.csv"
    )


def test_a_zip_that_was_cut_or_spoiled_is_refused() -> None:
    packed = zip_of(RECORDS, FRAMEWORK)
    at = packed.index(b"assessments.csv") + 40
    for spoiled in (packed[:-30], packed[:at] + bytes(20) + packed[at + 20 :]):
        assert refusal(spoiled).startswith("it.zip: this ZIP file cannot be read (")


def test_a_zip_under_a_password_is_refused() -> None:
    data = bytearray(zipped({"setups.csv": b"x"}))
    for record in (b"PK\x03\x04", b"PK\x01\x02"):
        data[data.index(record) + (6 if record.endswith(b"\x04") else 8)] |= 1

    assert "(it is under a password)" in refusal(bytes(data))


def test_what_would_unpack_to_too_much_is_left_alone() -> None:
    many = io.BytesIO()
    with ZipFile(many, "w") as archive:
        archive.writestr(ZipInfo("assessments.csv"), bytes(700_000))
        archive.writestr(ZipInfo("setups.csv"), bytes(700_000))

    with pytest.raises(StorageError, match="would take more than 1 MB"):
        files_in(many.getvalue(), file="it.zip", most=1)


def test_links_are_in_no_archive() -> None:
    shared = link()

    packed = zip_of([*RECORDS, shared], FRAMEWORK)

    assert packed == zip_of(RECORDS, FRAMEWORK)
    assert shared.digest.encode() not in b"".join(files_in(packed, file="it.zip").values())
