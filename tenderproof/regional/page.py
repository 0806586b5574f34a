"""The yearly report of a region as a page: one self-contained file a language, without script."""

from markupsafe import Markup

from tenderproof import wording
from tenderproof.regional.report import Yearly
from tenderproof.reporting import pdf
from tenderproof.reporting.plain import plain
from tenderproof.reporting.readings import environment
from tenderproof.reporting.sentences import words
from tenderproof.vocabulary import Verdict
from tenderproof.wording import Language

PARTS = ("kept", "stated", "violated", "open", "not_applicable")


def render(report: Yearly, language: Language) -> str:
    """The page in one language."""
    page = environment().get_template("region.html.j2").render(
        report=report,
        parts=PARTS,
        open_of={one.result_sha256: sum(v in (Verdict.INCONCLUSIVE, Verdict.NOT_TESTED) for v in one.verdicts.values())
                 for one in report.platforms},
        why=[(one.file, wording.sentence("region", "left_out", one.code, one.values, language)) for one in report.left_out],
        language=language,
        words=words(language),
        status=wording.catalogue("certification", language)["status"],
        said=wording.catalogue("region", language),
        style=Markup(pdf.style("register.css") + pdf.style("region.css")),  # noqa: S704 - files of ours
    )  # fmt: skip
    return plain(page)
