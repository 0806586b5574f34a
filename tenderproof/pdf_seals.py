"""Signatures and electronic seals as they stand in PDF files (电子签名、电子印章): which there are, what they cover, whether they hold.

Integrity is pyHanko's word, or that of our own reader where a seal is by SM2. Whose word counts is decided elsewhere: for papers in
tenderproof/dossier/seals.py, for our own reports in tenderproof/seal/pdf_verification.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from cryptography import x509

from tenderproof.sm import messages

_CMS = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached")


@dataclass(frozen=True)
class Embedded:
    """A signature as it stands in a file: which octets it covers, its message, its form, when it was made, and pyHanko's reading of it."""

    place: Sequence[int]
    message: bytes
    form: str
    made: str
    opened: Callable[[], Any]

    @property
    def end(self) -> int:
        """Up to which octet it covers the file."""
        return self.place[2] + self.place[3]

    @property
    def is_read(self) -> bool:
        """Whether something here reads its form; seals of GB/T 38540 are read by their own tool alone."""
        return self.form in _CMS

    @property
    def is_by_sm(self) -> bool:
        """Whether its message names an algorithm of the Chinese arc."""
        return messages.names_sm(self.message)

    def covered(self, octets: bytes) -> bytes:
        """The octets of a file that it covers."""
        start, length, after, _ = self.place
        return octets[start:length] + octets[after : self.end]

    def fills_its_place(self, octets: bytes) -> bool:
        """Whether it covers all up to its end but the place in which its message stands."""
        start, length, after, _ = self.place
        hole = octets[length:after]
        return start == 0 and length < after and self.end <= len(octets) and hole.strip(b"<>").lower() == self.message.hex().encode()


@dataclass(frozen=True)
class Read:
    """Whether a signature holds over what it covers, whose it is, and when it says that it was made."""

    holds: bool
    certificate: x509.Certificate
    made: Any


def opened(octets: bytes) -> tuple[Any, list[Embedded]]:
    """PyHanko's reader of a file, and the file's signatures, whatever their form, the one that covers most last.

    A damaged or forged file breaks the parser in more ways than it names.
    """
    from pyhanko.pdf_utils.generic import EncryptedObjAccess  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - takes a second
    from pyhanko.sign.fields import enumerate_sig_fields  # noqa: PLC0415
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature  # noqa: PLC0415

    reader = PdfFileReader(BytesIO(octets), strict=True)

    def one(name: str, value: Any, field: Any) -> Embedded:
        message, made = bytes(value.raw_get("/Contents", decrypt=EncryptedObjAccess.RAW)), str(value.get("/M", ""))
        place = [int(part) for part in value["/ByteRange"]]
        return Embedded(place, message, str(value.get("/SubFilter", "")), made, lambda: EmbeddedPdfSignature(reader, field, name))

    fields = enumerate_sig_fields(reader, filled_status=True)
    return reader, sorted((one(name, value.get_object(), field) for name, value, field in fields), key=lambda found: found.end)


def validated(signature: Any, clock: Any = None) -> Any:
    """PyHanko's status of one of its signatures, whose own certificate is believed; ``clock`` says whose time stamps are."""
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - takes a second
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    own = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    return validate_pdf_signature(signature, own, clock, key_usage_settings=KeyUsageConstraints(key_usage=set()))


def read(found: Embedded, octets: bytes) -> Read | None:
    """What the right reader says of a signature; None if nothing here reads its form.

    OtherAlgorithmError for another algorithm of the Chinese arc than SM2 with SM3, Missing without the command that SM2 needs.
    """
    if not found.is_read:
        return None
    return by_sm2(found, octets) if found.is_by_sm else _by_pyhanko(found.opened())


def by_sm2(found: Embedded, octets: bytes) -> Read:
    """A signed message of GB/T 35275 in the place of one of CMS."""
    from pyhanko.pdf_utils.generic import parse_pdf_date  # noqa: PLC0415 - takes a second

    message = messages.read(messages.unpadded(found.message))
    made = parse_pdf_date(found.made) if found.made else None
    return Read(messages.holds(message, found.covered(octets)), message.certificate, made)


def _by_pyhanko(signature: Any) -> Read:
    status = validated(signature)
    certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    return Read(bool(status.intact and status.valid and status.docmdp_ok), certificate, status.signer_reported_dt)
