"""``tenderproof prove``: the matrix, as a table people read and a document programs read."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from tenderproof import audit, content, inventory, wording
from tenderproof.cli.ending import Exit, WrongUse
from tenderproof.prove import catalogue, data_sets, enemies, foreign, matrix, variants
from tenderproof.prove.catalogue import Mutant
from tenderproof.prove.enemies import Encounter
from tenderproof.prove.foreign import Foreign
from tenderproof.prove.never_fell import never_fell
from tenderproof.prove.score import Fate, Score
from tenderproof.prove.variants import Held
from tenderproof.result import Matrix as Published
from tenderproof.spec.calendar import CHINA


def run(wanted: tuple[str, ...], *, full: bool, abroad: bool, workers: int, as_json: bool) -> None:
    """Try mutants (data sets among them), enemies, variants and the foreign platform; with ``abroad`` the foreign platform alone.

    0 only if all mutants are killed by assertions, none crashed, no collateral is undeclared, the reference passes, every check that never
    ran on it is known (suites/never_ran.txt), no enemy earns anything, nothing falls on a variant, and all of this holds of the mutants
    that the foreign platform wears; else 1.
    """
    known, of_records = catalogue.mutants(), data_sets.mutants()
    chosen = [mutant for mutant in _chosen((*known, *of_records), wanted) if mutant not in of_records]
    checks = inventory.checks(content.suites_dir())
    sentinels = [] if full else (content.suites_dir() / "sentinels.txt").read_text("utf-8").split()
    folder = Path(os.environ.get("TENDERPROOF_PROVE_DIR", content.reports_dir() / "out" / "prove"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    def show(score: Score) -> None:
        if not as_json:
            print(_line(score), flush=True)

    if abroad:
        _end_abroad(foreign.perform(chosen, _worn(chosen), checks, folder, workers=workers, listener=show), as_json=as_json)
    proved = data_sets.prove(folder / "records", show, wanted)
    done = matrix.perform(chosen, checks, sentinels, folder, workers=workers, full=full, listener=show) if chosen else matrix.Matrix((), ())
    left_out = [mutant for mutant in known if mutant not in chosen]
    done = matrix.Matrix(
        (*proved.faults, *done.on_reference), (*proved.scores, *done.scores), matrix.not_asked_for_by(left_out, done.never_ran, checks)
    )
    met = () if wanted else tuple(enemies.meet(folder / "enemies", workers))
    held = () if wanted else tuple(variants.hold(folder / "variants", workers, variants.catalogue(), each=full))
    other = None if wanted else foreign.perform(known, foreign.worn(), checks, folder / "foreign", workers=workers, listener=lambda _: None)
    idle = () if wanted else never_fell(done.scores, checks)
    published = _published(done)
    if not wanted:
        (content.reports_dir() / "out" / "matrix.json").write_text(published.model_dump_json(indent=1) + "\n", "utf-8")
    fine = done.fine and not any(enemy.satisfied for enemy in met) and not any(variant.fallen for variant in held)
    fine = fine and (other is None or other.fine)
    if as_json:
        print(json.dumps({**_document(done, published, met, held, other, fine=fine), "never_fell": idle}, ensure_ascii=False))
    else:
        for check in idle:
            print(wording.sentence("cli", "say", "never_fell", {"check": check}, wording.spoken()))
        _say(done, published, met, held, other)
    sys.exit(Exit.CONFORMANT if fine else Exit.NON_CONFORMANT)


def _worn(chosen: Sequence[Mutant]) -> dict[str, dict[str, str]]:
    """What the foreign platform wears of the chosen mutants."""
    names = {mutant.name for mutant in chosen}
    rooms = {room: {name: clause for name, clause in those.items() if name in names} for room, those in foreign.worn().items()}
    found = {room: those for room, those in rooms.items() if those}
    if not found:
        raise WrongUse("The foreign platform wears none of these mutants; fixtures/foreign/worn.py lists those that it wears.")
    return found


def _end_abroad(found: Foreign, *, as_json: bool) -> NoReturn:
    print(json.dumps({"fine": found.fine, "foreign": _abroad(found)}, ensure_ascii=False) if as_json else "\n".join(_told_abroad(found)))
    sys.exit(Exit.CONFORMANT if found.fine else Exit.NON_CONFORMANT)


def _abroad(found: Foreign) -> dict[str, object]:
    rooms = [
        {"room": room.name, "passed": room.passed, "skipped": room.skipped,
         "mutants": [{"mutant": s.mutant.name, "clauses": s.mutant.clauses, "fate": s.fate.value, "checks": s.fell, "why": s.why,
                      "seconds": round(s.seconds, 2)} for s in room.scores]}
        for room in found.rooms
    ]  # fmt: skip
    return {"fine": found.fine, "on_reference": found.on_reference, "rooms": rooms, "enemies": _hostile(found.enemies)}


def _hostile(met: Sequence[Encounter]) -> list[dict[str, object]]:
    return [{"enemy": e.name, "satisfied": e.satisfied, "violated": len(e.violated), "clauses": e.clauses} for e in met]


def _told_abroad(found: Foreign) -> Iterator[str]:
    yield from (f"✗ foreign  {line}" for line in found.on_reference)
    for room in found.rooms:
        yield from (_line(score) for score in room.scores if not score.fine)
        killed = sum(score.fine for score in room.scores)
        values = {
            "name": room.name, "passed": str(len(room.passed)), "skipped": str(len(room.skipped)), "killed": str(killed),
            "mutants": str(len(room.scores)),
        }  # fmt: skip
        yield f"{'✓' if room.fine else '✗'} {wording.sentence('cli', 'say', 'foreign', values, wording.spoken())}"
    yield from map(_met, found.enemies)


def _met(enemy: Encounter) -> str:
    values = {"name": enemy.name, "satisfied": str(len(enemy.satisfied)), "violated": str(len(enemy.violated))}
    sentence = wording.sentence("cli", "say", "enemy", values, wording.spoken())
    return f"{'✗' if enemy.satisfied else '✓'} {sentence}  {', '.join(enemy.satisfied)}".rstrip()


def _chosen(known: tuple[Mutant, ...], wanted: tuple[str, ...]) -> list[Mutant]:
    names = {m.name for m in known} | {clause for m in known for clause in m.clauses}
    unknown = sorted(set(wanted) - names)
    if unknown:
        raise WrongUse(f"There is no mutant {unknown[0]}, nor a mutant of such a clause.")
    return [m for m in known if not wanted or m.name in wanted or set(m.clauses) & set(wanted)]


def _published(done: matrix.Matrix) -> Published:
    fates = Counter(score.fate for score in done.scores)
    return Published(
        date=datetime.now(CHINA), source_sha256=audit.source_hash(), mutants=len(done.scores), killed=fates[Fate.KILLED],
        survived=fates[Fate.SURVIVED], crashed=fates[Fate.CRASHED], collateral=sum(len(score.collateral) for score in done.scores),
    )  # fmt: skip


def _line(score: Score) -> str:
    mark = "✓" if score.fine else "✗"
    fell = f"  {score.why}" if score.fate is not Fate.KILLED else f"  {', '.join(score.fell)}"
    collateral = f"  + {', '.join(score.collateral)}" if score.collateral else ""
    return f"{mark} {score.fate.value:9} {score.mutant.name}  [{', '.join(score.mutant.clauses)}]{fell}{collateral}"


def _document(
    done: matrix.Matrix, published: Published, met: Sequence[Encounter], held: Sequence[Held], other: Foreign | None, *, fine: bool
) -> dict[str, object]:
    rows = [
        {"mutant": s.mutant.name, "kind": s.mutant.kind, "says": s.mutant.says, "clauses": s.mutant.clauses, "fate": s.fate.value,
         "checks": s.fell, "collateral": s.collateral, "why": s.why, "seconds": round(s.seconds, 2)}
        for s in done.scores
    ]  # fmt: skip
    free = [{"variant": variant.name, "fallen": variant.fallen} for variant in held]
    counted = published.model_dump(mode="json")
    whole = {
        "fine": fine,
        "on_reference": done.on_reference,
        "never_ran": [vars(one) for one in done.never_ran],
        **counted,
        "matrix": rows,
        "enemies": _hostile(met),
        "variants": free,
    }
    return {**whole, "foreign": _abroad(other) if other else None}


def _say(
    done: matrix.Matrix, published: Published, met: Sequence[Encounter], held: Sequence[Held], other: Foreign | None
) -> None:  # fmt: skip
    for line in done.on_reference:
        print(f"✗ reference  {line}")
    for one in done.never_ran:
        told = {"check": one.check, "why": one.why, "known": one.known}
        print(wording.sentence("cli", "say", "never_ran_known" if one.known else "never_ran", told, wording.spoken()))
    for enemy in met:
        print(_met(enemy))
    for variant in held:
        values = {"name": variant.name, "fallen": str(len(variant.fallen))}
        sentence = wording.sentence("cli", "say", "variant", values, wording.spoken())
        print(f"{'✗' if variant.fallen else '✓'} {sentence}  {', '.join(variant.fallen)}".rstrip())
    for line in _told_abroad(other) if other else ():
        print(line)
    values = {name: str(value) for name, value in published.model_dump().items()}
    print(wording.sentence("cli", "say", "mutants_total", values, wording.spoken()))
