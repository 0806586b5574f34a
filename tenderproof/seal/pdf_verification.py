"""Verification of a signed PDF (a report, a certificate), with the file alone: what of it does not hold, as codes of the catalogue.

Every signature holds (tenderproof/pdf_seals.py), the last covers the whole file, and nothing follows it. Whom to believe is decided as for
bundles (tenderproof/seal/signature.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tenderproof import pdf_seals
from tenderproof.pdf_seals import Embedded
from tenderproof.seal import signature
from tenderproof.seal.pdf_signing import apart
from tenderproof.seal.signature import Party, SealKeyError, SignatureTrouble
from tenderproof.seal.verification import BundleError, Verified
from tenderproof.sm import messages
from tenderproof.vocabulary import Missing

MAGIC = b"%PDF-"


@dataclass
class PdfVerification(Verified):
    """What came of it: findings, who signed (the last first), the attached files, and the moment of the trusted time stamp, if any.

    ``seals`` names whose seals by SM2 hold beneath the last signature, ``unverified`` counts those that only their own verifier can read;
    the last signature covers them all.
    """

    signers: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    attached: dict[str, bytes] = field(default_factory=dict)
    seals: list[str] = field(default_factory=list)
    unverified: int = 0
    by_sm_at_last: bool = False
    trusted: bool | None = None
    signed_at: datetime | None = None
    moment: datetime | None = None
    stamped_by_trusted: bool | None = None


def is_pdf(path: Path) -> bool:
    """Whether a file begins as a PDF; BundleError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror}; name a bundle or a signed PDF.") from error


def verify(octets: bytes, trusted: Sequence[Party] = (), timers: Sequence[Party] = ()) -> PdfVerification:
    """Verify a PDF; ``trusted`` are the signers or their authorities whom the user believes, ``timers`` the time stamp authorities."""
    done = PdfVerification()
    apart(lambda: _verified(octets, trusted, timers, done))
    return done


def _verified(octets: bytes, trusted: Sequence[Party], timers: Sequence[Party], done: PdfVerification) -> bytes:
    try:
        reader, signatures = pdf_seals.opened(octets)
    except Exception:  # noqa: BLE001 - a damaged file breaks a parser in more ways than it names
        done.found("pdf_form")
        return b""
    if not signatures:
        done.found("pdf_unsigned")
        return b""
    try:
        done.attached = _attached(reader)
    except Exception:  # noqa: BLE001 - as above
        done.found("pdf_attached_form")
    _require_nothing_after(octets, signatures, done)
    known = []
    for number, one in enumerate(signatures, 1):
        if one.is_by_sm or not one.is_read:
            _seal(number, one, octets, done, last=one is signatures[-1])
        elif (opened := _one(number, one, timers, done)) is not None:
            known.append(opened)
    _trust(known, trusted, timers, done)
    if trusted and done.by_sm_at_last:  # nobody can be named by a key of SM2 yet
        done.trusted = False
        done.found("signer_unknown", file="PDF", signer=done.seals[-1])
    return b""


def _require_nothing_after(octets: bytes, signatures: Sequence[Embedded], done: PdfVerification) -> None:
    last = signatures[-1]
    start, length, after, _ = last.place
    if start or last.end > len(octets) or length >= after:
        done.found("pdf_coverage", number=len(signatures))
    elif last.end < len(octets):
        done.found("pdf_appended", first=last.end, last=len(octets) - 1)


def _seal(number: int, one: Embedded, octets: bytes, done: PdfVerification, *, last: bool) -> None:
    """A seal by SM2, or one that nothing here reads: as the last, which must speak for the whole, that is a finding."""
    try:
        found = pdf_seals.read(one, octets)
    except (messages.OtherAlgorithmError, Missing):
        found = None
    except Exception:  # noqa: BLE001 - what a forged structure breaks is a finding, whatever it is
        done.found("pdf_signature", number=number)
        return
    if found is None:
        done.unverified += not last
        if last:
            done.found("pdf_not_read", number=number)
    elif not one.fills_its_place(octets):
        done.found("pdf_coverage", number=number)
    elif not found.holds:
        done.found("pdf_signature", number=number)
    else:
        done.seals.append(_named(found.certificate))
        if last:
            done.by_sm_at_last = True


def _named(certificate: x509.Certificate) -> str:
    of = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(of[0].value) if of else certificate.subject.rfc4514_string()


def _one(number: int, one: Embedded, timers: Sequence[Party], done: PdfVerification) -> Any:
    """PyHanko's reading of a signature, if it can be read as one."""
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    roots = [_asn1(party.certificate) for party in timers if party.certificate is not None]
    clock = ValidationContext(trust_roots=roots, allow_fetching=False)
    embedded = None
    try:
        embedded = one.opened()
        status = pdf_seals.validated(embedded, clock)
    except Exception:  # noqa: BLE001 - what a forged structure breaks in the library is a finding, whatever it is
        done.found("pdf_signature", number=number)
        return embedded
    if not status.intact:
        done.found("pdf_digest", number=number)
    elif not status.valid:
        done.found("pdf_signature", number=number)
    if not status.docmdp_ok:
        done.found("pdf_modified", number=number)
    done.signed_at = status.signer_reported_dt
    _time(number, status, timers, done)
    return embedded


def _time(number: int, status: Any, timers: Sequence[Party], done: PdfVerification) -> None:
    stamp = status.timestamp_validity
    if stamp is None:
        if timers:
            done.found("pdf_timestamp_missing", number=number)
        return
    if not (stamp.intact and stamp.valid):
        done.found("pdf_timestamp", number=number)
    elif timers and not stamp.trusted:
        done.found("pdf_timestamp_other", number=number)
    else:
        done.moment, done.stamped_by_trusted = stamp.timestamp, True if timers else None


def _trust(signatures: Sequence[Any], trusted: Sequence[Party], timers: Sequence[Party], done: PdfVerification) -> None:
    at = done.moment if timers and done.moment else done.signed_at or datetime.now(UTC)
    for embedded in reversed(signatures):
        try:
            signer = _signer(embedded)
        except (SealKeyError, ValueError, TypeError):
            done.found("signer_form", file="PDF")
            continue
        done.signers.append(signer.name)
        done.keys.append(signer.keyid)
        try:
            if trusted:
                signature.require_trust(signer, trusted, at)
                done.trusted = done.trusted is not False
        except SignatureTrouble as trouble:
            done.trusted = False
            done.found(trouble.code, file="PDF", signer=signer.name)


def _signer(embedded: Any) -> Party:
    certificate = x509.load_der_x509_certificate(embedded.signer_cert.dump())
    return signature.party(certificate.public_bytes(Encoding.PEM), "the PDF")


def _attached(reader: Any) -> dict[str, bytes]:
    """The embedded files by their names (ISO 32000-1 7.11.4), as the newest revision has them."""
    root = reader.root
    if "/Names" not in root or "/EmbeddedFiles" not in root["/Names"]:
        return {}
    pairs = list(root["/Names"]["/EmbeddedFiles"]["/Names"])
    return {str(name): bytes(file.get_object()["/EF"]["/F"].data) for name, file in zip(pairs[::2], pairs[1::2], strict=True)}


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
