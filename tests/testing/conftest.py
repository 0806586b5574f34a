import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tenderproof.testing.identities import Authority, Identities

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class PlainChance:
    """Chance that records the kinds of what was made."""

    def __init__(self) -> None:
        self.kinds: list[tuple[str, bool]] = []
        self._random = random.Random(1)  # noqa: S311 - repeatable on purpose

    def integer(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def choice(self, items: Sequence[T]) -> T:
        return self._random.choice(items)

    def token(self, octets: int = 8) -> str:
        return self._random.randbytes(octets).hex()

    def made(self, kind: str, produce: Callable[[], bytes], *, secret: bool = False) -> bytes:
        self.kinds.append((kind, secret))
        return produce()

    def now(self) -> datetime:
        return NOW


@pytest.fixture
def chance() -> PlainChance:
    return PlainChance()


@pytest.fixture(scope="session")
def authority() -> Authority:
    """A test authority, such as a sandbox names."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test CA")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=900))
        .not_valid_after(NOW + timedelta(days=900))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


@pytest.fixture
def identities(authority: Authority, chance: Any) -> Identities:
    return Identities(authority, chance)
