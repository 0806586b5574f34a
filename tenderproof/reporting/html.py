"""The report for people: one self-contained HTML file a language, that needs no network and no script.

Text that came from the candidate is never trusted: it is escaped, characters that could hide or reorder other text are shown as codes,
and the page's policy lets no other style or script run than the two whose hashes it names.
"""

import base64
import hashlib
from functools import cache

from markupsafe import Markup

from tenderproof import content
from tenderproof.reporting.plain import plain
from tenderproof.reporting.readings import environment, readings
from tenderproof.result import Result
from tenderproof.signatories import require_lawful
from tenderproof.wording import Language

_DETAIL = 3000  # characters of what a check observed that are printed; the whole stands in the result document
_FIRST = 8  # open clauses that page one names


def render(result: Result, language: Language) -> str:
    """The whole report in one language; SignatoryError if its kind demands other persons than it names."""
    require_lawful(result.kind, result.signatories)
    style, script = _style(), _script()
    page = environment().get_template("report.html.j2").render(
        **readings(result, language),
        style=Markup(style),  # noqa: S704 - files of ours
        script=Markup(script),  # noqa: S704
        policy=f"default-src 'none'; style-src '{_source(style)}'; script-src '{_source(script)}'; base-uri 'none'; form-action 'none'",
        first=_FIRST,
        kept=_DETAIL,
    )  # fmt: skip
    return plain(page)


@cache
def _style() -> str:
    return (content.reports_dir() / "styles" / "report.css").read_text("utf-8")


@cache
def _script() -> str:
    return (content.reports_dir() / "templates" / "report.js").read_text("utf-8")


def _source(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
