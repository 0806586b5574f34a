"""Platforms of a region with their results, as folders and as sealed bundles."""

from datetime import date
from pathlib import Path
from typing import Any

from tenderproof import result
from tenderproof.regional.report import Heading
from tenderproof.result import Clause, Result
from tenderproof.seal import sealing
from tenderproof.vocabulary import Verdict
from tests.reporting import results
from tests.reporting.results import clause
from tests.seal.runs import finished_run, sealer

KEPT, BROKEN, OPEN = Verdict.SATISFIED, Verdict.VIOLATED, Verdict.NOT_TESTED
_FINISHED = results.result([]).run.finished
DAY = date(_FINISHED.year, 12, 5)


def heading(**changes: Any) -> Heading:
    """What the unit says of itself."""
    fields: dict[str, Any] = {
        "region": "示例省",
        "unit": "示例省发展改革委",
        "year": DAY.year,
        "day": DAY,
        "next_year": "一、推动检测认证。",
    }
    return Heading(**fields | changes)


def of(name: str, *clauses: Clause, **changes: Any) -> Result:
    """The result of a platform."""
    made = results.result(clauses, **changes)
    return made.model_copy(update={"sample": made.sample.model_copy(update={"name": name})})


def kept_and(name: str, verdict: Verdict, **changes: Any) -> Result:
    """One that keeps A-1 and has this verdict on A-2."""
    return of(name, clause("A-1"), clause("A-2", verdict), **changes)


def folder(at: Path, made: Result) -> Path:
    """The folder of a run with this result."""
    at.mkdir(parents=True)
    result.write(made, at / "result.json")
    return at


def sealed(at: Path, name: str, **changes: Any) -> Path:
    """A sealed bundle of a platform; ``at / NAME.pem`` is its sealer's key."""
    run = finished_run(at / name)
    found = result.read(run / "result.json")
    made = found.model_copy(update={"sample": found.sample.model_copy(update={"name": name}), **changes})
    result.write(made, run / "result.json")
    sealing.seal(run, made, sealer(at, f"{name}.pem"), at / f"{name}.zip")
    return at / f"{name}.zip"
