"""The forms of a report, and the file that each has in a run's folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tenderproof.reporting import badge, ctrf, earl, html, junit, markdown, oscal, pdf, sarif
from tenderproof.result import Result
from tenderproof.wording import Language


@dataclass(frozen=True)
class Form:
    """A form of the report: the file's usual name, how it is made, and whether every audit leaves it."""

    file: str
    render: Callable[[Result], str]
    usual: bool = False


def _json(result: Result) -> str:
    return result.model_dump_json(indent=1) + "\n"


FORMS: Mapping[str, Form] = {
    "html": Form("report.html", partial(html.render, language="zh"), usual=True),
    "html-en": Form("report.en.html", partial(html.render, language="en"), usual=True),
    "junit": Form("junit.xml", junit.render, usual=True),
    "json": Form("result.json", _json),
    "oscal": Form("oscal.json", oscal.render),
    "sarif": Form("result.sarif", sarif.render),
    "earl": Form("earl.jsonld", earl.render),
    "ctrf": Form("ctrf.json", ctrf.render),
    "markdown": Form("summary.md", partial(markdown.render, language="zh")),
    "markdown-en": Form("summary.en.md", partial(markdown.render, language="en")),
    "badge": Form("badge.svg", partial(badge.render, language="zh")),
    "badge-en": Form("badge.en.svg", partial(badge.render, language="en")),
}


@dataclass(frozen=True)
class Printed:
    """A form on paper: the file's usual name and its language."""

    file: str
    language: Language

    def render(self, result: Result) -> bytes:
        """The PDF."""
        return pdf.render(result, self.language)


PRINTED: Mapping[str, Printed] = {"pdf": Printed("report.pdf", "zh"), "pdf-en": Printed("report.en.pdf", "en")}


def write_reports(result: Result, folder: Path) -> None:
    """Write what a finished run leaves for people and for CI; ``result.json`` is there already."""
    for form in FORMS.values():
        if form.usual:
            (folder / form.file).write_text(form.render(result), "utf-8")
