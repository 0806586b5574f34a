"""Keys and certificates of SM2 for tests, made anew."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tenderproof.sm import certificates, sm2


@dataclass(frozen=True)
class Holder:
    """A private key (PEM), its point, and a certificate."""

    key: bytes
    point: bytes
    certificate: x509.Certificate

    def sign(self, octets: bytes) -> bytes:
        """The signature over the octets under the default identifier."""
        return sm2.sign(self.key, octets)


def drawn(name: str, issuer: str, since: datetime | None = None) -> x509.Certificate:
    """A certificate of a P-256 key that says these names."""
    own, of = (x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, one)]) for one in (name, issuer))
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(own).issuer_name(of).public_key(key.public_key()).serial_number(7)
    builder = builder.add_extension(x509.BasicConstraints(ca=name == issuer, path_length=None), critical=True)
    return builder.not_valid_before(since or now - timedelta(days=1)).not_valid_after(now + timedelta(days=30)).sign(key, hashes.SHA256())


def holder(name: str, authority: Holder | None = None, user_id: str = sm2.USER_ID, since: datetime | None = None) -> Holder:
    """Somebody with a certificate by an authority, or by itself."""
    key = sm2.new_key()
    point = sm2.point_of_key(key)
    issuer = authority.certificate.subject.rfc4514_string().partition("=")[2] if authority else name
    made = certificates.signed_by_sm2(drawn(name, issuer, since), point, authority.key if authority else key, user_id)
    return Holder(key, point, made)
