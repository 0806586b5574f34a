"""Running the matrix: each mutant in a federation of its own, its checks in a forked pytest, several side by side."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self

from tenderproof import content, journal, reference, run
from tenderproof.domicile import laboratory
from tenderproof.inventory import Check, base
from tenderproof.prove.bodies import papers
from tenderproof.prove.catalogue import Mutant
from tenderproof.prove.figures import asking
from tenderproof.prove.never_ran import NeverRan, never_ran
from tenderproof.prove.score import Fate, Score, affected, score
from tenderproof.prove.zygote import Zygote
from tenderproof.spec.plan import Value
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import Blame, State

_NORMAL_ENDS = (0, 1)
Work = tuple[str, list[Check], Mapping[str, Value]]  # a name, the checks, the figures of the plan under which they are performed


class MatrixError(Exception):
    """The matrix could not be run; the message says why."""


@dataclass(frozen=True)
class Matrix:
    """The whole: what fell on the unchanged reference (must be nothing), a score a mutant, and the checks that never ran there."""

    on_reference: tuple[str, ...]
    scores: tuple[Score, ...]
    never_ran: tuple[NeverRan, ...] = ()

    @property
    def fine(self) -> bool:
        """Nothing falls on the reference, all mutants are killed by assertions, no collateral and no check that never ran is undeclared."""
        return not self.on_reference and all(score.fine for score in self.scores) and all(one.known for one in self.never_ran)


class Runner:
    """A process that runs checks in forked children."""

    def __init__(self, log: Path) -> None:
        self._log = log.open("ab")
        command = [sys.executable, "-m", "tenderproof.prove.runner"]
        environment = run.environment(log.parent)
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, env=environment)
        self._answer()

    def run(self, job: run.Job) -> list[Outcome]:
        """The outcomes of the job's checks."""
        arguments, log = run.arguments(job), job.folder / "pytest.log"
        code = self._ask({"arguments": arguments, "log": str(log)})["code"]
        if code not in _NORMAL_ENDS:
            raise MatrixError(f"pytest ended with {code}:\n{log.read_text('utf-8', 'replace')[-3000:]}")
        return run.outcomes(journal.read_run(job.journals), job.checks)

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=20)
        self._log.close()

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin  # noqa: S101 - it is a pipe
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout  # noqa: S101 - it is a pipe
        line = self._process.stdout.readline()
        if not line:
            raise MatrixError(f"The runner of checks ended (exit {self._process.wait(10)}).")
        answer: dict[str, Any] = json.loads(line)
        return answer


class Workshop:
    """Where mutants are tried: a zygote of the platform that wears them, and runners of checks, as many as work side by side."""

    def __init__(self, folder: Path, workers: int, player: str = reference.PLAYER) -> None:
        self._folder, self._stack = folder, ExitStack()
        self._idle: SimpleQueue[Runner] = SimpleQueue()
        self._zygote = self._stack.enter_context(closing(Zygote(folder / "zygote", player)))
        self._vantages = self._stack.enter_context(laboratory.vantages(folder / "laboratory"))
        for number in range(workers):
            self._idle.put(self._stack.enter_context(closing(Runner(folder / f"runner-{number}.log"))))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def tried(
        self, name: str, mutant: str | None, chosen: Sequence[Check], figures: Mapping[str, Value] | None = None
    ) -> list[Outcome]:  # fmt: skip
        """What the chosen checks say of a mutant, or of the platform as it is, under figures of the plan; waits for an idle runner."""
        plan = asking(figures or {}, self._folder)
        runner = self._idle.get()
        try:
            with self._zygote.running(mutant) as spawned:
                return decided(runner.run(_job(spawned.candidate, self._folder / "runs" / name, chosen, self._vantages, plan)))
        finally:
            self._idle.put(runner)

    def scored(self, mutant: Mutant, turns: Sequence[Sequence[Check]], checks: Sequence[Check]) -> Score:
        """What came of a mutant under the checks of each turn, of all that there are; once it is killed the next turn is left out."""
        began, outcomes = time.monotonic(), list[Outcome]()
        for number, chosen in enumerate(turns):
            outcomes += self.tried(f"{mutant.name}-{number}" if number else mutant.name, mutant.name, chosen, mutant.figures)
            if (found := score(mutant, outcomes, checks, time.monotonic() - began)).fate is Fate.KILLED:
                break
        return found


def perform(
    mutants: Sequence[Mutant], checks: Sequence[Check], sentinels: Sequence[str], folder: Path, *, workers: int, full: bool,
    listener: Callable[[Score], None],
) -> Matrix:  # fmt: skip
    """Try every mutant with the checks of its clauses and the sentinels (with ``full``: all checks), after the unchanged reference.

    A check that takes long has its turn only where the others have not killed a mutant, but on mutants of its own subject it always has.
    """
    by_id = {check.id: check for check in checks}
    missing = [name for name in sentinels if name not in by_id]
    if missing:
        raise MatrixError(f"suites/sentinels.txt names {missing[0]}, which is no check.")
    watched = [by_id[name] for name in sentinels]

    def turns(mutant: Mutant) -> list[list[Check]]:
        return [list(checks)] if full else in_turns(mutant, list(dict.fromkeys([*affected(mutant, checks), *watched])))

    needed = list(checks) if full else list(dict.fromkeys([*watched, *(c for m in mutants for c in affected(m, checks))]))
    work: list[Work] = [(f"reference-{number}", part, {}) for number, part in enumerate(shares(needed, workers))]
    work += _under_figures(mutants, checks)
    with Workshop(folder, workers) as workshop, ThreadPoolExecutor(workers) as pool:

        def scored(mutant: Mutant) -> Score:
            found = workshop.scored(mutant, turns(mutant), checks)
            listener(found)
            return found

        parts = pool.map(lambda one: workshop.tried(one[0], None, one[1], one[2]), work)
        on_reference = [o for outcomes in parts for o in outcomes]
        scores = tuple(pool.map(scored, mutants))
    return Matrix(tuple(fallen(on_reference)), scores, never_ran(on_reference))


def in_turns(mutant: Mutant, chosen: Iterable[Check]) -> list[list[Check]]:
    """The checks that a mutant meets at once, and those that it meets if it is not killed by then."""
    now, later = list[Check](), list[Check]()
    for check in chosen:
        (later if check.waits and check.module != mutant.module else now).append(check)
    return [turn for turn in (now, later) if turn] or [[]]


def _under_figures(mutants: Iterable[Mutant], checks: Sequence[Check]) -> list[Work]:
    """The unchanged reference once under each set of figures that mutants are tried under, with the checks of these mutants."""
    found: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        if mutant.figures:
            found.setdefault(json.dumps(mutant.figures, sort_keys=True), []).append(mutant)
    return [
        (f"reference-under-{number}", list(dict.fromkeys(c for m in those for c in affected(m, checks))), those[0].figures)
        for number, those in enumerate(found.values())
    ]


def not_asked_for_by(left_out: Iterable[Mutant], found: Iterable[NeverRan], checks: Sequence[Check]) -> tuple[NeverRan, ...]:
    """The checks that never ran without those which run under the figures of mutants that were left out."""
    run_there = {check.id for mutant in left_out if mutant.figures for check in affected(mutant, checks)}
    return tuple(one for one in found if base(one.check) not in run_there)


def fallen(on_reference: Sequence[Outcome]) -> Iterator[str]:
    """What speaks against a check on the unchanged reference; not that it was skipped: what is not looked at convicts nobody."""
    known = undecidable()
    for one in on_reference:
        if one.state not in {State.PASSED, State.SKIPPED}:
            yield f"{one.check}: {one.state.value}: {one.reason}"
        elif one.state is State.PASSED and one.check in known:
            yield f"{one.check}: passed, where nothing can be told"


def undecidable() -> frozenset[str]:
    """The checks that nothing on this machine can satisfy: on the reference they are undecided, and no mutant is known by that."""
    return frozenset((content.suites_dir() / "undecidable.txt").read_text("utf-8").split())


def decided(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes without those that say, of a check that cannot be satisfied here, that it was not decided."""
    known = undecidable()
    return [o for o in outcomes if not (o.check in known and o.state is State.ERRORED and o.blame is Blame.NETWORK)]


def shares(checks: Sequence[Check], count: int) -> list[list[Check]]:
    """One share a federation. Record checks stay together with those that decide the same clauses, and so publish what they read."""
    read = {clause for check in checks if check.way == "record" for clause in check.clauses}
    together = [check for check in checks if read.intersection(check.clauses)]
    parts: list[list[Check]] = [together, *([] for _ in range(count - 1))]
    for check in checks:
        if check not in together:
            min(parts, key=len).append(check)
    return [part for part in parts if part]


def _job(candidate: Path, folder: Path, checks: Sequence[Check], vantages: Path, plan: str) -> run.Job:
    return run.Job(
        candidate=candidate, plan=plan, folder=folder, suites=content.suites_dir(), checks=tuple(check.id for check in checks),
        seed="tenderproof", auditor_key=folder / "private" / "auditor.pem", workers=1, recording=False, papers=papers(candidate, folder),
        vantages=vantages,
    )  # fmt: skip
