"""The TLS laboratory: the right findings on each channel that has something wrong with it, and none on those that have not."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderproof.transport.asking import Place
from tenderproof.transport.judgement import Figures, Supports, judged
from tenderproof.transport.observing import observe
from tests.laboratory import channels
from tests.laboratory.channels import DAY, Papers, Wanted, certified, ciphers, context, nginx, only, openssl_server, saying, serving

FIGURES = Figures(
    "TLSv1.2", 2048, 256, ("anonymous", "NULL", "EXPORT", "RC4", "DES", "3DES"), ("md5", "sha1"),
    ("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"),
)  # fmt: skip
OLD = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1


def found(port: int, papers: Papers) -> dict[str, Supports]:
    """The codes of what is found there, and what they are good for."""
    seen = observe(Place(channels.HOST, port, 3), papers.root, datetime.now(UTC))
    return {finding.code: finding.supports for finding in judged(seen, FIGURES)}


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    return certified(tmp_path, Wanted())


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (Wanted(), set()),
        (Wanted(rsa_bits=2048), set()),
        (Wanted(until=-DAY / 2), {"expired"}),
        (Wanted(since=DAY / 2), {"not_yet_valid"}),
        (Wanted(names=("192.0.2.1", "elsewhere.example")), {"wrong_host"}),
        (Wanted(names=None), {"no_subject_alternative_name"}),
        (Wanted(by_itself=True), {"self_signed"}),
        (Wanted(rsa_bits=1024), {"weak_key"}),
        (Wanted(sha1=True), {"weak_signature"}),
    ],
    ids=["sound", "sound RSA", "expired", "not yet valid", "wrong host", "no SAN", "self-signed", "RSA-1024", "SHA-1"],
)
def test_a_certificate_is_found_to_be_what_it_is(tmp_path: Path, wanted: Wanted, codes: set[str]) -> None:
    papers = certified(tmp_path, wanted)

    with serving(context(papers)) as port:
        seen = found(port, papers)

    assert seen == dict.fromkeys(codes, Supports.VIOLATED)


@pytest.mark.parametrize("newest", OLD, ids=["TLS 1.0 only", "TLS 1.0 and 1.1 only"])
def test_a_channel_that_speaks_old_protocols_alone_is_told_so(papers: Papers, newest: ssl.TLSVersion) -> None:
    with serving(only(context(papers), ssl.TLSVersion.TLSv1, newest)) as port:
        seen = found(port, papers)

    assert seen["old_protocol"] is seen["no_current_protocol"] is Supports.VIOLATED


def test_a_channel_that_also_speaks_an_old_protocol_is_told_so(papers: Papers) -> None:
    with serving(only(context(papers), ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_3)) as port:
        seen = found(port, papers)

    assert seen == {"old_protocol": Supports.VIOLATED}


@pytest.mark.parametrize(
    "suites",
    ["aNULL", "ECDHE+AESGCM:aNULL", "eNULL:!aNULL", "ECDHE+AESGCM:eNULL"],
    ids=["anonymous only", "anonymous too", "NULL only", "NULL too"],
)
def test_a_suite_that_protects_nothing_is_found_wherever_it_is_taken(papers: Papers, suites: str) -> None:
    with serving(ciphers(context(papers), f"{suites}:@SECLEVEL=0")) as port:
        seen = found(port, papers)

    assert seen["weak_suite"] is Supports.VIOLATED


def servers(papers: Papers, folder: Path) -> Iterator[tuple[str, AbstractContextManager[int], set[str]]]:
    """What other programs serve, and what is to be found of it."""
    yield "openssl, current", openssl_server(papers, "-no_tls1", "-no_tls1_1", "-cipher", "ECDHE+AESGCM"), set()
    yield "openssl, TLS 1.3 alone", openssl_server(papers, "-tls1_3"), set()
    yield "openssl, TLS 1.0", openssl_server(papers, "-tls1", "-cipher", "DEFAULT:@SECLEVEL=0"), {"old_protocol", "no_current_protocol"}
    yield "openssl, anonymous", openssl_server(papers, "-tls1_2", "-cipher", "ECDHE+AESGCM:ADH:@SECLEVEL=0"), {"weak_suite"}
    yield "openssl, NULL", openssl_server(papers, "-tls1_2", "-cipher", "ECDHE+AESGCM:eNULL:@SECLEVEL=0"), {"weak_suite"}
    yield "nginx, current", nginx(papers, folder, "ssl_protocols TLSv1.2 TLSv1.3;"), set()
    weak = nginx(papers, folder, "ssl_protocols TLSv1 TLSv1.1 TLSv1.2;", "ssl_ciphers ALL:eNULL:@SECLEVEL=0;")
    yield "nginx, whatever it can", weak, {"old_protocol", "weak_suite"}


@pytest.mark.parametrize("number", range(7))
def test_servers_of_others_are_seen_as_they_are_set_up(papers: Papers, tmp_path: Path, number: int) -> None:
    name, server, codes = list(servers(papers, tmp_path))[number]

    with server as port:
        seen = found(port, papers)

    assert {code for code, supports in seen.items() if supports is Supports.VIOLATED} == codes, name


def test_plain_http_is_no_channel(papers: Papers) -> None:
    with saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") as port:
        seen = found(port, papers)

    assert seen["plain_http"] is Supports.VIOLATED


@pytest.mark.parametrize(
    "silence",
    [lambda: saying(b""), lambda: saying(b"\x00" * 40), lambda: saying(b"SSH-2.0-OpenSSH_9.2\r\n")],
    ids=["ends", "zeros", "another protocol"],
)
def test_whoever_speaks_nothing_known_is_neither_convicted_nor_acquitted(
    papers: Papers, silence: Callable[[], AbstractContextManager[int]]
) -> None:
    with silence() as port:
        seen = found(port, papers)

    assert set(seen.values()) == {Supports.OPEN}
    assert "no_handshake" in seen


def test_an_issuer_that_is_unknown_here_leaves_the_question_open(papers: Papers, tmp_path: Path) -> None:
    (tmp_path / "another").mkdir()
    another = certified(tmp_path / "another", Wanted())

    with serving(context(papers)) as port:
        seen = found(port, another)

    assert seen == {"issuer_not_believed": Supports.OPEN}


def test_tlcp_is_seen_and_leaves_the_question_open(papers: Papers) -> None:
    hello = b"\x01\x01" + bytes(32) + b"\x00" + b"\xe0\x53" + b"\x00"
    message = b"\x02" + len(hello).to_bytes(3) + hello
    with saying(b"\x16\x01\x01" + len(message).to_bytes(2) + message + b"\x15\x01\x01\x00\x02\x02\x28") as port:
        seen = found(port, papers)

    assert seen["tlcp_not_tested"] is Supports.OPEN
    assert Supports.VIOLATED not in seen.values()
