"""What is read of a certificate."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderproof.transport.certificate import Shown, read
from tests.laboratory.channels import HOST, Wanted, certified


def shown(folder: Path, wanted: Wanted) -> Shown:
    found = read(ssl.PEM_cert_to_DER_cert(certified(folder, wanted).chain.read_text("ascii")))
    assert found is not None
    return found


def test_who_by_whom_and_how_is_read(tmp_path: Path) -> None:
    found = shown(tmp_path, Wanted(names=("platform.example", HOST), rsa_bits=2048))

    assert (found.subject, found.issuer, found.issued_itself) == ("CN=server", "CN=the laboratory's root", False)
    assert (found.names, found.key, found.bits, found.hash) == (("platform.example", HOST), "RSA", 2048, "sha256")
    assert (found.not_after - found.not_before).days == 2


def test_no_name_at_all_is_told_apart_from_names(tmp_path: Path) -> None:
    found = shown(tmp_path, Wanted(names=None))

    assert found.names is None
    assert not found.is_for("server")


def test_a_certificate_over_sha1_says_so(tmp_path: Path) -> None:
    assert shown(tmp_path, Wanted(sha1=True)).hash == "sha1"


@pytest.mark.parametrize(
    ("names", "host", "fits"),
    [
        (("platform.example",), "platform.example", True),
        (("Platform.Example",), "platform.example.", True),
        (("*.example.cn",), "www.example.cn", True),
        (("*.example.cn",), "a.www.example.cn", False),
        (("*.example.cn",), "example.cn", False),
        (("*.cn",), "example.cn", False),
        (("w*.example.cn",), "www.example.cn", False),
        (("127.0.0.1",), "127.0.0.1", True),
        (("2001:db8::1",), "2001:0db8:0:0:0:0:0:1", True),
        (("127.0.0.2",), "127.0.0.1", False),
        ((), "platform.example", False),
    ],
)
def test_a_name_is_that_of_a_host_or_stands_for_its_first_label(names: tuple[str, ...], host: str, fits: bool) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)

    assert Shown("CN=a", "CN=b", moment, moment, names, "EC", 256, "sha256").is_for(host) is fits


@pytest.mark.parametrize("octets", [b"", b"\x30\x03\x02\x01\x01", b"certificate"])
def test_what_is_no_certificate_is_not_read(octets: bytes) -> None:
    assert read(octets) is None
