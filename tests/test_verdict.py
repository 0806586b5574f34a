"""The tables of DESIGN (from outcome to verdict, from verdicts to decision), row by row."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.verdict import Circumstances, ClauseVerdict, Exemption, Outcome, Reason, Statement, Waiver, conclude, judge
from tenderproof.vocabulary import Blame, Decision, State, Verdict


@dataclass(frozen=True)
class Rule:
    """A clause as far as a verdict asks about it."""

    id: str = "X-1"
    keyword: str = "shall"
    ways: Sequence[str] = ("sandbox", "record")
    ways_needed: str = "any"
    stars: int | None = None
    exemptible: bool = False


@dataclass
class Case:
    """Outcomes as (way, state) pairs, and what must come of them."""

    needed: str
    outcomes: list[tuple[str, State]]
    verdict: Verdict
    ways: Sequence[str] = field(default_factory=lambda: ("sandbox", "record"))

    def __str__(self) -> str:
        """How a test's id reads."""
        return f"{self.needed} of {'+'.join(self.ways)}: {' '.join(f'{way}={state.value}' for way, state in self.outcomes) or 'nothing'}"


P, F, E, S = State.PASSED, State.FAILED, State.ERRORED, State.SKIPPED

TABLE = [
    Case("any", [("sandbox", P)], Verdict.SATISFIED),
    Case("any", [("sandbox", P), ("record", F)], Verdict.VIOLATED),
    Case("any", [("sandbox", P), ("record", E)], Verdict.SATISFIED),
    Case("any", [("sandbox", P), ("record", S)], Verdict.SATISFIED),
    Case("any", [("sandbox", P), ("sandbox", E)], Verdict.INCONCLUSIVE),
    Case("any", [("sandbox", P), ("sandbox", S)], Verdict.NOT_TESTED),
    Case("any", [("sandbox", E), ("sandbox", S)], Verdict.INCONCLUSIVE),
    Case("any", [("sandbox", S)], Verdict.NOT_TESTED),
    Case("any", [("sandbox", F), ("sandbox", E)], Verdict.VIOLATED),
    Case("any", [], Verdict.NOT_TESTED),
    Case("all", [("sandbox", P), ("record", P)], Verdict.SATISFIED),
    Case("all", [("sandbox", P)], Verdict.NOT_TESTED),
    Case("all", [("sandbox", P)], Verdict.SATISFIED, ways=("sandbox", "attestation")),
    Case("all", [("sandbox", P), ("record", E)], Verdict.INCONCLUSIVE),
    Case("all", [("sandbox", P), ("record", S)], Verdict.NOT_TESTED),
    Case("all", [("sandbox", F), ("record", P)], Verdict.VIOLATED),
    Case("any", [("record", P)], Verdict.NOT_TESTED, ways=("sandbox",)),
    Case("any", [("record", F)], Verdict.VIOLATED, ways=("sandbox",)),
    Case("any", [("record", E), ("sandbox", P)], Verdict.SATISFIED, ways=("sandbox",)),
]


def outcome(way: str, state: State, clause: str = "X-1", number: int = 0) -> Outcome:
    """One outcome; whatever is not passed has a blame."""
    blame = None if state is P else Blame.PLATFORM
    return Outcome(f"area/module::test_{number}", (clause,), way, state, blame, "because")


def outcomes(case: Case) -> list[Outcome]:
    """The outcomes of a case, each of a check of its own."""
    return [outcome(way, state, number=number) for number, (way, state) in enumerate(case.outcomes)]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_the_table_from_outcomes_to_verdict_holds(case: Case) -> None:
    verdict = judge(Rule(ways=case.ways, ways_needed=case.needed), outcomes(case), Circumstances())

    assert verdict.verdict is case.verdict


def test_outcomes_of_other_clauses_do_not_count() -> None:
    verdict = judge(Rule(), [outcome("sandbox", F, clause="X-2"), outcome("sandbox", P)], Circumstances())

    assert verdict.verdict is Verdict.SATISFIED
    assert [o.clauses for o in verdict.outcomes] == [("X-1",)]


def test_a_violation_is_blamed_on_the_platform_and_names_its_check() -> None:
    verdict = judge(Rule(), [outcome("sandbox", F)], Circumstances())

    assert verdict.blame is Blame.PLATFORM
    assert verdict.reason == Reason("check_failed", {"check": "area/module::test_0", "what": "because"})


STATEMENT = Statement("王某", "2026-11-23", "已建立备份制度")


def test_a_statement_attests_only_where_the_plan_marks_the_basis() -> None:
    marked = Circumstances(statements={"X-1": STATEMENT}, attestable=frozenset({"X-1"}))
    unmarked = Circumstances(statements={"X-1": STATEMENT})

    assert judge(Rule(), [], marked).verdict is Verdict.ATTESTED
    elsewhere = judge(Rule(), [], unmarked)
    assert elsewhere.verdict is Verdict.NOT_TESTED
    assert elsewhere.statement == STATEMENT


@pytest.mark.parametrize(
    ("state", "expected"),
    [(P, Verdict.SATISFIED), (F, Verdict.VIOLATED), (E, Verdict.INCONCLUSIVE), (S, Verdict.ATTESTED)],
)
def test_what_was_measured_goes_before_what_was_declared(state: State, expected: Verdict) -> None:
    marked = Circumstances(statements={"X-1": STATEMENT}, attestable=frozenset({"X-1"}))

    assert judge(Rule(), [outcome("sandbox", state)], marked).verdict is expected


def test_an_exemption_counts_only_for_a_marked_item() -> None:
    exempt = Circumstances(exemptions={"X-1": Exemption("not_needed", "不采用资格预审")})
    failed = [outcome("sandbox", F)]

    assert judge(Rule(exemptible=True), failed, exempt).verdict is Verdict.NOT_APPLICABLE
    assert judge(Rule(exemptible=True), failed, exempt).reason.values["observed"] == "violated"
    assert judge(Rule(exemptible=False), failed, exempt).verdict is Verdict.VIOLATED


def test_an_exempt_item_that_is_met_is_satisfied_all_the_same() -> None:
    exempt = Circumstances(exemptions={"X-1": Exemption("not_needed", "…")})

    assert judge(Rule(exemptible=True), [outcome("sandbox", P)], exempt).verdict is Verdict.SATISFIED


def test_what_may_only_convict_and_found_nothing_is_not_told_as_if_nobody_had_looked() -> None:
    verdict = judge(Rule(), [replace(outcome("sandbox", P), acquits=False)], Circumstances())

    assert (verdict.verdict, verdict.reason.code) == (Verdict.NOT_TESTED, "convicts_only")


@pytest.mark.parametrize(
    ("circumstances", "ways", "code"),
    [
        (Circumstances(attestable=frozenset({"X-1"})), ("sandbox",), "to_attest"),
        (Circumstances(checks={"X-1": ("c",)}, left_out={"c": "not_a_sandbox"}), ("sandbox",), "not_a_sandbox"),
        (Circumstances(unobservable=frozenset({"X-1"})), ("sandbox",), "unobservable"),
        (Circumstances(), ("document", "attestation"), "document_waits"),
        (Circumstances(), ("sandbox",), "no_check_yet"),
    ],
)
def test_what_was_not_seen_says_why(circumstances: Circumstances, ways: Sequence[str], code: str) -> None:
    verdict = judge(Rule(ways=ways), [], circumstances)

    assert (verdict.verdict, verdict.reason.code) == (Verdict.NOT_TESTED, code)


def said(verdict: Verdict, clause: str = "X-1", code: str = "") -> ClauseVerdict:
    """A verdict out of nowhere."""
    return ClauseVerdict(clause, verdict, Reason(code), None, ())


@pytest.mark.parametrize(
    ("verdict", "keyword", "decision"),
    [
        (Verdict.SATISFIED, "shall", Decision.CONFORMANT),
        (Verdict.ATTESTED, "shall", Decision.CONFORMANT),
        (Verdict.NOT_APPLICABLE, "shall", Decision.CONFORMANT),
        (Verdict.VIOLATED, "shall", Decision.NON_CONFORMANT),
        (Verdict.VIOLATED, "shall_not", Decision.NON_CONFORMANT),
        (Verdict.INCONCLUSIVE, "shall", Decision.INCONCLUSIVE),
        (Verdict.NOT_TESTED, "shall", Decision.INCONCLUSIVE),
        (Verdict.VIOLATED, "should", Decision.CONFORMANT),
        (Verdict.NOT_TESTED, "should", Decision.CONFORMANT),
    ],
)
def test_the_table_from_verdict_to_decision_holds(verdict: Verdict, keyword: str, decision: Decision) -> None:
    clauses = {"X-1": Rule("X-1", keyword), "X-2": Rule("X-2")}

    assert conclude(clauses, [said(verdict), said(Verdict.SATISFIED, "X-2")], ()).decision is decision


def test_nothing_decided_is_not_conformant() -> None:
    assert conclude({}, [], ()).decision is Decision.INCONCLUSIVE


def test_a_level_needs_all_items_of_the_lower_levels() -> None:
    clauses = {f"A-{n}": Rule(f"A-{n}", stars=n) for n in (1, 2, 3)}
    verdicts = [said(Verdict.VIOLATED, "A-1"), said(Verdict.SATISFIED, "A-2"), said(Verdict.SATISFIED, "A-3")]

    conclusion = conclude(clauses, verdicts, (1, 2, 3))

    assert conclusion.level == 0
    assert [level.violated for level in conclusion.readiness] == [1, 1, 1]
    assert [level.met for level in conclusion.readiness] == [0, 1, 2]


def test_a_level_without_items_is_not_reached() -> None:
    assert conclude({"X-1": Rule("X-1")}, [said(Verdict.SATISFIED)], (1, 2, 3)).level == 0


def test_readiness_tells_what_is_to_attest_from_what_is_unknown() -> None:
    clauses = {name: Rule(name, stars=1) for name in ("A-1", "A-2", "A-3")}
    verdicts = [
        said(Verdict.NOT_TESTED, "A-1", "to_attest"),
        said(Verdict.NOT_TESTED, "A-2"),
        said(Verdict.INCONCLUSIVE, "A-3"),
    ]

    (one,) = conclude(clauses, verdicts, (1,)).readiness

    assert (one.to_attest, one.unknown, one.reached) == (1, 2, False)


@pytest.mark.parametrize("why", ["not_chosen", "area_not_chosen", "dose_too_low"])
def test_a_narrowed_run_that_left_a_check_out_convicts_and_does_not_acquit(why: str) -> None:
    narrowed = Circumstances(checks={"X-1": ("area/module::test_0", "area/other::test")}, left_out={"area/other::test": why})
    acquitted = judge(Rule(), [outcome("sandbox", P)], narrowed)

    assert (acquitted.verdict, acquitted.reason.code, acquitted.blame) == (Verdict.NOT_TESTED, why, Blame.DECLARATION)
    assert judge(Rule(), [outcome("sandbox", F)], narrowed).verdict is Verdict.VIOLATED


@pytest.mark.parametrize("why", ["way_not_in_plan", "not_a_sandbox", "only_reading"])
def test_a_way_that_plan_or_candidate_rule_out_leaves_the_others_to_decide(why: str) -> None:
    read_only = Circumstances(checks={"X-1": ("area/module::test_0", "area/other::test")}, left_out={"area/other::test": why})

    assert judge(Rule(), [outcome("record", P)], read_only).verdict is Verdict.SATISFIED


_STATES = st.sampled_from(list(State))
_WAYS = st.sampled_from(["sandbox", "record"])


@given(st.lists(st.tuples(_WAYS, _STATES), max_size=6), st.sampled_from(["any", "all"]))
def test_nothing_unseen_reads_green_and_no_failure_is_lost(seen: list[tuple[str, State]], needed: str) -> None:
    verdict = judge(Rule(ways_needed=needed), outcomes(Case(needed, seen, Verdict.SATISFIED)), Circumstances()).verdict
    states = {state for _, state in seen}

    assert (verdict is Verdict.VIOLATED) == (F in states)
    if verdict is Verdict.SATISFIED:
        assert P in states


@given(st.lists(st.tuples(_WAYS, _STATES), max_size=6), st.sampled_from(["any", "all"]), st.randoms())
def test_the_order_of_outcomes_changes_nothing(seen: list[tuple[str, State]], needed: str, shuffle: object) -> None:
    found = outcomes(Case(needed, seen, Verdict.SATISFIED))
    turned = list(found)
    shuffle.shuffle(turned)  # type: ignore[attr-defined]

    assert judge(Rule(ways_needed=needed), found, Circumstances()) == judge(Rule(ways_needed=needed), turned, Circumstances())


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=8), st.integers(0, 7))
def test_mending_a_violation_never_lowers_the_level(verdicts: list[Verdict], which: int) -> None:
    clauses = {f"A-{n}": Rule(f"A-{n}", stars=n % 3 + 1) for n in range(len(verdicts))}
    before = [said(v, f"A-{n}") for n, v in enumerate(verdicts)]
    mended = [said(Verdict.SATISFIED, v.clause) if n == which else v for n, v in enumerate(before)]

    assert conclude(clauses, mended, (1, 2, 3)).level >= conclude(clauses, before, (1, 2, 3)).level


WAIVER = Waiver("1.4.2", "下一版本修正", "甲", "乙", "2026-11-20", "2027-02-20")
WAIVED = Circumstances(waivers={"X-1": WAIVER})


def test_a_waiver_stands_beside_the_verdict_and_never_instead_of_it() -> None:
    verdict = judge(Rule(), [outcome("sandbox", F)], WAIVED)

    assert (verdict.verdict, verdict.waiver) == (Verdict.VIOLATED, WAIVER)


@pytest.mark.parametrize("state", [P, E, S])
def test_what_is_not_violated_needs_no_waiver_and_gets_none(state: State) -> None:
    with_waiver, without = judge(Rule(), [outcome("sandbox", state)], WAIVED), judge(Rule(), [outcome("sandbox", state)], Circumstances())

    assert with_waiver == without


def test_a_waived_violation_is_a_deviation_of_the_decision() -> None:
    rule = Rule()
    concluded = conclude({"X-1": rule}, [judge(rule, [outcome("sandbox", F)], WAIVED)], [])

    assert (concluded.decision, concluded.violated, concluded.deviations) == (Decision.CONFORMANT, (), ("X-1",))


@pytest.mark.parametrize(("other", "decision"), [(F, Decision.NON_CONFORMANT), (E, Decision.INCONCLUSIVE), (S, Decision.INCONCLUSIVE)])
def test_a_waiver_covers_its_own_clause_only(other: State, decision: Decision) -> None:
    rules = {"X-1": Rule(), "X-2": Rule(id="X-2")}
    seen = [outcome("sandbox", F), outcome("sandbox", other, clause="X-2", number=1)]

    assert conclude(rules, [judge(rule, seen, WAIVED) for rule in rules.values()], []).decision is decision


def test_no_star_is_reached_with_a_deviation() -> None:
    item = Rule(stars=1)
    concluded = conclude({"X-1": item}, [judge(item, [outcome("sandbox", F)], WAIVED)], [1])

    assert (concluded.level, concluded.readiness[0].waived, concluded.readiness[0].violated) == (0, 1, 0)


def test_a_statement_that_a_check_contradicts_is_marked() -> None:
    stated = Circumstances(statements={"X-1": STATEMENT}, attestable=frozenset({"X-1"}))

    assert judge(Rule(), [outcome("sandbox", F)], stated).contradicted
    assert not judge(Rule(), [outcome("sandbox", P)], stated).contradicted
    assert not judge(Rule(), [outcome("sandbox", F)], Circumstances()).contradicted


def convicting(state: State) -> Outcome:
    """The outcome of a check that may convict and does nothing else."""
    return replace(outcome("sandbox", state, number=9), acquits=False)


@pytest.mark.parametrize("state", [P, E, S])
def test_a_check_that_never_acquits_says_nothing_unless_it_fails(state: State) -> None:
    alone = judge(Rule(), [convicting(state)], Circumstances())
    beside = judge(Rule(), [convicting(state), outcome("sandbox", P)], Circumstances())

    assert alone.verdict is Verdict.NOT_TESTED
    assert beside.verdict is Verdict.SATISFIED
    assert convicting(state) in beside.outcomes


def test_a_check_that_never_acquits_convicts() -> None:
    assert judge(Rule(), [convicting(F), outcome("sandbox", P)], Circumstances()).verdict is Verdict.VIOLATED


def test_what_is_to_attest_stays_so_beside_a_check_that_never_acquits() -> None:
    marked = Circumstances(statements={"X-1": STATEMENT}, attestable=frozenset({"X-1"}))

    assert judge(Rule(), [convicting(P)], marked).verdict is Verdict.ATTESTED
    assert judge(Rule(), [convicting(F)], marked).verdict is Verdict.VIOLATED


def test_a_check_that_the_time_did_not_suffice_for_might_have_convicted() -> None:
    passed = Outcome("function/x::test_a", ("X-1",), "sandbox", P)
    late = Outcome("function/x::test_b", ("X-1",), "record", E, Blame.PLATFORM, "out_of_time", acquits=False)
    found = judge(Rule(), [passed, late], Circumstances())

    assert (found.verdict, found.blame) == (Verdict.INCONCLUSIVE, Blame.PLATFORM)
    assert found.reason == Reason("check_errored", {"check": late.check, "what": "out_of_time"})
    assert judge(Rule(), [passed, replace(late, state=F)], Circumstances()).verdict is Verdict.VIOLATED
    assert judge(Rule(), [passed, replace(late, reason="no answer")], Circumstances()).verdict is Verdict.SATISFIED
