"""Whose key is it? Own people are named by the declaration; independent bodies are named by the auditor, never by who is audited."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path
from typing import Any, Literal

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from tenderproof.sm import certificates, sm2
from tenderproof.vocabulary import WrongInput

OPERATOR, SEAL_AUTHORITY = "operator", "seal_authority"
INDEPENDENT = ("public_service_platform", "laboratory", "cloud_provider", SEAL_AUTHORITY)
_FEWEST_RSA_BITS = 2048
_NEEDED = {"name", "title", "organisation_uscc", "key"}

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | sm2.PublicKey


class PeopleError(WrongInput):
    """Somebody's key, or the list that names it, cannot be used; the message says what, where and what to do."""


@dataclass(frozen=True)
class Person:
    """Somebody whose signature we know; ``capacity`` is operator or one of `INDEPENDENT`, the days are a certificate's."""

    name: str
    title: str
    organisation_uscc: str
    capacity: str
    named_by: Literal["declaration", "auditor"]
    key: PublicKey = field(repr=False)
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def key_sha256(self) -> str:
        """SHA-256 of the public key (SubjectPublicKeyInfo, DER): the key's id everywhere."""
        return key_id(self.key)

    def could_sign_on(self, day: date) -> bool:
        """Whether the certificate, if it is one, was valid on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)


def key_id(key: PublicKey) -> str:
    """SHA-256 of a public key (SubjectPublicKeyInfo, DER), in hex."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def own(declared: Iterable[Mapping[str, Any]], file: Path, operator_uscc: str) -> tuple[Person, ...]:
    """The people whom a declaration names under ``[[papers.signers]]``; they sign for the operator and for nobody else."""
    found = []
    for entry in declared:
        uscc = entry.get("organisation_uscc", operator_uscc)
        if uscc != operator_uscc:
            raise PeopleError(
                f"{file}: the signer {entry['name']} is of {uscc}, not of the operator; independent bodies are named by the auditor "
                f"(--known-signers FILE), so remove this entry."
            )
        found.append(_person({**entry, "organisation_uscc": uscc}, file, OPERATOR, "declaration"))
    return _distinct(found, file)


def independent(file: Path) -> tuple[Person, ...]:
    """The bodies that the auditor knows, from a TOML file with ``[[signers]]``; `PeopleError` says what is wrong in it."""
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise PeopleError(f"The known signers in {file} cannot be read: {error}.") from error
    entries = raw.get("signers")
    if not isinstance(entries, list) or raw.keys() != {"signers"}:
        raise PeopleError(f"{file}: it must hold [[signers]] and nothing else: name, title, organisation_uscc, capacity, key.")
    return _distinct([_independent(entry, file) for entry in entries], file)


def together(own_people: Sequence[Person], bodies: Sequence[Person]) -> tuple[Person, ...]:
    """All whom we know; `PeopleError` if a body that the auditor names signs with a key of the operator's own people."""
    own_keys = {person.key_sha256: person for person in own_people}
    for body in bodies:
        if body.key_sha256 in own_keys:
            raise PeopleError(
                f"{body.name} ({body.capacity}) has the key of {own_keys[body.key_sha256].name}, whom the declaration names; "
                f"an independent body has a key of its own, so correct the known signers."
            )
    return (*own_people, *bodies)


def told(person: Person) -> dict[str, str | None]:
    """Somebody with the public key (PEM), as a run keeps it: :func:`retold` reads it."""
    return {
        "name": person.name, "title": person.title, "organisation_uscc": person.organisation_uscc, "capacity": person.capacity,
        "named_by": person.named_by, "key": person.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii"),
        "valid_from": person.valid_from.isoformat() if person.valid_from else None,
        "valid_until": person.valid_until.isoformat() if person.valid_until else None,
    }  # fmt: skip


def retold(entry: Mapping[str, Any], file: Path) -> Person:
    """Somebody as :func:`told` wrote it; PeopleError, ValueError or TypeError if nobody is told so."""
    days = [date.fromisoformat(entry[name]) if entry[name] else None for name in ("valid_from", "valid_until")]
    key, *_ = _public(entry["key"].encode(), file)
    person = Person(entry["name"], entry["title"], entry["organisation_uscc"], entry["capacity"], entry["named_by"], key, *days)
    if told(person) != entry or person.capacity not in (INDEPENDENT if person.named_by == "auditor" else (OPERATOR,)):
        raise ValueError(f"{person.name} is not told as a run tells of somebody")
    return person


def _independent(entry: Any, file: Path) -> Person:
    if not isinstance(entry, dict) or entry.keys() != _NEEDED | {"capacity"} or not all(isinstance(v, str) and v for v in entry.values()):
        raise PeopleError(f"{file}: every signer has name, title, organisation_uscc, capacity and key, each a text.")
    if entry["capacity"] not in INDEPENDENT:
        raise PeopleError(f"{file}: the capacity of {entry['name']} must be one of {', '.join(INDEPENDENT)}.")
    return _person(entry, file, entry["capacity"], "auditor")


def _person(entry: Mapping[str, Any], file: Path, capacity: str, named_by: Literal["declaration", "auditor"]) -> Person:
    path = file.parent / entry["key"]
    key, first, last = _public(_read(path), path)
    if isinstance(key, sm2.PublicKey) and capacity != SEAL_AUTHORITY:
        raise PeopleError(
            f"The key {path} is one of SM2, by which seals are read and no papers; {entry['name']} needs one of P-256 or RSA."
        )
    return Person(entry["name"], entry["title"], entry["organisation_uscc"], capacity, named_by, key, first, last)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PeopleError(f"The key {path} cannot be read: {error}. Give a public key or a certificate in PEM.") from error


def _sm2(certificate: x509.Certificate | None, octets: bytes) -> sm2.PublicKey | None:
    """A key of SM2, which ``cryptography`` does not read; None if it is another."""
    if certificate is not None:
        point = certificates.point_of(certificate)
        return sm2.PublicKey(point) if point else None
    try:
        return sm2.PublicKey.load(octets)
    except ValueError:
        return None


def _public(octets: bytes, path: Path) -> tuple[PublicKey, date | None, date | None]:
    try:
        certificate = x509.load_pem_x509_certificate(octets) if b"BEGIN CERTIFICATE" in octets else None
        key = _sm2(certificate, octets) or (certificate.public_key() if certificate else load_pem_public_key(octets))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PeopleError(f"The key {path} cannot be read: {error}. Give a public key or a certificate in PEM.") from error
    sound = (
        isinstance(key, sm2.PublicKey)
        or (isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1))
        or (isinstance(key, rsa.RSAPublicKey) and key.key_size >= _FEWEST_RSA_BITS)
    )
    if not sound or not isinstance(key, PublicKey):
        raise PeopleError(f"The key {path} is neither P-256 nor RSA of at least {_FEWEST_RSA_BITS} bits; use one that is.")
    if certificate is None:
        return key, None, None
    return key, certificate.not_valid_before_utc.astimezone(UTC).date(), certificate.not_valid_after_utc.astimezone(UTC).date()


def _distinct(people: list[Person], file: Path) -> tuple[Person, ...]:
    seen: dict[str, str] = {}
    for person in people:
        if person.key_sha256 in seen:
            raise PeopleError(f"{file}: {seen[person.key_sha256]} and {person.name} have one key; everybody signs with a key of their own.")
        seen[person.key_sha256] = person.name
    return tuple(people)
