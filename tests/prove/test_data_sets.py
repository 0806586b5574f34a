"""The matrix of data sets: every check on records is shown a violation, the law kept, freedoms taken, and hostile files."""

from dataclasses import replace
from pathlib import Path

import pytest

from tenderproof import content, inventory
from tenderproof.prove import data_sets
from tenderproof.prove.data_sets import Catalogue, Proof, Written
from tenderproof.prove.score import Fate
from tenderproof.spec.clauses import load_clauses
from tenderproof.vocabulary import State


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    return data_sets.prove(tmp_path_factory.mktemp("proof"))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return data_sets.written(tmp_path_factory.mktemp("written") / "data")


def test_every_mutant_is_killed_by_an_assertion_of_its_own_check_alone(proof: Proof) -> None:
    assert len(proof.scores) > 60
    assert [(one.mutant.name, one.fate, one.collateral) for one in proof.scores if not one.fine] == []


def test_nothing_falls_on_lawful_data_nor_on_a_freedom(proof: Proof) -> None:
    assert len(proof.fallen) > 20
    assert {name: found for name, found in proof.fallen.items() if found} == {}


def test_hostile_files_earn_nothing(proof: Proof) -> None:
    assert len(proof.earned) > 15
    assert {name: found for name, found in proof.earned.items() if found} == {}


def test_every_check_has_its_mutant_and_its_lawful_data(proof: Proof) -> None:
    assert proof.unproved == ()
    assert proof.fine


def test_a_proof_with_any_fault_is_not_fine(proof: Proof) -> None:
    survived = replace(proof.scores[0], fate=Fate.SURVIVED)

    assert not replace(proof, scores=(survived,)).fine
    assert not replace(proof, fallen={"x": ("y",)}).fine
    assert not replace(proof, earned={"x": ("y",)}).fine
    assert not replace(proof, unproved=("x",)).fine


def test_every_mutant_names_clauses_that_there_are_and_says_what_it_does(known: Catalogue) -> None:
    clauses = load_clauses(content.specs_dir())
    found = [mutant for mutant, _ in known.mutants]

    assert len({mutant.name for mutant in found}) == len(found)
    for mutant in found:
        assert {*mutant.clauses, *mutant.collateral} <= clauses.keys(), mutant.name
        assert mutant.says.endswith("."), mutant.name
        assert mutant.kind in {"as_written", "hidden"}, mutant.name


def test_every_clause_of_a_plan_on_records_is_judged_by_a_check(known: Catalogue) -> None:
    decided = {clause for check in inventory.record_checks(content.suites_dir()) for clause in check.clauses}

    for plan in {data.plan for data in known.lawful}:
        assert set(data_sets._plan(plan).clause_ids) <= decided
    assert decided == {clause for data in known.lawful for clause in data_sets._plan(data.plan).clause_ids}


def test_a_mutant_is_judged_alone_by_its_name_or_a_clause_of_it(tmp_path: Path) -> None:
    by_name = data_sets.prove(tmp_path / "name", wanted=["tenders.two_invitees"])
    by_clause = data_sets.prove(tmp_path / "clause", wanted=["LAW-TL-17"])

    assert [one.mutant.name for one in by_name.scores] == [one.mutant.name for one in by_clause.scores] == ["tenders.two_invitees"]


def test_files_that_cannot_be_used_at_all_are_judged_by_nobody(tmp_path: Path) -> None:
    assert data_sets.judged(Written("x", (tmp_path / "none",), None, "records-example"), tmp_path / "run") == []


def test_a_lawful_set_is_passed_by_what_shows_the_whole(known: Catalogue, tmp_path: Path) -> None:
    tenders = next(data for data in known.lawful if data.name == "tenders")
    seen = data_sets.judged(tenders, tmp_path / "run")

    assert {one.reason.split(",")[0] for one in seen if one.state is not State.PASSED} == {"records show only a part of it"}
