"""``tenderproof withhold``: a bundle without some of its records, whose seal still holds."""

import json
from collections.abc import Sequence
from pathlib import Path

from tenderproof import wording
from tenderproof.cli.ending import WrongUse
from tenderproof.seal import disclosure, verification


def run(bundle: Path, records: Sequence[str], out: Path, *, as_json: bool) -> None:
    """Take the records out and say how many they were."""
    if not verification.verify(bundle).holds:
        raise WrongUse(f"{bundle} does not hold, and nothing is taken from it; `tenderproof verify {bundle}` says why.")
    try:
        count = disclosure.withhold(bundle, records, out)
    except FileExistsError:
        raise WrongUse(f"{out} is there already; name another file with --out.") from None
    except OSError as error:
        raise WrongUse(f"The bundle cannot be written to {out}: {error.strerror}.") from None
    facts = {"bundle": str(out), "withheld": count}
    said = wording.sentence("seal", "say", "withheld_written", {name: str(value) for name, value in facts.items()}, wording.spoken())
    print(json.dumps(facts, ensure_ascii=False) if as_json else said)
