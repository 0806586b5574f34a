"""The first words of a handshake: what we say is understood by OpenSSL, and what comes back is read in any portion."""

import ssl

import pytest

from tenderproof.transport.hello import SSL_3, TLCP, TLS_1_0, TLS_1_2, TLS_1_3, Reply, Said, client_hello, heard

CHANCE = bytes(range(64))


def record(kind: int, content: bytes, version: bytes = b"\x03\x03") -> bytes:
    return bytes([kind]) + version + len(content).to_bytes(2) + content


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3) + body


def server_hello(version: int, suite: int, extensions: bytes = b"") -> bytes:
    tail = len(extensions).to_bytes(2) + extensions if extensions else b""
    return message(2, version.to_bytes(2) + bytes(32) + b"\x00" + suite.to_bytes(2) + b"\x00" + tail)


def chain(*certificates: bytes) -> bytes:
    listed = b"".join(len(one).to_bytes(3) + one for one in certificates)
    return message(11, len(listed).to_bytes(3) + listed)


@pytest.mark.parametrize("version", [TLS_1_2, TLS_1_3])
def test_openssl_takes_our_hello_for_one_and_reads_the_name_in_it(version: int) -> None:
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda _, name, __: names.append(name)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    secured = context.wrap_bio(incoming, outgoing, server_side=True)

    incoming.write(client_hello(version, (0x1301, 0xC02F), "platform.example", CHANCE))
    with pytest.raises(ssl.SSLError, match=r"NO_SHARED_CIPHER|NO_SUITABLE"):  # it has no certificate, and everything else is understood
        secured.do_handshake()

    assert names == ["platform.example"]


def test_an_address_is_no_name_and_is_not_said() -> None:
    assert b"127.0.0.1" not in client_hello(TLS_1_2, (0xC02F,), "127.0.0.1", CHANCE)


@pytest.mark.parametrize(
    ("version", "in_record", "in_hello"),
    [(SSL_3, 0x0300, 0x0300), (TLS_1_0, 0x0301, 0x0301), (TLS_1_2, 0x0301, 0x0303), (TLS_1_3, 0x0301, 0x0303), (TLCP, 0x0101, 0x0101)],
)
def test_the_versions_stand_where_each_protocol_looks_for_them(version: int, in_record: int, in_hello: int) -> None:
    octets = client_hello(version, (0x002F,), "", CHANCE)

    assert int.from_bytes(octets[1:3]) == in_record
    assert int.from_bytes(octets[9:11]) == in_hello
    assert int.from_bytes(octets[3:5]) == len(octets) - 5


def test_a_hello_is_agreed_to_with_its_chain() -> None:
    octets = record(22, server_hello(TLS_1_2, 0xC02F, b"\xff\x01\x00\x01\x00") + chain(b"own", b"issuer"))

    assert heard(octets) == Said(Reply.AGREED, TLS_1_2, 0xC02F, 0, renegotiates_securely=True, chain=(b"own", b"issuer"))


def test_a_message_may_come_in_several_records_and_octet_by_octet() -> None:
    whole = server_hello(TLS_1_2, 0xC02F) + chain(b"own")
    octets = record(22, whole[:20]) + record(22, whole[20:41]) + record(22, whole[41:])

    assert {heard(octets[:length]) for length in range(len(octets))} == {None}
    assert heard(octets) == Said(Reply.AGREED, TLS_1_2, 0xC02F, chain=(b"own",))


def test_the_version_of_tls_1_3_stands_in_an_extension_and_nothing_in_clear_follows() -> None:
    assert heard(record(22, server_hello(TLS_1_2, 0x1301, b"\x00\x2b\x00\x02\x03\x04"))) == Said(Reply.AGREED, TLS_1_3, 0x1301)


def test_an_anonymous_suite_waits_for_no_certificate() -> None:
    assert heard(record(22, server_hello(TLS_1_2, 0x00A6))) == Said(Reply.AGREED, TLS_1_2, 0x00A6)


def test_who_sends_no_certificate_has_agreed_all_the_same_once_it_is_done() -> None:
    assert heard(record(22, server_hello(TLS_1_2, 0xC02F) + message(14, b""))) == Said(Reply.AGREED, TLS_1_2, 0xC02F)


@pytest.mark.parametrize(
    ("octets", "ended", "said"),
    [
        (record(21, b"\x02\x46"), False, Said(Reply.REFUSED, alert=70)),
        (record(22, server_hello(TLS_1_2, 0xC02F)) + record(21, b"\x02\x28"), False, Said(Reply.AGREED, TLS_1_2, 0xC02F)),
        (b"HTTP/1.1 400 Bad Request\r\n", False, Said(Reply.PLAIN)),
        (b"HT", False, None),
        (b"SSH-2.0", False, Said(Reply.STRANGE)),
        (b"HT", True, Said(Reply.STRANGE)),
        (b"", True, Said(Reply.CLOSED)),
        (b"", False, None),
        (record(22, server_hello(TLS_1_2, 0xC02F)), False, None),
        (record(22, server_hello(TLS_1_2, 0xC02F)), True, Said(Reply.AGREED, TLS_1_2, 0xC02F)),
        (record(22, b"\x02\x00\x00\x05\x03\x03"), True, Said(Reply.STRANGE)),
        (record(22, message(2, b"\x03\x03")), False, Said(Reply.STRANGE)),
        (record(21, b""), True, Said(Reply.STRANGE)),
    ],
)
def test_whatever_else_comes_is_read_as_what_it_is(octets: bytes, ended: bool, said: Said | None) -> None:
    assert heard(octets, ended=ended) == said
