"""The report for people: one self-contained HTML file a language, that needs no network and no script.

Text that came from the candidate is never trusted: it is escaped, characters that could hide or reorder other text are shown as codes,
and the page's policy lets no other style or script run than the two whose hashes it names.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tenderproof import content, wording
from tenderproof.reporting import gaps, sentences
from tenderproof.reporting.plain import plain
from tenderproof.result import Clause, Result
from tenderproof.vocabulary import Blame, State, Verdict
from tenderproof.wording import Language

_DETAIL = 3000  # characters of what a check observed that are printed; the whole stands in the result document
_FIRST = 8  # open clauses that page one names
_ANCHOR = re.compile(r"[^A-Za-z0-9._-]+")


def render(result: Result, language: Language) -> str:
    """The whole report in one language."""
    style, script = _style(), _script()
    page = _environment().get_template("report.html.j2").render(
        **_readings(result, language),
        result=result,
        language=language,
        words=sentences.words(language),
        papers=wording.catalogue("papers", language),
        style=Markup(style),  # noqa: S704 - files of ours
        script=Markup(script),  # noqa: S704
        policy=f"default-src 'none'; style-src '{_source(style)}'; script-src '{_source(script)}'; base-uri 'none'; form-action 'none'",
        first=_FIRST,
        kept=_DETAIL,
    )  # fmt: skip
    return plain(page)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(content.reports_dir() / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {"Verdict": Verdict, "State": State}
    environment.filters["because"] = sentences.because
    environment.filters["fault"] = sentences.fault
    environment.filters["said"] = sentences.said
    environment.filters["seen"] = sentences.seen
    return environment


def _readings(result: Result, language: Language) -> dict[str, Any]:
    """The document, arranged as people read it."""
    open_clauses = gaps.gaps(result)
    clauses = {clause.id: clause for clause in result.clauses}
    return {
        "gaps": open_clauses,
        "next_level": gaps.next_level(result),
        "violated": [gap for gap in open_clauses if gap.clause.verdict is Verdict.VIOLATED],
        "turns": _turns(gap for gap in open_clauses if gap.clause.verdict is not Verdict.VIOLATED),
        "areas": _by_area(result.clauses),
        "items": sorted((c for c in result.clauses if c.stars is not None), key=lambda c: gaps.order(c.id)),
        "check_areas": _grouped(result.checks, lambda check: str(check.id).partition("/")[0]),
        "checks": {check.id: check for check in result.checks},
        "clauses": clauses,
        "clause_anchor": _anchors("clause", clauses),
        "check_anchor": _anchors("check", (check.id for check in result.checks)),
        "ways": " · ".join(map(sentences.worded("way", language), result.basis.ways)),
        "word": {section: sentences.worded(section, language) for section in sentences.words(language)},
    }


def _turns(undecided: Iterable[gaps.Gap]) -> list[tuple[str, list[gaps.Gap]]]:
    """Open clauses by whose turn it is."""
    order = [*(blame.value for blame in Blame), "nobody"]
    found: dict[str, list[gaps.Gap]] = {}
    for gap in undecided:
        found.setdefault(gap.clause.blame.value if gap.clause.blame else "nobody", []).append(gap)
    return sorted(found.items(), key=lambda entry: order.index(entry[0]))


def _by_area(clauses: Iterable[Clause]) -> list[tuple[str, list[Clause], Mapping[Verdict, int]]]:
    return [
        (area, members, {verdict: sum(c.verdict is verdict for c in members) for verdict in Verdict})
        for area, members in _grouped(clauses, lambda clause: str(clause.area))
    ]


def _grouped(entries: Iterable[Any], key: Any) -> list[tuple[str, list[Any]]]:
    ordered = sorted(entries, key=lambda entry: (key(entry), gaps.order(entry.id)))
    return [(name, list(members)) for name, members in groupby(ordered, key)]


def _anchors(prefix: str, identifiers: Iterable[str]) -> dict[str, str]:
    """An anchor for each id: readable, safe in an address, and no two alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for identifier in identifiers:
        plain = anchor = f"{prefix}-{_ANCHOR.sub('-', identifier)}"
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{plain}-{number}"
        taken.add(anchor)
        found[identifier] = anchor
    return found


@cache
def _style() -> str:
    return (content.reports_dir() / "styles" / "report.css").read_text("utf-8")


@cache
def _script() -> str:
    return (content.reports_dir() / "templates" / "report.js").read_text("utf-8")


def _source(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
