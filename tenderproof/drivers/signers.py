"""Signers: a key in a file, in a token (PKCS#11), or behind a command of the vendor's.

A declaration says ``[driver.signer] kind = "file" | "command" | "pkcs11"``. In a command, ``{account}`` stands for the account's id.
"""

import base64
import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.x509 import load_pem_x509_certificate as load_certificate

from tenderproof.candidate import Account, Candidate, Secret
from tenderproof.drivers import commands
from tenderproof.sm import certificates, sm2
from tenderproof.testing.keys import SM2, Signer, load_signer, raw
from tenderproof.vocabulary import DeclarationTrouble

_RAW_LENGTH = 64  # r and s for P-256


@dataclass(frozen=True)
class CommandSigner:
    """Signs with a command: the octets on stdin, the signature on stdout (ES256: DER, or r and s of 32 octets each; SM2: DER)."""

    command: tuple[str, ...]
    algorithm: str = "ES256"

    def sign(self, octets: bytes) -> bytes:
        """The signature over the octets."""
        signature = commands.run(self.command, octets, "signer")
        if self.algorithm == SM2 and not sm2.is_signature(signature):
            raise DeclarationTrouble(f"The signer gave {len(signature)} octets, which are no SM2 signature in DER (r and s).")
        return _as_jws(signature) if self.algorithm == "ES256" else signature


@dataclass(frozen=True)
class TokenSigner:
    """Signs with a P-256 key in a token; ``sign_in_token`` is ECDSA over the SHA-256 of the octets."""

    sign_in_token: Callable[[bytes], bytes]
    algorithm: str = "ES256"

    def sign(self, octets: bytes) -> bytes:
        """The signature over the octets."""
        return _as_jws(self.sign_in_token(octets))


def _as_jws(signature: bytes) -> bytes:
    if len(signature) == _RAW_LENGTH:
        return signature
    try:
        return raw(signature)
    except (ValueError, OverflowError) as error:
        shown = base64.b64encode(signature[:24]).decode()
        raise DeclarationTrouble(f"The signer gave {len(signature)} octets ({shown}…), which are no ECDSA signature.") from error


def of(candidate: Candidate, account: Account) -> Signer | None:
    """What signs for an account; None if it has no key. DeclarationTrouble if what is declared cannot sign."""
    declared = candidate.driver.get("signer") or {"kind": "file"}
    kind = declared.get("kind")
    if kind == "command":
        algorithm = SM2 if _has_sm2(account) else "ES256"
        return CommandSigner(tuple(part.replace("{account}", account.id) for part in declared["command"]), algorithm)
    if kind == "pkcs11" and _has_sm2(account):
        raise DeclarationTrouble(f"A PKCS#11 signer signs with P-256 keys alone; the account {account.id} has a certificate of SM2.")
    if kind == "pkcs11":
        return _token_signer(candidate, declared, account)
    if account.key is None:
        return None
    try:
        return load_signer(account.key.read_bytes(), candidate.sm.user_id)
    except (OSError, ValueError) as error:
        raise DeclarationTrouble(f"The key {account.key} of the account {account.id} cannot be used: {error}.") from error


def _has_sm2(account: Account) -> bool:
    """Whether an account's certificate is one of SM2; one that cannot be read is found wherever it is used."""
    try:
        return account.certificate is not None and certificates.point_of(load_certificate(account.certificate.read_bytes())) is not None
    except (OSError, ValueError):
        return False


def _token_signer(candidate: Candidate, declared: Mapping[str, Any], account: Account) -> TokenSigner:
    pin = declared.get("pin") or {}
    secret = Secret(pin.get("env", ""), candidate.file.parent / pin["file"] if "file" in pin else None)
    session = _session(str(declared.get("module", "")), str(declared.get("token", "")), secret)
    return TokenSigner(functools.partial(_sign_in_token, session, account.id))


@functools.cache
def _session(module: str, token: str, pin: Secret) -> Any:
    """An open session with a token: once a process, since opening it is slow and tokens allow few."""
    try:
        import pkcs11  # noqa: PLC0415 - only who declares a token needs it
    except ImportError as error:
        raise DeclarationTrouble("A PKCS#11 signer needs the Python package python-pkcs11; install it.") from error
    try:
        return pkcs11.lib(module).get_token(token_label=token).open(user_pin=pin.read())
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise DeclarationTrouble(f"The token {token!r} of the PKCS#11 module {module} cannot be opened: {reason}.") from error


def _sign_in_token(session: Any, label: str, octets: bytes) -> bytes:
    import pkcs11  # noqa: PLC0415 - see _session

    try:
        key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label)
        signature: bytes = key.sign(hashlib.sha256(octets).digest(), mechanism=pkcs11.Mechanism.ECDSA)
    except pkcs11.PKCS11Error as error:
        reason = str(error) or type(error).__name__
        raise DeclarationTrouble(f"The token cannot sign with the key labelled {label!r}: {reason}.") from error
    return signature
