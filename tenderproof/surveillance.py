"""Surveillance: a run held against the certified one, clause by clause (认证认可条例 26: follow up what was certified)."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from tenderproof import comparison, result
from tenderproof.comparison import Change
from tenderproof.result import Baseline, BaselineChange, Result
from tenderproof.vocabulary import WrongInput


class BaselineError(WrongInput):
    """There is no certified run to compare with; the message is a sentence for the user."""


@dataclass(frozen=True)
class Certified:
    """The certified run: its result, the SHA-256 of its result.json, and the certificate's number."""

    result: Result
    sha256: str
    certificate: str


def certified(folder: Path, certificate: str, sha256: str) -> Certified:
    """The run in a folder; BaselineError if there is none, or if it is not the one of that digest (hex), which the certificate names."""
    path = folder / "result.json"
    try:
        octets, found = path.read_bytes(), result.read(path)
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise BaselineError(f"{path} is no result to compare with; name the folder of the certified run with --baseline.") from error
    digest = hashlib.sha256(octets).hexdigest()
    if digest != sha256:
        raise BaselineError(
            f"{path} is not the result that certificate {certificate} was issued for; name the folder of the certified run."
        )
    if found.kind != "test_report":
        raise BaselineError(f"{path} is a {found.kind}; only a laboratory's test_report can have been certified.")
    return Certified(found, digest, certificate)


def _platform(found: Result) -> tuple[str, str, str]:
    """Which platform a result is of; one operator may have two."""
    return found.sample.operator.get("uscc", ""), found.sample.kind, found.sample.name


def against(baseline: Certified, later: Result) -> Baseline:
    """What became of every clause since; BaselineError if the runs are of different platforms, so that nothing can be compared."""
    earlier = baseline.result
    if _platform(earlier) != _platform(later):
        raise BaselineError(
            f"The certified run is of {earlier.sample.name} and this one of {later.sample.name}; "
            "surveillance compares one platform with itself."
        )
    found = comparison.compare(earlier, later)
    return Baseline(
        result_sha256=baseline.sha256, run=earlier.run.id, plan=earlier.basis.plan, edition=earlier.basis.edition,
        finished=earlier.run.finished,
        decision=earlier.conclusion.decision, level=earlier.conclusion.level, certificate=baseline.certificate,
        same=sum(changed.change is Change.SAME and not changed.other_words for changed in found.clauses),
        changes=[
            BaselineChange(clause=c.id, change=c.change.value, before=c.before, after=c.after, other_words=c.other_words)
            for c in found.clauses
            if c.change is not Change.SAME or c.other_words
        ],
        unlike=list(found.unlike),
    )  # fmt: skip
