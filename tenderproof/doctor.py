"""Before any probe: is the declaration complete, is the platform there, is it the one that was declared?

Each finding says whose turn it is. A fatal finding ends an audit before its first probe: everything is then inconclusive, for that reason.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from tenderproof import discretion, drivers
from tenderproof.candidate import Account, Authority, Candidate, DeclarationError, Production, Secret
from tenderproof.evidence.guise import named
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import NoSink
from tenderproof.evidence.trust import trust
from tenderproof.evidence.wire import Limits, Request, Wire
from tenderproof.sm import certificates, sm2
from tenderproof.spec.codes import is_credit_code
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, NetworkTrouble, PlatformTrouble

CONTRACT_ROOT = "/api/v1"
_SLOW_S = 5.0
_NOTICES = f"{CONTRACT_ROOT}/public/notices"
_CLOCK_APART = timedelta(seconds=5)
_COMMANDS = ("captcha", "sms_code", "bid_maker", "bid_tool")
_NEEDED = {
    "tenderee": 1,
    "bidder": 3,
    "expert": 5,
    "verifier": 1,
    "supervisor": 1,
}  # without them whole stages cannot be acted out

Level = Literal["ok", "warning", "fatal"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: a code of the wording catalogues, what the sentence needs, and whose turn it is if it is not ok."""

    code: str
    level: Level
    blame: Blame | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Examination:
    """All findings, and what the platform said of itself."""

    findings: tuple[Finding, ...]
    version: str = ""
    build: str = ""

    @property
    def fatal(self) -> Finding | None:
        """The first finding that forbids any probe."""
        return next((finding for finding in self.findings if finding.level == "fatal"), None)


def visit(candidate: Candidate) -> Examination:
    """Examine over a wire of our own, which keeps no evidence: nothing is judged yet."""
    limits = Limits(connect_s=candidate.limits.connect_s, total_s=candidate.limits.total_s)
    wire = Wire(Recorder(NoSink()), limits, trust(candidate), candidate.places, named(candidate.marks.user_agent))
    try:
        return examine(candidate, wire)
    finally:
        wire.close()


def examine(candidate: Candidate, wire: Wire) -> Examination:
    """Look at the declaration first, then at the platform."""
    findings = list(_declaration(candidate))
    said, met = _platform(candidate, wire)
    if candidate.production and said:
        met += _production(candidate, candidate.production, said, wire)
    return Examination((*findings, *met), discretion.told(str(said.get("version", ""))), discretion.told(str(said.get("build", ""))))


def _declaration(candidate: Candidate) -> Iterator[Finding]:
    operator = str(candidate.operator["uscc"])
    if not is_credit_code(operator):
        yield Finding("operator_code_invalid", "warning", Blame.DECLARATION, {"code": operator})
    if candidate.sandbox.enabled:
        for role, needed in _NEEDED.items():
            declared = len(candidate.accounts_of(role))
            if declared < needed:
                values = {"role": role, "declared": str(declared), "needed": str(needed)}
                yield Finding("accounts_few", "warning", Blame.DECLARATION, values)
        if candidate.sandbox.clock == "none":
            yield Finding("no_test_clock", "warning", Blame.DECLARATION)
        if candidate.sandbox.authority is None:
            yield Finding("no_test_authority", "warning", Blame.DECLARATION)
    yield from _means(candidate)
    for account in candidate.accounts:
        yield from _account(account)
    yield Finding("declaration_read", "ok", values={"accounts": str(len(candidate.accounts))})


def _means(candidate: Candidate) -> Iterator[Finding]:
    """What the driver needs besides accounts: itself, its commands, the test authority, the secrets."""
    try:
        drivers.named(candidate)
    except DeclarationTrouble as trouble:
        yield Finding("no_driver", "fatal", Blame.DECLARATION, {"what": str(trouble)})
    for name, command in _commands(candidate.driver):
        if shutil.which(command[0]) is None:
            yield Finding("no_command", "fatal", Blame.DECLARATION, {"name": name, "command": command[0]})
    for authority in (candidate.sandbox.authority, candidate.sm.authority):
        if authority and (wrong := _wrong_with(authority)):
            yield Finding("authority_unusable", "fatal", Blame.DECLARATION, {"what": wrong})
    for secret in _secrets(candidate):
        try:
            secret.read()
        except DeclarationError as error:
            yield Finding("secret_unreadable", "fatal", Blame.DECLARATION, {"what": str(error)})


def _wrong_with(authority: Authority) -> str:
    """Why a test authority cannot issue anything, in words; "" if it can."""
    try:
        fits = _fits(authority.key, x509.load_pem_x509_certificate(authority.certificate.read_bytes()))
    except (ValueError, TypeError, OSError, UnsupportedAlgorithm) as error:
        return str(error)
    return "" if fits else "the key does not belong to the certificate"


def _commands(driver: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    signer = driver.get("signer", {})
    for name, command in ({name: driver.get(name) for name in _COMMANDS} | {"signer": signer.get("command")}).items():
        if command:
            yield name, command


def _secrets(candidate: Candidate) -> Iterator[Secret]:
    for counterpart in (candidate.public_service, candidate.expert_base):
        if counterpart:
            yield counterpart.token
    for account in candidate.accounts:
        yield from (secret for secret in (account.password, account.token, account.otp) if secret)


def _account(account: Account) -> Iterator[Finding]:
    pairs = ((account.certificate, account.key), (account.encryption_certificate, account.encryption_key))
    for certificate, key in pairs:
        if certificate is None:
            continue
        try:
            read = x509.load_pem_x509_certificate(certificate.read_bytes())
            fits = key is None or _fits(key, read)
        except (ValueError, TypeError, OSError, UnsupportedAlgorithm) as error:
            yield Finding("key_unreadable", "fatal", Blame.DECLARATION, {"account": account.id, "what": str(error)})
            continue
        if not fits:
            yield Finding("key_does_not_fit", "fatal", Blame.DECLARATION, {"account": account.id, "file": str(key and key.name)})
        if read.not_valid_after_utc < datetime.now(UTC):
            yield Finding("certificate_expired", "warning", Blame.DECLARATION, {"account": account.id})


def _fits(key: Path, certificate: x509.Certificate) -> bool:
    """Whether a private key belongs to a certificate, of SM2 or of what the library reads; what cannot be read here is not called wrong."""
    point = certificates.point_of(certificate)
    if point is not None:
        try:
            return sm2.point_of_key(key.read_bytes()) == point
        except Missing:
            return True
    return _public(load_pem_private_key(key.read_bytes(), None)) == _public(certificate)


def _public(holder: Any) -> bytes:
    octets: bytes = holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return octets


def _platform(candidate: Candidate, wire: Wire) -> tuple[dict[str, Any], list[Finding]]:
    contract = candidate.driver["name"] == "contract"
    url = candidate.base_url + (f"{CONTRACT_ROOT}/platform" if contract else "")
    try:
        response = wire.send(Request("GET", url, {"accept": "application/json"}))
    except NetworkTrouble as trouble:
        code = "tls_broken" if "SSL" in str(trouble) or "certificate verify" in str(trouble) else "unreachable"
        return {}, [Finding(code, "fatal", Blame.NETWORK, {"what": str(trouble)})]
    found = [Finding("reachable", "ok", values={"url": url, "ms": f"{response.elapsed * 1000:.0f}"})]
    if response.elapsed > _SLOW_S:
        found.append(Finding("slow", "warning", Blame.NETWORK, {"seconds": f"{response.elapsed:.1f}"}))
    if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return {}, [*found, Finding("broken", "fatal", Blame.PLATFORM, {"status": str(response.status)})]
    if not contract:
        return {}, found
    try:
        said = response.json()
    except PlatformTrouble:
        code = "answers_html" if b"<html" in response.body[:2000].lower() else "answers_garbage"
        return {}, [*found, Finding(code, "fatal", Blame.PLATFORM, {"status": str(response.status)})]
    if response.status != HTTPStatus.OK or not isinstance(said, dict) or not {"platform_code", "kind"} <= set(said):
        return {}, [*found, Finding("not_the_contract", "fatal", Blame.PLATFORM, {"status": str(response.status)})]
    return said, [*found, *_identity(candidate, said), *_time(candidate, wire)]


def _identity(candidate: Candidate, said: Mapping[str, Any]) -> Iterator[Finding]:
    if said["kind"] != candidate.kind:
        yield Finding("other_kind", "fatal", Blame.DECLARATION, {"declared": candidate.kind, "found": str(said["kind"])})
    if candidate.sandbox.enabled and said.get("sandbox") is not True:
        yield Finding("not_a_sandbox", "fatal", Blame.DECLARATION)
    operator = said.get("operator")
    found = operator.get("uscc") if isinstance(operator, dict) else None
    if found != candidate.operator["uscc"]:
        yield Finding(
            "other_operator",
            "warning",
            Blame.DECLARATION,
            {"declared": candidate.operator["uscc"], "found": str(found)},
        )
    yield Finding(
        "says_what_it_is",
        "ok",
        values={"version": discretion.told(str(said.get("version", ""))), "build": discretion.told(str(said.get("build", "")))},
    )


def _production(candidate: Candidate, production: Production, said: Mapping[str, Any], wire: Wire) -> Iterator[Finding]:
    """Whether what is under audit is what is in operation: by the build that both tell, and by the form of what both have published."""
    try:
        told = _read(wire, f"{production.base_url}{CONTRACT_ROOT}/platform")
        records = [_read(wire, f"{base}{_NOTICES}") for base in (candidate.base_url, production.base_url)]
    except (NetworkTrouble, PlatformTrouble) as trouble:
        yield Finding("production_unread", "warning", Blame.DECLARATION, {"url": production.base_url, "what": str(trouble)})
        return
    if told.get("sandbox") is True or production.base_url == candidate.base_url:
        yield Finding("production_is_a_sandbox", "warning", Blame.DECLARATION, {"url": production.base_url})
    builds = [discretion.told(str(one.get("build", ""))) for one in (said, told)]
    declared = production.build or builds[1]
    if not all(builds):
        yield Finding("production_tells_no_build", "warning", Blame.PLATFORM, {"url": production.base_url})
    elif builds != [declared, declared]:
        values = {"sandbox": builds[0], "production": builds[1], "declared": declared}
        yield Finding("production_other_build", "warning", Blame.DECLARATION, values)
    else:
        yield Finding("production_same_build", "ok", values={"build": builds[0]})
    yield from _published_alike(*(list(found.get("items", [])) for found in records))


def _read(wire: Wire, url: str) -> Mapping[str, Any]:
    found = wire.send(Request("GET", url, {"accept": "application/json"})).json()
    if not isinstance(found, dict):
        raise PlatformTrouble(f"What {url} answers is no object.")
    return found


def _published_alike(ours: Sequence[Any], theirs: Sequence[Any]) -> Iterator[Finding]:
    """Of each kind of notice that both have published, the members that each record of the one has and no record of the other."""
    one, other = _members(ours), _members(theirs)
    both = sorted(set(one) & set(other))
    apart = {kind: [*_only(one[kind], other[kind]), *_only(other[kind], one[kind])] for kind in both}
    told = "; ".join(f"{kind}: {', '.join(names)}" for kind, names in apart.items() if names)
    if not both:
        yield Finding("production_no_records", "warning", Blame.PLATFORM, {"ours": str(len(ours)), "theirs": str(len(theirs))})
    elif told:
        yield Finding("production_other_records", "warning", Blame.PLATFORM, {"what": discretion.told(told)})
    else:
        yield Finding("production_same_records", "ok", values={"number": str(len(theirs)), "kinds": discretion.told(", ".join(both))})


def _members(notices: Sequence[Any]) -> dict[str, list[set[str]]]:
    found: dict[str, list[set[str]]] = {}
    for notice in (one for one in notices if isinstance(one, dict)):
        content = notice.get("content")
        inner = {f"content.{name}" for name in content} if isinstance(content, dict) else set()
        found.setdefault(str(notice.get("type", "")), []).append(set(notice) | inner)
    return found


def _only(records: Sequence[set[str]], others: Sequence[set[str]]) -> list[str]:
    return sorted(set[str].intersection(*records).difference(*others))


def _time(candidate: Candidate, wire: Wire) -> Iterator[Finding]:
    try:
        said = wire.send(Request("GET", f"{candidate.base_url}{CONTRACT_ROOT}/time")).json()
        apart = abs(datetime.fromisoformat(said["now"]) - datetime.now(UTC))
    except (NetworkTrouble, PlatformTrouble, KeyError, TypeError, ValueError):
        yield Finding("no_time", "warning", Blame.PLATFORM)
        return
    if apart > _CLOCK_APART:
        yield Finding("clocks_apart", "warning", Blame.PLATFORM, {"seconds": f"{apart.total_seconds():.0f}"})
