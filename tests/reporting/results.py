"""Builds result documents for tests: small ones by hand, large ones by count, random ones by hypothesis."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tenderproof.result import (
    Absent,
    Basis,
    Because,
    Bilingual,
    Check,
    Clause,
    Conclusion,
    Declared,
    DiscShown,
    EvidenceFile,
    Figure,
    HostShown,
    Level,
    Matrix,
    RecordFile,
    RecordSet,
    Result,
    RowFinding,
    RuleCount,
    Run,
    Sample,
    SiteShown,
    Tool,
    UnreadableRow,
    Waived,
    Whereabouts,
)
from tenderproof.vocabulary import Blame, Decision, State, Verdict

AREAS = (
    "function", "interface", "interoperability", "identity", "fairness", "disclosure", "separation", "credit",
    "security", "domicile", "performance", "governance",
)  # fmt: skip
STARTED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
REASONS: dict[Verdict, tuple[str, ...]] = {
    Verdict.SATISFIED: ("checks_passed",),
    Verdict.VIOLATED: ("check_failed",),
    Verdict.INCONCLUSIVE: ("check_errored",),
    Verdict.NOT_TESTED: (
        "prerequisite_missing", "to_attest", "unobservable", "document_waits", "no_check_yet", "convicts_only", "way_not_observed",
        "not_selected", "way_not_in_plan", "not_a_sandbox", "area_not_chosen", "not_chosen", "only_reading", "dose_too_low",
    ),
    Verdict.NOT_APPLICABLE: ("exempted",),
    Verdict.ATTESTED: ("attested",),
}  # fmt: skip
_VALUES = {
    "check_failed": {"check": "function/bidding::test_a_late_bid_is_refused", "what": "a late bid was accepted"},
    "check_errored": {"check": "function/bidding::test_a_late_bid_is_refused", "what": "worker_died"},
    "prerequisite_missing": {"check": "function/bidding::test_a_late_bid_is_refused", "what": "no second bidder"},
    "checks_passed": {"ways": "record, sandbox"},
    "way_not_observed": {"ways": "record"},
    "exempted": {"ground": "not_needed", "explanation": "所有项目均不收费", "observed": "not_tested"},
    "attested": {"person": "王芳", "date": "2026-11-20"},
}


def clause(identifier: str = "EB-27-3", verdict: Verdict = Verdict.SATISFIED, **changes: Any) -> Clause:
    """A clause with a verdict and a reason that goes with it."""
    words = Bilingual(
        zh="投标截止时间后送达的投标文件，电子招标投标交易平台应当拒收。", en="Bids that arrive after the deadline are refused."
    )
    code = changes.pop("code", REASONS[verdict][0])
    fields: dict[str, Any] = {
        "id": identifier,
        "source": "NDRC-20-2013",
        "locator": "第二十七条第三款",
        "words": words,
        "words_sha256": hashlib.sha256(words.zh.encode()).hexdigest(),
        "area": "function",
        "keyword": "shall",
        "provenance": "found",
        "stars": None,
        "exemptible": False,
        "basis": "tested",
        "remedy": Bilingual(zh="以服务器时间判断截止。", en="Compare with the server's clock."),
        "says_the_same": [],
        "verdict": verdict,
        "reason": Because(code=code, values=_VALUES.get(code, {})),
        "blame": None,
        "disposition": None,
        "statement": None,
        "checks": [],
    }
    return Clause(**fields | changes)


def check(identifier: str = "function/bidding::test_a_late_bid_is_refused", state: State = State.PASSED, **changes: Any) -> Check:
    """A check with an outcome."""
    fields: dict[str, Any] = {
        "id": identifier,
        "title": "A bid that arrives after the deadline is refused, and nothing is kept of it.",
        "clauses": ["EB-27-3"],
        "way": "sandbox",
        "state": state,
        "blame": None,
        "reason": "" if state is State.PASSED else "a late bid was accepted",
        "detail": "" if state is State.PASSED else "a late bid was accepted\nassert 'accepted' == 'refused'",
        "where": "" if state is State.PASSED else "test_bidding.py:41",
        "seconds": 0.4,
        "observations": 12,
        "attempt": 1,
        "repeat": f"tenderproof audit candidate.toml --plan trading-3 --seed tenderproof --only {identifier}",
    }
    return Check(**fields | changes)


def level(clauses: Sequence[Clause], stars: int) -> Level:
    """The readiness of a star level, counted anew and apart from the engine."""
    items = [entry for entry in clauses if entry.stars is not None and entry.stars <= stars]
    attest = [entry for entry in items if entry.reason.code == "to_attest"]

    def number(verdict: Verdict) -> int:
        return len([entry for entry in items if entry.verdict is verdict])

    unknown = number(Verdict.INCONCLUSIVE) + number(Verdict.NOT_TESTED) - len(attest)
    return Level(
        level=stars, met=number(Verdict.SATISFIED), violated=number(Verdict.VIOLATED), exempt=number(Verdict.NOT_APPLICABLE),
        waived=0, attested=number(Verdict.ATTESTED), to_attest=len(attest), unknown=unknown,
        reached=bool(items) and not (number(Verdict.VIOLATED) or attest or unknown),
    )  # fmt: skip


def record_set(name: str = "data.jsonl", **changes: Any) -> RecordSet:
    """A data set of which one rule has findings."""
    finding = RowFinding(
        rule="days_to_bid", checks=["function/recorded_periods::test_x"], clauses=["LAW-TL-24"], tender="ocds-1", file=name,
        at="line 7", rows=2,
        expected="≥ 2026-03-22T00:00:00+08:00", observed="2026-03-21", facts={"bid_deadline": "2026-03-21"},
    )  # fmt: skip
    rule = RuleCount(
        rule="days_to_bid", checks=finding.checks, clauses=finding.clauses, whole=True,
        kept=5, broken=31, undecided=2, blind=3, unconcerned=4,
        why={"reading": 2, "compulsory": 3}, first=[finding],
    )  # fmt: skip
    fields: dict[str, Any] = {
        "files": [RecordFile(name=name, sha256="e5" * 32, octets=1234, rows=45, unreadable=1)], "forms": {"ocds": 45}, "tenders": 45,
        "unreadable": 1, "examples": [UnreadableRow(file=name, at="line 9", why="NaN is no number of JSON")],
        "first": "2026-01-01T00:00:00+00:00",
        "last": "2026-03-02T00:00:00+00:00", "findings": 31, "findings_sha256": "f6" * 32,
        "rules": [rule, rule.model_copy(update={"whole": False})],
    }  # fmt: skip
    return RecordSet(**fields | changes)


def of_records(**changes: Any) -> Result:
    """The result of a data set, which claims no platform."""
    found = result([clause("LAW-TL-24", Verdict.VIOLATED)])
    sample = found.sample.model_copy(
        update={"name": "data.jsonl", "kind": "records", "base_url": "", "operator": {}, "declaration_sha256": ""}
    )
    return found.model_copy(update={"sample": sample, "records": record_set(**changes)})


def result(clauses: Sequence[Clause], checks: Sequence[Check] = (), **changes: Any) -> Result:
    """A whole document around these clauses and checks, its conclusion counted from them."""
    mandatory = [entry for entry in clauses if entry.keyword != "should"]
    violated = sorted(entry.id for entry in mandatory if entry.verdict is Verdict.VIOLATED)
    undecided = sorted(entry.id for entry in mandatory if entry.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_TESTED))
    readiness = [level(clauses, stars) for stars in (1, 2, 3)]
    reached = 0
    for step in readiness:
        if not step.reached:
            break
        reached = step.level
    conclusion = Conclusion(
        decision=Decision.NON_CONFORMANT if violated else Decision.INCONCLUSIVE if undecided else Decision.CONFORMANT,
        level=reached,
        readiness=readiness,
        violated=violated,
        undecided=undecided,
        counts={verdict: sum(entry.verdict is verdict for entry in clauses) for verdict in Verdict},
    )
    fields: dict[str, Any] = {
        "tool": Tool(version="0.1.0", source_sha256="a1" * 32, python="3.11.9"),
        "run": Run(
            id="6b1f0c1e-8f0e-5c57-9d39-6f5d0c1b2a3e", started=STARTED, finished=STARTED + timedelta(seconds=48),
            seed="tenderproof", attempts=1, workers=2, interrupted=False,
            command="tenderproof audit candidate.toml --plan trading-3 --seed tenderproof",
        ),
        "sample": Sample(
            name="参考交易平台", kind="trading", base_url="http://127.0.0.1:8701",
            operator={"name": "示范招标服务有限公司", "uscc": "91110108MA01EXAMPL"}, driver="contract", sandbox=True,
            clock="project", declaration_sha256="b2" * 32, stated_version="1.4.2", stated_build="2026-11-20.3",
        ),
        "basis": Basis(
            plan="trading-3", title=Bilingual(zh="电子招标投标交易平台检测方案（三星）", en="Trading platform, three stars"),
            edition="2026.1", specification_sha256="d4" * 32, kind="trading", level=3, ways=["record", "sandbox"],
            figures=[
                Figure(name="bid_period_days", value=20, unit="day", source="LAW-TL-24",
                       title=Bilingual(zh="投标最短期限", en="Shortest time for bids")),
                Figure(name="publication_delay", value=60, unit="second", source="ours",
                       title=Bilingual(zh="两处发布的最长间隔", en="Longest delay between two publications")),
            ],
        ),
        "conclusion": conclusion,
        "clauses": list(clauses),
        "checks": list(checks),
        "matrix": Matrix(date=STARTED, source_sha256="a1" * 32, mutants=180, killed=180, survived=0, crashed=0, collateral=0),
        "evidence": [EvidenceFile(name="gw0-1.warc.gz", sha256="c3" * 32, octets=1_204_551)],
    }  # fmt: skip
    return Result(**fields | changes)


def large(clauses: int = 700, checks: int = 300) -> Result:
    """As large as a real one: every verdict, every area, three stars, long answers of the platform."""
    verdicts = list(Verdict)
    made_checks = [_numbered_check(number) for number in range(checks)]
    by_state = {state: [made.id for made in made_checks if made.state is state] for state in State}
    made = []
    for number in range(clauses):
        verdict = verdicts[_spread(number)]
        behind = by_state.get(_BEHIND.get(verdict, State.SKIPPED), [])
        made.append(_numbered_clause(number, verdict, behind[number % len(behind)]))
    return result(made, made_checks)


_BEHIND = {Verdict.SATISFIED: State.PASSED, Verdict.VIOLATED: State.FAILED, Verdict.INCONCLUSIVE: State.ERRORED}


def _spread(number: int) -> int:
    """Most are satisfied, many not tested, some violated."""
    return (0, 0, 0, 3, 0, 3, 0, 5, 0, 3, 0, 0, 3, 4, 0, 2, 0, 3, 1)[number % 19]


def _numbered_check(number: int) -> Check:
    state = (State.PASSED, State.PASSED, State.PASSED, State.FAILED, State.PASSED, State.ERRORED, State.SKIPPED)[number % 7]
    area = AREAS[number % len(AREAS)]
    blame = {State.FAILED: Blame.PLATFORM, State.ERRORED: Blame.NETWORK, State.SKIPPED: Blame.DECLARATION}.get(state)
    detail = "" if state is State.PASSED else "a late bid was accepted\n" + "assert {'state': 'accepted'} == {'state': 'refused'}\n" * 12
    return check(f"{area}/module_{number % 9}::test_rule_{number}_holds_at_its_boundary", state, blame=blame, detail=detail)


def _numbered_clause(number: int, verdict: Verdict, of_check: str) -> Clause:
    stars = (number % 5 + 1) if number % 5 < 3 else None
    code = REASONS[verdict][number // 19 % len(REASONS[verdict])]
    reason = Because(code=code, values=_VALUES.get(code, {}) | ({"check": of_check} if "check" in _VALUES.get(code, {}) else {}))
    decided = verdict in (Verdict.SATISFIED, Verdict.VIOLATED, Verdict.INCONCLUSIVE)
    blame = {Verdict.VIOLATED: Blame.PLATFORM, Verdict.INCONCLUSIVE: Blame.NETWORK, Verdict.NOT_TESTED: Blame.TOOL}.get(verdict)
    statement = Declared(person="王芳", date="2026-11-20", words="机房有双路供电。") if verdict is Verdict.ATTESTED else None
    return clause(
        f"{'A' if stars else 'EB'}-{number + 1}", verdict, stars=stars, area=AREAS[number % len(AREAS)], blame=blame,
        reason=reason, checks=[of_check] if decided else [], statement=statement,
        source="CTS-EBS01-2016" if stars else "NDRC-20-2013", provenance=("found", "hand_copied", "recalled")[number % 3],
        disposition="exempted" if verdict is Verdict.NOT_APPLICABLE else None, exemptible=verdict is Verdict.NOT_APPLICABLE,
        says_the_same=["EB-27-3"] if stars else [],
    )  # fmt: skip


_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    """Any clause: any verdict with any of its reasons, any text in every field that holds text."""
    verdict = draw(st.sampled_from(Verdict))
    code = draw(st.sampled_from(REASONS[verdict]))
    values = {name: draw(_TEXT) for name in _VALUES.get(code, {})}
    return clause(
        draw(_TEXT.filter(bool)), verdict, reason=Because(code=code, values=values),
        words=Bilingual(zh=draw(_TEXT), en=draw(_TEXT)), remedy=Bilingual(zh=draw(_TEXT), en=draw(_TEXT)),
        area=draw(st.sampled_from(AREAS)), keyword=draw(st.sampled_from(["shall", "shall_not", "should"])),
        stars=draw(st.sampled_from([None, 1, 2, 3])), blame=draw(st.sampled_from([None, *Blame])),
        provenance=draw(st.sampled_from(["found", "hand_copied", "recalled", "custom"])), source=draw(_TEXT), locator=draw(_TEXT),
    )  # fmt: skip


@st.composite
def results(draw: st.DrawFn) -> Result:
    """Any document."""
    made = draw(st.lists(clauses(), max_size=8, unique_by=lambda entry: entry.id))
    states = draw(st.lists(st.sampled_from(State), max_size=6))
    outcomes = [
        check(
            f"function/{number}::{draw(_TEXT)}", state, reason=draw(_TEXT), detail=draw(_TEXT), title=draw(_TEXT),
            blame=draw(st.sampled_from([None, *Blame])), where=draw(st.sampled_from(["", "test_x.py:1"])), repeat=draw(_TEXT),
            clauses=[entry.id for entry in made], observations=draw(st.integers(0, 3)),
        )
        for number, state in enumerate(states)
    ]  # fmt: skip
    deciding = [outcome.id for outcome in outcomes]
    return result([entry.model_copy(update={"checks": deciding}) for entry in made], outcomes)


def waived(entry: Clause) -> Clause:
    """A violated clause with a waiver beside its verdict."""
    waiver = Waived(
        scope="trading-1 1.4.2", reason="下一版本修正", author="王芳", approver="李强", date="2026-11-20", expires="2027-02-20",
        author_key_sha256="d4" * 32, approver_key_sha256="e5" * 32,
    )  # fmt: skip
    return entry.model_copy(update={"waiver": waiver, "disposition": "waived"})


def disc_shown(vantage: str = "郑州", latitude: float = 34.75, longitude: float = 113.62, radius_km: float = 185.0) -> DiscShown:
    """A disc about a vantage point."""
    return DiscShown(vantage=vantage, latitude=latitude, longitude=longitude, milliseconds=1.2284, samples=20, radius_km=radius_km)


def whereabouts(**changes: Any) -> Whereabouts:
    """Where two servers and one who takes the mail stand: one proved, one refuted, one at no address."""
    shared: dict[str, Any] = {
        "how": "declared",
        "where": "192.0.2.53:53",
        "holder": "AS4134 CHINANET",
        "listed": "listed",
        "sites": ["一号机房"],
    }
    hosts = [
        HostShown(
            host="www.site.test", address="192.0.2.1", role="server", places={"dbip": "CN", "geowhois": "CN"}, proof="inside",
            discs=[disc_shown(), disc_shown("西安", 34.34, 108.94, 744.0)], answer="satisfied", ground="proved_and_listed", **shared,
        ),
        HostShown(
            host="api.site.test", address="2001:db8::1", role="server", places={"dbip": "SG", "geowhois": ""}, proof="refuted",
            discs=[disc_shown("新加坡", 1.35, 103.82, 90.0)], answer="violated", ground="claim_refuted", **shared,
        ),
        HostShown(
            host="mx.site.test", address="", role="mail", places={}, proof="unmeasured", discs=[], answer="open", ground="tables_part",
            **shared,
        ),
    ]  # fmt: skip
    absent = Absent(vantage="武汉", because=Because(code="misplaced", values={"others": "郑州, 西安"}))
    made = Whereabouts(
        hosts=hosts, sites=[SiteShown(name="一号机房", latitude=34.75, longitude=113.62)], rejected=[absent],
        tables={"dbip": "2026-06-01", "geowhois": "2026-06-17"}, within=["CN"], oldest_days=365, current=True,
    )  # fmt: skip
    return made.model_copy(update=changes)
