"""What examining an interface costs, evidence included, beside schemathesis' own command line on the same platform, a request."""

import argparse
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tenderproof import reference
from tenderproof.bench import Bench
from tenderproof.testing import Budget

_EXAMPLES, _EVERY = 3, 1000
_DECLARED = """[candidate]
name = "x"
kind = "trading"
base_url = "{url}"
operator = {{ name = "x", uscc = "91350100M000100Y43" }}
[driver]
name = "openapi"
[sandbox]
enabled = true
[interface]
document = "{url}/api/v1/interface"
"""
_JUDGED = ("status_code", "content_type", "response_headers", "response_schema")
_GENERATED = re.compile(r"(\d+) generated")


def figures(folder: Path, rounds: int, environment: dict[str, str]) -> dict[str, float]:
    """Medians of interleaved runs: requests a second of ours, and the time of one beside schemathesis' own; how many each sends a run."""
    ours, theirs = list[_Run](), list[_Run]()
    with reference.running(folder / "state") as running:
        declared = folder / "candidate.toml"
        declared.write_text(_DECLARED.format(url=running.base_url), "utf-8")
        for number in range(rounds):
            ours.append(_ran([sys.executable, "-m", "benchmarks.interface", str(declared), str(folder / str(number))], environment))
            theirs.append(_ran(_command_line(running.base_url), environment))
    mine, other = (statistics.median(run.seconds / run.requests for run in runs) for runs in (ours, theirs))
    sent, sent_by_it = (statistics.median(run.requests for run in runs) for runs in (ours, theirs))
    return {
        "interface, requests a second": 1 / mine, "interface / schemathesis' own, a request": mine / other,
        "interface, requests a run": sent, "schemathesis' own, requests a run": sent_by_it,
    }  # fmt: skip


@dataclass(frozen=True)
class _Run:
    """Wall seconds of a whole run, and the requests that it sent."""

    seconds: float
    requests: int


def _ran(command: list[str], environment: dict[str, str]) -> _Run:
    began = time.perf_counter()
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own commands
    found = _GENERATED.search(ended.stdout)
    if not found:
        raise SystemExit(f"{command[0]} told no number of requests:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
    return _Run(time.perf_counter() - began, int(found[1]))


def _command_line(url: str) -> list[str]:
    return [
        str(Path(sys.executable).with_name("st")), "run", f"{url}/api/v1/interface", "--url", f"{url}/api/v1", "--generation-deterministic",
        "--max-examples", str(_EXAMPLES), "--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--no-color",
        "--checks", ",".join(("not_a_server_error", *(f"{part}_conformance" for part in _JUDGED))),
    ]  # fmt: skip


def main(declared: str, folder: str) -> None:
    """Examine once, with evidence, and tell how many requests were sent."""
    bench = opened(declared, folder)
    found = bench.driver.interface.examined(Budget(_EXAMPLES, _EVERY, 1))
    bench.close()
    sys.stdout.write(f"{found.cases} generated\n")


def opened(declared: str, folder: str) -> Bench:
    """A bench as a worker has it, recording into a folder."""
    told = {"candidate": declared, "plan": "trading-3", "run_dir": folder, "seed": "s", "attempt": 1, "no_recording": False}
    return Bench.open(argparse.Namespace(**told, auditor_key=None, resolver=None), "main")


if __name__ == "__main__":
    main(*sys.argv[1:])
