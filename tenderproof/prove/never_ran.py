"""The checks that are skipped on the unchanged reference each time: nothing has shown that they pass an honest platform."""

from collections.abc import Iterable
from dataclasses import dataclass

from tenderproof import content
from tenderproof.inventory import base
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import State


@dataclass(frozen=True)
class NeverRan:
    """A check (or a case of one) that was skipped each time, why the last time, and why that is so by the list; ``known`` "" if none is."""

    check: str
    why: str
    known: str = ""


def never_ran(on_reference: Iterable[Outcome]) -> tuple[NeverRan, ...]:
    """Those of the outcomes on the unchanged reference, in the order of their ids."""
    seen: dict[str, list[Outcome]] = {}
    for outcome in on_reference:
        seen.setdefault(outcome.check, []).append(outcome)
    known = declared()
    return tuple(
        NeverRan(check, those[-1].reason, known.get(base(check), ""))
        for check, those in sorted(seen.items())
        if all(one.state is State.SKIPPED for one in those)
    )


def declared() -> dict[str, str]:
    """The checks that may never run on the reference, each with the reason, as suites/never_ran.txt lists them."""
    lines = (content.suites_dir() / "never_ran.txt").read_text("utf-8").splitlines()
    return {check: why.strip() for check, _, why in (line.partition(" ") for line in lines) if check}
