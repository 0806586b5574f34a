"""What examining an interface costs, evidence included, beside schemathesis' own command line on the same platform, a request.

Both make the same cases: from the same document, made ready as an examination makes it ready, in the same phases by the same settings.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tenderproof import garbage, reference
from tenderproof.bench import Bench
from tenderproof.drivers.document import ready
from tenderproof.drivers.openapi.driver import parsed
from tenderproof.testing import Budget

_EXAMPLES, _EVERY, _WALKS = 3, 1000, 1
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
_SETTINGS = f"""base-url = "{{url}}"
continue-on-failure = true
color = false
[generation]
deterministic = true
with-security-parameters = false
max-examples = {_EXAMPLES}
[phases.coverage]
unexpected-methods = []
[phases.stateful]
max-steps = 10
generation = {{{{ max-examples = {_WALKS} }}}}
[phases.stateful.inference]
algorithms = []
"""
_JUDGED = ("status_code", "content_type", "response_headers", "response_schema")
_GENERATED = re.compile(r"(\d+) generated")


def figures(folder: Path, rounds: int, environment: dict[str, str]) -> dict[str, float]:
    """Medians of interleaved runs: requests a second of ours, and the time of one beside schemathesis' own; how many each sends a run."""
    ours, theirs = list[_Run](), list[_Run]()
    with reference.running(folder / "state") as running:
        declared = folder / "candidate.toml"
        declared.write_text(_DECLARED.format(url=running.base_url), "utf-8")
        theirs_command = _command_line(running.base_url, folder)
        for number in range(rounds):
            ours.append(_ran([sys.executable, "-m", "benchmarks.interface", str(declared), str(folder / str(number))], environment))
            theirs.append(_ran(theirs_command, environment))
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


def _command_line(url: str, folder: Path) -> list[str]:
    """Schemathesis' own, with the settings of an examination and the document as it is examined, which are written into the folder."""
    document, settings = folder / "document.json", folder / "schemathesis.toml"
    with urllib.request.urlopen(f"{url}/api/v1/interface") as offered:  # noqa: S310 - the reference on the loopback
        document.write_text(json.dumps(ready(parsed(offered.read(), url))), "utf-8")
    settings.write_text(_SETTINGS.format(url=url), "utf-8")
    return [
        str(Path(sys.executable).with_name("st")), "--config-file", str(settings), "run", str(document),
        "--phases", "examples,coverage,fuzzing,stateful",
        "--checks", ",".join(("not_a_server_error", *(f"{part}_conformance" for part in _JUDGED))),
    ]  # fmt: skip


def main(declared: str, folder: str) -> None:
    """Examine once, with evidence, as a worker does, and tell how many requests were sent."""
    garbage.look_through_seldom()
    bench = opened(declared, folder)
    found = bench.driver.interface.examined(Budget(_EXAMPLES, _EVERY, _WALKS))
    bench.close()
    sys.stdout.write(f"{found.cases} generated\n")


def opened(declared: str, folder: str) -> Bench:
    """A bench as a worker has it, recording into a folder."""
    told = {"candidate": declared, "plan": "trading-3", "run_dir": folder, "seed": "s", "attempt": 1, "no_recording": False}
    return Bench.open(argparse.Namespace(**told, auditor_key=None, resolver=None), "main")


if __name__ == "__main__":
    main(*sys.argv[1:])
