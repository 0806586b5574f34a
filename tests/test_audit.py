"""From an order to the checks that remain and the document that says what came of them."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tenderproof import audit, candidate, content, occasion, result
from tenderproof.doctor import Examination, Finding
from tenderproof.inventory import Check
from tenderproof.journal import CheckFinished, CheckStarted, Journal, Located, RunStarted
from tenderproof.result import Signatories, Signatory
from tenderproof.selection import select
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import Blame, Dose, State, Verdict, Way

from .dossier import desks
from .dossier.desks import Folder
from .reporting import results

SIGNING_IN = "function/opening::test_only_who_has_delivered_a_bid_signs_in_to_the_opening"
DECLARED = """[candidate]
name = "x"
kind = "trading"
base_url = "http://127.0.0.1:1"
operator = { name = "x", uscc = "91350100M000100Y43" }
[sandbox]
enabled = true
clock = "project"
"""
NOW = datetime(2026, 3, 2, 9, tzinfo=CHINA)


@pytest.fixture
def order(tmp_path: Path) -> audit.Order:
    """An order for one check."""
    file = tmp_path / "candidate.toml"
    file.write_text(DECLARED, "utf-8")
    specs = content.specs_dir()
    return audit.Order(
        candidate.load(file), load_plan("trading-3", specs), load_clauses(specs), tmp_path / "run", tmp_path / "key", only=(SIGNING_IN,)
    )


def finished(order: audit.Order, state: str) -> None:
    """A journal in which the check has ended so."""
    journal = Journal(order.folder / "journal" / "main-1.jsonl")
    blame = "" if state == "passed" else "platform"
    journal.append(RunStarted(1, "c", "trading-3", "s", (SIGNING_IN,)))
    journal.append(CheckStarted(SIGNING_IN, 1))
    journal.append(CheckFinished(SIGNING_IN, 1, ("A-106",), "sandbox", state, blame, "why", "all of it", "test_opening.py:1", 0.5, 7))
    journal.close()


@pytest.mark.parametrize(
    ("state", "verdict"), [("passed", Verdict.SATISFIED), ("failed", Verdict.VIOLATED), ("errored", Verdict.INCONCLUSIVE)]
)
def test_what_a_check_saw_becomes_the_verdict_on_its_clause(order: audit.Order, state: str, verdict: Verdict) -> None:
    prepared = audit.prepare(order)
    finished(order, state)
    found = audit.conclude_run(prepared, Examination((), "1.2", "b"), NOW, finished=True)

    signing_in = found.clause("A-106")
    assert signing_in is not None
    assert signing_in.verdict is verdict
    assert [check.repeat for check in found.checks_of(signing_in)] == [
        f"tenderproof audit candidate.toml --plan trading-3 --seed tenderproof --only {SIGNING_IN}"
    ]
    assert (found.sample.stated_version, found.sample.stated_build) == ("1.2", "b")
    assert sum(found.conclusion.counts.values()) == len(found.clauses) == len(order.plan.clause_ids)


def test_a_resumed_run_began_when_it_first_did_and_says_when_it_was_gone_on_with(order: audit.Order) -> None:
    moments = [NOW + timedelta(days=day) for day in (0, 3)]
    for attempt, begun in enumerate(moments, 1):
        on = audit.occasion_of(order, Examination((), "1.2", "b"), begun)
        written = Journal(order.folder / "journal" / f"main-{attempt}.jsonl", lambda begun=begun: begun)  # type: ignore[misc]
        written.append(RunStarted(attempt, "candidate.toml", "trading-3", order.seed, (SIGNING_IN,), "self_test", on.told()))
        (order.folder / f"checks-{attempt}.txt").write_text(SIGNING_IN)
    found = audit.conclude_run(audit.prepare(order), Examination((), "1.2", "b"), NOW + timedelta(days=9), finished=True)

    assert (found.run.started, found.run.resumed, found.run.finished, found.run.attempts) == (NOW, moments[1:], moments[1], 2)
    seen = occasion.of(order.folder / "journal")
    assert seen is not None
    assert occasion.apart(found, seen, 2) is None


def test_a_resumed_run_leaves_out_what_is_done(order: audit.Order) -> None:
    assert audit.prepare(order).remaining == (SIGNING_IN,)
    finished(order, "passed")

    assert audit.prepare(order, resume=True).remaining == ()


def test_a_check_that_nobody_ran_is_ours_and_inconclusive(order: audit.Order) -> None:
    found = audit.conclude_run(audit.prepare(order), Examination(()), NOW, finished=False)

    signing_in = found.clause("A-106")
    assert signing_in is not None
    assert (signing_in.verdict, signing_in.blame, signing_in.reason.values["what"]) == (Verdict.INCONCLUSIVE, Blame.TOOL, "never_begun")
    assert found.run.interrupted


def test_a_fatal_finding_is_the_reason_of_every_check(order: audit.Order) -> None:
    examined = Examination((Finding("unreachable", "fatal", Blame.NETWORK, {"what": "refused"}),))
    found = audit.not_probed(audit.prepare(order), examined, NOW)

    assert {(check.state.value, check.blame, check.reason) for check in found.checks} == {("errored", Blame.NETWORK, "unreachable")}


def test_the_hash_of_the_sources_changes_with_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = audit.source_hash()
    monkeypatch.setattr(content, "suites_dir", lambda: tmp_path)

    assert audit.source_hash() != before
    assert len(before) == 64


def test_the_hash_of_a_vendors_driver_changes_with_it_and_stands_with_the_sample(order: audit.Order) -> None:
    beside = order.candidate.file.parent / "theirs"
    beside.mkdir()
    (beside / "their_driver.py").write_text("from tenderproof.drivers import ContractDriver\nclass Theirs(ContractDriver): ...\n")
    order.candidate.file.write_text(DECLARED + '[driver]\nname = "their_driver:Theirs"\nfolder = "theirs"\n', "utf-8")
    declared = replace(order, candidate=candidate.load(order.candidate.file))

    def told() -> str:
        return audit.conclude_run(audit.prepare(declared), Examination(()), NOW, finished=True).sample.driver_sha256

    before = told()
    (beside / "whom_it_asks.py").write_text("LIE = True\n")

    assert len(before) == 64
    assert told() != before
    assert audit.driver_hash(order.candidate) == ""


def test_who_stands_for_the_report_is_in_the_document(order: audit.Order) -> None:
    named = replace(order, signatories=Signatories(prepared=Signatory(name="甲")))

    found = audit.conclude_run(audit.prepare(named), Examination(()), NOW, finished=True)

    assert found.signatories == Signatories(prepared=Signatory(name="甲"))


def test_operations_that_the_declaration_keeps_from_us_stand_with_the_sample(order: audit.Order) -> None:
    order.candidate.file.write_text(DECLARED + '[interface]\nleave_out = ["session.close"]\n', "utf-8")
    declared = replace(order, candidate=candidate.load(order.candidate.file))

    assert audit.conclude_run(audit.prepare(declared), Examination(()), NOW, finished=True).sample.left_out == ["session.close"]


def test_the_sample_is_named_with_kind_version_build_and_address(order: audit.Order) -> None:
    found = audit.conclude_run(audit.prepare(order), Examination((), "1.2", "b"), NOW, finished=True)

    sample = found.sample
    assert (sample.kind, sample.base_url, sample.stated_version, sample.stated_build) == ("trading", "http://127.0.0.1:1", "1.2", "b")
    assert sample.declaration_sha256 == hashlib.sha256(order.candidate.file.read_bytes()).hexdigest()


def test_the_basis_names_plan_and_edition(order: audit.Order) -> None:
    found = audit.conclude_run(audit.prepare(order), Examination(()), NOW, finished=True)

    assert (found.basis.plan, found.basis.edition) == (order.plan.id, order.plan.edition)


def test_the_clauses_on_the_harness_are_listed_with_the_tests_that_decide_them(order: audit.Order) -> None:
    found = audit.conclude_run(audit.prepare(order), Examination(()), NOW, finished=True)

    assert {own.id for own in found.own_clauses} == {c.id for c in order.clauses.values() if "harness" in c.applies_to}
    assert all(own.tests or own.waits for own in found.own_clauses)


def test_a_paper_is_held_against_the_day_of_the_run(order: audit.Order, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("paper", desks.attestation(date="2026-03-01", expires="2026-03-01"), "王芳")
    signed = replace(order, candidate=candidate.load(folder.declaration()))

    def statement(day: int) -> result.Declared | None:
        begun = datetime(2026, 3, day, 9, tzinfo=CHINA)
        clause = audit.conclude_run(audit.prepare(signed), Examination(()), begun, finished=True).clause("F-01")
        assert clause is not None
        return clause.statement

    assert statement(1) is not None
    assert statement(2) is None


LIFE = "function/lifecycle::test_no_act_is_taken_against_the_order_of_the_law_and_none_refused_that_it_grants"


def test_a_check_that_never_acquits_and_never_began_takes_nothing_from_what_others_saw(order: audit.Order) -> None:
    prepared = audit.prepare(replace(order, only=("EB-27-3",)))
    others = [check for check in prepared.selected.checks if check.id != LIFE and "EB-27-3" in check.clauses]
    journal = Journal(order.folder / "journal" / "main-1.jsonl")
    journal.append(RunStarted(1, "c", "trading-3", "s", tuple(check.id for check in others)))
    for check in others:
        journal.append(CheckStarted(check.id, 1))
        journal.append(CheckFinished(check.id, 1, check.clauses, "sandbox", "passed", "", "", "", "", 0.5, 7))
    journal.close()
    found = audit.conclude_run(prepared, Examination(()), NOW, finished=True)

    late = found.clause("EB-27-3")
    assert late is not None
    assert late.verdict is Verdict.SATISFIED
    assert {check.id: (check.state.value, check.acquits) for check in found.checks_of(late)}[LIFE] == ("errored", False)


def test_a_case_that_was_lost_is_an_outcome_of_its_checks_clauses(order: audit.Order) -> None:
    lost = Outcome(f"{SIGNING_IN}[case]", (), "", State.ERRORED, Blame.TOOL, "worker_died")
    (known,) = (check for check in audit.prepare(order).known if check.id == SIGNING_IN)

    assert audit._with_clauses([lost], [known])[0].clauses == known.clauses


@pytest.mark.parametrize(("acquits", "told"), [(True, {"security/x::test_flood": "dose_too_low"}), (False, {})])
def test_an_effort_beyond_what_a_clause_needs_is_not_missed(order: audit.Order, *, acquits: bool, told: dict[str, str]) -> None:
    flood = Check("security/x::test_flood", ("F-19",), Way.SANDBOX, "", "security/test_x.py", 1, acquits=acquits, intrusive=True)
    prepared = audit.Prepared(order, (flood,), select([flood], {"F-19"}, ("sandbox",), sandbox=True), 1, ())

    assert audit._left_out(prepared) == told


@pytest.mark.parametrize(
    ("ordered", "dose", "said"),
    [(None, Dose.STANDARD, ""), (Dose.STANDARD, Dose.STANDARD, ""), (Dose.PASSIVE, Dose.PASSIVE, " --dose passive")],
)
def test_the_document_says_how_hard_it_was_probed_and_by_whose_leave(
    order: audit.Order, ordered: Dose | None, dose: Dose, said: str
) -> None:
    file = order.candidate.file
    file.write_text(DECLARED.replace("enabled = true", 'enabled = true\nauthorisation = "授权书 7"'), "utf-8")
    prepared = audit.prepare(replace(order, candidate=candidate.load(file), dose=ordered, only=()))
    found = audit.not_probed(prepared, Examination((Finding("broken", "fatal", Blame.PLATFORM),), "", ""), NOW)

    assert (found.run.dose, found.sample.authorisation) == (dose, "授权书 7")
    assert found.run.command.endswith(f"--seed tenderproof{said}")
    assert (SIGNING_IN in {check.id for check in found.checks}) is (dose is not Dose.PASSIVE)
    late = next(one for one in found.clauses if one.id == "EB-27-3")
    assert (late.reason.code == "only_reading") is (dose is Dose.PASSIVE)


def test_where_servers_answer_is_what_the_last_check_told() -> None:
    told = results.whereabouts()
    events = [Located("x::y", 1, results.whereabouts(oldest_days=1).model_dump_json()), Located("x::y", 2, told.model_dump_json())]

    assert audit.whereabouts(events) == told
    assert audit.whereabouts([]) is None
    with pytest.raises(ValueError, match="hosts"):
        audit.whereabouts([Located("x::y", 1, "{}")])


def test_the_command_that_repeats_names_the_auditors_list_of_vantage_points_and_not_a_laboratorys(order: audit.Order) -> None:
    assert audit._command(replace(order, vantages=Path("elsewhere") / "my vantages.toml")).endswith(" --vantages 'my vantages.toml'")
    assert "--vantages" not in audit._command(replace(order, vantages=order.folder / "private" / "laboratory" / "vantages.toml"))
    assert "--vantages" not in audit._command(order)


def test_the_command_that_repeats_names_the_auditors_resolvers(order: audit.Order) -> None:
    named = replace(order, resolvers=("192.0.2.53", "[2001:db8::53]:5353"))

    assert audit._command(named) == f"{audit._command(order)} --resolver 192.0.2.53 --resolver '[2001:db8::53]:5353'"
