"""What it costs to look addresses up and to take the inventory of a platform: its hosts by name, and whom its pages contact."""

import json
import random
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tenderproof import content, inventory, reference, run
from tenderproof.journal import CheckFinished, read_run
from tenderproof.prove.bodies import papers
from tenderproof.spec.addresses import Table, load_registries

_LOOK_UPS = 1_000_000
_ROUNDS = 3
_CHECKS = ("domicile/hosts::", "domicile/pages::", "domicile/whereabouts::")


def look_ups(rounds: int = _ROUNDS) -> dict[str, float]:
    """Look-ups a second on one core, of random addresses, by each table of places; medians."""
    drawn = random.Random("tenderproof")  # noqa: S311 - repeatable on purpose
    four = [".".join(str(drawn.randrange(256)) for _ in range(4)) for _ in range(_LOOK_UPS // 10)]
    six = [
        f"2{drawn.randrange(0x400, 0xFFF):x}:{drawn.randrange(0x10000):x}::{drawn.randrange(1, 0x10000):x}" for _ in range(_LOOK_UPS // 10)
    ]
    tables = [table for table in load_registries(content.specs_dir()).tables if table.source.says == "place"]
    return {
        f"{table.source.name} {family}": statistics.median(_rate(table, addresses) for _ in range(rounds))
        for table in tables
        for family, addresses in (("IPv4", four), ("IPv6", six))
    }


def _rate(table: Table, addresses: list[str]) -> float:
    table.code(addresses[0])  # the part is read once, at the first address
    code, began = table.code, time.process_time()
    for address in addresses:
        code(address)
    return len(addresses) / (time.process_time() - began)


def taken() -> dict[str, float]:
    """Seconds that each check of the inventory takes on the reference, its tender included, one after the other."""
    with TemporaryDirectory() as made, reference.running(Path(made) / "state") as running:
        folder = Path(made) / "run"
        known = inventory.checks(content.suites_dir())
        chosen = tuple(check.id for check in known if check.id.startswith(_CHECKS))
        job = run.Job(
            candidate=running.candidate, plan="trading-3", folder=folder, suites=content.suites_dir(), checks=chosen, seed="tenderproof",
            auditor_key=None, workers=1, papers=papers(running.candidate, folder),
        )  # fmt: skip
        run.perform(job, lambda _: None)
        finished = [event for event in read_run(job.journals) if isinstance(event, CheckFinished)]
    return {event.check: event.seconds for event in finished}


def figures() -> dict[str, float]:
    """Both, by name."""
    rates = {f"look-ups a second, {name}": rate for name, rate in look_ups().items()}
    seconds = {f"{check.partition('::')[2]}, seconds": found for check, found in taken().items()}
    return {**rates, **seconds, "inventory of the reference, seconds": sum(seconds.values())}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures(), ensure_ascii=False, indent=1) + "\n")
