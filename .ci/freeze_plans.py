# ruff: noqa: INP001 - a script, no package
"""Write the clause lists of the plans anew from their rules. Run it for a new edition, never within one."""

import re
import textwrap
from pathlib import Path

from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import known_plans, load_plan

SPECS = Path(__file__).parents[1] / "specs"


def listed(group: str, ids: tuple[str, ...]) -> str:
    """One group of the list, wrapped."""
    lines = textwrap.fill(", ".join(ids), 116, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
    return f"  {group}: [\n{lines}\n  ]\n"


def freeze(name: str) -> str:
    """Write one plan; the line that says what changed."""
    plan = load_plan(name, SPECS)
    chosen = plan.chosen_by_rule(load_clauses(SPECS).values())
    path = SPECS / "plans" / f"{name}.yaml"
    head = re.split(r"^clauses:\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[0]
    body = "".join(listed(group, ids) for group, ids in chosen.items())
    path.write_text(f"{head}clauses:\n{body}", encoding="utf-8")
    before, after = set(plan.clause_ids), {clause for ids in chosen.values() for clause in ids}
    return f"{name}: {len(after)} clauses, {len(after - before)} new, {len(before - after)} gone"


if __name__ == "__main__":
    print(*(freeze(name) for name in known_plans(SPECS)), sep="\n")  # noqa: T201 - its output
