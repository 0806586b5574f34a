"""The variants: the reference with a lawful freedom taken. What falls on one is a defect of a check of ours: an honest platform failed.

They are tried all together first, but those that would hide others, and one by one only if something falls: then it is known on which.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tenderproof import audit, candidate, content, doctor, expected, reference
from tenderproof.prove import bodies
from tenderproof.prove.matrix import undecidable
from tenderproof.result import Clause, Result
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.vocabulary import Blame, Verdict

_PLAN = "trading-3"


class VariantError(Exception):
    """The variants could not be listed; the message carries what was said."""


@dataclass(frozen=True)
class Variant:
    """A variant by its name; one that is taken ``alone`` would hide others."""

    name: str
    alone: bool = False


@dataclass(frozen=True)
class Held:
    """The suites held against a variant: the clauses that it is said to violate, or that could not be decided on it."""

    name: str
    fallen: tuple[str, ...]


def catalogue() -> tuple[Variant, ...]:
    """All variants, as the package in fixtures/ lists them."""
    asked = subprocess.run([sys.executable, "-m", "variants"], env=reference.environment(), capture_output=True, text=True, check=False)
    if asked.returncode:
        raise VariantError(f"The variants could not be listed:\n{asked.stderr[-2000:]}")
    return tuple(Variant(one["name"], one["alone"]) for one in json.loads(asked.stdout))


def hold(folder: Path, workers: int, chosen: Sequence[Variant], *, each: bool = False, only: tuple[str, ...] = ()) -> Iterator[Held]:
    """Audit the variants: those that can be taken at once, those that cannot, and each by itself if something falls or ``each`` is asked.

    ``only`` are checks or clauses; without them all are held.
    """
    company = [variant.name for variant in chosen if not variant.alone]
    for names in (company, *([variant.name] for variant in chosen if variant.alone)):
        if not names:
            continue
        together = Held(" + ".join(names), _audited(names, folder / (names[0] if len(names) == 1 else "together"), workers, only))
        yield together
        if len(names) > 1 and (each or together.fallen):
            for name in names:
                yield Held(name, _audited((name,), folder / name, workers, only))


def _audited(taken: Sequence[str], folder: Path, workers: int, only: tuple[str, ...]) -> tuple[str, ...]:
    specs = content.specs_dir()
    with reference.running(folder / "reference", variants=taken) as running:
        declared, key = candidate.load(running.candidate), folder / "private" / "auditor.pem"
        plan, clauses = load_plan(_PLAN, specs), load_clauses(specs)
        order = audit.Order(
            declared, plan, clauses, folder, key, workers=workers, only=only, recording=False, known_signers=bodies.known(declared.file)
        )
        started, examined, prepared = datetime.now(CHINA), doctor.visit(declared), audit.prepare(order)
        finished = audit.perform(prepared, lambda _: None)
        found = audit.conclude_run(prepared, examined, started, finished=finished)
    known = expected.read(content.fixtures_dir() / "federation" / "expected" / f"{_PLAN}.json")["clauses"]
    return fallen(found, {clause: said for clause, said in known.items() if not only or said.startswith(Verdict.INCONCLUSIVE.value)})


def fallen(found: Result, on_reference: Mapping[str, str]) -> tuple[str, ...]:
    """What an honest platform is wrongly charged with, or not given: each clause with its verdict and the reason.

    ``on_reference`` has the verdicts of the reference: what it satisfies, a variant satisfies; what stays open on it may stay open.
    """
    return tuple(
        f"{clause.id}: {clause.verdict.value}: {clause.reason.code}"
        for clause in found.clauses
        if clause.verdict is Verdict.VIOLATED
        or (clause.verdict is Verdict.INCONCLUSIVE and not _open_there_too(clause, on_reference))
        or (on_reference.get(clause.id, "").startswith(Verdict.SATISFIED.value) and clause.verdict is not Verdict.SATISFIED)
    )


def _open_there_too(clause: Clause, on_reference: Mapping[str, str]) -> bool:
    """Whether the reference leaves the clause open as well, and by a check that nothing on one machine can satisfy."""
    said = on_reference.get(clause.id, "").startswith(Verdict.INCONCLUSIVE.value)
    return said and clause.blame is Blame.NETWORK and clause.reason.values.get("check") in undecidable()
