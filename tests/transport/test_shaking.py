"""Whole handshakes: what a current client agrees to, and whether it believes whom it meets."""

import ssl
from pathlib import Path

from tenderproof.transport.asking import Place
from tenderproof.transport.shaking import shake
from tests.laboratory.channels import DAY, HOST, Wanted, certified, context, only, saying, serving


def place(port: int) -> Place:
    return Place(HOST, port, 3)


def test_a_sound_channel_is_agreed_to_and_believed(tmp_path: Path) -> None:
    papers = certified(tmp_path, Wanted())

    with serving(only(context(papers), ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_3)) as port:
        found = shake(place(port), papers.root)

    assert (found.version, found.cipher[:4], found.unbelieved, found.trouble) == ("TLSv1.3", "TLS_", 0, "")
    assert found.certificate == ssl.PEM_cert_to_DER_cert(papers.chain.read_text("ascii"))


def test_who_is_not_believed_is_looked_at_all_the_same(tmp_path: Path) -> None:
    papers = certified(tmp_path, Wanted(until=-DAY / 2))

    with serving(context(papers)) as port:
        expired, unknown = shake(place(port), papers.root), shake(place(port), None)

    assert (expired.unbelieved, expired.words) == (10, "certificate has expired")
    assert unknown.unbelieved == 20
    assert expired.certificate == unknown.certificate != b""


def test_the_name_is_left_to_others_to_compare(tmp_path: Path) -> None:
    papers = certified(tmp_path, Wanted(names=("elsewhere.example",)))

    with serving(context(papers)) as port:
        assert shake(place(port), papers.root).unbelieved == 0


def test_what_stands_in_the_way_is_told() -> None:
    with saying(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        found = shake(place(port), None)

    assert found.trouble
    assert found.certificate == b""
