"""An honest platform that answers in another lawful way is not failed."""

from pathlib import Path

from tenderproof.prove import variants
from tenderproof.vocabulary import Verdict
from tests.reporting import results

_CHECKS = ("A-68", "EB-48-1")


def test_a_lawful_freedom_makes_nothing_fall(tmp_path: Path) -> None:
    (held,) = variants.hold(tmp_path, 2, ("lists_in_another_order",), only=_CHECKS)

    assert held == variants.Held("lists_in_another_order", ())
    assert "passed" in "".join(path.read_text("utf-8") for path in (tmp_path / "together" / "journal").glob("*.jsonl"))


def test_all_are_tried_in_one_and_each_by_itself_when_that_is_asked_for(tmp_path: Path) -> None:
    chosen = ("gzipped", "spelt_out")

    assert [held.name for held in variants.hold(tmp_path / "one", 2, chosen, only=_CHECKS[:1])] == ["gzipped + spelt_out"]
    names = [held.name for held in variants.hold(tmp_path / "each", 2, chosen, only=_CHECKS[:1], each=True)]
    assert names == ["gzipped + spelt_out", *chosen]


def test_what_is_violated_or_cannot_be_decided_has_fallen_and_nothing_else() -> None:
    found = results.large()
    named = {line.partition(":")[0] for line in variants.fallen(found)}

    assert named == {clause.id for clause in found.clauses if clause.verdict in {Verdict.VIOLATED, Verdict.INCONCLUSIVE}}
    assert named
    assert len(named) < len(found.clauses)


def test_every_variant_says_what_it_does_otherwise() -> None:
    names = variants.names()

    assert {"gzipped", "small_pages"} <= set(names)
    assert len(set(names)) == len(names)
