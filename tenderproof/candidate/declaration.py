"""The declaration: one TOML file that says what is to be probed, and with what (specs/schemas/candidate.schema.json)."""

import json
import math
import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tenderproof import content, discretion
from tenderproof.candidate.lines import line_of
from tenderproof.domicile import names
from tenderproof.domicile.names import Resolver
from tenderproof.sm.sm2 import USER_ID
from tenderproof.vocabulary import WrongInput

PAPER_SUFFIX = ".dsse.json"
_HTTPS = 443


class DeclarationError(WrongInput):
    """The declaration cannot be used; the message says what is wrong, where (file, line, key) and what to do."""


@dataclass(frozen=True)
class Secret:
    """A secret by reference: the name of an environment variable, or a file. It is read when used and never printed."""

    env: str = ""
    file: Path | None = None

    def read(self) -> str:
        """The secret itself; DeclarationError if the reference leads nowhere."""
        if self.file is not None:
            try:
                return discretion.keep(self.file.read_text("utf-8").strip())
            except (OSError, UnicodeDecodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "it is no text"
                raise DeclarationError(f"The secret in {self.file} cannot be read: {why}.") from error
        if self.env not in os.environ:
            raise DeclarationError(f"The environment variable {self.env}, which the declaration names for a secret, is not set.")
        return discretion.keep(os.environ[self.env])


@dataclass(frozen=True)
class Account:
    """Somebody who may log in for us: a role, the identity, and its certificates and keys (paths); ``traits`` tell what is special."""

    id: str
    role: str
    name: str = ""
    uscc: str = ""
    certificate: Path | None = None
    key: Path | None = None
    encryption_certificate: Path | None = None
    encryption_key: Path | None = None
    login: str = ""
    password: Secret | None = None
    token: Secret | None = None
    otp: Secret | None = None
    traits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Authority:
    """A test certificate authority that the sandbox accepts: with it we make identities of our own."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Sandbox:
    """Whether we may act, whose clock can be set (project, platform, none) and from when, and who issues test identities.

    ``authorisation`` refers to the operator's written word that it may be probed intrusively, ``floodable`` is what may then be worn out.
    """

    enabled: bool = False
    clock: str = "none"
    clock_from: datetime | None = None
    authority: Authority | None = None
    authorisation: str = ""
    floodable: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Exchange:
    """The candidate also hands records over to a Web service (specs/exchange).

    ``again_within_s``: the longest until it sends again what was not taken, by its own word; no bound of its own without one.
    """

    again_within_s: float = math.inf


@dataclass(frozen=True)
class Counterpart:
    """A platform that the candidate is connected with, where we can read what it was given: its address, and our token there.

    ``within_s``: the longest that the candidate takes to hand something over, by its own word; no bound of its own without one.
    ``exchange`` is declared if it also hands records over to that platform's Web service.
    """

    url: str
    token: Secret
    within_s: float = math.inf
    exchange: Exchange | None = None


@dataclass(frozen=True)
class Convention:
    """A platform that answers 200 with a refusal in the body: where the result stands, which values mean success, where the code stands."""

    path: tuple[str, ...]
    success: tuple[Any, ...]
    code: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedInterface:
    """The interface that is examined: where its OpenAPI document is (for the driver openapi), operations that are not to be tried.

    ``header`` and ``prefix`` say how an account's token is shown; ``private`` are operations that read what is one account's alone.
    """

    document: str = ""
    leave_out: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    header: str = "authorization"
    prefix: str = "Bearer "


@dataclass(frozen=True)
class Domicile:
    """Where the platform says it is: hosts of its own (names, addresses), and resolvers that know their names (else this machine's).

    ``questions``: at which path a host gives everybody a published notice, ``{notice}`` for its id; others are asked as the base URL is.
    """

    hosts: tuple[str, ...] = ()
    resolvers: tuple[str, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Channel:
    """How everybody reaches the platform: ``url`` over TLS, ``plain`` where somebody ends who writes http:// ("" where there is none).

    ``tlcp``: it is reached over TLCP alone.
    """

    url: str = ""
    plain: str = ""
    tlcp: bool = False


@dataclass(frozen=True)
class Sm:
    """For what the platform says that it uses the SM algorithms (log_in, receipts, envelopes), and the test authority with a key of SM2.

    ``user_id`` is the signer's identifier on which both sides have agreed; the standard's default unless they have.
    """

    uses: frozenset[str] = frozenset()
    user_id: str = USER_ID
    authority: Authority | None = None


@dataclass(frozen=True)
class Limits:
    """What the candidate bears: checks side by side, seconds to connect and for a whole answer.

    ``connections`` are those that it holds at once, ``failed_log_ins`` those of one source within a minute (None: not said).
    """

    parallel: int = 2
    connect_s: float = 5.0
    total_s: float = 20.0
    connections: int | None = None
    failed_log_ins: int | None = None


@dataclass(frozen=True)
class Production:
    """Where what is under audit is in operation, read by everybody and never acted upon; ``build`` is the digest of what runs there."""

    base_url: str
    build: str = ""


@dataclass(frozen=True)
class Marks:
    """By what the candidate's operator wants to know an audit: what our client calls itself, and what stands before made-up names.

    Without any nothing tells it, so that a platform behaves towards it as towards everybody.
    """

    user_agent: str = ""
    name: str = ""


@dataclass(frozen=True)
class Candidate:
    """The system under test, as its declaration says. ``raw`` is the whole declaration; ``file`` where it stands."""

    file: Path
    name: str
    kind: str
    base_url: str
    operator: Mapping[str, str]
    driver: Mapping[str, Any]
    sandbox: Sandbox
    accounts: tuple[Account, ...]
    public_service: Counterpart | None
    expert_base: Counterpart | None
    refusal_in_200: Convention | None
    tls_authority: Path | None
    channel: Channel
    limits: Limits
    exemptions: tuple[Mapping[str, str], ...]
    interface: PublishedInterface
    domicile: Domicile
    papers: tuple[Path, ...]
    paper_signers: tuple[Mapping[str, str], ...]
    raw: Mapping[str, Any] = field(repr=False)
    marks: Marks = field(default_factory=Marks)
    production: Production | None = None
    sm: Sm = field(default_factory=Sm)

    def asking(self, resolvers: Iterable[str]) -> "Candidate":
        """The same, whose names these resolvers are asked for as well (the auditor's own)."""
        return replace(self, domicile=replace(self.domicile, resolvers=tuple(dict.fromkeys([*self.domicile.resolvers, *resolvers]))))

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that the declaration names; a host that only the platform names is another matter."""
        others = [other.url for other in (self.public_service, self.expert_base) if other]
        named = [urlsplit(url).hostname for url in (self.base_url, self.channel.url, self.channel.plain, self.interface.document, *others)]
        return frozenset({*(host for host in named if host), *self.domicile.hosts})

    @property
    def places(self) -> frozenset[str]:
        """Where requests may go inside somebody's own network: the declared addresses with their ports, and the declared hosts at any."""
        others = [other.url for other in (self.public_service, self.expert_base) if other]
        others += [self.production.base_url] if self.production else []
        urls = [urlsplit(url) for url in (self.base_url, self.interface.document, self.channel.url, self.channel.plain, *others) if url]
        ports = {"http": 80, "https": 443}
        return frozenset(
            {*(f"{url.hostname}:{url.port or ports.get(url.scheme, 0)}" for url in urls if url.hostname), *self.domicile.hosts}
        )

    def accounts_of(self, role: str) -> tuple[Account, ...]:
        """The accounts of a role, in the order of the declaration."""
        return tuple(account for account in self.accounts if account.role == role)


def load(file: Path) -> Candidate:
    """Read and check a declaration (TOML, or JSON in a ``.json`` file); DeclarationError with file, line and key where it is wrong."""
    text, declared = _parse(file)
    _require_schema(file, text, declared)
    _require_sense(file, text, declared)
    found = _candidate(file, declared)
    _keep_secrets(found)
    return found


def _keep_secrets(candidate: Candidate) -> None:
    """Read what the declaration refers to, so that nobody is told of it; one that cannot be read is a trouble of whoever needs it."""
    others = [other.token for other in (candidate.public_service, candidate.expert_base) if other]
    for secret in (*others, *(one for account in candidate.accounts for one in (account.password, account.token, account.otp) if one)):
        with suppress(DeclarationError):
            secret.read()


def bare(driver: str) -> Candidate:
    """A candidate of which nothing is known but the driver's name: for looking at the driver, not for probing anybody."""
    head = {"name": driver, "kind": "trading", "base_url": "http://127.0.0.1:1", "operator": {"name": "", "uscc": ""}}
    return _candidate(Path("candidate.toml"), {"candidate": head, "driver": {"name": driver}})


def _parse(file: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError as error:
        raise DeclarationError(f"There is no declaration at {file}; `tenderproof init {file}` writes a commented one.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DeclarationError(f"The declaration {file} cannot be read: {error}.") from error
    try:
        return text, json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        form = "JSON" if file.suffix == ".json" else "TOML"
        raise DeclarationError(f"{file}: this is no {form}: {error}.") from error


def _require_schema(file: Path, text: str, declared: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and only needed here

    schema = json.loads((content.specs_dir() / "schemas" / "candidate.schema.json").read_text("utf-8"))
    errors = sorted(Draft202012Validator(schema).iter_errors(declared), key=lambda e: [str(p) for p in e.absolute_path])
    if errors:
        raise _error(file, text, list(errors[0].absolute_path), _sentence(errors[0]))


def _sentence(error: Any) -> str:
    """What is wrong, in words; a value that may be a secret is not repeated."""
    match error.validator:
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            return f"{' and '.join(missing)} must be given"
        case "additionalProperties":
            unknown = sorted(set(error.instance) - set(error.schema["properties"]))
            return f"there is no such key as {', '.join(unknown)}; known are {', '.join(sorted(error.schema['properties']))}"
        case "enum":
            return f"must be one of {', '.join(map(str, error.validator_value))}"
        case "type":
            return f"must be a {error.validator_value}"
        case "pattern":
            return f"is not of the form that is needed ({error.schema.get('description', error.validator_value)})"
        case _:
            return f"does not hold: {error.validator} {error.validator_value}"


def _require_sense(file: Path, text: str, declared: dict[str, Any]) -> None:
    addresses = {("candidate", "base_url"): declared["candidate"]["base_url"]}
    addresses |= {("tls", name): declared["tls"][name] for name in ("url", "plain") if name in declared.get("tls", {})}
    if "production" in declared:
        addresses["production", "base_url"] = declared["production"]["base_url"]
    for place, address in addresses.items():
        _require_address(file, text, place, address)
    _require_finite(file, text, declared.get("limits", {}))
    _require_files(file, text, ["tls"], declared.get("tls", {}), ("authority",))
    _require_files(file, text, ["sm", "authority"], declared.get("sm", {}).get("authority", {}), ("certificate", "key"))
    _require_files(file, text, ["sandbox", "authority"], declared.get("sandbox", {}).get("authority", {}), ("certificate", "key"))
    _require_hosts(file, text, declared.get("domicile", {}))
    _require_moment(file, text, declared.get("sandbox", {}).get("clock_from"))
    seen: set[str] = set()
    for number, account in enumerate(declared.get("accounts", [])):
        if account["id"] in seen:
            raise _error(file, text, ["accounts", number, "id"], f"the account {account['id']} stands here twice")
        seen.add(account["id"])
        _require_files(file, text, ["accounts", number], account, ("certificate", "key", "encryption_certificate", "encryption_key"))


def _require_address(file: Path, text: str, place: tuple[str, ...], address: str) -> None:
    try:
        url = urlsplit(address)
        sound, credentials = bool(url.hostname) and (url.port is None or url.port > 0), url.username is not None
    except ValueError:
        sound, credentials = False, False
    if not sound:
        raise _error(file, text, place, "is not a URL: say http:// or https://, a host, and a port if need be")
    if credentials:
        told = "holds a name or a password, and would be printed in every report: leave them out"
        raise _error(file, text, place, told)


def _require_finite(file: Path, text: str, limits: Mapping[str, float]) -> None:
    for name, value in limits.items():
        if not math.isfinite(value):
            raise _error(file, text, ["limits", name], "must be a finite number")


def _require_files(file: Path, text: str, place: list[str | int], named: Mapping[str, Any], keys: Sequence[str]) -> None:
    for key in keys:
        if key in named and not (file.parent / named[key]).is_file():
            raise _error(file, text, [*place, key], f"there is no file {named[key]} beside the declaration")


def _require_hosts(file: Path, text: str, domicile: Mapping[str, Any]) -> None:
    for key, read in (("hosts", names.ascii_name), ("resolvers", Resolver.read)):
        for number, entry in enumerate(domicile.get(key, ())):
            try:
                if key == "resolvers" or not names.is_address(entry):
                    read(entry)
            except WrongInput as error:
                raise _error(file, text, ["domicile", key, number], str(error).rstrip(".")) from error
    for host in domicile.get("questions", {}):
        if host not in domicile.get("hosts", ()):
            raise _error(file, text, ["domicile", "questions"], f"{host} is none of the hosts that domicile.hosts names")


def _require_moment(file: Path, text: str, moment: str | None) -> None:
    try:
        sound = moment is None or datetime.fromisoformat(moment).tzinfo is not None
    except ValueError:
        sound = False
    if not sound:
        raise _error(file, text, ["sandbox", "clock_from"], "is not a moment: say for example 2026-03-02T09:00:00+08:00, with its zone")


def _error(file: Path, text: str, path: Sequence[str | int], sentence: str) -> DeclarationError:
    key = ".".join(str(part) for part in path) or "the whole file"
    return DeclarationError(f"{file}, line {line_of(text, path)}, {key}: {sentence}.")


def _candidate(file: Path, declared: dict[str, Any]) -> Candidate:
    head = declared["candidate"]
    sandbox, base = declared.get("sandbox", {}), file.parent
    authority = sandbox.get("authority")
    convention = declared.get("conventions", {}).get("refusal_in_200")
    tls = declared.get("tls", {})
    return Candidate(
        file=file,
        name=head["name"],
        kind=head["kind"],
        base_url=head["base_url"].rstrip("/"),
        operator=head["operator"],
        driver=declared.get("driver", {"name": "contract"}),
        sandbox=Sandbox(
            sandbox.get("enabled", False),
            sandbox.get("clock", "none"),
            datetime.fromisoformat(sandbox["clock_from"]) if "clock_from" in sandbox else None,
            Authority(base / authority["certificate"], base / authority["key"]) if authority else None,
            str(sandbox.get("authorisation", "")).strip(),
            frozenset(sandbox.get("floodable", ())),
        ),
        accounts=tuple(_account(entry, base) for entry in declared.get("accounts", [])),
        public_service=_counterpart(declared.get("counterparts", {}).get("public_service"), base),
        expert_base=_counterpart(declared.get("counterparts", {}).get("expert_base"), base),
        refusal_in_200=Convention(tuple(convention["path"]), tuple(convention["success"]), tuple(convention.get("code", ())))
        if convention
        else None,
        tls_authority=base / tls["authority"] if "authority" in tls else None,
        channel=_channel(head["base_url"].rstrip("/"), tls),
        limits=Limits(**declared.get("limits", {})),
        exemptions=tuple(declared.get("exemptions", [])),
        interface=_interface(declared.get("interface", {})),
        domicile=_domicile(declared.get("domicile", {})),
        papers=tuple(sorted(papers_folder(file, declared).glob(f"*{PAPER_SUFFIX}"))),
        paper_signers=tuple(declared.get("papers", {}).get("signers", [])),
        raw=declared,
        marks=Marks(**declared.get("marks", {})),
        production=_production(declared.get("production")),
        sm=_sm(declared.get("sm", {}), base),
    )


def _production(said: Mapping[str, Any] | None) -> Production | None:
    return Production(said["base_url"].rstrip("/"), str(said.get("build", ""))) if said else None


def _channel(base_url: str, tls: Mapping[str, Any]) -> Channel:
    """As declared, or what follows from where the platform answers: https has its plain entrance at port 80 only if it is at 443."""
    url = str(tls.get("url", base_url if base_url.startswith("https://") else "")).rstrip("/")
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    usual = f"http://{host}" if url and parts.port in {None, _HTTPS} else ""
    return Channel(url, str(tls.get("plain", usual)).rstrip("/"), bool(tls.get("tlcp", False)))


def papers_folder(file: Path, declared: Mapping[str, Any]) -> Path:
    """Where the signed papers lie: ``[papers] folder``, or ``papers`` beside the declaration."""
    return file.parent / str(declared.get("papers", {}).get("folder", "papers"))


def _account(entry: dict[str, Any], base: Path) -> Account:
    paths = {name: base / entry[name] for name in ("certificate", "key", "encryption_certificate", "encryption_key") if name in entry}
    plain = {name: entry[name] for name in ("id", "role", "name", "uscc", "login") if name in entry}
    password, token = (_secret(entry[name], base) if name in entry else None for name in ("password", "token"))
    otp = _secret(entry["otp"], base) if "otp" in entry else None
    return Account(**plain, **paths, password=password, token=token, otp=otp, traits=tuple(entry.get("traits", ())))


def _interface(entry: dict[str, Any]) -> PublishedInterface:
    return PublishedInterface(**{**entry, **{name: tuple(entry.get(name, ())) for name in ("leave_out", "private")}})


def _sm(entry: dict[str, Any], base: Path) -> Sm:
    authority = entry.get("authority")
    known = Authority(base / authority["certificate"], base / authority["key"]) if authority else None
    return Sm(frozenset(entry.get("uses", ())), entry.get("user_id", USER_ID), known)


def _domicile(entry: dict[str, Any]) -> Domicile:
    questions = {host if names.is_address(host) else names.ascii_name(host): path for host, path in entry.get("questions", {}).items()}
    return Domicile(tuple(entry.get("hosts", ())), tuple(entry.get("resolvers", ())), questions)


def _counterpart(entry: dict[str, Any] | None, base: Path) -> Counterpart | None:
    if not entry:
        return None
    exchange = Exchange(**entry["exchange"]) if "exchange" in entry else None
    return Counterpart(entry["url"].rstrip("/"), _secret(entry["token"], base), entry.get("within_s", math.inf), exchange)


def _secret(entry: dict[str, str], base: Path) -> Secret:
    return Secret(entry.get("env", ""), base / entry["file"] if "file" in entry else None)
