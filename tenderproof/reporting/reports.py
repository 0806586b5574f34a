"""The forms of a report, and the file that each has in a run's folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tenderproof.reporting import html, junit
from tenderproof.result import Result


@dataclass(frozen=True)
class Form:
    """A form of the report: the file's usual name, and how it is made."""

    file: str
    render: Callable[[Result], str]


def _json(result: Result) -> str:
    return result.model_dump_json(indent=1) + "\n"


FORMS: Mapping[str, Form] = {
    "html": Form("report.html", partial(html.render, language="zh")),
    "html-en": Form("report.en.html", partial(html.render, language="en")),
    "junit": Form("junit.xml", junit.render),
    "json": Form("result.json", _json),
}


def write_reports(result: Result, folder: Path) -> None:
    """Write what a finished run leaves for people and for CI; ``result.json`` is there already."""
    for name, form in FORMS.items():
        if name != "json":
            (folder / form.file).write_text(form.render(result), "utf-8")
