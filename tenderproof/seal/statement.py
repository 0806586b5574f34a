"""What is signed: an in-toto Statement v1 with the predicate *test result* v0.1, about the manifest of a bundle.

A gate that knows in-toto and not tenderproof must never let an undecided platform through, so ``result`` is PASSED for a conformant
platform alone. What was really decided stands beside it, as ``decision``, with the clauses that nobody could decide.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from tenderproof.result import Result
from tenderproof.seal.manifest import File
from tenderproof.vocabulary import Decision, Verdict

PAYLOAD_TYPE = "application/vnd.in-toto+json"
_STATEMENT, _PREDICATE = "https://in-toto.io/Statement/v1", "https://in-toto.io/attestation/test-result/v0.1"
_CONFIGURATION = "specs/"
_UNDECIDED = (Verdict.INCONCLUSIVE, Verdict.NOT_TESTED)


def of(result: Result, manifest: bytes, files: Mapping[str, File]) -> bytes:
    """The statement about a bundle, in its RFC 8785 form."""
    return rfc8785.dumps(
        {
            "_type": _STATEMENT,
            "subject": [{"name": "manifest.json", "digest": {"sha256": hashlib.sha256(manifest).hexdigest()}}],
            "predicateType": _PREDICATE,
            "predicate": _predicate(result, files),
        }
    )


def _predicate(result: Result, files: Mapping[str, File]) -> dict[str, Any]:
    def clauses(*verdicts: Verdict) -> list[str]:
        return sorted(clause.id for clause in result.clauses if clause.verdict in verdicts)

    decision = result.conclusion.decision
    return {
        "result": "PASSED" if decision is Decision.CONFORMANT else "FAILED",
        "configuration": [
            {"name": path, "digest": {"sha256": file.sha256}} for path, file in sorted(files.items()) if path.startswith(_CONFIGURATION)
        ],
        "passedTests": clauses(Verdict.SATISFIED),
        "warnedTests": clauses(Verdict.ATTESTED),
        "failedTests": clauses(Verdict.VIOLATED),
        "decision": decision.value,
        "level": result.conclusion.level,
        "kind": result.kind,
        "plan": result.basis.plan,
        "edition": result.basis.edition,
        "candidate": result.sample.name,
        "undecided": clauses(*_UNDECIDED),
        "finished": result.run.finished.isoformat(),
        "tool": {"name": result.tool.name, "version": result.tool.version, "source_sha256": result.tool.source_sha256},
    }
