"""The trace of a case counts only whole, unbroken, within the trial, and once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tenderproof.dossier import traces
from tenderproof.dossier.envelope import PaperFault

from . import cases
from .cases import Change

BEGIN, END = date(2026, 4, 27), date(2026, 7, 27)


def fault(folder: Path, *codes: str) -> str | None:
    """The code of the fault of these cases, None if each is traced."""
    try:
        traces.require_traced(codes, {path.name: path for path in folder.iterdir()}, BEGIN, END)
    except PaperFault as found:
        return found.code
    return None


def test_three_cases_each_with_its_archive_are_traced(tmp_path: Path) -> None:
    cases.lay(tmp_path, "P1", "P2", "P3")

    assert fault(tmp_path, "P1", "P2", " P3 ") is None


def test_a_case_without_a_trace_is_named(tmp_path: Path) -> None:
    cases.lay(tmp_path, "P1", "P2")

    assert fault(tmp_path, "P1", "P2", "P3") == "trace_absent"


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-04-27", "2026-07-27", None),
        ("2026-04-26", "2026-07-27", "trace_outside"),
        ("2026-04-27", "2026-07-28", "trace_outside"),
    ],
)
def test_a_case_is_of_the_trial_to_the_day(tmp_path: Path, first: str, last: str, found: str | None) -> None:
    cases.trace(tmp_path, "P1", first=first, last=last)

    assert fault(tmp_path, "P1") == found


def test_one_case_under_three_codes_is_one_case(tmp_path: Path) -> None:
    def copied(_: dict[str, Any], files: dict[str, bytes]) -> None:
        files |= {f"entries/{number}": f"P1 {number}".encode() for number in (1, 2)}
        for entry in _["entries"][:2]:
            entry["sha256"] = cases.digest(files[f"entries/{entry['number']}"])

    cases.trace(tmp_path, "P1")
    cases.trace(tmp_path, "P2", copied)

    assert fault(tmp_path, "P1", "P2") == "trace_copied"


def _changed_message(_: dict[str, Any], files: dict[str, bytes]) -> None:
    files["entries/3"] += b" "


def _lost_message(_: dict[str, Any], files: dict[str, bytes]) -> None:
    del files["entries/3"]


def _left_out(archive: dict[str, Any], _: dict[str, bytes]) -> None:
    del archive["entries"][1]


def _without_stage(archive: dict[str, Any], _: dict[str, bytes]) -> None:
    archive["entries"][4]["item"] = 4


def _other_root(archive: dict[str, Any], _: dict[str, bytes]) -> None:
    archive["root"] = "0" * 64


def _other_section(archive: dict[str, Any], _: dict[str, bytes]) -> None:
    archive["section_code"] = "Q1001"


def _no_zone(archive: dict[str, Any], _: dict[str, bytes]) -> None:
    archive["entries"][0]["created_at"] = "2026-05-06T09:00:00"


def _no_list(archive: dict[str, Any], _: dict[str, bytes]) -> None:
    archive["entries"] = {"1": "x"}
    archive["root"] = ""


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_changed_message, "trace_broken"), (_lost_message, "trace_broken"), (_left_out, "trace_broken"), (_without_stage, "trace_stages"),
        (_other_root, "trace_broken"), (_other_section, "trace_of_another"), (_no_zone, "trace_broken"), (_no_list, "trace_broken"),
    ],
)  # fmt: skip
def test_a_trace_that_was_changed_or_lacks_a_part_is_none(tmp_path: Path, change: Change, found: str) -> None:
    cases.trace(tmp_path, "P1", change)

    assert fault(tmp_path, "P1") == found


@pytest.mark.parametrize("octets", [b"", b"PK\x03\x04", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_archive_is_a_fault_and_no_crash(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "P1.zip").write_bytes(octets)

    assert fault(tmp_path, "P1") == "trace_broken"


@pytest.mark.parametrize("listed", [b"[]", b"{", b"[" * 100_000, b'{"entries": [1], "root": "", "section_code": ""}', b"\xff"])
def test_a_list_that_is_none_is_a_fault_and_no_crash(tmp_path: Path, listed: bytes) -> None:
    cases.written(tmp_path / "P1.zip", {"archive.json": listed})

    assert fault(tmp_path, "P1") == "trace_broken"


def test_what_is_longer_than_a_list_or_a_message_can_be_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.trace(tmp_path, "P1")
    monkeypatch.setattr(traces, "_ENTRY_AT_MOST", 3)
    assert fault(tmp_path, "P1") == "trace_broken"

    monkeypatch.setattr(traces, "_LIST_AT_MOST", 10)
    assert fault(tmp_path, "P1") == "trace_broken"
