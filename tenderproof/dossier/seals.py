"""Electronic seals on attached PDF files (电子印章): whole, of the issuer whom the paper names, under an authority whom the auditor names.

Whether a seal holds is read in tenderproof/pdf_seals.py. What the file says is not read: a named person attests it, and attested is not
satisfied.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from tenderproof import pdf_seals
from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.people import SEAL_AUTHORITY, Person
from tenderproof.pdf_seals import Read
from tenderproof.sm import certificates, messages, sm2
from tenderproof.spec.calendar import day_in_china
from tenderproof.vocabulary import Missing

AUTHORITY = SEAL_AUTHORITY
_LONGEST = 64 * 1024 * 1024  # octets
_NAMES = (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)


def require_sealed(files: Mapping[str, Path], issuer: str, until: date, known: Sequence[Person]) -> None:
    """`PaperFault` unless there is a PDF and each bears a seal of ``issuer``, made by the day ``until`` under a known authority."""
    sealed = {name: path for name, path in files.items() if name.lower().endswith(".pdf")}
    if not sealed:
        raise PaperFault("seal_no_pdf")
    for name, path in sealed.items():
        with ThreadPoolExecutor(max_workers=1) as apart:  # pyHanko begins an event loop of its own
            apart.submit(_require, name, path, issuer, until, known).result()


def _require(name: str, path: Path, issuer: str, until: date, known: Sequence[Person]) -> None:
    found = _last(name, path)
    if not found.holds:
        raise PaperFault("seal_broken", file=name)
    certificate = found.certificate
    named = {str(entry.value).strip() for kind in _NAMES for entry in certificate.subject.get_attributes_for_oid(kind)}
    if issuer.strip() not in named:
        raise PaperFault("seal_of_another", file=name, found=" / ".join(sorted(named)), wanted=issuer.strip())
    _require_day(name, certificate, found.made, until)
    if not any(_issued(certificate, person) for person in known if person.capacity == AUTHORITY):
        raise PaperFault("seal_unknown_authority", file=name, found=certificate.issuer.rfc4514_string())


def _last(name: str, path: Path) -> Read:
    """The seal that covers the whole file, and what its own reader says of it."""
    if path.stat().st_size > _LONGEST:
        raise PaperFault("seal_broken", file=name)
    octets = path.read_bytes()
    try:
        seal = next(reversed(pdf_seals.opened(octets)[1]), None)
        whole = seal is not None and seal.fills_its_place(octets) and seal.end == len(octets)
        found = pdf_seals.read(seal, octets) if seal and whole else None
    except (messages.OtherAlgorithmError, Missing) as error:
        raise PaperFault("seal_not_read", file=name, found=str(error)) from error
    except Exception as error:  # a damaged or forged file breaks a parser in more ways than it names
        raise PaperFault("seal_broken", file=name) from error
    if found is not None:
        return found
    if seal is not None and whole:
        raise PaperFault("seal_not_read", file=name, found=seal.form or "?")
    raise PaperFault("seal_absent" if seal is None else "seal_broken", file=name)


def _require_day(name: str, certificate: x509.Certificate, made: Any, until: date) -> None:
    if made is None or made.tzinfo is None:
        raise PaperFault("seal_undated", file=name)
    if not certificate.not_valid_before_utc <= made <= certificate.not_valid_after_utc:
        raise PaperFault("seal_not_valid", file=name, day=day_in_china(made).isoformat())
    if day_in_china(made) > until:
        raise PaperFault("seal_late", file=name, day=day_in_china(made).isoformat(), bound=until.isoformat())


def _issued(certificate: x509.Certificate, authority: Person) -> bool:
    """Whether the authority's key signed the certificate; an algorithm that cannot be verified here is none that we know."""
    if isinstance(authority.key, sm2.PublicKey):
        by_sm2 = certificate.signature_algorithm_oid.dotted_string == certificates.SM2_WITH_SM3
        return by_sm2 and sm2.verify(authority.key.point, certificate.tbs_certificate_bytes, certificate.signature)
    try:
        return _verified(certificate, authority.key)
    except UnsupportedAlgorithm:
        return False


def _verified(certificate: x509.Certificate, key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> bool:
    digest = certificate.signature_hash_algorithm
    if digest is None:
        return False
    signed, octets = certificate.signature, certificate.tbs_certificate_bytes
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signed, octets, ec.ECDSA(digest))
        else:
            key.verify(signed, octets, padding.PKCS1v15(), digest)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
