"""Electronic seals on attached PDF files (电子印章): whole, of the issuer whom the paper names, under an authority whom the auditor names.

Integrity is pyHanko's word, or that of our own reader if the seal is by SM2. What the file says is not read: a named person attests
it, and attested is not satisfied.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.people import SEAL_AUTHORITY, Person
from tenderproof.sm import certificates, messages, sm2
from tenderproof.spec.calendar import day_in_china
from tenderproof.vocabulary import Missing

AUTHORITY = SEAL_AUTHORITY
_READ = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached")
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


@dataclass(frozen=True)
class _Seal:
    """A seal that covers the whole file: whether it holds over it, whose it is, and when it says that it was made."""

    holds: bool
    certificate: x509.Certificate
    made: Any


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


def _last(name: str, path: Path) -> _Seal:
    """The seal that covers the whole file, and what its own reader says of it: pyHanko, or ours if it is by SM2."""
    if path.stat().st_size > _LONGEST:
        raise PaperFault("seal_broken", file=name)
    octets = path.read_bytes()
    try:
        seal = _embedded(octets)
        whole = seal is not None and _covers(octets, seal.place, seal.message)
        found = _read(seal, octets) if seal and whole else None
    except (messages.OtherAlgorithmError, Missing) as error:
        raise PaperFault("seal_not_read", file=name, found=str(error)) from error
    except Exception as error:  # a damaged or forged file breaks a parser in more ways than it names
        raise PaperFault("seal_broken", file=name) from error
    if found is not None:
        return found
    if seal is not None and whole:
        raise PaperFault("seal_not_read", file=name, found=seal.form or "?")
    raise PaperFault("seal_absent" if seal is None else "seal_broken", file=name)


@dataclass(frozen=True)
class _Embedded:
    """A signature as it stands in a file: which octets it covers, its message, its form, when it was made, and pyHanko's reading of it."""

    place: Sequence[int]
    message: bytes
    form: str
    made: str
    opened: Callable[[], Any]


def _embedded(octets: bytes) -> _Embedded | None:
    """The signature that covers most of a file, whatever its form; None if there is none."""
    from pyhanko.pdf_utils.generic import EncryptedObjAccess  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - takes a second
    from pyhanko.sign.fields import enumerate_sig_fields  # noqa: PLC0415
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature  # noqa: PLC0415

    reader = PdfFileReader(BytesIO(octets), strict=True)
    fields = [(name, value.get_object(), field) for name, value, field in enumerate_sig_fields(reader, filled_status=True)]
    if not fields:
        return None
    name, last, field = max(fields, key=lambda one: int(one[1]["/ByteRange"][2]) + int(one[1]["/ByteRange"][3]))
    place = [int(part) for part in last["/ByteRange"]]
    message, made = bytes(last.raw_get("/Contents", decrypt=EncryptedObjAccess.RAW)), str(last.get("/M", ""))
    return _Embedded(place, message, str(last.get("/SubFilter", "")), made, lambda: EmbeddedPdfSignature(reader, field, name))


def _read(seal: _Embedded, octets: bytes) -> _Seal | None:
    """What the right reader says of a seal; None if nothing here reads its form."""
    if seal.form not in _READ:
        return None
    if not messages.names_sm(seal.message):
        return _by_pyhanko(seal.opened())
    start, length, after, _ = seal.place
    return _by_sm2(seal.message, octets[start:length] + octets[after:], seal.made)


def _covers(octets: bytes, place: Sequence[int], message: bytes) -> bool:
    """Whether a signature covers all of a file but the place in which its message stands."""
    start, length, after, rest = place
    hole = octets[length:after]
    return start == 0 and length < after and after + rest == len(octets) and hole.strip(b"<>").lower() == message.hex().encode()


def _by_pyhanko(embedded: Any) -> _Seal:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - takes a second
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    own = ValidationContext(trust_roots=[embedded.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(embedded, own, key_usage_settings=KeyUsageConstraints(key_usage=set()))
    certificate = x509.load_der_x509_certificate(embedded.signer_cert.dump())
    return _Seal(bool(status.intact and status.valid and status.docmdp_ok), certificate, status.signer_reported_dt)


def _by_sm2(message: bytes, covered: bytes, made: str) -> _Seal:
    """A signed message of GB/T 35275 in the place of one of CMS; nothing can follow it, for it covers the whole file."""
    from pyhanko.pdf_utils.generic import parse_pdf_date  # noqa: PLC0415 - takes a second

    found = messages.read(messages.unpadded(message))
    return _Seal(messages.holds(found, covered), found.certificate, parse_pdf_date(made) if made else None)


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
