"""``tenderproof dossier``: what a vendor still lacks for submission (送检材料)."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tenderproof import wording
from tenderproof.cli import finished, papers
from tenderproof.cli.ending import Exit
from tenderproof.cli.papers import because, say
from tenderproof.dossier import examination
from tenderproof.dossier.submission import Needed, Star, Submission, submission
from tenderproof.wording import Language


def run(candidate: Path, plan: str, folder: Path | None, known_signers: Path | None, *, as_json: bool) -> None:
    """Print the list; ends with 0 if nothing is lacking, else with 2."""
    result = finished.read(folder) if folder else None
    desk = papers.desk(candidate, plan, known_signers, result.sample.stated_version if result else "")
    found = submission(desk, examination.examine(desk), result)
    if as_json:
        print(json.dumps({"plan": plan, "complete": found.complete, **_data(found)}, ensure_ascii=False))
    else:
        print("\n".join(_lines(found, wording.spoken())))
    sys.exit(Exit.CONFORMANT if found.complete else Exit.INCONCLUSIVE)


def _data(found: Submission) -> dict[str, object]:
    return {
        "documents": [
            {
                "kind": needed.kind.id,
                "title": dict(needed.kind.title),
                "signer": needed.kind.signer,
                "handed_to": list(needed.kind.handed_to),
                "source": dict(needed.kind.source),
                "there": needed.faults is None,
                "faults": [fault.model_dump() for fault in needed.faults or ()],
            }
            for needed in found.documents
        ],
        "statements": list(found.statements),
        "absent": [paper.model_dump(mode="json") for paper in found.absent],
        "levels": [
            {
                "level": star.level,
                "items": star.items,
                "exempt": list(star.exempt),
                "open": None if star.open is None else list(star.open),
                "needs_public_service": list(star.needs_public_service),
            }
            for star in found.levels
        ],
    }


def _lines(found: Submission, language: Language) -> Iterator[str]:
    words = wording.catalogue("papers", language)
    there = sum(needed.faults is None for needed in found.documents)
    yield say("documents", there=str(there), total=str(len(found.documents)))
    for needed in found.documents:
        yield from _document(needed, language)
    if found.statements:
        yield say("open_statements", count=str(len(found.statements)), clauses=" ".join(found.statements))
    for paper in found.absent:
        assert paper.fault is not None  # noqa: S101 - these are the ones with a fault
        title = words["kind"].get(paper.kind, words["label"]["kind"])
        yield f"✗ {title} {' '.join(paper.clauses)} {paper.file}: {because(paper.fault, language)}"
    for star in found.levels:
        yield from _star(star)
    yield say("complete" if found.complete else "lacking")


def _document(needed: Needed, language: Language) -> Iterator[str]:
    words = wording.catalogue("papers", language)
    to = ", ".join(words["handed_to"][name] for name in needed.kind.handed_to)
    yield f"{'✓' if needed.faults is None else '✗'} {needed.kind.title[language]} ({words['signer'][needed.kind.signer]}; {to})"
    yield from (f"    {because(fault, language)}" for fault in needed.faults or ())


def _star(star: Star) -> Iterator[str]:
    stars, exempt = "★" * star.level, str(len(star.exempt))
    if star.open is None:
        yield say("level_without_run", stars=stars, items=str(star.items), exempt=exempt)
    else:
        yield say("level", stars=stars, items=str(star.items), exempt=exempt, open=str(len(star.open)), clauses=" ".join(star.open))
    if star.needs_public_service:
        yield say("needs_public_service", count=str(len(star.needs_public_service)), clauses=" ".join(star.needs_public_service))
