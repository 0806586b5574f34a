"""``python -m benchmarks``: what tenderproof costs, measured in one run and printed as ratios and figures.

Medians of interleaved runs, so that a busy machine weighs on both sides alike. Nothing here passes or fails: figures are reported.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import bundles, domicile, interface, records, reports

_COMMAND = str(Path(sys.executable).with_name("tenderproof"))
_NAMES = ("help", "audits", "interface", "reports", "records", "domicile", "bundles")
_PYTHON_FLOOR = [sys.executable, "-c", "pass"]


@dataclass(frozen=True)
class Measured:
    """One execution: seconds of wall time, and the largest resident memory (MiB) of the engine's own process."""

    seconds: float
    memory_mib: float


def measured(command: Sequence[str], environment: dict[str, str]) -> Measured:
    """Run a command to its end; its memory is sampled every fiftieth of a second."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)  # noqa: S603 - our own command
    peak = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.02):
            try:
                status = Path(f"/proc/{process.pid}/status").read_text("ascii")
            except OSError:
                return
            peak = max(peak, *(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    seconds = time.perf_counter() - began
    done.set()
    watcher.join()
    return Measured(seconds, peak)


def interleaved(commands: dict[str, list[str]], rounds: int, environment: dict[str, str]) -> dict[str, list[Measured]]:
    """Each command once a round, round after round."""
    found: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(measured(command, environment))
    return found


def median_seconds(runs: Sequence[Measured]) -> float:
    """The median wall time."""
    return statistics.median(run.seconds for run in runs)


def main() -> None:
    """Measure, print a table, and end with one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the audits (default 3)")
    parser.add_argument("--plan", default="trading-3")
    parser.add_argument("--only", choices=_NAMES, action="append", help="only this (may be given several times); bundles need 4 GB of disk")
    parser.add_argument("--releases", type=int, default=records.RELEASES, help=f"releases of a record audit (default {records.RELEASES})")
    wanted = parser.parse_args()
    environment = {**os.environ, "TENDERPROOF_LANG": "en"}
    with TemporaryDirectory() as made:
        folder, figures = Path(made), dict[str, float]()
        measures: dict[str, Callable[[], dict[str, float]]] = {
            "help": lambda: _help(environment),
            "audits": lambda: _audits(wanted.plan, wanted.rounds, folder, environment),
            "interface": lambda: interface.figures(folder / "interface", wanted.rounds, environment),
            "reports": lambda: reports.figures(folder / "report"),
            "records": lambda: records.figures(folder / "records", _seconds_and_memory, environment, wanted.releases),
            "domicile": domicile.figures,
            "bundles": lambda: bundles.figures(folder, _seconds_and_memory, environment),
        }
        for name in wanted.only or _NAMES:
            figures |= measures[name]()
    for name, value in figures.items():
        sys.stdout.write(f"{name:60} {value:10.3f}\n")
    sys.stdout.write(json.dumps(figures) + "\n")


def _seconds_and_memory(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    found = measured(command, environment)
    return found.seconds, found.memory_mib


def _help(environment: dict[str, str]) -> dict[str, float]:
    runs = interleaved({"help": [_COMMAND, "--help"], "floor": _PYTHON_FLOOR}, 7, environment)
    answer, floor = median_seconds(runs["help"]), median_seconds(runs["floor"])
    return {"--help, seconds": answer, "--help / python that does nothing": answer / floor}


def _audits(plan: str, rounds: int, folder: Path, environment: dict[str, str]) -> dict[str, float]:
    audit = [_COMMAND, "audit", "--reference", "--plan", plan, "--json", "--out"]
    runs = interleaved(
        {"recording": [*audit, str(folder / "with")], "without": [*audit, str(folder / "without"), "--no-recording"]}, rounds, environment
    )
    recording, without = median_seconds(runs["recording"]), median_seconds(runs["without"])
    evidence = sum(path.stat().st_size for path in (folder / "with" / "evidence").glob("*")) / 2**20
    return {
        f"audit of the reference in {plan}, seconds": recording,
        "audit with recording / without": recording / without,
        "memory of the engine, MiB": max(run.memory_mib for run in runs["recording"]),
        "evidence of one audit, MiB": evidence,
    }


if __name__ == "__main__":
    main()
