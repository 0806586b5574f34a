"""Whole handshakes by the standard library: what a current client agrees to, and whether it believes whom it meets."""

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from tenderproof.transport.asking import Place


@dataclass(frozen=True)
class Shaken:
    """What came of it: version and cipher as the library names them, the certificate, the code and words of a failed verification.

    ``trouble`` says why a current client agrees to nothing.
    """

    version: str = ""
    cipher: str = ""
    certificate: bytes = b""
    unbelieved: int = 0
    words: str = ""
    trouble: str = ""


def shake(place: Place, authority: Path | None) -> Shaken:
    """Shake hands twice: as a client that believes everybody, and as one that believes the system's roots and a declared one."""
    try:
        version, cipher, certificate = _shaken(place, _unbelieving())
    except (OSError, ValueError) as error:
        return Shaken(trouble=str(error) or type(error).__name__)
    try:
        _shaken(place, _believing(authority))
    except ssl.SSLCertVerificationError as error:
        return Shaken(version, cipher, certificate, error.verify_code, error.verify_message)
    except (OSError, ValueError) as error:
        return Shaken(version, cipher, certificate, trouble=str(error) or type(error).__name__)
    return Shaken(version, cipher, certificate)


def _shaken(place: Place, context: ssl.SSLContext) -> tuple[str, str, bytes]:
    with (
        socket.create_connection((place.host, place.port), place.patience_s) as connection,
        context.wrap_socket(connection, server_hostname=place.host) as secured,
    ):
        cipher = secured.cipher()
        return secured.version() or "", cipher[0] if cipher else "", secured.getpeercert(binary_form=True) or b""


def _unbelieving() -> ssl.SSLContext:
    """Any certificate will do: it is looked at afterwards."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("DEFAULT:@SECLEVEL=0")  # a weak certificate must be seen to be told of
    return context


def _believing(authority: Path | None) -> ssl.SSLContext:
    """The name is compared elsewhere, so that it is told of whatever else is wrong."""
    context = ssl.create_default_context()
    context.check_hostname = False
    if authority:
        context.load_verify_locations(authority)
    return context
