"""The standing enemies: each is audited like a candidate, and whatever it satisfies is a defect of a check of ours."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tenderproof import audit, candidate, content, doctor, reference
from tenderproof.prove import bodies
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.vocabulary import Verdict

NAMES = tuple(f"{name}{face}" for name in ("null", "mirror", "refuser", "stall") for face in ("", "-introduced"))
ABROAD = ("yes_abroad", "no_abroad")  # they speak the language of the foreign platform
_PLAN = "trading-3"


class EnemyError(Exception):
    """An enemy could not be started; the message carries what it said."""


@dataclass(frozen=True)
class Encounter:
    """What an enemy earned: the clauses called satisfied, and those called violated, of how many."""

    name: str
    satisfied: tuple[str, ...]
    violated: tuple[str, ...]
    clauses: int


def meet(
    folder: Path, workers: int, names: tuple[str, ...] = NAMES, *, like: str = reference.PLAYER, only: tuple[str, ...] = ()
) -> Iterator[Encounter]:  # fmt: skip
    """Audit each enemy; it borrows the declaration, and with it the driver, of an honest platform, which runs beside it only to have one.

    ``like`` is the package in fixtures/ that plays that platform; ``only`` are checks or clauses, without them all are tried.
    """
    with reference.running(folder / "honest", player=like) as honest:
        for name in names:
            with _running(name, honest.candidate, folder / f"{name}.log") as declaration:
                yield _audited(name, declaration, folder / name, workers, only)


@contextmanager
def _running(name: str, like: Path, log: Path) -> Iterator[Path]:
    command = [sys.executable, "-m", "hostile", name, "--like", str(like)]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file, env=reference.environment())
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        line = process.stdout.readline()
        if not line:
            raise EnemyError(f"The enemy {name} did not start (exit {process.wait(10)}): {log.read_text('utf-8', 'replace')[-1000:]}")
        try:
            yield hurried(Path(json.loads(line)["candidate"]))
        finally:
            process.kill()
            process.communicate()


_LIMITS = "[limits]\n"


def hurried(declaration: Path) -> Path:
    """The declaration with short limits: an enemy that stalls shall not stall us.

    One with an honest face answers between its silences, so that it is never taken for dead: each check waits for it once or twice anew.
    """
    text = declaration.read_text("utf-8")
    whole = text if _LIMITS in text else f"{text}\n{_LIMITS}"
    declaration.write_text(whole.replace(_LIMITS, f"{_LIMITS}connect_s = 1.0\ntotal_s = 1.0\n", 1), "utf-8")
    return declaration


def _audited(name: str, declaration: Path, folder: Path, workers: int, only: tuple[str, ...]) -> Encounter:
    declared, specs = candidate.load(declaration), content.specs_dir()
    plan = load_plan(_PLAN, specs)
    key = folder / "private" / "auditor.pem"
    order = audit.Order(
        declared,
        plan,
        load_clauses(specs),
        folder,
        key,
        workers=workers,
        only=only,
        recording=False,
        known_signers=bodies.known(declared.file),
    )
    started, examined, prepared = datetime.now(CHINA), doctor.visit(declared), audit.prepare(order)
    if examined.fatal:
        found = audit.not_probed(prepared, examined, started)
    else:
        finished = audit.perform(prepared, lambda _: None)
        found = audit.conclude_run(prepared, examined, started, finished=finished)

    def called(verdict: Verdict) -> tuple[str, ...]:
        return tuple(clause.id for clause in found.clauses if clause.verdict is verdict)

    return Encounter(name, called(Verdict.SATISFIED), called(Verdict.VIOLATED), len(found.clauses))
