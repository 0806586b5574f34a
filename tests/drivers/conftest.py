import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.candidate import Account, Authority, Candidate, Channel, Convention, Domicile, Limits, PublishedInterface, Sandbox
from tenderproof.drivers import ContractDriver
from tenderproof.evidence.wire import Request, Response
from tenderproof.testing.identities import Authority as Issuer
from tenderproof.testing.identities import Identities, Identity
from tenderproof.testing.keys import pem

NOW = datetime.now(UTC)
Answering = Callable[[Request], tuple[int, Any]]


class FakeWire:
    """A platform in one function: what it is asked is kept, what it says is told by ``answers``."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answers: Answering = lambda _: (200, {"id": "x", "token": "t", "now": "2026-01-01T00:00:00+08:00"})
        self.shared: list[str] = []
        self.pauses: list[float] = []

    def send(self, request: Request) -> Response:
        self.requests.append(request)
        status, content = self._session(request) or self.answers(request)
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        kind = "application/octet-stream" if isinstance(content, bytes) else "application/json"
        return Response(status, (("content-type", kind),), body, 0.0, "")

    def _session(self, request: Request) -> tuple[int, Any] | None:
        """Logging in always works; each time there is another token."""
        if request.url.endswith("/sessions/challenges"):
            return 201, {"challenge_id": "c", "challenge": "nonce"}
        if request.url.endswith("/sessions"):
            return 201, {"token": f"token-{sum(one.url.endswith('/sessions') for one in self.requests)}"}
        return None

    @contextmanager
    def apart(self, name: str) -> Iterator[None]:
        self.shared.append(name)
        yield

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    @property
    def last(self) -> Request:
        return self.requests[-1]

    @property
    def sent(self) -> Any:
        """What was sent last, as JSON."""
        return json.loads(self.last.body)


class FakeChance:
    """Chance that records nothing."""

    def made(self, kind: str, produce: Callable[[], bytes], *, secret: bool = False) -> bytes:
        del kind, secret
        return produce()

    def now(self) -> datetime:
        return NOW


@pytest.fixture
def wire() -> FakeWire:
    return FakeWire()


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test CA")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    builder = builder.not_valid_before(NOW - timedelta(days=9)).not_valid_after(NOW + timedelta(days=9))
    return Issuer(builder.sign(key, hashes.SHA256()), key)


@pytest.fixture(scope="session")
def identity(issuer: Issuer) -> Identity:
    chance: Any = FakeChance()
    return Identities(issuer, chance).fresh("bidder", name="投标人甲")


@pytest.fixture
def folder(tmp_path: Path, issuer: Issuer, identity: Identity) -> Path:
    """A declaration's folder with the files of one account and of the test authority."""
    (tmp_path / "ca.pem").write_bytes(issuer.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "ca.key").write_bytes(pem(issuer.key))
    (tmp_path / "bidder.pem").write_text(identity.certificate)
    (tmp_path / "bidder.key").write_bytes(pem(identity.signer.key))  # type: ignore[union-attr]
    (tmp_path / "bidder-enc.pem").write_text(identity.encryption_certificate)
    assert identity.encryption_key is not None
    (tmp_path / "bidder-enc.key").write_bytes(pem(identity.encryption_key))
    return tmp_path


Declare = Callable[..., Candidate]


@pytest.fixture
def declare(folder: Path) -> Declare:
    """Makes a declaration of one platform with a few accounts."""

    def make(
        driver: dict[str, Any] | None = None,
        convention: Convention | None = None,
        clock: str = "project",
        raw: dict[str, Any] | None = None,
    ) -> Candidate:
        def account(name: str, role: str, *traits: str) -> Account:
            pem, key, sealing, opening = (folder / f"bidder{tail}" for tail in (".pem", ".key", "-enc.pem", "-enc.key"))
            return Account(name, role, "投标人甲", "91", pem, key, sealing, opening, traits=traits)

        accounts = (
            account("bidder-1", "bidder"),
            account("bidder-2", "bidder", "region:110101"),
            account("bidder-3", "bidder", "operator_affiliate"),
            account("tenderee-1", "tenderee"),
        )
        sandbox = Sandbox(enabled=True, clock=clock, authority=Authority(folder / "ca.pem", folder / "ca.key"))
        return Candidate(
            folder / "candidate.toml", "平台", "trading", "http://platform.test", {}, driver or {"name": "contract"}, sandbox, accounts,
            None, None, convention, None, Channel(), Limits(), (), PublishedInterface(), Domicile(), (), (), raw or {},
        )  # fmt: skip

    return make


@pytest.fixture
def driver(declare: Declare, wire: Any, tmp_path: Path) -> ContractDriver:
    chance: Any = FakeChance()
    return ContractDriver(declare(), wire, chance, tmp_path / "private")


@pytest.fixture
def identities(issuer: Issuer) -> Identities:
    chance: Any = FakeChance()
    return Identities(issuer, chance)
