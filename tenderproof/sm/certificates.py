"""Certificates with keys of SM2, signed by SM2 over SM3 (GM/T 0015, GB/T 20518): X.509, which ``cryptography`` loads and cannot use."""

from asn1crypto import algos, core
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.sm import sm2

SM2_WITH_SM3 = "1.2.156.10197.1.501"
_EC, _SM2 = "1.2.840.10045.2.1", "1.2.156.10197.1.301"


def point_of(certificate: x509.Certificate) -> bytes | None:
    """The public point of a certificate of SM2, uncompressed as the standard has it; None if its key is another."""
    found = asn1.Certificate.load(certificate.public_bytes(Encoding.DER))["tbs_certificate"]["subject_public_key_info"]
    named = found["algorithm"]
    try:
        fits = (named["algorithm"].dotted, named["parameters"].chosen.dotted) == (_EC, _SM2)
        point = bytes(found["public_key"].native if isinstance(found["public_key"].native, bytes) else found["public_key"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return point if fits and len(point) == sm2.POINT and point[0] == 4 else None  # noqa: PLR2004 - 04: uncompressed


def issued(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Whether an authority with a key of SM2 has signed a certificate, by SM2 over SM3."""
    point = point_of(authority)
    if point is None or certificate.issuer != authority.subject or certificate.signature_algorithm_oid.dotted_string != SM2_WITH_SM3:
        return False
    return sm2.verify(point, certificate.tbs_certificate_bytes, certificate.signature)


def signed_by_sm2(drawn: x509.Certificate, point: bytes, authority_key: bytes, user_id: str = sm2.USER_ID) -> x509.Certificate:
    """A certificate that says what ``drawn`` says, of the key of ``point``, signed with an authority's private key (PEM).

    A key identifier in it is of the drawn one's key still; nothing is told by it.
    """
    made = asn1.Certificate.load(drawn.public_bytes(Encoding.DER))
    body = made["tbs_certificate"].copy()
    body["subject_public_key_info"] = _key_info(point)
    body["signature"] = _with_sm3()
    octets = body.dump(force=True)
    whole = {"tbs_certificate": body, "signature_algorithm": _with_sm3(), "signature_value": sm2.sign(authority_key, octets, user_id)}
    return x509.load_der_x509_certificate(asn1.Certificate(whole).dump())


def _with_sm3() -> algos.SignedDigestAlgorithm:
    return algos.SignedDigestAlgorithm({"algorithm": SM2_WITH_SM3})


def _key_info(point: bytes) -> core.Sequence:
    return asn1.PublicKeyInfo.load(sm2.key_info(point))
