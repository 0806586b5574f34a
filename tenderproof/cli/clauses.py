"""``tenderproof clauses``: the ledger of a plan."""

import json

from tenderproof import content, inventory, record_audit, wording
from tenderproof.ledger import Entry, ledger
from tenderproof.prove import catalogue, data_sets
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan

_COUNTED = {"decided": "checks", "attested": "attested", "unobservable": "unobservable", "waiting": "waiting"}


def run(plan_name: str, *, as_json: bool) -> None:
    """Print how each clause of the plan is decided, and the totals."""
    specs = content.specs_dir()
    plan = load_plan(plan_name, specs)
    suites, of_data = content.suites_dir(), plan.kind == record_audit.KIND
    checks = inventory.record_checks(suites) if of_data else inventory.checks(suites)
    mutants = catalogue.by_clause(data_sets.mutants() if of_data else None)
    entries = ledger(plan, load_clauses(specs), checks, mutants)
    totals = {name: sum(entry.how == how for entry in entries) for name, how in _COUNTED.items()}
    if as_json:
        listed = [_data(entry) for entry in entries]
        print(json.dumps({"plan": plan.id, "total": len(entries), **totals, "clauses": listed}, ensure_ascii=False))
        return
    language = wording.spoken()
    how = wording.catalogue("cli", language)["how"]
    for entry in entries:
        values = {"id": entry.clause.id, "how": how[entry.how], "words": entry.clause.words[language]}
        print(wording.sentence("cli", "say", "clause_line", values, language))
        if entry.how == "waiting" and entry.clause.waits:
            print(wording.sentence("cli", "say", "clause_waits", {"why": entry.clause.waits[language]}, language))
    shown = {"total": str(len(entries)), **{name: str(count) for name, count in totals.items()}}
    print(wording.sentence("cli", "say", "ledger_total", shown, language))


def _data(entry: Entry) -> dict[str, object]:
    why = dict(entry.clause.unobservable) if entry.clause.unobservable else None
    return {
        "id": entry.clause.id,
        "how": entry.how,
        "checks": list(entry.checks),
        "mutants": list(entry.mutants),
        "attested": entry.how == "attested",
        "unobservable": why,
        "waiting": entry.how == "waiting",
        "waits": dict(entry.clause.waits) if entry.how == "waiting" and entry.clause.waits else None,
    }
