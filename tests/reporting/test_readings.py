"""The parts of a result stand in the order in which people read them."""

from tenderproof.reporting.readings import readings
from tenderproof.result import Because, Clause
from tenderproof.vocabulary import Blame, Verdict

from . import results
from .results import clause


def test_what_was_not_tested_is_grouped_by_turn_and_reason_the_widest_first() -> None:
    def waiting(identifier: str, code: str, blame: Blame | None) -> Clause:
        return clause(identifier, Verdict.NOT_TESTED, reason=Because(code=code, values={}), blame=blame)

    made = results.result(
        [
            waiting("A-10", "no_check_yet", Blame.TOOL), waiting("A-2", "no_check_yet", Blame.TOOL),
            waiting("A-1", "unobservable", Blame.TOOL),
            waiting("B-1", "to_attest", Blame.DECLARATION), waiting("B-2", "to_attest", None), clause("C-1"),
        ]
    )  # fmt: skip
    found = readings(made, "en")["untested_groups"]

    assert [(turn, [[entry.id for entry in entries] for _, entries in reasons]) for turn, reasons in found] == [
        ("declaration", [["B-1"]]), ("tool", [["A-2", "A-10"], ["A-1"]]), ("nobody", [["B-2"]]),
    ]  # fmt: skip


def test_one_cause_stands_once_however_many_checks_met_it() -> None:
    def undecided(identifier: str, what: str) -> Clause:
        reason = Because(code="check_errored", values={"check": f"function/x::test_{identifier}", "what": what})
        return clause(identifier, Verdict.INCONCLUSIVE, reason=reason, blame=Blame.PLATFORM)

    made = results.result(
        [undecided("A-1", "it refused to log in"), undecided("A-2", "it was gone"), undecided("A-3", "it refused to log in")]
    )
    ((_, reasons),) = readings(made, "en")["untested_groups"]
    assert [(why, [entry.id for entry in entries]) for why, entries in reasons] == [
        ("No result: it refused to log in", ["A-1", "A-3"]),
        ("No result: it was gone", ["A-2"]),
    ]


def test_every_clause_that_was_not_decided_is_among_them() -> None:
    made = results.large(100, 40)
    groups = readings(made, "zh")["untested_groups"]
    listed = sorted(entry.id for _, reasons in groups for _, entries in reasons for entry in entries)
    assert listed == sorted(c.id for c in made.clauses if c.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_TESTED))
