"""The access matrix on a platform that speaks the contract: beside each act of a course strangers try the same, each in their own way.

What they send is what the person sends, addressed alike, with the same content; what bears a signature is signed anew, by whoever tries.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import yaml

from tenderproof import content
from tenderproof.drivers.contract.caller import BASE, Bystander, Caller, Sent
from tenderproof.drivers.conventions import refused_in_body
from tenderproof.drivers.document import ready
from tenderproof.drivers.ones_own import Account, OnesOwn
from tenderproof.evidence.wire import Response
from tenderproof.testing.access import PUBLIC, Access, Came, Kind, Matrix, Operation, Operations, Trial, leaves, particulars, said
from tenderproof.testing.actors import Person, Public
from tenderproof.testing.tokens import forged, tampered
from tenderproof.testing.views import Difference, Everything, Reading, Views
from tenderproof.vocabulary import Missing, NetworkTrouble, PlatformTrouble, Trouble

if TYPE_CHECKING:
    from tenderproof.drivers.contract.driver import ContractDriver

CONTRACT = "openapi/trading.yaml"
_DONE = range(200, 300)
_NOTHING: frozenset[str] = frozenset()
_BROKEN = 500
# What names no object of anybody's.
_NO_OBJECT = frozenset({"role", "kind", "name", "number"})
# What belongs to the bidder, or to the expert, who acts on it; whatever else is named belongs to a tender, and so to its owner.
_OF_A_BIDDER = frozenset((
    "bid_id", "application_id", "upload_id", "bond_id", "invitation_id", "objection_id", "query_id", "message_id", "correction_id",
    "contract_id", "fee_id", "registration_id", "fingerprint",
))  # fmt: skip
_PROJECT = "project.get"
_OWNERS = frozenset({"tenderee", "agency"})
# Where each sees what is its own: here a fellow of the same role is a stranger too, and is told by numbers alone.
_ONES_OWN = frozenset({"bid.mine", "application.mine", "bond.list", "query.list"})
# A reading that is itself an act, or shows the course of time.
_ACTING = frozenset({"document.download", "clarification.download", "alert.list"})
_DISGUISED_AT_MOST = 6  # operations that change something, and as many that read
# What a platform does by itself: it hands over to the public service platform.
_BY_ITSELF = re.compile(r"\bpublic_service_push\b")


class ContractAccess(Access):
    """See :class:`Access`; the operations and their roles are the contract's."""

    def __init__(self, driver: "ContractDriver") -> None:
        self._driver = driver

    def beside(self, course: Callable[[], object], strangers: Mapping[str, Person], kinds: Collection[Kind]) -> Matrix:
        """See :meth:`Access.beside`."""
        tried = _Beside(self._driver, Operations(_contract()), _callers(strangers), frozenset(kinds))
        with tried.watching():
            try:
                course()
            except (Trouble, Missing):
                if not tried.findings:  # what comes after somebody has changed another's things tells nothing more
                    raise
        tried.read()
        matrix = Matrix(tuple(tried.trials))
        self._driver.chance.made("access matrix", lambda: json.dumps(matrix.counts).encode())
        return matrix

    def of_ones_own(self) -> Matrix:
        """See :meth:`Access.of_ones_own`: of a tenderee's projects, of which there is one at least, or of what is declared."""
        driver = self._driver
        private = driver.candidate.interface.private or (_PROJECT,)
        if _PROJECT in private:
            driver.stories.created()
        people = [person for role in sorted(_OWNERS) for person in driver.declared(role)]
        accounts = [Account(person.identity.role, driver.bearing(person)) for person in people]
        tried = OnesOwn(driver.wire, driver.candidate.base_url, driver.candidate.refusal_in_200)
        return tried.matrix(ready(_contract()), private, accounts)


@cache
def _contract() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((content.specs_dir() / CONTRACT).read_bytes(), Loader=yaml.CSafeLoader)
    return found


def _callers(people: Mapping[str, Person]) -> dict[str, Caller]:
    return {role: person for role, person in people.items() if isinstance(person, Caller)}


@dataclass
class _Pending:
    """What strangers tried before an act; it counts once the act itself is accepted. ``changes`` is what its owner then saw otherwise."""

    actor: Caller
    near: "_Near"
    trials: list[Trial]
    before: Everything
    changes: list[Difference] = field(default_factory=list)


class _Beside(Bystander):
    """Stands beside the acts of a course: each operation is tried by strangers the first time that somebody asks for it."""

    def __init__(self, driver: "ContractDriver", operations: Operations, strangers: Mapping[str, Caller], kinds: frozenset[Kind]) -> None:
        self._driver, self._operations, self._strangers, self._kinds = driver, operations, strangers, kinds
        self.trials: list[Trial] = []
        self._known: dict[str, str] = {"number": "1"}
        self._met: dict[str, list[Caller]] = {}
        self._seen: set[str] = set()
        self._ended: dict[str, str] = {}
        self._common = ""
        self._disguises: Counter[bool] = Counter()
        self._pending: dict[int, _Pending] = {}

    @property
    def findings(self) -> list[Trial]:
        """What has been found so far."""
        return [trial for trial in self.trials if trial.came in {Came.TOLD, Came.CHANGED}]

    @contextmanager
    def watching(self) -> Iterator[None]:
        """While this lasts, the driver tells of each act."""
        self._driver.bystander = self
        try:
            yield
        finally:
            self._driver.bystander = None

    @contextmanager
    def _unwatched(self) -> Iterator[None]:
        self._driver.bystander = None
        try:
            yield
        finally:
            self._driver.bystander = self

    # -- beside an act -----------------------------------------------------------------------------------------------

    def before(self, actor: Caller, sent: Sent) -> None:
        """Let strangers try what somebody is about to do."""
        found = self._operations.of(sent.method, sent.path)
        if found is None or not actor.is_known:
            return
        operation, named = found
        self._known |= {name: value for name, value in named.items() if name not in _NO_OBJECT}
        if actor not in self._met.setdefault(actor.identity.role, []):
            self._met[actor.identity.role].append(actor)
        if operation.reads or operation.name in self._seen or not set(operation.parameters) - _NO_OBJECT:
            return
        self._seen.add(operation.name)
        with self._unwatched():
            self._pending[id(sent)] = self._tried(actor, operation, sent)

    def after(self, sent: Sent, response: Response) -> None:
        """The act itself has been answered."""
        pending = self._pending.pop(id(sent), None)
        if pending is None:
            return
        done = response.status in _DONE and not self._is_refused(response)
        with self._unwatched():
            theirs = self._theirs(pending, sent, done=done)
        self.trials += [trial if done or trial.came is Came.CHANGED else replace(trial, came=Came.UNDECIDED, what="") for trial in theirs]

    def _tried(self, actor: Caller, operation: Operation, sent: Sent) -> _Pending:
        readable = self._operations.readable(actor.identity.role, self._known)
        near = _Near(self._driver, [path for reading, path in readable if _is_near(reading, operation)])
        views, owner = Views(near), _public(actor)
        before = views.everything(owner, near)
        secret = self._particulars(near)
        trials = [
            self._judged(operation, kind, stranger, self._sent(stranger, sent), secret if self._is_outside(stranger) else _NOTHING)
            for kind, stranger in self._at(actor, operation)
            if kind in self._kinds
        ]
        trials += self._disguised(actor, operation, sent, secret)
        after = views.everything(owner, near) if trials else before
        changes = views.changes(before, after, owner, near)
        return _Pending(actor, near, trials, after, [found for found in changes if not _BY_ITSELF.search(found.path)])

    def _theirs(self, pending: _Pending, sent: Sent, *, done: bool) -> list[Trial]:
        """The trials, those named that changed what the owner sees: the ones that were not refused, or all.

        A change is theirs if the owner's own act is in vain after it, if it says what was sent, or if the act itself changes the same;
        anything else a platform may have done by itself meanwhile.
        """
        if not pending.changes:
            return pending.trials
        own = Views.differences(pending.before, Views(pending.near).everything(_public(pending.actor), pending.near))
        places, content = {(found.operation, found.path) for found in own}, set(leaves(sent.content))
        theirs = [
            str(found)
            for found in pending.changes
            if not done or (found.operation, found.path) in places or (found.other or "").strip('"') in content
        ]
        if not theirs:
            return pending.trials
        suspects = [trial for trial in pending.trials if trial.came in {Came.NOTHING, Came.TOLD}] or pending.trials
        return [replace(trial, came=Came.CHANGED, what=theirs[0]) if trial in suspects else trial for trial in pending.trials]

    def _at(self, actor: Caller, operation: Operation) -> Iterator[tuple[Kind, Caller]]:
        """Who is a stranger at an operation."""
        yield Kind.NOBODY, actor.unknown()
        yield Kind.TAMPERED, actor.bearing(tampered(self._driver.sessions.of(actor.identity)))
        if not actor.identity.account and Kind.ENDED in self._kinds:  # what checks share is not ended under their hands
            yield Kind.ENDED, actor.bearing(self._ended_session(actor))
        if Kind.FORGED in self._kinds:
            for token in self._forged(actor):
                yield Kind.FORGED, actor.bearing(token)
        for role, stranger in self._strangers.items():
            if role not in operation.roles:
                yield Kind.ANOTHER_ROLE, stranger
            elif _is_owned(operation, role):
                yield Kind.ANOTHER_PARTY, stranger
        for role, people in self._met.items():
            if role in self._strangers and role not in operation.roles:
                yield Kind.ANOTHER_ROLE, people[0]

    def _is_outside(self, stranger: Caller) -> bool:
        """Whether somebody has no part in the course; what its own people may be told depends on the stage and is decided elsewhere."""
        return not any(stranger is person for people in self._met.values() for person in people)

    def _disguised(self, actor: Caller, operation: Operation, sent: Sent, secret: frozenset[str]) -> list[Trial]:
        """Trials of an operation under another address or method, by somebody who is a stranger to it; few operations tell enough."""
        if Kind.DISGUISED not in self._kinds or self._disguises[operation.reads] >= _DISGUISED_AT_MOST:
            return []
        stranger = next((person for kind, person in self._at(actor, operation) if kind is Kind.ANOTHER_PARTY), None)
        if stranger is None:
            return []
        self._disguises[operation.reads] += 1
        return [
            self._judged(operation, Kind.DISGUISED, stranger, self._sent(stranger, other), secret, f"{other!r}: ")
            for other in disguised(sent, f"{self._driver.candidate.base_url}{BASE}")
        ]

    def _forged(self, actor: Caller) -> list[str]:
        """Tokens that a stranger can make to pass for somebody, where tokens tell whose they are."""
        own = next((self._driver.sessions.of(stranger.identity) for stranger in self._strangers.values()), "")
        return [token for _, token in forged(own, self._driver.sessions.of(actor.identity))]

    def _ended_session(self, actor: Caller) -> str:
        """The token of a session of somebody's that was ended by logging out."""
        who = actor.identity.uscc
        if who not in self._ended:
            self._ended[who] = self._driver.sessions.of(actor.identity)
            actor.bearing(self._ended[who]).sends(Sent("DELETE", "/sessions/current", None))
            self._driver.sessions.forget(actor.identity)
        return self._ended[who]

    # -- what can be read at the end ---------------------------------------------------------------------------------

    def read(self) -> None:
        """Let strangers read whatever somebody of the course can read, at the end of it."""
        for operation in self._operations.all:
            path = operation.at(self._known)
            if not operation.reads or PUBLIC in operation.roles or operation.name in _ACTING or path is None:
                continue
            if set(operation.parameters) - _NO_OBJECT:
                self._read(operation, path)

    def _read(self, operation: Operation, path: str) -> None:
        sent = Sent("GET", path, None)
        reader, own = self._reader(operation, sent)
        if reader is None or own is None:
            return
        secret = particulars(_content(own), "\n".join(self._known.values()))
        if operation.name in _ONES_OWN:
            secret = frozenset(_numbers(_content(own))) & secret
        trials = [
            self._judged(operation, kind, stranger, self._sent(stranger, sent), secret)
            for kind, stranger in self._readers(reader, operation)
            if kind in self._kinds and secret
        ]
        trials += self._disguised(reader, operation, sent, secret)
        again = self._sent(reader, sent)
        alive = isinstance(again, Response) and again.status in _DONE
        self.trials += trials if alive else [replace(trial, came=Came.UNDECIDED, what="") for trial in trials]

    def _reader(self, operation: Operation, sent: Sent) -> tuple[Caller | None, Response | None]:
        """Who of the course may read this, and what."""
        for role in sorted(operation.roles):
            for person in self._met.get(role, ()):
                answer = self._sent(person, sent)
                if isinstance(answer, Response) and answer.status in _DONE and not self._is_refused(answer):
                    return person, answer
        return None, None

    def _readers(self, reader: Caller, operation: Operation) -> Iterator[tuple[Kind, Caller]]:
        for kind, stranger in self._at(reader, operation):
            if kind is not Kind.ANOTHER_ROLE or self._is_outside(stranger):
                yield kind, stranger
        if operation.name in _ONES_OWN and reader.identity.role == "bidder":
            for fellow in self._met.get("bidder", ()):
                if fellow.identity.uscc != reader.identity.uscc:
                    yield Kind.ANOTHER_PARTY, fellow

    # -- answers -----------------------------------------------------------------------------------------------------

    def _sent(self, who: Caller, sent: Sent) -> Response | Trouble:
        try:
            return who.sends(sent)
        except NetworkTrouble as trouble:
            return trouble

    def _judged(
        self, operation: Operation, kind: Kind, who: Caller, answer: Response | Trouble, secret: frozenset[str], how: str = ""
    ) -> Trial:
        role = who.identity.role if who.is_known else PUBLIC
        if isinstance(answer, Trouble) or answer.status >= _BROKEN:
            return Trial(operation.name, kind, role, Came.UNDECIDED)
        told = said(_content(answer))
        suspicious = [value for value in secret if value in told and value not in self._common]
        if suspicious:  # it may have become public since it was last asked
            self._common = self._public_words()
        found = min((value for value in suspicious if value not in self._common), default=None)
        if found is not None:
            return Trial(operation.name, kind, role, Came.TOLD, f"{how}{answer.status}: {found[:80]!r}")
        refused = answer.status not in _DONE or self._is_refused(answer)
        return Trial(operation.name, kind, role, Came.REFUSED if refused else Came.NOTHING, how)

    def _is_refused(self, answer: Response) -> bool:
        try:
            return refused_in_body(_content(answer), self._driver.candidate.refusal_in_200) is not None
        except PlatformTrouble:
            return False

    def _public_words(self) -> str:
        """What everybody is told about the tender."""
        nobody = Caller(self._driver)
        told = []
        for operation in self._operations.all:
            path = operation.at(self._known)
            if operation.reads and PUBLIC in operation.roles and path is not None and operation.name not in _ACTING:
                told.append(said(_content(_Near.kept(nobody, path))))
        return "\n".join(told)

    def _particulars(self, near: "_Near") -> frozenset[str]:
        """What of the owner's answers is nobody else's, but for what the request itself says."""
        named = "\n".join(self._known.values())
        return frozenset(value for answer in near.answers for value in particulars(_content(answer), named))


class _Near:
    """What is to be read near an act: a reader for :class:`Views`, of these paths."""

    names: Mapping[str, str] = {}

    def __init__(self, driver: "ContractDriver", paths: Iterable[str]) -> None:
        self._driver, self._paths = driver, list(paths)
        self.answers: list[Response] = []

    def readings(self, actor: Any, world: Any, only: frozenset[str] | None = None) -> Iterator[Reading]:  # noqa: ARG002 - it is its own world
        """Each of the paths, as the actor reads it."""
        self.answers = []
        for path in self._paths:
            if only is None or path in only:
                answer = self.kept(actor, path)
                self.answers.append(answer)
                yield Reading(path, answer.status, answer.headers, answer.body)

    @staticmethod
    def kept(actor: Caller, path: str) -> Response:
        """One answer as it came."""
        return actor.sends(Sent("GET", path, None))


def _is_near(reading: Operation, act: Operation) -> bool:
    """Whether a reading shows what an act may change: it is about the same."""
    about = act.nouns - {"sections", "tender-projects"} or act.nouns
    plain = reading.nouns in ({"sections"}, {"tender-projects"})
    if reading.name in _ACTING or PUBLIC in reading.roles or not set(reading.parameters) - _NO_OBJECT:
        return False
    return plain or bool(reading.nouns & about)


def _is_owned(operation: Operation, role: str) -> bool:
    """Whether what an operation names belongs to one party of its role, so that another of the role is a stranger to it."""
    named = operation.parameters[-1] if operation.parameters else ""
    if role in _OWNERS or role == "expert":
        return bool(named) and named not in _NO_OBJECT
    return named in _OF_A_BIDDER


def disguised(sent: Sent, base: str) -> Iterator[Sent]:
    """The same request in other clothes: its path written otherwise, its method or its address named by a header, as if from inside."""
    first, _, rest = sent.path.removeprefix("/").partition("/")
    for path in (
        f"{sent.path}/", f"/{sent.path}", f"/.{sent.path}", f"/%2e{sent.path}", f"/{first.upper()}/{rest}", f"{sent.path};v=1",
        f"/%{ord(first[0]):02x}{first[1:]}/{rest}", f"{sent.path}%20", f"{sent.path}.json",
    ):  # fmt: skip
        yield replace(sent, path=f"{base}{path}")
    if sent.method != "GET":
        shown = "GET" if sent.method == "POST" else "POST"
        for name in ("x-http-method-override", "x-http-method", "x-method-override"):
            yield replace(sent, method=shown, headers={name: sent.method})
        yield replace(sent, method=shown, path=f"{sent.path}?_method={sent.method}")
    for name in ("x-original-url", "x-rewrite-url"):
        yield Sent("GET", "/time", None, {name: f"/api/v1{sent.path}"})
    yield replace(sent, headers={"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", "x-forwarded-host": "localhost"})


def _public(actor: Caller) -> Public:
    return cast("Public", actor)  # whoever calls is one


def _content(answer: Response) -> Any:
    if "json" not in (answer.header("content-type") or ""):
        return answer.body
    try:
        return answer.json()
    except PlatformTrouble:
        return answer.body


def _numbers(content: Any) -> Iterator[str]:
    """Numbers, digests and fingerprints in an answer: what only one thing has."""
    match content:
        case Mapping():
            for name, part in content.items():
                if isinstance(part, str) and (name == "id" or name.endswith(("_id", "sha256", "digest", "fingerprint"))):
                    yield part
                else:
                    yield from _numbers(part)
        case list():
            for part in content:
                yield from _numbers(part)
