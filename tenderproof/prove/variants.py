"""The variants: the reference with a lawful freedom taken. What falls on one is a defect of a check of ours: an honest platform failed.

They are tried all together first, and one by one only if something falls: then it is known on which freedom.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tenderproof import audit, candidate, content, doctor, reference
from tenderproof.result import Result
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.vocabulary import Verdict

_PLAN = "trading-3"


class VariantError(Exception):
    """The variants could not be listed; the message carries what was said."""


@dataclass(frozen=True)
class Held:
    """The suites held against a variant: the clauses that it is said to violate, or that could not be decided on it."""

    name: str
    fallen: tuple[str, ...]


def names() -> tuple[str, ...]:
    """All variants, as the package in fixtures/ lists them."""
    asked = subprocess.run([sys.executable, "-m", "variants"], env=reference.environment(), capture_output=True, text=True, check=False)
    if asked.returncode:
        raise VariantError(f"The variants could not be listed:\n{asked.stderr[-2000:]}")
    return tuple(one["name"] for one in json.loads(asked.stdout))


def hold(folder: Path, workers: int, chosen: Sequence[str], *, each: bool = False, only: tuple[str, ...] = ()) -> Iterator[Held]:
    """Audit the variants: all in one, and each by itself if something falls there or if ``each`` is asked for.

    ``only`` are checks or clauses; without them all are held.
    """
    together = Held(" + ".join(chosen), _audited(chosen, folder / "together", workers, only))
    yield together
    if len(chosen) > 1 and (each or together.fallen):
        for name in chosen:
            yield Held(name, _audited((name,), folder / name, workers, only))


def _audited(taken: Sequence[str], folder: Path, workers: int, only: tuple[str, ...]) -> tuple[str, ...]:
    specs = content.specs_dir()
    with reference.running(folder / "reference", variants=taken) as running:
        declared, key = candidate.load(running.candidate), folder / "private" / "auditor.pem"
        plan, clauses = load_plan(_PLAN, specs), load_clauses(specs)
        order = audit.Order(declared, plan, clauses, folder, key, workers=workers, only=only, recording=False)
        started, examined, prepared = datetime.now(CHINA), doctor.visit(declared), audit.prepare(order)
        finished = audit.perform(prepared, lambda _: None)
        found = audit.conclude_run(prepared, examined, started, finished=finished)
    return fallen(found)


def fallen(found: Result) -> tuple[str, ...]:
    """What an honest platform is wrongly charged with: each clause with its verdict and the reason."""
    return tuple(
        f"{clause.id}: {clause.verdict.value}: {clause.reason.code}"
        for clause in found.clauses
        if clause.verdict in {Verdict.VIOLATED, Verdict.INCONCLUSIVE}
    )
