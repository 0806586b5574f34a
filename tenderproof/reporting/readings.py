"""The result, arranged as people read it, and the templates of every report for people."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tenderproof import content, wording
from tenderproof.dossier import kinds
from tenderproof.reporting import gaps, graticule, sentences
from tenderproof.result import Clause, Result
from tenderproof.spec.plan import load_plan
from tenderproof.vocabulary import Blame, State, Verdict
from tenderproof.wording import Language

_ANCHOR = re.compile(r"[^A-Za-z0-9._-]+")
_NOBODY = "nobody"
_EDITION = "trading-3"  # whose figures are the edition's own


@cache
def environment() -> Environment:
    """The templates of reports/templates; every value is escaped."""
    loader = FileSystemLoader(content.reports_dir() / "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals |= {"Verdict": Verdict, "State": State}
    made.filters["because"] = sentences.because
    made.filters["foldable"] = sentences.foldable
    made.filters["fault"] = sentences.fault
    made.filters["said"] = sentences.said
    made.filters["seen"] = sentences.seen
    return made


def readings(result: Result, language: Language) -> dict[str, Any]:
    """What the templates see: the document, its words in one language, and its parts in the order in which people read them."""
    open_clauses = gaps.gaps(result)
    clauses = {clause.id: clause for clause in result.clauses}
    untested = [clause for clause in result.clauses if clause.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_TESTED)]
    compare = wording.catalogue("compare", language)
    return {
        "result": result,
        "language": language,
        "words": sentences.words(language),
        "papers": wording.catalogue("papers", language),
        "paper_kinds": _paper_kinds(result, language),
        "domicile": wording.catalogue("domicile", language),
        "map": graticule.drawn(result.whereabouts),
        "loose": _loose(result),
        "gaps": open_clauses,
        "next_level": gaps.next_level(result),
        "violated": [gap for gap in open_clauses if gap.clause.verdict is Verdict.VIOLATED],
        "turns": _turns(gap for gap in open_clauses if gap.clause.verdict is not Verdict.VIOLATED),
        "untested": untested,
        "untested_groups": _by_reason(untested, language),
        "areas": _by_area(result.clauses),
        "items": sorted((c for c in result.clauses if c.stars is not None), key=lambda c: gaps.order(c.id)),
        "check_areas": _grouped(result.checks, lambda check: str(check.id).partition("/")[0]),
        "checks": {check.id: check for check in result.checks},
        "clauses": clauses,
        "clause_anchor": _anchors("clause", clauses),
        "check_anchor": _anchors("check", (check.id for check in result.checks)),
        "ways": " · ".join(map(sentences.worded("way", language), result.basis.ways)),
        "word": {section: sentences.worded(section, language) for section in sentences.words(language)}
        | {section: sentences.coded(compare[section]) for section in ("change", "unlike")},
    }


def _paper_kinds(result: Result, language: Language) -> dict[str, str]:
    """The documents among the result's papers by what they are called; those of another content pack are called as it called them."""
    if not result.papers:
        return {}
    return {kind.id: kind.title[language] for kind in kinds.load(content.specs_dir()).values()}


def _loose(result: Result) -> list[str]:
    """Figures about the territory that are not those of the edition, and by which less convicts."""
    told = result.whereabouts
    if told is None:
        return []
    figures = load_plan(_EDITION, content.specs_dir())
    days, apart = figures.whole("address_table_max_age_days"), set(str(figures.value("territory_apart")).split())
    further = sorted(set(told.within) - apart - {"CN"})
    found = [f"territory_apart {' '.join(further)}"] if further else []
    return [*found, f"address_table_max_age_days {told.oldest_days}"] if told.oldest_days < days else found


def _turns(undecided: Iterable[gaps.Gap]) -> list[tuple[str, list[gaps.Gap]]]:
    """Open clauses by whose turn it is."""
    return _by_turn(undecided, lambda gap: gap.clause)


def _by_reason(untested: Iterable[Clause], language: Language) -> list[tuple[str, list[tuple[str, list[Clause]]]]]:
    """What was not tested or not decided: whose turn, then each reason with the clauses that it keeps open, the widest first."""
    found = []
    for turn, members in _by_turn(untested, lambda clause: clause):
        reasons: dict[str, list[Clause]] = {}
        for clause in sorted(members, key=lambda clause: gaps.order(clause.id)):
            reasons.setdefault(sentences.cause(clause.reason, language), []).append(clause)
        found.append((turn, sorted(reasons.items(), key=lambda entry: (-len(entry[1]), gaps.order(entry[1][0].id)))))
    return found


def _by_turn(entries: Iterable[Any], clause_of: Any) -> list[tuple[str, list[Any]]]:
    order = [*(blame.value for blame in Blame), _NOBODY]
    found: dict[str, list[Any]] = {}
    for entry in entries:
        blame = clause_of(entry).blame
        found.setdefault(blame.value if blame else _NOBODY, []).append(entry)
    return sorted(found.items(), key=lambda entry: order.index(entry[0]))


def _by_area(clauses: Iterable[Clause]) -> list[tuple[str, Sequence[Clause], Mapping[Verdict, int]]]:
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
