from pathlib import Path

import pytest
from cryptography import x509

from tenderproof.seal import timestamp
from tenderproof.seal.timestamp import TimestampError, TimestampTrouble
from tests.evidence.server import plain
from tests.evidence.server import serving as answering

from . import authority


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    """A time stamp over b"content", and its authority's certificate."""
    folder = tmp_path_factory.mktemp("tsa")
    root = authority.make(folder)
    with authority.serving(folder) as url:
        return timestamp.ask(url, b"content"), root


def test_a_time_stamp_tells_its_moment_and_leads_to_its_authority(stamped: tuple[bytes, Path]) -> None:
    found, moment = timestamp.read(stamped[0], b"content")
    timestamp.require_authority(found, b"content", [x509.load_pem_x509_certificate(stamped[1].read_bytes())])

    assert moment.tzinfo is not None


def test_a_time_stamp_of_other_octets_is_named(stamped: tuple[bytes, Path]) -> None:
    with pytest.raises(TimestampTrouble, match="timestamp_other"):
        timestamp.read(stamped[0], b"contend")


@pytest.mark.parametrize("octets", [b"", b"x", b"\x30\x03\x02\x01\x00"])
def test_what_is_no_time_stamp_is_named(octets: bytes) -> None:
    with pytest.raises(TimestampTrouble, match="timestamp_form"):
        timestamp.read(octets, b"content")


def test_a_time_stamp_of_another_authority_is_named(stamped: tuple[bytes, Path], tmp_path: Path) -> None:
    found, _ = timestamp.read(stamped[0], b"content")
    other = x509.load_pem_x509_certificate(authority.make(tmp_path).read_bytes())

    with pytest.raises(TimestampTrouble, match="timestamp_signature"):
        timestamp.require_authority(found, b"content", [other])


def test_an_authority_that_gives_none_is_a_sentence() -> None:
    with answering(plain(b"<html>")) as url, pytest.raises(TimestampError, match="gave no time stamp"):
        timestamp.ask(url, b"content")
    with pytest.raises(TimestampError, match="gave no time stamp"):
        timestamp.ask("http://127.0.0.1:9/", b"content")
