"""The rules that a document's facts must keep (specs/documents): pure functions of facts, figures and the calendar."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from tenderproof.domicile.keeping import Keeping
from tenderproof.domicile.listing import ServerList
from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.months import A_YEAR, add_months
from tenderproof.spec.calendar import CHINA, Calendar, Counting, NoCalendarData
from tenderproof.spec.codes import Code, code_faults
from tenderproof.spec.plan import Plan, PlanError
from tenderproof.vocabulary import WrongInput

_FORMS = {"platform_code": Code.PLATFORM}
_LISTED = {"servers": "fact", "sites": "sites", "services": "services"}


def _no_traces(cases: Sequence[str], _begin: date, _end: date) -> None:
    raise PaperFault("trace_absent", case=cases[0] if cases else "")


def _no_seals(_issuer: str) -> None:
    raise PaperFault("seal_no_pdf")


@dataclass(frozen=True)
class Known:
    """What a rule may look at besides the facts: figures, working days, the version under test, other documents that count, traces.

    ``traced`` holds the traces of cases from one day to another, ``sealed`` the seals of an issuer on the attached PDF files; the
    digests of both were held against the signature.
    """

    plan: Plan
    calendar: Calendar
    version: str
    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    traced: Callable[[Sequence[str], date, date], None] = _no_traces
    sealed: Callable[[str], None] = _no_seals


def require(rule: Mapping[str, Any], facts: Mapping[str, Any], known: Known) -> None:
    """`PaperFault` if the facts (``date`` among them) break the rule; the facts are of the types that the kind asks for."""
    _RULES[rule["rule"]](rule, facts, known)


def _day(facts: Mapping[str, Any], name: str) -> date:
    return date.fromisoformat(facts[name])


def _not_before(rule: Mapping[str, Any], facts: Mapping[str, Any], _: Known) -> None:
    if _day(facts, rule["fact"]) < _day(facts, rule["other"]):
        raise PaperFault("too_early", fact=rule["fact"], day=facts[rule["fact"]], bound=facts[rule["other"]])


def _same_day(rule: Mapping[str, Any], facts: Mapping[str, Any], _: Known) -> None:
    if facts[rule["fact"]] != facts[rule["other"]]:
        raise PaperFault("differs", fact=rule["fact"], found=facts[rule["fact"]], wanted=facts[rule["other"]])


def _within_working_days(rule: Mapping[str, Any], facts: Mapping[str, Any], known: Known) -> None:
    """The day of the event is not counted (民法典 201); the last working day still counts."""
    event, done = _day(facts, rule["after"]), _day(facts, rule["fact"])
    if done < event:
        raise PaperFault("too_early", fact=rule["fact"], day=facts[rule["fact"]], bound=facts[rule["after"]])
    try:
        bounds = known.calendar.latest(Counting.WITHIN_WORKING, datetime.combine(event, time(), CHINA), rule["days"])
    except NoCalendarData as error:
        raise PaperFault("no_calendar", day=facts[rule["after"]]) from error
    if datetime.combine(done, time(), CHINA) >= bounds.unlawful_from:
        raise PaperFault("too_late", fact=rule["fact"], day=facts[rule["fact"]], bound=f"{rule['days']}")


def _years_later(rule: Mapping[str, Any], facts: Mapping[str, Any], _: Known) -> None:
    bound = add_months(_day(facts, rule["after"]), rule["years"] * A_YEAR)
    if _day(facts, rule["fact"]) < bound:
        raise PaperFault("too_early", fact=rule["fact"], day=facts[rule["fact"]], bound=bound.isoformat())


def _months_later(rule: Mapping[str, Any], facts: Mapping[str, Any], known: Known) -> None:
    bounds = known.plan.value(rule["parameter"])
    if not isinstance(bounds, list):
        raise PlanError(f"parameter {rule['parameter']} of plan {known.plan.id} must be a list: fewest and most months.")
    fewest, most = bounds
    begin, end = _day(facts, rule["after"]), _day(facts, rule["fact"])
    first, last = add_months(begin, int(fewest)), add_months(begin, int(most))
    if end < first:
        raise PaperFault("too_early", fact=rule["fact"], day=end.isoformat(), bound=first.isoformat())
    if end > last:
        raise PaperFault("too_late", fact=rule["fact"], day=end.isoformat(), bound=last.isoformat())


def _at_least(rule: Mapping[str, Any], facts: Mapping[str, Any], known: Known) -> None:
    different, fewest = len({entry.strip() for entry in facts[rule["fact"]]}), known.plan.whole(rule["parameter"])
    if different < fewest:
        raise PaperFault("too_few", fact=rule["fact"], found=str(different), wanted=str(fewest))


def _holds_all(rule: Mapping[str, Any], facts: Mapping[str, Any], _: Known) -> None:
    lacking = [value for value in rule["values"] if value not in facts[rule["fact"]]]
    if lacking:
        raise PaperFault("parts_lacking", fact=rule["fact"], wanted=", ".join(lacking))


def _one_of(rule: Mapping[str, Any], facts: Mapping[str, Any], _: Known) -> None:
    if facts[rule["fact"]] not in rule["values"]:
        raise PaperFault("differs", fact=rule["fact"], found=facts[rule["fact"]], wanted=", ".join(rule["values"]))


def _form(rule: Mapping[str, Any], facts: Mapping[str, Any], _: Known) -> None:
    if code_faults(_FORMS[rule["form"]], facts[rule["fact"]]):
        raise PaperFault("no_code", fact=rule["fact"], found=facts[rule["fact"]])


def _version_as_tested(rule: Mapping[str, Any], facts: Mapping[str, Any], known: Known) -> None:
    if not known.version:
        raise PaperFault("version_unknown", fact=rule["fact"])
    if facts[rule["fact"]] != known.version:
        raise PaperFault("other_version", found=facts[rule["fact"]], wanted=known.version)


def _same_as(rule: Mapping[str, Any], facts: Mapping[str, Any], known: Known) -> None:
    other = known.documents.get(rule["document"])
    if other is None:
        raise PaperFault("needs_document", document=rule["document"])
    if facts[rule["fact"]] != other[rule["other"]]:
        raise PaperFault(
            "contradicts", fact=rule["fact"], document=rule["document"], found=facts[rule["fact"]], wanted=other[rule["other"]]
        )


def _traced(rule: Mapping[str, Any], facts: Mapping[str, Any], known: Known) -> None:
    known.traced(facts[rule["fact"]], _day(facts, rule["after"]), _day(facts, rule["until"]))


def _servers(rule: Mapping[str, Any], facts: Mapping[str, Any], _: Known) -> None:
    try:
        ServerList.read({name: facts[rule[key]] for name, key in _LISTED.items() if rule.get(key) in facts})
    except WrongInput as error:
        raise PaperFault("no_servers", what=str(error)[:200]) from error


def _stores(rule: Mapping[str, Any], facts: Mapping[str, Any], _: Known) -> None:
    try:
        Keeping.read({"critical": "no", "stores": facts[rule["fact"]], "exports": facts[rule["exports"]]})
    except WrongInput as error:
        raise PaperFault("no_stores", what=str(error)[:200]) from error


def _sealed(rule: Mapping[str, Any], facts: Mapping[str, Any], known: Known) -> None:
    known.sealed(facts[rule["fact"]])


_RULES: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], Known], None]] = {
    "not_before": _not_before,
    "same_day": _same_day,
    "within_working_days": _within_working_days,
    "years_later": _years_later,
    "months_later": _months_later,
    "at_least": _at_least,
    "holds_all": _holds_all,
    "one_of": _one_of,
    "form": _form,
    "version_as_tested": _version_as_tested,
    "same_as": _same_as,
    "traced": _traced,
    "sealed": _sealed,
    "servers": _servers,
    "stores": _stores,
}
