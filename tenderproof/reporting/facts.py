"""What every form for programs carries along of a result, so that nothing is lost where a form has no place for it."""

from typing import Any
from uuid import UUID, uuid5

from tenderproof.reporting.sentences import because, seen
from tenderproof.result import Check, Clause, Result

_OURS = UUID("0d7f5c0e-53a6-5d3b-9c58-2f6f1f3d2a10")  # the namespace of all names that are made here


def of_result(result: Result) -> dict[str, Any]:
    """The decision with its counts, what was judged by what, and when; times in ISO 8601."""
    conclusion = result.conclusion
    return {
        "kind": result.kind,
        "decision": conclusion.decision.value,
        "level": conclusion.level,
        "counts": {verdict.value: count for verdict, count in conclusion.counts.items()},
        "violated": conclusion.violated,
        "undecided": conclusion.undecided,
        "interrupted": result.run.interrupted,
        "plan": result.basis.plan,
        "edition": result.basis.edition,
        "run": result.run.id,
        "seed": result.run.seed,
        "source_sha256": result.tool.source_sha256,
        "declaration_sha256": result.sample.declaration_sha256,
        "driver_sha256": result.sample.driver_sha256,
    }


def of_clause(clause: Clause) -> dict[str, Any]:
    """A clause's verdict with all that explains it; ``because`` is the reason as an English sentence."""
    return {
        "clause": clause.id,
        "verdict": clause.verdict.value,
        "reason": clause.reason.code,
        "because": because(clause.reason, "en"),
        "blame": clause.blame.value if clause.blame else None,
        "area": clause.area,
        "keyword": clause.keyword,
        "stars": clause.stars,
        "disposition": clause.disposition,
        "source": clause.source,
        "locator": clause.locator,
        "provenance": clause.provenance,
        "words_sha256": clause.words_sha256,
        "checks": clause.checks,
    }


def of_check(check: Check) -> dict[str, Any]:
    """A check's outcome; ``observed`` is what it saw as an English sentence, ``observations`` counts its records in the evidence."""
    return {
        "check": check.id,
        "state": check.state.value,
        "reason": check.reason,
        "observed": seen(check, "en"),
        "detail": check.detail,
        "blame": check.blame.value if check.blame else None,
        "way": check.way,
        "attempt": check.attempt,
        "observations": check.observations,
        "where": check.where,
        "repeat": check.repeat,
        "clauses": check.clauses,
    }


def place(check: Check) -> tuple[str, int]:
    """The file of a check, from the root of the sources, and the line whose assertion decided (1 where none did)."""
    module = check.id.partition("::")[0]
    folder, _, name = module.rpartition("/")
    line = check.where.rpartition(":")[2]
    file = f"suites/{folder}/test_{name}.py" if folder else f"suites/test_{name}.py"
    return file, int(line) if line.isascii() and line.isdigit() and int(line) > 0 else 1


def uuid(result: Result, kind: str, identifier: str = "") -> str:
    """A name for a thing of this run (RFC 9562, version 5): the same result gives the same name."""
    return str(uuid5(_OURS, f"{result.run.id}\n{kind}\n{identifier}"))
