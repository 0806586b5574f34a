"""Where the content stands: specs, suites, fixtures and reports, in a checkout or in an installed wheel.

A folder is the content if ``specs/EDITION`` stands in it. In a wheel that is ``content/`` inside this package; in a
checkout it is the folder that holds this package. Only these two are asked, and both are found from where this package
was imported, so a copy that lies elsewhere (an older wheel, another checkout) is never taken by mistake.
"""

from functools import cache
from pathlib import Path

MARKER = Path("specs", "EDITION")


class ContentError(Exception):
    """No content belongs to this package: the installation is broken. The message is a sentence for the user."""


@cache
def content_root() -> Path:
    """Return the folder that holds specs/, suites/, fixtures/ and reports/; ContentError if there is none."""
    return _content_of(Path(__file__).resolve().parent)


def specs_dir() -> Path:
    """Return the folder that says what is required: clauses, contracts, schemas, plans, pinned registries."""
    return content_root() / "specs"


def suites_dir() -> Path:
    """Return the folder that says how each clause is probed."""
    return content_root() / "suites"


def fixtures_dir() -> Path:
    """Return the folder to put on sys.path: the reference federation, its mutants, variants and hostile platforms."""
    return content_root() / "fixtures"


def reports_dir() -> Path:
    """Return the folder of what a report is made from: templates, styles, wording."""
    return content_root() / "reports"


def edition() -> str:
    """Return the edition of the content, as its marker says it."""
    return (content_root() / MARKER).read_text("utf-8").strip()


def _content_of(package: Path) -> Path:
    checkout, inside = package.parent, package / "content"
    if (checkout / "pyproject.toml").is_file() and (checkout / MARKER).is_file():
        return checkout
    if (inside / MARKER).is_file():
        return inside
    raise ContentError(
        f"No content found for {package}: neither {inside / MARKER} nor {checkout / MARKER} exists. Install tenderproof again."
    )
