"""A foreign platform in the matrix: one that speaks another language, through a driver of somebody else's, under the same checks.

The reference behind it must keep every law that its driver lets be seen; the mutants that it wears must be killed by the very checks that
kill them at home.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tenderproof import reference
from tenderproof.inventory import Check, base
from tenderproof.prove import enemies
from tenderproof.prove.catalogue import Mutant
from tenderproof.prove.enemies import Encounter
from tenderproof.prove.matrix import MatrixError, Workshop, shares
from tenderproof.prove.score import Score
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import State


@dataclass(frozen=True)
class Room:
    """What a group of mutants breaks: the checks of its clauses that passed on the unchanged platform, those that could not be tried there.

    ``scores``: what came of each mutant.
    """

    name: str
    passed: tuple[str, ...]
    skipped: tuple[str, ...]
    scores: tuple[Score, ...]

    @property
    def fine(self) -> bool:
        """Something of it was decided, and every mutant was killed by an assertion."""
        return bool(self.passed) and all(score.fine for score in self.scores)


@dataclass(frozen=True)
class Foreign:
    """The foreign platform: what fell on it unchanged (must be nothing), its rooms, and the enemies that speak its language."""

    on_reference: tuple[str, ...]
    rooms: tuple[Room, ...]
    enemies: tuple[Encounter, ...] = ()

    @property
    def fine(self) -> bool:
        """Nothing falls on the unchanged platform, every room is fine, and no enemy earns anything."""
        return not self.on_reference and all(room.fine for room in self.rooms) and not any(enemy.satisfied for enemy in self.enemies)


def worn() -> dict[str, dict[str, str]]:
    """The mutants that the platform wears, by room, each with the clause by whose checks it is to be found, as fixtures/ lists them."""
    command = [sys.executable, "-m", reference.FOREIGN, "worn"]
    asked = subprocess.run(command, env=reference.environment(), capture_output=True, text=True, check=False)
    if asked.returncode:
        raise MatrixError(f"The mutants of the foreign platform could not be listed:\n{asked.stderr[-2000:]}")
    rooms: dict[str, dict[str, str]] = json.loads(asked.stdout)
    return rooms


def perform(
    mutants: Sequence[Mutant], rooms: Mapping[str, Mapping[str, str]], checks: Sequence[Check], folder: Path, *, workers: int,
    listener: Callable[[Score], None],
) -> Foreign:  # fmt: skip
    """Try the checks of the rooms' clauses on the foreign platform as it is, and on each mutant that it wears those of its clause."""
    by_name = {mutant.name: mutant for mutant in mutants}
    missing = [(name, clause) for those in rooms.values() for name, clause in those.items() if not _breaks(by_name.get(name), clause)]
    if missing:
        raise MatrixError(f"The foreign platform wears {missing[0][0]}, which is no mutant of {missing[0][1]}.")
    deciding = {clause: [c for c in checks if clause in c.clauses] for those in rooms.values() for clause in those.values()}
    of_room = {room: list(dict.fromkeys(c for clause in those.values() for c in deciding[clause])) for room, those in rooms.items()}
    needed = list(dict.fromkeys(check for those in of_room.values() for check in those))
    with Workshop(folder, workers, reference.FOREIGN) as workshop, ThreadPoolExecutor(workers) as pool:

        def scored(one: tuple[str, str]) -> Score:
            found = workshop.scored(by_name[one[0]], [deciding[one[1]]], checks)
            listener(found)
            return found

        parts = pool.map(lambda part: workshop.tried(f"unchanged-{part[0]}", None, part[1]), enumerate(shares(needed, workers)))
        unchanged = [outcome for outcomes in parts for outcome in outcomes]
        scores = {found.mutant.name: found for found in pool.map(scored, [one for those in rooms.values() for one in those.items()])}
    fallen = tuple(f"{o.check}: {o.state.value}: {o.reason}" for o in unchanged if o.state in {State.FAILED, State.ERRORED})
    made = tuple(_room(room, of_room[room], unchanged, tuple(scores[name] for name in rooms[room])) for room in rooms)
    clauses = tuple(sorted(deciding))
    met = tuple(enemies.meet(folder / "enemies", 1, enemies.ABROAD, like=reference.FOREIGN, only=clauses))
    return Foreign(fallen, made, met)


def _breaks(mutant: Mutant | None, clause: str) -> bool:
    return mutant is not None and clause in mutant.clauses


def _room(name: str, those: Sequence[Check], outcomes: Sequence[Outcome], scores: tuple[Score, ...]) -> Room:
    states: dict[str, set[State]] = {}
    for outcome in outcomes:
        states.setdefault(base(outcome.check), set()).add(outcome.state)
    ids = [check.id for check in those]
    passed = tuple(check for check in ids if states.get(check) == {State.PASSED})
    return Room(name, passed, tuple(check for check in ids if State.SKIPPED in states.get(check, set())), scores)
