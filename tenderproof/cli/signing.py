"""How a command signs the PDF that it wrote: options of the command line, and the order of seal and signature."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tenderproof.cli.ending import WrongUse
from tenderproof.seal import pdf_signing
from tenderproof.seal.pdf_signing import PLACE, Box, PdfSigner
from tenderproof.wording import Language

DETACHED = ".seal"


@dataclass(frozen=True)
class Signing:
    """Who signs, by what time stamp authority, and the file that names the command of an official seal (GB/T 38540), if any."""

    by: PdfSigner
    timestamp: str
    official_seal: Path | None

    @property
    def signer(self) -> str:
        """The name in the certificate."""
        return self.by.party.name

    def sign(self, octets: bytes, number: str, digest: str, language: Language, path: Path, place: Box = PLACE) -> bytes:
        """The signed PDF; an embedded official seal comes first, so that the signature covers it, a detached one lies beside ``path``."""
        from tenderproof.drivers import official_seal
        from tenderproof.reporting import stamp
        from tenderproof.spec.calendar import CHINA

        seal = official_seal.read(self.official_seal) if self.official_seal else None
        sealed = seal.seal(octets) if seal and seal.form == "embedded" else octets
        moment = datetime.now(CHINA).replace(microsecond=0)
        code = f"tenderproof:signed:{number}:sha256:{digest}"
        shown = stamp.render(self.signer, moment, number, digest, code, language)
        signed = pdf_signing.sign(sealed, self.by, shown, timestamp_url=self.timestamp, place=place, certify=sealed is octets)
        if seal and seal.form == "detached":
            path.with_name(path.name + DETACHED).write_bytes(seal.seal(signed))
        return signed


def of(key: Path | None, certificate: Path | None, timestamp: str, official_seal: Path | None) -> Signing | None:
    """What the options say; None if nobody signs, WrongUse if they say half of it."""
    if key is None and certificate is None:
        if timestamp or official_seal:
            raise WrongUse("A time stamp or an official seal goes with a signature; name --sign-key and --sign-cert.")
        return None
    if key is None or certificate is None:
        raise WrongUse(f"A PDF is signed with a key and its certificate; add {'--sign-key' if key is None else '--sign-cert'} FILE.")
    return Signing(pdf_signing.load(key, certificate), timestamp, official_seal)
