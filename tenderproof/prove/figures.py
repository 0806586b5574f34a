"""The plan under other figures, as a body would write it: a plan's file with its figures beside it."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import yaml

from tenderproof import content
from tenderproof.prove.bodies import PLAN
from tenderproof.spec.plan import Value, load_plan


def asking(figures: Mapping[str, Value], folder: Path) -> str:
    """The plan by which mutants are tried; with ``figures`` (name → value) a file in the folder that differs from it in these alone.

    `PlanError` for a figure that there is not, that is the law's, or of another type.
    """
    if not figures:
        return PLAN
    specs = content.specs_dir()
    load_plan(PLAN, specs).with_parameters(figures)
    written = folder / "plans" / hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()[:12]
    plan = specs / "plans" / f"{PLAN}.yaml"
    beside = f"parameters/{yaml.safe_load(plan.read_text('utf-8'))['figures']}.yaml"
    told = yaml.safe_load((plan.parent / beside).read_text("utf-8"))
    for name, value in figures.items():
        told["parameters"][name]["value"] = value
    (written / "parameters").mkdir(parents=True, exist_ok=True)
    (written / beside).write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    (written / plan.name).write_bytes(plan.read_bytes())
    return str(written / plan.name)
