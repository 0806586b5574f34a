"""What was recorded is read back: whole with the auditor's key, as far as it is published without it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tenderproof.evidence import auditor
from tenderproof.evidence.observation import ArtefactObservation, HttpObservation, InputObservation, Key, Observation
from tenderproof.evidence.record import REDACTED, OriginalRecord, PublishedRecord
from tenderproof.evidence.sink import FileSink
from tenderproof.vocabulary import NotReplayable

CHECK = "function/bidding::test_x"
ASKED = HttpObservation(
    "POST", "http://127.0.0.1:8000/api?q=1", (("content-type", "text/plain"),), b"two\r\n\r\nparts", 201,
    (("x-one", "1"), ("x-one", "2")), "答".encode() * 70_000, 0.25, "127.0.0.1:8000", "", "HTTP/2",
)  # fmt: skip
SILENT = HttpObservation("GET", "http://127.0.0.1:1/", (), b"", None, (), b"", 0.5, "", "ConnectError: refused")
LOGIN = replace(ASKED, request_headers=(("authorization", "Bearer s3cret"),), response_body=b'{"token":"t0ken"}')
OBSERVED: tuple[Observation, ...] = (
    ASKED, SILENT, InputObservation("a 签名: of it", b"open"), InputObservation("key", b"PRIVATE", secret=True),
    ArtefactObservation("page.png", "image/png", bytes(range(256)) * 9000), LOGIN,
)  # fmt: skip


@pytest.fixture
def records(tmp_path: Path) -> tuple[OriginalRecord, PublishedRecord]:
    """The same observations, both ways."""
    key = auditor.make_key(tmp_path / "auditor.pem")
    sink = FileSink(tmp_path, "w", key, lambda *_: None)
    for number, observation in enumerate(OBSERVED, 1):
        sink.observe(Key(CHECK, 1, number), observation)
    sink.close()
    return OriginalRecord(tmp_path / "w.sealed", key), PublishedRecord(tmp_path / "w.warc.gz")


@pytest.mark.parametrize("number", range(1, len(OBSERVED) + 1))
def test_the_auditor_reads_every_observation_as_it_was(records: tuple[OriginalRecord, PublishedRecord], number: int) -> None:
    assert records[0].observation(CHECK, number) == OBSERVED[number - 1]


def test_anybody_reads_what_is_published(records: tuple[OriginalRecord, PublishedRecord]) -> None:
    _, published = records
    read = published.observation(CHECK, 1)
    assert isinstance(read, HttpObservation)
    length = ("content-length", str(len(ASKED.response_body)))

    assert read == replace(
        ASKED, request_headers=(*ASKED.request_headers, ("content-length", "12")), response_headers=(*ASKED.response_headers, length)
    )
    silent = published.observation(CHECK, 2)
    assert isinstance(silent, HttpObservation)
    assert (silent.status, silent.trouble) == (None, SILENT.trouble)
    assert published.observation(CHECK, 3) == OBSERVED[2]
    assert published.observation(CHECK, 5) == OBSERVED[4]


@pytest.mark.parametrize("number", [4, 6])
def test_what_is_secret_reads_as_withheld(records: tuple[OriginalRecord, PublishedRecord], number: int) -> None:
    read = records[1].observation(CHECK, number)
    content = read.content if isinstance(read, InputObservation) else getattr(read, "response_body", b"")

    assert REDACTED in content


@pytest.mark.parametrize(("check", "ordinal"), [(CHECK, 7), (CHECK, 0), ("function/bidding::test_y", 1)])
def test_what_was_never_observed_is_not_there(records: tuple[OriginalRecord, PublishedRecord], check: str, ordinal: int) -> None:
    for record in records:
        with pytest.raises(NotReplayable, match=rf"no observation where one is asked for \({ordinal} of {check}\)"):
            record.observation(check, ordinal)


def test_an_archive_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path, records: tuple[OriginalRecord, PublishedRecord]) -> None:
    del records
    path = tmp_path / "w.warc.gz"
    path.write_bytes(path.read_bytes()[:-20])
    cut = PublishedRecord(path)

    assert cut.observation(CHECK, 5) == OBSERVED[4]
