"""What CI reads says what the result says."""

from xml.etree import ElementTree as ET

from hypothesis import given

from tenderproof.reporting import junit
from tenderproof.reporting.sentences import because
from tenderproof.result import Result
from tenderproof.vocabulary import Blame, State, Verdict

from . import results

_KIND = {"failure": {"violated", "failed"}, "error": {"inconclusive", "errored"}, "skipped": {"not_tested", "not_applicable", "skipped"}}


@given(results.results())
def test_every_outcome_and_every_verdict_is_kept(result: Result) -> None:
    root = _read(junit.render(result))
    assert [suite.get("name") for suite in root] == ["checks", "clauses"]
    checks, clauses = ([_properties(case) | {"kind": _kind(case) or "passed"} for case in suite.iter("testcase")] for suite in root)
    assert [(case["state"], case.get("blame")) for case in checks] == [(c.state.value, c.blame) for c in result.checks]
    assert [(case["verdict"], case["reason"], case.get("blame")) for case in clauses] == [
        (c.verdict.value, c.reason.code, c.blame) for c in result.clauses
    ]
    assert [case["because"] for case in clauses] == [junit._text(because(c.reason, "en")) for c in result.clauses]
    for case, said in [*((c, c["state"]) for c in checks), *((c, c["verdict"]) for c in clauses)]:
        assert case["kind"] == next((kind for kind, of in _KIND.items() if said in of), "passed")


@given(results.results())
def test_the_totals_are_those_of_the_cases(result: Result) -> None:
    root = _read(junit.render(result))
    for part in (root, *root):
        cases = list(part.iter("testcase"))
        assert part.get("tests") == str(len(cases))
        for kind, total in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert part.get(total) == str(sum(_kind(case) == kind for case in cases))


def test_an_error_names_who_must_act_and_a_skip_why() -> None:
    broken = results.check("function/a::test_x", State.ERRORED, blame=Blame.NETWORK, reason="no answer")
    left = results.check("function/a::test_y", State.SKIPPED, blame=Blame.DECLARATION, reason="no second bidder")
    error, skipped = _read(junit.render(results.result([], [broken, left])))[0].iter("testcase")
    assert error.find("error").attrib == {"message": "no answer", "type": "network"}  # type: ignore[union-attr]
    assert skipped.find("skipped").attrib == {"message": "no second bidder", "type": "declaration"}  # type: ignore[union-attr]
    assert error.get("classname") == "function/a"


def test_a_verdict_that_nobody_saw_never_reads_as_passed() -> None:
    unseen = [
        results.clause(f"X-{n}", verdict) for n, verdict in enumerate(Verdict) if verdict not in (Verdict.SATISFIED, Verdict.ATTESTED)
    ]
    assert all(len(case) > 1 for case in _read(junit.render(results.result(unseen))).iter("testcase"))


def _read(text: str) -> ET.Element:
    return ET.fromstring(text.encode())  # noqa: S314 - we wrote it


def _kind(case: ET.Element) -> str | None:
    return next((child.tag for child in case if child.tag != "properties"), "passed")


def _properties(case: ET.Element) -> dict[str, str]:
    return {entry.get("name", ""): entry.get("value", "") for entry in case.iter("property")}
