"""The pytest plugin: it gives suites what they hold in their hands, and writes down what each check saw.

It decides nothing about clauses: an outcome goes into the journal, and the verdict is made later, by pure functions. It is loaded by
the engine (``tenderproof audit``) and by the top-level conftest.py (``pytest suites --candidate FILE``).
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from _pytest._code import TracebackEntry

from tenderproof import content, discretion, garbage, inventory
from tenderproof.bench import Bench, RecordBench
from tenderproof.domicile.earth import load_territory
from tenderproof.drivers.observatory import Observatory
from tenderproof.evidence.chance import RecordedChance
from tenderproof.journal import CheckFinished, CheckStarted, Located, RunFinished, RunStarted
from tenderproof.records.rules import Binding, Records, Rule
from tenderproof.spec.addresses import load_registries
from tenderproof.spec.calendar import Calendar, load_calendar
from tenderproof.spec.lifecycle import load_lifecycle
from tenderproof.spec.origins import load_origins
from tenderproof.spec.plan import Plan
from tenderproof.testing import (
    Access,
    BidTool,
    Browser,
    Callbacks,
    Channel,
    Clock,
    Crowd,
    Dossier,
    Exchange,
    ExpertBase,
    Hosts,
    Identities,
    Interface,
    Line,
    Looks,
    Person,
    Places,
    Public,
    PublicService,
    Site,
    Stories,
    Views,
    Visits,
    Whereabouts,
)
from tenderproof.testing.cast import first
from tenderproof.testing.channel import figures
from tenderproof.testing.coded import Coded
from tenderproof.testing.ground import Ground
from tenderproof.testing.lifecycle import Lives
from tenderproof.testing.own_clock import OwnClock
from tenderproof.testing.places import counted
from tenderproof.vocabulary import Blame, Missing, State, Trouble, WrongInput

NOT_REPLAYABLE = "not_replayable"
_RECORDS = "records"
_DETAIL = 8000  # characters of an assertion's explanation that are kept
_ENGINE = Path(__file__).parent
_BENCH: pytest.StashKey[Bench | RecordBench] = pytest.StashKey()
_SEEN: pytest.StashKey["Seen"] = pytest.StashKey()
_GROUND: pytest.StashKey[Ground] = pytest.StashKey()


@dataclass(frozen=True)
class Seen:
    """How one phase of a check ended."""

    state: State
    blame: Blame | None = None
    reason: str = ""
    detail: str = ""
    where: str = ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options that tell whom to probe."""
    group = parser.getgroup("tenderproof")
    group.addoption("--candidate", metavar="FILE", help="the declaration of the platform to probe (candidate.toml)")
    group.addoption("--records", metavar="FILE", action="append", help="a file of records to judge instead of a platform")
    group.addoption("--mapping", metavar="FILE", help="a mapping file that describes the records")
    group.addoption("--plan", default="trading-3", help="the plan whose parameters hold")
    group.addoption("--run-dir", metavar="DIR", help="where journal and evidence go (default: reports/out/pytest)")
    group.addoption("--report-kind", default="self_test", help="the kind of report that was ordered")
    group.addoption("--occasion", default="{}", help="when, for whom and of what the run was ordered (JSON)")
    group.addoption("--seed", default="tenderproof", help="same seed, same requests")
    group.addoption("--until", type=float, help="no check begins after this moment of the machine's monotonic clock (seconds)")
    group.addoption("--attempt", type=int, default=1, help="how often this run has been begun")
    group.addoption("--checks", metavar="FILE", help="a file with the ids of the checks to run, one a line")
    group.addoption("--replay", metavar="WORKER", help="follow the record of this worker in DIR/evidence; the candidate is not asked")
    group.addoption("--no-recording", action="store_true", help="keep no evidence (for benchmarks; such a run yields no report)")
    group.addoption("--papers", metavar="FILE", help="what came of the signed papers, as it was written before the run")
    group.addoption("--vantages", metavar="FILE", help="the auditor's list of vantage points that time the candidate's addresses")
    group.addoption("--resolver", metavar="ADDRESS", action="append", help="a resolver of the auditor's, asked besides the declared")
    group.addoption("--auditor-key", metavar="FILE", help="the auditor's key, to which originals are encrypted")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker; without a candidate there is nothing to probe."""
    config.addinivalue_line("markers", "clause(*ids, way='sandbox', acquits=True): what this check decides, and how it looks")
    config.addinivalue_line("markers", "waits: the check takes long, and is begun before the others")
    if config.getoption("help"):
        return
    if not config.getoption("--candidate") and not config.getoption("--records"):
        raise pytest.UsageError("No candidate: say --candidate FILE (a declaration; `tenderproof init` writes one).")
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    is_master = worker == "main" and getattr(config.option, "dist", "no") != "no"
    garbage.look_through_seldom()
    if not is_master:
        try:
            config.stash[_BENCH] = _bench(config, worker)
        except FileExistsError as there:
            told = f"{there.filename} is there already, from an earlier run: give a new folder with --run-dir DIR."
            raise pytest.UsageError(told) from there
        except WrongInput as wrong:
            raise pytest.UsageError(str(wrong)) from wrong


def _bench(config: pytest.Config, worker: str) -> Bench | RecordBench:
    if config.getoption("--records"):
        return RecordBench.open(config.option)
    return Bench.replaying(config.option) if config.getoption("--replay") else Bench.open(config.option, worker)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The worker has no more to do."""
    bench = config.stash.get(_BENCH, None)
    if bench:
        bench.journal.append(RunFinished(bench.attempt))
        bench.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the checks that the engine has chosen (without a choice, all), in the order of their turns."""
    items.sort(key=_turn)
    of_records = bool(config.getoption("--records"))
    items[:] = [item for item in items if (_RECORDS in getattr(item, "fixturenames", ())) is of_records]
    chosen = config.getoption("--checks")
    if chosen:
        wanted = Path(chosen).read_text("utf-8").split("\n")
        known = set(wanted)
        kept = [item for item in items if inventory.base(_id(item)) in known or _id(item) in known]
        if config.getoption("--replay"):
            kept.sort(key=lambda item: wanted.index(_id(item)))
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def _turn(item: pytest.Item) -> int:
    """Checks that take long come first, so that nobody waits for them at the end; those that read published records come last."""
    if item.get_closest_marker("waits"):
        return 0
    return 2 if any(mark.kwargs.get("way") == "record" for mark in item.iter_markers("clause")) else 1


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write down what there is to run, so that a killed run knows what it has not seen."""
    bench = session.config.stash.get(_BENCH, None)
    if bench:
        option = session.config.option
        checks = tuple(_id(item) for item in session.items)
        subject = option.candidate or option.records[0]
        occasion = json.loads(option.occasion)
        bench.journal.append(RunStarted(bench.attempt, Path(subject).name, option.plan, option.seed, checks, option.report_kind, occasion))
        if isinstance(bench, RecordBench):
            bench.records.bind(_bindings(session.items))


def _bindings(items: list[pytest.Item]) -> dict[Rule, Binding]:
    """The rules that the checks ask about: those that their functions name."""
    found: dict[Rule, Binding] = {}
    for item in items:
        function: Any = getattr(item, "function", None)
        for name in function.__code__.co_names if function else ():
            asked = function.__globals__.get(name)
            if isinstance(asked, Rule):
                before, marks = found.get(asked, Binding()), item.iter_markers("clause")
                clauses = (*before.clauses, *(str(clause) for mark in marks for clause in mark.args))
                found[asked] = Binding((*before.checks, _id(item)), tuple(dict.fromkeys(clauses)))
    return found


def _id(item: pytest.Item) -> str:
    return inventory.check_id("/".join(item.nodeid.split("/")[-2:]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """One check from beginning to end: its observations are numbered, its outcome written down."""
    bench, check = item.config.stash[_BENCH], _id(item)
    bench.recorder.enter(check, bench.attempt)
    if bench.following:
        bench.following.lost = ""
    bench.journal.append(CheckStarted(check, bench.attempt))
    began = time.perf_counter()
    item.stash[_SEEN] = Seen(State.PASSED)
    try:
        return (yield)
    finally:
        bench.journal.append(_finished(item, bench, check, time.perf_counter() - began))
        bench.recorder.leave()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """No check begins once the time of the audit is spent: then it has no outcome but that."""
    bench = item.config.stash[_BENCH]
    if isinstance(bench, Bench):
        bench.require_time()


def _finished(item: pytest.Item, bench: Bench | RecordBench, check: str, seconds: float) -> CheckFinished:
    seen = item.stash[_SEEN]
    if bench.following and bench.following.lost:
        seen = Seen(State.ERRORED, Blame.TOOL, NOT_REPLAYABLE, bench.following.lost)
    marks = list(item.iter_markers("clause"))
    way = next((str(mark.kwargs["way"]) for mark in marks if "way" in mark.kwargs), "sandbox")
    ground = item.stash.get(_GROUND, None)
    clauses = ground.broken if ground and ground.broken and seen.state is State.FAILED else _named(item)
    return CheckFinished(
        check, bench.attempt, clauses, way, seen.state.value, seen.blame.value if seen.blame else "",
        discretion.told(seen.reason), discretion.told(seen.detail), seen.where,
        round(seconds, 4), bench.recorder.last_ordinal, _acquits(item),
    )  # fmt: skip


def _named(item: pytest.Item) -> tuple[str, ...]:
    """The clauses of a check."""
    return tuple(dict.fromkeys(str(clause) for mark in item.iter_markers("clause") for clause in mark.args))


def _acquits(item: pytest.Item) -> bool:
    return all(mark.kwargs.get("acquits", True) for mark in item.iter_markers("clause"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[None]:
    """Tell what a phase's exception means; the first phase that did not pass decides."""
    report = yield
    if call.excinfo is not None and item.stash[_SEEN].state is State.PASSED:
        item.stash[_SEEN] = classify(call.excinfo, call.when, item.path.parents[1])
    return report


def classify(raised: pytest.ExceptionInfo[BaseException], phase: str, suites: Path) -> Seen:
    """*failed* is only an assertion of the suite's own, in the check itself; anything else is *errored* or *skipped*, with its blame.

    What a suite stumbles over in an answer, because it has another shape than was agreed, is the platform's (docs/decisions/0033).
    """
    error = raised.value
    last = raised.traceback[-1]
    where = f"{Path(last.path).name}:{last.lineno + 1}"
    text = str(error)[:_DETAIL].encode("utf-8", "backslashreplace").decode()  # a journal holds text, whatever a platform sent
    first = text.split("\n", 1)[0]
    match error:
        case AssertionError() if phase == "call" and Path(last.path).is_relative_to(suites):
            return Seen(State.FAILED, Blame.PLATFORM, first or str(last.statement), text or str(last.statement), where)
        case Missing():
            return Seen(State.SKIPPED, error.blame, error.reason, text, where)
        case Trouble():
            return Seen(State.ERRORED, error.blame, first, text, where)
        case pytest.skip.Exception():
            return Seen(State.SKIPPED, Blame.TOOL, first, text, where)
        case LookupError() | TypeError() | ValueError() | AttributeError() | ArithmeticError() if reader := _reader(raised, suites):
            told = f"An answer has another shape than the check reads ({type(error).__name__}: {first}): {str(reader.statement).strip()}"
            return Seen(State.ERRORED, Blame.PLATFORM, told, text, f"{Path(reader.path).name}:{reader.lineno + 1}")
        case _:
            return Seen(State.ERRORED, Blame.TOOL, f"{type(error).__name__}: {first}", text, where)


def _reader(raised: pytest.ExceptionInfo[BaseException], suites: Path) -> TracebackEntry | None:
    """The suite, if it is the last of our own that had the word: what libraries say below it, they say of what it gave them."""
    for entry in reversed(raised.traceback):
        path = Path(entry.path)
        if path.is_relative_to(suites):
            return entry
        if path.is_relative_to(_ENGINE):
            return None
    return None


@pytest.fixture(scope="session")
def bench(pytestconfig: pytest.Config) -> Bench:
    """The workbench of this worker."""
    found = pytestconfig.stash[_BENCH]
    assert isinstance(found, Bench)  # noqa: S101 - checks of data sets, and they alone, run on the other
    return found


@pytest.fixture
def ground(request: pytest.FixtureRequest) -> Ground:
    """On which of its clauses what a check asserts stands."""
    found = Ground(_named(request.node), acquits=_acquits(request.node))
    request.node.stash[_GROUND] = found
    return found


@pytest.fixture(scope="session")
def records(pytestconfig: pytest.Config) -> Records:
    """The data set that is judged."""
    found = pytestconfig.stash[_BENCH]
    assert isinstance(found, RecordBench)  # noqa: S101 - as above
    return found.records


@pytest.fixture(scope="session")
def plan(pytestconfig: pytest.Config) -> Plan:
    """The plan, with its figures."""
    return pytestconfig.stash[_BENCH].plan


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """The days of the PRC."""
    return load_calendar(content.specs_dir() / "calendar")


@pytest.fixture(scope="session")
def chance(bench: Bench) -> RecordedChance:
    """The one source of chance and time."""
    return bench.chance


@pytest.fixture(scope="session")
def stories(bench: Bench) -> Stories:
    """Brings tenders to a stage."""
    return bench.driver.stories


@pytest.fixture(scope="session")
def identities(bench: Bench) -> Identities:
    """Makes identities of our own."""
    return bench.driver.identities


@pytest.fixture(scope="session")
def views(bench: Bench) -> Views:
    """Compares what people see."""
    return bench.driver.views


@pytest.fixture(scope="session")
def clock(bench: Bench) -> Clock:
    """The clock of a tender."""
    return bench.driver.clock


@pytest.fixture(scope="session")
def public(bench: Bench) -> Public:
    """Nobody in particular."""
    return bench.driver.public


@pytest.fixture(scope="session")
def public_service(bench: Bench) -> PublicService:
    """The public service platform that the candidate is connected with."""
    return bench.driver.public_service


@pytest.fixture(scope="session")
def exchange(bench: Bench) -> Exchange:
    """The exchange with that public service platform as a Web service."""
    return bench.driver.exchange


@pytest.fixture
def lives(bench: Bench) -> Lives:
    """Lives of tenders, held against the law's model."""
    driver, plan = bench.driver, bench.plan
    model = load_lifecycle("tender", content.specs_dir(), plan.whole)
    return Lives(model, driver.stories, driver.clock, driver.public, bench.chance, plan.whole("bidders_min"))


@pytest.fixture
def interface(bench: Bench) -> Interface:
    """The interface that the candidate publishes."""
    return bench.driver.interface


@pytest.fixture
def access(bench: Bench) -> Access:
    """The access matrix of the platform."""
    return bench.driver.access


@pytest.fixture
def browser(bench: Bench) -> Browser:
    """A browser that opens the candidate's pages."""
    return bench.driver.browser


@pytest.fixture
def channel(bench: Bench) -> Channel:
    """How everybody reaches the candidate."""
    return Channel(bench.driver.channel, figures(bench.plan))


@pytest.fixture
def site(bench: Bench) -> Site:
    """The candidate's pages and answers, as anybody's browser gets them."""
    return bench.driver.site


@pytest.fixture
def crowd(bench: Bench) -> Crowd:
    """Many connections at the candidate's entrance."""
    return bench.driver.crowd


@pytest.fixture
def own_clock(bench: Bench) -> OwnClock:
    """Our own clock."""
    return OwnClock(bench.chance, shared=bench.driver.on_this_machine())


@pytest.fixture
def line(bench: Bench) -> Line:
    """The line between people and the platform, which can be disturbed."""
    return bench.driver.line


@pytest.fixture
def callbacks(bench: Bench) -> Callbacks:
    """Where the candidate reaches us, if somebody makes it."""
    return bench.driver.callbacks


@pytest.fixture
def looks(bench: Bench) -> Looks:
    """How an audit looks, and anybody."""
    return bench.driver.looks


@pytest.fixture
def visits(bench: Bench) -> Visits:
    """Whom the candidate's pages contact."""
    return bench.driver.visits


@pytest.fixture
def hosts(bench: Bench) -> Hosts:
    """The hosts that the candidate uses, as seen from outside."""
    return bench.driver.hosts


@pytest.fixture
def dossier(pytestconfig: pytest.Config, bench: Bench) -> Dossier:
    """What the signed papers say that were handed in."""
    papers = pytestconfig.getoption("--papers")
    known = Path(papers).read_bytes if papers else None
    return Dossier(known if known or not bench.following else bytes, bench.chance)


@pytest.fixture(scope="session")
def places(bench: Bench) -> Places:
    """Where hosts are said to be."""
    apart = counted(str(bench.plan.value("territory_apart")))
    oldest = timedelta(days=bench.plan.whole("address_table_max_age_days"))
    return Places(load_registries(content.specs_dir()), frozenset({"CN", *apart}), oldest, bench.chance)


@pytest.fixture
def whereabouts(pytestconfig: pytest.Config, bench: Bench, places: Places, dossier: Dossier) -> Whereabouts:
    """Where every address that is seen stands, by tables, vantage points and the signed list."""
    listed, driver = pytestconfig.getoption("--vantages"), bench.driver
    apart = counted(str(bench.plan.value("territory_apart")))
    observatory = Observatory(Path(listed) if listed else None, bench.candidate.base_url, bench.chance)
    territory = partial(load_territory, content.specs_dir(), apart)
    return Whereabouts(
        driver.hosts, places, dossier, observatory, driver.visits.first_page, territory, tell=partial(_located, bench),
        origins=load_origins(content.specs_dir()), question=driver.question,
        page=lambda: driver.site.ask("GET", "/").text,
        token=lambda: bench.chance.made("planted words", lambda: token_hex(8).encode()).decode(),
    )  # fmt: skip


def _located(bench: Bench, told: Mapping[str, Any]) -> None:
    bench.journal.append(Located(bench.recorder.check, bench.attempt, json.dumps(told, ensure_ascii=False)))


@pytest.fixture
def bid_tool(bench: Bench) -> BidTool:
    """The platform's tool for making bids."""
    return bench.driver.bid_tool


def _recorded(bench: Bench, kind: str, make: Callable[[], str]) -> str:
    """A secret that goes into a request, as it was in the run: a replay has the declaration without them."""
    return bench.chance.made(kind, lambda: make().encode(), secret=True).decode()


@pytest.fixture
def coded(bench: Bench) -> Coded:
    """The first declared account with a password and a key for one-time codes."""
    for account in bench.driver.candidate.accounts:
        if account.password and account.otp:
            password = _recorded(bench, "password", account.password.read)
            return Coded(account.login, password, account.otp.read(), partial(_recorded, bench, "one-time code"))
    raise Missing("the declaration names no account with a password and a key for one-time codes (accounts.otp)", Blame.DECLARATION)


@pytest.fixture(scope="session")
def expert_bases(bench: Bench) -> Mapping[str, ExpertBase]:
    """The expert bases that the candidate draws from, by the way to them: expert_base, public_service."""
    return bench.driver.expert_bases


def _declared(role: str) -> Any:
    @pytest.fixture(name=role)
    def actor(bench: Bench) -> Person:
        return first(bench.driver, role)

    return actor


tenderee, agency, bidder, expert = (_declared(role) for role in ("tenderee", "agency", "bidder", "expert"))
verifier, administrator, auditor, supervisor = (_declared(role) for role in ("verifier", "administrator", "auditor", "supervisor"))
