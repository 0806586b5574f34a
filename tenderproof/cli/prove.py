"""``tenderproof prove``: the matrix, as a table people read and a document programs read."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tenderproof import audit, content, inventory, wording
from tenderproof.cli.ending import Exit, WrongUse
from tenderproof.prove import catalogue, enemies, matrix, variants
from tenderproof.prove.catalogue import Mutant
from tenderproof.prove.enemies import Encounter
from tenderproof.prove.score import Fate, Score
from tenderproof.prove.variants import Held
from tenderproof.result import Matrix as Published
from tenderproof.spec.calendar import CHINA


def run(wanted: tuple[str, ...], *, full: bool, workers: int, as_json: bool) -> None:
    """Try the mutants, the enemies and the variants.

    0 only if all mutants are killed by assertions, none crashed, no collateral is undeclared, the reference passes, no enemy earns
    anything, and nothing falls on a variant.
    """
    chosen = _chosen(catalogue.mutants(), wanted)
    checks = inventory.checks(content.suites_dir())
    sentinels = [] if full else (content.suites_dir() / "sentinels.txt").read_text("utf-8").split()
    folder = Path(os.environ.get("TENDERPROOF_PROVE_DIR", content.reports_dir() / "out" / "prove"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    def show(score: Score) -> None:
        if not as_json:
            print(_line(score), flush=True)

    done = matrix.perform(chosen, checks, sentinels, folder, workers=workers, full=full, listener=show)
    met = () if wanted else tuple(enemies.meet(folder / "enemies", workers))
    held = () if wanted else tuple(variants.hold(folder / "variants", workers, variants.names(), each=full))
    published = _published(done)
    if not wanted:
        (content.reports_dir() / "out" / "matrix.json").write_text(published.model_dump_json(indent=1) + "\n", "utf-8")
    fine = done.fine and not any(enemy.satisfied for enemy in met) and not any(variant.fallen for variant in held)
    if as_json:
        print(json.dumps(_document(done, published, met, held, fine=fine), ensure_ascii=False))
    else:
        _say(done, published, met, held)
    sys.exit(Exit.CONFORMANT if fine else Exit.NON_CONFORMANT)


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
    done: matrix.Matrix, published: Published, met: Sequence[Encounter], held: Sequence[Held], *, fine: bool
) -> dict[str, object]:
    rows = [
        {"mutant": s.mutant.name, "kind": s.mutant.kind, "says": s.mutant.says, "clauses": s.mutant.clauses, "fate": s.fate.value,
         "checks": s.fell, "collateral": s.collateral, "why": s.why, "seconds": round(s.seconds, 2)}
        for s in done.scores
    ]  # fmt: skip
    hostile = [{"enemy": e.name, "satisfied": e.satisfied, "violated": len(e.violated), "clauses": e.clauses} for e in met]
    free = [{"variant": variant.name, "fallen": variant.fallen} for variant in held]
    counted = published.model_dump(mode="json")
    return {"fine": fine, "on_reference": done.on_reference, **counted, "matrix": rows, "enemies": hostile, "variants": free}


def _say(done: matrix.Matrix, published: Published, met: Sequence[Encounter], held: Sequence[Held]) -> None:
    for line in done.on_reference:
        print(f"✗ reference  {line}")
    for enemy in met:
        values = {"name": enemy.name, "satisfied": str(len(enemy.satisfied)), "violated": str(len(enemy.violated))}
        sentence = wording.sentence("cli", "say", "enemy", values, wording.spoken())
        print(f"{'✗' if enemy.satisfied else '✓'} {sentence}  {', '.join(enemy.satisfied)}".rstrip())
    for variant in held:
        values = {"name": variant.name, "fallen": str(len(variant.fallen))}
        sentence = wording.sentence("cli", "say", "variant", values, wording.spoken())
        print(f"{'✗' if variant.fallen else '✓'} {sentence}  {', '.join(variant.fallen)}".rstrip())
    values = {name: str(value) for name, value in published.model_dump().items()}
    print(wording.sentence("cli", "say", "mutants_total", values, wording.spoken()))
