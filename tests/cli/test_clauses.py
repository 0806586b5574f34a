"""The ledger as programs read it: every clause, and totals that add up."""

import json

from .command import tenderproof


def test_the_totals_are_those_of_the_clauses() -> None:
    said = json.loads(tenderproof("clauses", "--plan", "trading-3", "--json").stdout)

    assert said["total"] == len(said["clauses"]) == said["decided"] + said["attested"] + said["unobservable"] + said["waiting"]
    late = next(clause for clause in said["clauses"] if clause["id"] == "EB-27-3")
    assert late["how"] == "checks"
    assert late["checks"]
    assert late["mutants"]


def test_people_read_a_line_a_clause_and_the_totals() -> None:
    said = tenderproof("clauses", "--plan", "trading-1")

    assert "EB-27-3  decided by checks" in said.stdout
    assert "clauses: " in said.stdout.splitlines()[-1]


def test_what_a_waiting_clause_waits_for_is_said_to_people_and_programs() -> None:
    told = tenderproof("clauses", "--plan", "trading-3").stdout.splitlines()
    said = json.loads(tenderproof("clauses", "--plan", "trading-3", "--json").stdout)
    waiting = {clause["id"]: clause["waits"] for clause in said["clauses"] if clause["waits"]}

    assert set(waiting) == {"DS-FLD-5", "DS-UDC-2"}
    assert [line for line in told if line.startswith("    ")] == [f"    waits: {waiting[one]['en']}" for one in ("DS-UDC-2", "DS-FLD-5")]
    assert all(clause["waiting"] for clause in said["clauses"] if clause["id"] in waiting)
