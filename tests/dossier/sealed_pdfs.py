"""Makes PDF files with an electronic seal: a blank page, sealed by a certificate that an authority has issued."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from io import BytesIO
from unittest.mock import patch

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tenderproof.dossier.people import Person
from tenderproof.sm import messages, sm2
from tests.sm_papers import Holder, holder

from . import desks

AUTHORITY = "印章签发机构"
MADE = datetime(2026, 11, 1, 4, tzinfo=UTC)


def authority(name: str = AUTHORITY) -> Person:
    """Who issues certificates for seals, as an auditor names it."""
    return Person(name, "负责人", desks.LABORATORY, "seal_authority", "auditor", desks.private(name).public_key())


@dataclass(frozen=True)
class Seal:
    """A seal: its organisation, who issued it, the day from which it is valid (for a year), and when it is used."""

    organisation: str = "某测试公司"
    issued_by: str = AUTHORITY
    valid_from: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    used: datetime = MADE

    def on(self, octets: bytes) -> bytes:
        """The file with this seal."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - takes a second
        from pyhanko.sign import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415
        from pyhanko.sign.signers import SimpleSigner, pdf_signer  # noqa: PLC0415
        from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

        key = desks.private(f"seal of {self.organisation}")
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        signer = SimpleSigner(
            signing_cert=asn1.Certificate.load(self._certificate().public_bytes(Encoding.DER)),
            signing_key=asn1_keys.PrivateKeyInfo.load(der), cert_registry=SimpleCertificateStore(),
        )  # fmt: skip
        sealing = PdfSigner(PdfSignatureMetadata(field_name="Seal", md_algorithm="sha256"), signer)
        with patch.object(pdf_signer, "datetime", _clock(self.used)):  # pyHanko takes the time of its machine
            made: bytes = sealing.sign_pdf(IncrementalPdfFileWriter(BytesIO(octets))).getvalue()
        return made

    def _certificate(self) -> x509.Certificate:
        def named(*pairs: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
            return x509.Name([x509.NameAttribute(kind, value) for kind, value in pairs])

        key = desks.private(f"seal of {self.organisation}").public_key()
        issuer = desks.private(self.issued_by)
        assert isinstance(issuer, ec.EllipticCurvePrivateKey)
        return (
            x509.CertificateBuilder()
            .subject_name(named((NameOID.ORGANIZATION_NAME, self.organisation), (NameOID.COMMON_NAME, "电子印章")))
            .issuer_name(named((NameOID.ORGANIZATION_NAME, self.issued_by)))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.valid_from)
            .not_valid_after(self.valid_from + timedelta(days=365))
            .sign(issuer, hashes.SHA256())
        )


def sm_authority() -> tuple[Person, Holder]:
    """The same authority with a key of SM2, as an auditor names it, and that key."""
    root = holder(AUTHORITY)
    return Person(AUTHORITY, "负责人", desks.LABORATORY, "seal_authority", "auditor", sm2.PublicKey(root.point)), root


def sealed_by_sm2(octets: bytes, signer: Holder, covered: bytes | None = None, form: bytes = b"/adbe.pkcs7.detached") -> bytes:
    """A sealed file with a message by SM2 in the place of its own (GB/T 35275), over what it covers or something else."""
    octets = octets.replace(b"/adbe.pkcs7.detached", form)
    begin, end = (int(part) for part in re.findall(rb"/ByteRange *\[ *0 +(\d+) +(\d+)", octets)[-1])
    message = messages.signed(signer.sign, signer.certificate, octets[:begin] + octets[end:] if covered is None else covered, apart=True)
    place = message.hex().encode().ljust(end - begin - 2, b"0")
    assert len(place) == end - begin - 2, "the seal's place is too small"
    return octets[:begin] + b"<" + place + b">" + octets[end:]


def _clock(at: datetime) -> type[datetime]:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return at.astimezone(tz)

    return Stopped


def blank() -> bytes:
    """A PDF of one empty page."""
    from pyhanko.pdf_utils.content import RawContent  # noqa: PLC0415
    from pyhanko.pdf_utils.layout import BoxConstraints  # noqa: PLC0415
    from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter  # noqa: PLC0415

    writer, out = PdfFileWriter(), BytesIO()
    content = writer.add_object(RawContent(b"", box=BoxConstraints(100, 100)).as_form_xobject())
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 100, 100)))
    writer.write(out)
    return out.getvalue()
