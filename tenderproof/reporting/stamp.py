"""What is seen of an electronic signature: a small page that says who signed what and when. It is for reading, and no seal."""

from datetime import datetime

from markupsafe import Markup

from tenderproof import wording
from tenderproof.reporting import pdf
from tenderproof.reporting.plain import plain
from tenderproof.reporting.readings import environment
from tenderproof.wording import Language


def render(signer: str, moment: datetime, number: str, digest: str, code: str, language: Language) -> bytes:
    """A PDF page of 84 by 46 mm; ``digest`` is the SHA-256 (hex) of what the signature is about, ``code`` what its QR code says."""
    lines = (
        ("signer", signer), ("moment", moment.isoformat(" ", "seconds")), ("number", number), ("result", f"SHA-256 {digest[:32]}…")
    )  # fmt: skip
    page = environment().get_template("stamp.html.j2").render(
        language=language,
        pages=wording.catalogue("pages", language),
        style=Markup(pdf.style("stamp.css")),  # noqa: S704 - a file of ours
        lines=lines,
        code=pdf.code(code),
    )  # fmt: skip
    return pdf.drawn(plain(page), int(moment.timestamp()))
