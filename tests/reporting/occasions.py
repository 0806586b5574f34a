"""The occasion of the runs that tests make by hand: what their journals keep of it, and a clock that says when they were."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tenderproof import content, inventory, occasion
from tenderproof.occasion import Facts
from tenderproof.result import Result, Run
from tenderproof.spec.calendar import CHINA

from . import results

SEED, COMMAND = "tenderproof", "tenderproof audit candidate.toml --plan trading-3 --seed tenderproof"


def clock() -> Callable[[], datetime]:
    """A second after the beginning with each event; what it says is what the journal writes."""
    started, ticks = results.STARTED.astimezone(CHINA), iter(range(1, 1_000_000))
    return lambda: started + timedelta(seconds=next(ticks))


def facts(of: Result, **changes: Any) -> Facts:
    """What is said once such a run begins; ``changes`` may name ``started`` as a moment."""
    sample, started = of.sample, changes.pop("started", results.STARTED)
    told = Facts(
        started=started.isoformat(), version=sample.stated_version, build=sample.stated_build, driver=sample.driver,
        driver_sha256=sample.driver_sha256, declaration_sha256=sample.declaration_sha256, workers="2", command=COMMAND,
    )  # fmt: skip
    return replace(told, **changes)


def run(name: str, plan: str, events: int) -> Run:
    """When it was, as a result tells it."""
    at = results.STARTED.astimezone(CHINA)
    return Run(
        id=occasion.identifier(name, plan, SEED, results.STARTED), started=results.STARTED, finished=at + timedelta(seconds=events),
        seed=SEED, attempts=1, workers=2, interrupted=False, command=COMMAND,
    )  # fmt: skip


def source(check: str) -> dict[str, Any]:
    """Title and command of a check as an audit writes them."""
    base = inventory.base(check)
    titles = {one.id: one.title for one in inventory.checks(content.suites_dir())}
    return {"title": titles.get(base, ""), "repeat": f"{COMMAND} --only {shlex.quote(base)}"}
