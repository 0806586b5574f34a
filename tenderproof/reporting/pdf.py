"""The report on paper: the sections of the page in the order of Chinese laboratories' reports, as PDF with the result attached.

The same result gives the same octets with the same fonts and libraries. PDF/A-3a is requested of WeasyPrint; nobody here has proved it.
Fonts are embedded; a page asks no network for anything.
"""

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from markupsafe import Markup

from tenderproof import content, wording
from tenderproof.reporting.plain import plain
from tenderproof.reporting.readings import environment, readings
from tenderproof.result import Result
from tenderproof.signatories import require_lawful
from tenderproof.wording import Language

ATTACHED = "result.json"
VARIANT = "pdf/a-3a"
_DETAIL = 400  # characters of what a check observed that are printed; the whole is attached
_FIRST = 8  # open clauses that the page of the decision names
_SECONDS = "SOURCE_DATE_EPOCH"


def render(result: Result, language: Language) -> bytes:
    """The report in one language; SignatoryError if its kind demands other persons than it names."""
    attached = document(result)
    return printed(page(result, language), {ATTACHED: attached}, int(result.run.finished.timestamp()))


def document(result: Result) -> bytes:
    """The result document as it is attached, the same octets as result.json of the run."""
    return (result.model_dump_json(indent=1) + "\n").encode()


def page(result: Result, language: Language) -> str:
    """What is printed, as HTML."""
    require_lawful(result.kind, result.signatories)
    digest = hashlib.sha256(document(result)).hexdigest()
    return plain(
        environment().get_template("pages.html.j2").render(
            **readings(result, language),
            pages=wording.catalogue("pages", language),
            style=Markup(style("pages.css")),  # noqa: S704 - a file of ours
            code=code(f"tenderproof:report:{result.run.id}:sha256:{digest}"),
            first=_FIRST,
            kept=_DETAIL,
        )
    )  # fmt: skip


def printed(html: str, attached: dict[str, bytes], moment: int) -> bytes:
    """A page as tagged PDF with its fonts and what is attached; ``moment`` (seconds since 1970) is the only time in it."""
    with _at(moment), _uncollected():
        import weasyprint  # noqa: PLC0415 - takes two seconds

        files = [
            weasyprint.Attachment(string=octets, name=name, relationship="Source", created=_day(moment), modified=_day(moment))
            for name, octets in sorted(attached.items())
        ]
        drawn = weasyprint.HTML(string=html, base_url=None, url_fetcher=_nothing)
        identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
        made: bytes = drawn.write_pdf(attachments=files, pdf_variant=VARIANT, pdf_tags=True, pdf_identifier=identifier)
    return made


def code(text: str) -> Markup:
    """A QR code (ISO/IEC 18004, error correction M) as an inline picture."""
    import segno  # noqa: PLC0415 - only what is printed needs it

    picture = segno.make(text, error="m", micro=False).svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(picture)  # noqa: S704 - made of squares alone


def drawn(html: str, moment: int) -> bytes:
    """A page as plain PDF with its fonts, to be shown within another."""
    with _at(moment), _uncollected():
        import weasyprint  # noqa: PLC0415 - takes two seconds

        made: bytes = weasyprint.HTML(string=html, url_fetcher=_nothing).write_pdf()
    return made


@cache
def style(name: str) -> str:
    """A style sheet of reports/styles."""
    return (content.reports_dir() / "styles" / name).read_text("utf-8")


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a report fetches nothing, and this asked for {url[:80]}")


def _day(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)


@contextmanager
def _at(moment: int) -> Iterator[None]:
    """FontTools writes the time into the fonts that it cuts, unless the environment names another."""
    before = os.environ.get(_SECONDS)
    os.environ[_SECONDS] = str(moment)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SECONDS]
        else:
            os.environ[_SECONDS] = before


@contextmanager
def _uncollected() -> Iterator[None]:
    """What a page is drawn of lives until it is drawn: looking through it for garbage takes a quarter of the time and finds none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
