"""The mutants as the package in fixtures/ lists them."""

from tenderproof import content, inventory
from tenderproof.prove import catalogue
from tenderproof.spec.clauses import load_clauses

KINDS = {"as_written", "hidden"}


def test_every_mutant_names_clauses_that_there_are_and_says_what_it_does_wrong() -> None:
    known = load_clauses(content.specs_dir())
    mutants = catalogue.mutants()

    assert mutants
    for mutant in mutants:
        assert set(mutant.clauses) <= known.keys(), mutant.name
        assert set(mutant.collateral) <= known.keys(), mutant.name
        assert mutant.says.endswith("."), mutant.name
        assert mutant.kind in KINDS


def test_a_clause_leads_to_its_mutants() -> None:
    assert "bidding.a_minute_of_grace" in catalogue.by_clause()["EB-27-3"]


def test_every_clause_that_a_check_decides_is_there() -> None:
    known = load_clauses(content.specs_dir())

    assert [c.id for c in inventory.checks(content.suites_dir()) if not set(c.clauses) <= known.keys()] == []


def test_no_check_lands_without_its_mutant() -> None:
    proved = catalogue.by_clause().keys()
    decided = {clause for check in inventory.checks(content.suites_dir()) for clause in check.clauses}

    assert sorted(decided - proved) == []


def test_every_decided_clause_has_a_mutant_as_the_catalogue_writes_it_and_one_that_hides() -> None:
    """A check that believes what it is told kills the first kind and not the second."""
    decided = {clause for check in inventory.checks(content.suites_dir()) for clause in check.clauses}
    known = catalogue.mutants()
    kinds = {clause: {mutant.kind for mutant in known if clause in mutant.clauses} for clause in decided}

    assert {clause: sorted(KINDS - found) for clause, found in kinds.items() if found != KINDS} == {}
