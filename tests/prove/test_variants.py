"""An honest platform that answers in another lawful way is not failed."""

from pathlib import Path
from typing import Any

from tenderproof.prove import variants
from tenderproof.prove.matrix import undecidable
from tenderproof.prove.variants import Variant
from tenderproof.result import Because
from tenderproof.vocabulary import Blame, Verdict
from tests.reporting import results

_CHECKS = ("A-68", "EB-48-1")


def test_a_lawful_freedom_makes_nothing_fall(tmp_path: Path) -> None:
    (held,) = variants.hold(tmp_path, 2, (Variant("lists_in_another_order"),), only=_CHECKS)

    assert held == variants.Held("lists_in_another_order", ())
    assert "passed" in "".join(path.read_text("utf-8") for path in (tmp_path / "lists_in_another_order" / "journal").glob("*.jsonl"))


def test_all_are_tried_in_one_and_each_by_itself_when_that_is_asked_for(tmp_path: Path) -> None:
    names = ("gzipped", "spelt_out")
    chosen = [Variant(name) for name in names]

    assert [held.name for held in variants.hold(tmp_path / "one", 2, chosen, only=_CHECKS[:1])] == ["gzipped + spelt_out"]
    held = [held.name for held in variants.hold(tmp_path / "each", 2, chosen, only=_CHECKS[:1], each=True)]
    assert held == ["gzipped + spelt_out", *names]


def test_what_would_hide_others_is_tried_by_itself(tmp_path: Path) -> None:
    chosen = [Variant("over_http2", alone=True), Variant("gzipped")]
    held = list(variants.hold(tmp_path, 2, chosen, only=_CHECKS[:1]))

    assert held == [variants.Held("gzipped", ()), variants.Held("over_http2", ())]
    recorded = (tmp_path / "over_http2" / "reference" / "candidate.toml").read_text("utf-8")
    assert 'base_url = "https://' in recorded


def test_what_is_violated_or_cannot_be_decided_has_fallen_and_nothing_else() -> None:
    found = results.large()
    named = {line.partition(":")[0] for line in variants.fallen(found, {})}

    assert named == {clause.id for clause in found.clauses if clause.verdict in {Verdict.VIOLATED, Verdict.INCONCLUSIVE}}
    assert named
    assert len(named) < len(found.clauses)


def test_what_the_reference_satisfies_and_the_variant_does_not_has_fallen() -> None:
    found = results.large()
    unseen = [clause.id for clause in found.clauses if clause.verdict is Verdict.NOT_TESTED]
    satisfied = [clause.id for clause in found.clauses if clause.verdict is Verdict.SATISFIED]
    bare = set(variants.fallen(found, {unseen[1]: "not_tested: no_check_yet"}))

    assert set(variants.fallen(found, dict.fromkeys([unseen[0], satisfied[0]], "satisfied: checks_passed"))) - bare == {
        f"{unseen[0]}: not_tested: {next(clause.reason.code for clause in found.clauses if clause.id == unseen[0])}"
    }


def test_what_stays_open_on_the_reference_may_stay_open_by_the_same_check_and_by_no_other() -> None:
    found = results.large()
    (check,) = sorted(undecidable())[:1]
    still = next(clause for clause in found.clauses if clause.verdict is Verdict.INCONCLUSIVE)

    def fallen(expected: str, **changes: Any) -> bool:
        one = still.model_copy(update={"reason": Because(code="check_errored", values={"check": check}), "blame": Blame.NETWORK} | changes)
        held = variants.fallen(found.model_copy(update={"clauses": [one]}), {still.id: expected})
        return bool(held)

    assert not fallen("inconclusive: check_errored")
    assert fallen("satisfied: checks_passed")
    assert fallen("inconclusive: check_errored", reason=Because(code="check_errored", values={"check": "function/x::test_y"}))
    assert fallen("inconclusive: check_errored", blame=Blame.PLATFORM)
    assert fallen("inconclusive: check_errored", verdict=Verdict.VIOLATED)


def test_every_variant_says_what_it_does_otherwise() -> None:
    found = variants.catalogue()
    names = [variant.name for variant in found]

    assert {"gzipped", "small_pages", "over_http2"} <= set(names)
    assert len(set(names)) == len(names)
    assert [variant.name for variant in found if variant.alone] == ["over_http2"]
