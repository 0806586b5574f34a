"""The register as a static site: a page a language for all, and one for each certificate, which a QR code leads to. No script."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from markupsafe import Markup

from tenderproof import wording
from tenderproof.certification import credential, register
from tenderproof.certification.jose import Pen
from tenderproof.certification.register import Entry, RegisterError
from tenderproof.reporting import pdf
from tenderproof.reporting.plain import plain
from tenderproof.reporting.readings import environment
from tenderproof.reporting.sentences import words
from tenderproof.wording import LANGUAGES, Language


def write(found: Sequence[Entry], pen: Pen, out: Path, made: date, days: int) -> list[Path]:
    """Write the site and what programs read, all of it anew; RegisterError if it cannot be written."""
    files: dict[str, bytes] = {register.KEY: pen.public}
    for language in LANGUAGES:
        files[_named("index", language)] = _page("register.html.j2", language, found, made, None)
        for entry in found:
            files[_named(entry.certificate.number, language)] = _page("register_entry.html.j2", language, found, made, entry)
    for entry in found:
        files[f"{entry.certificate.number}{credential.SUFFIX}"] = entry.chain[0].encode() + b"\n"
    document = register.listed(found, pen.party, made, days, files)
    files |= {path.name: path.read_bytes() for entry in found for path in entry.papers}
    files |= {register.LIST: document, register.TOKEN: register.signed(document, pen).encode() + b"\n"}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, octets in files.items():
            (out / name).write_bytes(octets)
    except OSError as error:
        raise RegisterError(f"The register cannot be written to {out}: {error.strerror}.") from error
    return [out / name for name in files]


def _named(name: str, language: Language) -> str:
    return f"{name}.html" if language == "zh" else f"{name}.en.html"


def _page(template: str, language: Language, found: Sequence[Entry], made: date, entry: Entry | None) -> bytes:
    page = environment().get_template(template).render(
        entries=found,
        entry=entry,
        made=made,
        language=language,
        words=words(language),
        said=wording.catalogue("certification", language),
        style=Markup(pdf.style("register.css")),  # noqa: S704 - a file of ours
    )  # fmt: skip
    return plain(page).encode()
