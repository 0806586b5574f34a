"""The records behind an outcome are found again in the archives that the sink wrote."""

from pathlib import Path

from tenderproof.evidence.warc import Archive, message
from tenderproof.reporting.records import Record, records

from . import results

_CHECK = "function/bidding::test_a_late_bid_is_refused"


def test_only_the_records_of_the_check_and_its_attempt_are_found(tmp_path: Path) -> None:
    _archive(tmp_path, "gw0-2.warc.gz", [(_CHECK, 2, 2), (_CHECK, 2, 1), ("function/x::test_y", 2, 1)])
    _archive(tmp_path, "gw0-1.warc.gz", [(_CHECK, 1, 1)])
    found = records(tmp_path, results.check(attempt=2))
    assert found == [
        Record("gw0-2.warc.gz", 1, "request", "http://127.0.0.1/bids", "POST /bids HTTP/1.1"),
        Record("gw0-2.warc.gz", 1, "response", "http://127.0.0.1/bids", "HTTP/1.1 409"),
        Record("gw0-2.warc.gz", 2, "request", "http://127.0.0.1/bids", "POST /bids HTTP/1.1"),
        Record("gw0-2.warc.gz", 2, "response", "http://127.0.0.1/bids", "HTTP/1.1 409"),
    ]


def test_an_input_of_ours_is_a_record_too(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    archive = Archive(tmp_path / "evidence" / "main-1.warc.gz")
    archive.resource("urn:tenderproof:input:seed", "text/plain", b"x", _marks(_CHECK, 1, 1))
    archive.close()
    assert records(tmp_path, results.check()) == [Record("main-1.warc.gz", 1, "resource", "urn:tenderproof:input:seed", "")]


def test_a_run_without_recording_has_none(tmp_path: Path) -> None:
    assert records(tmp_path, results.check()) == []


def _archive(folder: Path, name: str, exchanges: list[tuple[str, int, int]]) -> None:
    (folder / "evidence").mkdir(exist_ok=True)
    archive = Archive(folder / "evidence" / name)
    for check, attempt, ordinal in exchanges:
        request, response = message("POST /bids HTTP/1.1", [], b"{}"), message("HTTP/1.1 409 ", [], b"{}")
        archive.exchange("http://127.0.0.1/bids", request, response, _marks(check, attempt, ordinal))
    archive.close()


def _marks(check: str, attempt: int, ordinal: int) -> dict[str, str]:
    return {"Tenderproof-Check": check, "Tenderproof-Attempt": str(attempt), "Tenderproof-Ordinal": str(ordinal)}
