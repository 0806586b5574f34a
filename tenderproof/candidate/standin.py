"""A declaration that stands in for the candidate's on a replay: the same people, with throw-away keys, since no record holds a real one.

What the real keys did was recorded as an input, so the stand-ins are loaded and never used.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tenderproof.candidate.declaration import Candidate

_CERTIFICATES = ("certificate", "encryption_certificate")
_KEYS = ("key", "encryption_key")
_COMMANDS = ("signer", "captcha", "sms_code", "bid_maker")
_TOOL = "bid_tool"
_ROOT = "authority"  # whom one believes is decided where something is really asked
_SECRETS = ("password", "token", "otp")
_KEY_OF_CODES = "A" * 32  # in base32


def described(candidate: Candidate) -> bytes:
    """The declaration with the certificates that it names, as a run records it: JSON, for the auditor's eyes."""
    accounts = candidate.raw.get("accounts", [])
    named = [
        *(account.get(name) for account in accounts for name in _CERTIFICATES),
        *(candidate.raw.get(table, {}).get("authority", {}).get("certificate") for table in ("sandbox", "sm")),
    ]
    files = {name: candidate.file.parent / name for name in named if name}
    certificates = {name: path.read_text("ascii", "replace") for name, path in files.items() if path.is_file()}
    return json.dumps({"declaration": dict(candidate.raw), "certificates": certificates}, ensure_ascii=False).encode()


def write(declared: Mapping[str, Any], certificates: Mapping[str, str], folder: Path) -> Path:
    """Write the stand-in into a folder; the file that :func:`tenderproof.candidate.load` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    made = _Made(folder, certificates)
    driver = {name: value for name, value in declared.get("driver", {}).items() if name not in _COMMANDS}
    driver |= {_TOOL: ["stand-in"]} if _TOOL in driver else {}  # that there is one decides what is asked of it
    found = {name: made.within(value) for name, value in declared.items() if name not in ("driver", "attestations", "tls")}
    found |= {"tls": {name: value for name, value in declared["tls"].items() if name != _ROOT}} if "tls" in declared else {}
    path = folder / "candidate.json"
    path.write_text(json.dumps(found | ({"driver": driver} if driver else {}), ensure_ascii=False), "utf-8")
    return path


class _Made:
    """The files of a stand-in, one for each that the declaration names."""

    def __init__(self, folder: Path, certificates: Mapping[str, str]) -> None:
        self._folder, self._certificates, self._count = folder, certificates, 0
        self._key = ec.generate_private_key(ec.SECP256R1())

    def within(self, value: Any) -> Any:
        """The value with stand-ins for the files and secrets in it."""
        if isinstance(value, dict):
            return {name: self._member(name, part) for name, part in value.items()}
        return [self.within(part) for part in value] if isinstance(value, list) else value

    def _member(self, name: str, value: Any) -> Any:
        if name in _SECRETS:
            return {"file": self._file(_KEY_OF_CODES if name == "otp" else "secret")}
        if isinstance(value, str) and name in _CERTIFICATES:
            return self._file(self._certificates.get(value) or self._certificate())
        if isinstance(value, str) and name in _KEYS:
            return self._file(self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii"))
        return self.within(value)

    def _file(self, content: str) -> str:
        self._count += 1
        (self._folder / f"{self._count}.pem").write_text(content, "ascii")
        return f"{self._count}.pem"

    def _certificate(self) -> str:
        name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stand-in")]), datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now)
            .not_valid_after(now + timedelta(days=1))
        )
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM).decode("ascii")
