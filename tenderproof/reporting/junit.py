"""JUnit XML for CI: one suite of checks, one of clauses, so that a build server shows outcomes and verdicts side by side.

A violated clause is a failure, an inconclusive one an error, an untested or inapplicable one skipped: nothing unseen reads green.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tenderproof.reporting.sentences import because, seen
from tenderproof.result import Check, Clause, Result
from tenderproof.vocabulary import State, Verdict

_T = TypeVar("_T")
_BY_STATE = {State.FAILED: "failure", State.ERRORED: "error", State.SKIPPED: "skipped"}
_BY_VERDICT = {
    Verdict.VIOLATED: "failure",
    Verdict.INCONCLUSIVE: "error",
    Verdict.NOT_TESTED: "skipped",
    Verdict.NOT_APPLICABLE: "skipped",
}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def render(result: Result) -> str:
    """The document as XML text, in English."""
    root = Element("testsuites", name=_text(f"tenderproof {result.basis.plan}"))
    suites = [_suite("checks", result, result.checks, _check), _suite("clauses", result, result.clauses, _clause)]
    root.extend(suites)
    for total in ("tests", "failures", "errors", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in suites)))
    root.set("time", f"{sum(check.seconds for check in result.checks):.3f}")
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(name: str, result: Result, entries: Iterable[_T], case: Callable[[_T], Element]) -> Element:
    cases = [case(entry) for entry in entries]
    suite = Element("testsuite", name=name, timestamp=result.run.started.isoformat(timespec="seconds"))
    suite.set("tests", str(len(cases)))
    for kind, total in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(total, str(sum(made.find(kind) is not None for made in cases)))
    suite.set("time", f"{sum(float(made.get('time', '0')) for made in cases):.3f}")
    suite.extend(cases)
    return suite


def _check(check: Check) -> Element:
    place, _, name = check.id.partition("::")
    case = Element("testcase", classname=_text(place), name=_text(name), time=f"{check.seconds:.3f}")
    _properties(
        case,
        {
            "state": check.state.value,
            "blame": check.blame.value if check.blame else "",
            "way": check.way,
            "attempt": str(check.attempt),
            "observations": str(check.observations),
            "where": check.where,
            "repeat": check.repeat,
        },
        check.clauses,
    )
    if check.state in _BY_STATE:
        _tell(case, _BY_STATE[check.state], seen(check, "en"), check.blame and check.blame.value, check.detail)
    return case


def _clause(clause: Clause) -> Element:
    case = Element("testcase", classname=_text(f"clauses.{clause.area}"), name=_text(clause.id), time="0.000")
    because_of = because(clause.reason, "en")
    _properties(
        case,
        {
            "verdict": clause.verdict.value,
            "reason": clause.reason.code,
            "because": because_of,
            "blame": clause.blame.value if clause.blame else "",
            "keyword": clause.keyword,
            "stars": str(clause.stars or ""),
            "disposition": clause.disposition or "",
        },
        [clause.id],
    )
    if clause.verdict in _BY_VERDICT:
        detail = f"{clause.words.zh}\n{clause.words.en}\n{clause.remedy.en}"
        _tell(case, _BY_VERDICT[clause.verdict], because_of, clause.verdict.value, detail)
    return case


def _properties(case: Element, values: Mapping[str, str], clauses: Iterable[str]) -> None:
    properties = SubElement(case, "properties")
    for name, value in [*values.items(), *(("clause", clause) for clause in clauses)]:
        if value:
            SubElement(properties, "property", name=name, value=_text(value))


def _tell(case: Element, kind: str, message: str, whose: str | None, detail: str) -> None:
    told = SubElement(case, kind, message=_text(message), type=whose or kind)
    told.text = _text(detail)


def _text(said: str) -> str:
    """The same, with what XML cannot hold shown as its code."""
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
