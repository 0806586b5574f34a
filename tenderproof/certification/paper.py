"""The certificate on paper: one page with the credential attached, whose QR code leads to its entry in the register."""

from markupsafe import Markup

from tenderproof import wording
from tenderproof.certification import credential, tenure
from tenderproof.certification.certificate import Certificate
from tenderproof.reporting import pdf
from tenderproof.reporting.plain import plain
from tenderproof.reporting.readings import environment
from tenderproof.reporting.sentences import words
from tenderproof.seal.pdf_signing import box
from tenderproof.wording import Language

PLACE = box(105, 30, 189, 76)  # where styles/certificate.css leaves it free


def render(certificate: Certificate, token: str, register_url: str, language: Language) -> bytes:
    """The page in one language, not signed yet."""
    page = environment().get_template("certificate.html.j2").render(
        certificate=certificate,
        language=language,
        words=words(language),
        said=wording.catalogue("certification", language),
        style=Markup(pdf.style("certificate.css")),  # noqa: S704 - a file of ours
        code=pdf.code(address(certificate, register_url)),
    )  # fmt: skip
    moment = int(tenure.begin(certificate.decided).timestamp())
    return pdf.printed(plain(page), {f"{certificate.number}{credential.SUFFIX}": token.encode()}, moment)


def address(certificate: Certificate, register_url: str) -> str:
    """What the QR code says: the entry's page in the register, or, where no address was named, number and digest."""
    if register_url:
        return f"{register_url.rstrip('/')}/{certificate.number}.html"
    return f"tenderproof:certificate:{certificate.number}:sha256:{certificate.result_sha256}"
