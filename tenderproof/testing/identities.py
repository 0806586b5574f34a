"""Identities of our making: an entity with a valid code and a certificate from the sandbox's test authority, or with something wrong."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tenderproof.evidence.chance import Chance
from tenderproof.sm import certificates, sm2
from tenderproof.spec import codes
from tenderproof.testing import credentials, keys, names, weakness
from tenderproof.testing.contents import Content
from tenderproof.testing.keys import KeySigner, PrivateKey, Signer, Sm2Signer
from tenderproof.vocabulary import Blame, Missing

_YEAR = timedelta(days=365)
_ENTITIES = frozenset({"tenderee", "agency", "bidder"})
_REGION = "110101"  # of the made-up entities: 北京市东城区


@dataclass(frozen=True)
class Identity:
    """Who somebody is: role, name, unified social credit code (a person's number for experts and staff), certificates (PEM), signer.

    ``account`` is the id of the declared account, "" for an identity of our making, and ``login`` its login name, if it has one;
    ``traits`` tell what is special about it.
    """

    role: str
    name: str
    uscc: str
    certificate: str = field(default="", repr=False)
    signer: Signer | None = field(default=None, repr=False)
    encryption_certificate: str = field(default="", repr=False)
    encryption_key: PrivateKey | None = field(default=None, repr=False)
    account: str = ""
    traits: tuple[str, ...] = ()
    login: str = ""


@dataclass(frozen=True)
class Authority:
    """Who issues certificates: an issuer's certificate and its key."""

    certificate: x509.Certificate
    key: PrivateKey = field(repr=False)


@dataclass(frozen=True)
class SmUses:
    """For what a platform says that it uses the SM algorithms, under which identifier, and who issues certificates of SM2 to us.

    ``uses``: log_in (people's certificates), receipts (what it signs for them), envelopes (sealed files). ``authority`` is a
    certificate (PEM) and how to read its private key (PEM); None if the declaration names none.
    """

    uses: frozenset[str] = frozenset()
    user_id: str = sm2.USER_ID
    authority: tuple[str, Callable[[], bytes]] | None = field(default=None, repr=False)

    def require(self, use: str) -> None:
        """Missing unless the declaration says that the SM algorithms are used for this."""
        if not self.uses:
            raise Missing("the declaration names no use of the SM algorithms (sm.uses): the platform uses international ones")
        if use not in self.uses:
            raise Missing(f"the declaration does not say that the SM algorithms are used for {use} (sm.uses)")


class Identities:
    """Makes identities. ``authority`` is the sandbox's test authority, None if the declaration names none; ``sm`` the declared uses of SM.

    ``mark`` stands before the names, for whoever wants to know what an audit has made; none as a rule (docs/decisions/0052).
    """

    def __init__(self, authority: Authority | None, chance: Chance, mark: str = "", sm: SmUses | None = None) -> None:
        self._authority, self._chance, self.mark, self.sm = authority, chance, mark, sm or SmUses()

    def code(self, region: str = _REGION) -> str:
        """A unified social credit code of a region with right check characters (GB 32100-2015) that nobody has."""
        organisation = f"{int(self._anew(), 16) % 100_000_000:08d}"
        body = f"91{region}{organisation}{codes.organisation_code_check(organisation)}"
        return body + codes.credit_code_check(body)

    def name(self, role: str) -> str:
        """A name that nobody has, such as entities and persons bear; with the mark before it."""
        return names.of_entity(role, self._anew(), self.mark) if role in _ENTITIES else names.of_person(self._anew(), self.mark)

    def wrong_code(self) -> str:
        """A code whose last check character is wrong, and nothing else."""
        right = self.code()
        return right[:-1] + ("0" if right[-1] != "0" else "1")

    def fresh(self, role: str, *, name: str = "", uscc: str = "") -> Identity:
        """A new entity whose certificates are in order; Missing if the sandbox names no test authority."""
        return self._entity(role, name, uscc, self._issuer())

    def login_name(self) -> str:
        """A login name that nobody has, drawn anew: no earlier run has told a platform how ours look."""
        return credentials.login_name(self._chance.made("login name", lambda: secrets.token_bytes(credentials.OCTETS)))

    def password(self) -> str:
        """A strong password, drawn anew; also a wrong one, for nobody has chosen it."""
        return credentials.password(self._chance.made("password", lambda: secrets.token_bytes(credentials.OCTETS), secret=True))

    def expired(self, role: str, *, name: str = "", uscc: str = "") -> Identity:
        """A new entity whose certificate ended yesterday."""
        now = self._chance.now()
        return self._entity(role, name, uscc, self._issuer(), since=now - _YEAR, until=now - timedelta(days=1))

    def expiring(self, role: str, within: timedelta = timedelta(days=10)) -> Identity:
        """A new entity whose certificate is in order and ends soon."""
        now = self._chance.now()
        return self._entity(role, "", "", self._issuer(), since=now - _YEAR, until=now + within)

    def by_unknown_issuer(self, role: str, *, name: str = "", uscc: str = "") -> Identity:
        """A new entity whose certificate comes from an authority that nobody has admitted, under the admitted one's name."""
        subject = self._issuer().certificate.subject
        now = self._chance.now()
        key = _private(self._chance)
        made = self._chance.made("authority", lambda: _authority(subject, key, now))
        return self._entity(role, name, uscc, Authority(x509.load_der_x509_certificate(made), key))

    def self_signed(self, role: str, *, name: str = "", uscc: str = "") -> Identity:
        """A new entity that has issued its certificates to itself."""
        now = self._chance.now()
        name, uscc = name or self.name(role), uscc or self.code()
        key = _private(self._chance)
        subject = _subject(name, uscc)
        made = self._chance.made("authority", lambda: _authority(subject, key, now))
        return self._entity(role, name, uscc, Authority(x509.load_der_x509_certificate(made), key), own=key)

    def weak(self, role: str, kind: Literal["RSA-1024", "SHA-1"], *, name: str = "", uscc: str = "") -> Identity:
        """A new entity whose certificate for signing is by the lawful authority and weak: in its key, or in the hash under it."""
        entity, issuer = self.fresh(role, name=name, uscc=uscc), self._issuer()
        if kind == "SHA-1":
            made = self._chance.made("certificate", partial(weakness.over_sha1, issuer.key, entity.certificate.encode()))
            return replace(entity, certificate=made.decode())
        key = keys.load_key(self._chance.made("key", weakness.short_key, secret=True))
        drawn = partial(
            _certificate, issuer, _subject(entity.name, entity.uscc), key, self._chance.now() - timedelta(days=1),
            self._chance.now() + _YEAR, encryption=False,
        )  # fmt: skip
        return replace(entity, certificate=self._chance.made("certificate", drawn).decode(), signer=KeySigner(key))

    def by_sm2(self, role: str, *, name: str = "", uscc: str = "", forged: bool = False) -> Identity:
        """A new entity that signs by SM2, its certificate by the sandbox's authority of SM2; ``forged``: by somebody under its name.

        Its certificate for sealing is of the other authority, to whose keys files are sealed. Missing if either is not declared.
        """
        self.sm.require("log_in")
        if self.sm.authority is None:
            raise Missing("the declaration names no test authority that issues certificates of SM2 (sm.authority)")
        entity = self.fresh(role, name=name, uscc=uscc)
        authority, read = self.sm.authority
        key = self._chance.made("key", sm2.new_key, secret=True)
        issuer = sm2.new_key if forged else read
        certificate = self._chance.made("certificate", partial(_of_sm2, authority, issuer, entity, key, self._chance.now())).decode()
        return replace(entity, certificate=certificate, signer=Sm2Signer(key, self.sm.user_id))

    def naming_somebody_else(self, role: str) -> Identity:
        """A new entity whose certificate names another entity."""
        entity = self.fresh(role)
        other = self.fresh(role)
        return Identity(role, entity.name, entity.uscc, other.certificate, other.signer, other.encryption_certificate, other.encryption_key)

    def renewed(self, identity: Identity, *, name: str = "", uscc: str = "", until: datetime | None = None) -> Identity:
        """The same entity with new keys and certificates; another ``name`` or ``uscc`` in the certificate if given, or another end."""
        other = self._entity(identity.role, name or identity.name, uscc or identity.uscc, self._issuer(), until=until)
        return Identity(
            identity.role, identity.name, identity.uscc, other.certificate, other.signer, other.encryption_certificate,
            other.encryption_key, identity.account,
        )  # fmt: skip

    def revocation_list(self, *identities: Identity) -> str:
        """The test authority's list that revokes the signing certificates of these identities, PEM."""
        issuer, now = self._issuer(), self._chance.now()
        serials = [x509.load_pem_x509_certificate(identity.certificate.encode()).serial_number for identity in identities]
        return self._chance.made("revocation list", partial(_revocation_list, issuer, serials, now)).decode()

    def registration(self, identity: Identity, agreement: str) -> Content:
        """What an entity hands in to be registered; ``agreement`` is the version of the service agreement that it accepts."""
        return Content(
            role=identity.role,
            name=identity.name,
            uscc=identity.uscc,
            region_code=_REGION,
            address="北京市东城区安定路1号",
            ownership="有限责任公司",
            legal_representative="李国强",
            contact={"name": "王海燕", "phone": "010-12345678", "email": "contact@example.com"},
            agreement={"version": agreement, "accepted": True},
            certificate=identity.certificate,
            encryption_certificate=identity.encryption_certificate,
        )

    def _anew(self) -> str:
        """Eight hexadecimal characters that no earlier run has drawn, even with the same seed: platforms remember entities."""
        return self._chance.made("name", lambda: secrets.token_bytes(4)).hex()

    def _issuer(self) -> Authority:
        if self._authority is None:
            raise Missing("the declaration names no test authority that issues identities (sandbox.authority)", Blame.DECLARATION)
        return self._authority

    def _entity(
        self,
        role: str,
        name: str,
        uscc: str,
        issuer: Authority,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        own: ec.EllipticCurvePrivateKey | None = None,
    ) -> Identity:
        now = self._chance.now()
        begins, ends = since or now - timedelta(days=1), until or now + _YEAR
        name = name or self.name(role)
        uscc = uscc or self.code()
        subject = _subject(name, uscc)
        signing, sealing = own or _private(self._chance), _private(self._chance)
        issued = [
            self._chance.made("certificate", partial(_certificate, issuer, subject, key, begins, ends, encryption=seals)).decode()
            for key, seals in ((signing, False), (sealing, True))
        ]
        return Identity(role, name, uscc, issued[0], KeySigner(signing), issued[1], sealing)


def _private(chance: Chance) -> ec.EllipticCurvePrivateKey:
    key = keys.load_key(chance.made("key", keys.new_key, secret=True))
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("what was recorded as a key is none of ours")
    return key


def _subject(name: str, code: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, code),
        ]
    )


def _certificate(issuer: Authority, subject: x509.Name, key: PrivateKey, since: datetime, until: datetime, *, encryption: bool) -> bytes:
    usage = x509.KeyUsage(
        digital_signature=not encryption, content_commitment=not encryption, key_agreement=encryption, key_encipherment=False,
        data_encipherment=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        _builder(subject, issuer.certificate.subject, key, since, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.PEM)


def _of_sm2(authority: str, read: Callable[[], bytes], entity: Identity, key: bytes, now: datetime) -> bytes:
    """A certificate of SM2 for signing: drawn with another key by another, and signed anew."""
    issuer, other = x509.load_pem_x509_certificate(authority.encode()).subject, ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_agreement=False, key_encipherment=False, data_encipherment=False,
        key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    drawn = (
        _builder(_subject(entity.name, entity.uscc), issuer, other, now - timedelta(days=1), now + _YEAR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(other, hashes.SHA256())
    )
    return certificates.signed_by_sm2(drawn, sm2.point_of_key(key), read()).public_bytes(Encoding.PEM)


def _revocation_list(issuer: Authority, serials: list[int], now: datetime) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now.astimezone(UTC))
        .next_update((now + _YEAR).astimezone(UTC))
    )
    for serial in serials:
        revoked = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now.astimezone(UTC)).build()
        builder = builder.add_revoked_certificate(revoked)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.PEM)


def _authority(subject: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime) -> bytes:
    builder = _builder(subject, subject, key, now - _YEAR, now + _YEAR)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _builder(subject: x509.Name, issuer: x509.Name, key: PrivateKey, since: datetime, until: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since.astimezone(UTC))
        .not_valid_after(until.astimezone(UTC))
    )
