"""Verification of a signed PDF (a report, a certificate), with the file alone: what of it does not hold, as codes of the catalogue.

Integrity is pyHanko's word: every signature holds, the last covers the whole file, and nothing follows it. Whom to believe is decided as
for bundles (tenderproof/seal/signature.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.seal import signature
from tenderproof.seal.pdf_signing import apart
from tenderproof.seal.signature import Party, SealKeyError, SignatureTrouble
from tenderproof.seal.verification import BundleError, Verified

MAGIC = b"%PDF-"
_CMS = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached")
_CHINESE = "1.2.156.10197."  # the arc of the commercial cryptography algorithms


@dataclass
class PdfVerification(Verified):
    """What came of it: findings, who signed (the last first), the attached files, and the moment of the trusted time stamp, if any.

    ``unverified`` counts seals that only their own verifier can read; the last signature covers them.
    """

    signers: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    attached: dict[str, bytes] = field(default_factory=dict)
    unverified: int = 0
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
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - takes a second

    try:
        reader = PdfFileReader(BytesIO(octets), strict=True)
        signatures = list(reader.embedded_signatures)
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
    known = [(number, found) for number, found in enumerate(signatures, 1) if found is signatures[-1] or not _is_of_another_kind(found)]
    done.unverified = len(signatures) - len(known)
    for number, embedded in known:
        _one(number, embedded, timers, done)
    _trust([embedded for _, embedded in known], trusted, timers, done)
    return b""


def _require_nothing_after(octets: bytes, signatures: Sequence[Any], done: PdfVerification) -> None:
    last = signatures[-1]
    try:
        start, length, after, rest = (int(part) for part in last.byte_range)
    except (ValueError, TypeError):
        done.found("pdf_coverage", number=len(signatures))
        return
    if start or after + rest > len(octets) or length >= after:
        done.found("pdf_coverage", number=len(signatures))
    elif after + rest < len(octets):
        done.found("pdf_appended", first=after + rest, last=len(octets) - 1)


def _is_of_another_kind(embedded: Any) -> bool:
    """A seal that only its own verifier can read (GB/T 38540): no CMS signature, or one with SM2 or SM3."""
    if str(embedded.sig_object.get("/SubFilter", "")) not in _CMS:
        return True
    try:
        info = embedded.signer_info
        used = (info["signature_algorithm"]["algorithm"].dotted, info["digest_algorithm"]["algorithm"].dotted)
    except Exception:  # noqa: BLE001 - as above; it says CMS and is none, which its own verification will find
        return False
    return any(identifier.startswith(_CHINESE) for identifier in used)


def _one(number: int, embedded: Any, timers: Sequence[Party], done: PdfVerification) -> None:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    roots = [_asn1(party.certificate) for party in timers if party.certificate is not None]
    clock = ValidationContext(trust_roots=roots, allow_fetching=False)
    try:
        own = ValidationContext(trust_roots=[embedded.signer_cert], allow_fetching=False)
        status = validate_pdf_signature(embedded, own, clock, key_usage_settings=KeyUsageConstraints(key_usage=set()))
    except Exception:  # noqa: BLE001 - what a forged structure breaks in the library is a finding, whatever it is
        done.found("pdf_signature", number=number)
        return
    if not status.intact:
        done.found("pdf_digest", number=number)
    elif not status.valid:
        done.found("pdf_signature", number=number)
    if not status.docmdp_ok:
        done.found("pdf_modified", number=number)
    done.signed_at = status.signer_reported_dt
    _time(number, status, timers, done)


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
