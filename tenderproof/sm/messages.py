"""Signed messages by SM2 (GB/T 35275, which is CMS with names of its own): read, and made for our own people."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from asn1crypto import cms, core, parser
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.sm import certificates, sm2

_SIGNED = {"1.2.156.10197.6.1.4.2.2", "1.2.840.113549.1.7.2"}
_DATA, _SIGNED_DATA, _SM3, _SM2_SIGNS = "1.2.156.10197.6.1.4.2.1", "1.2.156.10197.6.1.4.2.2", "1.2.156.10197.1.401", "1.2.156.10197.1.301.1"
_BY_SM2 = {_SM2_SIGNS, certificates.SM2_WITH_SM3, "1.2.156.10197.1.301"}
_ARC = "1.2.156.10197."


class _Content(core.Sequence):  # type: ignore[misc]
    """What is signed, under the name of its kind."""

    _fields: ClassVar = [("content_type", core.ObjectIdentifier), ("content", core.OctetString, {"explicit": 0, "optional": True})]


class _SignedData(core.Sequence):  # type: ignore[misc]
    """SignedData (RFC 5652, 5.1), without lists of revoked certificates to read."""

    _fields: ClassVar = [
        ("version", cms.CMSVersion),
        ("digest_algorithms", cms.DigestAlgorithms),
        ("encap_content_info", _Content),
        ("certificates", cms.CertificateSet, {"implicit": 0, "optional": True}),
        ("crls", cms.RevocationInfoChoices, {"implicit": 1, "optional": True}),
        ("signer_infos", cms.SignerInfos),
    ]


class _Outer(core.Sequence):  # type: ignore[misc]
    """ContentInfo (RFC 5652, 3) of a signed message, whichever of its names it bears."""

    _fields: ClassVar = [("content_type", core.ObjectIdentifier), ("content", _SignedData, {"explicit": 0})]


class OtherAlgorithmError(ValueError):
    """A signed message by another algorithm than SM2 with SM3: whether it holds is not known here."""


@dataclass(frozen=True)
class Message:
    """A signed message: the signer's certificate, and what it carries (None where it is signed apart from it)."""

    certificate: x509.Certificate
    content: bytes | None
    signer: Any


def is_message(text: str) -> bool:
    """Whether a signature in text is a signed message in base64, and no JWS: it has no dots, and begins as DER does."""
    return text.startswith("M") and "." not in text


def octets_of(text: str) -> bytes:
    """The octets of a message in base64; ValueError if it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ValueError("no base64") from error


def unpadded(octets: bytes) -> bytes:
    """A message without the zeros that fill its place, in a PDF; ValueError if something else follows it."""
    _, _, _, head, body, tail = parser.parse(octets)
    whole: bytes = head + body + tail
    if octets[len(whole) :].strip(b"\x00"):
        raise ValueError("something follows the message")
    return whole


def read(octets: bytes) -> Message:
    """A message with one signer, whose certificate it brings along; ValueError if it is another thing, or names other algorithms."""
    try:
        outer = _Outer.load(octets, strict=True)
        if outer["content_type"].dotted not in _SIGNED:
            raise ValueError("no signed message")
        data = outer["content"]
        (signer,) = data["signer_infos"]
        used = signer["signature_algorithm"]["algorithm"].dotted, signer["digest_algorithm"]["algorithm"].dotted
        brought = [x509.load_der_x509_certificate(one.chosen.dump()) for one in data["certificates"]]
        carried = data["encap_content_info"]["content"].native
    except (TypeError, KeyError, AttributeError, IndexError) as error:
        raise ValueError("no signed message") from error
    if used[0] not in _BY_SM2 or used[1] != _SM3:
        raise OtherAlgorithmError("signed by another algorithm than SM2 with SM3")
    return Message(_own(signer, brought), carried, signer)


def names_sm(octets: bytes) -> bool:
    """Whether a message names an algorithm of the Chinese arc, be it whole or not."""
    try:
        (signer,) = _Outer.load(octets)["content"]["signer_infos"]
        named = (signer["signature_algorithm"]["algorithm"].dotted, signer["digest_algorithm"]["algorithm"].dotted)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return False
    return any(one.startswith(_ARC) for one in named)


def holds(message: Message, content: bytes, user_id: str = sm2.USER_ID) -> bool:
    """Whether a message's signature is over this content, under the key of its certificate."""
    point = certificates.point_of(message.certificate)
    if point is None or (message.content is not None and message.content != content):
        return False
    attributes, signature = message.signer["signed_attrs"], message.signer["signature"].native
    if isinstance(attributes, core.Void) or not len(attributes):
        return sm2.verify(point, content, signature, user_id)
    told = {one["type"].native: one["values"] for one in attributes}
    said = [value.native for value in told.get("message_digest", ())]
    # with attributes, implementations differ in whether the digest in them is of the content alone or behind the signer's identifier
    if said not in ([sm2.digest(content)], [sm2.digest_with(point, content, user_id)]):
        return False
    return sm2.verify(point, attributes.untag().dump(force=True), signature, user_id)


def signed(sign: Callable[[bytes], bytes], certificate: x509.Certificate, content: bytes, *, apart: bool) -> bytes:
    """A message over a content by whatever signs by SM2, DER; ``apart``: without the content."""
    own = cms.Certificate.load(certificate.public_bytes(Encoding.DER))
    within = {"content_type": _DATA} | ({} if apart else {"content": content})
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}}),
        "digest_algorithm": {"algorithm": _SM3},
        "signature_algorithm": {"algorithm": _SM2_SIGNS},
        "signature": sign(content),
    }
    data = {
        "version": "v1", "digest_algorithms": [{"algorithm": _SM3}], "encap_content_info": within, "certificates": [own],
        "signer_infos": [signer],
    }  # fmt: skip
    outer: bytes = _Outer({"content_type": _SIGNED_DATA, "content": data}).dump()
    return outer


def _own(signer: Any, brought: list[x509.Certificate]) -> x509.Certificate:
    named = signer["sid"].chosen
    for one in brought:
        issuer = cms.Certificate.load(one.public_bytes(Encoding.DER)).issuer
        if signer["sid"].name != "issuer_and_serial_number":
            break
        if named["serial_number"].native == one.serial_number and named["issuer"] == issuer:
            return one
    raise ValueError("it brings no certificate of its signer along")
