"""The kinds of document as data: sound, sourced, and such that every attested clause exists and is attestable."""

import re
import shutil
from pathlib import Path

import pytest

from tenderproof import content, wording
from tenderproof.dossier import kinds
from tenderproof.dossier.kinds import KindError

from . import desks


def shipped() -> dict[str, kinds.Kind]:
    """The kinds that are shipped."""
    return dict(kinds.load(content.specs_dir()))


def test_a_kind_comes_after_those_that_it_builds_on() -> None:
    order = list(shipped())

    assert all(order.index(other) < order.index(kind.id) for kind in shipped().values() for other in kind.builds_on)
    assert order.index("test_report") < order.index("trial_operation_report")


def test_every_attested_clause_exists_and_rests_on_such_a_document() -> None:
    plan, clauses, _ = desks.specification()

    attested = {clause for kind in shipped().values() for clause in kind.attests}
    assert all(clause in clauses and plan.may_be_attested(clauses[clause]) for clause in attested)


def test_every_clause_that_rests_on_a_proof_is_shown_by_an_independent_document_alone() -> None:
    plan, clauses, _ = desks.specification()
    for clause in plan.select(clauses.values()):
        if clause.basis == "public_service_proof":
            needed = kinds.alone(shipped(), clause.id)
            assert needed, clause.id
            assert all(shipped()[kind].signer == "public_service_platform" for kind in needed)


def test_the_six_declarations_cover_their_chapters() -> None:
    declared = {clause for kind in shipped().values() if kind.id.startswith("declaration_") for clause in kind.attests}
    plan, _, _ = desks.specification()
    points = {clause for clause in plan.clause_ids if re.fullmatch(r"[E-J]-\d\d", clause)}

    assert {clause[0] for clause in points} == set("EFGHIJ")
    assert points <= declared


def test_every_source_that_is_a_clause_exists() -> None:
    _, clauses, _ = desks.specification()

    assert {kind.source["clause"] for kind in shipped().values() if "clause" in kind.source} <= clauses.keys()


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_signer_and_recipient_has_a_word(language: wording.Language) -> None:
    words = wording.catalogue("papers", language)

    assert {kind.signer for kind in shipped().values()} <= words["signer"].keys()
    assert {to for kind in shipped().values() for to in kind.handed_to} <= words["handed_to"].keys()


WRONG = [
    ("signer: operator", "signer: friend", r"trial-operation-report.yaml:\d+: signer: "),
    ("fact: cases", "fact: projects", r"trial-operation-report.yaml:\d+: the rule names a fact projects"),
    ("id: trial_operation_report", "id: trial", r"trial-operation-report.yaml:\d+: id is trial"),
    ("document: test_report", "document: nowhere", "build on one another in a circle or on what is not there: trial_operation_report"),
    ("signer: operator", "signer: [", r"trial-operation-report.yaml:1: it is no YAML"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_kind_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    specs = tmp_path / "specs"
    shutil.copytree(content.specs_dir() / "documents", specs / "documents")
    shutil.copytree(content.specs_dir() / "schemas", specs / "schemas")
    path = specs / "documents" / "trial-operation-report.yaml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    with pytest.raises(KindError, match=said):
        kinds.load(specs)
