"""A record is withheld, and the seal still holds; what it was cannot be found out by trying."""

import base64
import gzip
import hashlib
from pathlib import Path

import pytest

from tenderproof.seal import disclosure, standalone, verification
from tenderproof.seal.disclosure import DisclosureError

from .conftest import Bundled
from .forgery import apart, listed, pieces
from .runs import CHECK, SECRET, WORKERS

WARC = "evidence/gw0-1.warc.gz"


@pytest.fixture
def withheld(bundled: Bundled, tmp_path: Path) -> Path:
    """The bundle without the third record of the check, on either worker."""
    assert disclosure.withhold(bundled.path, [f"{CHECK}#3"], tmp_path / "less.zip") == len(WORKERS)
    return tmp_path / "less.zip"


def test_the_seal_holds_without_the_record_and_the_record_is_named(bundled: Bundled, withheld: Path) -> None:
    done = verification.verify(withheld, [bundled.signer])
    said: list[str] = []

    assert (done.findings, done.withheld) == ([], [(f"evidence/{worker}.warc.gz", 3) for worker in WORKERS])
    assert done.root == verification.verify(bundled.path).root
    assert list(standalone.faults(withheld, [standalone.key_of(bundled.sealer.pem)], said)) == []
    assert said == [f"evidence/{worker}.warc.gz, observation 3" for worker in WORKERS]


def test_its_content_its_salt_and_its_identifiers_are_gone(bundled: Bundled, withheld: Path) -> None:
    before, after = apart(bundled.octets), apart(withheld.read_bytes())
    gone = pieces(before, WARC)[2]
    record = gzip.decompress(gone)
    assert SECRET.encode() in record

    everything = b"".join([*after.values(), gzip.decompress(after[WARC])])
    assert SECRET.encode() not in everything
    salt = listed(before, WARC)[2].salt
    assert salt is not None
    assert salt.hex().encode() not in everything
    identifiers = [line for line in record.splitlines() if line.startswith(b"WARC-Record-ID")]
    assert identifiers
    assert all(identifier not in everything for identifier in identifiers)


def test_no_hash_that_stays_can_be_made_from_the_content_alone(bundled: Bundled, withheld: Path) -> None:
    record = gzip.decompress(pieces(apart(bundled.octets), WARC)[2])
    block = record.split(b"\r\n\r\nWARC/1.1")[0].partition(b"\r\n\r\n")[2]
    digest = hashlib.sha256(SECRET.encode()).digest()
    told = b"".join([*apart(withheld.read_bytes()).values(), gzip.decompress(apart(withheld.read_bytes())[WARC])])

    for hashed in (digest, hashlib.sha256(block).digest()):
        assert hashed.hex().encode() not in told
        assert base64.b32encode(hashed) not in told


def test_a_whole_check_can_be_withheld_and_what_is_withheld_once_stays_so(bundled: Bundled, withheld: Path, tmp_path: Path) -> None:
    assert disclosure.withhold(withheld, [CHECK], tmp_path / "none.zip") == 4 * len(WORKERS)

    done = verification.verify(tmp_path / "none.zip", [bundled.signer])
    assert (done.findings, len(done.withheld)) == ([], 5 * len(WORKERS))


def test_a_record_that_is_not_there_gets_a_sentence(bundled: Bundled, tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match="has no record function/x::test_y#1"):
        disclosure.withhold(bundled.path, ["function/x::test_y#1"], tmp_path / "less.zip")
