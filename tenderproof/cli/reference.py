"""``tenderproof reference up``: the federation, with its declaration, until Ctrl-C."""

import json
import time
from pathlib import Path

from tenderproof import reference, wording


def run(state: Path, port: int, database: str, *, foreign: bool, as_json: bool) -> None:
    """Run the reference, or the foreign platform, on the loopback and say where it answers and where its declaration lies."""
    player = reference.FOREIGN if foreign else reference.PLAYER
    with reference.running(state, database=database, port=port, player=player) as running:
        values = {"url": running.base_url, "candidate": str(running.candidate)}
        said = wording.sentence("cli", "say", "reference_up", values, wording.spoken())
        print(json.dumps(values, ensure_ascii=False) if as_json else said, flush=True)
        while running.process.poll() is None:
            time.sleep(0.2)
