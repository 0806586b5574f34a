"""A PDF signed as PAdES (ETSI EN 319 142-1, baseline B-B; B-T with a time stamp) with a visible place, by pyHanko.

The signature covers the whole file, and whoever signs says with it that nothing may follow (DocMDP 1). The key is ECDSA (P-256, P-384),
RSA from 2048 bits or Ed25519, in PEM, with its certificate.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from asn1crypto import tsp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from tenderproof.seal import signature
from tenderproof.seal.signature import Party, SealKeyError
from tenderproof.seal.timestamp import TimestampError
from tenderproof.vocabulary import WrongInput

FIELD = "TenderproofSignature"  # none that an official seal would take
Box = tuple[int, int, int, int]  # points: left, bottom, right, top


def box(left: int, bottom: int, right: int, top: int) -> Box:
    """A place on a page, from millimetres."""
    across, up, to, high = (int(side * 72 / 25.4) for side in (left, bottom, right, top))
    return across, up, to, high


PLACE = box(109, 129, 193, 175)  # where styles/pages.css leaves it free
_SECONDS = 20


class PdfSigningError(WrongInput):
    """A PDF cannot be signed; the message is a sentence for the user."""


@dataclass(frozen=True)
class PdfSigner:
    """Who signs: the key and certificate files, checked to belong together, and whose they are."""

    key: Path
    certificate: Path
    party: Party


def load(key: Path, certificate: Path) -> PdfSigner:
    """Who signs; SealKeyError if the two files cannot be used together."""
    sealer = signature.load_sealer(key, certificate)
    found = signature.party(sealer.pem, str(certificate))
    if found.certificate is None:
        raise SealKeyError(f"{certificate} holds a public key alone; a PDF is signed with a certificate, so name one.")
    return PdfSigner(key, certificate, found)


def sign(
    octets: bytes, signer: PdfSigner, appearance: bytes, *, timestamp_url: str = "", place: Box = PLACE, certify: bool = True
) -> bytes:
    """The signed PDF, which begins with every octet of ``octets``; TimestampError if the authority gives no time stamp.

    ``appearance`` is a PDF page that is shown in the visible place on the last page. ``certify`` forbids what would follow, and can be
    said by the first signature alone.
    """
    with TemporaryDirectory() as folder:
        shown = Path(folder) / "appearance.pdf"
        shown.write_bytes(appearance)
        return apart(lambda: _signed(octets, signer, shown, timestamp_url, place, certify=certify))


def apart(work: Callable[[], bytes]) -> bytes:
    """PyHanko begins an event loop of its own, and where one runs already that cannot be: so it works in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()


def _signed(octets: bytes, signer: PdfSigner, shown: Path, url: str, place: Box, *, certify: bool) -> bytes:
    from pyhanko.pdf_utils.content import ImportedPdfPage  # noqa: PLC0415 - takes a second
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.sign import PdfSignatureMetadata, fields, timestamps  # noqa: PLC0415
    from pyhanko.sign import PdfSigner as Signing  # noqa: PLC0415
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415

    meta = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm=_digest(signer), subfilter=fields.SigSeedSubFilter.PADES, certify=certify, name=signer.party.name,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )  # fmt: skip
    style = StaticStampStyle(background=ImportedPdfPage(str(shown)), border_width=0)
    field = fields.SigFieldSpec(FIELD, on_page=-1, box=place)
    stamper = _authority(url, timestamps.TimeStamper) if url else None
    try:
        writer = IncrementalPdfFileWriter(BytesIO(octets))
        signing = Signing(meta, _cms_signer(signer), timestamper=stamper, stamp_style=style, new_field_spec=field)
        made: bytes = signing.sign_pdf(writer).getvalue()
    except (PdfError, SigningError) as error:
        raise PdfSigningError(f"The PDF cannot be signed: {error}.") from error
    return made


def _digest(signer: PdfSigner) -> str:
    """Ed25519 in CMS goes with SHA-512 (RFC 8419)."""
    return "sha512" if isinstance(signer.party.key, ed25519.Ed25519PublicKey) else "sha256"


def _cms_signer(signer: PdfSigner) -> Any:
    from asn1crypto import keys, x509  # noqa: PLC0415
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    private = serialization.load_pem_private_key(signer.key.read_bytes(), password=None)
    der = private.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    assert signer.party.certificate is not None  # noqa: S101 - `load` has asked
    certificate = x509.Certificate.load(signer.party.certificate.public_bytes(serialization.Encoding.DER))
    return SimpleSigner(
        signing_cert=certificate, signing_key=keys.PrivateKeyInfo.load(der), cert_registry=SimpleCertificateStore(), prefer_pss=True
    )


def _authority(url: str, base: Any) -> Any:
    """PyHanko's client of an authority, over the HTTP client that all of tenderproof uses."""
    import httpx2  # noqa: PLC0415 - only who wants a time stamp needs it

    class Authority(base):  # type: ignore[misc]  # pyHanko is imported late
        async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
            headers = {"content-type": "application/timestamp-query"}
            try:
                async with httpx2.AsyncClient(timeout=_SECONDS, trust_env=False) as client:
                    answer = await client.post(url, content=req.dump(), headers=headers)
                answer.raise_for_status()
                return tsp.TimeStampResp.load(answer.content)
            except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
                raise TimestampError(f"The time stamp authority {url} gave no time stamp: {error}.") from error

    return Authority()
