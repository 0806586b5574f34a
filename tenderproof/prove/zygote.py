"""The federation's zygote: a process that has imported the reference once and forks mutants of it in no time."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenderproof import reference


class ZygoteError(Exception):
    """The zygote did not do what it was asked; the message carries what it said."""


@dataclass(frozen=True)
class Spawned:
    """A running mutant (or the reference itself)."""

    pid: int
    candidate: Path


class Zygote:
    """Asks for mutants; may be shared by threads."""

    def __init__(self, state: Path, player: str = reference.PLAYER) -> None:
        """``player`` is the package in fixtures/ that plays the platform."""
        state.mkdir(parents=True, exist_ok=True)
        self._log = (state / "zygote.log").open("ab")
        command = [sys.executable, "-m", player, "zygote", "--state", str(state)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, env=reference.environment()
        )
        self._turn = threading.Lock()
        self._answer()

    @contextmanager
    def running(self, mutant: str | None) -> Iterator[Spawned]:
        """The reference, or a mutant of it, for the time of the block."""
        said = self._ask({"spawn": {"mutant": mutant}})
        if "spawned" not in said:
            raise ZygoteError(f"{mutant or 'The reference'} could not be started: {said}")
        spawned = Spawned(said["spawned"]["pid"], Path(said["spawned"]["candidate"]))
        try:
            yield spawned
        finally:
            self._ask({"stop": spawned.pid})

    def close(self) -> None:
        """End the zygote and all that it started."""
        self._process.communicate(timeout=20)
        self._log.close()

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        with self._turn:
            assert self._process.stdin  # noqa: S101 - it is a pipe
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
            return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout  # noqa: S101 - it is a pipe
        line = self._process.stdout.readline()
        if not line:
            raise ZygoteError(f"The federation's zygote ended (exit {self._process.wait(10)}); see its zygote.log.")
        answer: dict[str, Any] = json.loads(line)
        return answer
