"""Electronic seals on attached PDF files (电子印章): whole, of the issuer whom the paper names, under an authority whom the auditor names.

Integrity is pyHanko's word. What the file says is not read: a named person attests it, and attested is not satisfied.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509.oid import NameOID

from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.people import Person
from tenderproof.spec.calendar import day_in_china

AUTHORITY = "seal_authority"
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
    embedded, status = _last(name, path)
    if not (status.intact and status.valid and status.docmdp_ok):
        raise PaperFault("seal_broken", file=name)
    certificate = x509.load_der_x509_certificate(embedded.signer_cert.dump())
    named = {str(entry.value).strip() for kind in _NAMES for entry in certificate.subject.get_attributes_for_oid(kind)}
    if issuer.strip() not in named:
        raise PaperFault("seal_of_another", file=name, found=" / ".join(sorted(named)), wanted=issuer.strip())
    _require_day(name, certificate, status.signer_reported_dt, until)
    if not any(_issued(certificate, person) for person in known if person.capacity == AUTHORITY):
        raise PaperFault("seal_unknown_authority", file=name, found=certificate.issuer.rfc4514_string())


def _last(name: str, path: Path) -> tuple[Any, Any]:
    """The seal that covers the whole file, and what pyHanko says of it."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - takes a second
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    if path.stat().st_size > _LONGEST:
        raise PaperFault("seal_broken", file=name)
    octets = path.read_bytes()
    try:
        seals = list(PdfFileReader(BytesIO(octets), strict=True).embedded_signatures)
        embedded = seals[-1] if seals else None
        if embedded is not None:
            start, length, after, rest = (int(part) for part in embedded.byte_range)
            whole = start == 0 and length < after and after + rest == len(octets)
            own = ValidationContext(trust_roots=[embedded.signer_cert], allow_fetching=False)
            status = validate_pdf_signature(embedded, own, key_usage_settings=KeyUsageConstraints(key_usage=set()))
    except Exception as error:  # a damaged or forged file breaks a parser in more ways than it names
        raise PaperFault("seal_broken", file=name) from error
    if embedded is None:
        raise PaperFault("seal_absent", file=name)
    if not whole:
        raise PaperFault("seal_broken", file=name)
    return embedded, status


def _require_day(name: str, certificate: x509.Certificate, made: Any, until: date) -> None:
    if made is None or made.tzinfo is None:
        raise PaperFault("seal_undated", file=name)
    if not certificate.not_valid_before_utc <= made <= certificate.not_valid_after_utc:
        raise PaperFault("seal_not_valid", file=name, day=day_in_china(made).isoformat())
    if day_in_china(made) > until:
        raise PaperFault("seal_late", file=name, day=day_in_china(made).isoformat(), bound=until.isoformat())


def _issued(certificate: x509.Certificate, authority: Person) -> bool:
    """Whether the authority's key signed the certificate; an algorithm that cannot be verified here is none that we know."""
    digest = certificate.signature_hash_algorithm
    if digest is None:
        return False
    signed, octets = certificate.signature, certificate.tbs_certificate_bytes
    try:
        if isinstance(authority.key, ec.EllipticCurvePublicKey):
            authority.key.verify(signed, octets, ec.ECDSA(digest))
        else:
            authority.key.verify(signed, octets, padding.PKCS1v15(), digest)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
