"""The first words of a handshake as octets: what a client offers, and what the other side says to it.

Nothing of it asks the TLS library of this machine, which no longer speaks what is to be found out.
"""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address

from tenderproof.transport.suites import WITHOUT_CERTIFICATE

TLCP, SSL_3, TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3 = 0x0101, 0x0300, 0x0301, 0x0302, 0x0303, 0x0304
VERSIONS = {SSL_3: "SSLv3", TLS_1_0: "TLSv1", TLS_1_1: "TLSv1.1", TLS_1_2: "TLSv1.2", TLS_1_3: "TLSv1.3", TLCP: "TLCP"}

_ALERT, _HANDSHAKE = 0x15, 0x16
_CLIENT_HELLO, _SERVER_HELLO, _CERTIFICATE, _DONE = 1, 2, 11, 14
_SERVER_NAME, _GROUPS, _POINTS, _SIGNATURES, _VERSIONS, _SHARE, _RENEGOTIATION = 0x0000, 0x000A, 0x000B, 0x000D, 0x002B, 0x0033, 0xFF01
_X25519 = 0x001D
_KNOWN_GROUPS = (_X25519, 0x0017, 0x0018, 0x0019, 0x0029, 0x0100, 0x0101)
_KNOWN_SIGNATURES = (
    0x0403, 0x0503, 0x0603, 0x0708, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201, 0x0202,
)  # fmt: skip
_RANDOM = 32


class Reply(StrEnum):
    """How a hello was answered."""

    AGREED = "agreed"
    """With a version and a suite."""
    REFUSED = "refused"
    """With an alert."""
    PLAIN = "plain"
    """In HTTP, without any protection."""
    STRANGE = "strange"
    """With something that is neither."""
    CLOSED = "closed"
    """The connection ended, and nothing was said."""
    SILENT = "silent"
    """Nothing came in time."""
    UNREACHABLE = "unreachable"
    """No connection came about."""


@dataclass(frozen=True)
class Said:
    """What came back: version and suite as agreed, the alert's number, whether renegotiation is secured, the chain that was shown."""

    reply: Reply
    version: int = 0
    suite: int = 0
    alert: int = 0
    renegotiates_securely: bool = False
    chain: tuple[bytes, ...] = ()


def client_hello(version: int, suites: tuple[int, ...], server_name: str, chance: bytes) -> bytes:
    """A hello that offers one version and these suites; ``chance`` are 64 octets that nobody can foresee."""
    session = chance[_RANDOM : 2 * _RANDOM] if version == TLS_1_3 else b""
    body = min(version, TLS_1_2).to_bytes(2) + chance[:_RANDOM] + _sized(session, 1)
    body += _sized(b"".join(suite.to_bytes(2) for suite in suites), 2) + b"\x01\x00"
    if version not in (SSL_3, TLCP):
        body += _sized(b"".join(_extensions(version, server_name, chance)), 2)
    message = bytes([_CLIENT_HELLO]) + _sized(body, 3)
    return bytes([_HANDSHAKE]) + min(version, TLS_1_0).to_bytes(2) + _sized(message, 2)


def heard(octets: bytes, *, ended: bool = False) -> Said | None:
    """What octets say that came in answer; None while more of them may still say something else. ``ended``: no more will come."""
    if not octets:
        return Said(Reply.CLOSED) if ended else None
    if octets[0] not in (_ALERT, _HANDSHAKE):
        if len(octets) < len(b"HTTP/") and not ended:
            return None
        return Said(Reply.PLAIN if octets.startswith(b"HTTP/") else Reply.STRANGE)
    try:
        return _answered(octets, ended=ended)
    except IndexError:
        return Said(Reply.STRANGE)


def _extensions(version: int, server_name: str, chance: bytes) -> list[bytes]:
    found = [
        _extension(_GROUPS, _sized(_numbers(_KNOWN_GROUPS), 2)),
        _extension(_POINTS, b"\x01\x00"),
        _extension(_SIGNATURES, _sized(_numbers(_KNOWN_SIGNATURES), 2)),
        _extension(_RENEGOTIATION, b"\x00"),
    ]
    if version == TLS_1_3:
        found.append(_extension(_VERSIONS, _sized(TLS_1_3.to_bytes(2), 1)))
        found.append(_extension(_SHARE, _sized(_X25519.to_bytes(2) + _sized(chance[_RANDOM : 2 * _RANDOM], 2), 2)))
    if _is_name(server_name):
        found.insert(0, _extension(_SERVER_NAME, _sized(b"\x00" + _sized(server_name.encode("idna"), 2), 2)))
    return found


def _extension(kind: int, content: bytes) -> bytes:
    return kind.to_bytes(2) + _sized(content, 2)


def _numbers(numbers: tuple[int, ...]) -> bytes:
    return b"".join(number.to_bytes(2) for number in numbers)


def _sized(content: bytes, width: int) -> bytes:
    return len(content).to_bytes(width) + content


def _is_name(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return bool(host)
    return False


def _answered(octets: bytes, *, ended: bool) -> Said | None:
    """The alert or the hello of records; what follows a hello only until the certificate has come."""
    messages, alert = _unpacked(octets)
    agreed: Said | None = None
    for kind, body in messages:
        if kind == _SERVER_HELLO:
            agreed = _hello(body)
        elif kind == _CERTIFICATE and agreed:
            return Said(agreed.reply, agreed.version, agreed.suite, 0, agreed.renegotiates_securely, tuple(_certificates(body)))
        elif kind == _DONE and agreed:
            return agreed
    if agreed and (ended or alert is not None or agreed.version == TLS_1_3 or agreed.suite in WITHOUT_CERTIFICATE):
        return agreed
    if alert is not None:
        return Said(Reply.REFUSED, alert=alert)
    return Said(Reply.STRANGE) if ended else None


def _unpacked(octets: bytes) -> tuple[list[tuple[int, bytes]], int | None]:
    """The whole messages of a handshake in these records, and the number of an alert if there is one."""
    flow, at = b"", 0
    alert: int | None = None
    while at + 5 <= len(octets):
        kind, size = octets[at], int.from_bytes(octets[at + 3 : at + 5])
        part = octets[at + 5 : at + 5 + size]
        if kind == _ALERT and len(part) == size:
            alert = part[1]
            break
        if kind != _HANDSHAKE:
            break
        flow += part
        at += 5 + size
    messages = []
    while len(flow) >= 4 and len(flow) >= 4 + (size := int.from_bytes(flow[1:4])):  # noqa: PLR2004 - a message's head
        messages.append((flow[0], flow[4 : 4 + size]))
        flow = flow[4 + size :]
    return messages, alert


def _hello(body: bytes) -> Said:
    version, at = int.from_bytes(body[:2]), 2 + _RANDOM
    at += 1 + body[at]
    suite, at = (body[at] << 8) + body[at + 1], at + 3
    extensions = dict(_read_extensions(body[at:]))
    if _VERSIONS in extensions:
        version = int.from_bytes(extensions[_VERSIONS])
    return Said(Reply.AGREED, version, suite, 0, _RENEGOTIATION in extensions)


def _read_extensions(octets: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 2
    while at + 4 <= len(octets):
        size = int.from_bytes(octets[at + 2 : at + 4])
        found.append((int.from_bytes(octets[at : at + 2]), octets[at + 4 : at + 4 + size]))
        at += 4 + size
    return found


def _certificates(body: bytes) -> list[bytes]:
    found, at = [], 3
    while at + 3 <= len(body):
        size = int.from_bytes(body[at : at + 3])
        found.append(body[at + 3 : at + 3 + size])
        at += 3 + size
    return found
