"""Requests made from an OpenAPI document by schemathesis, sent over the recording wire, each answer held against the document.

Schemathesis makes the requests, shrinks what fails and judges the answers; nothing is sent but over our wire, so that every exchange is
evidence and a replay follows it. The same document, seed and answers make the same requests.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tenderproof import generation
from tenderproof.candidate import Convention
from tenderproof.drivers.breaches import breach
from tenderproof.drivers.conventions import refused_in_body
from tenderproof.drivers.document import operations, ready
from tenderproof.evidence.chance import Chance
from tenderproof.evidence.wire import Request, Wire
from tenderproof.testing.actors import Person
from tenderproof.testing.interface import Breach, Budget, Deviation, Examination, Interface
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, PlatformTrouble

if TYPE_CHECKING:
    from schemathesis.core.transport import Response
    from schemathesis.generation.case import Case

_READING = frozenset({"get", "head", "options"})
_NOT_OURS = frozenset({"user-agent", "x-schemathesis-testcaseid", "content-length"})
_FIRST_LINES = 300  # characters of a finding
_MOST_FAILURES = 20  # more would tell nobody more
_BUSY = frozenset({429, 502, 503, 504})  # no word on the interface
_AFTER_AN_ERROR_S = 0.2  # many a server ends the connection on which it broke off; the next request takes another once that is known
_STEPS = 10  # of one walk
_PUBLIC = "public"  # the role of everybody
# What is judged besides: no answer 5xx; status, media type, headers and shape as described. Whether wrong data are refused, a log-in is
# asked for and how another method is answered are matters of other clauses: a document does not promise them.
_LEFT_ALONE = (
    "positive_data_acceptance", "negative_data_rejection", "use_after_free", "ensure_resource_availability", "missing_required_header",
    "ignored_auth", "object_level_authorization", "unsupported_method", "allow_header_conformance",
)  # fmt: skip

Bearing = Callable[[Person], Mapping[str, str]]


@dataclass(frozen=True)
class Speakers:
    """Who sends, by role: ``people`` may do anything; ``readers`` only read, for what they change concerns everybody.

    An operation is sent by the first of its roles (``x-roles``), one that only asks for a log-in by the first of all, any other by nobody.
    """

    people: Mapping[str, Person]
    readers: Mapping[str, Person] = field(default_factory=dict)


class Conformance(Interface):
    """``bearing`` gives the headers by which a platform knows a person; ``left_out`` are operations that the declaration keeps from us.

    ``ending`` are operations after which nobody knows the person any more; they are sent by nobody in particular.
    """

    def __init__(
        self,
        wire: Wire,
        base_url: str,
        document: Callable[[], Mapping[str, Any]],
        speakers: Callable[[], Speakers],
        bearing: Bearing,
        chance: Chance,
        *,
        left_out: Sequence[str] = (),
        ending: Sequence[str] = (),
        convention: Convention | None = None,
    ) -> None:
        self._wire, self._base_url, self._document, self._speakers = wire, base_url, document, speakers
        self._bearing, self._chance, self._convention = bearing, chance, convention
        self._left_out, self._ending = frozenset(left_out), frozenset(ending)

    def examined(self, budget: Budget) -> Examination:
        """See :meth:`Interface.examined`."""
        document = ready(self._document())
        tried, left_out = self._chosen(document)
        mark = self._chance.token()
        at_bounds = sorted(tried, key=lambda name: hashlib.sha256(f"{mark}{name}".encode()).digest())[: budget.boundaries]
        trial = _Trial(self._wire, self._senders(document), self._base_url, self._convention, budget.seconds)
        trial.run(document, tried, budget, ("examples", "fuzzing", "stateful"))
        if at_bounds and not trial.over:
            trial.run(document, at_bounds, budget, ("coverage",))
        if trial.unfollowed and not trial.deviations:
            name, why = next(iter(trial.unfollowed.items()))
            raise Missing(f"requests for {name} and {len(trial.unfollowed) - 1} others could not be made: {why}", Blame.TOOL)
        return Examination(len(tried), trial.cases, tuple(left_out), tuple(trial.deviations.values()), cut_short=trial.over)

    def _chosen(self, document: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """The operations to try, and those that the declaration keeps from us, which must be such as change something."""
        offered = {str(operation["operationId"]): method for _, method, operation in operations(document)}
        reading = sorted(name for name in self._left_out if offered.get(name) in _READING)
        if reading:
            raise DeclarationTrouble(f"interface.leave_out names {reading[0]}, which only reads; leave out what would harm the sandbox.")
        return [name for name in offered if name not in self._left_out], sorted(self._left_out.intersection(offered))

    def _senders(self, document: Mapping[str, Any]) -> Mapping[str, "_Sender"]:
        """Who sends each operation, by method and path; nobody in particular has no headers."""
        found: dict[str, _Sender] = {}
        speakers = self._speakers()
        for path, method, operation in operations(document):
            able = {**speakers.readers, **speakers.people} if method in _READING else speakers.people
            guarded = any(operation.get("security", document.get("security")) or ())
            named = tuple(str(role) for role in operation.get("x-roles", ()))
            roles = [role for role in operation.get("x-roles", able if guarded else ()) if role in able]
            known = bool(roles) and operation["operationId"] not in self._ending
            served = known or _PUBLIC in named or not (guarded or named)
            found[f"{method.upper()} {path}"] = _Sender(self._bearing(able[roles[0]]) if known else {}, named, served=served)
        return found


@dataclass(frozen=True)
class _Sender:
    """Whoever sends an operation: the headers by which it is known, for which roles the operation is, and whether it is one of those."""

    headers: Mapping[str, str]
    roles: tuple[str, ...]
    served: bool


_NOBODY = _Sender({}, (), served=False)


class _Trial:
    """One examination: what was sent, and what deviated."""

    def __init__(
        self, wire: Wire, senders: Mapping[str, _Sender], base_url: str, convention: Convention | None, seconds: float
    ) -> None:  # fmt: skip
        self._wire, self._senders, self._base_url, self._convention = wire, senders, base_url, convention
        self._left = seconds  # counted by the times of the answers, which a replay has too
        self.cases = 0
        self.deviations: dict[tuple[str, str, Breach], Deviation] = {}
        self.unfollowed: dict[str, str] = {}
        self.trouble: Exception | None = None

    @property
    def over(self) -> bool:
        """Whether the platform has been waited for as long as it may be."""
        return self._left <= 0

    def run(self, document: Mapping[str, Any], names: Sequence[str], budget: Budget, phases: Sequence[str]) -> None:
        """Examine these operations in these phases; NetworkTrouble, or what else kept an exchange from coming about."""
        from schemathesis.engine import events  # noqa: PLC0415 - slow to import, and only needed here

        generation.from_the_seed_alone()
        stream = _engine(self._schema(document, names, budget, phases)).execute()
        for event in stream:
            if self.trouble or self.over:
                stream.stop()
            if self.trouble:
                continue
            if isinstance(event, events.ScenarioFinished):
                self._finished(event.recorder)
            elif isinstance(event, events.NonFatalError) and event.related_to_operation and not self.over:  # not that there are no links
                self.unfollowed.setdefault(event.label, _start(str(event.value)))
        if self.trouble:
            raise self.trouble

    def send(self, case: "Case[Any]", data: Mapping[str, Any]) -> "Response":
        """One exchange over the wire, by whoever may send it."""
        import requests  # noqa: PLC0415
        from hypothesis import reject  # noqa: PLC0415
        from schemathesis.core.transport import Response  # noqa: PLC0415

        known = ("method", "url", "headers", "files", "data", "json", "params", "cookies")
        made = requests.Request(**{name: data[name] for name in known if name in data}).prepare()
        kept = {name: _text(value) for name, value in made.headers.items() if name.lower() not in _NOT_OURS}
        kept = _joined(kept, self._senders[case.operation.label].headers)
        if made.method is None or made.url is None or not all(value.isprintable() for value in kept.values()):
            reject()
        body = made.body.encode() if isinstance(made.body, str) else made.body or b""
        if not isinstance(body, bytes):
            reject()
        request = Request(str(made.method), str(made.url), {name: value.strip() for name, value in kept.items()}, body)
        answer = self._sent(request)
        if answer.status == HTTPStatus.INTERNAL_SERVER_ERROR:  # once is no finding: it may have been another's doing
            answer = self._sent(request)
        self.cases += 1
        headers: dict[str, list[str]] = defaultdict(list)
        for name, value in answer.headers:
            headers[name.lower()].append(value)
        return Response(answer.status, headers, answer.body, made, answer.elapsed, verify=True, encoding="utf-8")

    def _sent(self, request: Request) -> Any:
        if self.trouble or self.over:
            raise _Stopped
        try:
            return self._borne(request)
        except Exception as trouble:  # whatever it is, it is told where the examination was asked for, and nothing more is sent
            self.trouble = trouble
            raise _Stopped from trouble

    def _borne(self, request: Request) -> Any:
        answer = self._wire.send(request)
        self._left -= answer.elapsed
        if answer.status in _BUSY:
            raise PlatformTrouble(f"{request.method} {request.url}: {answer.status}; the platform does not bear the requests.")
        if answer.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            self._wire.pause(_AFTER_AN_ERROR_S)
        return answer

    def _schema(self, document: Mapping[str, Any], names: Sequence[str], budget: Budget, phases: Sequence[str]) -> Any:
        import schemathesis  # noqa: PLC0415
        from schemathesis.config import SchemathesisConfig  # noqa: PLC0415

        schema = schemathesis.openapi.from_dict(dict(document), config=SchemathesisConfig()).include(operation_id=list(names))
        transport, plain = _transport(self), type(schema)
        schema.__class__ = type("Recorded", (plain,), {"transport": property(lambda _: transport), "__slots__": ()})
        schema.adapt_to_null_byte_in_header_failure()
        schema.adapt_to_path_decoder_rejection()
        config = schema.config
        config.base_url, config.max_failures = self._base_url, _MOST_FAILURES
        config.generation.deterministic, config.generation.database = True, "none"
        config.generation.with_security_parameters = False
        config.generation.max_examples = budget.examples
        config.phases.stateful.generation.max_examples, config.phases.stateful.max_steps = budget.walks, _STEPS
        config.phases.stateful.inference.algorithms = []  # the document's own links, not what could be guessed beside them
        config.phases.coverage.unexpected_methods = set()
        for name in ("examples", "coverage", "fuzzing", "stateful"):
            config.phases.get_by_name(name=name).enabled = name in phases
        for name in _LEFT_ALONE:
            getattr(config.checks, name).enabled = False
        return schema

    def _finished(self, recorder: Any) -> None:
        for case, checks in recorder.checks.items():
            failed = [check.failure_info for check in checks if check.failure_info]
            answer = recorder.find_response(case_id=case)
            if failed and not self._refused(answer):
                self._failed(failed, answer.status_code if answer else 0)

    def _failed(self, found: Sequence[Any], status: int) -> None:
        for one in found:
            failure, sender = one.failure, self._senders.get(str(one.failure.operation), _NOBODY)
            broken = breach(failure, status, served=sender.served)
            told = failure.title, _start(failure.message), self._repeating(sender, one.code_sample)
            self._keep(Deviation(str(failure.operation), *told, broken, sender.roles))

    def _repeating(self, sender: _Sender, command: str) -> str:
        """The command, with a place for what its sender was known by: that is not told."""
        shown = "".join(f' -H "{header}: $CREDENTIAL"' for header in sender.headers)
        return command.replace("curl", f"curl{shown}", 1)

    def _refused(self, answer: "Response | None") -> bool:
        """Whether an answer is a refusal by the declared convention: the document describes what is given, and a refusal gives nothing."""
        if self._convention is None or answer is None or answer.status_code != HTTPStatus.OK:
            return False
        try:
            return refused_in_body(json.loads(answer.content), self._convention) is not None
        except (ValueError, RecursionError, PlatformTrouble):
            return False

    def _keep(self, found: Deviation) -> None:
        """One an operation, kind and breach: the one that is repeated with the shortest command."""
        key = found.operation, found.kind, found.breach
        if key not in self.deviations or len(found.repeat) < len(self.deviations[key].repeat):
            self.deviations[key] = found


class _Stopped(Exception):  # noqa: N818 - says what is the case
    """Nothing more is sent."""


def _transport(trial: _Trial) -> Any:
    from schemathesis.transport.requests import REQUESTS_TRANSPORT, RequestsTransport  # noqa: PLC0415

    class Recorded(RequestsTransport):
        def send(self, case: "Case[Any]", *, session: Any = None, **kwargs: Any) -> "Response":  # noqa: ARG002 - its session is not ours
            return trial.send(case, self.serialize_case(case, **kwargs))

    made = Recorded()
    made._copy_serializers_from(REQUESTS_TRANSPORT)  # noqa: SLF001 - no other way to have them
    return made


def _engine(schema: Any) -> Any:
    from schemathesis.engine.core import Engine  # noqa: PLC0415
    from schemathesis.engine.run import Phase, PhaseName, PhaseSkipReason  # noqa: PLC0415

    class Quiet(Engine):
        """Without the requests that schemathesis would send past our wire to learn what a server bears."""

        def get_phase_config(self, phase_name: PhaseName, *, is_supported: bool, requires_transitions: bool) -> Phase:
            if phase_name in (PhaseName.PROBING, PhaseName.AUTH_BOOTSTRAP):
                return Phase(name=phase_name, is_enabled=False, skip_reason=PhaseSkipReason.DISABLED)
            return super().get_phase_config(phase_name, is_supported=is_supported, requires_transitions=requires_transitions)

    return Quiet(schema=schema)


def _joined(made: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """The headers of a request with those of its sender; cookies stand beside each other."""
    whole = {**made, **ours}
    for name in ours:
        there = next((value for other, value in made.items() if other.lower() == name.lower()), "")
        whole = {other: value for other, value in whole.items() if other.lower() != name.lower()}
        whole[name] = f"{ours[name]}; {there}" if there and name.lower() == "cookie" else ours[name]
    return whole


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _start(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= _FIRST_LINES else f"{whole[:_FIRST_LINES]}…"
